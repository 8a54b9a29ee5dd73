import Testing

@testable import Pages

@Suite struct LinkAndSpanTests {
  static let links: [(html: String, bytes: UInt32, count: UInt16)] = [
    ("<p>ab", 0, 0), ("<p><a href=x>ab</a>", 2, 1), ("<p>a <a href=x>bc</a> d <a>e</a>", 3, 2),
    ("<p>a <a href=x> bc </a>d", 2, 1), ("<p><a href=x>a <b>b</b></a>c", 3, 1), ("<p><a href=x></a>a", 0, 1),
    ("<p>é <a>éé</a>", 4, 1), ("<p><a>a&amp;b</a>", 3, 1),
  ]
  @Test(arguments: links) func linkBytes(_ page: (html: String, bytes: UInt32, count: UInt16)) throws {
    let blocks = try read("<html>" + page.html).blocks
    #expect(blocks.linkBytes == [page.bytes])
    #expect(blocks.linkCounts == [page.count])
  }
  @Test func aLinkOverBlocksCountsInEach() throws {
    let blocks = try read("<a href=x><div>ab</div><div>cd</div></a><p>e").blocks
    #expect(blocks.linkBytes == [2, 2, 0])
    #expect(blocks.linkDensity(0) == 1)
    #expect(blocks.linkDensity(2) == 0)
  }

  private func spans(_ html: String) throws -> [String] {
    let blocks = try read(html).blocks
    return blocks.spans.filter { $0.start < $0.end }.map { span in
      let href = blocks.elements.string(.href, of: Int(span.element)).map { "(\($0))" } ?? ""
      return "\(span.kind)\(href) " + String(decoding: blocks.text[Int(span.start)..<Int(span.end)], as: UTF8.self)
    }
  }
  static let cases = [
    TextCase("a link", "<p>a <a href='/x?a=1&amp;b=2'>b c</a> d", ["link(/x?a=1&b=2) b c"]),
    TextCase(
      "nested", "<p><a href=x>a <b>b</b></a> <em>c</em> <code>d</code>",
      ["link(x) a b", "strong b", "emphasis c", "code d"]),
    TextCase("over two blocks", "<a href=x><p>a<p>b</a>", ["link(x) a", "link(x) b"]),
    TextCase("over a line break", "<p><b>a<br>b</b>", ["strong a", "strong b"]),
    TextCase("no spaces at the edges", "<p>a<b> b </b>c", ["strong b"]),
    TextCase("an unclosed link ends with the next", "<p><a href=1>a<a href=2>b</a>c", ["link(1) a", "link(2) b"]),
  ]
  @Test(arguments: cases) func span(_ page: TextCase) throws {
    #expect(try spans(page.html) == page.texts)
  }
  @Test func noSpanCrossesABlock() throws {
    let blocks = try read("<b><a href=x><i>a<p>b<ul><li>c</a><li>d</i></ul>e").blocks
    for span in blocks.spans where span.start < span.end {
      #expect((0..<blocks.count).contains { blocks.starts[$0] <= span.start && span.end <= blocks.ends[$0] })
    }
  }
}
