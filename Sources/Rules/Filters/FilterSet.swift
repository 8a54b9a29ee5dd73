import Language
import Pages

/// The cosmetic rules of filter lists, ready for pages of any host. Immutable: workers share one.
package struct FilterSet: Sendable {
  struct Filter: Sendable {
    var list: Int32
    var line: Int32
    var hosts: HostCondition
    /// As in the list.
    var text: String
    var selector: Selector
    var selectorHash: UInt64
  }
  struct List: Sendable {
    var name: String
    var family: Family
  }
  private(set) var filters: [Filter] = []
  private(set) var lists: [List] = []
  package private(set) var reports: [FilterReport] = []

  /// Filters for pages of any host, by their numbers in `general`.
  private var general = SelectorIndex()
  private var generalFilters: [Int32] = []
  private var byHost: [String: [Int32]] = [:]
  /// Hash of a selector → the hosts where it is excepted.
  private var exceptions: [UInt64: [HostCondition]] = [:]

  package init() {}
  package var isEmpty: Bool { lists.isEmpty }

  /// Adds a list. `name` is what findings call it. `names` gets what pages must be read with.
  package mutating func add(
    _ text: String, name: String, file: String, family: Family = .ads, names: inout ExtraNames
  ) {
    var report = FilterReport(file: file)
    let list = Int32(lists.count)
    lists.append(List(name: name, family: family))
    var number: Int32 = 0
    var text = text
    text.makeContiguousUTF8()
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      switch FilterLine(Substring(line)) {
      case .nothing: continue
      case .other(let kind): report.pass(kind, line: number)
      case .except(let hosts, let selector):
        exceptions[Self.hash(selector), default: []].append(HostCondition(hosts))
        report.exceptions += 1
      case .hide(let hosts, let selector):
        do throws(Selector.SyntaxError) {
          let parsed = try Selector(String(selector), names: &names)
          report.used += 1
          filters.append(
            Filter(
              list: list, line: number, hosts: HostCondition(hosts),
              text: String(Substring(line).trimmingSpaces), selector: parsed, selectorHash: Self.hash(selector)))
        } catch { report.pass(Self.kind(of: error), line: number) }
      }
    }
    reports.append(report)
  }

  /// To be called when all lists are added.
  package mutating func finish() {
    for (index, filter) in filters.enumerated() {
      if exceptions[filter.selectorHash]?.contains(where: \.isForAll) ?? false { continue }
      if filter.hosts.included.isEmpty {
        _ = general.add(filter.selector)
        generalFilters.append(Int32(index))
      } else {
        for host in filter.hosts.included { byHost[host, default: []].append(Int32(index)) }
      }
    }
  }

  private static func hash(_ selector: Substring) -> UInt64 {
    TextHash.of(selector.utf8)
  }

  /// `:upward(3) is not understood` → `selectors with :upward`.
  private static func kind(of error: Selector.SyntaxError) -> String {
    if error.message.hasPrefix(":"), let end = error.message.firstIndex(of: " ") {
      return "selectors with \(error.message[..<end])"
    }
    return error.message.hasPrefix("a regular") ? "regular expressions in :has-text" : "selectors that are not valid"
  }

  // MARK: Pages

  /// The filters that are only for the pages of some hosts, as far as they are for this one.
  struct HostFilters: Sendable {
    var index = SelectorIndex()
    var filters: [Int32] = []
  }

  func filters(for host: String?) -> HostFilters {
    var found: [Int32] = []
    for name in host.map(HostCondition.names) ?? [] { found += byHost[name] ?? [] }
    var own = HostFilters()
    for filter in Set(found).sorted() where applies(filter, to: host) {
      _ = own.index.add(filters[Int(filter)].selector)
      own.filters.append(filter)
    }
    return own
  }

  private func applies(_ filter: Int32, to host: String?) -> Bool {
    let filter = filters[Int(filter)]
    guard filter.hosts.holds(for: host) else { return false }
    return !(exceptions[filter.selectorHash]?.contains { $0.holds(for: host) } ?? false)
  }

  /// Findings by block: for each block whose text lies in an element that a filter hides, the first filter
  /// of the outermost such element. `own` is what `filters(for:)` gave for the host.
  func findings(_ blocks: Blocks, host: String?, _ own: HostFilters) -> [Finding] {
    var hits = general.hits(blocks).map { (element: Int($0.element), filter: generalFilters[Int($0.selector)]) }
      .filter { applies($0.filter, to: host) }
    hits += own.index.hits(blocks).map { (Int($0.element), own.filters[Int($0.selector)]) }
    hits.sort { ($0.element, $0.filter) < ($1.element, $1.filter) }
    var findings: [Finding] = []
    var next = 0  // blocks before it are decided
    for (element, number) in hits {
      let filter = filters[Int(number)]
      let list = lists[Int(filter.list)]
      let inside = blocks.within(element)
      for block in inside.clamped(to: min(next, inside.upperBound)..<inside.upperBound) {
        findings.append(
          Finding(
            rule: "filter/\(list.name):\(filter.line)", family: list.family, severity: .warning, action: .remove,
            message: "Hidden by the filter \(filter.text)", block: block, range: blocks.range(block)))
        next = block + 1
      }
    }
    return findings
  }
}

