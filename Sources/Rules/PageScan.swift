import Language
import Pages

/// Holds the rules about whole pages against one, after its lines were scanned.
struct PageScan {
  let blocks: Blocks
  let findings: [Finding]
  /// By probe: in how many lines it holds.
  let probes: [Int]
  let repeatedLines: Int
  let wordCount: Int

  /// Runs an expression over folded text.
  typealias Matcher = (_ expression: Int32, _ text: String) -> Bool

  func holds(_ test: RuleProgram.PageTest, _ matches: Matcher) -> Bool {
    switch test {
    case .lines(let probe, let min): return probes[Int(probe)] >= min
    case .meta(let name, let expressions):
      let values = blocks.head.metas.filter { $0.name == name }.map(\.content)
      return values.contains { value in expressions.contains { matches($0, value) } }
    case .linked(let key, let expressions):
      return blocks.head.linkedValues(of: key).contains { value in expressions.contains { matches($0, value) } }
    case .metric(let metric, let range): return range.contains(value(of: metric))
    case .found(let rules, let families, let min):
      return findings.count { rules.contains($0.rule) || families.contains($0.family) } >= min
    case .score(let least, let terms):
      return terms.reduce(0) { $0 + (holds($1.0, matches) ? $1.weight : 0) } >= least
    case .any(let tests): return tests.contains { holds($0, matches) }
    case .all(let tests): return tests.allSatisfy { holds($0, matches) }
    case .not(let test): return !holds(test, matches)
    }
  }

  private func value(of metric: PageMetric) -> Double {
    func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
    switch metric {
    case .words: return Double(wordCount)
    case .lines: return Double(blocks.count)
    case .duplicateLines: return share(repeatedLines, blocks.count)
    case .shortLines:
      return share(
        (0..<blocks.count).count { block in blocks.bytes(block).count { $0 & 0xC0 != 0x80 } <= 30 }, blocks.count)
    case .sentenceLines:
      let ends: Set<UInt8> = [0x2E, 0x3F, 0x21, 0x3A, 0x22]
      return share((0..<blocks.count).count { ends.contains(blocks.text[Int(blocks.ends[$0]) - 1]) }, blocks.count)
    case .linkDensity:
      return share(blocks.linkBytes.reduce(0) { $0 + Int($1) }, blocks.text.count - blocks.count)
    }
  }
}
