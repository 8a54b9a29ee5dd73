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

  static let cases: [(rule: String, page: String, hits: [String])] = [
    // Asked for a line, and for the next, and for the same in a later round.
    (
      yaml("{starts: get, not: {contains: [you, the]}}"), "Get our news\nGet you there\nGet the news\nGet news",
      ["Get our news", "Get news"]
    ),
    (
      yaml("{range: {from: {starts: get}, to: {contains: you, words: {max: 3}}, max: 4}}"),
      "Get it\nnot here at all, you see\nfor you\nGet that", ["Get it", "not here at all, you see", "for you"]
    ),
    (
      yaml("{range: {from: {starts: get}, to: {line: go}, max: 4}}", more: "unless: {contains: you}"),
      "Get it\nhere\nGo\nGet it\nfor you\nGo", ["Get it", "here", "Go"]
    ),
    (
      yaml("{line: there, near: {family: other, lines: 1}, not: {contains: you}}", id: "other/a")
        + yaml("{starts: get, contains: you}", id: "other/b"), "Get that\nthere\nx\nGet you\nthere",
      ["Get you", "there"]
    ),
    // Letters that a line leaves apart, since a bracket follows.
    (yaml("{regex: 'newsletter.*see a b c d[.)]'}"), "newsletter, see a b c d)", ["newsletter, see a b c d)"]),
  ]
  @Test(arguments: cases) func askedByRules(_ test: (rule: String, page: String, hits: [String])) {
    let set = ruleSet(test.rule)
    #expect(set.hits(test.page) == test.hits)
    // The scanner keeps nothing of one page for the next.
    let scanner = Scanner(set)
    for page in [test.page, "Get you\nfor you\nthere", test.page] {
      let blocks = readBlocks(page)
      let again = Scanner(set).scan(blocks).map(\.block)
      #expect(scanner.scan(blocks).map(\.block) == again)
    }
  }

  /// The law: a search finds what looking at all lines finds, and asks no line twice.
  @Test(arguments: 0..<40 as Range<UInt64>) func searches(_ seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    let count = Int.random(in: 1...40, using: &numbers)
    let hold = (0..<count).map { _ in Int.random(in: 0..<6, using: &numbers) == 0 }
    var search = LineSearch(lines: count)
    var asked: Set<Int> = []
    for _ in 0..<60 {
      let start = Int.random(in: 0..<count, using: &numbers)
      let lines = start...Int.random(in: start..<count, using: &numbers)
      let found = search.first(in: lines) { line in
        #expect(asked.insert(line).inserted)
        return hold[line]
      }
      #expect(found == lines.first { hold[$0] })
    }
  }
}
