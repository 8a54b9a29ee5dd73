/// Chooses a set of sentences within a budget.
///
/// The best sentences by their own scores form a pool; every set from it that the budget and coherence allow is
/// weighed as a whole. A budget too large for that takes the best small set and adds to it one by one.
struct Selection {
  let budget: BriefBudget
  let lengths: [Length]
  let coherence: Coherence
  let features: SentenceFeatures

  private static let poolSize = 9
  private static let setLimit = 400
  /// A set that promises less than this over the lead, as the model counts, keeps the promise too seldom.
  private static let trustInLead: Float = 0.015

  struct Choice {
    var set: SentenceSet
    var row: [Float]
  }

  init(_ analysis: Summarizer.Analysis, _ budget: BriefBudget) {
    self.budget = budget
    lengths = analysis.features.surfaces.map(\.length)
    coherence = analysis.coherence
    features = analysis.features
  }

  /// Which row of the model's weights the budget is for.
  var weightRow: Int {
    if case .sentences = budget { return 0 }
    return 1
  }

  /// All of the page's prose, if it is within the budget; what it says twice, once.
  func whole() -> [Int]? {
    let all = coherence.isWhole.indices.filter { coherence.isWhole[$0] }
    guard fits(all), all.contains(where: { lengths[$0].words > 2 }) else { return nil }
    return all.filter { i in !all.contains { $0 < i && features.graph.similarity(i, $0) > 0.95 } }
  }

  private var limit: Int {
    if case .sentences(let limit) = budget { return limit }
    return Int.max
  }

  /// Words or characters that `set` takes, joining spaces included.
  private func cost(_ i: Int) -> Int {
    switch budget {
    case .sentences: 1
    case .words: lengths[i].words
    case .characters: lengths[i].characters + 1
    }
  }
  private var room: Int {
    switch budget {
    case .sentences(let limit): limit
    case .words(let limit): limit
    // The joining space of the last sentence is not written.
    case .characters(let limit): limit < .max ? limit + 1 : limit
    }
  }
  private func fits(_ set: [Int]) -> Bool { set.reduce(0) { $0 + cost($1) } <= room }
  private func share(_ set: some Sequence<Int>) -> Float {
    Float(set.reduce(0) { $0 + cost($1) }) / Float(max(1, room))
  }

  /// Holds together: whatever points back has its predecessor, no sentence says what another does, one quotation.
  func isCoherent(_ set: [Int]) -> Bool { set.indices.allSatisfy { joins(set[$0], set[..<$0]) } }

  /// Whether `i` can follow a set that holds together.
  private func joins(_ i: Int, _ set: some BidirectionalCollection<Int>) -> Bool {
    if coherence.pointsBack[i], set.last != i - 1, i != coherence.anchor { return false }
    if coherence.isQuote[i], set.contains(where: { coherence.isQuote[$0] }) { return false }
    return !set.contains { features.graph.similarity(i, $0) > 0.8 }
  }

  /// The sentences that sets are made of, in page order.
  func pool(_ scores: [Float]) -> [Int] {
    let eligible = coherence.isEligible.indices.filter { coherence.isEligible[$0] && cost($0) <= room }
    let best = eligible.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
    var pool = Set(best.prefix(Self.poolSize))
    if let anchor = coherence.anchor, eligible.contains(anchor) { pool.insert(anchor) }
    // A sentence that points back is of use only with the one before it.
    for i in pool.sorted() where coherence.pointsBack[i] && i != coherence.anchor {
      if i > 0, coherence.isEligible[i - 1] { pool.insert(i - 1) } else { pool.remove(i) }
    }
    return pool.sorted()
  }

