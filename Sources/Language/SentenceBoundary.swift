import Glibc

/// Judges whether a sentence ends at a stop.
struct SentenceBoundary {
  private let text: UnsafeBufferPointer<UInt8>
  private let data: LanguageData
  /// Where the sentence in hand starts.
  var start = 0

  init(_ text: UnsafeBufferPointer<UInt8>, _ data: LanguageData) {
    self.text = text
    self.data = data
  }

  /// What comes after a stop: its first letter behind quotes and brackets, and its first word.
  private struct Next {
    var kind: TextBytes.Case
    var word: Range<Int>
    var classes: WordClasses
    var quoted: Bool
    /// Starts many sentences: an article, a pronoun, a preposition …
    var isStarter: Bool { kind == .upper && !classes.isDisjoint(with: .starts) }
  }

  /// Moves the stop's end behind a closing quote that a space sets off.
  func holds(_ stop: inout SentenceStop) -> Bool {
    if stop.kind == .blankLine { return true }
    var end = stop.end
    guard end < text.count else { return true }
    if stop.kind == .wide { return wide(stop) }
    if isBracketOpen(stop) { return false }
    let spaces = TextBytes.space(text, end)
    guard spaces > 0 else { return glued(stop) }
    if isReference(TextBytes.skipSpaces(text, end)) { return false }
    if data.code == "fr", let closed = frenchClose(end) {
      end = closed
      stop.end = closed
    }
    let next = self.next(TextBytes.skipSpaces(text, end))
    switch next.kind {
    case .lower:
      guard isCamel(next.word) else { return false }
    case .symbol where next.word.isEmpty && stop.kind == .ellipsis: return true
    default: break
    }
    switch stop.kind {
    case .mark: return !isAsked(stop, next)
    case .ellipsis:
      if stop.dots == 3, data.code == "en", isFirstPerson(next.word) { return false }
      return next.kind != .digit
    default: return period(stop, next)
    }
  }

  // MARK: The single stop

  private func period(_ stop: SentenceStop, _ next: Next) -> Bool {
    let word = wordBefore(stop.start)
    if word.isEmpty { return true }
    // Quotes and brackets closed after the stop, so it is no abbreviation's: "(… and so on.) The".
    let closed = stop.end > stop.runEnd && text[stop.runEnd] != 0x27
    let first = TextBytes.scalar(text, word.lowerBound)
    let isSingle = first.length == word.count
    let kind = TextBytes.kind(first.value)
    if kind == .digit, let digits = integer(word) { return number(word, digits, next) }
    if let known = abbreviation(word), !isSingle || kind != .upper || known == .title || known == .never {
      return closed && known != .title ? next.kind == .upper : allows(known, word, next)
    }
    if closed { return true }
    if isSingle, kind == .upper || kind == .lower { return initial(word, kind, next) }
    if isAcronym(word) { return next.kind != .upper || next.isStarter || next.quoted }
    if data.hasOrdinals, isRoman(word) { return next.isStarter }
    return true
  }

  private func allows(_ known: AbbreviationClass, _ word: Range<Int>, _ next: Next) -> Bool {
    let isCapital = TextBytes.kind(TextBytes.scalar(text, word.lowerBound).value) == .upper
    switch known {
    case .title:
      // "He is a gen." with a small letter still goes before a name; nothing ends with "Mr.".
      return false
    case .never: return false
    case .unit: return next.kind == .upper || next.quoted
    case .number: return next.kind != .digit && !isRoman(next.word) && !(next.kind == .symbol && !next.quoted)
    case .proper:
      return isCapital ? next.isStarter : true
    case .month:
      if next.kind == .digit { return false }
      return isCapital && (data.code == "en" || data.code == "de") ? next.isStarter : true
    case .time:
      if word.lowerBound - start < 8, start + 8 < text.count, wordCount(start..<word.lowerBound) < 3 { return false }
      return !next.classes.contains(.time) && !isZone(next.word)
    case .general:
      if next.kind == .digit { return false }
      if next.isStarter || next.quoted { return true }
      // "2010 г. Зима": a letter behind a year.
      if word.count < 3, let before = previousWord(word), text[before.upperBound - 1] &- 0x30 < 10 {
        return next.kind == .upper
      }
      return next.kind == .letter
    }
  }

