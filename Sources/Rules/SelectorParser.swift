import Pages

/// Reads selectors by recursive descent.
struct SelectorParser {
  private let text: [UInt8]
  private var i = 0
  /// Nil where only names that are kept anyway may be asked for.
  private(set) var names: ExtraNames?
  /// How many pseudo-classes hold what is read.
  private var depth = 0

  init(_ text: String, names: ExtraNames?) {
    self.text = Array(text.utf8)
    self.names = names
  }

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
      if let tag = Tag.named(name) {
        compound.tests.append(.tag(tag))
      } else if let number = names?.element(name) {
        compound.tests.append(.extra(number, .exists, [], ignoresCase: false))
      } else {
        throw Selector.SyntaxError(message: "\"\(name)\" is no element that Winnow tells from others", offset: start)
      }
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
    let name = AttributeName.named(spelling.lowercased())
    let number = name == nil ? names?.attribute(spelling) : nil
    if name == nil, number == nil {
      throw Selector.SyntaxError(message: "the attribute \"\(spelling)\" is not kept of pages", offset: start)
    }
    func test(_ op: Selector.Operator, _ value: String, ignoresCase: Bool) -> Selector.Test {
      let value = Array(value.utf8)
      if let name { return .attribute(name, op, value, ignoresCase: ignoresCase) }
      return .extra(number!, op, value, ignoresCase: ignoresCase)
    }
    skipSpace()
    if accept(0x5D) { return test(.exists, "", ignoresCase: false) }
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
    if i < text.count, text[i] | 0x20 == 0x69 || text[i] | 0x20 == 0x73 {
      ignoresCase = text[i] | 0x20 == 0x69
      i += 1
      skipSpace()
    }
    guard accept(0x5D) else { throw error("] is missing") }
    return test(op, value, ignoresCase: ignoresCase)
  }

  private mutating func pseudoClass() throws(Selector.SyntaxError) -> Selector.Test {
    i += 1
    let start = i
    let name = try required("a pseudo-class")
    switch name {
    case "first-child", "first-of-type": return .nth(step: 0, offset: 1, ofType: name.hasSuffix("type"))
    case "last-child", "last-of-type": return .last(ofType: name.hasSuffix("type"))
    case "only-child", "only-of-type":
      let ofType = name.hasSuffix("type")
      let both = Selector.Compound(tests: [.nth(step: 0, offset: 1, ofType: ofType), .last(ofType: ofType)])
      return .any([Selector.Complex(compounds: [both], combinators: [])])
    case "nth-child", "nth-of-type", "is", "where", "not", "has", "-abp-has", "has-text", "contains", "-abp-contains":
      guard accept(0x28) else { throw error("( is missing") }
    default: throw Selector.SyntaxError(message: ":\(name) is not understood", offset: start)
    }
    depth += 1
    defer { depth -= 1 }
    if depth > Selector.deepest { throw error("pseudo-classes stand in each other more than \(Selector.deepest) deep") }
    let test: Selector.Test =
      switch name {
      case "nth-child", "nth-of-type": try nth(ofType: name.hasSuffix("type"))
      case "is", "where": .any(try list())
      case "not": .not(try list())
      case "has", "-abp-has": .has(try relatives())
      default: .text(try words())
      }
    guard accept(0x29) else { throw error(") is missing") }
    return test
  }

  private mutating func relatives() throws(Selector.SyntaxError) -> [Selector.Relative] {
    var all: [Selector.Relative] = []
    repeat {
      skipSpace()
      let leads: [UInt8: Selector.Combinator] = [0x3E: .child, 0x2B: .next, 0x7E: .later]
      let lead = i < text.count ? leads[text[i]] : nil
      if lead != nil { i += 1 }
      all.append(Selector.Relative(lead: lead ?? .descendant, complex: try complex()))
    } while accept(0x2C)
    return all
  }

  /// The words of `:has-text()`, to the parenthesis that ends it.
  private mutating func words() throws(Selector.SyntaxError) -> [UInt8] {
    skipSpace()
    if i < text.count, text[i] == 0x2F {
      throw error("a regular expression in :has-text is not understood")
    }
    var words: String
    if i < text.count, text[i] == 0x22 || text[i] == 0x27 {
      words = try value()
      skipSpace()
    } else {
      let start = i
      var depth = 0
      while i < text.count, depth > 0 || text[i] != 0x29 {
        if text[i] == 0x28 { depth += 1 }
        if text[i] == 0x29 { depth -= 1 }
        i += 1
      }
      words = String(decoding: text[start..<i], as: UTF8.self)
      while words.last == " " { words.removeLast() }
    }
    if words.isEmpty { throw error("words are missing") }
    return Array(words.lowercased().utf8)
  }

  /// `odd`, `even`, `3`, `2n`, `2n+1`, `-n + 3`.
  private mutating func nth(ofType: Bool) throws(Selector.SyntaxError) -> Selector.Test {
    let start = i
    let end = text[i...].firstIndex(of: 0x29) ?? text.count
    let formula = String(decoding: text[i..<end].filter { $0 != 0x20 }, as: UTF8.self).lowercased()
    i = end
    if formula == "odd" { return .nth(step: 2, offset: 1, ofType: ofType) }
    if formula == "even" { return .nth(step: 2, offset: 0, ofType: ofType) }
    let parts = formula.split(separator: "n", maxSplits: 1, omittingEmptySubsequences: false)
    let steps = ["": 1, "+": 1, "-": -1]
    let step = parts.count == 1 ? 0 : steps[String(parts[0])] ?? Int(parts[0])
    let offset = parts.count == 2 && parts[1].isEmpty ? 0 : Int(parts[parts.count - 1])
    guard let step, let offset, abs(step) < 10_000, abs(offset) < 10_000 else {
      throw Selector.SyntaxError(message: "\"\(formula)\" is no formula of ordinals", offset: start)
    }
    return .nth(step: step, offset: offset, ofType: ofType)
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
