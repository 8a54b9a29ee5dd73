import Pages

/// An element that may hold the main content, and its ancestors.
struct Candidate: Sendable {
  /// Element → steps up from the candidate; only ancestors and the candidate itself.
  private var levels: [Int32: Float] = [:]
  let element: Int

  init(_ element: Int, _ parents: [Int32]) {
    self.element = element
    var e = Int32(element)
    var level: Float = 0
    while e >= 0 {
      levels[e] = level
      level += 1
      e = parents[Int(e)]
    }
  }
  /// Steps from an element up to where its path meets the candidate's, and from there down to the candidate.
  func distance(from element: Int, _ parents: [Int32]) -> (up: Float, level: Float) {
    var e = Int32(element)
    var up: Float = 0
    while e >= 0 {
      if let level = levels[e] { return (up, level) }
      up += 1
      e = parents[Int(e)]
    }
    return (99, 99)
  }
}

/// What takes a look at the whole page to know: sums, sections, paths, copies, candidates.
struct PageLayout: Sendable {
  private(set) var total = ElementMeasure()
  let titleWords: Float
  private(set) var linkShares: [Float]
  /// Sums over the blocks before each, and over all at the end.
  private(set) var charsBefore: [Float], linksBefore: [Float], marksBefore: [Float]
  private(set) var firstTitle = -1
  /// The heading that governs each block: itself for a heading, -1 above the first.
  private(set) var headingAbove: [Int32]
  private(set) var sectionOf: [Int32]
  private(set) var sections: [ElementMeasure] = []
  private(set) var sectionRules: [Float] = []
  private(set) var pathOf: [Int32], classPathOf: [Int32]
  private(set) var paths: [ElementMeasure] = [], classPaths: [ElementMeasure] = []
  private(set) var ordinals: [Float]
  private var textOf: [Int32]
  private var copyCounts: [Float] = []
  private(set) var earlierCopies: [Float]
  /// The element with most prose around it, weighed as readability.js does.
  private(set) var candidate: Candidate
  private(set) var candidateScore: Float = 0
  /// Down from the body along the child with most prose, as long as it holds 85 % and 50 % of it.
  private(set) var dense: Candidate, denser: Candidate
  private(set) var mainProse: Float = -1
  /// The first heading of level 1, or else the block that says most of the title.
  private(set) var titleCandidate: Candidate
  /// Characters in the largest group of elements alike.
  private(set) var largestGroup: Float = 1
  /// Blocks since the last, and until the next, block of running text; 99 without one.
  private(set) var sinceProse: [Float], untilProse: [Float]

