import Language
import Pages

/// The work of scanning one page: which phrases stand in a line, and which conditions hold for it.
///
/// A value that the scanner holds between pages for its buffers.
struct LineScan {
  let program: RuleProgram
  private(set) var lines = FoldedLines()
  /// By line, after the first round: the family of the rule that holds.
  var families: [FamilySet] = []
  private let counts: LineCounts?
  private var similar: SimilarLines?
  /// Expressions that the time limit stopped.
  private(set) var overruns: Set<Overrun> = []

  private let folder = Folder()
  private let subject = RegularExpression.Subject()
  /// The line that is the subject, or one of the same text; -1 for none.
  private var subjectLine = -1
  /// By expression: what was found of it in the subject of this number.
  private var answers: [(subject: Int32, isFound: Bool)]
  private var subjectNumber: Int32 = 0
  private var marks = SelectorIndex.Marks()
  /// A dump that sets its paragraphs apart by empty lines.
  private var isSpaced = false
  private var expressions: [RegularExpression?]
  private var signals: LineSignals
  /// Rules that are off, or for other hosts.
  var isOff: [Bool]
  /// Clause → the visit in which it was last a candidate.
  private var tried: [Int32]
  private(set) var candidates: [Int32] = []

  init(_ program: RuleProgram, counts: LineCounts?) {
    self.program = program
    self.counts = counts
    expressions = Array(repeating: nil, count: program.expressions.count)
    answers = Array(repeating: (0, false), count: program.expressions.count)
    signals = LineSignals(count: program.signalCount)
    isOff = Array(repeating: false, count: program.rules.count)
    tried = Array(repeating: 0, count: program.clauses.count)
  }

  var count: Int { lines.ranges.count }

  mutating func start(_ blocks: Blocks) {
    lines.read(blocks, folder: folder)
    signals.read(lines, program)
    families = Array(repeating: [], count: blocks.count)
    subjectLine = -1
    similar = nil
    isSpaced = Self.isSpaced(blocks, lines)
    marks = program.selectors.marks(blocks)
    for i in tried.indices { tried[i] = -1 }
  }

  /// Most lines of five words and more, those that are no debris of menus and forms, follow an empty line.
  private static func isSpaced(_ blocks: Blocks, _ lines: FoldedLines) -> Bool {
    guard blocks.contexts.contains(where: { $0.contains(.dump) }) else { return false }
    let long = (0..<blocks.count).filter { lines.wordCounts[$0] >= 5 }
    return long.count { blocks.breaks[$0] == 2 } * 2 > long.count
  }

  /// Turns to a line: what `fit` says afterwards is about this one.
  mutating func visit(_ line: Int) { signals.visit(line) }

  /// Fills `candidates` with the clauses that may hold for a line that is visited for the first time.
  mutating func findCandidates(_ line: Int) {
    candidates.removeAll(keepingCapacity: true)
    for clause in program.unannounced { consider(clause, line) }
    for signal in signals.ofLine(line) {
      for i in program.announcements.range(Int(signal)) { consider(program.announcements[i], line) }
    }
  }
  @inline(__always)
  private mutating func consider(_ announced: RuleProgram.Announcement, _ line: Int) {
    guard announced.words.contains(lines.wordCounts[line]), announced.characters.contains(lines.scalarCounts[line]),
      announced.expression < 0 || fits(announced.expression, line)
    else { return }
    let clause = announced.clause
    guard tried[Int(clause)] != line else { return }
    tried[Int(clause)] = Int32(line)
    if !isOff[Int(program.clauses[Int(clause)].rule)] { candidates.append(clause) }
  }

  // MARK: Conditions

  /// How closely the line last visited satisfies one clause of a rule; nil where it does not.
  mutating func fit(_ clause: RuleProgram.Clause, _ line: Int, _ blocks: Blocks) -> Specificity? {
    guard let fit = fit(test: clause.test, line, blocks) else { return nil }
    return isExcused(clause.rule, line, blocks) ? nil : fit
  }
  mutating func isExcused(_ rule: Int32, _ line: Int, _ blocks: Blocks) -> Bool {
    guard let unless = program.rules[Int(rule)].unless else { return false }
    return fit(test: unless, line, blocks) != nil
  }

