import Pages

/// What kind of thing a finding is about.
public enum Family: String, Sendable, CaseIterable {
  case navigation, signup
  case aiNotice = "ai-notice"
  case player, consent, paywall, share, related, comments, ads, app, donate, legal, error, other
  /// Bylines, dates and credits: no chaff, but no body text either.
  case meta
  /// What only the content model rejects.
  case boilerplate
}

/// How grave a finding is, from the least.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  case note, warning, error

  /// In that order.
  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
  private var rank: Int { Self.allCases.firstIndex(of: self)! }
}

/// The least severity of a finding that fails a run.
public enum FailOn: String, Sendable, CaseIterable {
  case error, warning, note, never

  /// Whether a run fails whose gravest finding is this; nil where it found nothing.
  public func isReached(by severity: Severity?) -> Bool {
    guard let severity, let least = Severity(rawValue: rawValue) else { return false }
    return severity >= least
  }
}

/// What becomes of the text that a rule finds.
public enum Action: String, Sendable, CaseIterable {
  /// Reports the text and leaves it.
  case flag
  /// Takes the text out.
  case remove
  /// Leaves the text, whatever other rules and the content model say.
  case keep
  /// Leaves the first of several lines with the same text and takes out the others.
  case keepFirst = "keep-first"
  /// Writes another text in its place.
  case replace
  /// Takes the whole page out. For rules about pages.
  case quarantine
}

/// A notice that stays on record as metadata of the page when its text is removed.
public struct Disclosure: Sendable, Equatable {
  /// Such as `ai-generated`.
  public var kind: String
  /// `audio`, `text`, `image`, `translation`, `summary` or `video`.
  public var medium: String
  public init(kind: String, medium: String) {
    self.kind = kind
    self.medium = medium
  }
}

/// A line of a page, or a part of one, and what was found there.
public struct Finding: Sendable {
  /// The rule of the finding that stands for the lines of a sign-up form.
  package static let formRule = "signup/form"

  /// Id of the rule, or of the part of Winnow that judged.
  public var rule: String
  /// The rule's, or what the content model takes the text for.
  public var family: Family
  /// Under the policy, not as the rule has it.
  public var severity: Severity
  /// What was done, under the policy; a text that a rule flags may go by the content model.
  public var action: Action
  /// For people, placeholders filled in; `CleanPage.message` may say more.
  public var message: String
  /// -1 for a finding about the page as a whole.
  public var block: Int
  /// UTF-8 offsets in `Blocks.text`, half-open.
  public var range: Range<Int>
  /// Blocks with the same text under the same rule: for the first of them the others, for the
  /// others the first.
  public var related: [Int] = []
  /// What stays on record, where the rule discloses anything.
  public var disclosure: Disclosure?
  /// The rule only marks what it finds, whatever the policy makes of that.
  public var isMark = false
  /// It may stand in any form, so that it alone makes no sign-up form.
  package var isOfAnyForm = false
  /// It is about a sentence of the block, or about what a rule replaces in it: others may stand beside it.
  public var isPart = false
  /// What becomes of a part that does not stay as it is; its range is the finding's.
  public var edit: TextEdit?
  /// What a finding about several lines is made of.
  public var parts: [Finding] = []

  public init(
    rule: String, family: Family, severity: Severity, action: Action, message: String, block: Int, range: Range<Int>
  ) {
    self.rule = rule
    self.family = family
    self.severity = severity
    self.action = action
    self.message = message
    self.block = block
    self.range = range
  }
}
