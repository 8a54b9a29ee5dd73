import Pages

/// What a server answered (RFC 9112).
struct HTTPResponse {
  private var head: MessageHead
  private var body: ArraySlice<UInt8>

  init(_ message: ArraySlice<UInt8>) throws(NoPage) {
    guard let head = MessageHead(message), head.firstLine.hasPrefix("HTTP/") else { throw NoPage("no HTTP response") }
    self.head = head
    body = message.dropFirst(head.length)
  }

  /// Throws `NoPage` unless it was answered with HTML.
  func page(named name: String, url: String?, limit: Int) throws -> Page {
    let status = head.firstLine.split(separator: " ").dropFirst().first ?? ""
    guard status == "200" else { throw NoPage("answered with the HTTP status \(status)") }
    let type = MediaType(head["content-type"] ?? "")
    guard type.isPage else { throw NoPage("of the type \(type.name)") }
    return Page(name: name, url: url, bytes: try content(limit), declaredCharset: type.charset)
  }

  /// The body as it was before it was cut into chunks and packed. Crawlers that undo this often leave the fields that
  /// speak of it: then the body says itself that it is what it was.
  private func content(_ limit: Int) throws -> [UInt8] {
    var bytes = Array(body)
    if head["transfer-encoding"]?.lowercased().contains("chunked") == true {
      bytes = Self.unchunked(body) ?? bytes
    }
    switch head["content-encoding"]?.lowercased() {
    case "gzip", "x-gzip": return Gzip.isPacked(bytes) ? try Gzip.unpacked(bytes, limit: limit) : bytes
    case nil, "", "identity": return bytes
    case let coding?:
      // What begins as a text does is not packed any more.
      if bytes.first(where: { $0 > 0x20 }) == 0x3C { return bytes }
      throw NoPage("packed by \(coding)")
    }
  }

  /// Nil for what is not in chunks. The last may be cut off.
  private static func unchunked(_ body: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = body
    while let end = rest.firstIndex(of: 0x0A) {
      let size = rest[..<end].prefix { $0 != 0x3B && $0 > 0x20 }
      guard let count = Int(String(decoding: size, as: UTF8.self), radix: 16), count >= 0 else { return nil }
      if count == 0 { return bytes }
      let chunk = rest[(end + 1)...].prefix(count)
      bytes += chunk
      rest = rest[chunk.endIndex...].drop { $0 == 0x0D }.dropFirst()
    }
    return rest.isEmpty ? bytes : nil
  }
}

/// The value of a Content-Type field (RFC 9110, section 8.3).
struct MediaType: Equatable {
  /// In lower case, empty where nothing is said.
  var name: String
  var charset: String?

  init(_ value: String) {
    let parts = value.lowercased().split(separator: ";", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    name = parts.first ?? ""
    charset =
      parts.dropFirst().lazy.compactMap { part in
        part.hasPrefix("charset=") ? part.dropFirst(8).filter { $0 != "\"" && $0 != "'" } : nil
      }.first
  }

  var isPage: Bool { ["", "text/html", "application/xhtml+xml"].contains(name) }
}
