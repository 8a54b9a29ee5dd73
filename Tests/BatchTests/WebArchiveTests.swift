import Pages
import SystemPackage
import Testing

@testable import Batch

@Suite struct WebArchiveTests {
  /// A record as crawlers write it; the length is that of the block unless it is given.
  static func record(
    _ kind: String, _ block: String, type: String = "application/http; msgtype=response", length: Int? = nil
  ) -> String {
    """
    WARC/1.0\r
    WARC-Type: \(kind)\r
    WARC-Target-URI: https://ferry.example/\(kind)\r
    Content-Type: \(type)\r
    Content-Length: \(length ?? block.utf8.count)\r
    \r
    \(block)\r
    \r

    """
  }
  static func answer(
    _ body: String, fields: String = "Content-Type: text/html", status: String = "200 OK"
  ) -> String {
    "HTTP/1.1 \(status)\r\n\(fields)\r\n\r\n\(body)"
  }
  static let html = "<p>The ferry sails."
  static let page = record("response", answer(html))

  private func archive(_ bytes: [UInt8], _ name: String = "a.warc") throws -> (TemporaryFolder, FilePath) {
    let folder = TemporaryFolder()
    let path = folder.path.appending(name)
    try Files.write(bytes, to: path)
    return (folder, path)
  }
  private func offsets(_ records: [[UInt8]]) -> [Int] {
    records.indices.map { records[..<$0].reduce(0) { $0 + $1.count } }
  }

  static let kinds = [
    record("warcinfo", "software: none\r\n", type: "application/warc-fields"),
    record("request", "GET / HTTP/1.1\r\n\r\n"),
    page,
    record("response", "ferry.example. 60 IN A 127.0.0.1\n", type: "text/dns"), record("revisit", answer("")),
    record("metadata", "fetchTimeMs: 12\r\n", type: "application/warc-fields"),
    record("conversion", "The ferry sails.\n", type: "text/plain"), record("RESOURCE", html, type: "text/html"),
  ]
  /// Requests, notes and names of servers are no pages, and no failures either.
  @Test(arguments: [true, false]) func recordsThatMayBePages(isPacked: Bool) throws {
    let records = Self.kinds.map { isPacked ? packed($0) : Array($0.utf8) }
    let (folder, path) = try archive(records.flatMap { $0 }, isPacked ? "a.warc.gz" : "a.warc")
    defer { withExtendedLifetime(folder) {} }
    let found = try WebArchive.entries(of: path)
    #expect(found.map(\.offset) == [2, 6, 7].map { offsets(records)[$0] })
    #expect(found.allSatisfy { $0.problem == nil })
    for (entry, text) in zip(found, [Self.html, "The ferry sails.\n", Self.html]) {
      let page = try WebArchive.page(at: entry.offset, of: path, named: "a", limit: 1000)
      #expect(String(decoding: page.bytes, as: UTF8.self) == text)
      #expect(page.url?.hasPrefix("https://ferry.example/") == true)
    }
  }

  struct Answer: Sendable {
    var message: String
    var body: String?
    var charset: String?
    var reason = ""
  }
  static let answers: [Answer] = [
    Answer(message: answer(html), body: html), Answer(message: answer(""), body: ""),
    Answer(
      message: answer(html, fields: "content-TYPE: Text/HTML; Charset=\"Windows-1251\""), body: html,
      charset: "windows-1251"),
    Answer(
      message: answer(html, fields: "Content-Type: application/xhtml+xml;charset=utf-8"), body: html, charset: "utf-8"),
    Answer(message: answer(html, fields: "X: 1"), body: html),
    Answer(message: "HTTP/1.0 200\nContent-Type: text/html\n\n\(html)", body: html),
    Answer(
      message: answer(
        "5;x=1\r\n<p>Th\r\nE\r\ne ferry sails.\r\n0\r\n\r\n",
        fields: "Content-Type: text/html\r\nTransfer-Encoding: chunked"),
      body: html),
    Answer(
      message: answer("A\r\n<p>The f", fields: "Content-Type: text/html\r\nTransfer-Encoding: chunked"),
      body: "<p>The f"),
    // Undone by the crawler, which left the field.
    Answer(message: answer(html, fields: "Content-Type: text/html\r\nTransfer-Encoding: chunked"), body: html),
    Answer(message: answer(html, fields: "Content-Type: text/html\r\nContent-Encoding: gzip"), body: html),
    Answer(message: answer(html, fields: "Content-Type: text/html\r\nContent-Encoding: br"), body: html),
    Answer(
      message: answer("\u{1}\u{2}", fields: "Content-Type: text/html\r\nContent-Encoding: br"), reason: "packed by br"),
    Answer(message: answer(html, fields: "Content-Type: text/plain"), reason: "of the type text/plain"),
    Answer(message: answer("%PDF", fields: "Content-Type: application/pdf"), reason: "of the type application/pdf"),
    Answer(message: answer(html, status: "404 Not Found"), reason: "answered with the HTTP status 404"),
    Answer(message: answer("", status: "301 Moved"), reason: "answered with the HTTP status 301"),
    Answer(message: "<p>The ferry sails.", reason: "no HTTP response"), Answer(message: "", reason: "no HTTP response"),
    Answer(message: "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", reason: "no HTTP response"),
  ]
  @Test(arguments: answers) func answered(_ answer: Answer) throws {
    func read() throws -> Page {
      try HTTPResponse(Array(answer.message.utf8)[...]).page(named: "a", url: nil, limit: 100)
    }
    guard let body = answer.body else {
      #expect { try read() } throws: { ($0 as? NoPage)?.description == answer.reason }
      return
    }
    let page = try read()
    #expect(String(decoding: page.bytes, as: UTF8.self) == body)
    #expect(page.declaredCharset == answer.charset)
  }

