/// Title, byline and the rest as YAML between `---` lines.
enum FrontMatter {
  static func render(_ page: CleanPage) -> [UInt8] {
    let metadata = page.metadata
    let fields: [(String, String?)] = [
      ("title", metadata.title?.text), ("byline", metadata.byline?.text), ("date", metadata.date?.text),
      ("language", metadata.language?.text), ("site", metadata.siteName?.text), ("url", page.url),
    ]
    var out = "---\n"
    for (name, value) in fields {
      guard let value else { continue }
      // JSON's quoted strings are YAML's.
      var json = JSONWriter()
      json.value(value)
      out += "\(name): \(String(decoding: json.bytes, as: UTF8.self))\n"
    }
    return Array((out + "---\n\n").utf8)
  }
}
