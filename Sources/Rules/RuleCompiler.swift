import Language
import Pages

/// Turns rules into a program: phrases numbered, literals of expressions found, rules filed under the
/// phrases that announce them.
struct RuleCompiler {
  private(set) var errors: [RuleError] = []
  private var program = RuleProgram()
  private var numbered = NumberedPhrases()
  /// The signals of lists of phrases: rules share them.
  private var signals: [[Int32]: Int32] = [:]
  /// By signal: how often its phrases may stand in text, a guess; how many they are, whole lines, which are looked up by
  /// hash, counting as too many to be late; and the clauses that it announces.
  private var loads: [Int] = []
  private var phraseCounts: [Int] = []
  private var announcements = ListBuilder<RuleProgram.Announcement>()
  private let folder = Folder()
  private var folded: [UInt8] = []
  private var rule: Rule!
  private let checksExpressions: Bool
  /// By expression: how many groups it has.
  private var groupCounts: [Int] = []

  private let scope: Rule.Scope

  /// For the rules of a scope; those of a page belong to `line`.
  init(_ scope: Rule.Scope, checksExpressions: Bool) {
    self.scope = scope
    self.checksExpressions = checksExpressions
  }

  /// Rules of other scopes have their numbers too, and hold for no line.
  mutating func compile(_ rules: [Rule]) -> RuleProgram {
    for rule in rules {
      self.rule = rule
      guard rule.scope == scope, case .line(let match, let unless) = rule.match else {
        add(test(.any(run([]))), unless: nil)
        continue
      }
      let first = program.expressions.count
      let condition = compile(match)
      noteCaptures(first..<program.expressions.count)
      add(condition, unless: unless.map { compile($0) })
    }
    program.ruleCount = rules.count
    for (index, rule) in rules.enumerated() where scope == .line {
      guard case .page(let match, let unless) = rule.match else { continue }
      self.rule = rule
      let condition = compile(match)
      program.pageRules.append(.init(rule: Int32(index), condition: condition, unless: unless.map { compile($0) }))
    }
    program.announcements = announcements.lists()
    program.areLate = (0..<announcements.count).map {
      program.announcements.isEmpty($0) && phraseCounts[$0] <= LatePhrases.most
    }
    putCheapFirst()
    numbered.write(to: &program)
    return program
  }

  private mutating func add(_ condition: Int32, unless: Int32?) {
    let index = Int32(program.rules.count)
    // An excuse that asks for neighbours can only be heard when these are known.
    let isExcusedByNeighbours = unless.map { phase(of: $0) == .near } ?? false
    let own = phase(of: condition)
    program.rules.append(
      .init(condition: condition, unless: unless, phase: own == .line && isExcusedByNeighbours ? .near : own))
    for alternative in alternatives(condition) {
      let clause = Int32(program.clauses.count)
      program.clauses.append(.init(rule: index, test: alternative))
      var announcement = RuleProgram.Announcement(
        clause: clause, expression: -1, words: bounds(alternative, .words), characters: bounds(alternative, .characters)
      )
      guard let signals = announcing(alternative) else {
        program.unannounced.append(announcement)
        continue
      }
      for (signal, expression) in signals {
        if let last = announcements.last(in: signal), last.clause == clause, last.expression == expression { continue }
        announcement.expression = expression
        announcements.append(announcement, to: signal)
      }
    }
  }

  private mutating func noteCaptures(_ expressions: Range<Int>) {
    if rule.replacement != nil { program.captures[Int32(program.rules.count)] = expressions.map { Int32($0) } }
    for (name, text) in [("message", rule.message), ("text of with", rule.replacement ?? "")] {
      guard text.utf8.contains(0x7B), let most = (1...9).last(where: { text.contains("{\($0)}") }) else { continue }
      program.captures[Int32(program.rules.count)] = expressions.map { Int32($0) }
      if !checksExpressions || expressions.contains(where: { groupCounts[$0] >= most }) { continue }
      errors.append(
        RuleError(
          place: rule.place, message: "\(rule.id): the \(name) asks for {\(most)}, but no regex has so many groups"))
    }
  }

