/// Turns elements and runs of text into blocks.
struct BlockBuilder {
  var blocks = Blocks()

  private var stack: [Int] = []  // open elements
  private(set) var blockStack: [Int] = []  // open block-level elements
  private(set) var open = [Int32](repeating: 0, count: 128)
  private(set) var start = 0
  var pendingSpace = false
  private var lineBreaks = 2
  var links = 0
  private var linkBytes = 0
  private var openSpans: [(depth: Int, index: Int)] = []
  private(set) var skipDepth = 0
  private(set) var heading = 0
  private var skipped: [Int] = []  // open elements that are left out for more than their tag
  var formula = Formula()
  var code = CodeLines()
  var boxes = InlineBoxes()

  init() {
    blocks.text.reserveCapacity(1 << 15)
    blocks.elements.reserve()
  }

  var element: Int { stack.last ?? -1 }
  var isSkipping: Bool { skipDepth > 0 }

  /// Leaves out what is in the element that was entered last.
  mutating func skip() {
    skipDepth += 1
    skipped.append(element)
  }

  // MARK: Elements

  /// Enters an element; its attributes follow by `set`.
  mutating func enter(_ tag: Tag) {
    if tag.isBlock, !entersCodeLine(tag) { flush(before: tag) }
    let index = blocks.elements.append(tag, parent: element, at: blocks.text.count)
    stack.append(index)
    open[Int(tag.rawValue)] += 1
    if tag.isSkipped { skipDepth += 1 }
    if tag.isBlock { blockStack.append(index) }
    if tag.headingLevel > 0 { heading = tag.headingLevel }
    switch tag {
    case .a:
      links += 1
      openSpan(.link, index)
      boxes.open.append((index, .link))
    case .strong, .b: openSpan(.strong, index)
    case .em, .i: openSpan(.emphasis, index)
    case .code, .kbd, .samp, .tt: openSpan(.code, index)
    case .sup: openSpan(.superscript, index)
    case .sub: openSpan(.subscript, index)
    case .br: lineBreak()
    case .button where open[Int(Tag.pre.rawValue)] > 0: skip()
    default: break
    }
    if open[Int(Tag.math.rawValue)] > 0, skipDepth == 0 { enterMath(tag, index) }
  }

  mutating func set(_ name: AttributeName, _ value: UnsafeBufferPointer<UInt8>) {
    blocks.elements.set(name, value)
    switch name {
    case .ariaHidden where isHiddenMath(value): skip()
    case .role where isButtonInCode(value): skip()
    case .role: enterBox(role: value)
    case .style: enterBox(style: value)
    case .class where areLineNumbers(value): code.numbers.append(element)
    default: break
    }
  }

  mutating func set(extra name: UInt16, _ value: UnsafeBufferPointer<UInt8>) {
    blocks.elements.set(extra: name, value)
  }

  mutating func leave() {
    guard let index = stack.popLast() else { return }
    let tag = blocks.elements.tags[index]
    while let last = openSpans.last, last.depth > stack.count { closeSpan() }
    noteMath(tag, index)
    if skipped.last == index {
      skipped.removeLast()
      skipDepth -= 1
    }
    if code.numbers.last == index { code.numbers.removeLast() }
    leaveBoxes(index)
    if tag.isBlock, !leavesCodeLine(tag) { flush(before: tag) }
    blocks.elements.close(index, at: blocks.text.count)
    open[Int(tag.rawValue)] -= 1
    if tag.isSkipped { skipDepth -= 1 }
    if tag.isBlock { blockStack.removeLast() }
    if tag.headingLevel > 0 { heading = 0 }
  }

  private mutating func lineBreak() {
    if open[Int(Tag.pre.rawValue)] > 0 { return breakCode() }
    let wasEmpty = isBlank(blocks.text[start...])
    flush(breaks: 1)
    if wasEmpty { lineBreaks = 2 }
  }

  // MARK: Text

