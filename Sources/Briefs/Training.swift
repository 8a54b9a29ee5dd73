// What Tools/train asks of the summariser.
import Language
import Pages

extension Summarizer {
  /// What training sees of a page.
  package struct Sample {
    package var sentences: [String] = []
    package var isEligible: [Bool] = []
    package var features: [[Float]] = []
  }
  package static var featureNames: [String: [String]] {
    [
      "sentence": SentenceFeature.allCases.map { "\($0)" }, "subset": SubsetFeature.allCases.map { "\($0)" },
      "stem": StemFeature.allCases.map { "\($0)" }, "pair": PairFeature.allCases.map { "\($0)" },
    ]
  }

  package func sample(_ source: BriefSource) -> Sample {
    var sample = Sample()
    guard let analysis = analyse(source) else { return sample }
    let width = SentenceFeatures.width
    for (i, unit) in analysis.prose.units.enumerated() {
      sample.sentences.append(String(decoding: Brief.onOneLine(source.blocks.text[unit.range]), as: UTF8.self))
      sample.isEligible.append(analysis.coherence.isEligible[i])
      sample.features.append(Array(analysis.features.values[i * width..<(i + 1) * width]))
    }
    return sample
  }

  /// The stems and pairs of stems of a page whose sentences have these scores.
  package struct WordSample {
    /// By sentence: its stems; the pair that each makes with the next, -1 for the last.
    package var stems: [[Int32]] = []
    package var pairs: [[Int32]] = []
    /// By stem: the word that it was first met as.
    package var forms: [String] = []
    /// By pair: its stems.
    package var members: [[Int32]] = []
    /// The features of stems, then those of pairs; of these, the chances of their stems are left at 0.
    package var rows: [Float] = []
  }

  package func words(_ source: BriefSource, scores: [Float]) -> WordSample? {
    guard let analysis = analyse(source), scores.count == analysis.prose.units.count else { return nil }
    occurrences.measure(words, scores, analysis.coherence.isEligible)
    var sample = WordSample()
    let empty = [Float](repeating: 0, count: words.stemCount)
    for i in 0..<words.sentenceCount {
      let range = words.starts[i]..<words.starts[i + 1]
      sample.stems.append(words.tokens[range].map(\.id))
      sample.pairs.append(Array(occurrences.pairOfToken[range]))
    }
    sample.forms = Array(repeating: "", count: words.stemCount)
    source.blocks.text.withUnsafeBufferPointer { text in
      for (unit, stems) in zip(analysis.prose.units, sample.stems) {
        var place = 0
        WordFinder.each(text, unit.range) { word in
          let stem = Int(stems[place])
          place += 1
          if sample.forms[stem].isEmpty { sample.forms[stem] = String(decoding: text[word.range], as: UTF8.self) }
        }
      }
    }
    sample.members = occurrences.members.map { [$0.0, $0.1] }
    func append(_ width: Int, _ fill: (UnsafeMutablePointer<Float>) -> Void) {
      sample.rows += [Float](unsafeUninitializedCapacity: width) { space, count in
        space.initialize(repeating: 0)
        fill(space.baseAddress!)
        count = width
      }
    }
    for stem in 0..<words.stemCount {
      append(StemFeature.allCases.count) { occurrences.fill(stem: stem, words, into: $0) }
    }
    for pair in occurrences.pairs.indices {
      append(PairFeature.allCases.count) { occurrences.fill(pair: pair, words, empty, into: $0) }
    }
    return sample
  }

  /// The sets of sentences that would be weighed with these scores, and what the model would see of each, but for
  /// the chances of words, which are left at 0.
  package func sets(_ source: BriefSource, scores: [Float], budget: BriefBudget) -> [(set: [Int], row: [Float])] {
    guard let analysis = analyse(source), scores.count == analysis.prose.units.count else { return [] }
    let selection = Selection(analysis, budget)
    let pool = selection.pool(scores)
    occurrences.measure(words, scores, analysis.coherence.isEligible)
    let overlap = ExpectedOverlap(WordChances(none: occurrences), words, pool: pool)
    var subsets = SubsetFeatures(analysis.features, scores, analysis.coherence.isQuote, overlap)
    return selection.rows(pool, &subsets).map { (Array($0.set), $0.row) }
  }

  /// The distinct stems of a page, stop words left out, by hash.
  package func stems(_ source: BriefSource) -> [UInt64] {
    analyse(source) == nil ? [] : words.distinctStems
  }

  /// The table that `DocumentFrequencies` reads.
  package static func encodeFrequencies(_ counts: [UInt64: Int], texts: Int, limit: Int) -> [UInt8] {
    DocumentFrequencies.encode(counts, texts: texts, limit: limit)
  }
}
