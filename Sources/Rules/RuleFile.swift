import Pages
import Yams

/// A mistake in a rule file.
public struct RuleError: Error, Sendable, CustomStringConvertible {
  public var place: Place
  public var message: String
  public var description: String { "\(place): error: \(message)" }
}

/// Reads a rule file. Every mistake is reported with its place; one mistake does not hide the next.
public struct RuleFile: Sendable {
  public private(set) var pack = ""
  public private(set) var rules: [Rule] = []
  public private(set) var errors: [RuleError] = []
  private let file: String

  /// `name` is what errors call the file.
  public init(_ yaml: String, name: String) {
    file = name
    do {
      guard let root = try Yams.compose(yaml: yaml) else {
        fail(nil, "the file is empty; a pack has the keys pack, schema and rules")
        return
      }
      readPack(root)
    } catch let error as YamlError {
      errors.append(Self.syntaxError(error, file: name))
    } catch {
      errors.append(RuleError(place: Place(file: name, line: 1, column: 1), message: "\(error)"))
    }
  }

  private static func syntaxError(_ error: YamlError, file: String) -> RuleError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return RuleError(
        place: Place(file: file, line: mark.line, column: mark.column), message: "not valid YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.sorted().joined(separator: ", ")
      return RuleError(
        place: Place(file: file, line: context.mark.line, column: context.mark.column),
        message: "the key \(keys) stands twice in one mapping")
    default:
      return RuleError(place: Place(file: file, line: 1, column: 1), message: "not valid YAML: \(error)")
    }
  }

  // MARK: The pack

  private mutating func readPack(_ root: Node) {
    guard let mapping = mapping(root, of: "a pack", keys: ["pack", "schema", "rules"]) else { return }
    pack = mapping["pack"].flatMap { string($0, "pack") } ?? file
    if let schema = mapping["schema"], schema.int != 1 {
      fail(schema, "schema \(schema.scalar?.string ?? "?") is unknown; this version of Winnow reads schema 1")
    }
    guard let list = mapping["rules"] else { return fail(root, "the key rules is missing") }
    guard let nodes = list.sequence else { return fail(list, "rules must be a list") }
    var seen: [String: Place] = [:]
    for node in nodes {
      guard let rule = readRule(node) else { continue }
      if let first = seen[rule.id] {
        fail(node, "the rule \(rule.id) stands twice; first at \(first)")
      } else {
        seen[rule.id] = rule.place
        rules.append(rule)
      }
    }
  }

  private static let ruleKeys = [
    "id", "family", "title", "why", "languages", "severity", "action", "match", "unless", "message", "disclose",
    "examples", "references",
  ]

  private mutating func readRule(_ node: Node) -> Rule? {
    let before = errors.count
    guard let rule = mapping(node, of: "a rule", keys: Self.ruleKeys) else { return nil }
    let id = rule["id"].flatMap { string($0, "id") }
    if rule["id"] == nil { fail(node, "the rule has no id") }
    if let id, !Self.isID(id) {
      fail(rule["id"], "the id \"\(id)\" must be family/name in lower-case letters, digits and hyphens")
    }
    let family = rule["family"].flatMap { choice($0, "family", Family.self) }
    if rule["family"] == nil { fail(node, "the rule \(id ?? "") has no family") }
    let match = rule["match"].flatMap { readMatch($0) }
    if rule["match"] == nil { fail(node, "the rule \(id ?? "") has no match") }
    let unless = rule["unless"].flatMap { readMatch($0) }
    let title = rule["title"].flatMap { string($0, "title") }
    if rule["title"] == nil { fail(node, "the rule \(id ?? "") has no title") }
    let examples = rule["examples"].flatMap { mapping($0, of: "examples", keys: ["match", "clean"]) }
    let matching = examples?["match"].map { readExamples($0) } ?? []
    let clean = examples?["clean"].map { readExamples($0) } ?? []
    guard errors.count == before, let id, let family, let match, let title else { return nil }
    return Rule(
      id: id, family: family, title: title, why: rule["why"].flatMap { string($0, "why") } ?? "",
      languages: rule["languages"].map { strings($0, "languages") } ?? [],
      severity: rule["severity"].flatMap { choice($0, "severity", Severity.self) } ?? .warning,
      action: rule["action"].flatMap { choice($0, "action", Action.self) } ?? .remove,
      match: match, unless: unless, message: rule["message"].flatMap { string($0, "message") } ?? title,
      disclosure: rule["disclose"].flatMap { readDisclosure($0) }, matchingExamples: matching, cleanExamples: clean,
      references: rule["references"].map { strings($0, "references") } ?? [], place: place(node))
  }

  private static func isID(_ id: String) -> Bool {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D }
      }
  }

  private mutating func readDisclosure(_ node: Node) -> Disclosure? {
    guard let disclosure = mapping(node, of: "disclose", keys: ["kind", "medium"]),
      let kind = disclosure["kind"].flatMap({ string($0, "kind") }),
      let medium = disclosure["medium"].flatMap({ string($0, "medium") })
    else { return nil }
    return Disclosure(kind: kind, medium: medium)
  }

  private mutating func readExamples(_ node: Node) -> [Rule.Example] {
    let nodes = node.sequence.map(Array.init) ?? [node]
    return nodes.compactMap { node in
      string(node, "examples").map { Rule.Example(text: $0, place: place(node)) }
    }
  }
}

