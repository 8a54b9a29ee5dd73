/// Why a file is no baseline, and at which byte of it, from 0.
package struct BaselineError: Error, Sendable, Equatable {
  package var message: String
  package var offset: Int
}

extension Baseline {
  /// Reads what `render` wrote, also after an editor laid it out anew.
  package init(json: [UInt8]) throws(BaselineError) {
    self.init()
    var reader = Reader(json)
    let version = try reader.member("version") { reader throws(BaselineError) in try reader.number() }
    guard version == 1 else { throw BaselineError(message: "this version of Winnow reads version 1", offset: 0) }
    var entries: [(Key, String)] = []
    try reader.next(0x2C)
    try reader.name("findings")
    try reader.next(0x5B)
    while !reader.accept(0x5D) {
      if !entries.isEmpty { try reader.next(0x2C) }
      let rule = try reader.member("rule") { reader throws(BaselineError) in try reader.string() }
      try reader.next(0x2C)
      try reader.name("hash")
      let offset = reader.offset
      guard let hash = UInt64(try reader.string(), radix: 16) else {
        throw BaselineError(message: "the hash is not valid", offset: offset)
      }
      try reader.next(0x2C)
      try reader.name("text")
      entries.append((Key(rule: rule, hash: hash), try reader.string()))
      try reader.next(0x7D)
    }
    try reader.next(0x7D)
    for (key, text) in entries { add(key, text: text) }
  }

  private struct Reader {
    private let bytes: [UInt8]
    private(set) var offset: Int

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      // Some editors put a byte order mark before UTF-8.
      offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private mutating func skipSpace() { while offset < bytes.count, bytes[offset] <= 0x20 { offset += 1 } }

    mutating func accept(_ byte: UInt8) -> Bool {
      skipSpace()
      guard offset < bytes.count, bytes[offset] == byte else { return false }
      offset += 1
      return true
    }
    mutating func next(_ byte: UInt8) throws(BaselineError) {
      guard accept(byte) else {
        throw BaselineError(message: "\(Unicode.Scalar(byte)) is missing: not a baseline of Winnow", offset: offset)
      }
    }
    mutating func name(_ name: String) throws(BaselineError) {
      let start = offset
      guard try string() == name else { throw BaselineError(message: "the key \(name) is missing", offset: start) }
      try next(0x3A)
    }
    /// An object's first member.
    mutating func member<T>(
      _ name: String, _ value: (inout Reader) throws(BaselineError) -> T
    ) throws(BaselineError) -> T {
      try next(0x7B)
      try self.name(name)
      return try value(&self)
    }
    mutating func number() throws(BaselineError) -> Int {
      skipSpace()
      let digits = bytes[offset...].prefix { $0 &- 0x30 < 10 }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
        throw BaselineError(message: "a number is missing", offset: offset)
      }
      offset += digits.count
      return number
    }
    mutating func string() throws(BaselineError) -> String {
      try next(0x22)
      var text: [UInt8] = []
      while offset < bytes.count, bytes[offset] != 0x22 {
        guard bytes[offset] == 0x5C else {
          text.append(bytes[offset])
          offset += 1
          continue
        }
        text += try escape()
      }
      try next(0x22)
      return String(decoding: text, as: UTF8.self)
    }
    private mutating func escape() throws(BaselineError) -> [UInt8] {
      guard offset + 1 < bytes.count else { throw BaselineError(message: "the text is not closed", offset: offset) }
      let code = bytes[offset + 1]
      offset += 2
      switch code {
      case 0x6E: return [0x0A]
      case 0x74: return [0x09]
      case 0x72: return [0x0D]
      case 0x62: return [0x08]
      case 0x66: return [0x0C]
      case 0x75:
        let digits = bytes[offset...].prefix(4)
        guard digits.count == 4, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
          throw BaselineError(message: "the escape is not valid", offset: offset)
        }
        offset += 4
        // Winnow escapes control characters only; half of a pair, which others may write, is no character.
        return Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
      default: return [code]
      }
    }
  }
}
