import Pages

/// Decides a page's language: what it declares, unless its text clearly says otherwise.
struct LanguageReader {
  let page: ReadPage
  let linked: LinkedData

  func read() -> Metadata.Value? {
    let head = page.blocks.head
    let declared: [(String?, String)] = [
      (head.language, "html"), (head.meta("content-language"), "meta"), (head.meta("og:locale"), "og"),
      (linked.works.lazy.compactMap { $0[.inLanguage]?.string }.first, "json-ld"), (head.meta("dc.language"), "meta"),
    ]
    let first = declared.lazy.compactMap { tag, source in tag.flatMap(Self.tag).map { ($0, source) } }.first
    let guess = LanguageGuess.guess(page.blocks.text, expecting: first.map { Self.primary($0.0) })
    if let (tag, source) = first {
      // Templates say "en" whatever is written with them.
      if let guess, guess.isSure, guess.language != Self.primary(tag), !Self.areNear(guess.language, Self.primary(tag))
      {
        return .init(guess.language, from: "text")
      }
      return .init(tag, from: source)
    }
    return guess.map { .init($0.language, from: "text") }
  }

  private static func primary(_ tag: String) -> String { String(tag.prefix { $0 != "-" }) }

  /// Languages that the guess, which knows a few words of each, may take for one another.
  private static func areNear(_ a: String, _ b: String) -> Bool {
    [
      ["da", "nb", "no", "nn", "sv"], ["id", "ms"], ["cs", "sk"], ["es", "gl", "ca", "pt"],
      ["ru", "uk", "be", "bg", "sr", "mk"],
      ["hr", "sr", "bs", "sl"], ["nl", "af"], ["zh", "ja", "yue"], ["ar", "fa", "ur", "ps"], ["hi", "mr", "ne"],
      ["de", "lb", "gsw"],
    ]
    .contains { $0.contains(a) && $0.contains(b) }
  }

  /// A tag in BCP 47's spelling: "en_us" → "en-US"; nil for what is none.
  static func tag(_ text: String) -> String? {
    let first = text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }).first ?? ""
    let parts = first.split(whereSeparator: { $0 == "-" || $0 == "_" })
    guard let language = parts.first, (2...3).contains(language.utf8.count), parts.count <= 4,
      parts.allSatisfy({ $0.utf8.count <= 8 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }),
      language.allSatisfy(\.isLetter)
    else { return nil }
    let code = language.lowercased()
    guard !["xx", "und", "mul", "zxx"].contains(code) else { return nil }
    return ([code] + parts.dropFirst().map(subtag)).joined(separator: "-")
  }

  private static func subtag(_ part: Substring) -> String {
    switch part.utf8.count {
    case 2: part.uppercased()
    case 4: part.prefix(1).uppercased() + part.dropFirst().lowercased()
    default: part.lowercased()
    }
  }
}
