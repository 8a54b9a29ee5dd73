import Content
import Language
import Pages
import Testing

@testable import Briefs

@Suite struct BriefTests {
  private func source(
    _ text: String, title: String? = nil, language: String = "en", type: PageType? = nil, description: String? = nil
  ) throws -> BriefSource {
    let page = try PageReader().read(Page(name: "page.txt", bytes: Array(text.utf8)))
    return BriefSource(
      blocks: page.blocks, kept: Array(0..<page.blocks.count), title: title, language: language, pageType: type,
      description: description)
  }
  private func brief(_ source: BriefSource, _ budget: BriefBudget, _ style: BriefStyle = .model) -> [String] {
    Summarizer().brief(source, budget: budget, style: style).sentences.map {
      String(decoding: source.blocks.text[$0.range], as: UTF8.self)
    }
  }

  /// A news story of the project's own.
  private let story = """
    SKELLAN, Norland (AP) — The ferry between Skellan and Orm will stop on 1 June after ninety years, the county said on Monday.
    It carried 48,000 passengers last year, a third of what it carried in 1990.
    The county council voted 21 to 14 to end the service because the boat, built in 1968, needs repairs of 4.2 million crowns.
    "We cannot pay for a boat that nobody takes," said Mayor Ada Lind. She leaves office in May.
    But the shopkeepers of Orm say that they will sue the county over the ferry.
    "Without the ferry we have no customers," said Per Moss, who sells fish on the pier. "Nobody drives forty miles for a herring."
    Have you taken the ferry? Write to us!
    Sign up for our newsletter.
    A bridge between Skellan and Orm has been planned since 1974, but the state has never paid for it.
    The last ferry leaves Skellan at 9 p.m. on 31 May, and the crew of six will be offered work in the county's harbours.
    """

  @Test(arguments: BriefStyle.allCases) func sentencesAreVerbatimInOrderAndOnce(_ style: BriefStyle) throws {
    let source = try source(story)
    for count in 1...8 {
      let sentences = Summarizer().brief(source, budget: .sentences(count), style: style).sentences
      #expect(!sentences.isEmpty && sentences.count <= count)
      #expect(zip(sentences, sentences.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
    }
  }

  /// Law: breaking the lines of a text at a width changes nothing of its brief.
  @Test(arguments: [60, 76]) func lineBreaksAreNoSentenceBreaks(width: Int) throws {
    let paragraphs = story.split(separator: "\n").map { line in
      line.split(separator: " ").reduce(into: [""]) { lines, word in
        if lines[lines.count - 1].count + 1 + word.count > width { lines.append("") }
        lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
      }.joined(separator: "\n")
    }
    let (whole, broken) = (try source(story), try source(paragraphs.joined(separator: "\n\n")))
    for count in 1...5 {
      let texts = [whole, broken].map { Summarizer().brief($0, budget: .sentences(count)).text($0.blocks) }
      #expect(texts[0] == texts[1])
    }
  }

  /// A sentence in an item is prose where a page has no other: a blog may set its posts as lists.
  @Test func itemsAreProseWhereNothingElseIs() throws {
    let items = [
      "The ferry between Skellan and Orm will stop on 1 June after ninety years, the county said on Monday.",
      "Timetable", "The boat carried 48,000 passengers last year, a third of what it carried in 1990.",
    ]
    let prose = "A bridge between the two towns has been planned since 1974, but the state has never paid for it."
    for (paragraph, sentences) in [("", [items[0], items[2]]), ("<p>\(prose)</p>", [prose])] {
      let html = "\(paragraph)<ul>\(items.map { "<li>\($0)</li>" }.joined())</ul>"
      let page = try PageReader().read(Page(name: "page.html", bytes: Array(html.utf8)))
      let source = BriefSource(blocks: page.blocks, kept: Array(0..<page.blocks.count), language: "en")
      #expect(brief(source, .sentences(3)) == sentences)
    }
  }

  @Test func budgetsAreKept() throws {
    let source = try source(story)
    for limit in [5, 12, 25, 40, 75, 120, 200] {
      for style in BriefStyle.allCases {
        let text = Summarizer().brief(source, budget: .words(limit), style: style).text(source.blocks)
        #expect(text.split(separator: " ").count <= limit && (limit < 25 || !text.isEmpty))
      }
    }
    for limit in [10, 80, 140, 280, 600, .max] {
      let text = Summarizer().brief(source, budget: .characters(limit)).text(source.blocks)
      #expect(text.unicodeScalars.count <= limit && (limit < 140 || !text.isEmpty))
    }
  }

