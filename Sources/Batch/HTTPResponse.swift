/// What a server answered (RFC 9112), where that is HTML.
struct HTTPResponse {
  private var head: MessageHead
  private var body: ArraySlice<UInt8>
  let type: MediaType

  /// Throws `NoPage` unless the status is 200 and the type is HTML, or not said.
  init(_ message: ArraySlice<UInt8>) throws(NoPage) {
    guard let head = MessageHead(message), head.firstLine.hasPrefix("HTTP/"),
      let status = head.firstLine.split(separator: " ").dropFirst().first, status.count == 3, Int(status) != nil
    else { throw NoPage("no HTTP response") }
    self.head = head
    body = message.dropFirst(head.length)
    type = MediaType(head["content-type"] ?? "")
    guard status == "200" else { throw NoPage("answered with the HTTP status \(status)") }
    guard type.isHTML else { throw NoPage("of the type \(type.name)") }
  }

  /// The body as it was before it was cut into chunks and packed, `limit` bytes at most. Crawlers that undo this often leave
  /// the fields that speak of it, and some leave them out where they do not: so the body is heard too.
  func content(_ limit: Int) throws -> [UInt8] {
    var bytes = Array(body)
    if head["transfer-encoding"]?.lowercased().contains("chunked") == true { bytes = Self.unchunked(body) ?? bytes }
    if Gzip.isPacked(bytes) { return try Gzip.unpacked(bytes, limit: limit) }
    let coding = head["content-encoding"]?.lowercased() ?? ""
    let isUndone = bytes.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.first == 0x3C
    guard isUndone || bytes.isEmpty || ["", "identity", "gzip", "x-gzip"].contains(coding) else {
      throw ArchiveError.coding(String(coding.prefix(40)))
    }
    return bytes
  }

  /// Nil for what is not in chunks. The last may be cut off.
  private static func unchunked(_ body: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = body
    while let end = rest.firstIndex(of: 0x0A) {
      let size = rest[..<end].prefix { $0 != 0x3B && $0 > 0x20 }
      guard let count = Int(String(decoding: size, as: UTF8.self), radix: 16), count > 0 else {
        return bytes.isEmpty && size != [0x30] ? nil : bytes
      }
      let chunk = rest[(end + 1)...].prefix(count)
      bytes += chunk
      rest = rest[chunk.endIndex...].drop { $0 == 0x0D }.dropFirst()
    }
    return bytes.isEmpty && !body.isEmpty ? nil : bytes
  }
}

/// The value of a Content-Type field (RFC 9110, section 8.3).
struct MediaType: Equatable {
  /// In lower case, empty where nothing is said.
  var name: String
  var charset: String?

  init(_ value: String) {
    // Of several fields in one the first.
    let first = value.lowercased().prefix { $0 != "," }
    let parts = first.split(separator: ";", omittingEmptySubsequences: false).map { part in
      String(part.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" })
    }
    name = String((parts.first ?? "").prefix(60))
    charset = parts.dropFirst().first { $0.hasPrefix("charset=") }.map { String($0.dropFirst(8)) }
  }

  var isHTML: Bool { ["", "text/html", "application/xhtml+xml"].contains(name) }
}
