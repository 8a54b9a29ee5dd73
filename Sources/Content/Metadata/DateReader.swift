import Pages
import Rules

/// Decides when a page was published: not when it was changed, and not when something it speaks of happened.
struct DateReader {
  let page: ReadPage
  let linked: LinkedData
  let findings: [Finding]
  /// The block of the page's title, or where the text starts.
  let start: Int
  let dates: DateText

  func read() -> Metadata.Value? {
    let structured = fromLinkedData(linked.works) ?? fromMeta()
    if let structured { return structured }
    return fromItems() ?? fromTimes() ?? fromClasses() ?? fromText() ?? fromAddress() ?? fromLinkedData(pagesOfWorks)
  }

  /// A page that is no article often has the day when its template was made.
  private var pagesOfWorks: [JSONValue] {
    page.blocks.head.meta("og:type") == "article" ? linked.pages : []
  }

  private func fromLinkedData(_ things: [JSONValue]) -> Metadata.Value? {
    for key in [JSONKey.datePublished, .uploadDate, .dateCreated] {
      for thing in things {
        if let date = thing[key]?.string.flatMap(dates.iso) { return .init(date, from: "json-ld") }
      }
    }
    return nil
  }

  private static let metaNames = [
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "article.published", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "publication_date", "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created",
    "dc.date.created", "dc.date", "date", "dcterms.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "last-published", "originalpublicationdate", "article_date_original", "timestamp", "prism.publicationdate",
    "rnews:datepublished", "article:created", "og:pubdate", "releasedate", "displaydate", "og:release_date",
    "datecreated",
  ]

  private func fromMeta() -> Metadata.Value? {
    let head = page.blocks.head
    guard !head.metas.isEmpty else { return nil }
    for name in Self.metaNames {
      if let date = head.meta(name).flatMap(dates.iso) { return .init(date, from: "meta") }
    }
    return nil
  }

  // MARK: Elements

  private static let excluded = ElementWords([
    "comment", "related", "footer", "sidebar", "recommend", "teaser", "upcoming", "event",
  ])

  private func isOutside(_ element: Int) -> Bool {
    let elements = page.blocks.elements
    for (step, ancestor) in elements.path(from: element).enumerated() {
      switch elements.tags[ancestor] {
      case .nav, .footer, .aside: return true
      case .body, .html: return false
      default: break
      }
      guard step < 7 else { continue }
      for attribute in [AttributeName.class, .id] {
        if let value = elements.value(attribute, of: ancestor), Self.excluded.find(in: value) != nil { return true }
      }
    }
    return false
  }

  private func text(of element: Int) -> String? {
    let elements = page.blocks.elements
    let range = Int(elements.textStarts[element])..<min(Int(elements.textEnds[element]), page.blocks.text.count)
    guard range.count >= 6, range.count < 200 else { return nil }
    return String(decoding: page.blocks.text[range], as: UTF8.self)
  }

  private func fromItems() -> Metadata.Value? {
    let elements = page.blocks.elements
    for element in 0..<elements.count {
      guard let property = elements.value(.itemprop, of: element),
        property.elementsEqual("datePublished".utf8) || property.elementsEqual("dateCreated".utf8)
      else { continue }
      let written =
        elements.string(.datetime, of: element) ?? elements.string(.content, of: element) ?? text(of: element)
      if let date = written.flatMap(dates.iso) { return .init(date, from: "microdata") }
    }
    return nil
  }

  private static let changed = [
    "update", "modif", "aktualis", "mis à jour", "actualiz", "aggiorn", "edited", "обновл", "оновл",
  ]

  /// `<time>`: those that say so before the others, then the first near the title.
  private func fromTimes() -> Metadata.Value? {
    let elements = page.blocks.elements
    var times: [(element: Int, date: String)] = []
    for element in 0..<elements.count where elements.tags[element] == .time && times.count < 30 {
      guard !isOutside(element) else { continue }
      let marks = (elements.string(.class, of: element) ?? "") + (elements.string(.itemprop, of: element) ?? "")
      let isChange = Self.changed.contains(where: marks.lowercased().holds) || isChange(element)
      guard !isChange, let date = (elements.string(.datetime, of: element) ?? text(of: element)).flatMap(dates.iso)
      else {
        continue
      }
      if marks.lowercased().holds("publish") { return .init(date, from: "time") }
      times.append((element, date))
    }
    guard let first = times.first else { return nil }
    // A list of pages has many days and none of its own.
    if Set(times.map(\.date.dayOnly)).count > 3, linked.works.isEmpty,
      !isNear(Int(elements.textStarts[first.element]))
    {
      return nil
    }
    return .init(first.date, from: "time")
  }

