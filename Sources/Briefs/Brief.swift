import Cleaning
import Pages

/// A paragraph made of a page's own sentences.
public struct Brief: Sendable {
  public struct Sentence: Sendable, Equatable {
    public var block: Int
    /// UTF-8 offsets in `Blocks.text`, half-open.
    public var range: Range<Int>
    public var score: Float
  }
  /// In page order.
  public var sentences: [Sentence]
  /// Why there is none, where there is none.
  public var emptyBecause: String?

  /// The sentences, verbatim, one space between them.
  public func text(_ blocks: Blocks) -> String {
    sentences.map { String(decoding: blocks.text[$0.range], as: UTF8.self) }.joined(separator: " ")
  }
}

/// How long a brief may be.
public enum BriefBudget: Sendable, Equatable {
  case sentences(Int)
  case words(Int)
}
