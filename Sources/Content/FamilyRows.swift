import Pages
import Rules

/// What the family model learns from, for `Tools/train/families.py`: rows of the blocks that it would be
/// asked about, and the keys of the words of every block.
package struct FamilyRows: Sendable {
  package static let names = FamilyFeatures.names
  package static let wordFamilies = FamilyWords.families.map(\.rawValue)

  /// Blocks that are asked about, and a row of `names.count` values for each.
  package var asked: [Int]
  package var rows: [Float]

  /// `named` by block: the family that a rule gave. `words` is the content of a file of words, or nil for
  /// knowing none. `isPlain`: as if the page were a dump. O(blocks + bytes of text).
  package init(_ page: ReadPage, named: [Family?], keeps: [Bool], words: [UInt8]?, isPlain: Bool) {
    let features: FamilyFeatures
    let words = words.flatMap { Self.words($0) } ?? FamilyWords()
    let texts = TextMeasures(page.blocks, title: "", summary: "", linkedData: []).blocks
    let elements = page.isHTML && !isPlain ? ElementMeasures(page.blocks, texts) : nil
    features = FamilyFeatures(page.blocks, texts, elements, named: named, keeps: keeps, words: words)
    asked = features.asked
    let width = Self.names.count
    rows = [Float](repeating: 0, count: features.count * width)
    rows.withUnsafeMutableBufferPointer { rows in
      for index in 0..<features.count { features.write(index, to: rows.baseAddress! + index * width) }
    }
  }

  private static func words(_ bytes: [UInt8]) -> FamilyWords? {
    bytes.withUnsafeBufferPointer { bytes in
      var reader = ModelReader(bytes)
      return FamilyWords(&reader)
    }
  }

  /// By block: the family that the nearest telling element or class around it suggests. O(blocks).
  package static func hints(_ page: ReadPage) -> [Family?] {
    let blocks = page.blocks
    guard page.isHTML else { return Array(repeating: nil, count: blocks.count) }
    let elements = ElementMeasures(blocks, TextMeasures(blocks, title: "", summary: "", linkedData: []).blocks)
    let groups = hinting.map { hint in (ClassWords.groups.firstIndex { $0.name == hint.group }!, hint.family) }
    let foot = ClassWords.groups.firstIndex { $0.name == "foot" }!
    let tag = { (name: String) in ElementMeasures.tags.firstIndex { $0.name == name }! }
    let (nav, address, footer) = (tag("nav"), tag("address"), tag("footer"))
    return (0..<blocks.count).map { block in
      guard blocks.blockElements[block] >= 0 else { return nil }
      let element = Int(blocks.blockElements[block])
      let (tags, classes) = (elements.tagDistances[element], elements.classDistances[element])
      if tags[address] < 8 { return .legal }
      var nearest = (family: Family?.some(.navigation), distance: tags[nav])
      for (group, family) in groups where classes[group] < nearest.distance { nearest = (family, classes[group]) }
      if min(tags[footer], classes[foot]) < nearest.distance {
        nearest = (footerFamily(blocks, block), min(tags[footer], classes[foot]))
      }
      return nearest.distance <= 8 ? nearest.family : nil
    }
  }
  /// Of a footer that nothing nearer tells of: its links lead through the site, and a text with numbers or signs
  /// of a company is its address.
  private static func footerFamily(_ page: Blocks, _ block: Int) -> Family? {
    if page.linkDensity(block) > 0.5 { return .navigation }
    let text = page.bytes(block)
    let isContact = text.contains { $0 &- 0x30 < 10 || $0 == 0x40 || $0 == 0xC2 }
    return isContact && (8...300).contains(text.count) ? .legal : nil
  }
  private static let hinting: [(group: String, family: Family)] = [
    ("nav", .navigation), ("comment", .comments), ("related", .related), ("share", .share), ("cookie", .consent),
    ("ad", .ads), ("news", .signup),
  ]
}
