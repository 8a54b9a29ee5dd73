import CText

/// Finds the sentences of a text by ICU's rules (Unicode Standard Annex 29), with its list of English abbreviations.
///
/// Not for several threads at once: keep one a worker.
final class Breaker {
  private let handle: OpaquePointer
  private var offsets = [Int32](repeating: 0, count: 512)

  init() {
    guard let handle = ctext_breaker_open() else { fatalError("ICU has no rules for sentences") }
    self.handle = handle
  }
  deinit { ctext_breaker_close(handle) }

  /// Where each sentence ends, as UTF-8 offsets; sentences cover the whole text. O(bytes).
  func ends(_ text: UnsafeBufferPointer<UInt8>) -> [Int] {
    guard let base = text.baseAddress, !text.isEmpty else { return [] }
    var count = Int(ctext_break(handle, base, Int32(text.count), &offsets, Int32(offsets.count)))
    if count > offsets.count {
      offsets = [Int32](repeating: 0, count: count * 2)
      count = Int(ctext_break(handle, base, Int32(text.count), &offsets, Int32(offsets.count)))
    }
    return offsets.prefix(max(0, count)).map { Int($0) }
  }
}
