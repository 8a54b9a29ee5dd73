import Content
import Pages

/// A form in which a clean page is written.
public enum Format: String, Sendable, CaseIterable {
  case text, markdown, html, json

  /// What replaces the extension of the page's name.
  public var fileExtension: String {
    switch self {
    case .text: "txt"
    case .markdown: "md"
    case .html: "html"
    case .json: "json"
    }
  }
}

extension CleanPage {
  /// The page in UTF-8, ending in a newline; empty where nothing is left. With metadata, title, byline
  /// and date stand before the text, as lines, front matter or `<head>`; JSON always has them.
  public func render(_ format: Format, withMetadata: Bool = false) -> [UInt8] {
    switch format {
    case .text: TextRendering(page: self).render(withMetadata: withMetadata)
    case .markdown: MarkdownRendering(page: self).render(withMetadata: withMetadata)
    case .html: HTMLRendering(page: self).render(withMetadata: withMetadata)
    case .json: JSONRendering(page: self).render()
    }
  }
}

/// The body alone: paragraphs apart, the lines of lists, tables and verses together. The lines of a dump are as they
/// stand in it, so that code and columns keep their shape and cleaning clean text changes nothing.
struct TextRendering {
  let page: CleanPage

  func render(withMetadata: Bool) -> [UInt8] {
    var out: [UInt8] = []
    if withMetadata {
      for value in [page.metadata.title, page.metadata.byline, page.metadata.date] {
        if let value { out += Array(value.text.utf8) + [0x0A] }
      }
      if !out.isEmpty, !page.kept.isEmpty { out.append(0x0A) }
    }
    var previous: Int?
    for piece in page.pieces(of: withMetadata ? page.keptBelowTitle : page.kept) {
      if let previous, page.startsParagraph(piece.ends.first, after: previous) { out.append(0x0A) }
      switch piece {
      case .lines(let lines):
        for block in lines { out += (page.isHTML ? page.written.plainText(block) : line(block)) + [0x0A] }
      case .table(let rows, _): for row in rows { append(row, &out) }
      }
      previous = piece.ends.last
    }
    return out
  }

  /// Cells apart by a tab, what stands in one by a space. Empty ones count, so that columns stay columns.
  private func append(_ row: [TableCell], _ out: inout [UInt8]) {
    let cells = row.map { Array($0.blocks.map(page.written.plainText).joined(separator: [0x20])) }
    out += Array(cells.joined(separator: [0x09])) + [0x0A]
  }

  /// A line of a dump with its own spaces and tabs, unless a rule wrote in it.
  private func line(_ block: Int) -> ArraySlice<UInt8> {
    let text = page.written.bytes(block)
    return text == page.blocks.bytes(block) ? page.lineOfDump(block) : text
  }
}

extension CleanPage {
  /// The line of a dump that a block is, as it stands there but for spaces at its end. In Markdown it may go on over lines that
  /// show nothing more: the rest of a link's target, or signs that underline a heading.
  func lineOfDump(_ block: Int) -> ArraySlice<UInt8> {
    func isEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
    let source = blocks.sourceRange(block)
    let start = decoded[..<source.lowerBound].lastIndex(where: isEnd).map { $0 + 1 } ?? 0
    let next = block + 1 < blocks.count ? blocks.sourceRange(block + 1).lowerBound : decoded.endIndex
    var end = decoded[source.upperBound...].firstIndex(where: isEnd) ?? decoded.endIndex
    while true {
      let line = decoded[end..<next].drop(while: isEnd).prefix { !isEnd($0) }
      guard blocks.contexts[block].contains(.markdown), line.endIndex < next, line.contains(where: { $0 > 0x20 }) else {
        break
      }
      end = line.endIndex
    }
    // A form feed or another control character parts words as a space does; NUL is nothing.
    let line = decoded[start..<end].filter { $0 > 0 }.map { $0 >= 0x20 || $0 == 0x09 || isEnd($0) ? $0 : 0x20 }
    return line[..<((line.lastIndex { $0 > 0x20 } ?? -1) + 1)]
  }
}
