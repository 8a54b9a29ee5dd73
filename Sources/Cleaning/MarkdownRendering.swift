import Pages

/// CommonMark with tables of GitHub's kind.
struct MarkdownRendering {
  let page: CleanPage
  private var blocks: Blocks { page.written }
  /// By element: the number of an item of a numbered list, 0 for all else.
  private let numbers: [Int]

  init(page: CleanPage) {
    self.page = page
    let elements = page.written.elements
    var numbers = Array(repeating: 0, count: elements.count)
    var counts = numbers
    for element in numbers.indices where elements.tags[element] == .li {
      let list = Int(elements.parents[element])
      guard list >= 0, elements.tags[list] == .ol else { continue }
      counts[list] += 1
      numbers[element] = counts[list]
    }
    self.numbers = numbers
  }

  func render(withMetadata: Bool) -> [UInt8] {
    var out = withMetadata ? FrontMatter.render(page) : []
    if let title = page.metadata.title {
      out += Array("# ".utf8) + Self.escape(Array(title.text.utf8)) + [0x0A]
    }
    let table = TableColumns(page)
    var previous: Line?
    for block in page.keptBelowTitle {
      let line = Line(block: block, place: BlockPlace(block, blocks))
      defer { previous = line }
      guard let before = previous else {
        if !out.isEmpty { out.append(0x0A) }
        append(line, isContinued: false, &out)
        continue
      }
      if isSameRow(line, before) {
        out += Array(" | ".utf8)
        appendInline(block, &out)
      } else if page.continuesLine(block, after: before.block) {
        out += Array("\\\n".utf8) + continuation(line)
        appendInline(block, &out)
      } else {
        endLine(before, table, &out)
        if needsEmptyLine(line, after: before) { out.append(0x0A) }
        append(line, isContinued: line.place.item != nil && line.place.item == before.place.item, &out)
      }
    }
    if let previous { endLine(previous, table, &out) }
    return out
  }

  private struct Line {
    var block: Int
    var place: BlockPlace
  }

  private func isSameRow(_ line: Line, _ before: Line) -> Bool {
    blocks.kinds[line.block] == .cell && line.place.row != nil && line.place.row == before.place.row
  }

  private func endLine(_ line: Line, _ table: TableColumns, _ out: inout [UInt8]) {
    guard blocks.kinds[line.block] == .cell, let row = line.place.row else {
      out.append(0x0A)
      return
    }
    out += Array(" |\n".utf8)
    if let columns = table.columnsOfFirstRow[row] {
      out += Array(("|" + String(repeating: " --- |", count: columns) + "\n").utf8)
    }
  }

  private func needsEmptyLine(_ line: Line, after before: Line) -> Bool {
    if let table = line.place.table, table == before.place.table { return false }
    if let list = line.place.lists.first, list == before.place.lists.first {
      return line.place.item == before.place.item && page.startsParagraph(line.block, after: before.block)
    }
    let areItemsOfDump = line.place.element < 0 && [line, before].allSatisfy { blocks.kinds[$0.block] == .listItem }
    return areItemsOfDump ? page.startsParagraph(line.block, after: before.block) : true
  }

  private func append(_ line: Line, isContinued: Bool, _ out: inout [UInt8]) {
    let block = line.block
    if let item = line.place.item {
      out += isContinued ? continuation(line) : indentation(line.place) + marker(item)
    }
    switch blocks.kinds[block] {
    case .heading:
      // The page's title is the only heading of level 1.
      let level = max(2, min(6, Int(blocks.levels[block])))
      out += Array((String(repeating: "#", count: level) + " ").utf8)
      appendInline(block, &out)
    case .code:
      let fence = Self.fence(blocks.bytes(block))
      out += fence + [0x0A] + blocks.bytes(block) + [0x0A] + fence
    case .quote:
      out += Array("> ".utf8)
      appendInline(block, &out)
    case .cell where line.place.row != nil:
      out += Array("| ".utf8)
      appendInline(block, &out)
    case .caption:
      out += [0x2A] + Self.escape(Array(blocks.bytes(block))) + [0x2A]
    case .term:
      out += Array("**".utf8) + Self.escape(Array(blocks.bytes(block))) + Array("**".utf8)
    case .listItem where line.place.element < 0: out += dumpItem(block)
    default: appendInline(block, &out)
    }
  }

  // MARK: Lists

