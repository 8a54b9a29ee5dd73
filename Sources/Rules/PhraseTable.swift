/// Texts by their hashes, for looking up whole lines: open addressing over flat arrays, so that a lookup
/// neither allocates nor counts references.
struct PhraseTable: Sendable {
  private var text: [UInt8] = []
  private var starts: [Int32] = [0]
  private var hashes: [UInt64] = []
  /// The number of a text plus one, 0 for none.
  private var slots: [Int32] = [0]
  /// In bytes.
  private(set) var longest = 0

  /// Returns the number of the text, which counts from 0.
  mutating func add(_ added: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = Self.hash(added)
    if let known = find(hash, added) { return known }
    text += added
    starts.append(Int32(text.count))
    hashes.append(hash)
    longest = max(longest, added.count)
    if hashes.count * 2 > slots.count {
      slots = Array(repeating: 0, count: slots.count * 4)
      for number in hashes.indices { place(number) }
    } else {
      place(hashes.count - 1)
    }
    return Int32(hashes.count - 1)
  }

  var count: Int { hashes.count }
  @inline(__always)
  func withText<Result>(_ number: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    text.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(Int(number))])) }
  }
  private func range(_ number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }

  /// By their numbers.
  var all: [ArraySlice<UInt8>] { hashes.indices.map { text[range($0)] } }

  /// Eight bytes at a time, for tables that live no longer than the program.
  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(text.count)
    func add(_ word: UInt64) {
      let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      hash = product.high ^ product.low &+ word
    }
    guard let base = UnsafeRawPointer(text.baseAddress) else { return hash }
    var i = 0
    while i + 8 <= text.count {
      add(base.loadUnaligned(fromByteOffset: i, as: UInt64.self))
      i += 8
    }
    add(text[i...].reduce(0) { $0 << 8 | UInt64($1) })
    return hash
  }

  private mutating func place(_ number: Int) {
    var slot = Int(truncatingIfNeeded: hashes[number]) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(number + 1)
  }

  /// The number of a text that has this hash; nil where it was not added.
  @inline(__always)
  func find(_ hash: UInt64, _ wanted: UnsafeBufferPointer<UInt8>) -> Int32? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      let range = range(number)
      if hashes[number] == hash, range.count == wanted.count, text[range].elementsEqual(wanted) {
        return Int32(number)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
