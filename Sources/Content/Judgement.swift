import Pages
import Rules

/// What the content scorer says of a page.
public struct Judgement: Sendable {
  /// By block: how likely it is main content, 0 to 1.
  public var scores: [Float]
  /// By block: whether it is kept, before rules have their say.
  public var keeps: [Bool]
  /// By block, once `nameFamilies` was called: what is not kept and what no rule names; nil for all others, and where
  /// the model is not sure.
  public private(set) var families: [Family?]
  /// The likeliest type. Means nothing in a dump, nor where the confidence is 0: nobody judged then.
  public var pageType: PageType
  /// How likely `pageType` is right, 0 to 1.
  public var pageTypeConfidence: Float
  /// Whether the page is an article, or may be one since no type is likely.
  public var mayBeArticle: Bool { pageType == .article || pageTypeConfidence < 0.5 }
  /// Whether the page may have an author and a day. What is surely a shop's, a list or an offer has neither: who signs
  /// there is a customer, or the author of something that the page links to.
  package var mayBeSigned: Bool {
    pageTypeConfidence < 0.9 || [.article, .forum, .documentation].contains(pageType)
  }
  /// The F1 over words that the choice in `keeps` should reach, 0 to 1: how sure the judgement is as a whole.
  public var expectedScore: Float
  let evidence: Evidence?
  /// Blocks that would stay, if an earlier one did not say the same.
  let copies: Set<Int>

  package init(scores: [Float], keeps: [Bool], pageType: PageType, pageTypeConfidence: Float) {
    self.init(
      scores: scores, keeps: keeps, pageType: pageType, pageTypeConfidence: pageTypeConfidence, expectedScore: 0,
      evidence: nil)
  }
  init(
    scores: [Float], keeps: [Bool], pageType: PageType, pageTypeConfidence: Float, expectedScore: Float,
    evidence: Evidence?, copies: Set<Int> = []
  ) {
    self.scores = scores
    self.keeps = keeps
    families = Array(repeating: nil, count: keeps.count)
    self.pageType = pageType
    self.pageTypeConfidence = pageTypeConfidence
    self.expectedScore = expectedScore
    self.evidence = evidence
    self.copies = copies
  }

  /// For cleaning by rules alone.
  package static func keepingAll(_ count: Int) -> Judgement {
    Judgement(
      scores: Array(repeating: 1, count: count), keeps: Array(repeating: true, count: count), pageType: .article,
      pageTypeConfidence: 0)
  }

  /// Guesses what the blocks are that go without a rule's word, from their text and the blocks around; `findings` are
  /// those that were judged with. Nothing for a judgement that did not come from a `ContentScorer`.
  /// O(blocks + blocks without a name × trees), about 0.3 ms a page.
  package mutating func nameFamilies(_ page: Blocks, findings: [Finding]) {
    guard keeps.contains(false) else { return }
    let (texts, elements): ([TextMeasure], ElementMeasures?)
    switch evidence {
    case .blocks(let features): (texts, elements) = (features.texts, features.elements)
    case .lines(let features): (texts, elements) = (features.texts, nil)
    case nil: return
    }
    families = FamilyModel.shared.families(page, texts, elements, findings: findings, keeps: keeps)
  }

  /// What the scores were computed from, for whoever asks why.
  enum Evidence: Sendable {
    case blocks(BlockFeatures)
    case lines(LineFeatures)
  }
}
