import Testing
import Winnow

/// The contract of the command line: what each mistake says, and by which code the command ends.
@Suite struct CommandLineTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var code: Int32
    /// All of these stand in the message.
    var says: [String]
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(arguments: [
    Mistake(arguments: ["lint", "page.txt", "--formt", "jsonl"], code: 2, says: ["--formt", "--format"]),
    Mistake(arguments: ["lint", "page.txt", "--format", "xml"], code: 2, says: ["xml", "text", "jsonl"]),
    Mistake(arguments: ["lint"], code: 2, says: ["<input>"]),
    Mistake(arguments: ["frobnicate"], code: 2, says: ["frobnicate"]),
    Mistake(arguments: ["run", "page.txt"], code: 2, says: ["run needs --out DIR"]),
    Mistake(arguments: ["run", "page.txt", "--outt", "out"], code: 2, says: ["--outt", "Did you mean '--out'"]),
    Mistake(arguments: ["clean", "missing.html"], code: 2, says: ["missing.html", "does not exist"]),
    Mistake(arguments: ["clean", "dangling.html"], code: 2, says: ["dangling.html", "link to nothing"]),
    Mistake(arguments: ["clean", "empty-folder"], code: 2, says: ["empty-folder", "no pages"]),
    Mistake(arguments: ["run", "only-images", "--out", "out"], code: 2, says: ["no page among 1 file"]),
    Mistake(arguments: ["clean", "page.txt", "page2.txt"], code: 2, says: ["2 pages", "--out"]),
    Mistake(arguments: ["run", "page.txt", "--out", "page2.txt"], code: 2, says: ["--out", "page2.txt"]),
    Mistake(arguments: ["brief", "page.txt", "--sentences", "0"], code: 2, says: ["--sentences"]),
    Mistake(arguments: ["brief", "page.txt", "--sentences", "2", "--words", "9"], code: 2, says: ["not several"]),
    Mistake(arguments: ["run", "page.txt", "--out", "out", "--jobs", "0"], code: 2, says: ["--jobs"]),
    Mistake(arguments: ["clean", "page.txt", "--jobs", "-3"], code: 2, says: ["--jobs must be at least 1"]),
    Mistake(arguments: ["brief", "page.txt", "--words", "-1"], code: 2, says: ["--words must be at least 1"]),
    Mistake(arguments: ["inspect", "page.txt", "--why", "-1"], code: 2, says: ["--why -1", "blocks 0 to 1"]),
    Mistake(arguments: ["inspect", "-", "--why", "0"], code: 2, says: ["--why 0", "no blocks"]),
    Mistake(
      arguments: ["lint", "page.txt", "--baseline", "a.json", "--baseline", "b.json"], code: 2,
      says: ["--baseline once"]),
    Mistake(
      arguments: ["lint", "page.txt", "--rules", "broken.yaml"], code: 2, says: ["broken.yaml:4:5", "famly", "family"]),
    Mistake(arguments: ["lint", "page.txt", "--rules", "empty-folder"], code: 2, says: ["no rule files"]),
    Mistake(
      arguments: ["rules", "explain", "signup/form-debri"], code: 2, says: ["did you mean \"signup/form-debris\""]),
    Mistake(arguments: ["clean", "image.html"], code: 3, says: ["image.html", "not a page but a PNG image"]),
    Mistake(
      arguments: ["run", "mixed", "--out", "out"], code: 3, says: ["broken.html: a link to nothing", "2 pages"]),
    Mistake(arguments: ["lint", "page.txt", "--fail-on", "note"], code: 1, says: []),
    Mistake(arguments: ["lint", "page.txt"], code: 0, says: []),
  ])
  func mistake(_ mistake: Mistake) async throws {
    let folder = try Self.folder()
    let outcome = try await Binary.run(mistake.arguments, in: folder.path)
    #expect(outcome.code == mistake.code, "\(outcome.error)")
    for words in mistake.says { #expect(outcome.error.contains(words), "\(outcome.error)") }
  }

  static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "Skip to content\n\nThe ferry sails again on Monday, the harbour office said on Friday.\n", to: "page.txt")
    try folder.write("Another page.\n", to: "page2.txt")
    try folder.write("pack: broken\nschema: 1\nrules:\n  - id: a/b\n    famly: signup\n", to: "broken.yaml")
    try folder.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0], to: "image.html")
    try folder.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0], to: "only-images/a.bin")
    try folder.write("", to: "empty-folder/.hidden")
    for name in ["mixed/one.txt", "mixed/two.txt"] {
      try folder.write("The ferry sails again on Monday, the harbour office said on Friday.\n", to: name)
    }
    try folder.link("mixed/broken.html", to: "nowhere")
    try folder.link("dangling.html", to: "nowhere")
    return folder
  }

  @Test func versionAndHelpAreNoFailures() async throws {
    let folder = try TemporaryFolder()
    let version = try await Binary.run(["--version"], in: folder.path)
    #expect(version.code == 0)
    #expect(version.output.split(separator: ".").count == 3)
    let help = try await Binary.run(["run", "--help"], in: folder.path)
    #expect(help.code == 0)
    for flag in ["--out", "--format", "--jobs", "--rules", "--sentences", "--words", "--fail-on"] {
      #expect(help.output.contains(flag))
    }
  }

  @Test(arguments: [
    ("clen", "winnow: \"clen\" is no command; did you mean \"clean\"?; one of run, clean, "),
    ("page.txt", "winnow: \"page.txt\" is no command; one of run, clean, "),
  ])
  func aCommandThatThereIsNot(name: String, message: String) async throws {
    let folder = try Self.folder()
    let outcome = try await Binary.run([name, "page.txt"], in: folder.path)
    #expect(outcome.code == 2)
    #expect(outcome.error.hasPrefix(message))
  }

  @Test func onePageIsPrintedAndReadFromStandardInput() async throws {
    let folder = try Self.folder()
    let fromFile = try await Binary.run(["clean", "page.txt"], in: folder.path)
    let text = try folder.read("page.txt")
    let fromInput = try await Binary.run(["clean", "-"], input: text, in: folder.path)
    #expect(fromFile.output == "The ferry sails again on Monday, the harbour office said on Friday.\n")
    #expect(fromInput.output == fromFile.output)
  }

  /// The kinds of blocks stand below each other, whatever rules took them.
  @Test func inspectHasColumns() async throws {
    let page = samples.appending("pages/news/skellan-ferry.html").string
    let outcome = try await Binary.run(["inspect", page], in: samples)
    let rows = outcome.output.split(separator: "\n").drop { !$0.hasPrefix("block") }.dropFirst()
    #expect(rows.count > 50)
    let columns = rows.map { row in
      BlockKind.allCases.compactMap { row.firstRange(of: " \($0) ")?.lowerBound.utf16Offset(in: row) }.min()
    }
    #expect(Set(columns).count == 1, "\(columns)")
  }

  /// The law of citations: those bytes of the file are the sentence, and the finding's text.
  @Test(arguments: [[], [0xEF, 0xBB, 0xBF], Array("“Žižka” – café, naïve façades ".utf8) + [0xFF, 0xE2, 0x82, 0x0A]])
  func rangesAreBytesOfTheFile(before: [UInt8]) async throws {
    let folder = try TemporaryFolder()
    let file = before + (try Files.read(samples.appending("pages/dumps/vareth-river-talks.txt")))
    try folder.write(file, to: "a.txt")
    let brief = try await Binary.run(["brief", "a.txt", "--with-sources"], in: folder.path)
    let lines = brief.output.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(lines.count == 3)
    for line in lines {
      let range = try line[0].split(separator: "..<").map { try #require(Int($0)) }
      #expect(String(decoding: file[range[0]..<range[1]], as: UTF8.self) == line[1])
    }
    let lint = try await Binary.run(["lint", "a.txt", "--format", "jsonl"], in: folder.path)
    let button = try #require(lint.output.split(separator: "\n").first { $0.contains("navigation/skip-link") })
    func number(_ key: String) throws -> Int {
      let start = try #require(button.firstRange(of: "\"\(key)\":")).upperBound
      return try #require(Int(button[start...].prefix { $0.isNumber }))
    }
    let bytes = file[try number("byteOffset")...].prefix(try number("byteLength"))
    #expect(String(decoding: bytes, as: UTF8.self) == "Skip to content")
  }

  /// Whoever copies the folder of the packs copies the profiles in it.
  @Test func theFolderOfPacksIsAFolderOfRules() async throws {
    let folder = try Self.folder()
    let packs = samples.removingLastComponent().appending("Rules").string
    let outcome = try await Binary.run(["lint", "page.txt", "--rules", packs], in: folder.path)
    #expect(outcome.code == 0)
    #expect(outcome.error.isEmpty)
  }

  /// Of equals the first wins, and one's own rules stand first; a check tells of the built-in rule all the same.
  @Test func onesOwnRulesGoBeforeTheBuiltIn() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      pack: mine
      schema: 1
      rules:
        - id: other/mine
          family: other
          title: Mine
          why: It is mine.
          match: {line: Refuse all}
          examples: {match: [Refuse all, refuse all!], clean: [a, b]}
      """, to: "mine.yaml")
    let lint = try await Binary.run(
      ["lint", "-", "--rules", "mine.yaml", "--no-model"], input: "Refuse all\n", in: folder.path)
    #expect(lint.output.contains("other/mine"), "\(lint.output)")
    let check = try await Binary.run(["rules", "check", "mine.yaml"], in: folder.path)
    #expect(check.code == 2)
    #expect(
      check.error
        == "mine.yaml:4:5: error: other/mine: \"Refuse all\" is also a line of consent/button, a rule of another family\n"
    )
  }

  /// A single page that comes to nothing has its reason on standard error, as `pages.jsonl` has it.
  @Test(arguments: [
    (["brief", "page.txt", "--chars", "10"], "no sentence fits the budget"),
    (["brief", "page.txt", "--chars", "10", "--with-sources"], "no sentence fits the budget"),
    (["brief", "menu.txt"], "no main content"),
    (["brief", "page.txt"], ""), (["brief", "page.txt", "--chars", "10", "--out", "out"], ""),
  ])
  func anEmptyBriefSaysWhy(_ arguments: [String], _ reason: String) async throws {
    let folder = try Self.folder()
    try folder.write("Skip to content\n", to: "menu.txt")
    let outcome = try await Binary.run(arguments, in: folder.path)
    #expect(outcome.code == 0)
    #expect(outcome.error == (reason.isEmpty ? "" : "winnow: \(arguments[1]): nothing to print: \(reason)\n"))
    #expect(outcome.output.isEmpty == (reason != "" || arguments.contains("--out")))
  }

  @Test func anEmptyPageIsNamedInTheReport() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Binary.run(["lint", "-"], input: "Skip to content\n", in: folder.path)
    #expect(outcome.output.contains("content/empty-page    No main content: the page may"), "\(outcome.output)")
  }

  /// `inspect` shows what `clean` decides, or with its dial what `lint` does.
  @Test func inspectHasTheDial() async throws {
    let folder = try TemporaryFolder()
    let page = samples.appending("pages/news/skellan-ferry.html").string
    func dropped(_ dial: String...) async throws -> Int {
      let outcome = try await Binary.run(["inspect", page] + dial, in: folder.path)
      return outcome.output.split(separator: "\n").count { $0.contains(" drop ") }
    }
    let (usual, careful, rules) = try await (dropped(), dropped("--favor", "recall"), dropped("--no-model"))
    #expect(usual >= careful && careful > rules && rules > 0, "\(usual) \(careful) \(rules)")
  }

  @Test func aCopiedBinaryWorksInAnEmptyFolder() async throws {
    let folder = try TemporaryFolder()
    try folder.write(try Files.read(Binary.path), to: "winnow")
    try folder.makeExecutable("winnow")
    let outcome = try await Binary.run(
      ["lint", "-"], input: "* indicates required\n", in: folder.path, path: folder.path.appending("winnow"))
    #expect(outcome.output.contains("signup/form-debris"))
  }
}
