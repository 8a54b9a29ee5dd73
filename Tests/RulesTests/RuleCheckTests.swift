import Testing

@testable import Rules

@Suite struct RuleCheckTests {
  private func complaints(
    _ match: String, id: String = "ads/a", more: String = "why: w, examples: {match: [a, b], clean: [c, d]}"
  )
    -> [String]
  {
    ruleSet(yaml(match, id: id, family: "ads", more: more)).rules.flatMap(RuleChecks.complaints).map(\.message)
  }
  @Test func aGoodRule() { #expect(complaints("{line: x}").isEmpty) }
  @Test func noReasonAndFewExamples() {
    #expect(
      complaints("{line: x}", more: "examples: {match: a}").map { $0.prefix(20) } == [
        "ads/a: has no why; s", "ads/a: has fewer tha", "ads/a: has fewer tha",
      ])
  }
  @Test func anIDOfAnotherFamily() {
    #expect(complaints("{line: x}", id: "signup/a") == ["signup/a: its id does not start with its family, ads"])
  }
  static let patterns: [(match: String, count: Int)] = [
    ("{regex: 'abc.*def'}", 0), ("{regex: '\\d+'}", 1), ("{regex: '\\d+', words: {max: 4}}", 0),
    ("{regex: '\\d+', words: {max: 5}}", 1),
    ("{regex: '\\d+', chars: {max: 40}}", 0), ("{regex: '\\d+', line: x}", 0), ("{regex: '.*abc'}", 1),
    ("{regex: 'abc.*'}", 1),
    ("{any: [{line: x}, {regex: '\\d'}]}", 1), ("{tail: {from: {regex: '\\d'}}}", 1),
  ]
  @Test(arguments: patterns) func pattern(_ test: (match: String, count: Int)) {
    #expect(complaints(test.match).count == test.count)
  }
}
