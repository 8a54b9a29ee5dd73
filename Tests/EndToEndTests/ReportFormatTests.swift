import FoundationEssentials
import Testing
import Winnow

/// `winnow lint --format sarif` and `--format html`.
@Suite struct ReportFormatTests {
  private static let prose = "The ferry sails again on Monday, the harbour office said on Friday.\n\n"

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("Skip to content\n\n" + Self.prose + "* indicates required\n", to: "pages/a b é.txt")
    try folder.write(
      Self.prose + "Subscribe to our newsletter\n* indicates required\n* indicates required\nSubscribe\n\nLog in\n",
      to: "pages/c.txt")
    try folder.write(Self.prose, to: "pages/clean.txt")
    try folder.write(
      "<p>\(Self.prose)<p>Subscribe to the \"&lt;script&gt;\" newsletter &amp; more", to: "pages/d.html")
    try folder.write("rules:\n  navigation/skip-link: keep\n", to: "winnow.yml")
    return folder
  }

  private func lint(
    _ format: String, _ inputs: String..., in folder: TemporaryFolder, code: Int32 = 0
  ) async throws -> String {
    // The rules' findings are enough.
    let outcome = try await Binary.run(["lint", "--format", format, "--no-model"] + inputs, in: folder.path)
    #expect(outcome.code == code, "\(outcome.error)")
    return outcome.output
  }

  /// What readers of SARIF look at.
  private struct Log: Decodable {
    struct Text: Decodable { var text: String }
    struct Region: Decodable { var startLine, startColumn: Int }
    struct Location: Decodable {
      struct Physical: Decodable {
        struct Artifact: Decodable { var uri: String }
        var artifactLocation: Artifact
        var region: Region?
      }
      var physicalLocation: Physical
    }
    struct Result: Decodable {
      struct Suppression: Decodable { var kind: String }
      var ruleId, level: String
      var message: Text
      var locations: [Location]
      var relatedLocations: [Location]?
      var partialFingerprints: [String: String]
      var suppressions: [Suppression]?
    }
    struct Rule: Decodable {
      var id: String
      var shortDescription, help: Text
    }
    struct Invocation: Decodable {
      struct Notification: Decodable {
        var message: Text
        var locations: [Location]
      }
      var executionSuccessful: Bool
      var toolExecutionNotifications: [Notification]
    }
    struct Run: Decodable {
      struct Tool: Decodable {
        struct Driver: Decodable {
          var name: String
          var rules: [Rule]
        }
        var driver: Driver
      }
      var tool: Tool
      var results: [Result]
      var invocations: [Invocation]
    }
    var version: String
    var runs: [Run]
  }

  private func log(_ text: String) throws -> Log.Run {
    let log = try JSONDecoder().decode(Log.self, from: Data(text.utf8))
    #expect(log.version == "2.1.0" && log.runs.count == 1)
    return try #require(log.runs.first)
  }

  @Test func sarifHasTheFindingsWithTheirPlacesAndRules() async throws {
    let run = try log(try await lint("sarif", "pages", in: folder()))
    let rows = run.results.map { result in
      let place = result.locations[0].physicalLocation
      return "\(place.artifactLocation.uri):\(place.region?.startLine ?? 0) \(result.level) \(result.ruleId)"
    }
    #expect(
      rows == [
        "pages/a%20b%20%C3%A9.txt:1 note navigation/skip-link",
        "pages/a%20b%20%C3%A9.txt:5 warning signup/form-debris",
        "pages/c.txt:3 warning signup/form",
        "pages/c.txt:8 note navigation/account-alone",
        "pages/d.html:3 warning signup/invitation",
      ])
    #expect(run.results[1].message.text.hasSuffix(": * indicates required"))
    #expect(run.results.map { $0.suppressions?.count ?? 0 } == [1, 0, 0, 0, 0])
    #expect(run.results[2].relatedLocations?.map { $0.physicalLocation.region?.startLine } == [3, 4, 6])
    #expect(run.results.allSatisfy { $0.partialFingerprints["textHash/v1"]?.count == 16 })
    let explained = Dictionary(uniqueKeysWithValues: run.tool.driver.rules.map { ($0.id, $0) })
    #expect(run.results.allSatisfy { explained[$0.ruleId] != nil })
    #expect(explained["signup/form"]?.shortDescription.text == "A sign-up form")
    #expect(explained["signup/form-debris"]?.help.text.contains("Finds") == true)
    #expect(run.invocations[0].executionSuccessful)
  }

  /// Viewers make links of `[text](address)` and arguments of `{0}`.
  @Test func sarifHasNoLinksOfPages() async throws {
    let folder = try folder()
    try folder.write("Subscribe to our [newsletter](http://evil.example) {0}\n\n" + Self.prose, to: "link.txt")
    let run = try log(try await lint("sarif", "link.txt", in: folder))
    #expect(run.results.count == 1)
    #expect(run.results[0].message.text.hasSuffix(#": Subscribe to our \[newsletter\](http://evil.example) {{0}}"#))
  }

  @Test func sarifNamesThePagesThatFailed() async throws {
    let folder = try folder()
    try folder.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0], to: "image.html")
    let run = try log(try await lint("sarif", "image.html", "pages/clean.txt", in: folder, code: 3))
    #expect(run.results.isEmpty && run.tool.driver.rules.isEmpty)
    #expect(!run.invocations[0].executionSuccessful)
    let notice = try #require(run.invocations[0].toolExecutionNotifications.first)
    #expect(notice.message.text.contains("PNG"))
    #expect(notice.locations[0].physicalLocation.artifactLocation.uri == "image.html")
  }

  /// Where the page is, wherever that is.
  @Test func anAbsolutePathIsAnAddressOfAFile() async throws {
    let folder = try folder()
    let run = try log(try await lint("sarif", folder.path.appending("pages/c.txt").string, in: folder))
    let uri = run.results[0].locations[0].physicalLocation.artifactLocation.uri
    #expect(uri == "file://\(folder.path)/pages/c.txt")
  }

  @Test func htmlShowsTextsAndExplainsTheirRules() async throws {
    let folder = try folder()
    try folder.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0], to: "image.html")
    let page = try await lint("html", "pages", "image.html", in: folder, code: 3)
    #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<h2>a b é.txt</h2>") && !page.contains("<h2>clean.txt"))
    #expect(page.contains("<q>Subscribe to the &quot;&lt;script&gt;&quot; newsletter &amp; more</q>"))
    #expect(!page.contains("<script"))
    #expect(page.contains("<td class=\"kept\">kept</td>"))
    #expect(page.contains("failed: not a page but a PNG image"))
    #expect(page.contains("4 findings in 4 pages, <b class=\"error\">1 failed</b>"))
    let links = page.split(separator: "href=\"#").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(!links.isEmpty)
    for rule in links { #expect(page.contains("<details id=\"\(rule)\">"), "\(rule)") }
    #expect(HTMLTags(page).unclosed == [])
  }

  /// Which tags are open at the end, or closed without being open.
  private struct HTMLTags {
    var unclosed: [Substring] = []
    init(_ page: String) {
      for piece in page.split(separator: "<").dropFirst() {
        let name = piece.prefix { $0.isLetter || $0.isNumber || $0 == "/" }
        if ["", "meta", "input"].contains(name) { continue }
        if name.hasPrefix("/"), unclosed.last == name.dropFirst() {
          unclosed.removeLast()
        } else {
          unclosed.append(name)
        }
      }
    }
  }

  @Test(arguments: ["sarif", "html"])
  func areTheSameWithAnyNumberOfWorkers(format: String) async throws {
    let pages = samples.appending("pages").string
    let folder = try TemporaryFolder()
    var outputs: Set<String> = []
    for jobs in ["1", "3"] {
      outputs.insert(try await Binary.run(["lint", pages, "--format", format, "--jobs", jobs], in: folder.path).output)
    }
    #expect(outputs.count == 1 && outputs.first!.count > 10_000)
  }
}
