import Subprocess
import SystemPackage
import Testing
import Winnow

/// A whole batch: what it writes, where, and that nothing else changes it.
@Suite struct BatchTests {
  @Test func theNumberOfWorkersChangesNothing() async throws {
    let folder = try TemporaryFolder()
    for jobs in ["1", "2", "7"] {
      let outcome = try await Binary.run(
        ["run", samples.appending("pages").string, "--out", "out\(jobs)", "--jobs", jobs], in: folder.path)
      #expect(outcome.code == 0, "\(outcome.error)")
    }
    let one = try folder.files(below: "out1")
    #expect(one.count == 36)  // 17 pages, 17 briefs, two reports
    #expect(try folder.files(below: "out2") == one)
    #expect(try folder.files(below: "out7") == one)
  }

  @Test func namesThatWouldCollideKeepTheirExtension() async throws {
    let folder = try TemporaryFolder()
    for name in ["in/a.html", "in/b.html", "in/b.txt", "in/deep/a.htm"] {
      try folder.write("The ferry sails again on Monday, the harbour office said on Friday.\n", to: name)
    }
    _ = try await Binary.run(["clean", "in", "--out", "out"], in: folder.path)
    #expect(try folder.files(below: "out").keys.sorted() == ["a.txt", "b.html.txt", "b.txt.txt", "deep/a.txt"])
    _ = try await Binary.run(["clean", "in", "--out", "md", "--format", "markdown"], in: folder.path)
    #expect(try folder.files(below: "md").keys.sorted() == ["a.md", "b.html.md", "b.txt.md", "deep/a.md"])
  }

  @Test func outputsInsideTheInputAreNoInputs() async throws {
    let folder = try TemporaryFolder()
    try folder.write("The ferry sails again on Monday, the harbour office said on Friday.\n", to: "in/a.txt")
    for _ in 1...2 {
      let outcome = try await Binary.run(["run", "in", "--out", "in/out"], in: folder.path)
      #expect(outcome.error.hasPrefix("1 page, "))
    }
  }

  @Test func aBadPageCostsOneRow() async throws {
    let folder = try TemporaryFolder()
    try folder.write("The ferry sails again on Monday, the harbour office said on Friday.\n", to: "in/a.txt")
    try folder.write("", to: "in/b.txt")
    try folder.write([0x25, 0x50, 0x44, 0x46, 0x2D, 0x31], to: "bad.html")
    try folder.write((0..<64).map { UInt8($0 % 4) }, to: "in/c.html")
    let outcome = try await Binary.run(["run", "in", "bad.html", "--out", "out"], in: folder.path)
    #expect(outcome.code == 3)
    let rows = try folder.read("out/pages.jsonl").split(separator: "\n")
    #expect(rows.count == 4)
    #expect(rows[0].contains("\"page\":\"a.txt\"") && rows[0].contains("\"verdict\":\"clean\""))
    #expect(rows[1].contains("\"page\":\"b.txt\"") && rows[1].contains("\"verdict\":\"empty\""))
    #expect(rows[2].contains("\"page\":\"c.html\"") && rows[2].contains("\"verdict\":\"skipped\""))
    #expect(rows[2].contains("\"error\":\"binary data\""))
    #expect(rows[3].contains("\"page\":\"bad.html\"") && rows[3].contains("a PDF file"))
    #expect(outcome.error.contains("1 file skipped"))
  }

  /// A line for each reason, with the first file and how many more there are.
  @Test func whatIsPassedOverIsNamed() async throws {
    let folder = try TemporaryFolder()
    for name in ["in/a.css", "in/b/c.css", "in/b/d.CSS", "in/page.txt", "in/pages.tar.gz", "in/pages.zip"] {
      try folder.write("The ferry sails again on Monday, the harbour office said on Friday.\n", to: name)
    }
    try folder.link("in/z", to: "b")
    let said = """
      winnow: skipped a.css and 2 more: a .css file
      winnow: skipped pages.tar.gz: a .tar.gz file (unpack it first)
      winnow: skipped pages.zip: a .zip file (unpack it first)
      winnow: skipped z: a link to a folder

      """
    for arguments in [["clean", "in"], ["run", "in", "--out", "out"]] {
      let outcome = try await Binary.run(arguments, in: folder.path)
      #expect(outcome.code == 0)
      #expect(outcome.error.hasSuffix(said), "\(outcome.error)")
    }
    let rows = try folder.read("out/pages.jsonl").split(separator: "\n")
    #expect(rows.count == 7 && rows.count { $0.contains("\"verdict\":\"skipped\"") } == 6)
  }

