import Testing

@testable import Language

@Suite struct FoldingTests {
  static let cases: [(text: String, folded: String)] = [
    ("", ""), ("Sign UP", "sign up"), ("ÄÖÜ Ñ Ж Σ", "äöü ñ ж σ"), ("Straße", "strasse"), ("ﬁne ½ ² ™", "fine 1⁄2 2 tm"),
    ("‘a’ ‚b‛ “c” „d‟ ′ ″ ` ´", "'a' 'b' \"c\" \"d\" ' \" ' '"), ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
    ("  a \t\n b  ", "a b"), ("a\u{A0}\u{2003}\u{3000}b", "a b"),
    ("a\u{AD}b\u{200B}c\u{200D}d\u{FEFF}e\u{2060}f", "abcdef"),
    ("a\u{200E}b\u{202E}c\u{2066}d", "abcd"), ("ＳＩＧＮ　ｕｐ！", "sign up!"), ("cafe\u{301}", "café"), ("café", "café"),
    ("a\u{0}b\u{1}c\u{7F}", "abc"), ("Ⓢⓘⓖⓝ", "sign"), ("𝐒𝐢𝐠𝐧", "sign"), ("n\u{338}", "n\u{338}"), ("日本語 カ", "日本語 カ"),
    ("İ", "i\u{307}"), ("\u{1F469}\u{200D}\u{1F680}", "\u{1F469}\u{1F680}"), ("…", "..."),
    // Foreign letters in a Latin word, but not in a word of their own.
    ("Ѕubsсribe", "subscribe"), ("подписка", "подписка"), ("с вами", "с вами"), ("α wave", "α wave"),
    // Letters set apart, but not initials.
    ("N e w s letter", "news letter"), ("J. R. R. Tolkien", "j. r. r. tolkien"), ("a b c", "a b c"),
    ("S i g n  u p s !", "sign u p s !"),
    ("w o r d w o r d", "wordword"),
  ]
  @Test(arguments: cases) func folds(_ test: (text: String, folded: String)) {
    #expect(String(decoding: Folder().fold(test.text), as: UTF8.self) == test.folded)
  }
  @Test(arguments: cases) func foldingTwiceChangesNothing(_ test: (text: String, folded: String)) {
    let folder = Folder()
    #expect(folder.fold(String(decoding: folder.fold(test.text), as: UTF8.self)) == folder.fold(test.text))
  }

  static let origins: [(text: String, origins: [Int32])] = [
    ("aB", [0, 1, 2]), (" a  b ", [1, 2, 4, 5]), ("é!", [0, 0, 2, 3]), ("“a”", [0, 3, 4, 7]), ("a\u{AD}b", [0, 3, 4]),
    ("e\u{301}x", [0, 0, 3, 4]), ("ﬁ", [0, 0, 3]), ("a\u{A0}b", [0, 1, 3, 4]), ("", [0]), ("Ѕub", [0, 2, 3, 4]),
    ("a b c d e", [0, 2, 4, 6, 8, 9]),
  ]
  @Test(arguments: origins) func leadsBack(_ test: (text: String, origins: [Int32])) {
    var folded: [UInt8] = []
    var map: [Int32] = []
    Array(test.text.utf8).withUnsafeBufferPointer { Folder().fold($0, into: &folded, map: &map) }
    #expect(map == test.origins)
    #expect(map.count == folded.count + 1)
  }
  @Test func appendsToWhatIsThere() {
    var folded: [UInt8] = []
    var map: [Int32] = []
    let folder = Folder()
    for text in ["N e w s", "Ѕub", "x"] {
      Array(text.utf8).withUnsafeBufferPointer { folder.fold($0, into: &folded, map: &map) }
    }
    #expect(String(decoding: folded, as: UTF8.self) == "newssubx")
    #expect(map == [0, 2, 4, 6, 7, 0, 2, 3, 4, 0, 1])
  }
  /// Folded text may be longer than its origin.
  @Test func growingText() {
    let text = String(repeating: "\u{FDFA}", count: 500)
    let folded = Folder().fold(text)
    #expect(folded.count > text.utf8.count)
    #expect(folded == Folder().fold(String(decoding: folded, as: UTF8.self)))
  }
  @Test func invalidBytesDoNotHarm() {
    var folded: [UInt8] = []
    var map: [Int32] = []
    [0x41, 0xFF, 0xC3, 0x42].withUnsafeBufferPointer { Folder().fold($0, into: &folded, map: &map) }
    #expect(String(decoding: folded, as: UTF8.self) == "a\u{FFFD}\u{FFFD}b")
  }
  /// The law: with a map or without one, by the short way or the long, text folds to the same.
  @Test func eachLetterFoldsAlike() {
    let folder = Folder()
    for letter in (0xA0..<0x530 as Range<UInt32>).compactMap(Unicode.Scalar.init) {
      var text = "a \(letter)\(letter)"
      var (folded, map): ([UInt8], [Int32]) = ([], [])
      text.withUTF8 { folder.fold($0, into: &folded, map: &map) }
      #expect(folder.fold(text) == folded, "\(text.debugDescription)")
    }
  }
  @Test func theShortWayFoldsAlike() {
    let folder = Folder()
    let pieces = [
      "a", "B ", " c ", "d ", "ee", "\t", "`", "\u{1}", "  ", "x.", "’", "“", "”", "‘", "–", "—", "…", "\u{A0}", "É",
      "и", "Ї ", "ґ", "Ø", "þ", "×", "3", "Жж ", "ÿ", "Þé ", "ў", "ß", "Щ", "Ł", "ő ", "İ",
      "и\u{306}", "Ѕ", "\u{AD}", "\u{301}", "•", "\u{2009}",
    ]
    var state: UInt64 = 1
    for _ in 0..<6_000 {
      var text = ""
      for _ in 0..<8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1
        // Most texts are of the kind that goes the short way.
        text += pieces[Int(state >> 33) % (state >> 60 == 0 ? pieces.count : 34)]
      }
      var (folded, map): ([UInt8], [Int32]) = ([], [])
      text.withUTF8 { folder.fold($0, into: &folded, map: &map) }
      #expect(folder.fold(text) == folded, "\(text.debugDescription)")
    }
  }
  static let long: [@Sendable () -> String] = [
    { "a" + String(repeating: "\u{301}", count: 100_000) }, { String(repeating: "a b c d abcd ", count: 50_000) },
    { String(repeating: "nеws ", count: 100_000) }, { String(repeating: " ", count: 1_000_000) },
    { String(repeating: "é", count: 500_000) },
  ]
  @Test func isLinear() {
    for make in Self.long {
      let text = make()
      #expect(ContinuousClock().measure { _ = Folder().fold(text) } < .seconds(8))
    }
  }
}
