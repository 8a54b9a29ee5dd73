import Language

/// Finds rules that get in each other's way: the same whole line in two families, and rules that never win.
///
/// Only phrases that suffice by themselves are compared: those of `line`, outside `all` and `not`, of rules for
/// all hosts without an excuse.
package struct RuleOverlaps {
  private struct Claim {
    var rule: Int
    var phrase: String
  }
  private let rules: [Rule]
  private var claims: [[UInt8]: [Claim]] = [:]
  /// By rule: how many phrases it has; nil where it can also match in another way.
  private var counts: [Int?] = []

  package init(_ rules: [Rule]) {
    self.rules = rules
    let folder = Folder()
    for (index, rule) in rules.enumerated() {
      guard rule.scope == .line, case .line(let match, nil) = rule.match, rule.hosts.isEmpty else {
        counts.append(nil)
        continue
      }
      let (phrases, isAll) = Self.phrases(match)
      var own: Set<[UInt8]> = []
      for phrase in phrases {
        let folded = folder.fold(phrase)
        let core = folded.withUnsafeBufferPointer { FoldedLines.core($0) }
        guard own.insert(Array(folded[core])).inserted else { continue }
        claims[Array(folded[core]), default: []].append(Claim(rule: index, phrase: phrase))
      }
      counts.append(isAll && !own.isEmpty ? own.count : nil)
    }
  }

  /// The phrases that suffice, and whether nothing else does.
  private static func phrases(_ condition: Condition) -> (phrases: [String], isAll: Bool) {
    switch condition {
    case .line(let texts): return (texts, true)
    case .any(let conditions):
      let parts = conditions.map(phrases)
      return (parts.flatMap(\.phrases), parts.allSatisfy(\.isAll))
    default: return ([], false)
    }
  }

  /// Complaints about the rules at these indices, in their order.
  package func complaints(about indices: some Sequence<Int>) -> [RuleError] {
    let wanted = Set(indices)
    var found: [(rule: Int, message: String)] = []
    var beaten = [[Int: Int]](repeating: [:], count: rules.count)
    for (_, claims) in claims where claims.count > 1 {
      for claim in claims {
        for other in claims where other.rule != claim.rule && wins(other.rule, over: claim.rule) {
          beaten[claim.rule][other.rule, default: 0] += 1
        }
      }
      // An allow-rule speaks of other rules' lines; that is its purpose.
      let taking = claims.filter { rules[$0.rule].action != .keep }
      for claim in taking {
        // Of two the later one is told, unless nobody asked about it: one's own rules stand before the built-in ones.
        guard let other = taking.first(where: { rules[$0.rule].family != rules[claim.rule].family }),
          other.rule < claim.rule || !wanted.contains(other.rule)
        else { continue }
        found.append(
          (claim.rule, "\"\(claim.phrase)\" is also a line of \(rules[other.rule].id), a rule of another family"))
      }
    }
    for (rule, others) in beaten.enumerated() {
      guard let count = counts[rule], let by = others.filter({ $0.value == count }).keys.min() else { continue }
      found.append((rule, "never wins: all of its lines are also lines of \(rules[by].id), which goes before it"))
    }
    return found.filter { wanted.contains($0.rule) }.sorted { ($0.rule, $0.message) < ($1.rule, $1.message) }
      .map { RuleError(place: rules[$0.rule].place, message: "\(rules[$0.rule].id): \($0.message)") }
  }

  /// The precedence of the scanner, for equally close matches.
  private func wins(_ a: Int, over b: Int) -> Bool {
    func rank(_ rule: Int) -> (Int, Severity, Int) {
      (rules[rule].action == .keep ? 1 : 0, rules[rule].severity, -rule)
    }
    return rank(a) > rank(b)
  }
}
