import Pages

/// One reason of a judgement.
public struct Reason: Sendable, Equatable {
  /// In words: "99 % of its text stands in links".
  public var text: String
  /// Log-odds that it added: above 0 for content, below for boilerplate.
  public var weight: Float
}

extension Judgement {
  /// The reasons that weighed most for the verdict on a block, the heaviest first; none for a judgement
  /// that did not come from a `ContentScorer`. Features that say the same in other words count as one.
  /// O(trees × depth), some microseconds a block.
  public func reasons(_ block: Int, limit: Int = 3) -> [Reason] {
    if copies.contains(block) { return [Reason(text: "a block above that stays says the same", weight: -4)] }
    return switch evidence {
    case .blocks(let features): reasons(block, features, Models.blocks, limit)
    case .lines(let features): reasons(block, features, Models.lines, limit)
    case nil: []
    }
  }

  private func reasons<Source: FeatureSource>(
    _ block: Int, _ source: Source, _ forest: Forest, _ limit: Int
  ) -> [Reason] {
    let topics = TopicTable<Source>.topics
    let sign: Float = keeps[block] ? 1 : -1
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * forest.featureCount) { buffer in
      let row = buffer.baseAddress!
      let added = row + forest.featureCount
      source.write(block, to: row)
      forest.contributions(row, to: added)
      // By topic: the sum of what its features added, and the feature of the largest share.
      var sums = [Float](repeating: 0, count: Topic.allCases.count)
      var first = [Int](repeating: -1, count: sums.count)
      for index in 0..<forest.featureCount where added[index] != 0 {
        let topic = Int(topics[index].rawValue)
        let value = added[index] * sign
        sums[topic] += value
        if first[topic] < 0 || added[first[topic]] * sign < value { first[topic] = index }
      }
      var reasons: [Reason] = []
      while reasons.count < limit {
        var best = 0
        for topic in sums.indices where sums[topic] > sums[best] { best = topic }
        guard sums[best] > 0 else { break }
        let feature = first[best]
        let text = Topic.allCases[best].text(Source.names[feature], row[feature])
        reasons.append(Reason(text: text, weight: sums[best] * sign))
        sums[best] = 0
      }
      return reasons
    }
  }
}

/// The topic of each feature of a source.
private enum TopicTable<Source: FeatureSource> {
  static var topics: [Topic] { Source.self == BlockFeatures.self ? blockTopics : lineTopics }
}
private let blockTopics = BlockFeatures.names.map(Topic.init)
private let lineTopics = LineFeatures.names.map(Topic.init)

/// What a group of features is about.
enum Topic: UInt8, CaseIterable {
  case links, length, prose, words, wording, site, marks, place, heading, section, element, classes, copies, likes,
    cards
  case around, candidate, neighbours, rules, title, hidden, kind, shape, page, type

