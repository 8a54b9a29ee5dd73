/// Names in a visible byline: "By Ann Lee | July 27, 2024" → "Ann Lee".
enum BylineText {
  struct Byline: Equatable {
    var names: String
    /// A word such as "by" or "Autor:" led to the names.
    var isIntroduced: Bool
    /// That word stood before a colon, which says that nothing but a name follows.
    var isLabelled: Bool
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
    // "Posted by", "Text und Fotos: von …": openings may follow each other.
    for _ in 0..<3 {
      guard let (rest, hasColon) = withoutOpening(text) else { break }
      text = rest
      isIntroduced = true
      isLabelled = isLabelled || hasColon
    }
    guard isIntroduced || !needsOpening else { return nil }
    let names = cut(text)
    guard isPlausible(names) else { return nil }
    return Byline(
      names: names, isIntroduced: isIntroduced, isLabelled: isLabelled, isWholeLine: names.count == text.count)
  }

  // MARK: Openings

  private static func withoutOpening(_ text: Substring) -> (rest: Substring, hasColon: Bool)? {
    let lower = text.prefix(40).lowercased()
    guard let first = lower.first else { return nil }
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

  /// Words that name an author only before a colon: "Text: …" but not "Text und Bild".
  private static let labels: Set<String> = [
    "author", "authors", "autor", "autorin", "autoren", "autorka", "autora", "auteur", "autore", "text", "texte",
    "texto",
    "testo", "tekst", "foto", "words", "автор", "текст", "författare", "skribent", "forfatter", "szerző", "yazar",
    "penulis",
    "редактор", "verfasser", "verfasserin", "redaktion", "auteurs", "autores", "writer", "reporter", "kirjoittaja",
    "συντάκτης", "συγγραφέας", "redaktör", "journalist", "text und fotos", "text & fotos", "text und foto",
    "text/fotos",
    "texto y fotos", "texte et photos", "autors", "auteure", "автори", "авторка", "tekst i zdjęcia", "opracowanie",
    "szöveg",
    "yazan", "metin", "teks", "oleh", "作者", "文", "撰文", "記者", "记者", "글", "기자", "by line", "kontakt", "ansprechpartner",
  ]
  /// The longest first, so that "by" does not hide "by line".
  private static let openings: [Character: [String]] = {
    let joined = [
      "by", "written by", "posted by", "published by", "story by", "text by", "words by", "reported by", "author by",
      "authored by", "guide by", "review by", "reviews by", "opinion by", "analysis by", "recipe by", "rezept von",
      "article by", "blog by", "created by", "submitted by", "contributed by", "von", "geschrieben von", "verfasst von",
      "veröffentlicht von", "erstellt von", "ein beitrag von", "ein artikel von", "ein gastbeitrag von",
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
    for word in text.split(separator: " ") {
      let lower = word.lowercased().trimmingPunctuation
      if lower.isEmpty, word != "&" { break }
      if word.first!.isNumber {
        endsAtNumber = true
        break
      }
      if ends.contains(lower) { break }
      if word.contains(where: { "|·•()[]»›→".contains($0) }) { break }
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

  /// Words that start something else behind the names.
  private static let ends: Set<String> = [
    "on", "updated", "published", "posted", "reviewed", "last", "am", "vom", "le", "el", "il", "at", "in", "min",
    "mins",
    "minutes", "veröffentlicht", "aktualisiert", "publié", "publicado", "actualizado", "uhr", "um", "comments", "share",
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

  // MARK: Names

  /// Whether the text may be the name of a person or of a few.
  static func isPlausible(_ text: String) -> Bool {
    let length = text.count
    guard length >= 2, length <= 120, text.contains(where: \.isLetter) else { return false }
    if text.contains("://") || text.contains("www.") || text.contains("{") || text.contains("?") || text.contains("!") {
      return false
    }
    if text.contains("@"), text.contains(".") { return false }
    let words = text.split(separator: " ")
    guard words.count <= 14 else { return false }
    let lower = words.map { $0.lowercased().trimmingPunctuation }
    if lower.allSatisfy({ MonthNames.number($0[...]) != nil }) { return false }
    if lower.contains(where: { notNames.contains($0) }) || lower.allSatisfy({ notAlone.contains($0) }) { return false }
    // Of several words most begin with a capital, where the script has them.
    let cased = words.filter { $0.first!.isUppercase || $0.first!.isLowercase }
    let capitals = cased.count { $0.first!.isUppercase }
    let joining = cased.count { Self.particles.contains($0.lowercased()) }
    if cased.count > 1, capitals * 2 < cased.count - joining { return false }
    // A full stop inside is an initial's or a title's.
    for word in words.dropLast() where word.hasSuffix(".") && word.count > 6 { return false }
    return true
  }
  private static let particles: Set<String> = [
    "von", "van", "de", "der", "den", "di", "da", "del", "della", "la", "le", "du", "dos", "and", "und", "et", "y", "e",
    "zu",
    "zum", "ten", "ter", "bin", "al", "el", "i", "och", "og", "для", "и", "та", "і", "mit", "with", "for",
  ]
  private static let notNames: Set<String> = [
    "author", "authors", "posts", "articles", "article", "about", "bio", "comments", "subscribe", "follow", "cookie",
    "cookies",
    "more", "view", "read", "share", "login", "click", "here", "this", "our", "your", "you", "we", "date", "published",
    "updated",
    "min", "minutes", "posted", "written", "profile", "website", "newsletter", "mehr", "artikel", "beiträge", "alle",
    "über",
    "kommentare", "null", "undefined", "none", "unknown", "unbekannt", "http", "https", "search", "menu", "home",
    "contact",
    "password", "reply", "replies", "points", "joined", "thread", "starter", "level", "copyright", "getty", "quelle",
    "datum", "publiziert", "autoreninfo", "edition", "autor", "autorin", "autore", "admin",
    "wordpressadmin", "sponsored", "kategorien", "kategorie", "tags", "rating", "votes", "stars", "plus",
    "suivre",
  ]
  private static let notAlone: Set<String> = [
    "admin", "administrator", "webmaster", "by", "von", "par", "por", "di", "guest", "gast", "anonymous", "user",
    "editor", "the",
    "and", "a", "wordpress", "wpadmin", "root", "default", "staff", "test", "super", "www",
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
