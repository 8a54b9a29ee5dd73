import Glibc

/// Sentences as weighted vectors of stems, and how alike they are.
struct SentenceGraph {
  let count: Int
  /// Unit vectors, sparse: those of sentence `i` are `starts[i]..<starts[i + 1]`.
  private(set) var ids: [Int32] = []
  private(set) var values: [Float] = []
  private(set) var starts: [Int] = [0]
  /// Cosines, row by row, 0 on the diagonal.
  private(set) var similarity: [Float]
  /// By sentence: PageRank over `similarity`, times `count` (damping 0.85, 12 rounds; Mihalcea and Tarau, 2004).
  private(set) var rank: [Float]
  /// By stem: the unit vector of the page.
  private(set) var centroid: [Float]

  /// O(words + pairs of sentences that share a word).
  init(_ words: PageWords) {
    count = words.sentenceCount
    let n = count
    similarity = Array(repeating: 0, count: n * n)
    rank = Array(repeating: 1, count: n)
    centroid = Array(repeating: 0, count: words.stemCount)
    buildVectors(words)
    compare(words.stemCount)
    spread()
  }

  func similarity(_ i: Int, _ j: Int) -> Float { similarity[i * count + j] }

  /// The cosine of sentence `i` with a dense unit vector.
  func dot(_ i: Int, _ dense: [Float]) -> Float {
    var sum: Float = 0
    for k in starts[i]..<starts[i + 1] { sum += values[k] * dense[Int(ids[k])] }
    return sum
  }

  /// The unit vector of the sum of some sentences.
  func sum(of sentences: Range<Int>, stems: Int) -> [Float] {
    var dense = [Float](repeating: 0, count: stems)
    for k in starts[sentences.lowerBound]..<starts[sentences.upperBound] { dense[Int(ids[k])] += values[k] }
    Self.normalise(&dense)
    return dense
  }

  static func normalise(_ dense: inout [Float]) {
    let length = dense.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return }
    for i in dense.indices { dense[i] /= length }
  }

  private mutating func buildVectors(_ words: PageWords) {
    var counts = [Int32](repeating: 0, count: words.stemCount)
    ids.reserveCapacity(words.tokens.count)
    values.reserveCapacity(words.tokens.count)
    for i in 0..<count {
      let first = ids.count
      for t in words.starts[i]..<words.starts[i + 1] {
        let id = words.tokens[t].id
        guard !words.isStop[Int(id)] else { continue }
        if counts[Int(id)] == 0 { ids.append(id) }
        counts[Int(id)] += 1
      }
      var length: Float = 0
      for k in first..<ids.count {
        let id = Int(ids[k])
        let count = counts[id]
        counts[id] = 0
        let value = words.weights[id] * (count == 1 ? 1 : 1 + logf(Float(count)))
        values.append(value)
        length += value * value
      }
      let scale = length > 0 ? 1 / length.squareRoot() : 0
      for k in first..<ids.count {
        values[k] *= scale
        centroid[Int(ids[k])] += values[k]
      }
      starts.append(ids.count)
    }
    Self.normalise(&centroid)
  }

  private mutating func compare(_ stems: Int) {
    var bucket = [Int32](repeating: 0, count: stems + 1)
    for id in ids { bucket[Int(id) + 1] += 1 }
    for i in 0..<stems { bucket[i + 1] += bucket[i] }
    var next = bucket
    var sentences = [Int32](repeating: 0, count: ids.count)
    var weights = [Float](repeating: 0, count: ids.count)
    for i in 0..<count {
      for k in starts[i]..<starts[i + 1] {
        let place = Int(next[Int(ids[k])])
        next[Int(ids[k])] += 1
        sentences[place] = Int32(i)
        weights[place] = values[k]
      }
    }
    let n = count
    similarity.withUnsafeMutableBufferPointer { matrix in
      for stem in 0..<stems {
        let range = Int(bucket[stem])..<Int(bucket[stem + 1])
        guard range.count > 1 else { continue }
        for a in range {
          let row = Int(sentences[a]) * n
          let weight = weights[a]
          for b in (a + 1)..<range.upperBound { matrix[row + Int(sentences[b])] += weight * weights[b] }
        }
      }
      for i in 0..<n {
        for j in (i + 1)..<max(n, i + 1) { matrix[j * n + i] = matrix[i * n + j] }
      }
    }
  }

  private mutating func spread() {
    let n = count
    guard n > 1 else { return }
    var current = [Float](repeating: 1 / Float(n), count: n)
    var next = current
    similarity.withUnsafeBufferPointer { matrix in
      let scale = (0..<n).map { i in
        let sum = matrix[i * n..<(i + 1) * n].reduce(0, +)
        return sum > 0 ? 0.85 / sum : 0
      }
      for _ in 0..<12 {
        next.withUnsafeMutableBufferPointer { next in
          next.update(repeating: 0.15 / Float(n))
          for i in 0..<n {
            let share = current[i] * scale[i]
            let row = matrix.baseAddress! + i * n
            for j in 0..<n { next[j] += share * row[j] }
          }
        }
        swap(&current, &next)
      }
    }
    for i in 0..<n { rank[i] = current[i] * Float(n) }
  }
}
