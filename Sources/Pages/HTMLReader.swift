import CLibxml2

/// Reads HTML into blocks: repair, then libxml2's SAX events straight into the builder; no tree.
///
/// Keep one a worker: it reuses its buffers.
final class HTMLReader {
  private var repair = MarkupRepair()
  private var builder = BlockBuilder()
  private var head = Head()
  private var parser: htmlParserCtxtPtr?
  private var cursor = 0
  private var events = 0
  private var deadline = ContinuousClock.now
  private var isLate = false
  private var titleStart: Int?
  private var title: [UInt8] = []

  private let extraNames: ExtraNames

  init(keeping extraNames: ExtraNames) {
    self.extraNames = extraNames
    winnow_xml_start_thread()
  }

  func read(_ bytes: UnsafeBufferPointer<UInt8>, timeLimit: Duration) throws(ReadError) -> Blocks {
    builder = BlockBuilder()
    head = Head()
    cursor = 0
    events = 0
    isLate = false
    title.removeAll(keepingCapacity: true)
    deadline = .now + timeLimit
    repair.run(bytes)
    for range in repair.jsonLD { head.jsonLD.append(String(decoding: bytes[range], as: UTF8.self)) }
    repair.output.withUnsafeBufferPointer { parse($0) }
    if isLate { throw .tooSlow }
    var blocks = builder.finish()
    let words = String(decoding: title, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !words.isEmpty { head.title = words }
    blocks.head = head
    return blocks
  }

  private func parse(_ html: UnsafeBufferPointer<UInt8>) {
    guard html.count > 0, let base = html.baseAddress else { return }
    let opened = base.withMemoryRebound(to: CChar.self, capacity: html.count) {
      winnow_xml_open($0, Int32(html.count))
    }
    guard let opened else { return }
    parser = opened
    defer {
      winnow_xml_close(opened)
      parser = nil
    }
    opened.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    let sax = opened.pointee.sax!
    sax.pointee.startElement = { HTMLReader.of($0).startElement($1!, $2) }
    sax.pointee.endElement = { context, _ in HTMLReader.of(context).endElement() }
    sax.pointee.characters = { HTMLReader.of($0).characters($1!, Int($2)) }
    sax.pointee.ignorableWhitespace = sax.pointee.characters
    htmlParseDocument(opened)
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> HTMLReader {
    Unmanaged<HTMLReader>.fromOpaque(context!)._withUnsafeGuaranteedRef { $0 }
  }

  private func startElement(
    _ name: UnsafePointer<xmlChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    watchBounds()
    let tag = TagTable.shared.find(UnsafeBufferPointer(start: name, count: strlen(name)))
    builder.enter(tag)
    if tag == .other, extraNames.hasElements, let kept = extraNames.findElement(name) {
      builder.set(extra: kept, UnsafeBufferPointer(start: nil, count: 0))
    }
    var i = 0
    while let attributes, let name = attributes[i] {
      let value = attributes[i + 1]
      let bytes = UnsafeBufferPointer(start: value, count: value.map { strlen($0) } ?? 0)
      if let kept = AttributeTable.shared.find(name) {
        builder.set(kept, bytes)
      } else if !extraNames.isEmpty, let kept = extraNames.findAttribute(name) {
        builder.set(extra: kept, bytes)
      }
      i += 2
    }
    switch tag {
    case .meta, .link, .html: noteHead(tag)
    case .title where title.isEmpty: titleStart = 0
    default: break
    }
  }

  private func endElement() {
    titleStart = nil
    builder.leave()
  }

  private func characters(_ text: UnsafePointer<xmlChar>, _ count: Int) {
    let bytes = UnsafeBufferPointer(start: text, count: count)
    if titleStart != nil {
      var i = 0
      while i < count {
        let plain = MarkupRepair.plain(bytes, at: i)
        title.append(plain ?? bytes[i])
        i += plain == nil ? 1 : 3
      }
      return
    }
    guard !builder.isSkipping, let parser else { return }
    let end = Self.endOfRun(bytes, in: repair.output, at: winnow_xml_consumed(parser))
    builder.append(bytes, at: end - count, map: repair.map, cursor: &cursor)
  }

  /// libxml2 reports a run when it has read it; inside a long one its position may be off by a byte.
  private static func endOfRun(_ run: UnsafeBufferPointer<UInt8>, in html: [UInt8], at position: Int) -> Int {
    func ends(at end: Int) -> Bool {
      guard end >= run.count, end <= html.count else { return false }
      return html.withUnsafeBufferPointer {
        memcmp($0.baseAddress! + end - run.count, run.baseAddress!, run.count) == 0
      }
    }
    if ends(at: position) { return position }
    for distance in 1...8 {
      if ends(at: position + distance) { return position + distance }
      if ends(at: position - distance) { return position - distance }
    }
    return max(run.count, min(position, html.count))
  }

  private func noteHead(_ tag: Tag) {
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
  private func watchBounds() {
    events += 1
    guard events & 4095 == 0 else { return }
    isLate = ContinuousClock.now > deadline
    let parts = max(builder.blocks.count, builder.blocks.elements.count)
    if isLate || parts > PageReader.partLimit { xmlStopParser(parser) }
  }
}
