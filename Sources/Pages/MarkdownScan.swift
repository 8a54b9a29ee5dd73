/// Finds what `MarkdownMarks` knows of a dump, in one pass over its lines.
struct MarkdownScan {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var marks: [MarkdownMarks.Mark] = []
  private(set) var links: [Range<Int>] = []
  private(set) var lines: [Int: MarkdownMarks.Line] = [:]
  private(set) var evidence = Evidence()

  /// What tells Markdown from other texts.
  struct Evidence {
    /// With a target that looks like one.
    var links = 0
    /// Behind an empty line. Comments in scripts look like them, so they need company.
    var headings = 0
    /// Between fences.
    var listings = 0
    var isMarkdown: Bool { links + headings >= 3 && links + listings > 0 }
  }

  private struct Opening {
    enum Kind: Equatable {
      case link, image
      case emphasis(sign: UInt8, length: Int)
    }
    var kind: Kind
    var range: Range<Int>
  }
  private var open: [Opening] = []
  /// The fence of the listing that the scan is in.
  private var fence: (sign: UInt8, length: Int)?
  /// The signs of fences that nothing closes any more.
  private var unclosed: Set<UInt8> = []
  private var isInIndentedCode = false
  private var isInList = false
  private var isBehindEmptyLine = true
  /// The line before, where signs may underline it.
  private var plainLine: Int?
  /// Where the last link ended.
  private var linkEnd = 0
  /// So many bytes may still be read again: a hostile text opens targets without end.
  private var budget: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    budget = 8 * bytes.count
  }

  mutating func run(from first: Int) {
    var start = first
    while start < bytes.count {
      let line = start..<bytes.lineEnd(from: start)
      if let text = bytes[line].firstIndex(where: { $0 > 0x20 }) {
        read(line, text..<line.upperBound)
        isBehindEmptyLine = false
      } else {
        open.removeAll()
        (isBehindEmptyLine, plainLine) = (true, nil)
      }
      start = bytes.nextLine(behind: line.upperBound)
    }
  }

  private func byte(_ i: Int, in line: Range<Int>) -> UInt8 { i < line.upperBound ? bytes[i] : 0x0A }

  /// `text` is the line without its indentation.
  private mutating func read(_ line: Range<Int>, _ text: Range<Int>) {
    let before = plainLine
    plainLine = nil
    if line.lowerBound < linkEnd { return readInline(min(linkEnd, line.upperBound)..<line.upperBound) }
    if readListing(line, text) { return }
    if let before, let level = underline(text) {
      lines[before] = .heading(level)
      lines[line.lowerBound] = .continued
      marks.append(.init(range: line))
      evidence.headings += level == 1 ? 1 : 0
      return
    }
    let quoted = readQuote(text)
    let isItem = Self.isItem(bytes[quoted])
    isInList = isItem || isInList && !(isBehindEmptyLine && text.lowerBound - line.lowerBound < 2)
    let heading = quoted == text ? readHeading(line, text) : nil
    let isPlain = quoted == text && !isItem && heading == nil && bytes[text.lowerBound] != UInt8(ascii: "|")
    // What a link or an emphasis encloses ends with its block.
    if isPlain { plainLine = line.lowerBound } else { open.removeAll() }
    readInline(heading ?? quoted)
  }

  // MARK: Listings

  /// Whether the line is one of a listing, between fences or behind four spaces.
  private mutating func readListing(_ line: Range<Int>, _ text: Range<Int>) -> Bool {
    if let fence {
      let isEnd = length(ofFence: text, closing: fence.sign) >= fence.length
      lines[line.lowerBound] = isEnd ? .fence : .code
      if isEnd { self.fence = nil }
      return true
    }
    let length = length(ofFence: text)
    if length > 0, isClosed(bytes[text.lowerBound], length, behind: line.upperBound) {
      fence = (bytes[text.lowerBound], length)
      lines[line.lowerBound] = .fence
      evidence.listings += 1
      open.removeAll()
      isInIndentedCode = false
      return true
    }
    let indentation = bytes[line.lowerBound..<text.lowerBound].reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
    isInIndentedCode = indentation >= 4 && !isInList && (isInIndentedCode || isBehindEmptyLine)
    if isInIndentedCode { lines[line.lowerBound] = .code }
    return isInIndentedCode
  }

  /// How many signs a fence has, three or more; 0 for another line. What opens a listing may have its language behind.
  private func length(ofFence text: Range<Int>, closing sign: UInt8? = nil) -> Int {
    let first = byte(text.lowerBound, in: text)
    guard sign.map({ $0 == first }) ?? (first == UInt8(ascii: "`") || first == UInt8(ascii: "~")) else { return 0 }
    let length = bytes[text].prefix { $0 == first }.count
    let rest = bytes[text].dropFirst(length)
    let isWhole = sign == nil ? first == UInt8(ascii: "~") || !rest.contains(first) : !rest.contains { $0 > 0x20 }
    return length >= 3 && isWhole ? length : 0
  }

  /// Whether a fence follows that ends the listing: a sign that nothing closes would make one of the rest of the page.
  private mutating func isClosed(_ sign: UInt8, _ length: Int, behind end: Int) -> Bool {
    var start = bytes.nextLine(behind: end)
    while start < bytes.count, !unclosed.contains(sign) {
      let line = start..<bytes.lineEnd(from: start)
      let text = (bytes[line].firstIndex { $0 > 0x20 } ?? line.upperBound)..<line.upperBound
      if self.length(ofFence: text, closing: sign) >= length { return true }
      start = bytes.nextLine(behind: line.upperBound)
    }
    unclosed.insert(sign)
    return false
  }

  // MARK: Blocks

  /// The level of the heading that stands above a line of signs; nil where it is none.
  private func underline(_ text: Range<Int>) -> Int? {
    let sign = bytes[text.lowerBound]
    guard sign == UInt8(ascii: "=") || sign == UInt8(ascii: "-") else { return nil }
    let count = bytes[text].prefix { $0 == sign }.count
    guard count >= 3, !bytes[text].dropFirst(count).contains(where: { $0 > 0x20 }) else { return nil }
    return sign == UInt8(ascii: "=") ? 1 : 2
  }

  /// The text behind the signs of quotes.
  private mutating func readQuote(_ text: Range<Int>) -> Range<Int> {
    var i = text.lowerBound
    while byte(i, in: text) == UInt8(ascii: ">"),
      byte(i + 1, in: text) == 0x20 || byte(i + 1, in: text) == UInt8(ascii: ">")
    {
      let end = byte(i + 1, in: text) == 0x20 ? i + 2 : i + 1
      marks.append(.init(range: i..<end))
      i = end
    }
    return i..<text.upperBound
  }

  /// The text of a heading between its signs; nil for another line.
  private mutating func readHeading(_ line: Range<Int>, _ text: Range<Int>) -> Range<Int>? {
    let sign = UInt8(ascii: "#")
    let level = bytes[text].prefix { $0 == sign }.count
    let behind = text.lowerBound + level
    guard (1...6).contains(level), byte(behind, in: text) == 0x20 || byte(behind, in: text) == 0x09,
      let start = bytes[behind..<text.upperBound].firstIndex(where: { $0 > 0x20 })
    else { return nil }
    lines[line.lowerBound] = .heading(level)
    if isBehindEmptyLine { evidence.headings += 1 }
    marks.append(.init(range: text.lowerBound..<start))
    var end = text.upperBound
    while end > start, bytes[end - 1] <= 0x20 || bytes[end - 1] == sign { end -= 1 }
    // Only signs that stand apart close it.
    guard end > start, end < text.upperBound, bytes[end] <= 0x20 else { return start..<text.upperBound }
    marks.append(.init(range: end..<text.upperBound))
    return start..<end
  }

  private static func isItem(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let digits = text.prefix { isDigit($0) }.count
    let sign = text.dropFirst(digits).prefix(2)
    guard sign.count == 2, sign.last == 0x20 || sign.last == 0x09 else { return false }
    return (digits == 0 ? "*-+" : digits < 10 ? ".)" : "").utf8.contains(sign.first!)
  }

  // MARK: Text

  private mutating func readInline(_ line: Range<Int>) {
    var i = line.lowerBound
    while i < line.upperBound {
      switch bytes[i] {
      case UInt8(ascii: "\\") where Self.isPunctuation(byte(i + 1, in: line)):
        marks.append(.init(range: i..<i + 1))
        i += 2
      case UInt8(ascii: "`"): i = endOfCode(i, line)
      case UInt8(ascii: "<"): i = endOfAddress(i, line)
      case UInt8(ascii: "!") where byte(i + 1, in: line) == UInt8(ascii: "["):
        push(.image, i..<i + 2)
        i += 2
      case UInt8(ascii: "["):
        push(.link, i..<i + 1)
        i += 1
      case UInt8(ascii: "]"): i = close(i)
      case UInt8(ascii: "*"), UInt8(ascii: "_"): i = emphasize(i, line)
      default: i += 1
      }
    }
  }

  private mutating func push(_ kind: Opening.Kind, _ range: Range<Int>) {
    // Nobody nests so deep; a hostile text may.
    if open.count > 100 { open.removeAll() }
    open.append(Opening(kind: kind, range: range))
  }

  /// Code that is closed on its line: its ticks are marks, and nothing in it is.
  private mutating func endOfCode(_ start: Int, _ line: Range<Int>) -> Int {
    let tick = bytes[start]
    let ticks = bytes[start..<line.upperBound].prefix { $0 == tick }.count
    var i = start + ticks
    while i < line.upperBound, budget > 0 {
      budget -= 1
      let run = bytes[i..<line.upperBound].prefix { $0 == tick }.count
      if run == ticks {
        marks += [.init(range: start..<start + ticks), .init(range: i..<i + run)]
        return i + run
      }
      i += max(1, run)
    }
    return start + ticks
  }

  /// Behind an address or a tag, in which no sign is a mark.
  private mutating func endOfAddress(_ start: Int, _ line: Range<Int>) -> Int {
    guard isLetter(byte(start + 1, in: line)), budget > 0 else { return start + 1 }
    let end = bytes[start..<line.upperBound].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ">") } ?? line.upperBound
    budget -= end - start
    return byte(end, in: line) == UInt8(ascii: ">") ? end : start + 1
  }

  /// What follows a closing bracket: the target makes a link or an image of what the bracket encloses.
  private mutating func close(_ at: Int) -> Int {
    guard let index = open.lastIndex(where: { $0.kind == .link || $0.kind == .image }) else { return at + 1 }
    let opening = open[index]
    open.removeSubrange(index...)
    guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "("), let end = endOfTarget(at + 2) else { return at + 1 }
    let text = opening.range.upperBound..<at
    if opening.kind == .image {
      marks.append(.init(range: text, kind: .image))
    } else {
      links.append(text)
      let isLikely = bytes[at + 2..<end].contains { "/#:.".utf8.contains($0) }
      evidence.links += isLikely ? 1 : 0
    }
    let next = bytes[end...].prefix(2)
    let touches = next.first == UInt8(ascii: "[") || next.elementsEqual("![".utf8)
    marks += [.init(range: opening.range), .init(range: at..<end, kind: touches ? .space : .sign)]
    joinLines(of: opening.range.lowerBound..<end)
    linkEnd = end
    return end
  }

  private mutating func joinLines(of link: Range<Int>) {
    guard budget > 0 else { return }
    budget -= link.count
    for i in link where bytes[i] == 0x0A || bytes[i] == 0x0D && bytes[i + 1] != 0x0A { lines[i + 1] = .continued }
  }

  /// Behind the parenthesis that closes a target, with or without a title; nil where none does. Programs that break lines at a
  /// width break targets too, at hyphens.
  private mutating func endOfTarget(_ start: Int) -> Int? {
    var i = start
    defer { budget -= i - start }
    guard budget > 0 else { return nil }
    func at(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    func isLineEnd() -> Bool { at(i) == 0x0A || at(i) == 0x0D }
    /// False before an empty line, which ends all.
    func skipLineEnd() -> Bool {
      i = bytes.nextLine(behind: i)
      return at(i) > 0x20
    }
    func skipSpace() -> Bool {
      while at(i) == 0x20 { i += 1 }
      return !isLineEnd() || skipLineEnd()
    }
    guard skipSpace() else { return nil }
    if at(i) == UInt8(ascii: "<") {
      while i < bytes.count, at(i) != UInt8(ascii: ">"), !isLineEnd() { i += 1 }
      i += 1
    } else {
      var depth = 0
      scan: while i < bytes.count {
        switch at(i) {
        case UInt8(ascii: "("): depth += 1
        case UInt8(ascii: ")") where depth == 0: break scan
        case UInt8(ascii: ")"): depth -= 1
        case UInt8(ascii: "\\"): i += 1
        case ...0x20:
          guard i > start, at(i - 1) == UInt8(ascii: "-"), isLineEnd(), skipLineEnd() else { break scan }
          continue
        default: break
        }
        i += 1
      }
    }
    guard skipSpace() else { return nil }
    if at(i) == UInt8(ascii: "\"") || at(i) == UInt8(ascii: "'") {
      let quote = at(i)
      i += 1
      while i < bytes.count, at(i) != quote || at(i + 1) != UInt8(ascii: ")") && at(i + 1) > 0x20 {
        if isLineEnd() { guard skipLineEnd() else { return nil } } else { i += 1 }
      }
      i += 1
      guard skipSpace() else { return nil }
    }
    return at(i) == UInt8(ascii: ")") ? i + 1 : nil
  }

  /// Signs of emphasis close one of the same kind, or open one. They stand at the edges of words, but for `**`, which may stand
  /// in text without spaces; what an address may hold is part of a word to `_`.
  private mutating func emphasize(_ start: Int, _ line: Range<Int>) -> Int {
    let sign = bytes[start]
    let length = bytes[start..<line.upperBound].prefix { $0 == sign }.count
    let end = start + length
    guard length <= 3 else { return end }
    let before = start > line.lowerBound ? bytes[start - 1] : 0x20
    let behind = end < line.upperBound ? bytes[end] : 0x20
    func isWord(_ byte: UInt8) -> Bool {
      isLetter(byte) || isDigit(byte) || byte >= 0x80 && length == 1
        || sign == UInt8(ascii: "_") && "/=&?%".utf8.contains(byte)
    }
    let kind = Opening.Kind.emphasis(sign: sign, length: length)
    if before > 0x20, !isWord(behind), let index = open.lastIndex(where: { $0.kind == kind }) {
      marks += [.init(range: open[index].range), .init(range: start..<end)]
      open.remove(at: index)
    } else if behind > 0x20, !isWord(before) {
      push(kind, start..<end)
    }
    return end
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
