/// Finds many phrases in one pass over the bytes.
///
/// At each byte the next two, three and four are looked up in a bitmap of those that some phrase starts
/// with; only where they are in it phrases are compared, and of long ones only those whose first eight bytes have the
/// same hash. Far from the start of the text the bitmap is a smaller one, since most phrases do not start there; and few
/// start within a word, where three bytes are looked up first. The bitmaps stay in the nearest caches, however many
/// phrases there are, and building them is linear. After S. Wu and U. Manber, A fast algorithm for
/// multi-pattern searching, TR-94-17, University of Arizona, 1994, without its shifts: phrases are short.
struct PhraseFinder: Sendable {
  /// What must stand behind a text that is scanned: so many zeros. Of its last byte and the seven behind it four are read at
  /// once each.
  static let padding = 10
  /// How many characters are near the start of a text.
  static let near = 8

  /// The bytes of all phrases, one after the other.
  private var text: [UInt8] = []
  /// Four bitmaps: of the pairs of bytes that phrases of one and two bytes can start with; of phrases of three, hashed;
  /// of the first four bytes of longer ones, hashed; and of the first three bytes, hashed, of all that stand within words.
  /// The first three have quarters for places within a word, at others, and the same near the start of the text; the last
  /// has halves.
  private var bitmaps = [UInt64](repeating: 0, count: 3 * 4096 + 2048)
  private static let triples = 4096, quads = 2 * 4096, inner = 3 * 4096
  /// The phrases by bucket: those of one byte, of two, of three, of four to seven by the hash of the first four, of eight
  /// and more by that of the first eight.
  private var entries: [Entry] = []
  private var buckets: [Int32] = []
  private var startsWithSpace = false
  private var hashShift: UInt32 = 32 - 4

  private struct Entry: Sendable {
    /// The first eight bytes, zeros where there are fewer, and which of them count.
    var head: UInt64 = 0
    var mask: UInt64 = 0
    var phrase: Int32 = 0
    var length: Int32 = 0
    /// Where in `text` it stands.
    var start: Int32 = 0
  }

  /// Where a phrase is wanted; elsewhere it may be found or passed over.
  struct Place {
    /// Not where an ASCII letter or digit stands before it and it starts with one.
    var isWordStart = false
    /// Near the start only.
    var isNear = false
  }

  /// What to look for: a text that is not empty and without zeros, under a number.
  struct Phrase {
    var text: ArraySlice<UInt8>
    var number: Int
    var place = Place()
  }

  /// Texts must be distinct.
  init(_ phrases: [Phrase] = []) {
    while 1 << (32 - hashShift) < phrases.count { hashShift -= 1 }
    var all: [(entry: Entry, bucket: Int)] = []
    all.reserveCapacity(phrases.count)
    for wanted in phrases {
      let (phrase, place) = (wanted.text, wanted.place)
      var head: UInt64 = 0
      for i in 0..<min(8, phrase.count) { head |= UInt64(phrase[phrase.startIndex + i]) << UInt64(8 * i) }
      let entry = Entry(
        head: head, mask: phrase.count >= 8 ? .max : 1 << UInt64(phrase.count * 8) - 1, phrase: Int32(wanted.number),
        length: Int32(phrase.count), start: Int32(text.count))
      text += phrase
      startsWithSpace = startsWithSpace || phrase.first == 0x20
      let isWithin = !place.isWordStart && Self.isWord(phrase.first!)
      for quarter in 0..<4 where (quarter & 1 == 1 || isWithin) && (quarter & 2 == 2 || !place.isNear) {
        note(phrase, head, quarter * 1024)
        if quarter & 1 == 0 { noteInner(phrase.count, head, quarter * 512) }
      }
      all.append((entry, bucket(phrase, head)))
    }
    buckets = Array(repeating: 0, count: Self.firstQuad + 2 << (32 - hashShift) + 1)
    for (_, bucket) in all { buckets[bucket + 1] += 1 }
    for bucket in buckets.indices.dropFirst() { buckets[bucket] += buckets[bucket - 1] }
    entries = Array(repeating: Entry(), count: all.count)
    var ends = buckets
    for (entry, bucket) in all {
      entries[Int(ends[bucket])] = entry
      ends[bucket] += 1
    }
  }

  private mutating func note(_ phrase: ArraySlice<UInt8>, _ head: UInt64, _ quarter: Int) {
    if phrase.count >= 3 {
      let hash = phrase.count == 3 ? Self.tripleHash(head) : Self.hash(head)
      let bitmap = phrase.count == 3 ? Self.triples : Self.quads
      note(hash, bitmap + quarter)
      return
    }
    let (first, second) = (phrase.first!, phrase.last!)
    for second in phrase.count > 1 ? second...second : 0...255 {
      bitmaps[quarter + Int(second) << 2 + Int(first >> 6)] |= 1 << UInt64(first & 63)
    }
  }
  private mutating func noteInner(_ length: Int, _ head: UInt64, _ half: Int) {
    // What a short phrase does not say may be anything.
    let unknown = max(0, 3 - length) * 8
    for rest in 0..<UInt64(1) << UInt64(unknown) {
      note(Self.tripleHash(head | rest << UInt64(24 - unknown)), Self.inner + half)
    }
  }
  private mutating func note(_ hash: UInt32, _ bitmap: Int) {
    bitmaps[bitmap + Int(hash >> 22)] |= 1 << UInt64(hash >> 16 & 63)
  }
  private func bucket(_ phrase: ArraySlice<UInt8>, _ head: UInt64) -> Int {
    switch phrase.count {
    case 1: Int(phrase.first!)
    case 2: Self.pairBucket(head)
    case 3: Self.tripleBucket(Self.tripleHash(head))
    case 4..<8: quadBucket(Self.hash(head))
    default: octetBucket(head)
    }
  }

