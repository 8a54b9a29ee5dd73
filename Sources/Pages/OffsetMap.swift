/// Maps offsets in a text that was derived from another one back to the original.
///
/// Holds one run for each stretch that was copied byte for byte, and one for each piece that was
/// rewritten (a character reference, say), which maps as a whole.
public struct OffsetMap: Sendable {
  struct Run {
    var start: UInt32
    var origin: UInt32
    /// The length of the original of a rewritten piece; 0 for a copied stretch.
    var rewritten: UInt32
  }
  private(set) var runs: [Run] = []

  /// Says that the derived text goes on at `start` with a copy of the original from `origin`.
  @inline(__always)
  mutating func copy(at start: Int, from origin: Int) {
    if let last = runs.last, last.rewritten == 0, start - Int(last.start) == origin - Int(last.origin) { return }
    runs.append(Run(start: UInt32(truncatingIfNeeded: start), origin: UInt32(truncatingIfNeeded: origin), rewritten: 0))
  }
  /// Says that the derived text goes on at `start` with a piece written for `original`.
  mutating func rewrite(at start: Int, for original: Range<Int>) {
    runs.append(
      Run(
        start: UInt32(truncatingIfNeeded: start), origin: UInt32(truncatingIfNeeded: original.lowerBound),
        rewritten: UInt32(truncatingIfNeeded: max(1, original.count))))
  }
  /// Says that the derived text goes on at `start` with a piece of another derived text, and came from where that did.
  mutating func copy(at start: Int, from range: Range<Int>, of other: OffsetMap) {
    guard !other.runs.isEmpty else { return copy(at: start, from: range.lowerBound) }
    var at = range.lowerBound
    var index = other.firstRun(after: at) - 1
    while at < range.upperBound {
      let next = index + 1 < other.runs.count ? Int(other.runs[index + 1].start) : range.upperBound
      let origin = other.origin(at: at)
      if index >= 0, other.runs[index].rewritten > 0 {
        rewrite(at: start + at - range.lowerBound, for: origin)
      } else {
        copy(at: start + at - range.lowerBound, from: origin.lowerBound)
      }
      at = min(next, range.upperBound)
      index += 1
    }
  }
  mutating func removeAll() { runs.removeAll(keepingCapacity: true) }

  /// The original range of a non-empty derived range. O(log runs).
  public func origin(of range: Range<Int>) -> Range<Int> {
    guard !runs.isEmpty else { return range }
    let start = origin(at: range.lowerBound).lowerBound
    return range.isEmpty ? start..<start : start..<max(start, origin(at: range.upperBound - 1).upperBound)
  }

  /// The original bytes of the derived byte at `offset`: one byte, or the whole of a rewritten piece.
  func origin(at offset: Int) -> Range<Int> {
    let next = firstRun(after: offset)
    guard next > 0 else { return offset..<(offset + 1) }
    return runs[next - 1].range(at: offset)
  }

  private func firstRun(after offset: Int) -> Int { runs.partitioningIndex { Int($0.start) > offset } }

  /// The same for offsets that only grow, from one call to the next. O(1) on average.
  @inline(__always)
  func origin(at offset: Int, cursor: inout Int) -> Range<Int> {
    guard !runs.isEmpty else { return offset..<(offset + 1) }
    while cursor + 1 < runs.count, Int(runs[cursor + 1].start) <= offset { cursor += 1 }
    return runs[cursor].range(at: offset)
  }
}

extension OffsetMap.Run {
  @inline(__always)
  fileprivate func range(at offset: Int) -> Range<Int> {
    let from = Int(origin)
    if rewritten > 0 { return from..<(from + Int(rewritten)) }
    let at = from + max(0, offset - Int(start))
    return at..<(at + 1)
  }
}
