/// Finds many phrases in one pass over the bytes.
///
/// A. V. Aho and M. J. Corasick, Efficient string matching, CACM 18(6), 1975, as a dense table over
/// classes of bytes. The automaton knows only the first bytes of a pattern, which keeps the table
/// small; where they stand, the rest is compared.
struct Automaton: Sendable {
  /// By pattern.
  let lengths: [Int]

  private static let depth = 6
  private var classes = [UInt8](repeating: 0, count: 256)
  private var width = 1
  /// By state × width + class: the next state's row, with the top bit set where a start ends there.
  private var next: [UInt32] = []
  private var shorter: [Int32] = []  // by state: the state of the longest other start that ends there
  /// By state: the patterns whose start ends there are `patternsOfState[first[s]..<first[s + 1]]`.
  private var first: [Int32] = [0]
  private var patternsOfState: [Int32] = []
  /// The bytes of all patterns, one after the other.
  private var text: [UInt8] = []
  private var textStarts: [Int] = []

  /// Patterns must be distinct and not empty.
  init(_ patterns: [[UInt8]]) {
    lengths = patterns.map(\.count)
    for pattern in patterns {
      textStarts.append(text.count)
      text += pattern
    }
    let starts = patterns.map { $0.prefix(Self.depth) }
    for start in starts {
      for byte in start where classes[Int(byte)] == 0 {
        classes[Int(byte)] = UInt8(width)
        width += 1
      }
    }
    link(trie(starts))
  }

  /// Children by state × width + class, -1 for none; fills the patterns of each state.
  private mutating func trie(_ starts: [ArraySlice<UInt8>]) -> [Int32] {
    var children = [Int32](repeating: -1, count: width)
    var ends: [[Int32]] = [[]]
    for (index, start) in starts.enumerated() {
      var state = 0
      for byte in start {
        let slot = state * width + Int(classes[Int(byte)])
        if children[slot] < 0 {
          children[slot] = Int32(ends.count)
          ends.append([])
          children.append(contentsOf: repeatElement(-1, count: width))
        }
        state = Int(children[slot])
      }
      ends[state].append(Int32(index))
    }
    for patterns in ends {
      patternsOfState += patterns
      first.append(Int32(patternsOfState.count))
    }
    return children
  }

  /// Turns the trie into an automaton, breadth first.
  private mutating func link(_ trie: [Int32]) {
    var children = trie
    let states = first.count - 1
    var failure = [Int](repeating: 0, count: states)
    shorter = [Int32](repeating: -1, count: states)
    var queue: [Int] = []
    for c in 0..<width where children[c] >= 0 { queue.append(Int(children[c])) }
    for c in 0..<width where children[c] < 0 { children[c] = 0 }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      let fallback = failure[state]
      shorter[state] = hasPatterns(fallback) ? Int32(fallback) : shorter[fallback]
      for c in 0..<width {
        let slot = state * width + c
        if children[slot] < 0 {
          children[slot] = children[fallback * width + c]
        } else {
          failure[Int(children[slot])] = Int(children[fallback * width + c])
          queue.append(Int(children[slot]))
        }
      }
    }
    next = children.map { child in
      let ends = hasPatterns(Int(child)) || shorter[Int(child)] >= 0
      return UInt32(Int(child) * width) | (ends ? 1 << 31 : 0)
    }
  }

  private func hasPatterns(_ state: Int) -> Bool { first[state] < first[state + 1] }

  /// Calls `hit` with each pattern that stands in the text, and the offset behind it.
  @inline(__always)
  func scan(_ text: UnsafeBufferPointer<UInt8>, _ hit: (_ pattern: Int, _ end: Int) -> Void) {
    guard width > 1 else { return }
    classes.withUnsafeBufferPointer { classes in
      next.withUnsafeBufferPointer { next in
        var row: UInt32 = 0
        for i in 0..<text.count {
          row = next[Int(row & ~(1 << 31)) + Int(classes[Int(text[i])])]
          guard row >> 31 == 1 else { continue }
          var state = Int(row & ~(1 << 31)) / width
          while state >= 0 {
            for index in first[state]..<first[state + 1] {
              let pattern = Int(patternsOfState[Int(index)])
              if let end = end(of: pattern, startEndingAt: i + 1, text) { hit(pattern, end) }
            }
            state = Int(shorter[state])
          }
        }
      }
    }
  }

  /// The offset behind the pattern, where the bytes behind its start go on as it does.
  @inline(__always)
  private func end(of pattern: Int, startEndingAt position: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int? {
    let known = min(lengths[pattern], Self.depth)
    let rest = lengths[pattern] - known
    guard position + rest <= text.count else { return nil }
    let from = textStarts[pattern] + known
    for i in 0..<rest where self.text[from + i] != text[position + i] { return nil }
    return position + rest
  }
}
