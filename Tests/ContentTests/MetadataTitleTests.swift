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

  @Test(arguments: [
    ("Thirty years of <br> tags", "Thirty years of &lt;br&gt; tags", "Thirty years of <br> tags"),
    ("Thirty years of <em>tags</em>", "Thirty years of tags", "Thirty years of tags"),
  ])
  func tagIsATitlesWordOnlyWhereReadersSeeIt(claim: String, heading: String, expected: String) throws {
    let claim = claim.replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    #expect(try metadata(head: "<title>\(claim)</title>", body: "<h1>\(heading)</h1>").title?.text == expected)
  }

  @Test(arguments: ["Ferry News 2024: boats return to the...", "Ferry News 2024: boats return to the…"])
  func claimThatWasCutIsNone(cut: String) throws {
    let head = "<meta property=\"og:title\" content=\"\(cut)\"><title>Ferry News 2024: boats return to the bay</title>"
    #expect(try metadata(head: head).title?.text == "Ferry News 2024: boats return to the bay")
  }

  @Test func labelThatStructuredDataLeaveOutIsCut() throws {
    let post = jsonLD(#"{"@type":"DiscussionForumPosting","headline":"Which glaze for stoneware?"}"#)
    let found = try metadata(
      head: "<title>Question - Which glaze for stoneware? | Kiln Talk</title>" + post,
      body: "<h1><span>Question</span> Which glaze for stoneware?</h1>")
    #expect(found.title?.text == "Which glaze for stoneware?")
  }

  @Test func headingThatMostClaimsSayWins() throws {
    let found = try metadata(
      head: "<meta property=\"og:title\" content=\"Eels pass the weir\"><meta name=\"twitter:title\" "
        + "content=\"Eels pass the weir\"><title>News - River Institute</title>",
      body: "<h1>News</h1><h1>Eels pass the weir</h1>")
    #expect(found.title?.text == "Eels pass the weir")
  }

  @Test func sloganThatOnlyTheTitleTellsIsNotThePages() throws {
    let found = try metadata(
      head: "<title>Kiln Talk - where makers meet</title>", body: "<h1>Glaze for a cold room</h1>")
    #expect(found.title == .init("Glaze for a cold room", from: "h1"))
  }

  @Test func addressDecidesBetweenHeadingAndClaim() throws {
    let head = "<meta property=\"og:title\" content=\"Boats for every purse\"><title>Boats for every purse</title>"
    let body = "<h1>Used dinghies</h1>"
    let url = "https://quay.example/boats/used-dinghies"
    #expect(try metadata(head: head, body: body, url: url).title?.text == "Used dinghies")
  }

  @Test func shortHeadingIsTheTitleWhereTheAddressIsNamedForIt() throws {
    let head = "<title>Dinghies for Rivers, Lakes and Open Bays</title>"
    let body = "<h1>Dinghies</h1>"
    #expect(
      try metadata(head: head, body: body, url: "https://quay.example/boats/dinghies").title?.text == "Dinghies")
    #expect(
      try metadata(head: head, body: body, url: "https://quay.example/p/17").title?.text
        == "Dinghies for Rivers, Lakes and Open Bays")
  }

  @Test func listBehindABarIsCut() throws {
    let found = try metadata(head: "<title>Night ferries | Times, Fares, Map and All Piers of the Bay</title>")
    #expect(found.title?.text == "Night ferries")
  }

  @Test func questionsOfAPageAreNotItsTitle() throws {
    let questions = jsonLD(
      #"{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Do ferries run at night?"},"#
        + #"{"@type":"Question","name":"Do ferries carry bicycles too?"}]}"#)
    let found = try metadata(
      head: "<title>Ferries of the bay</title>" + questions,
      body: "<h2>Do ferries run at night?</h2><p>Yes.</p><h2>Do ferries carry bicycles too?</h2>")
    #expect(found.title?.text == "Ferries of the bay")
  }

  @Test func feedTellsTheHostWhereNoAddressDoes() throws {
    let found = try metadata(
      head: "<title>Outdoor gear – The Long Quay Company</title>"
        + "<link rel=\"alternate\" href=\"https://thelongquaycompany.example/feed/\">")
    #expect(found.title?.text == "Outdoor gear")
  }
}
