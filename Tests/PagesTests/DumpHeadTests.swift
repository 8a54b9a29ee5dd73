import Testing

@testable import Pages

/// What a dump says of its page before the text.
@Suite struct DumpHeadTests {
  private func head(_ dump: String) throws -> (blocks: Blocks, metas: [String]) {
    let blocks = try read(dump, name: "a.md").blocks
    return (blocks, blocks.head.metas.map { "\($0.name)=\($0.content)" })
  }

  @Test(arguments: ["\n", "\r\n"]) func frontMatter(newline: String) throws {
    let lines = [
      "---", "title: \"The \\\"old\\\" mill\"", "# a comment", "byline: 'Ann O''Lee'", "date: 2025-05-12", "lang: en",
      "tags:", "  - mills", "- rivers", "authors: [A, B]", "url: https://post.example/mill", "draft: false", "---", "",
      "The mill turns.", "",
    ]
    let (blocks, metas) = try head(lines.joined(separator: newline))
    #expect(blocks.outline == ["paragraph: The mill turns."])
    #expect(blocks.head.title == nil && blocks.head.language == "en")
    #expect(metas == ["author=Ann O'Lee", "article:published_time=2025-05-12", "title=The \"old\" mill"])
    #expect(blocks.head.links.map(\.href) == ["https://post.example/mill"])
  }

  @Test func linesOfJinaReader() throws {
    let dump = """
      Title: The old mill | The Post

      URL Source: https://post.example/mill

      Published Time: 2025-05-12T08:00:00Z

      Markdown Content:
      The mill turns.
      """
    let (blocks, metas) = try head(dump)
    #expect(blocks.outline == ["paragraph: The mill turns."])
    #expect(blocks.head.title == "The old mill | The Post")
    #expect(metas == ["article:published_time=2025-05-12T08:00:00Z"])
    #expect(blocks.head.links.map(\.rel) == ["canonical"])
  }

  @Test(arguments: [
    "---\n\nA rule, then text.\n\n---\n\nMore.\n", "---\ntitle: never closed\n\nText.\n", "Title: of a form\n\nText.\n",
    "---\n# Shopping\n\n- Apples\n- Pears\n\n---\nEnd.\n", "---\nAnna: Where were you?\nBob: At sea.\n---\nEnd.\n",
    "---\ntitle: a\nThen one waits.\n---\nEnd.\n", "---\napiVersion: v1\nkind: Pod\n---\nEnd.\n",
    "Title: a\n\nWarning: Target URL returned error 404\n\nMarkdown Content:\nText.\n", "----\ntitle: a\n----\n",
    "Text\n---\ntitle: a\n---\n", "---", "Title:",
  ])
  func otherDumpsHaveNone(dump: String) throws {
    let (blocks, metas) = try head(dump)
    #expect(blocks.head.title == nil && metas.isEmpty)
    #expect(blocks.text.count { $0 > 0x20 } == dump.utf8.count { $0 > 0x20 })
  }
}