  /// The topic of a feature by its name.
  init(_ name: String) {
    let text = name.lowercased()
    func has(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    self =
      if text.hasPrefix("type ") { .type } else if text == "word odds" {
        .wording
      } else if text.hasPrefix("word odds ") {
        .neighbours
      } else if text.hasPrefix("page ") {
        .page
      } else if text.hasPrefix("class ") && !has("path") { .classes } else if has("rule") {
        .rules
      } else if text.hasPrefix("card ") || text.hasPrefix("outer card") {
        .cards
      } else if has("candidate", "dense", "landmark", "main prose", "stretch") {
        .candidate
      } else if text.hasPrefix("around ") {
        .around
      } else if has(
        " at ", " in 4", " in 6", " in 12", " in 25", " in 30", "before ", "behind ", "long ", "prose", "since long",
        "until")
      {
        .neighbours
      } else if text.hasPrefix("section") { .section } else if has("heading", "since h1") && !text.hasPrefix("in ") {
        .heading
      } else if has("hidden", "noscript", "fallback") { .hidden } else if text.hasPrefix("in ") || text == "tag" {
        .element
      } else if has("copies", "path") { .copies } else if has("like") {
        .likes
      } else if has("title", "summary", "linked", "topic") { .title } else if has("link") {
        .links
      } else if has("action", "related", "network", "legal", "forum", "shop") {
        .site
      } else if has("punctuation", "ends", "separators") { .marks } else if has("stop words") {
        .prose
      } else if text.hasSuffix(" words") || has("months") {
        .words
      } else if text == "length" || text == "words" || has("longest", "paragraph", "run") {
        .length
      } else if has("place", "index", "text before") {
        .place
      } else if has("kind", "list item", "breaks", "level", "depth", "indent") { .kind } else { .shape }
  }

  /// The reason in words for a feature's value.
  func text(_ name: String, _ value: Float) -> String {
    func percent(_ x: Float) -> String { "\(Int((min(1, max(0, x)) * 100).rounded())) %" }
    func count(_ x: Float) -> String { "\(Int(min(1e6, max(-1e6, x)).rounded()))" }
    switch self {
    case .links:
      return name == "links" ? "\(count(value)) links touch it" : "\(percent(value)) of its text stands in links"
    case .length:
      return name == "words" ? "it has \(count(value)) words" : "its length"
    case .prose: return "\(percent(value)) of its words are such as running text is full of"
    case .site:
      return value > 0
        ? "it has words that sites use for themselves (sign up, share, related, cart …)"
        : "it has no words that sites use for themselves"
    case .marks:
      switch name {
      case "ends sentence": return value > 0 ? "it ends like a sentence" : "it does not end like a sentence"
      case "punctuation": return "it has \(count(value)) marks of punctuation"
      default: return value > 0 ? "its punctuation" : "it has no punctuation"
      }
    case .place: return name == "index" ? "it is block \(count(value + 1)) of the page" : "its place in the page"
    case .heading:
      return name == "since h1" && value > -999
        ? "it stands \(count(value)) blocks from the main heading"
        : "the heading above it"
    case .section: return "the text under its heading as a whole"
    case .element:
      let element = name.hasPrefix("in ") ? String(name.dropFirst(3)) : ""
      if element.isEmpty { return "the element that it is" }
      return value < 60 ? "it stands inside <\(element)>" : "it does not stand inside <\(element)>"
    case .classes:
      let word = name.split(separator: " ").last ?? ""
      return value < 60
        ? "an element around it has a class like “\(word)”"
        : "no element around it has a class like “\(word)”"
    case .copies:
      return name == "copies"
        ? "its text stands \(count(value)) times in the page"
        : "how blocks with its element path look on this page"
    case .likes: return "\(count(value)) elements like its own stand side by side"
    case .cards:
      return value < 0
        ? "it is not one of several alike"
        : "the row of \(name.hasSuffix("count") ? count(value) : "like") elements that it belongs to"
    case .around:
      if name.hasSuffix("link share") {
        return "\(percent(value)) of the text in the element around it stands in links"
      }
      if name.hasSuffix("text share") { return "the element around it holds \(percent(value)) of the page's text" }
      return "the text in the elements around it"
    case .candidate:
      return name.contains("stretch")
        ? "how near it is to the longest stretch of running text"
        : "how near it is to the element with most running text"
    case .neighbours: return "the blocks before and behind it"
    case .rules: return "what rules said of it or of the blocks around"
    case .title:
      return name == "topic"
        ? "words that it shares with the longest stretch of running text"
        : "words that it shares with the page's title or description"
    case .hidden: return value > 0 ? "it is hidden or a fall-back" : "it is visible"
    case .kind: return "what kind of block it is"
    case .wording:
      return value > 0 ? "its words are such as content is full of" : "its words are such as boilerplate is full of"
    case .words: return value > 0 ? "what its words are about" : "what its words are not about"
    case .shape: return "its letters, digits and capitals"
    case .page: return "the page as a whole"
    case .type: return "the type of the page"
    }
  }
}
