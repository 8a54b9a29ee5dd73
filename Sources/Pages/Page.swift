/// A page as it came in.
public struct Page: Sendable {
  /// What the page is called in reports: its path relative to the input.
  public var name: String
  /// Its address, where the input knows it.
  public var url: String?
  /// Where it stands for settings by path; the name where nil.
  public var path: String?
  /// The file as it is, in whatever charset.
  public var bytes: [UInt8]
  /// The charset that the transport declared, if it did.
  public var declaredCharset: String?
  /// Whether the transport declared HTML, or plain text; nil where only the bytes and the name can tell.
  public var isDeclaredHTML: Bool?

  public init(
    name: String, url: String? = nil, bytes: [UInt8], declaredCharset: String? = nil, isDeclaredHTML: Bool? = nil
  ) {
    self.name = name
    self.url = url
    self.bytes = bytes
    self.declaredCharset = declaredCharset
    self.isDeclaredHTML = isDeclaredHTML
  }
}

/// A page after reading.
package struct ReadPage: Sendable {
  package var name: String
  package var url: String?
  /// For settings by path.
  package var path: String
  package var blocks: Blocks
  /// The page in UTF-8, without a byte order mark: what `Blocks.source` leads to.
  package var decoded: [UInt8]
  package var charset: Charset
  package var isHTML: Bool
  /// From `decoded` to the bytes of the file.
  package var inFile: OffsetMap

  /// Whether every block has its element: without one, it is a line like those of a dump, whatever the file is.
  package var hasTree: Bool { isHTML && !blocks.blockElements.contains(-1) }
}

/// Why a page could not be read.
public enum ReadError: Error, Sendable, Equatable {
  /// Not a page: the name of the format that it looks like.
  case binary(String)
  /// More than `PageReader.sizeLimit` bytes.
  case tooLarge(Int)
  /// More than `PageReader.partLimit` lines or elements.
  case tooManyParts
  /// The markup kept the parser busy past the time limit.
  case tooSlow

  /// What a report says behind the page's name.
  public var message: String {
    switch self {
    case .binary(let format): "not a page but \(format); Winnow reads HTML and plain text"
    case .tooLarge(let count): "\(count) bytes are more than the limit of \(PageReader.sizeLimit)"
    case .tooManyParts: "more lines or elements than the limit of \(PageReader.partLimit)"
    case .tooSlow: "the markup took more than \(PageReader.timeLimit) to parse"
    }
  }
}

/// Reads pages. Not for several threads at once: keep one a worker.
///
/// Its limits are far more than any page needs; they bound what a hostile one can take of memory and time.
public final class PageReader {
  /// Bytes of a page's file.
  public static let sizeLimit = 64 << 20
  /// Blocks of a page, and elements.
  public static let partLimit = 2_000_000
  /// Of the processor, for parsing one page's markup: however busy the machine is, the same pages are read.
  public static let timeLimit: Duration = .seconds(10)
  private lazy var html = HTMLReader(keeping: extraNames)
  private let extraNames: ExtraNames

  package init(keeping extraNames: ExtraNames = ExtraNames()) { self.extraNames = extraNames }

  /// Decides the charset and the kind of the page, then reads it into blocks. O(bytes).
  package func read(_ page: Page) throws(ReadError) -> ReadPage {
    guard page.bytes.count <= Self.sizeLimit else { throw .tooLarge(page.bytes.count) }
    if let format = Sniffer.binaryFormat(page.bytes) { throw .binary(format) }
    let decoded = Charset.decode(page.bytes, declared: page.declaredCharset)
    let isHTML = page.isDeclaredHTML ?? Sniffer.isHTML(decoded.utf8, name: page.name)
    var failure: ReadError?
    var blocks = Blocks()
    decoded.utf8.withUnsafeBufferPointer { bytes in
      do throws(ReadError) {
        blocks = isHTML ? try html.read(bytes, timeLimit: Self.timeLimit) : TextReader().read(bytes)
      } catch { failure = error }
    }
    if let failure { throw failure }
    guard blocks.count <= Self.partLimit, blocks.elements.count <= Self.partLimit else { throw .tooManyParts }
    return ReadPage(
      name: page.name, url: page.url, path: page.path ?? page.name, blocks: blocks, decoded: decoded.utf8,
      charset: decoded.charset,
      isHTML: isHTML, inFile: decoded.inFile)
  }
}
