import Cleaning
import Testing

@Suite struct JSONWriterTests {
  private static func written(_ body: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    body(&json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  static let escapes = [
    ("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"), ("\u{0}", "\\u0000"),
    ("\u{1F}", "\\u001f"),
    (" ", " "), ("!", "!"), ("#", "#"), ("[", "["), ("]", "]"), ("\u{7F}", "\u{7F}"), ("é", "é"), ("日", "日"),
  ]
  /// Eight bytes are looked at together: the sign may stand anywhere among them.
  @Test(arguments: escapes) func escape(_ test: (text: String, json: String)) {
    for before in 0..<17 {
      for after in [0, 1, 7, 9] {
        let (start, end) = (String(repeating: "a", count: before), String(repeating: "~", count: after))
        #expect(Self.written { $0.value(start + test.text + end) } == "\"\(start)\(test.json)\(end)\"")
      }
    }
  }

  @Test(arguments: [0, 7, 10, 99, 100, 120_345, -1, -980, Int.max, Int.min]) func number(_ number: Int) {
    #expect(Self.written { $0.value(number) } == String(number))
  }
}
