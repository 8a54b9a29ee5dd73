extension BylineText {
  /// Whether the text may be the name of a person or of a few.
  /// A person's name may be in lower case where the page says that it is a person's.
  static func isPlausible(_ text: String, isPerson: Bool = false) -> Bool {
    let length = text.count
    guard length >= 2, length <= 120, text.contains(where: \.isLetter) else { return false }
    if text.utf8.contains(0x40), text.utf8.contains(0x2E) { return false }
    // A bar or a colon parts a title: "Harbour Post | All the news".
    if text.unicodeScalars.contains(where: isNoNames) { return false }
    let words = text.split(separator: " ")
    guard words.count <= 14 else { return false }
    let lower = words.map { $0.lowercased().trimmingPunctuation }
    if lower.contains(where: { $0.utf8.starts(with: "www.".utf8) }) { return false }
    if lower.allSatisfy({ MonthNames.isWhole($0[...]) }) { return false }
    if lower.contains(where: { notNames.contains($0) }) || lower.allSatisfy({ notAlone.contains($0) }) { return false }
    // A key of a template that was not filled.
    if words.count == 1, text.split(separator: ".").count > 3 { return false }
    // "patriarchalen Weiblichkeit" is none, but for names that sites give themselves: "revamp-it Webteam".
    let opening = words[0]
    if !isPerson, words.count > 1, opening.first!.isLowercase, opening.allSatisfy(\.isLetter), opening != "the",
      !particles.contains(String(opening))
    {
      return false
    }
    // Of several words most begin with a capital, where the script has them.
    let cased = words.filter { $0.first!.isUppercase || $0.first!.isLowercase }
    let capitals = cased.count { $0.first!.isUppercase }
    let joining = cased.count { Self.particles.contains($0.lowercased()) }
    if !isPerson, cased.count > 1, capitals * 2 < cased.count - joining { return false }
    // A full stop inside is an initial's or a title's.
    for word in words.dropLast() where word.hasSuffix(".") && word.count > 6 { return false }
    return true
  }
  private static func isNoNames(_ c: Unicode.Scalar) -> Bool {
    switch c {
    case "{", "?", "!", "|", ":", "：": true
    default: false
    }
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
    "suivre", "archiv", "anzeigen", "insights", "contributors", "übersetzung",
    "translation", "traduction", "traducción", "traduzione",
  ]
  private static let notAlone: Set<String> = [
    "admin", "administrator", "webmaster", "by", "von", "par", "por", "di", "guest", "gast", "user",
    "editor", "the",
    "and", "a", "wordpress", "wpadmin", "root", "default", "staff", "test", "super", "www",
    "anonymous", "anónimo", "anonyme", "anonym", "anonimo",
    "аноним", "bild", "foto", "image", "photo", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
  ]
}
