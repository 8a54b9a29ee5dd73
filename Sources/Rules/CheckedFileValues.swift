import Yams

/// Values of a file, each with a complaint about what is not one.
extension CheckedFile {
  func place(_ node: Node?) -> Place {
    Place(file: file, line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1)
  }
  mutating func fail(_ node: Node?, _ message: String) {
    errors.append(RuleError(place: place(node), message: message))
  }

  /// The values by key, after a complaint about each unknown key.
  mutating func mapping(_ node: Node, of what: String, keys: [String]) -> [String: Node]? {
    guard let mapping = node.mapping else {
      fail(node, "\(what) must be a mapping")
      return nil
    }
    var values: [String: Node] = [:]
    values.reserveCapacity(mapping.count)
    for (key, value) in mapping {
      let name = key.scalar?.string ?? "?"
      if keys.contains(name) {
        values[name] = value
      } else {
        fail(key, "\(what) has no key \"\(name)\"" + suggestion(for: name, among: keys))
      }
    }
    return values
  }

  mutating func string(_ node: Node, _ key: String) -> String? {
    guard let scalar = node.scalar else {
      fail(node, "\(key) must be text")
      return nil
    }
    // Unquoted `no` and `on` are booleans to YAML 1.1, and numbers are numbers; as phrases they are text.
    if scalar.style == .plain, notText.contains(scalar.string.lowercased()) {
      fail(
        node, "\(key): \(scalar.string.isEmpty ? "nothing" : scalar.string) is not text in YAML; put quotes around it")
      return nil
    }
    return scalar.string
  }
  mutating func strings(_ node: Node, _ key: String) -> [String] {
    guard let sequence = node.sequence else { return string(node, key).map { [$0] } ?? [] }
    if sequence.isEmpty { fail(node, "\(key) is an empty list") }
    return sequence.compactMap { string($0, key) }
  }
  /// Phrases: one, a list, or a folded block of text (`>`) in which `|` stands between them.
  mutating func phraseList(_ node: Node, _ key: String) -> [String] {
    guard let block = node.scalar, block.style == .folded else { return strings(node, key) }
    var text = block.string
    // By bytes: there are thousands of phrases.
    let phrases = text.withUTF8 { bytes in
      bytes.split(separator: 0x7C).compactMap { phrase -> String? in
        guard let first = phrase.firstIndex(where: { $0 > 0x20 }), let last = phrase.lastIndex(where: { $0 > 0x20 })
        else { return nil }
        return String(decoding: phrase[first...last], as: UTF8.self)
      }
    }
    if phrases.isEmpty { fail(node, "\(key) is an empty text") }
    return phrases
  }
  /// Names of hosts, as pages' own are compared with them.
  mutating func hosts(_ node: Node) -> [String] {
    strings(node, "hosts").map { host in
      if host.contains(where: { "/*:".contains($0) }) {
        fail(node, "\"\(host)\" is no host; write example.org, which means its subdomains too")
      }
      return HostName.normalised(host)
    }
  }
  mutating func integer(_ node: Node, _ key: String) -> Int? {
    // Yams tries YAML's other ways to write a number first, which takes its time.
    if let value = node.scalar.flatMap({ Int($0.string) }) ?? node.int, value >= 0 { return value }
    fail(node, "\(key) must be a whole number from 0")
    return nil
  }
  mutating func number(_ node: Node, _ key: String) -> Double? {
    if let value = node.float, value >= 0 { return value }
    fail(node, "\(key) must be a number from 0")
    return nil
  }
  mutating func choice<T: RawRepresentable & CaseIterable>(_ node: Node, _ key: String, _ type: T.Type)
    -> T?
  where T.RawValue == String {
    guard let name = string(node, key) else { return nil }
    if let value = T(rawValue: name) { return value }
    let names = T.allCases.map(\.rawValue)
    fail(
      node,
      "\"\(name)\" is no \(key)" + suggestion(for: name, among: names) + "; one of \(names.joined(separator: ", "))")
    return nil
  }
  mutating func choices<T: RawRepresentable & CaseIterable>(_ node: Node, _ key: String, _ type: T.Type)
    -> [T]
  where T.RawValue == String {
    (node.sequence.map(Array.init) ?? [node]).compactMap { choice($0, key, type) }
  }
}

/// Words that YAML 1.1 reads as truth values, and as nothing.
private let notText: Set<String> = ["yes", "no", "true", "false", "on", "off", "null", "~", ""]

/// `; did you mean "x"?` where one of the names is at most two edits away.
package func suggestion(for name: String, among names: [String]) -> String {
  let best = names.map { ($0, editDistance(Array(name.utf8), Array($0.utf8))) }.min { $0.1 < $1.1 }
  guard let best, best.1 <= 2 else { return "" }
  return "; did you mean \"\(best.0)\"?"
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let cost = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
      diagonal = row[j + 1]
      row[j + 1] = cost
    }
  }
  return row[b.count]
}
