import Language

/// A linear model over hashed words, for up to 16 answers: what each word adds to the log-odds of each.
///
/// The file, little-endian, as `Tools/train/word_table.py` writes it: "WNFW", a version, the number of
/// entries, the size of a step, 16 biases; then the entries' hashes, and 16 signed steps for each.
struct WordTable: Sendable {
  static let version: UInt32 = 1

  private var keys: [UInt32] = [0]
  private var weights: [SIMD16<Int8>] = [.zero]
  private var step: Float = 0
  private(set) var bias = SIMD16<Float>.zero

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

  /// Log-odds of each answer for a text, by `WordKeys`. O(bytes).
  func scores(_ text: UnsafeBufferPointer<UInt8>) -> SIMD16<Float> { bias + sums { WordKeys.each(text, $0) } }

  /// What the words of a text add, whose keys `eachKey` passes on: their sum by the root of their number, so that
  /// long texts do not shout. O(keys).
  @inline(__always)
  func sums(_ eachKey: (_ body: (UInt32) -> Void) -> Void) -> SIMD16<Float> {
    var sum = SIMD16<Int32>.zero
    var count: Float = 0
    let mask = keys.count - 1
    keys.withUnsafeBufferPointer { keys in
      weights.withUnsafeBufferPointer { weights in
        eachKey { key in
          count += 1
          var slot = Int(key) & mask
          while keys[slot] != 0 {
            if keys[slot] == key {
              sum &+= SIMD16<Int32>(truncatingIfNeeded: weights[slot])
              return
            }
            slot = (slot + 1) & mask
          }
        }
      }
    }
    return SIMD16<Float>(sum) * (step / max(1, count).squareRoot())
  }

  /// Of a word's 64-bit hash; never 0, which marks free slots.
  @inline(__always)
  static func key(_ hash: UInt64) -> UInt32 { max(1, UInt32(truncatingIfNeeded: hash ^ (hash >> 32))) }
}
