import Pages
import Rules

/// Decides who wrote a page.
///
/// Structured data that names a person comes first; then what stands at the byline; then weaker claims. The
/// site's own name and addresses are no authors: a page that only says "by our site" has none.
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
      if isFullName(claim.text) || (isDiscussion && claim.source == "json-ld") { return claim }
      weak.append(claim)
    }
    if let seen = page.isHTML ? fromElements() ?? fromText() : fromText() { return seen }
    return weak.first ?? fromSignature()
  }

  /// A handle or a first name alone may be an account's name: what the byline says is better.
  private func isFullName(_ text: String) -> Bool { text.contains(" ") }

  /// Where people go by handles.
  private var isDiscussion: Bool {
    linked.works.contains { work in
      LinkedData.types(work).contains { $0.hasSuffix("DiscussionForumPosting") || $0.hasSuffix("Question") }
    }
  }

  private func isAuthor(_ name: String) -> Bool {
    BylineText.isPlausible(name) && !site.isExactly(name) && !name.hasSuffix(".com")
  }

  // MARK: Structured data

  private func fromLinkedData() -> Metadata.Value? {
    for thing in linked.works + linked.pages {
      var names: [String] = []
      for author in linked.authors(of: thing) {
        let name = withoutSite(Self.withoutOpening(author.name))
        // On a site that bears its author's name the two are the same, if the page says that it is a person.
        let isName =
          author.isPerson ? BylineText.isPlausible(name, isPerson: true) : isAuthor(name) && !author.isOrganization
        if isName, !names.contains(name) { names.append(name) }
      }
      if names.isEmpty { continue }
      guard names.count <= 8 else { continue }
      return .init(names.joined(separator: ", "), from: "json-ld")
    }
    return nil
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
        let text = withoutSite(Self.withoutOpening(MetadataText.plain(meta.content)))
        if isAuthor(text), !names.contains(text) { names.append(text) }
      }
      if !names.isEmpty, names.count <= 8 { return .init(names.joined(separator: ", "), from: "meta") }
    }
    // What WordPress tells link previews: "Written by", then the name.
    for (label, data) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")] {
      guard let label = head.meta(label), let name = head.meta(data).map(MetadataText.plain) else { continue }
      if Self.writtenBy.contains(where: label.lowercased().contains), isAuthor(name) {
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

  /// "Ann Lee, Harbour Post" without the paper, and without what an empty name before a comma left.
  private func withoutSite(_ name: String) -> String {
    let parts = name.split(separator: ",").filter { $0.contains { $0.isLetter } }
    guard parts.count < 6, let first = parts.first else { return name }
    // "Harbour Post, Quay Street": an address, not names.
    if site.isExactly(first) { return String(first).trimmingPunctuation }
    let own = parts.filter { !site.isExactly($0) }
    guard own.count < parts.count || name.first == "," else { return name }
    return own.joined(separator: ",").trimmingPunctuation
  }

  private static func withoutOpening(_ name: String) -> String {
    guard let byline = BylineText.read(name, needsOpening: true) else { return name }
    return byline.names
  }

  // MARK: The byline

  private struct Candidate {
    var names: String
    /// The smaller the surer.
    var rank: Int
    var element: Int
  }

  private static let classWords = ElementWords([
    "byline", "author", "autor", "auteur", "verfasser", "writer", "username", "user-name", "poster", "redakteur",
    "creator",
  ])
  /// Where even a marked author is that of something else.
  private static let others = ElementWords(["comment", "related", "recommend", "teaser"])
  private static let excluded = ElementWords([
    "comment", "related", "footer", "sidebar", "recommend", "author-bio", "author-desc", "teaser", "newsletter",
    "authority", "authorize", "tooltip", "reviewer", "promo-", "promo_",
  ])
  private static let items = ElementWords(["comment", "answer"])
  private static let hrefWords = ElementWords([
    "/author/", "/autor/", "/authors/", "/autoren/", "/auteur/", "/writers/", "/contributors/",
  ])

  /// Elements that are named for an author, in page order.
  private func fromElements() -> Metadata.Value? {
    let elements = page.blocks.elements
    var candidates: [Candidate] = []
    var others: Set<String> = []
    for element in 0..<elements.count {
      // A byline is short: most boxes of a page are told by their size alone.
      guard (2..<600).contains(Int(elements.textEnds[element]) - Int(elements.textStarts[element])),
        candidates.count < 24, !elements.areHidden[element]
      else { continue }
      guard let rank = rank(element), !isOutside(element, rank), let names = names(in: element, mayBeSite: rank <= 2)
      else {
        continue
      }
      candidates.append(Candidate(names: names, rank: rank, element: element))
      others.insert(MetadataText.squeeze(names))
    }
    guard var best = candidates.min(by: { $0.rank < $1.rank }) else { return nil }
    if others.count > 4, linked.works.isEmpty, best.rank > 1 {
      // Many names and no word that the page is a work: the posts of a thread, of which the first counts, or a
      // list of other pages, unless one stands by the title.
      guard let first = candidates.first(where: { isNear($0.element) || $0.rank == 4 }) else { return nil }
      best = first.rank == 4 ? candidates[0] : first
    }
    return .init(best.names, from: best.rank == 0 ? "microdata" : "byline")
  }

  private func isNear(_ element: Int) -> Bool {
    let blocks = page.blocks
    let near = start..<min(blocks.count, start + 10)
    guard let first = near.first, let last = near.last else { return false }
    let place = blocks.elements.textStarts[element]
    return place >= blocks.starts[first] && place <= blocks.ends[last]
  }

  private func rank(_ element: Int) -> Int? {
    let elements = page.blocks.elements
    if elements.value(.itemprop, of: element)?.elementsEqual("author".utf8) == true { return 0 }
    if elements.value(.rel, of: element)?.elementsEqual("author".utf8) == true { return 1 }
    for attribute in [AttributeName.class, .id, .dataTestid] {
      guard let value = elements.value(attribute, of: element), let word = Self.classWords.find(in: value) else {
        continue
      }
      return word == 0 ? 1 : word < 6 ? 2 : 4
    }
    if elements.tags[element] == .a, let href = elements.value(.href, of: element), Self.hrefWords.find(in: href) != nil
    {
      return 3
    }
    return nil
  }

  /// In a comment, a card of another page, a sidebar, a footer.
  private func isOutside(_ element: Int, _ rank: Int) -> Bool {
    let elements = page.blocks.elements
    var steps = 0
    for ancestor in elements.path(from: element) {
      steps += 1
      switch elements.tags[ancestor] {
      case .nav, .form, .button: return true
      // Those of an article hold its byline, those of the page do not.
      case .footer, .aside:
        if elements.nearest(.article, .main, from: ancestor) == nil { return true }
      case .body, .html: return false
      default: break
      }
      guard steps < 8 else { continue }
      // A comment's or an answer's author is not the page's.
      if rank <= 1, ancestor != element, isRemark(ancestor) { return true }
      for attribute in [AttributeName.class, .id] {
        if let value = elements.value(attribute, of: ancestor),
          (rank <= 1 ? Self.others : Self.excluded).find(in: value) != nil
        {
          return true
        }
      }
    }
    return false
  }

  private func isRemark(_ element: Int) -> Bool {
    [AttributeName.itemprop, .itemtype].contains { attribute in
      page.blocks.elements.value(attribute, of: element).map { Self.items.find(in: $0) != nil } ?? false
    }
  }

  /// The first line of the element that reads like names.
  private func names(in element: Int, mayBeSite: Bool) -> String? {
    let elements = page.blocks.elements
    let range = Int(elements.textStarts[element])..<min(Int(elements.textEnds[element]), page.blocks.text.count)
    var lines = 0
    for line in page.blocks.text[range].split(separator: 0x0A) {
      lines += 1
      if lines > 4 { return nil }
      let line = String(decoding: line, as: UTF8.self)
      // A picture's stand-in shows initials.
      if line.count == 2, line.allSatisfy(\.isUppercase) { continue }
      guard let byline = BylineText.read(line) ?? BylineText.readPart(of: line) else { continue }
      // "By" and the site's name is what the page says; the name alone is a logo.
      if byline.isIntroduced || mayBeSite || isAuthor(byline.names) { return withoutSite(byline.names) }
    }
    return nil
  }

  // MARK: Text

  /// Lines near the title that begin with "by" or the like; in a dump, what the rules say of lines too.
  private func fromText() -> Metadata.Value? {
    let blocks = page.blocks
    let near = max(0, start - 3)..<min(blocks.count, start + 16)
    for block in near where isLine(block) {
      let line = blocks.string(block)
      if let byline = BylineText.read(line, needsOpening: true), isName(byline) {
        return .init(byline.names, from: "byline")
      }
      // "By" alone: the name is the next line.
      if line.utf8.count <= 14, Self.alone.contains(line.lowercased().trimmingPunctuation), block + 1 < blocks.count,
        let byline = BylineText.read(blocks.string(block + 1)), isName(byline)
      {
        return .init(byline.names, from: "byline")
      }
    }
    if !page.isHTML {
      for finding in findings where finding.rule.hasPrefix("meta/byline") && finding.block < max(60, start + 40) {
        if let byline = BylineText.read(blocks.string(finding.block), needsOpening: true), isAuthor(byline.names) {
          return .init(byline.names, from: "byline")
        }
      }
    }
    // "Author: …" says so wherever it stands.
    for block in 0..<blocks.count where isLine(block) && !near.contains(block) && blocks.bytes(block).count < 60 {
      guard blocks.bytes(block).contains(0x3A) else { continue }
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

  private static let alone: Set<String> = [
    "by", "written by", "posted by", "von", "par", "por", "di", "author", "autor", "автор",
  ]

  private func isName(_ byline: BylineText.Byline) -> Bool {
    // In running text a name is short and begins with capitals: "By the lake" is none.
    let words = byline.names.split(separator: " ")
    return words.count <= 8 && words.first?.first?.isLowercase == false
      && (words.count >= 2 || byline.isLabelled || byline.isWholeLine)
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
