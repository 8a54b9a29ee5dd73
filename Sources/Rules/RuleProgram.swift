import Language
import Pages

/// What the scanner runs: conditions over numbered phrases and expressions.
struct RuleProgram: Sendable {
  /// Whole lines without decoration, and the phrase of each.
  var lines = PhraseTable()
  var linePhrases: [Int32] = []
  /// Parts of lines, for short lines, and those that long and very long ones are searched for; and what each means where it
  /// is found.
  var parts: [PhraseFinder] = []
  var meanings = Lists<Meaning>()
  /// By phrase: the signals that it gives. A signal is a list of phrases that stands in rules, or the literals of
  /// expressions.
  var signals = Lists<Int32>()
  /// By signal, whether no clause waits for it, and it has few phrases: it is asked for where a line may satisfy all else,
  /// and its phrases, often words like "you" and "is", are looked for only then.
  var areLate: [Bool] = []
  var signalCount: Int { areLate.count }
  var latePhrases = LatePhrases()
  var expressions: [Expression] = []
  /// By expression 32 masks: how a line with a match may open, as `PatternOpening` says.
  var openings: [UInt32] = []
  var selectors = SelectorIndex()
  /// All conditions about lines, and the numbers that they speak of.
  var tests: [Test] = []
  var numbers: [Int32] = []
  /// Rules about lines by their numbers (those about pages hold for none), then the probes.
  var rules: [CompiledRule] = []
  /// How many of `rules` are rules.
  var ruleCount = 0
  var pageRules: [PageRule] = []
  /// By rule, where it replaces what they find, or a text of it asks for their groups: its expressions.
  var captures: [Int32: [Int32]] = [:]
  /// The alternatives of all rules: each is tried where something that it needs was seen.
  var clauses: [Clause] = []
  /// By signal: the clauses that may hold where it was given.
  var announcements = Lists<Announcement>()
  /// Clauses that nothing announces.
  var unannounced: [Announcement] = []

  struct Clause: Sendable {
    var rule: Int32
    var test: Int32
  }
  /// A clause that may hold where a signal was given, with what can be told at once of a line that does not satisfy it.
  struct Announcement: Sendable {
    var clause: Int32
    /// The one whose literal was seen; -1 for none.
    var expression: Int32
    var words: ClosedRange<Int32>
    var characters: ClosedRange<Int32>
  }
  struct Meaning: Sendable {
    enum Place: Sendable, Equatable {
      case start, end, inside
      /// As part of anything, at most so many characters into the line; `isWordStart` where a letter or digit of ASCII cannot
      /// stand before it.
      case within(Int32, isWordStart: Bool)

      var isWordStart: Bool { if case .within(_, let isWordStart) = self { isWordStart } else { true } }
      var isNear: Bool {
        switch self {
        case .start: true
        case .end, .inside: false
        case .within(let latest, _): latest < PhraseFinder.near
        }
      }
    }
    var place: Place
    var phrase: Int32
  }
  struct Expression: Sendable {
    /// Compiled by each worker that needs it: most are never asked.
    var pattern: String
    var rule: String
    var place: Place
    /// Given where one of its literals was seen; -1 where it has none.
    var signal: Int32
    /// The same for a second set of literals: a line with a match gives both.
    var secondSignal: Int32
    /// How many characters a line with a match has.
    var length: ClosedRange<Int32>
    /// The first expression of the same pattern, mostly itself: what is found of one in a line is known of all.
    var twin: Int32
  }
  struct CompiledRule: Sendable {
    /// Numbers of tests.
    var condition: Int32
    var unless: Int32?
    var phase: Phase
  }
  struct PageRule: Sendable {
    var rule: Int32
    var condition: PageTest
    var unless: PageTest?
  }
  enum Phase: Sendable { case line, near, span }

  indirect enum PageTest: Sendable {
    /// At least so many lines hold the probe.
    case lines(probe: Int32, min: Int)
    case meta(String, expressions: [Int32])
    case linked(String, expressions: [Int32])
    case metric(PageMetric, ClosedRange<Double>)
    case found(rules: [String], families: [Family], min: Int)
    case score(atLeast: Double, [(PageTest, weight: Double)])
    case any([PageTest])
    case all([PageTest])
    case not(PageTest)
  }

  /// A run of `numbers`.
  struct Run: Sendable {
    var start: Int32
    var end: Int32
  }

  /// A condition about a line. Holds no reference, so that asking costs no reference counting; tests
  /// inside tests are numbers.
  enum Test: Sendable {
    /// The signal of a list of phrases.
    case phrases(signal: Int32, Specificity)
    case expressions(Run)
    case words(Int32, Int32)
    case chars(Int32, Int32)
    case repeats(Int32)
    case similar(Int32)
    case pages(Int32)
    case joined(Bool)
    case near(FamilySet, lines: Int32)
    /// Below 0 for none.
    case at(first: Double, last: Double)
    case kind(KindSet)
    case inside(BlockContext, orLink: Bool)
    case selector(Int32)
    case any(Run)
    case all(Run)
    case not(Int32)
    case range(from: Int32, to: Int32, max: Int32)
    case tail(from: Int32, ceiling: Double, longest: Int32)
  }

  func numbers(_ run: Run) -> ArraySlice<Int32> { numbers[Int(run.start)..<Int(run.end)] }
}

/// A set of families.
struct FamilySet: OptionSet, Sendable {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
  init(_ family: Family) { rawValue = 1 << UInt32(Family.allCases.firstIndex(of: family)!) }
}

/// A set of kinds of blocks.
struct KindSet: OptionSet, Sendable {
  let rawValue: UInt16
  init(rawValue: UInt16) { self.rawValue = rawValue }
  init(_ kind: BlockKind) { rawValue = 1 << UInt16(kind.rawValue) }
}

/// How closely a match fits; the closer one wins.
enum Specificity: Int, Sendable, Comparable {
  case tail, range, context, contains, pattern, wholeLine, wholeLineNear

  static func < (a: Specificity, b: Specificity) -> Bool { a.rawValue < b.rawValue }
}
