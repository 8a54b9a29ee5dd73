import Pages

@testable import Rules

/// A rule in YAML with what every rule must have.
func yaml(
  _ match: String, id: String = "other/rule", family: String? = nil, more: String = ""
) -> String {
  let family = family ?? String(id.prefix { $0 != "/" })
  return "  - {id: \(id), family: \(family), title: A title, match: \(match)\(more.isEmpty ? "" : ", ")\(more)}\n"
}

/// A rule set of rules in YAML. Traps where they have mistakes.
func ruleSet(_ rules: String...) -> RuleSet {
  let file = RuleFile("pack: test\nschema: 1\nrules:\n" + rules.joined(), name: "test.yaml")
  precondition(file.errors.isEmpty, "\(file.errors)")
  let set = RuleSet(file.rules)
  precondition(set.errors.isEmpty, "\(set.errors)")
  return set
}

func readBlocks(_ page: String) -> Blocks {
  let name = page.hasPrefix("<") ? "a.html" : "a.txt"
  return try! PageReader().read(Page(name: name, bytes: Array(page.utf8))).blocks
}

extension RuleSet {
  func findings(_ page: String) -> [Finding] { Scanner(self).scan(readBlocks(page)) }
  /// The texts of the lines that the rules found.
  func hits(_ page: String) -> [String] {
    let lines = readBlocks(page)
    return Scanner(self).scan(lines).map { $0.block < 0 ? "the page" : lines.string($0.block) }
  }
}
