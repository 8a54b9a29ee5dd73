import Language

/// A boosted forest of decision trees, read from a model file.
///
/// The file, little-endian, as `Tools/train/forest.py` writes it: "WNFM", a version, the number of
/// features, the FNV-1a hash of their names, the number of classes (1 for a probability), the number of
/// trees; then for each tree the number of its nodes and its depth, and for each node its feature, its
/// two children, its threshold and its value. Trees of class c are those whose index is c modulo the
/// number of classes.
package struct Forest: Sendable {
  static let version: UInt32 = 1

  struct Node {
    /// Above it, a value goes to the right.
    var threshold: Float
    var feature: Int
    /// Where to go in the tree; a leaf leads to itself.
    var left: Int, right: Int
    /// What a leaf adds, or the mean of what the leaves below it add.
    var value: Float
    var isLeaf: Bool { left == right }
  }
  /// The trees that explanations ask.
  private var trees: [[Node]] = []
  /// The first trees and the others, as scores are made.
  private let first: TreeConditions, others: TreeConditions
  package let classCount: Int
  let featureCount: Int

  /// Nil where the bytes are no model, or one for other features.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, features: [String]) {
    var reader = ModelReader(bytes)
    self.init(&reader, features: features)
  }

  /// The forest that comes next in a file.
  package init?(_ reader: inout ModelReader, features: [String]) {
    guard reader.magic() == "WNFM", reader.next(UInt32.self) == Self.version,
      let width = reader.next(UInt32.self), Int(width) == features.count,
      reader.next(UInt64.self) == Self.hash(of: features),
      let classes = reader.next(UInt32.self), classes > 0, let treeCount = reader.next(UInt32.self)
    else { return nil }
    classCount = Int(classes)
    featureCount = features.count
    var trees: [[Node]] = []
    for _ in 0..<treeCount {
      guard let tree = Self.tree(&reader, width: featureCount) else { return nil }
      trees.append(tree)
    }
    // Only sums of one class are decided early.
    let firstCount = classCount == 1 ? Self.firstTrees : trees.count
    guard let first = TreeConditions(Array(trees.prefix(firstCount))),
      let others = TreeConditions(Array(trees.dropFirst(firstCount)))
    else { return nil }
    (self.first, self.others) = (first, others)
    self.trees = Array(trees.prefix(Self.explainingTrees * classCount))
  }

  /// The next tree of a file; nil where a child does not stand behind its parent.
  private static func tree(_ reader: inout ModelReader, width: Int) -> [Node]? {
    guard let count = reader.next(UInt16.self), count > 0, reader.next(UInt16.self) != nil else { return nil }
    var nodes: [Node] = []
    nodes.reserveCapacity(Int(count))
    for index in 0..<Int(count) {
      guard let feature = reader.next(UInt16.self), feature < width, let left = reader.next(UInt8.self),
        let right = reader.next(UInt8.self), let threshold = reader.next(Float.self),
        let value = reader.next(Float.self), left < count, right < count
      else { return nil }
      let isLeaf = left == index
      guard isLeaf ? right == index : index < left && left < right else { return nil }
      nodes.append(
        Node(
          threshold: threshold, feature: Int(feature), left: Int(left), right: Int(right), value: value)
      )
    }
    return nodes
  }

  package static func hash(of names: [String]) -> UInt64 {
    names.reduce(TextHash.start) { hash, name in TextHash.of(Array(name.utf8) + [0x0A], from: hash) }
  }

  /// A row whose sum is this far from 0 after the first trees is decided: menus and paragraphs of an article, which are
  /// most of a page, need no more of them.
  static let decided: Float = 2.5
  static let firstTrees = 60

  /// Adds the trees' sums for `count` rows of `featureCount` values to `sums`, `classCount` a row. Where the
  /// sums are log-odds, rows that are `decided` after `firstTrees` may keep what these say.
  package func add(
    _ rows: UnsafePointer<Float>, count: Int, to sums: UnsafeMutablePointer<Float>, stoppingEarly: Bool = false
  ) {
    let batch = RowBatch(rows: rows, width: featureCount, sums: sums, classes: classCount)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: count) { open in
      for row in 0..<count { open[row] = row }
      first.add(batch, UnsafeBufferPointer(open))
      guard others.treeCount > 0 else { return }
      var left = 0
      for row in 0..<count where !stoppingEarly || abs(sums[row]) < Self.decided {
        open[left] = row
        left += 1
      }
      others.add(batch, UnsafeBufferPointer(rebasing: open[..<left]))
    }
  }

  /// The first trees of a class weigh most; an explanation leaves the others out.
  private static let explainingTrees = 24

  /// What each feature of one row added to the sum of class `target`, by the differences of the nodes'
  /// means along the row's path (A. Saabas, 2014). Not zero for the features on the path only.
  func contributions(_ row: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>, of target: Int = 0) {
    sums.initialize(repeating: 0, count: featureCount)
    for index in stride(from: target, to: trees.count, by: classCount) {
      trees[index].withUnsafeBufferPointer { nodes in
        var at = 0
        while !nodes[at].isLeaf {
          let node = nodes[at]
          at = row[node.feature] <= node.threshold ? node.left : node.right
          sums[node.feature] += nodes[at].value - node.value
        }
      }
    }
  }
}

/// Reads little-endian values one after the other.
package struct ModelReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0

  package var isAtEnd: Bool { offset == bytes.count }

  package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func magic() -> String? {
    guard offset + 4 <= bytes.count else { return nil }
    defer { offset += 4 }
    return String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
  }
  package mutating func next<T: BitwiseCopyable>(_: T.Type) -> T? {
    let size = MemoryLayout<T>.size
    guard offset + size <= bytes.count else { return nil }
    defer { offset += size }
    return UnsafeRawPointer(bytes.baseAddress!).loadUnaligned(fromByteOffset: offset, as: T.self)
  }
}
