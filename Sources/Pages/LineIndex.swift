import Glibc

/// A place in a file as people count.
public struct Position: Sendable, Equatable {
  /// From 1.
  public var line: Int
  /// From 1, in Unicode scalars.
  public var column: Int
}

/// Finds the line and column of a byte. A line ends by LF, CRLF or CR.
package struct LineIndex: Sendable {
  private let utf8: [UInt8]
  private var lineStarts: [Int] = [0]
  /// Scalars before every chunk of 256 bytes: pages without line ends have columns in the millions.
  private var scalarsBefore: [Int] = [0]
  private static let chunk = 256

  /// O(bytes).
  package init(_ utf8: [UInt8]) {
    self.utf8 = utf8
    scalarsBefore.reserveCapacity(utf8.count / Self.chunk + 1)
    utf8.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      func find(_ byte: Int32, _ start: Int, _ end: Int) -> Int? {
        memchr(base + start, byte, end - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
      }
      var at = 0
      while at < bytes.count {
        let feed = find(0x0A, at, bytes.count)
        // A CR alone ends a line too, as it does for `TextReader`.
        while let found = find(0x0D, at, feed ?? bytes.count), found + 1 != feed {
          at = found + 1
          lineStarts.append(at)
        }
        guard let feed else { break }
        at = feed + 1
        lineStarts.append(at)
      }
      var scalars = 0
      for start in stride(from: 0, through: bytes.count - Self.chunk, by: Self.chunk) {
        scalars += Self.scalars(in: UnsafeBufferPointer(start: base + start, count: Self.chunk))
        scalarsBefore.append(scalars)
      }
    }
  }

  /// The position of the byte at `offset`; the end of the file for one past it. O(log lines).
  package func position(of offset: Int) -> Position {
    let offset = max(0, min(offset, utf8.count))
    let line = lineStarts.partitioningIndex { $0 > offset }
    return Position(line: line, column: scalars(before: offset) - scalars(before: lineStarts[line - 1]) + 1)
  }

  private func scalars(before offset: Int) -> Int {
    let chunk = offset / Self.chunk
    return utf8.withUnsafeBufferPointer { bytes in
      scalarsBefore[chunk] + Self.scalars(in: UnsafeBufferPointer(rebasing: bytes[chunk * Self.chunk..<offset]))
    }
  }

  /// Bytes that do not continue a character, eight at a time.
  private static func scalars(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var continuing = 0
    var i = 0
    // Most stretches are ASCII alone.
    var all: UInt64 = 0
    while i + 8 <= raw.count {
      all |= raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      i += 8
    }
    if all & 0x8080_8080_8080_8080 != 0 { i = 0 }
    while i + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      // A bit a byte, then their sum in the topmost byte: not every processor can count bits.
      let marks = (word & ~(word << 1) & 0x8080_8080_8080_8080) >> 7
      continuing += Int((marks &* 0x0101_0101_0101_0101) >> 56)
      i += 8
    }
    while i < raw.count {
      continuing += raw[i] & 0xC0 == 0x80 ? 1 : 0
      i += 1
    }
    return raw.count - continuing
  }
}
