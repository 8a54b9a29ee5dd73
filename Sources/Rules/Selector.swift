import Pages

/// A list of CSS selectors (Selectors Level 4), for the elements and attributes that `Elements` keeps.
///
/// Understood are types, `*`, `#id`, `.class`, attributes with all operators and the `i` flag, the four
/// combinators, `:is()`, `:where()`, `:not()`, `:has()`, `:first-child`, `:last-child`, `:only-child`,
/// `:nth-child()` and their kin of a type, and `:has-text()`, which filter lists use: the element's text
/// holds the words, in any case.
package struct Selector: Sendable {
  let alternatives: [Complex]
  /// How deep conditions may stand in each other: reading and asking are recursive, and lists come from strangers.
  static let deepest = 32

  init(_ alternatives: [Complex]) { self.alternatives = alternatives }

  /// Compounds from right to left, each with what leads to the one on its left.
  struct Complex: Sendable {
    var compounds: [Compound]
    var combinators: [Combinator]
  }
  enum Combinator: Sendable { case descendant, child, next, later }

  struct Compound: Sendable {
    var tests: [Test] = []
    var tag: Tag? {
      for case .tag(let tag) in tests { return tag }
      return nil
    }
  }
  indirect enum Test: Sendable {
    case tag(Tag)
    case id([UInt8])
    case `class`([UInt8])
    case attribute(AttributeName, Operator, [UInt8], ignoresCase: Bool)
    /// An attribute, or with `exists` also the name of an element, that `ExtraNames` numbers.
    case extra(UInt16, Operator, [UInt8], ignoresCase: Bool)
    case any([Complex])
    case not([Complex])
    case has([Relative])
    /// The element's ordinal among its siblings, or those of its type, is `step` × n + `offset`.
    case nth(step: Int, offset: Int, ofType: Bool)
    case last(ofType: Bool)
    case text([UInt8])
  }
  /// What `:has()` looks for, and how it stands to the element.
  struct Relative: Sendable {
    var lead: Combinator
    var complex: Complex
  }
  enum Operator: Sendable { case exists, equals, word, dash, prefix, suffix, part }

  /// Why a selector cannot be used, and at which character of it, from 0.
  package struct SyntaxError: Error, Sendable, Equatable {
    package var message: String
    package var offset: Int
  }

  package init(_ text: String) throws(SyntaxError) {
    var parser = SelectorParser(text, names: nil)
    alternatives = try parser.list()
    try parser.end()
  }

  /// Names that pages are not kept with otherwise are numbered.
  init(_ text: String, names: inout ExtraNames) throws(SyntaxError) {
    var parser = SelectorParser(text, names: names)
    alternatives = try parser.list()
    try parser.end()
    if let grown = parser.names { names = grown }
  }
}
