import CEmbedded

/// What `Rules/language/words.txt` says of a word.
package struct WordClasses: OptionSet, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }
  package static let stop = WordClasses(rawValue: 1)
  package static let opener = WordClasses(rawValue: 2)
  package static let speech = WordClasses(rawValue: 4)
  package static let first = WordClasses(rawValue: 8)
  package static let second = WordClasses(rawValue: 16)
  package static let cue = WordClasses(rawValue: 32)
  package static let pronoun = WordClasses(rawValue: 64)
  package static let time = WordClasses(rawValue: 128)
  package static let teaser = WordClasses(rawValue: 256)
  /// The first words of a phrase; look up the phrase.
  package static let begins = WordClasses(rawValue: 512)
  package static let beginsTeaser = WordClasses(rawValue: 1024)
  package static let points = WordClasses(rawValue: 2048)
  package static let present = WordClasses(rawValue: 4096)
  package static let aside = WordClasses(rawValue: 8192)
  package static let label = WordClasses(rawValue: 16384)
  // None and unions as constants: an array literal of them is built anew at every use.
  package static let none: WordClasses = []
  package static let opens = WordClasses(rawValue: 2 | 512 | 8192)
  package static let teases = WordClasses(rawValue: 256 | 1024)
  package static let starts = WordClasses(rawValue: 1 | 2)

  fileprivate static let names: [Substring: WordClasses] = [
    "stop": .stop, "opener": .opener, "speech": .speech, "first": .first, "second": .second, "cue": .cue,
    "pronoun": .pronoun, "time": .time, "teaser": .teaser,
    "points": .points, "present": .present, "aside": .aside, "label": .label,
  ]
}

enum AbbreviationClass: UInt8 {
  case title, number, general, proper, never, month, time, unit
  static let names: [Substring: AbbreviationClass] = [
    "title": .title, "number": .number, "general": .general, "proper": .proper, "never": .never, "month": .month,
    "time": .time, "unit": .unit,
  ]
}

/// The words and abbreviations of one language, by hash.
package struct LanguageData: Sendable {
  package let code: String
  /// The listed words by hash, and what each is: in a table of our own, since every word of a page is looked up.
  private var words = HashTable(capacity: 8)
  private var wordClasses: [WordClasses] = []
  package var listsWords: Bool { !wordClasses.isEmpty }
  /// None for a word that is not listed.
  package func classes(of hash: UInt64) -> WordClasses { words.find(hash).map { wordClasses[Int($0)] } ?? .none }
  private mutating func add(_ classes: WordClasses, to hash: UInt64) {
    let (word, isNew) = words.insert(hash)
    if isNew { wordClasses.append(classes) } else { wordClasses[Int(word)].formUnion(classes) }
  }
  fileprivate(set) var abbreviations: [UInt64: AbbreviationClass] = [:]
  /// Whether "3." may be an ordinal, as in "am 3. Mai".
  package var hasOrdinals: Bool { Self.ordinals.contains(code) }
  private static let ordinals: Set<String> = ["de", "da", "nb", "cs", "pl", "tr", "fi", "hu", "sl", "hr", "et", "lv"]

  private init(code: String) { self.code = code }

  /// Data by BCP 47 tag, of which the first part counts; for a language without data, an empty one.
  package static func of(_ tag: String?) -> LanguageData {
    var code = String((tag ?? "und").prefix { $0 != "-" && $0 != "_" }).lowercased()
    if code == "no" || code == "nn" { code = "nb" }
    if code == "ms" { code = "id" }
    return all[code] ?? LanguageData(code: code)
  }

  /// Parsed once, some 30 KB of text.
  private static let all: [String: LanguageData] = {
    var all: [String: LanguageData] = [:]
    for line in lines(embedded_words()) {
      guard let wordClass = WordClasses.names[line.group] else { fatalError("words.txt: no class \(line.group)") }
      let begins = wordClass == .teaser ? WordClasses.beginsTeaser : .begins
      line.add(to: &all) { data, bytes, item in
        var hash = TextHash.start
        var start = item.lowerBound
        while let end = bytes[start..<item.upperBound].firstIndex(of: 0x5F) {
          hash = TextBytes.hash(bytes, start..<end, from: hash)
          data.add(begins, to: hash)
          TextBytes.mix(&hash, 0x20)
          start = end + 1
        }
        data.add(wordClass, to: TextBytes.hash(bytes, start..<item.upperBound, from: hash))
      }
    }
    for line in lines(embedded_abbreviations()) {
      guard let abbreviationClass = AbbreviationClass.names[line.group] else {
        fatalError("abbreviations.txt: no class \(line.group)")
      }
      line.add(to: &all) { data, bytes, item in data.abbreviations[TextBytes.hash(bytes, item)] = abbreviationClass }
    }
    return all
  }()

  /// "LANGUAGE GROUP: items…".
  private struct Line {
    var language: String
    var group: Substring
    var bytes: UnsafeBufferPointer<UInt8>
    var items: Range<Int>

    func add(
      to all: inout [String: LanguageData],
      _ add: (inout LanguageData, UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) {
      var data = all.removeValue(forKey: language) ?? LanguageData(code: language)
      for item in bytes[items].split(separator: 0x20) { add(&data, bytes, item.startIndex..<item.endIndex) }
      all[language] = data
    }
  }

  private static func lines(_ file: embedded_file) -> [Line] {
    let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
    return bytes.split(separator: 0x0A).filter { $0.first != UInt8(ascii: "#") }.map { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { fatalError("a line of words without a colon") }
      let key = String(decoding: line[..<colon], as: UTF8.self).split(separator: " ")
      return Line(language: String(key[0]), group: key[1], bytes: bytes, items: colon + 1..<line.endIndex)
    }
  }
}
