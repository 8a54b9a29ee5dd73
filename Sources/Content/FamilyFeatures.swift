import Glibc
import Pages
import Rules

/// The features of the blocks that the content model removes, for telling of which family they are:
/// what their words say, what is known or likely of the blocks around, and their shape.
struct FamilyFeatures: FeatureSource {
  /// Blocks that are removed and that no rule named, in page order: row `i` is of block `asked[i]`. Numbers that count up
  /// are not asked about: pages of a list and slides of a show look like the votes and shares that stand alone.
  private(set) var asked: [Int] = []
  var count: Int { asked.count }

  private let page: Blocks
  private let texts: [TextMeasure]
  private let elements: ElementMeasures?
  /// By block: 1 for the family that a rule named, 1 for no chaff where the text is kept, else what
  /// the words make likely.
  private var known: [SIMD16<Float>]
  private var scores: [SIMD16<Float>] = []
  /// Sums of `known` that fade with the distance, from before and from behind.
  private var before: [(near: SIMD16<Float>, far: SIMD16<Float>)]
  private var behind: [(near: SIMD16<Float>, far: SIMD16<Float>)]
  /// Blocks that a rule named, with the index of their family; the nearest one before and behind each block.
  private var named: [Int8]
  private var namedBefore: [Int32], namedBehind: [Int32]
  /// The run of removed blocks, and the run of blocks without a word, around each block.
  private var runs: [Range<Int32>] = [], wordless: [Range<Int32>] = []
  private var runMeans: [SIMD16<Float>] = []
  private var pageMean = SIMD16<Float>.zero

  static let classes = [
    "nav", "foot", "head", "side", "comment", "related", "share", "cookie", "ad", "news", "meta", "search", "modal",
    "login", "card", "cta",
  ]
  static let tags = ["nav", "header", "footer", "aside", "form", "button", "heading", "li", "address"]
  private static let classIndices = classes.map { name in ClassWords.groups.firstIndex { $0.name == name }! }
  private static let tagIndices = tags.map { name in ElementMeasures.tags.firstIndex { $0.name == name }! }

  static let names: [String] =
    [
      "words", "at -1", "at 1", "at -2", "at 2", "near before", "near behind", "far before", "far behind", "run",
      "page", "named before", "named behind",
    ].flatMap { part in FamilyWords.families.map { "\(part) \($0.rawValue)" } }
    + [
      "length", "word count", "word length", "stop words", "punctuation",
    ] + TextMeasure.lookNames + [
      "actions", "related", "networks", "legal", "forum",
      "months", "separators", "consent", "we", "you", "person", "digit count", "at sign", "kind", "break",
      "break behind", "place", "index",
      "index from end", "run place", "run place from end", "run length", "wordless before", "wordless behind",
      "length before", "length behind", "link share",
    ] + tags.map { "in \($0)" } + classes.map { "class \($0)" }

  /// `families` by block: what a rule named, nil for none. `elements` is nil for a dump.
  /// O(blocks + bytes of the text that is asked about).
  init(
    _ page: Blocks, _ texts: [TextMeasure], _ elements: ElementMeasures?, named families: [Family?], keeps: [Bool],
    words: FamilyWords
  ) {
    (self.page, self.texts, self.elements) = (page, texts, elements)
    let n = page.count
    known = Array(repeating: .zero, count: n)
    named = Array(repeating: -1, count: n)
    let none = (near: SIMD16<Float>.zero, far: SIMD16<Float>.zero)
    (before, behind) = (Array(repeating: none, count: n + 1), Array(repeating: none, count: n + 1))
    (namedBefore, namedBehind) = (Array(repeating: -1, count: n), Array(repeating: -1, count: n))
    let isCounted = Self.counts(page)
    page.text.withUnsafeBufferPointer { text in
      for block in 0..<n {
        if let family = families[block] {
          let lane = Self.lane(of: family)
          known[block][lane] = 1
          named[block] = Int8(lane)
          pageMean[lane] += 1
        } else if keeps[block] {
          known[block][15] = 1
        } else if !isCounted[block] {
          asked.append(block)
          let score = words.scores(UnsafeBufferPointer(rebasing: text[page.range(block)]))
          scores.append(score)
          known[block] = Self.shares(score)
        }
      }
    }
    pageMean /= Float(max(1, n))
    sumUp(keeps: keeps)
  }

  /// By block: whether it is one of three or more numbers in a row, each one more than the one before.
  private static func counts(_ page: Blocks) -> [Bool] {
    var counts = [Bool](repeating: false, count: page.count)
    var first = 0
    var before = -2
    for block in 0..<page.count {
      let text = page.bytes(block)
      let isNumber = text.count <= 4 && text.allSatisfy { $0 &- 0x30 < 10 }
      let number = isNumber ? text.reduce(0) { $0 * 10 + Int($1 - 0x30) } : -2
      if !isNumber || number != before + 1 { first = block }
      before = number
      if block - first >= 2 { (counts[block - 2], counts[block - 1], counts[block]) = (true, true, true) }
    }
    return counts
  }
  private static func lane(of family: Family) -> Int {
    FamilyWords.families.firstIndex(of: family == .aiNotice ? .player : family) ?? 14
  }
  /// The softmax of log-odds.
  private static func shares(_ scores: SIMD16<Float>) -> SIMD16<Float> {
    let shifted = scores - scores.max()
    var powers = SIMD16<Float>.zero
    for lane in 0..<16 { powers[lane] = exp(shifted[lane]) }
    return powers / powers.sum()
  }

