import Glibc
import SystemPackage
import Testing
import Winnow

/// The outputs for the sample pages, as reviewed. After a change that is meant to change them, run
/// `UPDATE_EXPECTED=1 swift test` and read the difference.
@Suite struct SampleTests {
  @Test func outputsAreAsExpected() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Binary.run(
      ["run", samples.appending("pages").string, "--out", "out", "--format", "markdown", "--with-metadata"],
      in: folder.path)
    #expect(outcome.code == 0, "\(outcome.error)")
    let got = try folder.files(below: "out")
    let expectedFolder = samples.appending("expected")
    if getenv("UPDATE_EXPECTED") != nil {
      for (name, bytes) in got { try Files.write(bytes, to: expectedFolder.appending(FilePath(name).components)) }
      return
    }
    let expected = try TemporaryFolder.files(below: expectedFolder)
    #expect(got.keys.sorted() == expected.keys.sorted())
    for (name, bytes) in got {
      let got = String(decoding: bytes, as: UTF8.self)
      let expected = String(decoding: expected[name] ?? [], as: UTF8.self)
      #expect(got == expected, "\(name) is not as expected")
    }
  }

  /// Law: what is clean stays as it is, to the byte.
  @Test func cleaningCleanTextChangesNothing() async throws {
    let folder = try TemporaryFolder()
    let pages = samples.appending("pages").string
    for (input, output) in [(pages, "once"), ("once", "twice")] {
      let outcome = try await Binary.run(["clean", input, "--out", output], in: folder.path)
      #expect(outcome.code == 0, "\(outcome.error)")
    }
    let once = try folder.files(below: "once")
    let twice = try folder.files(below: "twice")
    #expect(once.count > 10 && once.keys.sorted() == twice.keys.sorted())
    for (name, bytes) in once {
      #expect(
        String(decoding: bytes, as: UTF8.self) == String(decoding: twice[name] ?? [], as: UTF8.self), "\(name)")
    }
  }

  /// Law: what is written before a page in Markdown is read back as it was.
  @Test func metadataOfMarkdownIsReadBack() async throws {
    let folder = try TemporaryFolder()
    let names = ["page", "title", "byline", "date", "language", "url"]
    func rows(_ input: String) async throws -> [[String]] {
      let outcome = try await Binary.run(["clean", input, "--format", "json"], in: folder.path)
      #expect(outcome.code == 0, "\(outcome.error)")
      return outcome.output.split(separator: "\n").map { row in
        names.map { Self.field($0, row).replacing(".html", with: ".md").replacing(".txt", with: ".md") }
      }
    }
    let pages = samples.appending("pages").string
    let outcome = try await Binary.run(
      ["clean", pages, "--out", "md", "--format", "markdown", "--with-metadata"], in: folder.path)
    #expect(outcome.code == 0, "\(outcome.error)")
    let (before, after) = (try await rows(pages), try await rows("md"))
    #expect(before.count > 10 && before.count == after.count)
    for (before, after) in zip(before, after) {
      #expect(before == zip(before, after).map { $0 == "null" ? $0 : $1 })
    }
  }

  /// Law: of a dump lines go, and nothing else changes.
  @Test func theLinesOfACleanDumpAreLinesOfTheDump() async throws {
    let folder = try TemporaryFolder()
    let dumps = samples.appending("pages/dumps")
    let outcome = try await Binary.run(["clean", dumps.string, "--out", "clean"], in: folder.path)
    #expect(outcome.code == 0, "\(outcome.error)")
    for (name, bytes) in try folder.files(below: "clean") {
      let path = [name, name.replacing(".txt", with: ".md")].map(dumps.appending).first { (try? Files.read($0)) != nil }
      var lines = String(decoding: try Files.read(#require(path)), as: UTF8.self).split(
        whereSeparator: \.isNewline)[...]
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        let place = lines.firstIndex { $0 == line }
        #expect(place != nil, "\(name): \(line)")
        lines = lines[(place.map { $0 + 1 } ?? lines.startIndex)...]
      }
    }
  }

  /// Law: a report names nothing that a run leaves in the text, and all that went if it is asked to weigh as a run does.
  @Test func lintNamesNoMoreThanRunTakesOut() async throws {
    let folder = try TemporaryFolder()
    let dumps = samples.appending("pages/dumps").string
    let outcome = try await Binary.run(["run", dumps, "--out", "out"], in: folder.path)
    #expect(outcome.code == 0, "\(outcome.error)")
    let gone = String(decoding: try Files.read(folder.path.appending("out/findings.jsonl")), as: UTF8.self)
    let surely = try await Binary.run(["lint", dumps, "--format", "jsonl"], in: folder.path).output
    let balanced = try await Binary.run(["lint", dumps, "--format", "jsonl", "--favor", "balanced"], in: folder.path)
    #expect(balanced.output == gone)
    #expect(Self.removed(surely).isStrictSubset(of: Self.removed(gone)))
  }
  private static func removed(_ rows: String) -> Set<String> {
    Set(
      rows.split(separator: "\n").filter { $0.contains(#""action":"remove""#) }.flatMap { row in
        (Int(field("line", row))!...Int(field("endLine", row))!).map { "\(field("page", row)):\($0)" }
      })
  }

  /// The faults that started the project, line by line.
  @Test func everyFaultOfTheNewsDumpIsFound() async throws {
    let folder = try TemporaryFolder()
    let page = samples.appending("pages/dumps/vareth-river-talks.txt")
    let lines = String(decoding: try Files.read(page), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let outcome = try await Binary.run(["lint", page.string, "--format", "jsonl"], in: folder.path)
    var families: [Int: String] = [:]
    for row in outcome.output.split(separator: "\n") {
      for line in Int(Self.field("line", row))!...Int(Self.field("endLine", row))! {
        families[line] = Self.field("family", row)
      }
    }
    func family(_ text: String) -> Set<String?> {
      Set(lines.indices.filter { lines[$0].hasPrefix(text) }.map { families[$0 + 1] })
    }
    for text in ["Skip to content", "Edit post"] { #expect(family(text) == ["navigation"]) }
    for text in ["Mediator warns of", "by Mara Quill", "Mediator Halvard Ostrem arrives"] {
      #expect(family(text) == ["meta"])
    }
    #expect(family("This audio is created") == ["ai-notice"])
    for text in [
      "Hochmark to sell winter power", "The state grid company", "News Feed", "What is under", "Eleven villages",
      "MORE NEWS", "Editors' Picks",
    ] {
      #expect(family(text) == ["related"], "\(text)")
    }
    for text in [
      "Enter your email", "Please, enter correct", "Subscribe", "* indicates required", "Successfuly subscribed",
      "Thank you for signing up", "Down the River",
    ] {
      #expect(family(text) == ["signup"], "\(text)")
    }
    // All of it is one form, which names each text once, where it stands first, and how often.
    let forms = outcome.output.split(separator: "\n").filter { $0.contains("\"family\":\"signup\"") }
    #expect(forms.count == 1)
    let first = lines.firstIndex { $0 == "* indicates required" }! + 1
    let mark = try #require(forms[0].firstRange(of: "\"excerpt\":\"* indicates required\",\"line\":\(first),"))
    let part = forms[0][mark.upperBound...].prefix { $0 != "}" }
    #expect(part.contains("\"count\":11,\"lines\":[\(first),"))
    #expect(forms[0].contains("* indicates required 11 times"))
  }

  @Test func theNewsDumpKeepsItsBodyWordForWord() async throws {
    let folder = try TemporaryFolder()
    let page = samples.appending("pages/dumps/vareth-river-talks.txt")
    let lines = String(decoding: try Files.read(page), as: UTF8.self).split(separator: "\n")
    let first = lines.firstIndex { $0.hasPrefix("The mediator of the Vareth") }!
    let last = lines.firstIndex { $0.hasPrefix("The delegations agreed") }!
    let clean = try await Binary.run(["clean", page.string], in: folder.path)
    #expect(clean.output == lines[first...last].joined(separator: "\n\n") + "\n")
    let run = try await Binary.run(["run", page.string, "--out", "out"], in: folder.path)
    #expect(run.code == 0)
    let row = try folder.read("out/pages.jsonl")
    #expect(
      row.contains("\"title\":\"Mediator warns of 'dry taps by spring' if Vareth river talks fail a third time\""))
    #expect(row.contains("\"byline\":\"Mara Quill and The Lower Vareth Monitor news desk\""))
    #expect(row.contains("\"date\":\"2025-10-09\""))
    #expect(
      row.contains(
        "\"disclosures\":[{\"kind\":\"ai-generated\",\"medium\":\"audio\",\"text\":\"This audio is created with AI assistance\"}]"
      ))
    let brief = try folder.read("out/briefs/vareth-river-talks.txt")
    let body = lines[first...last].joined(separator: " ")
    #expect((30...120).contains(brief.split(separator: " ").count))
    #expect(body.contains(brief.split(separator: "\n")[0].prefix(60)))
  }

  /// The value of a flat field of a JSON row, without quotes.
  private static func field(_ name: String, _ row: Substring) -> String {
    guard let start = row.firstRange(of: "\"\(name)\":")?.upperBound else { return "" }
    return String(row[start...].drop { $0 == "\"" }.prefix { $0 != "\"" && $0 != "," && $0 != "}" })
  }
}
