import Glibc
import Language

/// What the model sees of a sentence. The order is that of the model file, which repeats the names.
enum SentenceFeature: Int, CaseIterable {
  case index, relative, inverse, sentences, fromEnd, opensParagraph, paragraph, paragraphLength, indexInParagraph
  case words, relativeWords, contentWords
  case centroid, lead, title, heading, pageRank
  case forward, backward, forwardSum, backwardSum, direction
  case likest, likestBefore, likeNext, likePrevious, likeFirst
  case centroidRank, weightRank, coverRank, pageRankRank
  case meanCount, sumCount, meanRarity, sumRarity, weight, cover, novelty
  case names, nameShare, topNames, numbers, money
  case quotes, startsQuoted, quotedShare, inQuote, speech, question, exclamation, unfinished
  case first, second, opener, cues, teaser, commas, colons, brackets, letters, capitals, dashes, years, time
  case pronouns, capitalCounts
}

/// Measures a page's sentences.
struct SentenceFeatures {
  static let width = SentenceFeature.allCases.count
  /// Row by row, `width` numbers each.
  private(set) var values: [Float]
  let surfaces: [Surface]
  let graph: SentenceGraph
  /// By stem: count × rarity of the page's twelve top stems, as shares of their sum.
  private(set) var topShare: [Float]
  /// By stem: whether it is one of the page's repeated names.
  private(set) var isTopName: [Bool]
  /// All words but stop words.
  private(set) var total: Float

  init(_ prose: Prose, _ words: PageWords, _ text: UnsafeBufferPointer<UInt8>, title: [Int32]?, headings: [[Int32]]) {
    let n = prose.units.count
    values = []
    surfaces = prose.units.map { Surface(text, $0.range) }
    graph = SentenceGraph(words)
    topShare = Array(repeating: 0, count: words.stemCount)
    isTopName = Array(repeating: false, count: words.stemCount)
    total = 0
    for id in 0..<words.stemCount where !words.isStop[id] { total += Float(words.counts[id]) }
    total = max(1, total)
    findTops(words)
    let titleVector = title.flatMap { Self.vector($0, words) }
    let headingVectors = headings.compactMap { Self.vector($0, words) }
    values = rows(prose, words, titleVector, headingVectors)
    for (of, to) in [
      (SentenceFeature.centroid, SentenceFeature.centroidRank), (.sumCount, .weightRank), (.cover, .coverRank),
      (.pageRank, .pageRankRank),
    ] { rankBy(of, into: to, n) }
  }

  /// By sentence: the cosine with the page's description, -1 without one. No feature of the model: texts to train on
  /// have none.
  private(set) var descriptionLikeness: [Float] = []

  mutating func likeness(to description: [Int32]?, _ words: PageWords) {
    let vector = description.flatMap { Self.vector($0, words) }
    descriptionLikeness = (0..<graph.count).map { i in vector.map { graph.dot(i, $0) } ?? -1 }
  }

  func value(_ sentence: Int, _ feature: SentenceFeature) -> Float { values[sentence * Self.width + feature.rawValue] }

  private static func vector(_ ids: [Int32], _ words: PageWords) -> [Float]? {
    guard !ids.isEmpty else { return nil }
    var dense = [Float](repeating: 0, count: words.stemCount)
    for id in ids { dense[Int(id)] = words.weights[Int(id)] }
    SentenceGraph.normalise(&dense)
    return dense
  }

  private mutating func findTops(_ words: PageWords) {
    let stems = (0..<words.stemCount).filter { !words.isStop[$0] && words.counts[$0] > 0 }
    let top = Self.highest(12, of: stems) { Float(words.counts[$0]) * words.weights[$0] }
    let sum = top.reduce(Float(0)) { $0 + $1.value }
    for (id, value) in top where sum > 0 { topShare[id] = value / sum }
    let names = stems.filter { words.capitalCounts[$0] > 1 }
    for (id, _) in Self.highest(6, of: names, by: { Float(words.capitalCounts[$0]) }) { isTopName[id] = true }
  }

  /// The first of equals, highest first. Most of many values are below the last of the few that are kept.
  private static func highest(_ limit: Int, of ids: [Int], by value: (Int) -> Float) -> [(id: Int, value: Float)] {
    var kept: [(id: Int, value: Float)] = []
    kept.reserveCapacity(limit + 1)
    for id in ids {
      let value = value(id)
      if kept.count == limit, value <= kept[limit - 1].value { continue }
      var place = kept.count
      while place > 0, kept[place - 1].value < value { place -= 1 }
      kept.insert((id, value), at: place)
      if kept.count > limit { kept.removeLast() }
    }
    return kept
  }

