import Testing

@testable import Pages

@Suite struct CharsetTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var declared: String?
    var text: String
    var charset: Charset
    init(
      _ name: String, _ bytes: [UInt8], declared: String? = nil, _ text: String, _ charset: String, _ how: Charset.How
    ) {
      testDescription = name
      self.bytes = bytes
      self.declared = declared
      self.text = text
      self.charset = Charset(name: charset, how: how)
    }
  }
  private static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
  /// UTF-8 taken for Latin-1 and encoded once more.
  private static func twice(_ text: String) -> [UInt8] {
    var again = String.UnicodeScalarView()
    for byte in text.utf8 { again.append(Unicode.Scalar(byte)) }
    return Array(String(again).utf8)
  }
  private static func utf16(_ text: String, isBigEndian: Bool = false) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return isBigEndian ? bytes.reversed() : bytes
    }
  }
  static let cases: [Case] = [
    Case("nothing", [], "", "utf-8", .validUTF8),
    Case("UTF-8 mark", [0xEF, 0xBB, 0xBF] + ascii("é"), "é", "utf-8", .byteOrderMark),
    Case("UTF-8 mark before invalid bytes", [0xEF, 0xBB, 0xBF, 0x61, 0xFF], "a\u{FFFD}", "utf-8", .byteOrderMark),
    Case("UTF-16 little-endian mark", [0xFF, 0xFE, 0x61, 0, 0xE9, 0], "aé", "utf-16le", .byteOrderMark),
    Case("UTF-16 big-endian mark", [0xFE, 0xFF, 0, 0x61, 0, 0xE9], "aé", "utf-16be", .byteOrderMark),
    Case("UTF-16 without a mark", [0x3C, 0, 0x70, 0, 0x3E, 0, 0xE9, 0], "<p>é", "utf-16le", .detected),
    Case("UTF-16 without a mark, big-endian", [0, 0x3C, 0, 0x70, 0, 0x3E], "<p>", "utf-16be", .detected),
    Case(
      "UTF-16 text without a mark", utf16("He said “no” – twice.\r\n"), "He said “no” – twice.\r\n", "utf-16le",
      .detected
    ),
    Case(
      "UTF-16 text without a mark, big-endian", utf16("He said “no” – twice.\r\n", isBigEndian: true),
      "He said “no” – twice.\r\n", "utf-16be", .detected),
    Case("UTF-16 cut in a unit", [0xFF, 0xFE, 0x61, 0, 0xE9], "a\u{FFFD}", "utf-16le", .byteOrderMark),
    Case("valid UTF-8 wins over what is declared", ascii("é"), declared: "iso-8859-1", "é", "utf-8", .validUTF8),
    Case("UTF-8 twice", twice("“Ça va – déjà”"), declared: "utf-8", "“Ça va – déjà”", "utf-8", .detected),
    Case("UTF-8 twice by way of windows-1252", ascii("â€œnoâ€\u{9D} â€“ naÃ¯ve"), "“no” – naïve", "utf-8", .detected),
    Case("one character twice, with a control", twice("it’s"), "it’s", "utf-8", .detected),
    Case(
      "UTF-8 twice without a control", twice(String(repeating: "été, ", count: 10)),
      String(repeating: "été, ", count: 10), "utf-8", .detected),
    Case("UTF-8 twice with its mark", twice("\u{FEFF}it’s"), "it’s", "utf-8", .detected),
    Case(
      "UTF-8 twice, cut in a character", twice("it’s ") + ascii("\u{E2}\u{80}"), "it’s \u{E2}\u{80}", "utf-8", .detected
    ),
    Case("too little to tell", ascii("Ã©"), "Ã©", "utf-8", .validUTF8),
    Case(
      "some of it once", twice("“no” – naïve ") + ascii("é b"),
      "\u{E2}\u{80}\u{9C}no\u{E2}\u{80}\u{9D} \u{E2}\u{80}\u{93} naÃ¯ve é b", "utf-8", .validUTF8),
    Case("declared by the transport", [0xE9], declared: "windows-1251", "й", "windows-1251", .declared),
    Case("Latin-1 means windows-1252", [0x93, 0xE9, 0x94], declared: "ISO-8859-1", "“é”", "windows-1252", .declared),
    Case(
      "declared UTF-8 with a bad byte", ascii("é") + [0xE9] + ascii("ü"), declared: "utf-8", "é\u{FFFD}ü", "utf-8",
      .declared),
    Case(
      "declared UTF-8 and none of it", ascii("Das Caf") + [0xE9] + ascii(" in K") + [0xF6] + ascii("ln"),
      declared: "utf-8",
      "Das Café in Köln", "windows-1252", .detected),
    Case(
      "UTF-8 with a bad byte wins over another label",
      ascii("Zwölf große Boxkämpfer jagen Viktor über den Deich.") + [0xFF],
      declared: "iso-8859-1", "Zwölf große Boxkämpfer jagen Viktor über den Deich.\u{FFFD}", "utf-8", .detected),
    Case(
      "more than one bad byte in eight is no UTF-8", ascii("é") + [0xE9], declared: "iso-8859-1", "Ã©é", "windows-1252",
      .declared),
    Case(
      "UTF-8 with a bad byte and no label", ascii("Zwölf große Boxkämpfer jagen Viktor über den Deich.") + [0xFF],
      "Zwölf große Boxkämpfer jagen Viktor über den Deich.\u{FFFD}", "utf-8", .detected),
    Case(
      "ISO-2022-JP", [0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42], declared: "iso-2022-jp", "あ", "iso-2022-jp",
      .declared),
    Case(
      "ISO-2022-JP without a label", [0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42], "あ", "iso-2022-jp", .detected),
    Case(
      "valid UTF-8 wins over what is declared, escapes or none", ascii("é") + [0x1B, 0x5B], declared: "iso-8859-1",
      "é\u{1B}[", "utf-8", .validUTF8),
    Case("an escape in plain text", [0x61, 0x1B, 0x5B], "a\u{1B}[", "utf-8", .validUTF8),
    Case("meta charset", ascii("<meta charset=koi8-r>") + [0xC1], "<meta charset=koi8-r>а", "koi8-r", .declared),
    Case(
      "meta charset in quotes", ascii("<META CharSet = 'KOI8-R' >") + [0xC1], "<META CharSet = 'KOI8-R' >а", "koi8-r",
      .declared),
    Case(
      "meta http-equiv", ascii("<meta http-equiv=content-type content=\"text/html; charset=windows-1250\">") + [0x9C],
      "<meta http-equiv=content-type content=\"text/html; charset=windows-1250\">ś", "windows-1250", .declared),
    Case(
      "the transport wins over meta", ascii("<meta charset=koi8-r>") + [0xE9], declared: "windows-1252",
      "<meta charset=koi8-r>é", "windows-1252", .declared),
    Case(
      "an unknown label is passed over", ascii("<meta charset=latin1>") + [0xE9], declared: "x-klingon",
      "<meta charset=latin1>é", "windows-1252", .declared),
    Case(
      "meta cannot say UTF-16", ascii("<meta charset=utf-16>éü") + [0xE9], "<meta charset=utf-16>éü\u{FFFD}", "utf-8",
      .declared),
    Case("gb2312 means GBK", [0xC4, 0xE3, 0x81, 0x40], declared: "gb2312", "你丂", "gbk", .declared),
    Case("Shift_JIS", [0x82, 0xA0, 0x87, 0x40], declared: "x-sjis", "あ①", "shift_jis", .declared),
    Case("EUC-KR means windows-949", [0xB0, 0xA1, 0x81, 0x41], declared: "euc-kr", "가갂", "euc-kr", .declared),
    Case("EUC-JP", [0xA4, 0xA2], declared: "euc-jp", "あ", "euc-jp", .declared),
    Case("Big5", [0xA4, 0x40], declared: "big5", "一", "big5", .declared),
    Case(
      "invalid bytes of a declared charset", [0xA4, 0xA2, 0xFF, 0x61], declared: "euc-jp", "あ\u{FFFD}a", "euc-jp",
      .declared),
  ]
  @Test(arguments: cases) func decides(_ page: Case) {
    let decoded = Charset.decode(page.bytes, declared: page.declared)
    #expect(String(decoding: decoded.utf8, as: UTF8.self) == page.text)
    #expect(decoded.charset == page.charset)
  }
  @Test func detectsWithoutALabel() {
    // "The council will meet on Tuesday", thrice, in Russian.
    let sentence: [UInt8] = [
      0xD1, 0xEE, 0xE2, 0xE5, 0xF2, 0x20, 0xF1, 0xEE, 0xE1, 0xE5, 0xF0, 0xE5, 0xF2, 0xF1, 0xFF, 0x20, 0xE2, 0xEE, 0x20,
      0xE2,
      0xF2, 0xEE, 0xF0, 0xED, 0xE8, 0xEA, 0x2E, 0x20,
    ]
    let decoded = Charset.decode(sentence + sentence + sentence, declared: nil)
    #expect(decoded.charset == Charset(name: "windows-1251", how: .detected))
    #expect(String(decoding: decoded.utf8, as: UTF8.self).hasPrefix("Совет соберется во вторник."))
  }
  @Test func curlyQuotesWithoutALabel() {
    let page =
      Array("He said ".utf8) + [0x93] + Array("yes".utf8) + [0x94] + Array(" and paid ".utf8) + [0x80]
      + Array("5 for the caf".utf8) + [0xE9] + Array(".".utf8)
    let decoded = Charset.decode(page, declared: nil)
    #expect(String(decoding: decoded.utf8, as: UTF8.self) == "He said “yes” and paid €5 for the café.")
  }
  static let invalid: [[UInt8]] = [
    [0xC0, 0xAF], [0xC1, 0x80], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80],
    [0x80], [0xFF], [0xF0, 0x9F, 0x98], [0xE2, 0x82], [0xC3], [0xC3, 0x28], [0xE2, 0x28, 0xA1],
    [0xF0, 0x28, 0x8C, 0xBC],
  ]
  /// U+FFFD stands where `String` has it, and the offsets beside it.
  @Test(arguments: invalid) func invalidUTF8(_ bytes: [UInt8]) {
    let file = Array("012".utf8) + bytes + Array("é".utf8)
    let decoded = Decoded(repairing: file, from: 1, .declared)
    #expect(decoded.utf8 == Array(String(decoding: file[1...], as: UTF8.self).utf8))
    let count = decoded.utf8.count
    #expect(decoded.inFile.origin(of: 0..<2) == 1..<3)
    #expect(decoded.inFile.origin(of: 2..<count - 2) == 3..<file.count - 2)
    #expect(decoded.inFile.origin(of: count - 2..<count) == file.count - 2..<file.count)
  }
  static let labels: [(label: String, name: String?)] = [
    ("UTF8", "utf-8"), (" utf-8\n", "utf-8"), ("", nil), ("latin1", "windows-1252"), ("us-ascii", "windows-1252"),
    ("iso-8859-9", "windows-1254"), ("iso-8859-2", "iso-8859-2"), ("ks_c_5601-1987", "euc-kr"), ("x-gbk", "gbk"),
    ("utf-16", "utf-8"), ("dos-874", "windows-874"), ("utf-7", nil), ("scsu", nil), ("cp037", nil), ("x-klingon", nil),
  ]
  @Test(arguments: labels) func label(_ label: (label: String, name: String?)) {
    #expect(Charset.canonicalName(label.label) == label.name)
  }
  static let charsets = [
    "ibm866", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8",
    "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "koi8-r", "koi8-u", "macintosh",
    "windows-874", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
    "windows-1256", "windows-1257", "windows-1258", "x-mac-cyrillic", "gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp",
    "shift_jis", "euc-kr",
  ]
  @Test(arguments: charsets) func canBeDecoded(_ name: String) {
    #expect(Charset.canonicalName(name) == name)
    #expect(
      Charset.decode(Array("abc".utf8) + [0xB5, 0xD6], declared: name).charset == Charset(name: name, how: .declared))
  }
  @Test func utf7IsNoCharset() {
    let decoded = Charset.decode(Array("+ADw-script+AD4-".utf8) + [0xE9], declared: "utf-7")
    #expect(!decoded.utf8.contains(0x3C))
  }

  @Test func placesOfWhatWasEncodedTwice() {
    let bytes = Self.twice("ab “é” c")
    let decoded = Charset.decode(bytes, declared: nil)
    #expect(String(decoding: decoded.utf8, as: UTF8.self) == "ab “é” c")
    // The opening quotation mark has three bytes here and six in the file, the letter two and four.
    #expect(decoded.inFile.origin(of: 3..<6) == 3..<9)
    #expect(decoded.inFile.origin(of: 6..<8) == 9..<13)
    #expect(decoded.inFile.origin(of: 12..<13) == 20..<21)
    #expect(decoded.inFile.origin(of: 0..<decoded.utf8.count) == 0..<bytes.count)
  }

  /// The law: what was encoded twice is read as it was, with the places of all its characters.
  @Test(arguments: 0..<40) func readsWhatWasEncodedTwice(_ seed: Int) {
    let letters = Array("ab <é“”’—ßж日😀")
    let text = "’" + String((0..<1 + seed * 3 % 61).map { letters[($0 * (seed + 1) + $0 * $0) % letters.count] })
    let decoded = Charset.decode(Self.twice(text), declared: nil)
    #expect(String(decoding: decoded.utf8, as: UTF8.self) == text)
    var (place, inFile) = (0, 0)
    for scalar in text.unicodeScalars {
      let (length, twice) = (String(scalar).utf8.count, Self.twice(String(scalar)).count)
      #expect(decoded.inFile.origin(of: place..<place + length) == inFile..<inFile + twice)
      place += length
      inFile += twice
    }
  }
}
