import Pages

/// What words say of each block of a page, content or not, by the only answer of `Models.words`; and of the blocks
/// around.
struct WordOdds: Sendable {
  /// Neighbours that are looked at together, from their distance; before 0 they stand before the block.
  private static let windows = [-3..<0, 1..<4, -8..<9, -25..<26]
  static let names = [
    "word odds", "word odds at -1", "word odds at 1", "word odds before 3", "word odds behind 3", "word odds in 8",
    "word odds in 25", "page word odds",
  ]

  /// Of each block, as log-odds; above 0 for content.
  private let odds: [Float]
  /// Up to each block: the sum of odds by their weights, and that of the weights. Long blocks weigh more.
  private var sums: [Float] = [0], weights: [Float] = [0]

  /// Where `odds` are known they are taken: in training those of words that have not seen the page's host. O(bytes of text).
  init(_ page: Blocks, _ texts: [TextMeasure], known: [Float]?) {
    odds =
      known ?? (0..<page.count).map { page.bytes($0).withUnsafeBufferPointer { Models.words.scores($0)[0] } }
    sums.reserveCapacity(odds.count + 1)
    weights.reserveCapacity(odds.count + 1)
    for (value, text) in zip(odds, texts) {
      let weight = (text.words + 0.5).squareRoot()
      sums.append(sums[sums.count - 1] + value * weight)
      weights.append(weights[weights.count - 1] + weight)
    }
  }

  func write(_ block: Int, _ row: inout FeatureRow) {
    row.put(odds[block])
    row.put(block > 0 ? odds[block - 1] : 0)
    row.put(block + 1 < odds.count ? odds[block + 1] : 0)
    for window in Self.windows { row.put(mean(block + window.lowerBound, block + window.upperBound)) }
    row.put(mean(0, odds.count))
  }
  private func mean(_ low: Int, _ high: Int) -> Float {
    let (low, high) = (max(0, low), min(odds.count, high))
    return low < high ? (sums[high] - sums[low]) / (weights[high] - weights[low]) : 0
  }
}
