/// How much of a summary a set of sentences is to be expected to hold: ROUGE-1 and ROUGE-2 F (Lin, 2004) against one of
/// the usual length, by the chances of words.
///
/// Sets come in an order in which most differ from the one before in the last sentence only; what the others hold is
/// kept.
struct ExpectedOverlap {
  private struct Item {
    var id: Int
    var chance: Float
  }
  /// The distinct stems of a sentence, then its distinct pairs.
  private struct Sentence {
    var stems: Range<Int>
    var pairs: Range<Int>
    var length: Float
  }
  /// What the set holds up to one of its sentences.
  private struct Step {
    var sentence: Int
    var stamp: Int32
    var stems: Float
    var pairs: Float
    var length: Float
  }
  private var items: [Item] = []
  private var sentences: [Sentence?]
  private var path: [Step] = []
  /// By stem, then by pair: the stamp of the step that has brought it in.
  private var marks: [Int32]
  private var stamp: Int32 = 0
  private static let usualLength: Float = 45

  /// For sets of `pool`. O(words).
  init(_ chances: WordChances, _ words: PageWords, pool: [Int]) {
    let stemCount = chances.stems.count
    marks = Array(repeating: 0, count: stemCount + chances.pairs.count)
    sentences = Array(repeating: nil, count: words.sentenceCount)
    for i in pool {
      let range = words.starts[i]..<words.starts[i + 1]
      stamp += 1
      let first = items.count
      for t in range { add(Int(words.tokens[t].id), chances.stems[Int(words.tokens[t].id)]) }
      let middle = items.count
      for t in range where chances.pairOfToken[t] >= 0 {
        let pair = Int(chances.pairOfToken[t])
        add(stemCount + pair, chances.pairs[pair])
      }
      sentences[i] = Sentence(stems: first..<middle, pairs: middle..<items.count, length: Float(range.count))
    }
  }

  private mutating func add(_ id: Int, _ chance: Float) {
    guard marks[id] != stamp else { return }
    marks[id] = stamp
    items.append(Item(id: id, chance: chance))
  }

  /// `set` is of sentences of the pool. O(words of its sentences that the set before did not begin with).
  mutating func expect<S: RandomAccessCollection<Int>>(_ set: S) -> (stems: Float, pairs: Float) where S.Index == Int {
    var same = 0
    while same < min(set.count, path.count), path[same].sentence == set[same] { same += 1 }
    path.removeLast(path.count - same)
    for i in set[same...] { append(i) }
    guard let all = path.last else { return (0, 0) }
    let length = all.length + Self.usualLength
    return (2 * all.stems / length, 2 * all.pairs / length)
  }

  private mutating func append(_ i: Int) {
    guard let sentence = sentences[i] else { return }
    let before = path.last
    func held(_ step: Int) -> Int32 { step < path.count ? path[step].stamp : -1 }
    let (a, b, c) = (held(0), held(1), held(2))
    stamp += 1
    let own = stamp
    let (stems, pairs) = items.withUnsafeBufferPointer { items in
      marks.withUnsafeMutableBufferPointer { marks in
        func sum(_ range: Range<Int>) -> Float {
          var sum: Float = 0
          for item in items[range] {
            let mark = marks[item.id]
            if mark == a || mark == b || mark == c { continue }
            marks[item.id] = own
            sum += item.chance
          }
          return sum
        }
        return (sum(sentence.stems), sum(sentence.pairs))
      }
    }
    path.append(
      Step(
        sentence: i, stamp: own, stems: (before?.stems ?? 0) + stems, pairs: (before?.pairs ?? 0) + pairs,
        length: (before?.length ?? 0) + sentence.length))
  }
}