  /// Many pages are printed where each is a line.
  @Test func pagesOnStandardOutput() async throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      try folder.write(
        "Ferry \(name) sails again on Monday, the harbour office said on Friday.\n", to: "in/\(name).txt")
    }
    let lines = try await Binary.run(["clean", "in", "--format", "json", "--jobs", "2"], in: folder.path)
    #expect(lines.code == 0)
    let pages = lines.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(pages.count == 3 && pages[2].isEmpty)
    #expect(pages[0].hasPrefix("{\"page\":\"a.txt\"") && pages[0].contains("\"text\":\"Ferry a sails"))
    #expect(pages[1].hasPrefix("{\"page\":\"b.txt\"") && pages[1].contains("\"text\":\"Ferry b sails"))
    for (command, hint) in [("clean", ", or --format json, which prints a line for each"), ("brief", "")] {
      let text = try await Binary.run([command, "in"], in: folder.path)
      #expect(text.code == 2 && text.output.isEmpty)
      #expect(text.error == "winnow: 2 pages need --out DIR\(hint); one alone is printed\n")
    }
  }

  /// A page that gzip has packed is the page, in a folder, by name and from standard input; one that is cut off fails alone.
  @Test func packedPages() async throws {
    let folder = try TemporaryFolder()
    let page = try Files.read(samples.appending("pages/news/skellan-ferry.html"))
    for name in ["plain/ferry.html", "packed/a/ferry.html", "packed/cut.html"] { try folder.write(page, to: name) }
    for name in ["packed/a/ferry.html", "packed/cut.html"] {
      let result = try await Subprocess.run(
        .name("gzip"), arguments: [name], workingDirectory: folder.path, output: .discarded)
      #expect(result.terminationStatus.isSuccess)
    }
    let whole = try Files.read(folder.path.appending("packed/cut.html.gz"))
    try folder.write(Array(whole.prefix(whole.count / 2)), to: "packed/cut.html.gz")
    for (input, code) in [("plain", 0), ("packed", 3)] as [(String, Int32)] {
      #expect(try await Binary.run(["run", input, "--out", "out-\(input)"], in: folder.path).code == code)
    }
    let (plain, packed) = (try folder.files(below: "out-plain"), try folder.files(below: "out-packed"))
    #expect(packed["clean/a/ferry.txt"] == plain["clean/ferry.txt"])
    #expect(packed["briefs/a/ferry.txt"] == plain["briefs/ferry.txt"])
    #expect(
      String(decoding: packed["findings.jsonl"]!, as: UTF8.self).replacing("a/ferry.html.gz", with: "ferry.html")
        == String(decoding: plain["findings.jsonl"]!, as: UTF8.self))
    #expect(
      try folder.read("out-packed/pages.jsonl").split(separator: "\n").last!.contains(
        "\"error\":\"the gzip data end too early, after"))
    let piped = try await Subprocess.run(
      .path(Binary.path), arguments: ["clean", "-"], workingDirectory: folder.path,
      input: .fileDescriptor(
        try FileDescriptor.open(folder.path.appending("packed/a/ferry.html.gz"), .readOnly),
        closeAfterSpawningProcess: true), output: .string(limit: 1 << 16), error: .discarded)
    #expect(Array(piped.standardOutput.utf8) == plain["clean/ferry.txt"])
  }

  /// The pages of a web archive are named by where they start in it and known by their addresses; one of them alone can be
  /// looked at.
  @Test func aWebArchive() async throws {
    let folder = try TemporaryFolder()
    let page = try Files.read(samples.appending("pages/news/skellan-ferry.html"))
    // As the page says itself.
    let address = "https://www.carricksoundcourier.example/news/transport/skellan-late-ferry-saved-20251114"
    func record(_ kind: String, _ block: [UInt8]) -> [UInt8] {
      Array(
        """
        WARC/1.0\r\nWARC-Type: \(kind)\r\nWARC-Target-URI: \(address)\r
        Content-Type: application/http\r\nContent-Length: \(block.count)\r\n\r

        """.utf8) + block + Array("\r\n\r\n".utf8)
    }
    func answer(_ status: String, _ body: [UInt8]) -> [UInt8] {
      Array("HTTP/1.1 \(status)\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".utf8) + body
    }
    let records = [
      record("request", Array("GET /ferry HTTP/1.1\r\n\r\n".utf8)),
      record("response", answer("200 OK", page)),
      record("response", answer("404 Not Found", page)),
    ]
    try folder.write(records.flatMap { $0 }, to: "crawl/a.warc")
    try folder.write(page, to: "plain/ferry.html")
    let name = "a.warc/" + String(repeating: "0", count: 9) + "\(records[0].count)"
    for input in ["plain", "crawl"] {
      let outcome = try await Binary.run(["run", input, "--out", "out-\(input)"], in: folder.path)
      #expect(outcome.code == 0)
      #expect(outcome.error.contains("answered with the HTTP status 404") == (input == "crawl"))
    }
    let (plain, crawl) = (try folder.files(below: "out-plain"), try folder.files(below: "out-crawl"))
    #expect(crawl["clean/\(name).txt"] == plain["clean/ferry.txt"])
    let rows = String(decoding: crawl["pages.jsonl"]!, as: UTF8.self).split(separator: "\n")
    #expect(rows.count == 2)
    #expect(rows[0].hasPrefix("{\"page\":\"\(name)\",\"url\":\"\(address)\""))
    #expect(rows[1].contains("\"url\":\"\(address)\"") && rows[1].contains("\"verdict\":\"skipped\""))
    // A configuration beside the archive is heard for one of its pages too; workers change nothing.
    try folder.write("profile: lint-only\n", to: "crawl/winnow.yml")
    var reports: Set<String> = []
    for arguments in [["crawl", "--jobs", "1"], ["crawl/a.warc", "--jobs", "4"], ["crawl/\(name)"]] {
      let report = try await Binary.run(
        ["lint"] + arguments + ["--format", "jsonl", "--fail-on", "never"], in: folder.path)
      #expect(report.output.contains("\"action\":\"flag\"") && !report.output.contains("\"action\":\"remove\""))
      reports.insert(report.output)
    }
    #expect(reports.count == 1)
    try folder.write("profile: balanced\n", to: "crawl/winnow.yml")
    let one = try await Binary.run(["clean", "crawl/\(name)"], in: folder.path)
    #expect(Array(one.output.utf8) == plain["clean/ferry.txt"])
    let none = try await Binary.run(["clean", "crawl/a.warc/\(records[0].count + records[1].count)"], in: folder.path)
    #expect(none.code == 3 && none.error.contains("no page: answered with the HTTP status 404"), "\(none.error)")
    let all = try await Binary.run(["inspect", "crawl/a.warc"], in: folder.path)
    #expect(all.code == 2 && all.error.contains("a record of one is ARCHIVE/OFFSET"), "\(all.error)")
  }

  /// Ctrl-C: pages in work are finished, what was written is whole, and the count is true, also of the reports.
  @Test func anInterruptLeavesWholeOutputs() async throws {
    let folder = try TemporaryFolder()
    let page = try Files.read(samples.appending("pages/news/skellan-ferry.html"))
    for number in 0..<3000 { try folder.write(page, to: "in/\(number).html") }
    let result = try await Subprocess.run(
      .path(Binary.path), arguments: ["run", "in", "--out", "out", "--jobs", "1"], workingDirectory: folder.path,
      input: .none, output: .discarded, error: .sequence
    ) { execution in
      while !folder.contains("out/clean/1.txt") { try await Task.sleep(for: .milliseconds(5)) }
      try execution.send(signal: .interrupt)
      var said = ""
      for try await line in execution.standardError.strings() { said += line }
      return said
    }
    #expect(result.terminationStatus.exitCode == 130)
    let files = try folder.files(below: "out")
    #expect(!files.keys.contains { $0.contains(".tmp") })
    let rows = files["pages.jsonl"]!.split(separator: 0x0A)
    #expect(
      result.closureResult.contains(
        "interrupted: \(rows.count) of 3000 pages done, and the reports hold these alone"))
    #expect(files.keys.count { $0.hasPrefix("clean/") } == rows.count)
    #expect(files.keys.count { $0.hasPrefix("briefs/") } == rows.count)
  }
}
