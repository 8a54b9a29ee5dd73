/// Finds many phrases in one pass over the bytes.
///
/// At each byte the next two, and the next four, are looked up in a bitmap of those that some phrase starts
/// with; only where they are in it phrases are compared. Within a word that is a smaller one, since most phrases
/// do not start there. The bitmaps stay in the nearest cache, however many
/// phrases there are, and building them is linear. After S. Wu and U. Manber, A fast algorithm for
/// multi-pattern searching, TR-94-17, University of Arizona, 1994, without its shifts: phrases are short.
struct PhraseFinder: Sendable {
  /// What must stand behind a text that is scanned: so many zeros.
  static let padding = 8

  /// By phrase, in bytes.
  let lengths: [Int]

  /// The bytes of all phrases, one after the other.
  private var text: [UInt8] = []
  /// Phrases of one to three bytes: the pairs of bytes that they can start with. Longer ones: their first
  /// four bytes, hashed.
  /// The first half of each bitmap is for places within a word.
  private var pairs = [UInt64](repeating: 0, count: 2048)
  private var quads = [UInt64](repeating: 0, count: 2048)
  /// The phrases by bucket: those of one to three bytes under the first, the others under the hash.
  private var entries: [Entry] = []
  private var buckets: [Int32] = [0]
  private var hashShift: UInt32 = 32 - 4

  private struct Entry: Sendable {
    /// The first eight bytes, zeros where there are fewer, and which of them count.
    var head: UInt64
    var mask: UInt64
    var phrase: Int32
    var length: Int32
    /// Where in `text` it stands.
    var start: Int32
  }

  /// Phrases must be distinct, not empty and without zeros. One that is a whole word may be passed over where an
  /// ASCII letter or digit stands before it and it starts with one.
  init(_ phrases: [[UInt8]], isWholeWord: [Bool] = []) {
    lengths = phrases.map(\.count)
    while 1 << (32 - hashShift) < phrases.count { hashShift -= 1 }
    var lists = [[Entry]](repeating: [], count: 256 + 1 << (32 - hashShift))
    for (number, phrase) in phrases.enumerated() {
      let head = phrase.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let entry = Entry(
        head: head, mask: phrase.count >= 8 ? .max : 1 << UInt64(phrase.count * 8) - 1, phrase: Int32(number),
        length: Int32(phrase.count), start: Int32(text.count))
      text += phrase
      let halves = isWholeWord.isEmpty || !isWholeWord[number] || !Self.isWord(phrase[0]) ? [0, 1024] : [1024]
      if phrase.count >= 4 {
        let hash = Self.hash(head)
        for half in halves { quads[half + Int(hash >> 22)] |= 1 << UInt64(hash >> 16 & 63) }
        lists[256 + Int(hash >> hashShift)].append(entry)
      } else {
        for second in phrase.count > 1 ? phrase[1]...phrase[1] : 0...255 {
          for half in halves { pairs[half + Int(second) << 2 + Int(phrase[0] >> 6)] |= 1 << UInt64(phrase[0] & 63) }
        }
        lists[Int(phrase[0])].append(entry)
      }
    }
    for list in lists {
      entries += list
      buckets.append(Int32(entries.count))
    }
  }

  @inline(__always)
  private static func hash(_ head: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: head) &* 0x9E37_79B1 }

  /// Calls `hit` with each phrase that stands in the text, and the offset behind it. `padding` zeros must
  /// stand behind the text.
  @inline(__always)
  func scan(_ text: UnsafeBufferPointer<UInt8>, _ hit: (_ phrase: Int, _ end: Int) -> Void) {
    guard !entries.isEmpty, let base = UnsafeRawPointer(text.baseAddress) else { return }
    pairs.withUnsafeBufferPointer { pairs in
      quads.withUnsafeBufferPointer { quads in
        buckets.withUnsafeBufferPointer { buckets in
          entries.withUnsafeBufferPointer { entries in
            func compare(_ bucket: Int, _ head: UInt64, _ at: Int) {
              for index in Int(buckets[bucket])..<Int(buckets[bucket + 1]) {
                let entry = entries[index]
                guard (entry.head ^ head) & entry.mask == 0, entry.length <= 8 || goesOn(entry, base, at) else {
                  continue
                }
                hit(Int(entry.phrase), at + Int(entry.length))
              }
            }
            var wasWord = false
            for i in 0..<text.count {
              let head = base.loadUnaligned(fromByteOffset: i, as: UInt64.self)
              let isWord = Self.isWord(UInt8(truncatingIfNeeded: head))
              let half = isWord && wasWord ? 0 : 1024
              wasWord = isWord
              if pairs[half + Int(head >> 6 & 1023)] >> (head & 63) & 1 == 1 { compare(Int(head & 0xFF), head, i) }
              let hash = Self.hash(head)
              if quads[half + Int(hash >> 22)] >> UInt64(hash >> 16 & 63) & 1 == 1 {
                compare(256 + Int(hash >> hashShift), head, i)
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func isWord(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }

  /// Whether the text goes on as the phrase does behind its head. The zeros end it where the text ends.
  private func goesOn(_ entry: Entry, _ text: UnsafeRawPointer, _ at: Int) -> Bool {
    for i in 8..<Int(entry.length) {
      guard self.text[Int(entry.start) + i] == text.load(fromByteOffset: at + i, as: UInt8.self) else { return false }
    }
    return true
  }
}
