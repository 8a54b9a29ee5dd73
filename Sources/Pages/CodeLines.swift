/// What the builder knows of the code that it is in.
struct CodeLines {
  /// An element that is a line has just ended, so that white space only parts it from the next.
  var isBehindLine = false
  /// That line has no line break as yet.
  var owesBreak = false
  /// Open elements that hold numbers of lines.
  var numbers: [Int] = []

  mutating func endBlock() { (isBehindLine, owesBreak) = (false, false) }
}

/// A `<pre>` is one block, whichever elements its lines are, without its buttons and the numbers of its lines.
extension BlockBuilder {
  /// Others end the code, as do headings in a `<pre>` that nobody closes.
  private static let lineTags: TagSet = [.div, .li, .ol, .ul, .table, .thead, .tbody, .tfoot, .tr, .td, .th]
  /// No text stands right in them.
  private static let framingTags: TagSet = [.ol, .ul, .table, .thead, .tbody, .tfoot, .tr]

  private var codeDepth: Int32 { open[Int(Tag.pre.rawValue)] }
  private var isAtLineStart: Bool { blocks.text.count == start || blocks.text.last == 0x0A }

  /// Whether the element is a part of the code around it; a line of its own then starts here.
  mutating func entersCodeLine(_ tag: Tag) -> Bool {
    guard codeDepth > 0 else { return false }
    if tag == .button { return true }
    guard Self.lineTags.contains(tag) else { return false }
    startCodeLine()
    return true
  }

  /// The same at its end.
  mutating func leavesCodeLine(_ tag: Tag) -> Bool {
    guard codeDepth > 0 else { return false }
    if tag == .button { return true }
    guard Self.lineTags.contains(tag) else { return false }
    endCodeLine()
    return true
  }

  mutating func startCodeLine() {
    if !isAtLineStart { blocks.text.append(0x0A) }
    code.endBlock()
  }
  mutating func endCodeLine() {
    code.isBehindLine = true
    code.owesBreak = !isAtLineStart
  }
  /// A `<br>`.
  mutating func breakCode() {
    if code.owesBreak { blocks.text.append(0x0A) }
    blocks.text.append(0x0A)
    code.endBlock()
  }

  /// Whether a run of text in code, or in the numbers beside it, belongs to the code, which then goes on with it.
  mutating func startsCode(_ run: UnsafeBufferPointer<UInt8>) -> Bool {
    if !code.numbers.isEmpty, run.contains(where: isDigit), !run.contains(where: { isLetter($0) || $0 >= 0x80 }) {
      return false
    }
    guard codeDepth > 0 else { return true }
    let isFramed = blockStack.last.map { Self.framingTags.contains(blocks.elements.tags[$0]) } ?? false
    if code.isBehindLine || isFramed, run.allSatisfy(isSpace) { return false }
    if code.owesBreak, run.first != 0x0A { blocks.text.append(0x0A) }
    code.endBlock()
    return true
  }

  /// Code itself may be there to be clicked.
  func isButtonInCode(_ role: UnsafeBufferPointer<UInt8>) -> Bool {
    codeDepth > 0 && role.elementsEqual("button".utf8) && ![.pre, .code].contains(blocks.elements.tags[element])
  }

  /// Whether the class of the element says that it holds numbers of lines, as highlighters write them: beside each line, or
  /// all in the first cell of a table.
  func areLineNumbers(_ classes: UnsafeBufferPointer<UInt8>) -> Bool {
    let tag = blocks.elements.tags[element]
    let isCell = tag == .td || tag == .th
    guard isCell || codeDepth > 0 && tag != .pre && tag != .code else { return false }
    let names = codeDepth > 0 ? Self.numberClasses + Self.numberClassesInCode : Self.numberClasses
    return classes.split(whereSeparator: isSpace).contains { name in
      names.contains { name.elementsEqual($0.utf8) }
    }
  }
  private static let numberClasses = ["lineno", "linenos", "ln-num", "hljs-ln-numbers"]
  // Buses have line numbers too.
  private static let numberClassesInCode = ["line-number", "line-numbers", "lnt", "ln"]
}
