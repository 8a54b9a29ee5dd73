/// What a block is in its page.
public enum BlockKind: UInt8, Sendable, CaseIterable {
  case paragraph, heading, listItem, cell, caption, quote, code, button, label, term, definition, summary
}

/// Where a block stands.
public struct BlockContext: OptionSet, Sendable {
  /// A bit for each context; which one may change from version to version.
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Inside `<form>`, as the following are inside the elements of their names.
  public static let form = BlockContext(rawValue: 1 << 0)
  /// `<nav>`.
  public static let nav = BlockContext(rawValue: 1 << 1)
  /// `<header>`, of the page or of a part of it.
  public static let header = BlockContext(rawValue: 1 << 2)
  /// `<footer>`, of the page or of a part of it.
  public static let footer = BlockContext(rawValue: 1 << 3)
  /// `<aside>`.
  public static let aside = BlockContext(rawValue: 1 << 4)
  /// `<article>`.
  public static let article = BlockContext(rawValue: 1 << 5)
  /// `<main>`.
  public static let main = BlockContext(rawValue: 1 << 6)
  /// `<figure>`.
  public static let figure = BlockContext(rawValue: 1 << 7)
  /// `<table>`.
  public static let table = BlockContext(rawValue: 1 << 8)
  /// `<ul>` or `<ol>`.
  public static let list = BlockContext(rawValue: 1 << 9)
  /// `<blockquote>`.
  public static let quote = BlockContext(rawValue: 1 << 10)
  /// Marked as hidden by an attribute or inline style of an element around it; style sheets are not read.
  public static let hidden = BlockContext(rawValue: 1 << 11)
  /// `<noscript>`: for browsers that run no scripts.
  public static let noscript = BlockContext(rawValue: 1 << 12)
  /// Inside a player or plug-in, for browsers that lack it.
  public static let fallback = BlockContext(rawValue: 1 << 13)
  /// A line of a plain-text dump.
  public static let dump = BlockContext(rawValue: 1 << 14)
  /// A line of a dump in Markdown: its text is without marks and targets of links.
  public static let markdown = BlockContext(rawValue: 1 << 15)
}

/// Inline markup of a range of text.
public struct Span: Sendable {
  /// What the markup is for, by whichever tag: `<b>` is `strong`, `<kbd>` is `code`.
  public enum Kind: UInt8, Sendable { case link, strong, emphasis, code, superscript, `subscript` }
  /// Spans of several kinds may lie in each other.
  public var kind: Kind
  /// UTF-8 offsets in `Blocks.text`, half-open.
  public var start: UInt32, end: UInt32
  /// The element that makes it; its `href` is the target of a link.
  public var element: Int32
}

/// A page as a struct of arrays over one UTF-8 text.
///
/// A block is one line of the page: a paragraph, heading, list item, cell, button … of HTML, where a
/// `<br>` starts a new one, or one line of a plain-text dump. White space in it is collapsed, but in
/// code. Blocks are in document order and never empty. Whoever reads blocks need not know which kind
/// of file they came from.
public struct Blocks: Sendable {
  /// The text of all blocks, a newline behind each; around code also the blank lines that are not part of it.
  public internal(set) var text: [UInt8] = []
  /// Where each block starts in `text`: UTF-8 offsets.
  public internal(set) var starts: [UInt32] = []
  /// Where it ends, before the newline.
  public internal(set) var ends: [UInt32] = []
  /// What each block is; a line of a dump is a paragraph or, behind a bullet or number, a list item, in Markdown also a heading.
  public internal(set) var kinds: [BlockKind] = []
  /// All elements around each block that have a context; in a dump `dump`, with `list` for an item and `markdown`.
  public internal(set) var contexts: [BlockContext] = []
  /// 1 to 6 for a heading, the depth of a list item in its lists, 1 for a fence of a listing in Markdown, else 0.
  public internal(set) var levels: [UInt8] = []
  /// The innermost block-level element; -1 in a dump.
  public internal(set) var blockElements: [Int32] = []
  /// Bytes of the block's text that stand in links.
  public internal(set) var linkBytes: [UInt32] = []
  /// How many links touch the block, at most 65,535.
  public internal(set) var linkCounts: [UInt16] = []
  /// 1 where the block follows the one before on the next line (list items, rows, a `<br>`,
  /// neighbouring lines of a dump), 2 where it starts a new paragraph.
  public internal(set) var breaks: [UInt8] = []
  /// By block of a dump: its line in the decoded page, without the line's end; in Markdown it may be several. Empty for HTML.
  package internal(set) var lines: [Range<UInt32>] = []
  /// By line of a dump: whether it goes on the line before, which was broken because it was full. Empty for HTML.
  package internal(set) var wraps: [Bool] = []
  /// In the order of their starts; none crosses the end of a block.
  public internal(set) var spans: [Span] = []
  /// The page's elements, also those that hold no block; none in a dump.
  public internal(set) var elements = Elements()
  /// From `text` to the decoded bytes of the page.
  public internal(set) var source = OffsetMap()
  /// In a dump what stands before the text between `---`, or in the manner of Jina Reader; mostly nothing.
  public internal(set) var head = Head()

  public init() {}

  /// How many blocks there are: an index of a block is below it.
  public var count: Int { starts.count }
  /// UTF-8 offsets of the block in `text`, half-open, without the newline.
  public func range(_ block: Int) -> Range<Int> { Int(starts[block])..<Int(ends[block]) }
  /// The block's text in UTF-8: a view of `text`, O(1).
  public func bytes(_ block: Int) -> ArraySlice<UInt8> { text[range(block)] }
  /// The block's text, copied. O(bytes).
  public func string(_ block: Int) -> String { String(decoding: bytes(block), as: UTF8.self) }
  /// Bytes of the decoded page that the block's text came from, half-open.
  public func sourceRange(_ block: Int) -> Range<Int> { source.origin(of: range(block)) }
  /// The same for a part of `text` that is not empty. O(log runs of the source).
  public func sourceRange(of textRange: Range<Int>) -> Range<Int> { source.origin(of: textRange) }
  /// Whether the block is a line that opens or closes a listing in Markdown.
  package func isFence(_ block: Int) -> Bool { kinds[block] == .code && levels[block] == 1 }
  /// Whether the block is the rest of a line of a dump that was broken at a width.
  package func goesOn(_ block: Int) -> Bool { !wraps.isEmpty && wraps[block] }
  /// Share of the block's text that stands in links, 0 to 1.
  public func linkDensity(_ block: Int) -> Double {
    Double(linkBytes[block]) / Double(max(1, ends[block] - starts[block]))
  }
}

/// What a page says of itself outside its text.
public struct Head: Sendable {
  /// Of `<title>`, white space collapsed; nil where that is missing or empty.
  public var title: String?
  /// The `lang` of `<html>` as the page spells it.
  public var language: String?
  /// `name`, `property` or `itemprop`, lower case, with the content; in page order.
  public var metas: [(name: String, content: String)] = []
  /// `rel`, lower case, with the address.
  public var links: [(rel: String, href: String)] = []
  /// The texts of the JSON-LD scripts.
  public var jsonLD: [String] = []

  /// The content of the first meta tag of a name or property, lower case, that has any.
  public func meta(_ name: String) -> String? {
    metas.first { $0.name == name && !$0.content.isEmpty }?.content
  }
}
