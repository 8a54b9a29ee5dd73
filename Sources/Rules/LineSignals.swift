/// Which phrases stand in the lines of a page, as the signals that they give: most by one pass over the page before any
/// rule is asked, late ones when a rule asks.
struct LineSignals {
  /// The signals of all lines, and where those of each line start.
  private var all: [Int32] = []
  private var starts: [Int32] = [0]
  /// By signal: the visit in which it was last given.
  private var given: [Int32]
  private var visit: Int32 = 0
  /// The last one in which the signals of the line were given.
  private var markedVisit: Int32 = 0
  /// By signal: the visit in which it was last looked for late.
  private var asked: [Int32]
  /// The line last visited, and the one whose trigrams are known; -1 for none.
  private var line = 0
  private var trigramsLine = -1
  private var trigrams = LatePhrases.Trigrams()

  init(count: Int) {
    given = Array(repeating: 0, count: count)
    asked = given
  }

  func ofLine(_ line: Int) -> ArraySlice<Int32> { all[Int(starts[line])..<Int(starts[line + 1])] }

  /// Makes a line the one that `isGiven` speaks of. O(1): most visits end before a signal is asked for.
  mutating func visit(_ line: Int) {
    visit += 1
    self.line = line
  }
  @inline(__always)
  mutating func isGiven(_ signal: Int32, _ lines: FoldedLines, _ program: RuleProgram) -> Bool {
    if markedVisit != visit { mark() }
    return program.areLate[Int(signal)] ? isGivenLate(signal, lines, program) : given[Int(signal)] == visit
  }
  private mutating func mark() {
    markedVisit = visit
    for i in Int(starts[line])..<Int(starts[line + 1]) { given[Int(all[i])] = visit }
  }
  private mutating func isGivenLate(_ signal: Int32, _ lines: FoldedLines, _ program: RuleProgram) -> Bool {
    guard asked[Int(signal)] != visit else { return given[Int(signal)] == visit }
    asked[Int(signal)] = visit
    return lines.bytes.withUnsafeBufferPointer { bytes in
      let placed = PlacedLine(line, lines, bytes)
      if trigramsLine != line { trigrams.read(placed.text) }
      trigramsLine = line
      let isGiven = program.latePhrases.gives(signal, placed, trigrams)
      if isGiven { given[Int(signal)] = visit }
      return isGiven
    }
  }

  mutating func read(_ lines: FoldedLines, _ program: RuleProgram) {
    all.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    (visit, markedVisit, trigramsLine) = (0, 0, -1)
    for i in given.indices {
      given[i] = 0
      asked[i] = 0
    }
    lines.bytes.withUnsafeBufferPointer { bytes in
      for line in lines.ranges.indices {
        visit += 1
        let (range, core) = (lines.ranges[line], lines.cores[line])
        seeWhole(lines.coreHashes[line], UnsafeBufferPointer(rebasing: bytes[core]), program)
        if core != range { seeWhole(lines.hashes[line], UnsafeBufferPointer(rebasing: bytes[range]), program) }
        let level = LongLines.level(
          words: lines.wordCounts[line], characters: lines.scalarCounts[line], bytes: core.count, program)
        seeParts(program.parts[level], PlacedLine(line, lines, bytes), program)
        starts.append(Int32(all.count))
      }
    }
  }

  private mutating func seeWhole(_ hash: UInt64, _ text: UnsafeBufferPointer<UInt8>, _ program: RuleProgram) {
    guard text.count <= program.lines.longest, let line = program.lines.find(hash, text) else { return }
    see(program.linePhrases[Int(line)], program)
  }

  private mutating func seeParts(_ parts: PhraseFinder, _ line: PlacedLine, _ program: RuleProgram) {
    // A character has four bytes at most.
    let near = PhraseFinder.near * (line.isPlain ? 1 : 4)
    parts.scan(line.text, nearEnd: line.core.lowerBound + near) { part, found in
      for index in program.meanings.range(part) {
        let meaning = program.meanings[index]
        if line.isPlace(meaning.place, found) { see(meaning.phrase, program) }
      }
    }
  }

  @inline(__always)
  private mutating func see(_ phrase: Int32, _ program: RuleProgram) {
    for i in program.signals.range(Int(phrase)) {
      let signal = program.signals[i]
      guard given[Int(signal)] != visit else { continue }
      given[Int(signal)] = visit
      all.append(signal)
    }
  }
}
