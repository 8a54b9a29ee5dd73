/// The elements that stand open, as far as tags close others (WHATWG HTML, sections 13.2.4.2 and 13.2.6.4.7).
///
/// libxml2 passes over an end tag while a `<div>` stands open in its element, and does not end a list's item or a cell that
/// holds one where the next begins: the rest of a page then is part of a button, a menu or an item.
struct Nesting {
  private static let known: TagSet = [
    .address, .article, .aside, .blockquote, .button, .caption, .center, .dd, .details, .dialog, .dir, .div, .dl, .dt,
    .fieldset, .figcaption, .figure, .footer, .h1, .h2, .h3, .h4, .h5, .h6, .header, .hgroup, .li, .main, .menu, .nav,
    .ol, .pre, .search, .section, .summary, .table, .td, .th, .ul,
  ]
  private static let parts: TagSet = [.tr, .tbody, .thead, .tfoot, .caption, .td, .th]
  /// What a tag does not reach beyond.
  private static let scope: TagSet = [.table, .td, .th, .caption]
  private static let listScope: TagSet = [.table, .td, .th, .caption, .ul, .ol]

  private var stack: [Tag] = []

  var count: Int { stack.count }
  static func knows(_ tag: Tag) -> Bool { known.contains(tag) }

  mutating func removeAll() { stack.removeAll(keepingCapacity: true) }
  mutating func open(_ tag: Tag) { if Self.known.contains(tag) { stack.append(tag) } }
  mutating func removeLast() -> Tag { stack.removeLast() }

  /// The place of the element that an end tag closes; nil where it closes none.
  func place(closedBy tag: Tag) -> Int? {
    switch tag {
    case .table: last([.table], within: [])
    case .td, .th, .caption: last([tag], within: [.table])
    case .li: last([.li], within: Self.listScope)
    case _ where tag.headingLevel > 0: last([.h1, .h2, .h3, .h4, .h5, .h6], within: Self.scope)
    default: last([tag], within: Self.scope)
    }
  }

  /// From which place on a start tag closes what stands open; `count` where it closes nothing.
  func place(beginning tag: Tag) -> Int {
    switch tag {
    case .li: item([.li])
    case .dd, .dt: item([.dd, .dt])
    case .button: last([.button], within: Self.scope) ?? count
    case _ where Self.parts.contains(tag): last([.table], within: []).map { $0 + 1 } ?? count
    default: count
    }
  }

  private func last(_ wanted: TagSet, within scope: TagSet) -> Int? {
    for place in stack.indices.reversed() {
      if wanted.contains(stack[place]) { return place }
      if scope.contains(stack[place]) { return nil }
    }
    return nil
  }
  /// An item ends where the next begins, also when a box in it was left open.
  private func item(_ wanted: TagSet) -> Int {
    for place in stack.indices.reversed() {
      if wanted.contains(stack[place]) { return place }
      if stack[place] != .div && stack[place] != .address { break }
    }
    return count
  }
}
