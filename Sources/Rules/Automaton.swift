/// Finds many phrases in one pass over the bytes.
///
/// A. V. Aho and M. J. Corasick, Efficient string matching, CACM 18(6), 1975; as a dense table over
/// classes of bytes. Building costs O(states × classes); scanning one table look-up a byte.
struct Automaton: Sendable {
  private var classes = [UInt8](repeating: 0, count: 256)
  private var width = 1
  /// By state × width + class: the next state's row, with the top bit set where something ends there.
  private var next: [UInt32] = []
  private var outputs: [Int32] = []  // by state: the pattern that ends there, -1 for none
  private var shorter: [Int32] = []  // by state: the state of the longest other pattern that ends there
  /// By pattern.
  let lengths: [Int]

  /// Patterns must be distinct and not empty.
  init(_ patterns: [[UInt8]]) {
    lengths = patterns.map(\.count)
    var used = 1
    for pattern in patterns {
      for byte in pattern where classes[Int(byte)] == 0 {
        classes[Int(byte)] = UInt8(used)
        used += 1
      }
    }
    width = used
    var children = [Int32](repeating: -1, count: width)
    outputs = [-1]
    for (index, pattern) in patterns.enumerated() {
      var state = 0
      for byte in pattern {
        let slot = state * width + Int(classes[Int(byte)])
        if children[slot] < 0 {
          children[slot] = Int32(outputs.count)
          outputs.append(-1)
          children.append(contentsOf: repeatElement(-1, count: width))
        }
        state = Int(children[slot])
      }
      outputs[state] = Int32(index)
    }
    link(&children)
  }

  /// Turns the trie into an automaton, breadth first.
  private mutating func link(_ children: inout [Int32]) {
    var failure = [Int](repeating: 0, count: outputs.count)
    shorter = [Int32](repeating: -1, count: outputs.count)
    var queue: [Int] = []
    for c in 0..<width where children[c] >= 0 { queue.append(Int(children[c])) }
    for c in 0..<width where children[c] < 0 { children[c] = 0 }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      let fallback = failure[state]
      shorter[state] = outputs[fallback] >= 0 ? Int32(fallback) : shorter[fallback]
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
      let ends = outputs[Int(child)] >= 0 || shorter[Int(child)] >= 0
      return UInt32(Int(child) * width) | (ends ? 1 << 31 : 0)
    }
  }

  /// Calls `hit` with each pattern that ends in the text, and the offset behind it.
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
            if outputs[state] >= 0 { hit(Int(outputs[state]), i + 1) }
            state = Int(shorter[state])
          }
        }
      }
    }
  }
}
