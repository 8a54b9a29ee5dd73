import Language
import Pages

/// A stretch of running text, or what stands under a short line.
struct LineRegion: Sendable {
  var first: Int
  var lines: Float = 0, chars: Float = 0, prose: Float = 0, words: Float = 0, marks: Float = 0, items: Float = 0
  var consent: Float = 0, legal: Float = 0, rules: Float = 0
  var end: Int { first + Int(lines) }

  init(first: Int) { self.first = first }
  mutating func add(_ t: TextMeasure, prose isProse: Bool, item isItem: Bool, rule isRule: Bool) {
    lines += 1
    chars += t.chars
    words += t.words
    marks += t.marks
    consent += t.consent
    legal += t.legal
    if isProse { prose += t.chars }
    if isItem { items += 1 }
    if isRule { rules += 1 }
  }
}

/// What stands in for the elements of HTML in a dump: stretches of running text, the longest of them, and sections.
struct LineRegions: Sendable {
  /// So many lines that are no running text part two stretches: a heading, a caption and a list of two do not.
  static let gap = 4

  private(set) var stretches: [LineRegion] = [], sections: [LineRegion] = []
  /// By line: its stretch, -1 outside of all; and its section.
  private(set) var stretchOf: [Int32], sectionOf: [Int32]
  /// The stretch with most running text that no rule took and that asks for no consent, -1 without any.
  private(set) var main = -1
  /// Characters of running text.
  private var prose: Float = 0
  /// By line: the share of its words, but for stop words, that stand in the main stretch too; 1 within that.
  private(set) var topic: [Float]
  /// Sums over all lines before: consent and law, we and you, forum, prompts, shop, dates, list items, sentences.
  private(set) var sums: [SIMD8<Float>] = [.zero]

  /// O(lines + bytes of text).
  init(_ page: Blocks, _ texts: [TextMeasure], _ rules: RuleHits, isProse: [Bool]) {
    let n = page.count
    stretchOf = Array(repeating: -1, count: n)
    sectionOf = Array(repeating: 0, count: n)
    topic = Array(repeating: 0, count: n)
    sums.reserveCapacity(n + 1)
    var clean: [Float] = []
    var last = -Self.gap - 1
    func isItem(_ line: Int) -> Bool { page.kinds[line] == .listItem }
    func isRule(_ line: Int) -> Bool { rules.weight(line) == 1 }
    for line in 0..<n {
      let t = texts[line]
      if isProse[line] {
        if line - last > Self.gap {
          stretches.append(LineRegion(first: line))
          clean.append(0)
        }
        let stretch = stretches.count - 1
        for between in stretches[stretch].end...line {
          stretches[stretch].add(
            texts[between], prose: between == line, item: isItem(between), rule: isRule(between))
          stretchOf[between] = Int32(stretch)
        }
        if !isRule(line), t.consent == 0 { clean[stretch] += t.chars }
        last = line
      }
      if line == 0 || Self.isHeading(line, page, texts) { sections.append(LineRegion(first: line)) }
      sections[sections.count - 1].add(t, prose: isProse[line], item: isItem(line), rule: isRule(line))
      sectionOf[line] = Int32(sections.count - 1)
      sums.append(
        sums[line]
          + SIMD8(
            t.consent + t.legal, t.we + t.you, t.forum, t.related + t.actions, t.shop + (t.hasPrice ? 1 : 0),
            t.hasDate ? 1 : 0, isItem(line) ? 1 : 0, t.endsSentence ? 1 : 0))
    }
    prose = stretches.reduce(0) { $0 + $1.prose }
    main = clean.indices.max { clean[$0] < clean[$1] } ?? -1
    if main >= 0 { topic = Self.topic(page, stretches[main]) }
  }

  /// A short line above a long one.
  private static func isHeading(_ line: Int, _ page: Blocks, _ texts: [TextMeasure]) -> Bool {
    let t = texts[line]
    return t.chars < 80 && !t.endsSentence && !t.endsOpen && page.kinds[line] != .listItem && line + 1 < texts.count
      && texts[line + 1].chars >= 60
  }

