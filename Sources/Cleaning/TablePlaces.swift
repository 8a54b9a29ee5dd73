import Pages

/// Which kept blocks are cells of tables, and which of the page's tables only lay it out.
///
/// A table is one of data where some row has two cells that are kept and no cell holds what a row of text cannot:
/// headings, code, other tables or prose of several paragraphs. All others are written as if they were not there.
struct TablePlaces {
  private let blocks: Blocks
  /// By element, -1 for none: the innermost table, and the row and cell in it.
  private var tables: [Int32] = []
  private var rows: [Int32] = []
  private var cells: [Int32] = []
  /// By element: the column that a cell starts in.
  private var columns: [Int32] = []
  /// By element: which row of its table a row is.
  private var rowNumbers: [Int32] = []
  private var dataTables: Set<Int32> = []

  /// Several lines in one cell that are longer than this, in bytes, are prose. Where more than every fourth row has some,
  /// the table lays out a thread or a page; less often it is a long entry among data.
  private static let proseLength = 800

  init(_ page: CleanPage, _ kept: [Int]) {
    blocks = page.blocks
    let inTables = kept.filter { blocks.contexts[$0].contains(.table) && blocks.blockElements[$0] >= 0 }
    guard !inTables.isEmpty else { return }
    placeElements()
    findDataTables(inTables)
  }

  /// The table that a block is written in, nil where it is written as a line of its own.
  func table(of block: Int) -> Int? {
    let element = Int(blocks.blockElements[block])
    guard element >= 0, !dataTables.isEmpty, dataTables.contains(tables[element]), cells[element] >= 0 else {
      return nil
    }
    return Int(tables[element])
  }

  /// Blocks of one table by row and cell. Columns that are empty in all these rows are left out, and empty cells at the
  /// end of a row: whoever wants them adds them where they cost no more than the page itself.
  func rows(_ blocksOfTable: ArraySlice<Int>) -> [[TableCell]] {
    let elements = blocksOfTable.map { Int(blocks.blockElements[$0]) }
    let writtenColumns = Set(elements.map { columns[Int(cells[$0])] }).sorted()
    var writtenRows: [Int] = []
    var result: [[TableCell]] = []
    for (block, element) in zip(blocksOfTable, elements) {
      if writtenRows.last != Int(rows[element]) {
        writtenRows.append(Int(rows[element]))
        result.append([])
      }
      let row = result.count - 1
      let column = writtenColumns.partitioningIndex { $0 >= columns[Int(cells[element])] }
      while result[row].count <= column { result[row].append(TableCell()) }
      result[row][column].element = cells[element]
      result[row][column].blocks.append(block)
    }
    for row in result.indices {
      for column in result[row].indices where result[row][column].element >= 0 {
        spread(row, column, of: &result, writtenRows, writtenColumns)
      }
    }
    return result
  }

  /// Says how many of the rows and columns that are written a cell takes, and which empty cells it covers.
  private func spread(
    _ row: Int, _ column: Int, of table: inout [[TableCell]], _ writtenRows: [Int], _ writtenColumns: [Int32]
  ) {
    let cell = Int(table[row][column].element)
    let span = TableGrid.Span(cell, in: blocks.elements, column: Int(columns[cell]))
    guard span.columns > 1 || span.rows > 1 else { return }
    let endColumn = writtenColumns.partitioningIndex { $0 >= columns[cell] + Int32(span.columns) }
    let group = blocks.elements.parents[writtenRows[row]]
    let lastRow = Int(rowNumbers[writtenRows[row]]) + span.rows - 1
    let endRow = writtenRows[row...].prefix {
      rowNumbers[$0] <= lastRow && blocks.elements.parents[$0] == group
    }.endIndex
    table[row][column].columns = UInt8(clamping: endColumn - column)
    table[row][column].rows = UInt16(clamping: endRow - row)
    for row in row..<endRow {
      for column in column..<max(column, min(endColumn, table[row].count)) where table[row][column].element < 0 {
        table[row][column].isCovered = true
      }
    }
  }

  private mutating func placeElements() {
    let elements = blocks.elements
    tables = Array(repeating: -1, count: elements.count)
    rows = tables
    cells = tables
    columns = tables
    rowNumbers = tables
    var grids: [Int32: TableGrid] = [:]
    /// By row: where the next cell may start.
    var nextColumns = Array(repeating: 0, count: elements.count)
    for element in 0..<elements.count {
      let parent = Int(elements.parents[element])
      if parent >= 0 {
        (tables[element], rows[element], cells[element]) = (tables[parent], rows[parent], cells[parent])
      }
      switch elements.tags[element] {
      case .table: (tables[element], rows[element], cells[element]) = (Int32(element), -1, -1)
      case .tr:
        (rows[element], cells[element]) = (tables[element] < 0 ? -1 : Int32(element), -1)
        if rows[element] >= 0 {
          rowNumbers[element] = Int32(grids[tables[element], default: TableGrid()].startRow(in: parent))
        }
      case .td, .th:
        let row = Int(rows[element])
        guard row >= 0 else { break }
        cells[element] = Int32(element)
        let (column, end) = grids[tables[element], default: TableGrid()].place(
          element, of: elements, row: Int(rowNumbers[row]), from: nextColumns[row])
        columns[element] = Int32(column)
        nextColumns[row] = end
      default: break
      }
    }
  }

  private mutating func findDataTables(_ kept: [Int]) {
    var layouts: Set<Int32> = []
    var rowsOfTable: [Int32: (all: Int, prose: Int)] = [:]
    var previous: (row: Int32, cell: Int32) = (-1, -1)
    var length = 0
    var isProse = false
    for block in kept {
      let element = Int(blocks.blockElements[block])
      let (table, row, cell) = (tables[element], rows[element], cells[element])
      var outer = table
      while outer >= 0, blocks.elements.parents[Int(outer)] >= 0 {
        outer = tables[Int(blocks.elements.parents[Int(outer)])]
        guard outer >= 0, layouts.insert(outer).inserted else { break }
      }
      guard cell >= 0 else { continue }
      if row != previous.row {
        rowsOfTable[table, default: (0, 0)].all += 1
        isProse = false
      } else if cell != previous.cell {
        dataTables.insert(table)
      }
      let isFurtherLine = cell == previous.cell
      length = (isFurtherLine ? length : 0) + blocks.range(block).count
      if isFurtherLine, length > Self.proseLength, !isProse {
        isProse = true
        rowsOfTable[table, default: (0, 0)].prose += 1
      }
      if [.heading, .code].contains(blocks.kinds[block]) { layouts.insert(table) }
      previous = (row, cell)
    }
    layouts.formUnion(rowsOfTable.filter { $0.value.prose * 4 > $0.value.all }.keys)
    dataTables.subtract(layouts)
  }
}
