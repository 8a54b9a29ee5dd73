import Pages

extension Blocks {
  /// A block's text where nothing can be marked: what stands raised or lowered is written in Unicode's characters for that
  /// where it has one for each, so that `10<sup>9</sup>` is no other number, and else as it is.
  ///
  /// Rules and models look at the text itself, in which `<sup>` is nothing. O(bytes + log spans).
  func plainText(_ block: Int) -> ArraySlice<UInt8> { plainText(in: range(block)) }

  /// The same for a part of a block.
  package func plainText(in range: Range<Int>) -> ArraySlice<UInt8> {
    var out: [UInt8] = []
    var at = range.lowerBound
    for span in InlineMarks.spans(self, in: range) where span.start >= at {
      let end = min(Int(span.end), range.upperBound)
      guard Int(span.start) < end, let script = Self.script(text[Int(span.start)..<end], span.kind) else { continue }
      out += text[at..<Int(span.start)] + script
      at = end
    }
    return at == range.lowerBound ? text[range] : out[...] + text[at..<range.upperBound]
  }

  private static func script(_ text: ArraySlice<UInt8>, _ kind: Span.Kind) -> [UInt8]? {
    guard kind == .superscript || kind == .subscript else { return nil }
    let table = kind == .superscript ? superscripts : subscripts
    var script: [UInt8] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      guard let character = table[scalar] else { return nil }
      script += Array(String(character).utf8)
    }
    return script
  }

  private static let plain = "0123456789+-\u{2212}=()n".unicodeScalars
  private static let superscripts = Dictionary(
    uniqueKeysWithValues: zip(plain, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ".unicodeScalars))
  private static let subscripts = Dictionary(
    uniqueKeysWithValues: zip(plain, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ".unicodeScalars))
}
