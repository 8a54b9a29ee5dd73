import Testing

@testable import Pages

@Suite struct LineIndexTests {
  static let text = "ab\n\né😀x\r\nlast"
  static let cases: [(offset: Int, line: Int, column: Int)] = [
    (0, 1, 1), (1, 1, 2), (2, 1, 3), (3, 2, 1), (4, 3, 1), (6, 3, 2), (10, 3, 3), (13, 4, 1), (16, 4, 4), (17, 4, 5),
    (99, 4, 5), (-1, 1, 1),
  ]
  @Test(arguments: cases) func position(_ place: (offset: Int, line: Int, column: Int)) {
    #expect(
      LineIndex(Array(Self.text.utf8)).position(of: place.offset) == Position(line: place.line, column: place.column))
  }
  /// As the text reader ends lines: by LF, CRLF and CR.
  static let ends: [(text: String, starts: [Int])] = [
    ("a\rb\r\nc\r\rd\n\re\r", [0, 2, 5, 7, 8, 10, 11, 13]), ("\r\n\r\n", [0, 2, 4]), ("\r", [0, 1]), ("abc", [0]),
  ]
  @Test(arguments: ends) func lineEnds(_ test: (text: String, starts: [Int])) {
    let index = LineIndex(Array(test.text.utf8))
    let starts = (0...test.text.utf8.count).filter { index.position(of: $0).column == 1 }
    #expect(starts == test.starts)
    #expect(index.position(of: test.text.utf8.count).line == test.starts.count)
  }
  @Test func empty() { #expect(LineIndex([]).position(of: 0) == Position(line: 1, column: 1)) }

  /// Counts by hand on a text with long lines, at every offset.
  @Test func agreesWithCounting() {
    var text = ""
    for i in 0..<400 { text += i % 90 == 89 ? "\n" : ["a", "é", "€", "😀"][i % 4] }
    let bytes = Array(text.utf8)
    let index = LineIndex(bytes)
    var expected = Position(line: 1, column: 1)
    for (offset, byte) in bytes.enumerated() {
      if byte & 0xC0 != 0x80 { #expect(index.position(of: offset) == expected) }
      if byte == 0x0A {
        expected = Position(line: expected.line + 1, column: 1)
      } else if offset + 1 == bytes.count || bytes[offset + 1] & 0xC0 != 0x80 {
        expected.column += 1
      }
    }
  }
}
