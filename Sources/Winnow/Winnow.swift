@_exported import Batch
@_exported import Briefs
@_exported import Cleaning
@_exported import Content
@_exported import Pages
@_exported import Reports
@_exported import Rules

/// Reads, cleans and briefs pages, one after the other.
///
/// It owns parsers and buffers that it uses again from page to page. Not for several threads at once:
/// make one a thread; they may share the rules.
///
///     let winnower = Winnower(rules: .builtIn)
///     let page = try winnower.clean(Page(name: "a.html", bytes: bytes))
///     print(String(decoding: page.render(.markdown), as: UTF8.self))
///     print(winnower.brief(page).text(page))
public final class Winnower {
  private let reader: PageReader
  private let cleaner: Cleaner
  private let summarizer = Summarizer()
  /// Says what findings are known by.
  package private(set) lazy var fingerprints = Fingerprinter()

  /// `favor` says how lost content weighs against kept chaff; nil cleans by rules alone.
  public init(_ rulebook: Rulebook, favor: Favor? = .balanced) {
    reader = PageReader(keeping: rulebook.names)
    cleaner = Cleaner(rulebook, favor: favor)
  }
  /// By rules as they are, without policy, filter lists and site configurations.
  public convenience init(rules: RuleSet, favor: Favor? = .balanced) { self.init(Rulebook(rules: rules), favor: favor) }

  /// Reads and cleans a page. About 6 ms of CPU for a page of 100 KB.
  public func clean(_ page: Page) throws(ReadError) -> CleanPage { cleaner.clean(try reader.read(page)) }

  /// A paragraph of the page's own sentences.
  public func brief(
    _ page: CleanPage, budget: BriefBudget = .sentences(3), style: BriefStyle = .model
  ) -> Brief {
    summarizer.brief(page, budget: budget, style: style)
  }

  /// The rules' expressions that a time limit stopped so far.
  public var overruns: Set<Overrun> { cleaner.overruns }
}
