import Testing

@testable import Content

/// The model file: what it must look like, and what is refused.
@Suite struct ForestTests {
  /// One tree: feature 1 up to 0.5 → −1, above it feature 0 up to 2 → 1, above that 3.
  static func model(features: [String] = ["a", "b"], version: UInt32 = 1) -> [UInt8] {
    var bytes = Array("WNFM".utf8)
    func put<T>(_ value: T) { withUnsafeBytes(of: value) { bytes += $0 } }
    put(version)
    put(UInt32(features.count))
    put(Forest.hash(of: features))
    put(UInt32(1))
    put(UInt32(1))
    put(UInt16(5))
    put(UInt16(2))
    func node(_ feature: UInt16, _ left: UInt8, _ right: UInt8, _ threshold: Float, _ value: Float) {
      put(feature)
      put(left)
      put(right)
      put(threshold)
      put(value)
    }
    node(1, 1, 2, 0.5, 0)
    node(0, 1, 1, .infinity, -1)
    node(0, 3, 4, 2, 1.5)
    node(0, 3, 3, .infinity, 1)
    node(0, 4, 4, .infinity, 3)
    return bytes
  }
  static func load(_ bytes: [UInt8], features: [String] = ["a", "b"]) -> Forest? {
    bytes.withUnsafeBufferPointer { Forest($0, features: features) }
  }

  @Test("A row follows its path: a value equal to the threshold goes left")
  func path() throws {
    let forest = try #require(Self.load(Self.model()))
    let rows: [Float] = [9, 0.5, 2, 0.6, 2.1, 0.6]
    var sums: [Float] = [0, 0, 0]
    forest.add(rows, count: 3, to: &sums)
    #expect(sums == [-1, 1, 3])
  }

  @Test("More rows than a batch get the same sums as each alone")
  func batches() throws {
    let forest = try #require(Self.load(Self.model()))
    let rows = (0..<40).map { Float($0 % 7) / 2 }
    var together = [Float](repeating: 0, count: 20)
    forest.add(rows, count: 20, to: &together)
    for row in 0..<20 {
      var alone: [Float] = [0]
      forest.add(Array(rows[(2 * row)..<(2 * row + 2)]), count: 1, to: &alone)
      #expect(alone[0] == together[row])
    }
  }

  /// Trees of one node each: the row's path is always the same.
  static func constants(_ values: [Float]) -> [UInt8] {
    var bytes = Array("WNFM".utf8)
    func put<T>(_ value: T) { withUnsafeBytes(of: value) { bytes += $0 } }
    put(UInt32(1))
    put(UInt32(1))
    put(Forest.hash(of: ["a"]))
    put(UInt32(1))
    put(UInt32(values.count))
    for value in values {
      put(UInt16(3))
      put(UInt16(1))
      for (left, right, threshold, sum) in [(1, 2, 0, 0), (1, 1, .infinity, value), (2, 2, .infinity, -value)]
        as [(UInt8, UInt8, Float, Float)]
      {
        put(UInt16(0))
        put(left)
        put(right)
        put(threshold)
        put(sum)
      }
    }
    return bytes
  }

  @Test("A row that the first trees decide needs no more of them; one that they leave open sees all")
  func decided() throws {
    let first = Forest.firstTrees
    let clear = try #require(Self.load(Self.constants(Array(repeating: 0.125, count: first + 40)), features: ["a"]))
    let open = try #require(Self.load(Self.constants(Array(repeating: 0.03125, count: first + 4)), features: ["a"]))
    let rows: [Float] = [-1, 1, -1, -1, 1]
    var sums = [Float](repeating: 0, count: 5)
    clear.add(rows, count: 5, to: &sums, stoppingEarly: true)
    #expect(sums == rows.map { -$0 * 0.125 * Float(first) })
    sums = Array(repeating: 0, count: 5)
    open.add(rows, count: 5, to: &sums, stoppingEarly: true)
    #expect(sums == rows.map { -$0 * 0.03125 * Float(first + 4) })
  }

  /// A forest of one bent tree: node 2i asks feature i % 2, its left child is a leaf, its right one the next node.
  static func chain(leaves: Int) -> [UInt8] {
    var bytes = Array("WNFM".utf8)
    func put<T>(_ value: T) { withUnsafeBytes(of: value) { bytes += $0 } }
    put(UInt32(1))
    put(UInt32(2))
    put(Forest.hash(of: ["a", "b"]))
    put(UInt32(1))
    put(UInt32(1))
    put(UInt16(2 * leaves - 1))
    put(UInt16(leaves - 1))
    for index in 0..<(2 * leaves - 1) {
      let isLeaf = index % 2 == 1 || index == 2 * leaves - 2
      put(UInt16(index / 2 % 2))
      put(UInt8(isLeaf ? index : index + 1))
      put(UInt8(isLeaf ? index : index + 2))
      put(isLeaf ? Float.infinity : Float(index / 2 % 5))
      put(Float(index))
    }
    return bytes
  }

