import Pages

/// What a site configuration (`HOST.txt`, as of fivefilters.org) says about the pages of a host.
package struct SiteConfig: Sendable {
  /// What findings call it: the host.
  package var host: String
  /// In the order of the file.
  var directives: [Directive] = []

  enum Key: String, CaseIterable {
    case title, body, author, date, strip
    case stripIDOrClass = "strip_id_or_class"
  }

  struct Directive: Sendable {
    var key: Key
    var selector: Selector
    var attribute: XPath.Attribute?
    var line: Int
    var text: String
  }

  /// Adds what cannot be used to `notes`.
  init(_ text: String, host: String, file: String, names: inout ExtraNames, notes: inout [String]) {
    self.host = host
    var number = 0
    // By bytes: to Swift, a carriage return and a line feed are one character.
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = Substring(line).trimmingSpaces
      if line.isEmpty || line.hasPrefix("#") { continue }
      func note(_ message: String) { notes.append("\(file):\(number): \(message)") }
      guard let colon = line.firstIndex(of: ":") else {
        note("no directive: \(line.prefix(60))")
        continue
      }
      let name = line[..<colon].trimmingSpaces.lowercased()
      let value = String(line[line.index(after: colon)...].trimmingSpaces)
      guard let key = Key(rawValue: name) else {
        if let complaint = Self.complaint(about: name) { note(complaint) }
        continue
      }
      if value.isEmpty { continue }
      do throws(Selector.SyntaxError) {
        let (selector, attribute) = try Self.read(key, value, &names)
        directives.append(
          Directive(key: key, selector: selector, attribute: attribute, line: number, text: String(line)))
      } catch { note("\(name) passed over, at character \(error.offset + 1): \(error.message): \(value)") }
    }
  }

  private static func read(
    _ key: Key, _ value: String, _ names: inout ExtraNames
  ) throws(Selector.SyntaxError) -> (Selector, XPath.Attribute?) {
    if key == .stripIDOrClass {
      let part = Array(value.filter { $0 != "\"" && $0 != "'" }.utf8)
      let tests = [AttributeName.id, .class].map { Selector.Test.attribute($0, .part, part, ignoresCase: false) }
      return (
        Selector(tests.map { Selector.Complex(compounds: [Selector.Compound(tests: [$0])], combinators: []) }), nil
      )
    }
    let path = try XPath(value, names: &names)
    if path.attribute != nil, key == .body || key == .strip {
      throw Selector.SyntaxError(
        message: "\(key.rawValue) takes elements, not attributes", offset: value.utf8.count - 1)
    }
    return (path.selector, path.attribute)
  }

  /// Nil for directives about fetching, images and the like, which have no use here.
  private static func complaint(about name: String) -> String? {
    let base = name.prefix { $0 != "(" }
    if idle.contains(String(base)) || base.hasPrefix("login_") { return nil }
    if rewriting.contains(String(base)) { return "\(name) passed over: it rewrites the page" }
    return "there is no directive \"\(name)\"" + suggestion(for: name, among: Key.allCases.map(\.rawValue))
  }
  private static let idle: Set<String> = [
    "test_url", "test_contains", "tidy", "prune", "parser", "single_page_link", "single_page_link_in_feed",
    "next_page_link", "autodetect_on_failure", "autodetect_next_page", "http_header", "if_page_contains",
    "strip_image_src", "native_ad_clue", "insert_detected_image", "skip_json_ld", "requires_login",
    "not_logged_in_xpath", "src_lazy_load_attr", "footnotes", "convert_double_br_tags", "strip_comments", "strip_attr",
    "dissolve", "wrap_in", "favour_feed_titles", "skip_id_or_class", "user_agent", "language",
  ]
  private static let rewriting: Set<String> = ["find_string", "replace_string", "move_into", "body_strip"]
}

/// Site configurations by host. Immutable: workers share one.
package struct SiteConfigs: Sendable {
  private var byHost: [String: SiteConfig] = [:]
  /// What was passed over, each with file and line.
  package private(set) var notes: [String] = []

  package init() {}
  package var isEmpty: Bool { byHost.isEmpty }
  package var count: Int { byHost.count }

  /// `name` is the file's, without `.txt`: a host, or a domain behind a dot for all below it.
  package mutating func add(_ text: String, name: String, file: String, names: inout ExtraNames) {
    let host = HostName.normalised(name)
    byHost[host] = SiteConfig(text, host: host, file: file, names: &names, notes: &notes)
  }

  func config(for host: String) -> SiteConfig? {
    if let own = byHost[host] { return own }
    let labels = host.split(separator: ".")
    return labels.indices.lazy.compactMap { byHost["." + labels[$0...].joined(separator: ".")] }.first
  }
}
