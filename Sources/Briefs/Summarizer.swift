import Cleaning
import Language
import Pages

/// Writes briefs. Not for several threads at once: keep one a worker.
package final class Summarizer {
  private let splitter = SentenceSplitter()
  var words = PageWords()
  var occurrences = WordOccurrences()
  /// Read when first asked for: whoever trains has none that fits.
  private lazy var model = BriefModel.embedded

  package init() {}

  /// With a model of its own, for training and evaluation; nil where `model` is none.
  package init?(model bytes: [UInt8]) {
    guard let model = bytes.withUnsafeBufferPointer(BriefModel.init) else { return nil }
    self.model = model
  }

  /// The sentences that together tell most of the page, within the budget, in page order.
  ///
  /// A page shorter than the budget is given whole; a page without prose gives an empty brief with the reason.
  /// Cost: linear in the page's text, and quadratic in its sentences up to `Prose.limit` of them.
  package func brief(_ page: CleanPage, budget: BriefBudget, style: BriefStyle = .model) -> Brief {
    brief(
      BriefSource(
        blocks: page.written, kept: page.kept, title: page.metadata.title?.text, language: page.metadata.language?.text,
        pageType: page.judgement.pageTypeConfidence >= 0.6 ? page.type : nil,
        description: page.metadata.summary?.text, siteName: page.metadata.siteName?.text),
      budget: budget, style: style)
  }

  /// As for a page, but of blocks that nobody cleaned.
  package func brief(_ source: BriefSource, budget: BriefBudget, style: BriefStyle = .model) -> Brief {
    let angle = PageAngle(source)
    func empty(_ reason: String) -> Brief {
      let description = angle.description(within: budget, splitter, LanguageData.of(source.language).code)
      return Brief(sentences: [], description: description, emptyBecause: description == nil ? reason : nil)
    }
    guard !source.kept.isEmpty else { return empty("no main content") }
    guard var analysis = analyse(source) else { return empty("no prose") }
    angle.narrow(&analysis.coherence, analysis.prose, analysis.features, source.blocks)
    let selection = Selection(analysis, budget)
    var scores = [Float](repeating: 0, count: analysis.prose.units.count)
    var chosen: [Int] = []
    if let whole = selection.whole() {
      chosen = whole
    } else if style == .lead {
      chosen = selection.lead()
    } else {
      // Copied once: a copy counts the references of all that it holds.
      let (words, model) = (words, model)
      scores = model.scores(analysis.features, rows: analysis.coherence.isEligible)
      let pool = selection.pool(scores)
      occurrences.measure(words, scores, analysis.coherence.isEligible)
      let chances = WordChances(occurrences, words, sentences: pool, model)
      let overlap = ExpectedOverlap(chances, words, pool: pool)
      var subsets = SubsetFeatures(analysis.features, scores, analysis.coherence.isQuote, overlap)
      chosen = selection.choose(pool, scores, model.weights[selection.weightRow], &subsets)
    }
    if chosen.isEmpty {
      return empty(
        analysis.coherence.isEligible.contains(true)
          ? "no sentence fits the budget" : "no sentence that can stand alone")
    }
    return Brief(
      sentences: chosen.map {
        let unit = analysis.prose.units[$0]
        return Brief.Sentence(block: unit.block, range: unit.range, score: scores[$0], dateline: unit.dateline)
      })
  }

  /// A page's sentences and all that is measured of them.
  struct Analysis {
    var prose: Prose
    var features: SentenceFeatures
    var coherence: Coherence
  }

  /// Nil for a page without sentences.
  func analyse(_ source: BriefSource) -> Analysis? {
    let data = LanguageData.of(source.language)
    let prose = Prose(source, splitter, data)
    guard !prose.units.isEmpty else { return nil }
    return source.blocks.text.withUnsafeBufferPointer { text in
      words.reset()
      for unit in prose.units { words.add(text, unit.range, data) }
      words.weigh(data.code == "en" ? .english : nil)
      var title = source.title ?? ""
      let titleStems = title.isEmpty ? nil : title.withUTF8 { words.stems(of: $0, 0..<$0.count, data) }
      var description = source.description ?? ""
      let descriptionStems =
        description.isEmpty ? nil : description.withUTF8 { words.stems(of: $0, 0..<$0.count, data) }
      let headings = prose.headings.prefix(20).map { words.stems(of: text, $0, data) }
      var features = SentenceFeatures(prose, words, text, title: titleStems, headings: headings)
      let coherence = Coherence(prose, words, features.surfaces, title: (title, titleStems ?? []), text, data)
      features.likeness(to: descriptionStems, words)
      for i in prose.units.indices {
        features.set(i, .opener, coherence.pointsBack[i] ? 1 : 0)
        features.set(i, .teaser, coherence.isTeaser[i] ? 1 : 0)
      }
      return Analysis(prose: prose, features: features, coherence: coherence)
    }
  }
}
