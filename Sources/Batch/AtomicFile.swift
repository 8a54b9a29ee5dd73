import Glibc
import SystemPackage

/// A file that appears under its name only when it is whole: a temporary one beside it is renamed at the end. Folders
/// on the way are made; links lead to the file that is replaced. A pipe or a device cannot be replaced, so the bytes go
/// straight into it.
public final class AtomicFile {
  private let path: FilePath
  /// The temporary file and the one it replaces; nil where bytes go straight into `path`.
  private let replacement: (temporary: FilePath, target: FilePath)?
  private let descriptor: FileDescriptor
  private var isOpen = true

  public init(_ path: FilePath) throws(FileError) {
    self.path = path
    do {
      guard let target = try Self.replaceable(path) else {
        replacement = nil
        // Appended, since the file behind /dev/stdout may hold something already.
        descriptor = try FileDescriptor.open(path, .writeOnly, options: [.append], retryOnInterrupt: false)
        return
      }
      let folder = target.removingLastComponent()
      let temporary = folder.appending(".winnow-\(Self.process)-\(Self.hash(target)).tmp")
      replacement = (temporary, target)
      descriptor = try Self.make(temporary, in: folder)
    } catch let error as FileError { throw error } catch { throw FileError(path: path, error: error) }
  }
  deinit {
    guard isOpen else { return }
    try? descriptor.close()
    if let replacement { TemporaryFiles.remove(replacement.temporary) }
  }

  /// Into the temporary file, or straight into a pipe or device.
  public func append(_ bytes: [UInt8]) throws(FileError) {
    do { try descriptor.writeAll(bytes) } catch { throw FileError(path: path, error: error) }
  }

  /// Gives the file its name; without this call nothing is left of it. Once, at the end.
  public func commit() throws(FileError) {
    do {
      try descriptor.close()
      isOpen = false
      guard let (temporary, target) = replacement else { return }
      let result = temporary.withPlatformString { from in target.withPlatformString { rename(from, $0) } }
      if result != 0 {
        let error = Errno(rawValue: errno)
        TemporaryFiles.remove(temporary)
        throw error
      }
      TemporaryFiles.forget(temporary)
    } catch { throw FileError(path: path, error: error) }
  }

  private static let process = getpid()

  /// Makes the file, and the folder where there is none: mostly there is one, so that is not asked first.
  private static func make(_ temporary: FilePath, in folder: FilePath) throws -> FileDescriptor {
    do { return try TemporaryFiles.make(temporary) } catch Errno.noSuchFileOrDirectory {
      try Files.makeFolders(folder)
      return try TemporaryFiles.make(temporary)
    }
  }

  /// What a rename may take the place of, behind all links: a file or nothing. Nil for a pipe, a device, a circle of
  /// links, and a link of /dev or /proc, which stands for an open file.
  private static func replaceable(_ path: FilePath) throws(Errno) -> FilePath? {
    var path = path
    for _ in 0..<40 {
      switch FileStatus(path, followsLinks: false)?.kind {
      case nil, .file: return path
      case .directory: throw .isDirectory
      case .other: return nil
      case .link:
        guard !path.starts(with: "/dev"), !path.starts(with: "/proc"), let target = linkTarget(path) else { return nil }
        path = path.removingLastComponent().pushing(target)
      }
    }
    return nil
  }

  private static func linkTarget(_ path: FilePath) -> FilePath? {
    var buffer = [CInterop.PlatformChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = path.withPlatformString { readlink($0, &buffer, buffer.count - 1) }
    return count > 0 ? FilePath(platformString: buffer) : nil
  }

  /// A short name for the temporary file, so that a long name does not grow past the limit.
  private static func hash(_ path: FilePath) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    path.withPlatformString { name in
      var at = name
      while at.pointee != 0 {
        hash = (hash ^ UInt64(UInt8(bitPattern: at.pointee))) &* 0x100_0000_01B3
        at += 1
      }
    }
    return String(hash, radix: 36)
  }
}