  @Test("The sum is that of a walk from the root, whatever the row")
  func walks() throws {
    let leaves = TreeConditions.leafLimit
    let forest = try #require(Self.load(Self.chain(leaves: leaves)))
    var rows: [Float] = []
    for a in 0..<13 {
      for b in 0..<13 { rows += [Float(a) / 2, Float(b) / 2] }
    }
    var sums = [Float](repeating: 0, count: 169)
    forest.add(rows, count: 169, to: &sums)
    for row in 0..<169 {
      var node = 0
      while node < leaves - 1, rows[2 * row + node % 2] > Float(node % 5) { node += 1 }
      #expect(sums[row] == Float(node == leaves - 1 ? 2 * node : 2 * node + 1))
    }
  }

  @Test("A tree of too many leaves is refused")
  func tooManyLeaves() {
    #expect(Self.load(Self.chain(leaves: TreeConditions.leafLimit + 1)) == nil)
  }

  @Test("Contributions of the features add up to what the row got beyond the mean")
  func contributions() throws {
    let forest = try #require(Self.load(Self.model()))
    func contributions(_ row: [Float]) -> [Float] {
      var sums: [Float] = [7, 7]
      forest.contributions(row, to: &sums)
      return sums
    }
    #expect(contributions([9, 0.5]) == [0, -1])
    #expect(contributions([9, 0.6]) == [1.5, 1.5])
  }

  @Test("A cut, foreign or older file, or one for other features, is refused")
  func refused() {
    let good = Self.model()
    for cut in [0, 3, 10, good.count - 1] { #expect(Self.load(Array(good.prefix(cut))) == nil) }
    #expect(Self.load(Self.model(version: 2)) == nil)
    #expect(Self.load(good, features: ["a", "c"]) == nil)
    #expect(Self.load(Array("<html>".utf8)) == nil)
  }

  @Test("Names and rows of the features agree")
  func names() throws {
    let page = try Sample.read(Sample.article)
    let rows = FeatureRows(page, findings: [])
    #expect(rows.width == FeatureRows.blockNames.count)
    #expect(rows.blocks.count == page.blocks.count * rows.width)
    #expect(rows.blocks.allSatisfy { $0.isFinite })
    #expect(rows.page.count == FeatureRows.pageNames.count)
    #expect(Set(FeatureRows.blockNames).count == FeatureRows.blockNames.count)
    #expect(Set(FeatureRows.lineNames).count == FeatureRows.lineNames.count)
    #expect(Set(FeatureRows.pageNames).count == FeatureRows.pageNames.count)
    let lines = FeatureRows(try Sample.read(Sample.dump, name: "dump.txt"), findings: [])
    #expect(lines.width == FeatureRows.lineNames.count && lines.blocks.allSatisfy { $0.isFinite })
  }

  /// A row must fill exactly its width: one value more would write behind the buffer.
  @Test("Each column group writes as many values as it names")
  func widths() throws {
    let page = try Sample.read(Sample.article)
    let features = BlockFeatures(page, findings: [])
    let buffer = UnsafeMutablePointer<Float>.allocate(capacity: 4096)
    defer { buffer.deallocate() }
    func written(_ write: (inout FeatureRow) -> Void) -> Int {
      var row = FeatureRow(buffer)
      write(&row)
      return row.count
    }
    for block in 0..<page.blocks.count {
      #expect(written { TextColumns.write(block, features, &$0) } == TextColumns.names.count)
      #expect(written { PlaceColumns.write(block, features, &$0) } == PlaceColumns.names.count)
      #expect(written { TreeColumns.write(block, features, &$0) } == TreeColumns.names.count)
      #expect(written { NeighbourColumns.write(block, features, &$0) } == NeighbourColumns.names.count)
    }
    #expect(features.pageValues.count == PageFeatures.names.count)
    let lines = LineFeatures(try Sample.read(Sample.dump, name: "dump.txt"), findings: [])
    #expect(written { lines.write(0, &$0) } == LineFeatures.names.count)
  }
}
