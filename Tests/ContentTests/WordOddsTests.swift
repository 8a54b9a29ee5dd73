import Language
import Pages
import Testing

@testable import Content

/// What words say of a block is heard beside all else that tells content from boilerplate.
@Suite struct WordOddsTests {
  private static func odds(_ text: String) -> Float {
    Array(text.utf8).withUnsafeBufferPointer { Models.words.scores($0)[0] }
  }
  private static func keys(_ text: String) -> [UInt32] {
    var keys: [UInt32] = []
    Array(text.utf8).withUnsafeBufferPointer { text in WordKeys.each(text) { keys.append($0) } }
    return keys
  }

  @Test("Running text reads like content, and what sites say to their visitors does not")
  func content() {
    let story = [
      "The council had closed the ramp after a survey found cracks in two of its beams.",
      "“We did not expect that so many people would come back,” she said of the first evening.",
      "Der Rat hatte die Rampe gesperrt, nachdem in zwei Balken Risse gefunden worden waren.",
    ]
    let site = [
      "Sign up for our newsletter", "Share on Facebook", "Privacy policy", "Alle Cookies akzeptieren",
      "You may also like", "Add to cart",
    ]
    for text in story { #expect(Self.odds(text) > 0, "\(text)") }
    for text in site { #expect(Self.odds(text) < 0, "\(text)") }
  }

  @Test(
    "Words have no case, numbers count by their length, and apostrophes have one form",
    arguments: [
      ("SIGN UP", "Sign  up"), ("ÜBER UNS", "über uns"), ("ПОДПИСАТЬСЯ", "подписаться"),
      ("Seen 31 times", "seen 75 times"),
      ("don't", "Don’t"),
    ])
  func same(one: String, other: String) { #expect(Self.keys(one) == Self.keys(other)) }

  @Test(
    "Words, numbers, marks and ideographs are a key each, and so are the pairs that they and the two ends form",
    arguments: [
      ("", 0), ("one", 1), ("one two", 2), ("one, two", 3), ("one?", 2), ("桥梁", 2), ("one 17", 2), ("€ 5", 2),
    ])
  func counts(text: String, tokens: Int) { #expect(Self.keys(text).count == 2 * tokens + 1) }

  @Test("Only the beginning of a long text counts")
  func long() {
    let text = String(repeating: "word ", count: WordKeys.limit / 5)
    #expect(Self.keys(text + "and more") == Self.keys(text))
  }

  @Test(
    "A row holds the block's own odds, those of its neighbours, and means around it in which long blocks weigh more")
  func rows() throws {
    let page = try Sample.read("one\n\ntwo\n\nthree\n\nfour\n\nfive and six and seven and eight\n", name: "page.txt")
    let texts = TextMeasures(page.blocks, title: "", summary: "", linkedData: []).blocks
    let odds = WordOdds(page.blocks, texts, known: [1, 2, 3, 4, 6])
    func row(_ block: Int) -> [Float] {
      var values = [Float](repeating: .nan, count: WordOdds.names.count)
      values.withUnsafeMutableBufferPointer { values in
        var row = FeatureRow(values.baseAddress!)
        odds.write(block, &row)
      }
      return values
    }
    let (short, long) = (Float(1.5).squareRoot(), Float(7.5).squareRoot())
    let mean = ((1 + 2 + 3 + 4) * short + 6 * long) / (4 * short + long)
    let expected: [(block: Int, row: [Float])] = [
      (0, [1, 0, 2, 0, (2 + 3 + 4) / 3, mean, mean, mean]),
      (3, [4, 3, 6, 2, 6, mean, mean, mean]),
      (4, [6, 4, 0, 3, 0, mean, mean, mean]),
    ]
    for (block, values) in expected {
      for (found, wanted) in zip(row(block), values) { #expect(abs(found - wanted) < 1e-5, "block \(block)") }
    }
  }
}
