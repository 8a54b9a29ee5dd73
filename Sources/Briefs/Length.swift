/// How long a text is, in the units of a budget.
struct Length: Equatable {
  var words = 0
  var characters = 0

  init() {}

  /// O(bytes).
  init(_ slice: Slice<UnsafeBufferPointer<UInt8>>) {
    let utf8 = UnsafeBufferPointer(rebasing: slice)
    var ideographs = 0
    var inWord = false
    var i = utf8.startIndex
    while i < utf8.endIndex {
      let c = utf8[i]
      if c < 0x80 {
        characters &+= 1
        // Without branches: where a word ends cannot be foretold.
        words &+= (c > 0x20 ? 1 : 0) & (inWord ? 0 : 1)
        inWord = c > 0x20
        i += 1
        continue
      }
      if c & 0xC0 != 0x80 { characters += 1 }
      if Self.isWideSpace(utf8, i) {
        inWord = false
      } else if c >= 0xE3, c <= 0xE9 {
        // Ideographs and kana; their punctuation (E3 80) is none, and a word may start behind it: "【Boat】".
        if c != 0xE3 || (i + 1 < utf8.endIndex && utf8[i + 1] != 0x80) {
          ideographs += 1
          inWord = true
        }
      } else if !inWord, c & 0xC0 != 0x80 {
        words += 1
        inWord = true
      }
      i += 1
    }
    words += (ideographs + 1) / 2
  }

  /// No-break, en, em and thin spaces, line and paragraph separators, and the ideographic space.
  private static func isWideSpace(_ utf8: UnsafeBufferPointer<UInt8>, _ i: Int) -> Bool {
    switch utf8[i] {
    case 0xC2 where i + 1 < utf8.endIndex: return utf8[i + 1] == 0xA0 || utf8[i + 1] == 0x85
    case 0xE2 where i + 2 < utf8.endIndex && utf8[i + 1] == 0x80:
      return utf8[i + 2] <= 0x8A || utf8[i + 2] == 0xA8 || utf8[i + 2] == 0xA9 || utf8[i + 2] == 0xAF
    case 0xE3 where i + 2 < utf8.endIndex: return utf8[i + 1] == 0x80 && utf8[i + 2] == 0x80
    default: return false
    }
  }

  /// Ends in a full-width stop or bracket, after which no space is set.
  static func endsWide(_ bytes: ArraySlice<UInt8>) -> Bool {
    let tail = Array(bytes.suffix(3))
    return tail.count == 3 && (tail[0] == 0xE3 && tail[1] == 0x80 || tail[0] == 0xEF && tail[1] == 0xBC)
  }
}
