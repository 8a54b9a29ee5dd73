/// Which bytes of a dump in Markdown are marks and no text.
///
/// Many crawlers write Markdown. Targets of links, images, signs of headings, emphasis and backslashes are no words of the
/// page, and a rule or a model that knows how lines read must not meet them. After the CommonMark specification (0.31.2),
/// as far as lines tell: blocks are not nested. O(bytes).
struct MarkdownMarks {
  /// What stands in a line for no text, half-open, in the order of their starts. One may lie in another.
  private var marks: [Mark] = []
  private struct Mark {
    var range: Range<Int>
    /// What an image shows: text only where the line has no other.
    var isImage = false
  }
  /// The texts of links, in order.
  private(set) var links: [Range<Int>] = []
  /// What a line is, where it is no plain one.
  enum Line {
    /// Of a level.
    case heading(Int)
    /// Goes on the line before: within a link, or signs that underline a heading.
    case continued
    /// Of a listing, or a fence around one.
    case code
  }
  /// By where it starts.
  private(set) var lines: [Int: Line] = [:]
  private(set) var isMarkdown = false

  /// No marks where the dump is not in Markdown: three links or headings tell it.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard Self.mayBeMarkdown(bytes) else { return }
    var scan = MarkdownScan(bytes)
    scan.run()
    guard scan.evidence >= 3 else { return }
    marks = (scan.marks.map { Mark(range: $0) } + scan.images.map { Mark(range: $0, isImage: true) })
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
    links = scan.links.sorted { $0.lowerBound < $1.lowerBound }
    lines = scan.lines
    isMarkdown = true
  }

  /// Whether there is any link or heading to be found, which most dumps lack.
  private static func mayBeMarkdown(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var before: UInt8 = 0x0A
    for byte in bytes {
      if byte == 0x28 && before == 0x5D || byte == 0x23 && before == 0x0A || byte == 0x3D && before == 0x0A {
        return true
      }
      before = byte == 0x0D ? 0x0A : byte
    }
    return false
  }

  /// The parts of a line that are text. Lines must be asked for in order; `next` starts at 0 and is kept from one to the
  /// next. Of a line that is nothing but images, what they show; of one that is nothing but marks, all.
  func text(of line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>, next: inout Int) -> [Range<Int>] {
    while next < marks.count, marks[next].range.upperBound <= line.lowerBound { next += 1 }
    guard next < marks.count, marks[next].range.lowerBound < line.upperBound else { return [line] }
    let ofLine = marks[next...].prefix { $0.range.lowerBound < line.upperBound }
    for showsImages in [false, true] {
      var parts: [Range<Int>] = []
      var at = line.lowerBound
      for mark in ofLine where !mark.isImage || !showsImages {
        if mark.range.lowerBound > at { parts.append(at..<mark.range.lowerBound) }
        at = max(at, mark.range.upperBound)
      }
      if at < line.upperBound { parts.append(at..<line.upperBound) }
      if parts.contains(where: { part in bytes[part].contains { $0 > 0x20 } }) { return parts }
    }
    return [line]
  }
}

/// Finds the marks of a dump.
private struct MarkdownScan {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var marks: [Range<Int>] = []
  private(set) var images: [Range<Int>] = []
  private(set) var links: [Range<Int>] = []
  private(set) var lines: [Int: MarkdownMarks.Line] = [:]
  /// How many links and headings there are, of those that hardly are anything else.
  private(set) var evidence = 0

