import CLibxml2

/// Reads HTML into blocks: repair, then libxml2's SAX events straight into the builder; no tree.
///
/// Keep one a worker: it reuses its buffers.
final class HTMLReader {
  private var repair: MarkupRepair
  private let extraNames: ExtraNames

  init(keeping extraNames: ExtraNames) {
    self.extraNames = extraNames
    repair = MarkupRepair(keeping: extraNames)
    winnow_xml_start_thread()
  }

  func read(_ bytes: UnsafeBufferPointer<UInt8>, timeLimit: Duration) throws(ReadError) -> Blocks {
    repair.run(bytes)
    var events = PageEvents(bytes, repair, keeping: extraNames, deadline: ThreadTime.now + timeLimit)
    repair.output.withUnsafeBufferPointer { html in
      withUnsafeMutablePointer(to: &events) { Self.parse(html, $0) }
    }
    if events.isLate { throw .tooSlow }
    var blocks = events.finish()
    for range in repair.jsonLD { blocks.head.jsonLD.append(String(decoding: bytes[range], as: UTF8.self)) }
    return blocks
  }

  private static func parse(_ html: UnsafeBufferPointer<UInt8>, _ events: UnsafeMutablePointer<PageEvents>) {
    guard html.count > 0, let base = html.baseAddress else { return }
    let opened = base.withMemoryRebound(to: CChar.self, capacity: html.count) {
      winnow_xml_open($0, Int32(html.count))
    }
    guard let parser = opened else { return }
    defer { winnow_xml_close(parser) }
    events.pointee.parser = parser
    parser.pointee.userData = UnsafeMutableRawPointer(events)
    let sax = parser.pointee.sax!
    sax.pointee.startElement = { context, name, _ in PageEvents.of(context).pointee.startElement(name!) }
    sax.pointee.endElement = { context, _ in PageEvents.of(context).pointee.endElement() }
    sax.pointee.characters = { context, _, _ in PageEvents.of(context).pointee.characters() }
    sax.pointee.ignorableWhitespace = sax.pointee.characters
    htmlParseDocument(parser)
  }
}
