/// A place in a file as people count: lines and columns from 1, columns in Unicode scalars.
public struct Position: Sendable, Equatable {
  public var line: Int
  public var column: Int
}

/// Finds the line and column of a byte.
public struct LineIndex: Sendable {
  private let utf8: [UInt8]
  private var lineStarts: [Int] = [0]

  /// O(bytes).
  public init(_ utf8: [UInt8]) {
    self.utf8 = utf8
    utf8.withUnsafeBufferPointer { bytes in
      for i in bytes.indices where bytes[i] == 0x0A { lineStarts.append(i + 1) }
    }
  }

  /// The position of the byte at `offset`; the end of the file for one past it.
  public func position(of offset: Int) -> Position {
    let offset = max(0, min(offset, utf8.count))
    var low = 0
    var high = lineStarts.count
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    let start = lineStarts[low - 1]
    let column = utf8[start..<offset].count { $0 & 0xC0 != 0x80 } + 1
    return Position(line: low, column: column)
  }
}
