import Pages

/// The names that a page's site goes by, and its host, to tell them from the page's own title and author.
struct SiteNames: Sendable {
  /// As the page writes them, the likeliest first.
  let names: [(text: String, source: String)]
  /// Folded, without spaces.
  private let squeezed: [String]
  /// Labels of the host but the last and "www".
  private let labels: [String]
  /// The page is the site's front page: there the site's name is the title.
  let isFrontPage: Bool
  /// The words of the address's path, which name the page on most sites.
  private let slug: Set<Substring>

  init(_ page: ReadPage, _ linked: LinkedData) {
    let head = page.blocks.head
    var names: [(String, String)] = []
    for (name, source) in [
      ("og:site_name", "og"), ("application-name", "meta"), ("apple-mobile-web-app-title", "meta"),
    ] {
      if let value = head.meta(name) { names.append((MetadataText.plain(value), source)) }
    }
    names += linked.siteNames.map { ($0, "json-ld") }
    self.names = names.filter { !$0.0.isEmpty && !$0.0.holds("://") }.map { (text: $0.0, source: $0.1) }
    squeezed = self.names.map { MetadataText.squeeze($0.text) }.filter { !$0.isEmpty }
    let address =
      page.url ?? head.links.first { $0.rel == "canonical" && $0.href.holds("://") }?.href ?? head.meta("og:url")
    let parts = address.flatMap(Address.init)
    // Feeds and other versions of the page are on its own host.
    let host =
      parts?.host ?? head.links.lazy.filter { Self.own.contains($0.rel) }.compactMap { Address($0.href) }.first?.host
    labels = (host ?? "").split(separator: ".").dropLast().map(String.init)
      .map { MetadataText.squeeze($0) }.filter { $0 != "www" && $0.count >= 3 }
    isFrontPage = parts?.isRoot ?? false
    slug = Set(MetadataText.words(String(parts?.path ?? "")).filter { $0.utf8.count > 1 })
  }

  private static let own: Set<String> = [
    "alternate", "shortlink", "edituri", "pingback", "next", "prev", "search", "home", "https://api.w.org/",
  ]

  /// Which part of these words the page's address has, 0 to 1.
  func slugShare(_ words: [Substring]) -> Double {
    Double(words.count(where: slug.contains)) / Double(max(1, words.count))
  }

  /// Whether `text` names the site: it is one of its names, the beginning or end of one, one with a little
  /// more ("GitHub Topics"), or the host's name.
  func names(_ text: some StringProtocol) -> Bool {
    let text = MetadataText.squeeze(String(text))
    guard !text.isEmpty else { return false }
    for name in squeezed {
      if text == name { return true }
      if text.count > 3, name.hasPrefix(text) || name.hasSuffix(text), text.count * 3 > name.count { return true }
      if name.count > 3, text.hasPrefix(name) || text.hasSuffix(name), text.count < name.count * 5 / 2 { return true }
    }
    for label in labels {
      if text == label { return true }
      if text.count >= 3, label.hasPrefix(text) || label.hasSuffix(text), text.count * 2 >= label.count { return true }
      if label.count > 3, text.hasPrefix(label) || text.hasSuffix(label), text.count < label.count * 5 / 2 {
        return true
      }
    }
    return false
  }

  /// Whether `text` is one of the names, or the host's, and nothing more.
  func isExactly(_ text: some StringProtocol) -> Bool {
    let text = MetadataText.squeeze(String(text))
    return squeezed.contains(text) || labels.contains(text)
      || labels.contains { text.hasPrefix($0) && text.count <= $0.count + 3 && $0.count > 3 }
  }
}

/// The parts of a web address that metadata need.
struct Address {
  var scheme: Substring
  var host: Substring
  /// From the first "/" on, without query and fragment.
  var path: Substring

  init?(_ url: String) {
    guard let mark = url.range(of: "://") else { return nil }
    scheme = url[..<mark.lowerBound]
    let rest = url[mark.upperBound...].prefix { $0 != "?" && $0 != "#" }
    host = rest.prefix { $0 != "/" }
    path = rest[host.endIndex...]
    guard host.contains("."), !host.contains(" "), scheme.allSatisfy({ $0.isLetter }) else { return nil }
  }

  var isRoot: Bool { path.isEmpty || path == "/" }
}

extension String {
  fileprivate func range(of mark: String) -> Range<String.Index>? {
    utf8.firstIndex(of: 0x3A).flatMap { colon in
      self[colon...].hasPrefix(mark) ? colon..<index(colon, offsetBy: mark.count) : nil
    }
  }
}
