import Testing

@testable import Rules

/// Numbers that are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {  // SplitMix64
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  mutating func text(of letters: [UInt8], _ lengths: ClosedRange<Int>) -> [UInt8] {
    (0..<Int.random(in: lengths, using: &self)).map { _ in letters.randomElement(using: &self)! }
  }
}

@Suite struct PhraseFinderTests {
  private func hits(_ finder: PhraseFinder, _ text: [UInt8]) -> Set<[Int]> {
    var hits: Set<[Int]> = []
    (text + Array(repeating: 0, count: PhraseFinder.padding)).withUnsafeBufferPointer { padded in
      finder.scan(UnsafeBufferPointer(rebasing: padded[..<text.count])) { hits.insert([$0, $1.upperBound]) }
    }
    return hits
  }
  private func naiveHits(_ patterns: [[UInt8]], _ text: [UInt8]) -> Set<[Int]> {
    var hits: Set<[Int]> = []
    for (index, pattern) in patterns.enumerated() where pattern.count <= text.count {
      for start in 0...text.count - pattern.count where text[start...].starts(with: pattern) {
        hits.insert([index, start + pattern.count])
      }
    }
    return hits
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func findsWhatANaiveSearchFinds(_ seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    let letters = Array(Array("abc é".utf8).prefix(2 + Int(seed % 5)))
    let drawn = (0..<Int(1 + seed)).map { _ in numbers.text(of: letters, 1...12) }
    let patterns = Array(Set(drawn))
    let finder = PhraseFinder(patterns.enumerated().map { .init(text: $1[...], number: $0) })
    for _ in 0..<20 {
      let text = numbers.text(of: letters, 0...200)
      #expect(hits(finder, text) == naiveHits(patterns, text))
    }
  }
  @Test func nothingIsFoundByNoPatterns() { #expect(hits(PhraseFinder(), Array("abc".utf8)).isEmpty) }
}
