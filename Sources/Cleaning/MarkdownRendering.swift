import Pages

/// CommonMark with tables of GitHub's kind.
struct MarkdownRendering {
  let page: CleanPage
  private var blocks: Blocks { page.written }

  func render(withMetadata: Bool) -> [UInt8] {
    var out = withMetadata ? FrontMatter.render(page) : []
    if let title = page.metadata.title {
      let title = Array(title.text.utf8)
      let text = MarkdownText(text: title, line: title.indices, place: .heading)
      out += Array("# ".utf8)
      text.append(.init(range: title.indices), to: &out)
      out.append(0x0A)
    }
    var containers = MarkdownContainers(blocks.elements)
    var previous: Int?
    for piece in page.pieces(of: page.keptBelowTitle) {
      let (first, last) = piece.ends
      let start = containers.move(to: piece.element(blocks))
      if let emptyLine = start.emptyLine, !out.isEmpty, !areTogether(first, previous) { out += emptyLine }
      out += start.markers
      switch piece {
      case .lines(let lines): append(lines, containers.continuation, &out)
      case .table(let rows, _): append(rows, containers.continuation, &out)
      }
      out.append(0x0A)
      previous = last
    }
    return out
  }

  private func isItemOfDump(_ block: Int) -> Bool {
    blocks.kinds[block] == .listItem && blocks.blockElements[block] < 0
  }
  /// Items of a dump, and all lines of one in Markdown, are apart only where they are in it.
  private func areTogether(_ block: Int, _ previous: Int?) -> Bool {
    guard let previous, blocks.contexts[block].contains(.markdown) || isItemOfDump(block) && isItemOfDump(previous)
    else {
      return false
    }
    return !page.startsParagraph(block, after: previous)
  }

  // MARK: Lines and tables

  /// `indentation` stands before all lines but the first.
  private func append(_ lines: ArraySlice<Int>, _ indentation: [UInt8], _ out: inout [UInt8]) {
    let first = lines.first!
    if page.isListing(first) {
      out += page.linesOfDump(first..<lines.last! + 1)
      return
    }
    if blocks.contexts[first].contains(.markdown), !lines.contains(where: page.isEdited) {
      out += lines.map(page.lineOfDump).joined(separator: [0x0A])
      return
    }
    // A line of a dump that goes on the one before it makes no line of its own.
    let lineBreak = page.isHTML ? Array("\\\n".utf8) + indentation : [0x0A]
    switch blocks.kinds[first] {
    case .heading:
      // The page's title is the only heading of level 1.
      let level = max(2, min(6, Int(blocks.levels[first])))
      out += Array(repeating: 0x23, count: level) + [0x20]
      join(lines, by: [0x20], .heading, &out)
    case .code: appendCode(first, indentation, &out)
    case .caption: join(lines, by: lineBreak, .line, around: .emphasis, &out)
    case .term: join(lines, by: lineBreak, .line, around: .strong, &out)
    default:
      guard isItemOfDump(first) else { return join(lines, by: lineBreak, .line, &out) }
      appendDumpItem(first, &out)
      for line in lines.dropFirst() {
        out += Array("\n  ".utf8)
        append(blocks.range(line), .line, nil, &out)
      }
    }
  }

  private func join(
    _ lines: ArraySlice<Int>, by separator: [UInt8], _ place: MarkdownText.Place, around: Span.Kind? = nil,
    _ out: inout [UInt8]
  ) {
    for (i, line) in lines.enumerated() {
      if i > 0 { out += separator }
      append(blocks.range(line), place, around, &out)
    }
  }

  private func append(_ rows: [[TableCell]], _ indentation: [UInt8], _ out: inout [UInt8]) {
    let columns = rows.reduce(0) { max($0, $1.count) }
    for (i, row) in rows.enumerated() {
      if i > 0 { out += [0x0A] + indentation }
      // Parsers count the columns of the first row and drop the cells that other rows have beyond them.
      let missing = i == 0 ? columns - row.count : 0
      for cell in row + Array(repeating: TableCell(), count: missing) {
        out += Array("| ".utf8)
        join(cell.blocks[...], by: Array("<br>".utf8), .cell, &out)
        if !cell.blocks.isEmpty { out.append(0x20) }
      }
      out.append(0x7C)
      if i == 0 { out += [0x0A] + indentation + Array(("|" + String(repeating: " --- |", count: columns)).utf8) }
    }
  }

  private func appendCode(_ block: Int, _ indentation: [UInt8], _ out: inout [UInt8]) {
    let code = blocks.plainText(block)
    let fence = MarkdownText.fence(code, atLeast: 3)
    out += fence
    for line in code.split(separator: 0x0A, omittingEmptySubsequences: false) {
      out += [0x0A] + (line.isEmpty ? MarkdownContainers.withoutSpaces(indentation) : indentation + line)
    }
    out += [0x0A] + indentation + fence
  }

  /// The line of a dump without its own bullet; a number stays.
  private func appendDumpItem(_ block: Int, _ out: inout [UInt8]) {
    let line = blocks.range(block)
    let bullet = blocks.text[line].prefix { $0 != 0x20 }
    let isNumber = bullet.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
    out += (isNumber ? Array(bullet) : [0x2D]) + [0x20]
    append(min(bullet.endIndex + 1, line.upperBound)..<line.upperBound, .line, nil, &out)
  }

  private func append(_ line: Range<Int>, _ place: MarkdownText.Place, _ around: Span.Kind?, _ out: inout [UInt8]) {
    let text = MarkdownText(text: blocks.text, line: line, place: place)
    var piece = MarkdownText.Piece(range: line.lowerBound..<line.lowerBound)
    let marks = InlineMarks(blocks, text, around: around)
    for mark in marks.marks {
      piece.range = piece.range.upperBound..<mark.offset
      piece.isBeforeMark = true
      piece.isBeforeLink = mark.kind == .link && mark.isOpening
      if mark.kind == .code, !mark.isOpening { out += text.code(piece.range) } else { text.append(piece, to: &out) }
      out += marks.text(of: mark)
      piece.isBehindMark = true
    }
    text.append(.init(range: piece.range.upperBound..<line.upperBound, isBehindMark: piece.isBehindMark), to: &out)
  }
}
