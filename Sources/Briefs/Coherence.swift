import Language

/// What keeps a sentence out of a brief, or ties it to the one before.
struct Coherence {
  /// The sentence can stand in a brief.
  private(set) var isEligible: [Bool] = []
  /// It leans on its predecessor: opens with "He", "But", "In addition" …
  private(set) var pointsBack: [Bool] = []
  /// It is little but a quotation.
  private(set) var isQuote: [Bool] = []
  /// It holds a prompt: "sign up", "read more".
  private(set) var isTeaser: [Bool] = []

  /// It can stand in a brief of the whole page: questions and exclamations too, but no prompt, no fragment.
  private(set) var isWhole: [Bool] = []

  mutating func exclude(_ sentence: Int) {
    isEligible[sentence] = false
    isWhole[sentence] = false
  }

  init(
    _ prose: Prose, _ words: PageWords, _ surfaces: [Surface], _ text: UnsafeBufferPointer<UInt8>,
    _ data: LanguageData
  ) {
    var seen: Set<UInt64> = []
    for (i, unit) in prose.units.enumerated() {
      let surface = surfaces[i]
      let tokens = words.tokens[words.starts[i]..<words.starts[i + 1]]
      let isTeaser = Self.holdsTeaser(text, unit.range, tokens, data)
      let isNew = seen.insert(TextBytes.hash(text, unit.range)).inserted
      let stands = !isTeaser && isNew && Self.startsWell(text, unit.range)
      isEligible.append(
        stands && surface.endsStop && surface.isBalanced && surface.length.words >= 5 && tokens.count >= 4
          && text[unit.range.lowerBound] != 0x28)
      isWhole.append(stands && (surface.endsStop || surface.endsQuestion || surface.endsExclamation))
      pointsBack.append(
        Self.opens(text, unit.range, tokens, data) || Self.isSaidByPronoun(tokens, surface))
      isQuote.append(surface.startsQuoted && (surface.endsQuoted || surface.quotedBytes * 10 > unit.range.count * 6))
      self.isTeaser.append(isTeaser)
    }
  }

  /// The longest phrase that `words.txt` lists, from the sentence's first word.
  private static func opens(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ tokens: ArraySlice<PageWords.Token>, _ data: LanguageData
  ) -> Bool {
    if data.code == "ja" || data.code == "zh" { return wideOpener(text, range, data) }
    guard let first = tokens.first else { return false }
    // A page whose language has no words of its own, or that nobody could tell, may be English.
    let isListed = !data.words.isEmpty
    if isListed, first.classes.isDisjoint(with: .opens) { return false }
    let data = isListed ? data : .of("en")
    var found = false
    var count = 0
    var hash: UInt64 = 0
    var classes: WordClasses = .begins
    WordFinder.each(text, range.lowerBound..<min(range.upperBound, range.lowerBound + 80)) { word in
      guard !found, classes.contains(.begins), count < 5 else { return }
      hash = count == 0 ? word.hash : WordFinder.extend(hash, with: word, text)
      count += 1
      classes = data.classes(of: hash)
      if classes.contains(.opener) { found = true }
    }
    return found
  }

  private static func wideOpener(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ data: LanguageData) -> Bool
  {
    for length in [3, 6, 9, 12] where range.lowerBound + length <= range.upperBound {
      let start = range.lowerBound..<range.lowerBound + length
      if data.words[TextBytes.hash(text, start)]?.contains(.opener) == true { return true }
    }
    return false
  }

  /// “…,” he said: the speaker is named elsewhere.
  private static func isSaidByPronoun(_ tokens: ArraySlice<PageWords.Token>, _ surface: Surface) -> Bool {
    guard surface.quotes > 1, surface.startsQuoted, tokens.count > 2 else { return false }
    for i in tokens.indices.dropLast() {
      let pair = [tokens[i].classes, tokens[i + 1].classes]
      if pair[0].contains(.pronoun), pair[1].contains(.speech) { return true }
      if pair[0].contains(.speech), pair[1].contains(.pronoun) { return true }
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
      let end = place + 6 < tokens.endIndex ? Int(tokens[place + 6].start) : range.upperBound
      if beginsTeaser(text, Int(tokens[place].start)..<end, data) { return true }
    }
    return false
  }

  private static func beginsTeaser(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ data: LanguageData
  ) -> Bool {
    var phrase: UInt64?
    var isOpen = true
    var found = false
    WordFinder.each(text, range) { word in
      guard isOpen else { return }
      let longer = phrase.map { WordFinder.extend($0, with: word, text) } ?? word.hash
      let classes = data.words[longer] ?? []
      if phrase != nil, classes.contains(.teaser) { found = true }
      isOpen = !found && classes.contains(.beginsTeaser)
      phrase = longer
    }
    return found
  }

  /// With a letter, a digit, an opening quote or bracket; no bullet, no stray mark, and no small letter where the
  /// script has capitals.
  private static func startsWell(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    while i < range.upperBound {
      let (value, length) = TextBytes.scalar(text, i)
      switch TextBytes.kind(value) {
      case .upper, .letter: return true
      case .digit: return !isTime(text, i, range.upperBound)
      case .lower:
        // "iPhone", "eBay".
        return i + 1 < range.upperBound && text[i + 1] &- 0x41 < 26
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

  /// "6:54:10": a line of a log.
  private static func isTime(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
    var colons = 0
    var i = at
    while i < end, text[i] &- 0x30 < 11 {
      if text[i] == 0x3A { colons += 1 }
      i += 1
    }
    return colons > 1
  }
}
