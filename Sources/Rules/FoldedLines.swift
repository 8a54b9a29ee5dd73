import Language
import Pages

/// The lines of a page folded for matching, one after the other in one buffer.
struct FoldedLines {
  private(set) var bytes: [UInt8] = []
  /// For each line the range of its folded text in `bytes`; empty for code, which no rule reads.
  private(set) var ranges: [Range<Int>] = []
  /// The range without bullets before and punctuation after.
  private(set) var cores: [Range<Int>] = []
  private(set) var wordCounts: [Int32] = []
  private(set) var scalarCounts: [Int32] = []
  /// By line: hashes of the folded text and of its core.
  private(set) var hashes: [UInt64] = []
  private(set) var coreHashes: [UInt64] = []
  /// By line: how often its folded text stands on the page, and the line where it stands first.
  private(set) var repeats: [Int32] = []
  private(set) var firsts: [Int32] = []

  mutating func read(_ blocks: Blocks, folder: Folder) {
    bytes.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    cores.removeAll(keepingCapacity: true)
    wordCounts.removeAll(keepingCapacity: true)
    scalarCounts.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    coreHashes.removeAll(keepingCapacity: true)
    var map: [Int32] = []
    blocks.text.withUnsafeBufferPointer { text in
      for block in 0..<blocks.count {
        let start = bytes.count
        if blocks.kinds[block] != .code {
          map.removeAll(keepingCapacity: true)
          folder.fold(UnsafeBufferPointer(rebasing: text[blocks.range(block)]), into: &bytes, map: &map)
        }
        ranges.append(start..<bytes.count)
      }
    }
    // Words are those of the text itself: a word spelled letter by letter counts by its letters.
    blocks.text.withUnsafeBufferPointer { text in
      for block in 0..<blocks.count {
        let isCode = blocks.kinds[block] == .code
        wordCounts.append(isCode ? 0 : Int32(WordCount.of(UnsafeBufferPointer(rebasing: text[blocks.range(block)]))))
      }
    }
    bytes.withUnsafeBufferPointer { bytes in
      for range in ranges {
        let line = UnsafeBufferPointer(rebasing: bytes[range])
        let core = Self.core(line)
        cores.append(range.lowerBound + core.lowerBound..<range.lowerBound + core.upperBound)
        scalarCounts.append(Int32(line.count { $0 & 0xC0 != 0x80 }))
        hashes.append(TextHash.of(line))
        coreHashes.append(
          core.count == line.count ? hashes.last! : TextHash.of(UnsafeBufferPointer(rebasing: line[core])))
      }
    }
    countRepeats()
  }

  private mutating func countRepeats() {
    repeats = [Int32](repeating: 0, count: ranges.count)
    firsts = [Int32](repeating: 0, count: ranges.count)
    // Two lines of one page with the same 64 bits are taken for the same text.
    var seen: [UInt64: Int32] = [:]
    seen.reserveCapacity(ranges.count)
    for line in ranges.indices where !ranges[line].isEmpty {
      let first = seen[hashes[line], default: Int32(line)]
      if first == line { seen[hashes[line]] = first }
      firsts[line] = first
      repeats[Int(first)] += 1
    }
    for line in ranges.indices { repeats[line] = repeats[Int(firsts[line])] }
  }

  /// The line without bullets and arrows before it and without closing punctuation, arrows and
  /// dots after it.
  static func core(_ line: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var start = 0
    var end = line.count
    // "o " is how text browsers write the bullet of an inner list.
    if end > 3, line[0] == 0x6F, line[1] == 0x20 { start = 2 }
    while start < end, let length = decoration(line, at: start, isBefore: true) { start += length }
    while end > start {
      var last = end - 1
      while last > start, line[last] & 0xC0 == 0x80 { last -= 1 }
      guard let length = decoration(line, at: last, isBefore: false), last + length == end else { break }
      end = last
    }
    // A line of nothing but decoration is what it is.
    return start < end ? start..<end : 0..<line.count
  }

  private static let ascii: (before: [UInt8], after: [UInt8]) = (
    Array(" *+-<>#|/\\~_".utf8), Array(" .:!>-|*/\\~_+<,;".utf8)
  )
  /// Bullets, arrows, triangles, quotation arrows, ellipsis, crosses and hamburgers.
  private static let others = Set(
    "•·●○◦▪▫■□▶►▸▹▼▾▽◀◄←→↑↓⇒⇐➔➜➤»«›‹…×✕✖✓✔☰≡❯❮⌄︎".unicodeScalars.map { Array(String($0).utf8) })

  private static func decoration(_ line: UnsafeBufferPointer<UInt8>, at i: Int, isBefore: Bool) -> Int? {
    let c = line[i]
    if c < 0x80 { return (isBefore ? ascii.before : ascii.after).contains(c) ? 1 : nil }
    let length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2
    guard i + length <= line.count, others.contains(Array(line[i..<i + length])) else { return nil }
    return length
  }
}
