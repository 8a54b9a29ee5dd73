import Testing
import Winnow

/// Markdown that parsers of CommonMark and of GitHub's tables read as the page: its text, and of its marks and blocks
/// what they can say.
@Suite struct MarkdownTests {
  static func render(_ html: String, _ format: Format) throws -> String {
    let page = try Winnower(rules: RuleSet([]), favor: nil).clean(Page(name: "a.html", bytes: Array(html.utf8)))
    return String(String(decoding: page.render(format), as: UTF8.self).dropLast())
  }

  /// The lines of a dump's paragraph stay together, so that parsers see one; those that a person broke are apart.
  @Test func linesBrokenAtAWidth() throws {
    let text = """
      The keeper of the lower lamp climbs the ladder at four, an hour
      before the boats come in, and fills it with oil that smells of
      fish. He has done so since the winter in which the bridge fell.
      * The upper lamp has burnt by itself since the year of the flood
      and asks for nobody.
      The county pays for the oil, and the boats of the lower harbour
      pay the keeper.
      """
    let page = try Winnower(rules: RuleSet([]), favor: nil).clean(Page(name: "a.txt", bytes: Array(text.utf8)))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(
      String(decoding: page.render(.markdown), as: UTF8.self) == """
        \(lines[0...2].joined(separator: "\n"))

        - \(lines[3].dropFirst(2))
          \(lines[4])

        \(lines[5...6].joined(separator: "\n"))

        """)
  }

