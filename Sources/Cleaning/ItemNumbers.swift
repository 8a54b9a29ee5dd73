import Pages

extension Elements {
  /// By element: the number that an item of a numbered list bears (WHATWG HTML, section 4.4.8), -1 for all else.
  func itemNumbers() -> [Int] {
    let items = tags.indices.filter { tags[$0] == .li && parents[$0] >= 0 && tags[Int(parents[$0])] == .ol }
    var sizes: [Int: Int] = [:]
    for item in items { sizes[Int(parents[item]), default: 0] += 1 }
    var next: [Int: Int] = [:]
    var numbers = Array(repeating: -1, count: count)
    for item in items {
      let list = Int(parents[item])
      let isReversed = value(.reversed, of: list) != nil
      let number =
        itemNumber(.value, of: item) ?? next[list] ?? itemNumber(.start, of: list) ?? (isReversed ? sizes[list]! : 1)
      numbers[item] = number
      next[list] = isReversed ? max(0, number - 1) : number + 1
    }
    return numbers
  }

  /// What Markdown cannot say, which has neither negative numbers nor any of more than nine digits, does not count; less,
  /// so that there is room for the items that follow.
  private func itemNumber(_ name: AttributeName, of element: Int) -> Int? {
    number(name, of: element).flatMap { 0...99_999_999 ~= $0 ? $0 : nil }
  }
}
