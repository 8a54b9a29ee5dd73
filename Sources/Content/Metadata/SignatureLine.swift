import Language

extension Metadata {
  /// Whether a line says little more than who wrote the page ("By Mara Quill, Nairobi") or on what day.
  package func isSignature(_ line: String) -> Bool {
    let words = WordCount.of(line.utf8)
    if let byline, words <= WordCount.of(byline.text.utf8) + 3, line.lowercased().holds(byline.text.lowercased()) {
      return true
    }
    return words <= 8 && DateText(language: language?.text).find(in: line) != nil
  }
}
