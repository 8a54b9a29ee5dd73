import Pages
import Testing

@testable import Content

@Suite struct MetadataTitleTests {
  @Test(arguments: [
    ("Night ferries return | Harbour Post", "Night ferries return"),
    ("Night ferries return - Harbour Post", "Night ferries return"),
    ("Night ferries return – Harbour Post", "Night ferries return"),
    ("Night ferries return — Harbour Post", "Night ferries return"),
    ("Night ferries return :: Harbour Post", "Night ferries return"),
    ("Night ferries return » Harbour Post", "Night ferries return"),
    ("Night ferries return · Harbour Post", "Night ferries return"),
    ("Harbour Post | Night ferries return", "Night ferries return"),
    ("Harbour Post: Night ferries return", "Night ferries return"),
    ("Night ferries return | News | Harbour Post", "Night ferries return"),
    ("Night ferries return | Harbour Post | Harbour Post", "Night ferries return"),
    ("Harbour-Post readers ask", "Harbour-Post readers ask"),
    ("Tea: a history of small cups", "Tea: a history of small cups"),
  ])
  func siteNameIsCut(title: String, expected: String) throws {
    let head = "<title>\(title)</title><meta property=\"og:site_name\" content=\"Harbour Post\">"
    #expect(try metadata(head: head).title?.text == expected)
  }

  @Test func hostTellsTheSite() throws {
    let found = try metadata(
      head: "<title>Night ferries return to the bay - Harbourpost</title>", url: "https://www.harbourpost.example/a/1")
    #expect(found.title == .init("Night ferries return to the bay", from: "title"))
  }

  @Test func frontPageKeepsTheName() throws {
    let head =
      "<title>Harbour Post | News from the bay</title><meta property=\"og:site_name\" content=\"Harbour Post\">"
    #expect(try metadata(head: head, url: "https://post.example/").title?.text == "Harbour Post | News from the bay")
  }

  @Test func headingWinsOverTheLongerClaim() throws {
    let head = "<title>Night ferries return to the bay after ten years - what to know - Post</title>"
    let found = try metadata(head: head, body: "<h1>Night ferries return to the bay after ten years</h1><p>Text.</p>")
    #expect(found.title == .init("Night ferries return to the bay after ten years", from: "h1"))
  }

  @Test func headingOfTheSiteIsNone() throws {
    let found = try metadata(
      head: "<title>Night ferries return | The Long Quay</title>",
      body: "<h1><a href=\"/\">The Long Quay</a></h1><h2>Night ferries return</h2><p>Text.</p>")
    #expect(found.title?.text == "Night ferries return")
  }

  @Test func kickerIsCut() throws {
    let found = try metadata(
      head: "<title>Harbour: Night ferries return to the bay</title>",
      body: "<h1><span class=\"article-kicker\">Harbour</span> <span>Night ferries return to the bay</span></h1>")
    #expect(found.title?.text == "Night ferries return to the bay")
  }

  @Test(arguments: ["Thread: Which glaze for stoneware?", "Blog: Which glaze for stoneware?"])
  func labelBeforeTheTitleIsCut(heading: String) throws {
    let found = try metadata(head: "<title>Which glaze for stoneware?</title>", body: "<h1>\(heading)</h1>")
    #expect(found.title?.text == "Which glaze for stoneware?")
  }

  @Test func referencesAndInvisibleCharactersAreGone() throws {
    let found = try metadata(
      head: "<meta property=\"og:title\" content=\"Salt &amp;#8211; and\u{AD}  pepper\u{200B}\">")
    #expect(found.title?.text == "Salt – and pepper")
  }

  @Test func nothingNamesAPageWithoutWords() throws {
    #expect(try metadata(head: "<title>  </title>").title == nil)
    #expect(try metadata(body: "<h1></h1>").title == nil)
  }

  @Test func signBehindAHeadingIsCut() throws {
    let found = try metadata(head: "<title>Retry policies — Heron 2.1</title>", body: "<h1>Retry policies<a>¶</a></h1>")
    #expect(found.title?.text == "Retry policies")
  }
}
