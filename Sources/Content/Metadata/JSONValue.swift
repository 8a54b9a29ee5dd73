/// The part of a JSON text that metadata are read from: strings, arrays, and of objects the members that
/// `JSONKey` names. Everything else was skipped by the reader.
enum JSONValue: Sendable, Equatable {
  case string(String)
  case array([JSONValue])
  case object([Member])
  /// A number, `true`, `false`, `null`, or a value that nobody asks for.
  case other

  struct Member: Sendable, Equatable {
    var key: JSONKey
    var value: JSONValue
  }

  /// A member of an object, or of the first object of an array.
  subscript(_ key: JSONKey) -> JSONValue? {
    switch self {
    case .object(let members): members.first { $0.key == key }?.value
    case .array(let values): values.first?[key]
    default: nil
    }
  }

  /// The text of a string, or of the first string of an array; nil where it is empty.
  var string: String? {
    switch self {
    case .string(let text): text.isEmpty ? nil : text
    case .array(let values): values.first?.string
    default: nil
    }
  }

  var values: [JSONValue] {
    switch self {
    case .array(let values): values
    case .other: []
    default: [self]
    }
  }
}

/// The members that are read; the names are schema.org's and JSON-LD's.
enum JSONKey: String, CaseIterable, Sendable {
  case type = "@type"
  case id = "@id"
  case graph = "@graph"
  case name, headline, author, creator, publisher, description, url, givenName, familyName
  case datePublished, dateCreated, uploadDate, mainEntity, mainEntityOfPage, inLanguage, legalName

  private static let names: [(utf8: [UInt8], key: JSONKey)] = allCases.map { (Array($0.rawValue.utf8), $0) }

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    for (name, key) in Self.names where name.count == bytes.count && name.elementsEqual(bytes) {
      self = key
      return
    }
    return nil
  }
}
