import Pages

/// Decides what a page is called.
///
/// A page says it several times: in `<title>`, Open Graph, JSON-LD and its first heading, each with or
/// without the site's name and with or without a kicker. What two of them agree on is taken; the heading,
/// which readers see, decides between the others.
struct TitleReader {
  let page: ReadPage
  let linked: LinkedData
  let site: SiteNames

  private struct Heading {
    var text: String
    var words: [Substring]
    var isTop: Bool
    var isHidden: Bool
  }
  private struct Candidate {
    var text: String
    var source: String
    var words: [Substring]
  }

  /// Nil where nothing names the page.
  func read() -> Metadata.Value? {
    let claims = claims()
    let headings = headings()
    let bare = claims.map { Candidate(text: withoutSite($0.text), source: $0.source, words: []) }
      .map { Candidate(text: $0.text, source: $0.source, words: MetadataText.words($0.text)) }
    if let agreed = agreed(headings, claims, bare) { return agreed }
    let tops = headings.filter { $0.isTop && !$0.isHidden && !site.isExactly($0.text) }
    if let best = best(bare) {
      if tops.count == 1 || isWork, let top = tops.first { return decide(top, best) }
      return .init(best.text, from: best.source)
    }
    return tops.first.map { .init($0.text, from: "h1") }
  }

  private var isWork: Bool {
    // Open Graph's type alone says little: many sites give "article" to every page.
    !linked.works.isEmpty || page.blocks.head.meta("article:published_time") != nil
  }

  // MARK: What the page claims

  private func claims() -> [Candidate] {
    let head = page.blocks.head
    var claims: [(String, String)] = []
    if let title = head.meta("og:title") { claims.append((title, "og")) }
    if let title = head.title { claims.append((title, "title")) }
    if let title = head.meta("twitter:title") { claims.append((title, "meta")) }
    for work in linked.works.prefix(4) {
      if let title = work[.headline]?.string ?? work[.name]?.string { claims.append((title, "json-ld")) }
    }
    for name in ["dc.title", "citation_title", "parsely-title", "sailthru.title"] {
      if let title = head.meta(name) { claims.append((title, "meta")) }
    }
    return claims.compactMap { text, source in
      let text = MetadataText.plain(text)
      guard !text.isEmpty, text.utf8.count < 600 else { return nil }
      return Candidate(text: text, source: source, words: MetadataText.words(text))
    }
  }

  /// The text of the page's headings; lines of one heading are one text, and each line counts by itself as well.
  private func headings() -> [Heading] {
    let blocks = page.blocks
    var headings: [Heading] = []
    var block = 0
    var seen = 0
    while block < blocks.count, seen < 60 {
      guard blocks.kinds[block] == .heading else {
        block += 1
        continue
      }
      seen += 1
      let first = block
      let element = headingElement(block)
      while block < blocks.count, blocks.kinds[block] == .heading, headingElement(block) == element { block += 1 }
      guard blocks.contexts[first].isDisjoint(with: [.nav, .footer, .aside]), blocks.levels[first] <= 3 else {
        continue
      }
      let isTop = blocks.levels[first] == 1 && !isHomeLink(first) && !isMasthead(element)
      var lines = (first..<block).map { MetadataText.plain(blocks.string($0)) }
      if blocks.levels[first] == 1, let text = withoutKicker(element) { lines = [text] }
      if lines.count > 1 { lines.insert(lines.joined(separator: " "), at: 0) }
      for (k, line) in lines.enumerated() where line.utf8.count < 400 {
        let text = Self.withoutAnchor(line)
        let words = MetadataText.words(text)
        guard !words.isEmpty else { continue }
        let isHidden = blocks.contexts[first].contains(.hidden) || k > 0
        headings.append(Heading(text: text, words: words, isTop: isTop, isHidden: isHidden))
      }
    }
    return headings
  }

  private func headingElement(_ block: Int) -> Int {
    page.blocks.elements.nearest(.h1, .h2, .h3, .h4, .h5, .h6, from: Int(page.blocks.blockElements[block])) ?? -1
  }

