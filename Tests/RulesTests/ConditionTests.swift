import Testing

@testable import Rules

/// Each condition of Rules/README.md: where it holds and where it does not.
@Suite struct ConditionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var match: String
    var page: String
    var hits: [String]
    init(_ match: String, _ page: String, _ hits: [String]) {
      self.match = match
      self.page = page
      self.hits = hits
    }
    var testDescription: String { "\(match) on \(page.prefix(40))" }
  }

  static let phrases: [Case] = [
    Case(
      "{line: Sign up}", "Sign up\nSIGN   UP!\n» Sign up »\n* Sign up:\nSign up now\nWe sign up",
      ["Sign up", "SIGN UP!", "» Sign up »", "* Sign up:"]),
    Case("{line: '* Required'}", "* Required\nRequired\nNot required", ["* Required", "Required"]),
    Case("{line: '...'}", "...\nword", ["..."]),
    Case("{line: \"Don't miss\"}", "Don’t miss\nDon't\u{A0}miss\nDont miss", ["Don’t miss", "Don't\u{A0}miss"]),
    Case("{line: [One, Two]}", "one\ntwo\nthree", ["one", "two"]),
    Case(
      "{starts: Read more}", "Read more\nRead more about it\n→ Read more: x\nRead moreover\nTo read more",
      ["Read more", "Read more about it", "→ Read more: x"]),
    Case("{ends: left}", "3 comments left\nleft\nHe left.\nleftover\ncleft", ["3 comments left", "left", "He left."]),
    Case(
      "{contains: newsletter}", "Our newsletter is free\nNEWSLETTER\nnewsletters\nenewsletter\na (newsletter)",
      ["Our newsletter is free", "NEWSLETTER", "a (newsletter)"]),
    Case("{contains: реклама}", "Це реклама!\nрекламація\nантиреклама\nРЕКЛАМА", ["Це реклама!", "РЕКЛАМА"]),
    Case("{contains: é}", "café é\ncafé\né", ["café é", "é"]),
    Case("{starts: über}", "Über uns\nüberall", ["Über uns"]),
    Case("{contains: 订阅}", "请订阅我们的通讯\n通讯", ["请订阅我们的通讯"]),
    Case("{regex: 'succ?essfull?y sub'}", "Successfuly subscribed\nsuccess", ["Successfuly subscribed"]),
    Case("{regex: '^\\d+ min read$'}", "5 min read\nA 5 min read\n5 min read!", ["5 min read"]),
    Case("{regex: ['abc\\d', 'xyz+']}", "abc1\nxyzz\nabc", ["abc1", "xyzz"]),
    Case("{regex: 'caf\\u00e9 x'}", "Café x\ncafe x", ["Café x"]),
    Case("{regex: '\\x61bcd'}", "abcd\n61bcd", ["abcd"]),
  ]
  @Test func aliasStandsForItsAnchor() {
    let rules = ruleSet(
      "  - {id: ads/a, family: ads, title: &t T, match: &m [{line: x}, {line: y}]}\n",
      "  - {id: ads/b, family: ads, title: *t, match: {all: [{not: *m}, {words: {max: 1}}]}}\n")
    #expect(rules.rules.map(\.title) == ["T", "T"])
    #expect(rules.findings("x\n\nz").map(\.rule) == ["ads/a", "ads/b"])
  }

  @Test(arguments: phrases) func phrase(_ test: Case) {
    #expect(ruleSet(yaml(test.match)).hits(test.page) == test.hits)
  }

  /// Of more than twenty words, so that it is searched for what long lines need alone.
  private static let long =
    "And so the day went on, from one hill to the next, until nobody knew how far the village had been that morning"
  static let longLines: [Case] = [
    Case("{contains: newsletter}", "\(long) newsletter\n\(long)", ["\(long) newsletter"]),
    Case("{regex: 'hills?,? then'}", "\(long), hill then", ["\(long), hill then"]),
    Case("{contains: newsletter, words: {max: 12}}", "a newsletter\n\(long) newsletter", ["a newsletter"]),
    Case(
      "[{contains: newsletter, chars: {max: 40}}, {contains: village, words: {min: 4}}]",
      "a newsletter\n\(long) newsletter", ["a newsletter", "\(long) newsletter"]),
    Case(
      "{all: [{contains: newsletter}, {not: {contains: village}}]}", "a newsletter\n\(long) newsletter",
      ["a newsletter"]),
    Case(
      "{all: [{contains: newsletter}, {not: {contains: village, words: {max: 12}}}]}", "\(long) newsletter",
      ["\(long) newsletter"]),
    Case(
      "{range: {from: {line: Sign up}, to: {contains: newsletter}, max: 3}}", "Sign up\nx\n\(long) newsletter\ny",
      ["Sign up", "x", "\(long) newsletter"]),
    Case("{any: [{line: x}, {starts: And so}]}", "x\n\(long)", ["x", long]),
    Case(
      "{contains: newsletter, words: {max: 35}}", "\(long) newsletter\n\(veryLong) newsletter", ["\(long) newsletter"]),
    Case(
      "{contains: newsletter, words: {min: 41}}", "\(long) newsletter\n\(veryLong) newsletter",
      ["\(veryLong) newsletter"]),
    Case("{regex: 'hills?,? then'}", "\(veryLong), hill then", ["\(veryLong), hill then"]),
  ]
  static let veryLong = "\(long), \(long)"
  @Test(arguments: longLines) func longLine(_ test: Case) {
    #expect(ruleSet(yaml(test.match)).hits(test.page) == test.hits)
  }
  @Test func longLineExcuses() {
    let rules = ruleSet(yaml("{contains: newsletter}", more: "unless: {contains: village}"))
    #expect(rules.hits("a newsletter\n\(Self.long) newsletter") == ["a newsletter"])
    let range = ruleSet(
      yaml("{range: {from: {line: Sign up}, to: {line: Go}, max: 5}}", more: "unless: {contains: village}"))
    #expect(range.hits("Sign up\nx\nGo") == ["Sign up", "x", "Go"])
    #expect(range.hits("Sign up\n\(Self.long)\nGo") == [])
  }

  static let bounds: [Case] = [
    Case("{words: {max: 2}}", "one\none two\none two three", ["one", "one two"]),
    Case("{words: {min: 2, max: 2}}", "one\none two\none two three", ["one two"]),
    Case("{chars: {min: 3, max: 4}}", "ab\nabc\nabcd\nabcde\néèê", ["abc", "abcd", "éèê"]),
    Case("{repeats: {min: 2}}", "a b\nA  b\nc\na b.", ["a b", "A b"]),
    Case("{repeats: {min: 3}}", "a\na\nb", []),
    Case("{similar: {min: 2}}", "3 comments\n12 Comments\ncomments\n3 replies", ["3 comments", "12 Comments"]),
    Case(
      "{similar: {min: 3}}",
      "Get the daily letter\nGet the weekly letter\nGet the letter now\nGet the new weekly letter\nRead the weekly paper",
      ["Get the daily letter", "Get the weekly letter", "Get the letter now"]),
    Case("{similar: {min: 2}}", "Read more\nRead less\nRead\nWe read more of it\nYou read less of it", []),
    Case(
      "{similar: {}}", "the same words in a row\nthe same words in the row",
      ["the same words in a row", "the same words in the row"]),
    Case("{at: {first: 2}}", "a\n\nb\nc\nd", ["a", "b"]),
    Case("{at: {last: 1}}", "a\nb\nc", ["c"]),
    Case("{at: {first: 0.5}}", "a\nb\nc\nd", ["a", "b"]),
    Case("{at: {first: 1, last: 1}}", "a\nb\nc", ["a", "c"]),
    Case("{at: {last: 0.1}}", "a\nb\nc", ["c"]),
    Case("{joined: true}", "one two three four five\n\none two three four six\nx\n\none two three four seven", ["x"]),
    Case("{joined: true}", "one two three four five\none two three four six\nx", []),
  ]
  @Test(arguments: bounds) func bound(_ test: Case) { #expect(ruleSet(yaml(test.match)).hits(test.page) == test.hits) }

  static let places: [Case] = [
    Case("{kind: button}", "<p>a</p><button>b</button>", ["b"]),
    Case("{kind: [heading, cell]}", "<h2>a</h2><p>b<table><tr><td>c</table>", ["a", "c"]),
    Case("{kind: listItem}", "a\n* b\n1. c", ["* b", "1. c"]),
    Case("{in: form}", "<form><p>a</form><p>b", ["a"]),
    Case("{in: [nav, footer]}", "<nav>a</nav><p>b</p><footer>c</footer>", ["a", "c"]),
    Case("{in: a}", "<p><a href=x>a b</a><p>c <a href=x>d</a> e f g h<p>i", ["a b"]),
    Case("{in: table}", "<table><tr><td><p>a</table>b", ["a"]),
    Case("{selector: .promo}", "<div class='big promo'><p>a</div><p>b", ["a"]),
    Case("{selector: 'div#x > p'}", "<div id=x><p>a</p><section><p>b</section></div><p>c", ["a"]),
    Case("{xpath: '//div[@id=\"x\"]/p'}", "<div id=x><p>a</p><section><p>b</section></div><p>c", ["a"]),
    Case(
      "{xpath: '//*[contains(@class, \"promo\")] | //aside'}", "<p class='a-promo'>a</p><p>b</p><aside>c</aside>",
      ["a", "c"]),
    Case("{words: {min: 1}}", "<pre>code is never looked at</pre><p>a", ["a"]),
  ]
  @Test(arguments: places) func place(_ test: Case) { #expect(ruleSet(yaml(test.match)).hits(test.page) == test.hits) }

  static let combinations: [Case] = [
    Case("[{line: a b c}, {line: d}]", "a b c\nd\ne", ["a b c", "d"]),
    Case("{contains: share, words: {max: 3}}", "share this\nplease share this with them", ["share this"]),
    Case("{any: [{line: one}, {words: {min: 3}}]}", "one\ntwo\na b c", ["one", "a b c"]),
    Case("{all: [{contains: one}, {contains: two}]}", "one two\none\ntwo", ["one two"]),
    Case("{not: {contains: one}}", "one two\ntwo", ["two"]),
    Case("{contains: one, not: [{contains: two}, {contains: three}]}", "one two\none\nthree one", ["one"]),
    Case(
      "{any: [{all: [{contains: one}, {not: {contains: two}}]}, {line: three}]}", "one\none two\nthree",
      ["one", "three"]),
  ]
  @Test(arguments: combinations) func combination(_ test: Case) {
    #expect(ruleSet(yaml(test.match)).hits(test.page) == test.hits)
  }

  @Test func unless() {
    let set = ruleSet(yaml("{contains: subscribe}", more: "unless: {words: {min: 4}}"))
    #expect(set.hits("subscribe now\nyou can subscribe to it") == ["subscribe now"])
  }
  @Test func unlessProtectsWhatStandsInARange() {
    let set = ruleSet(
      yaml("{range: {from: {line: start}, to: {line: stop}, max: 4}}", more: "unless: {words: {min: 4}}"))
    #expect(set.hits("start\na name\nstop") == ["start", "a name", "stop"])
    #expect(set.hits("start\na sentence that must stay\nstop") == [])
  }
  @Test func unlessKnowsWhatIsNear() {
    let set = ruleSet(
      yaml("{line: close}", id: "other/close", more: "unless: {near: {family: signup, lines: 1}}"),
      yaml("{line: sign up}", id: "signup/a"))
    #expect(set.findings("close\nx\nsign up\nclose").map(\.rule) == ["other/close", "signup/a"])
  }

  static let spans: [Case] = [
    Case("{range: {from: {line: start}, to: {line: stop}, max: 4}}", "x\nstart\na\nstop\ny", ["start", "a", "stop"]),
    Case("{range: {from: {line: start}, to: {line: stop}, max: 3}}", "start\na\nb\nstop", []),
    Case("{range: {from: {line: start}, to: {line: stop}}}", "start\na\nb", []),
    Case(
      "{range: {from: {line: start}, to: {line: stop}, max: 9}}", "start\na\nstop\nb\nstop\nstart\nstop",
      ["start", "a", "stop", "start", "stop"]),
    Case("{tail: {from: {line: end}}}", "a b c d e f\nend\nx\ny", ["end", "x", "y"]),
    Case("{tail: {from: {line: end}}}", "a b\nend\nx y\nz", []),
    Case("{tail: {from: {line: end}, ceiling: 0.9}}", "a b\nend\nx y\nz", ["end", "x y", "z"]),
    Case("{tail: {from: {line: end}, longest: 2}}", "a b c d e f g h i\nend\nx y z", []),
    Case("{tail: {from: {line: end}}}", "end\na b c d e f\nend\nx", ["end", "x"]),
    Case(
      "[{tail: {from: {line: end}}}, {range: {from: {line: s}, to: {line: t}}}]", "a b c d e f g h\ns\nt\nu\nend",
      ["s", "t", "end"]),
  ]
  @Test(arguments: spans) func span(_ test: Case) { #expect(ruleSet(yaml(test.match)).hits(test.page) == test.hits) }

  @Test func placesBeyondThePage() {
    #expect(ruleSet(yaml("{contains: x, at: {first: 1e30, last: .inf}}")).hits("x\nx") == ["x", "x"])
  }

  @Test func near() {
    let set = ruleSet(
      yaml("{line: close, near: {family: [signup, consent], lines: 2}}", id: "other/close"),
      yaml("{line: sign up}", id: "signup/a"))
    #expect(set.findings("close\nx\nsign up\nx\nclose\nclose").map(\.block) == [0, 2, 4])
    #expect(set.findings("close\nclose").isEmpty)
  }
  @Test func nearDoesNotSeeWhatNearFound() {
    let set = ruleSet(
      yaml("{line: b, near: {family: signup, lines: 1}}", id: "signup/b"), yaml("{line: a}", id: "signup/a"))
    #expect(set.findings("a\nb\nb").map(\.block) == [0, 1])
  }
  @Test func aLineWithItsNeighboursFitsMoreCloselyThanTheLine() {
    let set = ruleSet(
      yaml("{line: sign up}", id: "signup/a"), yaml("{line: log in}", id: "navigation/a"),
      yaml("{line: sign up, near: {family: navigation, lines: 1}}", id: "navigation/b"))
    #expect(set.findings("sign up\nlog in\nx\nsign up").map(\.rule) == ["navigation/b", "navigation/a", "signup/a"])
  }
}
