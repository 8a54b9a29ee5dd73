import Testing

@testable import Rules

/// Lines that stand on many pages of a batch.
@Suite struct LineCountTests {
  private func counts(_ pages: [String]) -> LineCounts {
    var counts = LineCounts()
    let counter = LineCounter()
    for page in pages { counts.add(counter.hashes(readBlocks(page))) }
    return counts
  }

  @Test func aLineCountsOnceAPage() {
    let pages = ["Follow us\nFOLLOW  us\nOne", "follow us\nTwo", "Three"]
    let set = ruleSet(yaml("{pages: {min: 2}}"))
    let scanner = Scanner(set, counts: counts(pages))
    #expect(pages.map { scanner.scan(readBlocks($0)).map(\.block) } == [[0, 1], [0], []])
    #expect(Scanner(ruleSet(yaml("{pages: {min: 3}}")), counts: counts(pages)).scan(readBlocks(pages[0])).isEmpty)
  }

  /// A page alone says nothing about others; the examples of a rule test what else it asks for.
  @Test func withoutABatchNoLineStandsOnSeveralPages() {
    let rule = yaml(
      "{pages: {min: 9}, words: {max: 2}}", more: "examples: {match: [Follow us], clean: [We follow us all]}")
    let set = ruleSet(rule)
    #expect(set.hits("Follow us").isEmpty)
    #expect(RuleTests(set).failures.isEmpty)
  }

  static let asking: [(match: String, asks: Bool)] = [
    ("{pages: {min: 2}}", true), ("{line: x}", false), ("[{line: x}, {words: {max: 2}, not: {pages: {}}}]", true),
    ("{tail: {from: {pages: {min: 2}}}}", true),
  ]
  @Test(arguments: asking) func onlyThenPagesAreReadTwice(_ test: (match: String, asks: Bool)) {
    #expect(ruleSet(yaml(test.match)).asksForPages == test.asks)
  }
}
