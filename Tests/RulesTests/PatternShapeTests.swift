import Language
import Testing

@testable import Rules

@Suite struct PatternShapeTests {
  static let cases: [(pattern: String, literals: [String]?)] = [
    ("sign up", ["sign up"]), ("^sign up$", ["sign up"]), ("sign ?up", ["sign"]), ("colou?r code", ["r code"]),
    ("succ?essful", ["essful"]), ("(abc|defg)", ["abc", "defg"]), ("abc|defg", ["abc", "defg"]), ("abc|d", nil),
    ("(?:abc|d)efg", ["efg"]), ("(?:abc)?defg", ["defg"]), ("(?:abcd)+", ["abcd"]), ("(?:abcd)*", nil),
    ("a{2}bcd", ["bcd"]),
    ("abcd{0,2}", ["abc"]), ("abcd{0}", ["abc"]), ("abc{2,}", ["abc"]), ("[abc]def", ["def"]), ("[^\\]]def", ["def"]),
    (".*", nil), ("\\d+ min", [" min"]),
    ("a\\.bc", ["a.bc"]), ("\\bnews\\b", ["news"]), ("(?=abc)def", ["def"]), ("(?!abc)", nil), ("(?<=abc)de", nil),
    ("(?<name>abc)", ["abc"]), ("(?i)abc", ["abc"]), ("(?i:abc)", nil), ("\\p{L}abc", ["abc"]), ("(abc|)def", ["def"]),
    ("(|abc)", nil),
    ("\\u00e9abc", ["abc"]), ("\\x41bcd", ["bcd"]), ("\\x{e9}bcd", ["bcd"]), ("\\U000000e9bcd", ["bcd"]),
    ("\\cAbcd", ["bcd"]), ("\\0101bcd", nil), ("\\Qa.b\\Ecd", nil),
    ("(?x) a b c", nil), ("abc??d", ["ab"]), ("abc++d", ["abc"]), ("(abc)\\1", ["abc"]), ("été", ["été"]),
    ("日本", ["日本"]),
    ("", nil), ("(", nil), ("abc)", nil), ("(((abc)))", ["abc"]), ("a(b)c", nil), ("abc(?#def)", nil),
    ("(?ix) a bcd", nil), ("[[]a]]bcd", ["bcd"]), ("[\\Qa]\\E]bcd", ["bcd"]),
    ("^+bcd", ["bcd"]), ("bcd$?", ["bcd"]),
  ]
  @Test(arguments: cases) func literals(_ test: (pattern: String, literals: [String]?)) {
    let got = PatternShape(test.pattern).literals(atLeast: 3)
    // Two bytes are too few for a literal to be worth looking for.
    let expected = test.literals.flatMap { $0.allSatisfy { $0.utf8.count >= 3 } ? $0 : nil }
    #expect(got?.map { String(decoding: $0.text, as: UTF8.self) } == expected)
  }

  static let others: [(pattern: String, literals: [String], others: [String])] = [
    ("newsletter", ["newsletter"], []), ("^get.{0,9}newsletter", ["newsletter"], ["get"]),
    ("^(?:subscribe|join) .*(?:weekly|daily) mail", ["subscribe", "join"], ["weekly", "daily"]),
    ("the .*newsletter .*subscribe", ["newsletter"], ["subscribe"]),
    ("abcd.*efgh|ijkl.*mnopq", ["abcd", "ijkl"], ["efgh", "mnopq"]),
    ("abcd.*efgh|ijkl", ["abcd", "ijkl"], ["efgh", "ijkl"]),
    ("abcd(?:.*efgh)?", ["abcd"], []), ("abcd.*ef", ["abcd"], []),
  ]
  @Test(arguments: others) func twoSets(_ test: (pattern: String, literals: [String], others: [String])) {
    let shape = PatternShape(test.pattern)
    func texts(_ literals: [PatternShape.Literal]) -> Set<String> {
      Set(literals.map { String(decoding: $0.text.filter { $0 != 0x20 }, as: UTF8.self) })
    }
    #expect(texts(shape.literals ?? []) == Set(test.literals))
    #expect(texts(shape.secondLiterals) == Set(test.others))
  }

