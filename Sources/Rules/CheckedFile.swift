import Yams

/// A YAML file that is read to its end: every mistake is reported with its place, and one mistake does
/// not hide the next.
protocol CheckedFile {
  var file: String { get }
  var errors: [RuleError] { get set }
}

extension CheckedFile {
  /// The root of the file; nil, after a complaint, where it is empty or no YAML.
  mutating func compose(_ yaml: String, orSay whatIsMissing: String) -> Node? {
    do {
      // Whoever asks for a number or a truth value reads it off the text: resolving what each scalar might be
      // otherwise is most of the time that reading takes.
      if let root = try Yams.compose(yaml: yaml, .basic) { return root }
      fail(nil, whatIsMissing)
    } catch let error as YamlError {
      errors.append(syntaxError(error))
    } catch {
      errors.append(RuleError(place: Place(file: file, line: 1, column: 1), message: "\(error)"))
    }
    return nil
  }

  private func syntaxError(_ error: YamlError) -> RuleError {
    func at(_ mark: Mark, _ message: String) -> RuleError {
      RuleError(place: Place(file: file, line: mark.line, column: mark.column), message: message)
    }
    switch error {
    case .scanner(_, let problem, let mark, let yaml), .parser(_, let problem, let mark, let yaml),
      .composer(_, let problem, let mark, let yaml):
      let lines = yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      let isTab = lines.dropFirst(max(0, mark.line - 1)).first?.dropFirst(max(0, mark.column - 1)).first == "\t"
      return at(mark, "not valid YAML: \(isTab ? "a tab; indent with spaces" : problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return at(context.mark, "the key \(duplicates.sorted().joined(separator: ", ")) stands twice in one mapping")
    default: return RuleError(place: Place(file: file, line: 1, column: 1), message: "not valid YAML: \(error)")
    }
  }
}
