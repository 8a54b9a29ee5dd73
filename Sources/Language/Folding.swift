import CText

/// Folds text for matching: NFKC and case folding (Unicode's NFKC_Casefold), curly quotes to straight
/// ones, every dash to "-", every run of white space to one space (none at the ends), invisible and
/// bidirectional control characters dropped. Two evasions are undone: foreign letters that look Latin in
/// a Latin word ("Ѕubscribe" with a Cyrillic letter), and letters set apart by spaces ("N e w s").
/// A map leads back to the text.
///
/// Not for several threads at once: keep one a worker.
package final class Folder {
  private let handle: OpaquePointer
  private var map: [Int32] = []

  package init() {
    guard let handle = ctext_folder_open() else { fatalError("ICU has no data for NFKC_Casefold") }
    self.handle = handle
  }
  deinit { ctext_folder_close(handle) }

  /// Appends the folded text to `folded` and, for each byte of it, the offset in `text` of the character
  /// that it came from to `map`; then one offset more, for the end. O(bytes).
  package func fold(_ text: UnsafeBufferPointer<UInt8>, into folded: inout [UInt8], map: inout [Int32]) {
    let start = folded.count
    defer { undoEvasions(&folded, &map, from: start) }
    var capacity = text.count + text.count / 2 + 16
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { out, written in
        let origins = [Int32](unsafeUninitializedCapacity: capacity + 1) { offsets, filled in
          count = Int(
            ctext_fold(
              handle, text.baseAddress ?? Self.empty, Int32(text.count), out.baseAddress, offsets.baseAddress,
              Int32(capacity)))
          filled = min(count, capacity) + 1
        }
        written = min(count, capacity)
        if count <= capacity { map.append(contentsOf: origins[0...count]) }
      }
      if count <= capacity {
        folded.append(contentsOf: bytes)
        return
      }
      capacity = count
    }
  }

  /// Appends the folded text alone. O(bytes); plain ASCII, which most text is, takes a short way.
  package func fold(_ text: UnsafeBufferPointer<UInt8>, into folded: inout [UInt8]) {
    if PlainText.fold(text, into: &folded) { return }
    map.removeAll(keepingCapacity: true)
    fold(text, into: &folded, map: &map)
  }

  /// The folded text as bytes.
  package func fold(_ text: String) -> [UInt8] {
    var folded: [UInt8] = []
    var text = text
    text.withUTF8 { fold($0, into: &folded) }
    return folded
  }

  private func undoEvasions(_ folded: inout [UInt8], _ map: inout [Int32], from start: Int) {
    if folded[start...].contains(where: Lookalikes.isGreekOrCyrillic) {
      Lookalikes(handle).undo(&folded, &map, from: start)
    }
    if SpacedLetters.mayStand(in: folded, from: start) { SpacedLetters.undo(&folded, &map, from: start) }
  }

  private nonisolated(unsafe) static let empty: UnsafePointer<UInt8> = {
    let p = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    p.initialize(to: 0)
    return UnsafePointer(p)
  }()
}
