import Language
import Pages
import Testing

@testable import Content

/// What tells a page's type: the words of its address, title, classes, description and headings, and what it calls itself.
@Suite struct PageTypeTests {
  private static let page = """
    <!doctype html><html><head><title>Red shoes 42</title>
    <link rel="canonical" href="https://shop.example/p/Red-Shoes/12345.html?ref=home#top">
    <meta name="description" content="Shoes, shoes and Schuhgröße">
    <meta property="og:type" content="Product">
    <script type="application/ld+json">{"@type": ["Product", "Thing"], "brand": {"@type": "Brand"}}</script>
    </head><body class="page-id-7 singleProduct"><h1>Red shoes</h1><p>Words of paragraphs are left out.</p>
    <h3>Returns</h3><h4>Fine print</h4></body></html>
    """

  /// As the keys of these words of one place would be.
  private static func keys(_ words: String, place: UInt8) -> [UInt32] {
    let start = TextHash.add(place, to: TextHash.start)
    return words.split(separator: " ").map { WordTable.key(TextHash.of($0.utf8, from: start)) }.sorted()
  }

  @Test("Words have no case and no digits, count once a place, and are none of the host or of what follows the path")
  func words() throws {
    let found = PageTypeWords.keys(try Sample.read(Self.page).blocks, PageClues(try Sample.read(Self.page)))
    let places = [
      "p red shoes html", "red shoes", "page id singleproduct", "shoes and schuhgröße", "red shoes returns",
      "product thing brand",
    ]
    #expect(found == places.enumerated().map { Self.keys($1, place: UInt8($0)) })
  }

  @Test("A page without any word has its six places, all empty")
  func noWords() throws {
    let page = try Sample.read("<p>x</p>")
    #expect(PageTypeWords.keys(page.blocks, PageClues(page)) == Array(repeating: [], count: 6))
  }

  @Test("Of long texts the beginning counts")
  func limit() throws {
    let page = try Sample.read("<title>\(String(repeating: "a ", count: 1500)) late</title>")
    #expect(PageTypeWords.keys(page.blocks, PageClues(page))[1] == Self.keys("a", place: 1))
  }

  @Test(
    "Where the text is the same, words tell",
    arguments: [
      ("forum/viewtopic.php", "Topic: the ramp - Forum", PageType.forum),
      ("docs/api/reference", "API reference - Documentation", .documentation),
      ("services/", "Our services", .service),
    ])
  func wordsTell(_ path: String, _ title: String, _ type: PageType) throws {
    func share(_ path: String, _ title: String) throws -> Float {
      let head = "<title>\(title)</title><link rel=canonical href='https://a.example/\(path)'>"
      let page = try Sample.read("<head>\(head)</head><body><h1>\(title)</h1><p>Some words.</p></body>")
      let shares = Models.types.probabilities(BlockFeatures(page, findings: []))
      #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
      return shares[PageType.allCases.firstIndex(of: type)!]
    }
    #expect(try share(path, title) > 2 * share("xyz", "Xyz"))
  }

  @Test("Words add up by the root of their number; a broken table is refused")
  func table() throws {
    var bytes = Array("WNFW".utf8)
    func put<T>(_ value: T) { withUnsafeBytes(of: value) { bytes += $0 } }
    put(WordTable.version)
    put(UInt32(2))
    put(Float(0.5))
    put(SIMD16<Float>(repeating: 1))
    put(UInt32(7))
    put(UInt32(23))
    put(SIMD16<Int8>(repeating: 4))
    put(SIMD16<Int8>(repeating: -127))
    func load(_ bytes: [UInt8]) -> WordTable? {
      bytes.withUnsafeBufferPointer {
        var reader = ModelReader($0)
        return WordTable(&reader)
      }
    }
    let table = try #require(load(bytes))
    #expect(table.bias[3] == 1)
    // 7 and 23 ask for the same slot, and 39 for it too.
    #expect(table.sums { [7, 39, 39, 39].forEach($0) }[0] == 1)
    #expect(table.sums { Array(repeating: 23, count: 400).forEach($0) }[6] == -127 * 400 * 0.5 / 20)
    #expect(table.sums { _ in }[0] == 0)
    #expect(load(Array(bytes.dropLast())) == nil)
    #expect(load([0] + bytes) == nil)
  }
}