  /// Adds text that was copied byte for byte from `origin`, an offset of the page that grows with
  /// the text; `map` leads from there to the page where the text was rewritten first.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, at origin: Int, map: OffsetMap, cursor: inout Int) {
    guard skipDepth == 0 else { return }
    let before = blocks.text.count
    let isCode = open[Int(Tag.pre.rawValue)] > 0
    if isCode || !code.numbers.isEmpty, !startsCode(bytes) { return }
    var i = 0
    while i < bytes.count {
      let c = bytes[i]
      if isSpaceInText(bytes, i), !isCode {
        pendingSpace = true
        i += c == 0xC2 ? 2 : 1
        continue
      }
      var end = i + 1
      while end < bytes.count, isCode || !isSpaceInText(bytes, end) {
        if bytes[end] == 0xEF, MarkupRepair.plain(bytes, at: end) != nil { break }
        end += 1
      }
      if pendingSpace || boxes.closedAt == blocks.text.count && isNextBox(UnsafeBufferPointer(rebasing: bytes[i...])) {
        if blocks.text.count > start {
          note(origin + i - 1, map, &cursor)
          if isAtLinkStart { linkBytes -= 1 }
          blocks.text.append(0x20)
        }
        pendingSpace = false
      }
      if c == 0xEF, let plain = MarkupRepair.plain(bytes, at: i) {
        note(origin + i, map, &cursor)
        blocks.text.append(plain)
        i += 3
        continue
      }
      appendCopy(bytes, i..<end, origin, map, &cursor)
      i = end
    }
    if links > 0, open[Int(Tag.a.rawValue)] > 0 { linkBytes += blocks.text.count - before }
  }

  /// Copies a range, noting where it came from; a rewritten piece inside it gets a run of its own.
  private mutating func appendCopy(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ origin: Int, _ map: OffsetMap, _ cursor: inout Int
  ) {
    var i = range.lowerBound
    while i < range.upperBound {
      let length = map.lengthOfRun(at: origin + i, cursor: &cursor, atMost: range.upperBound - i)
      note(origin + i, map, &cursor)
      blocks.text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[i..<(i + length)]))
      i += length
    }
  }

  private mutating func note(_ origin: Int, _ map: OffsetMap, _ cursor: inout Int) {
    let range = map.origin(at: origin, cursor: &cursor)
    if range.count > 1 {
      blocks.source.rewrite(at: blocks.text.count, for: range)
    } else {
      blocks.source.copy(at: blocks.text.count, from: range.lowerBound)
    }
  }

  /// Whether a link is open that has no text yet: a space written now stands before it.
  private var isAtLinkStart: Bool {
    open[Int(Tag.a.rawValue)] > 0
      && openSpans.contains {
        blocks.spans[$0.index].kind == .link && blocks.spans[$0.index].start == blocks.text.count
      }
  }

  /// HTML's white space and the no-break space, which pages use for layout.
  private func isSpaceInText(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int) -> Bool {
    bytes[i] <= 0x20 || (bytes[i] == 0xC2 && i + 1 < bytes.count && bytes[i + 1] == 0xA0)
  }

  // MARK: Blocks

  mutating func finish() -> Blocks {
    while !stack.isEmpty { leave() }
    flush(breaks: 2)
    return blocks
  }

  private mutating func flush(before tag: Tag) {
    switch tag {
    case .li, .tr, .td, .th, .dt, .dd, .option, .label: flush(breaks: 1)
    case .ul, .ol: flush(breaks: open[Int(Tag.li.rawValue)] > 0 ? 1 : 2)
    default: flush(breaks: 2)
    }
  }

  /// Ends the current block, if it has text, and says how the next one follows.
  mutating func flush(breaks: UInt8) {
    defer {
      pendingSpace = false
      code.endBlock()
      links = open[Int(Tag.a.rawValue)] > 0 ? 1 : 0
      linkBytes = 0
    }
    let range = open[Int(Tag.pre.rawValue)] > 0 ? codeRange() : start..<blocks.text.count
    guard !isBlank(blocks.text[range]) else {
      // Text that shows nothing ends as a block does, without being one.
      if blocks.text.count > start {
        splitSpans()
        blocks.text.append(0x0A)
      }
      start = blocks.text.count
      lineBreaks = max(lineBreaks, Int(breaks))
      return
    }
    let element = blockStack.last ?? -1
    let (kind, level) = kind(of: element)
    blocks.starts.append(UInt32(range.lowerBound))
    blocks.ends.append(UInt32(range.upperBound))
    blocks.kinds.append(kind)
    blocks.levels.append(UInt8(min(255, level)))
    blocks.contexts.append(context(of: element))
    blocks.blockElements.append(Int32(element))
    blocks.linkBytes.append(UInt32(linkBytes))
    blocks.linkCounts.append(UInt16(min(links, 65535)))
    blocks.breaks.append(UInt8(lineBreaks))
    splitSpans()
    blocks.text.append(0x0A)
    start = blocks.text.count
    lineBreaks = Int(breaks)
  }

  /// The current block without the blank lines around its code. They stay in the text: elements and spans know theirs
  /// by offsets, so it only ever grows.
  private func codeRange() -> Range<Int> {
    var end = blocks.text.count
    while end > start, isSpace(blocks.text[end - 1]) { end -= 1 }
    // A first line without text is no line of the code; the indentation of the first that has is.
    var i = start
    var lineStart = start
    while i < end, isSpace(blocks.text[i]) {
      if blocks.text[i] == 0x0A { lineStart = i + 1 }
      i += 1
    }
    return lineStart..<max(lineStart, end)
  }

  // MARK: Spans

  /// Deeper marks than this, which only broken pages have, are left out: each costs a span a block.
  private static let openSpanLimit = 16

  mutating func openSpan(_ kind: Span.Kind, _ element: Int) {
    guard openSpans.count < Self.openSpanLimit else { return }
    openSpans.append((stack.count, blocks.spans.count))
    let at = UInt32(blocks.text.count)
    blocks.spans.append(Span(kind: kind, start: at, end: at, element: Int32(element)))
  }
  private mutating func closeSpan() {
    guard let last = openSpans.popLast() else { return }
    endSpan(last.index)
  }
  /// Ends a span here; the space that stood before its first word is not part of it.
  private mutating func endSpan(_ index: Int) {
    let start = Int(blocks.spans[index].start)
    if start < blocks.text.count, blocks.text[start] == 0x20 { blocks.spans[index].start += 1 }
    blocks.spans[index].end = UInt32(blocks.text.count)
  }
  /// A span never crosses the end of a block: what is open goes on as a new span behind it.
  private mutating func splitSpans() {
    for i in openSpans.indices {
      var next = blocks.spans[openSpans[i].index]
      endSpan(openSpans[i].index)
      next.start = UInt32(blocks.text.count + 1)
      next.end = next.start
      openSpans[i].index = blocks.spans.count
      blocks.spans.append(next)
    }
  }
}

extension OffsetMap {
  /// How many bytes from `offset` on stand in one run, at most `limit`.
  @inline(__always)
  func lengthOfRun(at offset: Int, cursor: inout Int, atMost limit: Int) -> Int {
    guard !runs.isEmpty else { return limit }
    while cursor + 1 < runs.count, Int(runs[cursor + 1].start) <= offset { cursor += 1 }
    guard cursor + 1 < runs.count else { return limit }
    return min(limit, Int(runs[cursor + 1].start) - offset)
  }
}
