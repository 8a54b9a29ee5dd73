import CLibxml2

/// Takes libxml2's events of one page. A value behind a pointer, which the callbacks get: none of its
/// properties is looked after at run time.
struct PageEvents {
  var parser: htmlParserCtxtPtr?
  /// Whether the parse was ended because it took too long.
  private(set) var isLate = false

  private let page: UnsafeBufferPointer<UInt8>
  private let repaired: MarkupRepair
  private let extraNames: ExtraNames
  /// Of the thread's time.
  private let deadline: Duration
  private var builder = BlockBuilder()
  private var head = Head()
  private var cursor = 0
  /// The first run of text that was not read yet.
  private var nextRun = 0
  private var nextTag = TagAttributes.Cursor()
  private var count = 0
  private var isInTitle = false
  private var title: [UInt8] = []

  /// `repaired` is of `page`.
  init(
    _ page: UnsafeBufferPointer<UInt8>, _ repaired: MarkupRepair, keeping extraNames: ExtraNames,
    deadline: Duration
  ) {
    self.page = page
    self.repaired = repaired
    self.extraNames = extraNames
    self.deadline = deadline
  }

  static func of(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<PageEvents> {
    context!.assumingMemoryBound(to: PageEvents.self)
  }

  /// A text of libxml2's, which ends with a NUL.
  private static func bytes(_ text: UnsafePointer<xmlChar>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text, count: strlen(text))
  }

  mutating func startElement(_ name: UnsafePointer<xmlChar>) {
    watchBounds()
    let name = Self.bytes(name)
    let tag = TagTable.shared.find(name)
    builder.enter(tag)
    if tag == .other, extraNames.hasElements, let kept = extraNames.findElement(name) {
      builder.set(extra: kept, UnsafeBufferPointer(start: nil, count: 0))
    }
    setAttributes(tag)
    switch tag {
    case .meta, .link, .html: noteHead(tag)
    case .title where title.isEmpty: isInTitle = true
    default: break
    }
  }

  private mutating func setAttributes(_ tag: Tag) {
    guard let parser else { return }
    for i in repaired.attributes.take(tag, before: winnow_xml_consumed(parser), &nextTag) {
      let attribute = repaired.attributes.all[i]
      let value = UnsafeBufferPointer(rebasing: page[attribute.value])
      if let decoded = TagAttributes.decode(value) {
        decoded.withUnsafeBufferPointer { set(attribute.name, $0) }
      } else {
        set(attribute.name, value)
      }
    }
  }
  private mutating func set(_ name: TagAttributes.Attribute.Name, _ value: UnsafeBufferPointer<UInt8>) {
    switch name {
    case .known(let name): builder.set(name, value)
    case .extra(let number): builder.set(extra: number, value)
    }
  }

  mutating func endElement() {
    isInTitle = false
    builder.leave()
  }

  /// libxml2 has read the letter of a run.
  mutating func characters() {
    guard let parser, let range = takeRun(before: winnow_xml_consumed(parser)) else { return }
    repaired.texts.withUnsafeBufferPointer { texts in
      let text = UnsafeBufferPointer(rebasing: texts[range])
      if isInTitle { return addToTitle(text) }
      if !builder.isSkipping { builder.append(text, at: range.lowerBound, map: repaired.map, cursor: &cursor) }
    }
  }

  /// The last run that stands before a place of what libxml2 reads, if it was not read yet. White space before the first
  /// tag is passed over.
  private mutating func takeRun(before place: Int) -> Range<Int>? {
    let first = nextRun
    while nextRun < repaired.runs.count, repaired.runs[nextRun].place < place { nextRun += 1 }
    return nextRun > first ? repaired.runs[nextRun - 1].range : nil
  }

  private mutating func addToTitle(_ text: UnsafeBufferPointer<UInt8>) {
    var i = 0
    while i < text.count {
      let plain = MarkupRepair.plain(text, at: i)
      title.append(plain ?? text[i])
      i += plain == nil ? 1 : 3
    }
  }

  /// The page, once all events are in.
  mutating func finish() -> Blocks {
    var blocks = builder.finish()
    let words = String(decoding: title, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !words.isEmpty { head.title = words }
    blocks.head = head
    return blocks
  }

  private mutating func noteHead(_ tag: Tag) {
    let element = builder.element
    let elements = builder.blocks.elements
    switch tag {
    case .html: head.language = elements.string(.lang, of: element)
    case .link:
      if let rel = elements.string(.rel, of: element), let href = elements.string(.href, of: element) {
        head.links.append((rel.lowercased(), href))
      }
    default:
      let name =
        elements.string(.property, of: element) ?? elements.string(.name, of: element)
        ?? elements.string(.itemprop, of: element)
      if let name, let content = elements.string(.content, of: element) {
        head.metas.append((name.lowercased(), content))
      }
    }
  }

  /// Ends the parse of a page that takes too long or grows too large; the reader then refuses it.
  private mutating func watchBounds() {
    count += 1
    guard count & 4095 == 0 else { return }
    isLate = ThreadTime.now > deadline
    let parts = max(builder.blocks.count, builder.blocks.elements.count)
    if isLate || parts > PageReader.partLimit { xmlStopParser(parser) }
  }
}
