/// Reading UTF-8 by hand: the splitter and the word finder see every byte of a page, a `String` would cost
/// them ten times as much.
package enum TextBytes {
  /// The scalar that starts at `at`, and its length in bytes; U+FFFD, 1 for broken bytes. Needs `at < text.count`.
  @inline(__always)
  package static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (value: UInt32, length: Int) {
    let c = UInt32(text[at])
    if c < 0x80 { return (c, 1) }
    func next(_ k: Int) -> UInt32 { at + k < text.count ? UInt32(text[at + k]) & 0x3F : 0 }
    if c >= 0xF0 { return ((c & 7) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4) }
    if c >= 0xE0 { return ((c & 15) << 12 | next(1) << 6 | next(2), 3) }
    if c >= 0xC2 { return ((c & 31) << 6 | next(1), 2) }
    return (0xFFFD, 1)
  }

  /// The scalar that ends before `end`, and where it starts. Needs `end > 0`.
  package static func scalarBefore(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> (value: UInt32, start: Int) {
    var start = end - 1
    while start > 0, end - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return (scalar(text, start).value, start)
  }

  /// White space at `at`: its length in bytes, 0 where there is none.
  @inline(__always)
  static func space(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let c = text[at]
    if c == 0x20 || c &- 9 < 5 { return 1 }
    if c == 0xC2, at + 1 < text.count, text[at + 1] == 0xA0 { return 2 }
    guard c == 0xE2 || c == 0xE3, at + 2 < text.count else { return 0 }
    if c == 0xE3 { return text[at + 1] == 0x80 && text[at + 2] == 0x80 ? 3 : 0 }
    return text[at + 1] == 0x80 && (text[at + 2] < 0x8B || text[at + 2] == 0xAF) ? 3 : 0
  }

  static func skipSpaces(_ text: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    var i = from
    while i < text.count {
      let n = space(text, i)
      if n == 0 { break }
      i += n
    }
    return i
  }

  package enum Case { case upper, lower, digit, letter, symbol }

  package static func kind(_ value: UInt32) -> Case {
    if value < 0x80 {
      switch value {
      case 0x41...0x5A: return .upper
      case 0x61...0x7A: return .lower
      case 0x30...0x39: return .digit
      default: return .symbol
      }
    }
    guard let properties = Unicode.Scalar(value)?.properties else { return .symbol }
    switch properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return .upper
    case .lowercaseLetter: return .lower
    case .decimalNumber: return .digit
    case .otherLetter, .modifierLetter: return .letter
    default: return .symbol
    }
  }

  /// Lower case of the scalars that two bytes of UTF-8 can hold.
  private static let lowered: [UInt16] = (0..<0x800).map { value in
    guard let scalar = Unicode.Scalar(UInt32(value)) else { return UInt16(value) }
    let mapping = scalar.properties.lowercaseMapping.unicodeScalars
    guard mapping.count == 1, let only = mapping.first, only.value < 0x800 else { return UInt16(value) }
    return UInt16(only.value)
  }

  /// FNV-1a over the lower-case bytes, with "’" read as "'": a word's number wherever words are looked up.
  package static func hash(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, from seed: UInt64 = TextHash.start)
    -> UInt64
  {
    var hash = seed
    var i = range.lowerBound
    while i < range.upperBound {
      let c = text[i]
      if c < 0x80 {
        mix(&hash, c &- 0x41 < 26 ? c | 0x20 : c)
        i += 1
      } else if c < 0xE0, i + 1 < range.upperBound {
        let lower = lowered[Int(c & 31) << 6 | Int(text[i + 1] & 0x3F)]
        if lower < 0x80 {
          mix(&hash, UInt8(lower))
        } else {
          mix(&hash, 0xC0 | UInt8(lower >> 6))
          mix(&hash, 0x80 | UInt8(lower & 0x3F))
        }
        i += 2
      } else if c == 0xE2, i + 2 < range.upperBound, text[i + 1] == 0x80, text[i + 2] == 0x99 {
        mix(&hash, 0x27)
        i += 3
      } else {
        mix(&hash, c)
        i += 1
      }
    }
    return hash
  }
  @inline(__always)
  static func mix(_ hash: inout UInt64, _ byte: UInt8) { hash = TextHash.add(byte, to: hash) }

  static func hash(_ word: Substring) -> UInt64 {
    var word = String(word)
    return word.withUTF8 { hash($0, 0..<$0.count) }
  }
}
