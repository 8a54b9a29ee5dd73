import Cleaning
import Pages

/// A paragraph made of a page's own sentences.
public struct Brief: Sendable {
  /// A sentence by its place in the page.
  public struct Sentence: Sendable, Equatable {
    /// Index in `CleanPage.written`.
    public var block: Int
    /// UTF-8 offsets in the text of `CleanPage.written`, half-open; behind the dateline, where there was one.
    public var range: Range<Int>
    /// How much the sentence, taken alone, says of the page, by the model: about 0 to 1. 0 for the style `lead`.
    public var score: Float
    /// The dateline or byline that was stripped from the front ("KYIV, Ukraine (AP) — "): UTF-8 offsets in the
    /// same text, half-open, up to `range`.
    public var dateline: Range<Int>?

    public init(block: Int, range: Range<Int>, score: Float, dateline: Range<Int>? = nil) {
      self.block = block
      self.range = range
      self.score = score
      self.dateline = dateline
    }
  }
  /// In page order.
  public var sentences: [Sentence]
  /// The page's own description of itself (its `meta` or JSON-LD), where that says what the page is and no
  /// sentence of it does: a shop's card, a list of links. `sentences` is then empty.
  public var description: String?
  /// Why there is none, where there is none.
  public var emptyBecause: String?

  public init(sentences: [Sentence], description: String? = nil, emptyBecause: String? = nil) {
    self.sentences = sentences
    self.description = description
    self.emptyBecause = emptyBecause
  }

  /// The sentences, verbatim but for the line breaks of a dump, one space between them (none in scripts without spaces);
  /// else the description. Of the page that the brief was made of.
  public func text(_ page: CleanPage) -> String { text(page.written) }
  package func text(_ blocks: Blocks) -> String {
    if let description { return description }
    var bytes: [UInt8] = []
    for sentence in sentences {
      if !bytes.isEmpty, !Length.endsWide(bytes[...]) { bytes.append(0x20) }
      bytes += Self.written(sentence, blocks)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
  private static func written(_ sentence: Sentence, _ blocks: Blocks) -> [UInt8] {
    onOneLine(blocks.plainText(in: sentence.range))
  }
  /// Text of a dump that may run over several lines, each break a space.
  static func onOneLine(_ text: some Collection<UInt8>) -> [UInt8] { text.map { $0 == 0x0A ? 0x20 : $0 } }

  /// Each sentence with the half-open range of bytes in the original file that it came from. In a file that is no
  /// UTF-8 the range counts bytes of the page after decoding.
  public func sources(_ page: CleanPage) -> [(bytes: Range<Int>, text: String)] {
    sentences.map { sentence in
      (
        page.inFile.origin(of: page.written.sourceRange(of: sentence.range)),
        String(decoding: Self.written(sentence, page.written), as: UTF8.self)
      )
    }
  }
}

/// How long a brief may be. Never exceeded.
public enum BriefBudget: Sendable, Equatable {
  case sentences(Int)
  /// What white space separates; two ideographs or kana count as one word.
  case words(Int)
  /// Unicode scalars, the spaces between sentences included.
  case characters(Int)
}

/// How a brief's sentences are chosen.
public enum BriefStyle: String, Sendable, CaseIterable {
  /// The first ones that can stand in a brief.
  case lead
  /// Those that the trained model finds to say most together.
  case model
}
