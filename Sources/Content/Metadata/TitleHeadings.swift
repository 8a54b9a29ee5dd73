import Pages

/// The headings that may be a page's title.
struct TitleHeadings {
  let page: ReadPage
  let site: SiteNames

  struct Heading {
    var text: String
    var words: [Substring]
    var isTop: Bool
    var isHidden: Bool
  }

  /// The text of the page's headings; lines of one heading are one text, and each line counts by itself as well.
  func read() -> [Heading] {
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
      repeat {
        block += 1
      } while block < blocks.count && blocks.kinds[block] == .heading && element >= 0
        && headingElement(block) == element
      guard blocks.contexts[first].isDisjoint(with: [.nav, .footer, .aside]), blocks.levels[first] <= 3 else {
        continue
      }
      let isTop = blocks.levels[first] == 1 && !isHomeLink(first) && !isMasthead(element)
      var lines = (first..<block).map { MetadataText.line(blocks.string($0).decodingCharacterReferences) }
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

  /// A heading that links to the front page is the site's name, whatever it says. A dump's target is not kept: there one is
  /// taken to, where another heading is no link.
  private func isHomeLink(_ block: Int) -> Bool {
    let elements = page.blocks.elements
    let heading = headingElement(block)
    guard page.blocks.linkDensity(block) > 0.9 else { return false }
    guard heading >= 0 else {
      return page.blocks.levels.indices.contains {
        page.blocks.kinds[$0] == .heading && page.blocks.levels[$0] == 1 && page.blocks.linkDensity($0) < 0.5
      }
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
        let rest = MetadataText.line(String(decoding: before + [0x20] + after, as: UTF8.self))
        let trimmed = rest.drop { !$0.isLetter && !$0.isNumber && !"„“\"«'(¿¡".contains($0) }
        return MetadataText.words(rest).count > 1 ? String(trimmed) : nil
      }
      element += 1
    }
    return nil
  }

  /// Documentation puts a sign that links to the heading behind it.
  private static func withoutAnchor(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, isAnchor(last), scalars.count > 2 { scalars.removeLast() }
    return String(scalars)
  }

  private static func isAnchor(_ c: Unicode.Scalar) -> Bool {
    switch c {
    case "¶", "#", "§", "🔗", " ": true
    default: false
    }
  }
}
