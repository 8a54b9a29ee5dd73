/// Guesses the language of a text from its most frequent words and letters.
enum LanguageGuess {
  /// BCP 47, nil where nothing speaks clearly. Looks at the first 20,000 bytes.
  static func guess(_ utf8: [UInt8]) -> String? {
    let text = String(decoding: utf8.prefix(20_000), as: UTF8.self).lowercased()
    if let language = byScript(text) { return language }
    var counts: [String: Int] = [:]
    for word in text.split(whereSeparator: { !$0.isLetter && $0 != "'" }) { counts[String(word), default: 0] += 1 }
    let scores = stopWords.map { language, words in (language, words.reduce(0) { $0 + (counts[$1] ?? 0) }) }
    let best = scores.max { ($0.1, $1.0) < ($1.1, $0.0) }
    guard let best, best.1 >= 3 else { return nil }
    return best.0
  }

  private static func byScript(_ text: String) -> String? {
    var counts: [String: Int] = [:]
    var letters = 0
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      letters += 1
      let script: String? =
        switch scalar.value {
        case 0x3040...0x30FF: "ja"
        case 0x4E00...0x9FFF: "zh"
        case 0xAC00...0xD7AF: "ko"
        case 0x0600...0x06FF: "ar"
        case 0x0590...0x05FF: "he"
        case 0x0370...0x03FF: "el"
        case 0x0900...0x097F: "hi"
        case 0x0E00...0x0E7F: "th"
        default: nil
        }
      if let script { counts[script, default: 0] += 1 }
    }
    if let kana = counts["ja"], kana * 20 > letters { return "ja" }
    guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.value * 2 > letters else {
      return nil
    }
    return best.key
  }

  private static let stopWords: [(String, [String])] = [
    ("en", ["the", "and", "of", "to", "in", "is", "that", "for", "was", "with", "on", "are", "it", "you"]),
    ("de", ["der", "die", "und", "das", "ist", "nicht", "ein", "eine", "mit", "den", "von", "auf", "für", "sich"]),
    ("fr", ["le", "la", "les", "des", "et", "est", "une", "dans", "que", "pour", "pas", "qui", "sur", "du"]),
    ("es", ["el", "los", "las", "que", "y", "en", "una", "por", "con", "para", "del", "se", "es", "su"]),
    ("pt", ["o", "os", "que", "e", "não", "uma", "com", "para", "do", "da", "em", "um", "por", "dos"]),
    ("it", ["il", "che", "di", "e", "la", "per", "un", "una", "non", "con", "del", "della", "sono", "gli"]),
    ("nl", ["de", "het", "een", "van", "en", "is", "dat", "op", "te", "voor", "niet", "zijn", "met", "aan"]),
    ("sv", ["och", "att", "det", "som", "är", "på", "en", "för", "med", "av", "inte", "den", "till", "har"]),
    ("da", ["og", "at", "det", "er", "en", "til", "på", "af", "ikke", "med", "for", "som", "der", "den"]),
    ("pl", ["i", "w", "na", "nie", "się", "z", "do", "że", "jest", "to", "jak", "o", "przez", "dla"]),
    ("cs", ["a", "je", "na", "že", "se", "v", "s", "to", "jako", "pro", "ale", "které", "by", "jsou"]),
    ("tr", ["ve", "bir", "bu", "için", "da", "de", "ile", "olarak", "çok", "daha", "ne", "olan", "gibi", "var"]),
    ("uk", ["і", "в", "на", "що", "не", "з", "та", "до", "у", "як", "за", "це", "від", "для"]),
    ("ru", ["и", "в", "не", "на", "что", "с", "по", "как", "это", "из", "для", "от", "его", "был"]),
    (
      "id",
      ["yang", "dan", "di", "ini", "untuk", "dengan", "dari", "dalam", "tidak", "akan", "pada", "itu", "ke", "juga"]
    ),
  ]
}
