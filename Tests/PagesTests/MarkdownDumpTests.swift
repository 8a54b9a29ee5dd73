import Testing

@testable import Pages

/// Dumps in Markdown: the text of a line is what a reader of the page would see.
@Suite struct MarkdownDumpTests {
  /// Makes any dump one in Markdown.
  static let links = "\n\n[a](/a) [b](/b) [c](/c)\n"
  private static let ofLinks = "paragraph: a b c"

  static let lines = [
    TextCase(
      "a link", "See [the timetable](https://ferry.example/t \"Times\") today.", ["paragraph: See the timetable today."]
    ),
    TextCase("targets with parentheses", "[Rye](/wiki/Rye_(grass)) and [oats](</a b>)", ["paragraph: Rye and oats"]),
    TextCase("no target", "An array[i] of [sic] things, [x] (y)", ["paragraph: An array[i] of [sic] things, [x] (y)"]),
    TextCase("a link over two lines", "The [long\nroad](/road) home", ["paragraph: The long road home"]),
    TextCase("a target over two lines", "The [long](/long-\nroad \"A\nroad\") road", ["paragraph: The long road"]),
    TextCase(
      "a target ends with its paragraph", "The [long](/long-\n\nroad) road",
      ["paragraph: The [long](/long-", "paragraph: road) road"]),
    TextCase("an image beside text", "A mill ![photo](mill.jpg) grinds", ["paragraph: A mill grinds"]),
    TextCase("an image alone", "![A mill by the river](mill.jpg)", ["paragraph: A mill by the river"]),
    TextCase("an image that is a link", "[![Home](logo.png)](/)", ["paragraph: Home"]),
    TextCase("nothing but marks", "![](mill.jpg)", ["paragraph: ![](mill.jpg)"]),
    TextCase(
      "headings", "# Mills\n\n## By *water*\n\nWind\n----\n\nSteam\n=====\n\n#5 of 7",
      ["heading1: Mills", "heading2: By water", "heading2: Wind", "heading1: Steam", "paragraph: #5 of 7"]),
    TextCase("a rule is no underline", "a\n\n---\n\nb", ["paragraph: a", "paragraph: ---", "paragraph: b"]),
    TextCase(
      "emphasis", "**Bold**, __bold__, *soft*, _soft_ and ***both***",
      ["paragraph: Bold, bold, soft, soft and both"]),
    TextCase(
      "no emphasis", "2*3*4 snake_case_name * indicates required f(*args) 5 * 6",
      ["paragraph: 2*3*4 snake_case_name * indicates required f(*args) 5 * 6"]),
    TextCase("without spaces", "很**重要**的事", ["paragraph: 很重要的事"]),
    TextCase("backslashes", "In 1\\. April \\[sic\\] C:\\dir", ["paragraph: In 1. April [sic] C:\\dir"]),
    TextCase("code in a line", "Call `a[0](b)` or ``x`y``", ["paragraph: Call a[0](b) or x`y"]),
    TextCase("items", "* [Mills](/m)\n1. **Wind**", ["listItem1: * Mills", "listItem1: 1. Wind"]),
    TextCase("quotes", "> He said\n>> yes", ["paragraph: He said", "paragraph: yes"]),
    TextCase("links that touch", "[Accept](/a)[Reject](/b)![x](y)[More](/c)", ["paragraph: Accept Reject More"]),
    TextCase("an image's text over lines", "[![A long\nroad](r.png)](/road) home", ["paragraph: home"]),
    TextCase(
      "links end with their block", "- buy from the [shop\n- prime](/x)",
      ["listItem1: - buy from the [shop", "listItem1: - prime](/x)"]),
    TextCase(
      "signs that close a heading", "# Pump #\n\n#\tTab\n\n# C#", ["heading1: Pump", "heading1: Tab", "heading1: C#"]),
    TextCase(
      "rules below items and quotes", "- item\n---\n\n> quote\n---",
      ["listItem1: - item", "paragraph: ---", "paragraph: quote", "paragraph: ---"]),
    TextCase(
      "addresses", "<http://a.example/_c_> http://a.example/_x_/y",
      ["paragraph: <http://a.example/_c_> http://a.example/_x_/y"]),
    TextCase(
      "code behind four spaces", "So:\n\n    # a comment\n    x = a[i](b.c) * 2\n\nThen",
      ["paragraph: So:", "code: # a comment", "code: x = a[i](b.c) * 2", "paragraph: Then"]),
    TextCase("items deep in lists", "* a\n\n    * [b](/b)", ["listItem1: * a", "listItem1: * b"]),
    TextCase(
      "a longer fence", "````\n```\n*x*\n```\n````",
      ["code1: ````", "code: ```", "code: *x*", "code: ```", "code1: ````"]),
    TextCase(
      "ticks in a line are no fence", "```a``` is *code*\n\n```\n*b*\n```",
      ["paragraph: a is code", "code1: ```", "code: *b*", "code1: ```"]),
    TextCase(
      "listings are as they stand", "```sh\n[a](b) **c**\n* d\n```\nafter [x](/x)",
      ["code1: ```sh", "code: [a](b) **c**", "code: * d", "code1: ```", "paragraph: after x"]),
    TextCase("a fence that nothing closes", "```\n*a*", ["paragraph: ```", "paragraph: a"]),
    TextCase("CRLF", "Mills\r\n=====\r\n[a](/a)\r\n", ["heading1: Mills", "paragraph: a"]),
  ]
  @Test(arguments: lines) func texts(_ dump: TextCase) throws {
    let read = try read(dump.html + Self.links, name: "a.md").blocks
    #expect(read.outline == dump.texts + [Self.ofLinks])
    #expect(read.contexts.allSatisfy { $0.contains(.markdown) })
  }

  /// What looks like Markdown in one place is a text like any other.
  @Test(arguments: [
    "A call: handlers[name](event)\nb", "# a comment\nmake install\n# another", "A [link](/a)",
    "# one\n\n# two\n\n# three\n",
    "Results\n=====\n\nA\n===\n\nB\n===\n",
  ])
  func otherDumpsAreAsTheyStand(dump: String) throws {
    let read = try read(dump, name: "a.txt").blocks
    #expect((0..<read.count).map(read.string) == dump.split(separator: "\n").map(String.init))
    #expect(read.contexts.allSatisfy { $0 == .dump })
  }

  @Test func linksAreMeasured() throws {
    let read = try read("[Home](/) [About us](/us)\n\nThe [old\nmill](/m) is here [again](/a).", name: "a.md").blocks
    #expect(read.outline == ["paragraph: Home About us", "paragraph: The old mill is here again."])
    #expect(read.linkCounts == [2, 2])
    #expect(read.linkBytes == [12, 13])
  }

  /// Time is linear in what hostile texts repeat.
  @Test(arguments: ["[", "](", "[a](", "![", "**a", "`", "[a](b \"", "\\", "> ", "[[a](b)", "```\n", "~~~ a\n"])
  func hostileDumpsAreRead(piece: String) throws {
    let dump = String(repeating: piece, count: 30_000) + Self.links + Self.links
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try read(dump, name: "a.md") }
    #expect(time < .seconds(5), "\(time)")
  }
}
