/// A folded line, and what places of phrases are measured by.
struct PlacedLine {
  var text: UnsafeBufferPointer<UInt8>
  /// Without bullets before and punctuation after.
  var core: Range<Int>
  /// All bytes are characters.
  var isPlain: Bool

  /// Whether what stands somewhere stands where it is wanted.
  @inline(__always)
  func isPlace(_ place: RuleProgram.Meaning.Place, _ found: Range<Int>) -> Bool {
    let (start, end) = (found.lowerBound, found.upperBound)
    return switch place {
    case .within(let latest, _): start <= latest || !isPlain && isWithin(latest, start)
    case .start: (start == 0 || start == core.lowerBound) && isBoundary(end)
    case .end: (end == text.count || end == core.upperBound) && isBoundary(start)
    case .inside: isBoundary(start) && isBoundary(end)
    }
  }

  /// At most so many characters stand before `at`.
  private func isWithin(_ latest: Int32, _ at: Int) -> Bool {
    at <= Int(latest) &* 4 && text[..<at].count { $0 & 0xC0 != 0x80 } <= latest
  }
  /// No letter or digit stands on both sides of `at`.
  private func isBoundary(_ at: Int) -> Bool {
    guard at > 0, at < text.count, Self.isWord(text[at]) else { return true }
    var before = at - 1
    while before > 0, text[before] & 0xC0 == 0x80 { before -= 1 }
    return !Self.isWord(text[before])
  }
  /// Whether a first byte is that of a letter or digit. Cyrillic, Greek and accented Latin have two bytes;
  /// scripts of three bytes and more are mostly written without spaces and have no boundaries to ask for.
  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || (byte >= 0xC3 && byte < 0xE0)
  }
}

extension PlacedLine {
  /// `bytes` are those of the lines.
  init(_ line: Int, _ lines: FoldedLines, _ bytes: UnsafeBufferPointer<UInt8>) {
    let (range, core) = (lines.ranges[line], lines.cores[line])
    text = UnsafeBufferPointer(rebasing: bytes[range])
    self.core = core.lowerBound - range.lowerBound..<core.upperBound - range.lowerBound
    isPlain = range.count == lines.scalarCounts[line]
  }
}
