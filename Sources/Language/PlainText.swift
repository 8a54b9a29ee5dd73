/// Folding of text that is ASCII but for curly quotes, dashes, ellipses and no-break spaces, and hides no letters: what
/// `Folder` makes of it, without ICU.
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
    var i = 0
    while i < text.count {
      var byte = text[i]
      if byte < 0x80 {
        byte = table[Int(byte)]
        i += 1
      } else {
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
