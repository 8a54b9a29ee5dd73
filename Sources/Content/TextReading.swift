import Language

/// Reads a text once, byte by byte, for what `TextMeasure` says of it. A value of its own, so that its counts stay in
/// registers: a closure's would be boxed.
struct TextReading {
  let title: WordSet.View
  let summary: WordSet.View
  let linked: WordSet.View
  private var m = TextMeasure()
  private let lexicon = Lexicon.shared
  private var whole = TextHash.start
  private var hash = TextHash.start
  /// Bytes of the word being read.
  private var length = 0
  private var chars = 0
  private var words = 0
  private var stops = 0
  private var marks = 0
  private var digits = 0
  private var capitals = 0
  private var separators = 0
  private var longest = 0
  private var ideographs = 0
  private var titleBits: UInt64 = 0
  private var digitRun = 0
  private var number = 0
  private var sawMonth = false
  private var sawNumber = false
  private var sawYear = false
  private var sawCurrency = false
  private var sawDigit = false

  init(title: WordSet.View, summary: WordSet.View, linked: WordSet.View) {
    (self.title, self.summary, self.linked) = (title, summary, linked)
  }

  @inline(__always)
  private mutating func endWord() {
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

  mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
    var i = 0
    let count = text.count
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
  }

  /// What was read, but for the text's edges.
  var result: TextMeasure {
    var m = m
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
    return m
  }
}
