import CEmbedded
import Content
import Glibc

/// Boosted trees that score sentences and tell which stems and pairs of stems a summary holds, and two linear models
/// that score subsets: one for budgets in sentences, one for budgets in words or characters. Made by
/// `Tools/train/briefs.py`.
///
/// The file: two `Forest`s over the sentence features, whose sum is the score; one over those of stems, one over those
/// of pairs, whose sums are log-odds; then, little-endian, the FNV-1a hash of the names of the subset features and two
/// rows of weights.
struct BriefModel: Sendable {
  /// The first trees say what most sentences come to; only the best go on to the rest.
  private let first: Forest
  private let rest: Forest
  private let stems: Forest
  private let pairs: Forest
  static let finalists = 16
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
    let columns = SentenceFeature.allCases.map { "\($0)" }
    guard let first = Forest(&reader, features: columns), first.classCount == 1,
      let rest = Forest(&reader, features: columns), rest.classCount == 1,
      let stems = Forest(&reader, features: StemFeature.allCases.map { "\($0)" }), stems.classCount == 1,
      let pairs = Forest(&reader, features: PairFeature.allCases.map { "\($0)" }), pairs.classCount == 1,
      reader.next(UInt64.self) == Forest.hash(of: names)
    else { return nil }
    (self.first, self.rest) = (first, rest)
    (self.stems, self.pairs) = (stems, pairs)
    weights = (0..<2).map { _ in names.compactMap { _ in reader.next(Float.self) } }
    guard reader.isAtEnd, weights.allSatisfy({ $0.count == names.count }) else { return nil }
  }

  /// A score for each row that is wanted, else 0. O(rows × trees × depth).
  func scores(_ features: SentenceFeatures, rows: [Bool]) -> [Float] {
    var scores = [Float](repeating: 0, count: rows.count)
    var wanted = rows.indices.filter { rows[$0] }
    add(first, wanted, features, to: &scores)
    if wanted.count > Self.finalists {
      wanted.sort { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
      wanted.removeSubrange(Self.finalists...)
    }
    add(rest, wanted, features, to: &scores)
    return scores
  }

  private func add(_ forest: Forest, _ rows: [Int], _ features: SentenceFeatures, to scores: inout [Float]) {
    let width = SentenceFeatures.width
    features.values.withUnsafeBufferPointer { values in
      sums(forest, rows, width: width) { row, packed in
        packed.initialize(from: values.baseAddress! + row * width, count: width)
      } each: {
        scores[$0] += $1
      }
    }
  }

  /// How likely a summary holds each of the `wanted` stems. O(stems × trees).
  func stemChances(_ wanted: [Int], into chances: inout [Float], fill: (Int, UnsafeMutablePointer<Float>) -> Void) {
    sums(stems, wanted, width: StemFeature.allCases.count, fill) { chances[$0] = Self.probability($1) }
  }
  /// The same of pairs.
  func pairChances(_ wanted: [Int], into chances: inout [Float], fill: (Int, UnsafeMutablePointer<Float>) -> Void) {
    sums(pairs, wanted, width: PairFeature.allCases.count, fill) { chances[$0] = Self.probability($1) }
  }
  private static func probability(_ logOdds: Float) -> Float { 1 / (1 + expf(-logOdds)) }

  /// What the trees say of each of `rows`, filled in by `fill`.
  @inline(__always)
  private func sums(
    _ forest: Forest, _ rows: [Int], width: Int, _ fill: (Int, UnsafeMutablePointer<Float>) -> Void,
    each: (Int, Float) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count * (width + 1)) { space in
      guard let packed = space.baseAddress, !rows.isEmpty else { return }
      for (place, row) in rows.enumerated() { fill(row, packed + place * width) }
      let sums = packed + rows.count * width
      sums.initialize(repeating: 0, count: rows.count)
      forest.add(packed, count: rows.count, to: sums)
      for (place, row) in rows.enumerated() { each(row, sums[place]) }
    }
  }
}
