import Content
import Language
import Pages
import Rules

/// Cleans pages: rules and the content scorer decide block by block, and every removal leaves a finding.
///
/// Not for several threads at once: keep one a worker.
package final class Cleaner {
  private let policy: Policy
  private let scanner: Scanner
  private let filters: FilterScanner
  private let sites: SiteReader
  private let scorer: ContentScorer?
  private let metadata = MetadataReader()
  private let folder = Folder()

  /// `favor` says how lost content weighs against kept chaff where no rule decides; nil leaves all to
  /// the rules, and what none of them takes is kept.
  package init(_ rulebook: Rulebook, favor: Favor? = .balanced) {
    policy = rulebook.policy
    scanner = Scanner(rulebook.rules, counts: rulebook.counts)
    filters = FilterScanner(rulebook.filters)
    sites = SiteReader(rulebook.sites)
    scorer = favor.map { ContentScorer(favor: $0) }
  }

  /// Expressions of rules that were stopped by their time limit.
  package var overruns: Set<Overrun> { scanner.overruns }

  /// What stays of a page, and a finding for all that does not. O(bytes + elements + blocks × trees).
  package func clean(_ page: ReadPage) -> CleanPage {
    let blocks = page.blocks
    let host = Self.host(page)
    let policy = policy.resolve(host: host, path: page.path)
    let site = sites.read(blocks, host: host)
    var found = find(blocks, host, policy, site)
    let whole = found.byBlock.compactMap { $0 }
    var judgement = scorer?.judge(page, findings: whole) ?? .keepingAll(blocks.count)
    for block in site?.body ?? [] { judgement.keeps[block] = true }
    judgement.nameFamilies(blocks, findings: whole)
    var metadata = metadata.read(page, findings: whole)
    if !judgement.mayBeSigned { metadata.dropVisibleSignature() }
    if let site { metadata.adopt(title: site.title, author: site.author, date: site.date) }
    let titles = TitleBlock(folder: folder)
    let title = titles.find(in: page, findings: whole, judgement: judgement, metadata: &metadata)
    // Rules alone keep title and byline where they stand: what none of them takes stays.
    if let title, scorer != nil, titles.goes(title, in: blocks, findings: whole, judgement) {
      found.decide(title, Self.titleFinding(title, blocks), policy)
      if judgement.mayBeArticle {
        for line in titles.signatures(under: title, in: blocks, metadata)
        where judgement.keeps[line] && found.byBlock[line]?.action != .keep {
          found.decide(line, Self.signatureFinding(line, blocks), policy)
        }
      }
    }
    for block in 0..<blocks.count where !judgement.keeps[block] && !(block == title && scorer != nil) {
      found.byBlock[block] = Self.decideRejected(found.byBlock[block], block, blocks, judgement, policy)
    }
    let isQuarantined = found.aboutPage.contains { $0.action == .quarantine }
    var kept = isQuarantined ? [] : blocks.starts.indices.filter { found.byBlock[$0]?.action != .remove }
    let written = Self.edit(blocks, found.parts, &kept)
    if kept.isEmpty, !isQuarantined, let empty = policy.apply(to: Self.emptyFinding) { found.aboutPage.append(empty) }
    let findings = found.inPageOrder
    let words = Self.words(blocks)
    let wordsOut = found.parts.isEmpty ? words : Self.words(written)
    return CleanPage(
      name: page.name, url: page.url ?? metadata.canonicalURL?.text, blocks: blocks, written: written,
      metadata: metadata, judgement: judgement, isQuarantined: isQuarantined, kept: kept, titleBlock: title,
      findings: findings, formSetting: policy.ownSetting(of: Finding.formRule),
      disclosures: Self.notices(findings, blocks), wordsIn: words.reduce(0, +),
      wordsOut: kept.reduce(0) { $0 + wordsOut[$1] }, isHTML: page.isHTML, charset: page.charset,
      decoded: page.decoded, inFile: page.inFile)
  }

  /// What was found on a page: of the whole, by block, and in parts of blocks.
  private struct Found {
    var aboutPage: [Finding]
    var byBlock: [Finding?]
    var parts: [Finding]

    var inPageOrder: [Finding] {
      let whole = byBlock.compactMap { $0 }
      return aboutPage + (parts.isEmpty ? whole : (whole + parts).inPageOrder())
    }

    /// Title, author and date are no body text, unless the policy wants them there.
    mutating func decide(_ block: Int, _ finding: Finding, _ policy: PagePolicy) {
      if byBlock[block]?.action == .remove { return }
      byBlock[block] = policy.apply(to: finding) ?? byBlock[block]
    }
  }

  /// Rules first; what they keep or take out, filters and the site's configuration leave alone.
  private func find(_ blocks: Blocks, _ host: String?, _ policy: PagePolicy, _ site: SiteReading?) -> Found {
    let all = scanner.scan(blocks, host: host, under: policy)
    var byBlock = [Finding?](repeating: nil, count: blocks.count)
    for finding in all where finding.block >= 0 && !finding.isPart { byBlock[finding.block] = finding }
    for finding in filters.scan(blocks, host: host) + (site?.findings ?? []) {
      let action = byBlock[finding.block]?.action
      if action == .keep || action == .remove { continue }
      byBlock[finding.block] = policy.apply(to: finding) ?? byBlock[finding.block]
    }
    return Found(aboutPage: all.filter { $0.block < 0 }, byBlock: byBlock, parts: all.filter(\.isPart))
  }

  private static func notices(_ findings: [Finding], _ blocks: Blocks) -> [CleanPage.Notice] {
    findings.compactMap { finding in
      finding.disclosure.map {
        CleanPage.Notice(
          disclosure: $0,
          text: finding.block >= 0 ? String(decoding: blocks.text[finding.range], as: UTF8.self) : finding.message,
          block: finding.block)
      }
    }
  }

  /// The blocks with what rules make of parts of them; a block of which nothing is left is kept no more.
  private static func edit(_ blocks: Blocks, _ parts: [Finding], _ kept: inout [Int]) -> Blocks {
    guard !parts.isEmpty else { return blocks }
    var isKept = [Bool](repeating: false, count: blocks.count)
    for block in kept { isKept[block] = true }
    let edits = parts.filter { isKept[$0.block] }.compactMap(\.edit)
    let written = blocks.applying(edits.sorted { $0.range.lowerBound < $1.range.lowerBound })
    kept.removeAll { written.range($0).isEmpty }
    return written
  }

  /// The host of the page's address, which may be the canonical one.
  private static func host(_ page: ReadPage) -> String? {
    (page.url ?? page.blocks.head.links.first { $0.rel == "canonical" }?.href).flatMap(HostName.of)
  }

  /// A block that a rule only flags may still be rejected: the rule then says what it is, the model that it goes.
  private static func decideRejected(
    _ found: Finding?, _ block: Int, _ blocks: Blocks, _ judgement: Judgement, _ policy: PagePolicy
  ) -> Finding? {
    if found?.action == .remove || found?.action == .keep { return found }
    let family = found?.family ?? judgement.families[block]
    // A family that is off is not named, but its text is no more content for that.
    let rejected =
      family.flatMap { policy.apply(to: boilerplateFinding(block, blocks, judgement, $0)) }
      ?? policy.apply(to: boilerplateFinding(block, blocks, judgement, .boilerplate))
    guard let rejected, rejected.action == .remove, var found else { return found ?? rejected }
    found.action = .remove
    found.range = rejected.range
    found.message += "; not " + mainContent[percent(judgement, block)]
    return found
  }

  private static func titleFinding(_ block: Int, _ blocks: Blocks) -> Finding {
    Finding(
      rule: "meta/title", family: .meta, severity: .note, action: .remove,
      message: "The page's title: kept as metadata", block: block, range: blocks.range(block))
  }
  private static func signatureFinding(_ block: Int, _ blocks: Blocks) -> Finding {
    Finding(
      rule: "meta/signature", family: .meta, severity: .note, action: .remove,
      message: "The author or the date, under the title: kept as metadata", block: block, range: blocks.range(block))
  }
  /// About the page as a whole: it stands before the first block, at the start of the file.
  private static let emptyFinding = Finding(
    rule: "content/empty-page", family: .error, severity: .warning, action: .flag,
    message: "No main content: the page may need a browser, or be a menu, an error or a consent wall", block: -1,
    range: 0..<0)
  private static func boilerplateFinding(_ block: Int, _ blocks: Blocks, _ judgement: Judgement, _ family: Family)
    -> Finding
  {
    let texts = rejected[family]!
    return Finding(
      rule: texts.rule, family: family, severity: .note, action: .remove,
      message: texts.messages[percent(judgement, block)], block: block, range: blocks.range(block))
  }

  /// By score: a page has a hundred such findings, and there are no more than 101 texts a family.
  private static let mainContent = (0...100).map { "main content (score \($0) of 100)" }
  private static let rejected = Dictionary(
    uniqueKeysWithValues: Family.allCases.map { family in
      let isNamed = family != .boilerplate
      return (
        family,
        (
          rule: "content/boilerplate" + (isNamed ? ":\(family.rawValue)" : ""),
          messages: mainContent.map { "Not \($0)" + (isNamed ? ", by its look \(family.rawValue)" : "") }
        )
      )
    })

  private static func percent(_ judgement: Judgement, _ block: Int) -> Int {
    Int((judgement.scores[block] * 100).rounded())
  }

  private static func words(_ blocks: Blocks) -> [Int] {
    blocks.text.withUnsafeBufferPointer { text in
      (0..<blocks.count).map { WordCount.of(UnsafeBufferPointer(rebasing: text[blocks.range($0)])) }
    }
  }
}
