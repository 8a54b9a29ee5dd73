import CZlib

/// Unpacks gzip (RFC 1952).
enum Gzip {
  /// Whether the bytes begin as gzip does, with the one method of packing that there is.
  static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 8]) }

  /// What one or more members hold, one after the other. Zeros behind the last, with which tapes are filled, are passed over.
  /// O(unpacked bytes), of which no more than `limit` are made.
  static func unpacked(_ packed: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
    var stream = z_stream()
    guard winnow_gzip_open(&stream) == Z_OK else { throw .noMemory }
    defer { inflateEnd(&stream) }
    var result: Result<[UInt8], GzipError> = .success([])
    packed.withUnsafeBufferPointer { packed in
      stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
      stream.avail_in = UInt32(packed.count)
      result = members(&stream, limit)
    }
    return try result.get()
  }

  private static func members(_ stream: inout z_stream, _ limit: Int) -> Result<[UInt8], GzipError> {
    var unpacked: [UInt8] = []
    // Pages shrink to a fifth or so.
    var room = min(limit, Int(stream.avail_in) * 6) + 1
    while true {
      var status = Z_OK
      unpacked += [UInt8](unsafeUninitializedCapacity: room) { space, count in
        stream.next_out = space.baseAddress
        stream.avail_out = UInt32(room)
        status = inflate(&stream, Z_NO_FLUSH)
        count = room - Int(stream.avail_out)
      }
      guard unpacked.count <= limit else { return .failure(.tooLarge(limit: limit)) }
      switch status {
      case Z_STREAM_END:
        while stream.avail_in > 0, stream.next_in.pointee == 0 {
          stream.next_in += 1
          stream.avail_in -= 1
        }
        if stream.avail_in == 0 { return .success(unpacked) }
        inflateReset(&stream)
      case Z_OK where stream.avail_out == 0: break
      case Z_OK, Z_BUF_ERROR: return .failure(.cutOff(after: unpacked.count))
      case Z_MEM_ERROR: return .failure(.noMemory)
      default: return .failure(.broken(after: unpacked.count, stream.msg.map { String(cString: $0) }))
      }
      room = min(limit - unpacked.count, max(unpacked.count, 1 << 16)) + 1
    }
  }
}

/// Why a file could not be unpacked, and how many bytes came out of it before.
enum GzipError: Error, Equatable, CustomStringConvertible {
  case cutOff(after: Int)
  /// With what zlib says.
  case broken(after: Int, String?)
  case tooLarge(limit: Int)
  case noMemory

  var description: String {
    switch self {
    case .cutOff(let count): "the gzip data end too early, after \(count) bytes of the page"
    case .broken(let count, let reason):
      "the gzip data are broken after \(count) bytes of the page" + (reason.map { " (\($0))" } ?? "")
    case .tooLarge(let limit): "more than \(limit) bytes unpacked, the limit"
    case .noMemory: "no memory to unpack it"
    }
  }
}
