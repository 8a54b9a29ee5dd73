extension Blocks {
  /// What `wraps` should be.
  ///
  /// Text browsers and mail programs break paragraphs at a width, so that the first word of a line is always one that had
  /// no room on the line before. Where that holds of most neighbouring lines the dump is such a text, and of two
  /// neighbours of which it holds the second goes on the first. In Markdown all neighbours are one paragraph, but for rows of
  /// tables and short lines, which few writers mean so. O(bytes of text).
  func findWraps() -> [Bool] {
    var wraps = [Bool](repeating: false, count: count)
    guard count > 1 else { return wraps }
    let lengths = (0..<count).map { scalars(range($0)) }
    let pairs = (1..<count).filter { line in
      breaks[line] == 1 && kinds[line] == .paragraph && lengths[line - 1] >= HardWrap.least
        && bytes(line - 1).contains(0x20)
    }
    if contexts[0].contains(.markdown) {
      let row = UInt8(ascii: "|")
      for line in pairs where bytes(line).first != row && [.paragraph, .listItem].contains(kinds[line - 1]) {
        wraps[line] = bytes(line - 1).last != row
      }
      return wraps
    }
    let width = pairs.map { lengths[$0 - 1] }.max() ?? 0
    guard pairs.count >= 4, width <= HardWrap.most else { return wraps }
    let full = pairs.filter { line in
      let start = range(line).lowerBound
      let word = bytes(line).firstIndex(of: 0x20) ?? range(line).upperBound
      return lengths[line - 1] + 1 + scalars(start..<word) > width
    }
    guard full.count * 5 >= pairs.count * 4 else { return wraps }
    for line in full { wraps[line] = true }
    return wraps
  }

  private func scalars(_ range: Range<Int>) -> Int { text[range].count { $0 & 0xC0 != 0x80 } }
}

/// Widths at which texts are broken, in Unicode scalars.
private enum HardWrap {
  static let least = 40, most = 120
}