  /// The sets of `members` to weigh, small ones only, all in page order.
  func candidates(_ members: [Int]) -> [SentenceSet] {
    let most = min(limit, SentenceSet.limit)
    var sets: [SentenceSet] = []
    var steps = 0
    func extend(_ set: SentenceSet, from: Int, _ used: Int) {
      for place in from..<max(members.count, from) {
        let i = members[place]
        let used = used + cost(i)
        guard used <= room, sets.count < 4096, steps < 20_000 else { continue }
        steps += 1
        // A set that does not hold together does not do so with more behind it.
        guard joins(i, set) else { continue }
        let longer = set.adding(i)
        sets.append(longer)
        if longer.count < most { extend(longer, from: place + 1, used) }
      }
    }
    extend(SentenceSet(), from: 0, 0)
    let anchored = coherence.anchor.map { anchor in sets.filter { $0.contains(anchor) } } ?? []
    return trim(anchored.isEmpty ? sets : anchored)
  }

  /// Full sets only: those of the largest size, or those that fill most of the budget.
  private func trim(_ sets: [SentenceSet]) -> [SentenceSet] {
    if case .sentences = budget {
      let most = sets.reduce(0) { max($0, $1.count) }
      return Array(sets.filter { $0.count == most }.prefix(Self.setLimit))
    }
    let shares = sets.map(share)
    let fullest = shares.max() ?? 0
    let full = sets.indices.filter { shares[$0] >= 0.6 * fullest }
    return full.sorted { shares[$0] > shares[$1] }.prefix(Self.setLimit).map { sets[$0] }
  }

  /// The first sentences that can stand in a brief.
  func lead() -> [Int] {
    var set: [Int] = []
    for i in coherence.isEligible.indices where coherence.isEligible[i] {
      guard set.count < limit else { break }
      let next = set + [i]
      guard fits(next) else {
        if set.isEmpty { continue }
        break
      }
      if isCoherent(next) { set = next }
    }
    return set
  }

  /// The best set by the model. `measure` is used for every set that is weighed.
  func choose(_ pool: [Int], _ scores: [Float], _ weights: [Float], _ measure: inout SubsetFeatures) -> [Int] {
    var row = [Float](repeating: 0, count: SubsetFeatures.width)
    func value(_ set: SentenceSet) -> Float {
      measure.measure(set, share: share(set), into: &row)
      var sum: Float = 0
      for k in 0..<row.count { sum += row[k] * weights[k] }
      return sum
    }
    let plain = lead()
    var best = SentenceSet()
    var bestValue = -Float.infinity
    for set in candidates(pool) {
      let v = value(set) + (set.elementsEqual(plain) ? Self.trustInLead : 0)
      if v > bestValue {
        bestValue = v
        best = set
      }
    }
    return grow(Array(best), scores)
  }

  /// Adds what fits, best first and unlike what is in, where the sets weighed were smaller than the budget.
  private func grow(_ set: [Int], _ scores: [Float]) -> [Int] {
    var set = set
    guard set.count >= 4 || share(set) < 0.6 else { return set }
    let order = coherence.isEligible.indices.filter { coherence.isEligible[$0] }
    while set.count < limit {
      var best: [Int]?
      var bestGain = -Float.infinity
      for i in order where !set.contains(i) {
        var next = (set + [i]).sorted()
        if coherence.pointsBack[i], i > 0, !set.contains(i - 1), coherence.isEligible[i - 1] {
          next = (next + [i - 1]).sorted()
        }
        let gain = scores[i] - 0.4 * (set.map { features.graph.similarity(i, $0) }.max() ?? 0)
        guard gain > bestGain, next.count <= limit, fits(next), isCoherent(next) else { continue }
        bestGain = gain
        best = next
      }
      guard let best else { break }
      set = best
    }
    return set
  }

  /// For training: the sets that `choose` would weigh, with what the model would see.
  func rows(_ pool: [Int], _ measure: inout SubsetFeatures) -> [Choice] {
    var row = [Float](repeating: 0, count: SubsetFeatures.width)
    return candidates(pool).map { set in
      measure.measure(set, share: share(set), into: &row)
      return Choice(set: set, row: row)
    }
  }
}
