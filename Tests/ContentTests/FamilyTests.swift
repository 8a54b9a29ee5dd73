import Content
import Rules
import Testing

/// What the content model removes and no rule names gets a family where its words, its look and the lines
/// around it tell. No rule is heard here.
@Suite struct FamilyTests {
  private static let story = (1...6).map(Sample.paragraph).joined(separator: "\n\n")

  /// `lines` are those that count as removed; nil leaves that to the scorer.
  private func families(
    _ text: String, name: String = "page.txt", removing lines: [String]? = nil, findings: [Finding] = []
  ) throws -> [String: Family] {
    let page = try Sample.read(text, name: name)
    var judgement = ContentScorer().judge(page, findings: findings)
    if let lines { judgement.keeps = (0..<page.blocks.count).map { !lines.contains(page.blocks.string($0)) } }
    judgement.nameFamilies(page.blocks, findings: findings)
    #expect(judgement.families.count == page.blocks.count)
    var named: [String: Family] = [:]
    for (block, family) in judgement.families.enumerated() {
      #expect(family == nil || !judgement.keeps[block])
      named[page.blocks.string(block)] = family
    }
    return named
  }

  @Test(arguments: [
    (Family.navigation, ["Home", "Products", "Services", "Careers", "Contact us"]),
    (.share, ["Share on Facebook", "Share on Twitter", "Copy link", "WhatsApp"]),
    (.navigation, ["Startseite", "Produkte", "Unternehmen", "Kontakt", "Anmelden"]),
    (.consent, ["Wir verwenden Cookies", "Alle Cookies akzeptieren", "Ablehnen", "Cookie-Einstellungen"]),
  ])
  func linesOfADump(family: Family, lines: [String]) throws {
    let found = try families(lines.joined(separator: "\n") + "\n\nThe ramp\n\n" + Self.story, removing: lines)
    let right = lines.filter { found[$0] == family }
    #expect(right.count * 4 >= lines.count * 3, "\(found)")
  }

  @Test("Lines beside one that a rule named mostly share its family")
  func besideARule() throws {
    let lines = ["We use cookies to improve your visit", "Accept all cookies", "Reject all", "Cookie settings"]
    let text = lines.joined(separator: "\n") + "\n\nThe ramp\n\n" + Self.story
    let page = try Sample.read(text, name: "page.txt")
    let heard = Finding(
      rule: "x/y", family: .consent, severity: .note, action: .remove, message: "", block: 0,
      range: page.blocks.range(0)
    )
    let found = try families(text, removing: lines, findings: [heard])
    #expect(lines.dropFirst().count { found[$0] == .consent } >= 2, "\(found)")
  }

  @Test("Numbers that count up are no votes")
  func numbersThatCountUp() throws {
    let share = ["Share on Facebook", "Share on Twitter", "Copy link"]
    let slides = (1...6).map(String.init)
    let text = (share + slides).joined(separator: "\n") + "\n\nThe ramp\n\n" + Self.story
    let found = try families(text, removing: share + slides)
    #expect(slides.allSatisfy { found[$0] == nil }, "\(found)")
  }

  @Test("A menu of words that nobody knows is a menu in HTML")
  func menuOfHTML() throws {
    let items = ["Quux", "Florp", "Zindle", "Brax"]
    let html = Sample.article.replacing(
      "<li><a href='/News'>News</a></li>", with: items.map { "<li><a href='/x'>\($0)</a></li>" }.joined())
    let found = try families(html, name: "page.html")
    #expect(items.allSatisfy { found[$0] == .navigation }, "\(found)")
  }

  @Test("Text that is kept has no family, nor has a line that a rule took")
  func onlyWhatTheModelRemoves() throws {
    let text = "Home\nProducts\nServices\n\n" + Self.story
    let page = try Sample.read(text, name: "page.txt")
    let finding = Finding(
      rule: "x/y", family: .signup, severity: .note, action: .remove, message: "", block: 1, range: page.blocks.range(1)
    )
    let found = try families(text, removing: ["Home", "Products", "Services"], findings: [finding])
    #expect(found["Home"] == .navigation)
    #expect(found["Products"] == nil)
    #expect(found[Sample.paragraph(1)] == nil)
  }

  @Test("A judgement made by hand names nothing")
  func byHand() throws {
    let page = try Sample.read("Home\nNews\n", name: "page.txt")
    var judgement = Judgement(scores: [0, 0], keeps: [false, false], pageType: .article, pageTypeConfidence: 1)
    judgement.nameFamilies(page.blocks, findings: [])
    #expect(judgement.families == [nil, nil])
  }
}
