/// Names in a visible byline: "By Ann Lee | July 27, 2024" → "Ann Lee".
enum BylineText {
  struct Byline: Equatable {
    var names: String
    /// A word such as "by" or "Autor:" led to the names.
    var isIntroduced: Bool
    /// That word stood before a colon, which says that nothing but a name follows.
    var isLabelled: Bool
    /// The word says what was done: "posted by".
    var hasVerb = false
    /// Nothing but the names follows the word.
    var isWholeLine: Bool
  }

  /// Nil where the line holds no names. With `needsOpening` a line counts only if it begins with a word
  /// that introduces an author.
  static func read(_ line: String, needsOpening: Bool = false) -> Byline? {
    guard line.utf8.count < 300 else { return nil }
    var text = MetadataText.plain(line)[...]
    text = text.drop { !$0.isLetter && !$0.isNumber }
    var isIntroduced = false
    var isLabelled = false
    var hasVerb = false
    // "Posted by", "Text und Fotos: von …": openings may follow each other.
    for _ in 0..<3 {
      guard let (rest, hasColon) = withoutOpening(text) else { break }
      hasVerb = hasVerb || text[..<rest.startIndex].split(separator: " ").count > 1
      text = rest
      isIntroduced = true
      isLabelled = isLabelled || hasColon
    }
    // Styles, not spaces, set the word apart: "ByAnn Lee".
    for word in gluedOpenings where !isIntroduced && text.utf8.starts(with: word.utf8) {
      let rest = text.dropFirst(word.count)
      guard rest.first?.isUppercase == true, rest.dropFirst().first?.isLowercase == true else { continue }
      text = rest
      isIntroduced = true
    }
    guard isIntroduced || !needsOpening else { return nil }
    let names = cut(text)
    guard isPlausible(names) else { return nil }
    return Byline(
      names: names, isIntroduced: isIntroduced, isLabelled: isLabelled, hasVerb: hasVerb,
      isWholeLine: names.count == text.count)
  }

  private static let gluedOpenings = ["By", "Von", "Par", "Por", "Author", "Autor"]

  /// The names of a line of several things, "May 1, 2024 · Ann Lee": the part of at least two words that reads
  /// like names alone, or what "by" leads to within a part.
  /// With `needsOpening` only a part that begins with "by" counts.
  static func readPart(of line: String, needsOpening: Bool = false) -> Byline? {
    guard line.utf8.count < 160 else { return nil }
    let parts = line.unicodeScalars.split(whereSeparator: isBar).map { Substring($0) }
    if needsOpening, parts.count < 2 { return nil }
    for part in parts {
      let words = part.split(separator: " ")
      let by = words.lastIndex { ["by", "von", "par", "por", "door", "av"].contains($0.lowercased()) }
      if needsOpening, by != 0 { continue }
      let rest = by.map { words[$0...].joined(separator: " ") } ?? String(part)
      guard let byline = read(rest, needsOpening: by != nil), byline.names.contains(" ") else { continue }
      if by != nil || (byline.isWholeLine && words.count < 5 && words.allSatisfy { $0.first!.isUppercase }) {
        return byline
      }
    }
    return nil
  }

  /// The names of a line that begins with a date: "04.02.2022 | 13:10 | Ann Lee", "05.02.2020 - Editor: Ann Lee".
  static func readDated(_ line: String) -> Byline? {
    guard line.utf8.count < 100, let first = line.utf8.first, first &- 0x30 < 10 else { return nil }
    let parts = line.unicodeScalars.split { isBar($0) || $0 == "," || $0 == "-" }.map { Substring($0) }
    for part in parts.dropFirst() {
      let words = part.split(separator: " ")
      guard words.count > 1, let byline = read(String(part)), byline.names.contains(" "),
        byline.isIntroduced || (byline.isWholeLine && words.count < 5 && words.allSatisfy { $0.first!.isUppercase }),
        // Any language will do: what counts is that there is a date, not which.
        DateText(language: "de").find(in: line) != nil
      else { continue }
      return byline
    }
    return nil
  }

  private static func isBar(_ c: Unicode.Scalar) -> Bool {
    switch c {
    case "|", "·", "•", "–", "—": true
    default: false
    }
  }

