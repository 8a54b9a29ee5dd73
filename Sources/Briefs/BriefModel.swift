import CEmbedded
import Content

/// Boosted trees that score sentences, and two linear models that score subsets of them: one for budgets in
/// sentences, one for budgets in words or characters. Made by `Tools/train/briefs.py`.
///
/// The file: a `Forest` over the sentence features; then, little-endian, the FNV-1a hash of the names of the
/// subset features and two rows of weights.
struct BriefModel: Sendable {
  private let forest: Forest
  let weights: [[Float]]

  static let embedded: BriefModel = {
    let file = embedded_brief_model()
    guard let model = BriefModel(UnsafeBufferPointer(start: file.bytes, count: file.count)) else {
      fatalError("briefs.bin was trained for other features: run Tools/train/briefs.py")
    }
    return model
  }()

  /// Nil for bytes that are no model, or one for other features.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var reader = ModelReader(bytes)
    let names = SubsetFeature.allCases.map { "\($0)" }
    guard let forest = Forest(&reader, features: SentenceFeature.allCases.map { "\($0)" }), forest.classCount == 1,
      reader.next(UInt64.self) == Forest.hash(of: names)
    else { return nil }
    self.forest = forest
    weights = (0..<2).map { _ in names.compactMap { _ in reader.next(Float.self) } }
    guard reader.isAtEnd, weights.allSatisfy({ $0.count == names.count }) else { return nil }
  }

  /// A score for each row that is wanted, else 0. O(rows × trees × depth).
  func scores(_ features: SentenceFeatures, rows: [Bool]) -> [Float] {
    let width = SentenceFeatures.width
    let wanted = rows.indices.filter { rows[$0] }
    var sums = [Float](repeating: 0, count: wanted.count)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: wanted.count * width) { packed in
      for (place, row) in wanted.enumerated() {
        _ = packed[(place * width)...].initialize(from: features.values[row * width..<(row + 1) * width])
      }
      guard let base = packed.baseAddress else { return }
      sums.withUnsafeMutableBufferPointer { sums in
        if let sums = sums.baseAddress { forest.add(base, count: wanted.count, to: sums) }
      }
    }
    var scores = [Float](repeating: 0, count: rows.count)
    for (place, row) in wanted.enumerated() { scores[row] = sums[place] }
    return scores
  }
}
