import Pages

/// How conditions stand in a rule file.
extension RuleFile {
  static let conditionKeys = [
    "line", "starts", "ends", "contains", "regex", "words", "chars", "repeats", "similar", "pages", "joined", "near",
    "at", "kind", "in",
    "selector", "xpath", "any", "all", "not", "range", "tail",
  ]

  /// The keys of the mappings that stand behind keys.
  static let innerKeys: [String: [String]] = [
    "examples": ["match", "clean"], "disclose": ["kind", "medium"],
    "words": ["min", "max"], "chars": ["min", "max"], "repeats": ["min"], "similar": ["min"], "pages": ["min"],
    "near": ["family", "lines"],
    "at": ["first", "last"], "range": ["from", "to", "max"], "tail": ["from", "ceiling", "longest"],
    "lines": ["min", "that"], "meta": ["name", "regex"], "jsonld": ["key", "regex"], "metric": ["name", "min", "max"],
    "found": ["rule", "family", "min"], "score": ["at-least", "add"], "add": ["when", "weight"],
  ]
  static func innerKeys(_ key: String) -> [String] { innerKeys[key] ?? [] }

  mutating func readMatch(_ node: YAMLNode) -> Condition? {
    guard let list = node.list else { return readCondition(node) }
    let conditions = list.compactMap { readCondition($0) }
    if list.isEmpty { fail(node, "the list of conditions is empty") }
    return conditions.count == 1 ? conditions[0] : .any(conditions)
  }

  mutating func readCondition(_ node: YAMLNode) -> Condition? {
    guard let keys = mapping(node, of: "a condition", keys: Self.conditionKeys) else { return nil }
    if node.isEmpty { fail(node, "the condition is empty") }
    var all: [Condition] = []
    for (key, value) in keys.all {
      if keys.all.count > 1, key == "range" || key == "tail" { fail(value, "\(key) stands alone in a condition") }
      if let condition = readCondition(key, value) { all.append(condition) }
    }
    return all.count == 1 ? all[0] : all.isEmpty ? nil : .all(all)
  }

  mutating func readCondition(_ key: String, _ node: YAMLNode) -> Condition? {
    switch key {
    case "line": return .line(phrases(node, key))
    case "starts": return .starts(phrases(node, key))
    case "ends": return .ends(phrases(node, key))
    case "contains": return .contains(phrases(node, key))
    case "regex":
      let nodes = node.list ?? [node]
      return .regex(
        nodes.compactMap { node in string(node, key).map { .init(text: writtenOut($0), place: place(node)) } })
    case "words": return bounds(node, key).map { .words($0) }
    case "chars": return bounds(node, key).map { .chars($0) }
    case "repeats", "similar", "pages":
      guard let bounds = mapping(node, of: key, keys: Self.innerKeys(key)) else { return nil }
      let minimum = bounds["min"].flatMap { integer($0, "min") } ?? 2
      return key == "repeats" ? .repeats(minimum) : key == "similar" ? .similar(minimum) : .pages(minimum)
    case "joined":
      return flag(node, key).map { .joined($0) }
    case "near":
      guard let near = mapping(node, of: key, keys: Self.innerKeys(key)) else { return nil }
      let families = near["family"].map { choices($0, "family", Family.self) } ?? []
      if near["family"] == nil { fail(node, "near has no family") }
      return .near(families, lines: near["lines"].flatMap { integer($0, "lines") } ?? 3)
    case "at":
      guard let at = mapping(node, of: key, keys: Self.innerKeys(key)) else { return nil }
      if node.isEmpty { fail(node, "at needs first or last") }
      return .at(first: at["first"].flatMap { number($0, "first") }, last: at["last"].flatMap { number($0, "last") })
    case "kind": return .kind(strings(node, key).compactMap { name in kind(name, node) })
    case "in": return readContext(node)
    case "selector":
      guard let text = string(node, key) else { return nil }
      do throws(Selector.SyntaxError) { return .selector(try Selector(text)) } catch {
        fail(node, "the selector is not valid at character \(error.offset + 1): \(error.message)")
        return nil
      }
    case "xpath": return readXPath(node)
    case "any": return .any(conditions(node, key))
    case "all": return refusingSpans(.all(conditions(node, key)), in: key, node)
    case "not": return readMatch(node).map { refusingSpans(.not($0), in: key, node) }
    case "range": return readRange(node)
    default: return readTail(node)
    }
  }

