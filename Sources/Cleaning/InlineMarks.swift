import Pages

/// The inline markup of a line as pieces of Markdown to write between its text.
///
/// Marks that a parser would show as stars, or pair with others, are left out: the text matters more than its looks.
struct InlineMarks {
  struct Mark {
    var kind: Span.Kind
    var offset: Int
    var isOpening: Bool
    var span: Int
  }
  /// In the order in which they are written.
  private(set) var marks: [Mark] = []
  private var covers: [Cover] = []
  private var areDropped: [Bool] = []
  private let blocks: Blocks

  /// What a span covers of the line, without the spaces at its ends: marks stand at words.
  private struct Cover {
    var kind: Span.Kind
    var range: Range<Int>
    var target: [UInt8] = []
    /// What a power stands in is not the power itself, nor is one note the next.
    var isScript: Bool { kind == .superscript || kind == .subscript }
  }

  /// The marks of a line of the page, all of which may stand in one more span that the page does not have.
  init(_ blocks: Blocks, _ text: MarkdownText, around: Span.Kind?) {
    self.blocks = blocks
    if let around { covers.append(Cover(kind: around, range: text.line)) }
    for span in Self.spans(blocks, in: text.line) {
      if let cover = Self.cover(span, blocks, text.line) { covers.append(cover) }
    }
    guard !covers.isEmpty else { return }
    // No mark is read as one in code, so code goes inside what covers the same text.
    for i in covers.indices.dropLast() where covers[i].kind == .code && covers[i].range == covers[i + 1].range {
      covers.swapAt(i, i + 1)
    }
    dropCodeAroundScripts()
    nest()
    dropCodeBesideCode()
    dropStarsThatShow(text)
    marks.removeAll { areDropped[$0.span] }
  }

  /// What to write for a mark.
  func text(of mark: Mark) -> [UInt8] {
    let cover = covers[mark.span]
    switch mark.kind {
    case .superscript: return Array((mark.isOpening ? "<sup>" : "</sup>").utf8)
    case .subscript: return Array((mark.isOpening ? "<sub>" : "</sub>").utf8)
    case .strong: return [0x2A, 0x2A]
    case .emphasis: return [0x2A]
    case .link: return mark.isOpening ? [0x5B] : [0x5D, 0x28] + MarkdownText.address(cover.target) + [0x29]
    case .code:
      let code = blocks.text[cover.range]
      let fence = MarkdownText.fence(code, atLeast: 1)
      guard code.first == 0x60 || code.last == 0x60 else { return fence }
      return mark.isOpening ? fence + [0x20] : [0x20] + fence
    }
  }

  private static func cover(_ span: Span, _ blocks: Blocks, _ line: Range<Int>) -> Cover? {
    let range = max(Int(span.start), line.lowerBound)..<max(Int(span.start), min(Int(span.end), line.upperBound))
    guard let first = blocks.text[range].firstIndex(where: { $0 != 0x20 }),
      let last = blocks.text[range].lastIndex(where: { $0 != 0x20 })
    else { return nil }
    guard span.kind == .link else { return Cover(kind: span.kind, range: first..<last + 1) }
    guard let target = target(span, blocks) else { return nil }
    return Cover(kind: .link, range: first..<last + 1, target: target)
  }

  /// A tag in code would be read as code, and a power is worth more than the looks of code.
  private mutating func dropCodeAroundScripts() {
    let scripts = covers.filter(\.isScript)
    guard !scripts.isEmpty else { return }
    covers.removeAll { cover in
      cover.kind == .code
        && scripts.contains { cover.range != $0.range && cover.range.clamped(to: $0.range) == $0.range }
    }
  }

