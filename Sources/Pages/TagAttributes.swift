import Glibc

/// The attributes that somebody keeps of a page's tags, by the tags' places in what libxml2 reads.
///
/// libxml2 would read attributes byte by byte and copy each, so it gets tags without any.
struct TagAttributes {
  struct Attribute {
    enum Name: Equatable {
      case known(AttributeName)
      /// As `ExtraNames` numbers it.
      case extra(UInt16)
    }
    var name: Name
    /// In the page, without quotes.
    var value: Range<Int>
  }
  private struct Entry {
    var tag: Tag
    var place: Int
    var attributes: Range<Int>
  }
  /// Of all tags, one after the other.
  private(set) var all: [Attribute] = []
  private var entries: [Entry] = []

  mutating func removeAll() {
    all.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
  }

  /// Of attributes with the same name the first counts.
  mutating func add(_ attributes: [Attribute], of tag: Tag, at place: Int) {
    let start = all.count
    for attribute in attributes where !all[start...].contains(where: { $0.name == attribute.name }) {
      all.append(attribute)
    }
    entries.append(Entry(tag: tag, place: place, attributes: start..<all.count))
  }

  /// Takes the attributes of tags one after the other.
  struct Cursor {
    /// How many tags were come by, and whether the last of them was taken.
    fileprivate var count = 0
    fileprivate var isTaken = true
  }

  /// Where in `all` those are of the last tag that begins before a place of what libxml2 reads, if it has this name and
  /// was not taken yet: where the page leaves tags out, libxml2 begins elements of other names first.
  func take(_ tag: Tag, before place: Int, _ cursor: inout Cursor) -> Range<Int> {
    while cursor.count < entries.count, entries[cursor.count].place < place {
      cursor.count += 1
      cursor.isTaken = false
    }
    guard !cursor.isTaken, entries[cursor.count - 1].tag == tag else { return 0..<0 }
    cursor.isTaken = true
    return entries[cursor.count - 1].attributes
  }

  /// The value's text where it holds character references or NULs; nil where it is what the page has.
  static func decode(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let start = value.baseAddress, value.count > 0,
      memchr(start, 0x26, value.count) != nil || memchr(start, 0, value.count) != nil
    else { return nil }
    return CharacterReferences.shared.text(of: value, inAttribute: true).filter { $0 != 0 }
  }
}
