import Pages
import Rules

/// Reads a page's metadata from JSON-LD, Open Graph, meta tags, microdata, `<time>`, its byline and its address.
///
/// A value that is doubtful is left out: a wrong author or date is worse than none. Structured data are read
/// first; the elements of the page are looked at only for what they lack.
package struct MetadataReader: Sendable {
  package init() {}

  /// `findings` are what rules said of the page: those of family meta lead to a dump's byline.
  /// O(head + JSON-LD), and O(elements) where author or date stand in the text only.
  package func read(_ page: ReadPage, findings: [Finding]) -> Metadata {
    let linked = LinkedData(page.blocks.head.jsonLD)
    let site = SiteNames(page, linked)
    var metadata = Metadata()
    metadata.siteName = site.names.first.map { .init($0.text, from: $0.source) }
    metadata.language = LanguageReader(page: page, linked: linked).read()
    metadata.summary = summary(page, linked)
    metadata.canonicalURL = canonicalURL(page)
    metadata.title = TitleReader(page: page, linked: linked, site: site).read()
    let start = start(page, metadata.title?.text, findings)
    metadata.byline =
      AuthorReader(page: page, linked: linked, site: site, findings: findings, start: start).read()
    let dates = DateText(language: metadata.language?.text)
    metadata.date = DateReader(page: page, linked: linked, findings: findings, start: start, dates: dates).read()
    return metadata
  }

  /// The block that byline and date stand near: the title's heading, else the first top heading, else the
  /// first byline of a dump.
  private func start(_ page: ReadPage, _ title: String?, _ findings: [Finding]) -> Int {
    let blocks = page.blocks
    if !page.isHTML { return findings.first { $0.rule.hasPrefix("meta/") && $0.block < 60 }?.block ?? 0 }
    let wanted = title.map(MetadataText.fold)
    var top: Int?
    var seen = 0
    for block in 0..<blocks.count where blocks.kinds[block] == .heading {
      if blocks.levels[block] == 1, top == nil { top = block }
      seen += 1
      guard seen < 60, let wanted, blocks.bytes(block).count < 400 else { continue }
      let text = MetadataText.fold(MetadataText.plain(blocks.string(block)))
      if text == wanted || (text.count > 12 && (wanted.hasPrefix(text) || text.hasPrefix(wanted))) { return block }
    }
    return top ?? 0
  }

  private func summary(_ page: ReadPage, _ linked: LinkedData) -> Metadata.Value? {
    let head = page.blocks.head
    for (name, source) in [("og:description", "og"), ("description", "meta"), ("twitter:description", "meta")] {
      if let text = head.meta(name).map(MetadataText.plain), text.contains(where: \.isLetter) {
        return .init(text, from: source)
      }
    }
    for work in linked.works {
      if let text = work[.description]?.string.map(MetadataText.plain), !text.isEmpty {
        return .init(text, from: "json-ld")
      }
    }
    return nil
  }

  /// Only a whole address, or one that the page's own completes.
  private func canonicalURL(_ page: ReadPage) -> Metadata.Value? {
    let head = page.blocks.head
    let claims =
      head.links.filter { $0.rel == "canonical" }.map { ($0.href, "link") }
      + [head.meta("og:url").map { ($0, "og") }]
      .compactMap { $0 }
    for (href, source) in claims {
      let href = MetadataText.plain(href)
      if Address(href) != nil { return .init(href, from: source) }
      guard let base = page.url.flatMap(Address.init), href.hasPrefix("/") else { continue }
      return .init(
        href.hasPrefix("//") ? "\(base.scheme):\(href)" : "\(base.scheme)://\(base.host)\(href)", from: source)
    }
    return nil
  }
}
