import Pages
import Rules
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
    "A month of days goes, numbers that mean something stay",
    arguments: [(1, 31, false), (1, 28, false), (1, 12, true), (2, 31, true)])
  func calendars(_ first: Int, _ last: Int, _ stays: Bool) throws {
    let cells = ["M", "T", "W", "T", "F", "S", "S", "« Feb"] + (first...last).map(String.init)
    let table = "<p>Note the offset.</p><table><tr>\(cells.map { "<td>\($0)" }.joined())</table>"
    let keeps = try Self.mend(
      table, Array(repeating: true, count: cells.count + 1), Array(repeating: 0.5, count: cells.count + 1))
    #expect(keeps == [true] + Array(repeating: stays, count: cells.count))
  }

  @Test(
    "Code between kept blocks stays, whatever it looks like",
    arguments: [
      ([true, false, false, true], [true, true, true, true]), ([true, false, true, false], [true, true, true, false]),
      ([true, false, false, false], [true, false, false, false]),
    ] as [([Bool], [Bool])])
  func code(_ before: [Bool], _ after: [Bool]) throws {
    let html = "<p>Run these:</p><pre>sha256sum --check SUMS</pre><pre>cat SUMS</pre><p>It takes an hour.</p>"
    #expect(try Self.mend(html, before, [0.9, 0.1, 0.1, 0.9]) == after)
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

  static func copies(_ html: String, _ keeps: [Bool], removed: [Int] = []) throws -> [Int] {
    let page = try Sample.read(html)
    let findings = removed.map {
      Finding(
        rule: "a/b", family: .share, severity: .note, action: .remove, message: "", block: $0, range: 0..<1)
    }
    return Coherence.copies(keeps, BlockFeatures(page, findings: []), findings)
  }
  static let praise = "They came on a Sunday and the gate has not squeaked since."

  @Test(
    "Of long blocks that say the same the first that stays is kept",
    arguments: [
      ([true, true, true], [], [1, 2]), ([false, true, true], [], [2]), ([true, false, true], [], [2]),
      ([true, true, true], [0], [2]), ([false, false, true], [], []),
    ] as [([Bool], [Int], [Int])])
  func copies(_ keeps: [Bool], _ removed: [Int], _ copies: [Int]) throws {
    let html = String(repeating: "<p>\(Self.praise)</p>", count: 3)
    #expect(try Self.copies(html, keeps, removed: removed) == copies)
  }

  @Test(
    "Short texts, cells and code may repeat themselves, and what differs by a number is no copy",
    arguments: [
      "<p>Two coats are enough.</p><p>Two coats are enough.</p>",
      "<table><tr><td>\(praise)</td></tr><tr><td>\(praise)</td></tr></table>",
      "<pre>\(praise)</pre><p>Then:</p><pre>\(praise)</pre>",
      "<p>\(praise) 12 stars</p><p>\(praise) 13 stars</p>",
    ])
  func repeats(_ html: String) throws {
    let count = try Sample.read(html).blocks.count
    #expect(try Self.copies(html, Array(repeating: true, count: count)) == [])
  }
}