// MARK: Conditions

extension RuleFile {
  static let conditionKeys = [
    "line", "starts", "ends", "contains", "regex", "words", "chars", "repeats", "joined", "near", "at", "kind", "in",
    "selector",
    "any",
    "all",
    "not", "range", "tail",
  ]

  fileprivate mutating func readMatch(_ node: Node) -> Condition? {
    guard let sequence = node.sequence else { return readCondition(node) }
    let conditions = sequence.compactMap { readCondition($0) }
    if sequence.isEmpty { fail(node, "the list of conditions is empty") }
    return conditions.count == 1 ? conditions[0] : .any(conditions)
  }

  private mutating func readCondition(_ node: Node) -> Condition? {
    guard let keys = mapping(node, of: "a condition", keys: Self.conditionKeys) else { return nil }
    if keys.isEmpty { fail(node, "the condition is empty") }
    let all = Self.conditionKeys.compactMap { key in keys[key].flatMap { readCondition(key, $0) } }
    return all.count == 1 ? all[0] : all.isEmpty ? nil : .all(all)
  }

  private mutating func readCondition(_ key: String, _ node: Node) -> Condition? {
    switch key {
    case "line": return .line(strings(node, key))
    case "starts": return .starts(strings(node, key))
    case "ends": return .ends(strings(node, key))
    case "contains": return .contains(strings(node, key))
    case "regex":
      let nodes = node.sequence.map(Array.init) ?? [node]
      return .regex(nodes.compactMap { node in string(node, key).map { .init(text: $0, place: place(node)) } })
    case "words", "chars":
      guard let bounds = mapping(node, of: key, keys: ["min", "max"]) else { return nil }
      let low = bounds["min"].flatMap { integer($0, "min") } ?? 0
      let high = bounds["max"].flatMap { integer($0, "max") } ?? Int.max
      guard low <= high else {
        fail(node, "min \(low) is greater than max \(high)")
        return nil
      }
      return key == "words" ? .words(low...high) : .chars(low...high)
    case "repeats":
      guard let bounds = mapping(node, of: key, keys: ["min"]) else { return nil }
      return .repeats(bounds["min"].flatMap { integer($0, "min") } ?? 2)
    case "joined":
      guard let isJoined = node.bool else {
        fail(node, "joined must be true or false")
        return nil
      }
      return .joined(isJoined)
    case "near":
      guard let near = mapping(node, of: key, keys: ["family", "lines"]) else { return nil }
      let families = near["family"].map { choices($0, "family", Family.self) } ?? []
      if near["family"] == nil { fail(node, "near has no family") }
      return .near(families, lines: near["lines"].flatMap { integer($0, "lines") } ?? 3)
    case "at":
      guard let at = mapping(node, of: key, keys: ["first", "last"]) else { return nil }
      if at.isEmpty { fail(node, "at needs first or last") }
      return .at(first: at["first"].flatMap { number($0, "first") }, last: at["last"].flatMap { number($0, "last") })
    case "kind": return .kind(strings(node, key).compactMap { name in kind(name, node) })
    case "in": return readContext(node)
    case "selector":
      guard let text = string(node, key) else { return nil }
      do throws(Selector.SyntaxError) { return .selector(try Selector(text)) } catch {
        fail(node, "the selector is not valid at character \(error.offset + 1): \(error.message)")
        return nil
      }
    case "any": return .any(conditions(node, key))
    case "all": return .all(conditions(node, key))
    case "not": return readMatch(node).map { .not($0) }
    case "range":
      guard let range = mapping(node, of: key, keys: ["from", "to", "max"]),
        let from = range["from"].flatMap({ readMatch($0) }), let to = range["to"].flatMap({ readMatch($0) })
      else {
        fail(node, "range needs from and to")
        return nil
      }
      return .range(from: from, to: to, max: range["max"].flatMap { integer($0, "max") } ?? 8)
    default:
      guard let tail = mapping(node, of: key, keys: ["from", "ceiling", "longest"]),
        let from = tail["from"].flatMap({ readMatch($0) })
      else {
        fail(node, "tail needs from")
        return nil
      }
      return .tail(
        from: from, ceiling: tail["ceiling"].flatMap { number($0, "ceiling") } ?? 0.5,
        longest: tail["longest"].flatMap { integer($0, "longest") } ?? 60)
    }
  }

