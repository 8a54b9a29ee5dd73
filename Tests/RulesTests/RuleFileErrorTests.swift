import Testing

@testable import Rules

/// What a broken rule file is told: every mistake with its place.
@Suite struct RuleFileErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    var errors: [String]
    init(_ name: String, _ yaml: String, _ errors: [String]) {
      testDescription = name
      self.yaml = yaml
      self.errors = errors
    }
    /// A pack of one rule whose lines start in column 5, the first in line 4.
    static func rule(_ name: String, _ lines: [String], _ errors: [String]) -> Case {
      Case(name, "pack: p\nschema: 1\nrules:\n  - " + lines.joined(separator: "\n    ") + "\n", errors)
    }
  }
  private static let head = ["id: ads/a", "family: ads", "title: t"]
  private static let families =
    Family.allCases.map(\.rawValue).joined(separator: ", ")

  static let cases: [Case] = [
    Case("an empty file", "", ["a.yaml:1:1: error: the file is empty; a pack has the keys pack, schema and rules"]),
    Case("a list", "- a\n", ["a.yaml:1:1: error: a pack must be a mapping"]),
    Case("no rules", "pack: p\n", ["a.yaml:1:1: error: the key rules is missing"]),
    Case("rules that are no list", "pack: p\nrules: x\n", ["a.yaml:2:8: error: rules must be a list"]),
    Case(
      "a schema to come", "schema: 2\nrules: []\n",
      ["a.yaml:1:9: error: schema 2 is unknown; this version of Winnow reads schema 1"]),
    Case(
      "an unknown key of a pack", "ruels: []\nrules: []\n",
      ["a.yaml:1:1: error: a pack has no key \"ruels\"; did you mean \"rules\"?"]),
    Case("a tab", "pack:\n\t- a\n", ["a.yaml:2:1: error: not valid YAML: a tab; indent with spaces"]),
    Case(
      "a character that starts nothing", "pack:\n  @a\n",
      ["a.yaml:2:3: error: not valid YAML: found character that cannot start any token"]),
    Case(
      "a bracket left open", "rules: [\n", ["a.yaml:2:1: error: not valid YAML: did not find expected node content"]),
    Case("a key twice", "rules: []\nrules: []\n", ["a.yaml:1:1: error: the key rules stands twice in one mapping"]),
    .rule(
      "an unknown key of a rule", head + ["match: {line: x}", "serverity: note"],
      ["a.yaml:8:5: error: a rule has no key \"serverity\"; did you mean \"severity\"?"]),
    .rule(
      "an unknown condition", head + ["match: {lines: x}"],
      ["a.yaml:7:13: error: a condition has no key \"lines\"; did you mean \"line\"?"]),
    .rule(
      "an unknown family", ["id: ads/a", "family: add", "title: t", "match: {line: x}"],
      ["a.yaml:5:13: error: \"add\" is no family; did you mean \"ads\"?; one of \(families)"]),
    .rule(
      "an unknown severity", head + ["match: {line: x}", "severity: warn"],
      ["a.yaml:8:15: error: \"warn\" is no severity; one of note, warning, error"]),
    .rule(
      "two mistakes", ["id: ads/a", "family: add", "title: t", "match: {line: x}", "action: delete"],
      [
        "a.yaml:5:13: error: \"add\" is no family; did you mean \"ads\"?; one of \(families)",
        "a.yaml:8:13: error: \"delete\" is no action; one of \(Action.allCases.map(\.rawValue).joined(separator: ", "))",
      ]),
    .rule("no match", head, ["a.yaml:4:5: error: the rule ads/a has no match"]),
    .rule(
      "nothing but an id", ["id: ads/a"],
      [
        "a.yaml:4:5: error: the rule ads/a has no family", "a.yaml:4:5: error: the rule ads/a has no match",
        "a.yaml:4:5: error: the rule ads/a has no title",
      ]),
    .rule(
      "an id without family", ["id: Ads", "family: ads", "title: t", "match: {line: x}"],
      ["a.yaml:4:9: error: the id \"Ads\" must be family/name in lower-case letters, digits and hyphens"]),
    .rule(
      "YAML's no", head + ["match: {line: [yes, no]}"],
      [
        "a.yaml:7:20: error: line: yes is not text in YAML; put quotes around it",
        "a.yaml:7:25: error: line: no is not text in YAML; put quotes around it",
      ]),
    .rule(
      "nothing", head + ["match: {line: }"],
      ["a.yaml:7:19: error: line: nothing is not text in YAML; put quotes around it"]),
    .rule("a mapping for a text", head + ["match: {contains: {a: b}}"], ["a.yaml:7:23: error: contains must be text"]),
    .rule(
      "a word for a number", head + ["match: {words: {max: few}}"],
      ["a.yaml:7:26: error: max must be a whole number from 0"]),
    .rule(
      "bounds the wrong way", head + ["match: {words: {min: 5, max: 2}}"],
      ["a.yaml:7:20: error: min 5 is greater than max 2"]),
    .rule("a number for a mapping", head + ["match: {words: 3}"], ["a.yaml:7:20: error: words must be a mapping"]),
    .rule("an empty list", head + ["match: {line: []}"], ["a.yaml:7:19: error: line is an empty list"]),
    .rule("an empty list of conditions", head + ["match: []"], ["a.yaml:7:12: error: the list of conditions is empty"]),
    .rule(
      "an unknown kind", head + ["match: {kind: buton}"],
      ["a.yaml:7:19: error: \"buton\" is no kind of block; did you mean \"button\"?"]),
    .rule(
      "an unknown element", head + ["match: {in: foter}"],
      ["a.yaml:7:17: error: \"foter\" is no element that in knows; did you mean \"footer\"?"]),
    .rule(
      "a range without to", head + ["match: {range: {from: {line: x}}}"],
      ["a.yaml:7:20: error: range needs from and to"]),
    .rule("a tail without from", head + ["match: {tail: {ceiling: 0.4}}"], ["a.yaml:7:19: error: tail needs from"]),
    .rule(
      "a range beside a condition", head + ["match: {words: {max: 3}, range: {from: {line: x}, to: {line: y}}}"],
      ["a.yaml:7:37: error: range stands alone in a condition"]),
    .rule(
      "a range in all", head + ["match: {all: [{range: {from: {line: x}, to: {line: y}}}]}"],
      ["a.yaml:7:18: error: range and tail have no place in all"]),
    .rule(
      "a tail in unless", head + ["match: {line: x}", "unless: {tail: {from: {line: x}}}"],
      ["a.yaml:8:13: error: range and tail have no place in unless"]),
    .rule(
      "a tail from a tail", head + ["match: {tail: {from: {tail: {from: {line: x}}}}}"],
      ["a.yaml:7:19: error: range and tail have no place in tail"]),
    .rule(
      "mistakes in two optional keys", head + ["match: {line: x}", "severity: high", "languages: []"],
      [
        "a.yaml:8:15: error: \"high\" is no severity; one of note, warning, error",
        "a.yaml:9:16: error: languages is an empty list",
      ]),
    .rule(
      "a tail under not", head + ["match: {not: {tail: {from: {line: x}}}}"],
      ["a.yaml:7:18: error: range and tail have no place in not"]),
    .rule("near without family", head + ["match: {near: {lines: 2}}"], ["a.yaml:7:19: error: near has no family"]),
    .rule(
      "any without a list", head + ["match: {any: {line: x}}"], ["a.yaml:7:18: error: any must be a list of conditions"]
    ),
    .rule(
      "a broken selector", head + ["match: {selector: 'div > > p'}"],
      ["a.yaml:7:23: error: the selector is not valid at character 7: a type, class, id or attribute should stand here"]
    ),
    .rule(
      "a page rule that removes", head + ["match: {line: x}", "scope: page", "action: remove"],
      ["a.yaml:9:13: error: a rule about a page can flag or quarantine it, not remove"]),
    .rule(
      "a page rule that looks around", head + ["match: {lines: {that: {near: {family: ads}}}}", "scope: page"],
      ["a.yaml:7:27: error: near, range and tail have no place in a rule about pages"]),
    .rule(
      "half a disclosure", head + ["match: {line: x}", "disclose: {kind: ai}"],
      ["a.yaml:8:15: error: disclose needs kind and medium"]),
  ]
  @Test(arguments: cases) func told(_ test: Case) {
    #expect(RuleFile(test.yaml, name: "a.yaml").errors.map(\.description) == test.errors)
  }

  @Test func aRuleTwice() {
    let rule = yaml("{line: x}", id: "ads/a")
    let file = RuleFile("rules:\n" + rule + rule, name: "a.yaml")
    #expect(file.errors.map(\.description) == ["a.yaml:3:5: error: the rule ads/a stands twice; first at a.yaml:2:5"])
    #expect(file.rules.count == 1)
  }
  @Test func aBadPatternShowsWhenCompiled() {
    let file = RuleFile("rules:\n" + yaml("{regex: ['abc', 'ab(c']}", id: "ads/a"), name: "a.yaml")
    #expect(file.errors.isEmpty)
    #expect(
      RuleSet(file.rules).errors.map(\.description) == [
        "a.yaml:2:69: error: ads/a: the pattern is not valid at character 5: U_REGEX_MISMATCHED_PAREN"
      ])
  }
  @Test func aPatternWithANameThatIsNoBank() {
    let file = RuleFile("rules:\n" + yaml("{regex: 'see {nam} or'}", id: "ads/a"), name: "a.yaml")
    #expect(
      RuleSet(file.rules).errors.map(\.description) == [
        "a.yaml:2:61: error: ads/a: the pattern is not valid at character 7: U_REGEX_BAD_INTERVAL; "
          + "{nam} is no name under this pack's phrases"
      ])
  }
  @Test func aPhraseWithoutText() {
    let file = RuleFile("rules:\n" + yaml("{contains: \"\\u200B\"}", id: "ads/a"), name: "a.yaml")
    #expect(
      RuleSet(file.rules).errors.map(\.description) == ["a.yaml:2:5: error: ads/a: a phrase has no text after folding"])
  }
  @Test func numbersArePhrases() {
    #expect(ruleSet(yaml("{line: [404, 1.5]}")).hits("404\n1.5\n15") == ["404", "1.5"])
  }
  static let suggestions: [(name: String, suggestion: String)] = [
    ("lin", "; did you mean \"line\"?"), ("LINE", ""), ("xyz", ""), ("strats", "; did you mean \"starts\"?"),
    ("", "; did you mean \"at\"?"),
  ]
  @Test(arguments: suggestions) func suggests(_ test: (name: String, suggestion: String)) {
    #expect(suggestion(for: test.name, among: RuleFile.conditionKeys) == test.suggestion)
  }
}
