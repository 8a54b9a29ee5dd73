import Testing

@testable import Pages

@Suite struct HeadTests {
  @Test func everythingInTheHead() throws {
    let head = try read(
      """
      <!doctype html><html lang="de-AT"><head><title>
        Tom &amp; Jerry  &lt;3 </title>
      <meta name="Author" content="A. B."><meta property=og:title content='T &quot;x&quot;'>
      <meta itemprop=datePublished content=2024-05-06><meta charset=utf-8><meta name=empty content="">
      <link rel="Canonical" href="https://example.org/a?b&amp;c"><link rel=stylesheet>
      <script type="application/ld+json">{"@type": "Article", "a": "</b>"}</script>
      <script type='application/LD+JSON'>{"b": 1}</script><script>var x</script></head><body><p>a
      """
    ).blocks.head
    #expect(head.title == "Tom & Jerry <3")
    #expect(head.language == "de-AT")
    #expect(head.metas.map(\.name) == ["author", "og:title", "datepublished", "empty"])
    #expect(head.meta("og:title") == #"T "x""#)
    #expect(head.meta("empty") == nil)
    #expect(head.links.map(\.rel) == ["canonical"])
    #expect(head.links.map(\.href) == ["https://example.org/a?b&c"])
    #expect(head.jsonLD == [#"{"@type": "Article", "a": "</b>"}"#, #"{"b": 1}"#])
  }
  static let titles: [(html: String, title: String?)] = [
    ("<p>a", nil), ("<title></title>", nil), ("<title> \n </title>", nil),
    ("<title>a <b>b</b></title>", "a <b>b</b>"), ("<title>first</title><title>second</title>", "first"),
    ("<body><p>a</p><title>in the body</title>", "in the body"),
    ("<svg><title>icon</title></svg><title>page</title>", "page"),
    ("<title>never closed", "never closed"),
    ("<title>a&nbsp;b&#8211;c</title>", "a b–c"),
  ]
  @Test(arguments: titles) func title(_ page: (html: String, title: String?)) throws {
    #expect(try read(page.html).blocks.head.title == page.title)
  }
  @Test func aDumpHasNoHead() throws {
    let head = try read("A line\n", name: "a.txt").blocks.head
    #expect(head.title == nil && head.metas.isEmpty && head.jsonLD.isEmpty)
  }
}
