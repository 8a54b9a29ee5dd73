import CYaml

/// A YAML file as a tree in flat arrays, which the events of libyaml, as Yams brings it along, go straight into.
struct YAMLTree: Sendable {
  struct Entry {
    enum Kind { case plain, quoted, folded, list, mapping, alias }
    var kind: Kind
    /// From 1.
    var line: Int32
    var column: Int32
    /// Of a scalar its range in `text`; of an alias first what it stands for.
    var start: Int32
    var end: Int32
    /// The entry behind it and all that is in it.
    var next: Int32
  }
  /// In the order of the file.
  private(set) var entries: [Entry] = []
  private(set) var text: [UInt8] = []
  /// While it is read: the lists and mappings around what comes, and what anchors name.
  private var open: [(entry: Int, anchor: String?)] = []
  private var anchors: [String: Int] = [:]

  struct Mistake: Error {
    /// From 1.
    var line: Int
    var column: Int
    var message: String
  }

  /// Reads a file of one document, or none.
  init(_ yaml: UnsafeBufferPointer<UInt8>) throws(Mistake) {
    // The parser holds its own address.
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    yaml_parser_initialize(parser)
    defer {
      yaml_parser_delete(parser)
      parser.deallocate()
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, yaml.baseAddress, yaml.count)
    text.reserveCapacity(yaml.count)
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw Self.mistake(parser.pointee, yaml) }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return }
      try read(event)
    }
  }

  private mutating func read(_ event: yaml_event_t) throws(Mistake) {
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      if let anchor = Self.name(scalar.anchor) { anchors[anchor] = entries.count }
      let start = text.count
      text.append(contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
      let isFolded = scalar.style == YAML_FOLDED_SCALAR_STYLE
      let kind: Entry.Kind = scalar.style == YAML_PLAIN_SCALAR_STYLE ? .plain : isFolded ? .folded : .quoted
      add(kind, event, start, text.count)
    case YAML_ALIAS_EVENT:
      guard let known = Self.name(event.data.alias.anchor).flatMap({ anchors[$0] }) else {
        throw Self.mistake(event.start_mark, "found undefined alias")
      }
      add(.alias, event, known, known)
    case YAML_SEQUENCE_START_EVENT:
      open.append((entries.count, Self.name(event.data.sequence_start.anchor)))
      add(.list, event)
    case YAML_MAPPING_START_EVENT:
      open.append((entries.count, Self.name(event.data.mapping_start.anchor)))
      add(.mapping, event)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      let (index, anchor) = open.removeLast()
      entries[index].next = Int32(entries.count)
      if event.type == YAML_MAPPING_END_EVENT { try refuseDoubles(index) }
      if let anchor { anchors[anchor] = index }
    case YAML_DOCUMENT_START_EVENT where !entries.isEmpty:
      throw Self.mistake(event.start_mark, "but found another document")
    default: break
    }
  }

  private mutating func add(_ kind: Entry.Kind, _ event: yaml_event_t, _ start: Int = 0, _ end: Int = 0) {
    let mark = event.start_mark
    entries.append(
      Entry(
        kind: kind, line: Int32(mark.line + 1), column: Int32(mark.column + 1), start: Int32(start), end: Int32(end),
        next: Int32(entries.count + 1)))
  }
  private static func name(_ anchor: UnsafeMutablePointer<UInt8>?) -> String? { anchor.map { String(cString: $0) } }

  private func refuseDoubles(_ mapping: Int) throws(Mistake) {
    var doubles: [(name: String, key: Entry)] = []
    func behind(_ key: Int) -> Int { Int(entries[Int(entries[key].next)].next) }
    func name(_ key: Int) -> ArraySlice<UInt8> { text[Int(entries[key].start)..<Int(entries[key].end)] }
    var key = mapping + 1
    while key < entries.count {
      var first = mapping + 1
      while first < key, name(first) != name(key) { first = behind(first) }
      if first < key, !name(key).isEmpty {
        doubles.append((String(decoding: name(key), as: UTF8.self), entries[first]))
      }
      key = behind(key)
    }
    doubles.sort { $0.name < $1.name }
    guard let first = doubles.first?.key else { return }
    throw Mistake(
      line: Int(first.line), column: Int(first.column),
      message: "the key \(doubles.map(\.name).joined(separator: ", ")) stands twice in one mapping")
  }

  private static func mistake(_ mark: yaml_mark_t, _ problem: String) -> Mistake {
    Mistake(line: mark.line + 1, column: mark.column + 1, message: "not valid YAML: " + problem)
  }
  private static func mistake(_ parser: yaml_parser_t, _ yaml: UnsafeBufferPointer<UInt8>) -> Mistake {
    var mark = parser.problem_mark
    // What is no text has an offset only.
    if parser.error == YAML_READER_ERROR {
      let before = yaml.prefix(parser.problem_offset)
      mark.line = before.count { $0 == 0x0A }
      mark.column = before.reversed().prefix { $0 != 0x0A }.count { $0 & 0xC0 != 0x80 }
    }
    let lines = String(decoding: yaml, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let isTab = lines.dropFirst(mark.line).first?.dropFirst(mark.column).first == "\t"
    return mistake(
      mark, isTab ? "a tab; indent with spaces" : parser.problem.map { String(cString: $0) } ?? "out of memory")
  }
}
