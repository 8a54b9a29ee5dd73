import Pages

/// Runs the examples of rules: those that must match and those that must not.
package struct RuleTests: Sendable {
  package struct Failure: Sendable, CustomStringConvertible {
    package var rule: String
    package var place: Place
    package var expected: String
    package var got: String
    package var example: String
    package var description: String {
      "\(place): \(rule): expected \(expected), got \(got): \(example.split(separator: "\n").joined(separator: " ⏎ "))"
    }
  }
  package private(set) var failures: [Failure] = []
  /// Rules of which an expression ran out of time on an example.
  package private(set) var overruns: [RuleError] = []
  package private(set) var ruleCount = 0
  package private(set) var exampleCount = 0

  /// `only` names the rules to test, nil all. Each example is scanned as a page of its own: as HTML
  /// where it starts with a tag, else as the lines of a dump.
  package init(_ set: RuleSet, only: Set<String>? = nil) {
    let scanner = Scanner(set, counts: .everywhere)
    let reader = PageReader()
    for (index, rule) in set.rules.enumerated() where only?.contains(rule.id) ?? true {
      ruleCount += 1
      for (examples, mustMatch) in [(rule.matchingExamples, true), (rule.cleanExamples, false)] {
        for example in examples {
          exampleCount += 1
          let isHTML = example.text.hasPrefix("<")
          let page = Page(name: isHTML ? "example.html" : "example.txt", bytes: Array(example.text.utf8))
          let blocks = (try? reader.read(page).blocks) ?? Blocks()
          let spans = scanner.spans(ofRule: index, in: blocks, host: rule.hosts.first).map(blocks.sourceRange)
          let isHit =
            rule.scope == .page
            ? scanner.scan(blocks, host: rule.hosts.first).contains { $0.rule == rule.id } : !spans.isEmpty
          func fail(_ expected: String, got: String) {
            failures.append(
              Failure(rule: rule.id, place: example.place, expected: expected, got: got, example: example.text))
          }
          if isHit != mustMatch {
            fail(mustMatch ? "a match" : "no match", got: isHit ? "a match" : "none")
          } else if mustMatch, rule.scope != .page, !example.marks.isEmpty, spans != example.marks {
            fail("a match of \(Self.quote(example.marks, example))", got: "one of \(Self.quote(spans, example))")
          }
        }
      }
    }
    overruns = Overrun.errors(scanner.overruns)
  }

  private static func quote(_ ranges: [Range<Int>], _ example: Rule.Example) -> String {
    let bytes = Array(example.text.utf8)
    return ranges.map { "\"\(String(decoding: bytes[$0.clamped(to: bytes.indices)], as: UTF8.self))\"" }
      .joined(separator: ", ")
  }
}