  /// Whether a rule with `near`, or a span, could hold for the line last visited, as far as can be
  /// said before the families are known. Wrongly yes is possible, wrongly no is not.
  mutating func mayHold(_ test: Int32, _ line: Int, _ blocks: Blocks) -> Bool {
    switch program.tests[Int(test)] {
    // What expressions say costs much and is asked again when the families are known.
    case .near, .not, .expressions: return true
    case .any(let tests):
      for i in tests.start..<tests.end where mayHold(program.numbers[Int(i)], line, blocks) { return true }
      return false
    case .all(let tests):
      for i in tests.start..<tests.end where !mayHold(program.numbers[Int(i)], line, blocks) { return false }
      return true
    case .range(let from, _, _), .tail(let from, _, _): return mayHold(from, line, blocks)
    default: return fit(test: test, line, blocks) != nil
    }
  }

  /// How closely the line last visited satisfies a test; nil where it does not.
  mutating func fit(test: Int32, _ line: Int, _ blocks: Blocks) -> Specificity? {
    func when(_ holds: Bool) -> Specificity? { holds ? .context : nil }
    switch program.tests[Int(test)] {
    case .phrases(let signal, let specificity): return isGiven(signal) ? specificity : nil
    case .expressions(let indices):
      for i in indices.start..<indices.end where matches(program.numbers[Int(i)], line) { return .pattern }
      return nil
    case .words(let low, let high): return when(lines.wordCounts[line] >= low && lines.wordCounts[line] <= high)
    case .chars(let low, let high): return when(lines.scalarCounts[line] >= low && lines.scalarCounts[line] <= high)
    case .repeats(let minimum): return when(lines.repeats[line] >= minimum)
    case .similar(let minimum):
      let similar = similar ?? SimilarLines(lines)
      self.similar = similar
      return when(similar.counts[line] >= minimum)
    case .pages(let minimum): return when(counts?.count(lines.hashes[line]) ?? 0 >= minimum)
    case .joined(let isJoined): return when((isSpaced && blocks.breaks[line] == 1) == isJoined)
    case .near(let wanted, let distance):
      let around = max(0, line - Int(distance))...min(count - 1, line + Int(distance))
      for other in around where other != line && !families[other].isDisjoint(with: wanted) { return .context }
      return nil
    case .at(let first, let last):
      func lines(_ value: Double) -> Int {
        value < 1 ? Int((value * Double(count)).rounded(.up)) : Int(min(value, Double(count)))
      }
      return when((first >= 0 && line < lines(first)) || (last >= 0 && line >= count - lines(last)))
    case .kind(let kinds): return when(!kinds.isDisjoint(with: KindSet(blocks.kinds[line])))
    case .inside(let context, let orLink):
      return when(!blocks.contexts[line].isDisjoint(with: context) || (orLink && blocks.linkDensity(line) > 0.5))
    case .selector(let number): return when(marks.contains(number, at: Int(blocks.blockElements[line])))
    case .any(let tests):
      var best: Specificity?
      for i in tests.start..<tests.end {
        guard let fit = fit(test: program.numbers[Int(i)], line, blocks) else { continue }
        best = max(best ?? fit, fit)
      }
      return best
    case .all(let tests):
      var best = Specificity.context
      var isNear = false
      for i in tests.start..<tests.end {
        let test = program.numbers[Int(i)]
        guard let fit = fit(test: test, line, blocks) else { return nil }
        best = max(best, fit)
        if case .near = program.tests[Int(test)] { isNear = true }
      }
      return isNear && best == .wholeLine ? .wholeLineNear : best
    case .not(let test): return when(fit(test: test, line, blocks) == nil)
    case .range, .tail: return nil
    }
  }

  private mutating func isGiven(_ signal: Int32) -> Bool {
    signals.isGiven(signal, lines, program)
  }

  /// Whether the line's length and opening are those of a match of the expression.
  @inline(__always)
  private func fits(_ index: Int32, _ line: Int) -> Bool {
    guard program.expressions[Int(index)].length.contains(lines.scalarCounts[line]) else { return false }
    // Zeros stand behind the line.
    let start = lines.ranges[line].lowerBound
    let first = PatternOpening.class(lines.bytes[start])
    let second = PatternOpening.class(lines.bytes[start + 1])
    return program.openings[Int(index) * 32 + first] >> UInt32(second) & 1 == 1
  }

