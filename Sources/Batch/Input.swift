import Glibc
import Pages
import SystemPackage

/// A page to come: where it is and what it is called.
public struct Input: Sendable, Equatable {
  /// Where its bytes are.
  public enum Origin: Sendable, Equatable {
    case file(FilePath)
    /// A record of a web archive.
    case record(FilePath, RecordPlace)
    case standardInput
  }
  public var origin: Origin
  /// The path relative to the input that it was found under, with "/"; what reports call it. In UTF-8, whatever the
  /// file's own name is.
  public var name: FilePath
  /// Named on the command line, not found in a folder: then it fails where it is no page, else it is
  /// passed over.
  public var isNamed: Bool
  /// Its address, where an archive says it.
  public var url: String?
  /// Why it cannot be read, where that is known already.
  public var problem: String?
  /// Why it is passed over unread, where that is known already.
  public var skipReason: String?

  /// The name for a terminal.
  public var label: String { name.string.escapingControls }

  /// Its path as the command line leads to it, as a reference (RFC 3986): relative unless the path is absolute. A record's has
  /// its name at the end.
  public var uri: String {
    guard var path = file else { return name.string }
    if isRecord, let record = name.lastComponent { path.append(record) }
    let bytes = path.withPlatformString { UnsafeRawBufferPointer(start: $0, count: strlen($0)).map { $0 } }
    return bytes.reduce(into: path.isAbsolute ? "file://" : "") { uri, byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default: uri += byte.percentEncoded
      }
    }
  }

  /// The one that holds it; nil for standard input.
  public var file: FilePath? {
    switch origin {
    case .file(let path), .record(let path, _): path
    case .standardInput: nil
    }
  }

  /// A part of its file.
  fileprivate var isRecord: Bool { if case .record = origin { true } else { false } }

  /// The path from a folder to the file, both without links, with a record's name behind it; nil where it is not below.
  public func path(below folder: FilePath) -> String? {
    guard let file, var path = FileStatus.realPath(file), path.removePrefix(folder) else {
      return nil
    }
    if isRecord, let record = name.lastComponent { path.append(record) }
    return path.string
  }
}

/// Finds the pages that a command line names.
public struct InputFinder: Sendable {
  /// In the order of the arguments, with names that differ. Files that are passed over and folders that cannot be read are
  /// among them.
  public private(set) var inputs: [Input] = []
  private let excluded: FilePath?

  /// `-` is standard input; folders are walked in the order of their names' bytes. Nothing under
  /// `output` is an input. Throws where an argument does not exist or is `output` itself.
  public init(_ arguments: [String], output: FilePath? = nil) throws(InputError) {
    excluded = output.flatMap { FileStatus.realPath($0) }
    for argument in arguments {
      if argument == "-" {
        inputs.append(Input(origin: .standardInput, name: "stdin", isNamed: true))
        continue
      }
      let path = FilePath(argument)
      if let record = Self.record(path) {
        inputs.append(record)
        continue
      }
      guard let status = FileStatus(path, followsLinks: true) else {
        // The bytes of such a name are lost on the way through the command line.
        let hint = argument.contains("\u{FFFD}") ? "; a name that is no UTF-8 can only be reached by its folder" : ""
        throw InputError(
          path: argument,
          reason: FileStatus(path, followsLinks: false) == nil ? "does not exist\(hint)" : "is a link to nothing")
      }
      if status.kind == .directory {
        if let excluded, FileStatus.realPath(path) == excluded {
          throw InputError(path: argument, reason: "is the folder to write to as well; write to another one")
        }
        walk(path, relative: FilePath())
      } else {
        add(path, named: path.lastComponent.map { FilePath(root: nil, [$0.inUTF8]) } ?? path, isNamed: true)
      }
    }
    if arguments.count > 1 { putFoldersBeforeSameNames() }
    makeNamesDistinct()
  }