  private static let markCases: [(String, String)] = [
    (#"<p>See <a href="/x"><code>X</code></a>."#, "See [`X`](/x)."),
    (#"<p><b><a href="/z">other</a></b> one"#, "**[other](/z)** one"),
    (#"<p><a href="/z"><b>other</b></a> one"#, "[**other**](/z) one"),
    (#"<p><code><a href="/x">X</a></code> and <code>f(<a href="/y">Y</a>)</code>"#, "[`X`](/x) and `f(Y)`"),
    ("<p><b><strong>twice</strong></b> and <em><i>once</i></em>", "**twice** and *once*"),
    ("<p><b>Note:</b>this, <b>Note:</b> that", "Note:this, **Note:** that"),
    ("<p><b>B</b><b>reakfast</b> is <b>in</b><i>cluded</i>", "**Breakfast** is **in**cluded"),
    ("<p>re<b>port</b>ed, 「<b>「引用」</b>は", "re**port**ed, 「「引用」は"),
    ("<p><b>bold <i>both</i></b> and <i><b>both</b></i>", "**bold *both*** and ***both***"),
    ("<p><b><i>a</i> b,<i>,c</i></b>", "***a* b,,c**"),
    (
      "<p><code>a`b</code>, <code>`c`</code>, <code>``</code> and a ` alone",
      #"``a`b``, `` `c` ``, ``` `` ``` and a \` alone"#
    ),
    ("<p><code>a</code><code>b</code> <code>c</code><b><code>d</code></b>", "`ab` `c`**d**"),
    (#"<p><b>Wow!</b> Wow!<a href="/x">here</a>"#, #"**Wow!** Wow\![here](/x)"#),
  ]
  /// Marks nest, and those that would show as stars are left out.
  @Test(arguments: markCases) func marks(html: String, markdown: String) throws {
    #expect(try Self.render(html, .markdown) == markdown)
  }

  /// Addresses in which parsers would find a reference or an escape.
  @Test(arguments: [
    ("/a?b=1&copy=2", "/a?b=1&copy=2"), ("/a?b=1&amp;amp;c&amp;#35;", "/a?b=1&amp;amp;c&amp;#35;"),
    (#"/a\b\*\"#, #"/a\b\\*\\"#),
  ])
  func addresses(href: String, target: String) throws {
    #expect(try Self.render("<p><a href='\(href)'>link</a>", .markdown) == "[link](\(target))")
  }

  private static let literalCases: [(String, String)] = [
    ("<p>~~~ cut here ~~~", #"\~\~\~ cut here ~~~"#),
    ("<p>about ~5 km, ~~gone~~", #"about ~5 km, ~~gone\~\~"#),
    ("<p>4. Install", #"4\. Install"#),
    ("<p>5) Restart", #"5\) Restart"#),
    ("<p>1984. A year", #"1984\. A year"#),
    ("<p>12.5 per cent", "12.5 per cent"),
    ("<p>---", #"\---"#),
    (
      "<p>a<br>---<br>===<br>***<br>- b<br>+ c<br># d<br>3. e<br>> f<br>~~~",
      ##"""
      a\
      \---\
      \===\
      \*\*\*\
      \- b\
      \+ c\
      \# d\
      3\. e\
      \> f\
      \~\~\~
      """##
    ),
    (
      "<p>a | b<br>--- | ---",
      #"""
      a | b\
      \--- | ---
      """#
    ),
    ("<p>#tag and # alone", "#tag and # alone"),
    ("<p># alone", ##"\# alone"##),
    ("<p>-5 degrees, - and +", "-5 degrees, - and +"),
    ("<h2>One<br>two #</h2>", ##"## One two \#"##),
    ("<h2>4. Install C#</h2>", "## 4. Install C#"),
    (
      "<p>&amp;lt; and &amp;copy; and &amp;#35; and R&amp;D; A &amp; B; AT&amp;T",
      #"\&lt; and \&copy; and \&#35; and R\&D; A & B; AT&T"#
    ),
    ("<p>&lt;b&gt;, 1 &lt; 2, a &lt;- b, &lt;!-- c", #"\<b>, 1 < 2, a <- b, \<!-- c"#),
    (#"<p>C:\Users\new, \*, C:\"#, #"C:\Users\new, \\\*, C:\\"#),
    (
      "<p>2 * 3, *, 5* and snake_case _under_ __init__ Name: ____",
      #"2 * 3, \*, 5\* and snake_case \_under\_ \_\_init\_\_ Name: ____"#
    ),
    ("<p>[1] and [x](y)", #"\[1\] and \[x\](y)"#),
  ]
  /// What would be markup is escaped, and prose is not.
  @Test(arguments: literalCases) func literalText(html: String, markdown: String) throws {
    #expect(try Self.render(html, .markdown) == markdown)
  }

  private static let containerCases: [(String, String)] = [
    (
      "<ul><li>One<table><tr><td>a<td>b</tr></table><li>Two</ul>",
      """
      - One

        | a | b |
        | --- | --- |
      - Two
      """
    ),
    (
      "<ul><li>One<p>More</p><ul><li>Deep<ol><li>Deeper</ol></ul>Back<li>Two</ul>",
      """
      - One

        More
        - Deep
          1. Deeper

        Back
      - Two
      """
    ),
    (
      #"<ol><li>One<pre>x\#n\#n  y</pre><li>Two</ol>"#,
      """
      1. One

         ```
         x

           y
         ```
      2. Two
      """
    ),
    (
      "<ol><li>A<li>B</ol><ol><li>C</ol><ul><li>D</ul><ul><li>E<li>F</ul><ul><li>G</ul>",
      """
      1. A
      2. B

      1) C

      - D

      * E
      * F

      - G
      """
    ),
    (
      "<ol><li>1<li>2<li>3<li>4<li>5<li>6<li>7<li>8<li>9<li>Ten<ul><li>Under ten</ul></ol>",
      """
      1. 1
      2. 2
      3. 3
      4. 4
      5. 5
      6. 6
      7. 7
      8. 8
      9. 9
      10. Ten
          - Under ten
      """
    ),
    (
      "<ol start=9><li>9<li>10<li value=20>20<li>21</ol><p>and</p><ol reversed><li>2<li>1</ol><ol start=-1><li>1</ol>",
      """
      9. 9
      10. 10
      20. 20
      21. 21

      and

      2. 2
      1. 1

      1) 1
      """
    ),
    (
      "<ul><li>From nought<ol start=0><li>0<li>1</ol></ul>",
      """
      - From nought

        0. 0
        1. 1
      """
    ),
    (
      "<ul><li>A<ul><li>B</ul></li><ul><li>C</ul></ul>",
      """
      - A
        - B

        * C
      """
    ),
    (
      "<ul><li>4. Install<li>- dash<li># hash</ul>",
      ##"""
      - 4\. Install
      - \- dash
      - \# hash
      """##
    ),
    (
      #"<blockquote><p>One</p><ul><li>Two</ul><p>Three<br>four</p><pre>a\#n\#nb</pre></blockquote><blockquote><p>Other</p></blockquote>"#,
      #"""
      > One
      >
      > - Two
      >
      > Three\
      > four
      >
      > ```
      > a
      >
      > b
      > ```

      > Other
      """#
    ),
    (
      "<ul><li><blockquote><p>Said</p></blockquote><li><h3>Head</h3>Text</ul>",
      """
      - > Said
      - ### Head

        Text
      """
    ),
    (
      #"<dl><dt><b>Term</b> <a href="/t">link</a><dd>What</dl>"#,
      """
      **Term [link](/t)**

      What
      """
    ),
    ("<figure><figcaption>A <i>boat</i> at <b>sea</b></figcaption></figure>", "*A boat at **sea***"),
  ]
  @Test(arguments: containerCases) func listsAndQuotes(html: String, markdown: String) throws {
    #expect(try Self.render(html, .markdown) == markdown)
  }
}
