import Language

/// Phrase banks: words and phrases that a pack names once, for `{name}` in the phrases and patterns of its rules.
extension RuleFile {
  struct Bank: Sendable {
    var phrases: [String]
    /// An alternative of all of them, for folded text.
    var pattern: String
  }

  /// What one phrase may stand for at most: more is a mistake, or a regular expression in disguise.
  private static let mostPhrases = 10_000

  mutating func readBanks(_ node: YAMLNode) {
    guard let pairs = node.pairs else { return fail(node, "phrases must be a mapping of names to lists") }
    let folder = Folder()
    for (key, value) in pairs {
      guard let name = string(key, "a name in phrases") else { continue }
      guard name.utf8.allSatisfy({ $0 &- 0x61 < 26 || $0 == 0x2D }), name.first != "-" else {
        fail(key, "the name \"\(name)\" of phrases must be lower-case letters and hyphens")
        continue
      }
      let phrases = phraseList(value, name)
      let folded = phrases.map { String(decoding: Self.quoted(folder.fold($0)), as: UTF8.self) }
      banks[name] = Bank(phrases: phrases, pattern: "(?:\(folded.joined(separator: "|")))")
    }
  }

  /// With a backslash before each sign.
  private static func quoted(_ text: [UInt8]) -> [UInt8] {
    text.flatMap { $0 < 0x80 && $0 != 0x20 && $0 &- 0x30 >= 10 && ($0 | 0x20) &- 0x61 >= 26 ? [0x5C, $0] : [$0] }
  }

  /// All that the phrases of a condition stand for.
  mutating func phrases(_ node: YAMLNode, _ key: String) -> [String] {
    let written = phraseList(node, key)
    guard !banks.isEmpty else { return written }
    return written.flatMap { text -> [String] in
      guard text.utf8.contains(0x7B) else { return [text] }
      let pieces = pieces(text) { $0.phrases }
      guard pieces.reduce(1, { min($0 * $1.count, Self.mostPhrases + 1) }) <= Self.mostPhrases else {
        fail(node, "\"\(text)\" stands for more than \(Self.mostPhrases) phrases; use a regex")
        return []
      }
      return pieces.reduce([""]) { all, piece in all.flatMap { start in piece.map { start + $0 } } }
    }
  }

  /// The pattern with its banks written out.
  func writtenOut(_ pattern: String) -> String {
    banks.isEmpty ? pattern : pieces(pattern) { [$0.pattern] }.map { $0[0] }.joined()
  }

  /// The text cut at its banks: for each piece what can stand there. Other braces are text.
  private func pieces(_ text: String, _ choices: (Bank) -> [String]) -> [[String]] {
    var pieces: [[String]] = []
    var start = text.startIndex
    var i = start
    // By bytes: few texts hold a brace, and walking over characters to see it costs more than all else here.
    while let open = text.utf8[i...].firstIndex(of: 0x7B), let close = text.utf8[open...].firstIndex(of: 0x7D) {
      i = text.utf8.index(after: open)
      guard let bank = banks[String(text[i..<close])] else { continue }
      pieces += [[String(text[start..<open])], choices(bank)]
      i = text.utf8.index(after: close)
      start = i
    }
    return pieces + [[String(text[start...])]]
  }
}
