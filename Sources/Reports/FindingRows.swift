import Cleaning
import Rules

/// Findings as JSON Lines, one object a finding.
public enum FindingRows {
  /// Fields: `page`, `rule`, `family`, `severity`, `action`, `message`, `excerpt`; `line`, `column`,
  /// `endLine` and `endColumn` count from 1, columns in Unicode scalars, the end behind the last
  /// character; `byteOffset` and `byteLength` in the file. `related` gives the places of the other
  /// lines with the same text: all of them at the first, the first at each of the others. A sign-up form is one finding
  /// with `parts`, each with `rule`, `excerpt`, its first place, and the `count` and `lines` of this text in the form.
  /// `findings` are the page's `reportedFindings`.
  public static func render(_ findings: [Finding], of page: CleanPage) -> [UInt8] {
    guard !findings.isEmpty else { return [] }
    let places = SourcePlaces(page)
    var json = JSONWriter()
    for finding in findings {
      json.line { append(finding, page, places, &$0) }
    }
    return json.bytes
  }

  private static func append(_ finding: Finding, _ page: CleanPage, _ places: SourcePlaces, _ json: inout JSONWriter) {
    json.field("page", page.name)
    json.field("rule", finding.rule)
    json.field("family", finding.family.rawValue)
    json.field("severity", finding.severity.rawValue)
    json.field("action", finding.action.rawValue)
    json.field("message", message(finding, page, places))
    json.field("excerpt", excerpt(finding, page))
    append(places.place(of: finding.range), &json)
    if !finding.parts.isEmpty {
      json.key("parts")
      json.array { json in
        for part in finding.parts { json.object { append(part: part, page, places, &$0) } }
      }
    }
    guard !finding.related.isEmpty else { return }
    json.key("related")
    json.array { json in
      for block in finding.related {
        let start = places.place(of: page.blocks.range(block)).start
        json.object { json in
          json.field("line", start.line)
          json.field("column", start.column)
        }
      }
    }
  }

  private static func append(
    part: Finding, _ page: CleanPage, _ places: SourcePlaces, _ json: inout JSONWriter
  ) {
    json.field("rule", part.rule)
    json.field("excerpt", excerpt(part, page))
    append(places.place(of: part.range), &json)
    json.field("count", part.related.count + 1)
    json.key("lines")
    json.array { json in
      for block in [part.block] + part.related {
        json.value(places.place(of: page.blocks.range(block)).start.line)
      }
    }
  }

  private static func append(_ place: SourcePlaces.Place, _ json: inout JSONWriter) {
    json.field("line", place.start.line)
    json.field("column", place.start.column)
    json.field("endLine", place.end.line)
    json.field("endColumn", place.end.column)
    json.field("byteOffset", place.byteOffset)
    json.field("byteLength", place.byteLength)
  }

  /// The finding's message, with how often and where first for a text that stands several times.
  static func message(_ finding: Finding, _ page: CleanPage, _ places: SourcePlaces) -> String {
    let message = page.message(of: finding)
    guard let other = finding.related.first else { return message }
    if other > finding.block { return "\(message) (\(finding.related.count + 1) times on this page)" }
    let first = places.place(of: page.blocks.range(other)).start
    return "\(message) (again; first at line \(first.line))"
  }

  /// Whether a finding is about a text of its own: a form has those of its parts, and the page as a whole has none.
  static func hasText(_ finding: Finding) -> Bool { finding.parts.isEmpty && finding.block >= 0 }

  /// The text found, at most 160 characters of it.
  static func excerpt(_ finding: Finding, _ page: CleanPage) -> String {
    String(decoding: page.blocks.text[finding.range], as: UTF8.self).cut(to: 160)
  }
}
