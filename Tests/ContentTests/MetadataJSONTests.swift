import Testing

@testable import Content

@Suite struct MetadataJSONTests {
  @Test(arguments: [
    #"{"name":"a"}"#, #"{"name":"a",}"#, #"{"x":[1,2,],"name":"a"}"#, "{\"name\":\"a\"\n \"x\":1}",
    #"/* c */ {"name":"a"} // end"#, "// c\n{\"name\":\"a\"}", "//<![CDATA[\n{\"name\":\"a\"}\n//]]>",
    #"<![CDATA[{"name":"a"}]]>"#, #"<!-- {"name":"a"} -->"#, "\u{FEFF}{\"name\":\"a\"};",
    #"{"x":{"name":"b"},"name":"a"}"#,
    #"{"x":"} \" {","name":"a"}"#, #"{"name":"a","name":"b"}"#, #"{"name":"a""#, #"{"name":"a","x":"open"#,
    #"{"x":[{"y":[[]]}],"name":"a"}"#, #"{"x": undefined, "name":"a"}"#,
  ])
  func forgivesWhatPagesWrite(text: String) {
    #expect(JSONReader.values(text).first?[.name]?.string == "a")
  }

  @Test(arguments: [
    (#"{"name":"a\"b\\c\/d"}"#, #"a"b\c/d"#), (#"{"name":"\u00fcber"}"#, "über"), (#"{"name":"\ud83d\ude00"}"#, "😀"),
    (#"{"name":"\ud83dx"}"#, "\u{FFFD}x"), ("{\"name\":\"a\nb\tc\"}", "a b c"), (#"{"name":"a\nb"}"#, "a b"),
    (#"{"name":"\uZZZZ"}"#, "\u{FFFD}ZZZZ"),
  ])
  func strings(text: String, expected: String) {
    #expect(JSONReader.values(text).first?[.name]?.string == expected)
  }

  @Test(arguments: ["", "{", "[", "}", "]]]]", "\"", "{\"", "{\"name\":", "null", "nonsense", "[{]}[{]", "{\"a\\"])
  func endsOnNonsense(text: String) {
    #expect(JSONReader.values(text).allSatisfy { $0[.name]?.string == nil })
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "{\"author\":[", count: 50_000)
    #expect(JSONReader.values(deep).count == 1)
  }

  @Test func severalValuesInOneScript() {
    #expect(JSONReader.values(#"{"name":"a"}{"name":"b"}"#).compactMap { $0[.name]?.string } == ["a", "b"])
  }
}
