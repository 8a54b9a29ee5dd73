/// The columns that rows of blocks, of lines and of families have in common.
extension TextMeasure {
  func putLength(_ row: inout FeatureRow) {
    row.put(logLength(chars))
    row.put(words)
    row.put(max(1, chars) / max(1, words))
  }

  static let lookNames = [
    "digits", "capitals", "starts upper", "ends sentence", "ends colon", "ends open", "price", "date",
  ]
  func putLook(_ row: inout FeatureRow) {
    let chars = max(1, chars)
    row.put(digits / chars)
    row.put(capitals / chars)
    row.put(startsUpper)
    row.put(endsSentence)
    row.put(endsColon)
    row.put(endsOpen)
    row.put(hasPrice)
    row.put(hasDate)
  }

  static let topicNames = [
    "action density", "actions", "related words", "network words", "legal words", "forum words", "shop words",
    "months", "separators",
  ]
  func putTopics(_ row: inout FeatureRow) {
    let words = max(1, words)
    row.put(actions / words)
    row.put(actions)
    row.put(related / words)
    row.put(networks / words)
    row.put(legal / words)
    row.put(forum / words)
    row.put(shop / words)
    row.put(months / words)
    row.put(separators / words)
  }

  /// Who speaks to whom, and whether of consent.
  func putVoices(_ row: inout FeatureRow) {
    let words = max(1, words)
    row.put(consent / words)
    row.put(we / words)
    row.put(you / words)
    row.put(person / words)
  }
}
