import Glibc

/// The attributes that somebody keeps of a page's tags, by the tags' numbers.
///
/// libxml2 reads attributes byte by byte and copies each, so it gets a tag's number in their place.
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
  private var all: [Attribute] = []
  private var starts: [Int32] = [0]

  mutating func removeAll() {
    all.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
  }

  /// Returns the tag's number. Of attributes with the same name the first counts.
  mutating func add(_ attributes: [Attribute]) -> Int {
    let start = all.count
    for attribute in attributes where !all[start...].contains(where: { $0.name == attribute.name }) {
      all.append(attribute)
    }
    starts.append(Int32(all.count))
    return starts.count - 2
  }

  func ofTag(_ number: Int) -> ArraySlice<Attribute> {
    guard number + 1 < starts.count else { return [] }
    return all[Int(starts[number])..<Int(starts[number + 1])]
  }

  /// The value's text where it holds character references or NULs; nil where it is what the page has.
  static func decode(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let start = value.baseAddress, value.count > 0,
      memchr(start, 0x26, value.count) != nil || memchr(start, 0, value.count) != nil
    else { return nil }
    var text: [UInt8] = []
    var i = 0
    while i < value.count {
      if value[i] == 0x26, let reference = CharacterReferences.shared.decode(value, at: i, inAttribute: true) {
        text += reference.text
        i = reference.end
      } else {
        if value[i] != 0 { text.append(value[i]) }
        i += 1
      }
    }
    return text
  }
}
