/// Reads ICU's syntax as far as shapes need it.
struct PatternParser {
  private let pattern: [Unicode.Scalar]
  private var i = 0
  /// Flags may make other text match than what is written.
  private(set) var holdsFlags = false
  /// What stands here may be among the first two bytes of a match that is bound to the start of the line.
  private var isNearStart: Bool

  init(_ pattern: String) {
    self.pattern = Array(pattern.unicodeScalars)
    isNearStart = self.pattern.first == "^"
  }

  var isAtEnd: Bool { i >= pattern.count }
  private var current: Unicode.Scalar? { i < pattern.count ? pattern[i] : nil }

  /// Nil for what is not understood at all.
  mutating func alternation() -> PatternPart? {
    guard var all = sequence() else { return nil }
    while current == "|" {
      i += 1
      guard let other = sequence() else { return nil }
      all.or(other)
    }
    return all
  }

  private mutating func sequence() -> PatternPart? {
    var all = PatternPart()
    var run: [UInt8] = []
    var runStart = 0
    let wasNearStart = isNearStart
    func append(_ part: PatternPart, _ times: ClosedRange<Int>) {
      all.append(part, times: times)
      isNearStart = wasNearStart && !all.opening.isClosed
    }
    func endRun() {
      if !run.isEmpty { all.consider([run], at: runStart) }
      run = []
    }
    func literal(_ c: Unicode.Scalar, _ times: ClosedRange<Int>) {
      if run.isEmpty { runStart = all.max }
      if times.lowerBound > 0 { if c.isASCII { run.append(UInt8(c.value)) } else { run += UTF8.encode(c)! } }
      if times != 1...1 { endRun() }
      if !isNearStart { return all.lengthen(times) }
      append(.character(PatternOpening(c)), times)
    }
    let start = i
    while let c = current, c != "|", c != ")" {
      all.isAtEnd = false
      switch c {
      case "(":
        guard let group = group() else { return nil }
        let times = quantifier()
        endRun()
        append(group, times)
      case "[":
        let opening = characterClass()
        let times = quantifier()
        endRun()
        append(.character(opening), times)
      case "^", "$":
        if c == "^", i == start { all.isAtStart = true }
        all.isAtEnd = c == "$"
        i += 1
        endRun()
      case ".":
        i += 1
        let times = quantifier()
        endRun()
        append(.character(isNearStart ? .any : .init()), times)
      case "\\":
        i += 1
        guard let escaped = current else { break }
        i += 1
        if !escaped.isASCII || ("a"..."z").contains(escaped) || ("A"..."Z").contains(escaped)
          || ("0"..."9").contains(escaped)
        {
          // Quotations and octal numbers are rare; to require nothing is always safe.
          if escaped == "Q" || escaped == "0" { return nil }
          let part = escape(escaped)
          let times = part.max == 0 ? 1...1 : quantifier()
          endRun()
          append(part, times)
        } else {
          literal(escaped, quantifier())
        }
      default:
        i += 1
        literal(c, quantifier())
      }
    }
    endRun()
    isNearStart = wasNearStart
    return all
  }

  /// Reads a group; look-arounds require nothing.
  private mutating func group() -> PatternPart? {
    i += 1
    var outside: PatternPart?
    if current == "?" {
      i += 1
      let next = i + 1 < pattern.count ? pattern[i + 1] : " "
      switch current {
      case ":": i += 1
      // In free-spacing mode spaces and comments are no text.
      case "x": return nil
      case "<" where next != "=" && next != "!": skip(through: ">")
      case "=", "!", "<", "#":
        outside = PatternPart()
        while let c = current, c == "=" || c == "!" || c == "<" { i += 1 }
      default:
        outside = .opaque
        if current != ">" { holdsFlags = true } else { i += 1 }
      }
    }
    guard let inner = alternation() else { return nil }
    if current == ")" { i += 1 }
    return outside ?? inner
  }

  /// Reads a quantifier, if one stands here: how often what is before it may stand.
  private mutating func quantifier() -> ClosedRange<Int> {
    var times = 1...1
    switch current {
    case "?": times = 0...1
    case "*": times = 0...PatternShape.unbounded
    case "+": times = 1...PatternShape.unbounded
    case "{":
      let start = i + 1
      skip(through: "}")
      let bounds = pattern[start..<max(start, i - 1)].split(separator: ",", omittingEmptySubsequences: false)
        .map(Self.number)
      let least = bounds.first.flatMap { $0 } ?? 0
      let most = bounds.count == 1 ? least : bounds.last.flatMap { $0 } ?? PatternShape.unbounded
      times = least...max(least, most)
      i -= 1
    default: return times
    }
    i += 1
    if current == "?" || current == "+" { i += 1 }
    return times
  }

  private static func number(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
    return digits.reduce(0) { min(PatternShape.unbounded, $0 * 10 + Int($1.value - 0x30)) }
  }

  /// Walks over what belongs to an escape, such as `\p{…}`, `\x41`, `\u0041`, `\U00000041`, `\cA`.
  private mutating func escape(_ escaped: Unicode.Scalar) -> PatternPart {
    var opening = PatternOpening.any
    switch escaped {
    case "d": opening = .digit
    case "s": opening = .space
    case "w": opening = .word
    case "W": opening = .other
    case "b", "B", "A", "Z", "z", "G": return PatternPart()
    case "R", "X", "1"..."9": return .opaque
    case "k":
      skip(through: ">")
      return .opaque
    case "p", "P", "N": if current == "{" { skip(through: "}") }
    case "x": if current == "{" { skip(through: "}") } else { i = min(pattern.count, i + 2) }
    case "u": i = min(pattern.count, i + 4)
    case "U": i = min(pattern.count, i + 8)
    case "c": i = min(pattern.count, i + 1)
    default: break
    }
    return .character(opening)
  }

  /// A set of characters; what is no plain list of them may be any.
  private mutating func characterClass() -> PatternOpening {
    let start = i + 1
    skipClass()
    guard isNearStart else { return PatternOpening() }
    let content = pattern[start..<max(start, i - 1)]
    let isPlain = content.first != "^" && content.allSatisfy { $0.isASCII && !"\\[]&-".unicodeScalars.contains($0) }
    return isPlain ? PatternOpening(oneOf: content.map { UInt8($0.value) }) : .any
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
