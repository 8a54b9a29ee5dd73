/// Dates as pages write them, to ISO 8601.
///
/// Only days that exist, from 1990 on, count, only whole dates: a year alone, or a
/// month and a year, is none. Where the order of day and month cannot be told, the page's language decides;
/// where it cannot either, there is no date.
struct DateText {
  /// BCP 47 of the page; decides what "03/04/2024" means.
  var language: String?

  init(language: String? = nil) { self.language = language }

  /// Machine-readable text: `2024-07-27`, `2024-07-27T22:02:00+03:00`, `20240727`, seconds since 1970;
  /// anything else is looked at as prose.
  func iso(_ text: String) -> String? {
    let text = MetadataText.plain(text)
    if let exact = Self.iso8601(Array(text.utf8)) { return exact }
    if let seconds = Int(text), let day = Self.fromEpoch(seconds) { return day }
    return find(in: text)
  }

  // MARK: Machine-readable

  private static func iso8601(_ text: [UInt8]) -> String? {
    var i = 0
    func digits(_ count: Int) -> Int? {
      guard i + count <= text.count else { return nil }
      var value = 0
      for c in text[i..<i + count] {
        guard c &- 0x30 < 10 else { return nil }
        value = value * 10 + Int(c - 0x30)
      }
      i += count
      return value
    }
    func take(_ c: UInt8) -> Bool {
      guard i < text.count, text[i] == c else { return false }
      i += 1
      return true
    }
    guard let year = digits(4) else { return nil }
    let hasDashes = take(0x2D)
    guard let month = digits(2), !hasDashes || take(0x2D), let day = digits(2), isDay(year, month, day) else {
      return nil
    }
    let date = format(year, month, day)
    if i == text.count { return date }
    guard text[i] == 0x54 || text[i] == 0x20 else {
      // "20240727123456" is a number, "2024-07-27+02:00" a day.
      return text[i] &- 0x30 < 10 ? nil : date
    }
    let hasT = text[i] == 0x54
    i += 1
    guard let hour = digits(2), hour < 24, take(0x3A), let minute = digits(2), minute < 60 else { return date }
    var moment = "\(date)T\(two(hour)):\(two(minute))"
    if take(0x3A), let second = digits(2), second < 60 { moment += ":\(two(second))" }
    if take(0x2E) || take(0x2C) { while i < text.count, text[i] &- 0x30 < 10 { i += 1 } }
    if !hasT { _ = take(0x20) }
    if let zone = zone(text[i...]) { return moment + zone }
    return hasT || i == text.count ? moment : date
  }

  private static func zone(_ text: ArraySlice<UInt8>) -> String? {
    guard let sign = text.first else { return nil }
    if sign == 0x5A || text.elementsEqual("UTC".utf8) || text.elementsEqual("GMT".utf8) { return "Z" }
    guard sign == 0x2B || sign == 0x2D else { return nil }
    let digits = text.dropFirst().filter { $0 != 0x3A }
    guard digits.count == 4 || digits.count == 2, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    let hours = String(decoding: digits.prefix(2), as: UTF8.self)
    let minutes = digits.count == 4 ? String(decoding: digits.suffix(2), as: UTF8.self) : "00"
    return (sign == 0x2B ? "+" : "-") + hours + ":" + minutes
  }

