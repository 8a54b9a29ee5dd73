/// How often a text stands in pages: a guess, by which of several texts the rarest is looked for.
enum TextLoad {
  /// Three bytes stand in text by chance some eight times as often as four do; words that every page holds as often as one.
  static func of(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var (start, end) = (0, text.count)
    if text.first == 0x20 { start += 1 }
    if end > start, text[end - 1] == 0x20 { end -= 1 }
    if end - start <= 5, common.contains(number(text[start..<end])) { return 1 << 15 }
    return 1 << max(0, 18 - 3 * (end - start))
  }

  private static let common = Set(
    """
    a about all also an and are as at be best but by can for free from get had has have he her here his how if in is
    it its just like make me more most my need new no not now of on one only or other our out read see she so than that the
    their them then there these they this time to up us use view was we were what when which who will with would you your
    """.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { number($0) })

  private static func number(_ text: some Sequence<UInt8>) -> UInt64 { text.reduce(0) { $0 << 8 | UInt64($1) } }
}
