import Glibc

/// Rewrites HTML so that libxml2 reads in it what a browser would.
///
/// libxml2 2.9 knows HTML 4. This pass tokenises the bytes by the rules of HTML5 (WHATWG HTML,
/// section 13.2.5) and takes out or mends what libxml2 gets wrong: comments, scripts and other raw
/// text, character references, void and self-closed elements, stray end tags, mismatched headings.
/// It also bounds what makes libxml2 slow: depth, unmatched end tags, and every byte that is no tag. So libxml2 gets
/// tags without attributes, and a letter in the place of a text.
/// One pass, linear; an offset map leads from the texts back to the page.
struct MarkupRepair {
  /// What libxml2 reads.
  private(set) var output: [UInt8] = []
  private(set) var attributes = TagAttributes()
  /// The page's text as it is read, one run behind the other.
  private(set) var texts: [UInt8] = []
  private(set) var runs: [TextRun] = []
  /// From `texts` to the page.
  private(set) var map = OffsetMap()

  /// Text between two tags of `output`.
  struct TextRun {
    /// Of its letter in `output`.
    var place: Int
    /// Of `texts`.
    var range: Range<Int>
  }
  /// Contents of `<script type="application/ld+json">`, as byte ranges of the page.
  private(set) var jsonLD: [Range<Int>] = []

  /// Stand for "<" and "&" of the text; noncharacters, so no page uses them.
  static let lessThan: [UInt8] = [0xEF, 0xB7, 0x90]  // U+FDD0
  static let ampersand: [UInt8] = [0xEF, 0xB7, 0x91]  // U+FDD1
  /// U+FFFD, for a page that has them all the same.
  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
  /// The character that a placeholder at `i` stands for.
  static func plain(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> UInt8? {
    guard bytes[i] == 0xEF, i + 2 < bytes.count, bytes[i + 1] == 0xB7 else { return nil }
    return bytes[i + 2] == 0x90 ? 0x3C : bytes[i + 2] == 0x91 ? 0x26 : nil
  }
  static let attributeLimit = 128
  static let depthLimit = 512

  private(set) var open = [Int32](repeating: 0, count: 256)
  private var openOthers: [UInt64: Int32] = [:]
  private var nesting = Nesting()
  private var depth = 0
  private var hasBody = false
  /// Attributes to keep besides those of `AttributeName`.
  private let extraNames: ExtraNames
  /// The attributes of the tag being read that somebody keeps.
  private var kept: [TagAttributes.Attribute] = []
  /// Foreign elements that the page never closes: looked for once, not at each of them.
  private var neverClosed: Set<String> = []

  init(keeping extraNames: ExtraNames = ExtraNames()) { self.extraNames = extraNames }

  mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    output.removeAll(keepingCapacity: true)
    attributes.removeAll()
    texts.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    map.removeAll()
    jsonLD.removeAll()
    for i in open.indices { open[i] = 0 }
    openOthers.removeAll(keepingCapacity: true)
    nesting.removeAll()
    depth = 0
    hasBody = false
    neverClosed.removeAll()
    var i = 0
    while i < bytes.count {
      let start = i
      i = text(bytes, from: i, to: bytes.count)
      if !hasBody { hasBody = !bytes[start..<i].allSatisfy(isSpace) }
      guard i < bytes.count else { break }
      i = markup(bytes, at: i)
    }
    endRun()
  }

  // MARK: Text

  /// How much of a text is to be understood: all, no markup (a title), or nothing (`<xmp>`).
  enum TextMode { case markup, references, raw }

  /// Copies text up to the next markup and returns where that starts.
  mutating func text(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int, _ mode: TextMode = .markup
  ) -> Int {
    var i = mode == .markup ? indentation(bytes, from: start, to: limit) : start
    var copied = i
    /// Puts `text` in the place of the bytes up to `end`.
    func replace(upTo end: Int, by text: [UInt8]) {
      copy(bytes, copied..<i)
      if !text.isEmpty { write(text, for: i..<end) }
      i = end
      copied = end
    }
    while i < limit {
      switch bytes[i] {
      case 0x3C:
        if mode == .markup, i + 1 < bytes.count, Self.startsMarkup(bytes[i + 1]) {
          copy(bytes, copied..<i)
          return i
        }
        replace(upTo: i + 1, by: Self.lessThan)
      case 0x26:
        if mode != .raw, let reference = CharacterReferences.shared.decode(bytes, at: i) {
          replace(upTo: min(reference.end, limit), by: Self.safe(reference.text))
        } else {
          replace(upTo: i + 1, by: Self.ampersand)
        }
      case 0...0x08, 0x0B, 0x0C, 0x0E...0x1F: replace(upTo: i + 1, by: Self.control(bytes[i]))
      case 0x0D:
        // A line ends as in HTML (section 13.2.3.5), which shows in code.
        let isBeforeNewline = i + 1 < limit && bytes[i + 1] == 0x0A
        replace(upTo: i + 1, by: isBeforeNewline ? [] : [0x0A])
      case 0xEF where Self.plain(bytes, at: i) != nil: replace(upTo: i + 3, by: Self.replacement)
      case 0xEF where Self.isNoncharacter(bytes, at: i): replace(upTo: i + 3, by: [])
      default: i += 1
      }
    }
    copy(bytes, copied..<i)
    return i
  }

