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
    var condition: Test
    var unless: Test?
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

  indirect enum Test: Sendable {
    case phrases([Int32], Specificity)
    case expressions([Int32])
    case words(ClosedRange<Int>)
    case chars(ClosedRange<Int>)
    case repeats(Int)
    case joined(Bool)
    case near([Family], lines: Int)
    case at(first: Double?, last: Double?)
    case kind([BlockKind])
    case inside(BlockContext, orLink: Bool)
    case selector(Int32)
    case any([Test])
    case all([Test])
    case not(Test)
    case range(from: Test, to: Test, max: Int)
    case tail(from: Test, ceiling: Double, longest: Int)
  }
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
      case .page: add(.any([]), unless: nil)
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

  private mutating func add(_ condition: RuleProgram.Test, unless: RuleProgram.Test?) {
    let index = Int32(program.rules.count)
    program.rules.append(.init(condition: condition, unless: unless, phase: Self.phase(of: condition)))
    if let phrases = Self.announcing(condition, program.expressions) {
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

  private mutating func compile(_ condition: Condition) -> RuleProgram.Test {
    switch condition {
    case .line(let texts): .phrases(texts.compactMap { line($0) }, .wholeLine)
    case .starts(let texts): .phrases(texts.compactMap { phrase($0, .start) }, .pattern)
    case .ends(let texts): .phrases(texts.compactMap { phrase($0, .end) }, .pattern)
    case .contains(let texts): .phrases(texts.compactMap { phrase($0, .inside) }, .contains)
    case .regex(let patterns): .expressions(patterns.compactMap { expression($0) })
    case .words(let range): .words(range)
    case .chars(let range): .chars(range)
    case .repeats(let minimum): .repeats(minimum)
    case .joined(let isJoined): .joined(isJoined)
    case .near(let families, let lines): .near(families, lines: lines)
    case .at(let first, let last): .at(first: first, last: last)
    case .kind(let kinds): .kind(kinds)
    case .inside(let context, let orLink): .inside(context, orLink: orLink)
    case .selector(let selector): .selector(program.selectors.add(selector))
    case .any(let conditions): .any(conditions.map { compile($0) })
    case .all(let conditions): .all(Self.cheapFirst(conditions.map { compile($0) }))
    case .not(let condition): .not(compile(condition))
    case .range(let from, let to, let max): .range(from: compile(from), to: compile(to), max: max)
    case .tail(let from, let ceiling, let longest): .tail(from: compile(from), ceiling: ceiling, longest: longest)
    }
  }

  /// Bounds cost nothing, expressions much: the order in which `all` asks.
  private static func cheapFirst(_ tests: [RuleProgram.Test]) -> [RuleProgram.Test] {
    func cost(_ test: RuleProgram.Test) -> Int {
      switch test {
      case .words, .chars, .kind, .inside, .selector, .at, .repeats, .joined: 0
      case .phrases: 1
      case .expressions: 3
      default: 2
      }
    }
    return tests.enumerated().sorted { (cost($0.element), $0.offset) < (cost($1.element), $1.offset) }.map(\.element)
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
  private static func announcing(_ test: RuleProgram.Test, _ expressions: [RuleProgram.Expression]) -> [Int32]? {
    switch test {
    case .phrases(let phrases, _): phrases
    case .expressions(let indices):
      indices.contains { expressions[Int($0)].literals.isEmpty }
        ? nil : indices.flatMap { expressions[Int($0)].literals }
    case .any(let tests):
      tests.reduce([]) { union, test in
        guard let union, let more = announcing(test, expressions) else { return nil }
        return union + more
      }
    case .all(let tests): tests.compactMap { announcing($0, expressions) }.min { $0.count < $1.count }
    case .range(let from, _, _), .tail(let from, _, _): announcing(from, expressions)
    default: nil
    }
  }

  private static func phase(of test: RuleProgram.Test) -> RuleProgram.Phase {
    switch test {
    case .range, .tail: .span
    case .any(let tests), .all(let tests):
      tests.map(phase).contains { $0 == .span } ? .span : tests.map(phase).contains { $0 == .near } ? .near : .line
    case .not(let test): phase(of: test)
    case .near: .near
    default: .line
    }
  }
}
