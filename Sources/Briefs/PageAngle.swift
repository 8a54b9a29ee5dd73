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

  /// How much of a sentence's words title or description must hold for it to speak of the page as they do. Chosen by
  /// reading briefs of the development pages (`Rules/models/briefs.md`), as the counts below are.
  private enum Likeness {
    static let opensPost: Float = 0.25
    static let describesProduct: Float = 0.15
    static let opensList: Float = 0.3
    /// Within a paragraph that is long enough for an introduction.
    static let introducesList: Float = 0.08
  }

  /// What the sentences of one page are judged by.
  private struct Sentences {
    let units: [Unit]
    let features: SentenceFeatures
    let blocks: Blocks

    /// To the title or the description, whichever it is more like; -1 where nobody knows.
    func likeness(_ i: Int) -> Float { max(features.value(i, .title), features.descriptionLikeness[i]) }
    func text(_ i: Int) -> ArraySlice<UInt8> { blocks.text[units[i].range] }
    func kind(_ i: Int) -> BlockKind { blocks.kinds[units[i].block] }
  }

  /// Takes from `coherence` the sentences that say something else. A page of which nothing would be left keeps them,
  /// unless it is a list or a shop's page whose description can speak for it.
  func narrow(_ coherence: inout Coherence, _ prose: Prose, _ features: SentenceFeatures, _ blocks: Blocks) {
    let page = Sentences(units: prose.units, features: features, blocks: blocks)
    for i in page.units.indices where blocks.linkDensity(page.units[i].block) > 0.6 { coherence.exclude(i) }
    if type == .forum {
      for i in page.units.indices where Self.holdsClock(page.text(i)) { coherence.exclude(i) }
    }
    let all = coherence
    if type != .article { for i in page.units.indices where !coherence.isWhole[i] { coherence.exclude(i) } }
    switch type {
    case .article, .service: return
    case .documentation: narrowManual(&coherence, page)
    case .forum: narrowThread(&coherence, page)
    case .product: narrowProduct(&coherence, page, all)
    case .listing, .collection: narrowList(&coherence, page, all)
    }
    if coherence.isEligible.contains(true) {
      if coherence.isWhole != all.isWhole { coherence.forgetTheRest() }
    } else if description == nil || type == .documentation || type == .forum {
      coherence = all
    }
  }

  /// The opening alone: what follows is the matter of single sections, and so are the entries of lists.
  private func narrowManual(_ coherence: inout Coherence, _ page: Sentences) {
    for i in page.units.indices where i >= 15 || i > 2 && Self.isEntry(page.kind(i)) { coherence.exclude(i) }
    coherence.anchor = page.units.indices.first { coherence.isEligible[$0] && !coherence.pointsBack[$0] }
    for i in page.units.indices { coherence.release(i) }
  }

  /// The first post, as far as one can tell, and what it asks; the head mostly repeats where it starts.
  private func narrowThread(_ coherence: inout Coherence, _ page: Sentences) {
    let start = page.units.indices.prefix(8).first { page.likeness($0) >= Likeness.opensPost } ?? 0
    for i in page.units.indices {
      if i < start || i >= start + 8 {
        coherence.exclude(i)
      } else if i < start + 3, page.features.surfaces[i].endsQuestion {
        coherence.admit(i, page.features.surfaces[i])
      }
    }
    coherence.anchor = page.units.indices.first {
      coherence.isEligible[$0] && !($0 == start ? coherence.opensBack : coherence.pointsBack)[$0]
    }
  }

  /// The description: in front of it stand prices, terms of delivery, notes of the shop; behind it reviews.
  private func narrowProduct(_ coherence: inout Coherence, _ page: Sentences, _ all: Coherence) {
    let start = page.units.indices.first {
      all.isEligible[$0] && page.likeness($0) >= Likeness.describesProduct
    }
    let end = max(8, page.units.count * 6 / 10)
    for i in page.units.indices where isOutside(i, start, end) || Self.isReview(page.text(i)) { coherence.exclude(i) }
  }

  /// The introduction: cards are paragraphs of a sentence or two, one like the other; it is longer, or says what title
  /// and description say, and stands before the cards.
  private func narrowList(_ coherence: inout Coherence, _ page: Sentences, _ all: Coherence) {
    let units = page.units
    let opening = units.indices.filter {
      all.isEligible[$0] || all.isWhole[$0] && page.likeness($0) >= Likeness.opensList
    }.prefix(3)
    let start = opening.first { page.likeness($0) >= Likeness.opensList }.map { $0 - units[$0].indexInParagraph }
    let end = max(12, units.count / 2)
    for i in units.indices {
      let isIntroduction = units[i].paragraphLength > 2 && i < 12
      if isOutside(i, start, end)
        || page.likeness(i) < (isIntroduction ? Likeness.introducesList : Likeness.opensList)
      {
        coherence.exclude(i)
      } else if i == start, page.features.surfaces[i].endsExclamation {
        coherence.admit(i, page.features.surfaces[i])
      }
    }
  }

  /// Before what speaks of the page, of which nothing is known where the description has no like, or behind it.
  private func isOutside(_ i: Int, _ start: Int?, _ end: Int) -> Bool {
    i >= end || i < start ?? (description == nil ? 0 : Int.max)
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
