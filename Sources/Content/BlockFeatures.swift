import Pages
import Rules

/// The features of every block of an HTML page.
///
/// Built once a page in O(elements + bytes of text); a row is then written in constant time, so that
/// pages of any size need little memory.
struct BlockFeatures: FeatureSource {
  let page: Blocks
  let texts: [TextMeasure]
  let elements: ElementMeasures
  let rules: RuleHits
  let layout: PageLayout
  let pageValues: [Float]
  /// Keys of the words that tell the page's type, by place.
  let typeWords: [[UInt32]]
  /// Probabilities of the page types; zeros until they are known.
  var typeValues = [Float](repeating: 0, count: PageType.allCases.count)
  var count: Int { page.count }

  static let names: [String] =
    TextColumns.names + PlaceColumns.names + TreeColumns.names + NeighbourColumns.names
    + PageFeatures.blockNames + PageType.allCases.map { "type \($0.rawValue)" }

  init(_ read: ReadPage, findings: [Finding]) {
    page = read.blocks
    let clues = PageClues(read)
    let measured = TextMeasures(page, title: clues.title, summary: clues.summary, linkedData: clues.linkedText)
    texts = measured.blocks
    elements = ElementMeasures(page, texts)
    rules = RuleHits(count: page.count, findings)
    layout = PageLayout(page, texts, elements, rules, titleWords: measured.titleWords)
    pageValues = PageFeatures.values(page, texts, elements, layout, rules, clues)
    typeWords = PageTypeWords.keys(page, clues)
  }

  func write(_ block: Int, to row: UnsafeMutablePointer<Float>) {
    var row = FeatureRow(row)
    TextColumns.write(block, self, &row)
    PlaceColumns.write(block, self, &row)
    TreeColumns.write(block, self, &row)
    NeighbourColumns.write(block, self, &row)
    for index in PageFeatures.blockIndices { row.put(pageValues[index]) }
    for value in typeValues { row.put(value) }
  }
}

/// The block's own text.
enum TextColumns {
  static let names =
    ["length", "words", "word length", "link share", "links", "stop words", "punctuation", "punctuation density"]
    + TextMeasure.lookNames + TextMeasure.topicNames + [
      "consent words", "we words", "you words", "person words", "manual words", "longest word",
      "title cover", "title share", "summary share", "linked share",
      "copies", "earlier copies", "kind", "heading level", "breaks",
    ]
  static func write(_ block: Int, _ f: BlockFeatures, _ row: inout FeatureRow) {
    let m = f.texts[block]
    let words = max(1, m.words)
    m.putLength(&row)
    row.put(f.layout.linkShares[block])
    row.put(Float(f.page.linkCounts[block]))
    row.put(m.stops / words)
    row.put(m.marks)
    row.put(m.marks / words)
    m.putLook(&row)
    m.putTopics(&row)
    m.putVoices(&row)
    row.put(m.manual / words)
    row.put(m.longestWord)
    row.put(m.title / max(1, f.layout.titleWords))
    row.put(m.title / words)
    row.put(m.summary / words)
    row.put(m.linkedData / words)
    row.put(f.layout.copies(block))
    row.put(f.layout.earlierCopies[block])
    row.put(Float(f.page.kinds[block].rawValue))
    row.put(f.page.kinds[block] == .heading ? Float(f.page.levels[block]) : 0)
    row.put(Float(f.page.breaks[block]))
  }
}

