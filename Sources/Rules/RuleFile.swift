/// A mistake in a rule file.
public struct RuleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The first line where the mistake has no place of its own.
  public var place: Place
  /// What is wrong and, where that can be told, what to write instead.
  public var message: String
  /// `file:line:column: error: message`, as compilers write it.
  public var description: String { "\(place): error: \(message)" }
}

/// Reads a rule file. Every mistake is reported with its place; one mistake does not hide the next.
public struct RuleFile: Sendable, CheckedFile {
  /// What the file calls itself, else its name.
  public private(set) var pack = ""
  /// Those without mistakes, in the order of the file.
  public private(set) var rules: [Rule] = []
  /// Empty where the file is good. What only compiling shows is in `RuleSet.errors`.
  public internal(set) var errors: [RuleError] = []
  let file: String
  var banks: [String: Bank] = [:]

  /// `name` is what errors call the file.
  public init(_ yaml: String, name: String) {
    var yaml = yaml
    self = yaml.withUTF8 { RuleFile($0, name: name) }
  }
  package init(_ yaml: UnsafeBufferPointer<UInt8>, name: String) {
    file = name
    guard let root = compose(yaml, orSay: "the file is empty; a pack has the keys pack, schema and rules") else {
      return
    }
    readPack(root)
  }

  // MARK: The pack

