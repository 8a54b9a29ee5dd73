import Language
import Pages

/// Elements that may hold the main content, and how far every element is from each.
struct Candidates: Sendable {
  static let far: UInt8 = 99
  let elements: [Int]
  /// By element, for each candidate two values: the steps up to where its path meets the candidate's, and
  /// the steps from there down to the candidate.
  private(set) var distances: [SIMD8<UInt8>] = []

  /// At most four. O(elements).
  init(_ elements: [Int], _ parents: [Int32]) {
    self.elements = elements
    distances = Array(repeating: SIMD8(repeating: Self.far), count: parents.count)
    // Levels of the candidates' own paths; elements stand behind their parents, so one pass does the rest.
    var levels = Array(repeating: SIMD4<UInt8>(repeating: 255), count: parents.count)
    for (index, candidate) in elements.enumerated() {
      var e = candidate
      var level: UInt8 = 0
      while e >= 0, e < parents.count {
        levels[e][index] = level
        level = min(Self.far, level + 1)
        e = Int(parents[e])
      }
    }
    for e in parents.indices {
      var distance = parents[e] >= 0 ? distances[Int(parents[e])] : SIMD8(repeating: Self.far)
      for index in elements.indices {
        let level = levels[e][index]
        distance[2 * index] = level != 255 ? 0 : min(Self.far, distance[2 * index] + 1)
        if level != 255 { distance[2 * index + 1] = level }
      }
      distances[e] = distance
    }
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
  /// Of four elements: the one with most prose around it, weighed as readability.js does; those down from the
  /// body along the child with most prose, as long as it holds 85 % and 50 % of it; and that of the first
  /// heading of level 1, or else of the block that says most of the title.
  private(set) var candidates: Candidates
  private(set) var candidateScore: Float = 0
  private(set) var mainProse: Float = -1
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
    var pathTable = HashTable(capacity: n)
    var classTable = HashTable(capacity: n)
    var textTable = HashTable(capacity: n)
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
        sectionRules[sections.count - 1] += rules.weight(block)
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
      let copy = Int(textTable.insert(WordHash.finish(text.hash ^ UInt64(text.chars))).value)
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
    let (candidate, score) = Self.bestCandidate(page, texts, m, linkShares)
    candidateScore = score
    var titled = firstTitle
    if titled < 0, titleWords > 0 {
      titled =
        (0..<min(n, 400)).max { texts[$0].title - 0.01 * texts[$0].words < texts[$1].title - 0.01 * texts[$1].words }
        ?? -1
    }
    let title = titled >= 0 ? Int(page.blockElements[titled]) : m.body
    let dense = Self.descend(m, keeping: 0.85)
    let denser = Self.descend(m, keeping: 0.5)
    candidates = Candidates([candidate, dense, denser, title], parents)
    for group in m.groups where group.count >= 3 { largestGroup = max(largestGroup, group.sum.chars) }
    if let main = page.elements.tags.firstIndex(of: .main) {
      mainProse = m.measures[main].prose / max(1, total.prose)
    }
  }

  func copies(_ block: Int) -> Float { copyCounts[Int(textOf[block])] }
  var pathCount: Int { classPaths.count }

  @inline(__always)
  private static func add(
    _ one: ElementMeasure, _ table: inout HashTable, _ key: UInt64, _ sums: inout [ElementMeasure],
    _ place: inout Int32
  ) {
    place = table.insert(key).value
    if Int(place) == sums.count { sums.append(ElementMeasure()) }
    sums[Int(place)].add(one)
  }

  private static func bestCandidate(
    _ page: Blocks, _ texts: [TextMeasure], _ m: ElementMeasures, _ linkShares: [Float]
  ) -> (Int, Float) {
    var scores = [Float](repeating: 0, count: m.measures.count)
    for block in 0..<page.count where texts[block].chars >= 25 && linkShares[block] < 0.5 {
      let score = 1 + texts[block].marks + min(3, texts[block].chars / 100)
      var e = page.blockElements[block]
      for divisor in [1, 1.5, 3, 5] as [Float] {
        guard Int(e) != m.body else { break }
        e = page.elements.parents[Int(e)]
        guard e >= 0 else { break }
        scores[Int(e)] += score / divisor
      }
    }
    var best = (element: m.body, score: Float(0))
    for element in scores.indices where scores[element] > 0 {
      let score = scores[element] * (1 - m.measures[element].linkShare)
      if score > best.score { best = (element, score) }
    }
    return best
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
