import Glibc
import Subprocess
import SystemPackage
import Testing
import Winnow

/// What the command does with files, streams and signals that are not as they should be.
@Suite struct StreamTests {
  private static let page = "Skip to content\n\nThe ferry sails again on Monday, the harbour office said on Friday.\n"

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["page.txt", "dumps/a.txt", "dumps/b.txt"] { try folder.write(Self.page, to: name) }
    try folder.link("link.txt", to: "page.txt")
    try folder.write("profile: strict\n", to: "winnow.yml")
    try folder.write(
      """
      pack: mine
      schema: 1
      rules:
        - id: player/unmute
          family: player
          title: Button that turns the sound on
          why: A label of the player says nothing without it.
          match: {line: ["Tap to unmute"]}
          examples: {match: ["Tap to unmute"], clean: ["Tap the pipe to unmute the drain."]}

      """, to: "rules/mine.yaml")
    try folder.write("{\"version\":1,\"findings\":[\n]}\n", to: "known.json")
    return folder
  }

  /// What is read is never written to, by whatever name; nothing is done then.
  @Test(arguments: [
    ("clean page.txt --out .", "page.txt"), ("clean link.txt page.txt --out .", "link.txt"),
    ("brief dumps/a.txt dumps/b.txt --out dumps", "dumps/a.txt"),
    ("clean dumps --out dumps", "dumps: is the folder to write to"),
    ("run dumps --out ./dumps", "dumps: is the folder to write to"),
    ("lint page.txt --output link.txt", "link.txt"), ("lint dumps --output dumps/b.txt", "dumps/b.txt"),
    ("lint page.txt --rules rules --output rules/mine.yaml", "rules/mine.yaml"),
    ("lint page.txt --output winnow.yml", "winnow.yml"),
    ("lint page.txt --baseline known.json --output known.json", "known.json"),
    ("baseline write page.txt --output page.txt", "page.txt"),
  ])
  func anInputIsNoOutput(line: String, says: String) async throws {
    let folder = try folder()
    let before = try folder.files()
    let outcome = try await Binary.run(line.split(separator: " ").map(String.init), in: folder.path)
    #expect(outcome.code == 2)
    #expect(outcome.error.contains(says), "\(outcome.error)")
    #expect(try folder.files() == before)
  }

  @Test func aReportBesideTheInputIsWrittenAgain() async throws {
    let folder = try folder()
    for _ in 1...2 {
      let outcome = try await Binary.run(
        ["lint", "dumps", "--format", "jsonl", "--output", "dumps/findings.jsonl"], in: folder.path)
      #expect(outcome.code == 0, "\(outcome.error)")
    }
  }

  /// A descriptor for reading alone stands for a full disk.
  @Test(arguments: [["lint", "page.txt"], ["rules", "list"], ["--help"]])
  func outputThatIsLostIsSaid(_ arguments: [String]) async throws {
    let folder = try folder()
    let result = try await Subprocess.run(
      .path(Binary.path), arguments: Arguments(arguments), workingDirectory: folder.path,
      output: .fileDescriptor(
        try FileDescriptor.open(folder.path.appending("page.txt"), .readOnly), closeAfterSpawningProcess: true),
      error: .string(limit: 1 << 16))
    #expect(result.terminationStatus.exitCode == 2)
    #expect(result.standardError == "winnow: cannot write standard output: Bad file descriptor\n")
  }

  @Test func aReaderThatWentAwayEndsItQuietly() async throws {
    let folder = try folder()
    let (reader, writer) = try FileDescriptor.pipe()
    try reader.close()
    let result = try await Subprocess.run(
      .path(Binary.path), arguments: ["lint", "page.txt"], workingDirectory: folder.path,
      output: .fileDescriptor(writer, closeAfterSpawningProcess: true), error: .string(limit: 1 << 16))
    #expect(result.terminationStatus.exitCode == 128 + SIGPIPE)
    #expect(result.standardError == "")
  }

  @Test func aDashIsStandardOutput() async throws {
    let folder = try folder()
    let plain = try await Binary.run(["lint", "page.txt"], in: folder.path)
    let outcome = try await Binary.run(["lint", "page.txt", "--output", "-"], in: folder.path)
    #expect(outcome.output == plain.output && !plain.output.isEmpty)
    #expect(!folder.contains("-"))
  }

  @Test func aNameCannotSpeakToTheTerminal() async throws {
    let folder = try folder()
    try folder.write(Self.page, to: "in/a\u{1B}[31m\nb.txt")
    try folder.link("in/c\u{1B}c.txt", to: "nowhere")
    let outcome = try await Binary.run(["lint", "in"], in: folder.path)
    #expect(outcome.output.hasPrefix("a\\u{1B}[31m\\nb.txt\n"))
    #expect(outcome.error == "winnow: c\\u{1B}c.txt: a link to nothing\n")
    #expect(!outcome.output.contains("\u{1B}"))
  }

  #if os(Linux)
    /// While it waits for standard input, or for a pipe that nobody writes to, the first signal ends it.
    @Test(arguments: [(SIGINT, "-"), (SIGTERM, "pipe"), (SIGHUP, "-")])
    func aSignalEndsTheWaiting(signal: Int32, input: String) async throws {
      let folder = try folder()
      guard mkfifo(folder.path.appending("pipe").string, 0o600) == 0 else { throw Errno(rawValue: errno) }
      let (reader, writer) = try FileDescriptor.pipe()
      defer { try? writer.close() }
      let result = try await Subprocess.run(
        .path(Binary.path), arguments: ["clean", input], workingDirectory: folder.path,
        input: .fileDescriptor(reader, closeAfterSpawningProcess: true), output: .discarded, error: .sequence
      ) { execution in
        while try !Self.isCaught(signal, by: execution.processIdentifier.value) {
          try await Task.sleep(for: .milliseconds(5))
        }
        kill(execution.processIdentifier.value, signal)
        var said = ""
        for try await line in execution.standardError.strings() { said += line }
        return said
      }
      #expect(result.terminationStatus == .exited(128 + signal))
      #expect(result.closureResult.contains("interrupted: 0 of 1 page done"))
      let again = signal == SIGINT ? "Ctrl-C" : "the same signal"
      #expect(result.closureResult.hasPrefix("winnow: stopping after the pages in hand; \(again) again stops at once"))
    }

    /// A page whose output is a pipe that nobody reads is in hand for ever.
    @Test(arguments: [SIGINT, SIGTERM]) func aSecondSignalEndsItAndLeavesNoFilesInWork(signal: Int32) async throws {
      let folder = try folder()
      try folder.write("", to: "out/clean/none")
      guard mkfifo(folder.path.appending("out/clean/b.txt").string, 0o600) == 0 else { throw Errno(rawValue: errno) }
      let result = try await Subprocess.run(
        .path(Binary.path), arguments: ["run", "dumps", "--jobs", "1", "--out", "out"], workingDirectory: folder.path,
        input: .none, output: .discarded, error: .sequence
      ) { execution in
        while !folder.contains("out/briefs/a.txt") { try await Task.sleep(for: .milliseconds(5)) }
        try await Task.sleep(for: .milliseconds(100))
        kill(execution.processIdentifier.value, signal)
        var said: [String] = []
        for try await line in execution.standardError.strings() {
          said.append(line)
          kill(execution.processIdentifier.value, signal)
        }
        return said
      }
      #expect(result.terminationStatus == .signaled(signal))
      #expect(result.closureResult.count == 1)
      unlink(folder.path.appending("out/clean/b.txt").string)
      #expect(try folder.files(below: "out").keys.sorted() == ["briefs/a.txt", "clean/a.txt", "clean/none"])
    }

    private static func isCaught(_ signal: Int32, by process: pid_t) throws -> Bool {
      let status = String(decoding: try Files.read(FilePath("/proc/\(process)/status")), as: UTF8.self)
      let mask = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
      return mask.flatMap { UInt64($0, radix: 16) }.map { $0 >> UInt64(signal - 1) & 1 == 1 } ?? false
    }
  #endif

  #if os(Linux)
    /// No other page could be written either, so the batch ends; its reports hold what was done.
    @Test func aFullDiskEndsTheBatch() async throws {
      let folder = try TemporaryFolder()
      for name in ["a", "b", "c"] { try folder.write("One line of text.\n", to: "pages/\(name).txt") }
      try folder.write("", to: "out/clean/none")
      try folder.link("out/clean/b.txt", to: "/dev/full")
      let outcome = try await Binary.run(
        ["run", "pages", "--no-model", "--jobs", "1", "--out", "out"], in: folder.path)
      #expect(
        outcome.error == """
          1 page, 0 findings; see out
          winnow: cannot write out/clean/b.txt: No space left on device; stopped: 1 of 3 pages done, and the reports \
          hold these alone; what was written is whole

          """)
      #expect(outcome.code == 2)
      #expect(try folder.read("out/pages.jsonl").hasPrefix("{\"page\":\"a.txt\""))
      #expect(folder.contains("out/clean/a.txt") && !folder.contains("out/clean/c.txt"))
    }
  #endif

  /// The page is all right; what cannot be written is named, and the other pages are done.
  @Test func anOutputThatCannotBeWrittenIsNamed() async throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] { try folder.write("One line of text.\n", to: "pages/\(name).txt") }
    try folder.write("in the way\n", to: "out/a.txt/file")
    let outcome = try await Binary.run(["clean", "pages", "--no-model", "--out", "out"], in: folder.path)
    #expect(outcome.error == "winnow: a.txt: out/a.txt: Is a directory\n")
    #expect(outcome.code == 3)
    #expect(try folder.read("out/b.txt") == "One line of text.\n")
  }
}
