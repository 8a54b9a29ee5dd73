/// Finds the lines for which a test holds, one after another, and asks each line once however often searches pass it.
///
/// Lines that were asked in vain are skipped by links that get shorter with use, as the sets of union–find do (R. Tarjan,
/// Efficiency of a good but not linear set union algorithm, J. ACM 22, 1975). Amortised almost O(1) a line.
struct LineSearch {
  /// By line: itself, or behind it the next that may hold.
  private var next: [Int32]
  private var holds: [Bool]

  init(lines count: Int) {
    next = Array(0...Int32(count))
    holds = Array(repeating: false, count: count)
  }

  /// The first line from one on that holds, no further than the last.
  mutating func first(in lines: ClosedRange<Int>, _ test: (Int) -> Bool) -> Int? {
    var line = open(from: lines.lowerBound)
    while line <= lines.upperBound {
      if holds[line] || test(line) {
        holds[line] = true
        return line
      }
      next[line] = Int32(line + 1)
      line = open(from: line + 1)
    }
    return nil
  }

  private mutating func open(from line: Int) -> Int {
    var line = line
    while Int(next[line]) != line {
      next[line] = next[Int(next[line])]
      line = Int(next[line])
    }
    return line
  }
}
