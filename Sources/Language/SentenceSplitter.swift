/// Splits text into sentences, in any language.
///
/// Candidates are the terminators of the scripts that write with `.`, `!`, `?`, `…` or `。`; for other scripts
/// ICU's sentence breaks (Unicode Standard Annex 29) are. `SentenceBoundary` then judges each candidate by the
/// words around it: abbreviations, initials, ordinals, decimals, quotes and brackets that close after the stop,
/// the case of what follows. Candidates are found by hand since ICU's engine alone would take a quarter of a
/// brief's time, and misses stops that nothing follows ("world.Today").
///
/// Not for several threads at once: keep one a worker.
package final class SentenceSplitter {
  private lazy var breaker = Breaker()
  private var data = LanguageData.of("en")
  private var language: String? = "en"

  package init() {}

  /// Appends the sentences of `text` to `ranges`: half-open byte ranges without the white space around them,
  /// in order, never empty. `language` is a BCP 47 tag; nil is taken as English. A blank line ends a sentence,
  /// a single line break does not. O(bytes).
  package func split(_ text: UnsafeBufferPointer<UInt8>, language: String?, into ranges: inout [Range<Int>]) {
    if language != self.language {
      self.language = language
      data = LanguageData.of(language ?? "en")
    }
    var markers = InlineList(text).starts[...]
    var boundary = SentenceBoundary(text, data)
    var scan = SentenceScan(text)
    let breaks = scan.needsICU ? Array(breaker.ends(text).dropLast()) : []
    var start = TextBytes.skipSpaces(text, 0)
    boundary.start = start
    func close(_ end: Int) {
      var end = end
      while end > start, let n = Self.spaceBefore(text, end) { end -= n }
      if end > start { ranges.append(start..<end) }
    }
    while var stop = scan.next() {
      while let marker = markers.first, marker <= stop.start {
        if marker > start { close(marker) }
        start = max(start, marker)
        boundary.start = start
        markers = markers.dropFirst()
      }
      guard stop.end > start, boundary.holds(&stop) else { continue }
      close(stop.end)
      start = TextBytes.skipSpaces(text, stop.end)
      boundary.start = start
      scan.position = max(scan.position, stop.end)
    }
    for marker in markers where marker > start {
      close(marker)
      start = marker
    }
    close(text.count)
    if scan.needsICU { cut(at: breaks, text, &ranges) }
  }

  /// Adds ICU's breaks after terminators that the scan does not know.
  private func cut(at breaks: [Int], _ text: UnsafeBufferPointer<UInt8>, _ ranges: inout [Range<Int>]) {
    for at in breaks {
      guard let index = ranges.lastIndex(where: { $0.lowerBound < at && at < $0.upperBound }) else { continue }
      var end = at
      while end > 0, let n = Self.spaceBefore(text, end) { end -= n }
      guard end > ranges[index].lowerBound, SentenceScan.isForeignTerminator(TextBytes.scalarBefore(text, end).value)
      else { continue }
      let whole = ranges[index]
      let next = TextBytes.skipSpaces(text, at)
      guard next < whole.upperBound else { continue }
      ranges[index] = whole.lowerBound..<end
      ranges.insert(next..<whole.upperBound, at: index + 1)
    }
  }

  private static func spaceBefore(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int? {
    let c = text[end - 1]
    if c <= 0x20 { return 1 }
    guard c & 0xC0 == 0x80 else { return nil }
    for n in [2, 3] where end >= n && TextBytes.space(text, end - n) == n { return n }
    return nil
  }
}

/// A run of terminators and what closes after it.
struct SentenceStop {
  enum Kind { case stop, mark, ellipsis, wide, blankLine }
  var kind: Kind
  /// The terminators.
  var start: Int
  var runEnd: Int
  /// After closing quotes and brackets.
  var end: Int
  var dots = 0
}

/// Finds the places where a sentence may end.
struct SentenceScan {
  private let text: UnsafeBufferPointer<UInt8>
  var position = 0
  /// The text holds a script whose terminators only ICU knows.
  let needsICU: Bool

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    // Armenian to Hebrew, then the Indic scripts, Thai, Tibetan, Myanmar, Ethiopic, Khmer …: 0xD4 to 0xE1.
    needsICU = text.contains { $0 &- 0xD4 < 14 }
  }

  /// A full stop of a script of which `next` knows nothing.
  static func isForeignTerminator(_ value: UInt32) -> Bool {
    guard value > 0x2FF, let scalar = Unicode.Scalar(value) else { return false }
    return scalar.properties.isSentenceTerminal
  }

  mutating func next() -> SentenceStop? {
    for at in position..<max(position, text.count) {
      let c = text[at]
      if c == 0x2E || c == 0x21 || c == 0x3F { return finish(run(at)) }
      if c == 0x0A, let end = blankLine(at) {
        position = end
        return SentenceStop(kind: .blankLine, start: at, runEnd: at, end: at)
      }
      if c >= 0xD8, isTerminator(at) > 0 { return finish(run(at)) }
    }
    position = text.count
    return nil
  }

  private func blankLine(_ at: Int) -> Int? {
    var i = at + 1
    while i < text.count, text[i] == 0x20 || text[i] == 0x09 || text[i] == 0x0D { i += 1 }
    return i < text.count && text[i] == 0x0A ? i : nil
  }

  /// Length of a terminator beyond ASCII: … 。 ！ ？ ． ｡ ؟ ۔ । ॥.
  private func isTerminator(_ at: Int) -> Int {
    guard at + 1 < text.count else { return 0 }
    let a = text[at]
    let b = text[at + 1]
    if a == 0xD8 { return b == 0x9F ? 2 : 0 }
    if a == 0xDB { return b == 0x94 ? 2 : 0 }
    guard at + 2 < text.count else { return 0 }
    switch (a, b, text[at + 2]) {
    case (0xE2, 0x80, 0xA6), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F), (0xEF, 0xBC, 0x8E),
      (0xEF, 0xBD, 0xA1), (0xE0, 0xA5, 0xA4), (0xE0, 0xA5, 0xA5), (0xE2, 0x80, 0xBC), (0xE2, 0x81, 0x87...0x89):
      return 3
    default: return 0
    }
  }

  private func run(_ from: Int) -> SentenceStop {
    var stop = SentenceStop(kind: .stop, start: from, runEnd: from, end: from)
    var marks = false
    var wide = false
    var i = from
    while i < text.count {
      let c = text[i]
      if c == 0x2E {
        stop.dots += 1
        i += 1
      } else if c == 0x21 || c == 0x3F {
        marks = true
        i += 1
      } else if c >= 0xD8, case let n = isTerminator(i), n > 0 {
        if c == 0xE2, text[i + 2] == 0xA6 {
          stop.dots += 3
        } else {
          wide = true
        }
        i += n
      } else if c == 0x20, i + 1 < text.count, text[i + 1] == 0x2E, stop.dots > 0, isSpacedDot(i + 1) {
        i += 1
      } else {
        break
      }
    }
    stop.runEnd = i
    stop.kind = wide ? .wide : marks ? .mark : stop.dots > 2 ? .ellipsis : .stop
    return stop
  }

  /// The dot at `at`, behind a space, goes on with ". . .".
  private func isSpacedDot(_ at: Int) -> Bool {
    at + 1 >= text.count || text[at + 1] == 0x20 || text[at + 1] == 0x2E || text[at + 1] >= 0x80
  }

  /// Takes in closing quotes and brackets, and marks of footnotes ("[12]").
  private mutating func finish(_ stop: SentenceStop) -> SentenceStop {
    var stop = stop
    var i = stop.runEnd
    scan: while i < text.count {
      let c = text[i]
      switch c {
      case 0x22, 0x27, 0x29, 0x5D, 0x7D: i += 1
      case 0x5B:
        var k = i + 1
        while k < text.count, text[k] &- 0x30 < 10 { k += 1 }
        guard k > i + 1, k < text.count, text[k] == 0x5D else { break scan }
        i = k + 1
      case 0xC2 where i + 1 < text.count && text[i + 1] == 0xBB: i += 2
      case 0xC2 where i + 1 < text.count && text[i + 1] == 0xAB:
        // Danish and German »…«.
        guard i + 2 >= text.count || TextBytes.space(text, i + 2) > 0 else { break scan }
        i += 2
      case 0xE2 where i + 2 < text.count && text[i + 1] == 0x80:
        guard [0x99, 0x9D, 0x9C, 0xBA].contains(text[i + 2]) else { break scan }
        if text[i + 2] == 0x9C, i + 3 < text.count, TextBytes.space(text, i + 3) == 0 { break scan }
        i += 3
      case 0xE3 where i + 2 < text.count && text[i + 1] == 0x80:
        guard [0x8D, 0x8F, 0x91, 0x89, 0x8B].contains(text[i + 2]) else { break scan }
        i += 3
      case 0xEF where i + 2 < text.count && text[i + 1] == 0xBC && text[i + 2] == 0x89: i += 3
      default: break scan
      }
    }
    stop.end = i
    position = stop.runEnd
    return stop
  }
}
