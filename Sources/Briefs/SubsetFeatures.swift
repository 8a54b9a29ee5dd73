import Glibc

/// What the model sees of a set of sentences. The order is that of the model file, which repeats the names.
enum SubsetFeature: Int, CaseIterable {
  case sumScore, meanScore, minScore, maxScore, sumRank, maxRank
  case words, wordsSquared, logWords, longest, shortest, fill
  case maxSimilarity, meanSimilarity
  case first, last, meanIndex, spread, early, adjacent, hasFirst, hasSecond, hasThird
  case quotes, title, numbers, names, topNames, lead, size
  case expectedStems, expectedPairs
}

/// Measures sets of a page's sentences.
struct SubsetFeatures {
  static let width = SubsetFeature.allCases.count
  private let features: SentenceFeatures
  private let scores: [Float]
  private let isQuote: [Bool]
  private var overlap: ExpectedOverlap
  private let ranks: [Float]
  private let count: Int

  init(
    _ features: SentenceFeatures, _ scores: [Float], _ isQuote: [Bool], _ overlap: ExpectedOverlap
  ) {
    self.features = features
    self.scores = scores
    self.isQuote = isQuote
    self.overlap = overlap
    count = scores.count
    ranks = Ranks.of(scores)
  }

  /// `set` in page order, not empty; `share` is how much of the budget it takes, 0 to 1. O(words of the set).
  mutating func measure(_ set: SentenceSet, share: Float, into row: inout [Float]) {
    let k = Float(set.count)
    func put(_ feature: SubsetFeature, _ value: Float) { row[feature.rawValue] = value }
    var sum: Float = 0
    var low = Float.infinity
    var high = -Float.infinity
    var rankSum: Float = 0
    var rankMax: Float = 0
    var length: Float = 0
    var longest: Float = 0
    var shortest = Float.infinity
    var indexSum: Float = 0
    var title: Float = 0
    var numbers: Float = 0
    var names: Float = 0
    var topNames: Float = 0
    var lead: Float = 0
    for i in set {
      sum += scores[i]
      low = min(low, scores[i])
      high = max(high, scores[i])
      rankSum += ranks[i]
      rankMax = max(rankMax, ranks[i])
      let words = features.value(i, .words)
      length += words
      longest = max(longest, words)
      shortest = min(shortest, words)
      indexSum += Float(i)
      title += max(0, features.value(i, .title))
      numbers += features.value(i, .numbers)
      names += features.value(i, .names)
      topNames += features.value(i, .topNames)
      lead += features.value(i, .lead)
    }
    put(.sumScore, sum)
    put(.meanScore, sum / k)
    put(.minScore, low)
    put(.maxScore, high)
    put(.sumRank, min(rankSum, 40) / 10)
    put(.maxRank, min(rankMax, 20) / 10)
    put(.words, length / 50)
    put(.wordsSquared, length * length / 2500)
    put(.logWords, logf(1 + length))
    put(.longest, longest / 25)
    put(.shortest, shortest / 25)
    put(.fill, share)
    var similarityMax: Float = 0
    var similaritySum: Float = 0
    for a in 0..<set.count {
      for b in (a + 1)..<max(set.count, a + 1) {
        let s = features.graph.similarity(set[a], set[b])
        similarityMax = max(similarityMax, s)
        similaritySum += s
      }
    }
    put(.maxSimilarity, similarityMax)
    put(.meanSimilarity, set.count > 1 ? similaritySum / (k * (k - 1) / 2) : 0)
    let expected = overlap.expect(set)
    put(.expectedStems, expected.stems)
    put(.expectedPairs, expected.pairs)
    put(.first, min(Float(set[0]), 20) / 10)
    put(.last, Float(set[set.count - 1]) / Float(count))
    put(.meanIndex, indexSum / k / Float(count))
    put(.spread, min(Float(set[set.count - 1] - set[0]), 40) / 20)
    put(.early, Float(set.count { $0 < 3 }) / k)
    var adjacent: Float = 0
    for i in 1..<max(1, set.count) where set[i] == set[i - 1] + 1 { adjacent += 1 }
    put(.adjacent, adjacent / k)
    put(.hasFirst, set.contains(0) ? 1 : 0)
    put(.hasSecond, set.contains(1) ? 1 : 0)
    put(.hasThird, set.contains(2) ? 1 : 0)
    put(.quotes, Float(set.count { isQuote[$0] }))
    put(.title, title / k)
    put(.numbers, numbers / 5)
    put(.names, names / 10)
    put(.topNames, topNames / 5)
    put(.lead, lead / k)
    put(.size, k)
  }
}