  init(
    _ page: Blocks, _ texts: [TextMeasure], _ m: ElementMeasures, _ rules: RuleHits, titleWords: Int
  ) {
    let n = page.count
    let parents = page.elements.parents
    self.titleWords = Float(titleWords)
    linkShares = []
    linkShares.reserveCapacity(n)
    charsBefore = [0]
    linksBefore = [0]
    marksBefore = [0]
    headingAbove = Array(repeating: -1, count: n)
    sectionOf = Array(repeating: 0, count: n)
    pathOf = Array(repeating: 0, count: n)
    classPathOf = Array(repeating: 0, count: n)
    ordinals = Array(repeating: 0, count: n)
    textOf = Array(repeating: 0, count: n)
    earlierCopies = Array(repeating: 0, count: n)
    sinceProse = Array(repeating: 99, count: n)
    untilProse = Array(repeating: 99, count: n)
    sections = [ElementMeasure()]
    sectionRules = [0]
    var pathTable = CountTable(capacity: n)
    var classTable = CountTable(capacity: n)
    var textTable = CountTable(capacity: n)
    var heading: Int32 = -1
    var lastProse = -1
    for block in 0..<n {
      let text = texts[block]
      let bytes = Float(page.ends[block] - page.starts[block])
      var one = ElementMeasure()
      one.chars = text.chars
      one.bytes = bytes
      one.linkBytes = min(bytes, Float(page.linkBytes[block]))
      one.words = text.words
      one.stops = text.stops
      one.marks = text.marks
      one.blocks = 1
      one.prices = text.hasPrice ? 1 : 0
      one.dates = text.hasDate ? 1 : 0
      one.prose = text.marks > 0 && text.words >= 8 && one.linkShare < 0.4 ? text.chars : 0
      total.add(one)
      linkShares.append(one.linkShare)
      charsBefore.append(charsBefore[block] + text.chars)
      linksBefore.append(linksBefore[block] + text.chars * one.linkShare)
      marksBefore.append(marksBefore[block] + text.marks)
      if page.kinds[block] == .heading {
        heading = Int32(block)
        if firstTitle < 0, page.levels[block] == 1 { firstTitle = block }
        sections.append(ElementMeasure())
        sectionRules.append(0)
      } else {
        sections[sections.count - 1].add(one)
        if rules.kinds[block] != 0, rules.kinds[block] != 7 { sectionRules[sections.count - 1] += 1 }
      }
      headingAbove[block] = heading
      sectionOf[block] = Int32(sections.count - 1)

      var path: UInt64 = 0
      var classPath: UInt64 = 0
      var e = Int(page.blockElements[block])
      for step in 0..<6 where e >= 0 {
        path = (path ^ UInt64(page.elements.tags[e].rawValue)) &* 0x100_0000_01B3
        if step < 4 { classPath = (classPath ^ m.signatures[e]) &* 0x100_0000_01B3 }
        e = e == m.body ? -1 : Int(parents[e])
      }
      Self.add(one, &pathTable, WordHash.finish(path), &paths, &pathOf[block])
      Self.add(one, &classTable, WordHash.finish(classPath), &classPaths, &classPathOf[block])
      ordinals[block] = classPaths[Int(classPathOf[block])].blocks
      let copy = Int(textTable.index(of: WordHash.finish(text.hash ^ UInt64(text.chars))))
      if copy == copyCounts.count { copyCounts.append(0) }
      textOf[block] = Int32(copy)
      earlierCopies[block] = copyCounts[copy]
      copyCounts[copy] += 1
      if one.prose >= 80 { lastProse = block }
      if lastProse >= 0 { sinceProse[block] = min(99, Float(block - lastProse)) }
    }
    var next = -1
    for block in stride(from: n - 1, through: 0, by: -1) {
      if sinceProse[block] == 0 { next = block }
      if next >= 0 { untilProse[block] = min(99, Float(next - block)) }
    }
    (candidate, candidateScore) = Self.bestCandidate(page, texts, m, linkShares)
    dense = Candidate(Self.descend(m, keeping: 0.85), parents)
    denser = Candidate(Self.descend(m, keeping: 0.5), parents)
    var titled = firstTitle
    if titled < 0, titleWords > 0 {
      titled =
        (0..<min(n, 400)).max { texts[$0].title - 0.01 * texts[$0].words < texts[$1].title - 0.01 * texts[$1].words }
        ?? -1
    }
    titleCandidate = Candidate(titled >= 0 ? Int(page.blockElements[titled]) : m.body, parents)
    for group in m.groups where group.count >= 3 { largestGroup = max(largestGroup, group.sum.chars) }
    if let main = page.elements.tags.firstIndex(of: .main) {
      mainProse = m.measures[main].prose / max(1, total.prose)
    }
  }

  func copies(_ block: Int) -> Float { copyCounts[Int(textOf[block])] }
  var pathCount: Int { classPaths.count }

  @inline(__always)
  private static func add(
    _ one: ElementMeasure, _ table: inout CountTable, _ key: UInt64, _ sums: inout [ElementMeasure],
    _ place: inout Int32
  ) {
    place = table.index(of: key)
    if Int(place) == sums.count { sums.append(ElementMeasure()) }
    sums[Int(place)].add(one)
  }

  private static func bestCandidate(
    _ page: Blocks, _ texts: [TextMeasure], _ m: ElementMeasures, _ linkShares: [Float]
  ) -> (Candidate, Float) {
    var scores: [Int32: Float] = [:]
    for block in 0..<page.count where texts[block].chars >= 25 && linkShares[block] < 0.5 {
      let score = 1 + texts[block].marks + min(3, texts[block].chars / 100)
      var e = page.blockElements[block]
      for divisor in [1, 1.5, 3, 5] as [Float] {
        guard Int(e) != m.body else { break }
        e = page.elements.parents[Int(e)]
        guard e >= 0 else { break }
        scores[e, default: 0] += score / divisor
      }
    }
    var best = (element: Int32(m.body), score: Float(0))
    for (element, score) in scores {
      let score = score * (1 - m.measures[Int(element)].linkShare)
      if score > best.score || (score == best.score && element < best.element) { best = (element, score) }
    }
    return (Candidate(Int(best.element), page.elements.parents), best.score)
  }

  private static func descend(_ m: ElementMeasures, keeping share: Float) -> Int {
    guard !m.measures.isEmpty else { return 0 }
    var e = m.body
    while m.mainChildren[e] >= 0 {
      let child = Int(m.mainChildren[e])
      guard m.measures[child].prose >= share * m.measures[e].prose else { break }
      e = child
    }
    return e
  }
}
