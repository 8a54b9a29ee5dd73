/// Many lists in one array.
struct Lists<Element: Sendable>: Sendable {
  fileprivate(set) var elements: [Element] = []
  fileprivate var starts: [Int32] = [0]

  func range(_ list: Int) -> Range<Int> { Int(starts[list])..<Int(starts[list + 1]) }
  func isEmpty(_ list: Int) -> Bool { starts[list] == starts[list + 1] }
  subscript(_ index: Int) -> Element { elements[index] }
}

/// Lists in the making, without an array for each.
struct ListBuilder<Element: Sendable> {
  private var elements: [(value: Element, list: Int32, before: Int32)] = []
  /// By list its last element, -1 for none.
  private var ends: [Int32] = []

  var count: Int { ends.count }
  mutating func addList() { ends.append(-1) }
  mutating func append(_ value: Element, to list: Int32) {
    elements.append((value, list, ends[Int(list)]))
    ends[Int(list)] = Int32(elements.count - 1)
  }
  func last(in list: Int32) -> Element? { ends[Int(list)] < 0 ? nil : elements[Int(ends[Int(list)])].value }
  func find(in list: Int32, where isWanted: (Element) -> Bool) -> Element? {
    var index = ends[Int(list)]
    while index >= 0 {
      let element = elements[Int(index)]
      if isWanted(element.value) { return element.value }
      index = element.before
    }
    return nil
  }

  /// The lists, or what is wanted of them.
  func lists(_ isWanted: (Element) -> Bool = { _ in true }) -> Lists<Element> {
    var lists = Lists<Element>()
    lists.starts = Array(repeating: 0, count: count + 1)
    let elements = elements.filter { isWanted($0.value) }
    for element in elements { lists.starts[Int(element.list) + 1] += 1 }
    for list in 0..<count { lists.starts[list + 1] += lists.starts[list] }
    var next = lists.starts
    var order = [Int32](repeating: 0, count: elements.count)
    for (index, element) in elements.enumerated() {
      order[Int(next[Int(element.list)])] = Int32(index)
      next[Int(element.list)] += 1
    }
    lists.elements = order.map { elements[Int($0)].value }
    return lists
  }
}