  @Test func packedInChunks() throws {
    let body = packed(Self.html)
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    func chunk(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
      Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }
    let message = Array(head.utf8) + chunk(body[..<20]) + chunk(body[20...]) + chunk([])
    let page = try HTTPResponse(message[...]).page(named: "a", url: nil, limit: 100)
    #expect(String(decoding: page.bytes, as: UTF8.self) == Self.html)
    #expect(throws: GzipError.tooLarge(limit: 10)) {
      try HTTPResponse(message[...]).page(named: "a", url: nil, limit: 10)
    }
  }

  static let broken: [(bytes: [UInt8], entries: [WebArchive.Entry])] = {
    let (nothing, packed, plain) = (packed(""), packed(page), Array(page.utf8))
    let (size, length) = (packed.count, plain.count)
    var changed = packed
    changed[40] ^= 1
    let long = Array(record("response", answer(html), length: 1 << 20).utf8)
    func entry(_ offset: Int, _ problem: ArchiveError? = nil) -> WebArchive.Entry {
      WebArchive.Entry(offset: offset, problem: problem?.description)
    }
    return [
      ([], []), (Array("no archive".utf8), [entry(0, .noRecord(at: 0))]),
      // What stands before and behind a broken record is read.
      (
        packed + changed + packed,
        [
          entry(0), entry(size, .packing(at: size, .broken(after: length, "incorrect data check"))), entry(2 * size),
        ]
      ),
      (packed + Array(packed.dropLast(8)), [entry(0), entry(size, .packing(at: size, .cutOff(after: length)))]),
      (packed + nothing + packed, [entry(0), entry(size, .noRecord(at: size)), entry(size + 23)]),
      (plain + Array("X".utf8) + plain, [entry(0), entry(length, .noRecord(at: length)), entry(length + 1)]),
      (long + plain, [entry(0, .shortRecord(at: 0)), entry(long.count)]),
      (plain + Array("\r\n\r\n".utf8) + plain, [entry(0), entry(length + 4)]),
    ]
  }()
  @Test(arguments: broken) func damage(_ test: (bytes: [UInt8], entries: [WebArchive.Entry])) throws {
    let (folder, path) = try archive(test.bytes)
    defer { withExtendedLifetime(folder) {} }
    #expect(try WebArchive.entries(of: path) == test.entries)
  }

  /// One member for all records would be unpacked from its start for each of them.
  @Test func recordsPackedAsOne() throws {
    let (folder, path) = try archive(packed(Self.kinds.joined()), "a.warc.gz")
    defer { withExtendedLifetime(folder) {} }
    let found = try WebArchive.entries(of: path)
    #expect(found == [WebArchive.Entry(offset: 0, problem: ArchiveError.severalRecords(at: 0).description)])
  }

  /// Wherever an archive is cut, the records before are read.
  @Test(arguments: [true, false]) func cut(isPacked: Bool) throws {
    let records = [Self.page, Self.page].map { isPacked ? packed($0) : Array($0.utf8) }
    let all = records.flatMap { $0 }
    let (folder, path) = try archive([])
    defer { withExtendedLifetime(folder) {} }
    for count in all.indices {
      try Files.write(Array(all[..<count]), to: path)
      // The empty lines at the end may be missing.
      let whole = records[0].count - (isPacked ? 0 : 4)
      let entries = try WebArchive.entries(of: path)
      #expect((entries.first?.problem == nil) == (count == 0 || count >= whole), "\(count)")
      #expect(entries.count == (count == 0 ? 0 : count > records[0].count ? 2 : 1), "\(count)")
    }
  }

  @Test func recordsAreInputs() throws {
    let (folder, path) = try archive(Self.kinds.flatMap(packed), "a.warc.gz")
    let offset = offsets(Self.kinds.map(packed))[2]
    let all = try InputFinder([folder.path.string]).inputs
    #expect(all.count == 3)
    #expect(all[0].name.string == "a.warc.gz/" + String(repeating: "0", count: 9) + "\(offset)")
    #expect(all[0].origin == .record(path, offset: offset) && !all[0].isNamed)
    let one = try InputFinder([path.appending("\(offset)").string]).inputs
    #expect(one.count == 1 && one[0].origin == .record(path, offset: offset) && one[0].isNamed)
    #expect(throws: InputError.self) { try InputFinder([folder.path.appending("b.warc.gz/1").string]) }
    #expect(throws: InputError.self) { try InputFinder([path.appending("one").string]) }
  }
}
