/// How a choice weighs lost content against kept chaff.
public enum Favor: String, Sendable, CaseIterable {
  /// Rather lose a paragraph than keep chaff.
  case precision
  case balanced
  /// Rather keep chaff than lose a paragraph.
  case recall

  /// The β of Fβ (van Rijsbergen): how many times as much recall weighs as precision.
  ///
  /// The choice takes blocks for independent, which they are not, and so keeps a little too much: F1 itself is
  /// largest with β below 1.
  var beta: Float {
    switch self {
    case .precision: 0.5
    case .balanced: 0.9
    case .recall: 2.1
    }
  }
  /// For pages that are likely articles: their text is one stretch that the model knows well, and what is uncertain
  /// there is mostly a teaser, a caption or a comment; the more so where the choice is not `sure`.
  func betaOfArticles(sure: Bool) -> Float { self == .balanced ? (sure ? 0.6 : 0.5) : beta }
}

/// Chooses the blocks of a page by their probabilities.
enum Choice {
  /// The blocks whose choice has the largest expected Fβ over words, and their expected F1: with blocks in the
  /// order of their probabilities it is one of the first so many (Y. Nan et al., "Optimizing F-measure",
  /// ICML 2012), and the expectation of the ratio is taken for the ratio of expectations. O(n log n).
  static func best(_ scores: [Float], words: [Float], beta: Float) -> (keeps: [Bool], expected: Float) {
    var keeps = [Bool](repeating: false, count: scores.count)
    let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    let square = beta * beta
    let truth = zip(scores, words).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    var right: Float = 0
    var chosen: Float = 0
    var best: (count: Int, value: Float, f1: Float) = (0, 0, 0)
    for (index, block) in order.enumerated() {
      right += scores[block] * words[block]
      chosen += words[block]
      let value = (1 + square) * right / max(1e-9, chosen + square * truth)
      if value > best.value { best = (index + 1, value, 2 * right / max(1e-9, chosen + truth)) }
    }
    for block in order.prefix(best.count) { keeps[block] = true }
    return (keeps, best.f1)
  }
}