  private mutating func readPack(_ root: YAMLNode) {
    guard let mapping = mapping(root, of: "a pack", keys: Self.packKeys) else { return }
    pack = mapping["pack"].flatMap { string($0, "pack") } ?? file
    if let schema = mapping["schema"], schema.int != 1 {
      fail(schema, "schema \(schema.string ?? "?") is unknown; this version of Winnow reads schema 1")
    }
    if let phrases = mapping["phrases"] { readBanks(phrases) }
    guard let list = mapping["rules"] else {
      // A key that is spelt wrong was named already.
      if errors.isEmpty { fail(root, "the key rules is missing") }
      return
    }
    guard let nodes = list.list else { return fail(list, "rules must be a list") }
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

  static let packKeys = ["pack", "schema", "phrases", "rules"]
  static let ruleKeys = [
    "id", "family", "title", "why", "languages", "hosts", "scope", "severity", "action", "with", "match", "unless",
    "message", "disclose", "any-form", "examples", "references",
  ]

  private mutating func readRule(_ node: YAMLNode) -> Rule? {
    let before = errors.count
    guard let rule = mapping(node, of: "a rule", keys: Self.ruleKeys) else { return nil }
    let id = rule["id"].flatMap { string($0, "id") }
    if rule["id"] == nil { fail(node, "the rule has no id") }
    if let id, !Self.isID(id) {
      fail(rule["id"], "the id \"\(id)\" must be family/name in lower-case letters, digits and hyphens")
    }
    let family = rule["family"].flatMap { choice($0, "family", Family.self) }
    if rule["family"] == nil { fail(node, "the rule \(id ?? "") has no family") }
    let scope = rule["scope"].flatMap { choice($0, "scope", Rule.Scope.self) } ?? .line
    let match = rule["match"].flatMap { readMatch($0, unless: rule["unless"], scope) }
    if rule["match"] == nil { fail(node, "the rule \(id ?? "") has no match") }
    let title = rule["title"].flatMap { string($0, "title") }
    if rule["title"] == nil { fail(node, "the rule \(id ?? "") has no title") }
    let examples = rule["examples"].flatMap { mapping($0, of: "examples", keys: Self.innerKeys("examples")) }
    let matching = examples?["match"].map { readExamples($0) } ?? []
    let clean = examples?["clean"].map { readExamples($0) } ?? []
    let action = rule["action"].flatMap { choice($0, "action", Action.self) }
    if let action { check(action, rule["action"], scope) }
    let replacement = readReplacement(rule, action)
    let severity = rule["severity"].flatMap { choice($0, "severity", Severity.self) }
    let why = rule["why"].flatMap { string($0, "why") }
    let languages = rule["languages"].map { strings($0, "languages") }
    let hosts = rule["hosts"].map { self.hosts($0) }
    let message = rule["message"].flatMap { string($0, "message") }
    let disclosure = rule["disclose"].flatMap { readDisclosure($0) }
    let isOfAnyForm = rule["any-form"].flatMap { flag($0, "any-form") } ?? false
    if isOfAnyForm, family != .signup || scope != .line {
      fail(rule["any-form"], "any-form is for rules about lines of the family signup")
    }
    let references = rule["references"].map { strings($0, "references") }
    guard errors.count == before, let id, let family, let match, let title else { return nil }
    return Rule(
      id: id, family: family, title: title, why: why ?? "", languages: languages ?? [], hosts: hosts ?? [],
      severity: severity ?? .warning, action: action ?? (scope == .page ? .flag : .remove), scope: scope, match: match,
      replacement: replacement, message: message ?? title, disclosure: disclosure, isOfAnyForm: isOfAnyForm,
      matchingExamples: matching, cleanExamples: clean, references: references ?? [], place: place(node))
  }

  private mutating func readMatch(_ node: YAMLNode, unless: YAMLNode?, _ scope: Rule.Scope) -> Rule.Match? {
    switch scope {
    case .line, .sentence, .block:
      let excuse = unless.flatMap { node in readMatch(node).map { refusingSpans($0, in: "unless", node) } }
      let match = readMatch(node)
      if scope != .line, let key = match?.keyForLinesOnly ?? excuse?.keyForLinesOnly {
        fail(node, "\(key) is for rules about lines; this one has scope: \(scope.rawValue)")
      }
      return match.map { .line($0, unless: excuse) }
    case .page:
      return readPageMatch(node).map { .page($0, unless: unless.flatMap { readPageMatch($0) }) }
    }
  }

  private mutating func readReplacement(_ rule: NodesByKey, _ action: Action?) -> String? {
    guard let node = rule["with"] else {
      if action == .replace { fail(rule["action"], "replace needs with: the text to write; \"\" for none") }
      return nil
    }
    let replacement = string(node, "with")
    if let replacement, replacement.utf8.contains(where: { $0 < 0x20 }) {
      fail(node, "with is text within a line; it can hold no line breaks or tabs")
    }
    if action != .replace { fail(node, "with says what action: replace writes") }
    return replacement
  }

  private mutating func check(_ action: Action, _ node: YAMLNode?, _ scope: Rule.Scope) {
    let (what, allowed): (String, [Action]) =
      switch scope {
      case .line: ("a line", [.flag, .remove, .keep, .keepFirst, .replace])
      case .sentence: ("a sentence", [.flag, .remove, .replace])
      case .block: ("a paragraph", [.flag, .remove, .keep])
      case .page: ("a page", [.flag, .quarantine])
      }
    if allowed.contains(action) { return }
    if action == .quarantine { return fail(node, "quarantine needs scope: page") }
    let can = allowed.map(\.rawValue)
    fail(
      node,
      "a rule about \(what) can \(can.dropLast().joined(separator: ", ")) or \(can.last!) it, not \(action.rawValue)")
  }

  private static func isID(_ id: String) -> Bool {
    let parts = id.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D }
      }
  }

  private mutating func readDisclosure(_ node: YAMLNode) -> Disclosure? {
    guard let disclosure = mapping(node, of: "disclose", keys: Self.innerKeys("disclose")),
      let kind = disclosure["kind"].flatMap({ string($0, "kind") }),
      let medium = disclosure["medium"].flatMap({ string($0, "medium") })
    else {
      if node.pairs != nil { fail(node, "disclose needs kind and medium") }
      return nil
    }
    return Disclosure(kind: kind, medium: medium)
  }

  /// `[[` and `]]` stand around what must be hit.
  private static func example(_ text: String, _ place: Place) -> Rule.Example {
    // Most examples have no marks, and looking for them by characters is slow.
    guard text.utf8.contains(0x5B) else { return Rule.Example(text: text, place: place) }
    var example = Rule.Example(text: "", place: place)
    var rest = text[...]
    while let open = rest.firstRange(of: "[["), let close = rest[open.upperBound...].firstRange(of: "]]") {
      example.text += rest[..<open.lowerBound]
      let start = example.text.utf8.count
      example.text += rest[open.upperBound..<close.lowerBound]
      example.marks.append(start..<example.text.utf8.count)
      rest = rest[close.upperBound...]
    }
    example.text += rest
    return example
  }

  private mutating func readExamples(_ node: YAMLNode) -> [Rule.Example] {
    let nodes = node.list ?? [node]
    return nodes.compactMap { node in
      string(node, "examples").map { Self.example($0, place(node)) }
    }
  }
}
