/// A place in a file as people count: lines and columns from 1, columns in Unicode scalars.
public struct Position: Sendable, Equatable {
  public var line: Int
  public var column: Int
}

/// Finds the line and column of a byte.
public struct LineIndex: Sendable {
  private let utf8: [UInt8]
  private var lineStarts: [Int] = [0]
  /// Scalars before every 256th byte: pages without line ends have columns in the millions.
  private var scalarsBefore: [Int] = [0]
  private static let stride = 256

  /// O(bytes).
  public init(_ utf8: [UInt8]) {
    self.utf8 = utf8
    scalarsBefore.reserveCapacity(utf8.count / Self.stride + 1)
    utf8.withUnsafeBufferPointer { bytes in
      var scalars = 0
      for i in bytes.indices {
        if bytes[i] == 0x0A { lineStarts.append(i + 1) }
        if bytes[i] & 0xC0 != 0x80 { scalars += 1 }
        if i % Self.stride == Self.stride - 1 { scalarsBefore.append(scalars) }
      }
    }
  }

  /// The position of the byte at `offset`; the end of the file for one past it. O(log lines).
  public func position(of offset: Int) -> Position {
    let offset = max(0, min(offset, utf8.count))
    var low = 0
    var high = lineStarts.count
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return Position(line: low, column: scalars(before: offset) - scalars(before: lineStarts[low - 1]) + 1)
  }

  private func scalars(before offset: Int) -> Int {
    let chunk = offset / Self.stride
    return utf8.withUnsafeBufferPointer { bytes in
      var count = scalarsBefore[chunk]
      for i in chunk * Self.stride..<offset where bytes[i] & 0xC0 != 0x80 { count += 1 }
      return count
    }
  }
}
