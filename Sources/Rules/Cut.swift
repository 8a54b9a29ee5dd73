import Language
import Pages

/// Pages cut into sentences or paragraphs instead of lines.
enum Cut {
  /// Longer runs of lines without an empty one are no paragraphs.
  static let longestParagraph = 40

  /// Each sentence as a block, and the line that it stands in. Code is left out.
  static func sentences(of blocks: Blocks, _ splitter: SentenceSplitter) -> (blocks: Blocks, lines: [Int]) {
    var parts: [(range: Range<Int>, block: Int)] = []
    var ranges: [Range<Int>] = []
    blocks.text.withUnsafeBufferPointer { text in
      for line in 0..<blocks.count where blocks.kinds[line] != .code {
        let whole = blocks.range(line)
        ranges.removeAll(keepingCapacity: true)
        splitter.split(UnsafeBufferPointer(rebasing: text[whole]), language: blocks.head.language, into: &ranges)
        for range in ranges {
          parts.append((whole.lowerBound + range.lowerBound..<whole.lowerBound + range.upperBound, line))
        }
      }
    }
    return (blocks.cut(into: parts), parts.map(\.block))
  }

  /// Each paragraph as a block, and its lines. A line that belongs to no other is one too.
  static func paragraphs(of blocks: Blocks) -> (blocks: Blocks, lines: [Range<Int>]) {
    var lines: [Range<Int>] = []
    var start = 0
    while start < blocks.count {
      var end = start + 1
      while end < blocks.count, continues(end, blocks) { end += 1 }
      if end - start <= longestParagraph {
        lines.append(start..<end)
      } else {
        lines += (start..<end).map { $0..<$0 + 1 }
      }
      start = end
    }
    let parts = lines.map {
      (
        $0.reduce(into: blocks.range($0.lowerBound)) { range, line in
          range = range.lowerBound..<blocks.range(line).upperBound
        }, $0.lowerBound
      )
    }
    return (blocks.cut(into: parts), lines)
  }

  /// Whether a line goes on with the paragraph of the line before.
  private static func continues(_ line: Int, _ blocks: Blocks) -> Bool {
    blocks.breaks[line] == 1 && blocks.kinds[line] == blocks.kinds[line - 1]
      && blocks.blockElements[line] == blocks.blockElements[line - 1]
      && [.paragraph, .quote].contains(blocks.kinds[line])
  }
}
