import Pages

/// Literal text as Markdown: backslashes before what would be read as markup, and nowhere else.
struct MarkdownText {
  /// What the text stands in, which decides what would be markup there.
  enum Place { case line, heading, cell }

  /// A whole line of the page, of which pieces are written between marks.
  let text: [UInt8]
  let line: Range<Int>
  let place: Place

  /// The kinds of characters between which emphasis starts and ends (CommonMark, section 6.2). Symbols are punctuation
  /// to some parsers and parts of words to others.
  enum Side { case space, punctuation, symbol, word }

  // A tag stands between the lines of a cell, a backslash behind the line of a paragraph.
  func side(before offset: Int) -> Side {
    guard offset > line.lowerBound else { return place == .cell ? .punctuation : .space }
    var start = offset - 1
    while start > line.lowerBound, text[start] & 0xC0 == 0x80 { start -= 1 }
    return side(start..<offset)
  }
  func side(behind offset: Int) -> Side {
    guard offset < line.upperBound else { return place == .heading ? .space : .punctuation }
    var end = offset + 1
    while end < line.upperBound, text[end] & 0xC0 == 0x80 { end += 1 }
    return side(offset..<end)
  }
  private func side(_ character: Range<Int>) -> Side {
    let first = text[character.lowerBound]
    if first <= 0x20 { return .space }
    if first < 0x80 { return Self.isPunctuation(first) ? .punctuation : .word }
    let scalar = String(decoding: text[character], as: UTF8.self).unicodeScalars.first!
    switch scalar.properties.generalCategory {
    case .spaceSeparator: return .space
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return .punctuation
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return .symbol
    default: return .word
    }
  }
  static func canOpen(_ before: Side, _ behind: Side) -> Bool {
    behind == .word || behind != .space && (before == .space || before == .punctuation)
  }
  static func canClose(_ before: Side, _ behind: Side) -> Bool { canOpen(behind, before) }

  /// A part of the line between two marks, or between one of them and an end of the line.
  struct Piece {
    var range: Range<Int>
    var isBehindMark = false
    var isBeforeMark = false
    var isBeforeLink = false
  }

  func append(_ piece: Piece, to out: inout [UInt8]) {
    let opener = piece.range.lowerBound == line.lowerBound && !piece.isBehindMark ? blockMarker : nil
    var i = piece.range.lowerBound
    while i < piece.range.upperBound {
      let byte = text[i]
      var end = i + 1
      if byte == 0x5F || byte == 0x7E || byte == 0x2A {
        while end < piece.range.upperBound, text[end] == byte { end += 1 }
      }
      // Behind an escaped one the others of a fence could strike through.
      let isMarkup = isMarkup(i..<end, in: piece) || (i == opener && byte == 0x7E)
      for at in i..<end {
        if isMarkup || at == opener { out.append(0x5C) }
        out.append(byte)
      }
      i = end
    }
  }

  /// Whether a character, or a run of one that is read as a whole, is markup in the middle of a line.
  private func isMarkup(_ run: Range<Int>, in piece: Piece) -> Bool {
    let next = run.upperBound < piece.range.upperBound ? text[run.upperBound] : nil
    switch text[run.lowerBound] {
    case 0x60, 0x5B, 0x5D: return true
    case 0x5C: return next.map(Self.isPunctuation) ?? true
    case 0x3C: return next.map { Self.isLetter($0) || [0x21, 0x2F, 0x3F].contains($0) } ?? false
    case 0x26: return startsReference(run.upperBound, piece.range)
    // It would make an image of the link.
    case 0x21: return next == nil && piece.isBeforeLink
    case 0x7C: return place == .cell
    // Closing hashes of a heading are no part of it.
    case 0x23: return place == .heading && endsHeading(run.lowerBound)
    case 0x2A: return sides(run, piece) != (.space, .space) || run.lowerBound == line.lowerBound
    case 0x5F:
      // A blank to fill in at the end of a line opens nothing that could close.
      if run.upperBound == line.upperBound, !piece.isBeforeMark, side(before: run.lowerBound) == .space { return false }
      let (before, behind) = sides(run, piece)
      let canOpen = Self.canOpen(before, behind)
      return canOpen != Self.canClose(before, behind) || canOpen && before == .punctuation
    // Strikes through where a second run can close it.
    case 0x7E:
      let (before, behind) = sides(run, piece)
      return Self.canClose(before, behind)
    default: return false
    }
  }

