/// A word of a text. Public as `TextHash` is.
public struct Word {
  public var range: Range<Int>
  /// Of the lower-case word; of a pair of characters in scripts without spaces.
  public var hash: UInt64
  public var isCapital: Bool
  public var isDigits: Bool
  public var isWide: Bool

  @inlinable @inline(__always)
  public init(range: Range<Int>, hash: UInt64, isCapital: Bool, isDigits: Bool, isWide: Bool) {
    self.range = range
    self.hash = hash
    self.isCapital = isCapital
    self.isDigits = isDigits
    self.isWide = isWide
  }
}

/// Finds words and their stems without ICU: runs of letters and digits, apostrophes between letters included;
/// ideographs and kana in overlapping pairs, which are about the words that readers see.
public enum WordFinder {
  /// Calls `body` for each word within `range`. O(bytes). Public, to be inlined where it is called.
  @inlinable @inline(__always)
  public static func each(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (Word) -> Void) {
    var i = range.lowerBound
    let end = range.upperBound
    var wideBefore = -1
    while i < end {
      let c = text[i]
      if c >= 0xE3, c <= 0xE9, i + 2 < end {
        let isMark = c == 0xE3 && text[i + 1] == 0x80
        if !isMark, wideBefore >= 0 {
          let pair = wideBefore..<i + 3
          body(Word(range: pair, hash: self.hash(text, pair), isCapital: false, isDigits: false, isWide: true))
        }
        wideBefore = isMark ? -1 : i
        i += 3
        continue
      }
      wideBefore = -1
      let n = letter(text, i, end)
      if n == 0 {
        i += 1
        continue
      }
      let start = i
      var digits = true
      var ascii = true
      var hash = TextHash.start
      while i < end {
        let c = text[i]
        if c | 0x20 &- 0x61 < 26 || c &- 0x30 < 10 {
          if c >= 0x41 { digits = false }
          hash = TextHash.add(c &- 0x41 < 26 ? c | 0x20 : c, to: hash)
          i += 1
        } else if c == 0x27, i + 1 < end, i > start, letter(text, i + 1, end) > 0 {
          hash = TextHash.add(c, to: hash)
          i += 1
        } else if c == 0xE2, i + 3 < end, text[i + 1] == 0x80, text[i + 2] == 0x99, i > start,
          letter(text, i + 3, end) > 0
        {
          hash = TextHash.add(0x27, to: hash)
          i += 3
        } else if c >= 0x80, c < 0xE3 || c > 0xE9, case let n = letter(text, i, end), n > 0 {
          ascii = false
          digits = false
          i += n
        } else {
          break
        }
      }
      if !ascii { hash = self.hash(text, start..<i) }
      let first = text[start]
      let isCapital = first < 0x80 ? first &- 0x41 < 26 : isUpper(text, start)
      body(Word(range: start..<i, hash: hash, isCapital: isCapital, isDigits: digits, isWide: false))
    }
  }

  @usableFromInline
  static func hash(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 { TextBytes.hash(text, range) }
  @usableFromInline
  static func isUpper(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    TextBytes.kind(TextBytes.scalar(text, at).value) == .upper
  }

  /// Bytes of the letter or digit at `i`, 0 where there is none.
  @inlinable @inline(__always)
  static func letter(_ text: UnsafeBufferPointer<UInt8>, _ i: Int, _ end: Int) -> Int {
    let c = text[i]
    if c < 0x80 { return (c | 0x20) &- 0x61 < 26 || c &- 0x30 < 10 ? 1 : 0 }
    if c < 0xC3 { return 0 }
    if c < 0xE0 { return i + 1 < end && !(c == 0xC3 && (text[i + 1] == 0x97 || text[i + 1] == 0xB7)) ? 2 : 0 }
    if c >= 0xF0 || i + 2 >= end { return 0 }
    // General punctuation, symbols; the full-width forms of U+FFxx.
    if c == 0xE2 || c == 0xEF { return 0 }
    return 3
  }

  /// The hash of the word's stem. English loses its commonest endings; other inflected languages all but the first
  /// letters; in `language`s that inflect little, the word stays.
  package static func stem(_ word: Word, _ text: UnsafeBufferPointer<UInt8>, language: String) -> UInt64 {
    if word.isWide || word.isDigits { return word.hash }
    switch language {
    case "en": return english(word, text)
    case "id", "ms", "vi", "th", "zh", "ja", "ko", "ar", "he": return word.hash
    default:
      let letters = ["uk", "ru", "pl", "cs", "bg", "sr", "hr", "sk", "fi", "hu", "tr"].contains(language) ? 6 : 8
      var end = word.range.lowerBound
      for _ in 0..<letters where end < word.range.upperBound { end += TextBytes.scalar(text, end).length }
      return TextBytes.hash(text, word.range.lowerBound..<min(end, word.range.upperBound))
    }
  }

  private static func english(_ word: Word, _ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard word.range.count > 3, word.range.count < 32 else { return word.hash }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { s in
      var n = 0
      for i in word.range {
        let c = text[i]
        if c == 0x27 || c == 0xE2 { break }
        guard c < 0x80 else { return word.hash }
        s[n] = c | (c &- 0x41 < 26 ? 0x20 : 0)
        n += 1
      }
      if n > 4, ends(s, n, "ies") {
        n -= 2
        s[n - 1] = 0x79
      } else if ends(s, n, "sses") {
        n -= 2
      } else if n > 3, ends(s, n, "s"), !ends(s, n, "ss"), !ends(s, n, "us"), !ends(s, n, "is") {
        n -= 1
      }
      if n > 5, ends(s, n, "ing") || ends(s, n, "ely") {
        n -= 3
        if n > 3, s[n - 1] == s[n - 2], s[n - 1] != 0x6C, s[n - 1] != 0x73 { n -= 1 }
      } else if n > 4, ends(s, n, "ed") || ends(s, n, "ly") {
        n -= 2
        if n > 3, s[n - 1] == s[n - 2], s[n - 1] != 0x6C, s[n - 1] != 0x73 { n -= 1 }
      }
      if n > 4, s[n - 1] == 0x65 { n -= 1 }
      if n > 3, s[n - 1] == 0x79 { s[n - 1] = 0x69 }
      var hash = TextHash.start
      for i in 0..<n { TextBytes.mix(&hash, s[i]) }
      return hash
    }
  }

  private static func ends(_ word: UnsafeMutableBufferPointer<UInt8>, _ count: Int, _ suffix: StaticString) -> Bool {
    let length = suffix.utf8CodeUnitCount
    return count >= length && (0..<length).allSatisfy { word[count - length + $0] == suffix.utf8Start[$0] }
  }

  /// The hash of a phrase, word by word, as `LanguageData.words` has it.
  package static func extend(_ hash: UInt64, with word: Word, _ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = hash
    TextBytes.mix(&hash, 0x20)
    return TextBytes.hash(text, word.range, from: hash)
  }
}
