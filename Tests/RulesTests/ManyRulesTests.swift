import Testing

@testable import Rules

/// A pack of thousands of rules, as a moderator's tool may write it.
@Suite struct ManyRulesTests {
  /// Rules of all shapes over made-up prompts, the same in every run.
  static func pack(_ count: Int) -> String {
    let verbs = ["subscribe to", "sign up for", "follow", "share", "download", "accept", "manage", "close", "report"]
    let objects = [
      "newsletter", "briefing", "app", "channel", "story", "player", "cookies", "offer", "account", "comment",
    ]
    let ends = ["today", "now", "here", "below", "online", "for free", "by email", "with friends", "in one click"]
    var numbers = SeededNumbers(state: 7)
    func prompt(_ rule: Int) -> String {
      func one(_ words: [String]) -> String { words.randomElement(using: &numbers)! }
      return "\(one(verbs)) our \(one(objects)) \(one(ends)) \(rule)"
    }
    var yaml = "pack: many\nschema: 1\nrules:\n"
    for rule in 0..<count {
      let match =
        switch rule % 10 {
        case 0..<5: "{line: [\"\(prompt(rule))\", \"\(prompt(rule))\", \"\(prompt(rule))\"]}"
        case 5..<7: "{starts: \"\(prompt(rule))\", words: {max: 12}}"
        case 7: "{contains: [\"\(prompt(rule))\", \"\(prompt(rule))\"], words: {max: 20}}"
        default: "{regex: '^\\W{0,3}(?:please )?(?:\(verbs.joined(separator: "|"))) our \\w+ n\(rule)\\W{0,3}$'}"
        }
      yaml += """
          - id: other/rule-\(rule)
            family: other
            title: Prompt \(rule)
            why: A control of the page says nothing without the page.
            match: \(match)
            examples: {match: ["a", "b"], clean: ["A sentence that says more.", "And one that does not."]}

        """
    }
    return yaml
  }

  /// Reading, compiling and checking grow with the number of rules, not with its square: twenty times as many take
  /// less than a hundred times as long, on a busy machine too.
  @Test func costsWhatItSays() {
    func time(_ count: Int) -> Duration {
      let yaml = Self.pack(count)
      return ContinuousClock().measure {
        let set = RuleSet(RuleFile(yaml, name: "many.yaml").rules)
        #expect(set.rules.count == count && set.errors.isEmpty)
        #expect(RuleOverlaps(set.rules).complaints(about: set.rules.indices).isEmpty)
        #expect(set.rules.allSatisfy { RuleChecks.complaints(about: $0).isEmpty })
      }
    }
    let few = time(150)
    #expect(time(3_000) < few * 100)
  }

  @Test func findsWhatTheyAskFor() {
    let set = RuleSet(RuleFile(Self.pack(3_000), name: "many.yaml").rules)
    #expect(set.findings("Please follow our channel n2999").map(\.rule) == ["other/rule-2999"])
    #expect(set.findings("A plain line of text").isEmpty)
  }
}