  private mutating func sumUp(keeps: [Bool]) {
    let n = known.count
    var last: Int32 = -1
    for block in 0..<n {
      namedBefore[block] = last
      if named[block] >= 0 { last = Int32(block) }
      before[block + 1] = (before[block].near * 0.6 + known[block], before[block].far * 0.9 + known[block])
    }
    last = -1
    for block in stride(from: n - 1, through: 0, by: -1) {
      namedBehind[block] = last
      if named[block] >= 0 { last = Int32(block) }
      behind[block] = (behind[block + 1].near * 0.6 + known[block], behind[block + 1].far * 0.9 + known[block])
    }
    runs = Self.stretches(n) { named[$0] >= 0 || !keeps[$0] }
    wordless = Self.stretches(n) { texts[$0].words == 0 }
    runMeans = Array(repeating: .zero, count: n)
    var first = 0
    while first < n {
      let run = runs[first]
      var sum = SIMD16<Float>.zero
      for block in run { sum += known[Int(block)] }
      for block in run { runMeans[Int(block)] = sum / Float(run.count) }
      first = Int(run.upperBound)
    }
  }

  /// By block, the longest stretch around it whose blocks all have the property, or all lack it.
  private static func stretches(_ count: Int, _ holds: (Int) -> Bool) -> [Range<Int32>] {
    var stretches: [Range<Int32>] = []
    stretches.reserveCapacity(count)
    var first = 0
    while first < count {
      var end = first + 1
      while end < count, holds(end) == holds(first) { end += 1 }
      stretches.append(contentsOf: repeatElement(Int32(first)..<Int32(end), count: end - first))
      first = end
    }
    return stretches
  }

  func write(_ index: Int, to row: UnsafeMutablePointer<Float>) {
    var row = FeatureRow(row)
    let block = asked[index]
    row.put(scores[index])
    for offset in [-1, 1, -2, 2] {
      let other = block + offset
      row.put(known.indices.contains(other) ? known[other] : .zero)
    }
    row.put(before[block].near)
    row.put(behind[block + 1].near)
    row.put(before[block].far)
    row.put(behind[block + 1].far)
    row.put(runMeans[block])
    row.put(pageMean)
    for other in [namedBefore[block], namedBehind[block]] {
      var near = SIMD16<Float>.zero
      if other >= 0 { near[Int(named[Int(other)])] = 1 / Float(abs(Int(other) - block)) }
      row.put(near)
    }
    writeShape(block, &row)
    writePlace(block, &row)
    writeMarkup(block, &row)
  }

  private func writeShape(_ block: Int, _ row: inout FeatureRow) {
    let m = texts[block]
    let words = max(1, m.words)
    m.putLength(&row)
    row.put(m.stops / words)
    row.put(m.marks)
    m.putLook(&row)
    row.put(m.actions / words)
    row.put(m.related / words)
    row.put(m.networks / words)
    row.put(m.legal / words)
    row.put(m.forum / words)
    row.put(m.months / words)
    row.put(m.separators / words)
    m.putVoices(&row)
    row.put(m.digits)
    row.put(page.bytes(block).contains(0x40))
  }

  private func writePlace(_ block: Int, _ row: inout FeatureRow) {
    let n = known.count
    let run = runs[block]
    row.put(Float(page.kinds[block].rawValue))
    row.put(Float(page.breaks[block]))
    row.put(block + 1 < n ? Float(page.breaks[block + 1]) : 3)
    row.put(Float(block) / Float(n))
    row.put(Float(min(200, block)))
    row.put(Float(min(200, n - block)))
    row.put(Float(min(99, block - Int(run.lowerBound))))
    row.put(Float(min(99, Int(run.upperBound) - block)))
    row.put(Float(min(200, run.count)))
    let isWordless = texts[block].words == 0
    row.put(isWordless ? Float(block - Int(wordless[block].lowerBound)) : -1)
    row.put(isWordless ? Float(Int(wordless[block].upperBound) - block) : -1)
    row.put(block > 0 ? logLength(texts[block - 1].chars) : -1)
    row.put(block + 1 < n ? logLength(texts[block + 1].chars) : -1)
  }

  private func writeMarkup(_ block: Int, _ row: inout FeatureRow) {
    guard let elements, page.blockElements[block] >= 0 else {
      row.put(-1)
      for _ in 0..<Self.tags.count + Self.classes.count { row.put(Float(ElementMeasures.far)) }
      return
    }
    let element = Int(page.blockElements[block])
    row.put(Float(page.linkDensity(block)))
    let tags = elements.tagDistances[element]
    for index in Self.tagIndices { row.put(Float(tags[index])) }
    let classes = elements.classDistances[element]
    for index in Self.classIndices { row.put(Float(classes[index])) }
  }
}

extension FeatureRow {
  mutating func put(_ values: SIMD16<Float>) {
    for lane in 0..<16 { put(values[lane]) }
  }
}
