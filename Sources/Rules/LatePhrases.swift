/// Lists of phrases that are asked for one at a time, in lines that may satisfy all else of a condition.
///
/// The trigrams of the line, in a bitmap, tell at once that most phrases do not stand in it; the others are searched for.
struct LatePhrases: Sendable {
  /// So many phrases a list at most: the finder's cost does not grow with them.
  static let most = 256

  private var texts = PhraseTable()
  /// By signal.
  private var phrases = Lists<Phrase>()

  struct Phrase: Sendable {
    fileprivate var number: Int32
    fileprivate var place: RuleProgram.Meaning.Place
    /// Hashes of the first and the last three bytes; nil where there are less.
    fileprivate var ends: (first: UInt32, last: UInt32)?

    init(number: Int32, of texts: PhraseTable, place: RuleProgram.Meaning.Place) {
      self.number = number
      self.place = place
      ends = texts.withText(number) { text in
        text.count < 3 ? nil : (Trigrams.hash(text, at: 0), Trigrams.hash(text, at: text.count - 3))
      }
    }
  }

  init() {}
  init(texts: PhraseTable, _ phrases: Lists<Phrase>) {
    self.texts = texts
    self.phrases = phrases
  }

  /// Whether one of the phrases that give a signal stands in a line. O(phrases), and the line's length for each whose
  /// trigrams are in it.
  func gives(_ signal: Int32, _ line: PlacedLine, _ trigrams: Trigrams) -> Bool {
    phrases.range(Int(signal)).contains { index in
      let phrase = phrases[index]
      if let ends = phrase.ends, !trigrams.contain(ends.first) || !trigrams.contain(ends.last) { return false }
      return texts.withText(phrase.number) { Self.stands($0, phrase.place, line) }
    }
  }

  private static func stands(
    _ text: UnsafeBufferPointer<UInt8>, _ place: RuleProgram.Meaning.Place, _ line: PlacedLine
  ) -> Bool {
    guard text.count <= line.text.count else { return false }
    // Where it must open the line, two places may be that.
    let last = place == .start ? min(line.core.lowerBound, line.text.count - text.count) : line.text.count - text.count
    for start in 0...last where line.text[start] == text[0] {
      var length = 1
      while length < text.count, line.text[start + length] == text[length] { length += 1 }
      if length == text.count, line.isPlace(place, start..<start + length) { return true }
    }
    return false
  }

  /// Which three bytes stand next to each other in a line, by their hashes; wrongly yes is possible, for one in sixteen.
  struct Trigrams {
    private var bits = [UInt64](repeating: 0, count: 64)
    private var shift: UInt32 = 20

    @inline(__always)
    static func hash(_ text: UnsafeBufferPointer<UInt8>, at i: Int) -> UInt32 {
      PhraseFinder.tripleHash(UInt64(text[i]) | UInt64(text[i + 1]) << 8 | UInt64(text[i + 2]) << 16)
    }

    mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
      var size = 64
      shift = 20
      while size * 4 < text.count, shift > 6 {
        size *= 2
        shift -= 1
      }
      bits.removeAll(keepingCapacity: true)
      bits += repeatElement(0, count: size)
      guard text.count >= 3 else { return }
      for i in 0...text.count - 3 {
        let hash = Self.hash(text, at: i) &>> shift
        bits[Int(hash >> 6)] |= 1 << UInt64(hash & 63)
      }
    }
    @inline(__always)
    func contain(_ hash: UInt32) -> Bool {
      let hash = hash &>> shift
      return bits[Int(hash >> 6)] >> UInt64(hash & 63) & 1 == 1
    }
  }
}