  private mutating func matches(_ index: Int32, _ line: Int) -> Bool {
    let (signal, second) = (program.expressions[Int(index)].signal, program.expressions[Int(index)].secondSignal)
    guard fits(index, line), signal < 0 || isGiven(signal), second < 0 || isGiven(second) else { return false }
    setSubject(line)
    let twin = Int(program.expressions[Int(index)].twin)
    if answers[twin].subject != subjectNumber { answers[twin] = (subjectNumber, find(index) != nil) }
    return answers[twin].isFound
  }
  private mutating func setSubject(_ line: Int) {
    defer { subjectLine = line }
    if subjectLine == line || subjectLine >= 0 && lines.areSame(subjectLine, line) { return }
    lines.bytes.withUnsafeBufferPointer { subject.set(UnsafeBufferPointer(rebasing: $0[lines.ranges[line]])) }
    subjectNumber &+= 1
  }

  /// What the groups of the rule's first pattern that is found in the line hold, as the page spells it.
  mutating func captures(_ rule: Int32, _ line: Int, _ blocks: Blocks) -> [String] {
    visit(line)
    guard let index = program.captures[rule]?.first(where: { matches($0, line) }), find(index) != nil else { return [] }
    return groups(expression(index), OriginalText(line, blocks, folder))
  }

  /// All that the rule's patterns find in the line, in order and without overlaps, of those that start at the same
  /// place the longer one: ranges of `Blocks.text`, and what the groups hold.
  mutating func occurrences(_ rule: Int32, _ line: Int, _ blocks: Blocks) -> [(range: Range<Int>, groups: [String])] {
    visit(line)
    let original = OriginalText(line, blocks, folder)
    var found: [(range: Range<Int>, groups: [String])] = []
    for index in program.captures[rule] ?? [] where matches(index, line) {
      let expression = expression(index)
      var from = 0
      while let range = find(index, from: from) {
        let place = original.range(of: range)
        if !place.isEmpty { found.append((place, groups(expression, original))) }
        from = max(range.upperBound, range.lowerBound + 1)
        if from >= lines.ranges[line].count { break }
      }
    }
    found.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
    var end = 0
    return found.filter { place, _ in
      guard place.lowerBound >= end else { return false }
      end = place.upperBound
      return true
    }
  }

  /// What the groups of the match last found hold.
  private func groups(_ expression: RegularExpression, _ original: OriginalText) -> [String] {
    (1..<expression.groupCount + 1).map { group in
      expression.range(ofGroup: group, in: subject).map { original.string(original.range(of: $0)) } ?? ""
    }
  }

  /// A line as the page spells it, and where each byte of the folded line came from.
  private struct OriginalText {
    private let bytes: ArraySlice<UInt8>
    private var origins: [Int32] = []

    init(_ line: Int, _ blocks: Blocks, _ folder: Folder) {
      bytes = blocks.bytes(line)
      var folded: [UInt8] = []
      bytes.withUnsafeBufferPointer { folder.fold($0, into: &folded, map: &origins) }
    }
    func range(of folded: Range<Int>) -> Range<Int> {
      let start = Int(origins[folded.lowerBound])
      return bytes.startIndex + start..<bytes.startIndex + max(start, Int(origins[folded.upperBound]))
    }
    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
  }

  /// Whether the expression is found in a text that is no line of the page.
  mutating func matches(_ index: Int32, _ text: String) -> Bool {
    folder.fold(text).withUnsafeBufferPointer { subject.set($0) }
    (subjectLine, subjectNumber) = (-1, subjectNumber &+ 1)
    return find(index) != nil
  }

  private mutating func expression(_ index: Int32) -> RegularExpression {
    let twin = Int(program.expressions[Int(index)].twin)
    if let compiled = expressions[twin] { return compiled }
    let pattern = program.expressions[twin].pattern
    guard let compiled = try? RegularExpression(pattern) else { fatalError("an unchecked pattern: \(pattern)") }
    expressions[twin] = compiled
    return compiled
  }

  /// The expression's first match in the subject behind an offset; one that takes too long has none, and is noted.
  private mutating func find(_ index: Int32, from: Int = 0) -> Range<Int>? {
    switch expression(index).firstMatch(in: subject, from: from) {
    case .found(let range): return range
    case .none: return nil
    case .outOfTime:
      let expression = program.expressions[Int(index)]
      overruns.insert(Overrun(rule: expression.rule, place: expression.place))
      return nil
    }
  }
}
