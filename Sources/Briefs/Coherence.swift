import Language

/// What keeps a sentence out of a brief, or ties it to the one before.
struct Coherence {
  /// The sentence can stand in a brief.
  private(set) var isEligible: [Bool] = []
  /// It leans on its predecessor: opens with "He", "But", "In addition", or says "To fix these …".
  private(set) var pointsBack: [Bool] = []
  /// It opens with such a word.
  private(set) var opensBack: [Bool] = []
  /// It opens with what the page is: "This guide …".
  private var opensWithPage: [Bool] = []
  /// It is little but a quotation.
  private(set) var isQuote: [Bool] = []
  /// It holds a prompt: "sign up", "read more".
  private(set) var isTeaser: [Bool] = []

  /// It can stand in a brief of the whole page: questions and exclamations too, but no prompt, no fragment.
  private(set) var isWhole: [Bool] = []

  /// Where a post or a manual starts: no brief of it without this sentence, and nothing that it could point back to.
  var anchor: Int?

  mutating func exclude(_ sentence: Int) {
    isEligible[sentence] = false
    isWhole[sentence] = false
  }

  /// A question or an exclamation may say what the page is.
  mutating func admit(_ sentence: Int, _ surface: Surface) {
    if isWhole[sentence], !opensBack[sentence], surface.isBalanced, surface.length.words >= 5 {
      isEligible[sentence] = true
    }
  }

  /// "This guide …" at the start of a manual points at nothing before it.
  mutating func release(_ sentence: Int) {
    if opensWithPage[sentence] { pointsBack[sentence] = false }
  }

  /// What a narrowed page gives whole is what can stand in its brief.
  mutating func forgetTheRest() {
    for i in isWhole.indices {
      isWhole[i] = isEligible[i] && (!pointsBack[i] || i == anchor || i > 0 && isWhole[i - 1])
    }
  }

  init(
    _ prose: Prose, _ words: PageWords, _ surfaces: [Surface], title: (text: String, stems: [Int32]),
    _ text: UnsafeBufferPointer<UInt8>, _ data: LanguageData
  ) {
    // With what follows, as "Alexander McQueen: Savage Beauty" is one name.
    var labels: [UInt64: Set<Int32>] = [:]
    for (i, unit) in prose.units.enumerated() {
      let tokens = words.tokens[words.starts[i]..<words.starts[i + 1]]
      if let label = Self.label(text, unit, tokens), let next = tokens.first(where: { $0.start >= label.upperBound }) {
        labels[TextBytes.hash(text, label), default: []].insert(next.id)
      }
    }
    for (i, unit) in prose.units.enumerated() {
      let surface = surfaces[i]
      let tokens = words.tokens[words.starts[i]..<words.starts[i + 1]]
      let isTeaser = Self.holdsTeaser(text, unit.range, tokens, data)
      let isNew = !(0..<i).contains { Self.areSame($0, i, prose, words, text) }
      let opening = Self.opening(text, unit.range, tokens, data)
      // A name that is written small: "npm", "systemd".
      let mayBeSmall =
        unit.indexInParagraph == 0 && title.text.utf8.starts(with: text[unit.range].prefix { $0 != 0x20 })
      let stands =
        !isTeaser && isNew && !opening.contains(.aside) && !Self.sendsElsewhere(text[unit.range], data)
        && Self.startsWell(text, unit.range, mayBeSmall, data)
        && !Self.isLabelled(text, unit, tokens, labels) && surface.money * 3 <= surface.length.words
      isEligible.append(
        stands && surface.endsStop && surface.isBalanced && surface.length.words >= 5 && tokens.count >= 4
          && text[unit.range.lowerBound] != 0x28 && !Self.isCut(text, unit.range, data))
      // Rows of tables hold names and numbers: "Imported.", "XS – XL: 1 lb." German has capitals on every noun.
      let plain = tokens.count { !$0.isCapital && text[Int($0.start)] &- 0x30 > 9 }
      isWhole.append(
        stands && plain > (data.code == "de" ? 0 : 1)
          && (surface.endsStop || surface.endsQuestion || surface.endsExclamation))
      opensBack.append(opening.contains(.opener) || Self.isSaidByPronoun(tokens, surface))
      pointsBack.append(opensBack[i] || Self.refersBack(tokens, title.stems))
      opensWithPage.append(
        tokens.first?.classes.contains(.points) == true
          && tokens.dropFirst().prefix(2).contains { $0.classes.contains(.present) })
      isQuote.append(surface.startsQuoted && (surface.endsQuoted || surface.quotedBytes * 10 > unit.range.count * 6))
      self.isTeaser.append(isTeaser)
    }
  }

