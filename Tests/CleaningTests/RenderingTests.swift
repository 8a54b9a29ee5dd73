import Testing
import Winnow

/// What a page looks like in each form. Every block is kept here: what is content is not the question.
@Suite struct RenderingTests {
  static let page = """
    <html lang="en"><head><title>Knots</title><meta property="og:title" content="Knots">
    <meta name="author" content="Ann Lee"><meta property="article:published_time" content="2025-03-04"></head><body>
    <h1>Knots</h1>
    <p>A <strong>knot</strong> holds <a href="https://rope.example/a">by <em>friction</em></a>, see <a href="#b">below</a>.<br>
    Second line with <code>a|b</code>*.</p>
    <h2>Kinds</h2>
    <ul><li>Bends<ul><li>Sheet bend</li></ul></li><li>Hitches</li></ul>
    <ol><li>Make a loop.</li><li><p>Pull.</p><p>Pull harder.</p></li></ol>
    <pre>while true:
      tie()</pre>
    <blockquote><p>Measure twice.</p></blockquote>
    <table><tr><th>Knot</th><th>Turns</th></tr><tr><td>Bowline</td><td>1 | 2</td></tr></table>
    <p>1 &lt; 2 &amp; 3</p>
    </body></html>
    """

  static func clean() throws -> CleanPage {
    let keepAll = """
      pack: test
      schema: 1
      rules:
        - {id: other/keep, family: other, title: Keep, action: keep, severity: error, match: {regex: '.'}}
      """
    let rules = RuleSet(RuleFile(keepAll, name: "keep.yaml").rules)
    return try Winnower(rules: rules).clean(Page(name: "knots.html", bytes: Array(page.utf8)))
  }
  static func render(_ format: Format, withMetadata: Bool = false) throws -> String {
    String(decoding: try clean().render(format, withMetadata: withMetadata), as: UTF8.self)
  }

  @Test func text() throws {
    #expect(
      try Self.render(.text) == """
        A knot holds by friction, see below.
        Second line with a|b*.

        Kinds

        Bends
        Sheet bend
        Hitches

        Make a loop.

        Pull.

        Pull harder.

        while true:
          tie()

        Measure twice.

        Knot\tTurns
        Bowline\t1 | 2

        1 < 2 & 3

        """)
  }

  @Test func textWithMetadata() throws {
    #expect(try Self.render(.text, withMetadata: true).hasPrefix("Knots\nAnn Lee\n2025-03-04\n\nA knot holds"))
  }

  @Test func markdown() throws {
    #expect(
      try Self.render(.markdown) == """
        # Knots

        A **knot** holds [by *friction*](https://rope.example/a), see below.\\
        Second line with `a|b`\\*.

        ## Kinds

        - Bends
          - Sheet bend
        - Hitches

        1. Make a loop.
        2. Pull.

           Pull harder.

        ```
        while true:
          tie()
        ```

        > Measure twice.

        | Knot | Turns |
        | --- | --- |
        | Bowline | 1 \\| 2 |

        1 < 2 & 3

        """)
  }

  @Test func markdownWithMetadata() throws {
    let front = "---\ntitle: \"Knots\"\nbyline: \"Ann Lee\"\ndate: \"2025-03-04\"\nlanguage: \"en\"\n---\n\n# Knots\n"
    #expect(try Self.render(.markdown, withMetadata: true).hasPrefix(front))
  }

  @Test func html() throws {
    #expect(
      try Self.render(.html) == """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Knots</title>
        </head>
        <body>
        <article>
        <h1>Knots</h1>
        <p>A <strong>knot</strong> holds <a href="https://rope.example/a">by <em>friction</em></a>, see below.<br>
        Second line with <code>a|b</code>*.</p>
        <h2>Kinds</h2>
        <ul><li>Bends
        <ul><li>Sheet bend
        </li>
        </ul>
        </li>
        <li>Hitches
        </li>
        </ul>
        <ol><li>Make a loop.
        </li>
        <li><p>Pull.</p>
        <p>Pull harder.</p>
        </li>
        </ol>
        <pre>while true:
          tie()</pre>
        <blockquote><p>Measure twice.</p>
        </blockquote>
        <table><tr><th>Knot</th>
        <th>Turns</th>
        </tr>
        <tr><td>Bowline</td>
        <td>1 | 2</td>
        </tr>
        </table>
        <p>1 &lt; 2 &amp; 3</p>
        </article>
        </body>
        </html>

        """)
  }

  @Test func json() throws {
    let json = try Self.render(.json)
    #expect(
      json.hasPrefix(
        "{\"page\":\"knots.html\",\"url\":null,\"title\":\"Knots\",\"byline\":\"Ann Lee\",\"date\":\"2025-03-04\""))
    #expect(json.contains("{\"kind\":\"heading\",\"level\":2,\"text\":\"Kinds\",\"line\":6,\"column\":5,"))
    #expect(json.hasSuffix("}]}\n"))
  }

  /// A title that stays in the text is not set above it a second time.
  @Test(arguments: [Format.text, .markdown, .html]) func theTitleStandsOnce(_ format: Format) throws {
    let text = try Self.render(format, withMetadata: true).replacing("<title>Knots</title>", with: "")
      .replacing("title: \"Knots\"", with: "")
    #expect(text.ranges(of: "Knots").count == 1)
  }

  /// The cleaned text is itself a page whose every line stays as it is.
  @Test func cleaningCleanTextChangesNothing() throws {
    let text = """
      The ferry between Skellan and the mainland stays in harbour until Monday, the company said on Friday.

      Engineers found a crack in the port shaft during a routine inspection, and a spare has to come from Bergen by road.
      Passengers with tickets for the weekend can travel on the mail boat, which takes forty people.

      """
    let winnower = Winnower(rules: .builtIn)
    let once = try winnower.clean(Page(name: "a.txt", bytes: Array(text.utf8))).render(.text)
    let twice = try winnower.clean(Page(name: "a.txt", bytes: once)).render(.text)
    #expect(String(decoding: once, as: UTF8.self) == text)
    #expect(twice == once)
  }

  /// Every block is kept or has a finding that says why not, whatever the page.
  @Test func nothingIsRemovedSilently() throws {
    let page = try Winnower(rules: .builtIn).clean(Page(name: "knots.html", bytes: Array(Self.page.utf8)))
    let explained = Set(page.kept).union(page.findings.map(\.block))
    #expect(explained.isSuperset(of: 0..<page.blocks.count))
    #expect(Set(page.kept).isDisjoint(with: page.findings.filter { $0.action == .remove }.map(\.block)))
  }
}
