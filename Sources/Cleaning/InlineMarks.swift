import Pages

/// The inline markup of a block as pieces of Markdown to write between its text.
struct InlineMarks {
  struct Event {
    var offset: Int
    var text: [UInt8]
    /// The text before the event stands in code.
    var isInCode = false
    fileprivate var order: (isOpening: Int, reach: Int)
  }
  private(set) var events: [Event] = []

  init(_ blocks: Blocks, _ range: Range<Int>) {
    for span in Self.spans(blocks, in: range) {
      let start = max(Int(span.start), range.lowerBound)
      let end = min(Int(span.end), range.upperBound)
      guard start < end, !blocks.text[start..<end].allSatisfy({ $0 == 0x20 }) else { continue }
      guard let (open, close) = Self.marks(span, blocks) else { continue }
      // Marks stand at the words, not at the spaces beside them.
      let first = blocks.text[start..<end].firstIndex { $0 != 0x20 } ?? start
      let last = (blocks.text[start..<end].lastIndex { $0 != 0x20 } ?? end - 1) + 1
      events.append(Event(offset: first, text: open, order: (1, -last)))
      events.append(Event(offset: last, text: close, isInCode: span.kind == .code, order: (0, -first)))
    }
    events.sort { ($0.offset, $0.order.isOpening, $0.order.reach) < ($1.offset, $1.order.isOpening, $1.order.reach) }
  }

  /// The spans that touch the block; they are in order of their starts.
  static func spans(_ blocks: Blocks, in range: Range<Int>) -> ArraySlice<Span> {
    var low = 0
    var high = blocks.spans.count
    while low < high {
      let middle = (low + high) / 2
      if Int(blocks.spans[middle].start) < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    let end = blocks.spans[low...].firstIndex { Int($0.start) >= range.upperBound } ?? blocks.spans.count
    return blocks.spans[low..<end]
  }

  private static func marks(_ span: Span, _ blocks: Blocks) -> (open: [UInt8], close: [UInt8])? {
    switch span.kind {
    case .strong: return (Array("**".utf8), Array("**".utf8))
    case .emphasis: return ([0x2A], [0x2A])
    case .code: return ([0x60], [0x60])
    case .link:
      guard let href = blocks.elements.value(.href, of: Int(span.element)), isWorthALink(href) else { return nil }
      let target = href.filter { $0 > 0x20 && $0 != 0x28 && $0 != 0x29 && $0 != 0x3C && $0 != 0x3E }
      return ([0x5B], Array("](".utf8) + target + [0x29])
    }
  }

  /// Scripts and bare fragments lead nowhere outside the page.
  static func isWorthALink(_ href: ArraySlice<UInt8>) -> Bool {
    let start = href.prefix(11).map { $0 | 0x20 }
    return !href.isEmpty && href.first != 0x23 && !start.starts(with: "javascript:".utf8)
  }
}
