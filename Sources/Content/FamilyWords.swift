import Language
import Pages
import Rules

/// What words say about the family of the text they stand in: a linear model over words, pairs of words
/// and marks of any language, learnt from what rules found.
struct FamilyWords: Sendable {
  /// What the 16 values of an entry stand for; the last is for text that is no chaff.
  static let families: [Family] = [
    .navigation, .signup, .related, .share, .comments, .legal, .consent, .ads, .meta, .app, .donate, .player, .paywall,
    .error, .other, .boilerplate,
  ]
  /// Of longer texts the beginning tells enough.
  static let limit = 600

  private var table = WordTable()

  /// Knows no word: for training the first words.
  init() {}

  /// Nil where the bytes are no such model.
  init?(_ reader: inout ModelReader) {
    guard let table = WordTable(&reader) else { return nil }
    self.table = table
  }

  /// Log-odds of each family, up to a constant. O(bytes).
  func scores(_ text: UnsafeBufferPointer<UInt8>) -> SIMD16<Float> {
    table.bias + table.sums { Self.eachKey(text, $0) }
  }

  /// Calls `body` with the hash, never 0, of each word, each pair of neighbouring words and each mark.
  /// Letters have no case in ASCII, Latin-1 and Cyrillic; a number counts by its length; an ideograph is a word.
  @inline(__always)
  static func eachKey(_ text: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
    let count = min(limit, text.count)
    var hash = TextHash.start
    var length = 0
    var before: UInt32 = 0
    var i = 0
    @inline(__always) func end() {
      guard length > 0 else { return }
      let key = WordTable.key(hash)
      body(key)
      if before != 0 { body(max(1, (before &* 0x9E37_79B1) ^ key)) }
      before = key
      hash = TextHash.start
      length = 0
    }
    while i < count {
      let c = text[i]
      i += 1
      if (c | 0x20) &- 0x61 < 26 {
        hash = TextHash.add(c | 0x20, to: hash)
        length += 1
      } else if c &- 0x30 < 10 {
        end()
        while i < count, text[i] &- 0x30 < 10 {
          length += 1
          i += 1
        }
        hash = TextHash.add(0x30 + UInt8(min(9, length + 1)), to: hash)
        length = 1
        end()
      } else if c < 0x80 {
        end()
        // Full stops, commas, apostrophes and hyphens are everywhere.
        if c > 0x20, c != 0x2E, c != 0x2C, c != 0x27, c != 0x2D {
          body(WordTable.key(TextHash.add(c, to: TextHash.start)))
        }
      } else {
        let size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1
        let next = i < text.count ? text[i] : 0
        let third = i + 1 < text.count ? text[i + 1] : 0
        i += size - 1
        switch c {
        case 0xE2 where next == 0x80 && third == 0x99: break  // an apostrophe goes on with the word
        case 0xC2, 0xE2, 0xE3...0xE9, 0xF0...:
          end()
          for byte in [c, next, third].prefix(min(3, size)) { hash = TextHash.add(byte, to: hash) }
          length = 1
          if c == 0xC2 || c == 0xE2 || c >= 0xF0 {
            body(WordTable.key(hash))
            hash = TextHash.start
            length = 0
          } else {
            end()
          }
        case 0xC3 where next >= 0x80 && next <= 0x9E: add(0xC3, next | 0x20)
        case 0xD0 where next >= 0x90 && next <= 0x9F: add(0xD0, next + 0x20)
        case 0xD0 where next >= 0xA0 && next <= 0xAF: add(0xD1, next - 0x20)
        default:
          add(c, next)
          if size > 2 { hash = TextHash.add(third, to: hash) }
        }
      }
    }
    end()

    @inline(__always) func add(_ lead: UInt8, _ tail: UInt8) {
      hash = TextHash.add(tail, to: TextHash.add(lead, to: hash))
      length += 1
    }
  }
}
