import SystemPackage

/// Names the outputs of a batch: the input's name with its extension replaced, and that before `.gz`; where two would
/// collide, both keep their full name and get the new extension behind it.
public struct OutputNames: Sendable {
  private let paths: [FilePath]

  public init(_ inputs: [FilePath], extension newExtension: String) {
    var replaced = inputs.map { input in
      var path = input.unpacked.name
      path.extension = newExtension
      return path
    }
    // A folder's name is as taken as a file's. Paths as texts: those hash fast.
    let folders = Self.folders(above: inputs)
    var texts = replaced.map(\.string)
    // An appended name may meet a replaced one, so look until nothing collides.
    while true {
      let counts = texts.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
      var isChanged = false
      for index in inputs.indices where counts[texts[index]]! > 1 || folders.contains(texts[index]) {
        let appended = Self.appended(inputs[index], newExtension)
        guard replaced[index] != appended else { continue }
        replaced[index] = appended
        texts[index] = appended.string
        isChanged = true
      }
      if !isChanged { break }
    }
    paths = replaced
  }

  /// Relative to the folder of outputs.
  public subscript(_ input: Int) -> FilePath { paths[input] }

  private static func folders(above inputs: [FilePath]) -> Set<String> {
    var folders: Set<String> = []
    for input in inputs {
      var folder = input.removingLastComponent()
      while folder.lastComponent != nil, folders.insert(folder.string).inserted { folder.removeLastComponent() }
    }
    return folders
  }
  private static func appended(_ input: FilePath, _ newExtension: String) -> FilePath {
    guard let last = input.lastComponent else { return input }
    return input.removingLastComponent().appending("\(last).\(newExtension)")
  }
}
