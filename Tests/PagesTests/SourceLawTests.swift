import SystemPackage
import Testing

@testable import Pages

/// The law that ties text to its source: the bytes that a block, or a word of it, came from, with
/// tags stripped, references decoded and white space collapsed, are its text.
@Suite struct SourceLawTests {
  private static let samples = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("Samples/pages")

  static let samplePages: [String] = SampleFiles.names(under: samples)

  @Test(arguments: samplePages) func holdsOnSamples(_ name: String) throws {
    try check(try read(try SampleFiles.bytes(of: Self.samples.appending(name)), name: name))
  }
  @Test func samplesAreThere() { #expect(Self.samplePages.count >= 12) }

  static let nasties = [
    TextCase("entities", "<p>a&amp;b &lt;c&gt; &eacute;&#233; x&nbsp;&nbsp;y &copy 2 & &unknown;", []),
    TextCase("no-break spaces", "<p>\u{A0}a\u{A0}\u{A0}b &nbsp; c\u{A0}", []),
    TextCase("CRLF", "<p>a\r\n  b\r\n</p>\r\n<pre>x\r\n  y\r\n</pre>\r\n", []),
    TextCase("multi-byte", "<p>Żółć – “€” 😀😀</p><p>日本語の文章。</p><h1>Ångström</h1>", []),
    TextCase("tags inside words", "<p>su<b>per</b>c<!-- x -->ali<wbr>fragi<i></i>listic <a href=x>l<u>i</u>nk</a>", []),
    TextCase(
      "scripts inside a line", "<p>a <script>var x = '<p>';</script> b<style>p{}</style> c <svg><path d='1'/></svg>d",
      []),
    TextCase("stray signs", "<p>1 < 2 <3 && x <> y < z", []),
    TextCase("NULs", "<p>a\0b \0 c</p>\0<p>d", []),
    TextCase("line breaks and lists", "a<br>b &amp; c</br>d<ul><li>e &gt; f<li>&quot;g&quot;</ul>", []),
    TextCase("code", "<pre>  if a &lt; b &amp;&amp; c:\n    d\n\n</pre><xmp>&amp; <b></xmp>", []),
    TextCase("unclosed", "<div><p>a<div>b<table><tr><td>c<td>d &eacute; e", []),
    TextCase("references that write more than one character", "<p>x&NotEqualTilde;y &nGt;", []),
    TextCase("a title and a text field", "<title>t &amp; u</title><textarea> a <b> &lt; c </textarea><p>z", []),
    TextCase(
      "a long run",
      "<p>" + String(repeating: "word ", count: 3000) + "&amp; " + String(repeating: "слово ", count: 3000), []),
    TextCase("many entities", "<p>" + String(repeating: "&eacute;t&eacute; ", count: 2000), []),
    TextCase("a carriage return alone", "<p>a\rb\r\rc", []),
    TextCase("empty attributes and slashes", "<p/>a<br/>b<img alt='x>y'/>c<a href=/a/b/>d</a>", []),
    TextCase(
      "deep",
      String(repeating: "<div>", count: 700) + "deep &amp; text" + String(repeating: "</div>", count: 700)
        + "<p>behind &lt; it", []),
  ]
  @Test(arguments: nasties) func holdsOnNasties(_ page: TextCase) throws {
    try check(try read(page.html))
    try check(try read("\u{FEFF}" + page.html))
  }
  static let dumps = [
    "# The **old** mill\n\nBy [Ann \\[A.\\] Lee](/ann), ![x](y) 2024\r\nand [b\nc](/b-\nc)\n\n[d](/d)",
    "a  b\r\n\r\n* c\td\n", "\u{FEFF}é ü\n😀  x", "a\0b\n\n\nlast", " \t x",
  ]
  @Test(arguments: dumps) func holdsOnDumps(_ dump: String) throws { try check(try read(dump, name: "a.txt")) }

  /// UTF-8 in which something is not: bytes that stand for nothing, characters cut short, and marks before it.
  static let invalid: [[UInt8]] = {
    let (cut, stray, text) = ([0xE2, 0x82] as [UInt8], [0xFF, 0xC0] as [UInt8], Array("schön & gut – ".utf8))
    let dump = text + stray + text + cut + [0x20] + text + [0x0A] + cut + text + stray
    let html = Array("<p>".utf8) + text + cut + Array("<b title='".utf8) + stray + Array("'>&eacute;x</b> y".utf8)
    return [dump, html + dump, [0xEF, 0xBB, 0xBF] + dump, [0xEF, 0xBB, 0xBF] + html + text, stray + html]
  }()
  @Test(arguments: invalid) func holdsInTheFileBehindInvalidBytes(_ file: [UInt8]) throws {
    let page = try read(file, name: "a", declared: "utf-8")
    #expect(page.charset.name == "utf-8")
    try check(page)
    for start in page.decoded.indices where page.decoded[start] & 0xC0 != 0x80 {
      for end in page.decoded.indices.suffix(from: start + 1) where page.decoded[end] & 0xC0 != 0x80 {
        let cited = String(decoding: file[page.inFile.origin(of: start..<end)], as: UTF8.self)
        #expect(cited == String(decoding: page.decoded[start..<end], as: UTF8.self))
      }
    }
  }

  @Test func blocksAndTheirSourcesAreInOrder() throws {
    for page in Self.nasties {
      let blocks = try read(page.html).blocks
      var end = 0
      for block in 0..<blocks.count {
        let range = blocks.sourceRange(block)
        #expect(range.lowerBound >= end, "\(page.name): \(blocks.string(block))")
        end = range.upperBound
      }
    }
  }

  private func check(_ page: ReadPage, _ here: SourceLocation = #_sourceLocation) throws {
    let blocks = page.blocks
    for block in 0..<blocks.count {
      if blocks.contexts[block].contains(.markdown) {
        // Its marks stand between the bytes.
        for at in blocks.range(block) where blocks.text[at] != 0x20 {
          let source = blocks.sourceRange(of: at..<at + 1)
          #expect(Array(page.decoded[source]) == [blocks.text[at]], sourceLocation: here)
        }
        continue
      }
      expectSource(of: blocks.range(block), page, here)
      var start = blocks.range(block).lowerBound
      for word in blocks.bytes(block).split(whereSeparator: { $0 <= 0x20 }) {
        start = word.startIndex
        expectSource(of: start..<word.endIndex, page, here)
      }
    }
  }
  private func expectSource(of range: Range<Int>, _ page: ReadPage, _ here: SourceLocation) {
    let source = page.blocks.sourceRange(of: range)
    guard source.lowerBound >= 0, source.upperBound <= page.decoded.count else {
      Issue.record("\(source) leaves the page of \(page.decoded.count) bytes", sourceLocation: here)
      return
    }
    let bytes = Array(page.decoded[source])
    let stripped =
      if !page.isHTML || page.blocks.stands(range, in: .xmp) { bytes } else {
        PlainText.strip(bytes, tags: !page.blocks.stands(range, in: .textarea))
      }
    let got = PlainText.collapse(stripped)
    let expected = PlainText.collapse(Array(page.blocks.text[range]))
    // The page has no blank between two boxes.
    if got.filter({ $0 != 0x20 }) != expected.filter({ $0 != 0x20 }) {
      Issue.record(
        "source \(source) \"\(String(decoding: got, as: UTF8.self).prefix(60))\" of \"\(String(decoding: expected, as: UTF8.self).prefix(60))\"",
        sourceLocation: here)
    }
  }
}

extension Blocks {
  fileprivate func stands(_ range: Range<Int>, in tag: Pages.Tag) -> Bool {
    guard let block = (0..<count).first(where: { starts[$0] <= range.lowerBound && range.upperBound <= ends[$0] })
    else {
      return false
    }
    return elements.nearest(tag, from: Int(blockElements[block])) != nil
  }
}
