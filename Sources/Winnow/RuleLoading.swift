import Batch
import Rules
import SystemPackage

extension RuleSet {
  /// The packs that the binary carries. Compiled once, on first use.
  public static let builtIn = RuleSet(builtInFiles.flatMap(\.rules), areTrusted: true)

  /// The files of the built-in packs, with their mistakes, should there be any.
  public static var builtInFiles: [RuleFile] { builtInPacks.map { RuleFile($0.yaml, name: $0.name) } }

  /// The rules under `paths` (files, or folders of `.yaml` and `.yml` files), then those of the built-in packs; a rule
  /// replaces an earlier one of the same id, and a built-in one in its place. Throws every mistake in them.
  public static func load(adding paths: [String]) throws(RuleLoadingError) -> RuleSet {
    try compile(adding: try read(paths))
  }

  static func compile(adding files: [RuleFile]) throws(RuleLoadingError) -> RuleSet {
    guard !files.isEmpty else { return builtIn }
    // Before the built-in ones: of equals the first wins, and whoever writes a rule means it to be heard.
    let own = files.flatMap(\.rules)
    let builtIn = builtInFiles.flatMap(\.rules)
    let known = Set(builtIn.map(\.id))
    let set = RuleSet(own.filter { !known.contains($0.id) } + builtIn + own.filter { known.contains($0.id) })
    let errors = files.flatMap(\.errors) + set.errors
    guard errors.isEmpty else { throw RuleLoadingError(messages: errors.map(\.description)) }
    return set
  }

  /// Reads rule files without compiling them.
  public static func read(_ paths: [String]) throws(RuleLoadingError) -> [RuleFile] {
    var files: [RuleFile] = []
    for path in paths {
      let first = files.count
      do {
        let found = try InputFinder([path]).inputs.filter {
          $0.isNamed || $0.skipReason == nil && ["yaml", "yml"].contains($0.name.extension)
        }
        if found.isEmpty {
          throw RuleLoadingError(messages: ["\(path): error: no rule files (.yaml or .yml) in this folder"])
        }
        for input in found {
          guard case .file(let file) = input.origin else { continue }
          let text = try text(file)
          // A folder of rules may hold profiles too, as Winnow's own does; those go with `--profile`.
          if !input.isNamed, text.hasPrefix("profile:") || text.contains("\nprofile:") { continue }
          files.append(RuleFile(text, name: file.string))
        }
      } catch let error as RuleLoadingError {
        throw error
      } catch { throw RuleLoadingError(messages: ["\(error)"]) }
      try refuseDoubles(files[first...])
    }
    return files
  }

  /// Of two rules with one id the later would win unseen. That is for files of different places, where one is meant to
  /// change the other.
  private static func refuseDoubles(_ files: ArraySlice<RuleFile>) throws(RuleLoadingError) {
    var seen: [String: Place] = [:]
    var messages: [String] = []
    for rule in files.flatMap(\.rules) {
      if let first = seen[rule.id] {
        messages.append("\(rule.place): error: the rule \(rule.id) stands twice; first at \(first)")
      }
      seen[rule.id] = rule.place
    }
    if !messages.isEmpty { throw RuleLoadingError(messages: messages) }
  }

  /// The text of a YAML file, without a byte order mark.
  static func text(_ path: FilePath) throws(RuleLoadingError) -> String {
    var bytes: [UInt8]
    do throws(FileError) { bytes = try Files.read(path) } catch { throw RuleLoadingError(messages: ["\(error)"]) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RuleLoadingError(messages: ["\(path): error: the file is not UTF-8; save it as UTF-8"])
    }
    return text
  }
}

/// Mistakes in rule files, a line each: `file:line:column: error: what`.
public struct RuleLoadingError: Error, Sendable, CustomStringConvertible {
  /// One line each, without its end.
  public var messages: [String]
  /// The messages, each on its line.
  public var description: String { messages.joined(separator: "\n") }
}
