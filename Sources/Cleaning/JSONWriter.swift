/// Writes JSON text in a fixed order of keys, straight into bytes (RFC 8259).
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  package mutating func object(_ body: (inout JSONWriter) -> Void) { nested(0x7B, 0x7D, body) }
  package mutating func array(_ body: (inout JSONWriter) -> Void) { nested(0x5B, 0x5D, body) }

  /// An object and the end of its line, as in JSON Lines.
  package mutating func line(_ body: (inout JSONWriter) -> Void) {
    needsComma = false
    object(body)
    bytes.append(0x0A)
    needsComma = false
  }

  /// A name that needs no escapes.
  package mutating func key(_ name: StaticString) {
    comma()
    bytes.append(0x22)
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(0x22)
    bytes.append(0x3A)
    needsComma = false
  }
  package mutating func key(named name: String) {
    comma()
    quoted(name.utf8)
    bytes.append(0x3A)
    needsComma = false
  }
  package mutating func value(_ text: String?) {
    comma()
    if let text { quoted(text.utf8) } else { bytes += "null".utf8 }
  }
  package mutating func value(utf8: some Sequence<UInt8>) {
    comma()
    quoted(utf8)
  }
  package mutating func value(_ number: Int) {
    comma()
    if number < 0 { bytes.append(0x2D) }
    var (first, rest) = (bytes.count, number.magnitude)
    repeat {
      bytes.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    var last = bytes.count - 1
    while first < last {
      bytes.swapAt(first, last)
      (first, last) = (first + 1, last - 1)
    }
  }
  /// Rounded to three decimals: enough for a score, and the same on every machine.
  package mutating func value(_ number: Float) {
    let thousandths = Int((number * 1000).rounded())
    comma()
    let digits = "\(thousandths % 1000 + 1000)".dropFirst()
    bytes += "\(thousandths / 1000).\(digits)".utf8
  }
  package mutating func value(_ flag: Bool) {
    comma()
    bytes += (flag ? "true" : "false").utf8
  }

  package mutating func field(_ name: StaticString, _ text: String?) {
    key(name)
    value(text)
  }
  package mutating func field(_ name: StaticString, _ number: Int) {
    key(name)
    value(number)
  }
  package mutating func field(_ name: StaticString, _ number: Float) {
    key(name)
    value(number)
  }

  package mutating func field(_ name: StaticString, utf8: some Sequence<UInt8>) {
    key(name)
    value(utf8: utf8)
  }

  private mutating func nested(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
    comma()
    bytes.append(open)
    needsComma = false
    body(&self)
    bytes.append(close)
    needsComma = true
  }
  private mutating func comma() {
    if needsComma { bytes.append(0x2C) }
    needsComma = true
  }

  private mutating func quoted(_ utf8: some Sequence<UInt8>) {
    bytes.append(0x22)
    // Texts come as contiguous bytes; anything else is copied first.
    if utf8.withContiguousStorageIfAvailable({ append($0) }) == nil {
      Array(utf8).withUnsafeBufferPointer { append($0) }
    }
    bytes.append(0x22)
  }

  /// Copies runs that need no escape as a whole.
  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    var copied = 0
    var i = 0
    while i < text.count {
      if i + 8 <= text.count, Self.needNoEscape(UnsafeRawBufferPointer(text), i) {
        i += 8
        continue
      }
      if text[i] < 0x20 || text[i] == 0x22 || text[i] == 0x5C {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<i]))
        escape(text[i])
        copied = i + 1
      }
      i += 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied...]))
  }

  /// Whether none of the eight bytes at `at` is a control character, a quote or a backslash.
  @inline(__always)
  private static func needNoEscape(_ text: UnsafeRawBufferPointer, _ at: Int) -> Bool {
    let eight = text.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    let (ones, tops) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
    // A byte below a limit borrows into its top bit; so does a zero, which a byte equal to a sign leaves.
    let (quotes, backslashes) = (eight ^ ones &* 0x22, eight ^ ones &* 0x5C)
    let controls = (eight &- ones &* 0x20) & ~eight
    return (controls | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes) & tops == 0
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(0x5C)
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x0A: bytes.append(0x6E)
    case 0x09: bytes.append(0x74)
    case 0x0D: bytes.append(0x72)
    default:
      bytes += "u00".utf8
      bytes.append(Self.hex[Int(byte >> 4)])
      bytes.append(Self.hex[Int(byte & 15)])
    }
  }
  private static let hex = Array("0123456789abcdef".utf8)
}
