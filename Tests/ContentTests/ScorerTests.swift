import Pages
import Testing

@testable import Content

@Suite struct ScorerTests {
  @Test(
    "An article's paragraphs stay; menus, related links and the footer go",
    arguments: [
      ("page.html", Sample.article), ("page.txt", Sample.dump),
    ])
  func article(_ name: String, _ text: String) throws {
    let page = try Sample.read(text, name: name)
    // The models learnt beside the rules: what a rule removes is none of their business.
    let findings = Sample.scanner.scan(page.blocks)
    let judgement = ContentScorer().judge(page, findings: findings)
    let removed = Set(findings.filter { $0.action == .remove }.map(\.block))
    for block in 0..<page.blocks.count {
      let text = page.blocks.string(block)
      let isKept = judgement.keeps[block] && !removed.contains(block)
      if text.hasPrefix("The ferry") { #expect(isKept, "lost: \(text)") }
      if ["Home", "Sport", "Privacy policy"].contains(text) { #expect(!isKept, "kept: \(text)") }
    }
    #expect(judgement.pageType == .article)
    #expect((0...1).contains(judgement.pageTypeConfidence))
    #expect(judgement.expectedScore > 0.8)
  }

  @Test("Scores are probabilities, the same each time, and independent of other pages")
  func deterministic() throws {
    let page = try Sample.read(Sample.article)
    let scorer = ContentScorer()
    let first = scorer.judge(page, findings: []).scores
    _ = scorer.judge(try Sample.read(Sample.dump, name: "b.txt"), findings: [])
    #expect(scorer.judge(page, findings: []).scores == first)
    #expect(first.allSatisfy { (0...1).contains($0) })
  }

  @Test("A dial: favoring precision keeps no more than balance does, and recall no less")
  func favor() throws {
    let pages = try [Sample.read(Sample.article), Sample.read(Sample.dump, name: "a.txt")]
    let kept = Favor.allCases.map { favor in
      pages.map { ContentScorer(favor: favor).judge($0, findings: []).keeps.count { $0 } }
    }
    for page in pages.indices { #expect(kept.map { $0[page] } == kept.map { $0[page] }.sorted()) }
  }

  @Test("The surer the dial wants to be, the fewer of the doubtful stay")
  func doubtful() {
    let counts = Favor.allCases.map { favor in
      Choice.best([0.95, 0.55, 0.4, 0.3, 0.05], words: [40, 40, 40, 40, 40], beta: favor.beta).keeps.count { $0 }
    }
    #expect(counts == counts.sorted() && counts[0] < counts[2], "\(counts)")
  }

  @Test(
    "A page without text, and one with a single word, are judged without a fuss",
    arguments: [
      ("a.html", "<html><body></body></html>"), ("b.html", "<p>x</p>"), ("c.txt", ""), ("d.txt", "x"),
      ("e.html", "<html></html>"), ("f.html", "<title>only a title</title>"),
      ("g.html", "<frameset><frame src=x></frameset>"), ("h.html", "x<!-- -->"),
    ])
  func tiny(_ name: String, _ text: String) throws {
    let page = try Sample.read(text, name: name)
    let judgement = ContentScorer().judge(page, findings: [])
    #expect(judgement.scores.count == page.blocks.count)
    #expect(judgement.keeps.count == page.blocks.count)
  }

  @Test("Ten thousand blocks are no trouble")
  func large() throws {
    let rows = (0..<10_000).map { "<tr><td>\($0)</td><td><a href='/\($0)'>row \($0)</a></td></tr>" }.joined()
    let page = try Sample.read("<html><body><table>\(rows)</table></body></html>")
    #expect(ContentScorer().judge(page, findings: []).scores.count == 20_000)
  }
}
