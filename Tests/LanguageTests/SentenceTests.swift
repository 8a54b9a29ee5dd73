import Language
import Testing

@Suite struct SentenceTests {
  private func split(_ text: String, _ language: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      var ranges: [Range<Int>] = []
      SentenceSplitter().split(bytes, language: language, into: &ranges)
      return ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
  }
  private func input(_ marked: String) -> String {
    marked.replacing("¦", with: " ").replacing("‖", with: "")
  }
  private func expected(_ marked: String) -> [String] {
    marked.split { $0 == "¦" || $0 == "‖" }.map(String.init)
  }

  /// pySBD has 47 of the list's 48, ICU alone 29.
  @Test func goldenRulesOfEnglish() {
    let failed = SentenceCases.goldenEnglish.filter { split(input($0), "en") != expected($0) }
    #expect(failed.count <= 1, "\(failed)")
  }

  @Test(arguments: SentenceCases.byLanguage.keys.sorted())
  func language(_ language: String) throws {
    for marked in try #require(SentenceCases.byLanguage[language]) {
      #expect(split(input(marked), language) == expected(marked), "\(language)")
    }
  }

  /// A class that nobody knows would stop the program when a page first asks for the language.
  @Test(arguments: LanguageData.codes.sorted()) func dataAreRead(_ code: String) {
    #expect(LanguageData.of(code).code == code)
  }

  @Test func rangesAreInOrderAndTrimmed() {
    var text = "  One here.  \n\n Two\nhere.\u{A0} Three…  "
    text.withUTF8 { bytes in
      var ranges: [Range<Int>] = []
      SentenceSplitter().split(bytes, language: nil, into: &ranges)
      #expect(ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == ["One here.", "Two\nhere.", "Three…"])
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    }
  }

  /// Broken UTF-8, stops alone, an end in the middle of everything.
  @Test(arguments: [
    [], [0x2E], [0x2E, 0x2E, 0x20, 0x2E], [0xE2], [0xE2, 0x80], [0x41, 0x2E, 0xC3], [0x2E, 0xE3, 0x80],
    [0x41, 0x2E, 0x20, 0xF0, 0x9F], [0x28, 0x2E, 0x29], [0x31, 0x2E, 0x20], [0xEF, 0xBC], [0xD8],
    [0xE3, 0x80, 0x82, 0xE3], [0xC2], [0x20, 0xC2, 0xA0], [0x2E, 0x5B, 0x31],
  ])
  func brokenBytes(_ bytes: [UInt8]) {
    for language in ["en", "de", "fr", "ja"] {
      bytes.withUnsafeBufferPointer { buffer in
        var ranges: [Range<Int>] = []
        SentenceSplitter().split(buffer, language: language, into: &ranges)
        #expect(ranges.allSatisfy { !$0.isEmpty && $0.upperBound <= bytes.count })
      }
    }
  }
}
