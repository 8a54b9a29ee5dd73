/// What a page says of itself, each with the place it was read from.
public struct Metadata: Sendable {
  /// A text of one line, and where it was read.
  public struct Value: Sendable, Equatable {
    /// Without markup and character references.
    public var text: String
    /// Where it was read: `json-ld`, `og`, `meta`, `microdata`, `time`, `byline`, `text`, `title`, `h1`, `url`, `front-matter`,
    /// `html`, `link` or `site`.
    public var source: String
    public init(_ text: String, from source: String) {
      self.text = text
      self.source = source
    }
  }
  /// The page's own, without the site's name where that could be told apart.
  public var title: Value?
  /// Who wrote the page, as it joins several names; the house, where an article names it and nobody else signs.
  public var byline: Value?
  /// ISO 8601: a day, or a moment where the page gives one.
  public var date: Value?
  /// BCP 47, such as `en` or `pt-BR`.
  public var language: Value?
  /// What the site calls itself.
  public var siteName: Value?
  /// The address that the page calls its own, made whole by the one that it came with; nil where it cannot be.
  public var canonicalURL: Value?
  /// The page's description of itself outside its text; nothing that Winnow wrote.
  public var summary: Value?

  public init() {}

  /// Forgets an author and a date that the visible text alone told.
  package mutating func dropVisibleSignature() {
    if byline?.source == "byline" { byline = nil }
    if date?.source == "text" || date?.source == "time" { date = nil }
  }
}
