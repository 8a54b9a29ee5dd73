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
  // Unions as constants: an array literal of them is built anew at every use.
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
  package fileprivate(set) var words: [UInt64: WordClasses] = [:]
  /// None for a word that is not listed.
  package func classes(of hash: UInt64) -> WordClasses { words[hash] ?? WordClasses(rawValue: 0) }
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
    for (language, group, items) in lines(embedded_words()) {
      guard let wordClass = WordClasses.names[group] else { fatalError("words.txt: no class \(group)") }
      for item in items {
        let parts = item.split(separator: "_")
        var hash = TextHash.start
        for (index, part) in parts.enumerated() {
          if index > 0 { TextBytes.mix(&hash, 0x20) }
          var part = String(part)
          hash = part.withUTF8 { TextBytes.hash($0, 0..<$0.count, from: hash) }
          let added = index + 1 == parts.count ? wordClass : wordClass == .teaser ? .beginsTeaser : .begins
          all[language, default: LanguageData(code: language)].words[hash, default: []].formUnion(added)
        }
      }
    }
    for (language, group, items) in lines(embedded_abbreviations()) {
      guard let abbreviationClass = AbbreviationClass.names[group] else {
        fatalError("abbreviations.txt: no class \(group)")
      }
      for item in items {
        all[language, default: LanguageData(code: language)].abbreviations[TextBytes.hash(item)] = abbreviationClass
      }
    }
    return all
  }()

  private static func lines(_ file: embedded_file) -> [(String, Substring, [Substring])] {
    String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        let key = parts[0].split(separator: " ")
        return (String(key[0]), key[1], parts[1].split(separator: " "))
      }
  }
}
