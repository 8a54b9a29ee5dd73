import Glibc
import SystemPackage

/// Reads the records of a web archive one after the other, or from a known place on.
///
/// In a packed archive each record should be a member of gzip (ISO 28500, annex D), so that any of them can be reached
/// alone. Where a member holds several they are reached by unpacking what stands before; that costs little as long as one
/// reader goes through the file from front to back.
final class RecordFile {
  struct Record {
    var place: RecordPlace
    var header: WARCHeader
    /// The block behind the header, as far as it was asked for.
    var block: ArraySlice<UInt8>
  }

  private let path: FilePath
  private let file: FileDescriptor
  private var isPacked = false
  /// Where the next record starts, or the empty lines before it.
  private(set) var place = RecordPlace(offset: 0)
  /// Where in the file the bytes stand that are read next.
  private var position = 0
  private var member: GzipMember
  /// The member cannot be read any further, or ended within the record.
  private var isBroken = false
  private var isShort = false
  /// What is unpacked, or read, of it, and how much of that is done with.
  private var buffer: [UInt8] = []
  private var done = 0
  /// The piece of the file that was read last.
  private var window: ArraySlice<UInt8> = []
  private var windowStart = 0
  private static let step = 1 << 18
  /// More than a header has.
  private static let mostOfHeaders = 1 << 16

  init(_ path: FilePath) throws(FileError) {
    self.path = path
    do {
      file = try FileDescriptor.open(path, .readOnly)
      member = try GzipMember()
    } catch { throw FileError(path: path, error: error) }
    isPacked = Gzip.isPacked(try naming { try bytes(at: 0).prefix(3) })
  }
  deinit { try? file.close() }

  /// The next record with the first `limit` bytes of its block; nil at the end of the file. The rest of the block is passed
  /// over unless `isLast` says that no more records are asked for in turn. O(bytes of the record).
  func next(keeping limit: Int, isLast: Bool = false) throws(FileError) -> Record? {
    try naming {
      while try !passEmptyLines() { if try !nextMember() { return nil } }
      let place = self.place
      do {
        var header = WARCHeader(buffer[done...])
        while header == nil, buffer.count - done < Self.mostOfHeaders, try fill() {
          header = WARCHeader(buffer[done...])
        }
        guard let header else { throw ArchiveError.noRecord(at: place) }
        let length = isLast ? min(limit, header.blockLength) : header.blockLength
        var block: [UInt8] = []
        isShort = try !take(header.length) { _ in } || !take(length) { block += $0.prefix(limit - block.count) }
        if isShort { throw ArchiveError.shortRecord(at: place) }
        // What is broken shows at the end of the member.
        if length == header.blockLength { _ = try passEmptyLines() }
        return Record(place: place, header: header, block: block[...])
      } catch {
        self.place = place
        throw error
      }
    }
  }

  /// Makes the record at a place the next one.
  func seek(_ place: RecordPlace) throws(FileError) {
    try naming {
      let isAhead = place.offset == self.place.offset && place.within >= self.place.within
      let hasMore = done < buffer.count || !member.isAtEnd
      if !isPacked || !isAhead || !hasMore || isBroken || isShort { start(at: place.offset) }
      if try !take(place.within - self.place.within, { _ in }) { throw ArchiveError.noRecord(at: place) }
    }
  }

  /// Turns from a broken record to what may be the start of another; false where there is none.
  func skip() throws(FileError) -> Bool {
    try naming {
      if !isPacked { return try search(Self.opening, startsBehind: 1) }
      if isBroken { return try search([0x1F, 0x8B, 8], startsBehind: 0) }
      if isShort { return try nextMember() }
      repeat {
        if let found = Self.find(Self.opening, in: buffer[done...]) { return try take(found + 1) { _ in } }
        _ = try take(max(0, buffer.count - done - Self.opening.count + 1)) { _ in }
      } while try fill()
      return try nextMember()
    }
  }
  /// Of a record, at the start of a line.
  private static let opening = Array("\nWARC/1.".utf8)

