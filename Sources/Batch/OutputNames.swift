import SystemPackage

/// Names the outputs of a batch: the input's name with its extension replaced; where two would
/// collide, both keep their full name and get the new extension behind it.
public struct OutputNames: Sendable {
  private let paths: [FilePath]

  public init(_ inputs: [FilePath], extension newExtension: String) {
    var replaced = inputs.map { input in
      var path = input
      path.extension = newExtension
      return path
    }
    var inputsByName = Dictionary(grouping: inputs.indices) { replaced[$0] }
    // An appended name may meet a replaced one, so look until nothing collides.
    while let clash = inputsByName.values.first(where: { indices in
      indices.count > 1 && indices.contains { replaced[$0] != Self.appended(inputs[$0], newExtension) }
    }) {
      for index in clash { replaced[index] = Self.appended(inputs[index], newExtension) }
      inputsByName = Dictionary(grouping: inputs.indices) { replaced[$0] }
    }
    paths = replaced
  }

  /// Relative to the folder of outputs.
  public subscript(_ input: Int) -> FilePath { paths[input] }

  private static func appended(_ input: FilePath, _ newExtension: String) -> FilePath {
    guard let last = input.lastComponent else { return input }
    return input.removingLastComponent().appending("\(last).\(newExtension)")
  }
}
