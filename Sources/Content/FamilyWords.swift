import Rules

/// What words say about the family of the text they stand in: a linear model over `WordKeys`, learnt from what rules found.
struct FamilyWords: Sendable {
  /// What the 16 values of an entry stand for; the last is for text that is no chaff.
  static let families: [Family] = [
    .navigation, .signup, .related, .share, .comments, .legal, .consent, .ads, .meta, .app, .donate, .player, .paywall,
    .error, .other, .boilerplate,
  ]

  private var table = WordTable()

  /// Knows no word: for training the first words.
  init() {}

  /// Nil where the bytes are no such model.
  init?(_ reader: inout ModelReader) {
    guard let table = WordTable(&reader) else { return nil }
    self.table = table
  }

  /// Log-odds of each family, up to a constant. O(bytes).
  func scores(_ text: UnsafeBufferPointer<UInt8>) -> SIMD16<Float> {
    table.scores(text)
  }
}
