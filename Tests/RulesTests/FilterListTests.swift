import Pages
import Testing

@testable import Rules

/// Adblock filter lists: what a line is, which hosts it is for, and what it hides.
@Suite struct FilterListTests {
  @Test(
    arguments: [
      ("", .nothing), ("! a comment", .nothing), ("[Adblock Plus 2.0]", .nothing), ("# a comment", .nothing),
      ("##.ad", .hide(hosts: "", selector: ".ad")), (" ##.ad\r", .hide(hosts: "", selector: ".ad")),
      ("\u{FEFF}[Adblock Plus 2.0]", .nothing),
      ("###ad", .hide(hosts: "", selector: "#ad")),
      ("a.org,~b.a.org##.ad", .hide(hosts: "a.org,~b.a.org", selector: ".ad")),
      ("a.org#?#.ad:-abp-contains(x)", .hide(hosts: "a.org", selector: ".ad:-abp-contains(x)")),
      ("##.ad:remove()", .hide(hosts: "", selector: ".ad")),
      ("a.org#@#.ad", .except(hosts: "a.org", selector: ".ad")),
      ("a.org#@?#.ad", .except(hosts: "a.org", selector: ".ad")),
      ("||ads.example^$third-party", .other("network rules")),
      ("/banner/#top", .other("network rules")),
      ("@@||a.org^$elemhide", .other("network rules")),
      ("a.org##+js(abort-on-property-read, x)", .other("scriptlets")),
      ("a.org#%#window.x = 1", .other("scriptlets")),
      ("a.org#$#abort-on-property-read x", .other("snippets and style rules")),
      ("a.org##^script:has-text(x)", .other("HTML filters")),
      ("/^a[0-9]+/##.ad", .other("regular expressions of hosts")),
    ] as [(String, FilterLine)])
  func line(text: String, kind: FilterLine) { #expect(FilterLine(text[...]) == kind) }

  @Test(
    arguments: [
      ("", "a.org", true), ("", nil, true), ("a.org", "a.org", true), ("a.org", "x.a.org", true),
      ("a.org", "ba.org", false), ("a.org", nil, false), ("~a.org", "a.org", false), ("~a.org", "b.org", true),
      ("~a.org", nil, true), ("a.org,~x.a.org", "x.a.org", false), ("a.org,~x.a.org", "y.a.org", true),
      ("A.org, b.org", "b.org", true), ("shop.*", "shop.co.uk", true), ("shop.*", "www2.shop.de", true),
      ("shop.*", "myshop.de", false), ("www.a.org", "a.org", true), ("~www.a.org", "a.org", false),
    ] as [(String, String?, Bool)])
  func hosts(condition: String, host: String?, holds: Bool) {
    #expect(HostCondition(condition[...]).holds(for: host) == holds)
  }

  static let page = """
    <body><div class="wrap"><p>Ferries sail again.</p><div class="ad-box"><p>Buy a boat.</p><p>Now.</p></div>
    <p><span class="promo">Cheap oars.</span></p><p>The <span class="promo">cheap</span> fare is gone.</p>
    <div data-ad-slot="7">A sail.</div><p><amp-ad>An anchor.</amp-ad></p>
    <p><a href="https://track.example/offer?x=1">An offer.</a></p>
    <section><h3>Sponsored</h3><p>A rope.</p></section></div></body>
    """
  private func findings(_ lists: [String], host: String? = nil) throws -> [(rule: String, text: String)] {
    var names = ExtraNames()
    var filters = FilterSet()
    for (index, list) in lists.enumerated() {
      filters.add(list, name: "l\(index)", file: "l\(index).txt", names: &names)
    }
    filters.finish()
    let page = try PageReader(keeping: names).read(Page(name: "a.html", bytes: Array(Self.page.utf8)))
    return FilterScanner(filters).scan(page.blocks, host: host).map { ($0.rule, page.blocks.string($0.block)) }
  }

  @Test(
    arguments: [
      ("##.ad-box", ["Buy a boat.", "Now."]),
      // A part of a line is no line.
      ("##.promo", ["Cheap oars."]),
      ("##[data-ad-slot]", ["A sail."]), ("##[data-ad-slot=\"7\"]", ["A sail."]), ("##[data-ad-slot=\"8\"]", []),
      ("##amp-ad", ["An anchor."]),
      ("##a[href^=\"https://track.\"]", ["An offer."]), ("##a[href*=\"OFFER\" i]", ["An offer."]),
      ("##section:has(> h3:has-text(sponsored))", ["Sponsored", "A rope."]),
      ("##h3:-abp-contains(Sponsored) + p", ["A rope."]),
      ("##.wrap > div:nth-of-type(1)", ["Buy a boat.", "Now."]),
      ("##section > p:last-child", ["A rope."]), ("##.ad-box > p:only-child", []),
      ("##div:not(.wrap):not([data-ad-slot])", ["Buy a boat.", "Now."]),
      ("a.org##.ad-box", []), ("##.ad-box\n#@#.ad-box", []), ("##.ad-box\na.org#@#.ad-box", ["Buy a boat.", "Now."]),
    ] as [(String, [String])])
  func hides(list: String, texts: [String]) throws { #expect(try findings([list]).map(\.text) == texts) }

  @Test func hostsDecide() throws {
    let list = "a.org##.ad-box\n~a.org##.promo\na.org#@##extra\nb.org#@#.ad-box\nb.org##.ad-box"
    #expect(try findings([list], host: "x.a.org").map(\.text) == ["Buy a boat.", "Now."])
    #expect(try findings([list], host: "b.org").map(\.text) == ["Cheap oars."])
  }

  @Test func namesListAndLine() throws {
    let found = try findings(["! title\n##.nothing", "! title\n\n##section\n##section h3"])
    #expect(found.map(\.rule) == ["filter/l1:3", "filter/l1:3"])
  }

  @Test func nothingIsPassedOverSilently() {
    var names = ExtraNames()
    var filters = FilterSet()
    filters.add(
      """
      ! Title: a list
      ##.ad
      #@#.ok
      ||a.example^
      ||b.example^
      a.org##+js(x)
      ##.x:upward(2)
      ##.x:has-text(/re/)
      ##.x[
      ##.y:matches-css(display: none)
      ##.z:upward(.q)
      """, name: "list", file: "list.txt", names: &names)
    #expect(
      filters.reports.map(\.description) == [
        "list.txt: 1 filter used, 1 exception; passed over: 2 network rules (first in line 4), 2 selectors with :upward "
          + "(first in line 7), 1 regular expressions in :has-text (first in line 8), 1 scriptlets (first in line 6), "
          + "1 selectors that are not valid (first in line 9), 1 selectors with :matches-css (first in line 10)"
      ])
  }

  /// What a hostile list and page can cost together is bounded.
  @Test func isBounded() throws {
    var names = ExtraNames()
    var filters = FilterSet()
    filters.add(
      "##div:has(div:has(p))\n##p ~ p ~ p ~ b\n##div:has-text(zzz)\n##p:nth-of-type(3n+2)", name: "l", file: "l",
      names: &names)
    filters.finish()
    let page =
      "<body>" + String(repeating: "<div>", count: 150) + String(repeating: "<p>word word</p>", count: 20_000)
      + "</body>"
    let blocks = try PageReader(keeping: names).read(Page(name: "a.html", bytes: Array(page.utf8))).blocks
    let time = ContinuousClock().measure { _ = FilterScanner(filters).scan(blocks, host: nil) }
    #expect(time < .seconds(20))
  }
}
