import Cleaning
import Language
import Pages

/// Writes briefs. Not for several threads at once: keep one a worker.
public final class Summarizer {
  private let breaker = Breaker(.sentence)
  private let folder = Folder()

  public init() {}

  /// The sentences that tell most of the page, within the budget, in page order.
  public func brief(_ page: CleanPage, budget: BriefBudget) -> Brief {
    let sentences = candidates(page)
    guard !sentences.isEmpty else {
      return Brief(sentences: [], emptyBecause: page.kept.isEmpty ? "no main content" : "no prose")
    }
    let scores = SentenceScores(sentences, page.blocks, folder).values
    let chosen = Selection(sentences, scores, page.blocks).choose(budget)
    return Brief(
      sentences: chosen.map {
        Brief.Sentence(block: sentences[$0].block, range: sentences[$0].range, score: scores[$0])
      })
  }

  private func candidates(_ page: CleanPage) -> [Candidate] {
    let blocks = page.blocks
    var found: [Candidate] = []
    for block in page.kept {
      guard [.paragraph, .quote, .definition].contains(blocks.kinds[block]) else { continue }
      let range = blocks.range(block)
      let sentences = blocks.text.withUnsafeBufferPointer {
        breaker.ranges(UnsafeBufferPointer(rebasing: $0[range]))
      }
      for (index, sentence) in sentences.enumerated() {
        var end = range.lowerBound + sentence.upperBound
        while end > range.lowerBound, blocks.text[end - 1] == 0x20 { end -= 1 }
        let candidate = Candidate(
          block: block, range: range.lowerBound + sentence.lowerBound..<end, indexInBlock: index)
        if candidate.isSentence(blocks.text) { found.append(candidate) }
      }
    }
    return found
  }
}

/// A sentence that may stand in a brief.
struct Candidate {
  var block: Int
  var range: Range<Int>
  var indexInBlock: Int

  /// Long enough, ended like a statement, quotes and brackets balanced.
  func isSentence(_ text: [UInt8]) -> Bool {
    let bytes = text[range]
    guard WordCount.of(bytes) >= 5 else { return false }
    let string = String(decoding: bytes, as: UTF8.self)
    guard let end = string.last(where: { !"\"”’»)]'".contains($0) }), ".…。".contains(end) else { return false }
    func count(_ c: Character) -> Int { string.count { $0 == c } }
    return count("“") == count("”") && count("(") == count(")") && count("\"") % 2 == 0 && count("«") == count("»")
  }

  /// Opens with a word that points back to a sentence before it.
  func pointsBack(_ text: [UInt8]) -> Bool {
    let start = String(decoding: text[range].prefix(60), as: UTF8.self).lowercased()
    let first = start.drop { !$0.isLetter }.prefix { $0.isLetter || $0 == "'" || $0 == "’" }
    return Self.openers.contains(String(first))
  }
  private static let openers: Set<String> = [
    "he", "she", "they", "it", "this", "that", "these", "those", "such", "but", "however", "meanwhile", "his", "her",
    "their",
    "its", "and", "so", "yet", "also", "then", "therefore", "instead", "moreover", "still", "er", "sie", "es", "dies",
    "diese",
    "dieser", "aber", "doch", "dabei", "damit", "jedoch", "il", "elle", "ils", "elles", "ce", "cette", "ces", "mais",
    "cependant",
    "él", "ella", "ellos", "ellas", "esto", "este", "esta", "pero", "sin", "він", "вона", "вони", "це", "цей", "ця",
    "але",
    "проте", "однак", "он", "она", "они", "это", "этот", "эта", "но", "однако",
  ]
}