  private func alternatives(_ test: Int32) -> [Int32] {
    guard case .any(let tests) = program.tests[Int(test)] else { return [test] }
    return program.numbers(tests).flatMap(alternatives)
  }

  private mutating func compile(_ condition: PageCondition) -> RuleProgram.PageTest {
    switch condition {
    case .lines(let condition, let min):
      add(compile(condition), unless: nil)
      return .lines(probe: Int32(program.rules.count - 1 - program.ruleCount), min: min)
    case .meta(let name, let patterns):
      return .meta(name, expressions: patterns.compactMap { expression($0, isOnLines: false) })
    case .linked(let key, let patterns):
      return .linked(key, expressions: patterns.compactMap { expression($0, isOnLines: false) })
    case .metric(let metric, let range): return .metric(metric, range)
    case .found(let rules, let families, let min): return .found(rules: rules, families: families, min: min)
    case .score(let least, let terms): return .score(atLeast: least, terms.map { (compile($0.condition), $0.weight) })
    case .any(let conditions): return .any(conditions.map { compile($0) })
    case .all(let conditions): return .all(conditions.map { compile($0) })
    case .not(let condition): return .not(compile(condition))
    }
  }

  // MARK: Conditions

  private mutating func test(_ test: RuleProgram.Test) -> Int32 {
    program.tests.append(test)
    return Int32(program.tests.count - 1)
  }
  private mutating func run(_ numbers: [Int32]) -> RuleProgram.Run {
    program.numbers += numbers
    return .init(start: Int32(program.numbers.count - numbers.count), end: Int32(program.numbers.count))
  }

  private mutating func compileAll(_ conditions: [Condition]) -> [Int32] {
    var tests: [Int32] = []
    for condition in conditions { tests.append(compile(condition)) }
    return tests
  }

  /// Returns the number of the test.
  private mutating func compile(_ condition: Condition) -> Int32 {
    func bound(_ value: Int) -> Int32 { Int32(clamping: value) }
    switch condition {
    case .line(let texts): return phrases(texts.compactMap { line($0) }, .wholeLine)
    case .starts(let texts): return phrases(texts.compactMap { phrase($0, .start) }, .pattern)
    case .ends(let texts): return phrases(texts.compactMap { phrase($0, .end) }, .pattern)
    case .contains(let texts): return phrases(texts.compactMap { phrase($0, .inside) }, .contains)
    case .regex(let patterns): return test(.expressions(run(patterns.compactMap { expression($0) })))
    case .words(let range): return test(.words(bound(range.lowerBound), bound(range.upperBound)))
    case .chars(let range): return test(.chars(bound(range.lowerBound), bound(range.upperBound)))
    case .repeats(let minimum): return test(.repeats(bound(minimum)))
    case .similar(let minimum): return test(.similar(bound(minimum)))
    case .pages(let minimum): return test(.pages(bound(minimum)))
    case .joined(let isJoined): return test(.joined(isJoined))
    case .near(let families, let lines):
      return test(.near(FamilySet(families.map { FamilySet($0) }), lines: bound(lines)))
    case .at(let first, let last): return test(.at(first: first ?? -1, last: last ?? -1))
    case .kind(let kinds): return test(.kind(KindSet(kinds.map { KindSet($0) })))
    case .inside(let context, let orLink): return test(.inside(context, orLink: orLink))
    case .selector(let selector): return test(.selector(program.selectors.add(selector)))
    case .any(let conditions):
      let tests = compileAll(conditions)
      return test(.any(run(tests)))
    case .all(let conditions):
      let tests = compileAll(conditions)
      return test(.all(run(tests)))
    case .not(let condition):
      let inner = compile(condition)
      return test(.not(inner))
    case .range(let from, let to, let max):
      let (first, last) = (compile(from), compile(to))
      return test(.range(from: first, to: last, max: bound(max)))
    case .tail(let from, let ceiling, let longest):
      let first = compile(from)
      return test(.tail(from: first, ceiling: ceiling, longest: bound(longest)))
    }
  }

