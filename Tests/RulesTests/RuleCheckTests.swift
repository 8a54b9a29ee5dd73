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
  /// Lines are folded before patterns look at them; what folding takes away they never find.
  @Test(arguments: [
    ("Abc def", "no folded line holds the A of the pattern; write a for it"),
    ("abc – def", "no folded line holds the – of the pattern; write - for it"),
    ("it’s said", "no folded line holds the ’ of the pattern; write ' for it"),
    ("straße", "no folded line holds the ß of the pattern; write ss for it"),
    ("ａbcd", "no folded line holds the ａ of the pattern; write a for it"),
    ("ab\u{AD}cde", "no folded line holds the \u{AD} of the pattern; leave it out"),
    ("(?i)Abc def", nil), ("[A–Z’]{2}abc", nil), ("abc\\W\\p{Lu}\\x4F(?<Name>x)", nil), ("été 日本 ñ", nil),
  ])
  func charactersThatFoldingTakesAway(_ pattern: String, _ complaint: String?) {
    #expect(complaints("{regex: '\(pattern)'}") == (complaint.map { ["ads/a: \($0)"] } ?? []))
  }
  @Test func aNameThatIsNoBank() {
    let complaint = "ads/a: {nam} in \"see {nam}\" is no name under this pack's phrases, so it stands for itself"
    #expect(complaints("{starts: 'see {nam}'}") == [complaint])
    let excuse = "why: w, examples: {match: [x, x!], clean: [c, d]}, unless: {contains: 'see {nam}'}"
    #expect(complaints("{line: x}", more: excuse) == [complaint])
    #expect(complaints("{line: ['see {1}', '{ a }', 'see {Nam}']}").isEmpty)
  }
}
