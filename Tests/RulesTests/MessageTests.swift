import Testing

@testable import Rules

/// What a finding says.
@Suite struct MessageTests {
  static let cases: [(match: String, message: String, page: String, messages: [String])] = [
    ("{line: close}", "{text} stands {count} times", "Close\nclose", ["Close stands 2 times", "close stands 2 times"]),
    // What a group found is given as the page spells it; one that took no part is empty.
    (
      "{regex: '^shared by (\\w+)(?: and (\\w+))?$'}", "{1}|{2}", "SHARED by Zoë and  Bo\nShared by Ann",
      ["Zoë|Bo", "Ann|"]
    ),
    ("{regex: ['^ab(c)d$', '^x(y)(z)$']}", "{1}{2}", "abcd\nxyz", ["c", "yz"]),
    // What the page puts in is no placeholder, and other braces are text.
    ("{contains: word}", "{text} {} {name}", "word {count}", ["word {count} {} {name}"]),
  ]
  @Test(arguments: cases)
  func placeholders(_ test: (match: String, message: String, page: String, messages: [String])) {
    let set = ruleSet(yaml(test.match, more: "message: '\(test.message)'"))
    #expect(set.findings(test.page).map(\.message) == test.messages)
  }

  @Test func aGroupThatNoPatternHasIsAMistake() {
    let file = RuleFile(
      "pack: p\nschema: 1\nrules:\n" + yaml("{regex: 'abc(d)'}", more: "message: '{1} {2}'"), name: "a.yaml")
    #expect(
      RuleSet(file.rules).errors.map(\.description) == [
        "a.yaml:4:5: error: other/rule: the message asks for {2}, but no regex has so many groups"
      ])
  }
}
