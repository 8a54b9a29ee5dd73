import Pages
import Rules

/// Decides who wrote a page.
///
/// Structured data that names a person comes first; then what stands at the byline; then weaker claims; last
/// the site's own name, where an article says that it is its author.
struct AuthorReader {
  let page: ReadPage
  let linked: LinkedData
  let site: SiteNames
  let findings: [Finding]
  /// The block of the page's title, or where the text starts.
  let start: Int

  func read() -> Metadata.Value? {
    var weak: [Metadata.Value] = []
    for claim in [fromLinkedData(), fromMeta()].compactMap({ $0 }) {
      if isPersonal(claim.text) || (isDiscussion && claim.source == "json-ld") { return asSeen(claim) }
      weak.append(claim)
    }
    return seen ?? weak.first ?? fromSignature() ?? fromHouse()
  }

  /// Several names as the byline has them, which says how they are joined.
  private func asSeen(_ claim: Metadata.Value) -> Metadata.Value {
    let names = claim.text.split(separator: ", ")
    guard names.count > 1, let seen = seen, seen.text != claim.text,
      MetadataText.words(claim.text).count < MetadataText.words(seen.text).count,
      names.allSatisfy({ seen.text.contains($0) }), seen.text.utf8.count < claim.text.utf8.count + 8
    else { return claim }
    return seen
  }

  /// What the page shows its readers.
  private var seen: Metadata.Value? {
    guard page.isHTML, let marked = BylineElements(page: page, linked: linked, site: site, start: start).read() else {
      return fromText()
    }
    // "Ann" in a box, "A column by Ann Lee" in the text.
    if !marked.text.contains(" "), let text = fromText(), text.text.hasPrefix(marked.text + " ") { return text }
    return marked
  }

  /// A handle or a first name alone may be an account's name, and a publisher's name stands for whoever wrote:
  /// what the byline says is better.
  private func isPersonal(_ text: String) -> Bool {
    text.contains(" ") && !site.names(text)
      && !text.split(separator: " ").contains { Self.companies.contains($0.lowercased().trimmingPunctuation) }
  }
  private static let companies: Set<String> = [
    "e.v", "ev", "gmbh", "ag", "inc", "ltd", "llc", "kg", "s.a", "sa", "s.l", "corp", "redaktion", "redacción",
    "redazione", "rédaction", "редакция", "editors", "editorial",
  ]

  /// Where people go by handles.
  private var isDiscussion: Bool {
    linked.works.contains { work in
      LinkedData.types(work).contains { $0.hasSuffix("DiscussionForumPosting") || $0.hasSuffix("Question") }
    }
  }

  // MARK: Structured data

  private func fromLinkedData() -> Metadata.Value? {
    for thing in linked.works + linked.pages {
      var names: [String] = []
      for author in linked.authors(of: thing) {
        let name = site.withoutSite(Self.withoutOpening(author.name))
        // On a site that bears its author's name the two are the same, if the page says that it is a person.
        let isName =
          author.isPerson
          ? BylineText.isPlausible(name, isPerson: true) : site.mayBeAuthor(name) && !author.isOrganization
        if isName, !names.contains(name) { names.append(name) }
      }
      if names.isEmpty { continue }
      guard names.count <= 8 else { continue }
      return .init(names.joined(separator: ", "), from: "json-ld")
    }
    return nil
  }

  /// Whom an article names as its author though it is who runs the site: where nobody else signs, that is an answer.
  private func fromHouse() -> Metadata.Value? {
    let head = page.blocks.head
    guard !linked.works.isEmpty || head.meta("article:published_time") != nil else { return nil }
    let authors = linked.works.lazy.map { linked.authors(of: $0) }.first { !$0.isEmpty } ?? []
    let claims =
      (authors.count == 1 ? [(authors[0].name, "json-ld")] : [])
      + Self.metaNames.lazy.compactMap { head.meta($0) }.prefix(1).map { (MetadataText.plain($0), "meta") }
    return claims.first { BylineText.isPlausible($0.0) && !$0.0.contains(where: { ",.".contains($0) }) }
      .map { .init($0.0, from: $0.1) }
  }

  private static let metaNames = [
    "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
    "citation_author",
    "og:article:author", "cxenseparse:author", "article:author_name", "mediator_author", "article.author",
    "dc.contributor",
  ]