  /// Whether two sentences differ in case at most. Few have as many words and the same first one: only those are read.
  private static func areSame(
    _ i: Int, _ j: Int, _ prose: Prose, _ words: PageWords, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let count = words.starts[i + 1] - words.starts[i]
    guard count == words.starts[j + 1] - words.starts[j],
      count == 0 || words.tokens[words.starts[i]].id == words.tokens[words.starts[j]].id
    else { return false }
    return TextBytes.hash(text, prose.units[i].range) == TextBytes.hash(text, prose.units[j].range)
  }

  /// What `words.txt` says of the phrases that start at the sentence's first word.
  private static func opening(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ tokens: ArraySlice<PageWords.Token>, _ data: LanguageData
  ) -> WordClasses {
    if data.code == "ja" || data.code == "zh" { return wideOpener(text, range, data) ? .opener : .none }
    guard let first = tokens.first else { return .none }
    // A page whose language has no words of its own, or that nobody could tell, may be English.
    let isListed = data.listsWords
    if isListed, first.classes.isDisjoint(with: .opens) { return .none }
    if isListed, !first.classes.contains(.begins) { return first.classes }
    let data = isListed ? data : .of("en")
    var found = WordClasses.none
    var count = 0
    var hash: UInt64 = 0
    var classes = WordClasses.begins
    let end = tokens.count > 5 ? Int(tokens[tokens.startIndex + 5].start) : range.upperBound
    WordFinder.each(text, range.lowerBound..<end) { word in
      guard classes.contains(.begins), count < 5 else { return }
      hash = count == 0 ? word.hash : WordFinder.extend(hash, with: word, text)
      count += 1
      classes = data.classes(of: hash)
      found.formUnion(classes)
    }
    return found
  }

  /// "In a sense, this …", "To fix these …": what is meant stands before. "In this article", "this year" and what the
  /// title names are clear.
  private static func refersBack(_ tokens: ArraySlice<PageWords.Token>, _ title: [Int32]) -> Bool {
    tokens.indices.prefix(4).contains { place in
      tokens[place].classes.contains(.points)
        && !tokens[(place + 1)..<min(place + 4, tokens.endIndex)].contains {
          $0.classes.contains(.present) || title.contains($0.id)
        }
    }
  }

  /// "For the details, see …", "To learn how, see …".
  private static func sendsElsewhere(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ data: LanguageData) -> Bool {
    guard data.code == "en", text.starts(with: "For ".utf8) || text.starts(with: "To ".utf8) else { return false }
    return text.indices.contains { text[$0] == 0x2C && text[$0...].starts(with: ", see ".utf8) }
  }

  /// A label is glued in front: "Note: It …", in a list item whatever it is, and "Best for: …" where another sentence has it
  /// too.
  private static func isLabelled(
    _ text: UnsafeBufferPointer<UInt8>, _ unit: Unit, _ tokens: ArraySlice<PageWords.Token>,
    _ labels: [UInt64: Set<Int32>]
  ) -> Bool {
    guard let label = label(text, unit, tokens) else { return false }
    if unit.isListItem || labels[TextBytes.hash(text, label), default: []].count > 1 { return true }
    return tokens.first?.classes.contains(.label) == true
      && label.upperBound <= Int(tokens[tokens.startIndex + 1].start)
  }

  /// Up to six words before a colon that the sentence goes on behind.
  private static func label(
    _ text: UnsafeBufferPointer<UInt8>, _ unit: Unit, _ tokens: ArraySlice<PageWords.Token>
  ) -> Range<Int>? {
    guard tokens.count > 1 else { return nil }
    let end = tokens.count > 6 ? Int(tokens[tokens.startIndex + 6].start) : unit.range.upperBound
    guard let colon = text[unit.range.lowerBound..<end].lastIndex(of: 0x3A), colon + 1 < unit.range.upperBound,
      text[colon + 1] == 0x20 || text[colon + 1] == 0xC2
    else { return nil }
    return unit.range.lowerBound..<colon
  }

