import Language
import Pages

/// Runs a rule set over pages. Not for several threads at once: keep one a worker.
///
/// Rules about lines come first, then those about paragraphs, whose lines they find, those about sentences, and those
/// about the page. A page is cut into paragraphs and sentences only where a rule asks for them.
package final class Scanner {
  package let rules: RuleSet
  private var lines: ScanRounds
  private var sentences: ScanRounds?
  private var paragraphs: ScanRounds?
  private let splitter = SentenceSplitter()
  private let hasHosts: Bool
  private let mayReplace: Bool
  private var precedence: Precedence
  /// By the overrides that fit: the treatments under them.
  private var known: [[Int]: [Treatment?]] = [:]

  /// `counts` is about all pages of the batch; without it no line stands on several.
  package init(_ rules: RuleSet, counts: LineCounts? = nil) {
    self.rules = rules
    hasHosts = rules.rules.contains { !$0.hosts.isEmpty }
    mayReplace = rules.rules.contains { $0.replacement != nil }
    precedence = Precedence(
      rules: rules, treatments: rules.rules.map { Treatment(severity: $0.severity, action: $0.action) })
    lines = ScanRounds(rules.program, counts: counts)
    sentences = rules.sentences.map { ScanRounds($0, counts: nil) }
    paragraphs = rules.paragraphs.map { ScanRounds($0, counts: nil) }
  }

  /// Findings in document order behind those about the page as a whole: of those about whole lines one a line at most,
  /// and any number about parts of lines that no rule keeps or takes out.
  ///
  /// `host` is the page's, where it is known: rules for other hosts are left out, as are rules for
  /// any hosts where it is not. Expressions that ran out of time count as not found; see `overruns`.
  /// `policy` must come of one `Policy` for all pages of a scanner.
  package func scan(_ blocks: Blocks, host: String? = nil, under policy: PagePolicy = PagePolicy()) -> [Finding] {
    obey(policy, host)
    let findings = lineFindings(blocks)
    return pageFindings(blocks, findings, host) + findings
  }

  /// The expressions that were stopped by their time limit since the scanner was made.
  package var overruns: Set<Overrun> {
    lines.scan.overruns.union(sentences?.scan.overruns ?? []).union(paragraphs?.scan.overruns ?? [])
  }

  /// Where a rule about lines, sentences or paragraphs holds, whether or not it wins: ranges of `Blocks.text`.
  func spans(ofRule rule: Int, in blocks: Blocks, host: String?) -> [Range<Int>] {
    obey(PagePolicy(), host)
    let number = Int32(rule)
    func spans(_ rounds: inout ScanRounds, _ blocks: Blocks) -> [Range<Int>] {
      let found = rounds.matches(blocks, precedence)
      return found.indices.filter { found[$0].contains { $0.rule == number } }.flatMap { line in
        rules.rules[rule].action == .replace
          ? rounds.edits(of: number, line, blocks, precedence).map(\.range) : [blocks.range(line)]
      }
    }
    return switch rules.rules[rule].scope {
    case .line: spans(&lines, blocks)
    case .sentence: spans(&sentences!, Cut.sentences(of: blocks, splitter).blocks)
    case .block: spans(&paragraphs!, Cut.paragraphs(of: blocks).blocks)
    case .page: []
    }
  }

  private func obey(_ policy: PagePolicy, _ host: String?) {
    if !policy.layers.isEmpty || !known.isEmpty {
      if known[policy.fitting] == nil {
        known[policy.fitting] = rules.rules.map { rule in
          policy.treatment(
            of: rule.id, rule.family, rule.severity, rule.action, isAboutPage: rule.scope == .page)
        }
      }
      precedence.treatments = known[policy.fitting]!
    }
    guard hasHosts || !known.isEmpty else { return }
    for rule in rules.rules.indices {
      let isOff = !applies(Int32(rule), to: host)
      lines.scan.isOff[rule] = isOff
      sentences?.scan.isOff[rule] = isOff
      paragraphs?.scan.isOff[rule] = isOff
    }
  }

  private func applies(_ rule: Int32, to host: String?) -> Bool {
    let hosts = rules.rules[Int(rule)].hosts
    return precedence.treatments[Int(rule)] != nil && (hosts.isEmpty || HostName.isAmong(hosts, host))
  }

  // MARK: Lines and their parts

  private func lineFindings(_ blocks: Blocks) -> [Finding] {
    var matches = lines.matches(blocks, precedence)
    let paragraphs = addParagraphs(to: &matches, blocks)
    var findings: [Finding] = []
    var parts = PartFindings()
    var isDecided = [Bool](repeating: false, count: sentences == nil ? 0 : blocks.count)
    var related = RelatedFindings<Int64>()
    for (line, all) in matches.enumerated() where !all.isEmpty {
      let (winner, replacing) = decide(all)
      if let winner {
        var finding =
          rules.rules[Int(winner.rule)].scope == .block
          ? paragraphs[line]! : lines.finding(winner, line, blocks, precedence)
        let first = lines.scan.lines.firsts[line]
        if finding.action == .keepFirst { finding.action = first == line ? .flag : .remove }
        related.add(finding, Int64(winner.rule) << 32 | Int64(first), to: &findings)
        if finding.action != .flag {
          if !isDecided.isEmpty { isDecided[line] = true }
          continue
        }
      }
      for match in replacing {
        let finding = lines.finding(match, line, blocks, precedence)
        let edits = lines.edits(of: match.rule, line, blocks, precedence)
        parts.add(finding, edits, precedence.rank(match))
      }
    }
    addSentences(to: &parts, blocks, isDecided)
    return parts.isEmpty ? findings : parts.settled(among: findings)
  }

  /// Of the rules that hold for a line or sentence the one that decides about the whole of it, and those that only
  /// replace something in it, which may be several.
  private func decide(_ matches: [Match]) -> (winner: Match?, replacing: [Match]) {
    guard mayReplace else { return (precedence.best(matches), []) }
    let replacing = matches.filter { precedence.action($0) == .replace }
    if replacing.count == matches.count { return (nil, replacing) }
    return (precedence.best(matches.filter { precedence.action($0) != .replace }), replacing)
  }

  /// Gives each line the best of the rules that hold for its paragraph; returns what those say, by line.
  private func addParagraphs(to matches: inout [[Match]], _ blocks: Blocks) -> [Finding?] {
    guard paragraphs != nil else { return [] }
    let cut = Cut.paragraphs(of: blocks)
    let found = paragraphs!.matches(cut.blocks, precedence)
    var findings = [Finding?](repeating: nil, count: blocks.count)
    for (paragraph, all) in found.enumerated() where !all.isEmpty {
      let best = precedence.best(all)
      var finding = paragraphs!.finding(best, paragraph, cut.blocks, precedence)
      for line in cut.lines[paragraph] {
        finding.block = line
        finding.range = blocks.range(line)
        findings[line] = finding
        matches[line].append(Match(rule: best.rule, specificity: .range))
      }
    }
    return findings
  }

  private func addSentences(to parts: inout PartFindings, _ blocks: Blocks, _ isDecided: [Bool]) {
    guard sentences != nil else { return }
    let cut = Cut.sentences(of: blocks, splitter)
    let found = sentences!.matches(cut.blocks, precedence)
    for (sentence, all) in found.enumerated() where !all.isEmpty && !isDecided[cut.lines[sentence]] {
      func add(_ match: Match, _ edits: [TextEdit]) {
        var finding = sentences!.finding(match, sentence, cut.blocks, precedence)
        finding.block = cut.lines[sentence]
        parts.add(finding, edits, precedence.rank(match))
      }
      let (winner, replacing) = decide(all)
      let goes = winner.map { precedence.action($0) == .remove } ?? false
      if let winner { add(winner, goes ? [TextEdit(range: cut.blocks.range(sentence), text: [])] : []) }
      for match in goes ? [] : replacing {
        add(match, sentences!.edits(of: match.rule, sentence, cut.blocks, precedence))
      }
    }
  }

  // MARK: Pages

  private func pageFindings(_ blocks: Blocks, _ findings: [Finding], _ host: String?) -> [Finding] {
    let program = rules.program
    guard !program.pageRules.isEmpty else { return [] }
    let folded = lines.scan.lines
    let page = PageScan(
      blocks: blocks, findings: findings, probes: lines.probes,
      repeatedLines: folded.firsts.indices.count { !folded.ranges[$0].isEmpty && Int(folded.firsts[$0]) != $0 },
      wordCount: folded.wordCounts.reduce(0) { $0 + Int($1) })
    return program.pageRules.compactMap { pageRule in
      let rule = rules.rules[Int(pageRule.rule)]
      guard applies(pageRule.rule, to: host), let treatment = precedence.treatments[Int(pageRule.rule)],
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
  private func matches(_ expression: Int32, _ text: String) -> Bool { lines.scan.matches(expression, text) }
}
