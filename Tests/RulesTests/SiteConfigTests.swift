import Pages
import Testing

@testable import Rules

/// Site configurations, and the XPath in them.
@Suite struct SiteConfigTests {
  static let page = """
    <html><head><title>Ferries | Harbour Post</title><meta property="og:title" content="Ferries sail">
    <meta name="when" content="2024-05-06"></head><body>
    <div id="menu" class="nav top"><a href="/">Home</a></div>
    <div id="story" class="story big"><h1>Ferries sail again</h1><span class="by">By Mara Quill</span>
    <p class="first">They sail.</p><div class="related-links"><p>More ferries.</p></div>
    <ul><li>one</li><li>two</li></ul><p data-kind="note">A note.</p></div>
    <div class="foot"><p>Imprint</p></div></body></html>
    """
  private func blocks(_ names: ExtraNames) throws -> Blocks {
    try PageReader(keeping: names).read(Page(name: "a.html", bytes: Array(Self.page.utf8))).blocks
  }

  @Test(
    arguments: [
      ("//ul", ["one", "two"]),
      ("//div[@id='menu']", ["Home"]),
      ("//div[@class=\"story big\"]/h1", ["Ferries sail again"]),
      ("//div[@class='story']", []),
      ("//*[contains(@class, 'related')]", ["More ferries."]),
      ("//div[contains(concat(' ', normalize-space(@class), ' '), ' nav ')]", ["Home"]),
      ("//div[contains(concat(' ',normalize-space(@class),' '),' na ')]", []),
      ("//div[starts-with(@class, 'related')]//p", ["More ferries."]),
      ("//ul | //h1", ["Ferries sail again", "one", "two"]),
      ("//li[1]", ["one"]), ("//li[position()=2]", ["two"]), ("//li[last()]", ["two"]),
      ("//p[@data-kind]", ["A note."]), ("//p[@data-kind='note']", ["A note."]), ("//p[@data-kind!='note']", []),
      ("//p[contains(., 'ferries')]", ["More ferries."]),
      ("//p[@class='first' or @data-kind]", ["They sail.", "A note."]),
      ("//p[@class='first' and @data-kind]", []),
      ("//div[not(@id)]/p", ["More ferries.", "Imprint"]),
      ("//div[ul]/h1", ["Ferries sail again"]), ("//div[.//li]/h1", ["Ferries sail again"]), ("//div[li]", []),
      ("//h1/following-sibling::ul", ["one", "two"]),
      ("/html/body/div[3]", ["Imprint"]),
    ] as [(String, [String])])
  func path(text: String, texts: [String]) throws {
    var names = ExtraNames()
    var index = SelectorIndex()
    _ = index.add(try XPath(text, names: &names).selector)
    let blocks = try blocks(names)
    let covered = blocks.covered(by: index.hits(blocks).map { Int($0.element) })
    #expect(covered.map { blocks.string($0) } == texts)
  }

  @Test(arguments: [
    ("(//div)[1]", 1, "a path in brackets is not understood"),
    ("//div/parent::p", 7, "parent:: is not understood"),
    ("//div/..", 7, "\"..\" is not understood"),
    ("//div[count(p) > 2]", 7, "count() is not understood"),
    ("//div[@id='x'", 14, "] is missing"),
    ("//div[@id='x]", 11, "the quote is not closed"),
    ("//p[@class][2]", 14, "a position after another condition is not understood"),
    ("/div", 2, "a path from the root must begin with /html"),
    ("", 1, "the end is not understood"),
  ])
  func mistake(text: String, character: Int, message: String) {
    var names = ExtraNames()
    do throws(Selector.SyntaxError) {
      _ = try XPath(text, names: &names)
      Issue.record("no error for \(text)")
    } catch {
      #expect(error.message == message)
      #expect(error.offset + 1 == character)
    }
  }

  private func read(_ config: String, host: String = "post.example", file: String = "post.example") throws -> (
    reading: SiteReading?, blocks: Blocks, notes: [String]
  ) {
    var names = ExtraNames()
    var sites = SiteConfigs()
    sites.add(config, name: file, file: "\(file).txt", names: &names)
    let blocks = try blocks(names)
    return (SiteReader(sites).read(blocks, host: host), blocks, sites.notes)
  }

  @Test func readsAPage() throws {
    let (reading, blocks, notes) = try read(
      """
      # The Harbour Post
      title: //meta[@property='og:title']/@content
      author: //*[@class='nobody']
      author: //span[@class='by']
      date: //meta[@name='when']/@content
      body: //div[@id='nothing']
      body: //div[@id='story']
      strip: //h1
      strip_id_or_class: related
      prune: no
      test_url: http://post.example/1
      """)
    #expect(notes.isEmpty)
    #expect(reading?.title == "Ferries sail")
    #expect(reading?.author == "By Mara Quill")
    #expect(reading?.date == "2024-05-06")
    let found = reading?.findings.map { "\($0.rule) \($0.family) \(blocks.string($0.block))" }
    #expect(
      found == [
        "site/post.example:7 boilerplate Home", "site/post.example:8 other Ferries sail again",
        "site/post.example:9 other More ferries.", "site/post.example:7 boilerplate Imprint",
      ])
  }

  @Test func linesMayEndAsOnWindows() throws {
    let (reading, _, notes) = try read("\u{FEFF}# a\r\nstrip: //h1\r\n\r\nauthor: //span[@class='by']\r\n")
    #expect(notes.isEmpty)
    #expect(reading?.findings.map(\.rule) == ["site/post.example:2"])
    #expect(reading?.author == "By Mara Quill")
  }

  @Test(arguments: [
    ("post.example", "post.example", true), ("www.post.example", "post.example", true),
    ("post.example", "x.post.example", false), (".post.example", "x.post.example", true),
    (".post.example", "post.example", true), ("post.example", "other.example", false),
  ])
  func hosts(file: String, host: String, applies: Bool) throws {
    #expect(try (read("strip: //h1", host: host, file: file).reading != nil) == applies)
  }

  @Test func whatCannotBeUsedIsNamed() throws {
    let notes = try read(
      "strip: //div/..\nbody: //div/@id\nstirp: //p\nfind_string: a\nreplace_string(a): b\nhttp_header(x): y\nno colon\n"
    ).notes
    #expect(
      notes == [
        "post.example.txt:1: strip passed over, at character 7: \"..\" is not understood: //div/..",
        "post.example.txt:2: body passed over, at character 9: body takes elements, not attributes: //div/@id",
        "post.example.txt:3: there is no directive \"stirp\"; did you mean \"strip\"?",
        "post.example.txt:4: find_string passed over: it rewrites the page",
        "post.example.txt:5: replace_string(a) passed over: it rewrites the page",
        "post.example.txt:7: no directive: no colon",
      ])
  }
}
