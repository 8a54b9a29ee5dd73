import Pages
import SystemPackage

/// Web archives (WARC, ISO 28500): which of their records may be pages, and what page a record holds.
///
/// Pages are the responses of servers, files that were saved as such (`resource`), and texts made of pages (`conversion`,
/// of which Common Crawl's WET files consist).
enum WebArchive {
  static func isNamed(_ name: FilePath) -> Bool {
    ["warc", "wet"].contains(name.unpacked.name.extension?.lowercased())
  }

  /// A record that may be a page, or that cannot be read and why.
  struct Entry: Equatable {
    var offset: Int
    var problem: String?
  }

  /// In their order. One pass over the file, which is unpacked for that: no other way is sure where records start. Behind a
  /// broken record the next is looked for.
  static func entries(of path: FilePath) throws(FileError) -> [Entry] {
    var entries: [Entry] = []
    var repairs = 0
    let file = try RecordFile(path)
    while !Interrupt.isAsked {
      let offset = file.offset
      do throws(FileError) {
        guard let record = try file.next(keeping: 1 << 16) else { break }
        if mayBePage(record.header) { entries.append(Entry(offset: offset)) }
      } catch {
        entries.append(Entry(offset: offset, problem: error.reason))
        repairs += 1
        guard repairs < mostRepairs, try file.skip() else { break }
      }
    }
    return entries
  }
  /// Each may take a while, in a file that is made for that.
  private static let mostRepairs = 100

  private static func mayBePage(_ header: WARCHeader) -> Bool {
    switch header.kind {
    case "response": header.contentType.lowercased().hasPrefix("application/http")
    case "resource", "conversion": true
    default: false
    }
  }

  /// The page in the record at an offset. Throws `NoPage` where it holds something else.
  static func page(at offset: Int, of path: FilePath, named name: String, limit: Int) throws -> Page {
    guard let record = try RecordFile(path, at: offset).next(keeping: limit + (1 << 16)) else {
      throw FileError(path: path, error: ArchiveError.noRecord(at: offset))
    }
    guard record.header.blockLength <= limit else {
      throw FileError(path: path, error: GzipError.tooLarge(limit: limit))
    }
    if record.header.kind == "response" {
      return try HTTPResponse(record.block).page(named: name, url: record.header.target, limit: limit)
    }
    let type = MediaType(record.header.contentType)
    guard type.isPage || type.name == "text/plain" else { throw NoPage("of the type \(type.name)") }
    return Page(name: name, url: record.header.target, bytes: Array(record.block), declaredCharset: type.charset)
  }
}

/// Why a record holds no page: the rest of a sentence that begins "skipped NAME:".
public struct NoPage: Error, CustomStringConvertible {
  public var description: String
  init(_ reason: String) { description = reason }
}