  /// A heading that links to the front page is the site's name, whatever it says.
  private func isHomeLink(_ block: Int) -> Bool {
    let elements = page.blocks.elements
    guard page.blocks.linkDensity(block) > 0.9, let heading = Optional(headingElement(block)), heading >= 0 else {
      return false
    }
    let range = page.blocks.range(block)
    let links = elements.path(from: heading).filter { elements.tags[$0] == .a }
    let inside = (heading..<min(elements.count, heading + 8)).filter {
      elements.tags[$0] == .a && elements.textStarts[$0] <= range.lowerBound
        && elements.textEnds[$0] >= range.upperBound
    }
    return (links + inside).contains { link in
      guard let href = elements.string(.href, of: link) else { return false }
      if elements.string(.rel, of: link)?.contains("home") == true { return !site.isFrontPage }
      let isRoot = href == "/" || href == "./" || href == "index.html" || href == "/index.html" || href == "index.php"
      return !site.isFrontPage && (isRoot || Address(href)?.isRoot == true)
    }
  }

  private static let mastheads = ElementWords([
    "site-title", "sitetitle", "site-name", "sitename", "logo", "branding", "blog-title", "blogtitle", "masthead",
    "site-header",
  ])

  /// The heading, or a box around it, is named for the site's name.
  private func isMasthead(_ heading: Int) -> Bool {
    let elements = page.blocks.elements
    guard heading >= 0, !site.isFrontPage else { return false }
    for (step, element) in elements.path(from: heading).enumerated() where step < 4 {
      for attribute in [AttributeName.class, .id] {
        guard let value = elements.value(attribute, of: element) else { continue }
        if attribute == .id, value.elementsEqual("header".utf8) { return true }
        if value.count < 80, Self.mastheads.find(in: value) != nil { return true }
      }
    }
    return false
  }

  private static let kickers = ElementWords([
    "kicker", "overline", "dachzeile", "eyebrow", "topline", "roofline", "spitzmarke", "supertitle", "pretitle",
    "pre-title",
    "headline__pre", "visually-hidden", "sr-only", "breadcrumb",
  ])

  /// The heading's text without a part that is marked as a kicker; nil where it has none.
  private func withoutKicker(_ heading: Int) -> String? {
    let elements = page.blocks.elements
    guard heading >= 0 else { return nil }
    let whole = Int(elements.textStarts[heading])..<Int(elements.textEnds[heading])
    var element = heading + 1
    while element < elements.count, element < heading + 12, Int(elements.textEnds[element]) <= whole.upperBound,
      Int(elements.textStarts[element]) >= whole.lowerBound
    {
      if let value = elements.value(.class, of: element), Self.kickers.find(in: value) != nil {
        let text = page.blocks.text
        let before = text[whole.lowerBound..<Int(elements.textStarts[element])]
        let after = text[Int(elements.textEnds[element])..<whole.upperBound]
        let rest = MetadataText.plain(String(decoding: before + [0x20] + after, as: UTF8.self))
        let trimmed = rest.drop { !$0.isLetter && !$0.isNumber && !"„“\"«'(¿¡".contains($0) }
        return MetadataText.words(rest).count > 1 ? String(trimmed) : nil
      }
      element += 1
    }
    return nil
  }

  /// Documentation puts a sign that links to the heading behind it.
  private static func withoutAnchor(_ text: String) -> String {
    var text = text[...]
    while let last = text.last, "¶#§🔗 ".contains(last), text.count > 2 { text.removeLast() }
    return String(text)
  }

  // MARK: Decisions

  /// The heading that stands in what the page claims to be called.
  private func agreed(_ headings: [Heading], _ claims: [Candidate], _ bare: [Candidate]) -> Metadata.Value? {
    // Exactly a claim, with or without the site's name.
    for heading in headings where heading.isTop && !site.isExactly(heading.text) {
      if (bare + claims).contains(where: { $0.words == heading.words }) {
        return .init(withoutSite(heading.text, guessing: false), from: "h1")
      }
    }
    // Whole parts of a claim, the first ones rather than the last.
    for candidate in claims {
      let parts = TitleParts(candidate.text)
      guard parts.count > 1 else { continue }
      for length in stride(from: parts.count - 1, through: 1, by: -1) {
        for start in [0, parts.count - length] {
          let text = parts.joined(start..<start + length)
          if site.names(text), !site.isFrontPage { continue }
          let words = MetadataText.words(text)
          // A part before the site's name may be any heading; one behind it must be the first.
          if let heading = headings.first(where: { $0.words == words && ($0.isTop || start == 0 || words.count > 2) }) {
            return .init(heading.text, from: heading.isTop ? "h1" : candidate.source)
          }
        }
      }
    }
    // Some words of a claim in a row.
    let inside = headings.filter { heading in
      heading.isTop && !heading.isHidden && !site.names(heading.text)
        && claims.contains { Self.contains($0.words, heading.words) }
    }
    if let longest = inside.max(by: { $0.words.count < $1.words.count }) {
      if let best = best(bare), longest.words.count * 5 < best.words.count * 2, longest.words.count < 4 {
        return .init(best.text, from: best.source)
      }
      return .init(longest.text, from: "h1")
    }
    return nil
  }

