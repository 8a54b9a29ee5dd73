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
      case .lines(let lines) where page.isListing(lines.first!):
        out += page.linesOfDump(lines.first!..<lines.last! + 1) + [0x0A]
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
    page.isEdited(block) ? page.written.bytes(block) : page.lineOfDump(block)
  }
}

extension CleanPage {
  /// A line of a dump as it stands there, but for spaces at its end.
  func lineOfDump(_ block: Int) -> ArraySlice<UInt8> { linesOfDump(block..<block + 1) }

  /// Lines of a dump, and the empty ones between them.
  func linesOfDump(_ lines: Range<Int>) -> ArraySlice<UInt8> {
    let range = blocks.lines[lines.lowerBound].lowerBound..<blocks.lines[lines.upperBound - 1].upperBound
    let bytes = decoded[Int(range.lowerBound)..<Int(range.upperBound)]
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var isBehindReturn = false
    for byte in bytes {
      switch byte {
      case 0x0A where isBehindReturn, 0: break
      case 0x0A, 0x0D: out.append(0x0A)
      // A form feed or another control character parts words as a space does.
      default: out.append(byte >= 0x20 || byte == 0x09 ? byte : 0x20)
      }
      isBehindReturn = byte == 0x0D
    }
    return out[..<((out.lastIndex { $0 > 0x20 } ?? -1) + 1)]
  }

  /// Whether a rule wrote in it.
  func isEdited(_ block: Int) -> Bool { written.bytes(block) != blocks.bytes(block) }
}
