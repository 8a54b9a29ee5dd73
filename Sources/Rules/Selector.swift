import Pages

/// A list of CSS selectors (Selectors Level 4), for the elements and attributes that `Elements` keeps.
///
/// Understood are types, `*`, `#id`, `.class`, attributes with all operators and the `i` flag, the four
/// combinators, `:is()`, `:where()`, `:not()`, `:first-child`, and `:has-text()`, which filter lists
/// use: the element's text holds the words, in any case.
public struct Selector: Sendable {
  let alternatives: [Complex]

  /// Compounds from right to left, each with what leads to the one on its left.
  struct Complex: Sendable {
    var compounds: [Compound]
    var combinators: [Combinator]
  }
  enum Combinator: Sendable { case descendant, child, next, later }

  struct Compound: Sendable {
    var tests: [Test] = []
  }
  indirect enum Test: Sendable {
    case tag(Tag)
    case id([UInt8])
    case `class`([UInt8])
    case attribute(AttributeName, Operator, [UInt8], ignoresCase: Bool)
    case any([Complex])
    case not([Complex])
    case firstChild
    case text([UInt8])
  }
  enum Operator: Sendable { case exists, equals, word, dash, prefix, suffix, part }

  /// Why a selector cannot be used, and at which character of it, from 0.
  public struct SyntaxError: Error, Sendable, Equatable {
    public var message: String
    public var offset: Int
  }

  public init(_ text: String) throws(SyntaxError) {
    var parser = SelectorParser(text)
    alternatives = try parser.list()
    try parser.end()
  }
}

/// Reads selectors by recursive descent.
struct SelectorParser {
  private let text: [UInt8]
  private var i = 0

  init(_ text: String) { self.text = Array(text.utf8) }

  mutating func list() throws(Selector.SyntaxError) -> [Selector.Complex] {
    var all = [try complex()]
    while accept(0x2C) { all.append(try complex()) }
    return all
  }
  func end() throws(Selector.SyntaxError) { if i < text.count { throw error("unexpected \(shown)") } }

  private mutating func complex() throws(Selector.SyntaxError) -> Selector.Complex {
    skipSpace()
    var compounds = [try compound()]
    var combinators: [Selector.Combinator] = []
    while true {
      let hadSpace = skipSpace()
      guard i < text.count, text[i] != 0x2C, text[i] != 0x29 else { break }
      var combinator: Selector.Combinator? = hadSpace ? .descendant : nil
      switch text[i] {
      case 0x3E: combinator = .child
      case 0x2B: combinator = .next
      case 0x7E: combinator = .later
      default: break
      }
      guard let combinator else { throw error("unexpected \(shown)") }
      if combinator != .descendant {
        i += 1
        skipSpace()
      }
      compounds.append(try compound())
      combinators.append(combinator)
    }
    return Selector.Complex(compounds: compounds.reversed(), combinators: combinators.reversed())
  }

  private mutating func compound() throws(Selector.SyntaxError) -> Selector.Compound {
    var compound = Selector.Compound()
    let start = i
    if accept(0x2A) {
      // Every element.
    } else if let name = name() {
      guard let tag = Tag.named(name) else {
        throw Selector.SyntaxError(message: "\"\(name)\" is no element that Winnow tells from others", offset: start)
      }
      compound.tests.append(.tag(tag))
    }
    while i < text.count {
      switch text[i] {
      case 0x23:
        i += 1
        compound.tests.append(.id(Array(try required("an id").utf8)))
      case 0x2E:
        i += 1
        compound.tests.append(.class(Array(try required("a class").utf8)))
      case 0x5B: compound.tests.append(try attribute())
      case 0x3A: compound.tests.append(try pseudoClass())
      default:
        if i == start {
          throw error(i < text.count ? "a type, class, id or attribute should stand here" : "a selector is missing")
        }
        return compound
      }
    }
    if i == start { throw error("a selector is missing") }
    return compound
  }