  /// Where the buckets of longer phrases start.
  private static let firstQuad = 256 + 2 * 1024

  @inline(__always)
  private static func hash(_ head: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: head) &* 0x9E37_79B1 }
  @inline(__always)
  private static func pairBucket(_ head: UInt64) -> Int { 256 + Int(hash(head & 0xFFFF) >> 22) }
  @inline(__always)
  static func tripleHash(_ head: UInt64) -> UInt32 { hash(head & 0xFF_FFFF) }
  @inline(__always)
  private static func tripleBucket(_ hash: UInt32) -> Int { 256 + 1024 + Int(hash >> 22) }
  @inline(__always)
  private func quadBucket(_ hash: UInt32) -> Int { Self.firstQuad + Int(hash &>> hashShift) }
  @inline(__always)
  private func octetBucket(_ head: UInt64) -> Int {
    Self.firstQuad + 1 &<< (32 - Int(hashShift)) + Int((head &* 0x9E37_79B9_7F4A_7C15) &>> UInt64(32 + hashShift))
  }

  /// Calls `hit` with each phrase that stands in the text, and its range. The start of the text reaches to `nearEnd`, which
  /// is all where it is not given. `padding` zeros must stand behind the text.
  @inline(__always)
  func scan(
    _ text: UnsafeBufferPointer<UInt8>, nearEnd: Int = .max, _ hit: (_ phrase: Int, _ range: Range<Int>) -> Void
  ) {
    guard !entries.isEmpty, let base = UnsafeRawPointer(text.baseAddress) else { return }
    bitmaps.withUnsafeBufferPointer { bitmaps in
      buckets.withUnsafeBufferPointer { buckets in
        entries.withUnsafeBufferPointer { entries in
          func compare(_ bucket: Int, _ head: UInt64, _ at: Int) {
            for index in Int(buckets[bucket])..<Int(buckets[bucket + 1]) {
              let entry = entries[index]
              guard (entry.head ^ head) & entry.mask == 0, entry.length <= 8 || goesOn(entry, base, at) else {
                continue
              }
              hit(Int(entry.phrase), at..<at + Int(entry.length))
            }
          }
          func isIn(_ bitmap: Int, _ hash: UInt32) -> UInt64 {
            bitmaps[bitmap &+ Int(hash &>> 22)] &>> UInt64(hash &>> 16 & 63) & 1
          }
          func look(at i: Int, isWithin: Bool) {
            let head = base.loadUnaligned(fromByteOffset: i, as: UInt64.self)
            let quarter = (isWithin ? 0 : 1024) + (i < nearEnd ? 2048 : 0)
            let (hash, tripleHash) = (Self.hash(head), Self.tripleHash(head))
            let pair = bitmaps[quarter &+ Int(head &>> 6 & 1023)] &>> (head & 63) & 1
            let triple = isIn(Self.triples &+ quarter, tripleHash)
            let quad = isIn(Self.quads &+ quarter, hash)
            // One guess for all: where phrases may stand cannot be foretold.
            guard pair | triple | quad == 1 else { return }
            if pair == 1 {
              compare(Int(head & 0xFF), head, i)
              compare(Self.pairBucket(head), head, i)
            }
            if triple == 1 { compare(Self.tripleBucket(tripleHash), head, i) }
            if quad == 1 {
              compare(quadBucket(hash), head, i)
              compare(octetBucket(head), head, i)
            }
          }
          var wordsBefore: UInt64 = 0
          for start in stride(from: 0, to: text.count, by: 8) {
            let bytes = base.loadUnaligned(fromByteOffset: start, as: UInt64.self)
            let words = EightBytes.words(bytes)
            let within = words & (words &<< 8 | wordsBefore &>> 56)
            wordsBefore = words
            let half = Self.inner &+ (start < nearEnd ? 1024 : 0)
            var places = ~within & EightBytes.all
            if !startsWithSpace { places &= ~EightBytes.spaces(bytes) }
            for k in 0..<8 {
              let three = base.loadUnaligned(fromByteOffset: start &+ k, as: UInt32.self)
              places |= isIn(half, Self.tripleHash(UInt64(three))) &<< UInt64(8 &* k &+ 7)
            }
            if text.count - start < 8 { places &= 1 &<< UInt64(8 &* (text.count &- start)) &- 1 }
            while places != 0 {
              let bit = places.trailingZeroBitCount
              look(at: start &+ bit &>> 3, isWithin: within &>> UInt64(bit) & 1 == 1)
              places &= places &- 1
            }
          }
        }
      }
    }
  }

  /// Whether a byte is a letter or digit of ASCII.
  static func isWord(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }

  /// Whether the text goes on as the phrase does behind its head. The zeros end it where the text ends.
  private func goesOn(_ entry: Entry, _ text: UnsafeRawPointer, _ at: Int) -> Bool {
    for i in 8..<Int(entry.length) {
      guard self.text[Int(entry.start) + i] == text.load(fromByteOffset: at + i, as: UInt8.self) else { return false }
    }
    return true
  }
}
