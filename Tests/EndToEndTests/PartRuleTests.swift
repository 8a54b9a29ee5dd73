import Testing
import Winnow

/// Rules that change parts of lines, on the command line.
@Suite struct PartRuleTests {
  private static let page = """
    <html lang="en"><title>The ferry</title><article><h1>The ferry</h1>
    <p>The ferry sails again on <b>Monday</b>, the harbour office said. Subscribe to our <a href="/n">letters</a>. \
    Storms had kept it in the harbour for a week &amp; a day.</p>
    <p>Whoever left a bag on board may ring the office (tel. 555 01 23), which keeps them until the end of the month.</p>
    </article></html>

    """
  private static let rules = """
    pack: mine
    schema: 1
    rules:
      - {id: signup/sentence, family: signup, title: A prompt, scope: sentence, match: {starts: subscribe to}}
      - {id: other/phone, family: other, title: A phone number, severity: note, action: replace, with: "[{1} number]",
         match: {regex: '(tel)[.] [0-9 ]+[0-9]'}}

    """

  @Test func everyFormatAndTheBriefHaveTheNewText() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.page, to: "ferry.html")
    try folder.write(Self.rules, to: "mine.yaml")
    func output(_ arguments: String...) async throws -> String {
      let outcome = try await Binary.run(arguments + ["ferry.html", "--rules", "mine.yaml"], in: folder.path)
      #expect(outcome.error == "")
      return outcome.output
    }
    let first = "the harbour office said. Storms had kept it in the harbour for a week & a day.\n"
    #expect(try await output("clean").contains(first))
    #expect(try await output("clean").contains("ring the office ([tel number]), which"))
    #expect(try await output("clean", "--format", "markdown").contains("on **Monday**, " + first))
    #expect(
      try await output("clean", "--format", "html").contains(
        "on <strong>Monday</strong>, the harbour office said. Storms"))
    #expect(try await output("brief").contains(first.dropLast()))
    let rows = try await output("lint", "--format", "jsonl").split(separator: "\n")
    let found = rows.filter { $0.contains("signup/sentence") || $0.contains("other/phone") }
    #expect(found.count == 2)
    #expect(found[0].contains(#""action":"remove""#) && found[0].contains(#""excerpt":"Subscribe to our letters.""#))
    #expect(found[1].contains(#""action":"replace""#) && found[1].contains(#""excerpt":"tel. 555 01 23""#))
    #expect(found[1].contains(#""line":3,"column":53,"endLine":3,"endColumn":67"#))
    // A line that goes, or stays, does so by what decided about the whole of it.
    let inspected = try await output("inspect").split(separator: "\n").filter { $0.contains("The ferry sails") }
    #expect(inspected.count == 1 && inspected[0].contains("keep") && !inspected[0].contains("signup/sentence"))
  }
}
