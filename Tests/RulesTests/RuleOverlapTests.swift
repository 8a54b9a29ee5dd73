import Testing

@testable import Rules

@Suite struct RuleOverlapTests {
  private func complaints(_ rules: String...) -> [String] {
    let set = RuleSet(RuleFile("pack: test\nschema: 1\nrules:\n" + rules.joined(), name: "test.yaml").rules)
    return RuleOverlaps(set.rules).complaints(about: set.rules.indices).map(\.description)
  }
  private let share = yaml("{line: [Share, Post]}", id: "share/a")

  @Test func aPhraseInTwoFamilies() {
    #expect(
      complaints(share, yaml("{line: [\"▶ SHARE!\", x]}", id: "app/a")) == [
        "test.yaml:5:5: error: app/a: \"▶ SHARE!\" is also a line of share/a, a rule of another family"
      ])
  }
  @Test func aRuleThatNeverWins() {
    #expect(
      complaints(share, yaml("{line: share}", id: "share/b")) == [
        "test.yaml:5:5: error: share/b: never wins: all of its lines are also lines of share/a, which goes before it"
      ])
    let louder = yaml("[{line: share}, {line: [post]}]", id: "share/c", more: "severity: error")
    #expect(
      complaints(yaml("{line: share}", id: "share/b"), louder) == [
        "test.yaml:4:5: error: share/b: never wins: all of its lines are also lines of share/c, which goes before it"
      ])
  }
  /// Each of these can win somewhere, or is meant to.
  @Test(arguments: [
    yaml("{line: share}", id: "share/b", more: "severity: error"),
    yaml("{line: [share, x]}", id: "share/b"),
    yaml("[{line: share}, {contains: y}]", id: "share/b"),
    yaml("{line: share, at: {first: 3}}", id: "app/b"),
    yaml("{line: share}", id: "app/b", more: "unless: {words: {min: 2}}"),
    yaml("{line: share}", id: "app/b", more: "hosts: a.org"),
    yaml("{line: share}", id: "app/b", more: "action: keep"),
    yaml("{contains: share}", id: "app/b"),
  ])
  func noComplaint(rule: String) { #expect(complaints(share, rule) == []) }

  @Test func theBuiltInPacksDoNotOverlap() {
    let rules = RuleSet(RuleSet.builtInPacks.flatMap { RuleFile($0.yaml, name: $0.name).rules }).rules
    #expect(RuleOverlaps(rules).complaints(about: rules.indices).isEmpty)
  }
}