  static let starts: [(pattern: String, isWordStart: [Bool])] = [
    ("^abc", [true]), ("abc", [false]), ("\\babc", [true]), ("\\Babc", [false]), (". ?abc", [false]),
    (".,abc", [false]),
    ("\\s+abc", [true]), ("\\s*abc", [false]), ("^\\W{0,3}abc", [true]), ("^\\w{0,3}abc", [false]),
    ("^\\d+[ .,]abc", [true]), ("^\\d+[ .x]abc", [false]), ("^(?:a|the )?abc", [false]), ("^(?:-|the )?abc", [true]),
    ("\\b(?:abc|def)", [true, true]), ("(?:\\babc|def)", [true, false]), ("^(?=x)abc", [true]), ("^(?i:x)abc", [false]),
    ("éabc?", [false]), ("é?\\babc", [true]),
  ]
  @Test(arguments: starts) func whereWordsStart(_ test: (pattern: String, isWordStart: [Bool])) {
    #expect(PatternShape(test.pattern).literals?.map(\.isWordStart) == test.isWordStart)
  }

  static let bounds: [(pattern: String, latest: Int?, length: ClosedRange<Int>?)] = [
    ("^abc$", 0, 3...3), ("^\\W{0,3}(?:skip|jump) to\\b", 3, 7...PatternShape.unbounded),
    ("abc", nil, 3...PatternShape.unbounded), ("^a.{0,9}bcd.?$", 10, 4...14),
    ("^[ab]{2,}xyz$", nil, 5...PatternShape.unbounded),
    ("^abc|^de", 0, 2...PatternShape.unbounded), ("^abc$|^de$", 0, 2...3), ("^(?:ab?c){1,3}$", 0, 2...9),
    ("^(?=abc)\\w{3}$", nil, 3...3), ("^(abc)\\1$", 0, 3...PatternShape.unbounded), ("(?i)^abc$", nil, nil),
    ("^(?i:x)abc$", nil, nil), ("^(?>x)abc$", nil, 3...PatternShape.unbounded),
    ("^\\p{L}{3}\\x{61}\\u0062abc$", 5, 8...8),
  ]
  @Test(arguments: bounds) func whereAndHowLong(_ test: (pattern: String, latest: Int?, length: ClosedRange<Int>?)) {
    let shape = PatternShape(test.pattern)
    #expect(shape.latest == test.latest ?? PatternShape.unbounded)
    #expect(shape.length == test.length ?? 0...PatternShape.unbounded)
  }

