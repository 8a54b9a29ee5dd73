import Language
import Pages
import Testing

@testable import Briefs

/// What of a sentence alone, in a paragraph of its own behind another, keeps it out of a brief or ties it to the other.
@Suite struct CoherenceTests {
  private func coherence(_ sentence: String, _ language: String = "en", tag: String = "p", title: String? = nil) throws
    -> Coherence
  {
    let html = "<p>The mill of Orm was built by the widow Lind in 1790.</p><\(tag)>\(sentence)</\(tag)>"
    let page = try PageReader().read(Page(name: "page.html", bytes: Array(html.utf8)))
    let source = BriefSource(
      blocks: page.blocks, kept: Array(0..<page.blocks.count), title: title, language: language)
    return try #require(Summarizer().analyse(source)).coherence
  }
  private func isEligible(_ sentence: String, _ language: String = "en", tag: String = "p", title: String? = nil) throws
    -> Bool
  {
    try coherence(sentence, language, tag: tag, title: title).isEligible.last == true
  }
  private func pointsBack(_ sentence: String, _ language: String = "en") throws -> Bool {
    try coherence(sentence, language).pointsBack.last == true
  }

  @Test(arguments: [
    ("The mill grinds rye and wheat for the whole island.", "en"),
    ("3 mills on the island still grind rye and wheat.", "en"),
    ("3. Mai: Die Mühle von Orm mahlt wieder Roggen.", "de"),
    ("The harbour master said: The mill must go.", "en"),
    ("The miller paid $4 for the sack and $2 for the rope that closed it.", "en"),
    ("Notes from the mill show what the widow paid for her stones.", "en"),
    ("磨坊还在岛上转动着，没有人知道为什么……", "zh"),
  ])
  func canStand(_ sentence: String, _ language: String) throws { #expect(try isEligible(sentence, language)) }

  @Test(arguments: [
    ("3. The mill grinds rye and wheat for the whole island.", "en"),
    ("2) The mill grinds rye and wheat for the whole island.", "en"),
    ("6:54:10 The mill stopped for want of any wind.", "en"),
    ("2019-02-23, 09:14 The post was last changed by the miller.", "en"),
    ("$169.95 Original price was: $169.95.$101.97Current price is: $101.97.", "en"),
    ("The mill grinds rye and wheat for the ...", "en"), ("The mill grinds rye and wheat for the…", "en"),
    ("Note: The mill grinds rye on Mondays and Tuesdays.", "en"),
    ("Note that the mill grinds rye on Mondays and Tuesdays.", "en"),
    ("Hinweis: Die Mühle mahlt montags und dienstags Roggen.", "de"),
    ("For more information on how mills work, ask the miller.", "en"),
    ("For the stones that a mill needs, see the widow's own notes.", "en"),
    ("See the chapter on stones for what mills are made of.", "en"),
    ("Let’s look at what the mill can do for the island.", "en"),
    ("Returns the number of sacks that the mill has ground.", "en"),
    ("Lesen Sie hier, was die Mühle von Orm alles mahlt.", "de"),
  ])
  func cannotStand(_ sentence: String, _ language: String) throws { #expect(try !isEligible(sentence, language)) }

  @Test func labelsOfItems() throws {
    let label = "Sound and rhythm: The mill can be heard across the whole bay of Orm. "
    let rest = "On a still day it can be heard as far away as the church of Skellan, and the children count its beats."
    #expect(try coherence(label + rest, tag: "li").isEligible.suffix(2) == [false, true])
    #expect(try coherence(label + rest, tag: "p").isEligible.suffix(2) == [true, true])
  }

  /// What several sentences begin with is a label; a title with a colon is followed by the same each time.
  @Test func labelsThatRepeat() throws {
    let labels = [
      "Best for: Bakers who want to grind their own rye at home.", "The mill of Orm is open on Mondays and Tuesdays.",
      "Best for: Farmers with more wheat than they can sell.",
    ]
    #expect(try coherence(labels.joined(separator: " ")).isEligible.suffix(3) == [false, true, false])
    let titles = [
      "Orm: The Mill opens at the harbour museum on Monday.", "Orm: The Mill closes in August after 90 days.",
    ]
    #expect(try coherence(titles.joined(separator: " ")).isEligible.suffix(2) == [true, true])
  }

  @Test func namesMayBeWrittenSmall() throws {
    let sentence = "millctl is a program that starts and stops the mill of Orm."
    #expect(try isEligible(sentence, title: "millctl – the manual of the mill"))
    #expect(try !isEligible(sentence, title: "The manual of the mill"))
  }

  @Test(arguments: [
    ("In a sense, this is what all the mills of the island do.", "en"),
    ("To fix these mills, the county would have to pay a lot.", "en"),
    ("I also sold the old stones to the church of Skellan.", "en"),
    ("As a consequence the mill stood still for nine years.", "en"),
    ("Which is why the widow Lind never sold the mill of Orm.", "en"),
    ("Whereas the mill of Skellan grinds wheat and nothing else.", "en"),
    ("Mit diesen Steinen mahlt die Mühle heute noch Roggen.", "de"),
    ("Avec cette meule on fait encore la farine de seigle.", "fr"),
    ("Con estas piedras se hace todavía la harina de centeno.", "es"),
  ])
  func leans(_ sentence: String, _ language: String) throws { #expect(try pointsBack(sentence, language)) }

  @Test(arguments: [
    ("In this beginner’s guide you will learn how mills work.", "en"),
    ("The mill will this year grind rye for the whole island.", "en"),
    ("The widow who built the mill knew these islands well.", "en"),
    ("In diesem Jahr mahlt die Mühle wieder Roggen für alle.", "de"),
  ])
  func standsAlone(_ sentence: String, _ language: String) throws {
    #expect(try !pointsBack(sentence, language))
  }

  @Test func rowsOfTablesAreNoWholePage() throws {
    let coherence = try coherence("Imported. XS – XL: 1 lb. Nobody was hurt. Who paid for it? We never knew.", tag: "p")
    #expect(coherence.isWhole.suffix(5) == [false, false, true, true, true])
  }
}
