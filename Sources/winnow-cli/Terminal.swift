import ArgumentParser
import Glibc
import SystemPackage
import Winnow

/// Standard output and standard error.
enum Terminal {
  static func print(_ text: String) throws { try write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8)) }
  static func write(_ bytes: [UInt8]) throws {
    do { _ = try FileDescriptor.standardOutput.writeAll(bytes) } catch {
      // A reader that went away (`| head`) ends the process by SIGPIPE; where that is ignored, end as quietly.
      if error as? Errno == .brokenPipe { throw ExitCode(128 + SIGPIPE) }
      throw Failure(message: "cannot write standard output: \(error)")
    }
  }
  static func complain(_ text: String, prefix: String = "winnow: ") {
    let lines = (prefix + text).split(separator: "\n", omittingEmptySubsequences: false).map(escapingControls)
    let last = text.hasSuffix("\n") ? "" : "\n"
    _ = try? FileDescriptor.standardError.writeAll((lines.joined(separator: "\n") + last).utf8)
  }
  private static func escapingControls(_ line: Substring) -> String { String(line).escapingControls }
  /// Colours are for people (https://no-color.org).
  static var hasColour: Bool { isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil }
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

func exitProcess(_ code: Int32) -> Never { exit(code) }
