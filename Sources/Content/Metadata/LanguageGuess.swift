import Language

/// Guesses the language of a text from its letters and its most frequent words.
enum LanguageGuess {
  struct Guess: Equatable {
    /// BCP 47, without a region.
    var language: String
    /// Whether much speaks for it and little for any other.
    var isSure: Bool
  }

  /// Nil where nothing speaks clearly. Looks at the first 12,000 bytes, fewer where these are surely of one language
  /// that is not other than `expected`, and makes no strings.
  static func guess(_ utf8: [UInt8], expecting expected: String? = nil) -> Guess? {
    utf8.withUnsafeBufferPointer { all in
      let text = UnsafeBufferPointer(rebasing: all.prefix(12_000))
      return byScript(text) ?? byWords(text, expected)
    }
  }

  // MARK: Scripts

  private static func byScript(_ text: UnsafeBufferPointer<UInt8>) -> Guess? {
    // What leads a character of these scripts, which a dash's or a quotation mark's E2 is not: few of them, and the
    // text is Latin.
    var leads = 0
    for i in 0..<text.count where text[i] >= 0xCD && text[i] != 0xE2 { leads &+= 1 }
    guard leads > 20 else { return nil }
    var latin = 0
    var other = [Int](repeating: 0, count: scripts.count)
    var i = 0
    while i < text.count {
      let c = text[i]
      if c < 0x80 {
        if (c | 0x20) &- 0x61 < 26 { latin += 1 }
        i += 1
        continue
      }
      let length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2
      guard i + length <= text.count else { break }
      let scalar =
        length == 2
        ? UInt32(c & 0x1F) << 6 | UInt32(text[i + 1] & 0x3F)
        : UInt32(c & 0x0F) << 12 | UInt32(text[i + 1] & 0x3F) << 6 | UInt32(text[i + 2] & 0x3F)
      if length < 4, scalar >= 0x370 {
        for (k, script) in scripts.enumerated() where script.range.contains(scalar) {
          other[k] += 1
          break
        }
      } else if length == 2 {
        latin += 1
      }
      i += length
    }
    let kana = other[0]
    // Japanese is written with more ideographs than kana.
    if kana * 20 > latin + other.reduce(0, +), kana > 10 { return Guess(language: "ja", isSure: true) }
    guard let best = other.indices.max(by: { other[$0] < other[$1] }), other[best] > 20, other[best] * 2 > latin else {
      return nil
    }
    return Guess(language: scripts[best].language, isSure: other[best] > latin)
  }
  private static let scripts: [(range: ClosedRange<UInt32>, language: String)] = [
    (0x3040...0x30FF, "ja"), (0x4E00...0x9FFF, "zh"), (0xAC00...0xD7AF, "ko"), (0x0600...0x06FF, "ar"),
    (0x0590...0x05FF, "he"), (0x0370...0x03FF, "el"), (0x0900...0x097F, "hi"), (0x0E00...0x0E7F, "th"),
    (0x10A0...0x10FF, "ka"), (0x0530...0x058F, "hy"), (0x0980...0x09FF, "bn"), (0x0B80...0x0BFF, "ta"),
  ]

  // MARK: Words

  private static func byWords(_ text: UnsafeBufferPointer<UInt8>, _ expected: String?) -> Guess? {
    var counts = [Int](repeating: 0, count: languages.count)
    var words = 0
    var i = 0
    let table = Self.table
    var checkpoint = 2_000
    while i < text.count {
      if i >= checkpoint {
        if let guess = verdict(counts, words, expected), guess.isSure, guess.language == expected ?? guess.language {
          return guess
        }
        checkpoint += 2_000
      }
      var hash = TextHash.start
      let start = i
      while i < text.count, isWordByte(text[i]) {
        let c = text[i]
        hash = TextHash.add(c &- 0x41 < 26 ? c | 0x20 : c, to: hash)
        i += 1
      }
      if i == start {
        i += 1
        continue
      }
      words += 1
      guard i - start <= 16, case var rest = table.languages(of: hash), rest != 0 else { continue }
      while rest != 0 {
        counts[rest.trailingZeroBitCount] += 1
        rest &= rest - 1
      }
    }
    return verdict(counts, words, expected)
  }

