import Language
import Pages
import Rules

/// The features of every line of a plain-text dump, where only words, marks and the lines around tell.
struct LineFeatures: FeatureSource {
  let page: Blocks
  let texts: [TextMeasure]
  let rules: RuleHits
  let layout: LineLayout
  let words: WordOdds
  var count: Int { page.count }

  static let offsets = [-2, -1, 1, 2]
  static let windows = [3, 8, 20, 50]
  static let names: [String] =
    ["length", "words", "word length", "stop words", "punctuation", "punctuation density"]
    + TextMeasure.lookNames + TextMeasure.topicNames + [
      "consent words", "we words", "you words", "person words", "manual words", "longest word", "copies",
      "earlier copies", "list item", "breaks", "breaks behind", "rule kind", "rules around",
      "rules around wide", "rules before", "place", "text before", "prose before", "index", "index from end",
      "since prose", "until prose", "since long", "until long", "run of short", "run place", "run related",
      "run actions", "run items", "paragraph lines", "paragraph length", "paragraph place",
      "since related", "since comments", "first word copies", "title share", "indent",
    ]
    + offsets.flatMap { offset in
      ["length", "punctuation", "list item", "rule"].map { "\($0) at \(offset)" }
    }
    + windows.flatMap { window in
      ["length", "punctuation", "stop words", "prose"].flatMap { ["\($0) before \(window)", "\($0) behind \(window)"] }
    }
    + [
      "page lines", "page length", "page stop words", "page punctuation", "page prose share", "page items",
      "page short share", "page longest", "page long lines", "page prices", "page forum", "page shop", "page rules",
      "page copies", "page dates", "page digits", "page capitals", "page breaks",
      "markdown level", "link density", "page link density", "link density before 3", "link density behind 3",
      "link density before 10", "link density behind 10",
    ] + LineRegions.pageNames + LineRegions.names + WordOdds.names

  init(_ read: ReadPage, findings: [Finding], wordOdds: [Float]? = nil) {
    page = read.blocks
    // A dump's title is unknown; its first line that could be one speaks for it.
    texts = TextMeasures(page, title: LineLayout.firstTitle(page), summary: "", linkedData: []).blocks
    rules = RuleHits(count: page.count, findings)
    layout = LineLayout(page, texts, rules)
    words = WordOdds(page, texts, known: wordOdds)
  }

  func write(_ line: Int, to row: UnsafeMutablePointer<Float>) {
    var row = FeatureRow(row)
    write(line, &row)
  }
  func write(_ line: Int, _ row: inout FeatureRow) {
    writeText(line, &row)
    writePlace(line, &row)
    writeNeighbours(line, &row)
    for value in layout.pageValues { row.put(value) }
    writeMarkdown(line, &row)
    layout.regions.write(line, texts, layout.charsBefore, &row)
    words.write(line, &row)
  }

  private func writeText(_ line: Int, _ row: inout FeatureRow) {
    let m = texts[line]
    let words = max(1, m.words)
    m.putLength(&row)
    row.put(m.stops / words)
    row.put(m.marks)
    row.put(m.marks / words)
    m.putLook(&row)
    m.putTopics(&row)
    m.putVoices(&row)
    row.put(m.manual / words)
    row.put(m.longestWord)
    row.put(layout.copies(line))
    row.put(layout.earlierCopies[line])
    row.put(page.kinds[line] == .listItem)
    row.put(Float(page.breaks[line]))
    row.put(line + 1 < count ? Float(page.breaks[line + 1]) : 3)
  }

  private func writePlace(_ line: Int, _ row: inout FeatureRow) {
    let n = Float(count)
    row.put(rules.value(line))
    row.put(rules.around(line, 3))
    row.put(rules.around(line, 10) / 21)
    row.put(rules.before[line] / max(1, rules.before[count]))
    row.put(Float(line) / n)
    row.put(layout.charsBefore[line] / max(1, layout.charsBefore[count]))
    row.put(layout.proseBefore[line] / max(1, layout.proseBefore[count]))
    row.put(Float(line))
    row.put(n - Float(line))
    row.put(layout.sinceProse[line])
    row.put(layout.untilProse[line])
    row.put(layout.sinceLong[line])
    row.put(layout.untilLong[line])
    let run = layout.runs[Int(layout.runOf[line])]
    row.put(run.lines)
    row.put(Float(line) - run.first)
    row.put(run.related / max(1, run.words))
    row.put(run.actions / max(1, run.words))
    row.put(run.items / max(1, run.lines))
    let paragraph = layout.paragraphs[Int(layout.paragraphOf[line])]
    row.put(paragraph.lines)
    row.put(logLength(paragraph.chars))
    row.put(Float(line) - paragraph.first)
    row.put(layout.sinceRelated[line])
    row.put(layout.sinceComments[line])
    row.put(layout.startCopies(line))
    row.put(texts[line].title / max(1, texts[line].words))
    row.put(page.kinds[line] == .listItem ? Float(page.levels[line]) : 0)
  }

