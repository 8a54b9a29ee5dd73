import Pages
import Testing

@testable import Rules

/// CSS selectors over the elements of a page.
@Suite struct SelectorTests {
  static let page = """
    <body>
    <div class="box tests" id="top"><ul><li>one</li><li class="last">two</li></ul></div>
    <p class="x-NEWSletter">three</p>
    <form class="news" action="/subscribe">four</form>
    <aside><p>Well, hello</p><p lang="en-GB">five</p></aside>
    </body>
    """

  /// The texts of the blocks at or under the elements that satisfy the selector.
  static func blocks(_ selector: String) throws -> [String] {
    let read = try PageReader().read(Page(name: "a.html", bytes: Array(page.utf8)))
    var index = SelectorIndex()
    let number = index.add(try Selector(selector))
    let marks = index.marks(read.blocks)
    return (0..<read.blocks.count).filter { marks.contains(number, at: Int(read.blocks.blockElements[$0])) }
      .map { read.blocks.string($0) }
  }

  @Test(arguments: [
    ("li", ["one", "two"]),
    ("#top", ["one", "two"]),
    (".tests", ["one", "two"]),
    (".test", []),
    ("div.box.tests > ul > li:first-child", ["one"]),
    ("div > li", []),
    ("li + li", ["two"]),
    ("div ~ form, li.last", ["two", "four"]),
    ("[class*=NEWS]", ["three"]),
    ("[class*='news' i]", ["three", "four"]),
    ("[class*='news' i]:not(form)", ["three"]),
    ("form[action$=scribe]", ["four"]),
    ("[lang|=en]", ["five"]),
    ("[class~=tests]", ["one", "two"]),
    ("[id^=to]", ["one", "two"]),
    ("aside :is(p, li)", ["Well, hello", "five"]),
    ("aside p:has-text(HELLO)", ["Well, hello"]),
    ("aside *", ["Well, hello", "five"]),
  ])
  func finds(selector: String, texts: [String]) throws {
    #expect(try Self.blocks(selector) == texts)
  }

  @Test(arguments: [
    ("", 0, "a selector is missing"),
    ("div >", 5, "a selector is missing"),
    ("div..x", 4, "a class is missing"),
    ("[data-x=1]", 1, "the attribute \"data-x\" is not kept of pages"),
    ("blink", 0, "\"blink\" is no element that Winnow tells from others"),
    ("p:hover", 2, ":hover is not understood"),
    ("[class=\"x]", 7, "the quote is not closed"),
    ("p)", 1, "unexpected \")\""),
    (
      String(repeating: ":not(", count: 20_000), 165, "pseudo-classes stand in each other more than 32 deep"
    ),
  ])
  func complains(selector: String, offset: Int, message: String) {
    #expect(throws: Selector.SyntaxError(message: message, offset: offset)) { try Selector(selector) }
  }

  /// What stands above each other in a thousand ways is given up, not tried to the end.
  @Test func manyWaysUpEnd() throws {
    let deep = String(repeating: "<div class=a>", count: 480) + "<p class=d>text</p>"
    let blocks = try PageReader().read(Page(name: "a.html", bytes: Array(deep.utf8))).blocks
    var index = SelectorIndex()
    let number = index.add(try Selector(".x .a .a .a .a .d"))
    #expect(!index.marks(blocks).contains(number, at: Int(blocks.blockElements[0])))
  }
}
