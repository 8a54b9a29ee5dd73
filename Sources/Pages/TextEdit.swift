/// A piece of a page's text, and what is written in its place.
public struct TextEdit: Sendable, Equatable {
  /// UTF-8 offsets in `Blocks.text`, half-open, inside one block, not empty.
  public var range: Range<Int>
  /// UTF-8 without line breaks; empty where the piece only goes.
  public var text: [UInt8]

  package init(range: Range<Int>, text: [UInt8]) {
    self.range = range
    self.text = text
  }
}

extension Blocks {
  /// The page with other text in some places; `source` still leads to what each byte came from, a replacement to the
  /// whole of what it replaces. Where a piece goes, a space beside it goes too, so that words stay apart by one and
  /// marks such as commas by none.
  ///
  /// `edits` are in order and do not overlap. A block whose whole text goes becomes empty, which no other block is.
  /// O(text + runs of its source + (blocks + spans + elements) × log edits).
  package func applying(_ edits: [TextEdit]) -> Blocks {
    var result = self
    result.text = []
    result.text.reserveCapacity(text.count)
    var map = OffsetMap()
    var at = 0
    var moved: [(from: Range<Int>, to: Range<Int>)] = []
    func copy(to end: Int) {
      guard end > at else { return }
      map.copy(at: result.text.count, from: at..<end, of: source)
      result.text += text[at..<end]
      at = end
    }
    for edit in edits {
      let range = edit.text.isEmpty ? withSpace(edit.range, from: at) : edit.range
      copy(to: range.lowerBound)
      let start = result.text.count
      if !edit.text.isEmpty {
        map.rewrite(at: start, for: source.origin(of: range))
        result.text += edit.text
      }
      moved.append((range, start..<result.text.count))
      at = range.upperBound
    }
    copy(to: text.count)
    result.source = map
    func move(_ offset: UInt32) -> UInt32 {
      let next = moved.partitioningIndex { $0.from.lowerBound >= Int(offset) }
      guard next > 0 else { return offset }
      let last = moved[next - 1]
      let beyond = Int(offset) - last.from.upperBound
      return UInt32(beyond < 0 ? last.to.upperBound : last.to.upperBound + beyond)
    }
    result.starts = starts.map(move)
    result.ends = ends.map(move)
    for index in result.spans.indices {
      result.spans[index].start = move(spans[index].start)
      result.spans[index].end = move(spans[index].end)
    }
    result.elements.moveText(move)
    return result
  }

  /// A piece that goes, with the space before it or, at a block's start, behind it.
  private func withSpace(_ range: Range<Int>, from start: Int) -> Range<Int> {
    let before = range.lowerBound > start ? text[range.lowerBound - 1] : 0x0A
    let next = text[range.upperBound]
    if before == 0x20, [0x20, 0x0A, 0x2C, 0x2E, 0x3B, 0x3A, 0x21, 0x3F, 0x29].contains(next) {
      return range.lowerBound - 1..<range.upperBound
    }
    return before == 0x0A && next == 0x20 ? range.lowerBound..<range.upperBound + 1 : range
  }

  /// The same text cut elsewhere: one block for each range, which is all else as the given block is.
  ///
  /// Ranges are in order, not empty, and do not overlap. O(ranges + spans).
  package func cut(into parts: [(range: Range<Int>, block: Int)]) -> Blocks {
    var result = self
    result.starts = parts.map { UInt32($0.range.lowerBound) }
    result.ends = parts.map { UInt32($0.range.upperBound) }
    result.kinds = parts.map { kinds[$0.block] }
    result.contexts = parts.map { contexts[$0.block] }
    result.levels = parts.map { levels[$0.block] }
    result.blockElements = parts.map { blockElements[$0.block] }
    result.breaks = parts.map { breaks[$0.block] }
    // These are of whole lines.
    (result.wraps, result.lines) = ([], [])
    result.linkBytes = Array(repeating: 0, count: parts.count)
    result.linkCounts = Array(repeating: 0, count: parts.count)
    var part = 0
    for span in spans where span.kind == .link {
      while part < parts.count, parts[part].range.upperBound <= Int(span.start) { part += 1 }
      var touched = part
      while touched < parts.count, parts[touched].range.lowerBound < Int(span.end) {
        let common = parts[touched].range.clamped(to: Int(span.start)..<Int(span.end))
        result.linkBytes[touched] += UInt32(common.count)
        if result.linkCounts[touched] < .max { result.linkCounts[touched] += 1 }
        touched += 1
      }
    }
    return result
  }
}