  private mutating func attribute() throws(Selector.SyntaxError) -> Selector.Test {
    i += 1
    let start = i
    let spelling = try required("an attribute")
    guard let name = AttributeName.named(spelling.lowercased()) else {
      throw Selector.SyntaxError(message: "the attribute \"\(spelling)\" is not kept of pages", offset: start)
    }
    skipSpace()
    if accept(0x5D) { return .attribute(name, .exists, [], ignoresCase: false) }
    let operators: [(UInt8, Selector.Operator)] = [
      (0x7E, .word), (0x7C, .dash), (0x5E, .prefix), (0x24, .suffix), (0x2A, .part),
    ]
    var op = Selector.Operator.equals
    if i < text.count, let found = operators.first(where: { $0.0 == text[i] }) {
      op = found.1
      i += 1
    }
    guard accept(0x3D) else { throw error("= is missing") }
    skipSpace()
    let value = try self.value()
    skipSpace()
    var ignoresCase = false
    if i < text.count, text[i] | 0x20 == 0x69 {
      ignoresCase = true
      i += 1
      skipSpace()
    }
    guard accept(0x5D) else { throw error("] is missing") }
    return .attribute(name, op, Array(value.utf8), ignoresCase: ignoresCase)
  }

  private mutating func pseudoClass() throws(Selector.SyntaxError) -> Selector.Test {
    i += 1
    let start = i
    let name = try required("a pseudo-class")
    if name == "first-child" { return .firstChild }
    guard ["is", "where", "not", "has-text", "contains"].contains(name) else {
      throw Selector.SyntaxError(message: ":\(name) is not understood", offset: start)
    }
    guard accept(0x28) else { throw error("( is missing") }
    if name == "has-text" || name == "contains" {
      skipSpace()
      let isQuoted = i < text.count && (text[i] == 0x22 || text[i] == 0x27)
      let words = isQuoted ? try value() : String(decoding: text[i...].prefix { $0 != 0x29 }, as: UTF8.self)
      if !isQuoted { i += words.utf8.count }
      skipSpace()
      guard accept(0x29) else { throw error(") is missing") }
      return .text(Array(words.lowercased().utf8))
    }
    let inner = try list()
    guard accept(0x29) else { throw error(") is missing") }
    return name == "not" ? .not(inner) : .any(inner)
  }

  // MARK: Tokens

  private mutating func value() throws(Selector.SyntaxError) -> String {
    guard i < text.count, text[i] == 0x22 || text[i] == 0x27 else { return try required("a value") }
    let quote = text[i]
    guard let end = text[(i + 1)...].firstIndex(of: quote) else { throw error("the quote is not closed") }
    defer { i = end + 1 }
    return String(decoding: text[i + 1..<end], as: UTF8.self)
  }
  private mutating func required(_ what: String) throws(Selector.SyntaxError) -> String {
    guard let name = name() else { throw error("\(what) is missing") }
    return name
  }
  private mutating func name() -> String? {
    var bytes: [UInt8] = []
    while i < text.count {
      let c = text[i]
      let isName = (c | 0x20) &- 0x61 < 26 || c &- 0x30 < 10 || c == 0x2D || c == 0x5F || c >= 0x80
      if c == 0x5C, i + 1 < text.count {
        bytes.append(text[i + 1])
        i += 2
      } else if isName {
        bytes.append(c)
        i += 1
      } else {
        break
      }
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }
  @discardableResult
  private mutating func skipSpace() -> Bool {
    let start = i
    while i < text.count, text[i] == 0x20 || text[i] == 0x09 || text[i] == 0x0A { i += 1 }
    return i > start
  }
  private mutating func accept(_ byte: UInt8) -> Bool {
    guard i < text.count, text[i] == byte else { return false }
    i += 1
    return true
  }
  private var shown: String { i < text.count ? "\"\(Unicode.Scalar(text[i]))\"" : "end" }
  private func error(_ message: String) -> Selector.SyntaxError { Selector.SyntaxError(message: message, offset: i) }
}
