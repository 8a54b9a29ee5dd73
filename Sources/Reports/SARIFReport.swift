import Cleaning
import Rules

/// Findings in the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0), which editors and code review read.
///
/// One run. Columns count in Unicode scalars, byte ranges are those of the other reports; what a baseline knows a finding by
/// is its fingerprint, and what is kept is a suppressed result. Results stand before the tool's rules, so that they can be
/// written as pages come.
enum SARIFReport {
  static let start = Array(
    """
    {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"unicodeCodePoints",\
    "results":[
    """.utf8)

  /// Each result behind a comma.
  static func render(
    _ findings: [Finding], of page: CleanPage, at uri: String, _ fingerprints: Fingerprinter
  ) -> [UInt8] {
    let places = SourcePlaces(page)
    var out: [UInt8] = []
    for finding in findings {
      var json = JSONWriter()
      json.object { json in
        json.field("ruleId", finding.rule)
        json.field("level", finding.severity.rawValue)
        message(message(finding, page, places), &json)
        json.key("locations")
        json.array { location(finding, page, places, uri, &$0) }
        related(finding, page, places, uri, &json)
        json.key("partialFingerprints")
        json.object { $0.field("textHash/v1", fingerprints.hash(of: finding, in: page)) }
        // All results of a run have it, or none (3.27.23).
        json.key("suppressions")
        json.array { if finding.action == .keep { $0.object { $0.field("kind", "external") } } }
        json.key("properties")
        json.object { json in
          json.field("family", finding.family.rawValue)
          json.field("action", finding.action.rawValue)
          json.field("page", page.name)
        }
      }
      out += ",\n".utf8 + json.bytes
    }
    return out
  }

  static func end(_ rules: [Explained], _ failures: [Report.Failure], isWhole: Bool) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("driver")
      json.object { json in
        json.field("name", "Winnow")
        json.field("semanticVersion", winnowVersion)
        json.key("rules")
        json.array { json in for rule in rules { json.object { descriptor(rule, &$0) } } }
      }
    }
    var invocation = JSONWriter()
    invocation.object { json in
      json.key("executionSuccessful")
      json.value(failures.isEmpty && isWhole)
      json.key("toolExecutionNotifications")
      json.array { json in
        for failure in failures {
          json.object { json in
            json.field("level", "error")
            message(failure.reason, &json)
            json.key("locations")
            json.array { $0.object { artifact(failure.uri, &$0) { _ in } } }
          }
        }
      }
    }
    return "],\n\"tool\":".utf8 + json.bytes + ",\n\"invocations\":[".utf8 + invocation.bytes + "]}]}\n".utf8
  }

  private static func descriptor(_ rule: Explained, _ json: inout JSONWriter) {
    json.field("id", rule.id)
    text("shortDescription", rule.title, &json)
    if !rule.why.isEmpty { text("fullDescription", rule.why, &json) }
    text("help", rule.text, &json)
    guard let rule = rule.rule else { return }
    json.key("defaultConfiguration")
    json.object { $0.field("level", rule.severity.rawValue) }
    json.key("properties")
    json.object { json in
      json.key("tags")
      json.array { $0.value(rule.family.rawValue) }
    }
  }

  /// With the text that was found: what stands in a region of a file may be markup.
  private static func message(_ finding: Finding, _ page: CleanPage, _ places: SourcePlaces) -> String {
    let message = FindingRows.message(finding, page, places)
    return FindingRows.hasText(finding) ? "\(message): \(FindingRows.excerpt(finding, page))" : message
  }

  /// A finding about the page as a whole has a file and no region.
  private static func location(
    _ finding: Finding, _ page: CleanPage, _ places: SourcePlaces, _ uri: String, _ json: inout JSONWriter
  ) {
    json.object { json in
      artifact(uri, &json) { json in
        guard finding.block >= 0 else { return }
        let place = places.place(of: finding.range)
        json.key("region")
        json.object { json in
          json.field("startLine", place.start.line)
          json.field("startColumn", place.start.column)
          json.field("endLine", place.end.line)
          json.field("endColumn", place.end.column)
          json.field("byteOffset", place.byteOffset)
          json.field("byteLength", place.byteLength)
        }
      }
    }
  }

  /// The parts of a form with their rules, or the other places of a text.
  private static func related(
    _ finding: Finding, _ page: CleanPage, _ places: SourcePlaces, _ uri: String, _ json: inout JSONWriter
  ) {
    var others = finding.parts.map { (range: $0.range, message: "\($0.rule): \(FindingRows.excerpt($0, page))") }
    others += finding.related.map { (range: page.blocks.range($0), message: "the same text") }
    guard !others.isEmpty else { return }
    json.key("relatedLocations")
    json.array { json in
      for other in others {
        let start = places.place(of: other.range).start
        json.object { json in
          message(other.message, &json)
          artifact(uri, &json) { json in
            json.key("region")
            json.object { json in
              json.field("startLine", start.line)
              json.field("startColumn", start.column)
            }
          }
        }
      }
    }
  }

  private static func artifact(_ uri: String, _ json: inout JSONWriter, _ more: (inout JSONWriter) -> Void) {
    json.key("physicalLocation")
    json.object { json in
      json.key("artifactLocation")
      json.object { $0.field("uri", uri) }
      more(&json)
    }
  }

  /// What a page says must be no link and no placeholder of the message (3.11.5, 3.11.6).
  private static func message(_ message: String, _ json: inout JSONWriter) {
    var message = message
    if message.contains("](") { message = message.replacing("[", with: "\\[").replacing("]", with: "\\]") }
    let isPlaceholder = message.split(separator: "{").dropFirst().contains { $0.first?.isNumber == true }
    if isPlaceholder { message = message.replacing("{", with: "{{").replacing("}", with: "}}") }
    text("message", message, &json)
  }

  private static func text(_ name: StaticString, _ text: String, _ json: inout JSONWriter) {
    json.key(name)
    json.object { $0.field("text", text) }
  }
}
