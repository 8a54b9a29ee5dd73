import CEmbedded

/// HTML's character references (WHATWG HTML, sections 13.2.5.72 to 13.2.5.80).
struct CharacterReferences: Sendable {
  static let shared = CharacterReferences()

  private struct Entry: Sendable {
    var text: [UInt8]
    var mayLackSemicolon: Bool
  }
  private var entries: [[UInt8]: Entry] = [:]
  private let longestName = 31
  private let longestBareName = 6

  private init() {
    let file = UnsafeBufferPointer(start: embedded_entities().bytes, count: embedded_entities().count)
    for line in file.split(separator: 0x0A) {
      let fields = line.split(separator: 0x20)
      var name = Array(fields[0])
      let bare = name.last == 0x21
      if bare { name.removeLast() }
      var text: [UInt8] = []
      for field in fields.dropFirst() {
        let scalar = Unicode.Scalar(UInt32(String(decoding: field, as: UTF8.self), radix: 16) ?? 0xFFFD) ?? "\u{FFFD}"
        text += Array(String(Character(scalar)).utf8)
      }
      entries[name] = Entry(text: text, mayLackSemicolon: bare)
    }
  }

  /// The reference at `start`, where a `&` stands: its text and the offset behind it; nil where
  /// the `&` is only an ampersand. In an attribute a name without its semicolon may be that of a query's parameter.
  func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, inAttribute: Bool = false
  ) -> (text: [UInt8], end: Int)? {
    let first = start + 1
    guard first < bytes.count else { return nil }
    if bytes[first] == 0x23 { return numeric(bytes, from: first + 1) }
    guard isLetter(bytes[first]) else { return nil }
    var end = first
    while end < bytes.count, end - first < longestName, isLetter(bytes[end]) || isDigit(bytes[end]) { end += 1 }
    if end < bytes.count, bytes[end] == 0x3B, let entry = entries[Array(bytes[first..<end])] {
      return (entry.text, end + 1)
    }
    var length = min(longestBareName, end - first)
    while length >= 2 {
      if let entry = entries[Array(bytes[first..<first + length])], entry.mayLackSemicolon {
        let end = first + length
        if inAttribute, end < bytes.count, bytes[end] == 0x3D || isLetter(bytes[end]) || isDigit(bytes[end]) {
          return nil
        }
        return (entry.text, end)
      }
      length -= 1
    }
    return nil
  }

  /// A text with its references decoded.
  func text(of bytes: UnsafeBufferPointer<UInt8>, inAttribute: Bool = false) -> [UInt8] {
    var text: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == 0x26, let reference = decode(bytes, at: i, inAttribute: inAttribute) {
        text += reference.text
        i = reference.end
      } else {
        text.append(bytes[i])
        i += 1
      }
    }
    return text
  }

  private func numeric(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (text: [UInt8], end: Int)? {
    var i = start
    let isHex = i < bytes.count && bytes[i] | 0x20 == 0x78
    if isHex { i += 1 }
    let digits = i
    var value: UInt32 = 0
    while i < bytes.count {
      let c = bytes[i] | 0x20
      let digit: UInt32
      if isDigit(bytes[i]) {
        digit = UInt32(bytes[i] - 0x30)
      } else if isHex, c >= 0x61, c <= 0x66 {
        digit = UInt32(c - 0x57)
      } else {
        break
      }
      value = min(0x11_0000, value * (isHex ? 16 : 10) + digit)
      i += 1
    }
    guard i > digits else { return nil }
    if i < bytes.count, bytes[i] == 0x3B { i += 1 }
    if value >= 0x80, value < 0xA0, Self.windows1252[Int(value) - 0x80] != 0 {
      value = Self.windows1252[Int(value) - 0x80]
    }
    // A NUL, a surrogate or a number past Unicode stands for U+FFFD.
    let scalar = value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
    return (Array(String(Character(scalar)).utf8), i)
  }

  /// What the numbers 0x80 to 0x9F mean on the web; 0 for themselves.
  static let windows1252: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]
}

extension String {
  /// The text with its character references decoded, for values that a page encoded once too often.
  package var decodingCharacterReferences: String {
    var text = self
    return text.withUTF8 { bytes in
      guard bytes.contains(0x26) else { return self }
      return String(decoding: CharacterReferences.shared.text(of: bytes), as: UTF8.self)
    }
  }
}
