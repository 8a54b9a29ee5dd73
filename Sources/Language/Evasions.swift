import CText

/// Foreign letters that look Latin, in words that have Latin letters too (Unicode Technical Standard 39).
struct Lookalikes {
  private let folder: OpaquePointer

  init(_ folder: OpaquePointer) { self.folder = folder }

  /// `map` runs in step with `folded` from its own end backwards: one offset more than bytes.
  func undo(_ folded: inout [UInt8], _ map: inout [Int32], from start: Int) {
    let mapStart = map.count - 1 - (folded.count - start)
    var i = start
    while i < folded.count {
      guard Self.isLetter(folded[i]) else {
        i += 1
        continue
      }
      var end = i
      var hasLatin = false
      var hasForeign = false
      while end < folded.count, Self.isLetter(folded[end]) {
        if folded[end] < 0x80 { hasLatin = true } else if Self.isGreekOrCyrillic(folded[end]) { hasForeign = true }
        end += 1
      }
      if hasLatin, hasForeign { end -= replace(in: i..<end, &folded, &map, mapOffset: mapStart - start) }
      i = end
    }
  }

  /// Returns by how many bytes the word shrank.
  private func replace(in word: Range<Int>, _ folded: inout [UInt8], _ map: inout [Int32], mapOffset: Int) -> Int {
    var read = word.lowerBound
    var write = word.lowerBound
    while read < word.upperBound {
      let length = folded[read] < 0x80 ? 1 : folded[read] < 0xE0 ? 2 : folded[read] < 0xF0 ? 3 : 4
      var latin: UInt8 = 0
      if length == 2 {
        let scalar = UInt32(folded[read] & 0x1F) << 6 | UInt32(folded[read + 1] & 0x3F)
        latin = ctext_latin_lookalike(folder, scalar)
      }
      if latin != 0 {
        folded[write] = latin
        map[write + mapOffset] = map[read + mapOffset]
        write += 1
      } else {
        for k in 0..<length {
          folded[write + k] = folded[read + k]
          map[write + k + mapOffset] = map[read + k + mapOffset]
        }
        write += length
      }
      read += length
    }
    folded.removeSubrange(write..<word.upperBound)
    map.removeSubrange(write + mapOffset..<word.upperBound + mapOffset)
    return word.upperBound - write
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 }
  /// Lead bytes of U+0370 to U+052F.
  private static func isGreekOrCyrillic(_ byte: UInt8) -> Bool { byte >= 0xCD && byte <= 0xD4 }
}

/// Words written letter by letter: four or more single letters with one space between them.
enum SpacedLetters {
  static func undo(_ folded: inout [UInt8], _ map: inout [Int32], from start: Int) {
    let mapOffset = map.count - 1 - folded.count
    var i = start
    while i + 6 < folded.count {
      let end = run(folded, map, mapOffset, from: i, notBefore: start)
      // "a b c d" at least; shorter runs are initials and lists.
      if end - i >= 7 {
        var write = i + 1
        for read in stride(from: i + 2, to: end, by: 2) {
          folded[write] = folded[read]
          map[write + mapOffset] = map[read + mapOffset]
          write += 1
        }
        folded.removeSubrange(write..<end)
        map.removeSubrange(write + mapOffset..<end + mapOffset)
        i = write
      } else {
        i += 1
      }
    }
  }

  /// The end of the run of single ASCII letters that starts at `i`; `i` where none does.
  private static func run(_ folded: [UInt8], _ map: [Int32], _ mapOffset: Int, from i: Int, notBefore start: Int) -> Int
  {
    func isSingle(_ at: Int) -> Bool {
      folded[at] &- 0x61 < 26 && (at == start || folded[at - 1] == 0x20)
        && (at + 1 == folded.count || folded[at + 1] == 0x20)
    }
    guard isSingle(i) else { return i }
    var end = i + 1
    // More than one space in the text parts two words.
    while end + 1 < folded.count, isSingle(end + 1), map[end + 1 + mapOffset] - map[end - 1 + mapOffset] == 2 {
      end += 2
    }
    return end
  }
}
