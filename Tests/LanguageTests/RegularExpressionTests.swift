import Testing

@testable import Language

@Suite struct RegularExpressionTests {
  private func first(_ pattern: String, _ text: String, from start: Int = 0) throws -> RegularExpression.Outcome {
    let subject = RegularExpression.Subject()
    Array(text.utf8).withUnsafeBufferPointer { subject.set($0) }
    return try RegularExpression(pattern).firstMatch(in: subject, from: start)
  }
  static let cases: [(pattern: String, text: String, found: Range<Int>?)] = [
    ("b+", "abbc", 1..<3), ("x", "abc", nil), ("^abc$", "abc", 0..<3), ("é", "aéb", 1..<3), ("b", "é😀b", 6..<7),
    ("😀", "é😀b", 2..<6),
    (".", "😀", 0..<4), ("$", "é", 2..<2), ("\\bnews\\b", "old news", 4..<8),
    ("(?i)NEWS", "news", 0..<4),
    ("\\p{Cyrillic}+", "ab слово", 3..<13), ("a.c", "a\u{FFFD}c", 0..<5),
  ]
  @Test(arguments: cases) func finds(_ test: (pattern: String, text: String, found: Range<Int>?)) throws {
    #expect(try first(test.pattern, test.text) == test.found.map { .found($0) } ?? .none)
  }
  @Test func startsWhereItIsTold() throws {
    #expect(try first("a", "éaéa", from: 3) == .found(5..<6))
    #expect(try first("a", "a", from: 1) == .none)
  }
  @Test func aTimeLimitStops() throws {
    var outcome = RegularExpression.Outcome.none
    let time = try ContinuousClock().measure {
      outcome = try first("(a+)+$", String(repeating: "a", count: 5_000) + "!")
    }
    #expect(outcome == .outOfTime)
    #expect(time < .seconds(4))
  }
  @Test func aDeepPatternDoesNotOverflow() throws {
    let outcome = try first("(?:a|b)*c", String(repeating: "ab", count: 1_000_000))
    #expect(outcome == .outOfTime || outcome == .none)
  }
  static let broken: [(pattern: String, reason: String, offset: Int)] = [
    ("ab(c", "U_REGEX_MISMATCHED_PAREN", 4), ("a{2", "U_REGEX_BAD_INTERVAL", 3),
    ("[a", "U_REGEX_MISSING_CLOSE_BRACKET", 2), ("*a", "U_REGEX_RULE_SYNTAX", 1), ("", "U_ILLEGAL_ARGUMENT_ERROR", 0),
  ]
  @Test(arguments: broken) func isRefused(_ test: (pattern: String, reason: String, offset: Int)) {
    #expect(throws: RegularExpression.SyntaxError(reason: test.reason, offset: test.offset)) {
      try RegularExpression(test.pattern)
    }
  }
  @Test func aSubjectIsReused() throws {
    let subject = RegularExpression.Subject()
    let expression = try RegularExpression("b")
    for (text, outcome) in [("ab", RegularExpression.Outcome.found(1..<2)), ("", .none), ("éb", .found(2..<3))] {
      Array(text.utf8).withUnsafeBufferPointer { subject.set($0) }
      #expect(expression.firstMatch(in: subject) == outcome)
    }
  }
}
