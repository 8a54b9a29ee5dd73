import CForest

/// Trees taken apart into the conditions of their nodes, which are asked feature by feature instead of tree by tree.
///
/// QuickScorer (C. Lucchese et al., SIGIR 2015): each tree starts with all its leaves; a condition that fails strikes
/// out those on its left, and the first leaf that remains is the one a walk would have come to. Conditions of a feature
/// are sorted, so that all behind the first that holds do too. Eight rows at once; half the time that walks took.
struct TreeConditions: Sendable {
  /// Leaves of a tree, at most.
  static let leafLimit = 32

  private var conditions: [cforest_condition] = []
  private var ranges: [cforest_range] = []
  /// `leafLimit` a tree.
  private var values: [Float] = []
  var treeCount: Int { values.count / Self.leafLimit }

  /// Nil where a tree has too many leaves.
  init?(_ trees: [[Forest.Node]]) {
    var found: [(order: UInt64, condition: cforest_condition)] = []
    found.reserveCapacity(trees.reduce(0) { $0 + $1.count / 2 })
    values = Array(repeating: 0, count: trees.count * Self.leafLimit)
    for (tree, nodes) in trees.enumerated() {
      // Children stand behind their parents, so that one way up counts the leaves below each node, and one way down
      // the leaves on its left.
      var below = nodes.map { $0.isLeaf ? 1 : 0 }
      for at in nodes.indices.reversed() where !nodes[at].isLeaf {
        below[at] = below[nodes[at].left] + below[nodes[at].right]
      }
      guard below[0] <= Self.leafLimit else { return nil }
      var before = Array(repeating: 0, count: nodes.count)
      for (at, node) in nodes.enumerated() {
        guard !node.isLeaf else {
          values[tree * Self.leafLimit + before[at]] = node.value
          continue
        }
        before[node.left] = before[at]
        before[node.right] = before[at] + below[node.left]
        let struck: UInt64 = (1 << UInt64(before[node.right])) &- (1 << UInt64(before[at]))
        let condition = cforest_condition(
          threshold: node.threshold, tree: Int32(tree), leaves: ~UInt32(truncatingIfNeeded: struck))
        found.append((Self.order(node), condition))
      }
    }
    found.sort { $0.order < $1.order }
    for (index, entry) in found.enumerated() {
      let feature = Int32(entry.order >> 32)
      if ranges.last?.feature != feature {
        ranges.append(cforest_range(feature: feature, first: Int32(index), end: 0))
      }
      ranges[ranges.count - 1].end = Int32(index + 1)
    }
    conditions = found.map(\.condition)
  }

  /// By feature, then by threshold: bits of a float, with those of negative ones turned around, are in the order of floats.
  private static func order(_ node: Forest.Node) -> UInt64 {
    let bits = node.threshold.bitPattern
    return UInt64(node.feature) << 32 | UInt64(bits >> 31 == 1 ? ~bits : bits | 1 << 31)
  }

  /// Adds the trees' values for the rows of `batch` that `open` names to their sums; the first tree is for the first
  /// class, the next for the class behind it.
  func add(_ batch: RowBatch, _ open: UnsafeBufferPointer<Int>) {
    let lanes = Int(CFOREST_LANES)
    withUnsafeTemporaryAllocation(byteCount: treeCount * lanes * 4, alignment: 32) { memory in
      let leaves = memory.bindMemory(to: UInt32.self)
      for at in stride(from: 0, to: open.count, by: lanes) {
        let rows = UnsafeBufferPointer(rebasing: open[at..<min(at + lanes, open.count)])
        leaves.initialize(repeating: .max)
        strike(batch, rows, leaves.baseAddress!)
        sum(batch, rows, leaves.baseAddress!)
      }
    }
  }

  private func strike(_ batch: RowBatch, _ rows: UnsafeBufferPointer<Int>, _ leaves: UnsafeMutablePointer<UInt32>) {
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: Int(CFOREST_LANES)) { starts in
      for lane in 0..<Int(CFOREST_LANES) {
        // A short batch takes its last row again.
        let row = rows[min(lane, rows.count - 1)]
        (starts.baseAddress! + lane).initialize(to: batch.rows + row * batch.width)
      }
      cforest_strike(conditions, ranges, Int32(ranges.count), starts.baseAddress!, leaves)
    }
  }

  private func sum(
    _ batch: RowBatch, _ rows: UnsafeBufferPointer<Int>, _ leaves: UnsafePointer<UInt32>
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Int(CFOREST_LANES)) { sums in
      for target in 0..<min(batch.classes, treeCount) {
        for lane in sums.indices {
          sums[lane] = lane < rows.count ? batch.sums[rows[lane] * batch.classes + target] : 0
        }
        values.withUnsafeBufferPointer { values in
          let start = target * Int(CFOREST_LANES)
          cforest_sum(
            leaves + start, values.baseAddress! + target * Self.leafLimit, Int32(Self.leafLimit),
            Int32(treeCount - target), Int32(batch.classes), sums.baseAddress!)
        }
        for lane in rows.indices { batch.sums[rows[lane] * batch.classes + target] = sums[lane] }
      }
    }
  }
}

/// Rows of `width` features and their sums, `classes` a row.
struct RowBatch {
  let rows: UnsafePointer<Float>
  let width: Int
  let sums: UnsafeMutablePointer<Float>
  let classes: Int
}
