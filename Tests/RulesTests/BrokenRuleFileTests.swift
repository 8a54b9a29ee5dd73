import Testing

@testable import Rules

/// Mistakes of people who write rules for the first time: each gets exactly one message, which says where it is and what to do.
@Suite struct BrokenRuleFileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    var error: String
    init(_ name: String, _ yaml: String, _ error: String) {
      testDescription = name
      self.yaml = yaml
      self.error = error
    }
    /// The rule's lines, from line 4 and column 5 on; `match` may be left out.
    init(_ name: String, _ lines: [String], _ error: String) {
      self.init(name, "pack: p\nschema: 1\nrules:\n  - " + lines.joined(separator: "\n    ") + "\n", error)
    }
    /// A rule with this condition, which starts in column 12 of line 7.
    init(_ name: String, match: String, scope: String = "line", _ error: String) {
      self.init(name, ["id: ads/a", "family: ads", "title: t", "match: \(match)", "scope: \(scope)"], error)
    }
  }
  private static let head = ["id: ads/a", "family: ads", "title: t", "match: {line: x}"]

  static let cases: [Case] = [
    Case("a rule at the top of the file", "id: ads/a\n", "1:1: a pack has no key \"id\""),
    Case("a file of notes", "just words\n", "1:1: a pack must be a mapping"),
    Case("no value for rules", "pack: p\nrules:\n", "2:7: rules must be a list"),
    Case("rules as a mapping", "pack: p\nrules:\n  ads/a: {line: x}\n", "3:3: rules must be a list"),
    Case("a rule that is a word", "pack: p\nrules: [ads]\n", "2:9: a rule must be a mapping"),
    Case("a quote left open", "pack: \"p\nrules: []\n", "3:1: not valid YAML: found unexpected end of stream"),
    Case(
      "a colon too many", "pack: a: b\nrules: []\n",
      "1:8: not valid YAML: mapping values are not allowed in this context"),
    Case("an alias of nothing", "pack: *p\nrules: []\n", "1:7: not valid YAML: found undefined alias"),
    Case(
      "a character of no text", "pack: p\nrules: [é\u{1}]\n",
      "2:10: not valid YAML: control characters are not allowed"),
    Case("two documents", "pack: p\n---\nrules: []\n", "2:1: not valid YAML: but found another document"),
    Case(
      "keys that stand twice", "rules: {b: 1, a: 2, c: 3, b: 4, a: 5}\n",
      "1:15: the key a, b stands twice in one mapping"),
    Case(
      "a schema in words", "schema: one\nrules: []\n",
      "1:9: schema one is unknown; this version of Winnow reads schema 1"),
    Case("no id", ["family: ads", "title: t", "match: {line: x}"], "4:5: the rule has no id"),
    Case(
      "an id with a space", ["id: ads/my rule", "family: ads", "title: t", "match: {line: x}"],
      "4:9: the id \"ads/my rule\" must be family/name in lower-case letters, digits and hyphens"),
    Case("no title", ["id: ads/a", "family: ads", "match: {line: x}"], "4:5: the rule ads/a has no title"),
    Case("no family", ["id: ads/a", "title: t", "match: {line: x}"], "4:5: the rule ads/a has no family"),
    Case(
      "a scope in the plural", head + ["scope: lines"],
      "8:12: \"lines\" is no scope; did you mean \"line\"?; one of line, sentence, block, page"),
    Case(
      "an action in other words", head + ["action: delete"],
      "8:13: \"delete\" is no action; one of flag, remove, keep, keep-first, replace, quarantine"),
    Case(
      "YAML's off as a severity", head + ["severity: off"],
      "8:15: severity: off is not text in YAML; put quotes around it"),
    Case("quarantine of a line", head + ["action: quarantine"], "8:13: quarantine needs scope: page"),
    Case(
      "replace without a text", head + ["action: replace"], "8:13: replace needs with: the text to write; \"\" for none"
    ),
    Case("a text that nothing writes", head + ["with: x"], "8:11: with says what action: replace writes"),
    Case(
      "a text of two lines", head + ["action: replace", "with: \"a\\nb\""],
      "9:11: with is text within a line; it can hold no line breaks or tabs"),
    Case(
      "a sentence that is kept", head + ["scope: sentence", "action: keep"],
      "9:13: a rule about a sentence can flag, remove or replace it, not keep"),
    Case(
      "neighbours of a sentence", match: "{near: {family: ads}}", scope: "sentence",
      "7:12: near is for rules about lines; this one has scope: sentence"),
    Case(
      "a list for a title", ["id: ads/a", "family: ads", "title: [t]", "match: {line: x}"], "6:12: title must be text"),
    Case("a word for true", head + ["any-form: maybe"], "8:15: any-form must be true or false"),
    Case(
      "any-form of a player", ["id: player/a", "family: player", "title: t", "match: {line: x}", "any-form: true"],
      "8:15: any-form is for rules about lines of the family signup"),
    Case("examples as a list", head + ["examples: [x, y]"], "8:15: examples must be a mapping"),
    Case(
      "examples under another name", head + ["examples: {matches: [x]}"],
      "8:16: examples has no key \"matches\"; did you mean \"match\"?"),
    Case("a word for a condition", match: "Subscribe", "7:12: a condition must be a mapping"),
    Case("an empty condition", match: "{}", "7:12: the condition is empty"),
    Case("at without an end", match: "{at: {}}", "7:17: at needs first or last"),
    Case("a negative number", match: "{chars: {min: -3}}", "7:26: min must be a whole number from 0"),
    Case("joined by a word", match: "{joined: maybe}", "7:21: joined must be true or false"),
    Case(
      "an attribute that is not kept", match: "{selector: \"[onclick]\"}",
      "7:23: the selector is not valid at character 2: the attribute \"onclick\" is not kept of pages"),
    Case("a number for likeness", match: "{similar: 3}", "7:22: similar must be a mapping"),
    Case(
      "pages by another key", match: "{pages: {least: 3}}", "7:21: pages has no key \"least\""),
    Case(
      "a path that is left open", match: "{xpath: '//div[@id'}",
      "7:20: the path is not valid at character 10: ] is missing"),
    Case(
      "a path to what is not kept", match: "{xpath: '//div[@onclick]'}",
      "7:20: the path must lead to an element, by elements and attributes that selectors know"),
    Case(
      "a metric of one's own", match: "{metric: {name: word}}", scope: "page",
      "7:28: \"word\" is no metric; did you mean \"words\"?; one of words, lines, duplicate-lines, short-lines, sentence-lines, link-density"
    ),
    Case(
      "a meta tag without a pattern", match: "{meta: {name: robots}}", scope: "page", "7:19: meta needs name and regex"),
    Case("found without a rule", match: "{found: {min: 2}}", scope: "page", "7:20: found needs rule or family"),
    Case(
      "a metric of a line", match: "{metric: {name: words}}", "7:13: a condition has no key \"metric\""),
    Case("a score without a bar", match: "{score: {add: []}}", scope: "page", "7:20: score needs at-least and add"),
  ]

  @Test(arguments: cases) func isToldOnce(_ broken: Case) {
    let errors = RuleFile(broken.yaml, name: "a.yaml").errors.map(\.description)
    #expect(errors == ["a.yaml:" + broken.error.replacing(": ", with: ": error: ", maxReplacements: 1)])
  }
}