  private static func fromEpoch(_ number: Int) -> String? {
    // Ten digits are seconds, thirteen milliseconds, from September 2001 on.
    guard number >= 1_000_000_000 else { return nil }
    let seconds = number >= 1_000_000_000_000 ? number / 1000 : number
    guard seconds < 4_102_444_800 else { return nil }
    // Civil from days, after Howard Hinnant: eras of 400 years that begin on March 1.
    let z = seconds / 86400 + 719_468
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return format(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  // MARK: Prose

  private struct Token {
    var text: Substring
    /// The number, where the token is one, or one with an ending such as "27th", "1er", "27.".
    var number: Int?
    var digits: Int
    /// What stands between this token and the one before.
    var before: Substring
  }

  /// The first date in prose: "July 27, 2024", "27. Juli 2024", "27 de julio de 2024", "27.07.2024", "2024年7月27日".
  func find(in text: String) -> String? {
    let text = text.prefix(400).lowercased()
    let tokens = Self.tokens(text)
    for i in tokens.indices {
      if let day = named(tokens, i) ?? numeric(tokens, i) ?? ideographic(tokens, i) { return day }
    }
    return nil
  }

  private static func tokens(_ text: String) -> [Token] {
    var tokens: [Token] = []
    var i = text.startIndex
    var last = i
    while i < text.endIndex {
      let c = text[i]
      let isNumber = c.isASCII && c.isNumber
      guard isNumber || c.isLetter else {
        i = text.index(after: i)
        continue
      }
      let start = i
      while i < text.endIndex, isNumber ? text[i].isASCII && text[i].isNumber : text[i].isLetter {
        i = text.index(after: i)
      }
      let word = text[start..<i]
      // An ordinal's ending belongs to the number before it.
      if !isNumber, last == start, tokens.last?.number != nil, ordinals.contains(word) {
        last = i
        continue
      }
      tokens.append(
        Token(
          text: word, number: isNumber ? Int(word) : nil, digits: isNumber ? word.count : 0, before: text[last..<start])
      )
      last = i
    }
    return tokens
  }
  private static let ordinals: Set<Substring> = [
    "st", "nd", "rd", "th", "er", "º", "ª", "o", "e", "ème", "ste", "de", "го",
  ]

  /// A month's name with a day and a year around it.
  private func named(_ tokens: [Token], _ i: Int) -> String? {
    guard let month = MonthNames.number(tokens[i].text) else { return nil }
    func day(_ k: Int) -> Int? {
      guard tokens.indices.contains(k), tokens[k].digits <= 2 else { return nil }
      return tokens[k].number.flatMap { (1...31).contains($0) ? $0 : nil }
    }
    func year(_ k: Int) -> Int? {
      guard tokens.indices.contains(k), let number = tokens[k].number else { return nil }
      if tokens[k].digits == 4 { return number }
      // "27 Jul 24", "27 Jul '24"
      return tokens[k].digits == 2 && k + 1 == tokens.count ? 2000 + number : nil
    }
    func isJoin(_ k: Int) -> Bool {
      tokens.indices.contains(k) && ["de", "del", "of", "do", "den", "р", "г", "року"].contains(tokens[k].text)
    }
    let before = day(i - 1) ?? (isJoin(i - 1) ? day(i - 2) : nil)
    let afterMonth = isJoin(i + 1) ? i + 2 : i + 1
    if let day = before, let year = year(afterMonth), Self.isDay(year, month, day) {
      return Self.format(year, month, day)
    }
    if let day = day(i + 1), let year = year(isJoin(i + 2) ? i + 3 : i + 2), Self.isDay(year, month, day) {
      return Self.format(year, month, day)
    }
    // "2024. július 27.", "2024 July 27"
    if i > 0, tokens[i - 1].digits == 4, let year = tokens[i - 1].number, let day = day(i + 1),
      Self.isDay(year, month, day)
    {
      return Self.format(year, month, day)
    }
    return nil
  }

  /// Three numbers with the same mark between them.
  private func numeric(_ tokens: [Token], _ i: Int) -> String? {
    guard i + 2 < tokens.count, let a = tokens[i].number, let b = tokens[i + 1].number, let c = tokens[i + 2].number
    else { return nil }
    let mark = tokens[i + 1].before.filter { $0 != " " }
    guard mark == tokens[i + 2].before.filter({ $0 != " " }), ["/", ".", "-", "‑", "–"].contains(mark) else {
      return nil
    }
    // A fourth number behind the same mark makes it a version or an address.
    if i + 3 < tokens.count, tokens[i + 3].before == mark { return nil }
    if i > 0, tokens[i].before == mark, tokens[i - 1].number != nil { return nil }
    guard tokens[i + 1].digits <= 2 else { return nil }
    if tokens[i].digits == 4, tokens[i + 2].digits <= 2 {
      return Self.isDay(a, b, c) ? Self.format(a, b, c) : nil
    }
    guard tokens[i].digits <= 2, tokens[i + 2].digits == 4 || (tokens[i + 2].digits == 2 && tokens[i + 1].digits == 2)
    else { return nil }
    let year = tokens[i + 2].digits == 4 ? c : 2000 + c
    let dayFirst = Self.isDay(year, b, a)
    let monthFirst = Self.isDay(year, a, b)
    switch (dayFirst, monthFirst) {
    case (false, false): return nil
    case (true, false): return Self.format(year, b, a)
    case (false, true): return mark == "." ? nil : Self.format(year, a, b)
    case (true, true):
      if a == b || mark == "." { return Self.format(year, b, a) }
      guard let order = order else { return nil }
      return order == .dayFirst ? Self.format(year, b, a) : Self.format(year, a, b)
    }
  }

  private enum Order { case dayFirst, monthFirst }
  private var order: Order? {
    guard let language = language?.lowercased() else { return nil }
    guard language.hasPrefix("en") else { return .dayFirst }
    // Of the countries that write English, the United States and the Philippines put the month first;
    // "en" alone is mostly theirs.
    return ["en", "en-us", "en-ph"].contains(language) ? .monthFirst : .dayFirst
  }

  /// "2024年7月27日", "2024년 7월 27일".
  private func ideographic(_ tokens: [Token], _ i: Int) -> String? {
    guard i + 5 < tokens.count, ["年", "년"].contains(tokens[i + 1].text), ["月", "월"].contains(tokens[i + 3].text),
      let last = tokens[i + 5].text.first, last == "日" || last == "일" || last == "号",
      let year = tokens[i].number, let month = tokens[i + 2].number, let day = tokens[i + 4].number,
      Self.isDay(year, month, day)
    else { return nil }
    return Self.format(year, month, day)
  }

  // MARK: Addresses

  /// `/2024/07/27/`, `/2024-07-27-` or `/20240727/` in an address.
  static func inPath(_ url: String) -> String? {
    let parts = url.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    for (k, part) in parts.enumerated() {
      if part.count == 4, k + 2 < parts.count, let year = Int(part), parts[k + 1].count <= 2, parts[k + 2].count <= 2,
        let month = Int(parts[k + 1]), let day = Int(parts[k + 2]), isDay(year, month, day)
      {
        return format(year, month, day)
      }
      let pieces = part.split(separator: "-", maxSplits: 3)
      if pieces.count >= 3, pieces[0].count == 4, let year = Int(pieces[0]), pieces[1].count == 2, pieces[2].count == 2,
        let month = Int(pieces[1]), let day = Int(pieces[2]), isDay(year, month, day)
      {
        return format(year, month, day)
      }
    }
    return nil
  }

  // MARK: Days

  private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1990...2100).contains(year), (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
  private static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
  private static func format(_ year: Int, _ month: Int, _ day: Int) -> String { "\(year)-\(two(month))-\(two(day))" }
}
