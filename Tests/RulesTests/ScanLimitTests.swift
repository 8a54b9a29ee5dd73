import Testing

@testable import Rules

@Suite(.serialized) struct ScanLimitTests {
  private static let set = ruleSet(
    yaml("{line: sign up}", id: "signup/a"), yaml("{tail: {from: {line: sign up}, ceiling: 1}}", id: "signup/b"),
    yaml("{range: {from: {line: sign up}, to: {line: stop}, max: 20}}", id: "signup/c"),
    yaml("{line: close, near: {family: signup}}", id: "other/a"), yaml("{repeats: {min: 3}}", id: "other/b"),
    yaml("{range: {from: {line: begin}, to: {contains: finish}, max: 10000}}", id: "other/e"),
    yaml("{contains: a a a a a a a a}", id: "other/c"), yaml("{regex: '(a+)+x.*abc'}", id: "other/d"))

  static let pages: [(name: String, page: String)] = [
    ("one line many times", String(repeating: "Sign up\n", count: 10_000)),
    ("lines of all kinds", String(repeating: "Sign up\nclose\nx\n", count: 4_000)),
    ("distinct lines", (0..<10_000).map { "line \($0)\n" }.joined()),
    ("one long line", String(repeating: "a ", count: 200_000)),
    ("letters set apart", String(repeating: "a b c d abcd ", count: 40_000)),
    ("mixed alphabets", String(repeating: "nеws ", count: 40_000)),
    (
      "openings before lines that ask for much",
      String(repeating: "Begin\n\(String(repeating: "the words of a line ", count: 60))\n", count: 3_000)
    ),
    ("openings alone", String(repeating: "Begin\n", count: 20_000)),
    ("slow for the expression", String(repeating: "a", count: 50_000) + " abc"),
  ]
  // Sizes at which anything quadratic would take minutes; a debug build on a busy machine takes seconds.
  @Test(arguments: pages) func isScannedInTime(_ page: (name: String, page: String)) {
    let blocks = readBlocks(page.page)
    let scanner = Scanner(Self.set)
    let time = ContinuousClock().measure { _ = scanner.scan(blocks) }
    #expect(time < .seconds(60))
  }
}