  /// A line that signs a text: it begins with words that nothing but an author's name follows.
  static func signature(_ line: ArraySlice<UInt8>) -> Byline? {
    guard line.count < 120,
      signatures.contains(where: { opening in
        line.count > opening.count && zip(line, opening).allSatisfy { $0 | 0x20 == $1 | 0x20 }
      })
    else { return nil }
    return read(String(decoding: line, as: UTF8.self), needsOpening: true)
  }
  private static let signatures = [
    "written by", "article by", "this post was written by", "this article was written by", "about the author",
    "geschrieben von", "verfasst von", "ein beitrag von", "ein gastbeitrag von", "über den autor", "über die autorin",
    "écrit par", "rédigé par", "un article de", "escrito por", "redactado por", "scritto da", "geschreven door",
    "skrivet av", "skriven av", "skrevet av", "skrevet af", "ditulis oleh",
  ].map { Array($0.utf8) }

  // MARK: Openings

  private static func withoutOpening(_ text: Substring) -> (rest: Substring, hasColon: Bool)? {
    let lower = text.prefix(40).lowercased()
    guard let first = lower.first else { return nil }
    // "Eine Kolumne von Ann Lee", "A review by Ann Lee".
    let words = first != "e" && first != "a" && first != "u" ? [] : text.prefix(60).split(separator: " ", maxSplits: 3)
    if words.count == 4, articles.contains(words[0].lowercased()), creditWords.contains(String(words[2])) {
      return (text[words[3].startIndex...], false)
    }
    for opening in openings[first] ?? [] where lower.hasPrefix(opening) {
      // Lower case and the original are equally long in every script that has openings.
      var rest = text.dropFirst(opening.count)
      let first = rest.first
      guard
        first == nil || first == " " || first == ":" || first == "：" || first == "/" || first == "／"
          || opening.last == "：" || opening.last == "／"
      else { continue }
      let after = rest.drop { $0 == " " }
      let hasColon = after.first == ":" || after.first == "：" || opening.last == "：" || opening.last == "／"
      rest = rest.drop { " :：/／|-–—".contains($0) }
      if labels.contains(opening), !hasColon { continue }
      return (rest, hasColon)
    }
    return nil
  }

  private static let articles: Set<String> = ["ein", "eine", "a", "an", "un", "une", "una", "uno", "een", "en", "ett"]
  private static let creditWords: Set<String> = ["von", "by", "par", "por", "di", "door", "av", "af"]

  /// Words that name an author only before a colon: "Text: …" but not "Text und Bild".
  private static let labels: Set<String> = [
    "author", "authors", "autor", "autorin", "autoren", "autorka", "autora", "auteur", "autore", "text", "texte",
    "texto",
    "testo", "tekst", "words", "автор", "текст", "författare", "skribent", "forfatter", "szerző", "yazar",
    "penulis",
    "редактор", "verfasser", "verfasserin", "redaktion", "auteurs", "autores", "writer", "reporter", "kirjoittaja",
    "συντάκτης", "συγγραφέας", "redaktör", "journalist", "text und fotos", "text & fotos", "text und foto",
    "text/fotos",
    "texto y fotos", "texte et photos", "autors", "auteure", "автори", "авторка", "tekst i zdjęcia", "opracowanie",
    "szöveg",
    "yazan", "metin", "teks", "oleh", "作者", "文", "撰文", "责任编辑", "責任編輯", "编辑", "interview", "text und interview", "記者",
    "记者", "글", "기자", "by line", "kontakt", "ansprechpartner",
    "herausgeber", "autor/in", "autor:in", "autor*in", "autor_in", "autor/-in", "auteur·e",
  ]
  /// The longest first, so that "by" does not hide "by line".
  private static let openings: [Character: [String]] = {
    let joined = [
      "by", "written by", "posted by", "published by", "story by", "text by", "words by", "reported by", "author by",
      "authored by", "this post was written by", "this article was written by", "about the author", "über den autor",
      "über die autorin", "zum profil von", "so erreichen sie", "interview und text", "text und interview", "guide by",
      "review by", "reviews by", "opinion by", "analysis by", "recipe by", "rezept von",
      "article by", "blog by", "created by", "submitted by", "contributed by", "von", "geschrieben von", "verfasst von",
      "veröffentlicht von", "vom", "erstellt von", "ein beitrag von", "ein artikel von", "ein gastbeitrag von",
      "gastbeitrag von",
      "text von", "autor von", "gepostet von", "eingestellt von", "interview von", "ein kommentar von", "kommentar von",
      "par", "écrit par", "publié par", "rédigé par", "propos recueillis par", "posté par", "un article de", "por",
      "escrito por", "publicado por", "redactado por", "postado por", "di", "scritto da", "a cura di", "pubblicato da",
      "articolo di", "door", "geschreven door", "geplaatst door", "av", "skriven av", "skrevet av", "publicerad av",
      "af",
      "skrevet af", "napisał", "napisała", "napsal", "napsala", "od", "autorem je", "przez", "de la", "scris de",
      "írta",
      "kirjoittanut", "από", "του", "γράφει ο", "γράφει η", "oleh", "ditulis oleh", "yazan", "опубликовал",
      "опубликовано",
      "написал", "написав", "опублікував", "скрито от", "per", "escrit per", "作者：", "文／", "記者／", "文：",
    ]
    return Dictionary(grouping: joined + labels, by: { $0.first! }).mapValues { words in
      words.sorted { ($1.count, $0) < ($0.count, $1) }
    }
  }()

