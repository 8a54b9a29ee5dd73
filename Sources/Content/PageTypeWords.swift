import Language
import Pages

/// What words say about the type of a page: a linear model over those of its address, title, description,
/// headings and the classes of its body, and over what it calls itself.
struct PageTypeWords: Sendable {
  /// Bytes of a text that count.
  static let limit = 3000
  /// Headings below this level are of parts that say little about the whole.
  static let lowestLevel = 3

  private let table: WordTable

  /// Nil where the bytes are no such model.
  init?(_ reader: inout ModelReader) {
    guard let table = WordTable(&reader) else { return nil }
    self.table = table
  }

  /// Log-odds of each type, up to a constant, by the keys of each place. O(keys).
  func scores(_ keys: [[UInt32]]) -> SIMD16<Float> {
    keys.reduce(table.bias) { scores, keys in scores + table.sums { keys.forEach($0) } }
  }

  /// The keys of the words, by the place where they stand: the same word in another place is another one. O(bytes), some
  /// microseconds.
  static func keys(_ page: Blocks, _ clues: PageClues) -> [[UInt32]] {
    var headings: [UInt8] = []
    for block in 0..<page.count where page.kinds[block] == .heading && page.levels[block] <= lowestLevel {
      headings += page.bytes(block) + [0x20]
      if headings.count > limit { break }
    }
    let texts = [clues.path, clues.title, clues.bodyClasses, clues.summary].map { Array($0.utf8) }
    return (texts + [headings, clues.calledTypes]).enumerated().map { place, text in keys(text, place: UInt8(place)) }
  }

  /// Ascending, each once: a page of many products names them no louder than a page of one. A word is of letters alone,
  /// as numbers name one page and not its type.
  private static func keys(_ text: [UInt8], place: UInt8) -> [UInt32] {
    let start = TextHash.add(place, to: TextHash.start)
    var hash = start
    var keys: [UInt32] = []
    for byte in text.prefix(limit) + [0x20] {
      if (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 {
        hash = TextHash.add(byte < 0x80 ? byte | 0x20 : byte, to: hash)
      } else if hash != start {
        keys.append(WordTable.key(hash))
        hash = start
      }
    }
    keys.sort()
    return keys.indices.filter { $0 == 0 || keys[$0] != keys[$0 - 1] }.map { keys[$0] }
  }
}
