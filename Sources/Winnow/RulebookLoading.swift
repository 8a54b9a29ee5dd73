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
    let folder = path?.removingLastComponent() ?? ""
    let profile = try sources.profile.map(builtInProfile) ?? config?.profile

    let ruleFiles = all(config?.ruleFiles, in: folder, sources.rules)
    var files: [RuleFile] = []
    for source in ruleFiles {
      files += try source.read { path throws(RuleLoadingError) in try RuleSet.read([path.string]) }
    }
    let rules = try RuleSet.compile(adding: files)
    let complaints = config?.complaints(about: rules) ?? []
    guard complaints.isEmpty else { throw RuleLoadingError(messages: complaints.map(\.description)) }
    let policy = Policy(
      profile: profile?.layer ?? Policy.Layer(), own: config?.layer ?? Policy.Layer(),
      overrides: config?.overrides ?? [])
    var rulebook = Rulebook(rules: rules, policy: policy)

    let lists = all(config?.filterLists, in: folder, sources.filterLists)
    for list in lists {
      try list.read { path throws(RuleLoadingError) in try rulebook.addFilters(path, family: list.family) }
    }
    rulebook.filters.finish()
    let siteConfigs = all(config?.siteConfigs, in: folder, sources.siteConfigs)
    for sites in siteConfigs { try sites.read { path throws(RuleLoadingError) in try rulebook.addSites(path) } }
    return LoadedRulebook(
      rulebook: rulebook, root: path.flatMap { Files.realFolder(of: $0) }, failOn: config?.failOn,
      files: (ruleFiles + lists + siteConfigs).map(\.path) + [path].compactMap { $0 },
      notes: rulebook.filters.reports.map(\.description) + rulebook.sites.notes)
  }

  private static func builtInProfile(_ name: String) throws(RuleLoadingError) -> Profile {
    guard let named = Profile.named(name) else {
      throw RuleLoadingError(messages: ["--profile: error: " + Profile.complaint(about: name)])
    }
    return named
  }

  /// What the configuration names, relative to its folder, then what the command line does, which so has the last word.
  private static func all(_ configured: [ConfigFile.Reference]?, in folder: FilePath, _ named: [String]) -> [Source] {
    (configured ?? []).map { Source(path: folder.pushing(FilePath($0.path)), family: $0.family, place: $0.place) }
      + named.map { Source(path: FilePath($0)) }
  }

  private struct Source {
    var path: FilePath
    var family: Family?
    /// In the configuration; nil for what the command line names.
    var place: Place?

    /// Reads the source; its errors say which place of the configuration named it.
    func read<T>(_ body: (FilePath) throws(RuleLoadingError) -> T) throws(RuleLoadingError) -> T {
      do throws(RuleLoadingError) { return try body(path) } catch {
        throw RuleLoadingError(
          messages: error.messages.map { message in place.map { "\($0): error: \(message)" } ?? message })
      }
    }
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
}

extension ConfigFile {
  static func read(_ path: FilePath) throws(RuleLoadingError) -> ConfigFile {
    let file = ConfigFile(try RuleSet.text(path), name: path.string)
    guard file.errors.isEmpty else { throw RuleLoadingError(messages: file.errors.map(\.description)) }
    return file
  }
}
