import Testing
import Winnow

/// A family's settings hold for a line whoever named it, a rule or the content model. No rule is loaded here.
@Suite struct GuessedFamilyTests {
  private static let menu = ["Home", "Products", "Services", "Careers", "Contact us"]
  private static let paragraph = """
    The ferry of that morning left the quay at six, and because the harbour lay in fog, nobody saw that the ramp had \
    not been raised. It was, as the report would put it later, an accident that had waited to happen.
    """
  private static let html = """
    <html lang="en"><head><title>The ramp</title></head><body>
    <header><nav><ul>\(menu.map { "<li><a href='/\($0)'>\($0)</a></li>" }.joined())</ul></nav></header>
    <main><article><h1>The ramp</h1>\((1...6).map { "<p>Part \($0). \(paragraph)</p>" }.joined())</article></main>
    </body></html>
    """

  private struct Case: Sendable {
    var config: String
    /// Rule and action of the finding, and whether the line stays.
    var finding: String?, isKept: Bool
  }
  private static let cases = [
    Case(config: "profile: balanced", finding: "content/boilerplate:navigation remove", isKept: false),
    Case(config: "profile: lint-only", finding: "content/boilerplate:navigation flag", isKept: true),
    Case(config: "families: {navigation: keep}", finding: "content/boilerplate:navigation keep", isKept: true),
    Case(config: "families: {boilerplate: keep}", finding: "content/boilerplate:navigation remove", isKept: false),
    // The family is not to be named; the text is no more content for that.
    Case(config: "families: {navigation: off}", finding: "content/boilerplate remove", isKept: false),
    Case(
      config: "rules: {'content/boilerplate:navigation': flag}", finding: "content/boilerplate:navigation flag",
      isKept: true),
    // The name without a family stands for all of them.
    Case(config: "rules: {content/boilerplate: flag}", finding: "content/boilerplate:navigation flag", isKept: true),
    Case(config: "rules: {content/boilerplate: off}", finding: nil, isKept: true),
  ]

  @Test(arguments: cases)
  private func settings(of wanted: Case) throws {
    let file = ConfigFile(wanted.config, name: "winnow.yml")
    #expect(file.errors.isEmpty)
    let policy = Policy(profile: file.profile?.layer ?? .init(), own: file.layer, overrides: file.overrides)
    let page = try Winnower(Rulebook(rules: RuleSet([]), policy: policy)).clean(
      Page(name: "ramp.html", bytes: Array(Self.html.utf8)))
    let block = try #require((0..<page.blocks.count).first { page.blocks.string($0) == "Careers" })
    let found = page.findings.first { $0.block == block }
    #expect(found.map { "\($0.rule) \($0.action)" } == wanted.finding)
    #expect(page.kept.contains(block) == wanted.isKept)
    #expect(found == nil || page.message(of: found!).hasPrefix("Not main content (score"))
  }

  @Test("A line that a rule marks and the content model rejects goes under the rule's name")
  func markedByARule() throws {
    let rule = """
      pack: test
      schema: 1
      rules:
        - id: navigation/jobs
          family: navigation
          title: Entry of a menu
          why: It is in the tests.
          match: {line: Careers}
          action: flag
      """
    let page = try Winnower(rules: RuleSet(RuleFile(rule, name: "test.yaml").rules)).clean(
      Page(name: "ramp.html", bytes: Array(Self.html.utf8)))
    let found = try #require(page.findings.first { $0.rule == "navigation/jobs" })
    #expect(found.action == .remove && !page.kept.contains(found.block))
    #expect(page.message(of: found).hasPrefix("Entry of a menu; not main content (score"))
  }
}
