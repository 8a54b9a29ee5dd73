import Content
import Language
import Pages

/// Which of a page's sentences say what the page is, by its type: an article's whole text does; of a manual the
/// opening; of a forum the first post; of a list of cards the introduction, not a card; of a shop's page the
/// description, not a review.
struct PageAngle {
  let type: PageType
  let description: String?

  init(_ source: BriefSource) {
    type = source.pageType ?? .article
    description = source.description
  }

  /// Takes from `coherence` the sentences that say something else; a forum's or shop's page of which nothing would
  /// be left keeps them.
  func narrow(_ coherence: inout Coherence, _ prose: Prose, _ features: SentenceFeatures, _ blocks: Blocks) {
    let units = prose.units
    for i in units.indices where blocks.linkDensity(units[i].block) > 0.6 { coherence.exclude(i) }
    let all = coherence
    switch type {
    case .article, .service: break
    case .documentation:
      // What follows is the matter of single sections.
      for i in units.indices.dropFirst(15) { coherence.exclude(i) }
    case .forum:
      for i in units.indices.dropFirst(8) { coherence.exclude(i) }
    case .product:
      let end = max(8, units.count * 6 / 10)
      for i in units.indices where i >= end || Self.isReview(blocks.text[units[i].range]) { coherence.exclude(i) }
    case .listing, .collection:
      // Cards are paragraphs of a sentence or two, one like the other; an introduction is longer, or says what
      // title and description say.
      let end = max(12, units.count / 2)
      for i in units.indices {
        let likeness = max(features.value(i, .title), features.descriptionLikeness[i])
        let isIntroduction = units[i].paragraphLength > 2 && i < 12
        if likeness < (isIntroduction ? 0.08 : 0.2) || i >= end { coherence.exclude(i) }
      }
      return
    }
    if !coherence.isEligible.contains(true) { coherence = all }
  }

  /// Somebody speaks of himself: "I", "my".
  private static func isReview(_ text: ArraySlice<UInt8>) -> Bool {
    let words = text.prefix(200).split { ($0 | 0x20) &- 0x61 > 25 && $0 < 0x80 }
    return words.contains { $0.elementsEqual("I".utf8) || $0.elementsEqual("my".utf8) || $0.elementsEqual("My".utf8) }
  }

  /// What the page says of itself, in the sentences of it that are whole and fit; nil for an article, which has a
  /// text to speak for it.
  func description(within budget: BriefBudget, _ splitter: SentenceSplitter, _ language: String) -> String? {
    guard type != .article, var text = description else { return nil }
    return text.withUTF8 { bytes in
      var ranges: [Range<Int>] = []
      splitter.split(bytes, language: language, into: &ranges)
      var end = 0
      for (index, range) in ranges.enumerated() {
        let surface = Surface(bytes, range)
        let isCut =
          bytes[..<range.upperBound].suffix(3).elementsEqual([0x2E, 0x2E, 0x2E])
          || bytes[..<range.upperBound].suffix(3).elementsEqual([0xE2, 0x80, 0xA6])
        let length = Length(bytes[0..<range.upperBound])
        let fits =
          switch budget {
          case .sentences(let limit): index < limit
          case .words(let limit): length.words <= limit
          case .characters(let limit): length.characters <= limit
          }
        // What follows the first sentence is often a call: "Free shipping!", "Shop now".
        guard fits, !isCut, index > 0 ? surface.endsStop : surface.length.words >= 4 else { break }
        end = range.upperBound
      }
      return end > 0 ? String(decoding: bytes[0..<end], as: UTF8.self) : nil
    }
  }
}