  @Test(arguments: [
    ("A boat sank.", 3), ("【Boat】 and 【oar】", 3), ("船が来た。", 2), ("", 0), ("9\u{202F}% of\u{A0}it", 4),
    ("船が\u{3000}来た。", 2),
  ])
  func wordsAreWhatSpacesSeparate(_ text: String, _ words: Int) {
    var text = text
    #expect(text.withUTF8 { Length($0[0..<$0.count]).words } == words)
  }

  @Test(arguments: ["en", "und"]) func openersNeedTheirPredecessor(_ language: String) throws {
    let source = try source(story, language: language)
    for budget in [BriefBudget.sentences(1), .sentences(2), .sentences(3), .sentences(5), .words(30), .words(60)] {
      let all = brief(source, .sentences(100))
      let chosen = brief(source, budget)
      for (place, sentence) in chosen.enumerated() where ["It ", "She ", "But "].contains(where: sentence.hasPrefix) {
        let before = try #require(all.firstIndex(of: sentence)) - 1
        #expect(place > 0 && before >= 0 && chosen[place - 1] == all[before], "\(chosen)")
      }
    }
  }

  @Test func noPromptsQuestionsOrExclamations() throws {
    let chosen = try brief(source(story), .sentences(9))
    #expect(chosen.count > 3)
    #expect(!chosen.contains { $0.hasPrefix("Sign up") || $0.hasSuffix("?") || $0.hasSuffix("!") })
  }

  @Test func oneQuotationAtMost() throws {
    for count in 2...8 {
      let chosen = try brief(source(story), .sentences(count))
      #expect(chosen.count { $0.hasPrefix("\"We cannot") || $0.hasPrefix("\"Nobody") } <= 1)
    }
  }

  @Test func datelineIsStrippedAndRecorded() throws {
    let source = try source(story)
    let first = try #require(Summarizer().brief(source, budget: .sentences(1), style: .lead).sentences.first)
    #expect(String(decoding: source.blocks.text[first.range], as: UTF8.self).hasPrefix("The ferry between"))
    let dateline = try #require(first.dateline)
    #expect(String(decoding: source.blocks.text[dateline], as: UTF8.self) == "SKELLAN, Norland (AP) — ")
    #expect(dateline.upperBound == first.range.lowerBound)
  }

  @Test(arguments: [
    ("(CNN)There is a boat.", "en", "(CNN)"), ("(CNN) -- There is a boat.", "en", "(CNN) -- "),
    ("Orm, Norland (CNN)There is a boat.", "en", "Orm, Norland (CNN)"),
    ("ORM, Norland — There is a boat.", "en", "ORM, Norland — "), ("ORM -- There is a boat.", "en", "ORM -- "),
    ("Berlin (dpa) - Ein Boot ist da.", "de", "Berlin (dpa) - "), ("Jakarta - Ada sebuah kapal.", "id", "Jakarta - "),
    ("КИЇВ — Човен уже тут.", "uk", "КИЇВ — "), ("МОСКВА, 5 мая /ТАСС/. Лодка здесь.", "ru", "МОСКВА, 5 мая /ТАСС/. "),
    ("（东京5日电）船来了。", "zh", "（东京5日电）"), ("【東京】船が来た。", "ja", "【東京】"),
    ("Mayor Lind (Labour) spoke first.", "en", ""), ("The boat — a wreck — sank.", "en", ""),
    ("Senator Bell (D-Ohio) spoke.", "en", ""), ("Orm is small - very small.", "en", ""),
    ("(We saw a boat.)", "en", ""),
    ("IBM is large — too large.", "en", ""), ("ST ORM, Norland — There is a boat.", "en", "ST ORM, Norland — "),
    ("Wien (epdÖ) – Ein Boot ist da.", "de", "Wien (epdÖ) – "),
    ("Hamburg (dpa/lno) – Ein Boot ist da.", "de", "Hamburg (dpa/lno) – "),
    ("Kaffee (schwarz) – mehr gab es nicht.", "de", ""),
    ("Orm Daily News – There is a boat.", "en", "Orm Daily News – "),
    ("Orm Daily – There is a boat.", "en", ""),
    ("Orm Daily News – the paper of the town – was sold.", "en", ""),
    ("Orm Daily News – The Paper – was sold.", "en", ""), ("Jamie Lee (she/her) — There is a boat.", "en", ""),
    ("Bootsbauer (m/w/d) – Wir suchen.", "de", ""), ("Orm Pay (iPhone) – There is a boat.", "en", ""),
    ("I LOVE Orm — There is a boat.", "en", ""), ("AI NEWS Weekly — There is a boat.", "en", ""),
    ("US GDP Growth — the number.", "en", ""), ("LA REINE Anne — there she is.", "en", ""),
  ])
  func datelines(_ text: String, _ language: String, _ dateline: String) {
    var text = text
    let length = text.withUTF8 { Dateline.length($0, 0..<$0.count, language, site: "Orm daily news") }
    #expect(String(text.utf8.prefix(length)) == dateline)
  }

