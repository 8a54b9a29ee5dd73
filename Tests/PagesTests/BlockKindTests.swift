import Testing

@testable import Pages

@Suite struct BlockKindTests {
  static let kinds = [
    TextCase("headings", "<h1>a</h1><h3>b <i>c</i></h3><h6>d</h6>", ["heading1: a", "heading3: b c", "heading6: d"]),
    TextCase(
      "a heading of two blocks", "<h2><div>a</div><div>b</div></h2>c", ["heading2: a", "heading2: b", "paragraph: c"]),
    TextCase("a heading in a link", "<a href=x><h3>a</h3>b</a>", ["heading3: a", "paragraph: b"]),
    TextCase(
      "lists nested", "<ul><li>a<ol><li>b<ul><li>c</ul><li>d</ol><li>e</ul>",
      ["listItem1: a", "listItem2: b", "listItem3: c", "listItem2: d", "listItem1: e"]),
    TextCase("an item of two paragraphs", "<ul><li><p>a</p><p>b</p></ul>", ["listItem1: a", "listItem1: b"]),
    TextCase("an item without a list", "<li>a", ["listItem1: a"]),
    TextCase("cells", "<table><caption>t</caption><tr><th>a<td>b</table>", ["caption: t", "cell: a", "cell: b"]),
    TextCase("a list in a cell", "<table><tr><td><ul><li>a</ul>b</table>", ["listItem1: a", "cell: b"]),
    TextCase("a description list", "<dl><dt>a<dd>b</dl>", ["term: a", "definition: b"]),
    TextCase(
      "a figure", "<figure><img><figcaption>a <b>b</b></figcaption></figure>c", ["caption: a b", "paragraph: c"]),
    TextCase("a quotation", "<blockquote><p>a</p>b</blockquote>c", ["quote: a", "quote: b", "paragraph: c"]),
    TextCase(
      "form parts", "<form><label>a</label><button>b</button><fieldset><legend>c</legend></fieldset></form>",
      ["label: a", "button: b", "label: c"]),
    TextCase("details", "<details><summary>a</summary>b</details>", ["summary: a", "paragraph: b"]),
    TextCase("code", "<pre>a\n  b</pre><p>c", ["code: a\n  b", "paragraph: c"]),
    TextCase("code in a sentence", "<p>a <code>b</code>", ["paragraph: a b"]),
  ]
  @Test(arguments: kinds) func kind(_ page: TextCase) throws {
    #expect(try read(page.html).blocks.outline == page.texts)
  }

  static let code = [
    TextCase(
      "white space is kept, but at the ends of the whole", "<pre>\n\n  a\t b \n\n c  \n\n</pre>", ["  a\t b \n\n c"]),
    TextCase("br is a line end", "<pre>a<br>b<br/>  c</pre>", ["a\nb\n  c"]),
    TextCase("entities and tags", "<pre><code class=x>a &lt; <b>b</b>\n&amp;c</code></pre>", ["a < b\n&c"]),
    TextCase("CRLF and CR", "<pre>a\r\nb\rc\r\n</pre>", ["a\nb\nc"]),
    TextCase("white space only is nothing", "<p>a</p><pre> \n </pre><p>b", ["a", "b"]),
  ]
  @Test(arguments: code) func verbatim(_ page: TextCase) throws {
    #expect(try texts(page.html) == page.texts)
  }

  /// Spaces of all widths and characters that are not seen: alone they are no block, in a text they are part of it.
  static let blanks = ["&nbsp;", "&#xFEFF;", "&#x200B;&#x200B;", "&nbsp;&#x2003;&#x3000;", "&shy;&zwj;&lrm;"]
  @Test(arguments: blanks) func whatShowsNothingIsNoBlock(_ blank: String) throws {
    let html =
      "<p>a</p><p>\(blank)</p><pre>\(blank)\n</pre><ul><li>\(blank)<li>b</ul><a href=x>\(blank)<i>\(blank)</i><p>c</a>"
    let blocks = try read(html).blocks
    #expect(blocks.outline == ["paragraph: a", "listItem1: b", "paragraph: c"])
    #expect(blocks.spans.filter { blocks.range(2).contains(Int($0.start)) }.map(\.kind).first == .link)
    #expect(blocks.spans.map(\.start) == blocks.spans.map(\.start).sorted())
  }

  static let contexts: [(html: String, context: BlockContext)] = [
    ("<p>x", []), ("<nav><p>x", .nav), ("<header>x", .header), ("<footer><ul><li>x", [.footer, .list]),
    ("<aside>x", .aside), ("<main><article>x", [.main, .article]), ("<form><p>x", .form), ("<figure>x", .figure),
    ("<table><tr><td>x", .table), ("<blockquote>x", .quote), ("<noscript><p>x", .noscript),
    ("<video>x", .fallback), ("<object><p>x", .fallback),
    ("<p hidden>x", .hidden), ("<div style='color:red; DISPLAY : none'><p>x", .hidden),
    ("<p style='visibility:hidden'>x", .hidden), ("<div aria-hidden=true>x", .hidden),
    ("<p aria-hidden=false>x", []), ("<p style='display:block'>x", []), ("<p style=''>x", []),
    ("<p style='not-display:none'>x", []),
  ]
  @Test(arguments: contexts) func context(_ page: (html: String, context: BlockContext)) throws {
    let blocks = try read("<html>" + page.html).blocks
    let block = try #require(blocks.block("x"))
    #expect(blocks.contexts[block] == page.context)
  }
  @Test func contextEndsWithItsElement() throws {
    let blocks = try read("<nav>a</nav><p>b</p><div hidden>c</div>d").blocks
    #expect(blocks.contexts == [.nav, [], .hidden, []])
  }
  @Test func hiddenInlineTextMakesNoBlockOfItsOwn() throws {
    // Whether a part of a line is hidden is for whoever reads the elements to ask.
    #expect(try texts("<p>a <span hidden>b</span> c") == ["a b c"])
  }

  static let breaks: [(html: String, breaks: [UInt8])] = [
    ("<p>a<p>b", [2, 2]), ("<p>a<br>b", [2, 1]), ("<p>a<br><br>b", [2, 2]), ("<p>a<br> <br />b", [2, 2]),
    ("<ul><li>a<li>b</ul>c", [2, 1, 2]), ("<p>a<ul><li>b", [2, 2]), ("<ul><li>a<ul><li>b</ul><li>c</ul>", [2, 1, 1]),
    ("<table><tr><td>a<td>b<tr><td>c</table>d", [2, 1, 1, 2]), ("<dl><dt>a<dd>b<dt>c</dl>", [2, 1, 1]),
    ("<p>a<br>&nbsp;<br>b", [2, 2]), ("<p>a<br>&#x200B;<br>b", [2, 2]), ("<p>a<br>&#x200B;b", [2, 1]),
    ("<div>a<div>b</div>c</div>", [2, 2, 2]), ("<p>a<hr>b", [2, 2]),
  ]
  @Test(arguments: breaks) func lineBreaks(_ page: (html: String, breaks: [UInt8])) throws {
    #expect(try read(page.html).blocks.breaks == page.breaks)
  }
}
