import Pages

/// A list item or quote around a line of Markdown.
struct MarkdownContainer {
  /// -1 for whichever item is open in the list.
  var element: Int
  /// The list of an item, -1 for a quote or an item outside lists.
  var list = -1
  /// What stands before its first line, and before all others.
  var opening: [UInt8]
  var continuation: [UInt8]
  var isQuote: Bool { opening.first == 0x3E }
  /// Right behind a list of its kind a list takes the other one of two markers, else both were one list.
  var hasOtherMarker = false
}

/// Finds the list items and quotes around what is written, and how one line follows another in them.
struct MarkdownContainers {
  private let elements: Elements
  /// By element, as `itemNumbers` says.
  private let numbers: [Int]
  private(set) var open: [MarkdownContainer] = []
  /// By element, as `withinDeepestContainer` says.
  private let shallow: [Int32]

  init(_ elements: Elements) {
    self.elements = elements
    shallow = elements.withinDeepestContainer()
    numbers = elements.itemNumbers()
  }

  /// How a line starts.
  struct Start {
    /// Between the line before and this one; nil where they stand together.
    var emptyLine: [UInt8]?
    var markers: [UInt8]
  }

  /// Goes on to what stands in `element`, behind what stood in the one before.
  mutating func move(to element: Int) -> Start {
    let before = open
    open = resolve(around(element))
    var shared = 0
    while shared < open.count, shared < before.count, open[shared].element == before[shared].element { shared += 1 }
    for i in 0..<shared { open[i] = before[i] }
    let common = Self.continuation(open[..<shared])
    let isTight = isTight(shared, before)
    if shared < open.count, !open[shared].isQuote, shared < before.count, !before[shared].isQuote {
      let isSameList = before[shared].list == open[shared].list
      let areAlike = (numbers[before[shared].element] < 0) == (numbers[open[shared].element] < 0)
      if areAlike, before[shared].hasOtherMarker == isSameList { useOtherMarker(shared) }
    }
    return Start(
      emptyLine: isTight ? nil : Self.withoutSpaces(common) + [0x0A],
      markers: common + Array(open[shared...].map(\.opening).joined()))
  }

  /// What stands before the further lines of what was moved to last.
  var continuation: [UInt8] { Self.continuation(open[...]) }

  /// What stands before a line without text.
  static func withoutSpaces(_ continuation: [UInt8]) -> [UInt8] {
    Array(continuation[..<(continuation.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? 0)])
  }

  private static func continuation(_ containers: ArraySlice<MarkdownContainer>) -> [UInt8] {
    Array(containers.map(\.continuation).joined())
  }

  /// An item stands right below another one of its list, and a list below the text of the item it stands in. A list that
  /// does not start with one could not.
  private func isTight(_ shared: Int, _ before: [MarkdownContainer]) -> Bool {
    guard shared < open.count, !open[shared].isQuote else { return false }
    if shared < before.count { return !before[shared].isQuote && before[shared].list == open[shared].list }
    return shared > 0 && !open[shared - 1].isQuote && [-1, 1].contains(numbers[open[shared].element])
  }

  private mutating func useOtherMarker(_ index: Int) {
    open[index].hasOtherMarker = true
    let marker = open[index].opening.count - 2
    open[index].opening[marker] = open[index].opening[marker] == 0x2D ? 0x2A : 0x29
  }

  /// Outermost first.
  private func around(_ element: Int) -> [MarkdownContainer] {
    guard element >= 0 else { return [] }
    var result: [MarkdownContainer] = []
    var item: Int?
    func endItem(_ list: Int) {
      guard let ended = item else { return }
      let marker = Array((numbers[ended] >= 0 ? "\(numbers[ended]). " : "- ").utf8)
      let spaces = Array(repeating: UInt8(0x20), count: marker.count)
      result.append(MarkdownContainer(element: ended, list: list, opening: marker, continuation: spaces))
      item = nil
    }
    for ancestor in elements.path(from: Int(shallow[element])) {
      switch elements.tags[ancestor] {
      case .li:
        endItem(-1)
        item = ancestor
      case .ul, .ol:
        if item == nil { result.append(MarkdownContainer(element: -1, list: ancestor, opening: [], continuation: [])) }
        endItem(ancestor)
      case .blockquote:
        endItem(-1)
        let marker = Array("> ".utf8)
        result.append(MarkdownContainer(element: ancestor, opening: marker, continuation: marker))
      default: break
      }
    }
    endItem(-1)
    return result.reversed()
  }

  /// A list right in a list goes on with the item before it; where there is none, the outer list says nothing.
  private func resolve(_ wanted: [MarkdownContainer]) -> [MarkdownContainer] {
    var result: [MarkdownContainer] = []
    var isShared = true
    for container in wanted {
      let index = result.count
      let isHere = isShared && index < open.count
      if container.element >= 0 {
        isShared = isHere && open[index].element == container.element
        result.append(container)
      } else if isHere, open[index].list == container.list {
        result.append(open[index])
      }
    }
    return result
  }
}