  private func initial(_ word: Range<Int>, _ kind: TextBytes.Case, _ next: Next) -> Bool {
    // "z. B.", "т. д.": the first letter of a pair, found as one at its second.
    if next.word.count <= 2, next.word.upperBound < text.count, text[next.word.upperBound] == 0x2E { return false }
    if next.kind == .digit { return kind == .lower }
    if data.code == "en", text[word.lowerBound] == 0x49 {
      let before = previousWord(word).map { TextBytes.hash(text, $0) }
      if before == Self.and || before == Self.or { return true }
    }
    if word.lowerBound == start { return false }
    return next.isStarter && (kind != .upper || next.word.count > 1)
  }
  private static let and = TextBytes.hash("and")
  private static let or = TextBytes.hash("or")

  private func number(_ word: Range<Int>, _ digits: Int, _ next: Next) -> Bool {
    if word.count <= 3, text[start..<word.lowerBound].allSatisfy({ $0 >= 0x80 || $0 == 0x20 }) { return false }
    guard data.hasOrdinals, digits <= 31, word.count <= 2 else { return true }
    if next.classes.contains(.time) { return false }
    if next.kind == .digit { return false }
    // Only German writes what follows an ordinal with a capital.
    return data.code == "de" ? next.isStarter : true
  }

  // MARK: Other stops

  /// "!" or "?" in a quotation that a verb of saying follows: “Really?” Smith asked.
  private func isAsked(_ stop: SentenceStop, _ next: Next) -> Bool {
    guard stop.end > stop.runEnd, next.kind == .upper, !next.isStarter else { return false }
    let second = self.next(TextBytes.skipSpaces(text, next.word.upperBound))
    return second.classes.contains(.speech)
  }

  /// How many bytes are looked back and on for a bracket or the start of a word. Text of nothing but stops is one long
  /// sentence: with no bound, each would be asked for all of it.
  private static let reach = 600

  /// A stop with no space behind: mostly inside a number, an address, an abbreviation.
  private func glued(_ stop: SentenceStop) -> Bool {
    let after = TextBytes.scalar(text, stop.end)
    let kind = TextBytes.kind(after.value)
    if kind == .letter { return stop.kind != .stop || TextBytes.kind(before(stop)) == .letter }
    guard kind == .upper, stop.kind != .ellipsis else {
      // “… said.“The”: an opening quote behind the stop.
      return after.value == 0x201C && stop.end == stop.runEnd && data.code != "de"
    }
    if stop.kind == .mark { return stop.end > stop.runEnd || isLowerWord(stop.start, 2) }
    if stop.end > stop.runEnd { return text[stop.runEnd] != 0x27 && text[stop.runEnd] != 0x5D }
    // “world.Today is”: a word of small letters, then a capital word with a space or a stop behind it.
    guard isLowerWord(stop.start, 3) || (stop.start > 0 && text[stop.start - 1] &- 0x30 < 10) else { return false }
    let word = self.next(stop.end).word
    guard word.upperBound < text.count, word.count > 1 || text[word.lowerBound] == 0x41 else { return false }
    var token = stop.start
    while token > max(start, stop.start - Self.reach), text[token - 1] > 0x20 { token -= 1 }
    for i in token..<stop.start where [0x2F, 0x40, 0x5F, 0x3D].contains(text[i]) { return false }
    let behind = text[word.upperBound]
    if behind == 0x2E { return data.abbreviations[TextBytes.hash(text, word)] == .title }
    return TextBytes.space(text, word.upperBound) > 0 || behind == 0x2C || behind == 0x27
  }