  private mutating func conditions(_ node: Node, _ key: String) -> [Condition] {
    guard let sequence = node.sequence else {
      fail(node, "\(key) must be a list of conditions")
      return []
    }
    return sequence.compactMap { readCondition($0) }
  }

  private mutating func kind(_ name: String, _ node: Node) -> BlockKind? {
    let kinds = BlockKind.allCases
    if let kind = kinds.first(where: { "\($0)" == name }) { return kind }
    fail(node, "\"\(name)\" is no kind of block" + suggestion(for: name, among: kinds.map { "\($0)" }))
    return nil
  }

  private static let contexts: [String: BlockContext] = [
    "form": .form, "nav": .nav, "header": .header, "footer": .footer, "aside": .aside, "article": .article,
    "main": .main, "figure": .figure, "table": .table,
  ]

  private mutating func readContext(_ node: Node) -> Condition? {
    var context: BlockContext = []
    var orLink = false
    for name in strings(node, "in") {
      if name == "a" {
        orLink = true
      } else if let bit = Self.contexts[name] {
        context.insert(bit)
      } else {
        fail(
          node,
          "\"\(name)\" is no element that in knows" + suggestion(for: name, among: Self.contexts.keys.sorted() + ["a"]))
      }
    }
    return .inside(context, orLink: orLink)
  }
}

// MARK: Values

extension RuleFile {
  fileprivate func place(_ node: Node?) -> Place {
    Place(file: file, line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1)
  }
  fileprivate mutating func fail(_ node: Node?, _ message: String) {
    errors.append(RuleError(place: place(node), message: message))
  }

  /// The values by key, after a complaint about each unknown key.
  fileprivate mutating func mapping(_ node: Node, of what: String, keys: [String]) -> [String: Node]? {
    guard let mapping = node.mapping else {
      fail(node, "\(what) must be a mapping")
      return nil
    }
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string ?? "?"
      if keys.contains(name) {
        values[name] = value
      } else {
        fail(key, "\(what) has no key \"\(name)\"" + suggestion(for: name, among: keys))
      }
    }
    return values
  }

  fileprivate mutating func string(_ node: Node, _ key: String) -> String? {
    guard let scalar = node.scalar else {
      fail(node, "\(key) must be text")
      return nil
    }
    // Unquoted `no` and `on` are booleans to YAML 1.1, and numbers are numbers; as phrases they are text.
    if scalar.style == .plain, node.tag == Tag(.bool) || node.tag == Tag(.null) {
      fail(
        node, "\(key): \(scalar.string.isEmpty ? "nothing" : scalar.string) is not text in YAML; put quotes around it")
      return nil
    }
    return scalar.string
  }
  fileprivate mutating func strings(_ node: Node, _ key: String) -> [String] {
    guard let sequence = node.sequence else { return string(node, key).map { [$0] } ?? [] }
    if sequence.isEmpty { fail(node, "\(key) is an empty list") }
    return sequence.compactMap { string($0, key) }
  }
  fileprivate mutating func integer(_ node: Node, _ key: String) -> Int? {
    if let value = node.int, value >= 0 { return value }
    fail(node, "\(key) must be a whole number from 0")
    return nil
  }
  fileprivate mutating func number(_ node: Node, _ key: String) -> Double? {
    if let value = node.float, value >= 0 { return value }
    fail(node, "\(key) must be a number from 0")
    return nil
  }
  fileprivate mutating func choice<T: RawRepresentable & CaseIterable>(_ node: Node, _ key: String, _ type: T.Type)
    -> T?
  where T.RawValue == String {
    guard let name = string(node, key) else { return nil }
    if let value = T(rawValue: name) { return value }
    let names = T.allCases.map(\.rawValue)
    fail(
      node,
      "\"\(name)\" is no \(key)" + suggestion(for: name, among: names) + "; one of \(names.joined(separator: ", "))")
    return nil
  }
  fileprivate mutating func choices<T: RawRepresentable & CaseIterable>(_ node: Node, _ key: String, _ type: T.Type)
    -> [T]
  where T.RawValue == String {
    (node.sequence.map(Array.init) ?? [node]).compactMap { choice($0, key, type) }
  }
}

/// `; did you mean "x"?` where one of the names is at most two edits away.
public func suggestion(for name: String, among names: [String]) -> String {
  let best = names.map { ($0, editDistance(Array(name.utf8), Array($0.utf8))) }.min { $0.1 < $1.1 }
  guard let best, best.1 <= 2 else { return "" }
  return "; did you mean \"\(best.0)\"?"
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let cost = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
      diagonal = row[j + 1]
      row[j + 1] = cost
    }
  }
  return row[b.count]
}
