import CEmbedded

/// Boosted trees that score sentences, and two linear models that score subsets of them: one for budgets in
/// sentences, one for budgets in words or characters. Made by `Tools/train/briefs.py`.
///
/// The file, little-endian: "WBM1"; the names of the sentence features and of the subset features, each a count
/// and then one length byte and the name; then the trees: a count, for each the number of its nodes and the nodes
/// (feature `Int16`, 16 bits unused, threshold `Float`, left and right `Int16`: a leaf is ~its number), the number
/// of its leaves and their values; then two rows of subset weights.
struct BriefModel: Sendable {
  struct Node: Sendable {
    var feature: Int32
    var threshold: Float
    var left: Int32
    var right: Int32
  }
  private var nodes: [Node] = []
  private var leaves: [Float] = []
  private var roots: [(node: Int32, leaf: Int32)] = []
  private(set) var weights: [[Float]] = []

  static let embedded: BriefModel = {
    let file = embedded_brief_model()
    guard let model = BriefModel(Array(UnsafeBufferPointer(start: file.bytes, count: file.count))) else {
      fatalError("briefs.bin was trained for other features: run Tools/train/briefs.py")
    }
    return model
  }()

  /// Nil for bytes that are no model, or one for other features.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes)
    guard reader.take(4) == Array("WBM1".utf8), reader.names() == SentenceFeature.allCases.map({ "\($0)" }),
      reader.names() == SubsetFeature.allCases.map({ "\($0)" }), let trees = reader.int32()
    else { return nil }
    for _ in 0..<trees {
      guard let count = reader.int32() else { return nil }
      let (node, leaf) = (nodes.count, leaves.count)
      roots.append((Int32(count > 0 ? node : -1), Int32(leaf)))
      for _ in 0..<count {
        guard let feature = reader.int16(), reader.int16() != nil, let threshold = reader.float(),
          let left = reader.int16(), let right = reader.int16()
        else { return nil }
        func place(_ child: Int16) -> Int32 { child < 0 ? ~(Int32(leaf) + Int32(~child)) : Int32(node) + Int32(child) }
        nodes.append(
          Node(feature: Int32(feature), threshold: threshold, left: place(left), right: place(right)))
      }
      guard let values = reader.int32() else { return nil }
      for _ in 0..<values { leaves.append(reader.float() ?? 0) }
    }
    for _ in 0..<2 { weights.append(SubsetFeature.allCases.map { _ in reader.float() ?? 0 }) }
    guard reader.isAtEnd else { return nil }
  }

  /// A score for each row that is wanted, else 0. O(rows × trees × depth).
  func scores(_ features: SentenceFeatures, rows: [Bool]) -> [Float] {
    let width = SentenceFeatures.width
    return nodes.withUnsafeBufferPointer { nodes in
      leaves.withUnsafeBufferPointer { leaves in
        features.values.withUnsafeBufferPointer { values in
          rows.indices.map { row in
            guard rows[row] else { return 0 }
            let base = row * width
            var sum: Float = 0
            for root in roots {
              var at = root.node
              if at < 0 {
                sum += leaves[Int(root.leaf)]
                continue
              }
              repeat {
                let node = nodes[Int(at)]
                at = values[base + Int(node.feature)] <= node.threshold ? node.left : node.right
              } while at >= 0
              sum += leaves[Int(~at)]
            }
            return sum
          }
        }
      }
    }
  }

  private struct Reader {
    private let bytes: [UInt8]
    private var at = 0
    var isAtEnd: Bool { at == bytes.count }
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func take(_ count: Int) -> [UInt8]? {
      guard count >= 0, at + count <= bytes.count else { return nil }
      defer { at += count }
      return Array(bytes[at..<at + count])
    }
    private mutating func bits(_ count: Int) -> UInt32? {
      take(count).map { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
    }
    mutating func int16() -> Int16? { bits(2).map { Int16(truncatingIfNeeded: $0) } }
    mutating func int32() -> Int? { bits(4).map { Int(Int32(bitPattern: $0)) } }
    mutating func float() -> Float? { bits(4).map(Float.init(bitPattern:)) }
    mutating func names() -> [String]? {
      guard let count = int32() else { return nil }
      var names: [String] = []
      for _ in 0..<count {
        guard let length = take(1), let name = take(Int(length[0])) else { return nil }
        names.append(String(decoding: name, as: UTF8.self))
      }
      return names
    }
  }
}
