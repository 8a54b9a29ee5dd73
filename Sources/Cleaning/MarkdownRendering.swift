import Pages

/// CommonMark with tables of GitHub's kind.
struct MarkdownRendering {
  let page: CleanPage
  private var blocks: Blocks { page.blocks }

  init(page: CleanPage) { self.page = page }

  func render(withMetadata: Bool) -> [UInt8] {
    var out = withMetadata ? FrontMatter.render(page) : []
    if let title = page.metadata.title {
      out += Array("# ".utf8) + Self.escape(Array(title.text.utf8)) + [0x0A]
    }
    let table = TableColumns(page)
    var previous: Int?
    var previousPlace: BlockPlace?
    for block in page.kept {
      let place = BlockPlace(block, blocks)
      if let previous {
        let isSameRow = place.row != nil && place.row == previousPlace?.row && blocks.kinds[block] == .cell
        if isSameRow {
          out += Array(" | ".utf8)
          appendInline(block, &out)
          previousPlace = place
          continue
        }
        endLine(of: previous, previousPlace, table, &out)
        if needsEmptyLine(block, place, after: previous, previousPlace) { out.append(0x0A) }
      } else if !out.isEmpty {
        out.append(0x0A)
      }
      append(block, place, isContinued: place.item != nil && place.item == previousPlace?.item, &out)
      previous = block
      previousPlace = place
    }
    if let previous { endLine(of: previous, previousPlace, table, &out) }
    return out
  }

  private func endLine(of block: Int, _ place: BlockPlace?, _ table: TableColumns, _ out: inout [UInt8]) {
    if blocks.kinds[block] == .cell, let row = place?.row {
      out += Array(" |\n".utf8)
      if let columns = table.columnsOfFirstRow[row] {
        out += Array(("|" + String(repeating: " --- |", count: columns) + "\n").utf8)
      }
      return
    }
    out.append(0x0A)
  }

  private func needsEmptyLine(_ block: Int, _ place: BlockPlace, after previous: Int, _ before: BlockPlace?) -> Bool {
    if blocks.kinds[block] == .cell, blocks.kinds[previous] == .cell { return false }
    if place.item != nil, before?.item != nil { return place.item == before?.item && page.startsParagraph(block, after: previous) }
    if blocks.kinds[block] == .listItem, blocks.kinds[previous] == .listItem { return page.startsParagraph(block, after: previous) }
    // A line break inside a paragraph is a hard break, written as two spaces by `append`.
    return true
  }

  private func append(_ block: Int, _ place: BlockPlace, isContinued: Bool, _ out: inout [UInt8]) {
    let depth = max(0, place.lists.count - 1)
    if let item = place.item, blocks.kinds[block] != .heading || blocks.levels[block] > 0 {
      out += Array(String(repeating: "  ", count: depth).utf8)
      out += isContinued ? Array("  ".utf8) : marker(item, place.lists.last)
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
    case .cell:
      out += Array("| ".utf8)
      appendInline(block, &out)
    case .caption:
      out.append(0x2A)
      out += Self.escape(Array(blocks.bytes(block)))
      out.append(0x2A)
    case .term:
      out += Array("**".utf8) + Self.escape(Array(blocks.bytes(block))) + Array("**".utf8)
    case .listItem where place.item == nil: out += dumpItem(block)
    default: appendInline(block, &out)
    }
  }

  private func marker(_ item: Int, _ list: Int?) -> [UInt8] {
    guard let list, blocks.elements.tags[list] == .ol else { return Array("- ".utf8) }
    var number = 0
    for element in list...item where blocks.elements.tags[element] == .li && Int(blocks.elements.parents[element]) == list {
      number += 1
    }
    return Array("\(max(1, number)). ".utf8)
  }

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
    var at = range.lowerBound
    for mark in marks.events {
      out += Self.escape(Array(blocks.text[at..<mark.offset]), inCode: mark.isInCode)
      out += mark.text
      at = mark.offset
    }
    out += Self.escape(Array(blocks.text[at..<range.upperBound]))
  }

  /// Backslashes before what Markdown would read as markup.
  static func escape(_ text: [UInt8], inCode: Bool = false) -> [UInt8] {
    guard !inCode else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count + 8)
    for (i, byte) in text.enumerated() {
      let isSpecial: Bool =
        switch byte {
        case 0x5C, 0x60, 0x2A, 0x5B, 0x5D, 0x3C, 0x7C: true
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
