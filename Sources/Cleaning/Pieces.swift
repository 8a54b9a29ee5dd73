import Pages

/// What a rendering writes at once.
enum Piece {
  /// The lines of one paragraph, heading or item, a block each: apart by `<br>`, or broken at a width in a dump.
  case lines(ArraySlice<Int>)
  /// Rows of cells up to the last that has text.
  case table(rows: [[TableCell]], element: Int)

  /// The blocks it is made of, first and last.
  var ends: (first: Int, last: Int) {
    switch self {
    case .lines(let lines): (lines.first!, lines.last!)
    case .table(let rows, _): (rows.first!.lazy.flatMap(\.blocks).first!, rows.last!.last!.blocks.last!)
    }
  }

  /// The element whose lists and quotes it stands in; -1 in a dump.
  func element(_ blocks: Blocks) -> Int {
    switch self {
    case .lines(let lines): Int(blocks.blockElements[lines.first!])
    case .table(_, let element): element
    }
  }
}

extension CleanPage {
  /// The kept blocks as they are written together, in page order. O(blocks + elements).
  func pieces(of kept: [Int]) -> [Piece] {
    let tables = TablePlaces(self, kept)
    var pieces: [Piece] = []
    var start = 0
    while start < kept.count {
      var end = start + 1
      let table = tables.table(of: kept[start])
      if let table {
        while end < kept.count, tables.table(of: kept[end]) == table { end += 1 }
        pieces.append(.table(rows: tables.rows(kept[start..<end]), element: table))
      } else {
        while end < kept.count, continuesLine(kept[end], after: kept[end - 1]) { end += 1 }
        pieces.append(.lines(kept[start..<end]))
      }
      start = end
    }
    return pieces
  }

  /// Whether an empty line stands between two kept blocks: it does where one stood between any of
  /// the blocks from one to the other.
  func startsParagraph(_ block: Int, after previous: Int) -> Bool {
    (previous + 1...block).contains { blocks.breaks[$0] == 2 }
  }

  /// Of two neighbouring fences the second opens a listing of its own.
  private func continuesListing(_ block: Int, after previous: Int) -> Bool {
    isListing(block) && isListing(previous) && !(blocks.isFence(block) && blocks.isFence(previous))
  }

  /// Whether a block is a line of a listing in Markdown; these are written as they stand.
  func isListing(_ block: Int) -> Bool { blocks.kinds[block] == .code && blocks.contexts[block].contains(.markdown) }

  /// Whether a block goes on behind a `<br>` in the same paragraph or item, or a line of a dump on the one before, as in a
  /// listing.
  private func continuesLine(_ block: Int, after previous: Int) -> Bool {
    guard block == previous + 1 else { return false }
    return blocks.goesOn(block)
      || continuesListing(block, after: previous)
      || blocks.breaks[block] == 1 && blocks.blockElements[block] >= 0
        && blocks.blockElements[block] == blocks.blockElements[previous]
        && blocks.kinds[block] == blocks.kinds[previous]
        && blocks.kinds[block] != .code
  }
}
