import Testing

/// A rule about lines that stand on many pages of the batch.
@Suite struct BatchWideRuleTests {
  private static let rules = """
    pack: mine
    schema: 1
    rules:
      - id: navigation/everywhere
        family: navigation
        title: Line of the site's frame
        message: "{text}: the same on many pages"
        match: {pages: {min: 3}, words: {max: 6}}

    """

  @Test(arguments: ["1", "2", "4"]) func isTheSameForAnyNumberOfWorkers(jobs: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.rules, to: "my.yaml")
    for n in 0..<20 {
      let frame =
        n < 3 ? "The Harbour Post since 1902" : n < 5 ? "Two pages have this line" : "A line of its own, number \(n)"
      try folder.write("\(frame)\n\nWhat page \(n) has to say is said here in a sentence.\n", to: "pages/\(n).txt")
    }
    let outcome = try await Binary.run(
      ["lint", "pages", "--rules", "my.yaml", "--no-model", "--format", "jsonl", "--jobs", jobs], in: folder.path)
    let found = outcome.output.split(separator: "\n").filter { $0.contains("navigation/everywhere") }
    #expect(found.count == 3)
    #expect(found.allSatisfy { $0.contains("The Harbour Post since 1902: the same on many pages") })
    #expect(outcome.error == "")
  }
}
