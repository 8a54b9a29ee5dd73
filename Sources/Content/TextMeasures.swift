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
  private(set) var titleWords = 0, summaryWords = 0

  /// O(bytes of text).
  init(_ page: Blocks, title: String, summary: String, linkedData: [UInt8]) {
    let title = WordSet(title.utf8, capacity: 40)
    let summary = WordSet(summary.utf8, capacity: 60)
    let linked = WordSet(linkedData, capacity: 2000)
    titleWords = title.count
    summaryWords = summary.count
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
    var m = TextMeasure()
    let lexicon = Lexicon.shared
    var whole = TextHash.start
    var hash = TextHash.start
    var length = 0  // bytes of the word being read
    var chars = 0
    var words = 0
    var stops = 0
    var marks = 0
    var digits = 0
    var capitals = 0
    var separators = 0
    var longest = 0
    var ideographs = 0
    var titleBits: UInt64 = 0
    var digitRun = 0
    var number = 0
    var sawMonth = false
    var sawNumber = false
    var sawYear = false
    var sawCurrency = false
    var sawDigit = false
    var i = 0
    let count = text.count

    @inline(__always) func endWord() {
      guard length > 0 else { return }
      words += 1
      longest = max(longest, length)
      let key = WordHash.finish(hash)
      whole = (whole ^ key) &* 0x100_0000_01B3
      let sense = lexicon.sense(key)
      if sense.rawValue != 0 {
        if sense.contains(.stop) { stops += 1 }
        if sense.contains(.action) { m.actions += 1 }
        if sense.contains(.related) { m.related += 1 }
        if sense.contains(.network) { m.networks += 1 }
        if sense.contains(.month) {
          m.months += 1
          sawMonth = true
        }
        if sense.contains(.legal) { m.legal += 1 }
        if sense.contains(.forum) { m.forum += 1 }
        if sense.contains(.shop) { m.shop += 1 }
        if sense.contains(.consent) { m.consent += 1 }
        if sense.contains(.we) { m.we += 1 }
        if sense.contains(.you) { m.you += 1 }
        if sense.contains(.person) { m.person += 1 }
        if sense.contains(.service) { m.service += 1 }
        if sense.contains(.manual) { m.manual += 1 }
        if sense.contains(.ago), sawNumber { sawYear = true }
        if sense.contains(.currency), sawDigit { sawCurrency = true }
      }
      let inTitle = title.index(of: key)
      if inTitle >= 0 { titleBits |= 1 << UInt64(inTitle) }
      if summary.index(of: key) >= 0 { m.summary += 1 }
      if linked.index(of: key) >= 0 { m.linkedData += 1 }
      if digitRun == length {
        sawNumber = true
        if digitRun == 4, number >= 1980, number < 2040 { sawYear = true }
      }
      hash = TextHash.start
      length = 0
      digitRun = 0
      number = 0
    }

    while i < count {
      let c = text[i]
      if c < 0x80 {
        chars += 1
        i += 1
        if (c | 0x20) &- 0x61 < 26 {
          if c < 0x60 { capitals += 1 }
          hash = TextHash.add(c | 0x20, to: hash)
          length += 1
        } else if c &- 0x30 < 10 {
          digits += 1
          sawDigit = true
          digitRun += 1
          number = number &* 10 &+ Int(c - 0x30)
          hash = TextHash.add(c, to: hash)
          length += 1
        } else {
          endWord()
          switch c {
          case 0x2E, 0x2C, 0x3B, 0x21, 0x3F: marks += 1
          case 0x7C, 0x2F, 0x3E: separators += 1
          case 0x24: sawCurrency = sawCurrency || i < count && (text[i] &- 0x30 < 10 || text[i] == 0x20)
          default: break
          }
        }
        continue
      }
      chars += 1
      let size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1
      let next = i + 1 < count ? text[i + 1] : 0
      let third = i + 2 < count ? text[i + 2] : 0
      i += size
      if c >= 0xE3, c <= 0xE9 {
        endWord()
        if c == 0xE3, next == 0x80 {
          if third == 0x81 || third == 0x82 { marks += 1 }
        } else {
          ideographs += 1
          if linked.count > 0,
            linked.index(of: WordHash.finish(UInt64(c) << 16 | UInt64(next) << 8 | UInt64(third))) >= 0
          {
            m.linkedData += 1
          }
          whole = (whole ^ (UInt64(next) << 8 | UInt64(third))) &* 0x100_0000_01B3
        }
        continue
      }
      if c == 0xC2 {
        // Signs of Latin-1: "»", "·", "£", "¥", "©".
        endWord()
        if next == 0xBB || next == 0xB7 { separators += 1 }
        if next == 0xA3 || next == 0xA5 { sawCurrency = true }
        if next == 0xA9 { m.legal += 1 }
        continue
      }
      if c == 0xE2 {
        // General punctuation, currency, arrows; the apostrophe goes on with the word.
        if next == 0x80, third == 0x99 { continue }
        endWord()
        if next == 0x80, third == 0xA2 || third == 0xBA { separators += 1 }
        if next == 0x80, third == 0xA6 { marks += 1 }
        if next == 0x82 { sawCurrency = true }
        continue
      }
      if c == 0xEF, next == 0xBC {
        endWord()
        if third == 0x8C || third == 0x81 || third == 0x9F || third == 0x9B { marks += 1 }
        continue
      }
      // Letters beyond ASCII; Latin-1 and Cyrillic capitals are folded.
      var lead = c
      var tail = next
      if c == 0xC3, next >= 0x80, next <= 0x9E {
        tail = next | 0x20
        capitals += 1
      } else if c == 0xD0, next >= 0x90, next <= 0xAF {
        capitals += 1
        if next < 0xA0 {
          tail = next + 0x20
        } else {
          lead = 0xD1
          tail = next - 0x20
        }
      }
      hash = TextHash.add(lead, to: hash)
      hash = TextHash.add(tail, to: hash)
      if size > 2 { hash = TextHash.add(third, to: hash) }
      length += size
    }
    endWord()
    m.chars = Float(chars)
    m.words = Float(words + (ideographs + 1) / 2)
    m.stops = Float(stops)
    m.marks = Float(marks)
    m.digits = Float(digits)
    m.capitals = Float(capitals)
    m.separators = Float(separators)
    m.longestWord = Float(longest)
    m.title = Float(titleBits.nonzeroBitCount)
    m.hash = whole
    m.hasPrice = sawCurrency && sawDigit
    m.hasDate = sawYear || (sawMonth && sawNumber)
    readEdges(text, &m)
    return m
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