  /// Bounds cost nothing, expressions much: the order in which `all` asks.
  private mutating func putCheapFirst() {
    for case .all(let run) in program.tests {
      for i in Int(run.start)..<Int(run.end) {
        for j in (Int(run.start)..<i).reversed() where cost(program.numbers[j]) > cost(program.numbers[j + 1]) {
          program.numbers.swapAt(j, j + 1)
        }
      }
    }
  }
  private func cost(_ test: Int32) -> Int {
    switch program.tests[Int(test)] {
    case .phrases(let signal, _): program.areLate[Int(signal)] ? 2 : 0
    case .words, .chars, .kind, .inside, .selector, .at, .repeats, .pages, .joined: 1
    case .expressions: 3
    default: 2
    }
  }

  private mutating func line(_ text: String) -> Int32? {
    guard fold(text) else { return nil }
    let line = Int(
      folded.withUnsafeBufferPointer {
        program.lines.add(UnsafeBufferPointer(rebasing: $0[FoldedLines.core($0)]))
      })
    if line == program.linePhrases.count { program.linePhrases.append(numbered.addLine()) }
    return program.linePhrases[line]
  }

  private mutating func phrase(_ text: String, _ place: RuleProgram.Meaning.Place) -> Int32? {
    guard fold(text) else { return nil }
    return folded.withUnsafeBufferPointer { numbered.phrase($0, place) }
  }

  /// Folds a phrase; false, after a complaint, where nothing is left of it.
  private mutating func fold(_ text: String) -> Bool {
    folded.removeAll(keepingCapacity: true)
    var text = text
    text.withUTF8 { folder.fold($0, into: &folded) }
    if folded.isEmpty {
      errors.append(RuleError(place: rule.place, message: "\(rule.id): a phrase has no text after folding"))
    }
    return !folded.isEmpty
  }

  /// The signal that is given by any of the phrases.
  private mutating func signal(_ phrases: [Int32], areLines: Bool = false) -> Int32 {
    if let known = signals[phrases] { return known }
    let signal = Int32(announcements.count)
    signals[phrases] = signal
    phraseCounts.append(areLines ? .max : phrases.count)
    announcements.addList()
    loads.append(1 + numbered.give(signal, by: phrases))
    return signal
  }

  private mutating func phrases(_ phrases: [Int32], _ specificity: Specificity) -> Int32 {
    test(.phrases(signal: signal(phrases, areLines: specificity == .wholeLine), specificity))
  }

  /// By the hash of a pattern of lines, since strings hash slowly: its first expression.
  private var twins: [UInt64: Int32] = [:]

  /// Only lines are searched for literals first.
  private mutating func expression(_ pattern: Condition.Pattern, isOnLines: Bool = true) -> Int32? {
    do throws(RegularExpression.SyntaxError) {
      if checksExpressions { groupCounts.append(try RegularExpression(pattern.text).groupCount) }
      let number = Int32(program.expressions.count)
      let hash = pattern.text.utf8.withContiguousStorageIfAvailable { PhraseTable.hash($0) } ?? 0
      if isOnLines, let twin = twins[hash], program.expressions[Int(twin)].pattern.utf8.elementsEqual(pattern.text.utf8)
      {
        var expression = program.expressions[Int(twin)]
        (expression.rule, expression.place) = (rule.id, pattern.place)
        program.expressions.append(expression)
        program.openings += program.openings[Int(twin) * 32..<Int(twin) * 32 + 32]
        return number
      }
      if isOnLines { twins[hash] = number }
      let shape = PatternShape(pattern.text)
      let first = isOnLines ? literals(shape.literals ?? [], latest: shape.latest) : -1
      let second = isOnLines ? literals(shape.secondLiterals, latest: PatternShape.unbounded) : -1
      program.expressions.append(
        .init(
          pattern: pattern.text, rule: rule.id, place: pattern.place, signal: first, secondSignal: second,
          length: Int32(shape.length.lowerBound)...Int32(shape.length.upperBound), twin: number))
      program.openings += shape.opening.masks
      return number
    } catch {
      let name = RuleChecks.unknownBank(in: pattern.text).map { "; \($0) is no name under this pack's phrases" } ?? ""
      errors.append(
        RuleError(
          place: pattern.place,
          message: "\(rule.id): the pattern is not valid at character \(error.offset + 1): \(error.reason)\(name)"))
      return nil
    }
  }

