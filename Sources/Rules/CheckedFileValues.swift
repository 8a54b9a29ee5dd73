/// Values of a file, each with a complaint about what is not one.
extension CheckedFile {
  func place(_ node: YAMLNode?) -> Place {
    Place(file: file, line: node?.line ?? 1, column: node?.column ?? 1)
  }
  mutating func fail(_ node: YAMLNode?, _ message: String) {
    errors.append(RuleError(place: place(node), message: message))
  }

  /// The values by key, after a complaint about each unknown key.
  mutating func mapping(_ node: YAMLNode, of what: String, keys: [String]) -> NodesByKey? {
    guard let pairs = node.pairs else {
      fail(node, "\(what) must be a mapping")
      return nil
    }
    var values = NodesByKey()
    for (key, value) in pairs {
      let name = key.string ?? "?"
      if keys.contains(name) {
        values.all.append((name, value))
      } else {
        fail(key, "\(what) has no key \"\(name)\"" + suggestion(for: name, among: keys))
      }
    }
    return values
  }

  mutating func flag(_ node: YAMLNode, _ name: String) -> Bool? {
    if node.bool == nil { fail(node, "\(name) must be true or false") }
    return node.bool
  }
  mutating func string(_ node: YAMLNode, _ key: String) -> String? {
    guard let string = node.string else {
      fail(node, "\(key) must be text")
      return nil
    }
    // Unquoted `no` and `on` are booleans to YAML 1.1, and numbers are numbers; as phrases they are text.
    if node.isPlain, string.utf8.count <= 5, notText.contains(string.lowercased()) {
      fail(node, "\(key): \(string.isEmpty ? "nothing" : string) is not text in YAML; put quotes around it")
      return nil
    }
    return string
  }
  mutating func strings(_ node: YAMLNode, _ key: String) -> [String] {
    guard let list = node.list else { return string(node, key).map { [$0] } ?? [] }
    if list.isEmpty { fail(node, "\(key) is an empty list") }
    return list.compactMap { string($0, key) }
  }
  /// Phrases: one, a list, or a folded block of text (`>`) in which `|` stands between them.
  mutating func phraseList(_ node: YAMLNode, _ key: String) -> [String] {
    guard node.isFolded, let text = node.bytes else { return strings(node, key) }
    var phrases: [String] = []
    text.withUnsafeBufferPointer { text in
      // By bytes: there are thousands of phrases.
      var start = 0
      while start < text.count {
        let bar = text[start...].firstIndex(of: 0x7C) ?? text.count
        var end = bar
        while start < end, text[start] <= 0x20 { start += 1 }
        while start < end, text[end - 1] <= 0x20 { end -= 1 }
        if start < end {
          phrases.append(String(decoding: UnsafeBufferPointer(rebasing: text[start..<end]), as: UTF8.self))
        }
        start = bar + 1
      }
    }
    if phrases.isEmpty { fail(node, "\(key) is an empty text") }
    return phrases
  }
  /// Names of hosts, as pages' own are compared with them.
  mutating func hosts(_ node: YAMLNode) -> [String] {
    strings(node, "hosts").map { host in
      if host.contains(where: { "/*:".contains($0) }) {
        fail(node, "\"\(host)\" is no host; write example.org, which means its subdomains too")
      }
      return HostName.normalised(host)
    }
  }
  mutating func integer(_ node: YAMLNode, _ key: String) -> Int? {
    if let value = node.int, value >= 0 { return value }
    fail(node, "\(key) must be a whole number from 0")
    return nil
  }
  mutating func number(_ node: YAMLNode, _ key: String) -> Double? {
    if let value = node.float, value >= 0 { return value }
    fail(node, "\(key) must be a number from 0")
    return nil
  }
  mutating func choice<T: RawRepresentable & CaseIterable>(_ node: YAMLNode, _ key: String, _ type: T.Type)
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
  mutating func choices<T: RawRepresentable & CaseIterable>(_ node: YAMLNode, _ key: String, _ type: T.Type)
    -> [T]
  where T.RawValue == String {
    (node.list ?? [node]).compactMap { choice($0, key, type) }
  }
}

/// The values of a mapping by their keys, in the order of the file. Few: to look at each is faster than hashing.
struct NodesByKey {
  var all: [(key: String, value: YAMLNode)] = []
  subscript(key: String) -> YAMLNode? { all.first { $0.key == key }?.value }
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
