import CText

/// Folded text that shrinks in place: what was read is written again further left. Linear in its length.
struct Compaction {
  private(set) var read: Int
  private var write: Int
  /// From an index of the text to that of its entry in the map.
  private let offset: Int

  init(_ folded: [UInt8], _ map: [Int32], from start: Int) {
    read = start
    write = start
    offset = map.count - 1 - folded.count
  }

  func origin(_ index: Int, _ map: [Int32]) -> Int32 { map[index + offset] }

  mutating func keep(_ count: Int, _ folded: inout [UInt8], _ map: inout [Int32]) {
    for _ in 0..<count { put(folded[read], taking: 1, &folded, &map) }
  }
  /// Writes a byte for the next `count` bytes.
  mutating func put(_ byte: UInt8, taking count: Int, _ folded: inout [UInt8], _ map: inout [Int32]) {
    folded[write] = byte
    map[write + offset] = map[read + offset]
    write += 1
    read += count
  }
  /// Cuts off what is left over.
  func finish(_ folded: inout [UInt8], _ map: inout [Int32]) {
    guard write < folded.count else { return }
    map[write + offset] = map[folded.count + offset]
    map.removeLast(folded.count - write)
    folded.removeLast(folded.count - write)
  }
}

/// Foreign letters that look Latin, in words that have Latin letters too (Unicode Technical Standard 39).
struct Lookalikes {
  private let folder: OpaquePointer

  init(_ folder: OpaquePointer) { self.folder = folder }

  /// `map` has one offset more than the folded text has bytes from `start` on.
  func undo(_ folded: inout [UInt8], _ map: inout [Int32], from start: Int) {
    var text = Compaction(folded, map, from: start)
    while text.read < folded.count {
      guard Self.isLetter(folded[text.read]) else {
        text.keep(1, &folded, &map)
        continue
      }
      let (end, isMixed) = Self.word(folded, from: text.read)
      while text.read < end {
        let lead = folded[text.read]
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        if isMixed, length == 2, let latin = latin(folded, at: text.read) {
          text.put(latin, taking: 2, &folded, &map)
        } else {
          text.keep(min(length, end - text.read), &folded, &map)
        }
      }
    }
    text.finish(&folded, &map)
  }

  private func latin(_ folded: [UInt8], at i: Int) -> UInt8? {
    guard i + 1 < folded.count else { return nil }
    let latin = ctext_latin_lookalike(folder, UInt32(folded[i] & 0x1F) << 6 | UInt32(folded[i + 1] & 0x3F))
    return latin == 0 ? nil : latin
  }

  private static func word(_ folded: [UInt8], from start: Int) -> (end: Int, isMixed: Bool) {
    var end = start
    var hasLatin = false
    var hasForeign = false
    while end < folded.count, isLetter(folded[end]) {
      if folded[end] < 0x80 { hasLatin = true } else if isGreekOrCyrillic(folded[end]) { hasForeign = true }
      end += 1
    }
    return (end, hasLatin && hasForeign)
  }
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 }
  /// Lead bytes of U+0370 to U+052F.
  static func isGreekOrCyrillic(_ byte: UInt8) -> Bool { byte >= 0xCD && byte <= 0xD4 }
}

/// Words written letter by letter: four or more single letters with one space between them.
package enum SpacedLetters {
  /// Wrongly yes is possible, wrongly no is not.
  package static func mayStand(in folded: [UInt8], from start: Int) -> Bool {
    var (letters, length) = (0, 0)
    for byte in folded[start...] {
      if byte == 0x20 {
        letters = length == 1 ? letters + 1 : 0
        if letters == 4 { return true }
        length = 0
      } else {
        length += 1
      }
    }
    return letters == 3 && length == 1
  }

  static func undo(_ folded: inout [UInt8], _ map: inout [Int32], from start: Int) {
    var text = Compaction(folded, map, from: start)
    while text.read < folded.count {
      let end = run(folded, map, text, notBefore: start)
      // "a b c d" at least; shorter runs are initials and lists.
      guard end - text.read >= 7 else {
        text.keep(1, &folded, &map)
        continue
      }
      while text.read < end { text.put(folded[text.read], taking: text.read + 1 < end ? 2 : 1, &folded, &map) }
    }
    text.finish(&folded, &map)
  }

  /// The end of the run of single ASCII letters that starts where the text is read; that place where
  /// none does.
  private static func run(_ folded: [UInt8], _ map: [Int32], _ text: Compaction, notBefore start: Int) -> Int {
    func isSingle(_ at: Int) -> Bool {
      folded[at] &- 0x61 < 26 && (at == start || folded[at - 1] == 0x20)
        && (at + 1 == folded.count || folded[at + 1] == 0x20)
    }
    guard isSingle(text.read) else { return text.read }
    var end = text.read + 1
    // More than one space in the text parts two words.
    while end + 1 < folded.count, isSingle(end + 1), text.origin(end + 1, map) - text.origin(end - 1, map) == 2 {
      end += 2
    }
    return end
  }
}
