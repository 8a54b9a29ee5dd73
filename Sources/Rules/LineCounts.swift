import Language
import Pages

/// On how many pages of a batch each line stands, for rules that ask.
///
/// Of the lines only hashes are counted, in a sketch of a fixed 32 MB (G. Cormode and S. Muthukrishnan, An
/// improved data stream summary: the count-min sketch, J. Algorithms 55(1), 2005, with four rows of 2^22
/// counters): a count is never too low, and too high only where all four counters are shared, which begins to
/// happen beyond some million different lines. Adding commutes, so the order of pages does not matter.
package struct LineCounts: Sendable {
  private static let rowBits = 22
  private var counters: [UInt16]
  /// For the examples of rules, which are one page each: every line stands everywhere.
  static let everywhere = LineCounts(counters: [])

  package init() { counters = Array(repeating: 0, count: 4 << Self.rowBits) }
  private init(counters: [UInt16]) { self.counters = counters }

  /// Adds a page by the hashes of its lines, each once, as `LineCounter` gives them.
  package mutating func add(_ hashes: [UInt64]) {
    for hash in hashes {
      for row in 0..<4 where counters[Self.slot(hash, row)] < .max { counters[Self.slot(hash, row)] += 1 }
    }
  }

  /// On how many pages a line of this hash stands, 65,535 at most.
  func count(_ hash: UInt64) -> Int {
    guard !counters.isEmpty else { return .max }
    return (0..<4).map { Int(counters[Self.slot(hash, $0)]) }.min()!
  }

  private static func slot(_ hash: UInt64, _ row: Int) -> Int {
    let mixed = (hash ^ UInt64(row) &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    return row << rowBits | Int(mixed >> UInt64(64 - rowBits))
  }
}

/// Reads pages for `LineCounts`. Not for several threads at once: keep one a worker.
package final class LineCounter {
  private let folder = Folder()
  private var lines = FoldedLines()

  package init() {}

  /// The hashes of the page's lines, each once.
  package func hashes(_ blocks: Blocks) -> [UInt64] {
    lines.read(blocks, folder: folder)
    return lines.ranges.indices.filter { lines.firsts[$0] == $0 && !lines.ranges[$0].isEmpty }.map { lines.hashes[$0] }
  }
}
