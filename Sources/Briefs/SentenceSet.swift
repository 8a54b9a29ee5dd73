/// A few sentences in page order. Held in place: hundreds of sets are weighed for a page.
struct SentenceSet: RandomAccessCollection {
  static let limit = 4
  private var sentences = InlineArray<4, Int32>(repeating: 0)
  private(set) var count = 0

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  subscript(place: Int) -> Int { Int(sentences[place]) }

  /// With one more behind the others. There must be room for it.
  func adding(_ sentence: Int) -> SentenceSet {
    var set = self
    set.sentences[count] = Int32(sentence)
    set.count += 1
    return set
  }
}
