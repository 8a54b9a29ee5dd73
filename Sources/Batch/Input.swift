import SystemPackage

/// A page to come: where it is and what it is called.
public struct Input: Sendable, Equatable {
  public enum Origin: Sendable, Equatable {
    case file(FilePath)
    case standardInput
  }
  public var origin: Origin
  /// The path relative to the input that it was found under, with "/"; what reports call it.
  public var name: FilePath
  /// Named on the command line, not found in a folder: then it fails where it is no page, else it is
  /// passed over.
  public var isNamed: Bool
  /// Why it cannot be read, where that is known already.
  public var problem: String?

  /// The path from a folder to the file, both without links; nil where it is not below.
  public func path(below folder: FilePath) -> String? {
    guard case .file(let file) = origin, var path = FileStatus.realPath(file), path.removePrefix(folder) else {
      return nil
    }
    return path.string
  }
}

/// Finds the pages that a command line names.
public struct InputFinder: Sendable {
  public private(set) var inputs: [Input] = []
  /// Files passed over in folders, with the reason.
  public private(set) var skipped: [(path: String, reason: String)] = []
  private let excluded: FilePath?

  /// `-` is standard input; folders are walked in the order of their names' bytes. Nothing under
  /// `output` is an input. Throws where an argument does not exist.
  public init(_ arguments: [String], output: FilePath? = nil) throws(InputError) {
    excluded = output.flatMap { FileStatus.realPath($0) }
    for argument in arguments {
      if argument == "-" {
        inputs.append(Input(origin: .standardInput, name: "stdin", isNamed: true, problem: nil))
        continue
      }
      let path = FilePath(argument)
      guard let status = FileStatus(path, followsLinks: true) else {
        throw InputError(
          path: argument,
          reason: FileStatus(path, followsLinks: false) == nil ? "does not exist" : "is a link to nothing")
      }
      if status.kind == .directory {
        walk(path, relative: FilePath())
      } else {
        let name = path.lastComponent.map { FilePath(root: nil, [$0]) } ?? path
        inputs.append(Input(origin: .file(path), name: name, isNamed: true, problem: nil))
      }
    }
    makeNamesDistinct(arguments)
  }

  private mutating func walk(_ folder: FilePath, relative: FilePath) {
    if let excluded, FileStatus.realPath(folder) == excluded { return }
    guard let names = DirectoryListing.names(in: folder) else {
      inputs.append(
        Input(
          origin: .file(folder), name: relative.isEmpty ? folder : relative, isNamed: true,
          problem: "the folder cannot be read"))
      return
    }
    for component in names {
      let path = folder.appending(component)
      let name = relative.appending(component)
      guard let status = FileStatus(path, followsLinks: true) else {
        inputs.append(Input(origin: .file(path), name: name, isNamed: false, problem: "a link to nothing"))
        continue
      }
      switch status.kind {
      case .directory:
        if FileStatus(path, followsLinks: false)?.kind == .link {
          skipped.append((name.string, "a link to a folder"))
        } else {
          walk(path, relative: name)
        }
      case .file: inputs.append(Input(origin: .file(path), name: name, isNamed: false, problem: nil))
      default: skipped.append((name.string, "not a file"))
      }
    }
  }

  /// Two inputs may hold pages of the same relative path: they then carry their input's name before them.
  private mutating func makeNamesDistinct(_ arguments: [String]) {
    guard arguments.count > 1 else { return }
    let repeated = Dictionary(grouping: inputs.indices) { inputs[$0].name }.filter { $0.value.count > 1 }
    for indices in repeated.values {
      for index in indices {
        guard case .file(let path) = inputs[index].origin else { continue }
        let above = path.components.dropLast(inputs[index].name.components.count)
        guard let folder = above.last, folder.kind == .regular else { continue }
        inputs[index].name = FilePath(root: nil, [folder]).appending(inputs[index].name.components)
      }
    }
    var seen: Set<FilePath> = []
    for index in inputs.indices {
      let name = inputs[index].name
      var copy = 2
      while !seen.insert(inputs[index].name).inserted {
        let stem = name.stem ?? name.string
        inputs[index].name = name.removingLastComponent().appending(
          "\(stem)~\(copy)" + (name.extension.map { ".\($0)" } ?? ""))
        copy += 1
      }
    }
  }
}

/// An input that cannot be looked at.
public struct InputError: Error, Sendable, CustomStringConvertible {
  public var path: String
  public var reason: String
  public var description: String { "\(path): \(reason)" }
}
