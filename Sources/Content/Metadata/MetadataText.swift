import Pages

/// Small operations on the short strings that metadata are.
enum MetadataText {
  /// One line of text: tags out, character references decoded, white space collapsed, invisible characters out.
  static func plain(_ text: String) -> String {
    var text = text
    if text.utf8.contains(0x26) { text = text.decodingCharacterReferences }
    if text.utf8.contains(0x3C) { text = withoutTags(text) }
    return line(text)
  }

  /// The same for text that holds neither tags nor references: that of the page's blocks.
  static func line(_ text: String) -> String {
    var text = text
    if let ascii = plainASCII(&text) { return ascii }
    var plain = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || scalar.value < 0x20 {
        pendingSpace = !plain.isEmpty
        continue
      }
      if isInvisible(scalar) { continue }
      if pendingSpace { plain.append(" ") }
      pendingSpace = false
      plain.append(scalar)
    }
    return String(plain)
  }

  /// The same for text in ASCII, which most is; nil for other text.
  private static func plainASCII(_ text: inout String) -> String? {
    text.withUTF8 { bytes in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      return String(unsafeUninitializedCapacity: bytes.count) { out in
        var count = 0
        for (i, c) in bytes.enumerated() where c > 0x20 && c != 0x7F {
          if count > 0, bytes[i - 1] <= 0x20 {
            out[count] = 0x20
            count += 1
          }
          out[count] = c
          count += 1
        }
        return count
      }
    }
  }

  /// Soft hyphens, zero-width and bidirectional marks, and the byte order mark.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  private static func withoutTags(_ text: String) -> String {
    var out: [UInt8] = []
    var inTag = false
    let bytes = Array(text.utf8)
    for (i, c) in bytes.enumerated() {
      if inTag {
        inTag = c != 0x3E
      } else if c == 0x3C, i + 1 < bytes.count, (bytes[i + 1] | 0x20) &- 0x61 < 26 || bytes[i + 1] == 0x2F {
        inTag = true
        out.append(0x20)
      } else {
        out.append(c)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Letters and digits in lower case, one space between words: what two values are compared by.
  static func words(_ text: String) -> [Substring] { fold(text).utf8.split(separator: 0x20).map { Substring($0) } }

  static func fold(_ text: String) -> String {
    var text = text
    if let ascii = foldASCII(&text) { return ascii }
    var folded = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in text.lowercased().unicodeScalars {
      let value = scalar.value
      let isWord =
        value < 0x80
        ? (value | 0x20) &- 0x61 < 26 || value &- 0x30 < 10
        : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || scalar.properties.generalCategory == .nonspacingMark
      if !isWord {
        if !isInvisible(scalar), scalar != "'", scalar != "’" { pendingSpace = !folded.isEmpty }
        continue
      }
      if pendingSpace { folded.append(" ") }
      pendingSpace = false
      folded.append(scalar)
    }
    return String(folded)
  }

  private static func foldASCII(_ text: inout String) -> String? {
    text.withUTF8 { bytes in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      return String(unsafeUninitializedCapacity: bytes.count) { out in
        var count = 0
        var pendingSpace = false
        for c in bytes {
          let isLetter = (c | 0x20) &- 0x61 < 26
          guard isLetter || c &- 0x30 < 10 else {
            if c != 0x27 { pendingSpace = count > 0 }
            continue
          }
          if pendingSpace {
            out[count] = 0x20
            count += 1
          }
          pendingSpace = false
          out[count] = isLetter ? c | 0x20 : c
          count += 1
        }
        return count
      }
    }
  }

  /// Folded without spaces: "Make More Music" is the host "makemoremusic".
  static func squeeze(_ text: String) -> String { String(fold(text).unicodeScalars.filter { $0 != " " }) }
}

extension String {
  /// Whether the bytes of `word` stand in it. Many times faster than `contains`, which compares characters.
  func holds(_ word: String) -> Bool {
    var (text, word) = (self, word)
    return text.withUTF8 { text in
      word.withUTF8 { word in
        guard let first = word.first, text.count >= word.count else { return word.isEmpty }
        return (0...(text.count - word.count)).contains { start in
          text[start] == first && (1..<word.count).allSatisfy { text[start + $0] == word[$0] }
        }
      }
    }
  }
}
