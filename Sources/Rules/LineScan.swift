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
  /// Places of expressions that a time limit stopped.
  private(set) var overruns: Set<String> = []

  private let folder = Folder()
  private let subject = RegularExpression.Subject()
  private var subjectLine = -1
  private var marks = SelectorIndex.Marks()
  /// A dump that sets its paragraphs apart by empty lines.
  private var isSpaced = false
  private var expressions: [RegularExpression?]
  /// Phrase → the look, plus one, in which it was last seen. A look is one visit to a line.
  private var seen: [Int32]
  private var look: Int32 = 0
  private var line = 0
  private var hasPhrases = false
  private var phrases: [Int32] = []
  /// Rule → the look in which it was last a candidate.
  private var tried: [Int32]
  private(set) var candidates: [Int32] = []

  init(_ program: RuleProgram) {
    self.program = program
    expressions = Array(repeating: nil, count: program.expressions.count)
    seen = Array(repeating: 0, count: program.phraseCount)
    tried = Array(repeating: 0, count: program.rules.count)
  }

  var count: Int { lines.ranges.count }

  mutating func start(_ blocks: Blocks) {
    lines.read(blocks, folder: folder)
    families = Array(repeating: [], count: blocks.count)
    subjectLine = -1
    isSpaced = Self.isSpaced(blocks, lines)
    marks = program.selectors.marks(blocks)
    look = 0
    for i in seen.indices { seen[i] = 0 }
    for i in tried.indices { tried[i] = 0 }
  }

  /// Most lines of five words and more, those that are no debris of menus and forms, follow an empty line.
  private static func isSpaced(_ blocks: Blocks, _ lines: FoldedLines) -> Bool {
    guard blocks.contexts.contains(where: { $0.contains(.dump) }) else { return false }
    let long = (0..<blocks.count).filter { lines.wordCounts[$0] >= 5 }
    return long.count { blocks.breaks[$0] == 2 } * 2 > long.count
  }

  // MARK: Phrases

  /// Turns to a line: what `fit` says afterwards is about this one.
  mutating func visit(_ line: Int) {
    look += 1
    self.line = line
    hasPhrases = false
  }

  /// Finds the phrases of the line last visited, unless that was done.
  private mutating func findPhrases() {
    guard !hasPhrases else { return }
    hasPhrases = true
    phrases.removeAll(keepingCapacity: true)
    lines.bytes.withUnsafeBufferPointer { bytes in
      let range = lines.ranges[line]
      let text = UnsafeBufferPointer(rebasing: bytes[range])
      let core = lines.cores[line].lowerBound - range.lowerBound..<lines.cores[line].upperBound - range.lowerBound
      seeWhole(lines.coreHashes[line], UnsafeBufferPointer(rebasing: text[core]))
      if lines.hashes[line] != lines.coreHashes[line] { seeWhole(lines.hashes[line], text) }
      seeParts(text, core)
    }
  }

  private mutating func seeWhole(_ hash: UInt64, _ text: UnsafeBufferPointer<UInt8>) {
    if let known = program.lines[hash], known.text.elementsEqual(text) { see(known.phrase) }
  }

  private mutating func seeParts(_ text: UnsafeBufferPointer<UInt8>, _ core: Range<Int>) {
    program.automaton.scan(text) { pattern, end in
      let start = end - program.automaton.lengths[pattern]
      for index in program.meaningStarts[pattern]..<program.meaningStarts[pattern + 1] {
        let meaning = program.meanings[Int(index)]
        guard seen[Int(meaning.phrase)] != look else { continue }
        let fits =
          switch meaning.place {
          case .anywhere: true
          case .start: (start == 0 || start == core.lowerBound) && Self.isBoundary(text, end)
          case .end: (end == text.count || end == core.upperBound) && Self.isBoundary(text, start)
          case .inside: Self.isBoundary(text, start) && Self.isBoundary(text, end)
          }
        if fits { see(meaning.phrase) }
      }
    }
  }

  private mutating func see(_ phrase: Int32) {
    guard seen[Int(phrase)] != look else { return }
    seen[Int(phrase)] = look
    phrases.append(phrase)
  }

  /// No letter or digit stands on both sides of `at`.
  private static func isBoundary(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at > 0, at < text.count, isWord(text[at]) else { return true }
    var before = at - 1
    while before > 0, text[before] & 0xC0 == 0x80 { before -= 1 }
    return !isWord(text[before])
  }
  /// Whether a first byte is that of a letter or digit. Cyrillic, Greek and accented Latin have two bytes;
  /// scripts of three bytes and more are mostly written without spaces and have no boundaries to ask for.
  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || (byte >= 0xC3 && byte < 0xE0)
  }

  /// Fills `candidates` with the rules that may hold for the line last visited.
  mutating func findCandidates() {
    findPhrases()
    candidates.removeAll(keepingCapacity: true)
    candidates += program.unannounced
    for phrase in phrases {
      for rule in program.rulesByPhrase[Int(phrase)] where tried[Int(rule)] != look {
        tried[Int(rule)] = look
        candidates.append(rule)
      }
    }
  }

  // MARK: Conditions

  /// How closely the line last visited satisfies a rule; nil where it does not.
  mutating func fit(_ rule: Int32, _ line: Int, _ blocks: Blocks) -> Specificity? {
    guard let fit = fit(test: program.rules[Int(rule)].condition, line, blocks) else { return nil }
    return isExcused(rule, line, blocks) ? nil : fit
  }
  mutating func isExcused(_ rule: Int32, _ line: Int, _ blocks: Blocks) -> Bool {
    guard let unless = program.rules[Int(rule)].unless else { return false }
    return fit(test: unless, line, blocks) != nil
  }

  /// Whether a rule with `near`, or a span, could hold for the line last visited, as far as can be
  /// said before the families are known. Wrongly yes is possible, wrongly no is not.
  mutating func mayHold(_ test: Int32, _ line: Int, _ blocks: Blocks) -> Bool {
    switch program.tests[Int(test)] {
    case .near, .not: return true
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
    case .phrases(let phrases, let specificity):
      findPhrases()
      for i in phrases.start..<phrases.end where seen[Int(program.numbers[Int(i)])] == look { return specificity }
      return nil
    case .expressions(let indices):
      for i in indices.start..<indices.end where matches(program.numbers[Int(i)], line) { return .pattern }
      return nil
    case .words(let low, let high): return when(lines.wordCounts[line] >= low && lines.wordCounts[line] <= high)
    case .chars(let low, let high): return when(lines.scalarCounts[line] >= low && lines.scalarCounts[line] <= high)
    case .repeats(let minimum): return when(lines.repeats[line] >= minimum)
    case .joined(let isJoined): return when((isSpaced && blocks.breaks[line] == 1) == isJoined)
    case .near(let wanted, let distance):
      let around = max(0, line - Int(distance))...min(count - 1, line + Int(distance))
      for other in around where other != line && !families[other].isDisjoint(with: wanted) { return .context }
      return nil
    case .at(let first, let last):
      func lines(_ value: Double) -> Int { value < 1 ? Int((value * Double(count)).rounded(.up)) : Int(value) }
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
      for i in tests.start..<tests.end {
        guard let fit = fit(test: program.numbers[Int(i)], line, blocks) else { return nil }
        best = max(best, fit)
      }
      return best
    case .not(let test): return when(fit(test: test, line, blocks) == nil)
    case .range, .tail: return nil
    }
  }

  private mutating func matches(_ index: Int32, _ line: Int) -> Bool {
    findPhrases()
    let expression = program.expressions[Int(index)]
    if !expression.literals.isEmpty, !expression.literals.contains(where: { seen[Int($0)] == look }) { return false }
    if subjectLine != line {
      lines.bytes.withUnsafeBufferPointer { subject.set(UnsafeBufferPointer(rebasing: $0[lines.ranges[line]])) }
      subjectLine = line
    }
    return run(index)
  }

  /// Whether the expression is found in a text that is no line of the page.
  mutating func matches(_ index: Int32, _ text: String) -> Bool {
    folder.fold(text).withUnsafeBufferPointer { subject.set($0) }
    subjectLine = -1
    return run(index)
  }

  private mutating func run(_ index: Int32) -> Bool {
    let expression = program.expressions[Int(index)]
    let regex = expressions[Int(index)] ?? expression.prototype.clone()
    expressions[Int(index)] = regex
    switch regex.firstMatch(in: subject) {
    case .found: return true
    case .none: return false
    case .outOfTime:
      overruns.insert("\(expression.place)")
      return false
    }
  }
}
