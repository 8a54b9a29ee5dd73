/// A title cut at the marks that sites put between a page's title and their own name.
struct TitleParts {
  private(set) var parts: [Substring]
  /// What stands before each part; empty before the first.
  private(set) var marks: [Substring]
  private let text: String

  init(_ text: String) {
    self.text = text
    parts = []
    marks = [""]
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var i = start
    while i < scalars.endIndex {
      guard let end = Self.mark(scalars, at: i), i > start, end < scalars.endIndex else {
        i = scalars.index(after: i)
        continue
      }
      parts.append(text[start..<i])
      marks.append(text[i..<end])
      start = end
      i = end
    }
    parts.append(text[start...])
  }

  /// The end of the mark at `i`: "|" however it stands, dashes, dots, arrows, colons and slashes between spaces,
  /// a colon before a space.
  private static func mark(_ text: String.UnicodeScalarView, at i: String.Index) -> String.Index? {
    let c = text[i]
    if (c.value | 0x20) &- 0x61 < 26 { return nil }
    let next = text.index(after: i)
    if isBar(c) || (c == ":" && next < text.endIndex && text[next] == " ") {
      return text[next...].firstIndex { $0 != " " && !isBar($0) } ?? text.endIndex
    }
    // Chinese and Japanese titles have no spaces around it.
    if c == "-" || c == "_" || c == "—" || c == "–", i > text.startIndex, next < text.endIndex,
      isIdeograph(text[text.index(before: i)]), isIdeograph(text[next])
    {
      return next
    }
    guard c == " " else { return nil }
    var end = next
    while end < text.endIndex, isMark(text[end]) || isBar(text[end]) { end = text.index(after: end) }
    guard end > next, end < text.endIndex, text[end] == " " else { return nil }
    while end < text.endIndex, text[end] == " " || isMark(text[end]) { end = text.index(after: end) }
    return end
  }
  private static func isIdeograph(_ c: Unicode.Scalar) -> Bool {
    (0x3000...0x9FFF).contains(c.value) || c.value >= 0xFF00
  }
  private static func isBar(_ c: Unicode.Scalar) -> Bool {
    switch c {
    case "|", "｜", "│", "»", "¦": true
    default: false
    }
  }
  private static func isMark(_ c: Unicode.Scalar) -> Bool {
    switch c {
    case "-", "–", "—", "−", "·", "•", "»", "«", "<", ">", "›", "‹", ":", "/", "~", "→", "←", "★", "⋆", "―", "‒": true
    default: false
    }
  }

  /// The text of some neighbouring parts with the marks between them.
  func joined(_ range: Range<Int>) -> String {
    range.isEmpty ? "" : String(text[parts[range.lowerBound].startIndex..<parts[range.upperBound - 1].endIndex])
  }
  var count: Int { parts.count }
  func isColon(before part: Int) -> Bool { marks[part].first == ":" }
}