  /// The signal of literals of which the last stands so many characters into the line at most; -1 where one may be none.
  private mutating func literals(_ literals: [PatternShape.Literal], latest: Int) -> Int32 {
    var found: [Int32] = []
    for literal in literals {
      folded.removeAll(keepingCapacity: true)
      literal.text.withUnsafeBufferPointer { folder.fold($0, into: &folded) }
      if folded.isEmpty { return -1 }
      // Whether letters set apart are put together depends on what stands around them in the line.
      if folded.count + 3 <= literal.text.count, SpacedLetters.mayStand(in: Array(literal.text), from: 0) { return -1 }
      // What folding takes from the literal, spaces before it, comes on top.
      let latest = Int32(clamping: latest + max(0, literal.text.count - folded.count))
      let isWordStart = literal.isWordStart || literal.text.first == 0x20
      found.append(
        folded.withUnsafeBufferPointer { numbered.phrase($0, .within(latest, isWordStart: isWordStart)) })
    }
    return found.isEmpty ? -1 : signal(found)
  }

  // MARK: Announcement

  /// Signals of which at least one is given in every line that satisfies the test, and the expression to which each
  /// belongs, -1 for none; nil where none need be given.
  private func announcing(_ test: Int32) -> [(signal: Int32, expression: Int32)]? {
    switch program.tests[Int(test)] {
    case .phrases(let signal, _): return [(signal, -1)]
    case .expressions(let run):
      let signals = program.numbers(run).map { (program.expressions[Int($0)].signal, $0) }
      return signals.contains { $0.0 == -1 } ? nil : signals
    case .any(let tests):
      return program.numbers(tests).reduce([]) { union, test in
        guard let union, let more = announcing(test) else { return nil }
        return union + more
      }
    case .all(let tests):
      func load(_ signals: [(signal: Int32, expression: Int32)]) -> Int {
        signals.reduce(0) { $0 + loads[Int($1.signal)] }
      }
      return program.numbers(tests).compactMap { announcing($0) }.min { load($0) < load($1) }
    case .range(let from, _, _), .tail(let from, _, _): return announcing(from)
    default: return nil
    }
  }

  /// How many words or characters a line has that satisfies a test.
  private func bounds(_ test: Int32, _ unit: Unit) -> ClosedRange<Int32> {
    let all: ClosedRange<Int32> = 0...Int32.max
    switch (program.tests[Int(test)], unit) {
    case (.words(let low, let high), .words), (.chars(let low, let high), .characters):
      return low <= high ? low...high : all
    case (.all(let tests), _):
      return program.numbers(tests).reduce(all) { range, test in
        let other = bounds(test, unit)
        return range.overlaps(other) ? range.clamped(to: other) : range
      }
    case (.range(let from, _, _), _), (.tail(let from, _, _), _): return bounds(from, unit)
    default: return all
    }
  }
  private enum Unit { case words, characters }

  private func phase(of test: Int32) -> RuleProgram.Phase {
    switch program.tests[Int(test)] {
    case .range, .tail: return .span
    case .any(let tests), .all(let tests):
      let phases = program.numbers(tests).map { phase(of: $0) }
      return phases.contains { $0 == .span } ? .span : phases.contains { $0 == .near } ? .near : .line
    case .not(let test): return phase(of: test)
    case .near: return .near
    default: return .line
    }
  }
}
