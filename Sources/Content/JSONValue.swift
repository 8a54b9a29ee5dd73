import FoundationEssentials

/// JSON of any shape.
enum JSONValue: Decodable, Sendable {
  case string(String)
  case number(Double)
  case bool(Bool)
  case array([JSONValue])
  case object([String: JSONValue])
  case null

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Key.self) {
      var values: [String: JSONValue] = [:]
      for key in object.allKeys { values[key.stringValue] = try object.decode(JSONValue.self, forKey: key) }
      self = .object(values)
    } else if var array = try? decoder.unkeyedContainer() {
      var values: [JSONValue] = []
      while !array.isAtEnd { values.append(try array.decode(JSONValue.self)) }
      self = .array(values)
    } else {
      let value = try decoder.singleValueContainer()
      if let string = try? value.decode(String.self) {
        self = .string(string)
      } else if let number = try? value.decode(Double.self) {
        self = .number(number)
      } else if let bool = try? value.decode(Bool.self) {
        self = .bool(bool)
      } else {
        self = .null
      }
    }
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Nil where the text is not JSON.
  static func parse(_ text: String) -> JSONValue? {
    let utf8 = text.utf8.map { $0 < 0x20 ? 0x20 : $0 }
    return try? JSONDecoder().decode(JSONValue.self, from: Data(utf8))
  }

  subscript(_ key: String) -> JSONValue? {
    switch self {
    case .object(let values): values[key]
    case .array(let values): values.first?[key]
    default: nil
    }
  }

  var string: String? {
    switch self {
    case .string(let text): text.isEmpty ? nil : text
    case .array(let values): values.first?.string
    default: nil
    }
  }

  // MARK: JSON-LD

  /// The things that a JSON-LD text speaks of: itself, the members of a list or of `@graph`, `mainEntity`.
  var things: [JSONValue] {
    switch self {
    case .array(let values): values.flatMap(\.things)
    case .object(let values):
      [self] + (values["@graph"]?.things ?? []) + (values["mainEntity"]?.things ?? [])
    default: []
    }
  }
  var isArticle: Bool {
    let types: [String] =
      switch self["@type"] {
      case .array(let values)?: values.compactMap(\.string)
      case .string(let type)?: [type]
      default: []
      }
    return types.contains { $0.hasSuffix("Article") || $0.hasSuffix("Posting") || $0 == "Recipe" || $0 == "Review" }
  }
  /// The names of persons or organisations, joined by ", ".
  var names: String {
    switch self {
    case .string(let name): name.contains("://") ? "" : name
    case .array(let values): values.map(\.names).filter { !$0.isEmpty }.joined(separator: ", ")
    case .object: self["name"]?.string ?? ""
    default: ""
    }
  }
}
