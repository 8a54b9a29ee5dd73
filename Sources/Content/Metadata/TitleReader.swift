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

  private struct Candidate {
    var text: String
    var source: String
    var words: [Substring]

    init(_ text: String, from source: String) {
      self.text = text
      self.source = source
      words = MetadataText.words(text)
    }
  }

  /// Nil where nothing names the page.
  func read() -> Metadata.Value? {
    if !page.isHTML, let title = page.blocks.head.meta("title") { return .init(title, from: "front-matter") }
    let headings = TitleHeadings(page: page, site: site).read()
    let claims = claims(headings)
    let bare = claims.map { Candidate(withoutSite($0.text), from: $0.source) }
    if let agreed = agreed(headings, claims, bare) { return agreed }
    let tops = headings.filter { $0.isTop && !$0.isHidden && !site.isExactly($0.text) }
    if let best = best(bare) {
      guard let top = tops.first else { return firstPart(best) }
      // `<title>` alone may be the site's on every page, which nobody sees; what else repeats it is meant.
      let isAlone = claims.allSatisfy { $0.source == "title" }
      if isAlone, tops.count == 1, Set(top.words).isDisjoint(with: best.words) { return .init(top.text, from: "h1") }
      return decide(top, best)
    }
    return tops.first.map { .init($0.text, from: "h1") } ?? claims.first.map { .init($0.text, from: $0.source) }
  }

  private var isWork: Bool {
    // Open Graph's type alone says little: many sites give "article" to every page.
    !linked.works.isEmpty || page.blocks.head.meta("article:published_time") != nil
  }

  // MARK: What the page claims

  /// Works that may be the page itself, which one of many questions is not.
  private var works: [JSONValue] {
    let questions = linked.works.filter { LinkedData.types($0).contains("Question") }
    return Array((questions.count > 1 ? linked.works.filter { !questions.contains($0) } : linked.works).prefix(4))
  }

  private func claims(_ headings: [TitleHeadings.Heading]) -> [Candidate] {
    let head = page.blocks.head
    var claims: [(String, String)] = []
    if let title = head.meta("og:title") { claims.append((title, "og")) }
    if let title = head.title { claims.append((title, "title")) }
    if let title = head.meta("twitter:title") { claims.append((title, "meta")) }
    for work in works {
      if let title = work[.headline]?.string ?? work[.name]?.string { claims.append((title, "json-ld")) }
    }
    for name in ["dc.title", "citation_title", "parsely-title", "sailthru.title"] {
      if let title = head.meta(name) { claims.append((title, "meta")) }
    }
    let candidates = claims.compactMap { text, source -> Candidate? in
      // What looks like a tag is one, unless readers see it: "The <br> tag".
      let seen = text.utf8.contains(0x3C) ? MetadataText.words(text) : []
      let isSeen = !seen.isEmpty && headings.contains { $0.words == seen }
      let plain = isSeen ? MetadataText.line(text) : MetadataText.plain(text)
      let trimmed = String(plain[...].trimmingMarks)
      guard !trimmed.isEmpty, trimmed.utf8.count < 600 else { return nil }
      return Candidate(trimmed, from: source)
    }
    return candidates.filter { claim in !candidates.contains { Self.isCut(claim.text, from: $0.text) } }
  }

  /// Whether a claim is the beginning of another that was cut to a length, or at a quotation mark.
  private static func isCut(_ text: String, from whole: String) -> Bool {
    let start = text[...].trimmingDots
    guard start.utf8.count > 12, start.utf8.count < whole[...].trimmingDots.utf8.count, whole.hasPrefix(start) else {
      return false
    }
    return start.endIndex < text.endIndex || whole.dropFirst(start.count).hasPrefix(" \"")
  }

  // MARK: Decisions

  /// The heading that stands in what the page claims to be called.
  private func agreed(_ headings: [TitleHeadings.Heading], _ claims: [Candidate], _ bare: [Candidate])
    -> Metadata.Value?
  {
    // Exactly a claim, with or without the site's name. Of several the one that most claims say.
    let tops = headings.filter { $0.isTop && !site.isExactly($0.text) }
    func support(_ heading: TitleHeadings.Heading) -> Int {
      zip(claims, bare).count { $0.words == heading.words || $1.words == heading.words }
    }
    let supports = tops.map(support)
    if let most = supports.max(), most > 0 {
      return .init(withoutLabel(tops[supports.firstIndex(of: most)!]), from: "h1")
    }
    let part = agreedPart(headings, claims)
    if let part, part.source == "h1" { return part }
    if let heading = headings.first(where: {
      !$0.isTop && $0.words.count > 3 && !site.names($0.text) && support($0) > 0
    }
    ) {
      return .init(heading.text, from: bare.first { $0.words == heading.words }?.source ?? "title")
    }
    if let part { return part }
    // Some words of a claim in a row.
    let inside = headings.filter { heading in
      heading.isTop && !heading.isHidden && !site.names(heading.text)
        && claims.contains { Self.contains($0.words, heading.words) }
    }
    if let longest = inside.max(by: { $0.words.count < $1.words.count }) {
      // A word or two of a claim may be a label, unless the address is named for them.
      if let best = best(bare), longest.words.count * 5 < best.words.count * 2, longest.words.count < 4,
        site.slugShare(longest.words) < 1
      {
        return .init(best.text, from: best.source)
      }
      return .init(longest.text, from: "h1")
    }
    return nil
  }

  /// Whole parts of a claim that are a heading: the longest, but those that the address names before others.
  private func agreedPart(_ headings: [TitleHeadings.Heading], _ claims: [Candidate]) -> Metadata.Value? {
    var best: (value: Metadata.Value, slug: Bool)?
    for candidate in claims {
      let parts = TitleParts(candidate.text)
      guard parts.count > 1 else { continue }
      for length in stride(from: parts.count - 1, through: 1, by: -1) {
        for start in [0, parts.count - length] {
          let text = parts.joined(start..<start + length)
          let words = MetadataText.words(text)
          // A part before the site's name may be any heading; one behind it must be the first.
          guard
            let heading = headings.first(where: {
              $0.words == words && ($0.isTop || start == 0 || words.count > 2)
            })
          else { continue }
          let isFirstHeading = heading.isTop && start == 0 && words.count > 1
          if !site.isFrontPage, isFirstHeading ? site.isExactly(text) : site.names(text) { continue }
          let slug = site.slugShare(words) >= 0.5
          if best == nil || (slug && best?.slug == false) {
            best = (.init(heading.text, from: heading.isTop ? "h1" : candidate.source), slug)
          }
        }
      }
      if let best { return best.value }
    }
    return nil
  }

  /// The heading without a label before it, such as a forum's for the kind of thread, that the page's structured
  /// data leave out, and without the site's name.
  private func withoutLabel(_ heading: TitleHeadings.Heading) -> String {
    for work in works {
      guard let headline = (work[.headline] ?? work[.name])?.string.map(MetadataText.plain) else { continue }
      let words = MetadataText.words(headline)
      if words.count > 1, words.count < heading.words.count, heading.words.suffix(words.count).elementsEqual(words) {
        return headline
      }
    }
    return withoutSite(heading.text, guessing: false, isHeading: true)
  }

  /// The claim to go by where no heading agrees: Open Graph's, unless it says something else than all others.
  private func best(_ bare: [Candidate]) -> Candidate? {
    let own = bare.filter {
      (!site.isExactly($0.text) || site.isFrontPage) && !Self.generic.contains($0.words.joined())
    }
    guard let first = own.first else { return site.isFrontPage ? bare.first : nil }
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
  private func decide(_ top: TitleHeadings.Heading, _ best: Candidate) -> Metadata.Value {
    let heading = Metadata.Value(top.text, from: "h1")
    // "Thread: …", "Blog: …": the heading is the claim with a kicker before it.
    if top.words.count > best.words.count, top.words.suffix(best.words.count).elementsEqual(best.words),
      best.words.count > 2
    {
      return firstPart(best)
    }
    let shared = Set(top.words).intersection(best.words).count
    let all = Set(top.words).union(best.words).count
    // The address is named for what the page was called when it was made.
    let (seen, claimed) = (site.slugShare(top.words), site.slugShare(best.words))
    if isWork ? shared == 0 && seen > claimed : seen > claimed + 0.2 { return heading }
    // What readers see wins where it says much the same; on an article also where it says something else of it.
    if shared * 2 >= all || (isWork && shared > 0) { return heading }
    return firstPart(best)
  }

  /// A claim without what is listed behind a bar for search engines: "Night ferries | Times, Fares & Map".
  private func firstPart(_ claim: Candidate) -> Metadata.Value {
    let first = String(claim.text.prefix { !"|｜│".contains($0) }[...].trimmingMarks)
    let isTitle = MetadataText.words(first).count > 1 && !site.names(first)
    return .init(isTitle ? first : claim.text, from: claim.source)
  }

  private static func contains(_ words: [Substring], _ part: [Substring]) -> Bool {
    guard !part.isEmpty, part.count <= words.count else { return false }
    return (0...words.count - part.count).contains { words[$0..<$0 + part.count].elementsEqual(part) }
  }

  // MARK: The site's name

  /// The title without the site's name at its end or start.
  /// With `guessing`, a short last part is taken for the name of a site that does not give it.
  /// A heading keeps what stands before a colon, which is more often a part of it than the site's name.
  func withoutSite(_ title: String, guessing: Bool = true, isHeading: Bool = false) -> String {
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
    while range.count > 1, !site.isFrontPage, !isHeading, site.names(parts.parts[range.lowerBound]) {
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
  /// Without dots that say that a text goes on.
  fileprivate var trimmingDots: Substring {
    var text = self
    while let last = text.last, "….".contains(last) || last.isWhitespace { text.removeLast() }
    return text
  }
  fileprivate var trimmingMarks: Substring {
    var text = self
    while let first = text.first, first.isWhitespace || "|-–—·•»«:~>".contains(first) { text.removeFirst() }
    while let last = text.last, last.isWhitespace || "|-–—·•»«:/~>".contains(last) { text.removeLast() }
    return text
  }
}
