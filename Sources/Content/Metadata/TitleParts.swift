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
    var start = text.startIndex
    var i = start
    while i < text.endIndex {
      guard let end = Self.mark(text, at: i), i > start, end < text.endIndex else {
        i = text.index(after: i)
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
  private static func mark(_ text: String, at i: String.Index) -> String.Index? {
    let c = text[i]
    if bars.contains(c) || (c == ":" && text[text.index(after: i)...].hasPrefix(" ")) {
      return text[text.index(after: i)...].firstIndex { $0 != " " && !bars.contains($0) } ?? text.endIndex
    }
    // Chinese and Japanese titles have no spaces around it.
    if c == "-" || c == "_" || c == "—" || c == "–", i > text.startIndex {
      let next = text.index(after: i)
      if isIdeograph(text[text.index(before: i)]), next < text.endIndex, isIdeograph(text[next]) { return next }
    }
    guard c == " " else { return nil }
    var end = text.index(after: i)
    while end < text.endIndex, marks.contains(text[end]) || bars.contains(text[end]) { end = text.index(after: end) }
    guard end > text.index(after: i), end < text.endIndex, text[end] == " " else { return nil }
    while end < text.endIndex, text[end] == " " || marks.contains(text[end]) { end = text.index(after: end) }
    return end
  }
  private static func isIdeograph(_ c: Character) -> Bool {
    c.unicodeScalars.first.map { (0x3000...0x9FFF).contains($0.value) || $0.value >= 0xFF00 } ?? false
  }
  private static let bars: Set<Character> = ["|", "｜", "│", "»", "¦"]
  private static let marks: Set<Character> = [
    "-", "–", "—", "−", "·", "•", "»", "«", "<", ">", "›", "‹", ":", "/", "~", "→", "←", "★", "⋆", "―", "‒",
  ]

  /// The text of some neighbouring parts with the marks between them.
  func joined(_ range: Range<Int>) -> String {
    range.isEmpty ? "" : String(text[parts[range.lowerBound].startIndex..<parts[range.upperBound - 1].endIndex])
  }
  var count: Int { parts.count }
  func isColon(before part: Int) -> Bool { marks[part].first == ":" }
}
