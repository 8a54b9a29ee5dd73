import Cleaning
import Pages
import Rules

/// The lint report that people read: findings by page, then a summary by family.
public enum TextReport {
  /// The page's name and a line a finding: position, severity, rule, text. The parts of a form stand below it. What is
  /// kept has that word in place of a severity; what is only marked says so behind its text.
  /// `findings` are the page's `reportedFindings`.
  public static func render(_ findings: [Finding], of page: CleanPage) -> [UInt8] {
    guard !findings.isEmpty else { return [] }
    let places = SourcePlaces(page)
    func row(_ finding: Finding, isPart: Bool = false) -> (String, String, String, String, String) {
      let severity = isPart ? "  part" : finding.action == .keep ? "kept" : finding.severity.rawValue
      let start = places.place(of: finding.range).start
      let text = FindingRows.hasText(finding) ? FindingRows.excerpt(finding, page) : finding.message
      return ("\(start.line):\(start.column)", severity, finding.rule, text, note(finding, isPart, page, places))
    }
    let rows = findings.flatMap { finding in
      [row(finding)] + finding.parts.map { row($0, isPart: true) }
    }
    let positions = rows.map(\.0.count).max() ?? 0
    let rules = rows.map(\.2.count).max() ?? 0
    var out = page.name.escapingControls + "\n"
    for (position, severity, rule, excerpt, note) in rows {
      let line = excerpt.cut(to: 90).replacing("\n", with: " ").escapingControls
      out += "  \(position.left(positions))  \(severity.left(7))  \(rule.left(rules))  \(line)\(note)\n"
    }
    return Array((out + "\n").utf8)
  }

  private static func note(_ finding: Finding, _ isPart: Bool, _ page: CleanPage, _ places: SourcePlaces) -> String {
    var notes = finding.action == .flag && !isPart ? ["marked"] : []
    if let other = finding.related.first {
      notes.append(
        other > finding.block
          ? "\(finding.related.count + 1) times"
          : "again, first at line \(places.place(of: page.blocks.range(other)).start.line)")
    }
    return notes.isEmpty ? "" : "  [\(notes.joined(separator: ", "))]"
  }

  /// The name of a page that could not be read, and why.
  public static func render(failed page: String, error: String) -> [UInt8] {
    Array("\(page.escapingControls)\n  failed: \(error.escapingControls)\n\n".utf8)
  }

  /// Findings by family, and how many pages there were.
  public static func summary(_ counts: FamilyCounts, pages: Int, failed: Int) -> [UInt8] {
    var out = ""
    let rows = counts.inOrder.map { ($0.0.rawValue, "\($0.1)") }
    let width = rows.map(\.0.count).max() ?? 0
    let digits = rows.map(\.1.count).max() ?? 0
    if !rows.isEmpty { out += "By family\n" }
    for (family, count) in rows {
      out += "  \(family.left(width))  \(count.right(digits))\n"
    }
    out += "\(counted(counts.total, "finding")) in \(counted(pages, "page"))"
    out += failed > 0 ? ", \(failed) failed\n" : "\n"
    return Array(out.utf8)
  }
}
