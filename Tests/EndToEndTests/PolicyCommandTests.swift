import Testing
import Winnow

/// Profiles and `winnow.yml` on the command line.
@Suite struct PolicyCommandTests {
  private static let dump = """
    The ferry sails again on Monday, the harbour office said on Friday after a week of storms.

    Subscribe to our newsletter
    * indicates required

    """
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.dump, to: "site/news/a.txt")
    try folder.write(Self.dump, to: "site/forum/a.txt")
    return folder
  }
  private func rows(_ arguments: [String], in folder: TemporaryFolder) async throws -> [String] {
    let outcome = try await Binary.run(arguments + ["--format", "jsonl"], in: folder.path)
    #expect(outcome.error == "")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test func everyCommandTakesAProfile() async throws {
    let folder = try folder()
    let page = "site/news/a.txt"
    let plain = try await Binary.run(["clean", page], in: folder.path)
    let whole = try await Binary.run(["clean", page, "--profile", "lint-only"], in: folder.path)
    #expect(!plain.output.contains("indicates required"))
    #expect(whole.output.contains("* indicates required"))
    let strict = try await Binary.run(["lint", page, "--profile", "strict"], in: folder.path)
    #expect(strict.code == 1)
    for arguments in [["brief", page], ["inspect", page], ["run", page, "--out", "out"]] {
      let outcome = try await Binary.run(arguments + ["--profile", "rag"], in: folder.path)
      #expect(outcome.code == 0, "\(outcome.error)")
      let mistake = try await Binary.run(arguments + ["--profile", "rga"], in: folder.path)
      #expect(mistake.code == 2)
      #expect(mistake.error.contains("did you mean \"rag\""))
    }
  }

  @Test func theNearestConfigurationHolds() async throws {
    let folder = try folder()
    try folder.write("families: {signup: note}\n", to: "winnow.yml")
    #expect(try await rows(["lint", "site"], in: folder).allSatisfy { !$0.contains("\"severity\":\"warning\"") })
    try folder.write("families: {signup: error}\n", to: "site/winnow.yml")
    let outcome = try await Binary.run(["lint", "site/news/a.txt"], in: folder.path)
    #expect(outcome.code == 1)
    let given = try await Binary.run(["lint", "site", "--config", "winnow.yml"], in: folder.path)
    #expect(given.code == 0)
    try folder.write(Self.dump, to: "b.txt")
    let both = try await Binary.run(["lint", "site", "b.txt"], in: folder.path)
    #expect(both.code == 2)
    #expect(both.error.contains("different configurations"))
  }

  /// Whatever part of the tree is given, paths count from the configuration's folder.
  @Test(arguments: [["site"], ["site/forum"], ["site/forum/a.txt"]])
  func pathsCountFromTheConfiguration(inputs: [String]) async throws {
    let folder = try folder()
    try folder.write("overrides: [{paths: [forum/], families: {signup: off}}]\n", to: "site/winnow.yml")
    let found = try await rows(["lint"] + inputs, in: folder)
    #expect(found.filter { $0.contains("\"family\":\"signup\"") && !$0.contains("news/a.txt") }.isEmpty)
    #expect(found.contains { $0.contains("signup") } == (inputs == ["site"]))
  }

  @Test func hostsComeFromTheCanonicalAddress() async throws {
    let folder = try folder()
    try folder.write(
      "<html><head><link rel=canonical href='https://www.example.org/x'></head><body><p>* indicates required</p></body></html>",
      to: "page.html")
    try folder.write("overrides: [{hosts: [example.org], rules: {signup/form-debris: flag}}]\n", to: "winnow.yml")
    let found = try await rows(["lint", "page.html"], in: folder)
    // The rule only marks it; that it goes all the same is the content model's word.
    let row = try #require(found.first { $0.contains("signup/form-debris") })
    #expect(row.contains("\"action\":\"flag\"") || row.contains("; not main content (score"))
  }

  @Test func failOnStandsInTheConfiguration() async throws {
    let folder = try folder()
    try folder.write("fail-on: note\n", to: "winnow.yml")
    #expect(try await Binary.run(["lint", "site"], in: folder.path).code == 1)
    #expect(try await Binary.run(["lint", "site", "--fail-on", "never"], in: folder.path).code == 0)
    #expect(try await Binary.run(["run", "site", "--out", "out"], in: folder.path).code == 1)
  }

  /// It stays on record, as kept.
  @Test func whatIsKeptIsNoComplaint() async throws {
    let folder = try folder()
    try folder.write("profile: strict\nfamilies: {signup: keep}\n", to: "winnow.yml")
    let arguments = ["site/news", "--no-model", "--fail-on", "note"]
    let lint = try await Binary.run(["lint"] + arguments, in: folder.path)
    #expect(lint.code == 0)
    #expect(lint.output.contains("kept     signup/form-debris  * indicates required\n"), "\(lint.output)")
    #expect(lint.output.hasSuffix("\n0 findings in 1 page\n"))
    #expect(
      try await rows(["lint"] + arguments, in: folder).allSatisfy {
        $0.contains("\"severity\":\"error\",\"action\":\"keep\"")
      })
    let run = try await Binary.run(["run"] + arguments + ["--out", "out"], in: folder.path)
    #expect(run.code == 0 && run.error.hasPrefix("1 page, 0 findings;"))
    #expect(try folder.read("out/pages.jsonl").contains("\"findings\":{}"))
  }

  @Test func whatIsOnlyMarkedSaysSo() async throws {
    let folder = try folder()
    try folder.write("\(Self.dump)\nThe boat is full.\n\n* indicates required\n", to: "site/news/a.txt")
    try folder.write("rules: {signup/form-debris: flag}\n", to: "winnow.yml")
    let lint = try await Binary.run(["lint", "site/news", "--no-model"], in: folder.path)
    #expect(lint.output.contains("* indicates required  [marked, 2 times]\n"), "\(lint.output)")
    #expect(lint.output.contains("Subscribe to our newsletter\n"))
  }

  @Test func filesStandRelativeToTheConfiguration() async throws {
    let folder = try folder()
    try folder.write(
      """
      pack: mine
      schema: 1
      rules:
        - id: ads/ferry
          family: ads
          title: Ferries
          match: {contains: ferry}
        - id: signup/keep
          family: signup
          title: Marks that this site wants
          action: keep
          match: {line: "* indicates required"}
      """, to: "site/policy/mine.yaml")
    try folder.write("rule-files: [policy]\n", to: "site/winnow.yml")
    let found = try await rows(["lint", "site/news"], in: folder)
    #expect(found.contains { $0.contains("\"rule\":\"ads/ferry\"") })
    // An allow-rule of the user wins over every built-in rule.
    let marks = found.filter { $0.contains("* indicates required") }
    #expect(marks.count == 1)
    #expect(marks.allSatisfy { $0.contains("\"rule\":\"signup/keep\"") && $0.contains("\"action\":\"keep\"") })
    let clean = try await Binary.run(["clean", "site/news/a.txt"], in: folder.path)
    #expect(clean.output.contains("* indicates required"))
    try folder.write("rule-files: [nowhere]\n", to: "site/winnow.yml")
    let missing = try await Binary.run(["lint", "site"], in: folder.path)
    #expect(missing.code == 2)
    #expect(missing.error.contains("winnow.yml:1:14: error: "))
  }

  /// What no rule takes stays, the title too; with the model it is metadata.
  @Test(arguments: [(["--no-model"], true), ([], false)])
  func rulesAloneKeepTheTitle(_ options: [String], _ isKept: Bool) async throws {
    let folder = try TemporaryFolder()
    let page = samples.appending("pages/dumps/vareth-river-talks.txt").string
    let outcome = try await Binary.run(["clean", page] + options, in: folder.path)
    #expect(outcome.output.contains("Mediator warns of 'dry taps by spring'") == isKept)
    #expect(outcome.output.contains("The mediator of the Vareth river talks, Halvard Ostrem, said"))
    #expect(!outcome.output.contains("* indicates required"))
  }

  /// `rag` keeps the title in the text; above it, it would stand twice.
  @Test(arguments: ["text", "markdown", "html"]) func aTitleThatStaysStandsOnce(_ format: String) async throws {
    let folder = try TemporaryFolder()
    let page = samples.appending("pages/news/skellan-ferry.html").string
    let outcome = try await Binary.run(
      ["clean", page, "--profile", "rag", "--with-metadata", "--format", format], in: folder.path)
    let body = outcome.output.split(separator: "\n").filter { !$0.hasPrefix("title:") && !$0.hasPrefix("<title>") }
    #expect(body.count { $0.contains("Skellan keeps its last ferry after council finds") } == 1)
  }
}
