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
    let phrase = add(load: TextLoad.of(folded))
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

  /// Phrases of which no signal is needed in long lines are not looked for there.
  func write(to program: inout RuleProgram) {
    program.meanings = meanings.lists()
    program.signals = signals.lists { !program.areLate[Int($0)] }
    let texts = texts.all
    program.parts = [finder(texts, program) { !program.signals.isEmpty(Int($0)) }]
    for level in LongLines.levels {
      let areNeeded = LongLines(level: level, program).areNeeded
      program.parts.append(
        finder(texts, program) { phrase in
          program.signals.elements[program.signals.range(Int(phrase))].contains { areNeeded[Int($0)] }
        })
    }
    program.latePhrases = latePhrases(program)
  }

  private func latePhrases(_ program: RuleProgram) -> LatePhrases {
    let late = signals.lists { program.areLate[Int($0)] }
    var lists = ListBuilder<LatePhrases.Phrase>()
    for _ in 0..<program.signalCount { lists.addList() }
    for number in 0..<texts.count {
      for index in program.meanings.range(number) {
        let meaning = program.meanings[index]
        let signals = late.range(Int(meaning.phrase))
        if signals.isEmpty { continue }
        let phrase = LatePhrases.Phrase(number: Int32(number), of: texts, place: meaning.place)
        for i in signals { lists.append(phrase, to: late[i]) }
      }
    }
    return LatePhrases(texts: texts, lists.lists())
  }

  private func finder(
    _ texts: [ArraySlice<UInt8>], _ program: RuleProgram, _ isWanted: (Int32) -> Bool
  ) -> PhraseFinder {
    var phrases: [PhraseFinder.Phrase] = []
    phrases.reserveCapacity(texts.count)
    for (number, text) in texts.enumerated() {
      var isLookedFor = false
      var place = PhraseFinder.Place(isWordStart: true, isNear: true)
      for index in program.meanings.range(number) where isWanted(program.meanings[index].phrase) {
        isLookedFor = true
        place.isWordStart = place.isWordStart && program.meanings[index].place.isWordStart
        place.isNear = place.isNear && program.meanings[index].place.isNear
      }
      if isLookedFor { phrases.append(.init(text: text, number: number, place: place)) }
    }
    return PhraseFinder(phrases)
  }
}
