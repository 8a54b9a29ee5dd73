import Testing

@testable import Pages

/// One `<pre>` is one block: its lines as they stand on the screen, and nothing that is no code.
@Suite struct CodeTests {
  static let lines = [
    TextCase(
      "a div a line",
      "<pre><code><div class=line><div class=code>a {</div></div><div class=line>  b</div></code></pre>c",
      ["a {\n  b", "c"]),
    TextCase("with line breaks between them", "<pre><div>a</div>\n<div>b</div>\n</pre>", ["a\nb"]),
    TextCase("with line breaks in them", "<pre><div>a\n</div><div>b\n</div></pre>", ["a\nb"]),
    TextCase(
      "an empty line", "<pre><div>a</div><div>\n</div><div><br></div><div>b</div></pre>", ["a\n\n\nb"]),
    TextCase("text between lines", "<pre>a<div>b</div>c\n<div>d</div>\n  e</pre>", ["a\nb\nc\nd\n  e"]),
    TextCase("a break behind a line", "<pre><div>a</div><br>b</pre>", ["a\n\nb"]),
    TextCase("a wrapper", "<pre>\n<div>\n<div>a</div>\n<div>b</div>\n</div></pre>", ["a\nb"]),
    TextCase("a list", "<pre><code><ol>\n<li>a</li>\n<li>b</li></ol></code></pre>", ["a\nb"]),
    TextCase(
      "a table", "<pre><code><table>\n<tr>\n<td>a</td></tr>\n<tr><td>b</td>\n</tr></table></code></pre>", ["a\nb"]),
    TextCase("a heading ends it", "<pre>a<h2>b</h2>c</pre>", ["a", "b", "c"]),
    TextCase("two of them", "<pre><div>a</div></pre><pre><div>b</div></pre>", ["a", "b"]),
  ]
  @Test(arguments: lines) func line(_ page: TextCase) throws { #expect(try texts(page.html) == page.texts) }

  static let others = [
    TextCase("a button", "<pre><button>Copy</button><code>a\nb</code></pre>", ["a\nb"]),
    TextCase("a button in a line", "<pre>a()<button>1</button>;\nb</pre>", ["a();\nb"]),
    TextCase("what acts as a button", "<pre><code>a</code><div role=button>Copy</div></pre>b", ["a", "b"]),
    TextCase("code that one may click", "<pre><code role=button>a</code></pre>", ["a"]),
    TextCase("a button elsewhere", "<p>a</p><button>b</button>", ["a", "b"]),
    TextCase(
      "numbers of lines", "<pre><span class=lineno>1</span>int a\n<span class='x lineno'> 2 | </span>}</pre>",
      ["int a\n}"]),
    TextCase(
      "a class of that name on code", "<pre class=line-numbers><code class=line-numbers>}\n42</code></pre>", ["}\n42"]),
    TextCase("text in the place of a number", "<pre><span class=line-number>a1</span></pre>", ["a1"]),
    TextCase(
      "numbers in a cell of their own",
      "<table><tr><td class=linenos><div><pre>1\n2</pre></div></td><td class=code><pre>a\nb</pre></td></tr></table>",
      ["a\nb"]),
    TextCase(
      "a row a line",
      "<pre><code><table><tr><td class='hljs-ln-line hljs-ln-numbers'><div>1</div></td><td class=hljs-ln-code>a</td></tr>"
        + "<tr><td class=hljs-ln-numbers><div>2</div></td><td>}</td></tr></table></code></pre>", ["a\n}"]),
    TextCase(
      "a line of a bus", "<table><tr><td class=line-number>42</td><td>North</td></tr></table>", ["42", "North"]),
  ]
  @Test(arguments: others) func noCode(_ page: TextCase) throws { #expect(try texts(page.html) == page.texts) }

  @Test func placesStayTrue() throws {
    let page = try read("<pre><div>a &lt;</div><div><span class=lineno>2</span>bcd</div></pre><p>e")
    let blocks = page.blocks
    let at = blocks.string(0).utf8.count - 3
    #expect(String(decoding: page.decoded[blocks.sourceRange(of: at..<at + 3)], as: UTF8.self) == "bcd")
    #expect(String(decoding: page.decoded[blocks.sourceRange(1)], as: UTF8.self) == "e")
  }
}
