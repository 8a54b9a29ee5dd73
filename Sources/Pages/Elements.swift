/// An attribute that Winnow keeps of an element.
public enum AttributeName: UInt8, Sendable, CaseIterable {
  case id, `class`, role, itemprop, itemtype, name, type, property, content, datetime, href, rel, action, style
  case hidden, title, lang, value, placeholder, ariaLabel, ariaHidden, dataTestid, dataComponent
  case colspan, rowspan, start, reversed

  /// The attribute of this spelling, nil where it is none that is kept.
  public static func named(_ spelling: String) -> AttributeName? { allCases.first { $0.spelling == spelling } }

  /// As in HTML.
  var spelling: String {
    switch self {
    case .ariaLabel: "aria-label"
    case .ariaHidden: "aria-hidden"
    case .dataTestid: "data-testid"
    case .dataComponent: "data-component"
    default: "\(self)"
    }
  }
}

/// The elements of a page in document order, one array a property: a tree without nodes.
public struct Elements: Sendable {
  /// Index of the parent; -1 for the root.
  public private(set) var parents: [Int32] = []
  /// `other` for a name that Winnow treats in no way of its own.
  public private(set) var tags: [Tag] = []
  /// Hidden by an attribute or a style of its own or of an ancestor.
  public private(set) var areHidden: [Bool] = []
  /// Where the element's text starts and ends in `Blocks.text`: UTF-8 offsets, half-open, as they stood when
  /// its tags came by, so there may be white space at either end.
  public private(set) var textStarts: [UInt32] = []
  /// Where it ends, as `textStarts` says.
  public private(set) var textEnds: [UInt32] = []
  private var attributeStarts: [UInt32] = []
  private var attributes: [Attribute] = []
  private var pool: [UInt8] = []
  /// By element, ascending.
  private var extras: [Extra] = []

  private struct Attribute: Sendable {
    var name: AttributeName
    var start: UInt32
    var count: UInt32
  }

  /// An attribute, or the name, of an element that the reader was asked to keep.
  private struct Extra: Sendable {
    var element: Int32
    var name: UInt16
    var start: UInt32
    var count: UInt32
  }

  /// How many elements there are; a parent's index is below those of its children.
  public var count: Int { tags.count }

