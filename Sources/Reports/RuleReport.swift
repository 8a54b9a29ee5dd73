import Pages
import Rules

/// What `winnow rules` prints.
package enum RuleReport {
  package static func list(_ set: RuleSet) -> [UInt8] {
    let width = set.rules.map(\.id.count).max() ?? 0
    let actionWidth = set.rules.map(\.action.rawValue.count).max() ?? 0
    var out = ""
    for rule in set.rules.sorted(by: { $0.id < $1.id }) {
      let id = rule.id.left(width)
      let severity = rule.severity.rawValue.left(7)
      let action = rule.action.rawValue.left(actionWidth)
      out += "\(id)  \(severity)  \(action)  \(rule.title)\n"
    }
    return Array(out.utf8)
  }

  /// Of a rule, or of what Winnow finds without one; nil where there is neither.
  package static func explain(_ id: String, in set: RuleSet) -> [UInt8]? {
    set.rule(id).map(explain) ?? JudgementReport.explain(id).map { Array($0.utf8) }
  }

  private static func explain(_ rule: Rule) -> [UInt8] {
    var out = "\(rule.id): \(rule.title)\n\n"
    if !rule.why.isEmpty { out += "\(rule.why)\n\n" }
    out += "Family    \(rule.family.rawValue)\nSeverity  \(rule.severity.rawValue)\nAction    \(rule.action.rawValue)\n"
    if let text = rule.replacement { out += "Writes    \(text.isEmpty ? "nothing" : text)\n" }
    if rule.scope != .line { out += "Reads     \(Self.reads[rule.scope]!)\n" }
    if !rule.languages.isEmpty { out += "Languages \(rule.languages.joined(separator: ", "))\n" }
    if let disclosure = rule.disclosure { out += "Recorded  as \(disclosure.kind), \(disclosure.medium)\n" }
    func list(_ title: String, _ examples: [Rule.Example]) {
      guard !examples.isEmpty else { return }
      out += "\n\(title)\n"
      for example in examples {
        out += "  " + example.text.split(separator: "\n").joined(separator: "\n  ") + "\n"
      }
    }
    list("Finds", rule.matchingExamples)
    list("Leaves", rule.cleanExamples)
    if !rule.references.isEmpty { out += "\nSee \(rule.references.joined(separator: "; "))\n" }
    out += "\nTo turn it off, put this into a winnow.yml; a severity or an action may stand there too:\n"
    out += "  rules: {\(rule.id): off}\n"
    out += "To change it, put a rule of this id into a file of your own and give that by --rules.\n"
    return Array(out.utf8)
  }

  private static let reads: [Rule.Scope: String] = [
    .sentence: "sentences", .block: "whole paragraphs", .page: "the page as a whole",
  ]

  package static func tests(_ tests: RuleTests) -> [UInt8] {
    var out = (tests.failures.map(\.description) + tests.overruns.map(\.description)).map { "\($0)\n" }.joined()
    out +=
      "\(counted(tests.ruleCount, "rule")), \(counted(tests.exampleCount, "example")), \(tests.failures.count) failed\n"
    return Array(out.utf8)
  }

  /// `; did you mean "x"?` for a mistyped id.
  package static func suggestion(for id: String, in set: RuleSet) -> String {
    Rules.suggestion(for: id, among: set.rules.map(\.id))
  }
}
