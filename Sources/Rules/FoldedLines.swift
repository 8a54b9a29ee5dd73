import Language
import Pages

/// The lines of a page folded for matching, one after the other in one buffer, with the zeros between them
/// that `PhraseFinder` asks for.
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

  /// Whether two lines are the same text, folded.
  func areSame(_ a: Int, _ b: Int) -> Bool {
    hashes[a] == hashes[b] && bytes[ranges[a]].elementsEqual(bytes[ranges[b]])
  }

  mutating func read(_ blocks: Blocks, folder: Folder) {
    bytes.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    cores.removeAll(keepingCapacity: true)
    wordCounts.removeAll(keepingCapacity: true)
    scalarCounts.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    coreHashes.removeAll(keepingCapacity: true)
    blocks.text.withUnsafeBufferPointer { text in
      for block in 0..<blocks.count {
        let start = bytes.count
        let line = UnsafeBufferPointer(rebasing: text[blocks.range(block)])
        let isCode = blocks.kinds[block] == .code
        if !isCode { folder.fold(line, into: &bytes) }
        ranges.append(start..<bytes.count)
        bytes.append(contentsOf: repeatElement(0, count: PhraseFinder.padding))
        // Words are those of the text itself: a word spelled letter by letter counts by its letters.
        wordCounts.append(isCode ? 0 : Int32(WordCount.of(line)))
      }
    }
    bytes.withUnsafeBufferPointer { bytes in
      for range in ranges {
        let line = UnsafeBufferPointer(rebasing: bytes[range])
        let core = Self.core(line)
        cores.append(range.lowerBound + core.lowerBound..<range.lowerBound + core.upperBound)
        scalarCounts.append(line.reduce(0) { $0 &+ ($1 & 0xC0 != 0x80 ? 1 : 0) })
        hashes.append(PhraseTable.hash(line))
        coreHashes.append(
          core.count == line.count ? hashes.last! : PhraseTable.hash(UnsafeBufferPointer(rebasing: line[core])))
      }
    }
    countRepeats()
  }

  private mutating func countRepeats() {
    repeats = [Int32](repeating: 0, count: ranges.count)
    firsts = [Int32](repeating: 0, count: ranges.count)
    // Two lines of one page with the same 64 bits are taken for the same text.
    var size = 16
    while size < ranges.count * 2 { size *= 2 }
    // A first line plus one, 0 for none.
    var slots = [Int32](repeating: 0, count: size)
    for line in ranges.indices where !ranges[line].isEmpty {
      var slot = Int(truncatingIfNeeded: hashes[line]) & (size - 1)
      while slots[slot] != 0, hashes[Int(slots[slot] - 1)] != hashes[line] { slot = (slot + 1) & (size - 1) }
      if slots[slot] == 0 { slots[slot] = Int32(line + 1) }
      firsts[line] = slots[slot] - 1
      repeats[Int(firsts[line])] += 1
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

  private static let before = Decoration(" *+-<>#|/\\~_")
  private static let after = Decoration(" .:!>-|*/\\~_+<,;")
  /// Bullets, arrows, triangles, quotation arrows, ellipsis, crosses and hamburgers.
  private static let others = Set(
    "•·●○◦▪▫■□▶►▸▹▼▾▽◀◄←→↑↓⇒⇐➔➜➤»«›‹…×✕✖✓✔☰≡❯❮⌄︎".unicodeScalars.map(\.value))

  /// A set of ASCII characters.
  private struct Decoration {
    private var bits: (UInt64, UInt64) = (0, 0)

    init(_ characters: String) {
      for c in characters.utf8 {
        if c < 64 { bits.0 |= 1 << UInt64(c) } else { bits.1 |= 1 << UInt64(c - 64) }
      }
    }
    func contains(_ c: UInt8) -> Bool { (c < 64 ? bits.0 : bits.1) >> UInt64(c & 63) & 1 == 1 }
  }

  private static func decoration(_ line: UnsafeBufferPointer<UInt8>, at i: Int, isBefore: Bool) -> Int? {
    let c = line[i]
    if c < 0x80 { return (isBefore ? before : after).contains(c) ? 1 : nil }
    let scalar = TextBytes.scalar(line, i)
    return i + scalar.length <= line.count && others.contains(scalar.value) ? scalar.length : nil
  }
}
