import Testing

@testable import Rules

/// What a broken `winnow.yml` is told: every mistake with its place, in the order of the file.
@Suite struct ConfigFileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var yaml: String
    var errors: [String]
    var testDescription: String { yaml }
    init(_ yaml: String, _ errors: String...) {
      self.yaml = yaml
      self.errors = errors
    }
  }
  private static let settings =
    "; one of off, on, note, warning, error, flag, remove, keep, keep-first, quarantine, or a mapping of severity and action"
  static let cases: [Case] = [
    Case(
      "",
      "1:1: error: the file is empty; keys are profile, all, families, rules, overrides, rule-files, filter-lists, site-configs, fail-on"
    ),
    Case("- a", "1:1: error: a configuration must be a mapping"),
    Case("profil: strict", "1:1: error: a configuration has no key \"profil\"; did you mean \"profile\"?"),
    Case(
      "profile: strikt",
      "1:10: error: there is no profile \"strikt\"; did you mean \"strict\"?; one of strict, balanced, lint-only, rag"),
    Case("all: quarantine", "1:6: error: only a rule about pages can quarantine; name it under rules"),
    Case("families: [ads]", "1:11: error: families must be a mapping of families to settings"),
    Case("families: {ads: of}", "1:17: error: \"of\" is no setting of ads; did you mean \"off\"?\(settings)"),
    Case(
      "families: {ads: {severty: note}}",
      "1:18: error: the setting of ads has no key \"severty\"; did you mean \"severity\"?"),
    Case(
      "rules: [my.yaml]",
      "1:8: error: rules must be a mapping of rule ids to settings; files of rules stand under rule-files"),
    Case("overrides: {hosts: a.org}", "1:12: error: overrides must be a list"),
    Case("overrides:\n- {rules: {ads/a: off}}", "2:3: error: an override needs hosts or paths"),
    Case(
      "overrides:\n- hosts: [\"*.a.org\"]",
      "2:10: error: \"*.a.org\" is no host; write example.org, which means its subdomains too"),
    Case("filter-lists: [{family: ads}]", "1:16: error: a filter list needs file"),
    Case("rule-files: no", "1:13: error: rule-files: no is not text in YAML; put quotes around it"),
    Case("fail-on: warn", "1:10: error: \"warn\" is no severity; one of error, warning, note, never"),
    Case(
      "fail-on: warn\nfilter-lists: {}", "1:10: error: \"warn\" is no severity; one of error, warning, note, never",
      "2:15: error: a filter list needs file"),
  ]
  @Test(arguments: cases) func mistake(_ broken: Case) {
    let file = ConfigFile(broken.yaml, name: "w")
    #expect(file.errors.map(\.description) == broken.errors.map { "w:" + $0 })
  }

  @Test func namesOfRulesAreHeldAgainstTheRules() {
    let rules = ruleSet(
      yaml("{line: Subscribe}", id: "signup/button"),
      yaml("{metric: {name: words, max: 99}}", id: "error/short", more: "scope: page"))
    let file = ConfigFile(
      """
      rules:
        signup/buton: off
        signup/button: quarantine
        error/short: remove
        content/boilerplate: flag
        content/boilerplate:navigation: keep
        filter/easylist: off
        site/example.org: off
        signup/form: {severity: note, action: flag}
      """, name: "w")
    #expect(file.errors.isEmpty)
    #expect(
      file.complaints(about: rules).map(\.description) == [
        "w:2:3: error: there is no rule \"signup/buton\"; did you mean \"signup/button\"?",
        "w:3:3: error: signup/button is about lines; only a rule about pages can quarantine",
        "w:4:3: error: error/short is about pages, which it can flag or quarantine, not remove",
        "w:9:3: error: signup/form is made of lines, and their rules say what is done; it can be off, on or of a severity",
      ])
  }

  /// The examples in the documentation are valid, and name rules that there are.
  @Test(arguments: [("README.md", 1), ("Rules/README.md", 1)])
  func documentationIsRight(file: String, count: Int) throws {
    let text = try Repository.read(file)
    let examples = text.split(separator: "```yaml\n").dropFirst().map { String($0.prefix { $0 != "`" }) }
      .filter { $0.contains("\noverrides:") }
    #expect(examples.count == count)
    let rules = RuleSet(RuleSet.builtInPacks.flatMap { RuleFile($0.yaml, name: $0.name).rules })
    for example in examples {
      let config = ConfigFile(example, name: file)
      #expect(config.errors.map(\.description) == [])
      #expect(config.complaints(about: rules).map(\.description) == [])
    }
  }

  /// The packs in the documentation are valid, and their examples hold.
  @Test func packsOfTheDocumentationAreRight() throws {
    let packs = try Repository.read("Rules/README.md").split(separator: "```yaml\n").dropFirst()
      .map { String($0.prefix { $0 != "`" }) }.filter { $0.hasPrefix("pack:") }
    #expect(packs.count == 2)
    for pack in packs {
      let file = RuleFile(pack, name: "README.md")
      #expect(file.errors.map(\.description) == [])
      #expect(RuleTests(RuleSet(file.rules)).failures.map(\.description) == [])
    }
  }

  @Test func readsAll() {
    let file = ConfigFile(
      """
      profile: rag
      fail-on: never
      rule-files: my.yaml
      filter-lists:
        - easylist.txt
        - {file: cookies.txt, family: consent}
      site-configs: [ftr]
      """, name: "w")
    #expect(file.profile?.name == "rag")
    #expect(file.failOn == .never)
    #expect(file.ruleFiles.map(\.path) == ["my.yaml"])
    #expect(file.filterLists.map(\.path) == ["easylist.txt", "cookies.txt"])
    #expect(file.filterLists.map(\.family) == [nil, .consent])
    #expect(file.siteConfigs.map(\.path) == ["ftr"])
  }
}