  private func fromMeta() -> Metadata.Value? {
    let head = page.blocks.head
    for name in Self.metaNames {
      var names: [String] = []
      for meta in head.metas where meta.name == name {
        let text = site.withoutSite(Self.withoutOpening(MetadataText.plain(meta.content)))
        if site.mayBeAuthor(text), !names.contains(text) { names.append(text) }
      }
      if !names.isEmpty, names.count <= 8 { return .init(names.joined(separator: ", "), from: "meta") }
    }
    // What WordPress tells link previews: "Written by", then the name.
    for (label, data) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")] {
      guard let label = head.meta(label), let name = head.meta(data).map(MetadataText.plain) else { continue }
      if Self.writtenBy.contains(where: label.lowercased().holds), site.mayBeAuthor(name) {
        return .init(name, from: "meta")
      }
    }
    return nil
  }
  private static let writtenBy = [
    "written", "author", "verfasst", "geschrieben", "écrit", "rédigé", "escrito", "scritto", "geschreven", "skrevet",
    "skriven",
    "napisane", "автор", "написано", "autor", "yazan", "作者",
  ]

  private static func withoutOpening(_ name: String) -> String {
    guard let byline = BylineText.read(name, needsOpening: true) else { return name }
    return byline.names
  }

  // MARK: Text

  /// Lines near the title that begin with "by" or the like; in a dump, what the rules say of lines too.
  private func fromText() -> Metadata.Value? {
    let blocks = page.blocks
    let near = max(0, start - 3)..<min(blocks.count, start + 16)
    for block in near where isLine(block) {
      let line = blocks.string(block)
      if let byline = byline(line), isName(byline) { return .init(site.withoutSite(byline.names), from: "byline") }
      // "By" alone: the name is the next line.
      if line.utf8.count <= 14, Self.alone.contains(line.lowercased().trimmingPunctuation), block + 1 < blocks.count,
        let byline = BylineText.read(blocks.string(block + 1)), isName(byline)
      {
        return .init(byline.names, from: "byline")
      }
    }
    if !page.isHTML {
      for finding in findings where finding.rule.hasPrefix("meta/byline") && finding.block < max(60, start + 40) {
        if let byline = BylineText.read(blocks.string(finding.block), needsOpening: true),
          site.mayBeAuthor(byline.names)
        {
          return .init(byline.names, from: "byline")
        }
      }
    }
    // "Author: …" says so wherever it stands.
    for block in 0..<blocks.count where isLine(block) && !near.contains(block) && blocks.bytes(block).count < 60 {
      guard Self.hasColon(blocks.bytes(block)) else { continue }
      if let byline = BylineText.read(blocks.string(block), needsOpening: true), byline.isLabelled, isName(byline) {
        return .init(byline.names, from: "byline")
      }
    }
    return nil
  }
  /// "Written by …" says who wrote the page wherever it stands, where no other name stands behind these words.
  private func fromSignature() -> Metadata.Value? {
    let blocks = page.blocks
    var found: String?
    for block in 0..<blocks.count where isLine(block) {
      guard let byline = BylineText.signature(blocks.bytes(block)), isName(byline) else { continue }
      if let found, found != byline.names { return nil }
      found = byline.names
    }
    return found.map { .init($0, from: "byline") }
  }

  private static func hasColon(_ line: ArraySlice<UInt8>) -> Bool {
    // A wide one is EF BC 9A.
    line.contains(0x3A) || zip(line, line.dropFirst()).contains { $0 == 0xBC && $1 == 0x9A }
  }

  private func byline(_ line: String) -> BylineText.Byline? {
    BylineText.read(line, needsOpening: true) ?? BylineText.readDated(line)
      ?? BylineText.readPart(of: line, needsOpening: true)
  }

  private static let alone: Set<String> = [
    "by", "written by", "posted by", "von", "par", "por", "di", "author", "autor", "автор",
  ]

  private func isName(_ byline: BylineText.Byline) -> Bool {
    // In running text a name is short and begins with capitals: "By the lake" is none.
    let words = byline.names.split(separator: " ")
    return words.count <= 8 && (words.first?.first?.isLowercase == false || (byline.isLabelled && words.count == 1))
      && (words.count >= 2 || byline.isLabelled || byline.isWholeLine || byline.hasVerb)
      && words.dropFirst().first.map(Self.mayBeSecond) != false
  }

  private static func mayBeSecond(_ word: Substring) -> Bool {
    word.first?.isLowercase == false
      || ["von", "van", "de", "der", "den", "di", "da", "del", "du", "la", "le", "zu", "ten", "bin", "al", "dos"]
        .contains(word)
  }

  private func isLine(_ block: Int) -> Bool {
    let blocks = page.blocks
    guard blocks.bytes(block).count < 160, blocks.kinds[block] != .code else { return false }
    return blocks.contexts[block].isDisjoint(with: [.nav, .footer, .aside, .form, .hidden])
  }
}

extension SiteNames {
  /// Whether `name` may be an author's: not the site's own name or address.
  func mayBeAuthor(_ name: String) -> Bool {
    BylineText.isPlausible(name) && !isExactly(name) && !name.hasSuffix(".com")
  }

  /// They pass on what others wrote.
  private static let agencies: Set<String> = [
    "dpa", "dpa-afx", "dpa/tmn", "afp", "ap", "apa", "reuters", "sda", "efe", "ansa", "sid", "pti", "tass", "xinhua",
  ]

  /// "Ann Lee, Harbour Post" and "Ann Lee - Harbour Post" without the paper, and without what an empty name before a comma left.
  func withoutSite(_ name: String) -> String {
    let names = TitleParts(name)
    if names.count == 2, isExactly(names.parts[1]) { return String(names.parts[0]) }
    let parts = name.split(separator: ",").filter { $0.contains { $0.isLetter } }
    guard parts.count < 6, let first = parts.first else { return name }
    // "Harbour Post, Quay Street": an address, not names.
    if isExactly(first) { return String(first).trimmingPunctuation }
    let own = parts.filter { !isExactly($0) && !Self.agencies.contains(String($0).trimmingPunctuation.lowercased()) }
    guard !own.isEmpty else { return name }
    guard own.count < parts.count || name.first == "," else { return name }
    return own.joined(separator: ",").trimmingPunctuation
  }
}
