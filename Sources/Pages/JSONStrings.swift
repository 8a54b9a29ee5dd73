/// Walks over the strings of a JSON text without parsing it: broken JSON speaks as well as good.
///
/// The bytes must outlive it.
package struct JSONStrings {
  package typealias Text = Slice<UnsafeBufferPointer<UInt8>>

  private let bytes: UnsafeBufferPointer<UInt8>
  private var i = 0

  package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Passes over a byte and the blanks before it, if it comes next.
  package mutating func accept(_ byte: UInt8) -> Bool {
    guard isAt(byte) else { return false }
    i += 1
    return true
  }
  private mutating func isAt(_ byte: UInt8) -> Bool {
    while i < bytes.count, bytes[i] <= 0x20 { i += 1 }
    return i < bytes.count && bytes[i] == byte
  }

  /// What stands between the next two quotes, escapes as they are; nil where no quote is left.
  package mutating func next() -> Text? {
    while i < bytes.count, bytes[i] != 0x22 { i += 1 }
    guard i < bytes.count else { return nil }
    let start = i + 1
    i = start
    while i < bytes.count, bytes[i] != 0x22 { i += bytes[i] == 0x5C ? 2 : 1 }
    let end = min(i, bytes.count)
    i = min(i + 1, bytes.count)
    return bytes[start..<end]
  }
  /// The string that comes next, nil where something else does.
  package mutating func text() -> Text? { isAt(0x22) ? next() : nil }
  /// Calls `body` with the string that comes next, or with each of a list of strings.
  package mutating func eachText(_ body: (Text) -> Void) {
    let isList = accept(0x5B)
    while let text = text() {
      body(text)
      guard isList, accept(0x2C) else { return }
    }
  }

  /// The text of a string with its escapes (RFC 8259) undone, control characters as spaces. O(bytes).
  package static func unescaped(_ text: Text) -> String {
    let raw = UnsafeBufferPointer(rebasing: text)
    guard raw.contains(where: { $0 == 0x5C || $0 < 0x20 }) else { return String(decoding: raw, as: UTF8.self) }
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var j = 0
    while j < raw.count {
      let c = raw[j]
      guard c == 0x5C, j + 1 < raw.count else {
        text.append(c < 0x20 ? 0x20 : c)
        j += 1
        continue
      }
      j += 2
      switch raw[j - 1] {
      case 0x6E, 0x72, 0x74, 0x62, 0x66: text.append(0x20)
      case 0x75: text.append(contentsOf: String(Character(scalar(raw, &j))).utf8)
      case let other: text.append(other)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The character of four hexadecimal digits at `j`, or of two times four where the first is a surrogate.
  private static func scalar(_ raw: UnsafeBufferPointer<UInt8>, _ j: inout Int) -> Unicode.Scalar {
    guard let first = hex(raw, j) else { return "\u{FFFD}" }
    j += 4
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, j + 1 < raw.count, raw[j] == 0x5C, raw[j + 1] == 0x75, let second = hex(raw, j + 2),
      (0xDC00..<0xE000).contains(second)
    else { return "\u{FFFD}" }
    j += 6
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private static func hex(_ raw: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
    guard start + 4 <= raw.count else { return nil }
    var value: UInt32 = 0
    for c in raw[start..<start + 4] {
      let lower = c | 0x20
      if c &- 0x30 < 10 {
        value = value << 4 | UInt32(c - 0x30)
      } else if lower >= 0x61, lower <= 0x66 {
        value = value << 4 | UInt32(lower - 0x57)
      } else {
        return nil
      }
    }
    return value
  }
}
