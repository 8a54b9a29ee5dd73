import Pages

/// A small page of its own: headings, paragraphs, lists, tables, code, quotes and links.
struct HTMLRendering {
  let page: CleanPage
  private var blocks: Blocks { page.written }
  /// By element, as `withinDeepestContainer` says.
  private let shallow: [Int32]

  init(page: CleanPage) {
    self.page = page
    shallow = page.written.elements.withinDeepestContainer()
  }

  func render(withMetadata: Bool) -> [UInt8] {
    var out = "<!DOCTYPE html>\n<html"
    if let language = page.metadata.language?.text { out += " lang=\"\(Self.attribute(language))\"" }
    out += ">\n<head>\n<meta charset=\"utf-8\">\n"
    if let title = page.metadata.title?.text { out += "<title>\(Self.escape(title))</title>\n" }
    if withMetadata {
      if let byline = page.metadata.byline?.text {
        out += "<meta name=\"author\" content=\"\(Self.attribute(byline))\">\n"
      }
      if let date = page.metadata.date?.text {
        out += "<meta property=\"article:published_time\" content=\"\(Self.attribute(date))\">\n"
      }
      if let url = page.url { out += "<link rel=\"canonical\" href=\"\(Self.attribute(url))\">\n" }
    }
    out += "</head>\n<body>\n<article>\n"
    if let title = page.metadata.title?.text { out += "<h1>\(Self.escape(title))</h1>\n" }
    out += body()
    return Array((out + "</article>\n</body>\n</html>\n").utf8)
  }

  /// The containers that are open, outermost first: an element of the page and its tag in the output.
  private typealias Open = (element: Int, tag: Tag)

  private func body() -> String {
    var out = ""
    var open: [Open] = []
    let numbers = blocks.elements.itemNumbers()
    /// By list: the number of its item that was written last.
    var lastNumbers: [Int32: Int] = [:]
    for piece in page.pieces(of: page.keptBelowTitle) {
      let wanted = containers(of: piece, after: open)
      var shared = 0
      while shared < open.count, shared < wanted.count, open[shared] == wanted[shared] { shared += 1 }
      for container in open[shared...].reversed() { out += "</\(container.tag)>\n" }
      for container in wanted[shared...] {
        out += "<\(container.tag)"
        // What counting from the item before would give need not be said.
        let number = numbers[container.element]
        if number >= 0 {
          let last = lastNumbers.updateValue(number, forKey: blocks.elements.parents[container.element]) ?? 0
          if number != last + 1 { out += " value=\"\(number)\"" }
        }
        out += ">"
      }
      // Text right in an item is a paragraph of its own where more of that item stands before it.
      let item = shared < wanted.count && wanted.last?.tag.isItem == true ? wanted.last?.element : nil
      open = wanted
      switch piece {
      case .lines(let lines): out += element(lines, startOf: item) + "\n"
      case .table(let rows, _): out += table(rows)
      }
    }
    for container in open.reversed() { out += "</\(container.tag)>\n" }
    return out
  }

  /// The lists, items and quotes around a piece, as HTML lets them stand in each other. What stands right in a list goes on
  /// with the item that is open there; where none is, the list is left out, as an item outside its kind of list is.
  private func containers(of piece: Piece, after open: [Open]) -> [Open] {
    let element = piece.element(blocks)
    guard element >= 0 else { return [] }
    var result: [Open] = []
    func leaveList() {
      guard result.last?.tag.isList == true else { return }
      if result.count < open.count, result.elementsEqual(open[..<result.count], by: ==) {
        result.append(open[result.count])
      } else {
        result.removeLast()
      }
    }
    for ancestor in blocks.elements.path(from: Int(shallow[element])).reversed() {
      let tag = blocks.elements.tags[ancestor]
      switch tag {
      case .li, .dt, .dd:
        // As parsers of HTML do, an item ends the one that it stands in without a list of its own.
        if result.last?.tag.isItem == true { result.removeLast() }
        if result.last.map({ $0.tag.isList && ($0.tag == .dl) == (tag != .li) }) == true {
          result.append((ancestor, tag))
        }
      case .ul, .ol, .dl, .blockquote:
        leaveList()
        result.append((ancestor, tag))
      default: break
      }
    }
    leaveList()
    return result
  }

