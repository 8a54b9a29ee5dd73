/// The phrases of the rules that are being compiled, and the signals that each gives.
struct NumberedPhrases {
  /// The folded texts, and by their numbers what each means.
  private var texts = PhraseTable()
  private var meanings = ListBuilder<RuleProgram.Meaning>()
  /// By phrase.
  private var signals = ListBuilder<Int32>()
  /// By phrase: how often it may stand in text, a guess.
  private var loads: [Int] = []

  /// The number of a phrase that is looked for at a place in lines; the same for the same text and place.
  mutating func phrase(_ folded: UnsafeBufferPointer<UInt8>, _ place: RuleProgram.Meaning.Place) -> Int32 {
    let text = texts.add(folded)
    if text == meanings.count { meanings.addList() }
    if let known = meanings.find(in: text, where: { $0.place == place }) { return known.phrase }
    // Three bytes stand in text by chance some eight times as often as four do.
    let phrase = add(load: 1 << max(0, 18 - 3 * folded.count))
    meanings.append(.init(place: place, phrase: phrase), to: text)
    return phrase
  }

  /// The number of a phrase that is a whole line: it is looked up, not searched for, and stands nowhere by chance.
  mutating func addLine() -> Int32 { add(load: 0) }

  private mutating func add(load: Int) -> Int32 {
    signals.addList()
    loads.append(load)
    return Int32(loads.count - 1)
  }

  /// Says that each of the phrases gives a signal, and returns how often they may stand in text together.
  mutating func give(_ signal: Int32, by phrases: [Int32]) -> Int {
    for phrase in phrases where signals.last(in: phrase) != signal { signals.append(signal, to: phrase) }
    return phrases.reduce(0) { $0 + loads[Int($1)] }
  }

  func write(to program: inout RuleProgram) {
    program.meanings = meanings.lists()
    program.signals = signals.lists()
    let places = (0..<meanings.count).map { text in
      let meanings = program.meanings.elements[program.meanings.range(text)]
      return PhraseFinder.Place(
        isWholeWord: meanings.allSatisfy(\.place.isWholeWord), isNear: meanings.allSatisfy(\.place.isNear))
    }
    program.parts = PhraseFinder(texts.all, places: places)
  }
}
