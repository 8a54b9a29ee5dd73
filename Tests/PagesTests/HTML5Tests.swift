import Testing

@testable import Pages

/// Where libxml2's HTML 4 differs from what a browser reads (WHATWG HTML, section 13.2).
@Suite struct HTML5Tests {
  static let references = [
    TextCase("nbsp without semicolon is a space", "<p>a&nbsp b", ["a b"]),
    TextCase("copy without semicolon", "<p>&copy 2024", ["© 2024"]),
    TextCase("a name that needs its semicolon", "<p>&hellip b", ["&hellip b"]),
    TextCase("the longest bare name wins", "<p>&notit; &notin;", ["¬it; ∉"]),
    TextCase("the longest name of all", "<p>&CounterClockwiseContourIntegral;", ["∳"]),
    TextCase("a name of two characters", "<p>&NotEqualTilde;", ["≂̸"]),
    TextCase("escaped markup is text", "<p>&lt;b&gt; &amp;amp; &#60;i>", ["<b> &amp; <i>"]),
    TextCase("decimal and hexadecimal", "<p>&#233;&#xE9;&#XE9;", ["ééé"]),
    TextCase("without semicolon", "<p>&#233 &#xe9g", ["é ég"]),
    TextCase("windows-1252 numbers", "<p>&#147;q&#148; &#150; &#128;5 &#x92;", ["“q” – €5 ’"]),
    TextCase(
      "numbers of no character", "<p>a&#0;b&#xD800;c&#x110000;d&#99999999999999999999;e",
      ["a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e"]),
    TextCase("no reference at all", "<p>a & b &; &# &#x; &#xg; AT&T", ["a & b &; &# &#x; &#xg; AT&T"]),
    TextCase("an unknown name", "<p>&unknown; &Foo", ["&unknown; &Foo"]),
    TextCase("at the end of the page", "<p>a &amp", ["a &"]),
    TextCase("a link's query stays", "<p><a href='?a=1&copy=2&amp;b'>x</a>", ["x"]),
  ]
  @Test(arguments: references) func reference(_ page: TextCase) throws {
    #expect(try texts(page.html) == page.texts)
  }

  static let values: [(tag: String, href: String?)] = [
    ("<a href='?a=1&copy=2&amp;b'>", "?a=1&copy=2&b"), ("<a href=?a&copy;&reg x=1>", "?a©®"),
    ("<a href=\"&notit\">", "&notit"),
    ("<a href='&copyx&copy1&copy.'>", "&copyx&copy1©."), ("<a href='&#x41;&#66'>", "AB"), ("<a href='a\0b'>", "ab"),
    ("<a href=1 HREF=2>", "1"), ("<a x=0 data-n=7 Href = 3 >", "3"), ("<a href>", ""), ("<a href=''>", ""),
    ("<a n=3>", nil),
    ("<a href=a/b/>", "a/b/"), ("<a href='<b>\u{FFFD}'>", "<b>\u{FFFD}"),
  ]
  @Test(arguments: values) func value(_ test: (tag: String, href: String?)) throws {
    let blocks = try PageReader().read(Page(name: "a.html", bytes: Array("<p id=p>x \(test.tag)y</a>".utf8))).blocks
    let link = try #require(blocks.elements.tags.firstIndex(of: .a))
    #expect(blocks.elements.string(.href, of: link) == test.href)
    #expect(blocks.elements.string(.id, of: Int(blocks.elements.parents[link])) == "p")
  }

  @Test func controlsAreNoText() throws {
    #expect(try texts("<p>a&#1;b&#xe;c&#xFFFE;d&#xFFFF;&#11;e&#x1F;f") == ["abcd e f"])
    #expect(try texts("<p>a\u{1}b\u{E}c\u{2028}d\u{FFFD}") == ["abc\u{2028}d\u{FFFD}"])
  }

