import Testing

@testable import Pages

/// What the screen shows as two boxes or lines is no one word.
@Suite struct InlineBoxTests {
  static let parted = [
    TextCase("tabs", "<p><span role=tab>Python</span><span role=tab>C++</span><a role=tab>3</a>", ["Python C++ 3"]),
    TextCase(
      "links", "<p><a href=/a>More about Infrastructure</a><a href=/b>Learn about Enterprise</a>",
      ["More about Infrastructure Learn about Enterprise"]),
    TextCase("with markup in them", "<p><a><b>One</b></a><i><a><span>two</span></a></i> three", ["One two three"]),
    TextCase("with a picture between them", "<p><a>Über</a><img><a>öffnen</a>", ["Über öffnen"]),
    TextCase("Cyrillic", "<p><a>Новости</a><a>Спорт</a>", ["Новости Спорт"]),
    TextCase(
      "what is set as a block in a line",
      "<p><span style='color:red; display: inline-block'>One</span><b style='display:inline-flex'>Two</b>",
      ["One Two"]),
  ]
  @Test(arguments: parted) func arePartedByABlank(_ page: TextCase) throws {
    #expect(try texts(page.html) == page.texts)
  }

  static let whole = [
    TextCase("numbers", "<p><a>1</a><a>2</a>", ["12"]),
    TextCase("a number and a word", "<p><a>Article</a><a>1</a>", ["Article1"]),
    TextCase(
      "a first letter of its own", "<p><a>P</a><a>acking</a> <a>c</a><a>ubes</a> <a>A</a><a>B</a>",
      ["Packing cubes A B"]),
    TextCase("one link cut in two", "<p><a href=/x>case stud</a><a href=/x>ies</a>", ["case studies"]),
    TextCase("a mark in a word", "<p><b>W</b>ord, <a>W</a>ord", ["Word, Word"]),
    TextCase("text between them", "<p><a>foo</a>-<a>bar</a>", ["foo-bar"]),
    TextCase("punctuation that joins", "<p><a>example.</a><a>org</a> <a>Wi-</a><a>Fi</a>", ["example.org Wi-Fi"]),
    TextCase("a blank is there", "<p><a>One </a><a>two</a> <a>three</a>", ["One two three"]),
    TextCase("one in the other", "<p><a>foo<span role=button>bar</span></a>", ["foobar"]),
    TextCase("text behind", "<p><a>foo</a><a></a>bar", ["foobar"]),
    TextCase(
      "letters that move", "<p><i style='display:inline-block'>W</i><i style='display:inline-block'>o</i>", ["Wo"]),
    TextCase("scripts without blanks", "<p><a>新闻</a><a>体育</a>", ["新闻体育"]),
    TextCase("code", "<p><code><a>un</a><a>signed</a></code><pre><a>a</a><a>b</a></pre>", ["unsigned", "ab"]),
    TextCase("a note", "<p><a>word</a><sup><a>a</a></sup>", ["worda"]),
  ]
  @Test(arguments: whole) func othersAreNot(_ page: TextCase) throws { #expect(try texts(page.html) == page.texts) }

  static let lines = [
    TextCase("a line", "<p>a<span style='display:block'>b</span>c", ["a", "b", "c"]),
    TextCase("flex and grid", "<p>a<b style='DISPLAY : flex;'>b</b><i style=display:grid>c</i>", ["a", "b", "c"]),
    TextCase("code", "<pre><span style='display:block'>a</span><span style='display:block'>b</span></pre>", ["a\nb"]),
    TextCase("a picture", "<p>a<img style='display:block'>b", ["ab"]),
    TextCase("what is hidden", "<p>a<span style='display:none'>b</span>", ["ab"]),
  ]
  @Test(arguments: lines) func blocksAreLines(_ page: TextCase) throws { #expect(try texts(page.html) == page.texts) }

  /// As behind a `<br>`: the paragraph goes on.
  @Test func linesAreOfOneParagraph() throws {
    let blocks = try read("<h2><a href=/x style='display:block'>One</a><span style='display:block'>two</span></h2>")
      .blocks
    #expect(blocks.outline == ["heading2: One", "heading2: two"])
    #expect(blocks.breaks == [2, 1])
    #expect(blocks.linkCounts == [1, 0])
    #expect(blocks.linkBytes == [3, 0])
  }
}
