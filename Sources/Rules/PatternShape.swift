/// What can be told of every match of a regular expression without running it, so that the expression
/// needs to run only where a match is possible.
struct PatternShape {
  /// One of these, in UTF-8, is in every match; nil where nothing can be proved.
  private(set) var literals: [[UInt8]]?
  /// How many characters of the line stand before the literal at most.
  private(set) var latest = unbounded
  /// How a line with a match may open.
  private(set) var opening = PatternOpening.any
  /// How many characters a line with a match has.
  private(set) var length = 0...unbounded

  static let unbounded = Int(Int32.max)

  init(_ pattern: String) {
    var parser = PatternParser(pattern)
    guard let part = parser.alternation(), parser.isAtEnd else { return }
    literals = part.literals
    if parser.holdsFlags { return }
    if part.isAtStart, literals != nil { latest = part.offset }
    if part.isAtStart { opening = part.opening }
    length = part.min...(part.isAtStart && part.isAtEnd ? part.max : Self.unbounded)
  }

  /// The literals, where the shortest of them has so many bytes; nil otherwise.
  func literals(atLeast minimum: Int) -> [[UInt8]]? {
    literals.flatMap { $0.allSatisfy { $0.count >= minimum } ? $0 : nil }
  }
}

/// A piece of a pattern, as `PatternParser` reads it: what it needs, how far into it that may stand, and how long its matches are.
struct PatternPart {
  var literals: [[UInt8]]?
  var opening = PatternOpening()
  var offset = 0
  var min = 0
  var max = 0
  /// Whether it only matches at the start of the line, and at its end.
  var isAtStart = false
  var isAtEnd = false

  static func character(_ opening: PatternOpening) -> PatternPart { PatternPart(opening: opening, min: 1, max: 1) }
  static let opaque = PatternPart(opening: .any, min: 0, max: PatternShape.unbounded)

  /// Adds an alternative.
  mutating func or(_ other: PatternPart) {
    if let more = other.literals { literals?.append(contentsOf: more) } else { literals = nil }
    opening.or(other.opening)
    offset = Swift.max(offset, other.offset)
    min = Swift.min(min, other.min)
    max = Swift.max(max, other.max)
    isAtStart = isAtStart && other.isAtStart
    isAtEnd = isAtEnd && other.isAtEnd
  }

  /// Adds what follows; of two that need something what stands in fewer lines is kept.
  mutating func append(_ next: PatternPart, times: ClosedRange<Int> = 1...1) {
    if times.lowerBound > 0 { consider(next.literals, at: PatternShape.sum(max, next.offset)) }
    opening.append(next.opening, times: times)
    min = PatternShape.sum(min, PatternShape.product(next.min, times.lowerBound))
    max = PatternShape.sum(max, PatternShape.product(next.max, times.upperBound))
  }
  /// Adds a character that stands behind the opening.
  mutating func lengthen(_ times: ClosedRange<Int>) {
    min = PatternShape.sum(min, times.lowerBound)
    max = PatternShape.sum(max, times.upperBound)
  }

  /// How often one of the literals is seen, a guess: a letter more makes it eight times as rare, and what
  /// must stand at the start of a line is rarer still. Spaces at the ends say nothing.
  /// One of less than three bytes is in so many lines that any other set is better.
  private static func load(_ literals: [[UInt8]], _ offset: Int) -> Int {
    let load = literals.reduce(0) { load, literal in
      let letters = literal.count - (literal.first == 0x20 ? 1 : 0) - (literal.last == 0x20 ? 1 : 0)
      return load + 1 << Swift.max(0, 18 - 3 * letters)
    }
    return load * (offset <= 8 ? 1 : 16) + (literals.contains { $0.count < 3 } ? 1 << 32 : 0)
  }
  mutating func consider(_ others: [[UInt8]]?, at offset: Int) {
    guard let others, !others.contains([]) else { return }
    if let literals, Self.load(literals, self.offset) <= Self.load(others, offset) { return }
    literals = others
    self.offset = offset
  }
}

extension PatternShape {
  fileprivate static func sum(_ a: Int, _ b: Int) -> Int { min(unbounded, a + b) }
  fileprivate static func product(_ a: Int, _ b: Int) -> Int { min(unbounded, a * b) }
}
