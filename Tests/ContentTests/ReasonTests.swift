import Content
import Pages
import Testing

/// Whoever asks why a block went gets up to three reasons in plain words.
@Suite struct ReasonTests {
  @Test("The reasons speak for the verdict, the heaviest first")
  func reasons() throws {
    for (name, text) in [("page.html", Sample.article), ("page.txt", Sample.dump)] {
      let page = try Sample.read(text, name: name)
      let judgement = ContentScorer().judge(page, findings: [])
      for block in 0..<page.blocks.count {
        let reasons = judgement.reasons(block)
        #expect((1...3).contains(reasons.count))
        #expect(reasons.allSatisfy { ($0.weight > 0) == judgement.keeps[block] && !$0.text.isEmpty })
        let weights = reasons.map { abs($0.weight) }
        #expect(weights == weights.sorted(by: >))
        #expect(Set(reasons.map(\.text)).count == reasons.count)
      }
    }
  }

  @Test("A judgement made by hand has no reasons")
  func byHand() {
    let judgement = Judgement(scores: [0], keeps: [false], pageType: .article, pageTypeConfidence: 1)
    #expect(judgement.reasons(0).isEmpty)
  }
}
