import Testing

@testable import Pages

/// Which lines of a dump go on the one before, as in texts that were broken at a width.
@Suite struct HardWrapTests {
  static let broken = """
    Lamps of the lower harbour
    The keeper of the lower lamp climbs the ladder at four, an hour
    before the boats come in, and fills it with oil that smells of
    fish. He has done so since the winter in which the bridge fell.

    * The upper lamp has burnt by itself since the year of the flood
      and asks for nobody.
    The county pays for the oil, and the boats of the lower harbour
    pay the keeper with herring, as they did with his grandmother.
    """

  @Test func linesOfAParagraphGoOn() throws {
    let blocks = try read(Self.broken, name: "a.txt").blocks
    let joined = (0..<blocks.count).filter(blocks.goesOn).map(blocks.string)
    #expect(
      joined == [
        "before the boats come in, and fills it with oil that smells of",
        "fish. He has done so since the winter in which the bridge fell.", "and asks for nobody.",
        "pay the keeper with herring, as they did with his grandmother.",
      ])
  }

  @Test(arguments: [
    (
      "a paragraph a line",
      String(repeating: "The ferry sails again on Monday, the office said on Friday; it rained.\n\n", count: 9)
    ),
    (
      "lines of any length",
      "The ferry sails again on Monday, the harbour office said.\nThe keeper of the lower lamp was glad, and so was the cat.\nNobody else heard of it for the whole of a long wet week.\nThe ferry carried eleven people and a piano that evening.\nIt was a good evening for the piano, by all the accounts of it.\nThen came winter, and nothing sailed.\nThe end."
    ),
    ("short lines", "Home\nNews\nSport\nLog in\nHome\nNews\nSport"),
    (
      "long lines",
      String(
        repeating:
          "The ferry sails again on Monday, the harbour office said on Friday afternoon, and it rained for the whole of the evening, too.\n",
        count: 9)
    ),
  ])
  func otherLinesDoNot(name: String, text: String) throws {
    #expect(try !read(text, name: "a.txt").blocks.wraps.contains(true), "\(name)")
  }
}