  // MARK: The end of the names

  /// The text up to the first word that cannot belong to a name.
  private static func cut(_ text: Substring) -> String {
    var words: [Substring] = []
    var endsAtNumber = false
    let all = text.split(separator: " ")
    for (k, word) in all.enumerated() {
      let lower = word.lowercased().trimmingPunctuation
      if lower.isEmpty, word != "&" { break }
      if word.first!.isNumber {
        endsAtNumber = true
        break
      }
      // "Ann Lee Staff Writer", but "Harbour Staff".
      if ends.contains(lower), lower != "staff" || k + 1 < all.count || words.isEmpty { break }
      if word.unicodeScalars.contains(where: endsNames) { break }
      if let name = beforeGluedDay(word) {
        words.append(name)
        endsAtNumber = true
        break
      }
      words.append(word)
      if words.count > 14 { break }
    }
    while let last = words.last {
      let lower = last.lowercased().trimmingPunctuation
      // "Ann Lee Jul 27": before a number a month's name is no one's.
      let isMonth = endsAtNumber && words.count > 1 && MonthNames.number(lower[...]) != nil
      guard tails.contains(lower) || isMonth else { break }
      words.removeLast()
    }
    var names = words.joined(separator: " ")[...]
    while let last = names.last, " ,;:-–—/".contains(last) { names.removeLast() }
    return String(names)
  }

  /// "Lee22.": only a style sets the date apart that follows the name.
  private static func beforeGluedDay(_ word: Substring) -> Substring? {
    let name = word.prefix { $0.isLetter }
    let day = word[name.endIndex...].dropLast()
    return name.count > 2 && word.last == "." && !day.isEmpty && day.allSatisfy(\.isNumber) ? name : nil
  }

  private static func endsNames(_ c: Unicode.Scalar) -> Bool {
    switch c {
    case "|", "·", "•", "(", ")", "[", "]", "»", "›", "→": true
    default: false
    }
  }

  /// Words that start something else behind the names.
  private static let ends: Set<String> = [
    "on", "updated", "published", "posted", "reviewed", "last", "am", "vom", "le", "el", "il", "at", "in", "min",
    "mins",
    "minutes", "veröffentlicht", "aktualisiert", "publié", "publicado", "actualizado", "uhr", "um", "comments", "share",
    "illustration",
    "follow", "read", "contributor", "photo", "photos", "foto", "fotos", "photography", "monday", "tuesday",
    "wednesday",
    "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonntag", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "for", "with", "via", "edited",
    "medically", "fact", "fact-checked", "leave", "comment", "kommentare", "kommentar", "date", "category",
    "categories", "filed",
    "under", "ago", "lesezeit", "stand", "erstellt", "email", "e-mail", "tel", "опубликовано", "опубліковано", "is",
    "was",
    "has", "who", "which", "that", "about", "august", "published:", "updated:", "kategorie", "senior", "staff",
    "modified",
    "january", "february", "march", "june", "july", "september", "october", "november", "december", "januar", "februar",
    "märz", "juni", "juli", "oktober", "dezember", "janvier", "février", "avril", "juin", "juillet", "août",
    "septembre",
    "octobre", "novembre", "décembre", "enero", "febrero", "marzo", "junio", "julio", "agosto", "septiembre", "octubre",
    "noviembre", "diciembre",
  ]
  private static let tails: Set<String> = [
    "and", "und", "et", "y", "e", "on", "den", "der", "the", "a", "i", "dne", "dnia", "&",
  ]
}

extension StringProtocol {
  /// Without punctuation at the ends.
  var trimmingPunctuation: String {
    var text = self[...]
    while let first = text.first, !first.isLetter, !first.isNumber { text.removeFirst() }
    while let last = text.last, !last.isLetter, !last.isNumber { text.removeLast() }
    return String(text)
  }
}