  /// Ends in dots. Chinese and Japanese sentences may.
  private static func isCut(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ data: LanguageData) -> Bool {
    data.code != "ja" && data.code != "zh" && Surface.endsInDots(text[range])
  }

  private static func wideOpener(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ data: LanguageData) -> Bool
  {
    for length in [3, 6, 9, 12] where range.lowerBound + length <= range.upperBound {
      let start = range.lowerBound..<range.lowerBound + length
      if data.classes(of: TextBytes.hash(text, start)).contains(.opener) { return true }
    }
    return false
  }

  /// “…,” he said: the speaker is named elsewhere.
  private static func isSaidByPronoun(_ tokens: ArraySlice<PageWords.Token>, _ surface: Surface) -> Bool {
    guard surface.quotes > 1, surface.startsQuoted, tokens.count > 2 else { return false }
    for i in tokens.indices.dropLast() {
      let (one, next) = (tokens[i].classes, tokens[i + 1].classes)
      if one.contains(.pronoun), next.contains(.speech) { return true }
      if one.contains(.speech), next.contains(.pronoun) { return true }
    }
    return false
  }

  private static func holdsTeaser(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ tokens: ArraySlice<PageWords.Token>, _ data: LanguageData
  ) -> Bool {
    for place in tokens.indices where !tokens[place].classes.isDisjoint(with: .teases) {
      // A teaser of one word counts near the start only: "Photos: …".
      if tokens[place].classes.contains(.teaser), place < tokens.startIndex + 2 { return true }
      guard tokens[place].classes.contains(.beginsTeaser) else { continue }
      // Two words tell most that begin no teaser.
      for count in [2, 6] {
        let end = place + count < tokens.endIndex ? Int(tokens[place + count].start) : range.upperBound
        let (found, isOpen) = teaser(text, Int(tokens[place].start)..<end, data)
        if found { return true }
        if !isOpen { break }
      }
    }
    return false
  }

  /// Whether a teaser starts with the range, and whether one may that goes on behind it.
  private static func teaser(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ data: LanguageData
  ) -> (found: Bool, isOpen: Bool) {
    var phrase: UInt64?
    var isOpen = true
    var found = false
    WordFinder.each(text, range) { word in
      guard isOpen else { return }
      let longer = phrase.map { WordFinder.extend($0, with: word, text) } ?? word.hash
      let classes = data.classes(of: longer)
      if phrase != nil, classes.contains(.teaser) { found = true }
      isOpen = !found && classes.contains(.beginsTeaser)
      phrase = longer
    }
    return (found, isOpen)
  }

  /// With a letter, a digit, an opening quote or bracket; no bullet, no stray mark, no number of a list, and no small
  /// letter where the script has capitals.
  private static func startsWell(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ mayBeSmall: Bool, _ data: LanguageData
  ) -> Bool {
    var i = range.lowerBound
    while i < range.upperBound {
      let (value, length) = TextBytes.scalar(text, i)
      switch TextBytes.kind(value) {
      case .upper, .letter: return true
      case .digit:
        return !isStamp(text, i, range.upperBound) && (data.hasOrdinals || !isItemNumber(text, i, range.upperBound))
      case .lower:
        // "iPhone", "eBay".
        return mayBeSmall || i + 1 < range.upperBound && text[i + 1] &- 0x41 < 26
      case .symbol:
        let isOpening =
          value == 0x22 || value == 0x27 || value == 0x28 || value == 0x5B || value == 0xAB || value == 0xBF
          || value == 0xA1 || (0x2018...0x201F).contains(value) || (0x3008...0x3011).contains(value) || value == 0x24
          || value == 0xA3 || value == 0x20AC || value == 0xBB || value == 0xFF08
        guard isOpening else { return false }
        i += length
      }
    }
    return false
  }

  /// "6:54:10", "2019-02-23": a line of a log, the date of a post.
  private static func isStamp(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
    let run = text[at..<end].prefix { $0 &- 0x30 < 11 || $0 == 0x2D }
    return run.count { $0 == 0x3A } > 1 || run.count { $0 == 0x2D } > 1
  }

  /// "3. ", "3) ".
  private static func isItemNumber(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
    let digits = text[at..<end].prefix { $0 &- 0x30 < 10 }
    let behind = text[digits.endIndex..<end].prefix(2)
    return behind.elementsEqual([0x2E, 0x20]) || behind.elementsEqual([0x29, 0x20])
  }
}
