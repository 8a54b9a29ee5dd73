import Cleaning
import Language

/// Findings that are known: those of the same rule with the same folded text, wherever they stand.
///
/// Kept as JSON, an entry a line, in the order of rules and hashes, so that it is the same for the same findings
/// and shows what changed between two versions.
public struct Baseline: Sendable, Equatable {
  /// What a finding is known by.
  public struct Key: Sendable, Hashable, Comparable {
    /// Without the line of a filter list or site configuration, which moves when the list grows.
    public var rule: String
    /// Of the folded text; of the whole page's for a finding about the page.
    public var hash: UInt64

    public init(rule: String, hash: UInt64) {
      self.rule = rule
      self.hash = hash
    }
    public static func < (a: Key, b: Key) -> Bool { (a.rule, a.hash) < (b.rule, b.hash) }
  }
  /// With the start of each text, for people.
  public private(set) var entries: [Key: String] = [:]

  public init() {}
  public var count: Int { entries.count }
  public func contains(_ key: Key) -> Bool { entries[key] != nil }

  /// Where several texts fold to one, the first in order is shown.
  public mutating func add(_ key: Key, text: String) {
    entries[key] = entries[key].map { min($0, text) } ?? text
  }

  /// Drops what is not among the keys; returns how many entries that were.
  public mutating func prune(keeping keys: Set<Key>) -> Int {
    let before = entries.count
    entries = entries.filter { keys.contains($0.key) }
    return before - entries.count
  }

  public func render() -> [UInt8] {
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

  private static func hex(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Works out what findings are known by. Keep one a worker.
public final class Fingerprinter {
  private let folder = Folder()

  public init() {}

  /// One a finding, in their order.
  public func keys(of page: CleanPage) -> [Baseline.Key] {
    page.findings.map { finding in
      let text = finding.block < 0 ? page.blocks.text[...] : page.blocks.text[finding.range]
      var folded: [UInt8] = []
      var map: [Int32] = []
      text.withUnsafeBufferPointer { folder.fold($0, into: &folded, map: &map) }
      return Baseline.Key(
        rule: String(finding.rule.prefix { $0 != ":" }), hash: folded.withUnsafeBufferPointer { TextHash.of($0) })
    }
  }

  /// A page's findings for a baseline: key and the start of the text.
  public func entries(of page: CleanPage) -> [(key: Baseline.Key, text: String)] {
    zip(keys(of: page), page.findings).map { key, finding in
      let text = finding.block < 0 ? finding.message : page.blocks.string(finding.block)
      return (key, String(text.prefix(80)))
    }
  }
}

extension CleanPage {
  /// Leaves out the findings that are known; returns how many those were.
  public mutating func hide(_ baseline: Baseline, _ fingerprints: Fingerprinter) -> Int {
    let before = findings.count
    findings = zip(findings, fingerprints.keys(of: self)).filter { !baseline.contains($1) }.map(\.0)
    return before - findings.count
  }
}
