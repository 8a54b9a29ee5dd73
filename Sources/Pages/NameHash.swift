/// Hashes of names of elements and attributes in any case (64-bit FNV-1a).
enum NameHash {
  static func of(_ name: some Sequence<UInt8>, kind: UInt64 = 0) -> UInt64 {
    name.reduce(0xCBF2_9CE4_8422_2325 ^ kind) { ($0 ^ UInt64(lowercase($1))) &* 0x100_0000_01B3 }
  }
}
