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

  /// Takes from `coherence` the sentences that say something else. A page of which nothing would be left keeps them,
  /// unless it is a list or a shop's page whose description can speak for it.
  func narrow(_ coherence: inout Coherence, _ prose: Prose, _ features: SentenceFeatures, _ blocks: Blocks) {
    let units = prose.units
    for i in units.indices where blocks.linkDensity(units[i].block) > 0.6 { coherence.exclude(i) }
    /// How much of what title or description say, -1 where nobody knows.
    func likeness(_ i: Int) -> Float { max(features.value(i, .title), features.descriptionLikeness[i]) }
    if type == .forum {
      for i in units.indices where Self.holdsClock(blocks.text[units[i].range]) { coherence.exclude(i) }
    }
    let all = coherence
    if type != .article { for i in units.indices where !coherence.isWhole[i] { coherence.exclude(i) } }
    switch type {
    case .article, .service: return
    case .documentation:
      // What follows is the matter of single sections, and so are the entries of lists.
      for i in units.indices where i >= 15 || i > 2 && Self.isEntry(blocks.kinds[units[i].block]) {
        coherence.exclude(i)
      }
      coherence.anchor = units.indices.first { coherence.isEligible[$0] && !coherence.pointsBack[$0] }
      for i in units.indices { coherence.release(i) }
    case .forum:
      // The first post, as far as one can tell, and what it asks; the head mostly repeats where it starts.
      let start = units.indices.prefix(8).first { likeness($0) >= 0.25 } ?? 0
      for i in units.indices {
        if i < start || i >= start + 8 {
          coherence.exclude(i)
        } else if i < start + 3, features.surfaces[i].endsQuestion {
          coherence.admit(i, features.surfaces[i])
        }
      }
      coherence.anchor = units.indices.first {
        coherence.isEligible[$0] && !($0 == start ? coherence.opensBack : coherence.pointsBack)[$0]
      }
    case .product:
      // In front of the description stand prices, terms of delivery, notes of the shop.
      let start = units.indices.first { all.isEligible[$0] && likeness($0) >= 0.15 }
      let end = max(8, units.count * 6 / 10)
      for i in units.indices {
        let isOutside = i >= end || i < start ?? (description == nil ? 0 : Int.max)
        if isOutside || Self.isReview(blocks.text[units[i].range]) { coherence.exclude(i) }
      }
    case .listing, .collection:
      // Cards are paragraphs of a sentence or two, one like the other; an introduction is longer, or says what
      // title and description say, and stands before the cards.
      let opening = units.indices.filter { all.isEligible[$0] || all.isWhole[$0] && likeness($0) >= 0.3 }.prefix(3)
      let start = opening.first { likeness($0) >= 0.3 }.map { $0 - units[$0].indexInParagraph }
      let end = max(12, units.count / 2)
      for i in units.indices {
        let isIntroduction = units[i].paragraphLength > 2 && i < 12
        let isOutside = i >= end || i < start ?? (description == nil ? 0 : Int.max)
        if isOutside || likeness(i) < (isIntroduction ? 0.08 : 0.3) {
          coherence.exclude(i)
        } else if i == start, features.surfaces[i].endsExclamation {
          coherence.admit(i, features.surfaces[i])
        }
      }
    }
    if coherence.isEligible.contains(true) {
      if coherence.isWhole != all.isWhole { coherence.forgetTheRest() }
    } else if description == nil || type == .documentation || type == .forum {
      coherence = all
    }
  }

  private static func isEntry(_ kind: BlockKind) -> Bool { kind == .listItem || kind == .definition || kind == .cell }

  /// "6:54:10", as in the lines of a log.
  private static func holdsClock(_ text: ArraySlice<UInt8>) -> Bool {
    text.split { $0 &- 0x30 > 10 }.contains { run in run.count > 6 && run.count { $0 == 0x3A } == 2 }
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
        let isCut = Surface.endsInDots(bytes[..<range.upperBound])
        let length = Length(bytes[0..<range.upperBound])
        let fits =
          switch budget {
          case .sentences(let limit): index < limit
          case .words(let limit): length.words <= limit
          case .characters(let limit): length.characters <= limit
          }
        // What follows the first sentence is often a call: "Free shipping!", "Shop now".
        guard fits, !isCut, index == 0 || surface.endsStop else { break }
        end = range.upperBound
      }
      return Length(bytes[0..<end]).words > 4 ? String(decoding: bytes[0..<end], as: UTF8.self) : nil
    }
  }
}
