/// Finds the place, date and agency that open a news story: "KYIV, Ukraine (AP) — ", "(CNN)", "TOKYO -- ".
enum Dateline {
  /// Bytes from the start of `range` to drop, 0 where there is no dateline. Looks at the first 90 bytes. The site's name may
  /// stand where a place does.
  static func length(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ language: String, site: String? = nil
  ) -> Int {
    let head = UnsafeBufferPointer(rebasing: text[range].prefix(90))
    if head.first == 0xEF || head.first == 0xE3 || head.first ?? 0 >= 0xE4 { return eastAsian(head) }
    let scan = Scan(head, isWestern: language != "id", site: site)
    let length = scan.withAgency() ?? scan.withDash() ?? 0
    // Something must be left that starts like a sentence.
    return length < range.count && length < head.count ? length : 0
  }

  /// "（新华社北京5日电）", "【東京】", "新华社北京5日电 ".
  private static func eastAsian(_ head: UnsafeBufferPointer<UInt8>) -> Int {
    let text = String(decoding: head, as: UTF8.self)
    guard let first = text.first else { return 0 }
    func length(through end: String.Index) -> Int {
      var rest = text[text.index(after: end)...]
      while let c = rest.first, c == " " || c == "\u{3000}" { rest = rest.dropFirst() }
      return text.utf8.count - rest.utf8.count
    }
    if first == "【" { return text.firstIndex(of: "】").map(length(through:)) ?? 0 }
    if first == "（" || first == "(" {
      guard let end = text.firstIndex(where: { $0 == "）" || $0 == ")" }) else { return 0 }
      return text[..<end].contains { "电電讯訊社".contains($0) } ? length(through: end) : 0
    }
    guard let wire = text.firstIndex(where: { $0 == "电" || $0 == "電" || $0 == "讯" || $0 == "訊" }) else { return 0 }
    let next = text.index(after: wire)
    guard next < text.endIndex, text[next] == " " || text[next] == "\u{3000}",
      text[..<wire].contains(where: { $0 == "日" || $0 == "社" })
    else { return 0 }
    return length(through: wire)
  }

  private struct Scan {
    let head: UnsafeBufferPointer<UInt8>
    /// Outside Indonesian a place before a dash is in capitals.
    let isWestern: Bool
    let site: String?

    init(_ head: UnsafeBufferPointer<UInt8>, isWestern: Bool, site: String?) {
      self.head = head
      self.isWestern = isWestern
      self.site = site
    }

    private static let agencies: Set<String> = [
      "CNN", "AP", "AFP", "Reuters", "REUTERS", "UPI", "dpa", "DPA", "EFE", "ANSA", "ANTARA", "BBC", "EW.com",
      "CNN Student News", "PA", "TASS", "ТАСС", "УНІАН", "Укрінформ", "Xinhua", "Bloomberg", "ANI", "PTI", "IANS",
      "RNS", "CNNMoney", "CNN Business", "CNET", "Mashable", "CNN Money", "HLNtv.com", "CNNMoney.com",
    ]

    /// Agencies that write themselves small, a region behind.
    private static let services = ["dpa", "epd", "apa", "kna", "ots", "sda", "afp", "dts", "pap", "ptk"]

    /// "Place, Region, 3 June (AGENCY)" and a dash, which known agencies may lack.
    func withAgency() -> Int? {
      guard let open = head.firstIndex(where: { $0 == 0x28 || $0 == 0x2F }), open < 60, open == 0 || isPlace(0..<open)
      else { return nil }
      let closing: UInt8 = head[open] == 0x28 ? 0x29 : 0x2F
      guard let close = head[(open + 1)...].firstIndex(of: closing), (2...36).contains(close - open - 1) else {
        return nil
      }
      let agency = String(decoding: head[open + 1..<close], as: UTF8.self)
      let isKnown = Self.agencies.contains(agency)
      guard isKnown || isAgency(agency, open) else { return nil }
      let behind = skip(close + 1)
      if let end = dash(behind) { return end }
      if head[open] == 0x2F, behind < head.count, head[behind] == 0x2E { return skip(behind + 1) }
      // "…(CNN)About": only a known agency at the front, or behind a place.
      return isKnown ? behind : nil
    }

