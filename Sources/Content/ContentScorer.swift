import Pages
import Rules

/// Tells main content from boilerplate, block by block.
public struct ContentScorer: Sendable {
  public init() {}

  /// Scores by link density, length, punctuation and the place of a block, smoothed over its neighbours.
  /// `findings` are what rules said of the same blocks. O(blocks).
  public func judge(_ page: ReadPage, findings: [Finding]) -> Judgement {
    let blocks = page.blocks
    var raw = [Float](repeating: 0, count: blocks.count)
    for block in 0..<blocks.count { raw[block] = score(block, blocks) }
    for finding in findings where finding.action == .remove { raw[finding.block] = -2 }
    var scores = [Float](repeating: 0, count: blocks.count)
    for block in 0..<blocks.count {
      var sum: Float = 2 * raw[block]
      var weight: Float = 2
      for neighbour in max(0, block - 3)...min(blocks.count - 1, block + 3) where neighbour != block {
        sum += raw[neighbour]
        weight += 1
      }
      scores[block] = 1 / (1 + exp(-2 * sum / weight))
    }
    let keeps = scores.map { $0 > 0.5 }
    return Judgement(scores: scores, keeps: keeps, pageType: .article, pageTypeConfidence: 0.5)
  }

  private func score(_ block: Int, _ blocks: Blocks) -> Float {
    let text = blocks.bytes(block)
    let outside: BlockContext = [.nav, .header, .footer, .aside, .form, .hidden, .fallback]
    if !blocks.contexts[block].isDisjoint(with: outside) { return -1.5 }
    if blocks.kinds[block] == .button || blocks.kinds[block] == .label { return -1 }
    if blocks.kinds[block] == .code { return 1 }
    let stops = text.count { $0 == 0x2E || $0 == 0x2C || $0 == 0x3B }
    var score = min(2, Float(text.count) / 100) + min(1, Float(stops) * 0.3) - 0.6
    score -= 3 * Float(blocks.linkDensity(block))
    return score
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
