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
      guard let target = target(span, blocks) else { return nil }
      return ([0x5B], Array("](".utf8) + target + [0x29])
    }
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
      guard byte <= 0x20 || [0x22, 0x28, 0x29, 0x3C, 0x3E].contains(byte) else { return [byte] }
      return [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
