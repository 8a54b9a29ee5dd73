import Content
import Pages
import Rules

/// A page after cleaning: what stays, and why the rest went.
public struct CleanPage: Sendable {
  /// As of the `Page` that was cleaned.
  public var name: String
  /// The address that the page came with, else the one that it calls its own.
  public var url: String?
  /// The page as it was read.
  public var blocks: Blocks
  /// The same blocks as they are written, without what rules take out of lines and with what they put there.
  public var written: Blocks
  /// What the page says of itself; a site configuration has the last word.
  public var metadata: Metadata
  /// The content model's, by block; one that keeps all where rules alone cleaned.
  public var judgement: Judgement
  /// A rule took the whole page out; nothing is kept.
  public var isQuarantined: Bool
  /// Blocks that stay, in page order.
  public var kept: [Int]
  /// The block that is the page's title, where it has one. It is in `kept` only where a profile or a
  /// configuration keeps it in the text.
  public var titleBlock: Int?
  /// In page order: those about the page, then by block one about the whole of it at most, and those about parts of it.
  public var findings: [Finding]
  /// The policy's setting of `signup/form`, a finding that `reportedFindings` makes of others.
  package var formSetting = Policy.Setting()
  /// What rules put on record, in the order of their findings, whether or not the text stays.
  public var disclosures: [Notice]
  /// Of all blocks; an ideograph or kana counts as half a word.
  public var wordsIn: Int
  /// Of the blocks that stay, as they are written.
  public var wordsOut: Int
  /// False for a plain-text dump.
  public var isHTML: Bool
  /// Of the file.
  public var charset: Charset
  /// The page in UTF-8, which source ranges point into.
  public var decoded: [UInt8]
  /// From `decoded` to the bytes of the file where that is UTF-8, past a byte order mark and invalid bytes; else to
  /// `decoded` itself.
  public var inFile: OffsetMap

  /// The page's type; nil in a dump, and where nobody judged.
  public var type: PageType? { isHTML && judgement.pageTypeConfidence > 0 ? judgement.pageType : nil }

  /// What stays, without the title: for renderings that set the title above the text.
  var keptBelowTitle: [Int] { metadata.title == nil ? kept : kept.filter { $0 != titleBlock } }

  /// A finding's message. Where the model found plain boilerplate it says here why, which costs some microseconds;
  /// a family that it named is reason enough, and `Judgement.reasons` has more.
  public func message(of finding: Finding) -> String {
    guard finding.rule == "content/boilerplate", finding.block >= 0 else { return finding.message }
    let reasons = judgement.reasons(finding.block).map(\.text).joined(separator: "; ")
    return reasons.isEmpty ? finding.message : "\(finding.message): \(reasons)"
  }

  /// A disclosure and the words it was made in.
  public struct Notice: Sendable {
    /// What the rule says of the notice.
    public var disclosure: Disclosure
    /// As the page has it; the finding's message for a notice about the page as a whole.
    public var text: String
    /// -1 for a notice about the page as a whole.
    public var block: Int
  }

  /// What became of the page as a whole.
  public enum Verdict: String, Sendable {
    /// Text is left.
    case clean
    /// No main content was found.
    case empty
    /// A rule took the whole page out.
    case quarantined
  }
  /// A page that was taken out is `quarantined`, not `empty`.
  public var verdict: Verdict { isQuarantined ? .quarantined : kept.isEmpty ? .empty : .clean }
}
