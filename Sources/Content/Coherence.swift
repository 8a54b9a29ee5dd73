import Pages
import Rules

/// Mends a choice where it parts what belongs together: judged one by one, the short cells of a table, the code between
/// two paragraphs and the headings above them are easily lost.
enum Coherence {
  /// A heading above a kept block needs no better score than this.
  static let leastOfHeadings: Float = 0.4

  /// O(blocks × depth of tables' cells).
  static func mend(_ keeps: inout [Bool], _ scores: [Float], _ page: Blocks, words: (Int) -> Float) {
    let elements = page.elements
    mendCells(&keeps, runsOfCells(page) { elements.parents[Int(page.blockElements[$0])] }, words)
    let tables = runsOfCells(page) { block in
      var element = page.blockElements[block]
      while element >= 0, elements.tags[Int(element)] != .table { element = elements.parents[Int(element)] }
      return element
    }
    mendCells(&keeps, tables, words)
    for table in tables where isCalendar(table, page) {
      for block in table { keeps[block] = false }
    }
    mendCode(&keeps, page)
    // From the end, so that a heading above a heading stays too.
    for block in keeps.indices.dropLast().reversed()
    where keeps[block + 1] && page.kinds[block] == .heading && scores[block] >= leastOfHeadings { keeps[block] = true }
  }

  /// Listings between two kept blocks stay, whatever they look like: of those that this brings back on pages that the
  /// model has not seen, five in six are content.
  private static func mendCode(_ keeps: inout [Bool], _ page: Blocks) {
    var last: Int?
    for block in keeps.indices where keeps[block] {
      if let last, (last + 1..<block).allSatisfy({ page.kinds[$0] == .code }) {
        for code in last + 1..<block { keeps[code] = true }
      }
      last = block
    }
  }

  /// The lines of a paragraph that was broken at a width, or of a listing in Markdown, stay or go together, by what becomes of
  /// most of their words; listings between kept lines stay. O(lines).
  static func mendLines(_ keeps: inout [Bool], _ page: Blocks, words: (Int) -> Float) {
    var start = 0
    while start < page.count {
      var end = start + 1
      while end < page.count, page.goesOn(end) || page.kinds[end] == .code && page.kinds[start] == .code { end += 1 }
      if end - start > 1 {
        let stays = isMostlyKept(start..<end, keeps, words)
        for line in start..<end { keeps[line] = stays }
      }
      start = end
    }
    mendCode(&keeps, page)
  }

  /// Lines of signs alone, as the brackets of code and the rules between parts, stay between two lines that do; a lone
  /// bullet, of an item whose text is no text, does not. O(lines).
  static func keepSigns(_ keeps: inout [Bool], _ page: Blocks, words: (Int) -> Float) {
    var last: Int?
    for line in keeps.indices where words(line) > 0 {
      if keeps[line], let last, keeps[last] {
        for sign in last..<line where !isBullet(page.bytes(sign)) { keeps[sign] = true }
      }
      last = line
    }
  }
  private static func isBullet(_ line: ArraySlice<UInt8>) -> Bool {
    line.count { $0 & 0xC0 != 0x80 } == 1 && !"{}[]()<>".utf8.contains(line.first!)
  }

  /// So many words make a copy: shorter texts, as "Read the label", may stand under several headings.
  static let leastOfCopies: Float = 8

  /// Kept blocks whose text stands in one before them that stays, letter by letter: a carousel's clones, the copy for small
  /// screens, a quote of the post above. Cells and code repeat themselves for a reason. O(bytes of text).
  static func copies(_ keeps: [Bool], _ features: BlockFeatures, _ findings: [Finding]) -> [Int] {
    let page = features.page
    let candidates = keeps.indices.filter { block in
      keeps[block] && features.texts[block].words >= leastOfCopies && features.layout.copies(block) > 1
        && page.kinds[block] != .cell && page.kinds[block] != .code
    }
    guard candidates.count > 1 else { return [] }
    let removed = Set(findings.filter { $0.action == .remove }.map(\.block))
    var seen: Set<ArraySlice<UInt8>> = []
    return candidates.filter { !removed.contains($0) && !seen.insert(page.bytes($0)).inserted }
  }

  /// Cells that follow one another in one row, or one table, are kept whole when half of their words or more are kept.
  private static func mendCells(_ keeps: inout [Bool], _ runs: [Range<Int>], _ words: (Int) -> Float) {
    for run in runs where isMostlyKept(run, keeps, words) {
      for block in run { keeps[block] = true }
    }
  }

  /// Whether half of the words or more are kept.
  private static func isMostlyKept(_ run: Range<Int>, _ keeps: [Bool], _ words: (Int) -> Float) -> Bool {
    // An empty cell or line has its say too.
    let all = run.reduce(0) { $0 + words($1) + 0.1 }
    let kept = run.reduce(0) { $0 + (keeps[$1] ? words($1) + 0.1 : 0) }
    return kept >= all / 2
  }

  /// A month at a blog's side: cells that count the days from 1, and hold little else but the names of weekdays.
  private static func isCalendar(_ cells: Range<Int>, _ page: Blocks) -> Bool {
    guard (28...48).contains(cells.count) else { return false }
    var day = 0
    for cell in cells {
      let text = page.bytes(cell)
      if text.elementsEqual(String(day + 1).utf8) { day += 1 } else if text.count > 24 { return false }
    }
    return (28...31).contains(day)
  }

  /// The cells that follow one another in one row, or one table, as `owner` tells it.
  private static func runsOfCells(_ page: Blocks, of owner: (Int) -> Int32) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first = 0
    while first < page.count {
      guard page.kinds[first] == .cell else {
        first += 1
        continue
      }
      let whole = owner(first)
      var end = first + 1
      while end < page.count, page.kinds[end] == .cell, owner(end) == whole { end += 1 }
      runs.append(first..<end)
      first = end
    }
    return runs
  }
}
