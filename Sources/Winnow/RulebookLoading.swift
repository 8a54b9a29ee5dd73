import Batch
import Rules
import SystemPackage

/// Where a rulebook comes from, as a command line says it.
public struct RuleSources: Sendable {
  /// Rule files, or folders of them, added to the built-in packs.
  public var rules: [String]
  /// The name of a built-in profile, which takes the place of the configuration's.
  public var profile: String?
  /// Nil for the nearest `winnow.yml` in or above the input's folder.
  public var config: String?
  /// Paths of Adblock filter lists.
  public var filterLists: [String]
  /// Folders of site configurations (`HOST.txt`).
  public var siteConfigs: [String]

  public init(
    rules: [String] = [], profile: String? = nil, config: String? = nil, filterLists: [String] = [],
    siteConfigs: [String] = []
  ) {
    self.rules = rules
    self.profile = profile
    self.config = config
    self.filterLists = filterLists
    self.siteConfigs = siteConfigs
  }
}

/// A rulebook, and what else its configuration says.
public struct LoadedRulebook: Sendable {
  /// All of the rules, filter lists and site configurations, and the policy.
  public var rulebook: Rulebook
  /// The configuration's folder, which its settings by path count from.
  public var root: FilePath?
  /// As the configuration says; nil where it does not.
  public var failOn: FailOn?
  /// The files and folders that all this comes from.
  public var files: [FilePath] = []
  /// What was passed over, a line each.
  public var notes: [String] = []
}

extension Rulebook {
  /// Reads all that the sources and the configuration of the inputs name. Throws every mistake in them.
  public static func load(_ sources: RuleSources, for inputs: [String]) throws(RuleLoadingError) -> LoadedRulebook {
    var path = sources.config.map { FilePath($0) }
    if path == nil { path = try nearestConfig(inputs) }
    let config = try path.map { path throws(RuleLoadingError) in try ConfigFile.read(path) }
    var profile = config?.profile
    if let name = sources.profile {
      guard let named = Profile.named(name) else {
        throw RuleLoadingError(messages: ["--profile: error: " + Profile.complaint(about: name)])
      }
      profile = named
    }
    let folder = path?.removingLastComponent() ?? ""
    var files: [RuleFile] = []
    for reference in config?.ruleFiles ?? [] {
      files += try at(reference.place) { () throws(RuleLoadingError) in
        try RuleSet.read([folder.pushing(FilePath(reference.path)).string])
      }
    }
    files += try RuleSet.read(sources.rules)
    let rules = try RuleSet.compile(adding: files)
    let complaints = config?.complaints(about: rules) ?? []
    guard complaints.isEmpty else { throw RuleLoadingError(messages: complaints.map(\.description)) }
    let policy = Policy(
      profile: profile?.layer ?? Policy.Layer(), own: config?.layer ?? Policy.Layer(),
      overrides: config?.overrides ?? [])
    var rulebook = Rulebook(rules: rules, policy: policy)
    for reference in config?.filterLists ?? [] {
      try at(reference.place) { () throws(RuleLoadingError) in
        try rulebook.addFilters(folder.pushing(FilePath(reference.path)), family: reference.family)
      }
    }
    for list in sources.filterLists { try rulebook.addFilters(FilePath(list), family: nil) }
    rulebook.filters.finish()
    for reference in config?.siteConfigs ?? [] {
      try at(reference.place) { () throws(RuleLoadingError) in
        try rulebook.addSites(folder.pushing(FilePath(reference.path)))
      }
    }
    for folder in sources.siteConfigs { try rulebook.addSites(FilePath(folder)) }
    let named = (sources.rules + sources.filterLists + sources.siteConfigs).map { FilePath($0) }
    let references = config.map { $0.ruleFiles.map(\.path) + $0.filterLists.map(\.path) + $0.siteConfigs.map(\.path) }
    let configured = (references ?? []).map { folder.pushing(FilePath($0)) } + [path].compactMap { $0 }
    return LoadedRulebook(
      rulebook: rulebook, root: path.flatMap { Files.realFolder(of: $0) }, failOn: config?.failOn,
      files: named + configured,
      notes: rulebook.filters.reports.map(\.description) + rulebook.sites.notes)
  }

  private mutating func addFilters(_ path: FilePath, family: Family?) throws(RuleLoadingError) {
    do throws(FileError) {
      filters.add(
        String(decoding: try Files.read(path), as: UTF8.self), name: (path.stem ?? path.string).lowercased(),
        file: path.string, family: family ?? .ads, names: &names)
    } catch { throw RuleLoadingError(messages: ["\(error)"]) }
  }

  /// Adds the files `HOST.txt` of a folder.
  private mutating func addSites(_ folder: FilePath) throws(RuleLoadingError) {
    do {
      let files = try Files.list(folder).filter { $0.extension == "txt" }
      if files.isEmpty {
        throw RuleLoadingError(messages: ["\(folder): no site configurations (HOST.txt) in this folder"])
      }
      for file in files {
        let path = folder.appending(file)
        sites.add(
          String(decoding: try Files.read(path), as: UTF8.self), name: file.stem, file: path.string,
          names: &names)
      }
    } catch let error as RuleLoadingError {
      throw error
    } catch { throw RuleLoadingError(messages: ["\(error)"]) }
  }

  /// What a configuration is called.
  package static let configNames: [FilePath.Component] = ["winnow.yml", "winnow.yaml"]

  /// The configuration that all inputs share.
  private static func nearestConfig(_ inputs: [String]) throws(RuleLoadingError) -> FilePath? {
    var found: [FilePath?] = []
    for input in inputs {
      let path = Files.nearest(configNames, above: input == "-" ? "." : FilePath(input))
      if !found.contains(path) { found.append(path) }
    }
    guard found.count > 1 else { return found.first ?? nil }
    let names = found.map { $0?.string ?? "none" }.joined(separator: " and ")
    throw RuleLoadingError(messages: [
      "the inputs have different configurations (\(names)): run them apart, or give one by --config"
    ])
  }

  /// Says of errors which place named the file.
  private static func at<T>(_ place: Place, _ body: () throws(RuleLoadingError) -> T) throws(RuleLoadingError) -> T {
    do throws(RuleLoadingError) { return try body() } catch {
      throw RuleLoadingError(messages: error.messages.map { "\(place): error: \($0)" })
    }
  }
}

extension ConfigFile {
  static func read(_ path: FilePath) throws(RuleLoadingError) -> ConfigFile {
    let file = ConfigFile(try RuleSet.text(path), name: path.string)
    guard file.errors.isEmpty else { throw RuleLoadingError(messages: file.errors.map(\.description)) }
    return file
  }
}
