import Glibc
import SystemPackage

/// Reads the records of a web archive one after the other, or one at a known place. In a packed archive each record is a
/// member of gzip, as ISO 28500 (annex D) recommends: so any of them can be reached alone.
final class RecordFile {
  struct Record {
    var header: WARCHeader
    /// The block behind the header, as far as it was asked for.
    var block: ArraySlice<UInt8>
  }

  private let path: FilePath
  private let file: FileDescriptor
  private var isPacked = false
  /// Where the next record starts, in bytes of the file.
  private(set) var offset: Int
  /// The piece of the file that was read last.
  private var window: ArraySlice<UInt8> = []
  private var windowStart = 0
  private static let windowSize = 1 << 18
  /// For what is unpacked but not asked for.
  private var scratch: [UInt8] = []

  init(_ path: FilePath, at offset: Int = 0) throws(FileError) {
    self.path = path
    self.offset = offset
    do { file = try FileDescriptor.open(path, .readOnly) } catch { throw FileError(path: path, error: error) }
    isPacked = Gzip.isPacked(try naming { try bytes(at: 0).prefix(3) })
  }
  deinit { try? file.close() }

  /// The next record with the first `limit` bytes of it, header and all; nil at the end of the file. The one behind it is the
  /// next then, unless this one is broken. O(bytes of the record), or of what is asked for where the archive is not packed.
  func next(keeping limit: Int) throws(FileError) -> Record? {
    try naming { try bytes(at: offset).isEmpty ? nil : isPacked ? member(keeping: limit) : plain(keeping: limit) }
  }

  /// Turns from a broken record to what may be the start of another; false where there is none.
  func skip() throws(FileError) -> Bool {
    let start = isPacked ? [0x1F, 0x8B, 8] : Array("WARC/1.".utf8)
    offset += 1
    return try naming {
      while true {
        let piece = try bytes(at: offset)
        if let found = piece.firstRange(of: start) {
          offset += found.lowerBound - piece.startIndex
          return true
        }
        guard piece.count >= start.count else { return false }
        offset += piece.count - start.count + 1
      }
    }
  }

  private func naming<T>(_ body: () throws -> T) throws(FileError) -> T {
    do { return try body() } catch let error as GzipError {
      throw FileError(path: path, error: ArchiveError.packing(at: offset, error))
    } catch { throw FileError(path: path, error: error) }
  }

  private func member(keeping limit: Int) throws -> Record {
    var kept: [UInt8] = []
    var header: WARCHeader?
    var at = offset
    var member = try GzipMember()
    if scratch.isEmpty { scratch = Array(repeating: 0, count: Self.windowSize) }
    while !member.isAtEnd {
      let packed = try bytes(at: at)
      guard !packed.isEmpty else { throw GzipError.cutOff(after: member.count) }
      let (taken, made) = try packed.withUnsafeBufferPointer { packed in
        scratch.withUnsafeMutableBufferPointer { member.unpack(packed, into: $0) }
      }.get()
      kept += scratch[..<min(made, limit - kept.count)]
      at += taken
      header = header ?? WARCHeader(kept)
      // Two empty lines end a record.
      if let header, member.count > header.recordLength + 4 { throw ArchiveError.severalRecords(at: offset) }
    }
    guard let header else { throw ArchiveError.noRecord(at: offset) }
    guard member.count >= header.recordLength else { throw ArchiveError.shortRecord(at: offset) }
    offset = at
    return Record(header: header, block: kept.prefix(header.recordLength).dropFirst(header.length))
  }

  private func plain(keeping limit: Int) throws -> Record {
    var kept = Array(try bytes(at: offset).prefix(limit))
    guard let header = WARCHeader(kept) else { throw ArchiveError.noRecord(at: offset) }
    while kept.count < min(limit, header.recordLength) {
      let more = try bytes(at: offset + kept.count)
      if more.isEmpty { break }
      kept += more.prefix(limit - kept.count)
    }
    guard try !bytes(at: offset + header.recordLength - 1).isEmpty else {
      throw ArchiveError.shortRecord(at: offset)
    }
    offset += header.recordLength
    offset += try bytes(at: offset).prefix { $0 == 0x0D || $0 == 0x0A }.count
    return Record(header: header, block: kept.prefix(header.recordLength).dropFirst(header.length))
  }

  /// Some of the bytes that stand at an offset of the file, 64 KB or more unless it ends before; none at its end.
  private func bytes(at offset: Int) throws -> ArraySlice<UInt8> {
    let known = offset - windowStart
    if known >= 0, known < window.count, window.count - known >= 1 << 16 || window.count < Self.windowSize {
      return window.dropFirst(known)
    }
    window = try [UInt8](unsafeUninitializedCapacity: Self.windowSize) { space, count in
      while count < space.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(space)[count...])
        let more = try file.read(fromAbsoluteOffset: Int64(offset + count), into: rest)
        if more == 0 { break }
        count += more
      }
    }[...]
    windowStart = offset
    return window
  }
}

/// What is wrong with a web archive, and at which of its bytes.
enum ArchiveError: Error, Equatable, CustomStringConvertible {
  case noRecord(at: Int)
  case shortRecord(at: Int)
  case severalRecords(at: Int)
  case packing(at: Int, GzipError)

  var description: String {
    switch self {
    case .noRecord(let offset): "no WARC record at byte \(offset)"
    case .shortRecord(let offset): "the WARC record at byte \(offset) ends before its Content-Length says"
    case .severalRecords(let offset):
      "the WARC records are not packed one by one (byte \(offset)); unpack the archive with gzip -d"
    case .packing(let offset, let error): "the WARC record at byte \(offset): \(error)"
    }
  }
}
