/// What a rule asks of a page as a whole. `Rules/README.md` says what each one means.
package indirect enum PageCondition: Sendable {
  case lines(Condition, min: Int)
  case meta(String, [Condition.Pattern])
  case linked(String, [Condition.Pattern])
  case metric(PageMetric, ClosedRange<Double>)
  case found(rules: [String], families: [Family], min: Int)
  case score(atLeast: Double, [Term])
  case any([PageCondition])
  case all([PageCondition])
  case not(PageCondition)

  package struct Term: Sendable {
    package var condition: PageCondition
    package var weight: Double
  }

  /// The conditions about lines in it.
  var lineConditions: [Condition] {
    switch self {
    case .lines(let condition, _): [condition]
    case .any(let all), .all(let all): all.flatMap(\.lineConditions)
    case .not(let inner): inner.lineConditions
    case .score(_, let terms): terms.flatMap(\.condition.lineConditions)
    default: []
    }
  }
}

/// A number that describes a page.
package enum PageMetric: String, Sendable, CaseIterable {
  /// Words, and lines with text.
  case words, lines
  /// Share of the lines whose text stood on the page before (Rae et al., Scaling Language Models, 2021,
  /// table A1), 0 to 1.
  case duplicateLines = "duplicate-lines"
  /// Share of the lines of 30 characters or less, 0 to 1.
  case shortLines = "short-lines"
  /// Share of the lines that end in a full stop, a question or exclamation mark, a colon or a closing
  /// quote, 0 to 1.
  case sentenceLines = "sentence-lines"
  /// Share of the text that stands in links, 0 to 1.
  case linkDensity = "link-density"
}
