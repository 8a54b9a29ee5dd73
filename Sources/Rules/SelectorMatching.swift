import Pages

/// Holds selectors against the elements of one page. Keeps what it worked out about the page.
final class SelectorMatcher {
  private let blocks: Blocks
  private let elements: Elements
  /// What may be spent on a page for selectors that look around; beyond it they do not hold.
  private var budget = 4_000_000

  init(_ blocks: Blocks) {
    self.blocks = blocks
    elements = blocks.elements
  }

  private func matchesAny(_ alternatives: [Selector.Complex], _ element: Int) -> Bool {
    alternatives.contains { matches($0, element) }
  }

  /// Where the leftmost compound must stand, in `:has()`.
  private struct Scope {
    var element: Int
    var lead: Selector.Combinator
  }

  func holds(_ compound: Selector.Compound, _ element: Int) -> Bool {
    compound.tests.allSatisfy { holds($0, element) }
  }

  func matches(_ complex: Selector.Complex, _ element: Int) -> Bool { matches(complex, from: 0, element, nil) }

  /// Whether `element` satisfies the compounds from the one at `index` leftwards.
  private func matches(_ complex: Selector.Complex, from index: Int, _ element: Int, _ scope: Scope?) -> Bool {
    for test in complex.compounds[index].tests where !holds(test, element) { return false }
    guard index < complex.combinators.count else { return scope.map { leads(from: $0, to: element) } ?? true }
    let parent = Int(elements.parents[element])
    switch complex.combinators[index] {
    case .child: return parent >= 0 && matches(complex, from: index + 1, parent, scope)
    case .descendant:
      var ancestor = parent
      while ancestor >= 0, spend() {
        if matches(complex, from: index + 1, ancestor, scope) { return true }
        ancestor = Int(elements.parents[ancestor])
      }
      return false
    case .next:
      let before = Int(family.previous[element])
      return before >= 0 && matches(complex, from: index + 1, before, scope)
    case .later:
      var before = Int(family.previous[element])
      while before >= 0, spend() {
        if matches(complex, from: index + 1, before, scope) { return true }
        before = Int(family.previous[before])
      }
      return false
    }
  }

  private func leads(from scope: Scope, to element: Int) -> Bool {
    switch scope.lead {
    case .child: return Int(elements.parents[element]) == scope.element
    case .descendant: return elements.path(from: element).dropFirst().contains(scope.element)
    case .next: return Int(family.previous[element]) == scope.element
    case .later: return element > scope.element && elements.parents[element] == elements.parents[scope.element]
    }
  }

  private func spend() -> Bool {
    budget -= 1
    return budget > 0
  }

  // MARK: Siblings

  /// By element, worked out where a selector first asks.
  private struct Family {
    /// -1 for none.
    var previous: [Int32]
    var isLast: [Bool]
    var ordinals: [Int32]

    init(_ elements: Elements) {
      previous = [Int32](repeating: -1, count: elements.count)
      isLast = [Bool](repeating: true, count: elements.count)
      ordinals = [Int32](repeating: 1, count: elements.count)
      var lastChild = [Int32](repeating: -1, count: elements.count + 1)
      for element in 0..<elements.count {
        let parent = Int(elements.parents[element]) + 1
        let before = lastChild[parent]
        lastChild[parent] = Int32(element)
        guard before >= 0 else { continue }
        previous[element] = before
        isLast[Int(before)] = false
        ordinals[element] = ordinals[Int(before)] + 1
      }
    }
  }
  private lazy var family = Family(elements)

  private func ordinal(_ element: Int, ofType: Bool) -> Int {
    guard ofType else { return Int(family.ordinals[element]) }
    var count = 1
    var before = Int(family.previous[element])
    while before >= 0, spend() {
      if elements.tags[before] == elements.tags[element] { count += 1 }
      before = Int(family.previous[before])
    }
    return count
  }

