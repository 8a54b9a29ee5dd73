import CLibxml2

/// Takes libxml2's events of one page. A value behind a pointer, which the callbacks get: none of its
/// properties is looked after at run time.
struct PageEvents {
  /// The repaired page that is being parsed, and its parser.
  var html = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var parser: htmlParserCtxtPtr?
  /// Whether the parse was ended because it took too long.
  private(set) var isLate = false

  private let map: OffsetMap
  private let extraNames: ExtraNames
  private let deadline: ContinuousClock.Instant
  private var builder = BlockBuilder()
  private var head = Head()
  private var cursor = 0
  private var count = 0
  private var isInTitle = false
  private var title: [UInt8] = []

  init(_ map: OffsetMap, keeping extraNames: ExtraNames, deadline: ContinuousClock.Instant) {
    self.map = map
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

  mutating func startElement(
    _ name: UnsafePointer<xmlChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    watchBounds()
    let name = Self.bytes(name)
    let tag = TagTable.shared.find(name)
    builder.enter(tag)
    if tag == .other, extraNames.hasElements, let kept = extraNames.findElement(name) {
      builder.set(extra: kept, UnsafeBufferPointer(start: nil, count: 0))
    }
    var i = 0
    while let attributes, let name = attributes[i].map(Self.bytes) {
      let bytes = attributes[i + 1].map(Self.bytes) ?? UnsafeBufferPointer(start: nil, count: 0)
      if let kept = AttributeTable.shared.find(name) {
        builder.set(kept, bytes)
      } else if !extraNames.isEmpty, let kept = extraNames.findAttribute(name) {
        builder.set(extra: kept, bytes)
      }
      i += 2
    }
    switch tag {
    case .meta, .link, .html: noteHead(tag)
    case .title where title.isEmpty: isInTitle = true
    default: break
    }
  }

  mutating func endElement() {
    isInTitle = false
    builder.leave()
  }

  mutating func characters(_ text: UnsafePointer<xmlChar>, _ count: Int) {
    let bytes = UnsafeBufferPointer(start: text, count: count)
    if isInTitle {
      var i = 0
      while i < count {
        let plain = MarkupRepair.plain(bytes, at: i)
        title.append(plain ?? bytes[i])
        i += plain == nil ? 1 : 3
      }
      return
    }
    guard !builder.isSkipping, let parser else { return }
    let end = Self.endOfRun(bytes, in: html, at: winnow_xml_consumed(parser))
    builder.append(bytes, at: end - count, map: map, cursor: &cursor)
  }

  /// The page, once all events are in.
  mutating func finish() -> Blocks {
    var blocks = builder.finish()
    let words = String(decoding: title, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !words.isEmpty { head.title = words }
    blocks.head = head
    return blocks
  }

  /// libxml2 reports a run when it has read it; inside a long one its position may be off by a byte.
  private static func endOfRun(_ run: UnsafeBufferPointer<UInt8>, in html: UnsafeBufferPointer<UInt8>, at position: Int)
    -> Int
  {
    func ends(at end: Int) -> Bool {
      end >= run.count && end <= html.count
        && memcmp(html.baseAddress! + end - run.count, run.baseAddress!, run.count) == 0
    }
    if ends(at: position) { return position }
    for distance in 1...8 {
      if ends(at: position + distance) { return position + distance }
      if ends(at: position - distance) { return position - distance }
    }
    return max(run.count, min(position, html.count))
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
    isLate = ContinuousClock.now > deadline
    let parts = max(builder.blocks.count, builder.blocks.elements.count)
    if isLate || parts > PageReader.partLimit { xmlStopParser(parser) }
  }
}
