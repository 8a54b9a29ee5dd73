import Pages

/// Finds elements by words in their class, id or role in a microdata item: the names that people give to
/// the places of a byline or a date are much the same from site to site.
struct ElementWords {
  private let needles: [[UInt8]]
  /// Indices of the needles by the five low bits of their first letter, which both cases share; most letters of
  /// a class begin none.
  private let buckets: [[Int]]

  init(_ words: [String]) {
    let needles = words.map { Array($0.utf8) }
    self.needles = needles
    buckets = (0..<32).map { bits in needles.indices.filter { Int(needles[$0][0] & 31) == bits } }
  }

  /// The first of the words that stands in `value`, in any case; its index. O(bytes).
  func find(in value: ArraySlice<UInt8>) -> Int? {
    value.withUnsafeBufferPointer { bytes in
      buckets.withUnsafeBufferPointer { buckets in
        var best = Int.max
        for i in 0..<bytes.count {
          let bucket = buckets[Int(bytes[i] & 31)]
          if bucket.isEmpty { continue }
          for k in bucket where k < best && stands(needles[k], at: i, bytes) { best = k }
        }
        return best == .max ? nil : best
      }
    }
  }

  private func stands(_ needle: [UInt8], at i: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard i + needle.count <= bytes.count else { return false }
    for j in 0..<needle.count where bytes[i + j] | 0x20 != needle[j] | 0x20 { return false }
    return true
  }
}
