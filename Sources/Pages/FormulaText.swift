/// Where a formula ended, and where a copy of one for the eyes alone.
struct Formula {
  var end = -1
  var copyEnd = -1
}

/// Formulas in MathML, as text.
extension BlockBuilder {
  /// Keeps the parts of a formula apart that stand above, below and behind each other.
  mutating func enterMath(_ tag: Tag, _ index: Int) {
    if tag == .math { return formula.copyEnd == blocks.text.count && !pendingSpace ? skip() : () }
    let parent = Int(blocks.elements.parents[index])
    // A first child follows its parent right away.
    let isPart = index > parent + 1
    switch blocks.elements.tags[parent] {
    case .msup where isPart: openSpan(.superscript, index)
    case .msub where isPart: openSpan(.subscript, index)
    case .mfrac where isPart:
      blocks.text.append(0x2F)
      pendingSpace = false
    case .mover, .mroot, .msubsup, .munder, .munderover:
      if isPart { pendingSpace = true }
    default: if tag == .mtd { pendingSpace = true }
    }
  }

  /// Scripts write a formula once for the eyes, hidden from readers aloud, and beside it once in MathML.
  func isHiddenMath(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    formula.end == blocks.text.count && !pendingSpace && value.elementsEqual("true".utf8)
      && !blocks.elements.tags[element].isBlock
  }
  mutating func noteMath(_ tag: Tag, _ index: Int) {
    let isEmpty = blocks.elements.textStarts[index] == blocks.text.count
    if tag == .math, !isEmpty {
      formula.end = blocks.text.count
      pendingSpace = false  // before the end tag
    }
    guard !isEmpty, !tag.isBlock, blocks.elements.value(.ariaHidden, of: index) != nil else { return }
    formula.copyEnd = blocks.text.count
  }
}
