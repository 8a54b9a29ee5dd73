/// A scalar, list or mapping of a YAML file. What a scalar means is for whoever asks.
struct YAMLNode {
  private let tree: Tree
  private let index: Int

  /// Behind a reference: nodes are passed about.
  private final class Tree {
    let tree: YAMLTree
    init(_ tree: YAMLTree) { self.tree = tree }
  }

  /// The root of a file; nil where it has none.
  init?(_ tree: YAMLTree) {
    if tree.entries.isEmpty { return nil }
    self.init(Tree(tree), 0)
  }
  private init(_ tree: Tree, _ index: Int) {
    self.tree = tree
    let entry = tree.tree.entries[index]
    self.index = entry.kind == .alias ? Int(entry.start) : index
  }
  private var entry: YAMLTree.Entry { tree.tree.entries[index] }

  /// From 1.
  var line: Int { Int(entry.line) }
  var column: Int { Int(entry.column) }

  /// The text of a scalar; nil for others.
  var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
  var bytes: ArraySlice<UInt8>? {
    let entry = entry
    return entry.kind == .list || entry.kind == .mapping ? nil : tree.tree.text[Int(entry.start)..<Int(entry.end)]
  }
  /// A scalar without quotes.
  var isPlain: Bool { entry.kind == .plain }
  /// A block of text behind `>`.
  var isFolded: Bool { entry.kind == .folded }

  var int: Int? { string.flatMap { Int($0) } }
  var float: Double? { isPlain ? string.flatMap { $0 == ".inf" ? .infinity : Double($0) } : nil }
  var bool: Bool? {
    switch isPlain ? string?.lowercased() : nil {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  /// What is in a list; nil for others.
  var list: [YAMLNode]? {
    guard entry.kind == .list else { return nil }
    var list: [YAMLNode] = []
    var at = index + 1
    while at < entry.next {
      list.append(YAMLNode(tree, at))
      at = behind(at)
    }
    return list
  }
  /// The keys and values of a mapping; nil for others.
  var pairs: [(key: YAMLNode, value: YAMLNode)]? {
    guard entry.kind == .mapping else { return nil }
    var pairs: [(key: YAMLNode, value: YAMLNode)] = []
    var at = index + 1
    while at < entry.next {
      let value = behind(at)
      pairs.append((YAMLNode(tree, at), YAMLNode(tree, value)))
      at = behind(value)
    }
    return pairs
  }
  private func behind(_ index: Int) -> Int { Int(tree.tree.entries[index].next) }
  /// Whether it is a list or mapping of nothing.
  var isEmpty: Bool { bytes == nil && entry.next == index + 1 }
}