  /// The record of a web archive that reports call by this name.
  private static func record(_ path: FilePath) -> Input? {
    let archive = path.removingLastComponent()
    guard let place = path.lastComponent.flatMap({ RecordPlace($0.string) }), let name = archive.lastComponent,
      WebArchive.isNamed(archive), FileStatus(archive, followsLinks: true)?.kind == .file
    else { return nil }
    return Input(
      origin: .record(archive, place), name: FilePath(root: nil, [name.inUTF8]).appending(place.name), isNamed: true)
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
      let name = relative.appending(component.inUTF8)
      func skip(_ reason: String) {
        inputs.append(Input(origin: .file(path), name: name, isNamed: false, skipReason: reason))
      }
      guard let status = FileStatus(path, followsLinks: true) else {
        inputs.append(Input(origin: .file(path), name: name, isNamed: false, problem: "a link to nothing"))
        continue
      }
      switch status.kind {
      case .directory:
        if FileStatus(path, followsLinks: false)?.kind == .link {
          skip("a link to a folder")
        } else {
          walk(path, relative: name)
        }
      case .file: add(path, named: name, isNamed: false)
      default: skip("not a file")
      }
    }
  }

  /// A file, or the records of a web archive, which are called by the bytes that they start at.
  private mutating func add(_ path: FilePath, named name: FilePath, isNamed: Bool) {
    guard WebArchive.isNamed(name) else {
      inputs.append(Input(origin: .file(path), name: name, isNamed: isNamed))
      return
    }
    do throws(FileError) {
      let entries = try WebArchive.entries(of: path)
      for entry in entries {
        inputs.append(
          Input(
            origin: .record(path, entry.place), name: name.appending(entry.place.name), isNamed: false,
            url: entry.url, problem: entry.problem))
      }
      if entries.isEmpty {
        inputs.append(
          Input(origin: .file(path), name: name, isNamed: false, skipReason: "a web archive without pages"))
      }
    } catch { inputs.append(Input(origin: .file(path), name: name, isNamed: isNamed, problem: error.reason)) }
  }

  /// Two inputs may hold pages of the same relative path, or archives: they then carry their input's name before them.
  private mutating func putFoldersBeforeSameNames() {
    let groups = Dictionary(grouping: inputs.indices) { index in
      inputs[index].isRecord ? inputs[index].name.removingLastComponent() : inputs[index].name
    }
    for indices in groups.values {
      let isArchive = inputs[indices[0]].isRecord
      guard isArchive ? Set(indices.map { inputs[$0].file }).count > 1 : indices.count > 1 else { continue }
      for index in indices {
        guard var path = inputs[index].file else { continue }
        if isArchive { path.append(inputs[index].name.lastComponent!) }
        let above = path.components.dropLast(inputs[index].name.components.count)
        guard let folder = above.last, folder.kind == .regular else { continue }
        inputs[index].name = FilePath(root: nil, [folder.inUTF8]).appending(inputs[index].name.components)
      }
    }
  }

  /// What is the same even so is numbered: one file given twice, or a name that looks like another's in UTF-8.
  private mutating func makeNamesDistinct() {
    var seen: Set<[UInt8]> = []
    for index in inputs.indices {
      let name = inputs[index].name
      var copy = 2
      while !seen.insert(Array(inputs[index].name.string.utf8)).inserted {
        let stem = name.stem ?? name.string
        inputs[index].name = name.removingLastComponent().appending(
          "\(stem)~\(copy)" + (name.extension.map { ".\($0)" } ?? ""))
        copy += 1
      }
    }
  }
}

extension FilePath {
  /// The name without a last `.gz`, and whether it had one.
  package var unpacked: (name: FilePath, isPacked: Bool) {
    guard self.extension?.lowercased() == "gz" else { return (self, false) }
    var name = self
    name.extension = nil
    return (name, true)
  }
}

extension FilePath.Component {
  /// As it is where it is UTF-8; else with all bytes past ASCII as `%E9`, so that other bytes are another name.
  var inUTF8: FilePath.Component {
    let bytes = withPlatformString { name in
      UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
    }
    guard String(validating: bytes, as: UTF8.self) == nil else { return self }
    let text = bytes.map { byte in
      byte < 0x80 ? String(UnicodeScalar(byte)) : byte.percentEncoded
    }
    return FilePath.Component(text.joined()) ?? self
  }
}

extension UInt8 {
  /// As in an address: `%0A`.
  fileprivate var percentEncoded: String {
    (self < 0x10 ? "%0" : "%") + String(self, radix: 16, uppercase: true)
  }
}

/// An input that cannot be looked at.
public struct InputError: Error, Sendable, CustomStringConvertible {
  public var path: String
  public var reason: String
  public var description: String { "\(path.escapingControls): \(reason)" }
}
