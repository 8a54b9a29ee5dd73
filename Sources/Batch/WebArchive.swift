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
    var place: RecordPlace
    var url: String?
    var problem: String?
  }

  /// In their order. One pass over the file, which is unpacked for that: no other way is sure where records start. Behind a
  /// broken record the next is looked for.
  static func entries(of path: FilePath) throws(FileError) -> [Entry] {
    var entries: [Entry] = []
    var repairs = 0
    let file = try RecordFile(path)
    while true {
      do throws(FileError) {
        guard let record = try file.next(keeping: 0) else { break }
        if mayBePage(record.header) { entries.append(Entry(place: record.place, url: record.header.target)) }
      } catch {
        entries.append(Entry(place: file.place, problem: error.reason))
        repairs += 1
        guard try file.skip() else { break }
        if repairs == mostRepairs {
          entries.append(Entry(place: file.place, problem: "\(ArchiveError.tooManyBroken(repairs))"))
          break
        }
      }
    }
    return entries
  }
  /// Each may take a while, in a file that is made for that.
  static let mostRepairs = 1000

  private static func mayBePage(_ header: WARCHeader) -> Bool {
    switch header.kind {
    case "response": header.contentType.lowercased().hasPrefix("application/http")
    case "resource", "conversion": true
    default: false
    }
  }

  /// The page that the next record of a file holds. Throws `NoPage` where it is something else.
  static func nextPage(of file: RecordFile, named name: String, limit: Int) throws -> Page {
    guard let record = try file.next(keeping: limit, isLast: true) else { throw NoPage("the archive ends there") }
    let (header, type) = (record.header, MediaType(record.header.contentType))
    if header.isSegment { throw NoPage("a part of a record that is cut into segments") }
    let isTooLarge = header.blockLength > limit
    if isTooLarge, header.kind == "response", !record.block.starts(with: "HTTP/".utf8) {
      throw ReadError.tooLarge(header.blockLength)
    }
    let response = try header.kind == "response" ? HTTPResponse(record.block) : nil
    if response == nil, !type.isHTML, header.kind != "conversion" || type.name != "text/plain" {
      throw NoPage("of the type \(type.name)")
    }
    if isTooLarge { throw ReadError.tooLarge(header.blockLength) }
    return Page(
      name: name, url: header.target, bytes: try response?.content(limit) ?? Array(record.block),
      declaredCharset: (response?.type ?? type).charset, isDeclaredHTML: header.kind != "conversion" || type.isHTML)
  }
}

/// Why a record holds no page: the rest of a sentence that begins "skipped NAME:".
public struct NoPage: Error, CustomStringConvertible {
  public var description: String
  init(_ reason: String) { description = reason }
}
