import SystemPackage
import Testing
import Winnow

/// How much of what the sample pages are meant to say is kept, and how much else: the floor that no change of rules, models or
/// reading may fall through. `Tools/evaluate` measures real pages.
@Suite struct TruthTests {
  /// Bags of words of one page: how many are kept, meant, and both.
  private struct Score {
    var kept: Int
    var meant: Int
    var common: Int

    init(_ kept: String, _ meant: String) {
      let (kept, meant) = (Self.words(kept), Self.words(meant))
      self.kept = kept.values.reduce(0, +)
      self.meant = meant.values.reduce(0, +)
      common = kept.reduce(0) { $0 + min($1.value, meant[$1.key] ?? 0) }
    }
    private static func words(_ text: String) -> [Substring: Int] {
      Dictionary(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { ($0, 1) }, uniquingKeysWith: +)
    }
    /// Of a page that should be empty, whether it is.
    var precision: Double { kept > 0 ? Double(common) / Double(kept) : 1 }
    var recall: Double { meant > 0 ? Double(common) / Double(meant) : kept > 0 ? 0 : 1 }
    var f1: Double { precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0 }
  }

  private static let truths = samples.appending("truth")

  /// Of pages that lie lower than the others: who posted when stays beside each post of the board, and a line above the
  /// headline of the newspaper.
  private static let floors = ["forum/kiln-stalls-at-1040.html": 0.87, "news/halle-saint-evre.html": 0.93]

  private static func score(_ name: String, _ winnower: Winnower) throws -> Score {
    let page = Page(name: name, bytes: try Files.read(samples.appending("pages").appending(name)))
    let clean = try winnower.clean(page)
    let text = clean.kept.filter { $0 != clean.titleBlock }.map { clean.written.string($0) }.joined(separator: "\n")
    return Score(text, String(decoding: try Files.read(truths.appending(name + ".truth.txt")), as: UTF8.self))
  }

  @Test func noPageFallsBelowItsFloor() throws {
    let names = try TemporaryFolder.files(below: Self.truths).keys.map { String($0.dropLast(".truth.txt".count)) }
      .sorted()
    #expect(names == (try TemporaryFolder.files(below: samples.appending("pages")).keys.sorted()))
    let winnower = Winnower(rules: .builtIn)
    var sum = 0.0
    for name in names {
      let score = try Self.score(name, winnower)
      sum += score.f1
      #expect(score.f1 >= Self.floors[name] ?? 0.95, "\(name): precision \(score.precision), recall \(score.recall)")
    }
    #expect(sum / Double(names.count) >= 0.973)
  }
}
