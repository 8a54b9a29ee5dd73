import Pages

/// Which elements of a page satisfy which selectors.
///
/// Selectors are filed under the id, class or tag of their last part, so that an element is only
/// compared with those it could satisfy. Cost: one look-up for each class of each element.
struct SelectorIndex: Sendable {
  private var selectors: [Selector] = []
  private var byID: [[UInt8]: [Int32]] = [:]
  private var byClass: [[UInt8]: [Int32]] = [:]
  private var byTag: [Tag: [Int32]] = [:]
  private var others: [Int32] = []

  var isEmpty: Bool { selectors.isEmpty }

  /// Returns the selector's number.
  mutating func add(_ selector: Selector) -> Int32 {
    let number = Int32(selectors.count)
    selectors.append(selector)
    for complex in selector.alternatives { file(complex.compounds[0], number) }
    return number
  }

  private mutating func file(_ last: Selector.Compound, _ number: Int32) {
    for test in last.tests {
      switch test {
      case .id(let id): return byID[id, default: []].append(number)
      case .class(let name): return byClass[name, default: []].append(number)
      default: continue
      }
    }
    for case .tag(let tag) in last.tests { return byTag[tag, default: []].append(number) }
    others.append(number)
  }

  /// By element: the selectors that it or an ancestor of it satisfies, as an index into `sets`.
  struct Marks {
    var setOfElement: [Int32] = []
    var sets: [Set<Int32>] = [[]]

    func contains(_ selector: Int32, at element: Int) -> Bool {
      element >= 0 && element < setOfElement.count && sets[Int(setOfElement[element])].contains(selector)
    }
  }

  func marks(_ blocks: Blocks) -> Marks {
    var marks = Marks()
    guard !isEmpty else { return marks }
    let elements = blocks.elements
    let matcher = SelectorMatcher(blocks)
    marks.setOfElement.reserveCapacity(elements.count)
    for element in 0..<elements.count {
      let parent = Int(elements.parents[element])
      let inherited = parent >= 0 ? marks.setOfElement[parent] : 0
      var own: Set<Int32> = []
      for number in candidates(element, elements) where matcher.matches(selectors[Int(number)], element) {
        own.insert(number)
      }
      if own.isSubset(of: marks.sets[Int(inherited)]) {
        marks.setOfElement.append(inherited)
      } else {
        marks.setOfElement.append(Int32(marks.sets.count))
        marks.sets.append(own.union(marks.sets[Int(inherited)]))
      }
    }
    return marks
  }

  private func candidates(_ element: Int, _ elements: Elements) -> [Int32] {
    var found = others
    if !byTag.isEmpty, let some = byTag[elements.tags[element]] { found += some }
    if !byID.isEmpty, let id = elements.value(.id, of: element), let some = byID[Array(id)] { found += some }
    if !byClass.isEmpty, let classes = elements.value(.class, of: element) {
      for name in classes.split(separator: 0x20) { if let some = byClass[Array(name)] { found += some } }
    }
    return found
  }
}

/// Holds selectors against elements.
struct SelectorMatcher {
  private let blocks: Blocks
  private var elements: Elements { blocks.elements }

  init(_ blocks: Blocks) { self.blocks = blocks }

  func matches(_ selector: Selector, _ element: Int) -> Bool { matchesAny(selector.alternatives, element) }

  private func matchesAny(_ alternatives: [Selector.Complex], _ element: Int) -> Bool {
    alternatives.contains { matches($0, from: 0, element) }
  }

  /// Whether `element` satisfies the compounds from the one at `index` leftwards.
  private func matches(_ complex: Selector.Complex, from index: Int, _ element: Int) -> Bool {
    guard complex.compounds[index].tests.allSatisfy({ holds($0, element) }) else { return false }
    guard index < complex.combinators.count else { return true }
    let parent = Int(elements.parents[element])
    switch complex.combinators[index] {
    case .child: return parent >= 0 && matches(complex, from: index + 1, parent)
    case .descendant:
      var ancestor = parent
      while ancestor >= 0 {
        if matches(complex, from: index + 1, ancestor) { return true }
        ancestor = Int(elements.parents[ancestor])
      }
      return false
    case .next: return siblings(before: element).first.map { matches(complex, from: index + 1, $0) } ?? false
    case .later: return siblings(before: element).contains { matches(complex, from: index + 1, $0) }
    }
  }

  /// Nearest first.
  private func siblings(before element: Int) -> [Int] {
    let parent = elements.parents[element]
    guard parent >= 0 else { return [] }
    return stride(from: element - 1, to: Int(parent), by: -1).filter { elements.parents[$0] == parent }
  }

  private func holds(_ test: Selector.Test, _ element: Int) -> Bool {
    switch test {
    case .tag(let tag): return elements.tags[element] == tag
    case .id(let id): return elements.value(.id, of: element).map { $0.elementsEqual(id) } ?? false
    case .class(let name):
      return elements.value(.class, of: element).map { Self.hasWord($0, name) } ?? false
    case .attribute(let attribute, let op, let wanted, let ignoresCase):
      guard let value = elements.value(attribute, of: element) else { return false }
      return ignoresCase
        ? Self.compare(Self.lower(value), op, Self.lower(wanted[...])) : Self.compare(Array(value), op, wanted)
    case .any(let alternatives): return matchesAny(alternatives, element)
    case .not(let alternatives): return !matchesAny(alternatives, element)
    case .firstChild: return siblings(before: element).isEmpty
    case .text(let words): return holdsText(words, element)
    }
  }

  private static func lower(_ bytes: ArraySlice<UInt8>) -> [UInt8] { bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } }

  private static func hasWord(_ value: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
    value.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }.contains { $0.elementsEqual(word) }
  }

  private static func compare(_ value: [UInt8], _ op: Selector.Operator, _ wanted: [UInt8]) -> Bool {
    switch op {
    case .exists: true
    case .equals: value == wanted
    case .word: hasWord(value[...], wanted)
    case .dash: value == wanted || value.starts(with: wanted + [0x2D])
    case .prefix: !wanted.isEmpty && value.starts(with: wanted)
    case .suffix: !wanted.isEmpty && value.reversed().starts(with: wanted.reversed())
    case .part: !wanted.isEmpty && value.firstRange(of: wanted) != nil
    }
  }

  private func holdsText(_ words: [UInt8], _ element: Int) -> Bool {
    (0..<blocks.count).contains { block in
      let own = Int(blocks.blockElements[block])
      guard own >= 0, elements.path(from: own).contains(element) else { return false }
      return String(decoding: blocks.bytes(block), as: UTF8.self).lowercased().utf8.firstRange(of: words) != nil
    }
  }
}
