import Language
import Pages
import Rules

/// What words say about the family of the text they stand in: a linear model over words, pairs of words
/// and marks of any language, learnt from what rules found.
///
/// The file, little-endian, as `Tools/train/families.py` writes it: "WNFW", a version, the number of
/// entries, the size of a step, 16 biases; then the entries' hashes, and 16 signed steps for each.
struct FamilyWords: Sendable {
  static let version: UInt32 = 1
  /// What the 16 values of an entry stand for; the last is for text that is no chaff.
  static let families: [Family] = [
    .navigation, .signup, .related, .share, .comments, .legal, .consent, .ads, .meta, .app, .donate, .player, .paywall,
    .error, .other, .boilerplate,
  ]
  /// Of longer texts the beginning tells enough.
  static let limit = 600

  private var keys: [UInt32] = [0]
  private var weights: [SIMD16<Int8>] = [.zero]
  private var bias = SIMD16<Float>.zero
  private var step: Float = 0

  /// Knows no word: for training the first words.
  init() {}

  /// Nil where the bytes are no such model.
  init?(_ reader: inout ModelReader) {
    guard reader.magic() == "WNFW", reader.next(UInt32.self) == Self.version,
      let count = reader.next(UInt32.self), count < 1 << 20, let step = reader.next(Float.self)
    else { return nil }
    self.step = step
    for lane in 0..<16 {
      guard let value = reader.next(Float.self) else { return nil }
      bias[lane] = value
    }
    var size = 16
    while size < 2 * Int(count) { size *= 2 }
    keys = [UInt32](repeating: 0, count: size)
    weights = [SIMD16<Int8>](repeating: .zero, count: size)
    var slots: [Int] = []
    for _ in 0..<count {
      guard let key = reader.next(UInt32.self) else { return nil }
      var slot = Int(key) & (size - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = key
      slots.append(slot)
    }
    for slot in slots {
      guard let value = reader.next(SIMD16<Int8>.self) else { return nil }
      weights[slot] = value
    }
  }

  /// Log-odds of each family, up to a constant. O(bytes).
  func scores(_ text: UnsafeBufferPointer<UInt8>) -> SIMD16<Float> {
    var sum = SIMD16<Int16>.zero
    var count: Float = 0
    let mask = keys.count - 1
    keys.withUnsafeBufferPointer { keys in
      weights.withUnsafeBufferPointer { weights in
        Self.eachKey(text) { key in
          count += 1
          var slot = Int(key) & mask
          while keys[slot] != 0 {
            if keys[slot] == key {
              sum &+= SIMD16<Int16>(truncatingIfNeeded: weights[slot])
              return
            }
            slot = (slot + 1) & mask
          }
        }
      }
    }
    return bias + SIMD16<Float>(sum) * (step / max(1, count).squareRoot())
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
      let key = fold(hash)
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
        if c > 0x20, c != 0x2E, c != 0x2C, c != 0x27, c != 0x2D { body(fold(TextHash.add(c, to: TextHash.start))) }
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
            body(fold(hash))
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
  @inline(__always)
  private static func fold(_ hash: UInt64) -> UInt32 { max(1, UInt32(truncatingIfNeeded: hash ^ (hash >> 32))) }
}
