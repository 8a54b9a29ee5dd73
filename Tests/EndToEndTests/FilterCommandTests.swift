import Testing
import Winnow

/// Filter lists and site configurations on the command line.
@Suite struct FilterCommandTests {
  static let page = """
    <html><head><link rel="canonical" href="https://www.post.example/ferries"><title>Ferries</title></head><body>
    <article id="story"><h1>Ferries sail again</h1><div class="who">By Mara Quill</div><div class="when">6 May 2024</div>
    <p>The ferry sails again on Monday, the harbour office said on Friday after a week of storms and repairs.</p>
    <div class="offer"><p>Cheap oars at the old quay, only this week, said the man who sells them there.</p></div>
    <p>Two boats were mended in the yard, and a third waits for a new mast from the other side of the bay.</p>
    <div class="related"><p>Read what the ferrymen say about the new pier and its lamps in our long report.</p></div>
    </article></body></html>
    """
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.page, to: "page.html")
    try folder.write("! list\n##.offer\n||ads.example^\n", to: "My List.txt")
    try folder.write(
      "author: //div[@class='who']\ndate: //div[@class='when']\nstrip: //h1/..[1]\nbody: //article\nstrip_id_or_class: related\n",
      to: "sites/post.example.txt")
    return folder
  }
  private func clean(_ options: [String], _ folder: TemporaryFolder) async throws -> (text: String, error: String) {
    let outcome = try await Binary.run(["clean", "page.html"] + options, in: folder.path)
    #expect(outcome.code == 0, "\(outcome.error)")
    return (outcome.output, outcome.error)
  }

  @Test func aFilterListTakesElementsOut() async throws {
    let folder = try folder()
    #expect(try await clean([], folder).text.contains("Cheap oars"))
    let (text, error) = try await clean(["--filter-list", "My List.txt"], folder)
    #expect(!text.contains("Cheap oars") && text.contains("Two boats") && text.contains("The ferry sails"))
    #expect(error == "winnow: My List.txt: 1 filter used; passed over: 1 network rules (first in line 3)\n")
    let lint = try await Binary.run(
      ["lint", "page.html", "--filter-list", "My List.txt", "--format", "jsonl"], in: folder.path)
    let row = lint.output.split(separator: "\n").first { $0.contains("Cheap oars") } ?? ""
    #expect(
      row.contains("\"rule\":\"filter/my list:2\",\"family\":\"ads\",\"severity\":\"warning\",\"action\":\"remove\""))
    #expect(row.contains("\"message\":\"Hidden by the filter ##.offer\""))
  }

  @Test func settingsHoldForFilters() async throws {
    let folder = try folder()
    let config = """
      filter-lists: [{file: My List.txt, family: related}]
      site-configs: sites
      rules: {filter/my list: off}

      """
    try folder.write(config, to: "winnow.yml")
    let (text, error) = try await clean([], folder)
    #expect(text.contains("Cheap oars") && !text.contains("ferrymen"))
    #expect(error.contains("My List.txt: 1 filter used"))
    try folder.write(
      config.replacing("rules: {filter/my list: off}", with: "families: {related: flag}"), to: "winnow.yml")
    #expect(try await clean([], folder).text.contains("Cheap oars"))
    try folder.write(config.replacing("My List.txt", with: "none.txt"), to: "winnow.yml")
    let missing = try await Binary.run(["clean", "page.html"], in: folder.path)
    #expect(missing.code == 2 && missing.error.contains("winnow.yml:1:16: error: "))
  }

  /// An allow-rule wins over a filter.
  @Test func rulesComeBeforeFilters() async throws {
    let folder = try folder()
    try folder.write(
      """
      pack: mine
      schema: 1
      rules:
        - {id: ads/oars, family: ads, title: Oars stay, action: keep, match: {contains: oars}}
      """, to: "mine.yaml")
    let (text, _) = try await clean(["--filter-list", "My List.txt", "--rules", "mine.yaml"], folder)
    #expect(text.contains("Cheap oars"))
  }

  @Test func aSiteConfigurationDecides() async throws {
    let folder = try folder()
    let (text, error) = try await clean(["--site-config", "sites", "--with-metadata"], folder)
    #expect(text.contains("Cheap oars") && text.contains("Two boats") && !text.contains("ferrymen"))
    #expect(text.contains("Mara Quill") && text.contains("2024-05-06"))
    #expect(error.contains("sites/post.example.txt:3: strip passed over, at character 6: \"..[1]\" is not understood"))
    let lint = try await Binary.run(
      ["lint", "page.html", "--site-config", "sites", "--format", "jsonl"], in: folder.path)
    #expect(lint.output.contains("\"rule\":\"site/post.example:5\""))
    let other = try await Binary.run(["clean", "page.html", "--site-config", "."], in: folder.path)
    #expect(other.code == 0)
    let empty = try await Binary.run(["clean", "page.html", "--site-config", "nowhere"], in: folder.path)
    #expect(empty.code == 2)
  }
}
