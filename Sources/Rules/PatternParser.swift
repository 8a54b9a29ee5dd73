/// Reads ICU's syntax as far as shapes need it, by bytes of UTF-8.
struct PatternParser {
  /// The pattern, in which what is escaped moves up to the text before it.
  private(set) var text: [UInt8]
  private var i = 0
  /// Flags may make other text match than what is written.
  private(set) var holdsFlags = false
  /// What stands here may be among the first two bytes of a match that is bound to the start of the line.
  private var isNearStart: Bool
  /// No letter or digit of ASCII stands before what is read next, whatever matched.
  private var isAtWordStart = false
  /// What parts need, as sets that follow one another.
  private(set) var literals: [Literal] = []

  struct Literal {
    /// Of `text`.
    var range: Range<Int>
    /// No letter or digit of ASCII stands before it.
    var isWordStart: Bool
  }

  init(_ pattern: String) {
    text = Array(pattern.utf8)
    isNearStart = text.first == 0x5E
    literals.reserveCapacity(text.count / 4)
  }

  var isAtEnd: Bool { i >= text.count }
  private var current: Unicode.Scalar? { i < text.count ? Unicode.Scalar(text[i]) : nil }

  /// Nil for what is not understood at all.
  mutating func alternation() -> PatternPart? {
    if let words = words() { return words }
    let wasAtWordStart = isAtWordStart
    var all = PatternPart()
    guard sequence(&all) else { return nil }
    guard current == "|" else { return all }
    var needs: [PatternPart.Needs] = []
    needs.reserveCapacity(16)
    needs.append(all.needs)
    var endsAtWordStart = isAtWordStart
    while current == "|" {
      i += 1
      isAtWordStart = wasAtWordStart
      var other = PatternPart()
      guard sequence(&other) else { return nil }
      endsAtWordStart = endsAtWordStart && isAtWordStart
      needs.append(other.needs)
      all.or(other)
    }
    isAtWordStart = endsAtWordStart
    all.needs = either(needs)
    return all
  }

  /// Alternatives of nothing but text, as most groups are that stand further in.
  private mutating func words() -> PatternPart? {
    guard !isNearStart else { return nil }
    let (start, first) = (i, literals.count)
    var part = PatternPart(min: .max)
    var set = PatternPart.Literals(at: first)
    var endsAtWordStart = true
    while true {
      let (end, count) = plainText()
      guard end > i, end < text.count, text[end] == 0x7C || text[end] == 0x29 else {
        i = start
        literals.removeLast(literals.count - first)
        return nil
      }
      literals.append(Literal(range: i..<end, isWordStart: isAtWordStart))
      set.add(.init(at: literals.count - 1, text[i..<end]))
      part.min = min(part.min, count)
      part.max = max(part.max, count)
      endsAtWordStart = endsAtWordStart && !PhraseFinder.isWord(text[end - 1])
      i = end
      if text[end] == 0x29 { break }
      i += 1
    }
    isAtWordStart = endsAtWordStart
    part.require(set, at: 0)
    return part
  }

  /// What each of some alternatives needs, as one; nothing where one of them needs nothing.
  private mutating func either(_ all: [PatternPart.Needs]) -> PatternPart.Needs {
    func union(_ set: (PatternPart.Needs) -> PatternPart.Literals) -> PatternPart.Literals {
      guard all.allSatisfy({ !set($0).isEmpty }) else { return .init() }
      var union = PatternPart.Literals(at: literals.count)
      for needs in all {
        // One by one: a slice would hold the array, which then is copied.
        for i in 0..<set(needs).count { literals.append(literals[set(needs).start + i]) }
        union.add(set(needs))
      }
      return union
    }
    var either = PatternPart.Needs(literals: union { $0.literals })
    if all.contains(where: { !$0.second.isEmpty }) {
      let second = union { $0.second.isEmpty ? $0.literals : $0.second }
      if second.count <= PatternPart.Needs.most { either.second = second }
    }
    return either
  }