  private func sides(_ run: Range<Int>, _ piece: Piece) -> (Side, Side) {
    let isBehindMark = piece.isBehindMark && run.lowerBound == piece.range.lowerBound
    let isBeforeMark = piece.isBeforeMark && run.upperBound == piece.range.upperBound
    return (
      isBehindMark ? .punctuation : side(before: run.lowerBound),
      isBeforeMark ? .punctuation : side(behind: run.upperBound)
    )
  }

  /// `name;` or `#1;` behind an ampersand.
  private func startsReference(_ start: Int, _ piece: Range<Int>) -> Bool {
    var i = start
    if i < piece.upperBound, text[i] == 0x23 { i += 1 }
    let name = i
    while i < piece.upperBound, i - name < 32, Self.isLetter(text[i]) || Self.isDigit(text[i]) { i += 1 }
    return i > name && i < piece.upperBound && text[i] == 0x3B
  }

  private func endsHeading(_ offset: Int) -> Bool {
    (offset == line.lowerBound || text[offset - 1] == 0x20) && text[offset..<line.upperBound].allSatisfy { $0 == 0x23 }
  }

  /// Where the character stands by which the line would start a block that is no paragraph; nil where it would not.
  private var blockMarker: Int? {
    guard place == .line, let first = text[line].first else { return nil }
    let start = line.lowerBound
    func isSpace(_ offset: Int) -> Bool { offset >= line.upperBound || text[offset] == 0x20 }
    switch first {
    case 0x3E: return start
    case 0x2B, 0x2D: if isSpace(start + 1) { return start }
    case 0x23:
      let hashes = text[line].prefix { $0 == 0x23 }
      if hashes.count <= 6, isSpace(hashes.endIndex) { return start }
    case 0x7E: if text[line].starts(with: [0x7E, 0x7E, 0x7E]) { return start }
    case 0x30...0x39:
      let end = text[line].prefix(10).prefix(while: Self.isDigit).endIndex
      if end - start < 10, end < line.upperBound, text[end] == 0x2E || text[end] == 0x29, isSpace(end + 1) {
        return end
      }
    default: break
    }
    // A rule, the line below a heading or the one below the head of a table.
    let isRule = text[line].allSatisfy { [0x20, 0x2D, 0x3A, 0x3D, 0x5F, 0x7C].contains($0) }
    return isRule && text[line].contains { $0 != 0x3A && $0 != 0x7C } ? start : nil
  }

  /// Text in code, which is literal but for what ends a cell.
  func code(_ piece: Range<Int>) -> [UInt8] {
    place == .cell ? text[piece].flatMap { $0 == 0x7C ? [0x5C, $0] : [$0] } : Array(text[piece])
  }

  /// The address of a link, in which references and escapes are read as in text. Some parsers look for references behind a
  /// backslash too, so the ampersand is one itself.
  static func address(_ address: [UInt8]) -> [UInt8] {
    let text = MarkdownText(text: address, line: address.indices, place: .line)
    return address.indices.flatMap { i -> [UInt8] in
      let byte = address[i]
      guard byte == 0x26 || byte == 0x5C, text.isMarkup(i..<i + 1, in: Piece(range: text.line)) else { return [byte] }
      return byte == 0x26 ? Array("&amp;".utf8) : [byte, byte]
    }
  }

  /// As many backticks as enclose code that may hold some.
  static func fence(_ code: ArraySlice<UInt8>, atLeast count: Int) -> [UInt8] {
    var longest = 0
    var run = 0
    for byte in code {
      run = byte == 0x60 ? run + 1 : 0
      longest = max(longest, run)
    }
    return Array(repeating: 0x60, count: max(count, longest + 1))
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  private static func isPunctuation(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !isLetter(byte) && !isDigit(byte)
  }
}
