import Language
import Pages

/// What the scanner runs: conditions over numbered phrases and expressions.
struct RuleProgram: Sendable {
  /// Hash of a whole line without decoration → its text and phrase.
  var lines: [UInt64: LinePhrase] = [:]
  var automaton = Automaton([])
  /// What the hits of the automaton's patterns mean, pattern by pattern; those of pattern `p` stand
  /// in `meaningStarts[p]..<meaningStarts[p + 1]`.
  var meanings: [Meaning] = []
  var meaningStarts: [Int32] = [0]
  var phraseCount = 0
  var expressions: [Expression] = []
  var selectors = SelectorIndex()
  /// All conditions about lines, and the numbers that they speak of.
  var tests: [Test] = []
  var numbers: [Int32] = []
  /// Rules about lines by their numbers (those about pages hold for none), then the probes.
  var rules: [CompiledRule] = []
  /// How many of `rules` are rules.
  var ruleCount = 0
  var pageRules: [PageRule] = []
  /// Phrase → rules that may match where it stands.
  var rulesByPhrase: [[Int32]] = []
  /// Rules that no phrase announces.
  var unannounced: [Int32] = []

  struct LinePhrase: Sendable {
    var text: [UInt8]
    var phrase: Int32
  }
  struct Meaning: Sendable {
    enum Place: Sendable { case start, end, inside, anywhere }
    var place: Place
    var phrase: Int32
  }
  struct Expression: @unchecked Sendable {
    // Only cloned from, never run: workers run their clones.
    let prototype: RegularExpression
    var place: Place
    var literals: [Int32]
  }
  struct CompiledRule: Sendable {
    /// Numbers of tests.
    var condition: Int32
    var unless: Int32?
    var phase: Phase
  }
  struct PageRule: Sendable {
    var rule: Int32
    var condition: PageTest
    var unless: PageTest?
  }
  enum Phase: Sendable { case line, near, span }

  indirect enum PageTest: Sendable {
    /// At least so many lines hold the probe.
    case lines(probe: Int32, min: Int)
    case meta(String, expressions: [Int32])
    case linked(String, expressions: [Int32])
    case metric(PageMetric, ClosedRange<Double>)
    case found(rules: [String], families: [Family], min: Int)
    case score(atLeast: Double, [(PageTest, weight: Double)])
    case any([PageTest])
    case all([PageTest])
    case not(PageTest)
  }

  /// A run of `numbers`.
  struct Run: Sendable {
    var start: Int32
    var end: Int32
  }

  /// A condition about a line. Holds no reference, so that asking costs no reference counting; tests
  /// inside tests are numbers.
  enum Test: Sendable {
    case phrases(Run, Specificity)
    case expressions(Run)
    case words(Int32, Int32)
    case chars(Int32, Int32)
    case repeats(Int32)
    case joined(Bool)
    case near(FamilySet, lines: Int32)
    /// Below 0 for none.
    case at(first: Double, last: Double)
    case kind(KindSet)
    case inside(BlockContext, orLink: Bool)
    case selector(Int32)
    case any(Run)
    case all(Run)
    case not(Int32)
    case range(from: Int32, to: Int32, max: Int32)
    case tail(from: Int32, ceiling: Double, longest: Int32)
  }

  func numbers(_ run: Run) -> ArraySlice<Int32> { numbers[Int(run.start)..<Int(run.end)] }
}

/// A set of families.
struct FamilySet: OptionSet, Sendable {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
  init(_ family: Family) { rawValue = 1 << UInt32(Family.allCases.firstIndex(of: family)!) }
}

/// A set of kinds of blocks.
struct KindSet: OptionSet, Sendable {
  let rawValue: UInt16
  init(rawValue: UInt16) { self.rawValue = rawValue }
  init(_ kind: BlockKind) { rawValue = 1 << UInt16(kind.rawValue) }
}

