import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output and standard error.
enum Terminal {
  static func print(_ text: String) { write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8)) }
  static func write(_ bytes: [UInt8]) {
    // A reader that went away (`| head`) ends the process by SIGPIPE; nothing else can be done here.
    _ = try? FileDescriptor.standardOutput.writeAll(bytes)
  }
  static func complain(_ text: String, prefix: String = "winnow: ") {
    let line = prefix + text + (text.hasSuffix("\n") ? "" : "\n")
    _ = try? FileDescriptor.standardError.writeAll(line.utf8)
  }
  /// Colours are for people (https://no-color.org).
  static var hasColour: Bool { isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil }
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

func exitProcess(_ code: Int32) -> Never { exit(code) }
