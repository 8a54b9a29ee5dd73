import Language
import Pages

/// Scores sentences by their place in the page and by how much of the page's frequent words they carry.
struct SentenceScores {
  private(set) var values: [Float] = []
  /// Distinct folded words of four letters and more, by sentence.
  private(set) var words: [Set<String>] = []

  init(_ sentences: [Candidate], _ blocks: Blocks, _ folder: Folder) {
    for sentence in sentences {
      let text = String(decoding: blocks.text[sentence.range], as: UTF8.self)
      let folded = String(decoding: folder.fold(text), as: UTF8.self)
      words.append(Set(folded.split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count > 3 }))
    }
    var frequency: [String: Int] = [:]
    for set in words { for word in set { frequency[word, default: 0] += 1 } }
    for index in sentences.indices {
      let shared = words[index].reduce(Float(0)) { $0 + Float(frequency[$1]! - 1) }
      let centrality = shared / Float(max(8, words[index].count)) / Float(max(1, sentences.count / 8))
      let position = 1 / (1 + 0.35 * Float(index))
      let opensParagraph: Float = sentences[index].indexInBlock == 0 ? 0.05 : 0
      values.append(position + 0.3 * min(1, centrality) + opensParagraph)
    }
  }
}
