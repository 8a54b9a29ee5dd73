import Language
import Pages

/// Runs a rule set over pages. Not for several threads at once: keep one a worker.
///
/// A page is scanned in three rounds: rules that look at one line; rules with `near`, which see what
/// the first round found; ranges and tails. Cost: one pass of the phrase finder, and expressions only
/// where a literal of theirs stands.
public final class Scanner {
  public let rules: RuleSet
  private var scan: LineScan
  /// By probe: in how many lines of the page it holds.
  private var probes: [Int] = []
  private let hasHosts: Bool
  /// By rule: severity and action on the page at hand; nil for a rule that is off.
  private var treatments: [Treatment?]
  /// By the overrides that fit: the treatments under them.
  private var known: [[Int]: [Treatment?]] = [:]

  /// `counts` is about all pages of the batch; without it no line stands on several.
  public init(_ rules: RuleSet, counts: LineCounts? = nil) {
    self.rules = rules
    hasHosts = rules.rules.contains { !$0.hosts.isEmpty }
    treatments = rules.rules.map { Treatment(severity: $0.severity, action: $0.action) }
    scan = LineScan(rules.program, counts: counts)
  }

  /// A rule that holds for a line, before it is decided which one wins.
  struct Match {
    var rule: Int32
    var specificity: Specificity
  }

  /// Findings in document order, one a line at most, behind those about the page as a whole.
  /// `host` is the page's, where it is known: rules for other hosts are left out, as are rules for
  /// any hosts where it is not. Expressions that ran out of time count as not found; see `overruns`.
  /// `policy` must come of one `Policy` for all pages of a scanner.
  public func scan(_ blocks: Blocks, host: String? = nil, under policy: PagePolicy = PagePolicy()) -> [Finding] {
    obey(policy)
    let findings = resolve(matches(blocks, host: host), blocks)
    return pageFindings(blocks, findings, host) + findings
  }

  private func obey(_ policy: PagePolicy) {
    guard !policy.layers.isEmpty || !known.isEmpty else { return }
    if known[policy.fitting] == nil {
      known[policy.fitting] = rules.rules.map { rule in
        var isAboutPage = false
        if case .page = rule.match { isAboutPage = true }
        return policy.treatment(of: rule.id, rule.family, rule.severity, rule.action, isAboutPage: isAboutPage)
      }
    }
    treatments = known[policy.fitting]!
  }

  /// The expressions that were stopped by their time limit since the scanner was made.
  public var overruns: Set<Overrun> { scan.overruns }

