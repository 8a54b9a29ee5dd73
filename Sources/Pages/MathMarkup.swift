/// What shows of MathML, and where it says it in words.
extension MarkupRepair {
  /// The offset behind what is left out of a formula: all of one without text, in the place of which its words are
  /// written, an annotation, or an element that a slash closes, as it does in MathML alone. Nil for what is to be read.
  mutating func formula(
    _ tag: Tag, _ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>, _ end: Int, isSelfClosed: Bool
  ) -> Int? {
    if open[Int(Tag.math.rawValue)] > 0 {
      if isSelfClosed { return end }
      return Self.annotation(bytes, name).map { foreign(bytes, from: end, name: $0) }
    }
    guard tag == .math else { return nil }
    let next = isSelfClosed ? end : foreign(bytes, from: end, name: "\(tag)")
    if Self.showsText(bytes, end..<next) { return nil }
    if let words = Self.attribute("alttext", in: bytes, name.upperBound..<end) {
      _ = text(bytes, from: words.lowerBound, to: words.upperBound, .references)
    }
    return next
  }

  /// Whether a reader would see text between these tags: more than white space, outside of annotations.
  static func showsText(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    while i < range.upperBound {
      if bytes[i] != 0x3C {
        if !isSpace(bytes[i]) { return true }
        i += 1
        continue
      }
      let name = name(bytes, from: i + 1)
      i = attributes(bytes, from: name.upperBound).end ?? range.upperBound
      if let annotation = annotation(bytes, name) {
        i = endOfForeign(bytes, from: i, name: annotation) ?? range.upperBound
      }
    }
    return false
  }

  /// The name of an element that says what MathML shows in another notation.
  static func annotation(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> String? {
    ["annotation", "annotation-xml"].first { bytes[name].lazy.map(lowercase).elementsEqual($0.utf8) }
  }

  /// The value of an attribute, without its quotes; nil where the tag lacks it.
  static func attribute(_ wanted: String, in bytes: UnsafeBufferPointer<UInt8>, _ tag: Range<Int>) -> Range<Int>? {
    var value: Range<Int>?
    _ = attributes(bytes, from: tag.lowerBound) { name, own in
      if value == nil, bytes[name].lazy.map(lowercase).elementsEqual(wanted.utf8) { value = own }
    }
    return value
  }
}
