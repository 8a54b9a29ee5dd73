/// Writes a row of features value by value.
struct FeatureRow {
  private let base: UnsafeMutablePointer<Float>
  private(set) var count = 0

  init(_ base: UnsafeMutablePointer<Float>) { self.base = base }
  @inline(__always)
  mutating func put(_ value: Float) {
    base[count] = value
    count += 1
  }
  @inline(__always)
  mutating func put(_ holds: Bool) { put(holds ? 1 : 0 as Float) }
}

/// Something that has a row of features for each block of a page.
protocol FeatureSource: Sendable {
  static var names: [String] { get }
  var count: Int { get }
  /// Fills `names.count` values.
  func write(_ block: Int, to row: UnsafeMutablePointer<Float>)
}

/// Natural logarithm of 1 + x, to four digits, for lengths: cheap, and the same on every machine.
@inline(__always)
func logLength(_ x: Float) -> Float {
  let y = x + 1
  let bits = y.bitPattern
  let exponent = Float(Int32(bits >> 23) - 127)
  let m = Float(bitPattern: bits & 0x7F_FFFF | 0x3F80_0000)
  // A polynomial for log2 of 1 to 2.
  let log2 = (((-0.056570 * m + 0.447179) * m - 1.469956) * m + 2.821202) * m - 1.741855
  return (exponent + log2) * 0.693147
}