/// How closely a match fits; the closer one wins.
enum Specificity: Int, Sendable, Comparable {
  case tail, range, context, contains, pattern, wholeLine

  static func < (a: Specificity, b: Specificity) -> Bool { a.rawValue < b.rawValue }
}

/// Turns rules into a program: phrases numbered, literals of expressions found, rules filed under the
/// phrases that announce them.
struct RuleCompiler {
  private(set) var errors: [RuleError] = []
  private var program = RuleProgram()
  private var patterns: [[UInt8]: Int] = [:]
  private var meanings: [[RuleProgram.Meaning]] = []
  private let folder = Folder()
  private var rule: Rule!

  mutating func compile(_ rules: [Rule]) -> RuleProgram {
    for rule in rules {
      self.rule = rule
      switch rule.match {
      case .line(let match, let unless): add(compile(match), unless: unless.map { compile($0) })
      case .page: add(test(.any(run([]))), unless: nil)
      }
    }
    program.ruleCount = rules.count
    for (index, rule) in rules.enumerated() {
      guard case .page(let match, let unless) = rule.match else { continue }
      self.rule = rule
      let condition = compile(match)
      program.pageRules.append(.init(rule: Int32(index), condition: condition, unless: unless.map { compile($0) }))
    }
    program.rulesByPhrase += Array(repeating: [], count: program.phraseCount - program.rulesByPhrase.count)
    program.automaton = Automaton(patterns.sorted { $0.value < $1.value }.map(\.key))
    for list in meanings {
      program.meanings += list
      program.meaningStarts.append(Int32(program.meanings.count))
    }
    return program
  }

  private mutating func add(_ condition: Int32, unless: Int32?) {
    let index = Int32(program.rules.count)
    // An excuse that asks for neighbours can only be heard when these are known.
    let isExcusedByNeighbours = unless.map { phase(of: $0) == .near } ?? false
    let own = phase(of: condition)
    program.rules.append(
      .init(condition: condition, unless: unless, phase: own == .line && isExcusedByNeighbours ? .near : own))
    if let phrases = announcing(condition) {
      for phrase in Set(phrases) { file(index, under: phrase) }
    } else {
      program.unannounced.append(index)
    }
  }

  private mutating func compile(_ condition: PageCondition) -> RuleProgram.PageTest {
    switch condition {
    case .lines(let condition, let min):
      add(compile(condition), unless: nil)
      return .lines(probe: Int32(program.rules.count - 1 - program.ruleCount), min: min)
    case .meta(let name, let patterns): return .meta(name, expressions: patterns.compactMap { expression($0) })
    case .linked(let key, let patterns): return .linked(key, expressions: patterns.compactMap { expression($0) })
    case .metric(let metric, let range): return .metric(metric, range)
    case .found(let rules, let families, let min): return .found(rules: rules, families: families, min: min)
    case .score(let least, let terms): return .score(atLeast: least, terms.map { (compile($0.condition), $0.weight) })
    case .any(let conditions): return .any(conditions.map { compile($0) })
    case .all(let conditions): return .all(conditions.map { compile($0) })
    case .not(let condition): return .not(compile(condition))
    }
  }

