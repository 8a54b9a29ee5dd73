import Glibc
import Language

/// What the model sees of a stem. The order is that of the model file, which repeats the names.
enum StemFeature: Int, CaseIterable {
  case first, relativeFirst, last, count, sentences, share, sumScore, maxScore, posterior, place, relativePlace
  case isStop, rarity, isDigits, inFirst, inSecond, inThird, capitals, capitalShare, pageSentences
}

/// What the model sees of two stems side by side.
enum PairFeature: Int, CaseIterable {
  case chance, nextChance, product, count, first, relativeFirst, last, sumScore, maxScore, posterior
  case stemCount, nextCount, isStop, nextIsStop, rarity, nextRarity, capitals, nextCapitals, pageSentences
}

/// Where the page's stems and pairs of stems stand, and how well those sentences score. Reused from page to page.
struct WordOccurrences {
  /// Of a stem, or of a pair.
  struct Entry {
    var count: Int32 = 0
    /// Sentences.
    var first: Int32 = 0, last: Int32 = -1
    var inFirst = false, inSecond = false, inThird = false, isDigits = false
    /// Words before it in its first sentence, and as a share of that.
    var place: Float = 0, relativePlace: Float = 0
    /// Over the sentences that hold it.
    var sumScore: Float = 0, maxScore: Float = 0, posterior: Float = 0

    fileprivate mutating func add(_ sentence: Int, _ place: Int, _ length: Int, _ score: Float, _ posterior: Float) {
      count += 1
      guard last != Int32(sentence) else { return }
      if last < 0 {
        first = Int32(sentence)
        self.place = Float(place)
        relativePlace = Float(place) / Float(length)
      }
      last = Int32(sentence)
      sumScore += score
      maxScore = max(maxScore, score)
      self.posterior += posterior
      switch sentence {
      case 0: inFirst = true
      case 1: inSecond = true
      case 2: inThird = true
      default: break
      }
    }
  }
  private(set) var stems: [Entry] = []
  private(set) var pairs: [Entry] = []
  /// By pair: its stems.
  private(set) var members: [(Int32, Int32)] = []
  /// By token: the pair that it makes with the next of its sentence, -1 for the last.
  private(set) var pairOfToken: [Int32] = []
  private var sentences: Float = 0
  private var table = HashTable()

  /// Starts anew for a page. Scores of sentences that cannot stand in a brief count as 0. O(words).
  mutating func measure(_ words: PageWords, _ scores: [Float], _ isEligible: [Bool]) {
    let count = words.tokens.count
    Self.clear(&stems, Entry(), words.stemCount)
    Self.clear(&pairs, Entry(), count)
    Self.clear(&pairOfToken, -1, count)
    members.removeAll(keepingCapacity: true)
    table.clear()
    sentences = Float(words.sentenceCount)
    let scores = scores.indices.map { isEligible[$0] ? scores[$0] : 0 }
    let posterior = Self.posterior(scores, isEligible)
    stems.withUnsafeMutableBufferPointer { stems in
      pairs.withUnsafeMutableBufferPointer { pairs in
        for i in 0..<words.sentenceCount {
          let start = words.starts[i]
          let end = words.starts[i + 1]
          for t in start..<end {
            let token = words.tokens[t]
            stems[Int(token.id)].add(i, t - start, end - start, scores[i], posterior[i])
            if token.isDigits { stems[Int(token.id)].isDigits = true }
            guard t + 1 < end else { continue }
            let next = words.tokens[t + 1].id
            let (pair, isNew) = table.insert(UInt64(UInt32(token.id)) << 32 | UInt64(UInt32(next)))
            if isNew { members.append((token.id, next)) }
            pairs[Int(pair)].add(i, t - start, end - start, scores[i], posterior[i])
            pairOfToken[t] = pair
          }
        }
      }
    }
    pairs.removeLast(count - members.count)
  }

  private static func clear<Value>(_ values: inout [Value], _ value: Value, _ count: Int) {
    values.removeAll(keepingCapacity: true)
    values.append(contentsOf: repeatElement(value, count: count))
  }

  /// How likely each sentence is the best of all, as far as scores tell.
  private static func posterior(_ scores: [Float], _ isEligible: [Bool]) -> [Float] {
    let high = scores.max() ?? 0
    let powers = scores.indices.map { isEligible[$0] ? expf(6 * (scores[$0] - high)) : 0 }
    let sum = max(powers.reduce(0, +), .leastNormalMagnitude)
    return powers.map { $0 / sum }
  }

