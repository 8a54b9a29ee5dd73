import Testing

@testable import Rules

/// Rules about pages as a whole.
@Suite struct PageRuleTests {
  static let cases: [(match: String, page: String, holds: Bool)] = [
    ("{line: not found}", "a\nNot found", true), ("{line: not found}", "a", false),
    ("{lines: {min: 2, that: {words: {max: 2}}}}", "a b\nc\nd e f", true),
    ("{lines: {min: 3, that: {words: {max: 2}}}}", "a b\nc\nd e f", false),
    ("{metric: {name: words, max: 3}}", "a b c", true), ("{metric: {name: words, max: 3}}", "a b c d", false),
    ("{metric: {name: lines, min: 2}}", "a\nb", true),
    ("{metric: {name: duplicate-lines, min: 0.5}}", "a\na", true),
    ("{metric: {name: duplicate-lines, min: 0.5}}", "a\nb", false),
    ("{metric: {name: duplicate-lines, min: 0.3}}", "<p>a</p><pre>code</pre><p>b<pre>more</pre>", false),
    ("{metric: {name: link-density, min: 0.9}}", "<p><a href=x>all of it</a>", true),
    ("{metric: {name: sentence-lines, min: 0.5}}", "A sentence.\nnone", true),
    ("{meta: {name: Robots, regex: noindex}}", "<meta name=robots content='NoIndex'><p>a", true),
    ("{meta: {name: robots, regex: noindex}}", "<meta name=robots content=all><p>a", false),
    (
      "{jsonld: {key: isAccessibleForFree, regex: 'false'}}",
      "<script type=application/ld+json>{\"isAccessibleForFree\": \"False\"}</script><p>a", true
    ),
    (
      "{jsonld: {key: about, regex: '^https://x/y \"é\"$'}}",
      #"<script type=application/ld+json>{"name": "a: \"about\"", "about" : [ "b", "https:\/\/x\/y \"\u00E9\""]}</script><p>a"#,
      true
    ),
    (
      "{jsonld: {key: about, regex: '.'}}",
      #"<script type=application/ld+json>{"name": "about", "about": {"name": "b"}, "about": 1, "x": "about"</script><p>a"#,
      false
    ),
    ("{found: {family: signup, min: 2}}", "sign up\na\nsign up", true),
    ("{found: {rule: signup/a, min: 3}}", "sign up\na\nsign up", false),
    ("{score: {at-least: 2, add: [{when: {line: a}}, {when: {line: b}, weight: 1.5}]}}", "a\nb", true),
    ("{score: {at-least: 2, add: [{when: {line: a}}, {when: {line: b}, weight: 1.5}]}}", "b", false),
    ("{not: {line: a}}", "b", true), ("{all: [{line: a}, {line: b}]}", "a\nb", true),
    ("{any: [{line: a}, {line: b}]}", "c", false),
  ]
  @Test(arguments: cases) func condition(_ test: (match: String, page: String, holds: Bool)) {
    let set = ruleSet(yaml(test.match, id: "error/page", more: "scope: page"), yaml("{line: sign up}", id: "signup/a"))
    #expect(set.findings(test.page).contains { $0.rule == "error/page" && $0.action == .flag } == test.holds)
  }
  @Test func unless() {
    let set = ruleSet(yaml("{line: a}", more: "scope: page, action: quarantine, unless: {line: b}"))
    #expect(set.findings("a").map(\.action) == [.quarantine])
    #expect(set.findings("a\nb").isEmpty)
  }
}
