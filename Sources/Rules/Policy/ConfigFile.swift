/// A `winnow.yml`: what a user wants of the rules. `Rules/README.md` describes it.
package struct ConfigFile: Sendable, CheckedFile {
  package private(set) var profile: Profile?
  package private(set) var layer = Policy.Layer()
  package private(set) var overrides: [Policy.Override] = []
  /// Paths as the file says them, relative to its folder.
  package private(set) var ruleFiles: [Reference] = []
  package private(set) var filterLists: [Reference] = []
  package private(set) var siteConfigs: [Reference] = []
  package private(set) var failOn: FailOn?
  package internal(set) var errors: [RuleError] = []
  let file: String
  /// The rules that settings speak of, each with the place of its name.
  private var named: [(id: String, setting: Policy.Setting, place: Place)] = []

  /// A file that the configuration names.
  package struct Reference: Sendable {
    package var path: String
    /// What a filter list is about.
    package var family: Family?
    package var place: Place
  }

  static let keys =
    ["profile"] + layerKeys + ["overrides", "rule-files", "filter-lists", "site-configs", "fail-on"]
  static let overrideKeys = ["hosts", "paths", "profile"] + layerKeys

  package init(_ yaml: String, name: String) {
    var yaml = yaml
    self = yaml.withUTF8 { ConfigFile($0, name: name) }
  }
  private init(_ yaml: UnsafeBufferPointer<UInt8>, name: String) {
    file = name
    guard let root = compose(yaml, orSay: "the file is empty; keys are \(Self.keys.joined(separator: ", "))"),
      let keys = mapping(root, of: "a configuration", keys: Self.keys)
    else { return }
    profile = keys["profile"].flatMap { readProfile($0) }
    layer = readLayer(keys)
    note(keys["rules"], layer)
    if let list = keys["overrides"] { readOverrides(list) }
    ruleFiles = keys["rule-files"].map { readReferences($0, "rule-files") } ?? []
    filterLists = keys["filter-lists"].map { readReferences($0, "filter-lists") } ?? []
    siteConfigs = keys["site-configs"].map { readReferences($0, "site-configs") } ?? []
    failOn = keys["fail-on"].flatMap { choice($0, "severity", FailOn.self) }
    errors.sort { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
  }

  /// Mistakes in names of rules, which only the rules show.
  package func complaints(about rules: RuleSet) -> [RuleError] {
    let ids = rules.rules.map(\.id) + Self.judgements
    return named.compactMap { id, setting, place in
      if id.hasPrefix("filter/") || id.hasPrefix("site/") { return nil }
      guard ids.contains(id) else {
        return RuleError(place: place, message: "there is no rule \"\(id)\"" + suggestion(for: id, among: ids))
      }
      let isAboutPage = id == "content/empty-page" || rules.rule(id)?.scope == .page
      guard let action = setting.action else { return nil }
      if id == Finding.formRule {
        return RuleError(
          place: place,
          message: "\(id) is made of lines, and their rules say what is done; it can be off, on or of a severity")
      }
      if isAboutPage, action != .flag, action != .quarantine {
        return RuleError(
          place: place, message: "\(id) is about pages, which it can flag or quarantine, not \(action.rawValue)")
      }
      if !isAboutPage, action == .quarantine {
        return RuleError(place: place, message: "\(id) is about lines; only a rule about pages can quarantine")
      }
      return nil
    }
  }

  /// What Winnow finds without a rule of a pack.
  private static let judgements =
    ["content/boilerplate", "content/empty-page", "meta/title", "meta/signature", Finding.formRule]
    + Family.allCases.map { "content/boilerplate:\($0.rawValue)" }

  private mutating func readProfile(_ node: YAMLNode) -> Profile? {
    guard let name = string(node, "profile") else { return nil }
    if let profile = Profile.named(name) { return profile }
    fail(node, Profile.complaint(about: name))
    return nil
  }

  private mutating func note(_ rules: YAMLNode?, _ layer: Policy.Layer) {
    for (key, _) in rules?.pairs ?? [] {
      guard let id = key.string, let setting = layer.rules[id] else { continue }
      named.append((id, setting, place(key)))
    }
  }

  private mutating func readOverrides(_ node: YAMLNode) {
    guard let list = node.list else { return fail(node, "overrides must be a list") }
    for node in list {
      guard let keys = mapping(node, of: "an override", keys: Self.overrideKeys) else { continue }
      if keys["hosts"] == nil, keys["paths"] == nil { fail(node, "an override needs hosts or paths") }
      let layer = readLayer(keys)
      note(keys["rules"], layer)
      overrides.append(
        Policy.Override(
          hosts: keys["hosts"].map { hosts($0) } ?? [],
          paths: keys["paths"].map { strings($0, "paths") }?.map { PathPattern($0) } ?? [],
          profile: keys["profile"].flatMap { readProfile($0) }?.layer, layer: layer))
    }
  }

  /// A path, or a list of them; a filter list may be a mapping that says what it is about.
  private mutating func readReferences(_ node: YAMLNode, _ key: String) -> [Reference] {
    (node.list ?? [node]).compactMap { node in
      guard key == "filter-lists", node.pairs != nil else {
        return string(node, key).map { Reference(path: $0, place: place(node)) }
      }
      guard let keys = mapping(node, of: "a filter list", keys: ["file", "family"]) else { return nil }
      guard let path = keys["file"].flatMap({ string($0, "file") }) else {
        if keys["file"] == nil { fail(node, "a filter list needs file") }
        return nil
      }
      return Reference(
        path: path, family: keys["family"].flatMap { choice($0, "family", Family.self) }, place: place(node))
    }
  }
}