  /// 。！？: within Japanese quotes, and before the particle that quotes, the sentence goes on.
  private func wide(_ stop: SentenceStop) -> Bool {
    if stop.end > stop.runEnd {
      // （…。）: a note within the sentence, unless it is all of it.
      if text[stop.runEnd] == 0xEF { return text[start] == 0xEF && text[start + 1] == 0xBC && text[start + 2] == 0x88 }
      guard text[stop.runEnd] == 0xE3, text[stop.runEnd + 1] == 0x80, text[stop.runEnd + 2] <= 0x8F else {
        return true
      }
      let (value, _) = TextBytes.scalar(text, stop.end)
      return !(0x3041...0x309F).contains(value)
    }
    var depth = 0
    var i = max(start, stop.start - Self.reach)
    while i + 2 < stop.start {
      if text[i] == 0xE3, text[i + 1] == 0x80 {
        if text[i + 2] == 0x8C || text[i + 2] == 0x8E { depth += 1 }
        if text[i + 2] == 0x8D || text[i + 2] == 0x8F { depth -= 1 }
        i += 2
      } else if text[i] == 0xEF, text[i + 1] == 0xBC {
        if text[i + 2] == 0x88 { depth += 1 }
        if text[i + 2] == 0x89 { depth -= 1 }
        i += 2
      }
      i += 1
    }
    guard depth > 0 else { return true }
    i = stop.end
    while i + 2 < text.count, i < stop.end + Self.reach {
      if text[i] == 0xE3, text[i + 1] == 0x80, text[i + 2] == 0x8D || text[i + 2] == 0x8F { return false }
      if text[i] == 0xEF, text[i + 1] == 0xBC, text[i + 2] == 0x89 { return false }
      i += 1
    }
    return true
  }

  /// The stop stands in round brackets that close soon: "(He taught. He liked it.)".
  private func isBracketOpen(_ stop: SentenceStop) -> Bool {
    var depth = 0
    var last = start
    let from = max(start, stop.end - Self.reach)
    guard memchr(text.baseAddress! + from, 0x28, stop.end - from) != nil else { return false }
    for i in from..<stop.end {
      if text[i] == 0x28 {
        depth += 1
        last = i
      }
      if text[i] == 0x29 { depth = max(0, depth - 1) }
    }
    guard depth > 0, stop.end - last < 200 else { return false }
    for i in stop.end..<min(text.count, stop.end + 200) {
      if text[i] == 0x29 { return true }
      if text[i] == 0x28 { return false }
    }
    return false
  }

  /// A short note in brackets that the sentence's own stop follows: “… [...]” (Smith 55).
  private func isReference(_ at: Int) -> Bool {
    guard at < text.count, text[at] == 0x28 else { return false }
    for i in at..<min(text.count, at + 40) where text[i] == 0x29 {
      return i + 1 < text.count && [0x2E, 0x2C, 0x3B].contains(text[i + 1])
    }
    return false
  }

  // MARK: Words around a stop

  private func next(_ from: Int) -> Next {
    var i = from
    var quoted = false
    while i < text.count {
      let c = text[i]
      if c == 0x22 || c == 0x27 || c == 0x28 || c == 0x5B {
        quoted = true
        i += 1
      } else if c == 0xC2, i + 1 < text.count,
        text[i + 1] == 0xAB || text[i + 1] == 0xBB || text[i + 1] == 0xBF
          || text[i + 1] == 0xA1
      {
        quoted = true
        i += 2
      } else if c == 0xE2, i + 2 < text.count, text[i + 1] == 0x80, (0x98...0xB9).contains(text[i + 2]),
        text[i + 2] < 0xA0 || text[i + 2] == 0xB9
      {
        quoted = true
        i += 3
      } else if c == 0xE2, i + 3 < text.count, text[i + 1] == 0x80, text[i + 2] == 0x93 || text[i + 2] == 0x94,
        text[i + 3] == 0x20
      {
        // «Who is there?» — he asked.
        i += 4
      } else {
        break
      }
    }
    guard i < text.count else { return Next(kind: .symbol, word: i..<i, classes: [], quoted: quoted) }
    let kind = TextBytes.kind(TextBytes.scalar(text, i).value)
    var end = i
    while end < text.count {
      let (value, length) = TextBytes.scalar(text, end)
      guard TextBytes.kind(value) != .symbol || value == 0x27 || value == 0x2019 else { break }
      end += length
    }
    let classes = end > i ? data.classes(of: TextBytes.hash(text, i..<end)) : .none
    return Next(kind: kind, word: i..<end, classes: classes, quoted: quoted)
  }

