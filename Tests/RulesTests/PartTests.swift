import Pages
import Testing

@testable import Rules

/// Rules about sentences and paragraphs, and those that write another text: what they find, and what is left.
@Suite struct PartTests {
  /// The page after the edits of the rules, without the lines that they take out.
  private func clean(_ set: RuleSet, _ page: String) -> String {
    let blocks = readBlocks(page)
    let findings = Scanner(set).scan(blocks)
    let gone = Set(findings.filter { !$0.isPart && $0.action == .remove }.map(\.block))
    let edits = findings.filter { !gone.contains($0.block) }.compactMap(\.edit)
    let written = blocks.applying(edits.sorted { $0.range.lowerBound < $1.range.lowerBound })
    return (0..<written.count).filter { !gone.contains($0) }.map { written.string($0) }.joined(separator: "|")
  }
  private func found(_ set: RuleSet, _ page: String) -> [String] {
    let blocks = readBlocks(page)
    return Scanner(set).scan(blocks).map { String(decoding: blocks.text[$0.range], as: UTF8.self) }
  }

  static let replacing: [(match: String, with: String, page: String, clean: String)] = [
    ("{regex: '[a-z.]+@[a-z]+\\.org'}", "[e-mail]", "To a@b.org, c.d@e.org.", "To [e-mail], [e-mail]."),
    // What a group holds is spelled as in the page.
    ("{regex: '([a-z.]+)@[a-z]+\\.org'}", "{1} at …", "Ask Jo.Doe@b.org", "Ask Jo.Doe at …"),
    ("{regex: 'call (\\d+)(?: or (\\d+))?'}", "{1}/{2}", "call 12 or 3; call 4", "12/3; 4/"),
    // Without a text the piece goes, and a space with it.
    ("{regex: '\\(tel\\. \\d+\\)'}", "", "Ring me (tel. 55) now", "Ring me now"),
    ("{regex: '\\(tel\\. \\d+\\)'}", "", "Ring me (tel. 55), now", "Ring me, now"),
    ("{regex: '\\(tel\\. \\d+\\)'}", "", "(tel. 55) Ring me (tel. 5)", "Ring me"),
    ("{regex: '\\(tel\\. \\d+\\)'}", "", "(tel. 55)", ""),
    // A rule without a pattern replaces the line.
    ("{starts: advertisement}", "[ad]", "a|Advertisement of Acme|b", "a|[ad]|b"),
    // Of matches that overlap the first, of those that start together the longer one.
    ("{regex: ['abc', 'abcd', 'cde']}", "x", "abcde", "xe"),
  ]
  @Test(arguments: replacing) func replaces(_ test: (match: String, with: String, page: String, clean: String)) {
    let set = ruleSet(yaml(test.match, more: "action: replace, with: '\(test.with)'"))
    #expect(clean(set, test.page.replacing("|", with: "\n")) == test.clean)
  }

  @Test func severalRulesReplaceInOneLine() {
    let set = ruleSet(
      yaml("{regex: 'abc'}", more: "action: replace, with: A"),
      yaml("{regex: 'cdef'}", id: "other/b", more: "action: replace, with: B, severity: error"),
      yaml("{regex: 'xyz'}", id: "other/c", more: "action: replace, with: C"))
    // The overlap goes to the one of the higher severity.
    #expect(clean(set, "abcdef xyz abc") == "abB C A")
    #expect(found(set, "abcdef xyz abc") == ["cdef", "xyz", "abc"])
  }

  static let sentence = "scope: sentence"
  static let sentences: [(match: String, more: String, page: String, clean: String)] = [
    ("{starts: subscribe}", sentence, "He left. Subscribe now! She stayed.", "He left. She stayed."),
    ("{starts: subscribe}", sentence, "Subscribe now! She stayed.", "She stayed."),
    ("{starts: subscribe}", sentence, "She stayed. Subscribe now!", "She stayed."),
    ("{starts: subscribe}", sentence, "They subscribe to it. Dr. Who knows.", "They subscribe to it. Dr. Who knows."),
    ("{line: subscribe now}", sentence, "Yes. Subscribe now! Yes.", "Yes. Yes."),
    ("{starts: subscribe}", sentence + ", action: flag", "Subscribe now! She stayed.", "Subscribe now! She stayed."),
    (
      "{starts: subscribe}", sentence + ", action: replace, with: '[…]'", "Subscribe now! She stayed.",
      "[…] She stayed."
    ),
    (
      "{regex: 'now(!)'}", sentence + ", action: replace, with: 'then{1}'", "Now. Subscribe now!",
      "Now. Subscribe then!"
    ),
    ("{words: {max: 2}}", sentence, "Go on. And so the story ends. The end.", "And so the story ends."),
    (
      "{starts: subscribe}", sentence, "<p>He <b>left. Subscribe</b> now! <i>She</i> stayed.</p>",
      "He left. She stayed."
    ),
  ]
  @Test(arguments: sentences) func takesSentences(_ test: (match: String, more: String, page: String, clean: String)) {
    #expect(clean(ruleSet(yaml(test.match, more: test.more)), test.page) == test.clean)
  }