  /// Looks for some bytes of the file behind the place where the next record was to start.
  private func search(_ wanted: [UInt8], startsBehind count: Int) throws -> Bool {
    var at = place.offset + 1 - count
    while true {
      let piece = try bytes(at: at)
      if let found = Self.find(wanted, in: piece) {
        start(at: at + found + count)
        return true
      }
      guard piece.count >= wanted.count else { return false }
      at += piece.count - wanted.count + 1
    }
  }

  private static func find(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.withUnsafeBytes { bytes in
      let last = bytes.count - wanted.count
      var at = 0
      while at <= last, let found = memchr(bytes.baseAddress! + at, Int32(wanted[0]), last + 1 - at) {
        at = UnsafeRawPointer(found) - bytes.baseAddress!
        if memcmp(found, wanted, wanted.count) == 0 { return at }
        at += 1
      }
      return nil
    }
  }

  private func naming<T>(_ body: () throws -> T) throws(FileError) -> T {
    do { return try body() } catch let error as ArchiveError {
      throw FileError(path: path, error: error)
    } catch {
      isBroken = true
      throw FileError(path: path, error: (error as? GzipError).map { ArchiveError.packing(at: place, $0) } ?? error)
    }
  }

  /// Starts with a member, or a record that is not packed.
  private func start(at offset: Int) {
    (place, position) = (RecordPlace(offset: offset), offset)
    (isBroken, isShort) = (false, false)
    buffer.removeAll(keepingCapacity: true)
    done = 0
    member.restart()
  }

  /// False at the end of the file. Zeros before it, with which tapes are filled, are passed over.
  private func nextMember() throws -> Bool {
    while isPacked {
      let piece = try bytes(at: position)
      if piece.isEmpty { break }
      let zeros = piece.prefix { $0 == 0 }.count
      position += zeros
      if zeros < piece.count {
        start(at: position)
        return true
      }
    }
    return false
  }

  /// Two of them end a record. False where they end the member.
  private func passEmptyLines() throws -> Bool {
    repeat {
      _ = try take(buffer[done...].prefix { $0 == 0x0D || $0 == 0x0A }.count) { _ in }
      if done < buffer.count { return true }
    } while try fill()
    return false
  }

  /// Hands on so many bytes; false where the member ends before.
  private func take(_ count: Int, _ body: (ArraySlice<UInt8>) -> Void) throws -> Bool {
    var left = count
    while left > 0 {
      if done == buffer.count, try !fill() { return false }
      let piece = buffer[done...].prefix(left)
      body(piece)
      left -= piece.count
      done += piece.count
      if isPacked { place.within += piece.count } else { place.offset += piece.count }
    }
    return true
  }

  /// Unpacks, or reads, some more of the member; false at its end.
  private func fill() throws -> Bool {
    if isPacked, member.isAtEnd { return false }
    let piece = try bytes(at: position)
    if piece.isEmpty {
      if isPacked { throw GzipError.cutOff(after: member.count) }
      return false
    }
    buffer.removeSubrange(..<done)
    done = 0
    if isPacked {
      position += try member.unpack(piece, into: &buffer, room: Self.step)
    } else {
      buffer += piece
      position += piece.count
    }
    return true
  }

  /// Some of the bytes that stand at an offset of the file, enough to find the start of a record in; less at its end.
  private func bytes(at offset: Int) throws -> ArraySlice<UInt8> {
    let known = offset - windowStart
    if known >= 0, known < window.count, window.count - known >= 64 || window.count < Self.step {
      return window.dropFirst(known)
    }
    window = try [UInt8](unsafeUninitializedCapacity: Self.step) { space, count in
      count = try file.read(fromAbsoluteOffset: Int64(offset), into: UnsafeMutableRawBufferPointer(space))
    }[...]
    windowStart = offset
    return window
  }
}
