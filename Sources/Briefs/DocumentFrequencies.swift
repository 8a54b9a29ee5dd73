import CEmbedded
import Glibc

/// How rare English stems are: a table of the stems that stood in more than one of the training texts, by hash.
///
/// The file: 8 bytes "WDF1" and the number of texts, then for each stem, sorted, the upper 32 bits of its hash and
/// an inverse document frequency in sixteenths, one byte.
struct DocumentFrequencies: Sendable {
  private let keys: [UInt32]
  private let values: [UInt8]
  /// By the upper 12 bits of a key: where such keys start. Hashes spread evenly, so that each step holds few.
  private let starts: [Int32]
  /// For a stem that the table lacks.
  let unknown: Float

  static let english = DocumentFrequencies(embedded_document_frequencies())

  init(_ file: embedded_file) {
    self.init(Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
  }

  init(_ bytes: [UInt8]) {
    guard bytes.count >= 8, bytes.starts(with: "WDF1".utf8) else {
      keys = []
      values = []
      starts = Array(repeating: 0, count: 4097)
      unknown = 6
      return
    }
    func number(_ at: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * $1) } }
    let count = (bytes.count - 8) / 5
    let keys = (0..<count).map { number(8 + $0 * 4) }
    self.keys = keys
    var starts = [Int32](repeating: 0, count: 4097)
    for key in keys { starts[Int(key >> 20) + 1] += 1 }
    for step in 1...4096 { starts[step] += starts[step - 1] }
    self.starts = starts
    values = Array(bytes[(8 + count * 4)...].prefix(count))
    unknown = Float((values.max() ?? 96) + 4) / 16
  }

  /// Writes the table for `counts` (texts that hold the stem, by hash) of `texts` texts; the `limit` commonest.
  static func encode(_ counts: [UInt64: Int], texts: Int, limit: Int) -> [UInt8] {
    let kept = counts.filter { $0.value > 1 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit)
    let rows = kept.map { (key: UInt32($0.key >> 32), idf: inverse($0.value, texts)) }.sorted { $0.key < $1.key }
    func bytes(_ n: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: n >> (8 * $0)) } }
    return Array("WDF1".utf8) + bytes(UInt32(texts)) + rows.flatMap { bytes($0.key) } + rows.map(\.idf)
  }
  private static func inverse(_ count: Int, _ texts: Int) -> UInt8 {
    UInt8(max(0, min(255, log((Float(texts) + 1) / (Float(count) + 0.5)) * 16)))
  }

  func idf(_ hash: UInt64) -> Float {
    let key = UInt32(hash >> 32)
    let step = Int(key >> 20)
    for place in Int(starts[step])..<Int(starts[step + 1]) where keys[place] >= key {
      return keys[place] == key ? Float(values[place]) / 16 : unknown
    }
    return unknown
  }
}
