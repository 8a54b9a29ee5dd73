import Rules

/// Explains the findings that no rule of a pack makes.
enum JudgementReport {
  private static let texts: [(id: String, title: String, why: String)] = [
    (
      "content/boilerplate", "What the content model rejects",
      """
      The content model, boosted trees over the look and the place of a block or line, gave it a low score, and no rule \
      names it. Where it looks like one of the families the id says so: content/boilerplate:navigation. \
      `winnow inspect PAGE --why BLOCK` shows what weighed most. `--favor recall` keeps more, `--no-model` all of it.
      """
    ),
    (
      "content/empty-page", "A page of which nothing is left",
      """
      Nothing of the page is left: it may build its text in the browser, or be a menu, an error or a consent wall.
      """
    ),
    (
      "meta/title", "The page's title",
      """
      The heading that is the page's title. It stands in the metadata, so it is no body text; `--profile rag` leaves it \
      there, `--with-metadata` puts it before the text.
      """
    ),
    (
      "meta/signature", "A byline or date below the title",
      """
      A short line under the title of an article that names its author or a date. It stands in the metadata, so it is no \
      body text; `--profile rag` leaves it there.
      """
    ),
    (
      Finding.formRule, "A sign-up form",
      """
      Neighbouring lines of the family signup, reported as one form with its parts, as grave as the gravest of them, where \
      one of them speaks of signing up and is no mere field, hint or answer. Each \
      part names its rule, which says what is done. In winnow.yml `signup/form` can be given a severity, or be `off`: then \
      each line is a finding.
      """
    ),
    (
      "filter/NAME:LINE", "An element of a filter list",
      "An element that a filter list hides; the id leads to its line."
    ),
    (
      "site/HOST:LINE", "An element of a site configuration",
      "An element that a site configuration takes out; the id leads to its line."
    ),
  ]

  /// Nil for an id that is none of them.
  static func text(_ id: String) -> (title: String, why: String)? {
    let name = id.prefix { $0 != ":" }
    return texts.first { text in
      let known = text.id.prefix { $0 != ":" }
      let folder = known.prefix { $0 != "/" }
      return known == name || ["filter", "site"].contains(folder) && name.hasPrefix("\(folder)/")
    }.map { ($0.title, $0.why) }
  }

  static func explain(_ id: String) -> String? {
    text(id).map { "\(id): \($0.title); no rule of a pack\n\n\($0.why)\n" }
  }
}
