import Testing

@testable import Batch

@Suite struct GzipTests {
  /// "The ferry sails again on Monday.\n" as gzip -9n packs it.
  static let ferry: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x0B, 0xC9, 0x48, 0x55, 0x48, 0x4B, 0x2D, 0x2A, 0xAA,
    0x54, 0x28, 0x4E, 0xCC, 0xCC, 0x29, 0x56, 0x48, 0x4C, 0x4F, 0xCC, 0xCC, 0x53, 0xC8, 0xCF, 0x53, 0xF0, 0xCD, 0xCF,
    0x4B, 0x49, 0xAC, 0xD4, 0xE3, 0x02, 0x00, 0x8C, 0xEC, 0x29, 0x56, 0x21, 0x00, 0x00, 0x00,
  ]

  static let files: [(packed: [UInt8], text: String)] = [
    (ferry, "The ferry sails again on Monday.\n"), (packed("one"), "one"), (packed(""), ""),
    (packed("one ") + packed("") + ferry, "one The ferry sails again on Monday.\n"),
    (packed("one") + [0, 0, 0], "one"),
    (packed(String(repeating: "a ferry ", count: 8000)), String(repeating: "a ferry ", count: 8000)),
  ]
  @Test(arguments: files) func unpacked(_ file: (packed: [UInt8], text: String)) throws {
    #expect(Gzip.isPacked(file.packed))
    #expect(String(decoding: try Gzip.unpacked(file.packed, limit: 1 << 20), as: UTF8.self) == file.text)
  }

  static let broken: [(packed: [UInt8], error: GzipError)] = [
    ([0x1F, 0x8B, 8], .cutOff(after: 0)), (Array(ferry.dropLast()), .cutOff(after: 33)),
    (packed("one") + Array(ferry.prefix(20)), .cutOff(after: 12)),
    (Array(ferry.dropLast(4)) + [9, 0, 0, 0], .broken(after: 33, "incorrect length check")),
    (ferry + Array("not packed".utf8), .broken(after: 33, "incorrect header check")),
    ([0x1F, 0x8B, 8, 0xE0] + ferry.dropFirst(4), .broken(after: 0, "unknown header flags set")),
  ]
  @Test(arguments: broken) func saysWhatIsBroken(_ file: (packed: [UInt8], error: GzipError)) {
    #expect(throws: file.error) { try Gzip.unpacked(file.packed, limit: 1 << 20) }
  }

  @Test func noMoreThanTheLimit() throws {
    #expect(try Gzip.unpacked(Self.ferry, limit: 33).count == 33)
    #expect(throws: GzipError.tooLarge(limit: 32)) { try Gzip.unpacked(Self.ferry, limit: 32) }
    #expect(throws: GzipError.tooLarge(limit: 40)) { try Gzip.unpacked(Self.ferry + Self.ferry, limit: 40) }
  }

  /// Whatever a file is cut to, or holds in place of a byte, is said or unpacked, never trapped on.
  @Test func damage() {
    for place in Self.ferry.indices {
      var changed = Self.ferry
      changed[place] ^= 0xFF
      for file in [Array(Self.ferry.prefix(place)), changed] {
        if let text = try? Gzip.unpacked(file, limit: 1 << 16) { #expect(text.count == 33) }
      }
    }
  }
}
