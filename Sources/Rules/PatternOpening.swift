/// How the matches of a pattern, or of a piece of one, may open: their first two bytes, by class.
///
/// The sets FIRST of parsing (A. Aho, M. Lam, R. Sethi and J. Ullman, Compilers, section 4.4), for two bytes. They hold
/// too much rather than too little.
struct PatternOpening: Sendable {
  /// Whether a match may be empty.
  var mayBeEmpty = true
  /// Classes of matches of one byte, and those behind which anything may follow.
  private var single: UInt32 = 0
  private var open: UInt32 = 0
  /// By class of the first byte, the classes of the second. Held in place: an array would be made for every piece.
  private var pairs = InlineArray<32, UInt32>(repeating: 0)
  /// The classes of first bytes that have some.
  private var rows: UInt32 = 0

  /// Matches nothing but the empty text.
  init() {}
  /// Matches anything.
  static let any = PatternOpening(bytes: { _ in true }, mayBeLonger: true, mayBeEmpty: true)

  /// `\d`, `\s`, `\w` and `\W`, with all that is not ASCII.
  static let digit = PatternOpening(bytes: { isDigit($0) || $0 >= 0x80 })
  static let space = PatternOpening(bytes: { $0 <= 0x20 || $0 >= 0x80 })
  static let word = PatternOpening(bytes: { isWord($0) || $0 >= 0x80 })
  static let other = PatternOpening(bytes: { !isWord($0) })
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
  }

  /// One byte that satisfies the condition, or where it may be longer, anything behind it.
  init(bytes: (UInt8) -> Bool, mayBeLonger: Bool = false, mayBeEmpty: Bool = false) {
    self.mayBeEmpty = mayBeEmpty
    for byte in UInt8.min...UInt8.max where bytes(byte) {
      if mayBeLonger || byte >= 0x80 { open |= Self.bit(byte) } else { single |= Self.bit(byte) }
    }
  }
  /// One of some bytes of ASCII.
  init(oneOf bytes: ArraySlice<UInt8>) {
    mayBeEmpty = false
    for byte in bytes { single |= Self.bit(byte) }
  }
  /// A character, by its first two bytes; the second counts where it is not ASCII.
  init(_ first: UInt8, _ second: UInt8) {
    mayBeEmpty = false
    if first < 0x80 { single = Self.bit(first) } else { add(Self.bit(second), behind: Self.bit(first)) }
  }

  private var first: UInt32 { single | open | rows }
  private mutating func add(_ second: UInt32, behind first: UInt32) {
    if second != 0 { rows |= first }
    each(first) { $0.pairs[$1] |= second }
  }

  private mutating func addPairs(_ other: PatternOpening) {
    rows |= other.rows
    each(other.rows) { $0.pairs[$1] |= other.pairs[$1] }
  }
  @inline(__always)
  private mutating func each(_ classes: UInt32, _ body: (inout PatternOpening, Int) -> Void) {
    var left = classes
    while left != 0 {
      body(&self, left.trailingZeroBitCount)
      left &= left - 1
    }
  }

  /// What follows is not among the first two bytes.
  var isClosed: Bool { !mayBeEmpty && single == 0 }

  mutating func or(_ other: PatternOpening) {
    mayBeEmpty = mayBeEmpty || other.mayBeEmpty
    single |= other.single
    open |= other.open
    addPairs(other)
  }

  mutating func append(_ next: PatternOpening, times: ClosedRange<Int>) {
    guard !isClosed, times.upperBound > 0 else { return }
    var next = next
    if times.upperBound > 1 {
      next.open |= next.single
      next.single = 0
    }
    next.mayBeEmpty = next.mayBeEmpty || times.lowerBound == 0
    if single != 0 { add(next.first, behind: single) }
    if !next.mayBeEmpty { single = 0 }
    if mayBeEmpty {
      single |= next.single
      open |= next.open
      addPairs(next)
    }
    mayBeEmpty = mayBeEmpty && next.mayBeEmpty
  }

  /// For each class of a first byte the classes of the second of a text that may open with a match; 32 masks.
  var masks: [UInt32] {
    (0..<32).map { row in mayBeEmpty || (single | open) >> UInt32(row) & 1 == 1 ? .max : pairs[row] }
  }

  private static func bit(_ byte: UInt8) -> UInt32 { 1 << UInt32(Self.class(byte)) }
  /// Of 32: one for each letter, one for digits, one for all else of ASCII, four for other bytes.
  static func `class`(_ byte: UInt8) -> Int { Int(classes[Int(byte)]) }
  static let classes: [UInt8] = (UInt8.min...UInt8.max).map { byte in
    switch byte {
    case 0x61...0x7A: byte - 0x61
    case 0x30...0x39: 26
    case 0x80...: 28 + byte & 3
    default: 27
    }
  }
}
