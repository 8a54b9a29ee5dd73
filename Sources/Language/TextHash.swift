/// A hash of text that is the same in every run and on every machine (64-bit FNV-1a).
///
/// Public, since the compiler inlines nothing across modules that is less, and every word of a page is hashed.
public enum TextHash {
  /// Of no bytes.
  @inlinable @inline(__always)
  public static var start: UInt64 { 0xCBF2_9CE4_8422_2325 }

  @inlinable @inline(__always)
  public static func add(_ byte: UInt8, to hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  @inlinable @inline(__always)
  public static func of(_ bytes: some Sequence<UInt8>, from start: UInt64 = start) -> UInt64 {
    bytes.reduce(start) { add($1, to: $0) }
  }
}
