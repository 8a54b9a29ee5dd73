import Language
import Pages

/// Finds which elements of a page satisfy which of many selectors.
///
/// A selector is filed under something that every match needs: an id, a class, four bytes of an
/// attribute's value, or an attribute. Where that is the element's own, the element is compared; where it
/// is another's, the selector is tried on all elements of a page that has it. Cost: one pass over the
/// page's attributes, whatever the number of selectors.
struct SelectorIndex: Sendable {
  private var selectors: [Selector] = []
  private var filed: [UInt64: [Entry]] = [:]
  /// Bloom filters over the keys of `filed`, one for those of values' parts, one for the others: most of
  /// what stands on a page is in neither.
  private var grams = [UInt64](repeating: 0, count: 1024)
  private var bits = [UInt64](repeating: 0, count: 4096)
  /// Selectors that need nothing of the kind.
  private var others: [Entry] = []
  /// Attributes of which values are looked into, and of which the presence is looked for.
  private var valued: UInt64 = 0
  private var present: UInt64 = 0

  /// One of a selector's alternatives.
  private struct Entry: Sendable {
    var selector: Int32
    var alternative: Int32
    /// For a key of another element: what that must satisfy, by number; -1 for a key of the element itself.
    var anchor: Int32
  }
  private var anchors: [Selector.Compound] = []

  var isEmpty: Bool { selectors.isEmpty }

  /// Returns the selector's number.
  mutating func add(_ selector: Selector) -> Int32 {
    let number = Int32(selectors.count)
    selectors.append(selector)
    for (alternative, complex) in selector.alternatives.enumerated() { file(complex, number, Int32(alternative)) }
    return number
  }

  private mutating func file(_ complex: Selector.Complex, _ number: Int32, _ alternative: Int32) {
    let own = key(of: complex.compounds[0])
    var entry = Entry(selector: number, alternative: alternative, anchor: -1)
    guard let key = own ?? keyElsewhere(complex) else { return others.append(entry) }
    if own == nil { entry.anchor = Int32(anchors.count - 1) }
    if key & 1 == 1 {
      grams[Int(key >> 7 & 1023)] |= 1 << (key >> 1 & 63)
    } else {
      bits[Int(key >> 7 & 4095)] |= 1 << (key >> 1 & 63)
    }
    filed[key, default: []].append(entry)
  }

  /// The key of another element than the one looked for; what it must satisfy becomes the last anchor.
  private mutating func keyElsewhere(_ complex: Selector.Complex) -> UInt64? {
    for compound in complex.compounds.dropFirst() {
      guard let key = key(of: compound) else { continue }
      anchors.append(compound)
      return key
    }
    return innerKey(complex)
  }

  /// The key of what stands alone inside `:has()` or `:is()`.
  private mutating func innerKey(_ complex: Selector.Complex) -> UInt64? {
    for test in complex.compounds.flatMap(\.tests) {
      let inner: Selector.Complex
      switch test {
      case .has(let relatives) where relatives.count == 1: inner = relatives[0].complex
      case .any(let alternatives) where alternatives.count == 1: inner = alternatives[0]
      default: continue
      }
      for compound in inner.compounds {
        guard let key = key(of: compound) else { continue }
        anchors.append(compound)
        return key
      }
      if let key = innerKey(inner) { return key }
    }
    return nil
  }

  // MARK: Keys

