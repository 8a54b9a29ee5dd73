/// Which bytes of a dump in Markdown are marks and no text.
///
/// Many crawlers write Markdown. Targets of links, images, signs of headings, emphasis and backslashes are no words of the
/// page, and a rule or a model that knows how lines read must not meet them. After the CommonMark specification (0.31.2),
/// as far as lines tell: blocks are not nested. O(bytes).
struct MarkdownMarks {
  struct Mark {
    enum Kind {
      case sign
      /// The end of a link that touches the next one: a space to a reader.
      case space
      /// What an image shows: text only where the line has no other.
      case image
    }
    var range: Range<Int>
    var kind = Kind.sign
  }
  /// What stands in a line for no text, half-open, in the order of their starts. One may lie in another.
  private var marks: [Mark] = []
  /// The texts of links, in order.
  private(set) var links: [Range<Int>] = []
  /// What a line is, where it is no plain one.
  enum Line {
    /// Of a level.
    case heading(Int)
    /// Goes on the line before: within a link, or signs that underline a heading.
    case continued
    case code
    /// Around a listing.
    case fence
  }
  /// By where it starts.
  private(set) var lines: [Int: Line] = [:]
  private(set) var isMarkdown = false

  /// No marks where the dump is not in Markdown. The text begins at `start`.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    guard Self.mayBeMarkdown(bytes) else { return }
    var scan = MarkdownScan(bytes)
    scan.run(from: start)
    guard scan.evidence.isMarkdown else { return }
    marks = scan.marks.sorted { $0.range.lowerBound < $1.range.lowerBound }
    links = scan.links.sorted { $0.lowerBound < $1.lowerBound }
    lines = scan.lines
    isMarkdown = true
  }

  /// Whether there is any link or fence to be found, which most dumps lack.
  private static func mayBeMarkdown(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var (before, second): (UInt8, UInt8) = (0, 0)
    for byte in bytes {
      if before == UInt8(ascii: "]"), byte == UInt8(ascii: "(") { return true }
      if byte == before, byte == second, byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") { return true }
      (before, second) = (byte, before)
    }
    return false
  }

  /// The parts of a line that are text, an empty one for a space. Lines must be asked for in order; `next` starts at 0 and is
  /// kept from one to the next. Of a line that is nothing but images, what they show; of one that is nothing but marks, all.
  func text(of line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>, next: inout Int) -> [Range<Int>] {
    while next < marks.count, marks[next].range.upperBound <= line.lowerBound { next += 1 }
    guard next < marks.count, marks[next].range.lowerBound < line.upperBound else { return [line] }
    let ofLine = marks[next...].prefix { $0.range.lowerBound < line.upperBound }
    for showsImages in [false, true] {
      var parts: [Range<Int>] = []
      var at = line.lowerBound
      for mark in ofLine where mark.kind != .image || !showsImages {
        if mark.range.lowerBound > at { parts.append(at..<mark.range.lowerBound) }
        at = max(at, mark.range.upperBound)
        if mark.kind == .space { parts.append(at..<at) }
      }
      if at < line.upperBound { parts.append(at..<line.upperBound) }
      if parts.contains(where: { part in bytes[part].contains { $0 > 0x20 } }) { return parts }
    }
    return [line]
  }
}
