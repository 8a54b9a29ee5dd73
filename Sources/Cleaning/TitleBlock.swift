import Content
import Language
import Pages
import Rules

/// Finds the block that is the page's title.
struct TitleBlock {
  let folder: Folder

  /// Lines of a dump with less of a score are chaff. A title is mostly no content for the model, as annotators have it, yet
  /// it is no menu entry either.
  private static let leastOfTitles: Float = 0.1

  /// In HTML and Markdown the heading that says what the metadata's title says; in another dump the line above the byline or,
  /// without one, the first line that is no chaff, if it reads like a headline and others before it are.
  /// Where the metadata has no title, it gets this one.
  func find(
    in page: ReadPage, findings: [Finding], judgement: Judgement, metadata: inout Metadata
  ) -> Int? {
    let blocks = page.blocks
    guard page.isHTML || metadata.title != nil else {
      let block = inDump(blocks, findings, judgement, author: metadata.byline?.text)
      if let block { metadata.title = .init(blocks.string(block), from: "text") }
      return block
    }
    guard let title = metadata.title?.text else { return nil }
    let wanted = folder.fold(title)
    let candidates = (0..<blocks.count).filter { blocks.kinds[$0] == .heading && blocks.levels[$0] <= 3 }
      .map { (block: $0, text: folder.fold(blocks.string($0))) }
    if let same = candidates.first(where: { $0.text == wanted }) { return same.block }
    // A heading with a kicker, or one of several lines, says more or less than the title.
    let near = candidates.first { block, text in
      blocks.levels[block] == 1 && text.count > 8 && text.count * 2 > wanted.count && wanted.count * 2 > text.count
        && (Self.contains(text, wanted) || Self.contains(wanted, text))
    }
    return near?.block
  }

  /// Whether the title leaves the text. In Markdown it does where another line of the page's start goes: else the text is clean
  /// already, and its title wanted where it is.
  func goes(_ title: Int, in blocks: Blocks, findings: [Finding], _ judgement: Judgement) -> Bool {
    guard blocks.contexts[title].contains(.markdown) else { return true }
    let top = 0..<min(blocks.count, 60)
    return top.contains { $0 != title && !judgement.keeps[$0] }
      || findings.contains { $0.action == .remove && $0.block != title && top.contains($0.block) }
  }

  /// The lines under the title of an article that say who wrote it and when: metadata that stands in the text.
  func signatures(under title: Int, in blocks: Blocks, _ metadata: Metadata) -> [Int] {
    (title + 1..<min(blocks.count, title + 7)).prefix { WordCount.of(blocks.bytes($0)) <= 30 }
      .filter { metadata.isSignature(blocks.string($0)) }
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    return (0...text.count - part.count).contains { text[$0..<$0 + part.count].elementsEqual(part) }
  }

  /// A line is only taken for the title where another goes beside it: in a text that is clean already the title is gone
  /// or wanted, and what stands first is some heading.
  private func inDump(_ blocks: Blocks, _ findings: [Finding], _ judgement: Judgement, author: String?) -> Int? {
    let top = 0..<min(blocks.count, 60)
    var bylines = Set(findings.filter { $0.family == .meta && goes($0, judgement) }.map(\.block))
    // A byline that no rule knows is none the less one.
    if let author, let signed = top.first(where: { Self.isLittleMore(than: author, blocks.bytes($0)) }) {
      bylines.insert(signed)
    }
    var gone = bylines.union(findings.filter { goes($0, judgement) }.map(\.block))
    gone.formUnion(top.filter { isChaff($0, judgement) })
    if let byline = top.first(where: bylines.contains) {
      let before = (max(0, byline - 3)..<byline).reversed().first { !gone.contains($0) }
      if let before, isHeadline(blocks, before) { return before }
    }
    guard let first = top.first(where: { !gone.contains($0) }), first > 0, isHeadline(blocks, first),
      (first + 1..<min(blocks.count, first + 7)).contains(where: { WordCount.of(blocks.bytes($0)) > 25 })
    else { return nil }
    return first
  }

  private func goes(_ finding: Finding, _ judgement: Judgement) -> Bool {
    finding.action == .remove || (finding.block >= 0 && !judgement.keeps[finding.block])
  }

  private func isChaff(_ block: Int, _ judgement: Judgement) -> Bool {
    !judgement.keeps[block] && judgement.scores[block] < Self.leastOfTitles
  }

  /// Whether a line names the author and says two words more at most.
  private static func isLittleMore(than author: String, _ line: ArraySlice<UInt8>) -> Bool {
    let author = Array(author.utf8)
    return !author.isEmpty && contains(Array(line), author) && WordCount.of(line) <= WordCount.of(author) + 2
  }

  private func isHeadline(_ blocks: Blocks, _ block: Int) -> Bool {
    guard blocks.kinds[block] == .paragraph, let last = blocks.bytes(block).last else { return false }
    return (3...25).contains(WordCount.of(blocks.bytes(block))) && last != 0x2E && last != 0x3A && last != 0x3B
  }
}
