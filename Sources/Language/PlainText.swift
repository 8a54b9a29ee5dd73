/// Folding of text that is ASCII, Latin-1, Latin Extended-A or Cyrillic but for curly quotes, dashes, ellipses and no-break spaces, and hides
/// no letters: what `Folder` makes of it, without ICU.
enum PlainText {
  /// What each byte becomes; 0 for what is dropped.
  private static let folded: [UInt8] = (0..<128).map { (byte: UInt8) -> UInt8 in
    switch byte {
    case 0x09, 0x0A, 0x0D: 0x20
    case ..<0x20, 0x7F: 0
    case 0x41...0x5A: byte | 0x20
    case 0x60: 0x27
    default: byte
    }
  }

  /// Appends the folded text; appends nothing and returns false where the text is of another kind.
  static func fold(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) -> Bool {
    let start = out.count
    out.append(contentsOf: text)
    let end = folded.withUnsafeBufferPointer { table in
      out.withUnsafeMutableBufferPointer { out in
        fold(UnsafeMutableBufferPointer(rebasing: out[start...]), table).map { start + $0 }
      }
    }
    out.removeLast(out.count - (end ?? start))
    return end != nil
  }

  /// Folds in place and returns the new length.
  private static func fold(_ text: UnsafeMutableBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt8>) -> Int? {
    var end = 0
    var wordStart = 0
    var single = 0  // words of one letter in a row
    var alphabets: Alphabets = []  // of the letters in a row
    var i = 0
    while i < text.count {
      var byte = text[i]
      if byte < 0x80 {
        byte = table[Int(byte)]
        i += 1
        if byte &- 0x61 < 26 { alphabets.insert(.latin) } else if byte != 0 { alphabets = [] }
        // A letter that looks like one of the other alphabet may hide.
        if alphabets == .both { return nil }
      } else if let letter = letter(text, i) {
        alphabets.insert(letter.alphabet)
        text[end] = letter.lead
        text[end + 1] = letter.tail
        end += 2
        i += 2
        if alphabets == .both { return nil }
        continue
      } else {
        alphabets = []
        guard let sign = sign(text, i) else { return nil }
        byte = sign.folded
        i += sign.length
        // An ellipsis is three full stops: as many bytes as it has itself.
        for _ in 1..<sign.count {
          text[end] = byte
          end += 1
        }
      }
      if byte > 0x20 {
        text[end] = byte
        end += 1
      } else if byte == 0x20, end > wordStart {
        single = end - wordStart == 1 ? single + 1 : 0
        if single == 4 { return nil }
        text[end] = 0x20
        end += 1
        wordStart = end
      }
    }
    if end == wordStart, end > 0 { return end - 1 }
    return single == 3 && end - wordStart == 1 ? nil : end
  }

  private struct Alphabets: OptionSet {
    let rawValue: UInt8
    static let latin = Alphabets(rawValue: 1)
    static let cyrillic = Alphabets(rawValue: 2)
    static let both: Alphabets = [.latin, .cyrillic]
  }

  /// The letter of two bytes at `i` in lower case; nil for any other character, and for letters that fold to others or to
  /// two, such as "ß".
  @inline(__always)
  private static func letter(_ text: UnsafeMutableBufferPointer<UInt8>, _ i: Int) -> (
    lead: UInt8, tail: UInt8, alphabet: Alphabets
  )? {
    guard i + 1 < text.count, text[i + 1] & 0xC0 == 0x80 else { return nil }
    let tail = text[i + 1]
    switch text[i] {
    case 0xC3 where tail != 0x9F: return (0xC3, tail < 0x9F && tail != 0x97 ? tail | 0x20 : tail, .latin)
    case 0xC4, 0xC5:
      // U+0100 to U+017F: each capital stands before its small letter.
      let letter = UInt32(text[i] & 0x1F) << 6 | UInt32(tail & 0x3F)
      switch letter {
      case 0x130, 0x132, 0x133, 0x138, 0x13F, 0x140, 0x149, 0x178, 0x17F: return nil
      case 0x139...0x148, 0x179...: return (text[i], tail + tail & 1, .latin)
      default: return (text[i], tail | 1, .latin)
      }
    case 0xD0, 0xD1:
      // U+0400 to U+045F.
      let letter = UInt32(text[i] & 0x1F) << 6 | UInt32(tail & 0x3F)
      guard letter < 0x460 else { return nil }
      let small = letter < 0x410 ? letter + 0x50 : letter < 0x430 ? letter + 0x20 : letter
      return (UInt8(0xC0 | small >> 6), UInt8(0x80 | small & 0x3F), .cyrillic)
    default: return nil
    }
  }

  /// What the sign at `i` becomes, and how often that; nil for any other character.
  @inline(__always)
  private static func sign(_ text: UnsafeMutableBufferPointer<UInt8>, _ i: Int) -> (
    folded: UInt8, count: Int, length: Int
  )? {
    if text[i] == 0xC2, i + 1 < text.count, text[i + 1] == 0xA0 { return (0x20, 1, 2) }
    guard text[i] == 0xE2, i + 2 < text.count, text[i + 1] == 0x80 else { return nil }
    return switch text[i + 2] {
    case 0x98, 0x99: (0x27, 1, 3)
    case 0x9C, 0x9D: (0x22, 1, 3)
    case 0x93, 0x94: (0x2D, 1, 3)
    case 0xA6: (0x2E, 3, 3)
    default: nil
    }
  }
}
