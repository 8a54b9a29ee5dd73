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

  private struct Node {
    var threshold: Float
    var feature: UInt16
    /// Where to go for a value up to the threshold, and above it; a leaf leads to itself.
    var left: UInt8, right: UInt8
  }
  private struct Tree {
    var first: Int32
    var depth: Int32
  }
  private var nodes: [Node] = []
  /// By node: what a leaf adds, or the mean of what the leaves below it add.
  private var values: [Float] = []
  private var trees: [Tree] = []
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
    for _ in 0..<treeCount {
      guard let nodeCount = reader.next(UInt16.self), nodeCount <= 255, let depth = reader.next(UInt16.self) else {
        return nil
      }
      trees.append(Tree(first: Int32(nodes.count), depth: Int32(depth)))
      for _ in 0..<nodeCount {
        guard let feature = reader.next(UInt16.self), feature < width, let left = reader.next(UInt8.self),
          let right = reader.next(UInt8.self), let threshold = reader.next(Float.self),
          let value = reader.next(Float.self), left < nodeCount, right < nodeCount
        else { return nil }
        nodes.append(Node(threshold: threshold, feature: feature, left: left, right: right))
        values.append(value)
      }
    }
  }

  package static func hash(of names: [String]) -> UInt64 {
    names.reduce(TextHash.start) { hash, name in TextHash.of(Array(name.utf8) + [0x0A], from: hash) }
  }

  /// Rows that are judged together: the trees' paths are independent, so that the processor follows
  /// several at once.
  static let batch = 4

  /// A row whose sum is this far from 0 after the first trees is decided: menus and paragraphs of an article, which are
  /// most of a page, need no more of them.
  static let decided: Float = 2.5
  static let firstTrees = 60

  /// Adds the trees' sums for `count` rows of `featureCount` values to `sums`, `classCount` a row. Where the
  /// sums are log-odds, rows that are `decided` after `firstTrees` may keep what these say.
  package func add(
    _ rows: UnsafePointer<Float>, count: Int, to sums: UnsafeMutablePointer<Float>, stoppingEarly: Bool = false
  ) {
    let first = stoppingEarly ? min(Self.firstTrees, trees.count) : trees.count
    var open = InlineArray<4, Int>(repeating: 0)
    var openCount = 0
    var row = 0
    while row < count {
      let size = min(Self.batch, count - row)
      for i in 0..<4 { open[i] = row + min(i, size - 1) }
      addBatch(rows, open, size, 0..<first, sums)
      row += size
    }
    guard first < trees.count else { return }
    for row in 0..<count where abs(sums[row]) < Self.decided {
      open[openCount] = row
      openCount += 1
      if openCount == Self.batch {
        addBatch(rows, open, openCount, first..<trees.count, sums)
        openCount = 0
      }
    }
    guard openCount > 0 else { return }
    for i in openCount..<Self.batch { open[i] = open[openCount - 1] }
    addBatch(rows, open, openCount, first..<trees.count, sums)
  }

  /// Four rows at once; a short batch reads its last row again.
  private func addBatch(
    _ rows: UnsafePointer<Float>, _ indices: InlineArray<4, Int>, _ count: Int, _ range: Range<Int>,
    _ sums: UnsafeMutablePointer<Float>
  ) {
    nodes.withUnsafeBufferPointer { nodes in
      values.withUnsafeBufferPointer { values in
        trees.withUnsafeBufferPointer { trees in
          addBatch(rows, indices, count, UnsafeBufferPointer(rebasing: trees[range]), sums, nodes, values)
        }
      }
    }
  }

  @inline(__always)
  private func addBatch(
    _ rows: UnsafePointer<Float>, _ indices: InlineArray<4, Int>, _ count: Int,
    _ trees: UnsafeBufferPointer<Tree>, _ sums: UnsafeMutablePointer<Float>,
    _ nodes: UnsafeBufferPointer<Node>, _ values: UnsafeBufferPointer<Float>
  ) {
    let (row0, row1, row2, row3) = (
      rows + indices[0] * featureCount, rows + indices[1] * featureCount, rows + indices[2] * featureCount,
      rows + indices[3] * featureCount
    )
    @inline(__always) func step(_ row: UnsafePointer<Float>, _ tree: UnsafePointer<Node>, _ at: Int) -> Int {
      let node = tree[at]
      return Int(row[Int(node.feature)] <= node.threshold ? node.left : node.right)
    }
    var target = 0
    for tree in trees {
      let base = nodes.baseAddress! + Int(tree.first)
      var (a, b, c, d) = (0, 0, 0, 0)
      for _ in 0..<tree.depth {
        a = step(row0, base, a)
        b = step(row1, base, b)
        c = step(row2, base, c)
        d = step(row3, base, d)
      }
      let value = values.baseAddress! + Int(tree.first)
      sums[indices[0] * classCount + target] += value[a]
      if count > 1 { sums[indices[1] * classCount + target] += value[b] }
      if count > 2 { sums[indices[2] * classCount + target] += value[c] }
      if count > 3 { sums[indices[3] * classCount + target] += value[d] }
      target = target + 1 == classCount ? 0 : target + 1
    }
  }

  /// What each feature of one row added to the sum of class `target`, by the differences of the nodes'
  /// means along the row's path (A. Saabas, 2014). Not zero for the features on the path only.
  /// The first trees weigh most; those behind `limit` are left out.
  func contributions(
    _ row: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>, of target: Int = 0, limit: Int = 24
  ) {
    sums.initialize(repeating: 0, count: featureCount)
    nodes.withUnsafeBufferPointer { nodes in
      values.withUnsafeBufferPointer { values in
        for index in stride(from: target, to: min(trees.count, limit * classCount), by: classCount) {
          let first = Int(trees[index].first)
          var at = first
          while true {
            let node = nodes.baseAddress![at]
            let next = first + Int(row[Int(node.feature)] <= node.threshold ? node.left : node.right)
            if next == at { break }
            sums[Int(node.feature)] += values.baseAddress![next] - values.baseAddress![at]
            at = next
          }
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
