import Pages

/// What the JSON-LD scripts of a page say of the page itself.
struct LinkedData: Sendable {
  /// Things of the page, in order: those of `@graph`, of lists, and the main entities of others.
  private(set) var things: [JSONValue] = []

  /// Scripts past this size together are not read: no page needs a megabyte to say who wrote it.
  static let sizeLimit = 4 << 20

  init(_ scripts: [String]) {
    var size = 0
    for script in scripts {
      size += script.utf8.count
      guard size <= Self.sizeLimit else { break }
      for value in JSONReader.values(script) { collect(value, depth: 0) }
    }
    works = things.filter { Self.types($0).contains(where: Self.isWork) }
  }

  private mutating func collect(_ value: JSONValue, depth: Int) {
    guard depth < 8, things.count < 500 else { return }
    switch value {
    case .array(let values):
      for value in values { collect(value, depth: depth + 1) }
    case .object:
      things.append(value)
      if let graph = value[.graph] { collect(graph, depth: depth + 1) }
      if let entity = value[.mainEntity] { collect(entity, depth: depth + 1) }
      if let page = value[.mainEntityOfPage] { collect(page, depth: depth + 1) }
    default: return
    }
  }

  // MARK: Kinds

  /// Something that one writes and publishes: an article, a posting, a recipe, a review, a question.
  private(set) var works: [JSONValue] = []

  static func types(_ thing: JSONValue) -> [String] { thing[.type]?.values.compactMap(\.string) ?? [] }

  static func isWork(_ type: String) -> Bool {
    type.hasSuffix("Article") || type.hasSuffix("Posting")
      || ["Recipe", "Review", "Report", "Question", "HowTo", "PodcastEpisode"].contains { type.hasSuffix($0) }
  }
  private static func isPage(_ type: String) -> Bool { type.hasSuffix("Page") }
  private static func isSite(_ type: String) -> Bool {
    type.hasSuffix("WebSite") || type.hasSuffix("Organization") || type.hasSuffix("Corporation")
  }

  var pages: [JSONValue] { things.filter { Self.types($0).contains(where: Self.isPage) } }

  /// Names of the site and of who runs it.
  var siteNames: [String] {
    var names: [String] = []
    for thing in things {
      if Self.types(thing).contains(where: Self.isSite), let name = thing[.name]?.string { names.append(name) }
      if let publisher = thing[.publisher].map(resolve), let name = publisher[.name]?.string { names.append(name) }
    }
    return names.map(Self.plain)
  }

  // MARK: Persons

  struct Author: Sendable, Equatable {
    var name: String
    var isOrganization: Bool
    var isPerson: Bool
  }

  /// Who made a thing: strings, persons and organisations, followed by `@id` where they stand elsewhere.
  func authors(of thing: JSONValue) -> [Author] {
    for key in [JSONKey.author, .creator] {
      let authors = (thing[key]?.values ?? []).flatMap { value in author(resolve(value)) }
      if !authors.isEmpty { return authors }
    }
    return []
  }

  private func author(_ value: JSONValue) -> [Author] {
    switch value {
    case .string(let name): return [Author(name: Self.plain(name), isOrganization: false, isPerson: false)]
    case .object:
      let isOrganization = Self.types(value).contains(where: Self.isSite)
      let isPerson = Self.types(value).contains { $0.hasSuffix("Person") }
      let names = value[.name]?.values.compactMap(\.string) ?? []
      if !names.isEmpty {
        return names.map { Author(name: Self.plain($0), isOrganization: isOrganization, isPerson: isPerson) }
      }
      let parts = [value[.givenName]?.string, value[.familyName]?.string].compactMap { $0 }
      return parts.isEmpty
        ? []
        : [Author(name: Self.plain(parts.joined(separator: " ")), isOrganization: isOrganization, isPerson: isPerson)]
    default: return []
    }
  }

  /// The thing that an object with nothing but an `@id` points to.
  private func resolve(_ value: JSONValue) -> JSONValue {
    guard case .object = value, value[.name] == nil, value[.givenName] == nil, let id = value[.id]?.string else {
      return value
    }
    return things.first { $0[.id]?.string == id && $0[.name] != nil } ?? value
  }

  /// Values are text, but some sites put markup or character references into them.
  static func plain(_ text: String) -> String { MetadataText.plain(text) }
}
