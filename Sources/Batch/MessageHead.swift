/// What stands before a record's block.
struct WARCHeader: Equatable {
  /// Its type, in lower case: `response`, `conversion`, …
  var kind: String
  var target: String?
  var contentType: String
  /// Its block is a part of one that is cut into several records.
  var isSegment: Bool
  /// In bytes, of this header and of the block behind it.
  var length: Int
  var blockLength: Int

  /// Nil where the bytes do not begin with a record whose header they hold.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.starts(with: "WARC/".utf8), let head = MessageHead(bytes),
      let blockLength = head["content-length"].flatMap({ Int($0) }), blockLength >= 0, blockLength < 1 << 48,
      let kind = head["warc-type"]
    else { return nil }
    self.kind = kind.lowercased()
    // An early version of the standard has angle brackets around it, and some writers keep them.
    target = head["warc-target-uri"].map {
      $0.hasPrefix("<") && $0.hasSuffix(">") ? String($0.dropFirst().dropLast()) : $0
    }
    contentType = head["content-type"] ?? ""
    isSegment = head["warc-segment-number"] != nil
    length = head.length
    self.blockLength = blockLength
  }
}

/// The first line and the named fields that a record, or an HTTP message (RFC 9112), begins with.
struct MessageHead {
  var firstLine: String
  /// With the empty line that ends it.
  var length: Int
  private var fields: [(name: String, value: String)] = []
  private static let limit = 1 << 16

  /// Nil where no empty line ends it within 64 KB.
  init?(_ bytes: ArraySlice<UInt8>) {
    var lines: [ArraySlice<UInt8>] = []
    var rest = bytes.prefix(Self.limit)
    while true {
      guard let end = rest.firstIndex(of: 0x0A) else { return nil }
      let line = rest[..<end].last == 0x0D ? rest[..<(end - 1)] : rest[..<end]
      rest = rest[(end + 1)...]
      if line.isEmpty { break }
      lines.append(line)
    }
    guard let first = lines.first else { return nil }
    length = rest.startIndex - bytes.startIndex
    firstLine = String(decoding: first, as: UTF8.self)
    for line in lines.dropFirst() {
      // As writers of old fold what is long.
      if line.first! <= 0x20, !fields.isEmpty {
        fields[fields.count - 1].value += " " + Self.text(line)
        continue
      }
      guard let colon = line.firstIndex(of: 0x3A) else { continue }
      fields.append((Self.text(line[..<colon]).lowercased(), Self.text(line[(colon + 1)...])))
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    let start = bytes.drop { $0 <= 0x20 }
    return String(decoding: start.reversed().drop { $0 <= 0x20 }.reversed(), as: UTF8.self)
  }

  /// The value of the field of this name, which is in lower case; nil where there is none.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}
