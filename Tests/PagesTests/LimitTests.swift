import Testing

@testable import Pages

/// Inputs made to be slow, deep or endless. Each must be read in linear time, and text must survive.
@Suite(.serialized) struct LimitTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var make: @Sendable () -> String
    /// A text that some block must hold.
    var survives: String?
    init(_ name: String, survives: String? = nil, _ make: @escaping @Sendable () -> String) {
      testDescription = name
      self.make = make
      self.survives = survives
    }
  }
  private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  static let cases: [Case] = [
    Case("unmatched end tags", survives: "end") { times(100_000, "</p></div></b>") + "end" },
    Case("nested div", survives: "deep") { times(100_000, "<div>") + "deep" + times(100_000, "</div>") },
    Case("div never closed", survives: "deep") { times(20_000, "<div>x") + "<p>deep" },
    Case("attributes in one tag", survives: "end") { "<p " + (0..<30_000).map { "a\($0)=1 " }.joined() + ">end" },
    Case("b never closed", survives: "end") { times(100_000, "<b>") + "end" },
    Case("b in p never closed", survives: "end") { times(50_000, "<p><b>x") + "<p>end" },
    Case("svg never closed", survives: "end") { times(100_000, "<svg>") + "<p>end" },
    Case("svg closed late", survives: "end") { times(100_000, "<svg>") + times(100_000, "</svg>") + "<p>end" },
    Case("script tags never closed", survives: "start") { "<p>start</p>" + times(100_000, "<script>") },
    Case("titles never closed", survives: "start") { "<p>start</p>" + times(100_000, "<title>") },
    Case("text fields", survives: "end") { times(50_000, "<textarea>x</textarea>") + "<p>end" },
    Case("nested lists", survives: "end") { times(50_000, "<ul><li>x") + "<p>end" },
    Case("nested tables", survives: "end") { times(50_000, "<table><tr><td>x") + "<p>end" },
    Case("nested unknown elements", survives: "end") { times(50_000, "<x-a><x-b>") + "end" },
    Case("nested links", survives: "end") { times(50_000, "<a href=x><p>x") + "<p>end" },
    Case("misnested formatting", survives: "end") { times(50_000, "<a><b><i><p></a></b>") + "<p>end" },
    Case("nested forms", survives: "end") { times(50_000, "<form><label>x") + "<p>end" },
    Case("nested headings", survives: "end") { times(50_000, "<h1><h2>x") + "<p>end" },
    Case("nested quotes and spans", survives: "end") { times(50_000, "<blockquote><span>") + "end" },
    Case("nested select", survives: "start") { "<p>start</p>" + times(50_000, "<select><optgroup><option>") },
    Case("nested templates", survives: "start") { "<p>start</p>" + times(20_000, "<template>") },
    Case("a NUL first", survives: "end") { "\0<html><body><p>end" },
    Case("a comment never closed", survives: "start") { "<p>start</p><!-- " + times(100_000, "<p>x-- ") },
    Case("comments never closed", survives: "start") { "<p>start</p>" + times(200_000, "<!-- ") },
    Case("a quote never closed", survives: "start") { "<p>start</p><a href=\"" + times(100_000, "x> ") },
    Case("quotes never closed", survives: "start") { "<p>start</p>" + times(100_000, "<a href='x \"") },
    Case("a tag never closed", survives: "start") { "<p>start</p>" + times(100_000, "<a b ") },
    Case("end tags never closed", survives: "start") { "<p>start</p>" + times(100_000, "</a b ") },
    Case("one long line", survives: "end") { "<p>" + times(300_000, "word ") + "<p>end" },
    Case("one long word", survives: "end") { "<p>" + times(2_000_000, "x") + "<p>end" },
    Case("ampersands", survives: "end") { "<p>" + times(300_000, "&") + "<p>end" },
    Case("less-than signs") { "<p>" + times(300_000, "<") },
    Case("references", survives: "end") { "<p>" + times(200_000, "&amp;") + "<p>end" },
    Case("long reference names", survives: "end") { "<p>&" + times(200_000, "abcdefghij") + "<p>end" },
    Case("long numbers", survives: "end") { "<p>&#" + times(1_000_000, "9") + "<p>end" },
    Case("a long tag name", survives: "end") { "<" + times(1_000_000, "x") + "><p>end" },
    Case("a long class", survives: "end") { "<p class='" + times(1_000_000, "abc ") + "'>end" },
    Case("a long style", survives: "end") { "<p style='" + times(500_000, "display:") + "'>end" },
    Case("line breaks", survives: "end") { times(100_000, "x<br>") + "<p>end" },
    Case("code of many lines", survives: "end") { "<pre>" + times(500_000, " \n") + "</pre><p>end" },
    Case("broken code blocks", survives: "end") { times(50_000, "<pre> \n<div>") + "<p>end" },
    Case("bogus comments", survives: "end") { times(300_000, "<!x>") + "<p>end" },
    Case("lookalikes of a script's end", survives: "start") { "<p>start</p><script>" + times(300_000, "</scrip") },
    Case("many metas", survives: "end") { times(50_000, "<meta name=a content=b>") + "<p>end" },
    Case("carriage returns", survives: "end") { "<p>" + times(500_000, "a\r") + "<p>end" },
  ]
  @Test(arguments: cases) func isReadInTime(_ page: Case) throws {
    let bytes = Array(page.make().utf8)
    var blocks = Blocks()
    let time = try processorTime { blocks = try read(bytes).blocks }
    #expect(time < .seconds(8), "\(bytes.count) bytes")
    if let wanted = page.survives {
      #expect((0..<blocks.count).contains { blocks.string($0).contains(wanted) })
    }
  }
  @Test func aLongDump() throws {
    let bytes = Array((Self.times(300_000, "word ") + "\n" + Self.times(500_000, "a\n")).utf8)
    let time = try processorTime { _ = try read(bytes, name: "a.txt") }
    #expect(time < .seconds(8))
  }
  @Test func aReaderForgetsThePageBefore() throws {
    let reader = PageReader()
    _ = try reader.read(Page(name: "a.html", bytes: Array("<title>a</title><h1><b><svg><a href=x>open".utf8)))
    let blocks = try reader.read(Page(name: "b.html", bytes: Array("<p>b".utf8))).blocks
    #expect(blocks.outline == ["paragraph: b"])
    #expect(blocks.linkCounts == [0] && blocks.spans.isEmpty && blocks.head.title == nil)
  }
  @Test func tooManyParts() {
    #expect(throws: ReadError.tooManyParts) {
      try read(Self.times(PageReader.partLimit + 1, "a\n"), name: "a.txt")
    }
  }
  @Test func tooManyBytes() {
    #expect(ReadError.tooLarge(PageReader.sizeLimit + 1).message.contains("limit"))
  }
}