/// The hosts that a filter is for: `a.org,b.*,~c.a.org`.
struct HostCondition: Sendable, Equatable {
  private(set) var included: [String] = []
  private(set) var excluded: [String] = []

  init(_ text: Substring) {
    guard !text.isEmpty else { return }
    for part in text.split(separator: ",") {
      let name = part.trimmingSpaces
      if name.first == "~" {
        excluded.append(HostName.normalised(name.dropFirst()))
      } else {
        included.append(HostName.normalised(name))
      }
    }
  }

  var isForAll: Bool { included.isEmpty && excluded.isEmpty }

  func holds(for host: String?) -> Bool {
    if isForAll { return true }
    let names = host.map(Self.names) ?? []
    return !names.contains(where: excluded.contains)
      && (included.isEmpty || names.contains(where: included.contains))
  }

  /// What a filter may call a host: `a.b.org` is also `b.org`, `org`, `a.*` and `b.*`.
  static func names(_ host: String) -> [String] {
    let labels = host.split(separator: ".")
    return labels.indices.map { labels[$0...].joined(separator: ".") }
      + labels.dropLast().map { "\($0).*" }
  }
}

/// What became of the lines of a list.
package struct FilterReport: Sendable {
  package var file: String
  package internal(set) var used = 0
  package internal(set) var exceptions = 0
  /// By kind: how many lines were passed over, and the first of them.
  package private(set) var passed: [String: (count: Int, line: Int32)] = [:]

  init(file: String) { self.file = file }

  mutating func pass(_ kind: String, line: Int32) {
    passed[kind, default: (0, line)].count += 1
  }

  /// "easylist.txt: 3 filters used; passed over: 12 network rules (first in line 4), …".
  package var description: String {
    var text = "\(file): \(counted(used, "filter")) used"
    if exceptions > 0 { text += ", \(counted(exceptions, "exception"))" }
    let kinds = passed.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { "\($0.value.count) \($0.key) (first in line \($0.value.line))" }
    return kinds.isEmpty ? text : text + "; passed over: \(kinds.joined(separator: ", "))"
  }
}

/// Runs filters over pages. Not for several threads at once: keep one a worker.
package final class FilterScanner {
  private let filters: FilterSet
  /// Filters by host, of the hosts last seen.
  private var known: [String: FilterSet.HostFilters] = [:]

  package init(_ filters: FilterSet) { self.filters = filters }

  package func scan(_ blocks: Blocks, host: String?) -> [Finding] {
    guard !filters.isEmpty else { return [] }
    let key = host ?? ""
    if known[key] == nil {
      if known.count >= 256 { known = [:] }
      known[key] = filters.filters(for: host)
    }
    return filters.findings(blocks, host: host, known[key]!)
  }
}

extension Blocks {
  /// The blocks whose text lies in an element; where the element is part of a line, it has none.
  func within(_ element: Int) -> Range<Int> {
    let (start, end) = (elements.textStarts[element], elements.textEnds[element])
    let first = starts.partitioningIndex { $0 >= start }
    return first..<ends[first...].partitioningIndex { $0 > end }
  }
}
