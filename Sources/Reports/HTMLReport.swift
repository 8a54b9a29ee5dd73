import Cleaning
import Pages
import Rules

/// Findings as a page for a browser, without scripts and other files: a table a page, families to show or hide by, and the
/// rules' reasons.
///
/// The summary is known last and shown first: its place is a matter of style.
enum HTMLReport {
  static let start = Array(
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Winnow report</title>
    <style>
    \(style)\(Family.allCases.map(toggle).joined())</style>
    </head>
    <body>

    """.utf8)

  /// Nothing for a page without findings.
  static func render(_ findings: [Finding], of page: CleanPage) -> [UInt8] {
    guard !findings.isEmpty else { return [] }
    let places = SourcePlaces(page)
    var out = heading(page.name, page.url) + "<table>\n"
    for finding in findings {
      out += row(finding, page, places)
      for part in finding.parts { out += row(part, page, places, of: finding) }
    }
    return Array((out + "</table>\n</section>\n").utf8)
  }

  static func render(failed page: String, _ reason: String) -> [UInt8] {
    Array((heading(page, nil) + "<p class=\"error\">failed: \(escape(reason))</p>\n</section>\n").utf8)
  }

  static func end(
    _ rules: [Explained], _ counts: FamilyCounts, pages: Int, failed: Int, isWhole: Bool
  ) -> [UInt8] {
    var out = "<section class=\"rules\">\n<h2>Rules</h2>\n"
    for rule in rules {
      out += """
        <details id="\(escape(rule.id))"><summary><code>\(escape(rule.id))</code> \(escape(rule.title))</summary>
        <pre>\(escape(rule.text))</pre></details>

        """
    }
    out += "</section>\n<header>\n<h1>Winnow report</h1>\n<p>\(counted(counts.total, "finding")) in "
    out += counted(pages, "page") + (failed > 0 ? ", <b class=\"error\">\(failed) failed</b>" : "")
    out += (isWhole ? "" : ", <b class=\"error\">stopped before the end</b>") + "</p>\n"
    out += "<div class=\"families\">\n"
    for (family, count) in counts.inOrder {
      out +=
        "<label><input type=\"checkbox\" id=\"show-\(family)\" checked> \(family.rawValue) <b>\(count)</b></label>\n"
    }
    return Array((out + "</div>\n</header>\n</body>\n</html>\n").utf8)
  }

  private static func heading(_ name: String, _ url: String?) -> String {
    var out = "<section>\n<h2>\(escape(name))"
    // An address comes from the page: only those of the web are links.
    if let url, url.hasPrefix("http://") || url.hasPrefix("https://") {
      out += " <a href=\"\(escape(url))\" rel=\"noreferrer\">\(escape(url.cut(to: 80)))</a>"
    }
    return out + "</h2>\n"
  }

  /// Of a form's part where `form` is given.
  private static func row(
    _ finding: Finding, _ page: CleanPage, _ places: SourcePlaces, of form: Finding? = nil
  ) -> String {
    let start = places.place(of: finding.range).start
    let state = finding.action == .keep ? "kept" : finding.severity.rawValue
    let hasText = FindingRows.hasText(finding)
    let message = FindingRows.message(finding, page, places)
    var text = hasText ? "<q>\(escape(FindingRows.excerpt(finding, page)))</q>" : escape(message)
    if form == nil, hasText { text += " <small>\(escape(message))</small>" }
    if form != nil, !finding.related.isEmpty { text += " <small>\(finding.related.count + 1) times</small>" }
    return """
      <tr class="\(finding.family)\(form == nil ? "" : " part")"><td>\(start.line):\(start.column)</td>\
      <td class="\(state)">\(form == nil ? state : "")</td><td>\(finding.action == .flag ? "marked" : "")</td>\
      <td><a href="#\(escape(finding.rule))"><code>\(escape(finding.rule))</code></a></td><td>\(text)</td></tr>

      """
  }

  private static func escape(_ text: String) -> String { text.escapingMarkupAndQuotes }

  /// Hides a family's rows where its box is not ticked.
  private static func toggle(_ family: Family) -> String {
    "body:has(#show-\(family):not(:checked)) tr.\(family){display:none}\n"
  }

  private static let style = """
    :root{color-scheme:light dark;--ink:#1c1e21;--dim:#667;--line:#dde;--ground:#fff;--error:#b3261e;--warning:#8a5a00;\
    --note:#2b5fa8}
    @media (prefers-color-scheme:dark){:root{--ink:#e6e6ea;--dim:#99a;--line:#334;--ground:#16181c;--error:#ff897d;\
    --warning:#f0b34a;--note:#8ab4f8}}
    body{display:flex;flex-direction:column;max-width:80rem;margin:2rem auto;padding:0 1rem;color:var(--ink);\
    background:var(--ground);font:15px/1.45 system-ui,sans-serif}
    header{order:-1}
    h1{font-size:1.5rem;margin:0}
    h2{font-size:1rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}
    h2 a,small{color:var(--dim);font-size:.85em;font-weight:normal}
    a{color:inherit;text-decoration-color:var(--line)}
    code{font-size:.9em}
    table{border-collapse:collapse;table-layout:fixed;width:100%}
    td{border-top:1px solid var(--line);padding:.25rem .6rem .25rem 0;vertical-align:top;overflow-wrap:anywhere}
    td:first-child{color:var(--dim);font-variant-numeric:tabular-nums;width:5rem}
    td:nth-child(2),td:nth-child(3){width:4rem}
    td:nth-child(3){color:var(--dim)}
    td:nth-child(4){width:17rem}
    q{quotes:none;white-space:pre-line}
    q,h2,h2 a{unicode-bidi:isolate}
    section{content-visibility:auto;contain-intrinsic-size:auto 30rem}
    .part td{border-top:0}
    .part td:nth-child(4){padding-left:1rem}
    .error{color:var(--error)}
    .warning{color:var(--warning)}
    .note{color:var(--note)}
    .kept{color:var(--dim)}
    @media (max-width:45rem){tr{display:block;padding:.3rem 0;border-top:1px solid var(--line)}\
    td,td:last-child{display:inline-block;width:auto;border:0;padding:0 .6rem 0 0}td:last-child{display:block}}
    .families{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem}
    details{border-top:1px solid var(--line);padding:.25rem 0}
    details pre{white-space:pre-wrap;font-size:.85rem}

    """
}
