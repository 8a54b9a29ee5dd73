/// How conditions about pages stand in a rule file.
extension RuleFile {
  static let pageConditionKeys = ["lines", "meta", "jsonld", "metric", "found", "score", "any", "all", "not"]

  /// The keys about lines that a condition about a page may hold.
  static let lineKeys = conditionKeys.filter { !["any", "all", "not", "near", "range", "tail"].contains($0) }

  mutating func readPageMatch(_ node: YAMLNode) -> PageCondition? {
    guard let list = node.list else { return readPageCondition(node) }
    if list.isEmpty { fail(node, "the list of conditions is empty") }
    let conditions = list.compactMap { readPageCondition($0) }
    return conditions.count == 1 ? conditions[0] : .any(conditions)
  }

  /// Keys about lines in one mapping ask for one line that satisfies all of them.
  private mutating func readPageCondition(_ node: YAMLNode) -> PageCondition? {
    let lineKeys = Self.lineKeys
    guard let keys = mapping(node, of: "a condition about a page", keys: Self.pageConditionKeys + lineKeys) else {
      return nil
    }
    if node.isEmpty { fail(node, "the condition is empty") }
    var all: [PageCondition] = []
    let aboutLines = lineKeys.compactMap { key in keys[key].flatMap { readCondition(key, $0) } }
    if !aboutLines.isEmpty { all.append(.lines(aboutLines.count == 1 ? aboutLines[0] : .all(aboutLines), min: 1)) }
    all += Self.pageConditionKeys.compactMap { key in keys[key].flatMap { readPageCondition(key, $0) } }
    return all.count == 1 ? all[0] : all.isEmpty ? nil : .all(all)
  }

  private mutating func readPageCondition(_ key: String, _ node: YAMLNode) -> PageCondition? {
    switch key {
    case "lines":
      guard let lines = mapping(node, of: key, keys: Self.innerKeys(key)) else { return nil }
      guard let condition = lines["that"].flatMap({ readMatch($0) }) else {
        fail(node, "lines needs that")
        return nil
      }
      if condition.looksAround { fail(lines["that"], "near, range and tail have no place in a rule about pages") }
      return .lines(condition, min: lines["min"].flatMap { integer($0, "min") } ?? 1)
    case "meta", "jsonld":
      let nameKey = key == "meta" ? "name" : "key"
      guard let test = mapping(node, of: key, keys: Self.innerKeys(key)) else { return nil }
      guard let name = test[nameKey].flatMap({ string($0, nameKey) }), let pattern = test["regex"] else {
        fail(node, "\(key) needs \(nameKey) and regex")
        return nil
      }
      let patterns = (pattern.list ?? [pattern]).compactMap { node in
        string(node, "regex").map { Condition.Pattern(text: writtenOut($0), place: place(node)) }
      }
      return key == "meta" ? .meta(name.lowercased(), patterns) : .linked(name, patterns)
    case "metric":
      guard let test = mapping(node, of: key, keys: Self.innerKeys(key)) else { return nil }
      guard let metric = test["name"].flatMap({ choice($0, "metric", PageMetric.self) }) else {
        if test["name"] == nil { fail(node, "metric needs a name") }
        return nil
      }
      let low = test["min"].flatMap { number($0, "min") } ?? 0
      let high = test["max"].flatMap { number($0, "max") } ?? .infinity
      guard low <= high else {
        fail(node, "min \(low) is greater than max \(high)")
        return nil
      }
      return .metric(metric, low...high)
    case "found":
      guard let found = mapping(node, of: key, keys: Self.innerKeys(key)) else { return nil }
      if found["rule"] == nil, found["family"] == nil { fail(node, "found needs rule or family") }
      return .found(
        rules: found["rule"].map { strings($0, "rule") } ?? [],
        families: found["family"].map { choices($0, "family", Family.self) } ?? [],
        min: found["min"].flatMap { integer($0, "min") } ?? 1)
    case "score": return readScore(node)
    case "not": return readPageMatch(node).map { .not($0) }
    default:
      guard let list = node.list else {
        fail(node, "\(key) must be a list of conditions")
        return nil
      }
      let conditions = list.compactMap { readPageCondition($0) }
      return key == "any" ? .any(conditions) : .all(conditions)
    }
  }

  private mutating func readScore(_ node: YAMLNode) -> PageCondition? {
    guard let score = mapping(node, of: "score", keys: Self.innerKeys("score")) else { return nil }
    guard let least = score["at-least"].flatMap({ number($0, "at-least") }), let add = score["add"]?.list else {
      fail(node, "score needs at-least and add")
      return nil
    }
    let terms = add.compactMap { node -> PageCondition.Term? in
      guard let term = mapping(node, of: "a term of score", keys: Self.innerKeys("add")) else { return nil }
      guard let condition = term["when"].flatMap({ readPageMatch($0) }) else {
        fail(node, "a term of score needs when")
        return nil
      }
      return PageCondition.Term(condition: condition, weight: term["weight"].flatMap { number($0, "weight") } ?? 1)
    }
    return .score(atLeast: least, terms)
  }
}
