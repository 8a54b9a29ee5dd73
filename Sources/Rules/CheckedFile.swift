/// A YAML file that is read to its end: every mistake is reported with its place, and one mistake does
/// not hide the next.
protocol CheckedFile {
  var file: String { get }
  var errors: [RuleError] { get set }
}

extension CheckedFile {
  /// The root of the file; nil, after a complaint, where it is empty or no YAML.
  mutating func compose(_ yaml: UnsafeBufferPointer<UInt8>, orSay whatIsMissing: String) -> YAMLNode? {
    do throws(YAMLTree.Mistake) {
      if let root = YAMLNode(try YAMLTree(yaml)) { return root }
      fail(nil, whatIsMissing)
    } catch {
      errors.append(
        RuleError(place: Place(file: file, line: error.line, column: error.column), message: error.message))
    }
    return nil
  }
}
