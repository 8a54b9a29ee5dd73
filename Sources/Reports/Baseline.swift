import Cleaning
import Language
import Rules

/// Findings that are known: those of the same rule with the same folded text, wherever they stand.
///
/// Kept as JSON, an entry a line, in the order of rules and hashes, so that it is the same for the same findings
/// and shows what changed between two versions.
package struct Baseline: Sendable, Equatable {
  /// What a finding is known by.
  package struct Key: Sendable, Hashable, Comparable {
    /// Without the line of a filter list or site configuration, which moves when the list grows.
    package var rule: String
    /// Of the folded text; of the whole page's for a finding about the page.
    package var hash: UInt64

    package init(rule: String, hash: UInt64) {
      self.rule = rule
      self.hash = hash
    }
    package static func < (a: Key, b: Key) -> Bool { (a.rule, a.hash) < (b.rule, b.hash) }
  }
  /// With the start of each text, for people.
  package private(set) var entries: [Key: String] = [:]

  package init() {}
  package var count: Int { entries.count }
  package func contains(_ key: Key) -> Bool { entries[key] != nil }

  /// Where several texts fold to one, the first in order is shown.
  package mutating func add(_ key: Key, text: String) {
    entries[key] = entries[key].map { min($0, text) } ?? text
  }

  /// Drops what is not among the keys; returns how many entries that were.
  package mutating func prune(keeping keys: Set<Key>) -> Int {
    let before = entries.count
    entries = entries.filter { keys.contains($0.key) }
    return before - entries.count
  }

  package func render() -> [UInt8] {
    var out = Array("{\"version\":1,\"findings\":[".utf8)
    for (index, (key, text)) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
      var json = JSONWriter()
      json.object { json in
        json.field("rule", key.rule)
        json.field("hash", Self.hex(key.hash))
        json.field("text", text)
      }
      out += (index == 0 ? "\n" : ",\n").utf8 + json.bytes
    }
    return out + "\n]}\n".utf8
  }

  fileprivate static func hex(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Works out what findings are known by. Keep one a worker.
package final class Fingerprinter {
  private let folder = Folder()

  package init() {}

  /// For a baseline: key and the start of the text. A form has one for each of its parts.
  package func entries(of finding: Finding, in page: CleanPage) -> [(key: Baseline.Key, text: String)] {
    (finding.parts.isEmpty ? [finding] : finding.parts).map { finding in
      let text = finding.block < 0 ? finding.message : page.blocks.string(finding.block)
      return (key(of: finding, in: page), String(text.prefix(80)))
    }
  }

  /// Of the text of a finding, in 16 digits; the same wherever the text stands.
  func hash(of finding: Finding, in page: CleanPage) -> String { Baseline.hex(key(of: finding, in: page).hash) }

  fileprivate func key(of finding: Finding, in page: CleanPage) -> Baseline.Key {
    let text = finding.block < 0 ? page.blocks.text[...] : page.blocks.text[finding.range]
    var folded: [UInt8] = []
    var map: [Int32] = []
    text.withUnsafeBufferPointer { folder.fold($0, into: &folded, map: &map) }
    return Baseline.Key(
      rule: String(finding.rule.prefix { $0 != ":" }), hash: folded.withUnsafeBufferPointer { TextHash.of($0) })
  }
}

extension CleanPage {
  /// Those of `reportedFindings` that are not known; a form has those of its parts that are not.
  package func reportedFindings(without baseline: Baseline, _ fingerprints: Fingerprinter) -> [Finding] {
    func isKnown(_ finding: Finding) -> Bool { baseline.contains(fingerprints.key(of: finding, in: self)) }
    return reportedFindings.compactMap { finding in
      guard !finding.parts.isEmpty else { return isKnown(finding) ? nil : finding }
      var form = finding
      form.parts.removeAll(where: isKnown)
      guard let severity = form.parts.map(\.severity).max() else { return nil }
      form.severity = severity
      return form
    }
  }
}
