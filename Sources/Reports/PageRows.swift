import Briefs
import Cleaning
import Rules

/// The rows of `pages.jsonl`.
public enum PageRows {
  /// Fields: `page`, `url`, `title`, `byline`, `date`, `language`, `site`, `canonical`, `description`, `metadataFrom` (the
  /// source of each of these, as `Metadata.Value` names them), `pageType` (null in a dump), `pageTypeConfidence` (0 to 1),
  /// `verdict`, `wordsIn`, `wordsOut`, `charset`, `brief`, `briefFrom` (`sentences`, `description` for what the page says of
  /// itself in its head, or null), `sentences` (of the brief: `start` and `end` in bytes of the file, or where its charset is not
  /// UTF-8 of the page as UTF-8, `score` by the model in thousandths),
  /// `briefEmptyBecause` (null where there is a brief), `disclosures`, `findings` (counts by family), `error` (null).
  ///
  /// `findings` are the page's `reportedFindings`.
  public static func render(_ page: CleanPage, brief: Brief, findings: [Finding]) -> [UInt8] {
    var json = JSONWriter()
    json.line { json in
      json.describe(page)
      json.field("verdict", page.verdict.rawValue)
      json.field("wordsIn", page.wordsIn)
      json.field("wordsOut", page.wordsOut)
      json.field("charset", page.charset.name)
      json.field("brief", brief.text(page))
      json.field("briefFrom", brief.description != nil ? "description" : brief.sentences.isEmpty ? nil : "sentences")
      json.key("sentences")
      json.array { json in
        for (sentence, source) in zip(brief.sentences, brief.sources(page)) {
          json.object { json in
            json.field("start", source.bytes.lowerBound)
            json.field("end", source.bytes.upperBound)
            json.field("score", Int((sentence.score * 1000).rounded()))
          }
        }
      }
      json.field("briefEmptyBecause", brief.emptyBecause)
      json.key("disclosures")
      json.array { json in
        for notice in page.disclosures { append(notice, &json) }
      }
      json.key("findings")
      json.object { json in
        for (family, count) in FamilyCounts(findings).inOrder {
          json.key(named: family.rawValue)
          json.value(count)
        }
      }
      json.field("error", nil as String?)
    }
    return json.bytes
  }

  private static func append(_ notice: CleanPage.Notice, _ json: inout JSONWriter) {
    json.object { json in
      json.field("kind", notice.disclosure.kind)
      json.field("medium", notice.disclosure.medium)
      json.field("text", notice.text)
    }
  }

  /// The row of a page that could not be read.
  public static func render(failed page: String, url: String? = nil, error: String) -> [UInt8] {
    render(unread: page, url, verdict: "failed", error)
  }

  /// The row of a file that is no page, with the reason as its error.
  public static func render(skipped page: String, url: String? = nil, reason: String) -> [UInt8] {
    render(unread: page, url, verdict: "skipped", reason)
  }

  private static func render(unread page: String, _ url: String?, verdict: String, _ error: String) -> [UInt8] {
    var json = JSONWriter()
    json.line { json in
      json.field("page", page)
      json.field("url", url)
      for name in ["title", "byline", "date", "language", "site", "canonical", "description"] {
        json.key(named: name)
        json.value(nil as String?)
      }
      json.key("metadataFrom")
      json.object { _ in }
      json.field("pageType", nil as String?)
      json.field("pageTypeConfidence", 0)
      json.field("verdict", verdict)
      json.field("wordsIn", 0)
      json.field("wordsOut", 0)
      json.field("charset", nil as String?)
      json.field("brief", nil as String?)
      json.field("briefFrom", nil as String?)
      json.key("sentences")
      json.array { _ in }
      json.field("briefEmptyBecause", nil as String?)
      json.key("disclosures")
      json.array { _ in }
      json.key("findings")
      json.object { _ in }
      json.field("error", error)
    }
    return json.bytes
  }
}

extension Sequence<Finding> {
  /// The worst severity of what is to be complained about: what is kept, by an allow-rule or a setting, is on record and
  /// no complaint. Nil where there is nothing.
  public var worst: Severity? { lazy.filter { $0.action != .keep }.map(\.severity).max() }
}

/// How many findings there are of each family; what is kept does not count.
public struct FamilyCounts: Sendable {
  private var counts: [Family: Int] = [:]

  public init(_ findings: [Finding] = []) { add(findings) }
  public mutating func add(_ findings: [Finding]) {
    for finding in findings where finding.action != .keep { counts[finding.family, default: 0] += 1 }
  }
  public mutating func add(_ other: FamilyCounts) { counts.merge(other.counts, uniquingKeysWith: +) }
  /// In the order of `Family`.
  public var inOrder: [(Family, Int)] { Family.allCases.compactMap { family in counts[family].map { (family, $0) } } }
  public var total: Int { counts.values.reduce(0, +) }
}