  /// A sentence's place in the table that is being filled.
  private struct Row {
    let start: UnsafeMutablePointer<Float>
    func set(_ feature: SentenceFeature, _ value: Float) { start[feature.rawValue] = value }
  }

  private func rows(_ prose: Prose, _ words: PageWords, _ title: [Float]?, _ headings: [[Float]]) -> [Float] {
    let count = prose.units.count * Self.width
    return Array(unsafeUninitializedCapacity: count) { table, filled in
      table.initialize(repeating: 0)
      filled = count
      if let start = table.baseAddress { fill(start, prose, words, title, headings) }
    }
  }

  private func fill(
    _ table: UnsafeMutablePointer<Float>, _ prose: Prose, _ words: PageWords, _ title: [Float]?, _ headings: [[Float]]
  ) {
    let n = prose.units.count
    guard n > 0 else { return }
    let lead = graph.sum(of: 0..<min(3, n), stems: words.stemCount)
    let meanWords = max(1, Float(surfaces.reduce(0) { $0 + $1.length.words }) / Float(n))
    let floor = 0.1 * (graph.similarity.max() ?? 0)
    var seen = [Bool](repeating: false, count: words.stemCount)
    var mark = [Int32](repeating: -1, count: words.stemCount)
    var classes = [Float](repeating: 0, count: 10)
    var openQuotes = 0
    for i in 0..<n {
      let unit = prose.units[i]
      let surface = surfaces[i]
      let row = Row(start: table + i * Self.width)
      let index = Float(i)
      row.set(.index, min(index, 100))
      row.set(.relative, index / Float(n))
      row.set(.inverse, 1 / (1 + index))
      row.set(.sentences, Float(n))
      row.set(.fromEnd, Float(min(n - 1 - i, 100)))
      let many = prose.paragraphs > 1
      row.set(.opensParagraph, many ? (unit.indexInParagraph == 0 ? 1 : 0) : -1)
      row.set(.paragraph, many ? Float(min(unit.paragraph, 60)) : -1)
      row.set(.paragraphLength, many ? Float(min(unit.paragraphLength, 12)) : -1)
      row.set(.indexInParagraph, many ? Float(min(unit.indexInParagraph, 12)) : -1)
      let count = Float(surface.length.words)
      row.set(.words, count)
      row.set(.relativeWords, count / meanWords)
      row.set(.centroid, graph.dot(i, graph.centroid))
      row.set(.lead, graph.dot(i, lead))
      row.set(.title, title.map { graph.dot(i, $0) } ?? -1)
      row.set(.heading, headings.map { graph.dot(i, $0) }.max() ?? -1)
      row.set(.pageRank, graph.rank[i])
      fillGraph(i, n, floor, row)
      fillWords(i, words, count, &seen, &mark, &classes, row)
      row.set(.money, Float(surface.money))
      row.set(.quotes, Float(surface.quotes))
      row.set(.startsQuoted, surface.startsQuoted ? 1 : 0)
      row.set(.quotedShare, Float(surface.quotedBytes) / Float(max(1, unit.range.count)))
      row.set(.inQuote, openQuotes % 2 == 1 ? 1 : 0)
      openQuotes += surface.quotes
      row.set(.question, surface.endsQuestion ? 1 : 0)
      row.set(.exclamation, surface.endsExclamation ? 1 : 0)
      row.set(.unfinished, surface.endsStop || surface.endsQuestion || surface.endsExclamation ? 0 : 1)
      row.set(.commas, Float(surface.commas))
      row.set(.colons, Float(surface.colons))
      row.set(.brackets, Float(surface.brackets))
      row.set(.letters, Float(surface.letters) / Float(max(1, surface.length.characters)))
      row.set(.capitals, Float(surface.capitals) / Float(max(1, surface.length.characters)))
      row.set(.dashes, Float(surface.dashes))
      row.set(.years, Float(surface.years))
    }
  }