  private struct Opening {
    var at: Int
    /// `[`, `!` for that of an image, or the sign of an emphasis.
    var sign: UInt8
    var length: Int
  }
  private var open: [Opening] = []
  private var fence: UInt8 = 0
  /// Where the last link ended.
  private var linkEnd = 0
  /// So many bytes may still be read twice: a hostile text opens targets without end.
  private var budget: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    budget = 2 * bytes.count
  }

  mutating func run() {
    var start = 0
    var before = 0..<0
    var isBlankBefore = true
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      let line = start..<end
      let isBlank = !bytes[line].contains { $0 > 0x20 }
      if isBlank { open.removeAll() } else { read(line, before, isBlankBefore: isBlankBefore) }
      if !isBlank { (before, isBlankBefore) = (line, false) } else { isBlankBefore = true }
      start = end + 1
      // The two bytes of a CRLF end one line.
      if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { start += 1 }
    }
  }

  private mutating func read(_ line: Range<Int>, _ before: Range<Int>, isBlankBefore: Bool) {
    if line.lowerBound < linkEnd {
      if linkEnd < line.upperBound { readInline(linkEnd..<line.upperBound) }
      return
    }
    var i = line.lowerBound
    func at(_ index: Int) -> UInt8 { index < line.upperBound ? bytes[index] : 0x0A }
    while at(i) == 0x20 || at(i) == 0x09 { i += 1 }
    if at(i) == 0x60 || at(i) == 0x7E, at(i + 1) == at(i), at(i + 2) == at(i), fence == 0 || fence == at(i) {
      fence = fence == 0 ? at(i) : 0
      lines[line.lowerBound] = .code
      return
    }
    guard fence == 0 else {
      lines[line.lowerBound] = .code
      return
    }
    if !isBlankBefore, lines[before.lowerBound] == nil, let level = underline(i..<line.upperBound) {
      lines[before.lowerBound] = .heading(level)
      lines[line.lowerBound] = .continued
      marks.append(line)
      if level == 1 { evidence += 1 }
      return
    }
    while at(i) == 0x3E, at(i + 1) == 0x20 || at(i + 1) == 0x3E {
      let end = at(i + 1) == 0x20 ? i + 2 : i + 1
      marks.append(i..<end)
      i = end
    }
    let level = bytes[i..<line.upperBound].prefix { $0 == 0x23 }.count
    if (1...6).contains(level), at(i + level) == 0x20, bytes[i + level..<line.upperBound].contains(where: { $0 > 0x20 })
    {
      lines[line.lowerBound] = .heading(level)
      marks.append(i..<i + level + 1)
      if isBlankBefore { evidence += 1 }
      i += level + 1
    }
    readInline(i..<line.upperBound)
  }

  /// The level of the heading that stands above a line of signs; nil where it is none.
  private func underline(_ line: Range<Int>) -> Int? {
    guard let sign = bytes[line].first, sign == 0x3D || sign == 0x2D else { return nil }
    let count = bytes[line].prefix { $0 == sign }.count
    guard count >= 3, !bytes[line].dropFirst(count).contains(where: { $0 > 0x20 }) else { return nil }
    return sign == 0x3D ? 1 : 2
  }

  private mutating func readInline(_ line: Range<Int>) {
    // An image's text does not go on over lines.
    open.removeAll { $0.sign == 0x21 }
    var i = line.lowerBound
    func at(_ index: Int) -> UInt8 { index < line.upperBound ? bytes[index] : 0x0A }
    while i < line.upperBound {
      switch bytes[i] {
      case 0x5C where Self.isPunctuation(at(i + 1)):
        marks.append(i..<i + 1)
        i += 2
      case 0x60: i = endOfCode(i, line)
      case 0x21 where at(i + 1) == 0x5B:
        push(Opening(at: i, sign: 0x21, length: 2))
        i += 2
      case 0x5B:
        push(Opening(at: i, sign: 0x5B, length: 1))
        i += 1
      case 0x5D: i = close(i)
      case 0x2A, 0x5F: i = emphasize(i, line)
      default: i += 1
      }
    }
  }
  private mutating func push(_ opening: Opening) {
    // Nobody nests so deep; a hostile text may.
    if open.count > 100 { open.removeAll() }
    open.append(opening)
  }

  /// Code that is closed on its line: its ticks are marks, and nothing in it is.
  private mutating func endOfCode(_ start: Int, _ line: Range<Int>) -> Int {
    let ticks = bytes[start..<line.upperBound].prefix { $0 == 0x60 }.count
    var i = start + ticks
    while i < line.upperBound, budget > 0 {
      budget -= 1
      let run = bytes[i..<line.upperBound].prefix { $0 == 0x60 }.count
      if run == ticks {
        marks += [start..<start + ticks, i..<i + run]
        return i + run
      }
      i += max(1, run)
    }
    return start + ticks
  }

  /// What follows a closing bracket: the target makes a link or an image of what the bracket encloses.
  private mutating func close(_ at: Int) -> Int {
    guard let index = open.lastIndex(where: { $0.sign == 0x5B || $0.sign == 0x21 }) else { return at + 1 }
    let opening = open[index]
    open.removeSubrange(index...)
    guard at + 1 < bytes.count, bytes[at + 1] == 0x28, let end = endOfTarget(at + 2) else { return at + 1 }
    let text = opening.at + opening.length..<at
    if opening.sign == 0x21 {
      images.append(text)
    } else {
      links.append(text)
      if bytes[at + 2..<end].contains(where: { [0x2F, 0x23, 0x3A, 0x2E].contains($0) }) { evidence += 1 }
    }
    marks += [opening.at..<text.lowerBound, at..<end]
    joinLines(of: opening.at..<end)
    linkEnd = end
    return end
  }

  private mutating func joinLines(of link: Range<Int>) {
    guard budget > 0 else { return }
    budget -= link.count
    for i in link where isLineEnd(i) && !(bytes[i] == 0x0D && i + 1 < bytes.count && bytes[i + 1] == 0x0A) {
      lines[i + 1] = .continued
    }
  }

  /// Behind the parenthesis that closes a target, with or without a title; nil where none does. Programs that break lines at a
  /// width break targets too, at hyphens.
  private mutating func endOfTarget(_ start: Int) -> Int? {
    var i = start
    defer { budget -= i - start }
    guard budget > 0 else { return nil }
    func at(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    /// Past a line's end, unless an empty line follows.
    func skipLineEnd() -> Bool {
      guard isLineEnd(i) else { return false }
      i += at(i) == 0x0D && at(i + 1) == 0x0A ? 2 : 1
      return at(i) > 0x20
    }
    func skipSpace() -> Bool {
      while at(i) == 0x20 { i += 1 }
      return !isLineEnd(i) || skipLineEnd()
    }
    guard skipSpace() else { return nil }
    if at(i) == 0x3C {
      while i < bytes.count, at(i) != 0x3E, !isLineEnd(i) { i += 1 }
      i += 1
    } else {
      var depth = 0
      scan: while i < bytes.count {
        switch at(i) {
        case 0x28: depth += 1
        case 0x29 where depth == 0: break scan
        case 0x29: depth -= 1
        case 0x5C: i += 1
        case ...0x20:
          guard i > start, at(i - 1) == 0x2D, skipLineEnd() else { break scan }
          continue
        default: break
        }
        i += 1
      }
    }
    guard skipSpace() else { return nil }
    if at(i) == 0x22 || at(i) == 0x27 {
      let quote = at(i)
      i += 1
      while i < bytes.count, at(i) != quote || at(i + 1) != 0x29 {
        if isLineEnd(i) { guard skipLineEnd() else { return nil } } else { i += 1 }
      }
      i += 1
    }
    return at(i) == 0x29 ? i + 1 : nil
  }

  private func isLineEnd(_ i: Int) -> Bool { i < bytes.count && (bytes[i] == 0x0A || bytes[i] == 0x0D) }

  /// Signs of emphasis close one of the same kind, or open one. They stand at the edges of words, but for `**`, which may stand
  /// in text without spaces.
  private mutating func emphasize(_ start: Int, _ line: Range<Int>) -> Int {
    let sign = bytes[start]
    let length = bytes[start..<line.upperBound].prefix { $0 == sign }.count
    let end = start + length
    guard length <= 3 else { return end }
    let before = start > line.lowerBound ? bytes[start - 1] : 0x20
    let behind = end < line.upperBound ? bytes[end] : 0x20
    func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte >= 0x80 && length == 1 }
    if before > 0x20, !isWord(behind),
      let index = open.lastIndex(where: { $0.sign == sign && $0.length == length })
    {
      marks += [open[index].at..<open[index].at + length, start..<end]
      open.remove(at: index)
    } else if behind > 0x20, !isWord(before) {
      push(Opening(at: start, sign: sign, length: length))
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
