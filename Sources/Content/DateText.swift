/// Dates as pages write them, to ISO 8601.
enum DateText {
  /// A date that stands at the start of machine-readable text: `2024-07-27`, `2024-07-27T22:02:00+03:00`,
  /// `20240727`; anything else is looked at as prose.
  static func iso(_ text: String) -> String? {
    let text = text.drop(while: \.isWhitespace)
    let parts = text.prefix { $0 != "T" && $0 != " " }.split(separator: "-")
    if parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      isDay(year, month, day)
    {
      let rest = text.dropFirst(text.prefix { $0 != "T" && $0 != " " }.count)
      let time = rest.dropFirst().prefix { $0.isNumber || ":+-.Z".contains($0) }
      return format(year, month, day) + (rest.hasPrefix("T") && time.count >= 5 ? "T" + time : "")
    }
    if text.count >= 8, let digits = Int(text.prefix(8)), isDay(digits / 10000, digits / 100 % 100, digits % 100) {
      return format(digits / 10000, digits / 100 % 100, digits % 100)
    }
    return find(in: String(text))
  }

  /// The first date in prose: "July 27, 2024", "27 July 2024", "27. Juli 2024", "27.07.2024", "2024/07/27".
  static func find(in text: String) -> String? {
    let tokens = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    for (i, token) in tokens.enumerated() {
      if let month = month(token) {
        let before = i > 0 ? number(tokens[i - 1]) : nil
        let after = i + 1 < tokens.count ? number(tokens[i + 1]) : nil
        let second = i + 2 < tokens.count ? number(tokens[i + 2]) : nil
        if let day = before, let year = after, isDay(year, month, day) { return format(year, month, day) }
        // Spanish and Portuguese: "27 de julio de 2024".
        if i > 1, tokens[i - 1] == "de", let day = number(tokens[i - 2]), let year = second, isDay(year, month, day) {
          return format(year, month, day)
        }
        if let day = after, let year = second, isDay(year, month, day) { return format(year, month, day) }
      } else if i + 2 < tokens.count, let a = number(token), let b = number(tokens[i + 1]),
        let c = number(tokens[i + 2])
      {
        if isDay(a, b, c) { return format(a, b, c) }
        if a != b || a <= 12, isDay(c, b, a) { return format(c, b, a) }
        if isDay(c, a, b) { return format(c, a, b) }
      }
    }
    return nil
  }

  /// `/2024/07/27/` in an address.
  static func inPath(_ url: String) -> String? {
    let parts = url.split(separator: "/").map(String.init)
    for i in parts.indices.dropLast(2) {
      if let year = Int(parts[i]), parts[i].count == 4, let month = Int(parts[i + 1]), let day = Int(parts[i + 2]),
        isDay(year, month, day)
      {
        return format(year, month, day)
      }
    }
    return nil
  }

  private static func number(_ token: String) -> Int? {
    let digits = token.prefix(while: \.isNumber)
    // "27th" and "1er" are days too.
    return token.count - digits.count <= 2 ? Int(digits) : nil
  }
  private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    (1990...2100).contains(year) && (1...12).contains(month) && (1...31).contains(day)
  }
  private static func format(_ year: Int, _ month: Int, _ day: Int) -> String {
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  private static func month(_ token: String) -> Int? {
    guard token.count >= 3, token.first!.isLetter else { return nil }
    return months.firstIndex { names in
      names.contains { name in token == name || (token.count >= 3 && name.count > 4 && name.hasPrefix(token)) }
    }.map { $0 + 1 }
  }
  /// English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Ukrainian, Russian (in the
  /// case that stands in dates).
  private static let months: [[String]] = [
    [
      "january", "januar", "jänner", "janvier", "enero", "janeiro", "gennaio", "januari", "stycznia", "січня", "января",
    ],
    ["february", "februar", "février", "febrero", "fevereiro", "febbraio", "februari", "lutego", "лютого", "февраля"],
    ["march", "märz", "mars", "marzo", "março", "maart", "marca", "березня", "марта"],
    ["april", "avril", "abril", "aprile", "kwietnia", "квітня", "апреля"],
    ["may", "mai", "mayo", "maio", "maggio", "mei", "maja", "травня", "мая"],
    ["june", "juni", "juin", "junio", "junho", "giugno", "czerwca", "червня", "июня"],
    ["july", "juli", "juillet", "julio", "julho", "luglio", "lipca", "липня", "июля"],
    ["august", "août", "agosto", "augustus", "sierpnia", "серпня", "августа"],
    ["september", "septembre", "septiembre", "setembro", "settembre", "września", "вересня", "сентября"],
    ["october", "oktober", "octobre", "octubre", "outubro", "ottobre", "października", "жовтня", "октября"],
    ["november", "novembre", "noviembre", "novembro", "listopada", "листопада", "ноября"],
    ["december", "dezember", "décembre", "diciembre", "dezembro", "dicembre", "grudnia", "грудня", "декабря"],
  ]
}
