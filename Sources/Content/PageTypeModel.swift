import Glibc
import Pages

/// Says what type a page is: its words first, then a forest that learnt what they leave open.
struct PageTypeModel: Sendable {
  private let words: PageTypeWords
  private let forest: Forest

  /// Nil where the bytes are no such model, or one for other features: words first, then the forest.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var reader = ModelReader(bytes)
    guard let words = PageTypeWords(&reader), let forest = Forest(&reader, features: PageFeatures.names),
      forest.classCount == PageType.allCases.count
    else { return nil }
    (self.words, self.forest) = (words, forest)
  }

  /// Of each type, 0 to 1. O(words + trees).
  func probabilities(_ features: BlockFeatures) -> [Float] {
    let scores = words.scores(features.typeWords)
    var sums = (0..<forest.classCount).map { scores[$0] }
    features.pageValues.withUnsafeBufferPointer { row in
      sums.withUnsafeMutableBufferPointer { forest.add(row.baseAddress!, count: 1, to: $0.baseAddress!) }
    }
    let most = sums.max() ?? 0
    let powers = sums.map { exp($0 - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
