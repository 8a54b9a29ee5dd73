import Pages

/// Mends a choice where it parts what belongs together: judged one by one, the short cells of a table's row and the code
/// between two paragraphs are easily lost.
enum Coherence {
  /// Code between two kept blocks needs no better score than this.
  static let leastOfCode: Float = 0.3

  /// O(blocks).
  static func mend(_ keeps: inout [Bool], _ scores: [Float], _ page: Blocks, words: (Int) -> Float) {
    mendRows(&keeps, page, words)
    for block in keeps.indices.dropFirst().dropLast()
    where page.kinds[block] == .code && scores[block] >= leastOfCode && keeps[block - 1] && keeps[block + 1] {
      keeps[block] = true
    }
  }

  /// A row of which half the words or more are kept is kept whole.
  private static func mendRows(_ keeps: inout [Bool], _ page: Blocks, _ words: (Int) -> Float) {
    var first = 0
    while first < page.count {
      guard page.kinds[first] == .cell else {
        first += 1
        continue
      }
      let row = parent(first, page)
      var end = first
      var all: Float = 0
      var kept: Float = 0
      while end < page.count, page.kinds[end] == .cell, parent(end, page) == row {
        // An empty cell has its say too.
        all += words(end) + 0.1
        if keeps[end] { kept += words(end) + 0.1 }
        end += 1
      }
      if kept >= all / 2 { for block in first..<end { keeps[block] = true } }
      first = end
    }
  }

  private static func parent(_ block: Int, _ page: Blocks) -> Int32 {
    page.elements.parents[Int(page.blockElements[block])]
  }
}
