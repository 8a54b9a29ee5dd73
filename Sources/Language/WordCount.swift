/// Counts words without ICU: runs of letters and digits. Each ideograph or kana counts as half a word,
/// about what a word segmenter finds.
package enum WordCount {
  /// O(bytes).
  package static func of(_ utf8: some Collection<UInt8>) -> Int {
    utf8.withContiguousStorageIfAvailable { of($0) } ?? of(Array(utf8))
  }

  package static func of(_ line: UnsafeBufferPointer<UInt8>) -> Int {
    var words = 0
    var ideographs = 0
    var inWord = false
    var i = 0
    while i < line.count {
      if i + 8 <= line.count, let starts = starts(UnsafeRawBufferPointer(line), i, &inWord) {
        words &+= starts
        i += 8
        continue
      }
      let c = line[i]
      if c < 0x80 {
        // Without branches: words are short, and a guess where one ends fails each time.
        let letters: UInt64 = c < 64 ? 0x03FF_0000_0000_0000 : 0x07FF_FFFE_07FF_FFFE
        let isWord = (letters >> UInt64(c & 63)) & 1 | (c == 0x27 ? 1 : 0) & (inWord ? 1 : 0)
        words &+= Int(isWord & (inWord ? 0 : 1))
        inWord = isWord == 1
        i += 1
      } else if c >= 0xE3, c <= 0xE9 {
        ideographs += 1
        inWord = false
        i += 3
      } else {
        // General Punctuation and the signs of Latin-1 are no letters; "’" goes on with a word.
        let isSign = c == 0xC2 || c == 0xE2
        let isApostrophe = isSign && i + 2 < line.count && line[i + 1] == 0x80 && line[i + 2] == 0x99
        if !isSign, !inWord { words += 1 }
        inWord = !isSign || (isApostrophe && inWord)
        i += c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2
      }
    }
    return words + (ideographs + 1) / 2
  }

  /// How many words start in the eight bytes at `at`; nil where these are not all ASCII, or hold an apostrophe.
  @inline(__always)
  private static func starts(_ line: UnsafeRawBufferPointer, _ at: Int, _ inWord: inout Bool) -> Int? {
    let bytes = line.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
    let (ones, tops) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
    let isApostrophe = bytes ^ ones &* 0x27
    guard bytes & tops == 0, (isApostrophe &+ ones &* 0x7F) & tops == tops else { return nil }
    // The top bit of a byte becomes set where it is at least "a" or "0", and where it is beyond "z" or "9".
    let lower = bytes | ones &* 0x20
    let letters = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x80 - 0x7B))
    let digits = (bytes &+ ones &* (0x80 - 0x30)) & ~(bytes &+ ones &* (0x80 - 0x3A))
    let isWord = (letters | digits) & tops
    let follows = isWord << 8 | (inWord ? 0x80 : 0)
    inWord = isWord >> 63 == 1
    return Int(((isWord & ~follows) >> 7 &* ones) >> 56)
  }
}