    /// "AFP", and behind a place also "epdÖ" and "dpa/lno": agencies' own names with a region.
    private func isAgency(_ name: String, _ open: Int) -> Bool {
      if name.first?.isUppercase == true { return true }
      return open > 0
        && Self.services.contains { agency in
          name.hasPrefix(agency) && name.dropFirst(agency.count).first.map { $0 == "/" || $0.isUppercase } ?? true
        }
    }

    /// "TOKYO, Japan — ".
    func withDash() -> Int? {
      var i = 0
      while i < head.count, i < 60 {
        if let end = dash(i), end > i, i > 0, head[i - 1] == 0x20 || head[i] >= 0x80 {
          var stop = i
          while stop > 0, head[stop - 1] == 0x20 { stop -= 1 }
          if isSite(0..<stop), startsSentence(end), !holdsDash(from: end) { return end }
          guard isPlace(0..<stop) else { return nil }
          return isWestern ? (startsInCapitals(stop) ? end : nil) : end
        }
        i += 1
      }
      return nil
    }

    private func skip(_ from: Int) -> Int {
      var i = from
      while i < head.count {
        if head[i] == 0x20 {
          i += 1
        } else if head[i] == 0xC2, i + 1 < head.count, head[i + 1] == 0xA0 {
          i += 2
        } else {
          break
        }
      }
      return i
    }

    /// Behind a dash of any kind and the spaces after it; nil where none stands at `at`.
    private func dash(_ at: Int) -> Int? {
      guard at < head.count else { return nil }
      if head[at] == 0x2D {
        var i = at
        while i < head.count, head[i] == 0x2D { i += 1 }
        // A single hyphen needs spaces around it.
        guard i - at > 1 || (i < head.count && head[i] == 0x20) else { return nil }
        return skip(i)
      }
      guard head[at] == 0xE2, at + 2 < head.count, head[at + 1] == 0x80, (0x92...0x95).contains(head[at + 2]) else {
        return nil
      }
      return skip(at + 3)
    }

    /// Words that start with a capital or a digit, or lie between such ("Rio de Janeiro"), without a stop.
    private func isPlace(_ range: Range<Int>) -> Bool {
      let words = String(decoding: head[range], as: UTF8.self).split(separator: " ")
      guard let first = words.first, words.count <= 7, first.first?.isUppercase == true else { return false }
      let capitals = words.count { $0.first?.isUppercase == true || $0.first?.isNumber == true }
      return capitals * 3 >= words.count * 2 && !words.contains { $0.hasSuffix(":") || $0.hasSuffix("\"") }
    }

    /// The first word, up to `stop`, is all capitals and longer than two letters, or one of those that open names of places.
    private func startsInCapitals(_ stop: Int) -> Bool {
      let text = String(decoding: head[..<stop], as: UTF8.self)
      let words = text.prefix { $0 != "," }.split(separator: " ")
      func isCapital(_ word: Substring) -> Bool {
        word.allSatisfy { !$0.isLowercase } && word.contains(where: \.isLetter)
      }
      guard let first = words.first, isCapital(first) else { return false }
      if first.count > 2 { return true }
      return ["ST", "ST.", "EL", "LA", "LE", "AL"].contains(first) && words.count > 1 && words.allSatisfy(isCapital)
    }

    private func isSite(_ range: Range<Int>) -> Bool {
      site.map { String(decoding: head[range], as: UTF8.self).lowercased() == $0.lowercased() } ?? false
    }
    /// Behind the name of a site that is spoken of, the sentence goes on.
    private func startsSentence(_ at: Int) -> Bool {
      let first = String(decoding: head[at...], as: UTF8.self).first { $0.isLetter || $0.isNumber }
      return first.map { !$0.isLowercase } ?? false
    }
    private func holdsDash(from start: Int) -> Bool {
      (start..<head.count).contains { head[$0 - 1] == 0x20 && dash($0) != nil }
    }
  }
}
