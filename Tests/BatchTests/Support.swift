import Glibc
import SystemPackage

/// A folder that goes with the value.
final class TemporaryFolder {
  let path: FilePath

  init() {
    var template = Array("/tmp/winnow-tests-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil)
    path = FilePath(platformString: template)
  }
  deinit { Self.remove(path) }

  /// Makes files, with the folders above them; a name that ends in "/" is a folder.
  func make(_ names: String...) throws {
    for name in names {
      let file = path.appending(name)
      Self.makeFolders(name.hasSuffix("/") ? file : file.removingLastComponent())
      if name.hasSuffix("/") { continue }
      let descriptor = try FileDescriptor.open(file, .writeOnly, options: [.create], permissions: .ownerReadWrite)
      try descriptor.closeAfter { _ = try descriptor.writeAll(name.utf8) }
    }
  }
  func link(_ name: String, to target: String) {
    precondition(symlink(target, path.appending(name).string) == 0)
  }
  func pipe(_ name: String) { pipe(FilePath(name), in: "") }
  /// For names that are no strings.
  func pipe(_ name: FilePath, in folder: String) {
    let path = path.appending(folder).appending(name.components)
    precondition(path.withPlatformString { mkfifo($0, 0o600) } == 0)
  }

  /// All names below, hidden ones too.
  var names: [String] { Self.list(path).sorted() }

  private static func makeFolders(_ path: FilePath) {
    guard !path.isEmpty, path.string != "/" else { return }
    makeFolders(path.removingLastComponent())
    mkdir(path.string, 0o700)
  }
  private static func list(_ folder: FilePath) -> [String] {
    guard let directory = opendir(folder.string) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      names.append(name)
      var status = stat()
      let inner = folder.appending(name)
      if lstat(inner.string, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        names += list(inner).map { "\(name)/\($0)" }
      }
    }
    return names
  }
  private static func remove(_ folder: FilePath) {
    for name in list(folder).sorted(by: >) {
      let path = folder.appending(name).string
      chmod(path, 0o700)
      if unlink(path) != 0 { rmdir(path) }
    }
    rmdir(folder.string)
  }
}

/// A member of gzip whose one block is stored as it is (RFC 1952 and RFC 1951, section 3.2.4), of less than 64 KB.
func packed(_ text: String) -> [UInt8] {
  func little(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
  }
  let bytes = Array(text.utf8)
  let checksum = ~bytes.reduce(UInt32.max) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  let (size, header) = (UInt32(bytes.count), [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] as [UInt8])
  return header + [1] + little(size, 2) + little(~size, 2) + bytes + little(checksum, 4) + little(size, 4)
}
