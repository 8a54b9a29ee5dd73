import Language
import Pages

/// Runs a rule set over pages. Not for several threads at once: keep one a worker.
///
/// A page is scanned in three rounds: rules that look at one line; rules with `near`, which see what
/// the first round found; ranges and tails. Cost: one pass of the automaton, and expressions only
/// where a literal of theirs stands.
public final class Scanner {
  public let rules: RuleSet
  private let program: RuleProgram
  private let folder = Folder()
  private let subject = RegularExpression.Subject()
  private var expressions: [RegularExpression?]
  private var lines = FoldedLines()
  /// Phrase → the line, plus one, where it was last seen.
  private var seen: [Int32]
  private var phrasesOfLine: [Int32] = []
  private var subjectLine = -1
  /// Rule → the line, plus one, where it was last a candidate.
  private var lastTried: [Int32]
  private var families: [Family?] = []
  private var lineCount = 0
  private var wordsBefore: [Int] = []

  public init(_ rules: RuleSet) {
    self.rules = rules
    program = rules.program
    expressions = Array(repeating: nil, count: program.expressions.count)
    seen = Array(repeating: 0, count: program.phraseCount)
    lastTried = Array(repeating: 0, count: program.rules.count)
  }

  /// A rule that holds for a line, before it is decided which one wins.
  struct Match {
    var rule: Int32
    var specificity: Specificity
  }

  /// Findings in document order, one a line at most. Expressions that ran out of time count as
  /// not found; see `overruns`.
  public func scan(_ blocks: Blocks) -> [Finding] {
    resolve(matches(blocks), blocks)
  }

  /// Rules of which an expression was stopped by its time limit since the scanner was made.
  public private(set) var overruns: Set<String> = []

  /// All rules that hold, by line.
  func matches(_ blocks: Blocks) -> [[Match]] {
    lines.read(blocks, folder: folder)
    lineCount = blocks.count
    subjectLine = -1
    for i in seen.indices { seen[i] = 0 }
    for i in lastTried.indices { lastTried[i] = 0 }
    wordsBefore = lines.wordCounts.reduce(into: [0]) { $0.append($0.last! + Int($1)) }
    var found = [[Match]](repeating: [], count: lineCount)
    var later: [(rule: Int32, line: Int)] = []
    lines.bytes.withUnsafeBufferPointer { bytes in
      for line in 0..<lineCount where !lines.ranges[line].isEmpty {
        findPhrases(line, bytes)
        forEachCandidate(line) { rule in
          let compiled = program.rules[Int(rule)]
          guard compiled.phase == .line else {
            later.append((rule, line))
            return
          }
          if let fit = holds(compiled, line, blocks, bytes) { found[line].append(Match(rule: rule, specificity: fit)) }
        }
      }
      families = found.map { $0.isEmpty ? nil : rules.rules[Int(best($0).rule)].family }
      for phase in [RuleProgram.Phase.near, .span] {
        for (rule, line) in later where program.rules[Int(rule)].phase == phase {
          findPhrases(line, bytes)
          let compiled = program.rules[Int(rule)]
          guard phase == .near else {
            markSpan(rule, compiled, from: line, blocks, bytes, &found)
            continue
          }
          if let fit = holds(compiled, line, blocks, bytes) { found[line].append(Match(rule: rule, specificity: fit)) }
        }
      }
    }
    return found
  }

  /// Calls `body` once with each rule that may hold for the line.
  private func forEachCandidate(_ line: Int, _ body: (Int32) -> Void) {
    for rule in program.unannounced { body(rule) }
    for phrase in phrasesOfLine {
      for rule in program.rulesByPhrase[Int(phrase)] where lastTried[Int(rule)] != Int32(line + 1) {
        lastTried[Int(rule)] = Int32(line + 1)
        body(rule)
      }
    }
  }

