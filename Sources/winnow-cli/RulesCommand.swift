import ArgumentParser
import Winnow

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List, explain, test and check rules.",
    subcommands: [List.self, Explain.self, Test.self, Check.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List all rules: id, severity, action, title.")

    @Option(help: ArgumentHelp("A rule file or a folder of them, added to the built-in packs.", valueName: "path"))
    var rules: [String] = []

    func run() throws { try Terminal.write(RuleReport.list(try loadRules(rules))) }
  }

  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain", abstract: "Say what a rule finds, why, and by which examples.")

    @Argument(help: "The id of a rule, such as signup/form-debris.")
    var id: String

    @Option(help: ArgumentHelp("A rule file or a folder of them, added to the built-in packs.", valueName: "path"))
    var rules: [String] = []

    func run() throws {
      let set = try loadRules(rules)
      guard let text = RuleReport.explain(id, in: set) else {
        throw Failure(
          message: "there is no rule \"\(id)\"\(RuleReport.suggestion(for: id, in: set)); `winnow rules list` shows all"
        )
      }
      try Terminal.write(text)
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Run the examples of rules.",
      discussion: "Without PATH the built-in packs are tested. Exit code 1 where an example fails.")

    @Argument(help: "Rule files or folders of them.")
    var path: [String] = []

    func run() throws {
      let tests = RuleTests(try loadRules(path), only: try ruleIDs(path))
      try Terminal.write(RuleReport.tests(tests))
      if !tests.failures.isEmpty || !tests.overruns.isEmpty { throw ExitCode(1) }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Look for mistakes in rule files.",
      discussion: """
        Without PATH the built-in packs are checked. With --filter-list or --site-config it lists what of them cannot \
        be used. Exit code 2 where there is a mistake.
        """)

    @Argument(help: "Rule files or folders of them.")
    var path: [String] = []

    @Option(help: ArgumentHelp("A winnow.yml to check.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("An Adblock filter list to check.", valueName: "file"))
    var filterList: [String] = []

    @Option(help: ArgumentHelp("A folder of site configurations to check.", valueName: "dir"))
    var siteConfig: [String] = []

    func run() throws {
      if config != nil || !filterList.isEmpty || !siteConfig.isEmpty {
        let sources = RuleSources(config: config, filterLists: filterList, siteConfigs: siteConfig)
        for note in try loadRulebook(sources).notes { try Terminal.print(note) }
      }
      let set = try loadRules(path)
      let ids = try ruleIDs(path)
      let indices = set.rules.indices.filter { ids?.contains(set.rules[$0].id) ?? true }
      let checked = indices.map { set.rules[$0] }
      let complaints =
        checked.flatMap { RuleChecks.complaints(about: $0) } + RuleOverlaps(set.rules).complaints(about: indices)
      for complaint in complaints { Terminal.complain("\(complaint)", prefix: "") }
      if !complaints.isEmpty { throw ExitCode(Failure.usage) }
      try Terminal.print("\(counted(checked.count, "rule")), no mistakes")
    }
  }
}

private func loadRules(_ paths: [String]) throws -> RuleSet {
  do { return try RuleSet.load(adding: paths) } catch { throw Failure(message: "the rules cannot be used\n\(error)") }
}

private func loadRulebook(_ sources: RuleSources) throws -> LoadedRulebook {
  do { return try Rulebook.load(sources, for: []) } catch { throw Failure(message: "mistakes\n\(error)") }
}

/// The ids of the rules in these files; nil for all.
private func ruleIDs(_ paths: [String]) throws -> Set<String>? {
  guard !paths.isEmpty else { return nil }
  do { return Set(try RuleSet.read(paths).flatMap { $0.rules.map(\.id) }) } catch { throw Failure(message: "\(error)") }
}
