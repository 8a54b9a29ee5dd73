/// UTF-8 that was taken for Latin-1 or windows-1252 and encoded once more, as crawlers do that trust a missing label:
/// "â€™" where the page had "’".
///
/// Only where the whole page is so: then every run of characters beyond ASCII spells UTF-8, which text in no language does
/// by chance.
struct TwiceEncoded {
  /// A character of the page and where it stands in the file, which has two or three bytes for each of its bytes.
  private var characters: [(bytes: Range<Int>, inFile: Range<Int>)] = []
  /// What the characters' bytes were, one after the other.
  private var bytes: [UInt8] = []

  /// Nil for anything else. O(bytes), but most pages are told by their first character beyond ASCII.
  init?(_ file: [UInt8]) {
    var i = Self.beyondASCII(file, from: 0)
    var holdsControl = false
    while i < file.count {
      let first = bytes.count
      var starts: [Int] = []
      while i < file.count, file[i] >= 0x80 {
        guard let (byte, length) = Self.byte(file, i) else { return nil }
        // A control character stands in no page that was encoded once.
        holdsControl = holdsControl || file[i] == 0xC2 && byte < 0xA0
        starts.append(i)
        bytes.append(byte)
        i += length
      }
      guard add(bytes[first...], starts + [i]) else { return nil }
      i = Self.beyondASCII(file, from: i)
    }
    guard characters.count >= 3 || holdsControl else { return nil }
  }

  /// Takes a run apart into characters; false where it is no UTF-8.
  private mutating func add(_ run: ArraySlice<UInt8>, _ starts: [Int]) -> Bool {
    guard run.withUnsafeBufferPointer(UTF8Span.isValid) else { return false }
    var at = run.startIndex
    while at < run.endIndex {
      let length = Self.length(run[at])
      let place = at - run.startIndex
      characters.append((at..<at + length, starts[place]..<starts[place + length]))
      at += length
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
    for (character, inFile) in characters {
      copy(to: inFile.lowerBound)
      decoded.inFile.rewrite(at: decoded.utf8.count, for: inFile)
      decoded.utf8 += bytes[character]
      place = inFile.upperBound
    }
    copy(to: file.count)
    return decoded
  }

  private static func beyondASCII(_ file: [UInt8], from start: Int) -> Int {
    file.withUnsafeBufferPointer { file in
      var i = start
      while i + 8 <= file.count,
        UnsafeRawPointer(file.baseAddress! + i).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        i += 8
      }
      while i < file.count, file[i] < 0x80 { i += 1 }
      return i
    }
  }

  /// Bytes of a character of valid UTF-8 beyond ASCII, by its first.
  private static func length(_ first: UInt8) -> Int { first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4 }

  /// The byte that the character at a place of valid UTF-8 stands for in windows-1252, or in Latin-1 where that has none.
  private static func byte(_ file: [UInt8], _ i: Int) -> (byte: UInt8, length: Int)? {
    if file[i] == 0xC2 || file[i] == 0xC3 { return (file[i] << 6 | file[i + 1] & 0x3F, 2) }
    let length = length(file[i])
    return windows1252[packed(file[i..<i + length])].map { ($0, length) }
  }
  /// Those from 0x80 to 0x9F by their UTF-8 (WHATWG Encoding Standard, index windows-1252).
  private static let windows1252 = Dictionary(
    uniqueKeysWithValues: zip("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".map { packed(Array($0.utf8)[...]) }, codes))
  private static let codes: [UInt8] = [
    0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x8E, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96,
    0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9E, 0x9F,
  ]
  private static func packed(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}
