import Pages

/// The part of XPath 1.0 that site configurations are mostly written in, translated to selectors.
///
/// Understood are paths of `/` and `//`, unions, `following-sibling::`, and conditions on attributes (`=`, `!=`,
/// presence, `contains()`, `starts-with()`), on the text (`contains(., 'x')`), on descendants, and on the position as the
/// first condition; `and`, `or`, `not()`. A path to meta data may end in an attribute.
struct XPath {
  var selector: Selector
  /// The attribute at the end of the path, where there is one.
  var attribute: Attribute?

  enum Attribute: Sendable, Equatable {
    case kept(AttributeName)
    case extra(UInt16)
  }

  init(_ text: String, names: inout ExtraNames) throws(Selector.SyntaxError) {
    var parser = XPathParser(text, names: names)
    var paths = [try parser.path()]
    while parser.accept("|") { paths.append(try parser.path()) }
    try parser.end()
    names = parser.names
    selector = Selector(paths.map(\.complex))
    attribute = paths[0].attribute
  }
}

private struct XPathParser {
  private let text: [UInt8]
  private var i = 0
  private(set) var names: ExtraNames
  /// How many conditions hold what is read.
  private var depth = 0

  init(_ text: String, names: ExtraNames) {
    self.text = Array(text.utf8)
    self.names = names
  }

  typealias Failure = Selector.SyntaxError
  typealias Path = (complex: Selector.Complex, attribute: XPath.Attribute?)

  func end() throws(Failure) { if i < text.count { throw error("\(shown) is not understood") } }

  mutating func path() throws(Failure) -> Path {
    skipSpace()
    if accept("//") || accept(".//") {
      // Anywhere.
    } else if accept("/") {
      guard text[i...].starts(with: "html".utf8) else { throw error("a path from the root must begin with /html") }
    } else if accept("(") {
      throw Failure(message: "a path in brackets is not understood", offset: i - 1)
    }
    return try steps()
  }

  private mutating func steps() throws(Failure) -> Path {
    var compounds = [try step()]
    var combinators: [Selector.Combinator] = []
    while i < text.count, text[i] == 0x2F {
      let start = i
      var combinator = accept("//") ? Selector.Combinator.descendant : .child
      if combinator == .child { i += 1 }
      if accept("@") { return (complex(compounds, combinators), try attribute(try name())) }
      if accept("text()") { break }
      if accept("following-sibling::") {
        guard combinator == .child else {
          throw Failure(message: "//following-sibling is not understood", offset: start)
        }
        combinator = .later
      }
      compounds.append(try step())
      combinators.append(combinator)
    }
    skipSpace()
    return (complex(compounds, combinators), nil)
  }

  private func complex(_ compounds: [Selector.Compound], _ combinators: [Selector.Combinator]) -> Selector.Complex {
    Selector.Complex(compounds: compounds.reversed(), combinators: combinators.reversed())
  }

  private mutating func step() throws(Failure) -> Selector.Compound {
    var compound = Selector.Compound()
    _ = accept("child::")
    var isAny = false
    if accept("*") {
      isAny = true
    } else {
      let start = i
      let name = try name()
      if text[i...].starts(with: "::".utf8) || text[i...].starts(with: "(".utf8) {
        throw Failure(message: "\(name)\(accept("::") ? "::" : "()") is not understood", offset: start)
      }
      if let tag = Tag.named(name) {
        compound.tests.append(.tag(tag))
      } else {
        compound.tests.append(.extra(names.element(name), .exists, [], ignoresCase: false))
      }
    }
    var isFirst = true
    skipSpace()
    while accept("[") {
      skipSpace()
      if let position = try position(ofType: !isAny) {
        guard isFirst else { throw error("a position after another condition is not understood") }
        compound.tests.append(position)
      } else {
        compound.tests += try any()
      }
      guard accept("]") else { throw error("] is missing") }
      isFirst = false
      skipSpace()
    }
    return compound
  }

  /// `[2]`, `[position()=2]`, `[last()]`.
  private mutating func position(ofType: Bool) throws(Failure) -> Selector.Test? {
    if accept("last()") {
      skipSpace()
      return .last(ofType: ofType)
    }
    if accept("position()") {
      skipSpace()
      guard accept("=") else { throw error("only position()=N is understood") }
      skipSpace()
    }
    let digits = text[i...].prefix { $0 &- 0x30 < 10 }
    guard !digits.isEmpty, let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
    i += digits.count
    skipSpace()
    return .nth(step: 0, offset: number, ofType: ofType)
  }

  // MARK: Conditions

  /// Tests that must all hold.
  private mutating func any() throws(Failure) -> [Selector.Test] {
    depth += 1
    defer { depth -= 1 }
    if depth > Selector.deepest { throw error("conditions stand in each other more than \(Selector.deepest) deep") }
    var alternatives = [try all()]
    while acceptWord("or") { alternatives.append(try all()) }
    return alternatives.count == 1 ? alternatives[0] : [.any(alternatives.map { Self.element($0) })]
  }
  private mutating func all() throws(Failure) -> [Selector.Test] {
    var tests = try one()
    while acceptWord("and") { tests += try one() }
    return tests
  }
  private static func element(_ tests: [Selector.Test]) -> Selector.Complex {
    Selector.Complex(compounds: [Selector.Compound(tests: tests)], combinators: [])
  }

