import Pages

/// Finds who wrote a page in the elements that are named for an author.
struct BylineElements {
  let page: ReadPage
  let linked: LinkedData
  let site: SiteNames
  /// The block of the page's title, or where the text starts.
  let start: Int

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
    "authority", "authorize", "tooltip", "reviewer", "promo-", "promo_", "license", "copyright",
  ])
  private static let postFooters = ElementWords(["post-footer", "entry-footer", "article-footer"])
  private static let items = ElementWords(["comment", "answer"])
  private static let hrefWords = ElementWords([
    "/author/", "/autor/", "/authors/", "/autoren/", "/auteur/", "/writers/", "/contributors/",
  ])

  /// Elements that are named for an author, in page order.
  func read() -> Metadata.Value? {
    let elements = page.blocks.elements
    var candidates: [Candidate] = []
    var others: Set<String> = []
    var isMarked = false
    for (element, rank) in ranks() where candidates.count < 24 && !elements.areHidden[element] {
      // Where one is marked as the author, those that only sound like one need no look.
      if isMarked, rank > 1 { continue }
      guard !isOutside(element, rank), let names = names(in: element, mayBeSite: rank <= 2) else { continue }
      candidates.append(Candidate(names: names, rank: rank, element: element))
      others.insert(MetadataText.squeeze(names))
      isMarked = isMarked || rank <= 1
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

  /// The elements that are named for an author, with their ranks, in page order.
  private func ranks() -> [(element: Int, rank: Int)] {
    let elements = page.blocks.elements
    var found: [(element: Int, rank: Int)] = []
    // Which attribute the rank of the last one comes from: the first of these counts.
    var order = 0
    elements.forEachAttribute { element, name, value in
      // A byline is short: most boxes of a page are told by their size alone.
      let size = Int(elements.textEnds[element]) &- Int(elements.textStarts[element])
      guard size >= 2, size < 600, let place = Self.attributes.firstIndex(of: name) else { return }
      let isKnown = found.last?.element == element
      if isKnown, order <= place { return }
      guard let rank = rank(name, value, isLink: elements.tags[element] == .a) else { return }
      if isKnown { found.removeLast() }
      found.append((element, rank))
      order = place
    }
    return found
  }
  private static let attributes: [AttributeName] = [.itemprop, .rel, .class, .id, .dataTestid, .href]

  private func rank(_ name: AttributeName, _ value: UnsafeBufferPointer<UInt8>, isLink: Bool) -> Int? {
    switch name {
    case .itemprop: value.elementsEqual("author".utf8) ? 0 : nil
    case .rel: value.elementsEqual("author".utf8) ? 1 : nil
    case .href: isLink && Self.hrefWords.find(in: value) != nil ? 3 : nil
    default: Self.classWords.find(in: value).map { $0 == 0 ? 1 : $0 < 6 ? 2 : 4 }
    }
  }

  /// In a comment, a card of another page, a sidebar, a footer.
  private func isOutside(_ element: Int, _ rank: Int) -> Bool {
    let elements = page.blocks.elements
    var steps = 0
    for ancestor in elements.path(from: element) {
      steps += 1
      switch elements.tags[ancestor] {
      case .nav, .form, .button, .figure, .figcaption: return true
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
        // Blogger's templates put a post's author at its foot.
        if let value = elements.value(attribute, of: ancestor), Self.postFooters.find(in: value) == nil,
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
      if byline.isIntroduced || mayBeSite || site.mayBeAuthor(byline.names) { return site.withoutSite(byline.names) }
    }
    return nil
  }
}
