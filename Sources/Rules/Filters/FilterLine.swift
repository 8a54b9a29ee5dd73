import Pages

/// A line of an Adblock filter list, told apart without looking into its selector.
///
/// The syntax is that of Adblock Plus (https://help.adblockplus.org/hc/en-us/articles/360062733293) with
/// the extensions of uBlock Origin and AdGuard named, so that they can be counted.
enum FilterLine: Equatable {
  case nothing
  case hide(hosts: Substring, selector: Substring)
  case except(hosts: Substring, selector: Substring)
  /// Of no use to text; what kind of filter it is.
  case other(String)

  init(_ line: Substring) {
    let line = line.trimmingSpaces
    if line.isEmpty || line.hasPrefix("!") || line.hasPrefix("[Adblock") || line.hasPrefix("[uBlock") || line == "#"
      || line.hasPrefix("# ")
    {
      self = .nothing
      return
    }
    guard let (start, marks, end) = Self.separator(line.utf8) else {
      self = .other("network rules")
      return
    }
    let hosts = line[..<start]
    let selector = line[end...].trimmingSpaces
    let isException = marks.contains(0x40)
    if marks.contains(0x25) || selector.hasPrefix("+js(") || selector.hasPrefix("script:inject(") {
      self = .other("scriptlets")
    } else if marks.contains(0x24) {
      self = .other("snippets and style rules")
    } else if selector.hasPrefix("^") {
      self = .other("HTML filters")
    } else if hosts.hasPrefix("/") {
      self = .other("regular expressions of hosts")
    } else if isException {
      self = .except(hosts: hosts, selector: selector)
    } else {
      self = .hide(hosts: hosts, selector: selector.hasSuffix(":remove()") ? selector.dropLast(9) : selector)
    }
  }

  /// `##` and its kin: two `#` with marks (`@ ? $ %`) between them.
  private static func separator(
    _ line: Substring.UTF8View
  ) -> (start: Substring.Index, marks: Substring.UTF8View.SubSequence, end: Substring.Index)? {
    var search = line[...]
    while let start = search.firstIndex(of: 0x23) {
      let rest = line[line.index(after: start)...]
      let end = rest.firstIndex { $0 != 0x40 && $0 != 0x3F && $0 != 0x24 && $0 != 0x25 } ?? rest.endIndex
      if end < rest.endIndex, rest[end] == 0x23 { return (start, rest[..<end], rest.index(after: end)) }
      search = rest
    }
    return nil
  }
}
