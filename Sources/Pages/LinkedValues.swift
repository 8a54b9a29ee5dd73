extension Head {
  /// The texts that stand behind a key anywhere in the JSON-LD, alone, in a list or as a reference, with their escapes
  /// (RFC 8259) undone. Broken JSON speaks as well as good. O(bytes of the JSON-LD).
  package func linkedValues(of key: String) -> [String] {
    jsonLD.flatMap { script -> [String] in
      var scan = JSONStrings(Array(script.utf8))
      var values: [String] = []
      while let name = scan.next() {
        guard scan.accept(0x3A), name.elementsEqual(key.utf8) else { continue }
        // `{"@id": …}` is how linked data write a reference.
        if scan.accept(0x7B) {
          guard let name = scan.next(), name.elementsEqual("@id".utf8), scan.accept(0x3A) else { continue }
        }
        let isList = scan.accept(0x5B)
        repeat {
          guard scan.isAtString, let value = scan.next() else { break }
          values.append(JSONStrings.unescaped(value))
        } while isList && scan.accept(0x2C)
      }
      return values
    }
  }
}

/// Walks over the strings of a JSON text.
private struct JSONStrings {
  private let bytes: [UInt8]
  private var i = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func skipSpace() { while i < bytes.count, bytes[i] <= 0x20 { i += 1 } }

  /// Passes over a byte and the blanks before it, if it comes next.
  mutating func accept(_ byte: UInt8) -> Bool {
    skipSpace()
    guard i < bytes.count, bytes[i] == byte else { return false }
    i += 1
    return true
  }
  var isAtString: Bool {
    mutating get {
      skipSpace()
      return i < bytes.count && bytes[i] == 0x22
    }
  }

  /// What stands between the next two quotes, escapes as they are.
  mutating func next() -> ArraySlice<UInt8>? {
    while i < bytes.count, bytes[i] != 0x22 { i += 1 }
    guard i < bytes.count else { return nil }
    let start = i + 1
    i = start
    while i < bytes.count, bytes[i] != 0x22 { i += bytes[i] == 0x5C ? 2 : 1 }
    let end = min(i, bytes.count)
    i = min(i + 1, bytes.count)
    return bytes[start..<end]
  }

  static func unescaped(_ text: ArraySlice<UInt8>) -> String {
    guard text.contains(0x5C) else { return String(decoding: text, as: UTF8.self) }
    var units: [UInt16] = []
    var rest = String(decoding: text, as: UTF8.self).utf16[...]
    while let unit = rest.popFirst() {
      guard unit == 0x5C, let escape = rest.popFirst() else {
        units.append(unit)
        continue
      }
      switch escape {
      case 0x62, 0x66, 0x6E, 0x72, 0x74: units.append(0x20)  // \b \f \n \r \t
      case 0x75:
        let digits = String(decoding: rest.prefix(4), as: UTF16.self)
        rest = rest.dropFirst(4)
        units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
      default: units.append(escape)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
