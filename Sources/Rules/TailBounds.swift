/// Answers whether what follows a line is short enough to be a tail. O(1) after O(lines).
struct TailBounds {
  private var wordsBefore: [Int] = [0]
  private var longestFrom: [Int32]

  init(_ wordCounts: [Int32]) {
    for count in wordCounts { wordsBefore.append(wordsBefore.last! + Int(count)) }
    longestFrom = wordCounts
    for line in wordCounts.indices.dropLast().reversed() {
      longestFrom[line] = max(wordCounts[line], longestFrom[line + 1])
    }
  }

  func isTail(from line: Int, _ ceiling: Double, _ longest: Int32) -> Bool {
    let all = wordsBefore.last!
    return Double(all - wordsBefore[line]) <= ceiling * Double(all) && longestFrom[line] <= longest
  }
}
