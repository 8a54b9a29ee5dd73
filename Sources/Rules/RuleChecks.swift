import Language

/// Finds what is valid in a rule, but unwise.
package enum RuleChecks {
  package static func complaints(about rule: Rule) -> [RuleError] {
    var found: [RuleError] = []
    func complain(_ message: String, at place: Place? = nil) {
      found.append(RuleError(place: place ?? rule.place, message: "\(rule.id): \(message)"))
    }
    if rule.why.isEmpty { complain("has no why; say in a sentence what is wrong with the text that it finds") }
    if rule.matchingExamples.count < 2 { complain("has fewer than two matching examples") }
    if rule.cleanExamples.count < 2 { complain("has fewer than two clean examples") }
    if !rule.id.hasPrefix(rule.family.rawValue + "/") {
      complain("its id does not start with its family, \(rule.family.rawValue)")
    }
    for pattern in lineConditions(rule).flatMap(unannounced) {
      complain(
        "no text of three characters is in every match of the pattern, so it would run on every line; "
          + "add one, or bound the line by words (max 4) or chars (max 40)", at: pattern.place)
    }
    for pattern in lineConditions(rule).flatMap(patterns)
    where pattern.text.hasPrefix(".*") || pattern.text.hasSuffix(".*") {
      complain("a .* at an end of the pattern only costs time; leave it out or anchor the pattern", at: pattern.place)
    }
    let all = lineConditions(rule) + excuses(rule)
    let folder = Folder()
    for pattern in all.flatMap(patterns) {
      guard let (character, folded) = unfolded(in: pattern.text, folder) else { continue }
      complain(
        "no folded line holds the \(character) of the pattern; "
          + (folded.isEmpty ? "leave it out" : "write \(folded) for it"), at: pattern.place)
    }
    for phrase in all.flatMap(phrases) {
      guard let name = unknownBank(in: phrase) else { continue }
      complain("\(name) in \"\(phrase)\" is no name under this pack's phrases, so it stands for itself")
    }
    return found
  }

  /// A name in braces: those of banks were written out, so this one is none.
  static func unknownBank(in text: String) -> Substring? { text.firstMatch(of: /\{[a-z][a-z\-]*\}/)?.output }

  /// The first character of the pattern that stands for itself and that folding takes away, and what folding makes of it.
  private static func unfolded(in pattern: String, _ folder: Folder) -> (character: String, folded: String)? {
    // What is escaped, classes, and names and comments of groups.
    let others =
      /\\Q.*?\\E|\\[pPNx]\{[^}]*\}|\\x..|\\u.{4}|\\U.{8}|\\c.|\\k<[^>]*>|\\.|\(\?<[^>=!]+>|\(\?#[^)]*\)|\[\^?\]?(?:[^\[\]\\]|\\.|\[[^\]]*\])*\]/
      .matchingSemantics(.unicodeScalar)
    let ignoresCase = pattern.contains("(?i")
    for scalar in pattern.replacing(others, with: "").unicodeScalars {
      if scalar.isASCII, ignoresCase || !("A"..."Z").contains(scalar) { continue }
      let character = String(scalar)
      let folded = String(decoding: folder.fold(character), as: UTF8.self)
      if folded != character, !(ignoresCase && folded == character.lowercased()) { return (character, folded) }
    }
    return nil
  }

  private static func excuses(_ rule: Rule) -> [Condition] {
    switch rule.match {
    case .line(_, let unless): [unless].compactMap { $0 }
    case .page(_, let unless): unless?.lineConditions ?? []
    }
  }

  private static func lineConditions(_ rule: Rule) -> [Condition] {
    switch rule.match {
    case .line(let condition, _): [condition]
    case .page(let condition, _): condition.lineConditions
    }
  }

  /// The conditions in it that hold no others.
  private static func leaves(_ condition: Condition) -> [Condition] {
    switch condition {
    case .any(let all), .all(let all): all.flatMap(leaves)
    case .not(let inner), .tail(let inner, _, _): leaves(inner)
    case .range(let from, let to, _): leaves(from) + leaves(to)
    default: [condition]
    }
  }
  private static func patterns(_ condition: Condition) -> [Condition.Pattern] {
    leaves(condition).flatMap { leaf -> [Condition.Pattern] in
      if case .regex(let patterns) = leaf { patterns } else { [] }
    }
  }
  private static func phrases(_ condition: Condition) -> [String] {
    leaves(condition).flatMap { leaf -> [String] in
      switch leaf {
      case .line(let texts), .starts(let texts), .ends(let texts), .contains(let texts): texts
      default: []
      }
    }
  }

  /// Patterns without a required literal that nothing beside them bounds.
  private static func unannounced(_ condition: Condition) -> [Condition.Pattern] {
    switch condition {
    case .regex(let patterns): return patterns.filter { PatternShape($0.text).literals(atLeast: 3) == nil }
    case .any(let all): return all.flatMap(unannounced)
    case .all(let all):
      let isBounded = all.contains {
        switch $0 {
        case .words(let range): range.upperBound <= 4
        case .chars(let range): range.upperBound <= 40
        case .line, .starts, .ends, .contains: true
        default: false
        }
      }
      return isBounded ? [] : all.flatMap(unannounced)
    case .range(let from, _, _), .tail(let from, _, _): return unannounced(from)
    default: return []
    }
  }
}
