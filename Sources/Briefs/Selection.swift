import Language
import Pages

/// Chooses sentences within a budget: the best first, none whose opener points to a sentence that is
/// not chosen, none twice.
struct Selection {
  private let sentences: [Candidate]
  private let scores: [Float]
  private let blocks: Blocks

  init(_ sentences: [Candidate], _ scores: [Float], _ blocks: Blocks) {
    self.sentences = sentences
    self.scores = scores
    self.blocks = blocks
  }

  /// Indices in page order.
  func choose(_ budget: BriefBudget) -> [Int] {
    var chosen: Set<Int> = []
    var texts: Set<ArraySlice<UInt8>> = []
    var words = 0
    for index in sentences.indices.sorted(by: { (scores[$0], $1) > (scores[$1], $0) }) {
      let text = blocks.text[sentences[index].range]
      let length = WordCount.of(text)
      switch budget {
      case .sentences(let limit): if chosen.count >= limit { continue }
      case .words(let limit): if words + length > limit { continue }
      }
      if sentences[index].pointsBack(blocks.text), !chosen.contains(index - 1) { continue }
      guard texts.insert(text).inserted else { continue }
      chosen.insert(index)
      words += length
    }
    return chosen.sorted()
  }
}
