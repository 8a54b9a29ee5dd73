import Language
import Testing

@testable import Briefs

@Suite struct ExpectedOverlapTests {
  /// The overlap of these sentences, all of them in the pool, and their counts of words.
  private func overlap(_ sentences: [String]) -> (overlap: ExpectedOverlap, lengths: [Int]) {
    var words = PageWords()
    words.reset()
    for sentence in sentences {
      let bytes = Array(sentence.utf8)
      bytes.withUnsafeBufferPointer { words.add($0, 0..<$0.count, .of("en")) }
    }
    words.weigh(.english)
    let all = Array(sentences.indices)
    var occurrences = WordOccurrences()
    occurrences.measure(words, all.map { 1 / Float(1 + $0) }, all.map { _ in true })
    let chances = WordChances(occurrences, words, sentences: all, .embedded)
    let lengths = all.map { words.starts[$0 + 1] - words.starts[$0] }
    return (ExpectedOverlap(chances, words, pool: all), lengths)
  }

  private let story = [
    "The ferry between Skellan and Orm will stop in June.", "The county council voted to end the service.",
    "The boat was built in 1968 and needs repairs.", "Mayor Ada Lind leaves office in May.",
    "The ferry to Orm carried few passengers.",
  ]

  @Test func setBeforeDoesNotMatter() {
    var shared = overlap(story).overlap
    let sets = [[0, 1, 2], [0, 1, 3], [0, 4], [0, 1, 3], [2], [1, 2, 3, 4], [1, 2, 4], [0, 1, 2]]
    for set in sets {
      var fresh = overlap(story).overlap
      let (got, want) = (shared.expect(set), fresh.expect(set))
      #expect(abs(got.stems - want.stems) < 1e-6, "\(set)")
      #expect(abs(got.pairs - want.pairs) < 1e-6, "\(set)")
    }
  }

  /// A sentence that says the same again makes the set longer and nothing more.
  @Test func wordsCountOnce() {
    var (overlap, lengths) = overlap([story[0], story[1], story[0]])
    let once = overlap.expect([0])
    let twice = overlap.expect([0, 2])
    let length = Float(lengths[0])
    #expect(abs(once.stems * (length + 45) - twice.stems * (2 * length + 45)) < 1e-4)
    #expect(abs(once.pairs * (length + 45) - twice.pairs * (2 * length + 45)) < 1e-4)
    #expect(twice.stems < once.stems)
  }

  @Test func leadIsWorthMoreThanAnAside() {
    var overlap = overlap(story).overlap
    let (lead, aside) = (overlap.expect([0]), overlap.expect([3]))
    #expect(lead.stems > aside.stems)
    #expect(lead.pairs > aside.pairs)
  }
}
