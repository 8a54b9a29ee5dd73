/// Questions about eight bytes at once. Answers are the highest bits of those bytes for which they hold.
///
/// Arithmetic on bytes within a word (H. Warren, Hacker's Delight, chapter 6): sums stay below 256, so that no byte reaches
/// the next.
enum EightBytes {
  static let all: UInt64 = 0x8080_8080_8080_8080

  /// Letters and digits of ASCII.
  @inline(__always)
  static func words(_ bytes: UInt64) -> UInt64 {
    let low = bytes & ~all
    let lower = low | 0x2020_2020_2020_2020
    // From "a" on, and behind "z"; from "0" on, and behind "9".
    let letters = (lower &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lower &+ 0x0505_0505_0505_0505)
    let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
    return (letters | digits) & ~bytes & all
  }

  @inline(__always)
  static func spaces(_ bytes: UInt64) -> UInt64 {
    let others = bytes ^ 0x2020_2020_2020_2020
    return ~((others & ~all) &+ ~all | others) & all
  }
}
