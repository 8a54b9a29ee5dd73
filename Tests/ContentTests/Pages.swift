import Content
import Pages
import Rules

/// Small pages, and what the scorer makes of them.
enum Sample {
  /// With the built-in rules.
  static var scanner: Scanner {
    Scanner(RuleSet(RuleSet.builtInPacks.flatMap { RuleFile($0.yaml, name: $0.name).rules }))
  }
  static func read(_ text: String, name: String = "page.html") throws -> ReadPage {
    try PageReader().read(Page(name: name, bytes: Array(text.utf8)))
  }

  static func paragraph(_ number: Int) -> String {
    """
    The ferry of that morning, number \(number), left the quay at six, and because the harbour lay in fog, nobody \
    saw that the ramp had not been raised. "We heard it before we saw it," said one of the men on the pier, who had \
    worked there for thirty years. It was, as the report would put it later, an accident that had waited to happen.
    """
  }
  static let article = """
    <!doctype html><html lang="en"><head><title>The ramp | The Harbour Post</title>
    <meta property="og:type" content="article"></head><body>
    <header><nav><ul>\(["Home", "News", "Sport", "Weather", "Contact"].map { "<li><a href='/\($0)'>\($0)</a></li>" }.joined())</ul></nav></header>
    <main><article><h1>The ramp</h1>
    \((1...6).map { "<p>\(paragraph($0))</p>" }.joined(separator: "\n"))
    </article></main>
    <aside class="related"><h3>Most read</h3><ul>
    \((1...5).map { "<li><a href='/a/\($0)'>Ten things to know about harbours, part \($0)</a></li>" }.joined())</ul></aside>
    <footer><p>© 2025 The Harbour Post. All rights reserved.</p><a href="/privacy">Privacy policy</a></footer>
    </body></html>
    """
  static let dump = """
    Home
    News
    Sport
    Log in

    The ramp

    \((1...6).map(paragraph).joined(separator: "\n\n"))

    Most read
    * Ten things to know about harbours
    * Where to eat fish

    © 2025 The Harbour Post. All rights reserved.
    Privacy policy
    """
}
