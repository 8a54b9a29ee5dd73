import Content
import Language
import Pages
import Rules

/// Cleans pages: rules and the content scorer decide block by block, and every removal leaves a finding.
///
/// Not for several threads at once: keep one a worker.
public final class Cleaner {
  private let scanner: Scanner
  private let scorer: ContentScorer?
  private let metadata = MetadataReader()
  private let folder = Folder()

  /// `favor` says how lost content weighs against kept chaff where no rule decides; nil leaves all to
  /// the rules, and what none of them takes is kept.
  public init(rules: RuleSet, favor: Favor? = .balanced) {
    scanner = Scanner(rules)
    scorer = favor.map { ContentScorer(favor: $0) }
  }

  /// Rules whose expressions were stopped by their time limit.
  public var overruns: Set<String> { scanner.overruns }

  public func clean(_ page: ReadPage) -> CleanPage {
    let blocks = page.blocks
    let all = scanner.scan(blocks, host: Self.host(page))
    let aboutPage = all.filter { $0.block < 0 }
    var findings = all.filter { $0.block >= 0 }
    let judgement = scorer?.judge(page, findings: findings) ?? .keepingAll(blocks.count)
    var metadata = metadata.read(page, findings: findings)
    let title = TitleBlock(folder: folder).find(in: page, findings: findings, judgement: judgement, metadata: &metadata)
    var byBlock = [Int?](repeating: nil, count: blocks.count)
    for (index, finding) in findings.enumerated() { byBlock[finding.block] = index }
    var kept: [Int] = []
    var added: [Finding] = []
    for block in 0..<blocks.count {
      let action = byBlock[block].map { findings[$0].action }
      if block == title, action != .remove {
        added.append(Self.titleFinding(block, blocks))
      } else if action == .remove {
        continue
      } else if action == .keep || judgement.keeps[block] {
        kept.append(block)
      } else {
        added.append(Self.boilerplateFinding(block, blocks, judgement))
      }
    }
    // A block that a rule only flags may still be rejected; the removal is then what counts.
    let replaced = Set(added.map(\.block))
    findings.removeAll { replaced.contains($0.block) }
    findings = (findings + added).sorted { $0.block < $1.block }
    let isQuarantined = aboutPage.contains { $0.action == .quarantine }
    if isQuarantined { kept = [] }
    findings = aboutPage + (kept.isEmpty && !isQuarantined ? [Self.emptyFinding] : []) + findings
    let notices = findings.compactMap { finding in
      finding.disclosure.map {
        CleanPage.Notice(
          disclosure: $0, text: finding.block >= 0 ? blocks.string(finding.block) : finding.message,
          block: finding.block)
      }
    }
    return CleanPage(
      name: page.name, url: page.url ?? metadata.canonicalURL?.text, blocks: blocks, metadata: metadata,
      judgement: judgement, isQuarantined: isQuarantined, kept: kept, titleBlock: title, findings: findings,
      disclosures: notices,
      wordsIn: Self.words(blocks, 0..<blocks.count), wordsOut: Self.words(blocks, kept), isHTML: page.isHTML,
      decoded: page.decoded, offsetInFile: page.offsetInFile)
  }

  /// The host of the page's address, which may be the canonical one.
  private static func host(_ page: ReadPage) -> String? {
    let address = page.url ?? page.blocks.head.links.first { $0.rel == "canonical" }?.href
    guard let rest = address?.firstRange(of: "://").map({ address![$0.upperBound...] }) else { return nil }
    let host = rest.prefix { $0 != "/" && $0 != ":" && $0 != "?" }.lowercased()
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }

  private static func titleFinding(_ block: Int, _ blocks: Blocks) -> Finding {
    Finding(
      rule: "meta/title", family: .meta, severity: .note, action: .remove,
      message: "The page's title: kept as metadata", block: block, range: blocks.range(block))
  }
  /// About the page as a whole: it stands before the first block, at the start of the file.
  private static let emptyFinding = Finding(
    rule: "content/empty-page", family: .error, severity: .warning, action: .flag,
    message: "No main content: the page may need a browser, or be a menu, an error or a consent wall", block: -1,
    range: 0..<0)
  private static func boilerplateFinding(_ block: Int, _ blocks: Blocks, _ judgement: Judgement) -> Finding {
    let percent = Int((judgement.scores[block] * 100).rounded())
    return Finding(
      rule: "content/boilerplate", family: .boilerplate, severity: .note, action: .remove,
      message: "Not main content (score \(percent) of 100)", block: block,
      range: blocks.range(block))
  }

  private static func words(_ blocks: Blocks, _ indices: some Sequence<Int>) -> Int {
    indices.reduce(0) { $0 + WordCount.of(blocks.bytes($1)) }
  }
}