/// Where the block stands in the page, and under which heading.
enum PlaceColumns {
  static let names = [
    "place", "text before", "index", "index from end", "since h1", "since heading", "heading above level",
    "heading above related", "heading above length", "heading above forum", "section length", "section link share",
    "section punctuation", "section blocks", "heading above title", "section rules",
    "path copies", "path share", "class path copies", "class path share", "class path length", "class path links",
    "class path prices", "class path dates", "hidden", "from noscript", "fallback", "of a form", "of a figure",
    "of a list",
    "rule kind", "rules around", "rules around wide", "rules before", "ordinal among like", "path punctuation",
  ]
  static func write(_ block: Int, _ f: BlockFeatures, _ row: inout FeatureRow) {
    let n = Float(f.page.count)
    row.put(Float(block) / n)
    row.put(f.layout.charsBefore[block] / max(1, f.layout.total.chars))
    row.put(Float(block))
    row.put(n - Float(block))
    row.put(f.layout.firstTitle >= 0 ? Float(block - f.layout.firstTitle) : -999)
    let heading = Int(f.layout.headingAbove[block])
    row.put(heading >= 0 ? Float(block - heading) : -1)
    if heading >= 0 {
      let m = f.texts[heading]
      row.put(Float(f.page.levels[heading]))
      row.put(m.words < 9 ? m.related + m.actions : 0)
      row.put(logLength(m.chars))
      row.put(m.forum + m.shop)
    } else {
      for _ in 0..<4 { row.put(-1) }
    }
    let section = f.layout.sections[Int(f.layout.sectionOf[block])]
    row.put(logLength(section.chars))
    row.put(section.linkShare)
    row.put(section.marks / max(1, section.words))
    row.put(section.blocks)
    row.put(heading >= 0 ? f.texts[heading].title / max(1, f.layout.titleWords) : 0)
    row.put(f.layout.sectionRules[Int(f.layout.sectionOf[block])] / max(1, section.blocks))
    let path = f.layout.paths[Int(f.layout.pathOf[block])]
    row.put(path.blocks)
    row.put(path.chars / max(1, f.layout.total.chars))
    let classPath = f.layout.classPaths[Int(f.layout.classPathOf[block])]
    row.put(classPath.blocks)
    row.put(classPath.chars / max(1, f.layout.total.chars))
    row.put(classPath.chars / max(1, classPath.blocks))
    row.put(classPath.linkShare)
    row.put(classPath.prices / max(1, classPath.blocks))
    row.put(classPath.dates / max(1, classPath.blocks))
    let context = f.page.contexts[block]
    row.put(context.contains(.hidden))
    row.put(context.contains(.noscript))
    row.put(context.contains(.fallback))
    row.put(context.contains(.form))
    row.put(context.contains(.figure))
    row.put(context.contains(.list))
    row.put(f.rules.value(block))
    row.put(f.rules.around(block, 3))
    row.put(f.rules.around(block, 10) / 21)
    row.put(f.rules.before[block] / max(1, f.rules.before[f.page.count]))
    row.put(f.layout.ordinals[block])
    row.put(classPath.marks / max(1, classPath.words))
  }
}

/// The elements around the block.
enum TreeColumns {
  static let steps = [1, 2, 3, 4, 6, 8]
  static let ancestorNames = [
    "length", "link share", "text share", "blocks", "punctuation", "images", "prose share", "forum words",
    "consent words",
  ]
  static let names: [String] =
    ["tag", "depth"] + (0...3).map { "like siblings \($0)" } + ["like siblings most"]
    + ElementMeasures.tags.map { "in \($0.name)" } + ClassWords.groups.map { "class \($0.name)" }
    + steps.flatMap { step in ancestorNames.map { "around \(step) \($0)" } } + cardNames("card")
    + cardNames("outer card")
    + [
      "up to candidate", "candidate level", "up to dense", "dense level", "up to denser", "denser level",
      "up to titled", "titled level", "place in denser", "place in candidate",
      "place around 3", "landmark share", "landmark prose", "landmark siblings", "main prose share",
    ]
  private static func cardNames(_ name: String) -> [String] {
    [
      "up", "count", "ordinal", "length", "link share", "punctuation", "group share", "group link share", "blocks",
      "images", "group prose", "length spread", "headings", "prices", "dates", "forum words", "to largest group",
    ].map { "\(name) \($0)" }
  }