  @Test func aLineThatIsDecidedHasNoPartFindings() {
    let sentence = yaml("{starts: subscribe}", more: "scope: sentence")
    let keeps = ruleSet(sentence, yaml("{contains: she}", id: "other/keep", more: "action: keep"))
    #expect(found(keeps, "Subscribe now! She stayed.") == ["Subscribe now! She stayed."])
    let flags = ruleSet(sentence, yaml("{contains: she}", id: "other/flag", more: "action: flag"))
    #expect(found(flags, "Subscribe now! She stayed.") == ["Subscribe now! She stayed.", "Subscribe now!"])
  }

  @Test func aSentenceThatGoesIsNotReplacedIn() {
    let set = ruleSet(
      yaml("{starts: subscribe}", more: "scope: sentence"),
      yaml("{regex: 'now'}", id: "other/now", more: "action: replace, with: then, severity: error"))
    #expect(clean(set, "Subscribe now! Come now.") == "Come then.")
  }

  static let paragraphs: [(page: String, clean: String)] = [
    ("<p>A limited<br>time offer!</p><p>Text.</p>", "Text."),
    ("<ul><li>A limited<li>time offer</ul>", "A limited|time offer"),
    ("An old story.\n\nA limited\ntime offer!\n\nText.", "An old story.|Text."),
    ("A limited\n\ntime offer", "A limited|time offer"),
    ("A limited time offer\n\nText", "Text"),
  ]
  @Test(arguments: paragraphs) func takesParagraphs(_ test: (page: String, clean: String)) {
    let set = ruleSet(yaml("{contains: limited time offer}", more: "scope: block, message: '{text}'"))
    #expect(clean(set, test.page) == test.clean)
  }

  /// Where each byte came from is still known after the edits.
  @Test func sourcesOutliveEdits() {
    let page = "<p>One &amp; <b>two</b>. Go &lt;away&gt;. Three &amp; four.</p>"
    let blocks = readBlocks(page)
    let sentence = blocks.text.firstRange(of: Array("Go <away>.".utf8))!
    for text in ["", "[…]"] {
      let written = blocks.applying([TextEdit(range: sentence, text: Array(text.utf8))])
      for word in ["One &", "two", "Three", "four"] {
        let range = written.text.firstRange(of: Array(word.utf8))!
        let source = String(decoding: Array(page.utf8)[written.sourceRange(of: range)], as: UTF8.self)
        #expect(source == word.replacing("&", with: "&amp;"))
      }
      #expect(
        written.spans.map { String(decoding: written.text[Int($0.start)..<Int($0.end)], as: UTF8.self) } == ["two"])
    }
  }

  static let examples: [(example: String, failure: String?)] = [
    ("Yes. [[Subscribe now!]] Yes.", nil), ("[[Yes. Subscribe now!]] Yes.", "\"Yes. Subscribe now!\""),
    ("Yes. Subscribe now!", nil), ("[[Subscribe]] [[now]]!", "\"Subscribe\", \"now\""),
  ]
  @Test(arguments: examples) func examplesMarkWhatIsFound(_ test: (example: String, failure: String?)) {
    let set = ruleSet(
      yaml("{starts: subscribe}", more: "scope: sentence, examples: {match: ['\(test.example)']}"))
    #expect(
      RuleTests(set).failures.map { "\($0.expected), \($0.got)" }
        == (test.failure.map { ["a match of \($0), one of \"Subscribe now!\""] } ?? []))
  }

  /// More links in one sentence than their number holds.
  @Test func aSentenceOfManyLinks() {
    let page = "<p>" + String(repeating: "<a href=x>a</a> ", count: 66_000) + "end.</p>"
    let set = ruleSet(yaml("{ends: end}", more: "scope: sentence"))
    #expect(set.findings(page).count == 1)
  }
}
