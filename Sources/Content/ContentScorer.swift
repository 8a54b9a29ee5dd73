import Glibc
import Pages
import Rules

/// Tells main content from boilerplate, block by block, and what type of page it is.
///
/// Forests of boosted trees, trained by `Tools/train`, judge blocks of HTML by their text and their place
/// in the tree, lines of a dump by their text and the lines around; then those blocks are kept whose
/// choice has the largest expected F1 over the page's words. `Rules/models/README.md` says what data the
/// models learnt from and how well they do on pages that they have not seen.
package struct ContentScorer: Sendable {
  /// How lost content weighs against kept chaff.
  package var favor: Favor

  /// Below this expected F1 a page counts as empty: in cross-validation on the benchmark that gained 0.0015 of F1.
  static let leastExpected: Float = 0.2

  /// From here on a page is taken for an article.
  static let leastOfArticles: Float = 0.8
  /// From this expected F1 on the choice is sure.
  static let leastOfSure: Float = 0.95

  /// A line of a dump that a rule takes for a byline, a date or a credit needs this score to stay: of those below it two
  /// in three are no content, though β would keep them.
  static let leastOfMeta: Float = 0.6

  /// Where less than this share of a dump's words would go, it has been cleaned before, and a line in doubt stays: cleaning
  /// clean text should change nothing.
  static let leastOfChaff: Float = 0.05

  package init(favor: Favor = .balanced) { self.favor = favor }

  /// `findings` are what rules said of the same blocks. O(elements + bytes of text + blocks × trees).
  package func judge(_ page: ReadPage, findings: [Finding]) -> Judgement {
    page.hasTree ? judgeHTML(page, findings) : judgeDump(page, findings)
  }

  private func judgeHTML(_ page: ReadPage, _ findings: [Finding]) -> Judgement {
    var features = BlockFeatures(page, findings: findings)
    let types = Models.types.probabilities(features)
    features.typeValues = types
    let type = types.indices.max { types[$0] < types[$1] } ?? 0
    var scores = Models.blocks.probabilities(features)
    let isArticle = PageType.allCases[type] == .article && types[type] > Self.leastOfArticles
    var choice = choose(scores, features.texts, isArticle ? favor.betaOfArticles(sure: true) : favor.beta)
    if isArticle, choice.expected < Self.leastOfSure {
      choice = choose(scores, features.texts, favor.betaOfArticles(sure: false))
    }
    Coherence.mend(&choice.keeps, scores, page.blocks) { features.texts[$0].words }
    let isManual = types[PageType.allCases.firstIndex(of: .documentation)!] > 0.5
    let copies = isManual ? [] : Coherence.copies(choice.keeps, features, findings)
    for copy in copies { (choice.keeps[copy], scores[copy]) = (false, 0) }
    return Judgement(
      scores: scores, keeps: choice.keeps, pageType: PageType.allCases[type], pageTypeConfidence: types[type],
      expectedScore: choice.expected, evidence: .blocks(features), copies: Set(copies))
  }

  private func judgeDump(_ page: ReadPage, _ findings: [Finding]) -> Judgement {
    let features = LineFeatures(page, findings: findings)
    let scores = Models.lines.probabilities(features)
    var choice = choose(scores, features.texts, favor.beta)
    let words = features.texts.reduce(0) { $0 + $1.words }
    let dropped = zip(features.texts, choice.keeps).reduce(0) { $0 + ($1.1 ? 0 : $1.0.words) }
    if dropped < words * Self.leastOfChaff { choice = choose(scores, features.texts, Favor.recall.beta) }
    for line in choice.keeps.indices where features.rules.isMeta(line) && scores[line] < Self.leastOfMeta {
      choice.keeps[line] = choice.keeps[line] && favor == .recall
    }
    Coherence.mendLines(&choice.keeps, page.blocks) { features.texts[$0].words }
    Coherence.keepSigns(&choice.keeps, page.blocks) { features.texts[$0].words }
    return Judgement(
      scores: scores, keeps: choice.keeps, pageType: .article, pageTypeConfidence: 0.5,
      expectedScore: choice.expected, evidence: .lines(features))
  }

  private func choose(_ scores: [Float], _ texts: [TextMeasure], _ beta: Float) -> (keeps: [Bool], expected: Float) {
    var choice = Choice.best(scores, words: texts.map(\.words), beta: beta)
    // Menus, error pages and shells of scripts: where so little is likely to be right, none of it is content.
    if choice.expected < Self.leastExpected, favor != .recall { choice.keeps = scores.map { _ in false } }
    return choice
  }
}

extension Forest {
  /// Of each block to be content, 0 to 1.
  func probabilities(_ source: some FeatureSource) -> [Float] {
    sums(source, stoppingEarly: true).map { 1 / (1 + exp(-$0)) }
  }

  /// The trees' sums for each row of a source, `classCount` a row. Rows live in a buffer of constant size.
  func sums(_ source: some FeatureSource, stoppingEarly: Bool = false) -> [Float] {
    let width = featureCount
    let size = 64
    var sums = [Float](repeating: 0, count: source.count * classCount)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: width * size) { rows in
      sums.withUnsafeMutableBufferPointer { sums in
        for first in stride(from: 0, to: source.count, by: size) {
          let count = min(size, source.count - first)
          for i in 0..<count { source.write(first + i, to: rows.baseAddress! + i * width) }
          add(
            rows.baseAddress!, count: count, to: sums.baseAddress! + first * classCount, stoppingEarly: stoppingEarly)
        }
      }
    }
    return sums
  }
}