  /// What only a dump in Markdown tells: headings, and which part of the text stands in links.
  private func writeMarkdown(_ line: Int, _ row: inout FeatureRow) {
    guard let links = layout.linksBefore else {
      for _ in 0..<7 { row.put(-1) }
      return
    }
    func share(_ lines: Range<Int>) -> Float {
      let (first, last) = (max(0, lines.lowerBound), min(count, lines.upperBound))
      return (links[last] - links[first]) / max(1, layout.charsBefore[last] - layout.charsBefore[first])
    }
    row.put(page.kinds[line] == .heading ? Float(page.levels[line]) : 0)
    row.put(share(line..<line + 1))
    row.put(share(0..<count))
    for window in [3, 10] {
      row.put(share(line - window..<line))
      row.put(share(line + 1..<line + 1 + window))
    }
  }

  private func writeNeighbours(_ line: Int, _ row: inout FeatureRow) {
    for offset in Self.offsets {
      let other = line + offset
      guard other >= 0, other < count else {
        for _ in 0..<4 { row.put(-1) }
        continue
      }
      let m = texts[other]
      row.put(logLength(m.chars))
      row.put(m.marks)
      row.put(page.kinds[other] == .listItem)
      row.put(rules.value(other))
    }
    for window in Self.windows {
      let low = max(0, line - window)
      let high = min(count, line + 1 + window)
      for sums in [layout.charsBefore, layout.marksBefore, layout.stopsBefore, layout.proseBefore] {
        row.put((sums[line] - sums[low]) / Float(window))
        row.put((sums[high] - sums[line + 1]) / Float(window))
      }
    }
  }
}

/// A stretch of lines.
struct LineRun: Sendable {
  var first: Float = 0, lines: Float = 0, chars: Float = 0, words: Float = 0
  var related: Float = 0, actions: Float = 0, items: Float = 0
}

/// What takes a look at the whole dump to know.
struct LineLayout: Sendable {
  private(set) var charsBefore: [Float] = [0], marksBefore: [Float] = [0], stopsBefore: [Float] = [0]
  /// Characters in lines that read like running text.
  private(set) var proseBefore: [Float] = [0]
  /// Bytes in links; nil where the dump is not in Markdown.
  private(set) var linksBefore: [Float]?
  private(set) var sinceProse: [Float], untilProse: [Float], sinceLong: [Float], untilLong: [Float]
  /// Stretches of short lines, or of long ones; and of lines without a blank line between.
  private(set) var runs: [LineRun] = [], paragraphs: [LineRun] = []
  private(set) var runOf: [Int32], paragraphOf: [Int32]
  private(set) var sinceRelated: [Float], sinceComments: [Float]
  private(set) var earlierCopies: [Float]
  private(set) var pageValues: [Float] = []
  let regions: LineRegions
  private var textOf: [Int32], startOf: [Int32]
  private var copyCounts: [Float] = [], startCounts: [Float] = []

