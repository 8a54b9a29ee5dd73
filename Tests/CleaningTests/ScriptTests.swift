import Testing
import Winnow

/// What stands raised or lowered is no part of the number or word before it, in any form.
@Suite struct ScriptTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var html: String
    var text: String
    var markdown: String
    init(_ html: String, _ text: String, _ markdown: String) {
      (self.html, self.text, self.markdown) = (html, text, markdown)
    }
    var testDescription: String { html }
  }

  static let cases = [
    Case("<p>3.5 × 10<sup>9</sup> litres", "3.5 × 10⁹ litres", "3.5 × 10<sup>9</sup> litres"),
    Case("<p>people in 2019<sup>4</sup>.", "people in 2019⁴.", "people in 2019<sup>4</sup>."),
    Case("<p>H<sub>2</sub>O, Ca<sup>2+</sup>", "H₂O, Ca²⁺", "H<sub>2</sub>O, Ca<sup>2+</sup>"),
    Case("<p>10<sup>−3</sup> x<sup>(n-1)</sup>", "10⁻³ x⁽ⁿ⁻¹⁾", "10<sup>−3</sup> x<sup>(n-1)</sup>"),
    // Unicode has no raised comma, and no raised "t" that is one to search engines.
    Case("<p>the 4<sup>th</sup> of May", "the 4th of May", "the 4<sup>th</sup> of May"),
    Case("<p>word<sup>1,2</sup> and", "word1,2 and", "word<sup>1,2</sup> and"),
    Case(
      "<p>so<sup><a href='/n'>[4]</a></sup> it <a href='/m'>is<sup>5</sup></a>", "so[4] it is⁵",
      "so<sup>[\\[4\\]](/n)</sup> it [is<sup>5</sup>](/m)"),
    Case("<p><sup> 4 </sup> See page 7", "⁴ See page 7", "<sup>4</sup> See page 7"),
    Case(
      "<p>2<sup>2<sup>3</sup></sup>, a<sup>b<sub>1</sub></sup>", "2²³, ab₁",
      "2<sup>2<sup>3</sup></sup>, a<sup>b<sub>1</sub></sup>"),
    Case("<p>a<sup>1</sup><sup>2</sup> b<sup></sup>", "a¹² b", "a<sup>1</sup><sup>2</sup> b"),
    Case("<p><b>10<sup>9</sup></b> <i>m<sup>2</sup></i>", "10⁹ m²", "**10<sup>9</sup>** *m<sup>2</sup>*"),
    Case("<p>O(<code>n<sup>2</sup></code>) <code>x</code>", "O(n²) x", "O(n<sup>2</sup>) `x`"),
    Case("<pre>2<sup>10</sup> bytes</pre>", "2¹⁰ bytes", "```\n2¹⁰ bytes\n```"),
    Case(
      "<table><tr><td>Area<td>m<sup>2</sup><tr><td>1<td>2</table>", "Area\tm²\n1\t2",
      "| Area | m<sup>2</sup> |\n| --- | --- |\n| 1 | 2 |"),
  ]
  @Test(arguments: cases) func textAndMarkdown(_ page: Case) throws {
    #expect(try MarkdownTests.render(page.html, .text) == page.text)
    #expect(try MarkdownTests.render(page.html, .markdown) == page.markdown)
  }

  @Test func htmlKeepsTheTags() throws {
    let html = try MarkdownTests.render("<p>10<sup>9</sup> <b>CO<sub>2</sub></b><sup><a href='/n'>n</a></sup>", .html)
    let paragraph = "<p>10<sup>9</sup> <strong>CO<sub>2</sub></strong><sup><a href=\"/n\">n</a></sup></p>"
    #expect(html.contains(paragraph), "\(html)")
  }

  /// The text alone is written otherwise: rules look at what they always did, and places lead to the page.
  @Test func jsonSaysWhereItStood() throws {
    let html = "<p>a 10<sup>9</sup> b</p><p>c</p>"
    let json = try MarkdownTests.render(html, .json)
    #expect(json.contains(#""text":"a 10⁹ b","line":1,"column":4,"byteOffset":3,"byteLength":18"#), "\(json)")
    let rule = "{id: other/ten, family: other, title: T, action: flag, severity: note, match: {regex: 'a 109 b'}}"
    let rules = RuleSet(RuleFile("pack: t\nschema: 1\nrules:\n  - \(rule)\n", name: "t.yaml").rules)
    let page = try Winnower(rules: rules).clean(Page(name: "a.html", bytes: Array(html.utf8)))
    #expect(page.findings.contains { $0.rule == "other/ten" })
  }

  /// What a rule writes in a line moves the marks of the rest.
  @Test func behindAReplacement() throws {
    let rule = """
      {id: other/x, family: other, title: T, action: replace, with: "[gone]", severity: note, match: {regex: 'litres of'}}
      """
    let rules = RuleSet(RuleFile("pack: t\nschema: 1\nrules:\n  - \(rule)\n", name: "t.yaml").rules)
    let html = "<p>litres of 10<sup>9</sup> a"
    let page = try Winnower(rules: rules, favor: nil).clean(Page(name: "a.html", bytes: Array(html.utf8)))
    #expect(String(decoding: page.render(.text), as: UTF8.self) == "[gone] 10⁹ a\n")
  }

  /// A brief is text as well.
  @Test func inABrief() throws {
    let html = "<p>The new reservoir in the north of the county holds 3.5 × 10<sup>9</sup> litres of water."
    let winnower = Winnower(rules: RuleSet([]), favor: nil)
    let page = try winnower.clean(Page(name: "a.html", bytes: Array(html.utf8)))
    #expect(winnower.brief(page).text(page).contains("10⁹ litres"))
  }
}