  /// `min` and `max`, each of which may be missing.
  private mutating func bounds(_ node: YAMLNode, _ key: String) -> ClosedRange<Int>? {
    guard let bounds = mapping(node, of: key, keys: Self.innerKeys(key)) else { return nil }
    let low = bounds["min"].flatMap { integer($0, "min") } ?? 0
    let high = bounds["max"].flatMap { integer($0, "max") } ?? Int.max
    if low <= high { return low...high }
    fail(node, "min \(low) is greater than max \(high)")
    return nil
  }

  private mutating func readRange(_ node: YAMLNode) -> Condition? {
    guard let range = mapping(node, of: "range", keys: Self.innerKeys("range")),
      let from = range["from"].flatMap({ readMatch($0) }), let to = range["to"].flatMap({ readMatch($0) })
    else {
      fail(node, "range needs from and to")
      return nil
    }
    _ = refusingSpans(.all([from, to]), in: "range", node)
    return .range(from: from, to: to, max: range["max"].flatMap { integer($0, "max") } ?? 8)
  }

  private mutating func readTail(_ node: YAMLNode) -> Condition? {
    guard let tail = mapping(node, of: "tail", keys: Self.innerKeys("tail")),
      let from = tail["from"].flatMap({ readMatch($0) })
    else {
      fail(node, "tail needs from")
      return nil
    }
    _ = refusingSpans(from, in: "tail", node)
    return .tail(
      from: from, ceiling: tail["ceiling"].flatMap { number($0, "ceiling") } ?? 0.5,
      longest: tail["longest"].flatMap { integer($0, "longest") } ?? 60)
  }

  private mutating func readXPath(_ node: YAMLNode) -> Condition? {
    guard let text = string(node, "xpath") else { return nil }
    var names = ExtraNames()
    do throws(Selector.SyntaxError) {
      let path = try XPath(text, names: &names)
      if names.isEmpty, path.attribute == nil { return .selector(path.selector) }
      fail(node, "the path must lead to an element, by elements and attributes that selectors know")
    } catch { fail(node, "the path is not valid at character \(error.offset + 1): \(error.message)") }
    return nil
  }

  /// The condition, after a complaint if it takes whole stretches where a line must be judged by itself.
  mutating func refusingSpans(_ condition: Condition, in key: String, _ node: YAMLNode) -> Condition {
    if condition.holdsSpan { fail(node, "range and tail have no place in \(key)") }
    return condition
  }

  mutating func conditions(_ node: YAMLNode, _ key: String) -> [Condition] {
    guard let list = node.list else {
      fail(node, "\(key) must be a list of conditions")
      return []
    }
    return list.compactMap { readCondition($0) }
  }

  /// Asking a case for its name takes thousands of instructions.
  private static let kinds = Dictionary(uniqueKeysWithValues: BlockKind.allCases.map { ("\($0)", $0) })

  mutating func kind(_ name: String, _ node: YAMLNode) -> BlockKind? {
    if let kind = Self.kinds[name] { return kind }
    fail(node, "\"\(name)\" is no kind of block" + suggestion(for: name, among: Self.kinds.keys.sorted()))
    return nil
  }

  static let contexts: [String: BlockContext] = [
    "form": .form, "nav": .nav, "header": .header, "footer": .footer, "aside": .aside, "article": .article,
    "main": .main, "figure": .figure, "table": .table,
  ]

  mutating func readContext(_ node: YAMLNode) -> Condition? {
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
