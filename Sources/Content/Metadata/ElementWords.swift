import Pages

/// Finds elements by words in their class, id or role in a microdata item: the names that people give to
/// the places of a byline or a date are much the same from site to site.
struct ElementWords {
  private let needles: [[UInt8]]
  /// The letters that needles begin with, a bit each from "a" on; other beginnings are bit 31.
  private let beginnings: UInt32

  init(_ words: [String]) {
    needles = words.map { Array($0.utf8) }
    beginnings = needles.reduce(0) { $0 | Self.bit($1[0]) }
  }

  /// The first of the words that stands in `value`, in any case; its index. O(bytes).
  func find(in value: ArraySlice<UInt8>) -> Int? {
    value.withUnsafeBufferPointer { bytes in
      var best: Int?
      for i in 0..<bytes.count where beginnings & Self.bit(bytes[i]) != 0 {
        for k in 0..<min(best ?? needles.count, needles.count) where stands(needles[k], at: i, bytes) {
          best = k
          break
        }
      }
      return best
    }
  }

  @inline(__always) private static func bit(_ c: UInt8) -> UInt32 { 1 << UInt32(min(31, (c | 0x20) &- 0x61)) }

  private func stands(_ needle: [UInt8], at i: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard i + needle.count <= bytes.count else { return false }
    for j in 0..<needle.count where bytes[i + j] | 0x20 != needle[j] | 0x20 { return false }
    return true
  }
}
