import Testing
import Winnow

/// `winnow baseline` and `winnow lint --baseline`.
@Suite struct BaselineTests {
  private static let text = "The ferry sails again on Monday, the harbour office said on Friday.\n\n"

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.text + "* indicates required\n", to: "pages/a.txt")
    try folder.write("Skip to content\n\n" + Self.text, to: "pages/b.txt")
    return folder
  }
  private func run(_ arguments: String..., in folder: TemporaryFolder, code: Int32 = 0) async throws -> Outcome {
    // The rules' findings are enough.
    let outcome = try await Binary.run(arguments + ["--no-model"], in: folder.path)
    #expect(outcome.code == code, "\(outcome.error)")
    return outcome
  }

  /// As some editors save it.
  @Test func aByteOrderMarkIsPassedOver() async throws {
    let folder = try folder()
    _ = try await run("baseline", "write", "pages", "--output", "known.json", in: folder)
    try folder.write("\u{FEFF}" + (try folder.read("known.json")), to: "known.json")
    let outcome = try await run("lint", "pages", "--baseline", "known.json", in: folder)
    #expect(outcome.error == "2 known findings hidden (known.json)\n")
  }

  @Test func writesOneEntryALineInOrder() async throws {
    let folder = try folder()
    let outcome = try await run("baseline", "write", "pages", "--output", "known.json", in: folder)
    #expect(outcome.error == "2 known findings in known.json, by 2 texts\n")
    let lines = try folder.read("known.json").split(separator: "\n").map(String.init)
    #expect(lines.first == "{\"version\":1,\"findings\":[" && lines.last == "]}" && lines.count == 4)
    #expect(
      lines[1].hasPrefix("{\"rule\":\"navigation/skip-link\",\"hash\":\"")
        && lines[1].hasSuffix("\"text\":\"Skip to content\"},"))
    #expect(lines[2].hasPrefix("{\"rule\":\"signup/form-debris\",\"hash\":\""))
    // The same whatever the order and number of pages that hold the findings.
    _ = try await run(
      "baseline", "write", "pages/b.txt", "pages/a.txt", "pages/b.txt", "--output", "again.json", in: folder)
    #expect(try folder.read("again.json") == folder.read("known.json"))
  }

  @Test func hidesKnownFindingsWhereverTheyStand() async throws {
    let folder = try folder()
    _ = try await run("baseline", "write", "pages", "--output", "known.json", in: folder)
    // Moved, in another case, on another page, and twice; one is new.
    try folder.write(
      "Skip to content\n\n* INDICATES  required\n* indicates required\n\n\(Self.text)", to: "pages/c.txt")
    try folder.write(Self.text + "Subscribe to our newsletter\n", to: "pages/d.txt")
    let outcome = try await run(
      "lint", "pages", "--baseline", "known.json", "--fail-on", "warning", in: folder, code: 1)
    #expect(outcome.output.contains("Subscribe to our newsletter"))
    #expect(!outcome.output.contains("indicates") && !outcome.output.contains("Skip"))
    #expect(outcome.output.contains("1 finding in 4 pages"))
    #expect(outcome.error == "4 known findings hidden (known.json)\n")
    let rows = try await run("lint", "pages", "--baseline", "known.json", "--format", "jsonl", in: folder)
    #expect(rows.output.split(separator: "\n").count == 1)
    // Hidden findings do not fail the run.
    _ = try await run("lint", "pages/a.txt", "--baseline", "known.json", "--fail-on", "note", in: folder)
    _ = try await run("lint", "pages/a.txt", "--fail-on", "note", in: folder, code: 1)
  }

  /// What `lint` counts is what is written and hidden: a form is one finding, of as many texts as its lines.
  @Test func theNumbersSpeakOfTheSame() async throws {
    let folder = try folder()
    let form =
      "Subscribe to our newsletter\nEnter your email to subscribe\n* indicates required\n* indicates required\n"
    try folder.write("\(Self.text)\(form)\n\(Self.text)Skip to content\nSkip to content\n", to: "page.txt")
    let plain = try await run("lint", "page.txt", in: folder)
    #expect(plain.output.hasSuffix("3 findings in 1 page\n"))
    let written = try await run("baseline", "write", "page.txt", "--output", "known.json", in: folder)
    #expect(written.error == "3 known findings in known.json, by 4 texts\n")
    let hidden = try await run("lint", "page.txt", "--baseline", "known.json", in: folder)
    #expect(hidden.error == "3 known findings hidden (known.json)\n")
    #expect(hidden.output == "0 findings in 1 page\n")
    // Of a form that grew, what is new shows.
    try folder.write("\(Self.text)\(form)Please enter your email address\n", to: "page.txt")
    let grown = try await run("lint", "page.txt", "--baseline", "known.json", in: folder)
    #expect(grown.output.contains("signup/form") && grown.output.contains("Please enter"), "\(grown.output)")
    #expect(grown.output.split(separator: "\n").count { $0.contains("  part  ") } == 1)
    #expect(grown.output.hasSuffix("1 finding in 1 page\n"))
    #expect(grown.error == "0 known findings hidden (known.json)\n")
    let printed = try await run("baseline", "write", "page.txt", "--output", "-", in: folder)
    #expect(printed.output.hasPrefix("{\"version\":1"))
    #expect(!folder.contains("-"))
  }

  @Test func pruneDropsWhatNoLongerOccurs() async throws {
    let folder = try folder()
    _ = try await run("baseline", "write", "pages", "--output", "known.json", in: folder)
    let before = try folder.read("known.json")
    let same = try await run("baseline", "prune", "pages", "--baseline", "known.json", in: folder)
    #expect(same.error == "0 of 2 known texts no longer occur; dropped from known.json\n")
    #expect(try folder.read("known.json") == before)
    try folder.write(Self.text, to: "pages/b.txt")
    let one = try await run("baseline", "prune", "pages", "--baseline", "known.json", in: folder)
    #expect(one.error.hasPrefix("1 of 2 known texts"))
    #expect(try !folder.read("known.json").contains("skip-link"))
    // A page that fails may still hold what is not found now.
    try folder.write(Self.text, to: "pages/a.txt")
    try folder.link("pages/broken.txt", to: "nowhere")
    let kept = try folder.read("known.json")
    _ = try await run("baseline", "prune", "pages", "--baseline", "known.json", in: folder, code: 3)
    #expect(try folder.read("known.json") == kept)
  }

  @Test(arguments: [
    ("", "at byte 0: { is missing"), ("[]", "at byte 0: { is missing"), ("{\"version\":2}", "reads version 1"),
    ("{\"version\":1,\"findings\":[{\"rule\":\"a/b\",\"hash\":\"xyz\",\"text\":\"\"}]}", "the hash is not valid"),
    ("{\"version\":1,\"findings\":[", "{ is missing"),
  ])
  func aBrokenBaselineIsAMistake(text: String, says: String) async throws {
    let folder = try folder()
    try folder.write(text, to: "known.json")
    let outcome = try await run("lint", "pages", "--baseline", "known.json", in: folder, code: 2)
    #expect(outcome.error.contains("known.json: not a baseline") && outcome.error.contains(says), "\(outcome.error)")
    let missing = try await run("lint", "pages", "--baseline", "none.json", in: folder, code: 2)
    #expect(missing.error.contains("none.json"))
  }

  @Test func readsWhatItWrites() throws {
    var baseline = Baseline()
    for text in ["plain", "\"quoted\" \\ and\ttabbed", "line\u{2028}break \u{1}", "日本 🙂"] {
      baseline.add(.init(rule: "signup/a", hash: UInt64(text.utf8.count) << 60), text: text)
    }
    #expect(try Baseline(json: baseline.render()) == baseline)
    let spread = String(decoding: baseline.render(), as: UTF8.self).replacing(",\"", with: " ,\n  \"")
    #expect(try Baseline(json: Array(spread.utf8)).count == baseline.count)
    #expect(try Baseline(json: Baseline().render()) == Baseline())
  }
}
