import Pages

/// A rule as its file says it.
public struct Rule: Sendable {
  /// `family/name`; of two in a set the later replaces the earlier.
  public var id: String
  /// What its findings are about, and by what settings may speak of it.
  public var family: Family
  /// What it finds, in a few words.
  public var title: String
  /// Why that is no content; may be empty.
  public var why: String
  /// Of the texts that it was written for, such as `en`. For readers: pages of all languages are scanned.
  public var languages: [String]
  /// Hosts, with their subdomains, of the only pages that the rule is for; empty for all.
  public var hosts: [String]
  /// Unless the policy says otherwise.
  public var severity: Severity
  /// Unless the policy says otherwise.
  public var action: Action
  /// What it looks at, one after the other.
  public var scope: Scope
  package var match: Match
  /// What `Action.replace` writes; may hold `{1}` to `{9}` as the message may.
  public var replacement: String?
  /// May hold `{text}`, `{count}`, and `{1}` to `{9}` for what a group of the rule's pattern found.
  public var message: String
  /// What stays on record of a text that it finds.
  public var disclosure: Disclosure?
  /// What it finds stands in forms of all kinds: lines of such rules alone make no sign-up form.
  public var isOfAnyForm = false
  /// Each a page in which the rule must find something.
  public var matchingExamples: [Example]
  /// Each a page in which it must find nothing.
  public var cleanExamples: [Example]
  /// Laws, studies and pages that it rests on, as its author cites them.
  public var references: [String]
  /// Where the rule starts in its file.
  public var place: Place

  /// What a rule looks at.
  public enum Scope: String, Sendable, CaseIterable {
    case line
    /// A sentence of a line.
    case sentence
    /// A paragraph: the lines that a `<br>` parts, or those of a dump up to an empty one.
    case block
    case page
  }

  /// What the rule asks for, and what excuses from it.
  package enum Match: Sendable {
    /// Of each line, sentence or paragraph.
    case line(Condition, unless: Condition?)
    case page(PageCondition, unless: PageCondition?)
  }

  /// A text that a rule must, or must not, hit.
  public struct Example: Sendable {
    /// Without the marks `[[` and `]]`.
    public var text: String
    /// What must be hit, as half-open byte ranges in the text; empty where anything may be.
    public var marks: [Range<Int>] = []
    /// Where the example stands in the rule's file.
    public var place: Place
  }
}

/// A place in a rule file.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  /// As whoever read it called it: a path, or the name of a built-in file.
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1, in Unicode scalars.
  public var column: Int
  /// `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }
}

/// What a rule asks of a line. `Rules/README.md` says what each one means.
package indirect enum Condition: Sendable {
  case line([String])
  case starts([String])
  case ends([String])
  case contains([String])
  case regex([Pattern])
  case words(ClosedRange<Int>)
  case chars(ClosedRange<Int>)
  case repeats(Int)
  case similar(Int)
  case pages(Int)
  case joined(Bool)
  case near([Family], lines: Int)
  case at(first: Double?, last: Double?)
  case kind([BlockKind])
  case inside(BlockContext, orLink: Bool)
  case selector(Selector)
  case any([Condition])
  case all([Condition])
  case not(Condition)
  case range(from: Condition, to: Condition, max: Int)
  case tail(from: Condition, ceiling: Double, longest: Int)

  /// Whether a range or a tail is in it.
  var holdsSpan: Bool {
    switch self {
    case .range, .tail: true
    case .any(let all), .all(let all): all.contains { $0.holdsSpan }
    case .not(let inner): inner.holdsSpan
    default: false
    }
  }
  /// The key of a condition in it that only lines can hold; nil where there is none.
  var keyForLinesOnly: String? {
    switch self {
    case .near: "near"
    case .joined: "joined"
    case .pages: "pages"
    case .range: "range"
    case .tail: "tail"
    case .any(let all), .all(let all): all.lazy.compactMap(\.keyForLinesOnly).first
    case .not(let inner): inner.keyForLinesOnly
    default: nil
    }
  }
  /// Whether it asks on how many pages the line stands.
  var asksForPages: Bool {
    switch self {
    case .pages: true
    case .any(let all), .all(let all): all.contains { $0.asksForPages }
    case .not(let inner), .tail(let inner, _, _): inner.asksForPages
    case .range(let from, let to, _): from.asksForPages || to.asksForPages
    default: false
    }
  }
  /// Whether it asks for what stands around the line.
  var looksAround: Bool {
    switch self {
    case .near: true
    case .any(let all), .all(let all): all.contains { $0.looksAround }
    case .not(let inner): inner.looksAround
    default: holdsSpan
    }
  }

  package struct Pattern: Sendable {
    package var text: String
    package var place: Place
  }
}
