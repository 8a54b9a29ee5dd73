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
    guard c == " " else { return nil }
    var end = text.index(after: i)
    while end < text.endIndex, marks.contains(text[end]) || bars.contains(text[end]) { end = text.index(after: end) }
    guard end > text.index(after: i), end < text.endIndex, text[end] == " " else { return nil }
    while end < text.endIndex, text[end] == " " || marks.contains(text[end]) { end = text.index(after: end) }
    return end
  }
  private static let bars: Set<Character> = ["|", "｜", "│", "»", "¦"]
  private static let marks: Set<Character> = [
    "-", "–", "—", "−", "·", "•", "»", "«", "<", ">", "›", "‹", ":", "/", "~", "→", "←", "★", "⋆", "+", "*", "―", "‒",
  ]

  /// The text of some neighbouring parts with the marks between them.
  func joined(_ range: Range<Int>) -> String {
    range.isEmpty ? "" : String(text[parts[range.lowerBound].startIndex..<parts[range.upperBound - 1].endIndex])
  }
  var count: Int { parts.count }
  func isColon(before part: Int) -> Bool { marks[part].first == ":" }
}
