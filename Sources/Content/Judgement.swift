/// What the content scorer says of a page.
public struct Judgement: Sendable {
  /// By block: how likely it is main content, 0 to 1.
  public var scores: [Float]
  /// By block: whether it is kept, before rules have their say.
  public var keeps: [Bool]
  public var pageType: PageType
  /// How likely `pageType` is right, 0 to 1.
  public var pageTypeConfidence: Float

  public init(scores: [Float], keeps: [Bool], pageType: PageType, pageTypeConfidence: Float) {
    self.scores = scores
    self.keeps = keeps
    self.pageType = pageType
    self.pageTypeConfidence = pageTypeConfidence
  }
}
