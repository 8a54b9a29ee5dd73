/// Finds text that every match of a regular expression must contain, so that the expression needs
/// to run only where the automaton saw that text.
struct RequiredLiterals {
  private let pattern: [Unicode.Scalar]
  private var i = 0

  /// One of the returned literals is in every match; nil where none of `minimum` bytes can be proved.
  static func of(_ pattern: String, minimum: Int = 3) -> [String]? {
    var parser = RequiredLiterals(pattern: Array(pattern.unicodeScalars))
    // In free-spacing mode spaces and comments are no text.
    guard !pattern.contains("(?x"), let literals = parser.alternation(), parser.i >= parser.pattern.count else {
      return nil
    }
    return literals.allSatisfy { $0.utf8.count >= minimum } ? literals : nil
  }

  private init(pattern: [Unicode.Scalar]) { self.pattern = pattern }

  private var current: Unicode.Scalar? { i < pattern.count ? pattern[i] : nil }

  /// The union over the alternatives: nil where one of them requires nothing.
  private mutating func alternation() -> [String]? {
    var union: [String]? = sequence()
    while current == "|" {
      i += 1
      let other = sequence()
      if let known = union, let other { union = known + other } else { union = nil }
    }
    return union
  }

  /// What a sequence of parts requires: the run of literals being read, and the best so far.
  private struct Requirement {
    var run = ""
    var best: [String]?

    mutating func endRun() {
      if !run.isEmpty { consider([run]) }
      run = ""
    }
    mutating func consider(_ literals: [String]?) {
      guard let literals, let shortest = literals.map(\.utf8.count).min(), shortest > 0 else { return }
      if let best, best.map(\.utf8.count).min()! >= shortest { return }
      best = literals
    }
  }

  private mutating func sequence() -> [String]? {
    var requirement = Requirement()
    while let c = current, c != "|", c != ")" {
      switch c {
      case "(":
        let group = group()
        let isRequired = quantifier()
        requirement.endRun()
        if isRequired { requirement.consider(group) }
      case "[":
        skipClass()
        _ = quantifier()
        requirement.endRun()
      case "^", "$":
        i += 1
        requirement.endRun()
      case ".":
        i += 1
        _ = quantifier()
        requirement.endRun()
      case "\\":
        i += 1
        guard let escaped = current else { break }
        i += 1
        if escaped.properties.isAlphabetic || ("0"..."9").contains(escaped) {
          // Quotations and octal numbers are rare; to require nothing is always safe.
          if escaped == "Q" || escaped == "0" { return nil }
          skipArgument(of: escaped)
          if escaped != "b" { _ = quantifier() }
          requirement.endRun()
        } else {
          literal(escaped, &requirement)
        }
      default:
        i += 1
        literal(c, &requirement)
      }
    }
    requirement.endRun()
    return requirement.best
  }

  private mutating func literal(_ c: Unicode.Scalar, _ requirement: inout Requirement) {
    guard let q = current, q == "?" || q == "*" || q == "+" || q == "{" else {
      requirement.run.unicodeScalars.append(c)
      return
    }
    if quantifier() { requirement.run.unicodeScalars.append(c) }
    requirement.endRun()
  }

  /// Reads a group and returns what it requires; look-arounds require nothing.
  private mutating func group() -> [String]? {
    i += 1
    var isAssertion = false
    if current == "?" {
      i += 1
      if current == ":" {
        i += 1
      } else if current == "<", i + 1 < pattern.count, pattern[i + 1] != "=", pattern[i + 1] != "!" {
        skip(through: ">")
      } else {
        isAssertion = true
        while let c = current, c == "=" || c == "!" || c == "<" || c == ">" { i += 1 }
      }
    }
    let inner = alternation()
    if current == ")" { i += 1 }
    return isAssertion ? nil : inner
  }

  /// Reads a quantifier, if one stands here; false where it allows no occurrence.
  private mutating func quantifier() -> Bool {
    var isRequired = true
    switch current {
    case "?", "*":
      i += 1
      isRequired = false
    case "+": i += 1
    case "{":
      isRequired = i + 1 < pattern.count && pattern[i + 1] != "0" && pattern[i + 1] != ","
      skip(through: "}")
    default: return true
    }
    if current == "?" || current == "+" { i += 1 }
    return isRequired
  }

  /// Walks over what belongs to an escape: `\p{…}`, `\x41`, `\u0041`, `\U00000041`, `\cA`.
  private mutating func skipArgument(of escaped: Unicode.Scalar) {
    switch escaped {
    case "p", "P", "N": if current == "{" { skip(through: "}") }
    case "x": if current == "{" { skip(through: "}") } else { i = min(pattern.count, i + 2) }
    case "u": i = min(pattern.count, i + 4)
    case "U": i = min(pattern.count, i + 8)
    case "c": i = min(pattern.count, i + 1)
    default: break
    }
  }

  private mutating func skipClass() {
    i += 1
    if current == "^" { i += 1 }
    if current == "]" { i += 1 }
    var depth = 1
    while let c = current, depth > 0 {
      i += 1
      if c == "\\" { i += 1 } else if c == "[" { depth += 1 } else if c == "]" { depth -= 1 }
    }
  }
  private mutating func skip(through end: Unicode.Scalar) {
    while let c = current {
      i += 1
      if c == end { return }
    }
  }
}