  /// End tags close the boxes that were left open in their element, and items and cells end where the next begins.
  static let nesting: [(html: String, path: [Pages.Tag])] = [
    ("<button><span>a</span><div><div></button></div><p>x", [.p]), ("<button>a<button>b</button><p>x", [.p]),
    ("<nav><div><div>a</nav><p>x", [.p]), ("<header><nav><div>a</header><p>x", [.p]),
    ("<ul><li><div>a</li><li>x</ul>", [.li, .ul]), ("<ul><li><div>a<li>x</ul>", [.li, .ul]),
    ("<ul><li><div>a</ul><p>x", [.p]), ("<ul><li><ul><li>a<li>x</ul></ul>", [.li, .ul, .li, .ul]),
    ("<dl><dt><div>a<dd><div>b<dt>x</dl>", [.dt, .dl]), ("<h2><div>a</h2><p>x", [.p]), ("<h2>a</h3><p>x", [.p]),
    ("<table><tr><td><div>a<td>x</table>", [.td, .tr, .table]),
    ("<table><tr><td><div>a<tr><td>x</table>", [.td, .tr, .table]),
    ("<table><tr><td><div>a</table><p>x", [.p]),
    ("<div><table><tr><td>a</div>x</table></div>", [.td, .tr, .table, .div]),
    ("<section><table><tr><td>a</section>x</table></section>", [.td, .tr, .table, .section]),
    ("<div><span>a</div><p>x", [.p]), ("<article><div>a</article></div><p>x", [.p]),
    ("<main><p>a</section>x</main>", [.p, .main]), ("<ul><li><ol><li>a</ol></li></li><li>x</ul>", [.li, .ul]),
  ]
  @Test(arguments: nesting) func nests(_ test: (html: String, path: [Pages.Tag])) throws {
    let blocks = try PageReader().read(Page(name: "a.html", bytes: Array("<body>\(test.html)".utf8))).blocks
    let last = try #require((0..<blocks.count).last { blocks.string($0).contains("x") })
    let path = blocks.elements.path(from: Int(blocks.blockElements[last])).map { blocks.elements.tags[$0] }
    #expect(path.filter { $0 != .body && $0 != .html && $0 != .tbody } == test.path)
  }

  /// The tags of head and body may be left out.
  static let heads = [
    TextCase("an article ends the head", "<html><title>t</title><article><p>a</article>", ["a"]),
    TextCase("and one that is open", "<head><title>t</title><main>a</main>", ["a"]),
    TextCase("an element that nobody knows does", "<title>t</title><my-app><section>a</section></my-app>", ["a"]),
    TextCase("text does", "<title>t</title>a<nav>b</nav>", ["a", "b"]),
    TextCase("scripts do not", "<title>t</title><script>x</script><header>a</header>", ["a"]),
    TextCase("a body still opens once", "<head><picture></picture></head><body class=b><p>a</body>", ["a"]),
    TextCase("nor do links and pixels", "<head><noscript><img src=x></noscript><link rel=x><body><p>a", ["a"]),
  ]
  @Test(arguments: heads) func head(_ page: TextCase) throws {
    #expect(try texts(page.html) == page.texts)
  }

  static let comments = [
    TextCase("a comment", "<p>a<!-- b -->c", ["ac"]),
    TextCase("an empty comment", "<p>a<!-->b<!--->c<!---->d", ["abcd"]),
    TextCase("closed by --!>", "<p>a<!-- x --!>b", ["ab"]),
    TextCase("with dashes and a tag in it", "<p>a<!-- -- <p> - -->b", ["ab"]),
    TextCase("CDATA is a comment", "<p>a<![CDATA[x]]>b", ["ab"]),
    TextCase("a bogus comment", "<p>a<!x>b<!>c", ["abc"]),
    TextCase("a processing instruction", "<p>a<?php echo 1 ?>b", ["ab"]),
    TextCase("an end tag without a name", "<p>a</ x>b</>c", ["abc"]),
    TextCase("a doctype in the middle", "<p>a<!doctype html>b", ["ab"]),
    TextCase("a conditional comment", "<!--[if IE]><p>old</p><![endif]--><![if !IE]><p>new</p><![endif]>", ["new"]),
  ]
  @Test(arguments: comments) func comment(_ page: TextCase) throws {
    #expect(try texts(page.html) == page.texts)
  }

  static let scripts = [
    TextCase("a script", "<p>a<script>if (a < b) '</p>'</script>b", ["ab"]),
    TextCase("in a comment", "<p>a<script><!-- x </script>b", ["ab"]),
    TextCase("escaped twice", "<p>a<script><!-- <script> </script> x --></script>b", ["ab"]),
    TextCase("escaped twice, never unescaped", "<p>a<script><!-- <script> </script> x </script>b", ["ab"]),
    TextCase("an end tag with space and attributes", "<p>a<script>x</script\n y=1>b", ["ab"]),
    TextCase("a longer name ends nothing", "<p>a<script>x</scripted>y</script>b", ["ab"]),
    TextCase("in upper case", "<P>a<SCRIPT>x</Script>b", ["ab"]),
    TextCase("a style", "<p>a<style>p > b {}</style>b", ["ab"]),
    TextCase("an empty script is still raw", "<script src=x /><p>gone</p></script><p>b", ["b"]),
  ]
  @Test(arguments: scripts) func script(_ page: TextCase) throws {
    #expect(try texts(page.html) == page.texts)
  }