  @Test func shortPageIsGivenWhole() throws {
    let text = "The mill burned down. Nobody was hurt. Who will build it again?"
    let whole = try brief(source(text), .sentences(5))
    #expect(whole == ["The mill burned down.", "Nobody was hurt.", "Who will build it again?"])
    let twice = "The old mill of Skellan burned down on Monday – nobody was hurt."
    let again = "The old mill of Skellan burned down on Monday ... nobody was hurt."
    #expect(try brief(source(twice + "\n\n" + again), .sentences(5)) == [twice])
  }

  @Test func paragraphsInCellsAreProse() throws {
    let lines = story.split(separator: "\n")
    let html = "<table><tr><td>Home</td><td>\(lines.map { "<p>\($0)</p>" }.joined())</td></tr></table>"
    let page = try PageReader().read(Page(name: "page.html", bytes: Array(html.utf8)))
    let source = BriefSource(blocks: page.blocks, kept: Array(0..<page.blocks.count), language: "en")
    #expect(brief(source, .sentences(3)).count == 3)
    let cells = html.replacing("<p>", with: "").replacing("</p>", with: "</td><td>")
    let table = try PageReader().read(Page(name: "page.html", bytes: Array(cells.utf8)))
    let other = BriefSource(blocks: table.blocks, kept: Array(0..<table.blocks.count), language: "en")
    #expect(brief(other, .sentences(3)).count < 3)
  }

  @Test func emptyBriefsSayWhy() throws {
    let none = try source("")
    #expect(Summarizer().brief(none, budget: .sentences(3)).emptyBecause == "no main content")
    let menu = try source("Home\n\nPrices\n\nContact")
    let brief = Summarizer().brief(menu, budget: .sentences(3))
    #expect(brief.sentences.isEmpty && brief.emptyBecause == "no sentence that can stand alone")
    #expect(Summarizer().brief(try source(story), budget: .words(2)).emptyBecause == "no sentence fits the budget")
  }

  @Test(arguments: ["Updated da…", "Free boats for all!", "Best prices"])
  func listsGiveTheirDescription(_ call: String) throws {
    let cards = (1...12).map { "Mill number \($0) was sold in the autumn of that year." }.joined(separator: "\n\n")
    let source = try source(
      cards, title: "News from the harbour", type: .listing,
      description: "The harbour's own page of news, written by its keepers. \(call)")
    let brief = Summarizer().brief(source, budget: .sentences(3))
    #expect(brief.text(source.blocks) == "The harbour's own page of news, written by its keepers.")
    #expect(brief.emptyBecause == nil)
  }

  @Test func forumsGiveTheFirstPost() throws {
    let post = """
      My kiln stalls at 1040 degrees and will not climb further. The elements are two years old and the relays are \
      new.\u{20}
      """
    let reply = "Have a look at the relays of the kiln, since the kiln stalls when relays of the kiln stick. "
    let source = try source(post + "\n\n" + String(repeating: post, count: 4) + "\n\n" + reply + reply, type: .forum)
    let chosen = brief(source, .sentences(1))
    #expect(chosen.count == 1 && post.contains(chosen[0]))
  }

  @Test func manualsSayWhatTheyExplain() throws {
    let first = "This guide explains how the kiln controller reads the programs of its ramps."
    let sections = (1...40).map { "The kiln controller keeps ramp \($0) on the card." }.joined(separator: " ")
    let page = try PageReader().read(Page(name: "page.html", bytes: Array("<p>\(first)<p>\(sections)".utf8)))
    for (type, isFirst) in [(PageType.documentation, true), (.article, false)] {
      let source = BriefSource(
        blocks: page.blocks, kept: Array(0..<page.blocks.count), title: "Kiln controller", language: "en",
        pageType: type)
      #expect(brief(source, .sentences(1), .lead).contains(first) == isFirst)
    }
  }

