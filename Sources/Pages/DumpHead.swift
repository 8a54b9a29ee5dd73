/// What a dump says of its page before the text: front matter in YAML, which writers of Markdown put between two lines
/// `---`, or the lines that Jina Reader puts before `Markdown Content:`.
struct DumpHead {
  private(set) var head = Head()
  /// Where the text begins, in bytes of the dump; 0 where there is no head.
  private(set) var end = 0

  /// Longer heads, and longer lines in one, are text.
  private static let mostLines = 60, mostBytes = 4096

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    // What every head begins with, lest each dump be looked at.
    guard bytes.starts(with: "---".utf8) || bytes.starts(with: "Title:".utf8) else { return }
    var lines: [String] = []
    var start = 0
    while start < bytes.count, lines.count < Self.mostLines {
      let end = bytes.lineEnd(from: start)
      guard end - start <= Self.mostBytes else { return }
      lines.append(String(String(decoding: bytes[start..<end], as: UTF8.self)[...].trimmingSpaces))
      start = min(bytes.count, bytes.nextLine(behind: end))
      let isLast = lines.count > 1 && lines.last == "---" || lines.last == "Markdown Content:"
      guard isLast else { continue }
      let isFrontMatter = lines[0] == "---"
      let fields = isFrontMatter ? Self.frontMatter(lines.dropFirst().dropLast()) : Self.jina(lines.dropLast())
      for field in fields ?? [] { add(field.name, field.value) }
      // Jina Reader has what a browser shows above the page, with the site's name; a writer has the title itself.
      if isFrontMatter, let title = head.title { (head.title, head.metas) = (nil, head.metas + [("title", title)]) }
      // What names nothing that a page has is text between two rules.
      if fields?.contains(where: { Self.isKnown($0.name) }) == true { self.end = start }
      return
    }
  }

  private typealias Field = (name: String, value: String)

  /// Nil where a line is none of YAML's: `name: value`, items and lists below a name without a value, comments.
  private static func frontMatter(_ lines: ArraySlice<String>) -> [Field]? {
    var fields: [Field] = []
    for line in lines where !line.isEmpty && !line.hasPrefix("#") {
      let name = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
      if name.first?.isLetter == true, line[name.endIndex...].hasPrefix(":") {
        let value = String(line[name.endIndex...].dropFirst().trimmingSpaces)
        fields.append((name.lowercased().filter(\.isLetter), unquoted(value)))
      } else if fields.last?.value.isEmpty != true {
        return nil
      }
    }
    return fields
  }

  /// Nil where another line stands between; a warning is one of these, since it tells of a page that failed.
  private static func jina(_ lines: ArraySlice<String>) -> [Field]? {
    var fields: [Field] = []
    for line in lines where !line.isEmpty {
      guard let name = ["Title", "URL Source", "Published Time"].first(where: { line.hasPrefix($0 + ":") }) else {
        return nil
      }
      fields.append((name.lowercased().filter(\.isLetter), String(line.dropFirst(name.count + 1).trimmingSpaces)))
    }
    return fields
  }

  private static func unquoted(_ value: String) -> String {
    guard value.utf8.count > 1, let quote = value.first, quote == "\"" || quote == "'", value.last == quote else {
      return value
    }
    let inner = String(value.dropFirst().dropLast())
    if quote == "'" { return inner.replacing("''", with: "'") }
    return inner.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
  }

  /// Lists and maps are left out: of several authors, say, each would need a mark of its own.
  private mutating func add(_ name: String, _ value: String) {
    guard let first = value.first, !"[{|>&*".contains(first), value != "null" else { return }
    switch name {
    case "title": head.title = value
    case "language", "lang": head.language = value
    default:
      if Self.addresses.contains(name) { head.links.append(("canonical", value)) }
      if let meta = Self.metas[name] { head.metas.append((meta, value)) }
    }
  }

  private static func isKnown(_ name: String) -> Bool {
    ["title", "language", "lang"].contains(name) || addresses.contains(name) || metas[name] != nil
  }
  private static let addresses: Set = [
    "url", "urlsource", "sourceurl", "link", "permalink", "canonical", "canonicalurl",
  ]
  /// By the name in a dump: that of the meta tag which says the same.
  private static let metas = [
    "author": "author", "byline": "author", "date": "article:published_time", "published": "article:published_time",
    "publishedtime": "article:published_time", "publishdate": "article:published_time",
    "pubdate": "article:published_time", "site": "og:site_name", "sitename": "og:site_name",
    "description": "description", "summary": "description", "excerpt": "description",
  ]
}
