import CEmbedded
import Synchronization

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

  fileprivate static let names: [String: WordClasses] = [
    "stop": .stop, "opener": .opener, "speech": .speech, "first": .first, "second": .second, "cue": .cue,
    "pronoun": .pronoun, "time": .time, "teaser": .teaser,
    "points": .points, "present": .present, "aside": .aside, "label": .label,
  ]
}

enum AbbreviationClass: UInt8 {
  case title, number, general, proper, never, month, time, unit
  static let names: [String: AbbreviationClass] = [
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

  /// Data by BCP 47 tag, of which the first part counts; for a language without data, an empty one.
  package static func of(_ tag: String?) -> LanguageData {
    var code = String((tag ?? "und").prefix { $0 != "-" && $0 != "_" }).lowercased()
    if code == "no" || code == "nn" { code = "nb" }
    if code == "ms" { code = "id" }
    guard let lines = lines[code] else { return LanguageData(code: code, []) }
    return known.withLock { known in
      if let data = known[code] { return data }
      let data = LanguageData(code: code, lines)
      known[code] = data
      return data
    }
  }

  /// The languages that have data.
  package static var codes: some Collection<String> { lines.keys }

  /// Those that were asked for: a run needs few of the languages.
  private static let known = Mutex<[String: LanguageData]>([:])
  private static let lines = lines(embedded_words(), areWords: true).merging(
    lines(embedded_abbreviations(), areWords: false), uniquingKeysWith: +)

  /// "LANGUAGE GROUP: items…"; the bytes are the binary's own.
  private struct Line: @unchecked Sendable {
    var group: String
    var areWords: Bool
    var bytes: Slice<UnsafeBufferPointer<UInt8>>
  }

  private static func lines(_ file: embedded_file, areWords: Bool) -> [String: [Line]] {
    var lines: [String: [Line]] = [:]
    for line in UnsafeBufferPointer(start: file.bytes, count: file.count).split(separator: 0x0A)
    where line.first != UInt8(ascii: "#") {
      guard let space = line.firstIndex(of: 0x20), let colon = line[space...].firstIndex(of: UInt8(ascii: ":")) else {
        fatalError("a line of words without a group")
      }
      let group = String(decoding: line[(space + 1)..<colon], as: UTF8.self)
      lines[String(decoding: line[..<space], as: UTF8.self), default: []].append(
        Line(group: group, areWords: areWords, bytes: line[(colon + 1)...]))
    }
    return lines
  }

  private init(code: String, _ lines: [Line]) {
    self.code = code
    for line in lines {
      if line.areWords { addWords(line) } else { addAbbreviations(line) }
    }
  }

  private mutating func addWords(_ line: Line) {
    guard let word = WordClasses.names[line.group] else { fatalError("words.txt: no class \(line.group)") }
    let begins = word == .teaser ? WordClasses.beginsTeaser : .begins
    for item in line.bytes.split(separator: 0x20) {
      var hash = TextHash.start
      var start = item.startIndex
      while let end = item[start...].firstIndex(of: 0x5F) {
        hash = TextBytes.hash(item.base, start..<end, from: hash)
        add(begins, to: hash)
        TextBytes.mix(&hash, 0x20)
        start = end + 1
      }
      add(word, to: TextBytes.hash(item.base, start..<item.endIndex, from: hash))
    }
  }

  private mutating func addAbbreviations(_ line: Line) {
    guard let abbreviation = AbbreviationClass.names[line.group] else {
      fatalError("abbreviations.txt: no class \(line.group)")
    }
    for item in line.bytes.split(separator: 0x20) {
      abbreviations[TextBytes.hash(item.base, item.startIndex..<item.endIndex)] = abbreviation
    }
  }
}
