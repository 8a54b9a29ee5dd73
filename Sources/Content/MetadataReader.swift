import Pages
import Rules

/// Reads a page's metadata from JSON-LD, Open Graph, meta tags, microdata, `<time>` and its text.
public struct MetadataReader: Sendable {
  public init() {}

  public func read(_ page: ReadPage, findings: [Finding]) -> Metadata {
    let blocks = page.blocks
    let head = blocks.head
    let linked = head.jsonLD.compactMap { JSONValue.parse($0) }.flatMap(\.things)
    var metadata = Metadata()
    metadata.siteName =
      head.meta("og:site_name").map { .init($0, from: "og") }
      ?? linked.lazy.compactMap { $0["publisher"]?["name"]?.string }.first.map { .init($0, from: "json-ld") }
    metadata.language = language(page)
    metadata.summary =
      head.meta("og:description").map { .init($0, from: "og") }
      ?? head.meta("description").map { .init($0, from: "meta") }
    metadata.canonicalURL =
      head.links.first { $0.rel == "canonical" }.map { .init($0.href, from: "link") }
      ?? head.meta("og:url").map { .init($0, from: "og") }
    metadata.title = title(page, linked, site: metadata.siteName?.text)
    metadata.byline = byline(page, linked, findings)
    metadata.date = date(page, linked, findings)
    return metadata
  }

  // MARK: Title

  private func title(_ page: ReadPage, _ linked: [JSONValue], site: String?) -> Metadata.Value? {
    let head = page.blocks.head
    let blocks = page.blocks
    let headline = (0..<blocks.count).first {
      blocks.kinds[$0] == .heading && blocks.levels[$0] == 1 && !blocks.contexts[$0].contains(.hidden)
    }
    if let og = head.meta("og:title") { return .init(Self.withoutSite(og, site), from: "og") }
    if let name = linked.lazy.filter(\.isArticle).compactMap({ $0["headline"]?.string }).first {
      return .init(name, from: "json-ld")
    }
    if let headline { return .init(blocks.string(headline), from: "h1") }
    if let title = head.title { return .init(Self.withoutSite(title, site), from: "title") }
    return nil
  }

  /// The title without the site's name at its end or start.
  static func withoutSite(_ title: String, _ site: String?) -> String {
    let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "] {
      let parts = title.components(by: separator)
      guard parts.count > 1 else { continue }
      if let site {
        if parts.last!.caseInsensitiveEquals(site) { return parts.dropLast().joined(separator: separator) }
        if parts.first!.caseInsensitiveEquals(site) { return parts.dropFirst().joined(separator: separator) }
      }
      // Without a name to compare with, a short last part is taken for one.
      let words = parts.last!.split(separator: " ").count
      if site == nil, words <= 4, parts.dropLast().joined(separator: " ").split(separator: " ").count > words {
        return parts.dropLast().joined(separator: separator)
      }
    }
    return title
  }

  // MARK: Byline

  private func byline(_ page: ReadPage, _ linked: [JSONValue], _ findings: [Finding]) -> Metadata.Value? {
    let head = page.blocks.head
    for thing in linked where thing.isArticle || thing["@type"]?.string == "Product" {
      if let author = thing["author"]?.names, !author.isEmpty { return .init(author, from: "json-ld") }
    }
    for name in ["author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"] {
      if let author = head.meta(name), !author.contains("://") { return .init(Self.withoutBy(author), from: "meta") }
    }
    let byline = findings.first { $0.rule.hasPrefix("meta/byline") }
    return byline.map { .init(Self.withoutBy(page.blocks.string($0.block)), from: "text") }
  }

  /// "by Ann Lee July 27, 2024 2 min read" → "Ann Lee".
  static func withoutBy(_ text: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    let openings = ["by", "von", "par", "por", "di", "door", "av", "автор", "written", "text:"]
    while let first = words.first, words.count > 1, openings.contains(first.lowercased()) { words.removeFirst() }
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    if let end = words.indices.dropFirst().first(where: { i in
      words[i].contains(where: \.isNumber) || words[i] == "|" || words[i] == "·" || words[i] == "-"
        || (i + 1 < words.count && words[i + 1].contains(where: \.isNumber)
          && months.contains { words[i].lowercased().hasPrefix($0) })
    }) {
      words.removeSubrange(end...)
    }
    let trimmed = words.joined(separator: " ")
    return trimmed.hasSuffix(",") ? String(trimmed.dropLast()) : trimmed
  }

  // MARK: Date

  private func date(_ page: ReadPage, _ linked: [JSONValue], _ findings: [Finding]) -> Metadata.Value? {
    let blocks = page.blocks
    let head = blocks.head
    for thing in linked {
      if let date = thing["datePublished"]?.string.flatMap(DateText.iso) { return .init(date, from: "json-ld") }
    }
    for name in [
      "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
      "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publication_date", "dcterms.created",
    ] {
      if let date = head.meta(name).flatMap(DateText.iso) { return .init(date, from: "meta") }
    }
    for element in 0..<blocks.elements.count where blocks.elements.tags[element] == .time {
      if let date = blocks.elements.string(.datetime, of: element).flatMap(DateText.iso) {
        return .init(date, from: "time")
      }
    }
    for finding in findings where finding.family == .meta {
      if let date = DateText.find(in: blocks.string(finding.block)) { return .init(date, from: "text") }
    }
    return (page.url ?? head.links.first { $0.rel == "canonical" }?.href).flatMap(DateText.inPath)
      .map { .init($0, from: "url") }
  }

  // MARK: Language

  private func language(_ page: ReadPage) -> Metadata.Value? {
    if let tag = page.blocks.head.language?.split(separator: ",").first, tag.utf8.count >= 2, tag.utf8.count <= 12 {
      return .init(String(tag).replacing("_", with: "-"), from: "html")
    }
    if let tag = page.blocks.head.meta("og:locale") { return .init(tag.replacing("_", with: "-"), from: "og") }
    return LanguageGuess.guess(page.blocks.text).map { .init($0, from: "text") }
  }
}

extension String {
  fileprivate func components(by separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: true).map(String.init)
  }
  fileprivate func caseInsensitiveEquals(_ other: String) -> Bool { lowercased() == other.lowercased() }
}
