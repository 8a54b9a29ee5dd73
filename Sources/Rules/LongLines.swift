/// What the rules need to know of long lines.
///
/// Most conditions bound the words or characters of a line, since prompts are short; but paragraphs are most of a page's
/// text. They are searched for the phrases of the other conditions alone: a third of all, and fewer in long paragraphs.
struct LongLines {
  /// A line of more words and more characters, and of more bytes than any text that is a whole line, is long, or very long.
  private static let bounds: [(words: Int32, characters: Int32)] = [(20, 120), (40, 240)]

  /// 0 for short lines, 1 for long ones, 2 for very long ones.
  static func level(words: Int32, characters: Int32, bytes: Int, _ program: RuleProgram) -> Int {
    guard bytes > program.lines.longest else { return 0 }
    return bounds.lastIndex { words > $0.words && characters > $0.characters }.map { $0 + 1 } ?? 0
  }
  static let levels = 1...bounds.count

  private let words: Int32
  private let characters: Int32
  private let program: RuleProgram
  /// By signal: whether a condition that can hold for a long line asks for it.
  private(set) var areNeeded: [Bool]

  init(level: Int, _ program: RuleProgram) {
    (words, characters) = Self.bounds[level - 1]
    self.program = program
    areNeeded = Array(repeating: false, count: program.signalCount)
    for rule in program.rules {
      need(rule.condition)
      if let unless = rule.unless, canHold(rule.condition) { need(unless) }
    }
  }

  /// Whether a test can hold for a long line. Wrongly yes is possible, wrongly no is not.
  private func canHold(_ test: Int32) -> Bool {
    switch program.tests[Int(test)] {
    case .phrases(_, let specificity): specificity != .wholeLine
    case .expressions(let run): program.numbers(run).contains { canHold(program.expressions[Int($0)]) }
    case .words(_, let high): high > words
    case .chars(_, let high): high > characters
    case .any(let tests): program.numbers(tests).contains { canHold($0) }
    case .all(let tests): program.numbers(tests).allSatisfy { canHold($0) }
    default: true
    }
  }
  private func canHold(_ expression: RuleProgram.Expression) -> Bool { expression.length.upperBound > characters }

  private mutating func need(_ test: Int32) {
    guard canHold(test) else { return }
    switch program.tests[Int(test)] {
    case .phrases(let signal, _): areNeeded[Int(signal)] = true
    case .expressions(let run):
      for number in program.numbers(run) {
        let expression = program.expressions[Int(number)]
        for signal in [expression.signal, expression.secondSignal] where signal >= 0 && canHold(expression) {
          areNeeded[Int(signal)] = true
        }
      }
    case .any(let tests), .all(let tests): for inner in program.numbers(tests) { need(inner) }
    case .not(let inner): need(inner)
    case .range(let from, let to, _):
      need(from)
      need(to)
    case .tail(let from, _, _): need(from)
    default: break
    }
  }
}
