import Testing

@testable import Rules

/// Lists of words that a pack names once.
@Suite struct PhraseBankTests {
  private static let banks = """
    phrases:
      channel: [newsletter, mailing list, "e-mails (daily)"]
      pronoun: [our, "the"]

    """
  private func file(_ match: String, banks: String = banks) -> RuleFile {
    RuleFile("pack: test\nschema: 1\n" + banks + "rules:\n" + yaml(match), name: "test.yaml")
  }

  static let cases: [(match: String, hits: [String])] = [
    ("{line: 'join {pronoun} {channel}'}", ["Join our newsletter", "Join the mailing list"]),
    ("{starts: ['{channel}']}", ["Mailing list of 1998"]),
    (
      "{regex: '^join (?:{pronoun} )?{channel}\\b'}",
      ["Join our newsletter", "Join the mailing list", "Join newsletter 2"]
    ),
    ("{regex: '^\\w+ {channel}$'}", ["Get e-mails (daily)"]),
    // Braces around other names are text.
    ("{line: '{title}'}", ["{title}"]),
  ]
  @Test(arguments: cases) func standForTheirWords(_ test: (match: String, hits: [String])) {
    let file = file(test.match)
    #expect(file.errors.isEmpty)
    let page = """
      Join our newsletter
      Join the mailing list
      Join newsletter 2
      Join {pronoun} newsletter
      Mailing list of 1998
      Get e-mails (daily)
      {title}
      """
    #expect(RuleSet(file.rules).hits(page) == test.hits)
  }

  static let mistakes: [(banks: String, match: String, error: String)] = [
    ("phrases: [a]\n", "{line: x}", "3:10: error: phrases must be a mapping of names to lists"),
    (
      "phrases: {Big Words: [a]}\n", "{line: x}",
      "3:11: error: the name \"Big Words\" of phrases must be lower-case letters and hyphens"
    ),
    ("phrases: {a: [no]}\n", "{line: x}", "3:15: error: a: no is not text in YAML; put quotes around it"),
    (
      "phrases: {a: [b, c, d, e, f, g, h, i, j, k, l]}\n", "{line: '{a} {a} {a} {a}'}",
      "5:67: error: \"{a} {a} {a} {a}\" stands for more than 10000 phrases; use a regex"
    ),
  ]
  @Test(arguments: mistakes) func mistakesAreNamed(_ test: (banks: String, match: String, error: String)) {
    #expect(file(test.match, banks: test.banks).errors.map(\.description) == ["test.yaml:" + test.error])
  }
}

/// Phrases written as a folded block of text.
@Suite struct PhraseBlockTests {
  @Test func banksAndConditionsTakeThem() {
    let file = RuleFile(
      """
      pack: test
      schema: 1
      phrases:
        channel: >
          newsletter | mailing list |
          weekly mail
      rules:
        - id: signup/a
          family: signup
          title: A prompt
          match:
            - line: >
                Sign up | Yes, "sign me up": now! |
                no | # join the {channel} |
            - {contains: "one | two"}
      """, name: "test.yaml")
    #expect(file.errors.isEmpty)
    let set = RuleSet(file.rules)
    let page =
      "sign up\nyes, \"sign me up\": now!\nno\n# join the weekly mail\njoin the weekly mail\none\nsay one | two\n|"
    #expect(
      set.hits(page) == [
        "sign up", "yes, \"sign me up\": now!", "no", "# join the weekly mail", "join the weekly mail", "say one | two",
      ])
  }

  @Test func oneOfBarsAloneIsAMistake() {
    let rule = "  - id: other/a\n    family: other\n    title: A title\n    match:\n      line: >\n        | |\n"
    let file = RuleFile("pack: test\nschema: 1\nrules:\n" + rule, name: "test.yaml")
    #expect(file.errors.map(\.description) == ["test.yaml:8:13: error: line is an empty text"])
  }
}
