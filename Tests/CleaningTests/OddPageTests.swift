import Testing
import Winnow

/// Pages that are odd or meant to do harm, through every stage: what the reader survives, all behind it must survive too.
@Suite(.serialized) struct OddPageTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var page: @Sendable () -> String
    init(_ name: String, _ page: @autoclosure @escaping @Sendable () -> String) {
      testDescription = name
      self.page = page
    }
  }
  private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  static let cases: [Case] = [
    Case("a byline of blanks in code", "<pre>          <a rel=\"author\">     </a></pre>"),
    Case("a date in blank code", "<pre>     <span itemprop=\"datePublished\"><div>x</div></span></pre>"),
    Case(
      "a link in the blanks behind code", "<pre>code   <a href=\"http://x.example\">  </a>  </pre><p>Hello world</p>"),
    Case("lists in lists", times(3_000, "<ul><li>One more.")),
    Case("a list in an item in a list", "<ul><li>One<ol><p>Two steps, and then a third.</p></ol></li></ul>"),
    Case("an item without a list", "<li>One<li>Two<ol><li>Three</ol>"),
    Case("cells without rows", "<td>One<td>Two<tr>Three<table><td>Four"),
    Case("a paragraph of many lines", "<p>" + times(8_000, "One.<br>")),
    Case("many marks in a line", "<p>" + times(4_000, "<b>a<i>b</i></b><code>`c</code><a href=x>d</a>")),
    Case("a long row above many short ones", "<table><tr>" + times(2_000, "<td>a") + times(2_000, "<tr><td><td>b")),
    Case("cells of many lines", "<table>" + times(300, "<tr><td>a<td>" + times(20, "b<br>"))),
    Case("many items", "<ol>" + times(3_000, "<li>One more of them.") + "</ol>"),
    Case("stops without spaces", "<p>" + times(6_000, "aaa.Aaa.")),
    Case("quotes within quotes", "<p>" + times(4_000, "「あ。い」")),
    Case("open quotes", "<p>" + times(6_000, "「あ。")),
    Case("words and no stop", "<p>" + times(20_000, "word ")),
    Case("one quote after the other", "<p>" + times(8_000, "“a.” ")),
  ]

  @Test(arguments: cases) func isCleanedAndBriefed(_ odd: Case) throws {
    let bytes = Array(odd.page().utf8)
    let winnower = Winnower(rules: .builtIn)
    let start = ContinuousClock.now
    for name in ["a.html", "a.txt"] {
      let page = try winnower.clean(Page(name: name, bytes: bytes))
      for format in Format.allCases { _ = page.render(format, withMetadata: true) }
      for style in BriefStyle.allCases { _ = winnower.brief(page, budget: .words(75), style: style) }
    }
    // What is quadratic takes minutes at these sizes; a debug build on a busy machine takes seconds.
    #expect(ContinuousClock.now - start < .seconds(60), "\(bytes.count) bytes")
  }

  /// A link of the page that a browser would run as a script, or that would end the link's own markup.
  @Test(arguments: [
    ("javascript:alert(1)", nil), (" JavaScript:alert(1)", nil), ("java&#10;script:alert(1)", nil),
    ("&#1;javascript:alert(1)", nil), ("data:text/html,x", nil), ("vbscript:x", nil), ("#top", nil), (" ", nil),
    ("/a b", "/a%20b"), ("wiki/Knot_(rope)", "wiki/Knot_%28rope%29"),
    ("\n https://x.example/?q=a:b ", "https://x.example/?q=a:b"),
    ("a?b=\"><script>", "a?b=%22%3E%3Cscript%3E"), ("/q?x=a|b", "/q?x=a%7Cb"),
    ("mailto:a@x.example", "mailto:a@x.example"),
  ])
  func linksLeadToPages(href: String, target: String?) throws {
    let attribute = href.replacing("\"", with: "&quot;")
    let html =
      "<p>A knot holds by friction, as <a href=\"\(attribute)\">sailors</a> have known for as long as there are ropes.</p>"
    let page = try Winnower(rules: RuleSet([]), favor: nil).clean(Page(name: "a.html", bytes: Array(html.utf8)))
    let markdown = String(decoding: page.render(.markdown), as: UTF8.self)
    let rendered = String(decoding: page.render(.html), as: UTF8.self)
    #expect(markdown.contains(target.map { "as [sailors](\($0)) have" } ?? "as sailors have"))
    #expect(rendered.contains(target.map { "as <a href=\"\($0)\">sailors</a> have" } ?? "as sailors have"))
  }

  @Test(arguments: ["a.html", "a.txt"]) func formFeedsPartWords(_ name: String) throws {
    let text = "<p>The council met on Tuesday.\u{0C}Engineers said\u{0B}it had\u{1F}held.</p>"
    let page = try Winnower(rules: RuleSet([]), favor: nil).clean(Page(name: name, bytes: Array(text.utf8)))
    #expect(
      String(decoding: page.render(.text), as: UTF8.self)
        .contains("The council met on Tuesday. Engineers said it had held."))
  }

  /// Blank lines around code belong to no block; elements and spans keep their places.
  @Test func codeWithBlanksMovesNothing() throws {
    let html = """
      <p>A <a href="http://x.example/a">first</a> line of prose.</p><pre>

        knot()  <b>   </b>
          </pre><p>See <a href="http://x.example/b">the other</a> page.</p>
      """
    let page = try Winnower(rules: RuleSet([]), favor: nil).clean(Page(name: "a.html", bytes: Array(html.utf8)))
    #expect(
      String(decoding: page.render(.markdown), as: UTF8.self) == """
        A [first](http://x.example/a) line of prose.

        ```
          knot()
        ```

        See [the other](http://x.example/b) page.

        """)
  }
}
