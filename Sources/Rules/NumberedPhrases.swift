/// The phrases of the rules that are being compiled, and the signals that each gives.
struct NumberedPhrases {
  /// The folded texts, and the number of each, under which its meanings stand.
  private var texts: [[UInt8]] = []
  private var patterns: [[UInt8]: Int] = [:]
  private var meanings: [[RuleProgram.Meaning]] = []
  /// By phrase.
  private var signals: [[Int32]] = []
  /// By phrase: how often it may stand in text, a guess.
  private var loads: [Int] = []

  /// The number of a phrase that is looked for at a place in lines; the same for the same text and place.
  mutating func phrase(_ folded: [UInt8], _ place: RuleProgram.Meaning.Place) -> Int32 {
    let pattern = patterns[folded] ?? patterns.count
    if pattern == patterns.count {
      patterns[folded] = pattern
      texts.append(folded)
      meanings.append([])
    }
    if let known = meanings[pattern].first(where: { $0.place == place }) { return known.phrase }
    // Three bytes stand in text by chance some eight times as often as four do.
    let phrase = add(load: 1 << max(0, 18 - 3 * folded.count))
    meanings[pattern].append(.init(place: place, phrase: phrase))
    return phrase
  }

  /// The number of a phrase that is a whole line: it is looked up, not searched for, and stands nowhere by chance.
  mutating func addLine() -> Int32 { add(load: 0) }

  private mutating func add(load: Int) -> Int32 {
    signals.append([])
    loads.append(load)
    return Int32(signals.count - 1)
  }

  /// Says that each of the phrases gives a signal, and returns how often they may stand in text together.
  mutating func give(_ signal: Int32, by phrases: [Int32]) -> Int {
    for phrase in phrases where signals[Int(phrase)].last != signal { signals[Int(phrase)].append(signal) }
    return phrases.reduce(0) { $0 + loads[Int($1)] }
  }

  func write(to program: inout RuleProgram) {
    let places = meanings.map { meanings in
      PhraseFinder.Place(
        isWholeWord: meanings.allSatisfy(\.place.isWholeWord), isNear: meanings.allSatisfy(\.place.isNear))
    }
    program.parts = PhraseFinder(texts, places: places)
    program.meanings = Lists(meanings)
    program.signals = Lists(signals)
  }
}
