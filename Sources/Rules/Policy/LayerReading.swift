/// How settings stand in profiles and in `winnow.yml`.
extension CheckedFile {
  static var layerKeys: [String] { ["all", "families", "rules"] }

  mutating func readLayer(_ keys: NodesByKey) -> Policy.Layer {
    var layer = Policy.Layer()
    if let all = keys["all"].flatMap({ readSetting($0, "all") }) { layer.all = all }
    if let families = keys["families"], let pairs = families.pairs {
      for (key, value) in pairs {
        guard let family = choice(key, "family", Family.self), let setting = readSetting(value, family.rawValue) else {
          continue
        }
        layer.families[family] = setting
      }
    } else if let families = keys["families"] {
      fail(families, "families must be a mapping of families to settings")
    }
    if let rules = keys["rules"], let pairs = rules.pairs {
      for (key, value) in pairs {
        guard let id = string(key, "rules"), let setting = readSetting(value, id, ofRule: true) else { continue }
        layer.rules[id] = setting
      }
    } else if let rules = keys["rules"] {
      fail(rules, "rules must be a mapping of rule ids to settings; files of rules stand under rule-files")
    }
    return layer
  }

  /// `off`, `on`, a severity, an action, or a mapping of `severity` and `action`.
  private mutating func readSetting(_ node: YAMLNode, _ name: String, ofRule: Bool = false) -> Policy.Setting? {
    if let word = node.string {
      // `off` and `on` are booleans to YAML 1.1; here they say what they say.
      if let switched = ["off": true, "on": false][word] { return Policy.Setting(isOff: switched) }
      if let severity = Severity(rawValue: word) { return Policy.Setting(severity: severity) }
      if let action = Action(rawValue: word) { return check(Policy.Setting(action: action), node, ofRule) }
      let words =
        ["off", "on"] + Severity.allCases.map(\.rawValue)
        + Action.allCases.filter { $0 != .replace }.map(\.rawValue)
      fail(
        node,
        "\"\(word)\" is no setting of \(name)" + suggestion(for: word, among: words)
          + "; one of \(words.joined(separator: ", ")), or a mapping of severity and action")
      return nil
    }
    guard let keys = mapping(node, of: "the setting of \(name)", keys: ["severity", "action"]) else { return nil }
    let setting = Policy.Setting(
      severity: keys["severity"].flatMap { choice($0, "severity", Severity.self) },
      action: keys["action"].flatMap { choice($0, "action", Action.self) })
    return check(setting, keys["action"] ?? node, ofRule)
  }

  private mutating func check(_ setting: Policy.Setting, _ node: YAMLNode, _ ofRule: Bool) -> Policy.Setting? {
    if setting.action == .replace {
      fail(node, "replace needs a text, so it stands in the rule itself")
      return nil
    }
    guard !ofRule, setting.action == .quarantine else { return setting }
    fail(node, "only a rule about pages can quarantine; name it under rules")
    return nil
  }
}
