import Language
import Pages

/// A rule that holds for a line, before it is decided which one wins.
struct Match {
  var rule: Int32
  var specificity: Specificity
}

/// Which of several matches wins, by what the page's policy makes of the rules.
struct Precedence {
  let rules: RuleSet
  /// By rule: severity and action on the page at hand; nil for a rule that is off.
  var treatments: [Treatment?]

  func action(_ match: Match) -> Action { treatments[Int(match.rule)]!.action }

  /// `keep` wins, then severity, then the closer fit, then the rule that stands first.
  func best(_ matches: [Match]) -> Match {
    matches.count == 1 ? matches[0] : matches.max { rank($0) < rank($1) }!
  }
  func rank(_ match: Match) -> (Int, Severity, Specificity, Int32) {
    let treatment = treatments[Int(match.rule)]!
    return (treatment.action == .keep ? 1 : 0, treatment.severity, match.specificity, -match.rule)
  }
}

/// Holds the rules of one scope against the lines of a page, or what stands for them: its sentences or paragraphs.
///
/// In three rounds: rules that look at one line; rules with `near`, which see what the first round found; ranges and
/// tails. Cost: one pass of the phrase finder, and late phrases and expressions only where all else may hold.
struct ScanRounds {
  let program: RuleProgram
  var scan: LineScan
  /// By probe: in how many lines of the page it holds.
  private(set) var probes: [Int] = []
  /// By test: the lines of the page that satisfy it, as far as ranges asked.
  private var searches: [Int32: LineSearch] = [:]

  init(_ program: RuleProgram, counts: LineCounts?) {
    self.program = program
    scan = LineScan(program, counts: counts)
  }

  /// All rules that hold, by line.
  mutating func matches(_ blocks: Blocks, _ precedence: Precedence) -> [[Match]] {
    var found = [[Match]](repeating: [], count: blocks.count)
    var later: [(clause: RuleProgram.Clause, line: Int)] = []
    scanLines(blocks, &found, &later)
    takeProbes(&found)
    for line in found.indices where !found[line].isEmpty {
      scan.families[line] = FamilySet(precedence.rules.rules[Int(precedence.best(found[line]).rule)].family)
    }
    searches.removeAll(keepingCapacity: true)
    let tails = TailBounds(scan.lines.wordCounts)
    for phase in [RuleProgram.Phase.near, .span] {
      for (clause, line) in later where program.rules[Int(clause.rule)].phase == phase {
        scan.visit(line)
        if phase == .span {
          markSpans(clause, from: line, blocks, tails, &found)
        } else if let fit = scan.fit(clause, line, blocks) {
          Self.add(Match(rule: clause.rule, specificity: fit), to: &found[line])
        }
      }
    }
    return found
  }

  /// The first round; `later` gets the candidates of the others.
  private mutating func scanLines(
    _ blocks: Blocks, _ found: inout [[Match]], _ later: inout [(clause: RuleProgram.Clause, line: Int)]
  ) {
    scan.start(blocks)
    for line in 0..<blocks.count where !scan.lines.ranges[line].isEmpty {
      scan.visit(line)
      scan.findCandidates(line)
      for index in scan.candidates {
        let clause = program.clauses[Int(index)]
        if program.rules[Int(clause.rule)].phase != .line {
          if scan.mayHold(clause.test, line, blocks) { later.append((clause, line)) }
        } else if let fit = scan.fit(clause, line, blocks) {
          Self.add(Match(rule: clause.rule, specificity: fit), to: &found[line])
        }
      }
    }
  }

  /// A rule counts once a line, by the clause that fits most closely.
  private static func add(_ match: Match, to found: inout [Match]) {
    guard let known = found.firstIndex(where: { $0.rule == match.rule }) else { return found.append(match) }
    found[known].specificity = max(found[known].specificity, match.specificity)
  }

  /// Counts what the probes hit and takes it out of the matches.
  private mutating func takeProbes(_ found: inout [[Match]]) {
    let ruleCount = program.ruleCount
    probes = Array(repeating: 0, count: program.rules.count - ruleCount)
    guard !probes.isEmpty else { return }
    for line in found.indices {
      found[line].removeAll { match in
        guard Int(match.rule) >= ruleCount else { return false }
        probes[Int(match.rule) - ruleCount] += 1
        return true
      }
    }
  }

  // MARK: Ranges and tails

  private mutating func markSpans(
    _ clause: RuleProgram.Clause, from line: Int, _ blocks: Blocks, _ tails: TailBounds, _ found: inout [[Match]]
  ) {
    let rule = clause.rule
    if scan.isExcused(rule, line, blocks) { return }
    switch program.tests[Int(clause.test)] {
    case .range(let from, let to, let max):
      let last = min(blocks.count - 1, line + Int(max) - 1)
      guard scan.fit(test: from, line, blocks) != nil, line < last,
        let end = firstLine(to, in: line + 1...last, blocks, isOfText: true)
      else { return }
      // One line that `unless` protects, and the two ends hold something else between them than was meant.
      if let unless = program.rules[Int(rule)].unless, firstLine(unless, in: line...end, blocks, isOfText: false) != nil
      {
        return
      }
      mark(line...end, Match(rule: rule, specificity: .range), &found)
    case .tail(let from, let ceiling, let longest):
      guard scan.fit(test: from, line, blocks) != nil, tails.isTail(from: line, ceiling, longest) else { return }
      mark(line...blocks.count - 1, Match(rule: rule, specificity: .tail), &found)
    default: return
    }
  }

  /// The first of some lines that satisfies a test, of those with text or, as code is read by no rule but has a kind, of all.
  private mutating func firstLine(
    _ test: Int32, in lines: ClosedRange<Int>, _ blocks: Blocks, isOfText: Bool
  ) -> Int? {
    var search = searches.removeValue(forKey: test) ?? LineSearch(lines: blocks.count)
    defer { searches[test] = search }
    return search.first(in: lines) { line in
      guard !isOfText || !scan.lines.ranges[line].isEmpty else { return false }
      scan.visit(line)
      return scan.fit(test: test, line, blocks) != nil
    }
  }

  /// Spans of one rule may overlap on a page of nothing but their openings; each line is marked once.
  private mutating func mark(_ lines: ClosedRange<Int>, _ match: Match, _ found: inout [[Match]]) {
    for line in lines {
      if found[line].contains(where: { $0.rule == match.rule && $0.specificity == match.specificity }) {
        // Behind a marked line of a tail all are marked.
        if match.specificity == .tail { return }
      } else {
        found[line].append(match)
      }
    }
  }
}