  private static func topic(_ page: Blocks, _ main: LineRegion) -> [Float] {
    var topic = [Float](repeating: 1, count: page.count)
    let outside = (0..<page.count).filter { $0 < main.first || $0 >= main.end }
    guard !outside.isEmpty else { return topic }
    let range = page.range(main.first).lowerBound..<page.range(main.end - 1).upperBound
    let lexicon = Lexicon.shared
    WordSet(page.text[range], capacity: 2000).withView { known in
      for line in outside {
        var shared: Float = 0
        var all: Float = 0
        WordSet.forEachWord(page.bytes(line)) { key in
          if lexicon.sense(key).contains(.stop) { return }
          all += 1
          if known.index(of: key) >= 0 { shared += 1 }
        }
        topic[line] = shared / max(1, all)
      }
    }
    return topic
  }

  static let names =
    [
      "topic", "stretch length", "stretch share", "stretch lines", "stretch place", "stretch consent", "stretch legal",
      "stretch rules", "lines from main stretch", "text from main stretch", "section place", "section length",
      "section lines", "section punctuation", "section items", "section rules", "section consent",
      "heading above related", "heading above forum", "heading above length", "heading above title",
    ]
    + radii.flatMap { radius in
      ["consent", "voices", "forum", "prompts", "shop", "dates", "items", "sentences"].map { "\($0) in \(radius)" }
    }
  static let radii = [6, 25]
  static let pageNames = [
    "page consent", "page voices", "page prompts", "page sentences", "page main stretch", "page stretches",
    "page sections",
  ]

  func write(_ line: Int, _ texts: [TextMeasure], _ charsBefore: [Float], _ row: inout FeatureRow) {
    let n = texts.count
    row.put(topic[line])
    if stretchOf[line] >= 0 {
      let stretch = stretches[Int(stretchOf[line])]
      row.put(logLength(stretch.prose))
      row.put(stretch.prose / max(1, prose))
      row.put(stretch.lines)
      row.put(Float(line - stretch.first))
      row.put(stretch.consent / max(1, stretch.words))
      row.put(stretch.legal / max(1, stretch.words))
      row.put(stretch.rules / stretch.lines)
    } else {
      for _ in 0..<7 { row.put(-1) }
    }
    if main >= 0 {
      let stretch = stretches[main]
      let isBefore = line < stretch.first
      row.put(Float(isBefore ? line - stretch.first : max(0, line + 1 - stretch.end)))
      row.put(
        isBefore
          ? -logLength(charsBefore[stretch.first] - charsBefore[line])
          : logLength(max(0, charsBefore[line + 1] - charsBefore[stretch.end])))
    } else {
      for _ in 0..<2 { row.put(-999) }
    }
    let section = sections[Int(sectionOf[line])]
    row.put(Float(line - section.first))
    row.put(logLength(section.chars))
    row.put(section.lines)
    row.put(section.marks / max(1, section.words))
    row.put(section.items / section.lines)
    row.put(section.rules / section.lines)
    row.put(section.consent / max(1, section.words))
    let heading = texts[section.first]
    row.put(heading.words < 9 ? heading.related + heading.actions : 0)
    row.put(heading.words < 9 ? heading.forum + heading.shop : 0)
    row.put(logLength(heading.chars))
    row.put(heading.title / max(1, heading.words))
    for radius in Self.radii {
      let sum = sums[min(n, line + radius + 1)] - sums[max(0, line - radius)]
      for index in 0..<8 { row.put(sum[index]) }
    }
  }

  func pageValues(_ words: Float, _ chars: Float) -> [Float] {
    let all = sums[sums.count - 1]
    let lines = Float(max(1, sums.count - 1))
    return [
      all[0] / words, all[1] / words, all[3] / words, all[7] / lines,
      main >= 0 ? stretches[main].prose / chars : 0, Float(stretches.count), Float(sections.count) / lines,
    ]
  }
}