  init(_ page: Blocks, _ texts: [TextMeasure], _ rules: RuleHits) {
    let n = page.count
    let far = [Float](repeating: 99, count: n)
    let none = [Int32](repeating: 0, count: n)
    if page.contexts.first?.contains(.markdown) == true {
      linksBefore = page.linkBytes.reduce(into: [0]) { $0.append($0.last! + Float($1)) }
    }
    let isProse = texts.map { $0.marks > 0 && $0.words >= 8 && $0.stops + 1 > $0.words * 0.1 }
    regions = LineRegions(page, texts, rules, isProse: isProse)
    (sinceProse, untilProse, sinceLong, untilLong, sinceRelated, sinceComments) = (far, far, far, far, far, far)
    (runOf, paragraphOf, textOf, startOf) = (none, none, none, none)
    earlierCopies = Array(repeating: 0, count: n)
    var textTable = HashTable(capacity: n)
    var startTable = HashTable(capacity: n)
    var last = (prose: -1, long: -1, related: -1, comments: -1)
    var wasShort: Bool?
    for line in 0..<n {
      let t = texts[line]
      let isShort = t.chars < 60
      charsBefore.append(charsBefore[line] + t.chars)
      marksBefore.append(marksBefore[line] + t.marks)
      stopsBefore.append(stopsBefore[line] + t.stops)
      proseBefore.append(proseBefore[line] + (isProse[line] ? t.chars : 0))
      if isProse[line], t.chars >= 80 { last.prose = line }
      if t.chars >= 200 { last.long = line }
      if rules.kinds[line] == 4 || (t.words < 8 && t.related >= 1 && t.related * 2 >= t.words - 1) {
        last.related = line
      }
      if rules.kinds[line] == 5 { last.comments = line }
      if last.prose >= 0 { sinceProse[line] = min(99, Float(line - last.prose)) }
      if last.long >= 0 { sinceLong[line] = min(99, Float(line - last.long)) }
      if last.related >= 0 { sinceRelated[line] = min(99, Float(line - last.related)) }
      if last.comments >= 0 { sinceComments[line] = min(99, Float(line - last.comments)) }
      if wasShort != isShort { runs.append(LineRun(first: Float(line))) }
      wasShort = isShort
      if line == 0 || page.breaks[line] > 1 { paragraphs.append(LineRun(first: Float(line))) }
      let isItem = page.kinds[line] == .listItem
      Self.add(t, isItem, &runs)
      Self.add(t, isItem, &paragraphs)
      runOf[line] = Int32(runs.count - 1)
      paragraphOf[line] = Int32(paragraphs.count - 1)
      let copy = Int(textTable.insert(WordHash.finish(t.hash ^ UInt64(t.chars))).value)
      if copy == copyCounts.count { copyCounts.append(0) }
      textOf[line] = Int32(copy)
      earlierCopies[line] = copyCounts[copy]
      copyCounts[copy] += 1
      let start = Int(startTable.insert(WordHash.of(page.bytes(line).prefix(10))).value)
      if start == startCounts.count { startCounts.append(0) }
      startOf[line] = Int32(start)
      startCounts[start] += 1
    }
    var next = (prose: -1, long: -1)
    for line in stride(from: n - 1, through: 0, by: -1) {
      if sinceProse[line] == 0 { next.prose = line }
      if sinceLong[line] == 0 { next.long = line }
      if next.prose >= 0 { untilProse[line] = min(99, Float(next.prose - line)) }
      if next.long >= 0 { untilLong[line] = min(99, Float(next.long - line)) }
    }
    pageValues = Self.pageValues(page, texts, rules, self)
  }

  func copies(_ line: Int) -> Float { copyCounts[Int(textOf[line])] }
  func startCopies(_ line: Int) -> Float { startCounts[Int(startOf[line])] }

  /// The first line that could be a title: some words, no full stop.
  static func firstTitle(_ page: Blocks) -> String {
    let line = (0..<min(page.count, 60)).first { line in
      let text = page.bytes(line)
      return text.count > 20 && text.count < 200 && [.paragraph, .heading].contains(page.kinds[line])
        && text.last != 0x2E
        && text.count { $0 == 0x20 } >= 3
    }
    return line.map(page.string) ?? ""
  }

  private static func add(_ t: TextMeasure, _ isItem: Bool, _ runs: inout [LineRun]) {
    let last = runs.count - 1
    runs[last].lines += 1
    runs[last].chars += t.chars
    runs[last].words += t.words
    runs[last].related += t.related
    runs[last].actions += t.actions
    if isItem { runs[last].items += 1 }
  }

  private static func pageValues(
    _ page: Blocks, _ texts: [TextMeasure], _ rules: RuleHits, _ layout: LineLayout
  ) -> [Float] {
    let n = page.count
    var sum = (words: Float(0), items: Float(0), short: Float(0), longest: Float(0), long: Float(0), prices: Float(0))
    var senses = (
      forum: Float(0), shop: Float(0), copies: Float(0), dates: Float(0), digits: Float(0), capitals: Float(0)
    )
    for line in 0..<n {
      let t = texts[line]
      sum.words += t.words
      if page.kinds[line] == .listItem { sum.items += 1 }
      if t.chars < 30 { sum.short += t.chars }
      sum.longest = max(sum.longest, t.chars)
      if t.chars > 150 { sum.long += 1 }
      if t.hasPrice { sum.prices += 1 }
      senses.forum += t.forum
      senses.shop += t.shop
      if layout.earlierCopies[line] > 0 { senses.copies += 1 }
      if t.hasDate { senses.dates += 1 }
      senses.digits += t.digits
      senses.capitals += t.capitals
    }
    let lines = Float(max(1, n))
    let words = max(1, sum.words)
    let chars = max(1, layout.charsBefore[n])
    return [
      logLength(Float(n)), logLength(chars), layout.stopsBefore[n] / words, layout.marksBefore[n] / words,
      layout.proseBefore[n] / chars, sum.items / lines, sum.short / chars, logLength(sum.longest), sum.long, sum.prices,
      senses.forum / words, senses.shop / words, rules.before[n] / lines, senses.copies / lines, senses.dates / lines,
      senses.digits / chars, senses.capitals / chars, Float(layout.paragraphs.count) / lines,
    ] + layout.regions.pageValues(words, chars)
  }
}
