import Testing

@testable import Content

/// What stands together is kept together.
@Suite struct CoherenceTests {
  static func mend(_ html: String, _ keeps: [Bool], _ scores: [Float]) throws -> [Bool] {
    let page = try Sample.read(html).blocks
    var keeps = keeps
    Coherence.mend(&keeps, scores, page) { Float(page.string($0).split(separator: " ").count) }
    return keeps
  }

  @Test(
    "A row, and a table, is kept whole when half of its words are",
    arguments: [
      ([false, true, false, false], [true, true, false, false]),
      ([true, false, true, false], [true, false, true, false]),
      ([false, false, false, true], [true, true, true, true]),
      ([false, false, false, false], [false, false, false, false]),
    ])
  func rows(_ before: [Bool], _ after: [Bool]) throws {
    let table =
      "<table><tr><td>Weight<td>6.4 kg with crank<tr><td>Made in<td>Alderhythe by two sisters and an uncle</table>"
    #expect(try Self.mend(table, before, [0, 0, 0, 0]) == after)
  }

  @Test("A table says nothing of the next one")
  func tables() throws {
    let tables = "<table><tr><td>Weight<td>6.4 kg with crank</table><table><tr><td>Home<td>Shop</table>"
    #expect(try Self.mend(tables, [true, true, false, false], [0, 0, 0, 0]) == [true, true, false, false])
  }

  @Test(
    "Code between kept paragraphs stays unless it is clearly chaff",
    arguments: [
      ([true, false, true], 0.35, true), ([true, false, true], 0.2, false), ([true, false, false], 0.4, false),
    ] as [([Bool], Float, Bool)])
  func code(_ keeps: [Bool], _ score: Float, _ isKept: Bool) throws {
    let html = "<p>Run this:</p><pre>sha256sum --check SUMS</pre><p>It takes an hour.</p>"
    #expect(try Self.mend(html, keeps, [0.9, score, 0.9])[1] == isKept)
  }

  @Test(
    "A heading stays with what it stands above, unless it is clearly chaff",
    arguments: [
      ([false, false, true], 0.45, [true, true, true]), ([false, false, true], 0.35, [false, false, true]),
      ([true, true, false], 0.45, [true, true, false]), ([false, false, false], 0.45, [false, false, false]),
    ] as [([Bool], Float, [Bool])])
  func headings(_ before: [Bool], _ score: Float, _ after: [Bool]) throws {
    let html = "<h2>Upkeep</h2><h3>Checking the sums</h3><p>It takes an hour.</p>"
    #expect(try Self.mend(html, before, [score, score, 0.9]) == after)
  }
}
