import Glibc
import Pages
import SystemPackage

/// What `stat` says of a path.
struct FileStatus {
  enum Kind { case file, directory, link, other }
  /// What tells a file from all others, by whatever names it goes.
  struct Identity: Hashable {
    var device: UInt64
    var number: UInt64
  }
  var kind: Kind
  var size: Int
  var identity: Identity

  init?(_ path: FilePath, followsLinks: Bool) {
    var status = stat()
    let result = path.withPlatformString { followsLinks ? stat($0, &status) : lstat($0, &status) }
    guard result == 0 else { return nil }
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .other
      }
    size = Int(status.st_size)
    identity = Identity(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(status.st_ino))
  }

  /// The path without links, nil where it does not exist.
  static func realPath(_ path: FilePath) -> FilePath? {
    path.withPlatformString { name in
      guard let resolved = realpath(name, nil) else { return nil }
      defer { free(resolved) }
      return FilePath(platformString: resolved)
    }
  }
}

/// The entries of a folder in the order of their bytes, hidden ones left out.
enum DirectoryListing {
  /// Nil where the folder cannot be read.
  static func names(in folder: FilePath, withHidden: Bool = false) -> [FilePath.Component]? {
    guard let directory = folder.withPlatformString({ opendir($0) }) else { return nil }
    defer { closedir(directory) }
    var names: [FilePath.Component] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CInterop.PlatformChar.self, capacity: Int(NAME_MAX) + 1) {
          FilePath(platformString: $0)
        }
      }
      guard let component = name.lastComponent, component.kind == .regular else { continue }
      if component.string.hasPrefix("."), !withHidden { continue }
      names.append(component)
    }
    return names.sorted { a, b in
      a.withPlatformString { a in b.withPlatformString { b in strcmp(a, b) < 0 } }
    }
  }
}

/// Reads and writes whole files.
public enum Files {
  /// Throws where there are more than `limit` bytes, before the memory for them is taken.
  public static func read(_ path: FilePath, limit: Int = PageReader.sizeLimit) throws(FileError) -> [UInt8] {
    do {
      // The opening of a pipe would wait for its writer, deaf to Ctrl-C.
      let descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking])
      defer { try? descriptor.close() }
      let status = FileStatus(path, followsLinks: true)
      return try read(descriptor, expected: status?.size ?? 0, mayWait: status?.kind != .file, limit: limit)
    } catch { throw FileError(path: path, error: error) }
  }

  /// Waits until it is closed, or for a signal, which `FileError.isInterruption` tells.
  public static func readStandardInput(limit: Int = PageReader.sizeLimit) throws(FileError) -> [UInt8] {
    do { return try read(.standardInput, expected: 0, mayWait: true, limit: limit) } catch {
      throw FileError(path: "-", error: error)
    }
  }

  private static func read(_ descriptor: FileDescriptor, expected: Int, mayWait: Bool, limit: Int) throws -> [UInt8] {
    guard expected <= limit else { throw TooLarge(limit: limit) }
    var bytes: [UInt8] = []
    var room = max(expected + 1, 1 << 16)
    while true {
      if mayWait { try waitForBytes(descriptor) }
      let chunk = try [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= limit else { throw TooLarge(limit: limit) }
      room = 1 << 16
    }
  }

  /// In short steps: a signal interrupts one thread, and seldom the one that waits here.
  private static func waitForBytes(_ descriptor: FileDescriptor) throws {
    var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
    while true {
      let ready = poll(&request, 1, 100)
      if ready > 0 { return }
      if ready < 0, errno != EINTR { throw Errno(rawValue: errno) }
      if Interrupt.isAsked { throw Errno.interrupted }
    }
  }

  private struct TooLarge: Error, CustomStringConvertible {
    var limit: Int
    var description: String { "more than \(limit) bytes, the limit" }
  }

  /// The first file of one of these names in the folder (or the folder of the file) or in those above;
  /// without links.
  public static func nearest(_ names: [FilePath.Component], above start: FilePath) -> FilePath? {
    // A record of a web archive has a name, and no path.
    guard var folder = FileStatus.realPath(start) ?? FileStatus.realPath(start.removingLastComponent()) else {
      return nil
    }
    if FileStatus(folder, followsLinks: true)?.kind != .directory { folder.removeLastComponent() }
    while true {
      for name in names where FileStatus(folder.appending(name), followsLinks: true)?.kind == .file {
        return folder.appending(name)
      }
      guard folder.removeLastComponent() else { return nil }
    }
  }

  /// The names in a folder in the order of their bytes, files that begin with a dot among them.
  public static func list(_ folder: FilePath) throws(FileError) -> [FilePath.Component] {
    guard let names = DirectoryListing.names(in: folder, withHidden: true) else {
      throw FileError(path: folder, error: Errno(rawValue: errno))
    }
    return names
  }

  /// The folder that a file is in, without links.
  public static func realFolder(of path: FilePath) -> FilePath? {
    FileStatus.realPath(path)?.removingLastComponent()
  }

  /// The first of `outputs` that is one of the files `inputs`, by this name or another.
  public static func first(of outputs: some Sequence<FilePath>, among inputs: [FilePath]) -> FilePath? {
    func identity(_ path: FilePath) -> FileStatus.Identity? {
      FileStatus(path, followsLinks: true).flatMap { $0.kind == .file ? $0.identity : nil }
    }
    // Of a web archive each page is an input.
    let known = Set(Set(inputs).compactMap(identity))
    return outputs.first { identity($0).map(known.contains) ?? false }
  }

  /// Writes as `AtomicFile` does.
  public static func write(_ bytes: [UInt8], to path: FilePath) throws(FileError) {
    let file = try AtomicFile(path)
    try file.append(bytes)
    try file.commit()
  }

  /// Makes the folder, and those above it, and sees that it can be written.
  public static func makeFolder(_ path: FilePath) throws(FileError) {
    try makeFolders(path)
    if path.withPlatformString({ access($0, W_OK) }) != 0 { throw FileError(path: path, error: Errno(rawValue: errno)) }
  }

  static func makeFolders(_ path: FilePath) throws(FileError) {
    guard !path.isEmpty, FileStatus(path, followsLinks: true)?.kind != .directory else { return }
    try makeFolders(path.removingLastComponent())
    let made = path.withPlatformString { mkdir($0, 0o777) }
    if made != 0, errno != EEXIST { throw FileError(path: path, error: Errno(rawValue: errno)) }
    if FileStatus(path, followsLinks: true)?.kind != .directory {
      throw FileError(path: path, error: Errno.notDirectory)
    }
  }
}

/// A file that could not be read or written.
public struct FileError: Error, Sendable, CustomStringConvertible {
  /// The file; `-` for standard input.
  public var path: FilePath
  /// Why, as the system says it.
  public var reason: String
  /// A signal came while Winnow waited for the file.
  public var isInterruption: Bool
  /// The disk is full or cannot be written to, so that no other file could be written there either.
  public var isDiskError: Bool

  init(path: FilePath, error: any Error) {
    self.path = path
    reason = (error as? Errno)?.description ?? "\(error)"
    isInterruption = error as? Errno == .interrupted
    isDiskError = [.noSpace, .diskQuotaExceeded, .readOnlyFileSystem].contains(error as? Errno)
  }
  public var description: String { "\(path.string.escapingControls): \(reason)" }
}
