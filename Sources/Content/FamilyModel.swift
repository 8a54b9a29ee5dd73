import Glibc
import Pages
import Rules

/// Names the family of what the content model removes: a menu, a form, a comment.
///
/// `Rules/models/families.md` says what it learnt from and how often it is right.
struct FamilyModel: Sendable {
  /// The classes of the forest; a block of the last one stays plain boilerplate.
  static let answers: [Family] = [
    .navigation, .signup, .related, .share, .comments, .legal, .consent, .ads, .meta, .app, .donate, .paywall,
    .boilerplate,
  ]
  /// A guess less likely than this is not made: in cross-validation the families fared best so on average.
  static let floor: Float = 0.4
  /// The same for whole sentences: of those between the two, two in three were not what they were taken for.
  static let floorOfSentences: Float = 0.6
  /// A text of so many words is one.
  static let leastOfSentences: Float = 12

  static let shared: FamilyModel = {
    guard let model = FamilyModel(Models.bytes("families.bin")) else {
      fatalError("Rules/models/families.bin is not for the features of this build: run Tools/train/families.py")
    }
    return model
  }()

  let words: FamilyWords
  let forest: Forest

  /// Nil where the bytes are no such model, or one for other features: words first, then the forest.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var reader = ModelReader(bytes)
    guard let words = FamilyWords(&reader), let forest = Forest(&reader, features: FamilyFeatures.names),
      forest.classCount == Self.answers.count
    else { return nil }
    (self.words, self.forest) = (words, forest)
  }

  /// By block: the family of what is neither kept nor named by a rule's finding; nil for all others, and where
  /// the model is not sure. O(blocks + removed blocks × trees).
  func families(
    _ page: Blocks, _ texts: [TextMeasure], _ elements: ElementMeasures?, findings: [Finding], keeps: [Bool]
  ) -> [Family?] {
    var named = [Family?](repeating: nil, count: page.count)
    var keeps = keeps
    for finding in findings where finding.block >= 0 {
      // Another action than removal may leave the block to the content model, but not its family.
      if finding.action == .keep { keeps[finding.block] = true } else { named[finding.block] = finding.family }
    }
    let features = FamilyFeatures(page, texts, elements, named: named, keeps: keeps, words: words)
    var families = [Family?](repeating: nil, count: page.count)
    let classes = forest.classCount
    forest.sums(features).withUnsafeBufferPointer { sums in
      for (row, block) in features.asked.enumerated() {
        let sums = UnsafeBufferPointer(rebasing: sums[row * classes..<(row + 1) * classes])
        let isSentence = texts[block].words >= Self.leastOfSentences
        families[block] = Self.answer(sums, floor: isSentence ? Self.floorOfSentences : Self.floor)
      }
    }
    return families
  }

  /// The class of the largest sum, where its share in the softmax reaches the floor.
  private static func answer(_ sums: UnsafeBufferPointer<Float>, floor: Float) -> Family? {
    var best = 0
    for index in sums.indices where sums[index] > sums[best] { best = index }
    guard best < sums.count - 1 else { return nil }
    var total: Float = 0
    for index in sums.indices { total += exp(sums[index] - sums[best]) }
    return total * floor <= 1 ? answers[best] : nil
  }
}