  static let rawTexts = [
    TextCase("noscript is read", "<p>a</p><noscript><p>b <i>c</i></p></noscript>", ["a", "b c"]),
    TextCase("title is text", "<title>A <b>bold</b> &amp; title</title><p>a", ["a"]),
    TextCase("textarea is text", "<p>a</p><textarea>x <p> &lt; y</textarea><p>b", ["a", "x <p> < y", "b"]),
    TextCase("iframe is no text", "<p>a<iframe><p>no frames</p></iframe>b", ["ab"]),
    TextCase("xmp is text", "<p>a</p><xmp><b>x</b> &amp;</xmp><p>b", ["a", "<b>x</b> &amp;", "b"]),
    TextCase("plaintext takes the rest", "<p>a<plaintext></p><b>b &amp;", ["a", "</p><b>b &amp;"]),
    TextCase("noembed and noframes", "<p>a<noembed><p>x</noembed><noframes><p>y</noframes>b", ["ab"]),
    TextCase("template is no text", "<p>a</p><template><p>x</p></template><p>b", ["a", "b"]),
    TextCase("svg is no text", "<p>a<svg><title>x</title><g/></svg>b", ["ab"]),
    TextCase("a closed svg in an svg", "<p>a<svg><svg/><svg>x</svg>y</svg>b", ["ab"]),
    TextCase("a self-closed svg", "<p>a<svg viewBox='0'/>b", ["ab"]),
  ]
  @Test(arguments: rawTexts) func rawText(_ page: TextCase) throws {
    #expect(try texts(page.html) == page.texts)
  }

  /// Stands for "<" while libxml2 parses.
  private static let noncharacter = String(Character(Unicode.Scalar(0xFDD0 as UInt32)!))

  static let structure = [
    TextCase("</br> breaks a line", "<p>a</br>b", ["a", "b"]),
    TextCase("</p> without start", "a</p>b", ["a", "b"]),
    TextCase("a heading closed by another", "<h1>a</h2>b<p>c", ["a", "b", "c"]),
    TextCase("a heading never closed ends at the next", "<h2>a<h2>b</h2>c", ["a", "b", "c"]),
    TextCase("wbr joins", "<p>super<wbr>cali", ["supercali"]),
    TextCase("void elements hold nothing", "<p>a<track>b<source>c<embed>d<param>e<input>f<img>g", ["abcdefg"]),
    TextCase("a slash closes no div", "<div/>a<div/>b", ["a", "b"]),
    TextCase("a slash closes no span", "<p>a <span/>b <i/>c</p>", ["a b c"]),
    TextCase(
      "unclosed p, li, td", "<p>a<p>b<ul><li>c<li>d</ul><table><tr><td>e<td>f<tr><td>g</table>",
      ["a", "b", "c", "d", "e", "f", "g"]),
    TextCase("unclosed dt and dd", "<dl><dt>a<dd>b<dt>c<dd>d</dl>e", ["a", "b", "c", "d", "e"]),
    TextCase("a div ends a p", "<p>a<div>b</div>c", ["a", "b", "c"]),
    TextCase("text behind body and html", "<html><body><p>a</body></html><p>b", ["a", "b"]),
    TextCase(
      "two documents",
      "<html><body><p>a</body></html><html><head><title>x</title></head><body class=x><p>b</body></html>", ["a", "b"]),
    TextCase("text before the first tag", "a <b>b</b><p>c", ["a b", "c"]),
    TextCase("text in the head starts the body", "<head><title>x</title>a<p>b", ["a", "b"]),
    TextCase("a stray <", "<p>1 < 2 <3 <", ["1 < 2 <3 <"]),
    TextCase("a < before a tag", "<p>a <<b>b</b>", ["a <b"]),
    TextCase("a tag that never ends", "<p>a</p><p class='x", ["a"]),
    TextCase("a quote in a value", "<p title='a > b'>a<p title=\"it's\">b<p title=a\"b>c", ["a", "b", "c"]),
    TextCase("attributes without space", "<p class=\"a\"id='b'>x<a href=/a/>y</a>", ["x y".replacing(" ", with: "")]),
    TextCase("unknown elements", "<x-card><p>a</p></x-card><o:p>b</o:p><foo>c", ["a", "bc"]),
    TextCase("an end tag with attributes", "<p>a</p class=x><p>b", ["a", "b"]),
    TextCase("a stray end tag of inline markup", "<p>a</b>b</span>c</a>d", ["abcd"]),
    TextCase("misnested formatting", "<p>a<b>b<i>c</b>d</i>e", ["abcde"]),
    TextCase("characters that the reader itself uses", "<p>a\(noncharacter)b &#xFDD1; c", ["a\u{FFFD}b \u{FFFD} c"]),
    TextCase("a NUL is nothing", "<p>cou\0ncil <\0b>x</b>", ["council <b>x"]),
    TextCase("a form feed separates attributes", "<p\u{0C}class=x>a", ["a"]),
    TextCase(
      "a namespace of XHTML",
      "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>a<br/>b</p></body></html>", ["a", "b"]),
  ]
  @Test(arguments: structure) func element(_ page: TextCase) throws {
    #expect(try texts(page.html) == page.texts)
  }
}