  private func findPhrases(_ line: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
    phrasesOfLine.removeAll(keepingCapacity: true)
    let mark = Int32(line + 1)
    seeLine(lines.coreHashes[line], bytes[lines.cores[line]], mark)
    if lines.hashes[line] != lines.coreHashes[line] { seeLine(lines.hashes[line], bytes[lines.ranges[line]], mark) }
    let text = UnsafeBufferPointer(rebasing: bytes[lines.ranges[line]])
    let core =
      lines.cores[line].lowerBound - lines.ranges[line].lowerBound..<lines.cores[line].upperBound
      - lines.ranges[line].lowerBound
    program.automaton.scan(text) { pattern, end in
      for meaning in program.meanings[pattern] {
        let start = end - program.automaton.lengths[pattern]
        let fits =
          switch meaning.place {
          case .anywhere: true
          case .start: (start == 0 || start == core.lowerBound) && Self.isBoundary(text, end)
          case .end: (end == text.count || end == core.upperBound) && Self.isBoundary(text, start)
          case .inside: Self.isBoundary(text, start) && Self.isBoundary(text, end)
          }
        if fits { see(meaning.phrase, mark) }
      }
    }
  }

  private func seeLine(_ hash: UInt64, _ text: Slice<UnsafeBufferPointer<UInt8>>, _ mark: Int32) {
    if let known = program.lines[hash], known.text.elementsEqual(text) { see(known.phrase, mark) }
  }

  private func see(_ phrase: Int32, _ mark: Int32) {
    // A line may be looked at again in a later round.
    guard seen[Int(phrase)] != mark || !phrasesOfLine.contains(phrase) else { return }
    seen[Int(phrase)] = mark
    phrasesOfLine.append(phrase)
  }

  /// No letter or digit stands on both sides of `at`.
  private static func isBoundary(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at > 0, at < text.count else { return true }
    return !(isWordByte(text[at - 1]) && isWordByte(text[at]))
  }
  private static func isWordByte(_ byte: UInt8) -> Bool {
    // Cyrillic, Greek and accented Latin are two bytes each; scripts of three bytes and more are
    // mostly written without spaces and have no boundaries to ask for.
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || (byte >= 0xC3 && byte < 0xE0)
  }

  // MARK: Conditions

