import CEmbedded

/// A named set of settings by family, read from a file of `Rules/profiles`.
public struct Profile: Sendable, CheckedFile {
  /// What `--profile` calls it.
  public private(set) var name = ""
  /// One line that says what it is for.
  public private(set) var title = ""
  /// For `Policy.profile`.
  public private(set) var layer = Policy.Layer()
  package internal(set) var errors: [RuleError] = []
  let file: String

  private init(_ yaml: UnsafeBufferPointer<UInt8>, name: String) {
    file = name
    let keys = ["profile", "schema", "title"] + Self.layerKeys
    guard let root = compose(yaml, orSay: "the file is empty; a profile has the keys \(keys.joined(separator: ", "))"),
      let mapping = mapping(root, of: "a profile", keys: keys)
    else { return }
    if let schema = mapping["schema"], schema.int != 1 { fail(schema, "this version of Winnow reads schema 1") }
    self.name = mapping["profile"].flatMap { string($0, "profile") } ?? name
    title = mapping["title"].flatMap { string($0, "title") } ?? ""
    layer = readLayer(mapping)
  }

  /// The profiles that the binary carries; `balanced` changes nothing.
  public static let builtIn: [Profile] = (0..<embedded_profile_count()).map { index in
    let file = embedded_profile(index)
    return Profile(UnsafeBufferPointer(start: file.bytes, count: file.count), name: String(cString: file.name))
  }
  /// The names of the built-in ones, without reading them.
  public static let builtInNames = (0..<embedded_profile_count()).map { index in
    String(String(cString: embedded_profile(index).name).prefix { $0 != "." })
  }
  /// A built-in profile, nil where none is called so. The first call reads them all.
  public static func named(_ name: String) -> Profile? { builtIn.first { $0.name == name } }

  /// What is wrong with a name that no profile has.
  package static func complaint(about name: String) -> String {
    "there is no profile \"\(name)\"" + suggestion(for: name, among: builtInNames)
      + "; one of \(builtInNames.joined(separator: ", "))"
  }
}
