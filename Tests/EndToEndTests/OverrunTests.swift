import Testing

/// A rule that would run for ever on some line.
@Suite struct OverrunTests {
  private static let rules = """
    pack: mine
    schema: 1
    rules:
      - id: other/slow
        family: other
        title: A row of letters
        match:
          - regex: '^(?:a+)+ b$'
          - regex: '^(?:a+)+ b\\w?$'
      - id: other/quick
        family: other
        title: A word
        match: {line: "quick"}

    """
  private static let slowLine = String(repeating: "a", count: 60) + " b c"

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.rules, to: "my.yaml")
    for name in ["a", "b", "c"] { try folder.write("\(Self.slowLine)\nquick\n", to: "pages/\(name).txt") }
    return folder
  }

  @Test(arguments: ["1", "3"]) func isStoppedAndReportedOnce(jobs: String) async throws {
    let folder = try folder()
    let outcome = try await Binary.run(
      ["lint", "pages", "--rules", "my.yaml", "--no-model", "--format", "jsonl", "--jobs", jobs], in: folder.path)
    #expect(
      outcome.error == """
        my.yaml:8:16: error: other/slow: the pattern ran out of time on a line and counted as not found there; bound \
        what it repeats, such as .{0,80} for .*, and repeat nothing that itself repeats, as (a+)+ does

        """)
    #expect(outcome.code == 2)
    #expect(outcome.output.split(separator: "\n").count { $0.contains("\"rule\":\"other/quick\"") } == 3)
  }

  /// What stands behind the first that a replacing rule finds may be the one that never ends.
  @Test func isReportedAlsoBehindAHit() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      pack: mine
      schema: 1
      rules:
        - {id: other/secret, family: other, title: A secret, action: replace, with: "[gone]",
           match: {regex: 'secret|(?:a+)+!'}}

      """, to: "my.yaml")
    try folder.write("the secret, \(String(repeating: "a", count: 60)) and the secret\n", to: "a.txt")
    let outcome = try await Binary.run(["clean", "a.txt", "--rules", "my.yaml", "--no-model"], in: folder.path)
    #expect(outcome.error.hasPrefix("my.yaml:5:21: error: other/secret: the pattern ran out of time"))
    #expect(outcome.code == 2)
  }

  /// What the time limit says of a rule does not hide that inputs failed, which is worse.
  @Test func failedInputsComeFirst() async throws {
    let folder = try folder()
    try folder.write("%PDF-1.7\n", to: "bad.pdf")
    let outcome = try await Binary.run(
      ["lint", "pages", "bad.pdf", "--rules", "my.yaml", "--no-model"], in: folder.path)
    #expect(outcome.code == 3)
    #expect(outcome.error.contains("my.yaml:8:16: error: other/slow"))
  }

  /// Also in a rule's examples.
  @Test func failsTheRulesOwnTests() async throws {
    let folder = try folder()
    try folder.write(
      Self.rules.replacing(
        "  - id: other/quick",
        with: "    examples: {match: [\"aaa b\"], clean: [\"\(Self.slowLine)\"]}\n  - id: other/quick"),
      to: "my.yaml")
    let outcome = try await Binary.run(["rules", "test", "my.yaml"], in: folder.path)
    #expect(outcome.code == 1)
    #expect((outcome.output + outcome.error).contains("my.yaml:8:16: error: other/slow: the pattern ran out of time"))
  }
}
