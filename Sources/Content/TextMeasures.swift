import Language
import Pages

/// What one reading of a block's text tells: counts of characters, words and marks.
struct TextMeasure: Sendable {
  /// Code points, and words as runs of letters and digits; an ideograph counts as half a word.
  var chars: Float = 0, words: Float = 0
  var stops: Float = 0
  /// Punctuation of running text, in any script.
  var marks: Float = 0
  var digits: Float = 0, capitals: Float = 0
  /// Signs that part the items of a row: "|", "·", "»", "/", "•".
  var separators: Float = 0
  var longestWord: Float = 0
  /// Words by sense, see `WordSense`.
  var actions: Float = 0, related: Float = 0, networks: Float = 0, months: Float = 0, legal: Float = 0
  var forum: Float = 0, shop: Float = 0, consent: Float = 0, we: Float = 0, you: Float = 0, person: Float = 0
  var service: Float = 0, manual: Float = 0
  /// Different words shared with the title, words shared with the description and with the JSON-LD's text.
  var title: Float = 0, summary: Float = 0, linkedData: Float = 0
  var startsUpper = false, endsSentence = false, endsOpen = false, endsColon = false
  var hasPrice = false, hasDate = false
  /// Of the text without case, digits' values and marks: equal blocks are equal here.
  var hash: UInt64 = 0
}

/// Measures the text of every block in one pass over its bytes.
struct TextMeasures: Sendable {
  private(set) var blocks: [TextMeasure] = []
  private(set) var titleWords = 0

  /// O(bytes of text).
  init(_ page: Blocks, title: String, summary: String, linkedData: [UInt8]) {
    let title = WordSet(title.utf8, capacity: 40)
    let summary = WordSet(summary.utf8, capacity: 60)
    let linked = WordSet(linkedData, capacity: 2000)
    titleWords = title.count
    blocks.reserveCapacity(page.count)
    page.text.withUnsafeBufferPointer { text in
      title.withView { title in
        summary.withView { summary in
          linked.withView { linked in
            for block in 0..<page.count {
              let range = page.range(block)
              blocks.append(Self.measure(UnsafeBufferPointer(rebasing: text[range]), title, summary, linked))
            }
          }
        }
      }
    }
  }

  /// Measures a text that is no block.
  static func measure(_ text: String) -> TextMeasure {
    let none = WordSet([], capacity: 1)
    var text = text
    return text.withUTF8 { text in none.withView { measure(text, $0, $0, $0) } }
  }

  private static func measure(
    _ text: UnsafeBufferPointer<UInt8>, _ title: WordSet.View, _ summary: WordSet.View, _ linked: WordSet.View
  ) -> TextMeasure {
    var reading = TextReading(title: title, summary: summary, linked: linked)
    reading.read(text)
    var measure = reading.result
    readEdges(text, &measure)
    return measure
  }

  private static func readEdges(_ text: UnsafeBufferPointer<UInt8>, _ m: inout TextMeasure) {
    guard let first = text.first, let last = text.last else { return }
    let second = text.count > 1 ? text[1] : 0
    m.startsUpper =
      first &- 0x41 < 26 || (first == 0xC3 && second <= 0x9E) || (first == 0xD0 && second >= 0x90 && second <= 0xAF)
    m.endsColon = last == 0x3A
    switch last {
    case 0x2E, 0x21, 0x3F, 0x22: m.endsSentence = true
    case 0x3E: m.endsOpen = true
    default: break
    }
    guard text.count >= 3 else { return }
    let tail = (text[text.count - 3], text[text.count - 2], last)
    switch tail {
    case (0xE2, 0x80, 0x9D), (0xE2, 0x80, 0x9C), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F),
      (0xE3, 0x80, 0x8D):
      m.endsSentence = true
    case (0xE2, 0x80, 0xA6), (0x2E, 0x2E, 0x2E), (_, 0xC2, 0xBB), (0xE2, 0x86, 0x92), (0xE2, 0x80, 0xBA):
      m.endsOpen = true
    default: break
    }
  }
}
