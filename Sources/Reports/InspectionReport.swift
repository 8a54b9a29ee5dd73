import Cleaning
import Pages
import Rules

/// A page block by block: kept or not, by which rule or score, and its text.
public enum InspectionReport {
  /// The metadata, then a line a block. Colours are ANSI escape sequences.
  public static func render(_ page: CleanPage, inColour: Bool) -> [UInt8] {
    let places = SourcePlaces(page)
    let kept = Set(page.kept)
    var findings: [Int: Finding] = [:]
    for finding in page.findings where !finding.isPart { findings[finding.block] = finding }
    let width = page.findings.map(\.rule.count).max() ?? 7
    var out = header(page)
    for block in 0..<page.blocks.count {
      let line = places.place(of: page.blocks.range(block)).start.line
      let finding = findings[block]
      let score = Int((page.judgement.scores[block] * 100).rounded())
      let verdict = kept.contains(block) ? "keep" : "drop"
      let reason = finding.map { $0.rule } ?? "content"
      let text = page.blocks.string(block).replacing("\n", with: " ")
      let shown = text.cut(to: 100).escapingControls
      let numbers = "\("\(block)".right(5)) \("\(line)".right(5)) \(verdict) \("\(score)".right(3))"
      let head = "\(numbers) \(reason.left(width)) \("\(page.blocks.kinds[block])".left(10))"
      out += inColour ? "\(colour(kept.contains(block), finding))\(head)\u{1B}[0m \(shown)\n" : "\(head) \(shown)\n"
    }
    return Array(out.utf8)
  }

  /// One block: what was decided, and what weighed most in the model's judgement, with log-odds.
  public static func render(_ page: CleanPage, why block: Int) -> [UInt8] {
    let finding = page.findings.first { $0.block == block && !$0.isPart }
    var out = page.blocks.string(block) + "\n\n"
    out += page.kept.contains(block) ? "kept" : "dropped"
    if let finding { out += " by \(finding.rule): \(finding.message)" }
    out += "\n"
    for reason in page.judgement.reasons(block) {
      let weight = Int((reason.weight * 100).rounded())
      out += "  \((weight > 0 ? "+\(weight)" : "\(weight)").right(5))  \(reason.text)\n"
    }
    return Array(out.utf8)
  }

  /// The page's type and how sure it is; a dump has none.
  private static func type(_ page: CleanPage) -> String? {
    page.type.map { "\($0.rawValue) (\(Int((page.judgement.pageTypeConfidence * 100).rounded())) %)" }
  }

  private static func header(_ page: CleanPage) -> String {
    let metadata = page.metadata
    let fields: [(String, String?)] = [
      ("page", page.name), ("type", type(page)), ("title", metadata.title?.text),
      ("byline", metadata.byline?.text), ("date", metadata.date?.text), ("language", metadata.language?.text),
      ("words", "\(page.wordsOut) of \(page.wordsIn)"),
    ]
    let rows = fields.compactMap { name, value in value.map { "\(name.left(9)) \($0.escapingControls)\n" } }
    let notices = page.disclosures.map {
      "\("notice".left(9)) \($0.disclosure.kind), \($0.disclosure.medium): \($0.text)\n"
    }
    return (rows + notices).joined() + "\nblock  line verdict, score of 100, rule, kind, text\n"
  }

  /// Green stays; red went by a rule, yellow by the content scorer; blue is metadata.
  private static func colour(_ isKept: Bool, _ finding: Finding?) -> String {
    if isKept { return "\u{1B}[32m" }
    if finding?.family == .meta { return "\u{1B}[34m" }
    return finding?.rule.hasPrefix("content/") == true ? "\u{1B}[33m" : "\u{1B}[31m"
  }
}
