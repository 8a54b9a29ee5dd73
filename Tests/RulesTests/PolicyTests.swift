import Testing

@testable import Rules

/// What profiles and a configuration make of findings.
@Suite struct PolicyTests {
  private let rules = ruleSet(
    yaml("{line: Subscribe}", id: "signup/button", more: "severity: warning"),
    yaml("{contains: subscribe}", id: "other/word", more: "severity: note"),
    yaml("{line: Share}", id: "share/button"),
    yaml("{line: \"Share this river\"}", id: "share/river", more: "action: keep"),
    yaml("{contains: Share}", id: "ads/share"),
    yaml("{metric: {name: words, max: 99}}", id: "error/short", more: "scope: page, action: quarantine"))

  private func findings(_ config: String, host: String? = nil, path: String = "a.txt") -> [String] {
    let file = ConfigFile(config, name: "winnow.yml")
    #expect(file.errors.isEmpty)
    #expect(file.complaints(about: rules).isEmpty)
    let policy = Policy(profile: file.profile?.layer ?? .init(), own: file.layer, overrides: file.overrides)
    let blocks = readBlocks("Subscribe\nShare\nShare this river\n")
    return Scanner(rules).scan(blocks, host: host, under: policy.resolve(host: host, path: path))
      .map { "\($0.rule) \($0.severity) \($0.action)" }
  }
  private static let plain = [
    "error/short warning quarantine", "signup/button warning remove", "share/button warning remove",
    "share/river warning keep",
  ]

  @Test func nothingSaidChangesNothing() {
    #expect(findings("profile: balanced") == Self.plain)
    #expect(findings("overrides: [{hosts: [example.org], all: off}]") == Self.plain)
  }
  @Test func aRuleThatIsOffLeavesItsLineToTheNext() {
    #expect(findings("rules: {signup/button: off}")[1] == "other/word note remove")
    #expect(findings("families: {signup: off}")[1] == "other/word note remove")
  }
  @Test func severityDecidesWhichRuleWins() {
    #expect(findings("rules: {other/word: error}")[1] == "other/word error remove")
    #expect(findings("families: {other: {severity: error, action: flag}}")[1] == "other/word error flag")
  }
  @Test func aFamilysActionLeavesAllowRulesAndQuarantineAlone() {
    #expect(findings("all: remove") == Self.plain)
    #expect(
      findings("profile: lint-only") == [
        "error/short warning flag", "signup/button warning flag", "share/button warning flag",
        "share/river warning keep",
      ])
    #expect(findings("rules: {share/river: off}")[3] == "ads/share warning remove")
    #expect(findings("families: {ads: keep}")[2] == "ads/share warning keep")
  }
  @Test func aFamilysActionCanOnlyMakeFlagsOfReplacements() {
    let set = ruleSet(yaml("{regex: 'abc'}", more: "action: replace, with: x"))
    func found(_ config: String) -> [String] {
      let policy = Policy(own: ConfigFile(config, name: "winnow.yml").layer)
      return Scanner(set).scan(readBlocks("abc abc"), under: policy.resolve(host: nil, path: "a.txt"))
        .map { "\($0.action) \($0.range)" }
    }
    #expect(found("all: remove") == ["replace 0..<3", "replace 4..<7"])
    #expect(found("families: {other: flag}") == ["flag 0..<7"])
    #expect(found("rules: {other/rule: remove}") == ["remove 0..<7"])
    #expect(found("rules: {other/rule: off}") == [])
    #expect(
      ConfigFile("rules: {other/rule: replace}", name: "w").errors.map(\.description)
        == ["w:1:21: error: replace needs a text, so it stands in the rule itself"])
  }
  @Test func rulesWinOverFamiliesAndLaterLayersOverEarlier() {
    #expect(findings("families: {signup: note}\nrules: {signup/button: error}")[1] == "signup/button error remove")
    let overridden = """
      rules: {signup/button: error}
      overrides:
        - {paths: ["*.txt"], families: {signup: note}}
        - {paths: ["*.txt"], rules: {signup/button: {action: flag}}}
      """
    #expect(findings(overridden)[1] == "other/word note remove" || findings(overridden)[1] == "signup/button note flag")
    #expect(findings(overridden, path: "a.html")[1] == "signup/button error remove")
  }
  @Test(arguments: [
    ("example.org", true), ("news.example.org", true), ("badexample.org", false), ("example.com", false), (nil, false),
  ])
  func overridesByHost(host: String?, applies: Bool) {
    let found = findings("overrides: [{hosts: [Example.org], rules: {error/short: off}}]", host: host)
    #expect(found.contains { $0.hasPrefix("error/short") } != applies)
  }
  @Test func anOverridesProfileTakesThePlaceOfTheFiles() {
    let config = "profile: strict\noverrides: [{paths: [forum/], profile: balanced}]"
    #expect(findings(config, path: "news/a.txt")[1] == "signup/button error remove")
    #expect(findings(config, path: "forum/a.txt") == Self.plain)
  }
  @Test func oneScannerServesPagesUnderDifferentOverrides() {
    let file = ConfigFile("overrides: [{paths: [a/], rules: {share/button: off}}]", name: "winnow.yml")
    let policy = Policy(own: file.layer, overrides: file.overrides)
    let scanner = Scanner(rules)
    let counts = ["b/x", "a/x", "b/x"].map { path in
      scanner.scan(readBlocks("Share"), under: policy.resolve(host: nil, path: path)).map(\.rule)
    }
    #expect(counts[0] == ["error/short", "share/button"])
    #expect(counts[1] == ["error/short", "ads/share"])
    #expect(counts[2] == counts[0])
  }
  @Test func builtInProfilesHaveNoMistakes() {
    #expect(Profile.builtIn.map(\.name) == ["strict", "balanced", "lint-only", "rag"])
    #expect(Profile.builtInNames == Profile.builtIn.map(\.name))
    #expect(Profile.builtIn.flatMap(\.errors).isEmpty)
    #expect(Profile.builtIn.allSatisfy { !$0.title.isEmpty })
    #expect(Profile.named("balanced")?.layer.isEmpty == true)
  }

  @Test(arguments: [
    ("*.txt", "a.txt", true), ("*.txt", "deep/a.txt", true), ("*.txt", "a.html", false),
    ("forum/", "forum/a.txt", true), ("forum/", "forum/x/a.txt", true), ("forum/", "a/forum/b.txt", false),
    ("forum/*", "forum/a.txt", true), ("forum/*", "forum/x/a.txt", false), ("./forum/*.txt", "forum/a.txt", true),
    ("**/old/*", "a/b/old/c", true), ("**/old/*", "old/c", true), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true),
    ("a/**", "a", false), ("?.txt", "ab.txt", false), ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZ", false),
  ])
  func globs(pattern: String, path: String, fits: Bool) {
    #expect(PathPattern(pattern).matches(path) == fits)
  }
}
