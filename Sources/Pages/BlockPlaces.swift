/// What the block is that the builder is in, and where it stands.
extension BlockBuilder {
  func kind(of element: Int) -> (BlockKind, level: Int) {
    func isOpen(_ tag: Tag) -> Bool { open[Int(tag.rawValue)] > 0 }
    if isOpen(.pre) || isOpen(.xmp) || isOpen(.plaintext) { return (.code, 0) }
    if heading > 0 { return (.heading, heading) }
    if isOpen(.figcaption) || isOpen(.caption) { return (.caption, 0) }
    if isOpen(.button) { return (.button, 0) }
    if isOpen(.label) || isOpen(.legend) { return (.label, 0) }
    if isOpen(.summary) { return (.summary, 0) }
    let listDepth = Int(open[Int(Tag.ul.rawValue)] + open[Int(Tag.ol.rawValue)])
    var e = element
    var steps = 0
    while e >= 0, steps < 4 {
      switch blocks.elements.tags[e] {
      case .li: return (.listItem, max(1, listDepth))
      case .td, .th: return (.cell, 0)
      case .dt: return (.term, 0)
      case .dd: return (.definition, 0)
      case .blockquote: return (.quote, 0)
      default: break
      }
      e = Int(blocks.elements.parents[e])
      steps += 1
    }
    return (isOpen(.blockquote) ? .quote : .paragraph, 0)
  }

  private static let contextTags: [(Tag, BlockContext)] = [
    (.form, .form), (.nav, .nav), (.header, .header), (.footer, .footer), (.aside, .aside), (.article, .article),
    (.main, .main), (.figure, .figure), (.table, .table), (.ul, .list), (.ol, .list), (.blockquote, .quote),
    (.noscript, .noscript), (.video, .fallback), (.audio, .fallback), (.object, .fallback), (.canvas, .fallback),
  ]

  func context(of element: Int) -> BlockContext {
    var context: BlockContext = []
    for (tag, bit) in Self.contextTags where open[Int(tag.rawValue)] > 0 { context.insert(bit) }
    if element >= 0, blocks.elements.areHidden[element] { context.insert(.hidden) }
    return context
  }
}
