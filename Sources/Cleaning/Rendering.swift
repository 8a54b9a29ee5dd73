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

/// Where a block stands among lists and tables, as renderings need it.
struct BlockPlace {
  /// The innermost block-level element; -1 in a dump.
  let element: Int
  /// The innermost list item, term or definition; nil in none.
  var item: Int?
  /// The lists around it, outermost first, as elements.
  var lists: [Int] = []
  /// The table row, and its table.
  var row: Int?
  var table: Int?

  init(_ block: Int, _ blocks: Blocks) {
    element = Int(blocks.blockElements[block])
    guard element >= 0 else { return }
    for ancestor in blocks.elements.path(from: element) {
      switch blocks.elements.tags[ancestor] {
      case .li where row == nil: if item == nil { item = ancestor }
      case .ul, .ol: if row == nil { lists.insert(ancestor, at: 0) }
      case .tr: if row == nil { row = ancestor }
      case .table: if table == nil { table = ancestor }
      default: break
      }
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
    var previousRow: Int?
    for block in withMetadata ? page.keptBelowTitle : page.kept {
      let row = page.blocks.kinds[block] == .cell ? BlockPlace(block, page.blocks).row : nil
      if let previous {
        if row != nil, row == previousRow, page.blocks.breaks[block] == 1 {
          out.append(0x09)
        } else {
          out.append(0x0A)
          if page.startsParagraph(block, after: previous) { out.append(0x0A) }
        }
      }
      out += page.isHTML ? page.written.bytes(block) : line(block)
      previous = block
      previousRow = row
    }
    if previous != nil { out.append(0x0A) }
    return out
  }

  /// A line of a dump with its own spaces and tabs, unless a rule wrote in it.
  private func line(_ block: Int) -> ArraySlice<UInt8> {
    let text = page.blocks.bytes(block)
    guard page.written.bytes(block) == text else { return page.written.bytes(block) }
    let source = page.blocks.sourceRange(block)
    let indentation = page.decoded[..<source.lowerBound].reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
    return page.decoded[source.lowerBound - indentation..<source.upperBound].filter { $0 >= 0x20 || $0 == 0x09 }[...]
  }
}

extension CleanPage {
  /// Whether an empty line stands between two kept blocks: it does where one stood between any of
  /// the blocks from one to the other.
  func startsParagraph(_ block: Int, after previous: Int) -> Bool {
    (previous + 1...block).contains { blocks.breaks[$0] == 2 }
  }

  /// Whether a block goes on behind a `<br>` in the same paragraph or item.
  func continuesLine(_ block: Int, after previous: Int) -> Bool {
    block == previous + 1 && blocks.breaks[block] == 1 && blocks.blockElements[block] >= 0
      && blocks.blockElements[block] == blocks.blockElements[previous] && blocks.kinds[block] == blocks.kinds[previous]
      && blocks.kinds[block] != .cell && blocks.kinds[block] != .code
  }
}