  private mutating func file(_ rule: Int32, under phrase: Int32) {
    while program.rulesByPhrase.count <= Int(phrase) { program.rulesByPhrase.append([]) }
    program.rulesByPhrase[Int(phrase)].append(rule)
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
    case .line(let texts): return test(.phrases(run(texts.compactMap { line($0) }), .wholeLine))
    case .starts(let texts): return test(.phrases(run(texts.compactMap { phrase($0, .start) }), .pattern))
    case .ends(let texts): return test(.phrases(run(texts.compactMap { phrase($0, .end) }), .pattern))
    case .contains(let texts): return test(.phrases(run(texts.compactMap { phrase($0, .inside) }), .contains))
    case .regex(let patterns): return test(.expressions(run(patterns.compactMap { expression($0) })))
    case .words(let range): return test(.words(bound(range.lowerBound), bound(range.upperBound)))
    case .chars(let range): return test(.chars(bound(range.lowerBound), bound(range.upperBound)))
    case .repeats(let minimum): return test(.repeats(bound(minimum)))
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
      // Compiled first: what `cheapFirst` looks at is what is compiled when it is called.
      let tests = compileAll(conditions)
      return test(.all(run(cheapFirst(tests))))
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
  private func cheapFirst(_ tests: [Int32]) -> [Int32] {
    func cost(_ test: Int32) -> Int {
      switch program.tests[Int(test)] {
      case .words, .chars, .kind, .inside, .selector, .at, .repeats, .joined: 0
      case .phrases: 1
      case .expressions: 3
      default: 2
      }
    }
    return tests.sorted { (cost($0), $0) < (cost($1), $1) }
  }

  private mutating func line(_ text: String) -> Int32? {
    let folded = folder.fold(text)
    let core = folded.withUnsafeBufferPointer { FoldedLines.core($0) }
    guard !core.isEmpty else {
      errors.append(RuleError(place: rule.place, message: "\(rule.id): a phrase has no text after folding"))
      return nil
    }
    let text = Array(folded[core])
    let hash = text.withUnsafeBufferPointer { TextHash.of($0) }
    if let known = program.lines[hash] {
      guard known.text != text else { return known.phrase }
      errors.append(
        RuleError(place: rule.place, message: "\(rule.id): a phrase has the same hash as another; reword it"))
      return nil
    }
    let phrase = newPhrase()
    program.lines[hash] = .init(text: text, phrase: phrase)
    return phrase
  }

  private mutating func phrase(_ text: String, _ place: RuleProgram.Meaning.Place) -> Int32? {
    let folded = folder.fold(text)
    guard !folded.isEmpty else {
      errors.append(RuleError(place: rule.place, message: "\(rule.id): a phrase has no text after folding"))
      return nil
    }
    let pattern = patterns[folded] ?? patterns.count
    if pattern == patterns.count {
      patterns[folded] = pattern
      meanings.append([])
    }
    if let known = meanings[pattern].first(where: { $0.place == place }) { return known.phrase }
    let phrase = newPhrase()
    meanings[pattern].append(.init(place: place, phrase: phrase))
    return phrase
  }

  private mutating func newPhrase() -> Int32 {
    defer { program.phraseCount += 1 }
    return Int32(program.phraseCount)
  }

  private mutating func expression(_ pattern: Condition.Pattern) -> Int32? {
    do throws(RegularExpression.SyntaxError) {
      let prototype = try RegularExpression(pattern.text)
      let literals = RequiredLiterals.of(pattern.text)?.compactMap { phrase($0, .anywhere) } ?? []
      program.expressions.append(.init(prototype: prototype, place: pattern.place, literals: literals))
      return Int32(program.expressions.count - 1)
    } catch {
      errors.append(
        RuleError(
          place: pattern.place,
          message: "\(rule.id): the pattern is not valid at character \(error.offset + 1): \(error.reason)"))
      return nil
    }
  }

  // MARK: Announcement

  /// Phrases of which at least one stands in every line that satisfies the test; nil where none need.
  private func announcing(_ test: Int32) -> [Int32]? {
    switch program.tests[Int(test)] {
    case .phrases(let phrases, _): return Array(program.numbers(phrases))
    case .expressions(let run):
      let literals = program.numbers(run).map { program.expressions[Int($0)].literals }
      return literals.contains { $0.isEmpty } ? nil : literals.flatMap { $0 }
    case .any(let tests):
      return program.numbers(tests).reduce([]) { union, test in
        guard let union, let more = announcing(test) else { return nil }
        return union + more
      }
    case .all(let tests): return program.numbers(tests).compactMap { announcing($0) }.min { $0.count < $1.count }
    case .range(let from, _, _), .tail(let from, _, _): return announcing(from)
    default: return nil
    }
  }

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
