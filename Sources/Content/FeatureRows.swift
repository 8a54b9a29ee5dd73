import Pages
import Rules

/// A page's features as rows, for training: what `ContentScorer` itself computes, so that training and
/// running cannot disagree.
public struct FeatureRows: Sendable {
  /// Row-major, `width` values a block.
  public var blocks: [Float]
  public var width: Int
  /// One row for the page, empty for a dump.
  public var page: [Float]
  /// The keys of the words that the page's type is told by, a list for each place that words are taken from;
  /// empty for a dump.
  public var typeWords: [[UInt32]]

  public static let blockNames = BlockFeatures.names
  public static let pageNames = PageFeatures.names
  public static let lineNames = LineFeatures.names

  /// O(blocks + elements + bytes of text).
  public init(_ page: ReadPage, findings: [Finding]) {
    if page.hasTree {
      let features = BlockFeatures(page, findings: findings)
      self.init(features, page: features.pageValues)
      typeWords = features.typeWords
    } else {
      self.init(LineFeatures(page, findings: findings), page: [])
    }
  }
  private init(_ source: some FeatureSource, page: [Float]) {
    width = type(of: source).names.count
    self.page = page
    typeWords = []
    blocks = [Float](repeating: 0, count: source.count * width)
    blocks.withUnsafeMutableBufferPointer { rows in
      for block in 0..<source.count { source.write(block, to: rows.baseAddress! + block * width) }
    }
  }
}