  private mutating func one() throws(Failure) -> [Selector.Test] {
    skipSpace()
    defer { skipSpace() }
    if accept("not(") { return [.not([Self.element(try inBrackets())])] }
    if accept("(") { return try inBrackets() }
    if accept("contains(") { return [try call(.part)] }
    if accept("starts-with(") { return [try call(.prefix)] }
    if accept("@") {
      let name = try name()
      skipSpace()
      let isNegated = accept("!=")
      guard isNegated || accept("=") else { return [try test(name, .exists, "")] }
      skipSpace()
      let equal = try test(name, .equals, literal())
      return isNegated ? [try test(name, .exists, ""), .not([Self.element([equal])])] : [equal]
    }
    if accept(".//") { return [.has([.init(lead: .descendant, complex: try steps().complex)])] }
    _ = accept("./")
    return [.has([.init(lead: .child, complex: try steps().complex)])]
  }

  private mutating func inBrackets() throws(Failure) -> [Selector.Test] {
    let tests = try any()
    guard accept(")") else { throw error(") is missing") }
    return tests
  }

  /// The arguments of `contains` and `starts-with`.
  private mutating func call(_ op: Selector.Operator) throws(Failure) -> Selector.Test {
    skipSpace()
    let start = i
    if accept("text()") || accept("string(.)") || accept("normalize-space(.)") || accept("normalize-space()")
      || accept(".")
    {
      guard op == .part else { throw Failure(message: "only contains() is understood of text", offset: start) }
      return .text(Array(try lastArgument().lowercased().utf8))
    }
    // The usual way to ask for one class of several.
    if accept("concat(") {
      let wanted = [" ", " "]
      guard literalOrNil() == wanted[0], accept(","), skippingSpace(accept: "normalize-space("), accept("@"),
        try name() == "class", accept(")"), accept(","), skippingSpace(accept: ""), literalOrNil() == wanted[1],
        accept(")")
      else { throw Failure(message: "this concat() is not understood", offset: start) }
      let word = try lastArgument()
      let trimmed = word.split(separator: " ")
      guard op == .part, word.hasPrefix(" "), word.hasSuffix(" "), trimmed.count == 1 else {
        return .attribute(.class, op, Array(word.utf8), ignoresCase: false)
      }
      return .class(Array(trimmed[0].utf8))
    }
    let isNormalised = accept("normalize-space(")
    guard accept("@") else { throw error("an attribute or . is missing") }
    let name = try name()
    if isNormalised { guard accept(")") else { throw error(") is missing") } }
    return try test(name, op, lastArgument())
  }

  private mutating func skippingSpace(accept word: String) -> Bool {
    skipSpace()
    return accept(word)
  }
  private mutating func lastArgument() throws(Failure) -> String {
    skipSpace()
    guard accept(",") else { throw error(", is missing") }
    skipSpace()
    let value = try literal()
    skipSpace()
    guard accept(")") else { throw error(") is missing") }
    return value
  }

  private mutating func attribute(_ name: String) throws(Failure) -> XPath.Attribute {
    AttributeName.named(name).map { .kept($0) } ?? .extra(names.attribute(name))
  }
  private mutating func test(_ name: String, _ op: Selector.Operator, _ value: String) throws(Failure) -> Selector.Test
  {
    let value = Array(value.utf8)
    switch try attribute(name) {
    case .kept(.id) where op == .equals: return .id(value)
    case .kept(let name): return .attribute(name, op, value, ignoresCase: false)
    case .extra(let number): return .extra(number, op, value, ignoresCase: false)
    }
  }

  // MARK: Tokens

  private mutating func name() throws(Failure) -> String {
    let name = text[i...].prefix { c in
      (c | 0x20) &- 0x61 < 26 || c &- 0x30 < 10 || c == 0x2D || c == 0x5F || c == 0x2E || c >= 0x80
    }
    guard !name.isEmpty, name.first != 0x2E else { throw error("\(shown) is not understood") }
    i += name.count
    return String(decoding: name, as: UTF8.self).lowercased()
  }
  private mutating func literalOrNil() -> String? { try? literal() }
  private mutating func literal() throws(Failure) -> String {
    guard i < text.count, text[i] == 0x22 || text[i] == 0x27 else { throw error("a text in quotes is missing") }
    guard let end = text[(i + 1)...].firstIndex(of: text[i]) else { throw error("the quote is not closed") }
    defer { i = end + 1 }
    return String(decoding: text[i + 1..<end], as: UTF8.self)
  }
  mutating func accept(_ word: String) -> Bool {
    guard text[i...].starts(with: word.utf8) else { return false }
    i += word.utf8.count
    return true
  }
  private mutating func acceptWord(_ word: String) -> Bool {
    skipSpace()
    guard text[i...].starts(with: "\(word) ".utf8) || text[i...].starts(with: "\(word)(".utf8) else { return false }
    i += word.utf8.count
    return true
  }
  private mutating func skipSpace() { while i < text.count, text[i] == 0x20 || text[i] == 0x09 { i += 1 } }
  private var shown: String {
    i < text.count ? "\"\(String(decoding: text[i...].prefix(12), as: UTF8.self))\"" : "the end"
  }
  private func error(_ message: String) -> Failure { Failure(message: message, offset: i) }
}
