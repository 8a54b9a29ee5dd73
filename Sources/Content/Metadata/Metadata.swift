/// What a page says of itself, each with the place it was read from.
public struct Metadata: Sendable {
  public struct Value: Sendable, Equatable {
    public var text: String
    /// Where it was read: `json-ld`, `og`, `meta`, `microdata`, `time`, `byline`, `text`, `title`, `h1`, `url`,
    /// `html`, `link` or `site`.
    public var source: String
    public init(_ text: String, from source: String) {
      self.text = text
      self.source = source
    }
  }
  public var title: Value?
  /// Who wrote the page, as it joins several names; the house, where an article names it and nobody else signs.
  public var byline: Value?
  /// ISO 8601: a day, or a moment where the page gives one.
  public var date: Value?
  /// BCP 47, such as `en` or `pt-BR`.
  public var language: Value?
  public var siteName: Value?
  public var canonicalURL: Value?
  public var summary: Value?

  public init() {}
}
