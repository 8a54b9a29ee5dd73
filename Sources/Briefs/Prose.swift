import Content
import Language
import Pages

/// What a brief is made from: the blocks of a page that stay, and what else is known of it.
package struct BriefSource {
  package var blocks: Blocks
  /// Blocks to read, in page order.
  package var kept: [Int]
  package var title: String?
  /// BCP 47.
  package var language: String?
  /// Nil where nobody knows: then it is read as an article.
  package var pageType: PageType?
  /// What the page's head says of it.
  package var description: String?
  package var siteName: String?

  package init(
    blocks: Blocks, kept: [Int], title: String? = nil, language: String? = nil, pageType: PageType? = nil,
    description: String? = nil, siteName: String? = nil
  ) {
    self.blocks = blocks
    self.kept = kept
    self.title = title
    self.language = language
    self.pageType = pageType
    self.description = description
    self.siteName = siteName
  }
}

/// A sentence of the page's prose.
struct Unit {
  var block: Int
  /// In `Blocks.text`, behind the dateline.
  var range: Range<Int>
  var dateline: Range<Int>?
  /// Of the paragraphs that hold sentences.
  var paragraph: Int
  var indexInParagraph: Int
  /// Sentences of the paragraph.
  var paragraphLength = 1
  var isListItem = false
}

/// A page's prose, sentence by sentence.
struct Prose {
  /// More than a brief can weigh: sentences past this many are left unread, so that memory stays bounded.
  static let limit = 200

  private(set) var units: [Unit] = []
  private(set) var headings: [Range<Int>] = []
  private(set) var paragraphs = 0

  init(_ source: BriefSource, _ splitter: SentenceSplitter, _ data: LanguageData) {
    read(source, splitter, data)
    guard units.isEmpty else { return }
    (headings, paragraphs) = ([], 0)
    read(source, splitter, data, takesItems: true)
  }

  private mutating func read(
    _ source: BriefSource, _ splitter: SentenceSplitter, _ data: LanguageData,
    takesItems: Bool = false
  ) {
    let blocks = source.blocks
    var ranges: [Range<Int>] = []
    blocks.text.withUnsafeBufferPointer { text in
      var place = 0
      while place < source.kept.count {
        let lines = Self.paragraph(from: place, source.kept, blocks)
        let block = source.kept[place]
        place = lines.endIndex
        let range = blocks.range(block).lowerBound..<blocks.range(lines.last!).upperBound
        switch blocks.kinds[block] {
        case .heading:
          headings.append(range)
          continue
        case .paragraph, .quote, .definition, .listItem, .cell: break
        default: continue
        }
        ranges.removeAll(keepingCapacity: true)
        let part = UnsafeBufferPointer(rebasing: text[range])
        if lines.count == 1 {
          splitter.split(part, language: data.code, into: &ranges)
        } else {
          Brief.onOneLine(part).withUnsafeBufferPointer { splitter.split($0, language: data.code, into: &ranges) }
        }
        let isProse = Self.isProse(block, blocks)
        // A list item or a cell counts where it is a paragraph in disguise; an item where nothing else is prose.
        let isLongItem = takesItems && blocks.kinds[block] == .listItem && range.count >= 60
        if !isProse, !isLongItem, ranges.count < 2 || range.count < 160 { continue }
        for (index, found) in ranges.enumerated() {
          guard units.count < Self.limit else { return }
          var sentence = range.lowerBound + found.lowerBound..<range.lowerBound + found.upperBound
          var dateline: Range<Int>?
          if index == 0, units.count < 3 {
            let length = Dateline.length(text, sentence, data.code, site: source.siteName)
            if length > 0 {
              dateline = sentence.lowerBound..<sentence.lowerBound + length
              sentence = sentence.lowerBound + length..<sentence.upperBound
            }
          }
          guard !sentence.isEmpty else { continue }
          units.append(
            Unit(
              block: lines.last { blocks.range($0).lowerBound <= sentence.lowerBound } ?? block, range: sentence,
              dateline: dateline, paragraph: paragraphs, indexInParagraph: index,
              paragraphLength: ranges.count, isListItem: blocks.kinds[block] == .listItem))
        }
        paragraphs += 1
      }
    }
  }

  /// The lines of the paragraph that begins at a place: one, but in a dump whose paragraphs are broken at a width.
  private static func paragraph(from place: Int, _ kept: [Int], _ blocks: Blocks) -> ArraySlice<Int> {
    var end = place + 1
    while end < kept.count, blocks.goesOn(kept[end]), kept[end] == kept[end - 1] + 1 { end += 1 }
    return kept[place..<end]
  }

  /// A paragraph in a cell is one of a page that is laid out by tables.
  private static func isProse(_ block: Int, _ blocks: Blocks) -> Bool {
    switch blocks.kinds[block] {
    case .listItem: false
    case .cell: blocks.blockElements[block] >= 0 && blocks.elements.tags[Int(blocks.blockElements[block])] == .p
    default: true
    }
  }
}