  /// Appends to a part; false for what is not understood at all.
  private mutating func sequence(_ all: inout PatternPart) -> Bool {
    var run = (start: 0, end: 0, offset: 0, isWordStart: false)
    let wasNearStart = isNearStart
    func endRun() {
      guard run.start < run.end else { return }
      literals.append(Literal(range: run.start..<run.end, isWordStart: run.isWordStart))
      all.require(.init(at: literals.count - 1, text[run.start..<run.end]), at: run.offset)
      run.start = run.end
    }
    func addToRun(_ bytes: Range<Int>) {
      if run.start == run.end { run = (bytes.lowerBound, bytes.lowerBound, all.max, isAtWordStart) }
      if run.end == bytes.lowerBound {
        run.end = bytes.upperBound
        return
      }
      for byte in bytes {
        text[run.end] = text[byte]
        run.end += 1
      }
    }
    func append(_ part: PatternPart, _ times: ClosedRange<Int>) {
      if times.lowerBound > 0 {
        all.require(part.needs.literals, at: PatternShape.sum(all.max, part.offset))
        all.require(part.needs.second, at: PatternShape.unbounded)
      }
      all.append(part, times: times)
      isNearStart = wasNearStart && !all.opening.isClosed
    }
    /// Notes whether a word may start behind what has been read, which may stand there or not.
    func pass(_ times: ClosedRange<Int>, isWordStart: Bool, before: Bool) {
      isAtWordStart = isWordStart && (times.lowerBound > 0 || before)
    }
    /// Appends what has no literals, behind which a word may start or not.
    func append(_ part: PatternPart, _ times: ClosedRange<Int>, isWordStart: Bool) {
      pass(times, isWordStart: isWordStart, before: isAtWordStart)
      append(part, times)
    }
    func literal(from start: Int) {
      let opening = isNearStart ? PatternOpening(text[start], start + 1 < i ? text[start + 1] : 0) : nil
      let end = i
      let times = quantifier()
      let isWordStart = !PhraseFinder.isWord(text[start])
      if times.lowerBound > 0 { addToRun(start..<end) }
      if times != 1...1 { endRun() }
      pass(times, isWordStart: isWordStart, before: isAtWordStart)
      if let opening { append(.character(opening), times) } else { all.lengthen(times) }
    }
    /// Most of a pattern is text far from its start: takes all of it at once but for a character with a quantifier.
    func takeText() -> Bool {
      guard !isNearStart else { return false }
      var (end, count) = plainText()
      if end < text.count, end > i, Self.isQuantifier(text[end]) {
        repeat { end -= 1 } while text[end] & 0xC0 == 0x80
        count -= 1
      }
      guard end > i else { return false }
      let isWordStart = !PhraseFinder.isWord(text[end - 1])
      addToRun(i..<end)
      isAtWordStart = isWordStart
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
        let wasAtWordStart = isAtWordStart
        guard let group = group() else { return false }
        let times = quantifier()
        pass(times, isWordStart: isAtWordStart, before: wasAtWordStart)
        append(group, times)
      case "[":
        endRun()
        let (opening, isWordStart) = characterClass()
        append(.character(opening), quantifier(), isWordStart: isWordStart)
      case "^", "$":
        let isFirst = i == start
        i += 1
        endRun()
        // With a quantifier it may be none.
        guard quantifier().lowerBound > 0 else { break }
        if c == "^" { isAtWordStart = true }
        if c == "^", isFirst { all.isAtStart = true }
        all.isAtEnd = c == "$"
      case ".":
        i += 1
        endRun()
        append(.character(isNearStart ? .any : .init()), quantifier(), isWordStart: false)
      case "\\":
        i += 1
        let begin = i
        guard let escaped = current else { break }
        i += 1
        switch escaped {
        // Quotations and octal numbers are rare; to require nothing is always safe.
        case "Q", "0": return false
        case "a"..."z", "A"..."Z", "1"..."9", "\u{80}"...:
          skipTail()
          endRun()
          let part = escape(escaped)
          let isWordStart = "sWbA".unicodeScalars.contains(escaped)
          append(part, part.max == 0 ? 1...1 : quantifier(), isWordStart: isWordStart)
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
    return true
  }

  /// Reads a group; look-arounds require nothing.
  private mutating func group() -> PatternPart? {
    i += 1
    var outside: PatternPart?
    if current == "?" {
      i += 1
      let next = i + 1 < text.count ? text[i + 1] : 0
      switch current {
      case ":": i += 1
      // What a quantifier behind a comment is about, not every reader of ICU's syntax knows.
      case "#": return nil
      case "<" where next != 0x3D && next != 0x21: skip(through: ">")
      case "=", "!", "<":
        outside = PatternPart()
        while let c = current, c == "=" || c == "!" || c == "<" { i += 1 }
      case ">":
        i += 1
        outside = .opaque
      default:
        outside = .opaque
        holdsFlags = true
        // In free-spacing mode spaces and comments are no text.
        if text[i...].prefix(while: { $0 != 0x29 && $0 != 0x3A }).contains(0x78) { return nil }
      }
    }
    let wasAtWordStart = isAtWordStart
    guard let inner = alternation() else { return nil }
    if current == ")" { i += 1 }
    guard let outside else { return inner }
    isAtWordStart = wasAtWordStart && outside.max == 0
    return outside
  }

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
    case "x": if current == "{" { skip(through: "}") } else { i = min(text.count, i + 2) }
    case "u":
      // Half of a character.
      let isSurrogate = i + 1 < text.count && text[i] | 0x20 == 0x64 && text[i + 1] >= 0x38
      i = min(text.count, i + 4)
      if isSurrogate { return .opaque }
    case "U": i = min(text.count, i + 8)
    case "c": i = min(text.count, i + 1)
    default: break
    }
    return .character(opening)
  }

  /// A set of characters, and whether a word may start behind each; what is no plain list of them may be any.
  private mutating func characterClass() -> (PatternOpening, isWordStart: Bool) {
    let start = i + 1
    skipClass()
    let content = text[start..<max(start, i - 1)]
    let isPlain = content.first != 0x5E && content.allSatisfy { $0 < 0x80 && !"\\[]&-".utf8.contains($0) }
    let isWordStart = isPlain && !content.contains(where: PhraseFinder.isWord)
    guard isNearStart else { return (PatternOpening(), isWordStart) }
    return (isPlain ? PatternOpening(oneOf: content) : .any, isWordStart)
  }
  private mutating func skipClass() {
    var depth = 0
    repeat {
      guard let c = current else { return }
      i += 1
      switch c {
      case "\\":
        if current == "Q" { skipQuotation() } else { i += 1 }
      case "[":
        depth += 1
        if current == "^" { i += 1 }
        // The first of a set is no end of it.
        if current == "]" { i += 1 }
      case "]": depth -= 1
      default: break
      }
    } while depth > 0
  }
  private mutating func skipQuotation() {
    while i < text.count, !text[i...].starts(with: "\\E".utf8) { i += 1 }
    i = min(text.count, i + 2)
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
  /// Where the text that stands here ends, before syntax, and how many characters it has.
  private func plainText() -> (end: Int, characters: Int) {
    var end = i
    var count = 0
    while end < text.count, !Self.isSyntax(text[end]) {
      if text[end] & 0xC0 != 0x80 { count += 1 }
      end += 1
    }
    return (end, count)
  }
  /// Walks over the rest of a character of several bytes.
  private mutating func skipTail() { while i < text.count, text[i] & 0xC0 == 0x80 { i += 1 } }
}
