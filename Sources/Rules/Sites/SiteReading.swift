import Pages

/// What a site configuration says about one page.
package struct SiteReading: Sendable {
  /// Blocks to strip and, where there is a body, those outside it; in page order, one a block.
  package var findings: [Finding] = []
  /// The blocks of the body; nil where no `body` fits.
  package var body: [Int]?
  package var title: String?
  package var author: String?
  package var date: String?
}

/// Reads pages by the configurations of their sites. Not for several threads at once: keep one a worker.
package final class SiteReader {
  private let sites: SiteConfigs
  private var known: [String: (config: SiteConfig, index: SelectorIndex)?] = [:]

  package init(_ sites: SiteConfigs) { self.sites = sites }

  /// Nil where there is no configuration for the host.
  package func read(_ blocks: Blocks, host: String?) -> SiteReading? {
    guard !sites.isEmpty, let host else { return nil }
    if known[host] == nil {
      if known.count >= 256 { known = [:] }
      known[host] = .some(
        sites.config(for: host).map { config in
          var index = SelectorIndex()
          for directive in config.directives { _ = index.add(directive.selector) }
          return (config, index)
        })
    }
    guard let (config, index) = known[host] ?? nil else { return nil }
    return Self.read(blocks, config, index.hits(blocks))
  }

  private static func read(_ blocks: Blocks, _ config: SiteConfig, _ hits: [SelectorIndex.Hit]) -> SiteReading {
    var elements = [[Int]](repeating: [], count: config.directives.count)
    for hit in hits { elements[Int(hit.selector)].append(Int(hit.element)) }
    var reading = SiteReading()
    var byBlock: [Int: Finding] = [:]
    func find(_ block: Int, _ line: Int, _ family: Family, _ severity: Severity, _ message: String) {
      guard byBlock[block] == nil else { return }
      byBlock[block] = Finding(
        rule: "site/\(config.host):\(line)", family: family, severity: severity, action: .remove, message: message,
        block: block, range: blocks.range(block))
    }
    for (directive, elements) in zip(config.directives, elements) {
      switch directive.key {
      case .strip, .stripIDOrClass:
        for block in blocks.covered(by: elements) {
          find(block, directive.line, .other, .warning, "Stripped by the site's \(directive.text)")
        }
      case .title: reading.title = reading.title ?? value(directive, elements, blocks)
      case .author: reading.author = reading.author ?? value(directive, elements, blocks)
      case .date: reading.date = reading.date ?? value(directive, elements, blocks)
      case .body: continue
      }
    }
    for (directive, elements) in zip(config.directives, elements) where directive.key == .body {
      let body = blocks.covered(by: elements)
      guard !body.isEmpty else { continue }
      let inside = Set(body)
      for block in 0..<blocks.count where !inside.contains(block) {
        find(block, directive.line, .boilerplate, .note, "Outside the site's \(directive.text)")
      }
      reading.body = body
      break
    }
    reading.findings = byBlock.sorted { $0.key < $1.key }.map(\.value)
    return reading
  }

  /// The text of the first element that has one.
  private static func value(_ directive: SiteConfig.Directive, _ elements: [Int], _ blocks: Blocks) -> String? {
    for element in elements {
      let text: String
      switch directive.attribute {
      case .kept(let name): text = blocks.elements.string(name, of: element) ?? ""
      case .extra(let number):
        text = blocks.elements.extra(number, of: element).map { String(decoding: $0, as: UTF8.self) } ?? ""
      case nil where blocks.elements.tags[element] == .title: text = blocks.head.title ?? ""
      case nil:
        let range = Int(blocks.elements.textStarts[element])..<Int(blocks.elements.textEnds[element])
        text = String(decoding: blocks.text[range.clamped(to: 0..<blocks.text.count)], as: UTF8.self)
      }
      let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if !words.isEmpty { return words }
    }
    return nil
  }
}

extension Blocks {
  /// The blocks inside any of the elements, which are in document order.
  func covered(by elements: [Int]) -> [Int] {
    var covered: [Int] = []
    var next = 0
    for element in elements {
      let inside = within(element)
      guard inside.upperBound > next else { continue }
      covered += max(next, inside.lowerBound)..<inside.upperBound
      next = inside.upperBound
    }
    return covered
  }
}