  /// The spaces under which the marker of an item stands: two a level, three in numbered lists.
  private func indentation(_ place: BlockPlace) -> [UInt8] {
    place.lists.dropLast().flatMap { Self.spaces(blocks.elements.tags[$0] == .ol ? 3 : 2) }
  }
  /// What stands before a line that goes on with an item or a quote.
  private func continuation(_ line: Line) -> [UInt8] {
    if blocks.kinds[line.block] == .quote { return Array("> ".utf8) }
    guard let item = line.place.item else { return [] }
    return indentation(line.place) + Self.spaces(marker(item).count)
  }
  private static func spaces(_ count: Int) -> [UInt8] { Array(repeating: 0x20, count: count) }

  private func marker(_ item: Int) -> [UInt8] { Array((numbers[item] > 0 ? "\(numbers[item]). " : "- ").utf8) }

  /// The line of a dump without its own bullet; a number stays.
  private func dumpItem(_ block: Int) -> [UInt8] {
    let line = Array(blocks.bytes(block))
    if line.first.map({ $0 >= 0x30 && $0 <= 0x39 }) ?? false { return Self.escape(line) }
    let rest = line.drop { $0 != 0x20 }.dropFirst()
    return Array("- ".utf8) + Self.escape(Array(rest))
  }

  private static func fence(_ code: ArraySlice<UInt8>) -> [UInt8] {
    var longest = 0
    var run = 0
    for byte in code {
      run = byte == 0x60 ? run + 1 : 0
      longest = max(longest, run)
    }
    return Array(repeating: 0x60, count: max(3, longest + 1))
  }

  // MARK: Inline

  private func appendInline(_ block: Int, _ out: inout [UInt8]) {
    let range = blocks.range(block)
    let marks = InlineMarks(blocks, range)
    let isCell = blocks.kinds[block] == .cell
    var at = range.lowerBound
    for mark in marks.events {
      let piece = Array(blocks.text[at..<mark.offset])
      out += mark.isInCode ? piece : Self.escape(piece, inTable: isCell)
      out += mark.text
      at = mark.offset
    }
    out += Self.escape(Array(blocks.text[at..<range.upperBound]), inTable: isCell)
  }

  /// Backslashes before what Markdown would read as markup.
  static func escape(_ text: [UInt8], inTable: Bool = false) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count + 8)
    for (i, byte) in text.enumerated() {
      let isSpecial: Bool =
        switch byte {
        case 0x5C, 0x60, 0x2A, 0x5B, 0x5D, 0x3C: true
        case 0x7C: inTable
        // An underscore inside a word is no emphasis.
        case 0x5F: !(i > 0 && i + 1 < text.count && isWord(text[i - 1]) && isWord(text[i + 1]))
        case 0x23, 0x3E, 0x2B, 0x2D: i == 0 && text.count > 1 && text[1] == 0x20
        default: false
        }
      if isSpecial { out.append(0x5C) }
      out.append(byte)
    }
    return out
  }
  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80 || byte == 0x5F
  }
}

/// The number of cells of the rows that start a table among the kept blocks.
struct TableColumns {
  private(set) var columnsOfFirstRow: [Int: Int] = [:]

  init(_ page: CleanPage) {
    var cells: [Int: Int] = [:]
    var firstRowOfTable: [Int: Int] = [:]
    for block in page.kept where page.blocks.kinds[block] == .cell {
      guard let row = BlockPlace(block, page.blocks).row else { continue }
      cells[row, default: 0] += 1
      let table = page.blocks.elements.nearest(.table, from: row) ?? row
      if firstRowOfTable[table] == nil { firstRowOfTable[table] = row }
    }
    for row in firstRowOfTable.values { columnsOfFirstRow[row] = cells[row] }
  }
}

/// Title, byline and the rest as YAML between `---` lines.
enum FrontMatter {
  static func render(_ page: CleanPage) -> [UInt8] {
    let metadata = page.metadata
    let fields: [(String, String?)] = [
      ("title", metadata.title?.text), ("byline", metadata.byline?.text), ("date", metadata.date?.text),
      ("language", metadata.language?.text), ("site", metadata.siteName?.text), ("url", page.url),
    ]
    var out = "---\n"
    for (name, value) in fields {
      guard let value else { continue }
      // JSON's quoted strings are YAML's.
      var json = JSONWriter()
      json.value(value)
      out += "\(name): \(String(decoding: json.bytes, as: UTF8.self))\n"
    }
    return Array((out + "---\n\n").utf8)
  }
}