  /// The law: an expression matches no line without one of its literals, further in than it says, within a word where it
  /// says otherwise, or of another length.
  @Test(arguments: 0..<200 as Range<UInt64>) func noMatchOutOfShape(_ seed: UInt64) throws {
    var numbers = SeededNumbers(state: seed)
    let pattern = Self.pattern(&numbers, depth: 3)
    let shape = PatternShape(pattern)
    let expression = try RegularExpression(pattern)
    let subject = RegularExpression.Subject()
    for _ in 0..<300 {
      let line = numbers.text(of: Array("abc 1-".utf8), 0...12)
      line.withUnsafeBufferPointer { subject.set($0) }
      guard case .found = expression.firstMatch(in: subject) else { continue }
      func holdsOne(of literals: [PatternShape.Literal], latest: Int = .max) -> Bool {
        literals.isEmpty
          || literals.contains { literal in
            line.ranges(of: literal.text).contains { range in
              range.lowerBound <= latest
                && !(literal.isWordStart && range.lowerBound > 0 && Self.isWord(line[range.lowerBound - 1]))
            }
          }
      }
      #expect(
        holdsOne(of: shape.literals ?? [], latest: shape.latest) && holdsOne(of: shape.secondLiterals)
          && shape.length.contains(line.count) && Self.mayOpen(line, shape),
        "\(pattern) matches \(String(decoding: line, as: UTF8.self)) against \(shape)")
    }
  }
  /// The law behind the law: whatever is asked first, a rule holds for the lines in which its expression is found.
  @Test(arguments: 0..<24 as Range<UInt64>) func scannerFindsWhatExpressionsFind(_ seed: UInt64) throws {
    var numbers = SeededNumbers(state: seed)
    let patterns = (0..<8).map { _ in Self.pattern(&numbers, depth: 3) }
    let file = RuleFile(
      "pack: test\nschema: 1\nrules:\n"
        + patterns.enumerated().map { yaml("{regex: '\($1)'}", id: "other/r\($0)") }.joined(), name: "test.yaml")
    let rules = RuleSet(file.rules)
    try #require(file.errors.isEmpty && rules.errors.isEmpty)
    let lines = (0..<60).map { _ in String(decoding: numbers.text(of: Array("abc 1-".utf8), 1...12), as: UTF8.self) }
    let blocks = readBlocks("x\n" + lines.joined(separator: "\n"))
    let (scanner, folder, subject) = (Scanner(rules), Folder(), RegularExpression.Subject())
    for (rule, pattern) in patterns.enumerated() {
      let expression = try RegularExpression(pattern)
      let expected = (0..<blocks.count).filter { line in
        folder.fold(blocks.string(line)).withUnsafeBufferPointer { subject.set($0) }
        if case .found = expression.firstMatch(in: subject) { return true }
        return false
      }
      #expect(
        scanner.spans(ofRule: rule, in: blocks, host: nil) == expected.map { blocks.range($0) }, "\(pattern)")
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    Unicode.Scalar(byte).properties.isAlphabetic || byte &- 0x30 < 10
  }
  private static func mayOpen(_ line: [UInt8], _ shape: PatternShape) -> Bool {
    let (first, second) = (line.first ?? 0, line.dropFirst().first ?? 0)
    return shape.opening.masks[PatternOpening.class(first)] >> UInt32(PatternOpening.class(second)) & 1 == 1
  }

  static let openings: [(pattern: String, lines: [String], others: [String])] = [
    ("^skip|^jump", ["skip", "jumper"], ["sip", "jam", "x", ""]),
    ("^\\W{0,3}(?:skip|jump) to", ["skip", "» skip", "(x", "é"], ["slip", "up"]),
    ("^(?:the |an? )?(?:ai|x)", ["the", "a ", "an", "ai", "xy", "x"], ["tea", "bi", "y"]),
    ("^[ab]\\d", ["a1", "b2"], ["ab", "c1", "a"]), ("^a+b", ["ab", "aa", "ax"], ["b"]),
    ("^é", ["é"], ["e", "z"]), ("skip", ["x", "skip", ""], []), ("^(?=ab)..", ["ab", "x"], []),
    ("^[^a]b", ["ab", "x"], []), ("^x?$", ["", "x", "y"], []), ("(?i)^abc", ["ABC", "x"], []),
  ]
  @Test(arguments: openings) func opening(_ test: (pattern: String, lines: [String], others: [String])) {
    let shape = PatternShape(test.pattern)
    for line in test.lines { #expect(Self.mayOpen(Array(line.utf8), shape), "\(line)") }
    for line in test.others { #expect(!Self.mayOpen(Array(line.utf8), shape), "\(line)") }
  }

  private static func pattern(_ numbers: inout SeededNumbers, depth: Int) -> String {
    func part(_ numbers: inout SeededNumbers) -> String {
      let quantifiers = ["", "", "", "?", "*", "+", "{2}", "{0,1}", "{1,3}", "+?", "??"]
      let atoms = [
        "a", "b", "c", "ab", "ca", "[ab]", "[^a]", ".", " ", "\\w", "\\s", "\\W", "\\d", "1", "-", "\\x61", "\\u0062",
        "\\b", "^", "$", "^?", "$*", "[[]a]]", "[^]b]", "[a[b]]", "(?#a)",
      ]
      let isGroup = depth > 0 && Int.random(in: 0..<3, using: &numbers) == 0
      let opening = ["(", "(?:", "(?=", "(?i:", "(?<n>", "(?>", "(?!"].randomElement(using: &numbers)!
      let atom =
        isGroup
        ? "\(opening)\(pattern(&numbers, depth: depth - 1)))".replacing("(?<n>", with: "(?:")
        : atoms.randomElement(using: &numbers)!
      let canRepeat =
        !["^", "$", "\\b", "^?", "$*", "(?#a)"].contains(atom) && !atom.hasPrefix("(?=") && !atom.hasPrefix("(?!")
      return atom + (canRepeat ? quantifiers.randomElement(using: &numbers)! : "")
    }
    let alternatives = (0..<Int.random(in: 1...2, using: &numbers)).map { _ in
      (0..<Int.random(in: 1...4, using: &numbers)).map { _ in part(&numbers) }.joined()
    }
    return alternatives.joined(separator: "|")
  }
}
