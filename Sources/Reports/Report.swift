import Cleaning
import Rules

/// A report of findings in the making, page by page.
///
/// What the functions give is its text, piece by piece: `start`, then `append` for each page in order, rendered or
/// failed, then `end`. It remembers how many findings there were, which rules made them and which pages failed, and no finding.
package struct Report {
  /// What a report is for.
  package enum Format: String, Sendable, CaseIterable {
    /// For a terminal: a line a finding, by page, and a summary.
    case text
    /// For programs: JSON Lines, an object a finding.
    case jsonl
    /// For editors and code review: SARIF 2.1.0.
    case sarif
    /// For a browser: a page of its own, with the rules' reasons.
    case html

    /// Whether the rules that made findings stand at its end.
    fileprivate var explainsRules: Bool { self == .sarif || self == .html }
  }

  /// What the findings of one page add to a report.
  package struct Section: Sendable {
    fileprivate var bytes: [UInt8]
    fileprivate var rules: Set<String>
    fileprivate var counts: FamilyCounts
    fileprivate var worst: Severity?
  }

  /// A page that could not be read.
  struct Failure {
    var uri: String
    var reason: String
  }

  private let format: Format
  private let rules: RuleSet
  private var failures: [Failure] = []
  private var seen: Set<String> = []
  private var isFirst = true
  private var counts = FamilyCounts()
  /// Of what is to be complained about so far.
  package private(set) var worst: Severity?

  /// `rules` explain the findings.
  package init(_ format: Format, rules: RuleSet) {
    self.format = format
    self.rules = rules
  }

  /// What stands before all pages.
  package func start() -> [UInt8] {
    switch format {
    case .text, .jsonl: []
    case .sarif: SARIFReport.start
    case .html: HTMLReport.start
    }
  }

  /// Renders findings, which are the page's `reportedFindings` or some of them; on any thread. `uri` leads to the page
  /// from the folder that the reader of the report is in.
  package static func render(
    _ findings: [Finding], of page: CleanPage, at uri: String, as format: Format, _ fingerprints: Fingerprinter
  ) -> Section {
    let bytes =
      switch format {
      case .text: TextReport.render(findings, of: page)
      case .jsonl: FindingRows.render(findings, of: page)
      case .sarif: SARIFReport.render(findings, of: page, at: uri, fingerprints)
      case .html: HTMLReport.render(findings, of: page)
      }
    let explained = format.explainsRules ? findings + findings.flatMap(\.parts) : []
    return Section(
      bytes: bytes, rules: Set(explained.map(\.rule)), counts: FamilyCounts(findings), worst: findings.worst)
  }

  /// What a page adds.
  package mutating func append(_ section: Section) -> [UInt8] {
    counts.add(section.counts)
    worst = [worst, section.worst].compactMap { $0 }.max()
    seen.formUnion(section.rules)
    guard format == .sarif, isFirst, !section.bytes.isEmpty else { return section.bytes }
    isFirst = false
    // Results stand behind commas; the first one has none.
    return Array(section.bytes.dropFirst())
  }

  /// What a page adds that could not be read.
  package mutating func append(failed page: String, at uri: String, _ reason: String) -> [UInt8] {
    switch format {
    case .text: return TextReport.render(failed: page, error: reason)
    case .jsonl: return []
    case .html: return HTMLReport.render(failed: page, reason)
    case .sarif:
      failures.append(Failure(uri: uri, reason: reason))
      return []
    }
  }

  /// `pages` and `failed` are how many could be read and how many not; the report is not whole where pages were left.
  package func end(pages: Int, failed: Int, isWhole: Bool) -> [UInt8] {
    let explained = seen.sorted().map { Explained($0, in: rules) }
    return switch format {
    case .text: TextReport.summary(counts, pages: pages, failed: failed)
    case .jsonl: []
    case .sarif: SARIFReport.end(explained, failures, isWhole: isWhole)
    case .html: HTMLReport.end(explained, counts, pages: pages, failed: failed, isWhole: isWhole)
    }
  }
}
