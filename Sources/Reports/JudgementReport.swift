import Rules

/// Explains the findings that no rule of a pack makes.
enum JudgementReport {
  private static let texts: [(id: String, text: String)] = [
    (
      "content/boilerplate",
      """
      The content model, boosted trees over the look and the place of a block or line, gave it a low score, and no rule \
      names it. Where it looks like one of the families the id says so: content/boilerplate:navigation. \
      `winnow inspect PAGE --why BLOCK` shows what weighed most. `--favor recall` keeps more, `--no-model` all of it.
      """
    ),
    (
      "content/empty-page",
      """
      Nothing of the page is left: it may build its text in the browser, or be a menu, an error or a consent wall.
      """
    ),
    (
      "meta/title",
      """
      The heading that is the page's title. It stands in the metadata, so it is no body text; `--profile rag` leaves it \
      there, `--with-metadata` puts it before the text.
      """
    ),
    (
      "meta/signature",
      """
      A short line under the title of an article that names its author or a date. It stands in the metadata, so it is no \
      body text; `--profile rag` leaves it there.
      """
    ),
    (
      Finding.formRule,
      """
      Neighbouring lines of the family signup, reported as one form with its parts, as grave as the gravest of them, where \
      one of them speaks of signing up and is no mere field, hint or answer. Each \
      part names its rule, which says what is done. In winnow.yml `signup/form` can be given a severity, or be `off`: then \
      each line is a finding.
      """
    ),
    ("filter/NAME:LINE", "An element that a filter list hides; the id leads to its line."),
    ("site/HOST:LINE", "An element that a site configuration takes out; the id leads to its line."),
  ]

  /// Nil for an id that is none of them.
  static func explain(_ id: String) -> String? {
    let name = id.prefix { $0 != ":" }
    return texts.first { text in
      let known = text.id.prefix { $0 != ":" }
      let folder = known.prefix { $0 != "/" }
      return known == name || ["filter", "site"].contains(folder) && name.hasPrefix("\(folder)/")
    }.map { "\(id): no rule of a pack\n\n\($0.text)\n" }
  }
}
