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
  private static func offsets(_ records: [[UInt8]]) -> [Int] {
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
  enum Packing: CaseIterable { case none, each, all }
  /// The records, and where each starts.
  static func archive(_ records: [String], _ packing: Packing) -> (bytes: [UInt8], places: [RecordPlace]) {
    let plain = records.map { Array($0.utf8) }
    let each = packing == .each ? records.map(packed) : plain
    let bytes = packing == .all ? packed(records.joined()) : each.flatMap { $0 }
    return (bytes, offsets(each).map { packing == .all ? RecordPlace(offset: 0, within: $0) : RecordPlace(offset: $0) })
  }

  /// Requests, notes and names of servers are no pages, and no failures either. In whatever order pages are asked for, they
  /// are what they are.
  @Test(arguments: Packing.allCases) func recordsThatMayBePages(_ packing: Packing) throws {
    let (bytes, places) = Self.archive(Self.kinds, packing)
    let (folder, path) = try archive(bytes)
    defer { withExtendedLifetime(folder) {} }
    let found = try WebArchive.entries(of: path)
    let addresses = ["response", "conversion", "RESOURCE"].map { "https://ferry.example/\($0)" }
    #expect(found == zip([2, 6, 7], addresses).map { WebArchive.Entry(place: places[$0], url: $1) })
    let reader = InputReader()
    for place in [0, 1, 2, 1, 0, 2, 2] {
      let page = try reader.page(of: Input(origin: .record(path, found[place].place), name: "a", isNamed: true))
      #expect(String(decoding: page.bytes, as: UTF8.self) == [Self.html, "The ferry sails.\n", Self.html][place])
      #expect(page.url == addresses[place])
      #expect(page.isDeclaredHTML == (place != 1))
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
    // Cut off in the size of the next chunk.
    Answer(
      message: answer("5\r\n<p>Th\r\n1", fields: "Content-Type: text/html\r\nTransfer-Encoding: chunked"), body: "<p>Th"
    ),
    Answer(
      message: answer("5\r\n<p>Th\r\n1x\r\n", fields: "Content-Type: text/html\r\nTransfer-Encoding: chunked"),
      body: "<p>Th"),
    Answer(message: answer("0\r\n\r\n", fields: "Content-Type: text/html\r\nTransfer-Encoding: chunked"), body: ""),
    Answer(
      message: answer(html, fields: "Content-Type: text/html\t;charset=utf-8, text/html"), body: html, charset: "utf-8"),
    Answer(
      message: answer(html, fields: "Content-Type:\r\n text/html;\r\n\tcharset=utf-8"), body: html, charset: "utf-8"),
    Answer(message: answer("\u{FEFF}" + html, fields: "Content-Encoding: br"), body: "\u{FEFF}" + html),
    Answer(message: answer(html, status: "OK"), reason: "no HTTP response"),
    // Undone by the crawler, which left the field.
    Answer(message: answer(html, fields: "Content-Type: text/html\r\nTransfer-Encoding: chunked"), body: html),
    Answer(message: answer(html, fields: "Content-Type: text/html\r\nContent-Encoding: gzip"), body: html),
    Answer(message: answer(html, fields: "Content-Type: text/html\r\nContent-Encoding: br"), body: html),
    Answer(
      message: answer("\u{1}\u{2}", fields: "Content-Type: text/html\r\nContent-Encoding: br"),
      reason: "packed by br, which Winnow cannot unpack"),
    Answer(message: answer(html, fields: "Content-Type: text/plain"), reason: "of the type text/plain"),
    Answer(message: answer("%PDF", fields: "Content-Type: application/pdf"), reason: "of the type application/pdf"),
    Answer(message: answer(html, status: "404 Not Found"), reason: "answered with the HTTP status 404"),
    Answer(message: answer("", status: "301 Moved"), reason: "answered with the HTTP status 301"),
    Answer(message: "<p>The ferry sails.", reason: "no HTTP response"), Answer(message: "", reason: "no HTTP response"),
    Answer(message: "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", reason: "no HTTP response"),
  ]
  @Test(arguments: answers) func answered(_ answer: Answer) throws {
    func read() throws -> (body: [UInt8], charset: String?) {
      let response = try HTTPResponse(Array(answer.message.utf8)[...])
      return (try response.content(100), response.type.charset)
    }
    guard let body = answer.body else {
      #expect { try read() } throws: { "\($0)" == answer.reason }
      return
    }
    let page = try read()
    #expect(String(decoding: page.body, as: UTF8.self) == body)
    #expect(page.charset == answer.charset)
  }

  @Test func packedInChunks() throws {
    let body = packed(Self.html)
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    func chunk(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
      Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }
    let message = Array(head.utf8) + chunk(body[..<20]) + chunk(body[20...]) + chunk([])
    #expect(try HTTPResponse(message[...]).content(100) == Array(Self.html.utf8))
    #expect(throws: GzipError.tooLarge(limit: 10)) { try HTTPResponse(message[...]).content(10) }
  }

  static let broken: [(bytes: [UInt8], entries: [WebArchive.Entry])] = {
    let (nothing, packed, plain) = (packed(""), packed(page), Array(page.utf8))
    let (size, length) = (packed.count, plain.count)
    var changed = packed
    changed[40] ^= 1
    let long = Array(record("response", answer(html), length: 1 << 20).utf8)
    func entry(_ offset: Int, _ problem: ((RecordPlace) -> ArchiveError)? = nil) -> WebArchive.Entry {
      let place = RecordPlace(offset: offset)
      return WebArchive.Entry(
        place: place, url: problem == nil ? "https://ferry.example/response" : nil,
        problem: problem.map { "\($0(place))" })
    }
    let checksum = GzipError.broken(after: length, "incorrect data check")
    return [
      ([], []), (Array("no archive".utf8), [entry(0, ArchiveError.noRecord)]),
      // What stands before and behind a broken record is read.
      (
        packed + changed + packed,
        [entry(0), entry(size) { .packing(at: $0, checksum) }, entry(2 * size)]
      ),
      (packed + packed.dropLast(8), [entry(0), entry(size) { .packing(at: $0, .cutOff(after: length)) }]),
      (packed + nothing + [0, 0, 0] + packed + [0], [entry(0), entry(size + nothing.count + 3)]),
      (plain + Array("X\n".utf8) + plain, [entry(0), entry(length, ArchiveError.noRecord), entry(length + 2)]),
      (long + plain, [entry(0, ArchiveError.shortRecord), entry(long.count)]),
      (Array("\r\n".utf8) + plain + Array("\r\n\r\n".utf8) + plain, [entry(2), entry(length + 6)]),
    ]
  }()
  @Test(arguments: broken) func damage(_ test: (bytes: [UInt8], entries: [WebArchive.Entry])) throws {
    let (folder, path) = try archive(test.bytes)
    defer { withExtendedLifetime(folder) {} }
    #expect(try WebArchive.entries(of: path) == test.entries)
  }

  /// Where the records of a member are broken, those behind are found in it.
  @Test func damageWithinAMember() throws {
    let (folder, path) = try archive(packed(Self.page + "garbage\n" + Self.page))
    defer { withExtendedLifetime(folder) {} }
    let length = Self.page.utf8.count
    let places = [0, length, length + 8].map { RecordPlace(offset: 0, within: $0) }
    #expect(try WebArchive.entries(of: path).map(\.place) == places)
    #expect(try WebArchive.entries(of: path)[1].problem == ArchiveError.noRecord(at: places[1]).description)
  }

  /// Nothing is lost without a word.
  @Test func tooManyBrokenRecords() throws {
    let broken = String(repeating: "WARC/1.0\n\n", count: WebArchive.mostRepairs + 10)
    let (folder, path) = try archive(Array((broken + Self.page).utf8))
    defer { withExtendedLifetime(folder) {} }
    let entries = try WebArchive.entries(of: path)
    #expect(entries.count == WebArchive.mostRepairs + 1)
    #expect(entries.last?.problem == ArchiveError.tooManyBroken(WebArchive.mostRepairs).description)
  }

  @Test func largeRecords() throws {
    let film = Self.record(
      "response", Self.answer(String(repeating: "x", count: 1000), fields: "Content-Type: video/mp4"))
    let page = Self.record("response", Self.answer(String(repeating: "x", count: 1000)))
    let records = Self.archive([film, page, Self.page], .each)
    let (folder, path) = try archive(records.bytes)
    defer { withExtendedLifetime(folder) {} }
    let reader = InputReader()
    func read(_ place: RecordPlace) throws -> Page {
      try reader.page(of: Input(origin: .record(path, place), name: "a", isNamed: true), limit: 500)
    }
    #expect { try read(records.places[0]) } throws: { "\($0)" == "of the type video/mp4" }
    #expect(throws: ReadError.tooLarge(Self.answer(String(repeating: "x", count: 1000)).utf8.count)) {
      try read(records.places[1])
    }
    #expect(try read(records.places[2]).bytes == Array(Self.html.utf8))
  }

  /// Wherever an archive is cut, the records before are read, and what is cut is said.
  @Test(arguments: Packing.allCases) func cut(_ packing: Packing) throws {
    let (all, places) = Self.archive([Self.page, Self.page], packing)
    let (folder, path) = try archive([])
    defer { withExtendedLifetime(folder) {} }
    // The empty lines behind a record that is not packed may be missing.
    let ends = packing == .each ? [places[1].offset, all.count] : [places[1].offset - 4, all.count - 4]
    for count in all.indices.dropFirst() {
      try Files.write(Array(all[..<count]), to: path)
      let entries = try WebArchive.entries(of: path)
      #expect(entries.first?.place == places[0])
      if packing == .all {
        #expect(entries.last?.problem != nil, "\(count)")
      } else {
        #expect(entries.count { $0.problem == nil } == ends.count { $0 <= count }, "\(count)")
      }
    }
  }

  static let names: [(name: String, place: RecordPlace?)] = [
    ("000000000012", RecordPlace(offset: 12)), ("12", RecordPlace(offset: 12)),
    ("000000000012+000000000034", RecordPlace(offset: 12, within: 34)),
    ("1234567890123", RecordPlace(offset: 1_234_567_890_123)),
    ("", nil), ("-1", nil), ("+1", nil), ("1+", nil), ("1+2+3", nil), ("x", nil), ("99999999999999999999", nil),
  ]
  @Test(arguments: names) func placesByName(_ test: (name: String, place: RecordPlace?)) {
    #expect(RecordPlace(test.name) == test.place)
    if let place = test.place { #expect(RecordPlace(place.name) == place) }
  }

  @Test func recordsAreInputs() throws {
    let (folder, path) = try archive(Self.kinds.flatMap(packed), "a.warc.gz")
    let offset = Self.offsets(Self.kinds.map(packed))[2]
    let all = try InputFinder([folder.path.string]).inputs
    #expect(all.count == 3)
    #expect(all[0].name.string == "a.warc.gz/" + String(repeating: "0", count: 9) + "\(offset)")
    #expect(all[0].origin == .record(path, RecordPlace(offset: offset)) && !all[0].isNamed)
    let one = try InputFinder([path.appending("\(offset)").string]).inputs
    #expect(one.count == 1 && one[0].origin == all[0].origin && one[0].isNamed && one[0].name == all[0].name)
    #expect(throws: InputError.self) { try InputFinder([folder.path.appending("b.warc.gz/1").string]) }
    #expect(throws: InputError.self) { try InputFinder([path.appending("one").string]) }
  }

  /// All of an archive's records are called alike.
  @Test func archivesOfOneName() throws {
    let folder = TemporaryFolder()
    try folder.make("x/", "y/")
    for (name, records) in [("x/a.warc", [Self.page, Self.page]), ("y/a.warc", [Self.page + "\r\n", Self.page])] {
      try Files.write(Array(records.joined().utf8), to: folder.path.appending(name))
    }
    let names = try InputFinder(["x", "y"].map { folder.path.appending($0).string }).inputs.map(\.name.string)
    #expect(names.count == 4 && names.map { String($0.prefix(2)) } == ["x/", "x/", "y/", "y/"], "\(names)")
  }

  @Test func anArchiveWithoutPages() throws {
    let (folder, _) = try archive(Array(Self.kinds[0].utf8))
    let inputs = try InputFinder([folder.path.string]).inputs
    #expect(inputs.map(\.skipReason) == ["a web archive without pages"])
  }
}
