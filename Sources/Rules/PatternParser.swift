/// Reads ICU's syntax as far as shapes need it, by bytes of UTF-8.
struct PatternParser {
  private let pattern: UnsafeBufferPointer<UInt8>
  private var i = 0
  /// Flags may make other text match than what is written.
  private(set) var holdsFlags = false
  /// What stands here may be among the first two bytes of a match that is bound to the start of the line.
  private var isNearStart: Bool
  /// What the parts read so far need, as ranges of `text`; those of the part read last stand last.
  private(set) var literals: [Range<Int>] = []
  private(set) var text: [UInt8] = []

  init(_ pattern: UnsafeBufferPointer<UInt8>) {
    self.pattern = pattern
    isNearStart = pattern.first == 0x5E
    text.reserveCapacity(pattern.count)
  }

  var isAtEnd: Bool { i >= pattern.count }
  private var current: Unicode.Scalar? { i < pattern.count ? Unicode.Scalar(pattern[i]) : nil }

  /// Nil for what is not understood at all.
  mutating func alternation() -> PatternPart? {
    let first = literals.count
    guard var all = sequence() else { return nil }
    while current == "|" {
      i += 1
      guard let other = sequence() else { return nil }
      all.or(other)
      if all.literals.isEmpty { forget(from: first) }
    }
    return all
  }

  private mutating func sequence() -> PatternPart? {
    var all = PatternPart()
    let first = literals.count
    var run = (start: text.count, offset: 0)
    let wasNearStart = isNearStart
    /// Of two sets of literals the one that is seen in fewer lines is kept.
    func consider(_ others: PatternPart.Literals, at offset: Int) {
      if all.literals.isEmpty || all.literals.load(at: all.offset) > others.load(at: offset) {
        literals.removeSubrange(first..<others.start)
        all.literals = others
        all.literals.start = first
        all.offset = offset
      } else {
        forget(from: others.start)
      }
    }
    func endRun() {
      if text.count > run.start {
        literals.append(run.start..<text.count)
        let isSpaced = (text[run.start] == 0x20 ? 1 : 0) + (text.last == 0x20 ? 1 : 0)
        consider(.init(at: literals.count - 1, of: text.count - run.start, spaces: isSpaced), at: run.offset)
      }
      run.start = text.count
    }
    func append(_ part: PatternPart, _ times: ClosedRange<Int>) {
      if part.literals.isEmpty {
      } else if times.lowerBound > 0 {
        consider(part.literals, at: PatternShape.sum(all.max, part.offset))
      } else {
        forget(from: part.literals.start)
      }
      all.append(part, times: times)
      isNearStart = wasNearStart && !all.opening.isClosed
    }
    func literal(from start: Int) {
      let end = i
      let times = quantifier()
      if text.count == run.start { run.offset = all.max }
      if times.lowerBound > 0 { text.append(contentsOf: pattern[start..<end]) }
      if times != 1...1 { endRun() }
      if !isNearStart { return all.lengthen(times) }
      append(.character(PatternOpening(pattern[start], end > start + 1 ? pattern[start + 1] : 0)), times)
    }
    /// Most of a pattern is text far from its start: takes all of it at once but for a character with a quantifier.
    func takeText() -> Bool {
      guard !isNearStart else { return false }
      let rest = pattern[i...].prefix { !Self.isSyntax($0) }
      var end = rest.endIndex
      if end < pattern.count, end > i, Self.isQuantifier(pattern[end]) {
        repeat { end -= 1 } while pattern[end] & 0xC0 == 0x80
      }
      guard end > i else { return false }
      if text.count == run.start { run.offset = all.max }
      text.append(contentsOf: pattern[i..<end])
      let count = pattern[i..<end].count { $0 & 0xC0 != 0x80 }
      all.lengthen(count...count)
      i = end
      return true
    }
    let start = i
    while let c = current, c != "|", c != ")" {
      all.isAtEnd = false
      switch c {
      case "(":
        endRun()
        guard let group = group() else { return nil }
        run.start = text.count
        append(group, quantifier())
      case "[":
        endRun()
        append(.character(characterClass()), quantifier())
      case "^", "$":
        if c == "^", i == start { all.isAtStart = true }
        all.isAtEnd = c == "$"
        i += 1
        endRun()
      case ".":
        i += 1
        endRun()
        append(.character(isNearStart ? .any : .init()), quantifier())
      case "\\":
        i += 1
        let begin = i
        guard let escaped = current else { break }
        i += 1
        switch escaped {
        // Quotations and octal numbers are rare; to require nothing is always safe.
        case "Q", "0": return nil
        case "a"..."z", "A"..."Z", "1"..."9", "\u{80}"...:
          skipTail()
          endRun()
          let part = escape(escaped)
          append(part, part.max == 0 ? 1...1 : quantifier())
        default: literal(from: begin)
        }
      default:
        if takeText() { break }
        let begin = i
        i += 1
        skipTail()
        literal(from: begin)
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
      let next = i + 1 < pattern.count ? pattern[i + 1] : 0
      switch current {
      case ":": i += 1
      // In free-spacing mode spaces and comments are no text.
      case "x": return nil
      case "<" where next != 0x3D && next != 0x21: skip(through: ">")
      case "=", "!", "<", "#":
        outside = PatternPart()
        while let c = current, c == "=" || c == "!" || c == "<" { i += 1 }
      default:
        outside = .opaque
        if current != ">" { holdsFlags = true } else { i += 1 }
      }
    }
    let first = literals.count
    guard let inner = alternation() else { return nil }
    if current == ")" { i += 1 }
    guard let outside else { return inner }
    forget(from: first)
    return outside
  }

  private mutating func forget(from first: Int) { literals.removeSubrange(first...) }

  /// Reads a quantifier, if one stands here: how often what is before it may stand.
  private mutating func quantifier() -> ClosedRange<Int> {
    var times = 1...1
    switch current {
    case "?": times = 0...1
    case "*": times = 0...PatternShape.unbounded
    case "+": times = 1...PatternShape.unbounded
    case "{":
      i += 1
      let least = number() ?? 0
      var most = least
      if current == "," {
        i += 1
        most = number() ?? PatternShape.unbounded
      }
      times = least...max(least, most)
      skip(through: "}")
      i -= 1
    default: return times
    }
    i += 1
    if current == "?" || current == "+" { i += 1 }
    return times
  }

  private mutating func number() -> Int? {
    var number: Int?
    while let c = current, ("0"..."9").contains(c) {
      number = min(PatternShape.unbounded, (number ?? 0) * 10 + Int(c.value - 0x30))
      i += 1
    }
    return number
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
    let isPlain = content.first != 0x5E && content.allSatisfy { $0 < 0x80 && !"\\[]&-".utf8.contains($0) }
    return isPlain ? PatternOpening(oneOf: content) : .any
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
  private static func isSyntax(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "(", ")", "[", "|", "^", "$", ".", "\\": true
    default: isQuantifier(byte)
    }
  }
  private static func isQuantifier(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "?", "*", "+", "{": true
    default: false
    }
  }
  /// Walks over the rest of a character of several bytes.
  private mutating func skipTail() { while i < pattern.count, pattern[i] & 0xC0 == 0x80 { i += 1 } }
}