  /// Against a language that is expected it need not be sure which of two others it is.
  private static func verdict(_ counts: [Int], _ words: Int, _ expected: String?) -> Guess? {
    let order = counts.indices.sorted { (counts[$0], $1) > (counts[$1], $0) }
    let best = counts[order[0]]
    let second = counts[order[1]]
    guard best >= 3 else { return nil }
    let rival = languages.firstIndex { $0.code == expected }.map { $0 == order[0] ? second : counts[$0] } ?? second
    let isSure = best >= 40 && best * 8 > words && rival * 2 < best
    return Guess(language: languages[order[0]].code, isSure: isSure)
  }

  private static func isWordByte(_ c: UInt8) -> Bool {
    (c | 0x20) &- 0x61 < 26 || c >= 0xC3 && c != 0xE2 || c & 0xC0 == 0x80
  }

  /// Hash of a word → the languages that have it, a bit each; open addressing.
  private struct Table: Sendable {
    private var hashes = [UInt64](repeating: 0, count: 2048)
    private var masks = [UInt32](repeating: 0, count: 2048)

    func languages(of hash: UInt64) -> UInt32 {
      var slot = Int(truncatingIfNeeded: hash >> 20) & 2047
      while masks[slot] != 0 {
        if hashes[slot] == hash { return masks[slot] }
        slot = (slot + 1) & 2047
      }
      return 0
    }
    mutating func add(_ hash: UInt64, language: Int) {
      var slot = Int(truncatingIfNeeded: hash >> 20) & 2047
      while masks[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & 2047 }
      hashes[slot] = hash
      masks[slot] |= 1 << UInt32(language)
    }
  }
  private static let table: Table = {
    var table = Table()
    for (k, language) in languages.enumerated() {
      for word in language.words.split(separator: " ") { table.add(TextHash.of(word.utf8), language: k) }
    }
    return table
  }()
  private static let languages: [(code: String, words: String)] = [
    ("en", "the and of to in is that for was with on are it you this from have not be by"),
    ("de", "der die und das ist nicht ein eine mit den von auf für sich im dem des auch wir werden"),
    ("fr", "le la les des et est une dans que pour pas qui sur du au avec plus par ce nous"),
    ("es", "el los las que y en una por con para del se es su lo como más al no está"),
    ("pt", "o os que e não uma com para do da em um por dos as no na mais ao são"),
    ("it", "il che di e la per un una non con del della sono gli è anche nel alla più dei"),
    ("nl", "de het een van en is dat op te voor niet zijn met aan ook door bij naar wordt deze"),
    ("sv", "och att det som är på en för med av inte den till har ett om kan vi från eller"),
    ("da", "og at det er en til på af ikke med for som der den de kan vi fra har også"),
    ("nb", "og det er en til på av ikke med for som den å kan vi fra har også å ble"),
    ("fi", "ja on ei että se oli ovat mutta myös kun tai niin hän joka ovat sekä olla kuin ollut jos"),
    ("pl", "i w na nie się z do że jest to jak o przez dla od po oraz są tym jego"),
    ("cs", "a je na že se v s to jako pro ale které by jsou o ve od po jeho také"),
    ("sk", "a je na že sa v s to ako pre ale ktoré by sú o vo od po jeho tiež"),
    ("hr", "i je na da se u za od su koji s o to kao ne što bi ili iz sve"),
    ("sl", "in je na da se v za od so ki s o to kot ne kaj bi ali iz vse"),
    ("hu", "a az és hogy nem egy is de ez van meg csak volt mint már ha ki lehet még azt"),
    ("ro", "și de la în a cu pe nu o care din pentru mai că este sunt au sa fi un"),
    ("tr", "ve bir bu için da de ile olarak çok daha ne olan gibi var en sonra kadar ise ya olduğu"),
    ("uk", "і в на що не з та до у як за це від для його або про є був які"),
    ("ru", "и в не на что с по как это из для от его был за то но все также я"),
    ("bg", "и в на да не се за от с по това са като е че при до ще към които"),
    ("id", "yang dan di ini untuk dengan dari dalam tidak akan pada itu ke juga adalah oleh sebagai dapat atau bisa"),
    ("ca", "el la els les que i en una per amb del es al no més com ha són dels aquest"),
    ("vi", "và của là có trong được cho các một những không với người khi này đã để từ về cũng"),
  ]
}
