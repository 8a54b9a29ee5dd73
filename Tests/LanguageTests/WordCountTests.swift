import Testing

@testable import Language

@Suite struct WordCountTests {
  static let cases: [(text: String, words: Int)] = [
    ("", 0), (" ", 0), ("word", 1), ("two words", 2), ("  two\n words  ", 2), ("don't", 1), ("don’t", 1), ("'tis", 1),
    ("well-known", 2),
    ("3.5 km", 3), ("a, b; c.", 3), ("— … “ ” « »", 0), ("café", 1), ("слово і слово", 3), ("Ελλάδα", 1),
    ("über—alles", 2),
    ("日本語", 2), ("日本語の文章です", 4), ("日本 Japan", 2), ("한국어 단어", 2), ("ไทย", 1), ("😀", 1), ("a…b", 2), ("x\u{A0}y", 2),
    ("***", 0),
  ]
  @Test(arguments: cases) func counts(_ test: (text: String, words: Int)) {
    #expect(WordCount.of(Array(test.text.utf8)) == test.words)
  }
  /// Eight bytes are read at once where that is possible.
  @Test(arguments: 1...16) func doesNotDependOnThePlace(_ spaces: Int) {
    for test in Self.cases + [("a 'b' c''d it's 12 ab,cd. \"ef\" @[`{/:9", 9)] {
      let padded = String(repeating: " ", count: spaces) + test.text + String(repeating: " ", count: 16 - spaces)
      #expect(WordCount.of(Array(padded.utf8)) == test.words)
    }
  }
  @Test func aCutCharacterDoesNotHarm() {
    for bytes: [UInt8] in [[0xE6], [0xF0, 0x9F], [0xC3], [0x61, 0xE2, 0x80]] { #expect(WordCount.of(bytes) <= 1) }
  }
}
