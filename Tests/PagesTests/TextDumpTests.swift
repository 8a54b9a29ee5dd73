import Testing

@testable import Pages

@Suite struct TextDumpTests {
  static let dumps = [
    TextCase("a line, a block", "a\nb c\n", ["paragraph: a", "paragraph: b c"]),
    TextCase("no final newline", "a\nb", ["paragraph: a", "paragraph: b"]),
    TextCase("CRLF and CR", "a\r\nb\rc", ["paragraph: a", "paragraph: b", "paragraph: c"]),
    TextCase("a BOM", "\u{FEFF}a\n", ["paragraph: a"]),
    TextCase("white space is collapsed", "  a \t b  \n", ["paragraph: a b"]),
    TextCase("blank lines are no blocks", "\n\na\n \t\n\nb\n\n", ["paragraph: a", "paragraph: b"]),
    TextCase(
      "lines that show nothing are none", "a\n\u{A0}\n\u{FEFF}\u{200B} \u{3000}\nb\u{A0}\u{200B}",
      ["paragraph: a", "paragraph: b\u{A0}\u{200B}"]),
    TextCase(
      "bullets", "* a\n- b\n+ c\n• d\no e\n12. f\n3) g",
      [
        "listItem1: * a", "listItem1: - b", "listItem1: + c", "listItem1: • d", "listItem1: o e", "listItem1: 12. f",
        "listItem1: 3) g",
      ]),
    TextCase(
      "no bullets", "*a\n-- b\n2024. c\nof d\n* ",
      ["paragraph: *a", "paragraph: -- b", "paragraph: 2024. c", "paragraph: of d", "paragraph: *"]),
    TextCase("markup is text", "a <b> &amp; b", ["paragraph: a <b> &amp; b"]),
    TextCase("a NUL is nothing", "cou\0ncil", ["paragraph: council"]),
  ]
  @Test(arguments: dumps) func blocks(_ dump: TextCase) throws {
    #expect(try read(dump.html, name: "a.txt").blocks.outline == dump.texts)
  }
  @Test func breaksTellParagraphs() throws {
    #expect(try read("a\nb\n\nc\n\n\nd\ne", name: "a.txt").blocks.breaks == [2, 1, 2, 2, 1])
    #expect(try read("a\n\u{A0}\nb", name: "a.txt").blocks.breaks == [2, 2])
  }
  @Test func contexts() throws {
    #expect(try read("a\n* b", name: "a.txt").blocks.contexts == [.dump, [.dump, .list]])
  }
  @Test func emptyDump() throws {
    #expect(try read("", name: "a.txt").blocks.count == 0)
    #expect(try read(" \n\r\n", name: "a.txt").blocks.count == 0)
  }
}
