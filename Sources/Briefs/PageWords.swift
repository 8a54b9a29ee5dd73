import Language

/// The words of a page's sentences as small numbers, with what is known of each. Reused from page to page.
struct PageWords {
  struct Token {
    /// Of the stem.
    var id: Int32
    /// In the text.
    var start: Int32
    var classes: WordClasses
    var isCapital: Bool
    var isDigits: Bool
    /// First word of its sentence.
    var isFirst: Bool
  }
  /// Tokens of all sentences; those of sentence `i` are `starts[i]..<starts[i + 1]`.
  private(set) var tokens: [Token] = []
  private(set) var starts: [Int] = [0]
  /// By stem: inverse document frequency, 0 for stop words.
  private(set) var weights: [Float] = []
  private(set) var isStop: [Bool] = []
  /// By stem: how often in the sentences; in how many of them.
  private(set) var counts: [Int32] = []
  private(set) var sentenceCounts: [Int32] = []
  /// By stem: how often with a capital within a sentence.
  private(set) var capitalCounts: [Int32] = []
  var stemCount: Int { stemHashes.count }
  var sentenceCount: Int { starts.count - 1 }

  private var stemHashes: [UInt64] = []
  private var forms = HashTable()
  private var stems = HashTable()
  /// By form.
  private var formStems: [Int32] = []
  private var formClasses: [WordClasses] = []

  mutating func reset() {
    tokens.removeAll(keepingCapacity: true)
    starts = [0]
    isStop.removeAll(keepingCapacity: true)
    stemHashes.removeAll(keepingCapacity: true)
    formStems.removeAll(keepingCapacity: true)
    formClasses.removeAll(keepingCapacity: true)
    forms.clear()
    stems.clear()
  }

  /// Adds the words of the next sentence.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ data: LanguageData) {
    var isFirst = true
    WordFinder.each(text, range) { word in
      let form = self.form(word, text, data)
      tokens.append(
        Token(
          id: formStems[form], start: Int32(word.range.lowerBound), classes: formClasses[form],
          isCapital: word.isCapital, isDigits: word.isDigits,
          isFirst: isFirst))
      isFirst = false
    }
    starts.append(tokens.count)
  }

  /// The stems, without stop words, of a text beside the sentences, such as the title. Unknown ones are left out.
  func stems(of text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ data: LanguageData) -> [Int32] {
    var found: [Int32] = []
    WordFinder.each(text, range) { word in
      guard let stem = stems.find(WordFinder.stem(word, text, language: data.code)), !isStop[Int(stem)] else { return }
      found.append(stem)
    }
    return found
  }

  /// Sets counts and `weights` once all sentences are in. Without `frequencies`, stems that stand in many of the
  /// page's own sentences weigh less.
  mutating func weigh(_ frequencies: DocumentFrequencies?) {
    count()
    weights = Array(repeating: 0, count: stemCount)
    let sentences = Float(max(1, sentenceCount))
    for id in 0..<stemCount {
      if isStop[id] {
        weights[id] = 0
      } else if let frequencies {
        weights[id] = frequencies.idf(stemHashes[id])
      } else {
        let share = Float(sentenceCounts[id]) / sentences
        weights[id] = share > 0.5 && sentences > 8 ? 1 : 4 + 1.5 * (1 - share)
      }
    }
  }

  private mutating func count() {
    struct Tally {
      var all: Int32 = 0, inSentences: Int32 = 0, capital: Int32 = 0, last: Int32 = 0
    }
    var tallies = [Tally](repeating: Tally(), count: stemCount)
    tallies.withUnsafeMutableBufferPointer { tallies in
      tokens.withUnsafeBufferPointer { tokens in
        for sentence in 1..<max(1, starts.count) {
          for t in starts[sentence - 1]..<starts[sentence] {
            let token = tokens[t]
            var tally = tallies[Int(token.id)]
            tally.all += 1
            if token.isCapital, !token.isFirst { tally.capital += 1 }
            if tally.last != Int32(sentence) { tally.inSentences += 1 }
            tally.last = Int32(sentence)
            tallies[Int(token.id)] = tally
          }
        }
      }
    }
    counts = tallies.map(\.all)
    sentenceCounts = tallies.map(\.inSentences)
    capitalCounts = tallies.map(\.capital)
  }

  private mutating func form(_ word: Word, _ text: UnsafeBufferPointer<UInt8>, _ data: LanguageData) -> Int {
    let (form, isNew) = forms.insert(word.hash)
    guard isNew else { return Int(form) }
    let classes = data.classes(of: word.hash)
    let hash = WordFinder.stem(word, text, language: data.code)
    let (stem, isNewStem) = stems.insert(hash)
    if isNewStem {
      // One letter or digit says nothing.
      isStop.append(classes.contains(.stop) || (word.range.count == 1 && !word.isWide))
      stemHashes.append(hash)
    }
    formStems.append(stem)
    formClasses.append(classes)
    return Int(form)
  }

  /// Stems that stand in the page, for counting document frequencies.
  var distinctStems: [UInt64] { (0..<stemHashes.count).filter { !isStop[$0] }.map { stemHashes[$0] } }
}
