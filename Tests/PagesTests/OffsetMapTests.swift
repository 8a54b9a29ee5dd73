import Testing

@testable import Pages

@Suite struct OffsetMapTests {
  /// "ab" copied from 10, "&" written for "&amp;" at 12, "cd" copied from 17, "e" from 40.
  private static let map: OffsetMap = {
    var map = OffsetMap()
    map.copy(at: 0, from: 10)
    map.copy(at: 1, from: 11)
    map.rewrite(at: 2, for: 12..<17)
    map.copy(at: 3, from: 17)
    map.copy(at: 5, from: 40)
    return map
  }()
  static let ranges: [(derived: Range<Int>, original: Range<Int>)] = [
    (0..<1, 10..<11), (0..<2, 10..<12), (1..<3, 11..<17), (2..<3, 12..<17), (2..<4, 12..<18), (3..<5, 17..<19),
    (4..<6, 18..<41), (0..<6, 10..<41), (2..<2, 12..<12), (5..<5, 40..<40),
  ]
  @Test(arguments: ranges) func leadsBack(_ range: (derived: Range<Int>, original: Range<Int>)) {
    #expect(Self.map.origin(of: range.derived) == range.original)
  }
  @Test func joinsWhatIsContiguous() { #expect(Self.map.runs.count == 4) }
  @Test func withoutRunsIsTheIdentity() { #expect(OffsetMap().origin(of: 3..<5) == 3..<5) }
  @Test func aCursorFindsTheSame() {
    var cursor = 0
    for offset in 0..<6 { #expect(Self.map.origin(at: offset, cursor: &cursor) == Self.map.origin(at: offset)) }
  }
}
