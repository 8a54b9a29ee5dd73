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
    withUnsafeTemporaryAllocation(of: Int.self, capacity: count) { open in
      for row in 0..<count { open[row] = row }
      add(0..<first, rows, UnsafeBufferPointer(open), to: sums)
      guard first < trees.count else { return }
      var left = 0
      for row in 0..<count where abs(sums[row]) < Self.decided {
        open[left] = row
        left += 1
      }
      add(first..<trees.count, rows, UnsafeBufferPointer(rebasing: open[..<left]), to: sums)
    }
  }

  /// Tree by tree, so that a tree stays in the nearest cache until all rows have walked it; four rows at once, since
  /// their paths are independent and the processor follows several.
  private func add(
    _ range: Range<Int>, _ rows: UnsafePointer<Float>, _ open: UnsafeBufferPointer<Int>,
    to sums: UnsafeMutablePointer<Float>
  ) {
    @inline(__always) func step(_ row: UnsafePointer<Float>, _ tree: UnsafePointer<Node>, _ at: Int) -> Int {
      let node = tree[at]
      return Int(row[Int(node.feature)] <= node.threshold ? node.left : node.right)
    }
    let last = open.count - 1
    nodes.withUnsafeBufferPointer { nodes in
      values.withUnsafeBufferPointer { values in
        for index in range {
          let tree = trees[index]
          let base = nodes.baseAddress! + Int(tree.first)
          let value = values.baseAddress! + Int(tree.first)
          let target = sums + index % classCount
          for at in stride(from: 0, through: last, by: 4) {
            // A short batch walks its last row again.
            let (rowA, rowB) = (open[at], open[min(at + 1, last)])
            let (rowC, rowD) = (open[min(at + 2, last)], open[min(at + 3, last)])
            var (a, b, c, d) = (0, 0, 0, 0)
            for _ in 0..<tree.depth {
              a = step(rows + rowA * featureCount, base, a)
              b = step(rows + rowB * featureCount, base, b)
              c = step(rows + rowC * featureCount, base, c)
              d = step(rows + rowD * featureCount, base, d)
            }
            target[rowA * classCount] += value[a]
            if at + 1 <= last { target[rowB * classCount] += value[b] }
            if at + 2 <= last { target[rowC * classCount] += value[c] }
            if at + 3 <= last { target[rowD * classCount] += value[d] }
          }
        }
      }
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