  /// Copies one of the blanks that the text starts with, and returns where they end: the indentation of a page's source
  /// is a quarter of what stands between its tags, and means nothing.
  private mutating func indentation(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int) -> Int {
    var end = start
    while end < limit, isSpace(bytes[end]) { end += 1 }
    guard end - start > 1, bytes[start] != 0x0D, open[Int(Tag.pre.rawValue)] == 0 else { return start }
    copy(bytes, start..<start + 1)
    return end
  }

  /// What is left of a control but tabs and line ends: form feeds and separators part words; others are no text.
  private static func control(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case 0x0B, 0x0C, 0x1C...0x1F: [0x20]
    default: []
    }
  }
  /// U+FFFE and U+FFFF.
  private static func isNoncharacter(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Bool {
    i + 2 < bytes.count && bytes[i + 1] == 0xBF && bytes[i + 2] >= 0xBE
  }

  private static func startsMarkup(_ c: UInt8) -> Bool { isLetter(c) || c == 0x2F || c == 0x21 || c == 0x3F }

  /// What a reference stands for, as it would be read if it stood there itself.
  private static func safe(_ text: [UInt8]) -> [UInt8] {
    switch text {
    case [0x3C]: lessThan
    case [0x26]: ampersand
    case lessThan, ampersand: replacement
    case [0x09], [0x0A], [0x0D]: text
    case _ where text.count == 1 && text[0] < 0x20: control(text[0])
    case _ where text.withUnsafeBufferPointer { $0[0] == 0xEF && isNoncharacter($0, at: 0) }: []
    default: text
    }
  }

  private mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    map.copy(at: texts.count, from: range.lowerBound)
    texts.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
  }
  private mutating func write(_ text: [UInt8], for original: Range<Int>) {
    map.rewrite(at: texts.count, for: original)
    texts.append(contentsOf: text)
  }

  /// Ends the text before a tag. libxml2 must know whether it is more than white space.
  private mutating func endRun() {
    let start = runs.last?.range.upperBound ?? 0
    guard start < texts.count else { return }
    runs.append(TextRun(place: output.count, range: start..<texts.count))
    output.append(texts[start...].allSatisfy(isSpace) ? 0x20 : 0x74)
  }

  private mutating func write(tag: some Collection<UInt8>) {
    endRun()
    output.append(contentsOf: tag)
  }

  // MARK: Markup

  private mutating func markup(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    let next = bytes[start + 1]
    if isLetter(next) { return startTag(bytes, at: start) }
    if next == 0x2F {
      guard start + 2 < bytes.count else { return text(bytes, from: start, to: bytes.count, .references) }
      return isLetter(bytes[start + 2]) ? endTag(bytes, at: start) : Self.after(0x3E, in: bytes, from: start + 2)
    }
    if next == 0x21, start + 3 < bytes.count, bytes[start + 2] == 0x2D, bytes[start + 3] == 0x2D {
      return Self.endOfComment(bytes, from: start + 4)
    }
    // A doctype, a CDATA section, `<!x>` or `<?x>`: a bogus comment in HTML.
    return Self.after(0x3E, in: bytes, from: start + 2)
  }

  private mutating func startTag(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    let name = Self.name(bytes, from: start + 1)
    kept.removeAll(keepingCapacity: true)
    let scan = Self.attributes(bytes, from: name.upperBound) { attribute, value in
      let attribute = UnsafeBufferPointer(rebasing: bytes[attribute])
      if let known = AttributeTable.shared.find(attribute) {
        kept.append(.init(name: .known(known), value: value))
      } else if !extraNames.isEmpty, let extra = extraNames.findAttribute(attribute) {
        kept.append(.init(name: .extra(extra), value: value))
      }
    }
    guard let end = scan.end else { return bytes.count }
    let tag = TagTable.shared.find(UnsafeBufferPointer(rebasing: bytes[name]))
    if let next = formula(tag, bytes, name, end, isSelfClosed: scan.isSelfClosed) { return next }
    switch tag {
    case .script:
      let body = Self.rawText(bytes, from: end, closing: "script", isScript: true)
      if Self.isJSONLD(bytes, name.upperBound..<end) { jsonLD.append(end..<body.end) }
      return body.next
    case .style, .iframe, .noembed, .noframes:
      return Self.rawText(bytes, from: end, closing: "\(tag)").next
    case .svg:  // foreign content; its text belongs to a drawing
      return scan.isSelfClosed ? end : foreign(bytes, from: end, name: "svg")
    case .wbr, .embed, .track, .source, .param:
      return end
    case .body, .html:
      if open[Int(tag.rawValue)] > 0 { return end }
    default: break
    }
    guard Self.isName(bytes, name) else { return end }
    if depth >= Self.depthLimit, !tag.isVoid, !tag.isSelfClosing {
      if tag.isBlock { write(tag: "<p>".utf8) }
      return end
    }
    if !hasBody, !tag.mayPrecedeBody, open[Int(Tag.noscript.rawValue)] == 0, open[Int(Tag.template.rawValue)] == 0 {
      // What does not belong in the head ends it, in libxml2 only where HTML 4 has the element. What stands in a
      // template, or a pixel in a `<noscript>`, does not.
      if tag != .body { write(tag: "<body>".utf8) }
      hasBody = true
    }
    closeOpen(downTo: nesting.place(beginning: tag))
    emit(tag, bytes, start..<name.upperBound)
    if !tag.isVoid { opened(tag, bytes, name) }
    switch tag {
    case .title, .textarea:
      let body = Self.rawText(bytes, from: end, closing: "\(tag)")
      _ = text(bytes, from: end, to: body.end, .references)
      write(tag: tag.endTag)
      closed(tag)
      return body.next
    case .xmp:
      let body = Self.rawText(bytes, from: end, closing: "xmp")
      _ = text(bytes, from: end, to: body.end, .raw)
      return body.end
    case .plaintext: return text(bytes, from: end, to: bytes.count, .raw)
    default:
      return end
    }
  }

  /// The offset behind a foreign element; its start where it is never closed: better its text
  /// than the loss of the page.
  mutating func foreign(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, name: String) -> Int {
    guard !neverClosed.contains(name) else { return start }
    if let end = Self.endOfForeign(bytes, from: start, name: name) { return end }
    neverClosed.insert(name)
    return start
  }

  private mutating func endTag(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    let name = Self.name(bytes, from: start + 2)
    guard let end = Self.attributes(bytes, from: name.upperBound).end else { return bytes.count }
    let tag = TagTable.shared.find(UnsafeBufferPointer(rebasing: bytes[name]))
    switch tag {
    case .br:
      write(tag: "<br>".utf8)
      return end
    case .p where open[Int(Tag.p.rawValue)] == 0:
      write(tag: "<p></p>".utf8)
      return end
    case .body, .html: return end  // what follows still belongs to the page
    case _ where tag.isVoid: return end
    case _ where Nesting.knows(tag):
      if let place = nesting.place(closedBy: tag) { closeOpen(downTo: place) }
      return end
    // Cells end with their row, as where the next begins.
    case .tr, .tbody, .thead, .tfoot: closeOpen(downTo: nesting.place(beginning: tag))
    default: break
    }
    guard isOpen(tag, bytes, name) else { return end }
    closed(tag, bytes, name)
    endRun()
    append(bytes, start..<name.upperBound)
    output.append(0x3E)
    return end
  }

  /// Writes the tag and notes the attributes that somebody keeps. Without
  /// the slash of a self-closing tag, which means nothing in HTML but much to libxml2.
  private mutating func emit(_ tag: Tag, _ bytes: UnsafeBufferPointer<UInt8>, _ opening: Range<Int>) {
    endRun()
    if !kept.isEmpty { attributes.add(kept, of: tag, at: output.count) }
    append(bytes, opening)
    output.append(0x3E)
  }
  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard let start = bytes.baseAddress, memchr(start + range.lowerBound, 0, range.count) != nil else {
      output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
      return
    }
    for byte in bytes[range] where byte != 0 { output.append(byte) }
  }

  // MARK: Open elements

  private mutating func opened(_ tag: Tag, _ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) {
    if tag == .other { openOthers[Self.hash(bytes, name), default: 0] += 1 } else { open[Int(tag.rawValue)] += 1 }
    if !tag.isSelfClosing { depth += 1 }
    nesting.open(tag)
  }
  /// Writes the end tags of what stands open from a place on, the innermost first.
  private mutating func closeOpen(downTo place: Int) {
    while nesting.count > place {
      let tag = nesting.removeLast()
      write(tag: tag.endTag)
      closed(tag)
    }
  }
  private func isOpen(_ tag: Tag, _ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> Bool {
    tag == .other ? openOthers[Self.hash(bytes, name), default: 0] > 0 : open[Int(tag.rawValue)] > 0
  }
  private mutating func closed(_ tag: Tag, _ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) {
    if tag == .other {
      openOthers[Self.hash(bytes, name)]! -= 1
      depth -= 1
    } else {
      closed(tag)
    }
  }
  private mutating func closed(_ tag: Tag) {
    open[Int(tag.rawValue)] -= 1
    if !tag.isSelfClosing { depth -= 1 }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> UInt64 {
    NameHash.of(bytes[name])
  }
}