  @Test func forumsGiveTheQuestion() throws {
    let post = "Why does my kiln stall at 1040 degrees? The elements of the kiln are two years old."
    let log = "The log of the controller says at 6:54:10 that the relay of the kiln stuck at 1040 degrees."
    let page = ["Potters of the bay", post, log, "Replace the relay first.", "Then look at the elements."]
    let source = try source(page.joined(separator: "\n\n"), title: "Kiln stalls at 1040 degrees", type: .forum)
    #expect(
      brief(source, .sentences(2)) == [
        "Why does my kiln stall at 1040 degrees?", "The elements of the kiln are two years old.",
      ])
  }

  @Test(arguments: [PageType.listing, .collection])
  func introductionsStandBeforeTheCards(_ type: PageType) throws {
    let cards = (1...9).map { "Mill number \($0) was sold in the autumn of that year. Nobody knows who bought it." }
      .joined(separator: "\n\n")
    let introduction = "The harbour of Orm reports what its keepers and its ferries do. Its news come on Mondays."
    let description = "What happens in the harbour of Orm, told by its keepers."
    func text(_ page: String) throws -> String {
      let source = try source(page, title: "News from the harbour of Orm", type: type, description: description)
      return Summarizer().brief(source, budget: .sentences(3)).text(source.blocks)
    }
    #expect(try text(introduction + "\n\n" + cards).hasPrefix("The harbour of Orm reports"))
    #expect(try text(cards + "\n\n" + introduction) == description)
  }

  @Test func productsStartBehindTheShopsNotes() throws {
    let notes = "Your order will leave us on the same working day. We pay for what you send back within a month."
    let goods = "The Orm kettle is cast from iron that is dug on the island. It holds two litres of water."
    let description = "A kettle of cast iron from the island of Orm."
    func text(_ page: String) throws -> String {
      let source = try source(page, title: "Kettle of Orm", type: .product, description: description)
      return Summarizer().brief(source, budget: .sentences(2)).text(source.blocks)
    }
    #expect(try text(notes + "\n\n" + goods) == goods)
    #expect(try text(notes + "\n\n" + notes.replacing("month", with: "week")) == description)
  }

  @Test func manualsGiveTheirOpening() throws {
    let opening = "A kiln controller holds a kiln at the heat that its program asks for. Programs are lists of ramps."
    let sections = (1...40).map { "The kiln controller reads the program of ramp \($0) from the kiln's own card." }
    let source = try source(opening + "\n\n" + sections.joined(separator: "\n\n"), type: .documentation)
    let last = try #require(Summarizer().brief(source, budget: .sentences(3)).sentences.last)
    #expect(last.block <= 14)
  }

  @Test func everyLanguageGetsABrief() throws {
    let texts = [
      (
        "de", "Die Fähre zwischen Skellan und Orm wird eingestellt. Sie fuhr neunzig Jahre lang. Das Boot ist sehr alt."
      ),
      ("uk", "Пором між Скелланом і Ормом зупинять у червні. Він ходив дев'яносто років. Човен уже дуже старий."),
      ("ja", "スケランとオルムを結ぶ船は六月に終わる。九十年の間運航していた。郡は費用を減らす。船はとても古い。"),
      ("ar", "ستتوقف العبارة بين البلدتين في يونيو. عملت العبارة تسعين عاما بلا انقطاع. القارب قديم جدا الآن."),
    ]
    for (language, text) in texts {
      let chosen = try brief(source(text, language: language), .sentences(2))
      #expect(!chosen.isEmpty, "\(language)")
    }
  }

  /// Random bytes and odd shapes: nothing traps, ranges stay in the text.
  @Test func hostileText() throws {
    var seed: UInt64 = 7
    func random(_ bound: UInt64) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((seed >> 33) % bound)
    }
    let pieces = [
      "a", "The", ".", ". ", "! ", "\"", "“", "”", "(", ")", "\n", " ", "é", "船", "。", "「", "5", "U.S.", "\u{1F600}",
      "he said",
    ]
    let summarizer = Summarizer()
    for _ in 0..<300 {
      let text = (0..<random(200)).map { _ in pieces[random(UInt64(pieces.count))] }.joined()
      let source = try source(text, language: ["en", "ja", "de", "xx"][random(4)])
      let brief = summarizer.brief(source, budget: .sentences(1 + random(6)))
      #expect(brief.sentences.allSatisfy { $0.range.upperBound <= source.blocks.text.count && !$0.range.isEmpty })
      #expect(!brief.sentences.isEmpty || brief.emptyBecause != nil)
    }
  }

  @Test func longPagesStayBounded() throws {
    let sentences = (0..<5000).map { "Keeper number \($0) of the light at Orm wrote down the weather of the day." }
    let text = sentences.joined(separator: " ")
    let source = try source(text)
    let clock = ContinuousClock()
    let time = clock.measure { _ = brief(source, .sentences(3)) }
    #expect(time < .seconds(5))
  }

  @Test func modelRefusesOtherBytes() {
    #expect(Summarizer(model: []) == nil)
    #expect(Summarizer(model: Array("WBM1".utf8) + [1, 0, 0, 0, 1, 0x61]) == nil)
  }
}
