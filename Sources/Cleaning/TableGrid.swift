import Pages

/// A cell of a table as it is written. Small, since empty ones may be many.
struct TableCell {
  /// What stands in it.
  var blocks: [Int] = []
  /// The page's own cell, -1 for a place without text.
  var element: Int32 = -1
  /// How many of the rows and columns that are written it takes.
  var rows: UInt16 = 1
  var columns: UInt8 = 1
  /// Whether a cell to its left or above it takes its place.
  var isCovered = false
}

/// Finds the columns of a table's cells (WHATWG HTML, section 4.9.12), row by row.
struct TableGrid {
  /// No cell is wider than this, and what stands farther right reaches into no other row: empty cells are written out,
  /// and a few bytes of a page shall not make thousands of them.
  private static let columnLimit = 64
  /// The standard's own bound.
  private static let rowLimit = 65534

  private var rowCount = 0
  private var group = -1
  /// By column: the first row that no cell from above reaches.
  private var free: [Int] = []

  /// How far a cell reaches.
  struct Span {
    var columns: Int
    var rows: Int

    init(_ cell: Int, in elements: Elements, column: Int) {
      columns = max(1, min(TableGrid.columnLimit, elements.number(.colspan, of: cell) ?? 1))
      let wanted = elements.number(.rowspan, of: cell) ?? 1
      // 0 stands for all rows that follow.
      rows = column >= TableGrid.columnLimit || wanted < 0 ? 1 : min(TableGrid.rowLimit, wanted == 0 ? .max : wanted)
    }
  }

  /// Goes on to the next row and says which it is. No cell reaches out of its group, which is `<thead>`, `<tbody>` and the
  /// like or the table itself.
  mutating func startRow(in group: Int) -> Int {
    if group != self.group { free = [] }
    self.group = group
    rowCount += 1
    return rowCount - 1
  }

  /// The columns of a cell that stands where `column` or, behind those that reach down from above, the next one is free.
  mutating func place(_ cell: Int, of elements: Elements, row: Int, from column: Int) -> (column: Int, end: Int) {
    var column = column
    while column < free.count, free[column] > row { column += 1 }
    let span = Span(cell, in: elements, column: column)
    if span.rows > 1 {
      let end = min(column + span.columns, Self.columnLimit)
      free += Array(repeating: 0, count: max(0, end - free.count))
      for i in column..<end { free[i] = max(free[i], row + span.rows) }
    }
    return (column, column + span.columns)
  }
}
