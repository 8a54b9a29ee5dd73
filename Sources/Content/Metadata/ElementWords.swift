import Pages

/// Finds elements by words in their class, id or role in a microdata item: the names that people give to
/// the places of a byline or a date are much the same from site to site.
struct ElementWords {
  private let needles: [[UInt8]]

  init(_ words: [String]) { needles = words.map { Array($0.utf8) } }

  /// The first of the words that stands in `value`, in any case; its index. O(bytes × words).
  func find(in value: ArraySlice<UInt8>) -> Int? {
    value.withUnsafeBufferPointer { bytes in
      var best: Int?
      for i in 0..<bytes.count {
        let c = bytes[i] &- 0x41 < 26 ? bytes[i] | 0x20 : bytes[i]
        for (k, needle) in needles.enumerated() where needle[0] == c && k < best ?? .max {
          guard i + needle.count <= bytes.count else { continue }
          var j = 1
          while j < needle.count, bytes[i + j] | 0x20 == needle[j] | 0x20 { j += 1 }
          if j == needle.count { best = k }
        }
      }
      return best
    }
  }
}