  /// All rules that hold, by line.
  func matches(_ blocks: Blocks, host: String? = nil) -> [[Match]] {
    var found = [[Match]](repeating: [], count: blocks.count)
    var later: [(clause: RuleProgram.Clause, line: Int)] = []
    if hasHosts || !known.isEmpty {
      for rule in rules.rules.indices { scan.isOff[rule] = !applies(Int32(rule), to: host) }
    }
    Self.scanLines(&scan, blocks, &found, &later)
    takeProbes(&found)
    for line in found.indices where !found[line].isEmpty {
      scan.families[line] = FamilySet(rules.rules[Int(best(found[line]).rule)].family)
    }
    let tails = TailBounds(scan.lines.wordCounts)
    for phase in [RuleProgram.Phase.near, .span] {
      for (clause, line) in later where rules.program.rules[Int(clause.rule)].phase == phase {
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
  private static func scanLines(
    _ scan: inout LineScan, _ blocks: Blocks, _ found: inout [[Match]],
    _ later: inout [(clause: RuleProgram.Clause, line: Int)]
  ) {
    scan.start(blocks)
    for line in 0..<blocks.count where !scan.lines.ranges[line].isEmpty {
      scan.visit(line)
      scan.findCandidates(line)
      for index in scan.candidates {
        let clause = scan.program.clauses[Int(index)]
        if scan.program.rules[Int(clause.rule)].phase != .line {
          if scan.mayHold(clause.test, line, blocks) { later.append((clause, line)) }
        } else if let fit = scan.fit(clause, line, blocks) {
          add(Match(rule: clause.rule, specificity: fit), to: &found[line])
        }
      }
    }
  }

  /// A rule counts once a line, by the clause that fits most closely.
  private static func add(_ match: Match, to found: inout [Match]) {
    guard let known = found.firstIndex(where: { $0.rule == match.rule }) else { return found.append(match) }
    found[known].specificity = max(found[known].specificity, match.specificity)
  }

  private func applies(_ rule: Int32, to host: String?) -> Bool {
    // Probes of rules about pages stand behind the rules.
    guard rule < rules.program.ruleCount else { return true }
    let hosts = rules.rules[Int(rule)].hosts
    return treatments[Int(rule)] != nil && (hosts.isEmpty || HostName.isAmong(hosts, host))
  }

  // MARK: Pages

  /// Counts what the probes hit and takes it out of the matches.
  private func takeProbes(_ found: inout [[Match]]) {
    let ruleCount = rules.program.ruleCount
    probes = Array(repeating: 0, count: rules.program.rules.count - ruleCount)
    guard !probes.isEmpty else { return }
    for line in found.indices {
      found[line].removeAll { match in
        guard Int(match.rule) >= ruleCount else { return false }
        probes[Int(match.rule) - ruleCount] += 1
        return true
      }
    }
  }

  private func pageFindings(_ blocks: Blocks, _ findings: [Finding], _ host: String?) -> [Finding] {
    let program = rules.program
    guard !program.pageRules.isEmpty else { return [] }
    let lines = scan.lines
    let page = PageScan(
      blocks: blocks, findings: findings, probes: probes,
      repeatedLines: lines.firsts.indices.count { !lines.ranges[$0].isEmpty && Int(lines.firsts[$0]) != $0 },
      wordCount: lines.wordCounts.reduce(0) { $0 + Int($1) })
    return program.pageRules.compactMap { pageRule in
      let rule = rules.rules[Int(pageRule.rule)]
      guard applies(pageRule.rule, to: host), let treatment = treatments[Int(pageRule.rule)],
        page.holds(pageRule.condition, matches)
      else { return nil }
      if let unless = pageRule.unless, page.holds(unless, matches) { return nil }
      var finding = Finding(
        rule: rule.id, family: rule.family, severity: treatment.severity, action: treatment.action,
        message: rule.message, block: -1, range: 0..<0)
      finding.disclosure = rule.disclosure
      return finding
    }
  }
  private func matches(_ expression: Int32, _ text: String) -> Bool { scan.matches(expression, text) }

  // MARK: Ranges and tails

  private func markSpans(
    _ clause: RuleProgram.Clause, from line: Int, _ blocks: Blocks, _ tails: TailBounds, _ found: inout [[Match]]
  ) {
    let rule = clause.rule
    if scan.isExcused(rule, line, blocks) { return }
    for test in spans(clause.test) {
      switch rules.program.tests[Int(test)] {
      case .range(let from, let to, let max):
        guard scan.fit(test: from, line, blocks) != nil, let end = end(to, after: line, within: Int(max), blocks) else {
          continue
        }
        // One line that `unless` protects, and the two ends hold something else between them than was meant.
        let holdsProtected = (line...end).contains { other in
          scan.visit(other)
          return scan.isExcused(rule, other, blocks)
        }
        if !holdsProtected { mark(line...end, Match(rule: rule, specificity: .range), &found) }
      case .tail(let from, let ceiling, let longest):
        guard scan.fit(test: from, line, blocks) != nil, tails.isTail(from: line, ceiling, longest) else { continue }
        mark(line...blocks.count - 1, Match(rule: rule, specificity: .tail), &found)
      default: continue
      }
      scan.visit(line)
    }
  }

  /// Spans of one rule may overlap on a page of nothing but their openings; each line is marked once.
  private func mark(_ lines: ClosedRange<Int>, _ match: Match, _ found: inout [[Match]]) {
    for line in lines {
      if found[line].contains(where: { $0.rule == match.rule && $0.specificity == match.specificity }) {
        // Behind a marked line of a tail all are marked.
        if match.specificity == .tail { return }
      } else {
        found[line].append(match)
      }
    }
  }

  private func end(_ to: Int32, after line: Int, within max: Int, _ blocks: Blocks) -> Int? {
    let last = min(blocks.count - 1, line + max - 1)
    guard line < last else { return nil }
    return (line + 1...last).first { other in
      guard !scan.lines.ranges[other].isEmpty else { return false }
      scan.visit(other)
      return scan.fit(test: to, other, blocks) != nil
    }
  }

  /// The tests of ranges and tails in a condition.
  private func spans(_ test: Int32) -> [Int32] {
    switch rules.program.tests[Int(test)] {
    case .range, .tail: [test]
    case .any(let tests): rules.program.numbers(tests).flatMap(spans)
    default: []
    }
  }

  // MARK: Resolution

  /// `keep` wins, then severity, then the closer fit, then the rule that stands first.
  private func best(_ matches: [Match]) -> Match {
    func rank(_ match: Match) -> (Int, Severity, Specificity, Int32) {
      let treatment = treatments[Int(match.rule)]!
      return (treatment.action == .keep ? 1 : 0, treatment.severity, match.specificity, -match.rule)
    }
    return matches.count == 1 ? matches[0] : matches.max { rank($0) < rank($1) }!
  }

  private func resolve(_ matches: [[Match]], _ blocks: Blocks) -> [Finding] {
    var findings: [Finding] = []
    var firsts: [Int64: Int] = [:]  // rule and first line of the text → finding
    for (line, candidates) in matches.enumerated() where !candidates.isEmpty {
      let winner = best(candidates)
      let rule = rules.rules[Int(winner.rule)]
      let treatment = treatments[Int(winner.rule)]!
      let count = Int(scan.lines.repeats[line])
      var finding = Finding(
        rule: rule.id, family: rule.family, severity: treatment.severity, action: treatment.action,
        message: fill(rule.message, winner.rule, blocks, line, count), block: line, range: blocks.range(line))
      finding.disclosure = rule.disclosure
      if treatment.action == .keepFirst { finding.action = scan.lines.firsts[line] == line ? .flag : .remove }
      let key = Int64(winner.rule) << 32 | Int64(scan.lines.firsts[line])
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

  private func fill(_ message: String, _ rule: Int32, _ blocks: Blocks, _ line: Int, _ count: Int) -> String {
    guard message.utf8.contains(0x7B) else { return message }
    let groups = rules.program.captures[rule] == nil ? [] : scan.captures(rule, line, blocks)
    // In one pass: what is put in is no placeholder.
    var filled = ""
    var rest = message[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      filled += rest[..<open]
      let name = rest[rest.index(after: open)..<close]
      switch name {
      case "count": filled += "\(count)"
      case "text": filled += blocks.string(line).prefix(80)
      default:
        if !groups.isEmpty, let group = Int(name), (1...9).contains(group) {
          filled += group <= groups.count ? groups[group - 1].prefix(80) : ""
        } else {
          filled += rest[open...close]
        }
      }
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }
}
