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
  /// By element: the column that a cell starts in, and which row of its table a row is.
  private var places: [Int32] = []
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
    let used = Set(elements.map { places[Int(cells[$0])] }).sorted()
    var result: [[TableCell]] = []
    var writtenRows: [Int] = []
    var starts: [(row: Int, column: Int, cell: Int)] = []
    for (block, element) in zip(blocksOfTable, elements) {
      if writtenRows.last != Int(rows[element]) {
        writtenRows.append(Int(rows[element]))
        result.append([])
      }
      let row = result.count - 1
      let cell = Int(cells[element])
      let column = used.partitioningIndex { $0 >= places[cell] }
      while result[row].count <= column { result[row].append(TableCell()) }
      if result[row][column].blocks.isEmpty { starts.append((row, column, cell)) }
      result[row][column].blocks.append(block)
    }
    for start in starts {
      let span = TableGrid.Span(start.cell, in: blocks.elements, column: Int(places[start.cell]))
      guard span.columns > 1 || span.rows > 1 else { continue }
      let endColumn = used.partitioningIndex { $0 >= places[start.cell] + Int32(span.columns) }
      let group = blocks.elements.parents[writtenRows[start.row]]
      let lastRow = Int(places[writtenRows[start.row]]) + span.rows - 1
      let endRow = writtenRows[start.row...].prefix {
        places[$0] <= lastRow && blocks.elements.parents[$0] == group
      }.endIndex
      result[start.row][start.column].columns = UInt8(clamping: endColumn - start.column)
      result[start.row][start.column].rows = UInt16(clamping: endRow - start.row)
      for row in start.row..<endRow {
        for column in start.column..<max(start.column, min(endColumn, result[row].count))
        where result[row][column].blocks.isEmpty { result[row][column].isCovered = true }
      }
    }
    return result
  }

  private mutating func placeElements() {
    let elements = blocks.elements
    tables = Array(repeating: -1, count: elements.count)
    rows = tables
    cells = tables
    places = tables
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
          places[element] = Int32(grids[tables[element], default: TableGrid()].startRow(in: parent))
        }
      case .td, .th:
        let row = Int(rows[element])
        guard row >= 0 else { break }
        cells[element] = Int32(element)
        let (column, end) = grids[tables[element], default: TableGrid()].place(
          element, of: elements, row: Int(places[row]), from: nextColumns[row])
        places[element] = Int32(column)
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
