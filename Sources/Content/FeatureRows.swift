import Pages
import Rules

/// A page's features as rows, for training: what `ContentScorer` itself computes, so that training and
/// running cannot disagree.
package struct FeatureRows: Sendable {
  /// Row-major, `width` values a block.
  package var blocks: [Float]
  package var width: Int
  /// One row for the page, empty for a dump.
  package var page: [Float]
  /// The keys of the words that the page's type is told by, a list for each place that words are taken from;
  /// empty for a dump.
  package var typeWords: [[UInt32]]

  package static let blockNames = BlockFeatures.names
  package static let pageNames = PageFeatures.names
  package static let lineNames = LineFeatures.names

  /// `wordOdds` are what words say of each line of a dump, for training; by default those of the embedded words.
  /// O(blocks + elements + bytes of text).
  package init(_ page: ReadPage, findings: [Finding], wordOdds: [Float]? = nil) {
    if page.hasTree {
      let features = BlockFeatures(page, findings: findings)
      self.init(features, page: features.pageValues)
      typeWords = features.typeWords
    } else {
      self.init(LineFeatures(page, findings: findings, wordOdds: wordOdds), page: [])
    }
  }

  /// For each block the number of its words' keys, and the keys, as `WordKeys` gives them. O(bytes of text).
  package static func wordKeys(_ page: Blocks) -> [UInt32] {
    var lists: [UInt32] = []
    for block in 0..<page.count {
      let start = lists.count
      lists.append(0)
      page.bytes(block).withUnsafeBufferPointer { text in WordKeys.each(text) { lists.append($0) } }
      lists[start] = UInt32(lists.count - start - 1)
    }
    return lists
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