  /// `item` is the one whose first text this is.
  private func element(_ lines: ArraySlice<Int>, startOf item: Int?) -> String {
    let block = lines.first!
    let text = lines.map(inline).joined(separator: page.isHTML ? "<br>\n" : "\n")
    switch blocks.kinds[block] {
    case .heading:
      let level = max(2, min(6, Int(blocks.levels[block])))
      return "<h\(level)>\(text)</h\(level)>"
    case .code:
      let code = page.isHTML ? blocks.plainText(block) : listing(lines)
      return "<pre>\(Self.escape(String(decoding: code, as: UTF8.self)))</pre>"
    case .caption: return "<p><em>\(text)</em></p>"
    default: return item.map { $0 == blocks.blockElements[block] } == true ? text : "<p>\(text)</p>"
    }
  }

  /// The lines of a dump between their fences.
  private func listing(_ lines: ArraySlice<Int>) -> ArraySlice<UInt8> {
    let code = lines.dropFirst(blocks.isFence(lines.first!) ? 1 : 0)
    guard let first = code.first, let last = code.last else { return [] }
    let end = blocks.isFence(last) ? last : last + 1
    return first < end ? page.linesOfDump(first..<end) : []
  }

  private func table(_ rows: [[TableCell]]) -> String {
    var out = "<table>"
    for row in rows {
      out += "<tr>"
      out += row.filter { !$0.isCovered }.map { cell in
        let tag = cell.element < 0 ? Tag.td : blocks.elements.tags[Int(cell.element)]
        let columns = cell.columns > 1 ? " colspan=\"\(cell.columns)\"" : ""
        let rows = cell.rows > 1 ? " rowspan=\"\(cell.rows)\"" : ""
        return "<\(tag)\(columns)\(rows)>\(cell.blocks.map(inline).joined(separator: "<br>"))</\(tag)>"
      }.joined(separator: "\n")
      out += "\n</tr>\n"
    }
    return out + "</table>\n"
  }

  private func inline(_ block: Int) -> String {
    var out = ""
    let range = blocks.range(block)
    var at = range.lowerBound
    var closers: [(end: Int, text: String)] = []
    func text(to end: Int) {
      out += Self.escape(String(decoding: blocks.text[at..<max(at, end)], as: UTF8.self))
      at = max(at, end)
    }
    func close(through offset: Int) {
      while let last = closers.last, last.end <= offset {
        text(to: last.end)
        out += last.text
        closers.removeLast()
      }
    }
    for span in InlineMarks.spans(blocks, in: range) {
      guard span.end > span.start, let (open, closing) = Self.tags(span, blocks) else { continue }
      close(through: Int(span.start))
      text(to: Int(span.start))
      out += open
      // Spans nest as their elements do, so an inner one ends first.
      closers.append((min(Int(span.end), closers.last?.end ?? range.upperBound, range.upperBound), closing))
    }
    close(through: range.upperBound)
    text(to: range.upperBound)
    return out
  }

  private static func tags(_ span: Span, _ blocks: Blocks) -> (String, String)? {
    switch span.kind {
    case .strong: return ("<strong>", "</strong>")
    case .emphasis: return ("<em>", "</em>")
    case .code: return ("<code>", "</code>")
    case .superscript: return ("<sup>", "</sup>")
    case .subscript: return ("<sub>", "</sub>")
    case .link:
      guard let target = InlineMarks.target(span, blocks) else { return nil }
      return ("<a href=\"\(attribute(String(decoding: target, as: UTF8.self)))\">", "</a>")
    }
  }

  static func escape(_ text: String) -> String { text.escapingMarkup }
  static func attribute(_ text: String) -> String { text.escapingMarkupAndQuotes }
}

extension String {
  /// As text of HTML.
  package var escapingMarkup: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
  /// As text or the value of an attribute.
  package var escapingMarkupAndQuotes: String { escapingMarkup.replacing("\"", with: "&quot;") }
}

extension Tag {
  fileprivate var isList: Bool { [.ul, .ol, .dl].contains(self) }
  fileprivate var isItem: Bool { [.li, .dt, .dd].contains(self) }
}
