import CText
import Glibc

/// A charset and how it was found.
public struct Charset: Sendable, Equatable {
  /// A mark at the start, bytes that are all valid UTF-8, a label of the transport or of a meta tag, or a guess.
  public enum How: String, Sendable { case byteOrderMark, validUTF8, declared, detected }
  /// In lower case, as the WHATWG Encoding Standard names it where it does.
  public var name: String
  /// What told `name`.
  public var how: How

  /// The bytes in UTF-8 without a byte order mark: by the mark, else as UTF-8 if they are valid or nearly so, be it twice,
  /// else by what the transport or a meta tag declares (WHATWG labels) if the bytes do not belie it, else by ICU's
  /// detector. Bytes that are invalid in the charset become U+FFFD.
  static func decode(_ bytes: [UInt8], declared: String?) -> Decoded {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return valid(bytes, from: 3, .byteOrderMark) }
    if hasUTF16Mark(bytes) {
      let name = bytes[0] == 0xFF ? "utf-16le" : "utf-16be"
      return Decoded(convert(Array(bytes.dropFirst(2)), from: name) ?? [], name, .byteOrderMark)
    }
    if let name = unmarkedUTF16(bytes) {
      return Decoded(convert(bytes, from: name) ?? [], name, .detected)
    }
    if isValidUTF8(bytes) {
      return japaneseInASCII(bytes, declared) ?? TwiceEncoded(bytes)?.decoded(bytes)
        ?? Decoded(bytes, "utf-8", .validUTF8)
    }
    // One bad byte does not make another charset of UTF-8, whatever a label says or the detector finds: text in no other
    // looks like that.
    let damage = UTF8Damage(bytes)
    let isNearlyUTF8 = damage.isLess(thanOneIn: 8)
    for name in declaredNames(bytes, declared) {
      if name == "utf-8" {
        // Where hardly anything is UTF-8, the label is a template's, and the text somebody else's.
        guard damage.isLess(thanOneIn: 2) else { continue }
        return valid(bytes, .declared)
      }
      if isNearlyUTF8 { break }
      if let utf8 = convert(bytes, from: name) { return Decoded(utf8, name, .declared) }
    }
    if isNearlyUTF8 { return valid(bytes, .detected) }
    let detected = bytes.withUnsafeBufferPointer { bytes in
      ctext_detect_charset(bytes.baseAddress!, Int32(min(bytes.count, 65536))).map { String(cString: $0) }
    }
    var name = detected.flatMap(canonicalName) ?? "windows-1252"
    if name == "utf-8" {
      if damage.isLess(thanOneIn: 2) { return valid(bytes, .detected) }
      name = "windows-1252"
    }
    return convert(bytes, from: name).map { Decoded($0, name, .detected) } ?? valid(bytes, .detected)
  }

  /// ISO-2022-JP, of which every byte is one of ASCII and so valid UTF-8: escapes switch between the sets. By a label, or
  /// by ESC $ B or ESC $ @, which lead to Japanese characters and nowhere else.
  private static func japaneseInASCII(_ bytes: [UInt8], _ declared: String?) -> Decoded? {
    let name = "iso-2022-jp"
    guard memchr(bytes, 0x1B, bytes.count) != nil, !bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    let isDeclared = declaredNames(bytes, declared).contains(name)
    guard isDeclared || [0x42, 0x40].contains(where: { bytes.firstRange(of: [0x1B, 0x24, $0]) != nil }) else {
      return nil
    }
    return convert(bytes, from: name).map { Decoded($0, name, isDeclared ? .declared : .detected) }
  }

  /// What the transport and a meta tag say, of charsets that are known.
  private static func declaredNames(_ bytes: [UInt8], _ declared: String?) -> [String] {
    [declared, metaLabel(bytes)].compactMap { $0.flatMap(canonicalName) }
  }

  static func hasUTF16Mark(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
  }

  /// UTF-16 without a mark: by the "<" that a page starts with, or by most characters being Latin ones, of which every
  /// second byte is zero.
  static func unmarkedUTF16(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 4 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    case (0x3C, 0, 1..., 0): return "utf-16le"
    case (0, 0x3C, 0, 1...): return "utf-16be"
    default: break
    }
    let head = bytes.prefix(4096)
    guard head.count >= 32, memchr(bytes, 0, head.count) != nil else { return nil }
    return [("utf-16le", 0), ("utf-16be", 1)].first { _, low in
      var latin = 0
      for at in stride(from: 0, to: head.count - 1, by: 2) {
        guard head[at + 1 - low] == 0 else { continue }
        guard head[at + low] >= 0x20 || (9...13).contains(head[at + low]) else { return false }
        latin += 1
      }
      return latin * 8 > head.count * 3
    }?.0
  }

  /// How much of some bytes is no UTF-8.
  private struct UTF8Damage {
    private let beyondASCII: Int
    private let broken: Int

    /// O(bytes), with a copy of them.
    init(_ bytes: [UInt8]) {
      beyondASCII = bytes.count { $0 >= 0x80 }
      broken = String(decoding: bytes, as: UTF8.self).unicodeScalars.count { $0 == "\u{FFFD}" }
    }
    /// Whether less than one character is broken for so many bytes beyond ASCII.
    func isLess(thanOneIn count: Int) -> Bool { broken * count < beyondASCII }
  }
  private static func isValidUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { UTF8Span.isValid($0) }
  }
  private static func valid(_ bytes: [UInt8], from start: Int = 0, _ how: How) -> Decoded {
    let text = Array(bytes[start...])
    if !isValidUTF8(text) { return Decoded(repairing: bytes, from: start, how) }
    var decoded = Decoded(text, "utf-8", how)
    if start > 0 { decoded.inFile.copy(at: 0, from: start) }
    return decoded
  }

  private static func convert(_ bytes: [UInt8], from name: String) -> [UInt8]? {
    let icuName = icuNames[name] ?? name
    let room = bytes.count + bytes.count / 2 + 64
    for capacity in [room, bytes.count * 4 + 64] {
      var needed = 0
      let utf8 = [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
        needed = Int(ctext_decode(icuName, bytes, Int64(bytes.count), out.baseAddress, Int64(capacity)))
        count = max(0, min(needed, capacity))
      }
      if needed < 0 { return nil }
      if needed <= capacity { return utf8 }
    }
    return nil
  }

  // MARK: Labels

  /// The label of `<meta charset=…>` or `<meta http-equiv … content="…; charset=…">` in the first 4 KB.
  private static func metaLabel(_ bytes: [UInt8]) -> String? {
    let head = String(decoding: bytes.prefix(4096), as: UTF8.self).lowercased()
    var rest = head[...]
    while let meta = rest.firstRange(of: "<meta") {
      let tag = rest[meta.upperBound...].prefix { $0 != ">" }
      if let at = tag.firstRange(of: "charset") {
        let value = tag[at.upperBound...].drop { $0 == " " || $0 == "=" || $0 == "\"" || $0 == "'" }
        let label = value.prefix { $0 != "\"" && $0 != "'" && $0 != ";" && $0 != " " && $0 != "/" }
        if !label.isEmpty { return String(label) }
      }
      rest = rest[meta.upperBound...]
    }
    return nil
  }

  /// ICU's names for the web's variants of some charsets.
  private static let icuNames = [
    "gbk": "gb18030", "shift_jis": "ibm-943_P15A-2003", "euc-kr": "windows-949", "big5": "ibm-1375_P100-2008",
  ]
}

/// Checks whole buffers for UTF-8.
enum UTF8Span {
  static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = bytes.count
    var i = beyondASCII(bytes, from: 0)
    while i < count {
      let c = bytes[i]
      let length = c >= 0xC2 && c < 0xE0 ? 2 : c & 0xF0 == 0xE0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0
      guard length > 0, i + length <= count else { return false }
      for k in 1..<length where bytes[i + k] & 0xC0 != 0x80 { return false }
      let second = bytes[i + 1]
      if (c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) || (c == 0xF0 && second < 0x90)
        || (c == 0xF4 && second > 0x8F)
      {
        return false
      }
      i = beyondASCII(bytes, from: i + length)
    }
    return true
  }

  /// The first byte from a place on that is none of ASCII; the end where there is none.
  @inline(__always)
  static func beyondASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var i = start
    while i + 8 <= bytes.count,
      UnsafeRawPointer(bytes.baseAddress! + i).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      i += 8
    }
    while i < bytes.count, bytes[i] < 0x80 { i += 1 }
    return i
  }
}