  /// The value of an attribute in bytes as in the page, nil where the element lacks it.
  public func value(_ name: AttributeName, of element: Int) -> ArraySlice<UInt8>? {
    // By index: a slice of the attributes would be counted for each element.
    for i in range(of: element) where attributes[i].name == name {
      let attribute = attributes[i]
      return pool[Int(attribute.start)..<Int(attribute.start + attribute.count)]
    }
    return nil
  }
  /// The same as text, invalid bytes replaced. O(bytes).
  public func string(_ name: AttributeName, of element: Int) -> String? {
    value(name, of: element).map { String(decoding: $0, as: UTF8.self) }
  }
  /// The same as a whole number, nil where it does not start with one (WHATWG HTML, section 2.3.4.1).
  public func number(_ name: AttributeName, of element: Int) -> Int? {
    guard let value = value(name, of: element)?.drop(while: isSpace), let first = value.first else { return nil }
    let digits = value.dropFirst(first == 0x2B || first == 0x2D ? 1 : 0).prefix(while: isDigit)
    return Int(String(decoding: value[..<digits.endIndex], as: UTF8.self))
  }
  /// Calls `body` with every attribute kept of the page, in document order. The bytes are valid in
  /// the call only. One pass, for whoever would ask many elements for many attributes. O(attributes).
  public func forEachAttribute(
    _ body: (_ element: Int, _ name: AttributeName, _ value: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    pool.withUnsafeBufferPointer { pool in
      for element in 0..<count {
        for i in range(of: element) {
          let attribute = attributes[i]
          let start = Int(attribute.start)
          body(element, attribute.name, UnsafeBufferPointer(rebasing: pool[start..<(start + Int(attribute.count))]))
        }
      }
    }
  }
  /// The value of a name that `ExtraNames` numbers, nil where the element lacks it. O(log extras).
  package func extra(_ name: UInt16, of element: Int) -> ArraySlice<UInt8>? {
    let own = extras[extras.partitioningIndex { $0.element >= element }...].prefix { $0.element == element }
    return own.first { $0.name == name }.map { pool[Int($0.start)..<Int($0.start + $0.count)] }
  }
  /// As `forEachAttribute`, for what was asked for besides.
  package func forEachExtra(_ body: (_ element: Int, _ name: UInt16, _ value: UnsafeBufferPointer<UInt8>) -> Void) {
    pool.withUnsafeBufferPointer { pool in
      for extra in extras {
        let start = Int(extra.start)
        body(
          Int(extra.element), extra.name, UnsafeBufferPointer(rebasing: pool[start..<(start + Int(extra.count))]))
      }
    }
  }

  private func range(of element: Int) -> Range<Int> {
    let end = element + 1 < count ? Int(attributeStarts[element + 1]) : attributes.count
    return Int(attributeStarts[element])..<end
  }

  /// The element and its ancestors, innermost first.
  public func path(from element: Int) -> UnfoldFirstSequence<Int> {
    sequence(first: element) { parents[$0] >= 0 ? Int(parents[$0]) : nil }
  }
  /// The innermost of these tags at or above `element`.
  public func nearest(_ wanted: Tag..., from element: Int) -> Int? {
    var e = element
    while e >= 0 {
      if wanted.contains(tags[e]) { return e }
      e = Int(parents[e])
    }
    return nil
  }

  // MARK: Building

  mutating func append(_ tag: Tag, parent: Int, at textStart: Int) -> Int {
    parents.append(Int32(parent))
    tags.append(tag)
    areHidden.append(parent >= 0 && areHidden[parent])
    textStarts.append(UInt32(truncatingIfNeeded: textStart))
    textEnds.append(UInt32(truncatingIfNeeded: textStart))
    attributeStarts.append(UInt32(attributes.count))
    return tags.count - 1
  }
  /// Says where the texts stand in a text that was edited.
  mutating func moveText(_ move: (UInt32) -> UInt32) {
    textStarts = textStarts.map(move)
    textEnds = textEnds.map(move)
  }
  mutating func close(_ element: Int, at textEnd: Int) { textEnds[element] = UInt32(truncatingIfNeeded: textEnd) }
  mutating func set(_ name: AttributeName, _ value: UnsafeBufferPointer<UInt8>) {
    attributes.append(Attribute(name: name, start: UInt32(pool.count), count: UInt32(value.count)))
    pool.append(contentsOf: value)
    if Self.hides(name, value) { areHidden[count - 1] = true }
  }
  mutating func set(extra name: UInt16, _ value: UnsafeBufferPointer<UInt8>) {
    extras.append(
      Extra(element: Int32(count - 1), name: name, start: UInt32(pool.count), count: UInt32(value.count)))
    pool.append(contentsOf: value)
  }
  mutating func reserve() {
    parents.reserveCapacity(2048)
    tags.reserveCapacity(2048)
    areHidden.reserveCapacity(2048)
    textStarts.reserveCapacity(2048)
    textEnds.reserveCapacity(2048)
    attributeStarts.reserveCapacity(2048)
    attributes.reserveCapacity(4096)
    pool.reserveCapacity(1 << 16)
  }

  /// Whether a style declares `property: value`, in any case and spacing.
  static func declares(_ property: StaticString, _ value: StaticString, _ style: UnsafeBufferPointer<UInt8>)
    -> Bool
  {
    var i = 0
    func skipSpace() { while i < style.count, isSpace(style[i]) { i += 1 } }
    func skip(_ word: StaticString) -> Bool {
      guard i + word.utf8CodeUnitCount <= style.count else { return false }
      for k in 0..<word.utf8CodeUnitCount where lowercase(style[i + k]) != word.utf8Start[k] { return false }
      i += word.utf8CodeUnitCount
      return true
    }
    while i < style.count {
      skipSpace()
      if skip(property) {
        skipSpace()
        if skip(":") {
          skipSpace()
          if skip(value) { return true }
        }
      }
      while i < style.count, style[i] != 0x3B { i += 1 }
      i += 1
    }
    return false
  }

  private static func hides(_ name: AttributeName, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
    switch name {
    case .hidden: return true
    case .ariaHidden: return value.elementsEqual("true".utf8)
    case .style: return declares("display", "none", value) || declares("visibility", "hidden", value)
    default: return false
    }
  }
}

/// Finds the attributes to keep by their names.
struct AttributeTable: Sendable {
  static let shared = AttributeTable()
  private static let size = 128
  private var keys = [UInt64](repeating: 0, count: size)
  private var names = [AttributeName](repeating: .id, count: size)

  private init() {
    for name in AttributeName.allCases {
      let key = NameHash.of(name.spelling.utf8)
      var slot = Self.slot(key)
      while keys[slot] != 0 { slot = (slot + 1) % Self.size }
      keys[slot] = key
      names[slot] = name
    }
  }

  /// `name` in any case.
  func find(_ name: UnsafeBufferPointer<UInt8>) -> AttributeName? {
    // None that is kept is longer.
    if name.count > 16 { return nil }
    let key = NameHash.of(name)
    var slot = Self.slot(key)
    while keys[slot] != 0 {
      if keys[slot] == key { return names[slot] }
      slot = (slot + 1) % Self.size
    }
    return nil
  }
  private static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key >> 32) & (size - 1) }
}