  /// The claim to go by where no heading agrees: Open Graph's, unless it says something else than all others.
  private func best(_ bare: [Candidate]) -> Candidate? {
    let own = bare.filter {
      (!site.isExactly($0.text) || site.isFrontPage) && !Self.generic.contains($0.words.joined())
    }
    guard let first = own.first else { return bare.first }
    func agreement(_ candidate: Candidate) -> Int {
      own.count { Self.contains($0.words, candidate.words) || $0.words == candidate.words }
    }
    return own.max { agreement($0) < agreement($1) }.map { agreement($0) > agreement(first) ? $0 : first }
  }

  /// What templates call a page that has no title of its own.
  private static let generic: Set<String> = [
    "home", "homepage", "startseite", "index", "accueil", "inicio", "untitled", "untitleddocument", "blog", "главная",
  ]

  /// Between the only top heading and a claim that says it in other words.
  private func decide(_ top: Heading, _ best: Candidate) -> Metadata.Value {
    let claim = Metadata.Value(best.text, from: best.source)
    let heading = Metadata.Value(top.text, from: "h1")
    // "Thread: …", "Blog: …": the heading is the claim with a kicker before it.
    if top.words.count > best.words.count, top.words.suffix(best.words.count).elementsEqual(best.words),
      best.words.count > 2
    {
      return claim
    }
    let shared = Set(top.words).intersection(best.words).count
    let all = Set(top.words).union(best.words).count
    // What readers see wins where it says much the same; on an article also where it says something else of it.
    if shared * 2 >= all || (isWork && shared > 0) { return heading }
    return claim
  }

  private static func contains(_ words: [Substring], _ part: [Substring]) -> Bool {
    guard !part.isEmpty, part.count <= words.count else { return false }
    return (0...words.count - part.count).contains { words[$0..<$0 + part.count].elementsEqual(part) }
  }

  // MARK: The site's name

  /// The title without the site's name at its end or start.
  /// With `guessing`, a short last part is taken for the name of a site that does not give it.
  func withoutSite(_ title: String, guessing: Bool = true) -> String {
    var title = title
    // A name that has a mark in itself.
    for name in site.names where name.text.count > 2 && title.count > name.text.count + 3 {
      let end = title.suffix(name.text.count)
      if end.lowercased() == name.text.lowercased() {
        let rest = title[..<end.startIndex]
        let trimmed = rest.trimmingMarks
        if trimmed.endIndex < rest.endIndex, !trimmed.isEmpty, rest.trimmingSpaces != trimmed {
          title = String(trimmed)
        }
      }
    }
    let parts = TitleParts(title)
    guard parts.count > 1 else { return title }
    var range = 0..<parts.count
    while range.count > 1, !parts.isColon(before: range.upperBound - 1), site.names(parts.parts[range.upperBound - 1]) {
      range = range.lowerBound..<range.upperBound - 1
    }
    while range.count > 1, !site.isFrontPage, site.names(parts.parts[range.lowerBound]) {
      range = range.lowerBound + 1..<range.upperBound
    }
    return range.count == parts.count && guessing ? withoutLikelySite(parts) : parts.joined(range)
  }

  /// Without a name to compare with, a short last part behind a longer text is taken for one.
  private func withoutLikelySite(_ parts: TitleParts) -> String {
    let whole = parts.joined(0..<parts.count)
    let last = parts.count - 1
    guard !site.isFrontPage, !parts.isColon(before: last) else { return whole }
    let rest = parts.joined(0..<last)
    let words = MetadataText.words(String(parts.parts[last])).count
    let isBar = parts.marks[last].contains { $0 == "|" || $0 == "»" || $0 == "｜" }
    let before = MetadataText.words(rest).count
    return (words <= (isBar ? 5 : 3) && before > words) || (isBar && words <= 3 && before >= 2) ? rest : whole
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
  fileprivate var trimmingMarks: Substring {
    var text = self
    while let last = text.last, last.isWhitespace || "|-–—·•»«:/~>".contains(last) { text.removeLast() }
    return text
  }
}
