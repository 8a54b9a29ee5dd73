/// Reads a plain-text dump of a page: one line, one block.
struct TextReader {
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Blocks {
    var blocks = Blocks()
    blocks.text.reserveCapacity(bytes.count + 1)
    var lineStart = 0
    var emptyLines = 1
    while lineStart < bytes.count, blocks.count <= PageReader.partLimit {
      var lineEnd = lineStart
      while lineEnd < bytes.count, bytes[lineEnd] != 0x0A, bytes[lineEnd] != 0x0D { lineEnd += 1 }
      if append(bytes, lineStart..<lineEnd, to: &blocks, breaks: emptyLines > 0 ? 2 : 1) {
        emptyLines = 0
      } else {
        emptyLines += 1
      }
      let isCRLF = lineEnd + 1 < bytes.count && bytes[lineEnd] == 0x0D && bytes[lineEnd + 1] == 0x0A
      lineStart = lineEnd + (isCRLF ? 2 : 1)
    }
    return blocks
  }

  private func append(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, to blocks: inout Blocks, breaks: UInt8
  ) -> Bool {
    guard !isBlank(bytes[line]) else { return false }
    let start = blocks.text.count
    var i = line.lowerBound
    while i < line.upperBound {
      var isSpaced = false
      while i < line.upperBound, bytes[i] <= 0x20 {
        if bytes[i] != 0 { isSpaced = true }
        i += 1
      }
      // Words with single spaces between them are copied as they stand.
      let run = i
      while i < line.upperBound, bytes[i] > 0x20 || (bytes[i] == 0x20 && i + 1 < line.upperBound && bytes[i + 1] > 0x20)
      { i += 1 }
      guard run < i else { break }
      if isSpaced, blocks.text.count > start {
        blocks.source.copy(at: blocks.text.count, from: run - 1)
        blocks.text.append(0x20)
      }
      blocks.source.copy(at: blocks.text.count, from: run)
      blocks.text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run..<i]))
    }
    guard blocks.text.count > start else { return false }
    let isItem = Self.isListItem(blocks.text[start...])
    blocks.starts.append(UInt32(start))
    blocks.ends.append(UInt32(blocks.text.count))
    blocks.kinds.append(isItem ? .listItem : .paragraph)
    blocks.levels.append(isItem ? 1 : 0)
    blocks.contexts.append(isItem ? [.dump, .list] : [.dump])
    blocks.blockElements.append(-1)
    blocks.linkBytes.append(0)
    blocks.linkCounts.append(0)
    blocks.breaks.append(breaks)
    blocks.text.append(0x0A)
    return true
  }

  /// `* `, `- `, `+ `, `o `, `• ` or `1. ` and the like before more text.
  static func isListItem(_ line: ArraySlice<UInt8>) -> Bool {
    let line = Array(line.prefix(6))
    guard line.count >= 3 else { return false }
    if [0x2A, 0x2D, 0x2B, 0x6F].contains(line[0]), line[1] == 0x20 { return true }
    if line.starts(with: "• ".utf8) { return true }
    let digits = line.prefix { isDigit($0) }.count
    guard (1...2).contains(digits), digits + 1 < line.count else { return false }
    return (line[digits] == 0x2E || line[digits] == 0x29) && line[digits + 1] == 0x20
  }
}
