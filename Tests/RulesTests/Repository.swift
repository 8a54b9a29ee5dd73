import SystemPackage

/// Files of the repository that tests hold the code against.
enum Repository {
  private static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent()

  static func read(_ name: String) throws -> String {
    let file = try FileDescriptor.open(root.appending(name), .readOnly)
    defer { try? file.close() }
    var bytes: [UInt8] = []
    while true {
      let chunk = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if chunk.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk
    }
  }
}
