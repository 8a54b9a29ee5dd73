extension RandomAccessCollection where Index == Int {
  /// The first index whose element is beyond a point, in a collection in which none is before one that is not; the end
  /// where none is. Binary search, O(log count).
  @inlinable
  package func partitioningIndex(where isBeyond: (Element) throws -> Bool) rethrows -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if try isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