  /// Opens and closes the covers in turn, each inside the one before that reaches as far. One of a kind that is open
  /// already says nothing, and neither does one in code; one that starts where its like ends goes on with that.
  private mutating func nest() {
    var open: [Int] = []
    func close(to count: Int) {
      while open.count > count, let last = open.popLast() {
        marks.append(Mark(kind: covers[last].kind, offset: covers[last].range.upperBound, isOpening: false, span: last))
      }
    }
    for i in covers.indices {
      let cover = covers[i]
      let start = cover.range.lowerBound
      let outer = open.firstIndex { covers[$0].range.upperBound <= start } ?? open.count
      let reach = outer > 0 ? covers[open[outer - 1]].range.upperBound : cover.range.upperBound
      let end = min(reach, cover.range.upperBound)
      if outer < open.count, cover.kind != .link, !cover.isScript, covers[open[outer]].kind == cover.kind,
        covers[open[outer]].range.upperBound == start
      {
        close(to: outer + 1)
        covers[open[outer]].range = covers[open[outer]].range.lowerBound..<end
        continue
      }
      close(to: outer)
      let says = open.allSatisfy { covers[$0].kind != .code && (covers[$0].kind != cover.kind || cover.isScript) }
      guard says else { continue }
      covers[i].range = start..<end
      open.append(i)
      marks.append(Mark(kind: cover.kind, offset: start, isOpening: true, span: i))
    }
    close(to: 0)
    areDropped = Array(repeating: false, count: covers.count)
  }

  /// The fences of neighbouring code, with stars between them at most, could become one.
  private mutating func dropCodeBesideCode() {
    var end = -1
    for mark in marks {
      switch (mark.kind, mark.isOpening) {
      case (.code, true): areDropped[mark.span] = mark.offset == end
      case (.code, false): if !areDropped[mark.span] { end = mark.offset }
      case (.link, _): end = -1
      default: break
      }
    }
  }

  /// Leaves out what neither opens nor closes where it stands, what opens right behind what closes, and what could as
  /// well close the one that is open.
  private mutating func dropStarsThatShow(_ text: MarkdownText) {
    func isStar(_ mark: Mark) -> Bool { mark.kind == .strong || mark.kind == .emphasis }
    var start = 0
    var depth = 0
    while start < marks.count {
      var end = start + 1
      if isStar(marks[start]) {
        while end < marks.count, isStar(marks[end]), marks[end].offset == marks[start].offset { end += 1 }
        let offset = marks[start].offset
        let before = start > 0 && marks[start - 1].offset == offset ? .punctuation : text.side(before: offset)
        let behind = end < marks.count && marks[end].offset == offset ? .punctuation : text.side(behind: offset)
        let canOpen = MarkdownText.canOpen(before, behind)
        let canClose = MarkdownText.canClose(before, behind)
        let mayOpen = canOpen && (depth == 0 || !canClose && ![before, behind].contains(.symbol))
        var isBehindClosing = false
        for mark in marks[start..<end] where !areDropped[mark.span] {
          areDropped[mark.span] = mark.isOpening ? !mayOpen || isBehindClosing : !canClose
          if !mark.isOpening, canClose { isBehindClosing = true }
          if !mark.isOpening { depth -= 1 } else if !areDropped[mark.span] { depth += 1 }
        }
      }
      start = end
    }
  }

  /// The spans that touch the block; they are in order of their starts.
  static func spans(_ blocks: Blocks, in range: Range<Int>) -> ArraySlice<Span> {
    let first = blocks.spans.partitioningIndex { Int($0.start) >= range.lowerBound }
    return blocks.spans[first...].prefix { Int($0.start) < range.upperBound }
  }

  /// Where a link leads, without the blanks that browsers pass over (WHATWG, URL, basic parser) and with what would end
  /// a link of Markdown or HTML as escapes of RFC 3986; nil for bare fragments, which lead nowhere outside the page, and for
  /// scripts, data and the like.
  static func target(_ span: Span, _ blocks: Blocks) -> [UInt8]? {
    guard let href = blocks.elements.value(.href, of: Int(span.element)) else { return nil }
    let end = href.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? href.startIndex
    let address = href[..<end].drop { $0 <= 0x20 }.filter { ![0x09, 0x0A, 0x0D].contains($0) }
    guard let first = address.first, first != 0x23 else { return nil }
    if let colon = address.firstIndex(where: { [0x3A, 0x2F, 0x3F, 0x23].contains($0) }), address[colon] == 0x3A {
      let scheme = String(decoding: address[..<colon], as: UTF8.self).lowercased()
      guard ["http", "https", "mailto", "tel", "ftp"].contains(scheme) else { return nil }
    }
    let digits = Array("0123456789ABCDEF".utf8)
    return address.flatMap { byte -> [UInt8] in
      guard byte <= 0x20 || [0x22, 0x28, 0x29, 0x3C, 0x3E, 0x60, 0x7C].contains(byte) else { return [byte] }
      return [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
