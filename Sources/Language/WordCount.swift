/// Counts words without ICU: runs of letters and digits. Each ideograph or kana counts as half a word,
/// about what a word segmenter finds.
public enum WordCount {
  /// O(bytes).
  public static func of(_ utf8: some Collection<UInt8>) -> Int {
    utf8.withContiguousStorageIfAvailable { of($0) } ?? of(Array(utf8))
  }

  public static func of(_ line: UnsafeBufferPointer<UInt8>) -> Int {
    var words = 0
    var ideographs = 0
    var inWord = false
    var i = 0
    while i < line.count {
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
}
