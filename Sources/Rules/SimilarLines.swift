import Language

/// How many lines of a page are the same but for numbers and one word: put in, left out, or another one.
///
/// A line is known by its words, numbers all being one word, and a line of four words and more also by what is
/// left when one of them is taken out (after W. Garbe's SymSpell, with words for letters). Lines that share one
/// of these are counted, so that nothing is guessed and no line drags in a third. O(words).
struct SimilarLines {
  /// By line: how many lines there are of its like, itself included.
  private(set) var counts: [Int32]

  /// In longer lines a word more or less is looked for no more.
  private static let mostWords = 64

  init(_ lines: FoldedLines) {
    counts = Array(repeating: 0, count: lines.ranges.count)
    var found: [UInt64: (count: Int32, last: Int)] = [:]
    var keys: [UInt64] = []
    var ends: [Int] = []
    for (line, range) in lines.ranges.enumerated() {
      for key in Self.keys(lines.bytes[range]) where found[key]?.last != line {
        found[key] = (1 + (found[key]?.count ?? 0), line)
        keys.append(key)
      }
      ends.append(keys.count)
    }
    for line in counts.indices {
      for key in keys[(line == 0 ? 0 : ends[line - 1])..<ends[line]] {
        counts[line] = max(counts[line], found[key]!.count)
      }
    }
  }

  /// The line's hash, then those of the line without each of its words. Texts with the same 64 bits are taken
  /// for the same.
  private static func keys(_ line: ArraySlice<UInt8>) -> [UInt64] {
    let words = words(line)
    guard !words.isEmpty else { return [] }
    // A polynomial in `base`: the words before a gap keep their powers, those behind it go down by one.
    let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    var power: UInt64 = 1
    var whole: UInt64 = 0
    var powers: [UInt64] = []
    for word in words {
      powers.append(power)
      whole = whole &+ word &* power
      power = power &* base
    }
    guard words.count >= 4, words.count <= mostWords else { return [whole] }
    var keys = [whole]
    var before: UInt64 = 0
    var behind = zip(words.dropFirst(), powers).reduce(UInt64(0)) { $0 &+ $1.0 &* $1.1 }
    for (gap, word) in words.enumerated() {
      keys.append(before &+ behind)
      before = before &+ word &* powers[gap]
      if gap + 1 < words.count { behind = behind &- words[gap + 1] &* powers[gap] }
    }
    return keys
  }

  private static func words(_ line: ArraySlice<UInt8>) -> [UInt64] {
    var words: [UInt64] = []
    for word in line.split(separator: 0x20) {
      var hash = TextHash.start
      var wasDigit = false
      for byte in word {
        let isDigit = byte &- 0x30 < 10
        if !(isDigit && wasDigit) { hash = TextHash.add(isDigit ? 0x30 : byte, to: hash) }
        wasDigit = isDigit
      }
      words.append(hash)
    }
    return words
  }
}
