import Pages

/// Mends a choice where it parts what belongs together: judged one by one, the short cells of a table, the code between
/// two paragraphs and the headings above them are easily lost.
enum Coherence {
  /// Code between two kept blocks, and a heading above one, need no better score than these.
  static let leastOfCode: Float = 0.3, leastOfHeadings: Float = 0.4

  /// O(blocks × depth of tables' cells).
  static func mend(_ keeps: inout [Bool], _ scores: [Float], _ page: Blocks, words: (Int) -> Float) {
    let elements = page.elements
    mendCells(&keeps, page, words) { elements.parents[Int(page.blockElements[$0])] }
    mendCells(&keeps, page, words) { block in
      var element = page.blockElements[block]
      while element >= 0, elements.tags[Int(element)] != .table { element = elements.parents[Int(element)] }
      return element
    }
    // From the end, so that a heading above a heading stays too.
    for block in keeps.indices.dropLast().reversed() where keeps[block + 1] {
      switch page.kinds[block] {
      case .code where block > 0 && keeps[block - 1] && scores[block] >= leastOfCode: keeps[block] = true
      case .heading where scores[block] >= leastOfHeadings: keeps[block] = true
      default: break
      }
    }
  }

  /// Cells that follow one another in one row, or one table, are kept whole when half of their words or more are kept.
  private static func mendCells(
    _ keeps: inout [Bool], _ page: Blocks, _ words: (Int) -> Float, within owner: (Int) -> Int32
  ) {
    var first = 0
    while first < page.count {
      guard page.kinds[first] == .cell else {
        first += 1
        continue
      }
      let whole = owner(first)
      var end = first
      var all: Float = 0
      var kept: Float = 0
      while end < page.count, page.kinds[end] == .cell, owner(end) == whole {
        // An empty cell has its say too.
        all += words(end) + 0.1
        if keeps[end] { kept += words(end) + 0.1 }
        end += 1
      }
      if kept >= all / 2 { for block in first..<end { keeps[block] = true } }
      first = end
    }
  }
}