  static func write(_ block: Int, _ f: BlockFeatures, _ row: inout FeatureRow) {
    let m = f.elements
    let parents = f.page.elements.parents
    let total = f.layout.total
    let own = Int(f.page.blockElements[block])
    row.put(Float(f.page.elements.tags[own].rawValue))
    row.put(Float(m.depths[own]))
    // The element and its ancestors up to the body.
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 12) { chain in
      var length = 0
      var e = own
      while length < 12 {
        chain[length] = e
        length += 1
        if e == m.body || parents[e] < 0 { break }
        e = Int(parents[e])
      }
      for step in 0...3 { row.put(likes(chain[min(step, length - 1)], m)) }
      var most: Float = 0
      for step in 0..<min(8, length) { most = max(most, likes(chain[step], m)) }
      row.put(most)
      let tags = m.tagDistances[own]
      for index in ElementMeasures.tags.indices { row.put(Float(tags[index])) }
      let classes = m.classDistances[own]
      for index in ClassWords.groups.indices { row.put(Float(classes[index])) }
      for step in steps {
        let a = m.measures[chain[min(step, length - 1)]]
        row.put(logLength(a.chars))
        row.put(a.linkShare)
        row.put(a.chars / max(1, total.chars))
        row.put(a.blocks)
        row.put(a.marks / max(1, a.words))
        row.put(a.images / max(1, a.blocks))
        row.put(a.prose / max(1, a.chars))
        row.put(a.forum / max(1, a.words))
        row.put(a.consent / max(1, a.words))
      }
      var step = 0
      let card = nextCard(chain, length, &step, m)
      writeCard(card, step, f, &row)
      if card >= 0 { step += 1 }
      let outer = nextCard(chain, length, &step, m)
      writeCard(outer, step, f, &row)
      let distances = f.layout.candidates.distances[own]
      for index in 0..<8 { row.put(Float(distances[index])) }
      for index in [2, 0] {
        let within = m.measures[f.layout.candidates.elements[index]]
        let span = max(1, Float(within.last - within.first))
        row.put(max(-3, min(4, (Float(block) - Float(within.first)) / span)))
      }
      let third = m.measures[chain[min(3, length - 1)]]
      row.put(Float(block - Int(third.first)) / max(1, third.blocks))
      writeLandmark(chain, length, f, &row)
    }
  }

  private static func likes(_ element: Int, _ m: ElementMeasures) -> Float { m.groups[Int(m.groupOf[element])].count }

  /// The next element of three or more alike; a cell, an item of a list or a paragraph counts when it holds other blocks.
  private static func nextCard(
    _ chain: UnsafeMutableBufferPointer<Int>, _ length: Int, _ step: inout Int, _ m: ElementMeasures
  ) -> Int {
    while step < length {
      if likes(chain[step], m) >= 3 { return chain[step] }
      step += 1
    }
    return -1
  }

  private static func writeCard(_ card: Int, _ step: Int, _ f: BlockFeatures, _ row: inout FeatureRow) {
    guard card >= 0 else {
      for _ in 0..<17 { row.put(-1) }
      return
    }
    let m = f.elements
    let own = m.measures[card]
    let group = m.groups[Int(m.groupOf[card])]
    row.put(Float(step))
    row.put(group.count)
    row.put(Float(m.ordinals[card]))
    row.put(logLength(own.chars))
    row.put(own.linkShare)
    row.put(own.marks / max(1, own.words))
    row.put(group.sum.chars / max(1, f.layout.total.chars))
    row.put(group.sum.linkShare)
    row.put(group.sum.blocks / group.count)
    row.put(group.sum.images / group.count)
    row.put(group.sum.prose / max(1, group.sum.chars))
    row.put(logLength(group.sum.chars / group.count) - logLength(own.chars))
    row.put(group.sum.headings / group.count)
    row.put(group.sum.prices / group.count)
    row.put(group.sum.dates / group.count)
    row.put(group.sum.forum / group.count)
    row.put(group.sum.chars / f.layout.largestGroup)
  }

  /// The nearest `article` or `main`.
  private static func writeLandmark(
    _ chain: UnsafeMutableBufferPointer<Int>, _ length: Int, _ f: BlockFeatures, _ row: inout FeatureRow
  ) {
    let m = f.elements
    let landmark = chain[0..<length].first { [.article, .main].contains(f.page.elements.tags[$0]) }
    if let landmark {
      row.put(m.measures[landmark].chars / max(1, f.layout.total.chars))
      row.put(m.measures[landmark].prose / max(1, f.layout.total.prose))
      row.put(likes(landmark, m))
    } else {
      for _ in 0..<3 { row.put(-1) }
    }
    row.put(f.layout.mainProse)
  }
}

/// The blocks before and behind.
enum NeighbourColumns {
  static let offsets = [-3, -2, -1, 1, 2, 3]
  static let windows = [4, 12, 30]
  static let names: [String] =
    offsets.flatMap { offset in
      ["length", "link share", "stop words", "punctuation", "tag", "level", "actions"].map { "\($0) at \(offset)" }
    }
    + windows.flatMap { window in
      ["length", "link share", "punctuation"].map { "\($0) in \(window)" }
    } + ["same element before", "same element behind", "long before", "long behind"]

  static func write(_ block: Int, _ f: BlockFeatures, _ row: inout FeatureRow) {
    let n = f.page.count
    for offset in offsets {
      let other = block + offset
      guard other >= 0, other < n else {
        for _ in 0..<7 { row.put(-1) }
        continue
      }
      let m = f.texts[other]
      row.put(logLength(m.chars))
      row.put(f.layout.linkShares[other])
      row.put(m.stops / max(1, m.words))
      row.put(m.marks)
      row.put(Float(f.page.elements.tags[Int(f.page.blockElements[other])].rawValue))
      row.put(Float(f.page.levels[other]))
      row.put(m.actions / max(1, m.words))
    }
    for window in windows {
      let low = max(0, block - window)
      let high = min(n, block + window + 1)
      let chars = f.layout.charsBefore[high] - f.layout.charsBefore[low]
      let size = Float(2 * window + 1)
      row.put(chars / size)
      row.put((f.layout.linksBefore[high] - f.layout.linksBefore[low]) / max(1, chars))
      row.put((f.layout.marksBefore[high] - f.layout.marksBefore[low]) / size)
    }
    let own = f.page.blockElements[block]
    row.put(block > 0 && f.page.blockElements[block - 1] == own)
    row.put(block + 1 < n && f.page.blockElements[block + 1] == own)
    row.put(f.layout.sinceProse[block])
    row.put(f.layout.untilProse[block])
  }
}
