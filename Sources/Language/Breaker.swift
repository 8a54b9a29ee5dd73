import CText

/// Finds the sentences or words of a text by ICU's rules (Unicode Standard Annex 29).
///
/// Not for several threads at once: keep one a worker.
public final class Breaker {
  public enum Unit { case sentence, word }

  private let handle: OpaquePointer
  private let unit: Unit
  private var offsets = [Int32](repeating: 0, count: 512)

  /// `locale` as in BCP 47, "en" or "uk"; sentence breaks know some languages' abbreviations.
  public init(_ unit: Unit, locale: String = "en") {
    self.unit = unit
    let name = unit == .sentence ? "\(locale)@ss=standard" : locale
    guard let handle = ctext_breaker_open(unit == .sentence ? CTEXT_SENTENCE : CTEXT_WORD, name) else {
      fatalError("ICU has no rules for \(unit) boundaries")
    }
    self.handle = handle
  }
  deinit { ctext_breaker_close(handle) }

  /// Half-open byte ranges: sentences cover the whole text, words those parts that hold a letter or digit.
  public func ranges(_ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    guard let base = text.baseAddress, !text.isEmpty else { return [] }
    var count = Int(ctext_break(handle, base, Int32(text.count), &offsets, Int32(offsets.count)))
    if count > offsets.count {
      offsets = [Int32](repeating: 0, count: count * 2)
      count = Int(ctext_break(handle, base, Int32(text.count), &offsets, Int32(offsets.count)))
    }
    guard count > 0 else { return [] }
    switch unit {
    case .word: return stride(from: 0, to: count - 1, by: 2).map { Int(offsets[$0])..<Int(offsets[$0 + 1]) }
    case .sentence:
      var start = 0
      return offsets[0..<count].map { end in
        defer { start = Int(end) }
        return start..<Int(end)
      }
    }
  }
}
