import Pages

/// A small page of its own: headings, paragraphs, lists, tables, code, quotes and links.
struct HTMLRendering {
  let page: CleanPage
  private var blocks: Blocks { page.written }

  init(page: CleanPage) { self.page = page }

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
  private typealias Open = (element: Int, tag: String)

  private func body() -> String {
    var out = ""
    var open: [Open] = []
    var previous: Int?
    for block in page.keptBelowTitle {
      defer { previous = block }
      if let previous, page.continuesLine(block, after: previous), out.hasSuffix("</p>\n") {
        out.removeLast(5)
        out += "<br>\n\(inline(block))</p>\n"
        continue
      }
      let wanted = containers(of: block)
      var shared = 0
      while shared < open.count, shared < wanted.count, open[shared] == wanted[shared] { shared += 1 }
      for container in open[shared...].reversed() { out += "</\(container.tag)>\n" }
      for container in wanted[shared...] { out += "<\(container.tag)>" }
      open = wanted
      out += element(block) + "\n"
    }
    for container in open.reversed() { out += "</\(container.tag)>\n" }
    return out
  }

  /// The list items, rows and quotes around a block.
  private func containers(of block: Int) -> [Open] {
    let element = Int(blocks.blockElements[block])
    guard element >= 0 else { return [] }
    var result: [Open] = []
    for ancestor in blocks.elements.path(from: element) {
      switch blocks.elements.tags[ancestor] {
      case .li, .ul, .ol, .tr, .blockquote, .dl: result.insert((ancestor, "\(blocks.elements.tags[ancestor])"), at: 0)
      case .table where result.first?.tag == "tr": result.insert((ancestor, "table"), at: 0)
      default: break
      }
    }
    // An item without its list, or a row without its table, is not HTML.
    let hasList = result.contains { $0.tag == "ul" || $0.tag == "ol" }
    let hasTable = result.contains { $0.tag == "table" }
    return result.filter { ($0.tag != "li" || hasList) && ($0.tag != "tr" || hasTable) }
  }

  private func element(_ block: Int) -> String {
    let text = inline(block)
    switch blocks.kinds[block] {
    case .heading:
      let level = max(2, min(6, Int(blocks.levels[block])))
      return "<h\(level)>\(text)</h\(level)>"
    case .code: return "<pre>\(Self.escape(blocks.string(block)))</pre>"
    case .cell:
      let isHeader =
        Int(blocks.blockElements[block]) >= 0 && blocks.elements.tags[Int(blocks.blockElements[block])] == .th
      return isHeader ? "<th>\(text)</th>" : "<td>\(text)</td>"
    case .term: return "<dt>\(text)</dt>"
    case .definition: return "<dd>\(text)</dd>"
    case .caption: return "<p><em>\(Self.escape(blocks.string(block)))</em></p>"
    case .listItem
    where blocks.blockElements[block] >= 0 && blocks.elements.tags[Int(blocks.blockElements[block])] == .li:
      return text
    default: return "<p>\(text)</p>"
    }
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
    case .link:
      guard let target = InlineMarks.target(span, blocks) else { return nil }
      return ("<a href=\"\(attribute(String(decoding: target, as: UTF8.self)))\">", "</a>")
    }
  }

  static func escape(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
  static func attribute(_ text: String) -> String { escape(text).replacing("\"", with: "&quot;") }
}