  private func isLast(_ element: Int, ofType: Bool) -> Bool {
    if family.isLast[element] || !ofType { return family.isLast[element] }
    var other = element + 1
    while other < elements.count, elements.parents[other] >= elements.parents[element], spend() {
      if elements.parents[other] == elements.parents[element], elements.tags[other] == elements.tags[element] {
        return false
      }
      other += 1
    }
    return true
  }

  // MARK: Tests

  private func holds(_ test: Selector.Test, _ element: Int) -> Bool {
    switch test {
    case .tag(let tag): return elements.tags[element] == tag
    case .id(let id): return elements.value(.id, of: element).map { $0.elementsEqual(id) } ?? false
    case .class(let name):
      return elements.value(.class, of: element).map { Self.hasWord($0, name) } ?? false
    case .attribute(let attribute, let op, let wanted, let ignoresCase):
      return Self.compare(elements.value(attribute, of: element), op, wanted, ignoresCase)
    case .extra(let number, let op, let wanted, let ignoresCase):
      return Self.compare(elements.extra(number, of: element), op, wanted, ignoresCase)
    case .any(let alternatives): return matchesAny(alternatives, element)
    case .not(let alternatives): return !matchesAny(alternatives, element)
    case .has(let relatives): return relatives.contains { has($0, element) }
    case .nth(let step, let offset, let ofType):
      let beyond = ordinal(element, ofType: ofType) - offset
      return step == 0 ? beyond == 0 : beyond % step == 0 && beyond / step >= 0
    case .last(let ofType): return isLast(element, ofType: ofType)
    case .text(let words): return holdsText(words, element)
    }
  }

  private func has(_ relative: Selector.Relative, _ element: Int) -> Bool {
    let scope = Scope(element: element, lead: relative.lead)
    let isInside = relative.lead == .child || relative.lead == .descendant
    let top = isInside ? Int32(element) : elements.parents[element]
    // Elements are in document order: those inside one follow it, and none of them has a parent before it.
    var other = element + 1
    while other < elements.count, elements.parents[other] >= top, spend() {
      if matches(relative.complex, from: 0, other, scope) { return true }
      other += 1
    }
    return false
  }

  private static func lower(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
  }

  private static func hasWord(_ value: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
    value.withUnsafeBufferPointer { value in
      var i = 0
      while i < value.count {
        while i < value.count, isSpace(value[i]) { i += 1 }
        let start = i
        while i < value.count, !isSpace(value[i]) { i += 1 }
        if i - start == word.count, i > start, value[start..<i].elementsEqual(word) { return true }
      }
      return false
    }
  }
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

  private static func compare(
    _ value: ArraySlice<UInt8>?, _ op: Selector.Operator, _ wanted: [UInt8], _ ignoresCase: Bool
  ) -> Bool {
    guard let value else { return false }
    return ignoresCase ? compare(lower(value)[...], op, lower(wanted)) : compare(value, op, wanted)
  }

  private static func compare(_ value: ArraySlice<UInt8>, _ op: Selector.Operator, _ wanted: [UInt8]) -> Bool {
    switch op {
    case .exists: true
    case .equals: value.elementsEqual(wanted)
    case .word: hasWord(value, wanted)
    case .dash:
      value.starts(with: wanted) && (value.count == wanted.count || value.dropFirst(wanted.count).first == 0x2D)
    case .prefix: !wanted.isEmpty && value.starts(with: wanted)
    case .suffix: !wanted.isEmpty && value.suffix(wanted.count).elementsEqual(wanted)
    case .part: !wanted.isEmpty && value.firstRange(of: wanted) != nil
    }
  }

  private func holdsText(_ words: [UInt8], _ element: Int) -> Bool {
    let range = Int(elements.textStarts[element])..<min(Int(elements.textEnds[element]), blocks.text.count)
    guard range.count >= words.count else { return false }
    budget -= range.count
    guard budget > 0 else { return false }
    let text = blocks.text[range]
    if words.allSatisfy({ $0 < 0x80 }) { return Self.lower(text).firstRange(of: words) != nil }
    return String(decoding: text, as: UTF8.self).lowercased().utf8.firstRange(of: words) != nil
  }
}
