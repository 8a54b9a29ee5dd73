import Testing

@testable import Rules

@Suite struct LatePhrasesTests {
  /// The law: what is looked for late is found where the finder would find it.
  @Test(arguments: 0..<60 as Range<UInt64>) func findsWhatTheFinderFinds(_ seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    let letters = Array(Array("ab cé".utf8).prefix(2 + Int(seed % 5)))
    let places: [RuleProgram.Meaning.Place] = [.start, .end, .inside, .within(3, isWordStart: false)]
    var texts = PhraseTable()
    var lists = ListBuilder<LatePhrases.Phrase>()
    var wanted: [[(text: [UInt8], place: RuleProgram.Meaning.Place)]] = []
    for signal in 0..<8 as Range<Int32> {
      lists.addList()
      wanted.append([])
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        let text = numbers.text(of: letters, 1...9)
        let place = places.randomElement(using: &numbers)!
        let number = text.withUnsafeBufferPointer { texts.add($0) }
        lists.append(LatePhrases.Phrase(number: number, of: texts, place: place), to: signal)
        wanted[Int(signal)].append((text, place))
      }
    }
    let phrases = LatePhrases(texts: texts, lists.lists())
    for length in [0, 2, 20, 20, 20, 300, 2000] {
      var line = numbers.text(of: letters, 0...length)
      let count = line.count
      line += Array(repeating: 0, count: PhraseFinder.padding)
      line.withUnsafeBufferPointer { padded in
        let placed = PlacedLine(
          text: UnsafeBufferPointer(rebasing: padded[..<count]), core: min(1, count)..<count,
          isPlain: !line.contains { $0 >= 0x80 })
        var trigrams = LatePhrases.Trigrams()
        trigrams.read(placed.text)
        for (signal, list) in wanted.enumerated() {
          let isFound = list.contains { text, place in
            var holds = false
            PhraseFinder([.init(text: text[...], number: 0)]).scan(placed.text) { _, found in
              holds = holds || placed.isPlace(place, found)
            }
            return holds
          }
          #expect(phrases.gives(Int32(signal), placed, trigrams) == isFound)
        }
      }
    }
  }
}
