@testable import Pages

/// The plainest way from HTML to text, to hold the reader against: no tree, no structure.
enum PlainText {
  static func strip(_ html: [UInt8], tags: Bool = true) -> [UInt8] {
    html.withUnsafeBufferPointer { html in
      var text: [UInt8] = []
      var (start, i) = (0, 0)
      func read(to end: Int) {
        text += CharacterReferences.shared.text(of: UnsafeBufferPointer(rebasing: html[start..<end]))
      }
      while tags, i < html.count {
        if html[i] == 0x3C, let end = endOfMarkup(html, i) {
          read(to: i)
          (start, i) = (end, end)
        } else {
          i += 1
        }
      }
      read(to: html.count)
      return text
    }
  }

  private static func endOfMarkup(_ html: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    let rest = html[start...]
    func end(behind closing: String) -> Int { rest.firstRange(of: closing.utf8)?.upperBound ?? html.count }
    if rest.starts(with: "<!--".utf8) { return end(behind: "-->") }
    for element in ["script", "style", "svg", "iframe"] where rest.starts(with: "<\(element)".utf8) {
      return end(behind: "</\(element)>")
    }
    guard start + 1 < html.count, isLetter(html[start + 1]) || [0x2F, 0x21, 0x3F].contains(html[start + 1]) else {
      return nil
    }
    var quote: UInt8 = 0
    for i in start + 1..<html.count {
      if quote != 0 {
        if html[i] == quote { quote = 0 }
      } else if (html[i] == 0x22 || html[i] == 0x27) && html[i - 1] == 0x3D {
        quote = html[i]
      } else if html[i] == 0x3E {
        return i + 1
      }
    }
    return html.count
  }

  /// White space runs, no-break spaces among them, become one space, none at the ends; NULs go.
  static func collapse(_ text: [UInt8]) -> [UInt8] {
    let text = String(decoding: text.filter { $0 != 0 }, as: UTF8.self)
    let words = text.unicodeScalars.split { $0.value <= 0x20 || $0.value == 0xA0 }
    return Array(words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ").utf8)
  }
}
