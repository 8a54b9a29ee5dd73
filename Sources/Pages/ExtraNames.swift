/// Attributes, and elements, that a reader shall keep besides those of `AttributeName` and `Tag`:
/// filter lists ask for some.
package struct ExtraNames: Sendable {
  private var numbers: [UInt64: UInt16] = [:]
  private(set) var hasElements = false

  package init() {}
  package var isEmpty: Bool { numbers.isEmpty }

  /// The number of an attribute's name, in any case.
  package mutating func attribute(_ name: String) -> UInt16 { number(Self.key(name.utf8, 0x61)) }
  /// The number of an element's name, in any case.
  package mutating func element(_ name: String) -> UInt16 {
    hasElements = true
    return number(Self.key(name.utf8, 0x3C))
  }

  /// Names whose hashes are the same, or beyond the 65,536th, share a number.
  private mutating func number(_ key: UInt64) -> UInt16 {
    if let known = numbers[key] { return known }
    let number = UInt16(clamping: numbers.count)
    numbers[key] = number
    return number
  }

  func findAttribute(_ name: UnsafeBufferPointer<UInt8>) -> UInt16? { numbers[Self.key(name, 0x61)] }
  func findElement(_ name: UnsafeBufferPointer<UInt8>) -> UInt16? { numbers[Self.key(name, 0x3C)] }

  private static func key(_ name: some Sequence<UInt8>, _ kind: UInt64) -> UInt64 { NameHash.of(name, kind: kind) }
}
