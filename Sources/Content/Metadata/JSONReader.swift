import Pages

/// Reads JSON as pages have it, in one pass over the bytes.
///
/// Forgives what browsers' consumers forgive: raw control characters in strings, commas too many or too
/// few, comments, CDATA marks, HTML comment marks, several values one after the other, an end that is
/// missing. Members outside `JSONKey` are passed over without making anything of them, which is why a
/// megabyte of offers costs little. O(bytes).
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var i = 0
  private static let depthLimit = 48

  /// The values at the top of the text; none where nothing in it looks like JSON.
  static func values(_ text: String) -> [JSONValue] {
    var text = text
    return text.withUTF8 { bytes in
      var reader = JSONReader(bytes)
      return reader.topLevel()
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func topLevel() -> [JSONValue] {
    var values: [JSONValue] = []
    // Whatever stands around the values (`<![CDATA[`, `-->`, `;`, a variable's name) is passed over.
    while i < bytes.count {
      skipBlank()
      guard i < bytes.count else { break }
      let mark = "<![CDATA["
      if bytes[i] == 0x3C, starts(with: mark) {
        i += mark.utf8.count
      } else if bytes[i] == 0x7B || bytes[i] == 0x5B {
        values.append(value(depth: 0))
      } else {
        i += 1
      }
    }
    return values
  }

  // MARK: Values

  private mutating func value(depth: Int) -> JSONValue {
    skipBlank()
    guard i < bytes.count else { return .other }
    switch bytes[i] {
    case 0x22: return .string(string())
    case 0x7B: return depth < Self.depthLimit ? object(depth) : skipNested()
    case 0x5B: return depth < Self.depthLimit ? array(depth) : skipNested()
    default: return skipWord()
    }
  }

  private mutating func object(_ depth: Int) -> JSONValue {
    i += 1
    var members: [JSONValue.Member] = []
    while true {
      skipBlank()
      guard i < bytes.count else { break }
      if bytes[i] == 0x7D {
        i += 1
        break
      }
      guard bytes[i] == 0x22 else {
        // A bracket that closes something else ends this object too; anything else is passed over.
        if bytes[i] == 0x5D { break }
        i += 1
        continue
      }
      let name = stringRange()
      skipBlank()
      guard i < bytes.count, bytes[i] == 0x3A else { continue }
      i += 1
      if let key = JSONKey(UnsafeBufferPointer(rebasing: bytes[name])) {
        let value = value(depth: depth + 1)
        // The first of two members with one name counts.
        if !members.contains(where: { $0.key == key }) { members.append(.init(key: key, value: value)) }
      } else {
        skipValue()
      }
    }
    return .object(members)
  }

  private mutating func array(_ depth: Int) -> JSONValue {
    i += 1
    var values: [JSONValue] = []
    while true {
      skipBlank()
      guard i < bytes.count else { break }
      if bytes[i] == 0x5D {
        i += 1
        break
      }
      if bytes[i] == 0x7D { break }
      if bytes[i] == 0x3A {
        i += 1
        continue
      }
      values.append(value(depth: depth + 1))
    }
    return .array(values)
  }

  // MARK: Passing over

  private mutating func skipValue() {
    skipBlank()
    guard i < bytes.count else { return }
    switch bytes[i] {
    case 0x22: _ = stringRange()
    case 0x7B, 0x5B: _ = skipNested()
    default: _ = skipWord()
    }
  }

  private mutating func skipNested() -> JSONValue {
    var depth = 0
    while i < bytes.count {
      switch bytes[i] {
      case 0x22:
        _ = stringRange()
        continue
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      default: break
      }
      i += 1
      if depth == 0 { break }
    }
    return .other
  }

  private mutating func skipWord() -> JSONValue {
    let start = i
    while i < bytes.count, ![0x2C, 0x7D, 0x5D, 0x3A, 0x22, 0x7B, 0x5B].contains(bytes[i]), bytes[i] > 0x20 { i += 1 }
    if i == start { i += 1 }
    return .other
  }

  /// White space, commas, semicolons and comments.
  private mutating func skipBlank() {
    while i < bytes.count {
      let c = bytes[i]
      if c <= 0x20 || c == 0x2C || c == 0x3B {
        i += 1
      } else if c == 0x2F, starts(with: "/*") {
        i += 2
        while i < bytes.count, !starts(with: "*/") { i += 1 }
        i = min(bytes.count, i + 2)
      } else if c == 0x2F, starts(with: "//") {
        skipLineComment()
      } else if c == 0xEF, starts(with: "\u{FEFF}") {
        i += 3
      } else {
        return
      }
    }
  }

  /// `//` up to the end of the line; of `//<![CDATA[` and `//]]>` only the mark, as JSON may follow.
  private mutating func skipLineComment() {
    i += 2
    for mark in ["<![CDATA[", "]]>"] {
      var j = i
      while j < bytes.count, bytes[j] == 0x20 { j += 1 }
      if starts(with: mark, at: j) {
        i = j + mark.utf8.count
        return
      }
    }
    while i < bytes.count, bytes[i] != 0x0A { i += 1 }
  }

  private func starts(with text: String) -> Bool { starts(with: text, at: i) }
  private func starts(with text: String, at start: Int) -> Bool {
    start + text.utf8.count <= bytes.count && text.utf8.elementsEqual(bytes[start..<start + text.utf8.count])
  }

  // MARK: Strings

  /// The range between the quotes; leaves `i` behind the closing one.
  private mutating func stringRange() -> Range<Int> {
    i += 1
    let start = i
    while i < bytes.count, bytes[i] != 0x22 { i += bytes[i] == 0x5C ? 2 : 1 }
    let end = min(i, bytes.count)
    i = min(bytes.count, end + 1)
    return start..<end
  }

  private mutating func string() -> String { JSONStrings.unescaped(bytes[stringRange()]) }
}
