/// Elements in a line of text that the screen shows as boxes: what stands in two neighbours is no one word.
struct InlineBoxes {
  /// From what is a box for sure to what may be one.
  enum Kind: Int { case control, link, inlineBlock }

  /// Those that are open, outermost first.
  var open: [(element: Int, kind: Kind)] = []
  /// Open elements that stand on lines of their own.
  var lines: [Int] = []
  /// The last that was closed with text in it.
  var closedAt = -1
  var closedStart = 0
  /// The innermost element of it.
  var closedElement = -1
  var closedKind = Kind.link
}

extension BlockBuilder {
  /// What links in these make up is left whole.
  private static let wholeTags: [Tag] = [.pre, .code, .sup, .sub, .math]
  private static let controls = ["tab", "button", "menuitem", "menuitemradio", "option", "radio", "switch"]

  mutating func enterBox(role: UnsafeBufferPointer<UInt8>) {
    guard !blocks.elements.tags[element].isBlock, Self.controls.contains(where: { role.elementsEqual($0.utf8) }) else {
      return
    }
    boxes.open.append((element, .control))
  }

  /// An inline element that its own style makes a block stands on a line as behind a `<br>`.
  mutating func enterBox(style: UnsafeBufferPointer<UInt8>) {
    let tag = blocks.elements.tags[element]
    guard !tag.isBlock, !tag.isVoid, skipDepth == 0 else { return }
    if ["block", "flex", "grid", "list-item"].contains(where: { Elements.declares("display", $0, style) }) {
      if tag == .a { links -= 1 }  // it is none of the line before
      startLine()
      boxes.lines.append(element)
    } else if Elements.declares("display", "inline-", style) {
      boxes.open.append((element, .inlineBlock))
    }
  }

  mutating func leaveBoxes(_ element: Int) {
    if boxes.lines.last == element {
      boxes.lines.removeLast()
      if open[Int(Tag.pre.rawValue)] > 0 { endCodeLine() } else { flush(breaks: 1) }
    }
    while let box = boxes.open.last, box.element == element {
      boxes.open.removeLast()
      let (start, end) = (Int(blocks.elements.textStarts[element]), blocks.text.count)
      guard end > start else { continue }
      let isSame = boxes.closedAt == end && boxes.closedKind.rawValue < box.kind.rawValue
      if !isSame { (boxes.closedKind, boxes.closedElement) = (box.kind, element) }
      // The space before its first word is not part of it.
      (boxes.closedAt, boxes.closedStart) = (end, blocks.text[start] == 0x20 ? start + 1 : start)
    }
  }

  private mutating func startLine() {
    if open[Int(Tag.pre.rawValue)] > 0 { startCodeLine() } else { flush(breaks: 1) }
  }

  /// Whether the text that comes opens a box right behind one that has just been closed, and a blank has to part them.
  /// Links may be parts of a word or a number, and letters that move are boxes too.
  func isNextBox(_ next: UnsafeBufferPointer<UInt8>) -> Bool {
    let end = boxes.closedAt
    guard let kind = boxes.open.filter({ blocks.elements.textStarts[$0.element] == end }).map(\.kind.rawValue).min(),
      Self.wholeTags.allSatisfy({ open[Int($0.rawValue)] == 0 })
    else { return false }
    let strictest = max(kind, boxes.closedKind.rawValue)
    if strictest == InlineBoxes.Kind.control.rawValue { return true }
    let last = blocks.text[boxes.closedStart..<end]
    guard last.contains(where: Self.isLetter), next.contains(where: Self.isLetter),
      Self.isInWord(last[(last.lastIndex { $0 & 0xC0 != 0x80 } ?? last.startIndex)]), Self.isInWord(next[0])
    else { return false }
    // Editors cut one link in two, in the middle of a word.
    let goesOn = Self.isLowercase(next[0]) && Self.isLowercase(last[end - 1])
    if goesOn, let link = boxes.open.last?.element, let target = blocks.elements.value(.href, of: link),
      target == blocks.elements.value(.href, of: boxes.closedElement)
    {
      return false
    }
    // A first letter may be a link of its own.
    if Self.isLowercase(next[0]), !Self.hasTwoCharacters(last) { return false }
    return strictest == InlineBoxes.Kind.link.rawValue || Self.hasTwoCharacters(last) && Self.hasTwoCharacters(next)
  }

  private static func isLowercase(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { Pages.isLetter(byte) || byte >= 0xC3 }
  /// By the first byte of a character. Words of Thai, Chinese and Japanese have no blanks between them, and signs such as
  /// dashes and arrows may join.
  private static func isInWord(_ lead: UInt8) -> Bool {
    Pages.isLetter(lead) || isDigit(lead) || (0xC3...0xDF).contains(lead) || lead == 0xE1 || lead == 0xEA
  }
  private static func hasTwoCharacters(_ text: some Sequence<UInt8>) -> Bool {
    var count = 0
    for byte in text where byte & 0xC0 != 0x80 {
      count += 1
      if count == 2 { return true }
    }
    return false
  }
}
