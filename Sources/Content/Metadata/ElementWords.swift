import Pages

/// Finds elements by words in their class, id or role in a microdata item: the names that people give to
/// the places of a byline or a date are much the same from site to site.
struct ElementWords {
  private let needles: [[UInt8]]
  /// Indices of the needles by the five low bits of their first letter, which both cases share; most letters of
  /// a class begin none.
  private let buckets: [[Int]]
  /// By the same bits of a first letter, those of the second letters that follow it in a needle.
  private let pairs: [UInt32]

  /// Words of at least two letters.
  init(_ words: [String]) {
    let needles = words.map { Array($0.utf8) }
    self.needles = needles
    pairs = (0..<32).map { bits in
      needles.reduce(0) { Int($1[0] & 31) == bits ? $0 | 1 << UInt32($1[1] & 31) : $0 }
    }
    buckets = (0..<32).map { bits in needles.indices.filter { Int(needles[$0][0] & 31) == bits } }
  }

  /// The first of the words that stands in `value`, in any case; its index. O(bytes).
  func find(in value: ArraySlice<UInt8>) -> Int? { value.withUnsafeBufferPointer { find(in: $0) } }

  func find(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var best = Int.max
    pairs.withUnsafeBufferPointer { pairs in
      for i in 0..<max(0, bytes.count - 1)
      where pairs[Int(bytes[i] & 31)] >> UInt32(bytes[i + 1] & 31) & 1 != 0 {
        for k in buckets[Int(bytes[i] & 31)] where k < best && stands(needles[k], at: i, bytes) { best = k }
      }
    }
    return best == .max ? nil : best
  }

  private func stands(_ needle: [UInt8], at i: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard i + needle.count <= bytes.count else { return false }
    for j in 0..<needle.count where bytes[i + j] | 0x20 != needle[j] | 0x20 { return false }
    return true
  }
}
