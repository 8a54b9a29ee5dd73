extension Metadata {
  /// Takes over what a site's configuration found on the page; source `site`.
  package mutating func adopt(title: String?, author: String?, date: String?) {
    if let title { self.title = Value(title, from: "site") }
    if let author { byline = Value(BylineText.read(author)?.names ?? author, from: "site") }
    if let date, let day = DateText(language: language?.text).iso(date) { self.date = Value(day, from: "site") }
  }
}
