import Language

/// The words of a text as hashes, for linear models: each word, number and mark, and each pair of neighbours among
/// them and the text's two ends.
enum WordKeys {
  /// Bytes of a text that count: of longer ones the beginning tells enough.
  static let limit = 600
  private static let edge: UInt32 = 1

  /// Calls `body` with the keys, never 0. Letters have no case in ASCII, Latin-1 and Cyrillic; a number counts by its
  /// length; an ideograph is a word; an apostrophe is one in either form. O(bytes).
  @inline(__always)
  static func each(_ text: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
    let count = min(limit, text.count)
    var hash = TextHash.start
    var length = 0
    var before = edge
    var i = 0
    @inline(__always) func take(_ hash: UInt64) {
      let key = WordTable.key(hash)
      body(key)
      body(pair(before, key))
      before = key
    }
    @inline(__always) func endWord() {
      guard length > 0 else { return }
      take(hash)
      hash = TextHash.start
      length = 0
    }
    @inline(__always) func add(_ lead: UInt8, _ tail: UInt8) {
      hash = TextHash.add(tail, to: TextHash.add(lead, to: hash))
      length += 1
    }
    while i < count {
      let c = text[i]
      i += 1
      if (c | 0x20) &- 0x61 < 26 {
        hash = TextHash.add(c | 0x20, to: hash)
        length += 1
      } else if c <= 0x20 {
        endWord()
      } else if c &- 0x30 < 10 {
        endWord()
        let start = i
        while i < count, text[i] &- 0x30 < 10 { i += 1 }
        take(TextHash.add(0x30 + UInt8(min(9, i - start)), to: TextHash.start))
      } else if c < 0x80 {
        endWord()
        take(TextHash.add(c, to: TextHash.start))
      } else {
        let size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1
        let next = i < text.count ? text[i] : 0
        let third = i + 1 < text.count ? text[i + 1] : 0
        i += size - 1
        switch c {
        case 0xE2 where next == 0x80 && third == 0x99:
          endWord()
          take(TextHash.add(0x27, to: TextHash.start))
        case 0xC2, 0xE2...0xE9, 0xF0...:  // signs, ideographs, pictures
          endWord()
          var sign = TextHash.add(next, to: TextHash.add(c, to: TextHash.start))
          if size > 2 { sign = TextHash.add(third, to: sign) }
          take(sign)
        case 0xC3 where next >= 0x80 && next <= 0x9E: add(0xC3, next | 0x20)
        case 0xD0 where next >= 0x90 && next <= 0x9F: add(0xD0, next + 0x20)
        case 0xD0 where next >= 0xA0 && next <= 0xAF: add(0xD1, next - 0x20)
        default:
          add(c, next)
          if size > 2 { hash = TextHash.add(third, to: hash) }
        }
      }
    }
    endWord()
    body(pair(before, edge))
  }

  @inline(__always)
  private static func pair(_ one: UInt32, _ other: UInt32) -> UInt32 { max(1, (one &* 0x9E37_79B1) ^ other) }
}
