/// How findings are treated: a profile, the user's own settings, and overrides for hosts and paths.
public struct Policy: Sendable {
  /// The weakest.
  public var profile: Layer
  /// The user's settings for all pages: they win over the profile.
  public var own: Layer
  /// They win over both, later ones over earlier ones.
  public var overrides: [Override]

  public init(profile: Layer = Layer(), own: Layer = Layer(), overrides: [Override] = []) {
    self.profile = profile
    self.own = own
    self.overrides = overrides
  }

  /// What is said of a rule or a family; nil where nothing is.
  public struct Setting: Sendable, Equatable {
    /// True for no findings; false for findings again, whatever a weaker setting says.
    public var isOff: Bool?
    /// In place of the rule's.
    public var severity: Severity?
    /// In place of the rule's. Said of a family it leaves rules that keep alone, and of rules about pages and of those
    /// that replace it can only make flags.
    public var action: Action?

    public init(isOff: Bool? = nil, severity: Severity? = nil, action: Action? = nil) {
      self.isOff = isOff
      self.severity = severity
      self.action = action
    }
  }

  /// Settings from one source. A setting of a rule wins over one of its family, that over `all`.
  public struct Layer: Sendable, Equatable {
    /// Of every rule, as if said of each family.
    public var all = Setting()
    /// Of the rules of a family, and of what the content model takes for it.
    public var families: [Family: Setting] = [:]
    /// By id. `filter/NAME` and `site/HOST` stand for all lines of a filter list or a site configuration.
    public var rules: [String: Setting] = [:]

    public init() {}
    var isEmpty: Bool { self == Layer() }
  }

  /// Settings for the pages of some hosts, with their subdomains, or paths; where both are named, both
  /// must fit.
  public struct Override: Sendable {
    /// Lower case, without `www.`; empty for all.
    public var hosts: [String]
    /// One of them must match; empty for all.
    public var paths: [PathPattern]
    /// Takes the place of the policy's profile.
    public var profile: Layer?
    /// What is set for these pages.
    public var layer: Layer

    public init(hosts: [String] = [], paths: [PathPattern] = [], profile: Layer? = nil, layer: Layer = Layer()) {
      self.hosts = hosts
      self.paths = paths
      self.profile = profile
      self.layer = layer
    }

    func applies(host: String?, path: String) -> Bool {
      (hosts.isEmpty || HostName.isAmong(hosts, host)) && (paths.isEmpty || paths.contains { $0.matches(path) })
    }
  }

  /// What holds for one page: later layers win.
  package func resolve(host: String?, path: String) -> PagePolicy {
    let fitting = overrides.indices.filter { overrides[$0].applies(host: host, path: path) }
    let profile = fitting.compactMap { overrides[$0].profile }.last ?? self.profile
    let layers = [profile, own] + fitting.map { overrides[$0].layer }
    return PagePolicy(layers: layers.filter { !$0.isEmpty }, fitting: fitting)
  }
}

/// A policy as it holds for one page.
package struct PagePolicy: Sendable {
  var layers: [Policy.Layer] = []
  /// The overrides that fit: two pages of one policy with the same ones are treated alike.
  var fitting: [Int] = []

  /// Changes nothing.
  package init() {}
  init(layers: [Policy.Layer], fitting: [Int]) {
    self.layers = layers
    self.fitting = fitting
  }

  /// Severity and action under the policy; nil where the rule is off.
  ///
  /// What is said of a family leaves allow-rules alone, and of rules about pages and of those that replace it can only
  /// make flags.
  func treatment(
    of rule: String, _ family: Family, _ severity: Severity, _ action: Action, isAboutPage: Bool
  ) -> Treatment? {
    var treatment = Treatment(severity: severity, action: action)
    var isOff = false
    for layer in layers {
      for setting in [layer.all, layer.families[family]].compactMap({ $0 }) {
        isOff = setting.isOff ?? isOff
        treatment.severity = setting.severity ?? treatment.severity
        if let wanted = setting.action, action != .keep, wanted == .flag || !(isAboutPage || action == .replace) {
          treatment.action = wanted
        }
      }
      for setting in [Self.list(of: rule).flatMap { layer.rules[$0] }, layer.rules[rule]].compactMap({ $0 }) {
        isOff = setting.isOff ?? isOff
        treatment.severity = setting.severity ?? treatment.severity
        treatment.action = setting.action ?? treatment.action
      }
    }
    return isOff ? nil : treatment
  }

  /// The settings of a rule's id alone. For a finding that is made of others: families, and what is done, are settings of
  /// those.
  package func ownSetting(of rule: String) -> Policy.Setting {
    layers.compactMap { $0.rules[rule] }.reduce(Policy.Setting()) {
      Policy.Setting(isOff: $1.isOff ?? $0.isOff, severity: $1.severity ?? $0.severity)
    }
  }

  /// The finding under the policy; nil where its rule is off.
  package func apply(to finding: Finding) -> Finding? {
    guard !layers.isEmpty else { return finding }
    let treatment = treatment(
      of: finding.rule, finding.family, finding.severity, finding.action, isAboutPage: finding.block < 0)
    guard let treatment else { return nil }
    var finding = finding
    finding.severity = treatment.severity
    if treatment.action != .keepFirst { finding.action = treatment.action }
    return finding
  }

  /// `filter/NAME` of `filter/NAME:12`.
  private static func list(of rule: String) -> String? {
    rule.lastIndex(of: ":").map { String(rule[..<$0]) }
  }
}

/// Severity and action that hold on a page.
struct Treatment: Sendable, Equatable {
  var severity: Severity
  var action: Action
}

/// Names of hosts.
package enum HostName {
  /// The host of an address, lower case and without `www.`.
  package static func of(_ address: String) -> String? {
    guard let scheme = address.firstRange(of: "://") else { return nil }
    return normalised(address[scheme.upperBound...].prefix { !"/:?#".contains($0) })
  }
  /// A host as pages and lists are compared: lower case and without `www.`.
  static func normalised(_ host: some StringProtocol) -> String {
    let host = host.lowercased()
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }
  /// Whether the host, or a domain above it, is in the list.
  static func isAmong(_ hosts: [String], _ host: String?) -> Bool {
    guard let host else { return false }
    return hosts.contains { host == $0 || host.hasSuffix(".\($0)") }
  }
}
