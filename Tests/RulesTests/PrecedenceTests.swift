import Testing

@testable import Rules

/// Which rule wins, and what its finding says.
@Suite struct PrecedenceTests {
  static let cases: [(rules: [String], winner: String)] = [
    (
      [
        yaml("{contains: x}", id: "other/a", more: "severity: error"),
        yaml("{contains: x}", id: "other/b", more: "severity: note, action: keep"),
      ], "other/b"
    ),
    (
      [
        yaml("{line: x}", id: "other/a", more: "severity: note"),
        yaml("{contains: x}", id: "other/b", more: "severity: error"),
      ], "other/b"
    ),
    ([yaml("{contains: x}", id: "other/a"), yaml("{line: x}", id: "other/b")], "other/b"),
    ([yaml("{contains: x}", id: "other/a"), yaml("{starts: x}", id: "other/b")], "other/b"),
    ([yaml("{starts: x}", id: "other/a"), yaml("{line: x}", id: "other/b")], "other/b"),
    ([yaml("{words: {max: 3}}", id: "other/a"), yaml("{contains: x}", id: "other/b")], "other/b"),
    (
      [yaml("{range: {from: {line: x}, to: {line: y}}}", id: "other/a"), yaml("{words: {max: 3}}", id: "other/b")],
      "other/b"
    ),
    (
      [
        yaml("{tail: {from: {line: x}, ceiling: 1}}", id: "other/a"),
        yaml("{range: {from: {line: x}, to: {line: y}}}", id: "other/b"),
      ], "other/b"
    ),
    ([yaml("{line: x}", id: "other/a"), yaml("{line: x}", id: "other/b")], "other/a"),
    (
      [yaml("{contains: x, words: {max: 3}}", id: "other/a"), yaml("{line: x, words: {max: 3}}", id: "other/b")],
      "other/b"
    ),
  ]
  @Test(arguments: cases) func wins(_ test: (rules: [String], winner: String)) {
    let file = RuleFile("pack: t\nschema: 1\nrules:\n" + test.rules.joined(), name: "t")
    #expect(RuleSet(file.rules).findings("x\ny").first?.rule == test.winner)
  }

  @Test func aLaterRuleReplacesOneOfTheSameID() {
    let set = RuleSet(ruleSet(yaml("{line: x}")).rules + ruleSet(yaml("{line: y}")).rules)
    #expect(set.rules.count == 1)
    #expect(set.hits("x\ny") == ["y"])
  }

  @Test func repetitionsAreRelated() {
    let set = ruleSet(yaml("{line: '* required'}", more: "message: '{text} stands {count} times'"))
    let findings = set.findings("* required\na\n* Required\nb\n* required")
    #expect(findings.map(\.related) == [[2, 4], [0], [0]])
    #expect(
      findings.map(\.message) == [
        "* required stands 3 times", "* Required stands 3 times", "* required stands 3 times",
      ])
  }
  @Test func otherTextsAreNotRelated() {
    #expect(ruleSet(yaml("{contains: sign}")).findings("sign up\nsign in").map(\.related) == [[], []])
  }
  @Test func aMessageTakesTheTextAsItIs() {
    let set = ruleSet(yaml("{contains: braces}", more: "message: '<{text}> {count}'"))
    #expect(set.findings("braces {count} {text}").map(\.message) == ["<braces {count} {text}> 1"])
  }
  @Test func withoutAMessageTheTitleSpeaks() {
    #expect(ruleSet(yaml("{line: x}")).findings("x")[0].message == "A title")
  }
  @Test func defaults() {
    let finding = ruleSet(yaml("{line: x}")).findings("x")[0]
    #expect(finding.severity == .warning && finding.action == .remove && finding.disclosure == nil)
  }
  @Test func keepFirst() {
    let set = ruleSet(yaml("{contains: promo}", more: "action: keep-first"))
    #expect(set.findings("promo\na\npromo\nother promo").map(\.action) == [.flag, .remove, .flag])
  }
  @Test func aDisclosureGoesWithTheFinding() {
    let set = ruleSet(yaml("{line: x}", more: "disclose: {kind: ai-generated, medium: audio}"))
    #expect(set.findings("x")[0].disclosure == Disclosure(kind: "ai-generated", medium: "audio"))
  }
  @Test(arguments: ["example.org", "WWW.Example.org"]) func hosts(_ name: String) {
    let set = ruleSet(yaml("{line: x}", more: "hosts: [\(name)]"))
    let page = readBlocks("x")
    let scanner = Scanner(set)
    for host in ["example.org", "www.example.org"] { #expect(scanner.scan(page, host: host).count == 1) }
    for host in [nil, "notexample.org", "example.org.evil.net"] { #expect(scanner.scan(page, host: host).isEmpty) }
  }
  @Test func aScannerForgetsThePageBefore() {
    let scanner = Scanner(ruleSet(yaml("{repeats: {min: 2}}"), yaml("{line: x}", id: "other/x")))
    _ = scanner.scan(readBlocks("x\na\na"))
    #expect(scanner.scan(readBlocks("a\nb")).isEmpty)
  }
}