  func fill(stem: Int, _ words: PageWords, into row: UnsafeMutablePointer<Float>) {
    let entry = stems[stem]
    func put(_ feature: StemFeature, _ value: Float) { row[feature.rawValue] = value }
    put(.first, Float(entry.first))
    put(.relativeFirst, Float(entry.first) / sentences)
    put(.last, Float(entry.last) / sentences)
    put(.count, Float(entry.count))
    put(.sentences, Float(words.sentenceCounts[stem]))
    put(.share, Float(words.sentenceCounts[stem]) / sentences)
    put(.sumScore, entry.sumScore)
    put(.maxScore, entry.maxScore)
    put(.posterior, entry.posterior)
    put(.place, entry.place)
    put(.relativePlace, entry.relativePlace)
    put(.isStop, words.isStop[stem] ? 1 : 0)
    put(.rarity, words.weights[stem])
    put(.isDigits, entry.isDigits ? 1 : 0)
    put(.inFirst, entry.inFirst ? 1 : 0)
    put(.inSecond, entry.inSecond ? 1 : 0)
    put(.inThird, entry.inThird ? 1 : 0)
    put(.capitals, Float(words.capitalCounts[stem]))
    put(.capitalShare, Float(words.capitalCounts[stem]) / Float(entry.count))
    put(.pageSentences, sentences)
  }

  /// `chances` are those of stems.
  func fill(pair: Int, _ words: PageWords, _ chances: [Float], into row: UnsafeMutablePointer<Float>) {
    let entry = pairs[pair]
    let (stem, next) = (Int(members[pair].0), Int(members[pair].1))
    func put(_ feature: PairFeature, _ value: Float) { row[feature.rawValue] = value }
    put(.chance, chances[stem])
    put(.nextChance, chances[next])
    put(.product, chances[stem] * chances[next])
    put(.count, Float(entry.count))
    put(.first, Float(entry.first))
    put(.relativeFirst, Float(entry.first) / sentences)
    put(.last, Float(entry.last) / sentences)
    put(.sumScore, entry.sumScore)
    put(.maxScore, entry.maxScore)
    put(.posterior, entry.posterior)
    put(.stemCount, Float(words.counts[stem]))
    put(.nextCount, Float(words.counts[next]))
    put(.isStop, words.isStop[stem] ? 1 : 0)
    put(.nextIsStop, words.isStop[next] ? 1 : 0)
    put(.rarity, words.weights[stem])
    put(.nextRarity, words.weights[next])
    put(.capitals, Float(words.capitalCounts[stem]))
    put(.nextCapitals, Float(words.capitalCounts[next]))
    put(.pageSentences, sentences)
  }
}

/// How likely a summary holds the stems of some sentences and their pairs of stems side by side; 0 for all others.
struct WordChances {
  private(set) var stems: [Float]
  private(set) var pairs: [Float]
  let pairOfToken: [Int32]
  /// Pairs of stems that are less likely to meet in a summary are not asked for; as in Tools/train/brief_words.py.
  private static let leastChance: Float = 0.02

  /// O(words + (stems + pairs of `sentences`) × trees).
  init(_ occurrences: WordOccurrences, _ words: PageWords, sentences: [Int], _ model: BriefModel) {
    self.init(none: occurrences)
    var wanted = Wanted(stems.count)
    for i in sentences {
      for t in words.starts[i]..<words.starts[i + 1] { wanted.insert(words.tokens[t].id) }
    }
    model.stemChances(wanted.list, into: &stems) { occurrences.fill(stem: $0, words, into: $1) }
    let chances = stems
    wanted = Wanted(pairs.count)
    for i in sentences {
      for t in words.starts[i]..<words.starts[i + 1] where pairOfToken[t] >= 0 {
        let (stem, next) = occurrences.members[Int(pairOfToken[t])]
        if chances[Int(stem)] * chances[Int(next)] >= Self.leastChance { wanted.insert(pairOfToken[t]) }
      }
    }
    model.pairChances(wanted.list, into: &pairs) { occurrences.fill(pair: $0, words, chances, into: $1) }
  }

  /// All 0.
  init(none occurrences: WordOccurrences) {
    stems = Array(repeating: 0, count: occurrences.stems.count)
    pairs = Array(repeating: 0, count: occurrences.pairs.count)
    pairOfToken = occurrences.pairOfToken
  }

  private struct Wanted {
    var list: [Int] = []
    private var isIn: [Bool]
    init(_ count: Int) {
      isIn = Array(repeating: false, count: count)
      list.reserveCapacity(count)
    }
    mutating func insert(_ id: Int32) {
      guard !isIn[Int(id)] else { return }
      isIn[Int(id)] = true
      list.append(Int(id))
    }
  }
}
