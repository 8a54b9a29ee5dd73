/// Reads a plain-text dump of a page: one line, one block. Of one in Markdown the text of a line is what a reader would see.
struct TextReader {
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Blocks {
    var blocks = Blocks()
    blocks.text.reserveCapacity(bytes.count + 1)
    let head = DumpHead(bytes)
    blocks.head = head.head
    let markdown = MarkdownMarks(bytes, from: head.end)
    var (nextMark, nextLink) = (0, 0)
    var lineStart = head.end
    var emptyLines = 1
    while lineStart < bytes.count, blocks.count <= PageReader.partLimit {
      var lineEnd = bytes.lineEnd(from: lineStart)
      var next = bytes.nextLine(behind: lineEnd)
      while case .continued? = markdown.lines[next] {
        lineEnd = bytes.lineEnd(from: next)
        next = bytes.nextLine(behind: lineEnd)
      }
      let line = lineStart..<lineEnd
      let parts = markdown.isMarkdown ? markdown.text(of: line, bytes, next: &nextMark) : [line]
      if append(parts, bytes, to: &blocks, breaks: emptyLines > 0 ? 2 : 1) {
        emptyLines = 0
        blocks.lines.append(UInt32(line.lowerBound)..<UInt32(line.upperBound))
        if markdown.isMarkdown { mark(markdown.lines[lineStart], parts, &nextLink, markdown.links, &blocks) }
      } else {
        emptyLines += 1
      }
      lineStart = next
    }
    blocks.wraps = blocks.findWraps()
    return blocks
  }

  /// Says of the last block, whose parts these are, what Markdown says of its line. `next` is the first link that may reach
  /// into it.
  private func mark(
    _ kind: MarkdownMarks.Line?, _ parts: [Range<Int>], _ next: inout Int, _ links: [Range<Int>], _ blocks: inout Blocks
  ) {
    let block = blocks.count - 1
    blocks.contexts[block].insert(.markdown)
    switch kind {
    case .heading(let level): (blocks.kinds[block], blocks.levels[block]) = (.heading, UInt8(level))
    case .code: (blocks.kinds[block], blocks.levels[block]) = (.code, 0)
    case .fence: (blocks.kinds[block], blocks.levels[block]) = (.code, 1)
    case .continued, nil: break
    }
    if blocks.kinds[block] == .code { blocks.contexts[block].remove(.list) }
    var counted = -1
    for part in parts {
      while next < links.count, links[next].lowerBound < part.upperBound {
        let linked = links[next].clamped(to: part)
        blocks.linkBytes[block] += UInt32(linked.count)
        if !linked.isEmpty, counted < next {
          (blocks.linkCounts[block], counted) = (blocks.linkCounts[block] &+ 1, next)
        }
        if links[next].upperBound > part.upperBound { break }
        next += 1
      }
    }
  }

  private func append(
    _ parts: [Range<Int>], _ bytes: UnsafeBufferPointer<UInt8>, to blocks: inout Blocks, breaks: UInt8
  ) -> Bool {
    guard !parts.allSatisfy({ isBlank(bytes[$0]) }) else { return false }
    let start = blocks.text.count
    var space = -1
    for part in parts {
      if part.isEmpty { space = part.lowerBound - 1 }
      var i = part.lowerBound
      while i < part.upperBound {
        while i < part.upperBound, bytes[i] <= 0x20 {
          if bytes[i] != 0 { space = i }
          i += 1
        }
        // Words with single spaces between them are copied as they stand.
        let run = i
        while i < part.upperBound,
          bytes[i] > 0x20 || (bytes[i] == 0x20 && i + 1 < part.upperBound && bytes[i + 1] > 0x20)
        { i += 1 }
        guard run < i else { break }
        if space >= 0, blocks.text.count > start {
          blocks.source.copy(at: blocks.text.count, from: space)
          blocks.text.append(0x20)
        }
        space = -1
        blocks.source.copy(at: blocks.text.count, from: run)
        blocks.text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run..<i]))
      }
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