  private func fillGraph(_ i: Int, _ n: Int, _ floor: Float, _ row: Row) {
    var forward: Float = 0
    var backward: Float = 0
    var likest: Float = 0
    var likestBefore: Float = 0
    graph.similarity.withUnsafeBufferPointer { matrix in
      for j in 0..<i {
        let s = matrix[i * n + j]
        backward += max(0, s - floor)
        likestBefore = max(likestBefore, s)
      }
      likest = likestBefore
      for j in (i + 1)..<max(n, i + 1) {
        let s = matrix[i * n + j]
        forward += max(0, s - floor)
        likest = max(likest, s)
      }
    }
    row.set(.forward, forward / Float(max(1, n - 1 - i)))
    row.set(.backward, backward / Float(max(1, i)))
    row.set(.forwardSum, forward)
    row.set(.backwardSum, backward)
    row.set(.direction, forward - backward)
    row.set(.likest, likest)
    row.set(.likestBefore, likestBefore)
    row.set(.likeNext, i + 1 < n ? graph.similarity(i, i + 1) : 0)
    row.set(.likePrevious, i > 0 ? graph.similarity(i, i - 1) : 0)
    row.set(.likeFirst, i > 0 ? graph.similarity(i, 0) : 1)
  }

  private func fillWords(
    _ i: Int, _ words: PageWords, _ length: Float, _ seen: inout [Bool], _ mark: inout [Int32],
    _ classes: inout [Float], _ row: Row
  ) {
    var content: Float = 0
    var meanCount: Float = 0
    var sumCount: Float = 0
    var meanRarity: Float = 0
    var sumRarity: Float = 0
    var weight: Float = 0
    var cover: Float = 0
    var distinct: Float = 0
    var new: Float = 0
    var names: Float = 0
    var topNames: Float = 0
    var numbers: Float = 0
    var capitalCounts: Float = 0
    for bit in 0..<10 { classes[bit] = 0 }
    for t in words.starts[i]..<words.starts[i + 1] {
      let token = words.tokens[t]
      let id = Int(token.id)
      if token.classes.rawValue != 0 {
        for bit in 0..<10 where token.classes.rawValue & (1 << UInt16(bit)) != 0 { classes[bit] += 1 }
      }
      if token.isDigits { numbers += 1 }
      if token.isCapital, !token.isFirst {
        names += 1
        capitalCounts += Float(min(words.capitalCounts[id], 10))
      }
      guard !words.isStop[id] else { continue }
      content += 1
      meanCount += Float(words.counts[id])
      meanRarity += words.weights[id]
      guard mark[id] != Int32(i) else { continue }
      mark[id] = Int32(i)
      distinct += 1
      sumCount += Float(words.counts[id])
      sumRarity += words.weights[id]
      weight += Float(words.counts[id]) * words.weights[id]
      cover += topShare[id]
      if isTopName[id] { topNames += 1 }
      if !seen[id] {
        seen[id] = true
        new += 1
      }
    }
    let k = max(1, content)
    row.set(.contentWords, content)
    row.set(.meanCount, meanCount / k / total * 100)
    row.set(.sumCount, sumCount / total)
    row.set(.meanRarity, meanRarity / k)
    row.set(.sumRarity, sumRarity)
    row.set(.weight, weight / k)
    row.set(.cover, cover)
    row.set(.novelty, new / max(1, distinct))
    row.set(.names, names)
    row.set(.nameShare, names / max(1, length))
    row.set(.topNames, topNames)
    row.set(.numbers, numbers)
    row.set(.capitalCounts, capitalCounts / max(1, length))
    row.set(.speech, min(1, classes[2]))
    row.set(.first, classes[3])
    row.set(.second, classes[4])
    row.set(.cues, classes[5])
    row.set(.pronouns, classes[6])
    row.set(.time, classes[7])
  }

  private mutating func rankBy(_ feature: SentenceFeature, into rank: SentenceFeature, _ n: Int) {
    let column = (0..<n).map { value($0, feature) }
    for (i, place) in Ranks.of(column).enumerated() { values[i * Self.width + rank.rawValue] = place / Float(n) }
  }

  /// For what needs more than one sentence's words; see `Coherence`.
  mutating func set(_ sentence: Int, _ feature: SentenceFeature, _ value: Float) {
    values[sentence * Self.width + feature.rawValue] = value
  }
}

/// Places of values in descending order.
enum Ranks {
  /// By value: how many are higher, or as high and before it. Quadratic: quicker than sorting for a page's sentences.
  static func of(_ values: [Float]) -> [Float] {
    var places = [Int32](repeating: 0, count: values.count)
    values.withUnsafeBufferPointer { values in
      places.withUnsafeMutableBufferPointer { places in
        for i in values.indices {
          let own = values[i]
          var place: Int32 = 0
          // Of two, one is before the other.
          for j in 0..<i {
            let isBefore: Int32 = values[j] >= own ? 1 : 0
            place &+= isBefore
            places[j] &+= 1 &- isBefore
          }
          places[i] = place
        }
      }
    }
    return places.map { Float($0) }
  }
}
