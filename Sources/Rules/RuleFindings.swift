import Pages

/// What findings say, and what becomes of the text.
extension ScanRounds {
  /// The finding of a rule that holds for a line.
  mutating func finding(_ match: Match, _ line: Int, _ blocks: Blocks, _ precedence: Precedence) -> Finding {
    // A rule has a dozen parts that are counted where it is copied.
    let number = Int(match.rule)
    let rules = precedence.rules.rules
    let treatment = precedence.treatments[number]!
    var finding = Finding(
      rule: rules[number].id, family: rules[number].family, severity: treatment.severity, action: treatment.action,
      message: message(rules[number].message, match.rule, line, blocks), block: line, range: blocks.range(line))
    finding.disclosure = rules[number].disclosure
    finding.isOfAnyForm = rules[number].isOfAnyForm
    finding.isMark = rules[number].action == .flag
    return finding
  }

  /// What a rule writes into a line: in place of all that its expressions find, or of the whole line where it has none.
  mutating func edits(of number: Int32, _ line: Int, _ blocks: Blocks, _ precedence: Precedence) -> [TextEdit] {
    let text = precedence.rules.rules[Int(number)].replacement ?? ""
    if program.captures[number, default: []].isEmpty {
      return [TextEdit(range: blocks.range(line), text: Array(text.utf8))]
    }
    return scan.occurrences(number, line, blocks).map { found in
      let filled = Self.fill(text) { name in Self.group(name, found.groups) }
      // Spelled as in the page, a group may hold a line break.
      return TextEdit(range: found.range, text: filled.utf8.map { $0 < 0x20 ? 0x20 : $0 })
    }
  }

  private mutating func message(_ message: String, _ number: Int32, _ line: Int, _ blocks: Blocks) -> String {
    guard message.utf8.contains(0x7B) else { return message }
    let groups = program.captures[number] == nil ? [] : scan.captures(number, line, blocks)
    return Self.fill(message) { name in
      switch name {
      case "count": "\(scan.lines.repeats[line])"
      case "text": String(blocks.string(line).prefix(80))
      default: Self.group(name, groups).map { String($0.prefix(80)) }
      }
    }
  }

  /// What `{1}` to `{9}` stand for; nothing for a group that took no part.
  private static func group(_ name: Substring, _ groups: [String]) -> String? {
    guard !groups.isEmpty, let group = Int(name), (1...9).contains(group) else { return nil }
    return group <= groups.count ? groups[group - 1] : ""
  }

  /// The text with values for names in braces. In one pass: what is put in is no placeholder.
  private static func fill(_ text: String, _ value: (Substring) -> String?) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      filled += rest[..<open]
      filled += value(rest[rest.index(after: open)..<close]) ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }
}

/// Tells findings of the same kind on the same text, those of one key, of each other.
package struct RelatedFindings<Key: Hashable> {
  /// The index of the first finding.
  private var firsts: [Key: Int] = [:]

  package init() {}

  package mutating func add(_ finding: Finding, _ key: Key, to findings: inout [Finding]) {
    findings.append(finding)
    if let first = firsts[key] {
      findings[findings.count - 1].related = [findings[first].block]
      findings[first].related.append(finding.block)
    } else {
      firsts[key] = findings.count - 1
    }
  }
}

extension [Finding] {
  /// By block; those about the whole of it before those about its parts.
  package func inPageOrder() -> [Finding] {
    sorted {
      ($0.block, $0.isPart ? 1 : 0, $0.range.lowerBound, $0.range.upperBound)
        < ($1.block, $1.isPart ? 1 : 0, $1.range.lowerBound, $1.range.upperBound)
    }
  }
}

/// What rules find in parts of lines. Parts that change do not overlap: what goes comes first, then the precedence of
/// the rules decides.
struct PartFindings {
  typealias Rank = (Int, Severity, Specificity, Int32)
  private var parts: [(finding: Finding, rank: Rank)] = []
  var isEmpty: Bool { parts.isEmpty }

  /// Adds a finding for each edit, or the one as it is where there is none.
  mutating func add(_ finding: Finding, _ edits: [TextEdit], _ rank: Rank) {
    var finding = finding
    finding.isPart = true
    if edits.isEmpty { parts.append((finding, rank)) }
    for edit in edits {
      finding.edit = edit
      finding.range = edit.range
      parts.append((finding, rank))
    }
  }

  /// The findings about whole lines and these, in document order.
  func settled(among findings: [Finding]) -> [Finding] {
    let inOrder = parts.sorted { a, b in
      let (aGoes, bGoes) = (a.finding.action == .remove, b.finding.action == .remove)
      if aGoes != bGoes { return aGoes }
      return a.rank != b.rank ? a.rank > b.rank : a.finding.range.lowerBound < b.finding.range.lowerBound
    }
    var all = findings
    var taken: [Range<Int>] = []  // in order
    for (finding, _) in inOrder {
      if let edit = finding.edit, !Self.take(edit.range, &taken) { continue }
      all.append(finding)
    }
    return all.inPageOrder()
  }

  /// Whether the range is still free.
  private static func take(_ range: Range<Int>, _ taken: inout [Range<Int>]) -> Bool {
    let next = taken.partitioningIndex { $0.lowerBound >= range.lowerBound }
    if next > 0, taken[next - 1].upperBound > range.lowerBound { return false }
    if next < taken.count, taken[next].lowerBound < range.upperBound { return false }
    taken.insert(range, at: next)
    return true
  }
}
