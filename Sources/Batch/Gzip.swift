import CZlib

/// Unpacks gzip (RFC 1952), which is a row of members, one behind the other.
enum Gzip {
  /// Whether the bytes begin as gzip does, with the one method of packing that there is.
  static func isPacked(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B, 8]) }

  /// What all members hold. Zeros behind the last, with which tapes are filled, are passed over.
  /// O(unpacked bytes), of which no more than `limit` are made.
  static func unpacked(_ packed: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
    var unpacked: [UInt8] = []
    var member = try GzipMember()
    var rest = packed[...]
    var room = min(limit, packed.count * 6)  // pages shrink to a fifth or so
    repeat {
      member.restart()
      let before = unpacked.count
      while !member.isAtEnd {
        guard !rest.isEmpty else { throw .cutOff(after: unpacked.count) }
        do throws(GzipError) {
          rest = rest.dropFirst(try member.unpack(rest, into: &unpacked, room: room + 1))
        } catch { throw error.behind(before) }
        guard unpacked.count <= limit else { throw .tooLarge(limit: limit) }
        room = min(limit - unpacked.count, max(unpacked.count, 1 << 16))
      }
      rest = rest.drop { $0 == 0 }
    } while !rest.isEmpty
    return unpacked
  }
}

/// One member after the other, by pieces of whatever size.
struct GzipMember: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether all of the member has been unpacked. Before the first `restart` there is none.
  private(set) var isAtEnd = true
  /// How many bytes have come out of it.
  private(set) var count = 0

  init() throws(GzipError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard winnow_gzip_open(stream) == Z_OK else {
      stream.deallocate()
      throw .noMemory
    }
  }
  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// What comes next is another member.
  mutating func restart() {
    inflateReset(stream)
    (isAtEnd, count) = (false, 0)
  }

  /// Appends what a piece of the member gives, `room` bytes at most, and returns how much of the piece that took.
  mutating func unpack(_ packed: ArraySlice<UInt8>, into unpacked: inout [UInt8], room: Int) throws(GzipError) -> Int {
    var status = Z_OK
    var taken = 0
    packed.withUnsafeBufferPointer { packed in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
      stream.pointee.avail_in = UInt32(packed.count)
      unpacked += [UInt8](unsafeUninitializedCapacity: room) { space, made in
        stream.pointee.next_out = space.baseAddress
        stream.pointee.avail_out = UInt32(room)
        status = inflate(stream, Z_NO_FLUSH)
        made = room - Int(stream.pointee.avail_out)
        count += made
      }
      taken = packed.count - Int(stream.pointee.avail_in)
    }
    switch status {
    case Z_STREAM_END: isAtEnd = true
    // Of nothing to do it says that its buffers are too small.
    case Z_OK, Z_BUF_ERROR: break
    case Z_MEM_ERROR: throw .noMemory
    default: throw .broken(after: count, stream.pointee.msg.map { String(cString: $0) })
    }
    return taken
  }
}

/// Why gzip could not be unpacked, and how many bytes came out of it before.
enum GzipError: Error, Equatable, CustomStringConvertible {
  case cutOff(after: Int)
  /// With what zlib says.
  case broken(after: Int, String?)
  case tooLarge(limit: Int)
  /// The name says that there is gzip, and the bytes that there is not.
  case notPacked
  case noMemory

  /// With what came out of the members before.
  fileprivate func behind(_ before: Int) -> GzipError {
    if case .broken(let count, let reason) = self { .broken(after: before + count, reason) } else { self }
  }

  var description: String {
    switch self {
    case .cutOff(let count): "the gzip data end too early, after \(count) bytes unpacked"
    case .broken(let count, let reason):
      "the gzip data are broken after \(count) bytes unpacked" + (reason.map { " (\($0))" } ?? "")
    case .tooLarge(let limit): "more than \(limit) bytes unpacked, the limit"
    case .notPacked: "its name ends in .gz, but it is not packed by gzip"
    case .noMemory: "no memory to unpack it"
    }
  }
}
