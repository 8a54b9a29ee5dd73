import Pages
import Testing

@testable import Content

/// Where a dump's running text stands, and what its short lines head.
@Suite struct LineRegionTests {
  static func regions(_ lines: [String]) throws -> LineRegions {
    let page = try Sample.read(lines.joined(separator: "\n") + "\n", name: "page.txt")
    return LineFeatures(page, findings: []).layout.regions
  }
  static let story = [
    "The bell of the ferry house rang twice before anybody on the quay looked up from the nets.",
    "By then the fog had come in over the bar, and the boat was where the chart shows a rock.",
  ]
  static let consent = [
    "We and our partners store cookies and process personal data for measurement, with your consent, on this device.",
    "You may withdraw consent at any time, and the cookies that we set for that purpose are then deleted by us.",
    "Legitimate interest is the basis of some purposes, to which you may object in the cookie settings, as we say.",
  ]

  @Test(
    "A stretch goes on over a heading or a caption, and ends where a menu begins",
    arguments: [
      ([story[0], story[1]], [0..<2]), ([story[0], "On the bar", story[1]], [0..<3]),
      ([story[0], "Home", "News", "Sport", "Weather", story[1]], [0..<1, 5..<6]), (["Home", "News"], []),
    ] as [([String], [Range<Int>])])
  func stretches(_ lines: [String], _ stretches: [Range<Int>]) throws {
    #expect(try Self.regions(lines).stretches.map { $0.first..<$0.end } == stretches)
  }

  @Test("The main stretch is the longest that asks for no consent")
  func main() throws {
    let menu = ["Home", "News", "Sport", "Weather", "Tides"]
    let regions = try Self.regions(Self.consent + menu + Self.story)
    #expect(regions.stretches.count == 2 && regions.main == 1)
  }

  @Test("A short line above a long one starts a section")
  func sections() throws {
    let regions = try Self.regions(["Home", "The bell", Self.story[0], "Fog", Self.story[1]])
    #expect(regions.sections.map(\.first) == [0, 1, 3])
  }

  @Test("What speaks of the same shares the words of the main stretch, stop words aside")
  func topic() throws {
    let regions = try Self.regions(Self.story + ["Fog over the bar: a ferry's bell", "Ten recipes for the weekend"])
    #expect(regions.topic[2] > 0.7)
    #expect(regions.topic[3] < 0.2)
  }
}