  private func holds(
    _ rule: RuleProgram.CompiledRule, _ line: Int, _ blocks: Blocks, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Specificity? {
    guard let fit = fit(rule.condition, line, blocks, bytes) else { return nil }
    if let unless = rule.unless, self.fit(unless, line, blocks, bytes) != nil { return nil }
    return fit
  }

  /// How closely the line satisfies the test; nil where it does not.
  private func fit(
    _ test: RuleProgram.Test, _ line: Int, _ blocks: Blocks, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Specificity? {
    func when(_ holds: Bool) -> Specificity? { holds ? .context : nil }
    switch test {
    case .phrases(let phrases, let specificity):
      return phrases.contains { seen[Int($0)] == line + 1 } ? specificity : nil
    case .expressions(let indices):
      return indices.contains { matches($0, line, bytes) } ? .pattern : nil
    case .words(let range): return when(range.contains(Int(lines.wordCounts[line])))
    case .chars(let range): return when(range.contains(Self.scalars(bytes[lines.ranges[line]])))
    case .repeats(let minimum): return when(Int(lines.repeats[line]) >= minimum)
    case .near(let wanted, let distance):
      let around = max(0, line - distance)...min(lineCount - 1, line + distance)
      return when(around.contains { $0 != line && families[$0].map(wanted.contains) ?? false })
    case .at(let first, let last):
      func count(_ value: Double) -> Int { value < 1 ? Int(value * Double(lineCount)) : Int(value) }
      return when((first.map { line < count($0) } ?? false) || (last.map { line >= lineCount - count($0) } ?? false))
    case .kind(let kinds): return when(kinds.contains(blocks.kinds[line]))
    case .inside(let context, let orLink):
      return when(!blocks.contexts[line].isDisjoint(with: context) || (orLink && blocks.linkDensity(line) > 0.5))
    case .any(let tests):
      return tests.compactMap { fit($0, line, blocks, bytes) }.max()
    case .all(let tests):
      var best = Specificity.context
      for test in tests {
        guard let fit = fit(test, line, blocks, bytes) else { return nil }
        best = max(best, fit)
      }
      return best
    case .not(let test): return when(fit(test, line, blocks, bytes) == nil)
    case .range, .tail: return nil
    }
  }

  private static func scalars(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }

  private func matches(_ index: Int32, _ line: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let expression = program.expressions[Int(index)]
    if !expression.literals.isEmpty, !expression.literals.contains(where: { seen[Int($0)] == line + 1 }) {
      return false
    }
    if subjectLine != line {
      subject.set(UnsafeBufferPointer(rebasing: bytes[lines.ranges[line]]))
      subjectLine = line
    }
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

  // MARK: Ranges and tails

  private func markSpan(
    _ rule: Int32, _ compiled: RuleProgram.CompiledRule, from line: Int, _ blocks: Blocks,
    _ bytes: UnsafeBufferPointer<UInt8>, _ found: inout [[Match]]
  ) {
    if let unless = compiled.unless, fit(unless, line, blocks, bytes) != nil { return }
    for test in Self.spans(compiled.condition) {
      switch test {
      case .range(let from, let to, let max):
        guard fit(from, line, blocks, bytes) != nil else { continue }
        let last = min(lineCount - 1, line + max - 1)
        guard line < last else { continue }
        for end in (line + 1)...last where !lines.ranges[end].isEmpty {
          findPhrases(end, bytes)
          guard fit(to, end, blocks, bytes) != nil else { continue }
          for marked in line...end { found[marked].append(Match(rule: rule, specificity: .range)) }
          break
        }
      case .tail(let from, let ceiling, let longest):
        guard fit(from, line, blocks, bytes) != nil else { continue }
        let total = wordsBefore[lineCount]
        guard Double(total - wordsBefore[line]) <= ceiling * Double(total),
          (line..<lineCount).allSatisfy({ Int(lines.wordCounts[$0]) <= longest })
        else { continue }
        for marked in line..<lineCount { found[marked].append(Match(rule: rule, specificity: .tail)) }
      default: continue
      }
    }
  }

  private static func spans(_ test: RuleProgram.Test) -> [RuleProgram.Test] {
    switch test {
    case .range, .tail: [test]
    case .any(let tests): tests.flatMap(spans)
    default: []
    }
  }

  // MARK: Resolution

  /// `keep` wins, then severity, then the closer fit, then the rule that stands first.
  private func best(_ matches: [Match]) -> Match {
    func rank(_ match: Match) -> (Int, Severity, Specificity, Int32) {
      let rule = rules.rules[Int(match.rule)]
      return (rule.action == .keep ? 1 : 0, rule.severity, match.specificity, -match.rule)
    }
    return matches.max { rank($0) < rank($1) }!
  }

  private func resolve(_ matches: [[Match]], _ blocks: Blocks) -> [Finding] {
    var findings: [Finding] = []
    var firsts: [Int64: Int] = [:]  // rule and first line of the text → finding
    for (line, candidates) in matches.enumerated() where !candidates.isEmpty {
      let winner = best(candidates)
      let rule = rules.rules[Int(winner.rule)]
      let count = Int(lines.repeats[line])
      var finding = Finding(
        rule: rule.id, family: rule.family, severity: rule.severity, action: rule.action,
        message: Self.fill(rule.message, blocks.string(line), count), block: line, range: blocks.range(line))
      finding.disclosure = rule.disclosure
      let key = Int64(winner.rule) << 32 | Int64(lines.firsts[line])
      if let first = firsts[key] {
        finding.related = [findings[first].block]
        findings[first].related.append(line)
      } else {
        firsts[key] = findings.count
      }
      findings.append(finding)
    }
    return findings
  }

  private static func fill(_ message: String, _ text: String, _ count: Int) -> String {
    guard message.contains("{") else { return message }
    return message.replacing("{text}", with: text.prefix(80)).replacing("{count}", with: "\(count)")
  }
}
