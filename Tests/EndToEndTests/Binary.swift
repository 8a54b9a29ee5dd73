import Glibc
import Subprocess
import SystemPackage
import Winnow

/// What a run of the binary came to.
struct Outcome {
  var code: Int32
  var output: String
  var error: String
}

enum Binary {
  /// `winnow` as the same build made it: beside the test runner, or where WINNOW_BINARY says.
  static let path: FilePath = {
    if let named = getenv("WINNOW_BINARY") { return FilePath(String(cString: named)) }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let runner = FilePath(String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self))
    return runner.removingLastComponent().appending("winnow")
  }()

  static func run(_ arguments: [String], input: String = "", in folder: FilePath, path: FilePath = path) async throws
    -> Outcome
  {
    let result = try await Subprocess.run(
      .path(path), arguments: Arguments(arguments), workingDirectory: folder, input: .string(input),
      output: .string(limit: 64 << 20), error: .string(limit: 16 << 20))
    return Outcome(
      code: result.terminationStatus.exitCode, output: result.standardOutput, error: result.standardError)
  }
}

extension TerminationStatus {
  /// The exit code; 128 and the number of the signal where one ended the process.
  var exitCode: Int32 {
    switch self {
    case .exited(let code): code
    case .signaled(let number): 128 + number
    }
  }
}

/// A folder that goes away with the test.
final class TemporaryFolder {
  let path: FilePath

  init() throws {
    var template = Array("/tmp/winnow-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Errno(rawValue: errno) }
    path = FilePath(platformString: made)
  }
  deinit { Self.remove(path) }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }
  func write(_ bytes: [UInt8], to name: String) throws { try Files.write(bytes, to: path.appending(name)) }
  func read(_ name: String) throws -> String {
    String(decoding: try Files.read(path.appending(name)), as: UTF8.self)
  }
  func link(_ name: String, to target: String) throws {
    guard symlink(target, path.appending(name).string) == 0 else { throw Errno(rawValue: errno) }
  }
  func makeExecutable(_ name: String) throws {
    guard chmod(path.appending(name).string, 0o755) == 0 else { throw Errno(rawValue: errno) }
  }
  func contains(_ name: String) -> Bool { access(path.appending(name).string, F_OK) == 0 }
  /// All files below, by relative path, hidden ones too.
  func files(below name: String = "") throws -> [String: [UInt8]] { try Self.files(below: path.appending(name)) }

  static func files(below folder: FilePath) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in names(in: folder) {
      let path = folder.appending(name)
      if names(in: path).isEmpty, let bytes = try? Files.read(path) {
        found[name] = bytes
      } else {
        for (inner, bytes) in try files(below: path) { found["\(name)/\(inner)"] = bytes }
      }
    }
    return found
  }
  private static func names(in folder: FilePath) -> [String] {
    guard let directory = opendir(folder.string) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
  private static func remove(_ path: FilePath) {
    chmod(path.string, 0o700)
    for name in names(in: path) { remove(path.appending(name)) }
    if unlink(path.string) != 0 { rmdir(path.string) }
  }
}

/// The sample pages of the repository.
let samples = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
  .appending("Samples")