  @inline(__always)
  private static func hash(_ kind: UInt8, _ bytes: some Sequence<UInt8>) -> UInt64 {
    mix(TextHash.of(bytes, from: TextHash.add(kind, to: TextHash.start))) & ~1
  }
  @inline(__always)
  private static func gram(_ bytes: UInt32) -> UInt64 { UInt64(bytes) &* 0x9E37_79B9_7F4A_7C15 >> 8 | 1 }
  @inline(__always)
  private static func presence(_ name: AttributeName) -> UInt64 { hash(4, [name.rawValue]) }
  private static func presence(_ extra: UInt16) -> UInt64 { hash(5, [UInt8(extra >> 8), UInt8(extra & 255)]) }
  /// Spreads the upper bits to where the Bloom filter looks.
  @inline(__always)
  private static func mix(_ hash: UInt64) -> UInt64 { (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15 >> 8 }

  /// What an element needs to satisfy the compound, the rarest kind first.
  private mutating func key(of compound: Selector.Compound) -> UInt64? {
    for case .id(let id) in compound.tests { return Self.hash(1, id) }
    for case .class(let name) in compound.tests { return Self.hash(2, name) }
    for test in compound.tests {
      switch test {
      case .attribute(let name, let op, let value, _) where op != .exists && value.count >= 4:
        valued |= 1 << UInt64(name.rawValue)
        return rarest(value)
      case .extra(_, let op, let value, _) where op != .exists && value.count >= 4: return rarest(value)
      default: continue
      }
    }
    for test in compound.tests {
      switch test {
      case .extra(let number, _, _, _): return Self.presence(number)
      case .attribute(let name, _, _, _):
        present |= 1 << UInt64(name.rawValue)
        return Self.presence(name)
      default: continue
      }
    }
    return nil
  }

  /// The four bytes of a value under which the fewest selectors are filed.
  private func rarest(_ value: [UInt8]) -> UInt64 {
    var best: (key: UInt64, load: Int)?
    for i in (0...value.count - 4).reversed() {
      let gram = value[i..<i + 4].reduce(UInt32(0)) { $0 << 8 | UInt32(Self.lower($1)) }
      let key = Self.gram(gram)
      let load = (filed[key]?.count ?? 0) + (Self.common.contains(gram) ? 1000 : 0)
      if load < best?.load ?? .max { best = (key, load) }
      if load == 0 { break }
    }
    return best!.key
  }
  /// Addresses are full of these.
  private static let common = Set(
    ["http", "ttps", "tps:", "ps:/", "s://", "://w", "//ww", "/www", "www.", "ww.", "com/", ".com", ".htm", "html"].map
    {
      $0.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    })
  @inline(__always)
  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  // MARK: Finding

  struct Hit: Sendable, Equatable {
    var element: Int32
    var selector: Int32
  }

  /// By element, then by selector; each pair once.
  func hits(_ blocks: Blocks) -> [Hit] {
    let elements = blocks.elements
    guard !isEmpty, elements.count > 0 else { return [] }
    let matcher = SelectorMatcher(blocks)
    var hits: [Hit] = []
    var elsewhere: Set<UInt64> = []
    func look(_ key: UInt64, _ element: Int) {
      guard bits[Int(key >> 7 & 4095)] >> (key >> 1 & 63) & 1 == 1 else { return }
      tryEntries(key, element)
    }
    func lookForPart(_ key: UInt64, _ element: Int) {
      guard grams[Int(key >> 7 & 1023)] >> (key >> 1 & 63) & 1 == 1 else { return }
      tryEntries(key, element)
    }
    func tryEntries(_ key: UInt64, _ element: Int) {
      guard let entries = filed[key] else { return }
      for entry in entries {
        if entry.anchor >= 0 {
          if matcher.holds(anchors[Int(entry.anchor)], element) {
            elsewhere.insert(UInt64(entry.selector) << 32 | UInt64(entry.alternative))
          }
        } else if matcher.matches(complex(entry.selector, entry.alternative), element) {
          hits.append(Hit(element: Int32(element), selector: entry.selector))
        }
      }
    }
    elements.forEachAttribute { element, name, value in
      switch name {
      case .id: look(Self.hash(1, value), element)
      case .class: Self.forEachWord(value) { look(Self.hash(2, $0), element) }
      default: break
      }
      if valued >> UInt64(name.rawValue) & 1 == 1 { Self.forEachGram(value) { lookForPart($0, element) } }
      if present >> UInt64(name.rawValue) & 1 == 1 { look(Self.presence(name), element) }
    }
    elements.forEachExtra { element, name, value in
      look(Self.presence(name), element)
      Self.forEachGram(value) { lookForPart($0, element) }
    }
    for entry in others { elsewhere.insert(UInt64(entry.selector) << 32 | UInt64(entry.alternative)) }
    for key in elsewhere.sorted() {
      hits += tryEverywhere(Int32(key >> 32), Int32(key & 0xFFFF_FFFF), matcher, elements)
    }
    hits.sort { ($0.element, $0.selector) < ($1.element, $1.selector) }
    return hits.enumerated().filter { $0.offset == 0 || hits[$0.offset - 1] != $0.element }.map(\.element)
  }

  private func tryEverywhere(
    _ selector: Int32, _ alternative: Int32, _ matcher: SelectorMatcher, _ elements: Elements
  ) -> [Hit] {
    let complex = complex(selector, alternative)
    let tag = complex.compounds[0].tag
    return elements.tags.indices.filter { element in
      (tag == nil || elements.tags[element] == tag) && matcher.matches(complex, element)
    }.map { Hit(element: Int32($0), selector: selector) }
  }

  private func complex(_ selector: Int32, _ alternative: Int32) -> Selector.Complex {
    selectors[Int(selector)].alternatives[Int(alternative)]
  }

  private static func forEachWord(_ value: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var i = 0
    while i < value.count {
      while i < value.count, value[i] <= 0x20 { i += 1 }
      let start = i
      while i < value.count, value[i] > 0x20 { i += 1 }
      if i > start { body(UnsafeBufferPointer(rebasing: value[start..<i])) }
    }
  }

  private static func forEachGram(_ value: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) {
    guard value.count >= 4 else { return }
    var gram: UInt32 = 0
    for i in 0..<value.count {
      gram = gram << 8 | UInt32(lower(value[i]))
      if i >= 3 { body(Self.gram(gram)) }
    }
  }

  // MARK: Marks

  /// By element: the selectors that it or an ancestor of it satisfies, as an index into `sets`.
  struct Marks {
    var setOfElement: [Int32] = []
    var sets: [Set<Int32>] = [[]]

    func contains(_ selector: Int32, at element: Int) -> Bool {
      element >= 0 && element < setOfElement.count && sets[Int(setOfElement[element])].contains(selector)
    }
  }

  func marks(_ blocks: Blocks) -> Marks {
    let hits = hits(blocks)
    var marks = Marks()
    guard !hits.isEmpty else { return marks }
    let elements = blocks.elements
    marks.setOfElement.reserveCapacity(elements.count)
    var next = 0
    for element in 0..<elements.count {
      let parent = Int(elements.parents[element])
      let inherited = parent >= 0 ? marks.setOfElement[parent] : 0
      var own: Set<Int32> = []
      while next < hits.count, hits[next].element == element {
        own.insert(hits[next].selector)
        next += 1
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
}
