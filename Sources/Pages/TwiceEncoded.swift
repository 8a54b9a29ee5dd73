/// UTF-8 that was taken for Latin-1 or windows-1252 and encoded once more, as crawlers do that trust a missing label:
/// "â€™" where the page had "’".
///
/// Only where the whole page is so: then every run of characters beyond ASCII spells UTF-8, which text in no language does
/// by chance.
struct TwiceEncoded {
  /// What the page has beyond ASCII, in UTF-8, and where each character of it stands in the file, which has two or three
  /// bytes for each of its bytes.
  private var bytes: [UInt8] = []
  private var characters: [Range<Int>] = []
  /// By byte of the run that is read: where the character for it starts in the file, and last where the run ends.
  private var starts: [Int] = []

  /// Nil for anything else. O(bytes), but most pages are told by their first character beyond ASCII.
  init?(_ file: [UInt8]) {
    var i = Self.beyondASCII(file, from: 0)
    var holdsControl = false
    while i < file.count {
      let first = bytes.count
      starts.removeAll(keepingCapacity: true)
      while i < file.count, file[i] >= 0x80 {
        guard let (byte, length) = Self.byte(file, i) else { return nil }
        // A control character stands in no page that was encoded once.
        holdsControl = holdsControl || file[i] == 0xC2 && byte < 0xA0
        starts.append(i)
        bytes.append(byte)
        i += length
      }
      starts.append(i)
      guard addRun(from: first, endsFile: i == file.count) else { return nil }
      i = Self.beyondASCII(file, from: i)
    }
    // A few may be what the page is about.
    guard holdsControl && !characters.isEmpty || characters.count >= Self.enough else { return nil }
  }
  private static let enough = 20

  /// Takes a run apart into characters; false where it is no UTF-8. Of a page that was cut the last may be broken.
  private mutating func addRun(from first: Int, endsFile: Bool) -> Bool {
    func isValid(_ end: Int) -> Bool { bytes[first..<end].withUnsafeBufferPointer(UTF8Span.isValid) }
    let tail = endsFile ? 3 : 0
    guard let end = (max(first, bytes.count - tail)...bytes.count).last(where: isValid) else { return false }
    bytes.removeLast(bytes.count - end)
    var at = first
    while at < end {
      let next = at + Self.length(bytes[at])
      characters.append(starts[at - first]..<starts[next - first])
      at = next
    }
    return true
  }

  /// The page as it was encoded once.
  func decoded(_ file: [UInt8]) -> Decoded {
    var decoded = Decoded([], "utf-8", .detected)
    decoded.utf8.reserveCapacity(file.count)
    var place = 0
    func copy(to end: Int) {
      guard place < end else { return }
      decoded.inFile.copy(at: decoded.utf8.count, from: place)
      decoded.utf8 += file[place..<end]
    }
    var at = 0
    for inFile in characters {
      let character = bytes[at..<at + Self.length(bytes[at])]
      at = character.endIndex
      copy(to: inFile.lowerBound)
      place = inFile.upperBound
      // A byte order mark.
      if inFile.lowerBound == 0, character.elementsEqual([0xEF, 0xBB, 0xBF]) { continue }
      decoded.inFile.rewrite(at: decoded.utf8.count, for: inFile)
      decoded.utf8 += character
    }
    copy(to: file.count)
    return decoded
  }

  private static func beyondASCII(_ file: [UInt8], from start: Int) -> Int {
    file.withUnsafeBufferPointer { UTF8Span.beyondASCII($0, from: start) }
  }

  /// Bytes of a character of valid UTF-8 beyond ASCII, by its first.
  private static func length(_ first: UInt8) -> Int { first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4 }

  /// The byte that the character at a place of valid UTF-8 stands for in windows-1252, or in Latin-1 where that has none.
  private static func byte(_ file: [UInt8], _ i: Int) -> (byte: UInt8, length: Int)? {
    if file[i] == 0xC2 || file[i] == 0xC3 { return (file[i] << 6 | file[i + 1] & 0x3F, 2) }
    let length = length(file[i])
    let rest = file[i + 1..<i + length].reduce(UInt32(file[i]) & (length == 2 ? 0x1F : 0x0F)) {
      $0 << 6 | UInt32($1 & 0x3F)
    }
    return length < 4 ? windows1252[rest].map { ($0, length) } : nil
  }
  private static let windows1252 = Dictionary(
    uniqueKeysWithValues: CharacterReferences.windows1252.enumerated().filter { $0.element > 0 }.map {
      ($0.element, UInt8(0x80 + $0.offset))
    })
}
