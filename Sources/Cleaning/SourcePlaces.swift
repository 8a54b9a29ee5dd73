import Pages

/// Leads from a page's text to its file.
public struct SourcePlaces: Sendable {
  /// Where a range of text came from, for people and for programs.
  public struct Place: Sendable, Equatable {
    /// Of the first character.
    public var start: Position
    /// Behind the last character.
    public var end: Position
    /// In bytes of the file where that is UTF-8, else of the page in UTF-8.
    public var byteOffset: Int
    /// In the same bytes.
    public var byteLength: Int
  }
  private let blocks: Blocks
  private let index: LineIndex
  private let inFile: OffsetMap

  /// O(bytes of the page).
  public init(_ page: CleanPage) {
    blocks = page.blocks
    index = LineIndex(page.decoded)
    inFile = page.inFile
  }

  /// The place of a range of `Blocks.text`.
  public func place(of range: Range<Int>) -> Place {
    // A finding about the whole page stands at its start.
    let source = range.isEmpty ? 0..<0 : blocks.sourceRange(of: range)
    let bytes = inFile.origin(of: source)
    return Place(
      start: index.position(of: source.lowerBound), end: index.position(of: source.upperBound),
      byteOffset: bytes.lowerBound, byteLength: bytes.count)
  }
}