  /// The letters, digits, stops and hyphens up to `end`.
  private func wordBefore(_ end: Int) -> Range<Int> {
    var i = end
    while i > start {
      let (value, from) = TextBytes.scalarBefore(text, i)
      let isPart = value == 0x2E || value == 0x2D || value == 0x27 || value == 0xB0 || value == 0x2116 || value == 0xBA
      guard isPart || TextBytes.kind(value) != .symbol else { break }
      i = from
    }
    while i < end, text[i] == 0x27 || text[i] == 0x2D || text[i] == 0x2E { i += 1 }
    return i..<end
  }

  private func previousWord(_ word: Range<Int>) -> Range<Int>? {
    guard word.lowerBound > start, text[word.lowerBound - 1] == 0x20 else { return nil }
    let before = wordBefore(word.lowerBound - 1)
    return before.isEmpty ? nil : before
  }

  private func abbreviation(_ word: Range<Int>) -> AbbreviationClass? {
    guard word.count <= 24 else { return nil }
    // "z. B." as "z.b"; "и т. д." by its last two letters.
    if word.count <= 6, word.lowerBound > start + 1, text[word.lowerBound - 1] == 0x20,
      text[word.lowerBound - 2] == 0x2E
    {
      let before = wordBefore(word.lowerBound - 2)
      if before.count <= 6, !before.isEmpty {
        var hash = TextBytes.hash(text, before)
        TextBytes.mix(&hash, 0x2E)
        if let known = data.abbreviations[TextBytes.hash(text, word, from: hash)] { return known }
      }
    }
    if let known = data.abbreviations[TextBytes.hash(text, word)] { return known }
    // "Mühlstr. 4".
    return data.code == "de" && text[word].suffix(3).elementsEqual("str".utf8) ? .general : nil
  }

  /// Letters one by one with stops between: U.S, F.B.I.
  private func isAcronym(_ word: Range<Int>) -> Bool {
    var i = word.lowerBound
    var letters = 0
    while i < word.upperBound {
      let (value, length) = TextBytes.scalar(text, i)
      guard TextBytes.kind(value) != .symbol, TextBytes.kind(value) != .digit else { return false }
      letters += 1
      i += length
      guard i == word.upperBound || text[i] == 0x2E else { return false }
      i += 1
    }
    return letters > 1
  }

  private func integer(_ word: Range<Int>) -> Int? {
    var value = 0
    for i in word {
      guard text[i] &- 0x30 < 10, value < 100_000 else { return nil }
      value = value * 10 + Int(text[i] - 0x30)
    }
    return value
  }

  private func isRoman(_ word: Range<Int>) -> Bool {
    guard word.count > 1 || (word.count == 1 && text[word.lowerBound] != 0x49), word.count < 6 else { return false }
    return text[word].allSatisfy { [0x49, 0x56, 0x58, 0x4C].contains($0) }
  }
  private func isZone(_ word: Range<Int>) -> Bool {
    (2...4).contains(word.count) && text[word].allSatisfy { $0 &- 0x41 < 26 }
  }
  private func isFirstPerson(_ word: Range<Int>) -> Bool {
    !word.isEmpty && text[word.lowerBound] == 0x49 && (word.count == 1 || text[word.lowerBound + 1] == 0x27)
      || (word.count > 1 && text[word.lowerBound] == 0x49 && text[word.lowerBound + 1] == 0xE2)
  }
  /// "iPhone", "eBay".
  private func isCamel(_ word: Range<Int>) -> Bool {
    word.count > 2 && text[word.lowerBound + 1] &- 0x41 < 26
  }
  private func isLowerWord(_ end: Int, _ count: Int) -> Bool {
    guard end - count >= start else { return false }
    return text[end - count..<end].allSatisfy { $0 &- 0x61 < 26 || $0 >= 0x80 }
  }
  private func before(_ stop: SentenceStop) -> UInt32 {
    stop.start > 0 ? TextBytes.scalarBefore(text, stop.start).value : 0
  }
  private func wordCount(_ range: Range<Int>) -> Int { text[range].count { $0 == 0x20 } }

  /// French sets a space before a closing "»".
  private func frenchClose(_ end: Int) -> Int? {
    let i = TextBytes.skipSpaces(text, end)
    guard i + 1 < text.count, text[i] == 0xC2, text[i + 1] == 0xBB else { return nil }
    return i + 2
  }
}