  /// Whether the words before the element in its block say that the page was changed then.
  private func isChange(_ element: Int) -> Bool {
    let end = Int(page.blocks.elements.textStarts[element])
    let start = max(0, end - 40)
    guard end <= page.blocks.text.count else { return false }
    let line = page.blocks.text[start..<end].split(separator: 0x0A).last ?? []
    let before = String(decoding: line, as: UTF8.self).lowercased()
    return Self.changed.contains(where: before.holds)
  }

  /// Whether a place in the text is near the title.
  private func isNear(_ offset: Int) -> Bool {
    let blocks = page.blocks
    guard blocks.count > 0 else { return false }
    let first = Int(blocks.starts[max(0, start - 4)])
    let last = Int(blocks.ends[min(blocks.count - 1, start + 14)])
    return offset >= first && offset <= last
  }

  private static let classWords = ElementWords([
    "publish", "pubdate", "post-date", "entry-date", "postdate", "article-date", "posted", "datum", "date", "timestamp",
    "time",
    "byline", "meta", "fecha",
  ])

  /// Elements that are named for a date, near the title.
  private func fromClasses() -> Metadata.Value? {
    let elements = page.blocks.elements
    var found: (rank: Int, date: String)?
    for element in 0..<elements.count where elements.textEnds[element] > elements.textStarts[element] {
      guard isNear(Int(elements.textStarts[element])), !elements.areHidden[element] else { continue }
      for attribute in [AttributeName.class, .id, .dataTestid] {
        guard let value = elements.value(attribute, of: element), let rank = Self.classWords.find(in: value),
          rank < found?.rank ?? .max, !isOutside(element), let text = text(of: element),
          let date = dateOfPublishing(in: text)
        else { continue }
        found = (rank, date)
      }
    }
    return found.map { .init($0.date, from: "text") }
  }

  // MARK: Text

  /// The date in a line, but for one that is said to be that of a change.
  private func dateOfPublishing(in text: String) -> String? {
    for line in text.split(separator: "\n") {
      guard let date = dates.find(in: String(line)) else { continue }
      let lower = line.lowercased()
      if let change = Self.changed.compactMap({ lower.ranges(of: $0).first?.lowerBound }).min() {
        // "Published May 1, 2024, updated May 3, 2024": what stands before the word counts.
        if let before = dates.find(in: String(lower[..<change])) { return before }
        continue
      }
      return date
    }
    return nil
  }

  private static let published = [
    "publish", "posted", "veröffentlicht", "erstellt", "publié", "publicado", "pubblicato", "geplaatst", "publicerad",
    "опубл",
    "date:", "datum:", "by ", "von ", "par ", "stand:", "erschienen", "created", "written", "submitted", "added",
  ]

  private func fromText() -> Metadata.Value? {
    let blocks = page.blocks
    for finding in findings where finding.family == .meta && isNear(finding.range.lowerBound) {
      if let date = dateOfPublishing(in: blocks.string(finding.block)) { return .init(date, from: "text") }
    }
    // A short line near the title that is little more than a date, or says that it is one of publishing.
    for block in max(0, start - 3)..<min(blocks.count, start + 10) {
      let count = blocks.bytes(block).count
      guard (6..<120).contains(count), blocks.contexts[block].isDisjoint(with: [.nav, .footer, .aside, .hidden]),
        blocks.bytes(block).contains(where: { $0 &- 0x30 < 10 })
      else { continue }
      let text = blocks.string(block)
      let lower = text.lowercased()
      guard count < 40 || Self.published.contains(where: lower.holds) else { continue }
      if let date = dateOfPublishing(in: text) { return .init(date, from: "text") }
    }
    return nil
  }

  private func fromAddress() -> Metadata.Value? {
    let head = page.blocks.head
    let address = page.url ?? head.links.first { $0.rel == "canonical" }?.href ?? head.meta("og:url")
    return address.flatMap(DateText.inPath).map { .init($0, from: "url") }
  }
}

extension String {
  fileprivate var dayOnly: Substring { prefix(10) }
}
