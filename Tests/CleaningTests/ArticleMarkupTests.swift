import Pages
import Rules
import Testing

@testable import Cleaning

/// The body of an article stays, word for word, whatever markup the site puts it in, and what stands around it goes.
@Suite struct ArticleMarkupTests {
  private static let body = [
    "The council of Lower Wexley voted on Tuesday to close the swimming pool for two years, after engineers found that the roof could not carry another winter of snow.",
    "“Nobody wanted this,” said the mayor, Ingrid Halloway, who had asked the county for a loan of four million pounds in the spring and was refused in June.",
    "The pool was built in 1968 and has been repaired eleven times since; the last repair, of the heating, cost more than the whole building did when it was new.",
    "Swimming lessons will move to the school in Brackwater, where the water is colder and the changing rooms are shared with the football club.",
    "A petition with 3,400 names was handed over before the vote. Its author, Tomas Reid, said he would stand for the council in May.",
    "The county says that it will look at the loan again when the new budget is ready.",
  ]
  private static let menu =
    "<div class=top><a href=/>Home</a><a href=/news>News</a><a href=/sport>Sport</a><a href=/login>Log in</a></div>"
  private static let title = "<h1>Council closes pool for two years</h1>"
  private static let signed = title + "<div>By Morag Tennant</div><div>3 June 2025</div>"
  private static let caption =
    "<figure><img src=x><figcaption>The pool in April. Photo: Jim Osgood</figcaption></figure>"
  private static let more = """
    <div class=more><h3>More from Wexley</h3><ul><li><a href=/a>Bakery to open on Sundays again</a></li>
    <li><a href=/b>River path closed after landslip near mill</a></li></ul></div>
    """
  private static let end = "<div><p>© 2025 Wexley Post. All rights reserved.</p><a href=/privacy>Privacy</a></div>"
  private static let comments = """
    <section id=comments><h3>2 comments</h3>
    <div class=comment><b>swimfan</b> <span>2 days ago</span><p>I learned to swim there in 1971, what a shame.</p><a>Reply</a></div>
    <div class=comment><b>old_tom</b> <span>1 day ago</span><p>They had money for the roundabout, did they not?</p><a>Reply</a></div>
    </section>
    """
  private static let promo = "<aside><p>Sign up to our morning briefing</p><button>Subscribe</button></aside>"

  private static func each(_ open: String, _ close: String, _ paragraphs: some Sequence<String> = body) -> String {
    paragraphs.map { open + $0 + close }.joined()
  }

  static let pages: [(markup: String, html: String)] = [
    ("paragraphs", menu + signed + each("<p>", "</p>") + more + end),
    ("paragraphs that nobody closes", menu + signed + each("<p>", "") + more + end),
    ("divisions", menu + signed + each("<div>", "</div>") + more + end),
    ("breaks", menu + signed + "<div>" + body.joined(separator: "<br><br>") + "</div>" + more + end),
    ("spans and breaks", menu + signed + each("<span>", "</span><br>") + more + end),
    ("text in the body", menu + signed + body.joined(separator: "<br>\n<br>\n") + more + end),
    (
      "a table of 1999",
      "<table><tr><td>\(menu)</td></tr><tr><td>\(more)</td><td>\(signed)\(each("<p>", ""))</td></tr></table>" + end
    ),
    (
      "font tags",
      menu + "<font size=5><b>Council closes pool</b></font><p>" + each("<font face=a>", "</font><p>") + end
    ),
    (
      "a section each",
      menu + "<main>" + signed + caption + each("<section><div><p>", "</p></div></section>") + "</main>"
    ),
    (
      "an article with a promotion in it",
      "\(menu)<article><header>\(signed)</header>\(caption)\(each("<p>", "</p>", body[..<3]))\(promo)"
        + "\(each("<p>", "</p>", body[3...]))</article>\(more)\(end)"
    ),
    ("elements of its own", "<my-app>\(menu)\(signed)\(each("<my-p><p>", "</p></my-p>"))</my-app>"),
    ("a title and an article", "<article>" + signed + each("<p>", "</p>") + "</article>"),
    ("a list", menu + signed + "<ul>" + each("<li>", "</li>") + "</ul>" + more + end),
    (
      "links at the start",
      menu + signed + each("<p><a href=/x>", "</p>", body.map { $0.prefix(40) + "</a>" + $0.dropFirst(40) })
    ),
    ("what scripts would show", menu + signed + "<div class=hidden>" + each("<p>", "</p>") + "</div>" + more + end),
    ("what scripts would replace", menu + signed + "<noscript>" + each("<p>", "</p>") + "</noscript>" + end),
    ("details", menu + signed + "<details open>" + each("<p>", "</p>") + "</details>" + end),
    ("comments below", menu + "<article>" + signed + each("<p>", "</p>") + "</article>" + comments + end),
  ]

  @Test(arguments: pages) func theBodyStays(_ page: (markup: String, html: String)) throws {
    let html = "<!doctype html><html lang=en><title>Council closes pool for two years - Wexley Post</title>" + page.html
    let read = try PageReader().read(Page(name: "a.html", bytes: Array(html.utf8)))
    let rules = RuleSet(RuleSet.builtInPacks.flatMap { RuleFile($0.yaml, name: $0.name).rules }, areTrusted: true)
    let clean = Cleaner(Rulebook(rules: rules)).clean(read)
    let lines = String(decoding: clean.render(.text), as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.filter { Self.body.contains($0) } == Self.body)
    let other = lines.filter { !Self.body.contains($0) }
    #expect(other == [])
  }
}
