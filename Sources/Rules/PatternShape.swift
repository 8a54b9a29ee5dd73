/// What can be told of every match of a regular expression without running it, so that the expression
/// needs to run only where a match is possible.
struct PatternShape {
  /// One of these is in every match; nil where nothing can be proved.
  private(set) var literals: [Literal]?
  /// One of these too, if there are any.
  private(set) var secondLiterals: [Literal] = []
  /// How many characters of the line stand before the literal at most.
  private(set) var latest = unbounded
  /// How a line with a match may open.
  private(set) var opening = PatternOpening.any
  /// How many characters a line with a match has.
  private(set) var length = 0...unbounded

  struct Literal {
    /// In UTF-8.
    var text: ArraySlice<UInt8>
    /// No letter or digit of ASCII stands before it.
    var isWordStart: Bool
  }

  static let unbounded = Int(Int32.max)

  init(_ pattern: String) {
    var parser = PatternParser(pattern)
    guard let part = parser.alternation(), parser.isAtEnd else { return }
    func texts(_ set: PatternPart.Literals) -> [Literal] {
      parser.literals[set.start..<set.start + set.count].map {
        Literal(text: parser.text[$0.range], isWordStart: $0.isWordStart)
      }
    }
    if !part.needs.literals.isEmpty { literals = texts(part.needs.literals) }
    secondLiterals = texts(part.needs.second)
    if parser.holdsFlags { return }
    if part.isAtStart, literals != nil { latest = part.offset }
    if part.isAtStart { opening = part.opening }
    length = part.min...(part.isAtStart && part.isAtEnd ? part.max : Self.unbounded)
  }

  /// The literals, where the shortest of them has so many bytes; nil otherwise.
  func literals(atLeast minimum: Int) -> [Literal]? {
    literals.flatMap { $0.allSatisfy { $0.text.count >= minimum } ? $0 : nil }
  }
}

/// A piece of a pattern, as `PatternParser` reads it: what it needs, how far into it that may stand, and how long its matches are.
struct PatternPart {
  var needs = Needs()
  var opening = PatternOpening()
  var offset = 0
  var min = 0
  var max = 0
  /// Whether it only matches at the start of the line, and at its end.
  var isAtStart = false
  var isAtEnd = false

  static func character(_ opening: PatternOpening) -> PatternPart { PatternPart(opening: opening, min: 1, max: 1) }
  static let opaque = PatternPart(opening: .any, min: 0, max: PatternShape.unbounded)

  /// Of the sets of literals of which one is in every match, the two that are seen in the fewest lines.
  struct Needs {
    var literals = Literals()
    var second = Literals()
    /// So many in the second at most: what may be one of hundreds says little.
    static let most = 48
  }

  /// A run of the parser's literals, of which one is in every match; empty where nothing can be proved.
  struct Literals {
    var start = 0
    var count = 0
    /// How often one is seen, a guess.
    private(set) var load = 0
    /// Whether one has less than three bytes.
    private(set) var holdsShort = false

    /// None yet.
    init(at start: Int = 0) { self.start = start }
    init(at start: Int, _ text: ArraySlice<UInt8>) {
      self.start = start
      count = 1
      load = text.withUnsafeBufferPointer { TextLoad.of($0) }
      holdsShort = text.count < 3
    }
    var isEmpty: Bool { count == 0 }
    mutating func add(_ other: Literals) {
      count += other.count
      load += other.load
      holdsShort = holdsShort || other.holdsShort
    }
    /// What must stand at the start of a line is rarer still. One of less than three bytes is in so many lines that any
    /// other set is better.
    func load(at offset: Int) -> Int { load * (offset <= 8 ? 1 : 16) + (holdsShort ? 1 << 32 : 0) }
  }

  /// Of two sets of literals the one that is seen in fewer lines is kept first.
  mutating func require(_ set: Literals, at offset: Int) {
    guard !set.isEmpty else { return }
    var other = set
    if needs.literals.isEmpty || needs.literals.load(at: self.offset) > set.load(at: offset) {
      other = needs.literals
      needs.literals = set
      self.offset = offset
    }
    // What is short is in too many lines to be asked for on top.
    if other.isEmpty || other.holdsShort || other.count > Needs.most { return }
    if needs.second.isEmpty || needs.second.load > other.load { needs.second = other }
  }

  /// Adds an alternative, but for what it needs.
  mutating func or(_ other: PatternPart) {
    opening.or(other.opening)
    offset = Swift.max(offset, other.offset)
    min = Swift.min(min, other.min)
    max = Swift.max(max, other.max)
    isAtStart = isAtStart && other.isAtStart
    isAtEnd = isAtEnd && other.isAtEnd
  }

  /// Adds what follows, but for what it needs.
  mutating func append(_ next: PatternPart, times: ClosedRange<Int>) {
    opening.append(next.opening, times: times)
    min = PatternShape.sum(min, PatternShape.product(next.min, times.lowerBound))
    max = PatternShape.sum(max, PatternShape.product(next.max, times.upperBound))
  }
  /// Adds a character that stands behind the opening.
  mutating func lengthen(_ times: ClosedRange<Int>) {
    min = PatternShape.sum(min, times.lowerBound)
    max = PatternShape.sum(max, times.upperBound)
  }
}

extension PatternShape {
  static func sum(_ a: Int, _ b: Int) -> Int { min(unbounded, a + b) }
  static func product(_ a: Int, _ b: Int) -> Int { min(unbounded, a * b) }
}
