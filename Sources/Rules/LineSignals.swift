/// Which phrases stand in the lines of a page, as the signals that they give: one pass over the page, before
/// any rule is asked.
struct LineSignals {
  /// The signals of all lines, and where those of each line start.
  private var all: [Int32] = []
  private var starts: [Int32] = [0]
  /// By signal: the visit in which it was last given.
  private var given: [Int32]
  private var visit: Int32 = 0
  private var line = 0
  /// The late signals of the lines that were asked for them, where those of each stand, and the last visit in which they
  /// were given.
  private var late: [Int32] = []
  private var lateSpans: [Range<Int>?] = []
  private var lateVisit: Int32 = 0

  init(count: Int) { given = Array(repeating: 0, count: count) }

  func ofLine(_ line: Int) -> ArraySlice<Int32> { all[Int(starts[line])..<Int(starts[line + 1])] }

  /// Makes a line the one that `isGiven` speaks of.
  mutating func visit(_ line: Int) {
    visit += 1
    self.line = line
    for i in Int(starts[line])..<Int(starts[line + 1]) { given[Int(all[i])] = visit }
  }
  /// Gives the late signals of the line last visited.
  mutating func complete(_ lines: FoldedLines, _ program: RuleProgram) {
    guard lateVisit != visit else { return }
    lateVisit = visit
    if let span = lateSpans[line] {
      for i in span { given[Int(late[i])] = visit }
      return
    }
    let start = late.count
    lines.bytes.withUnsafeBufferPointer { bytes in
      seeParts(program.lateParts, program.lateSignals, line, bytes, lines, program) { $0.late.append($1) }
    }
    lateSpans[line] = start..<late.count
  }
  @inline(__always)
  func isGiven(_ signal: Int32) -> Bool { given[Int(signal)] == visit }

  mutating func read(_ lines: FoldedLines, _ program: RuleProgram) {
    all.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    late.removeAll(keepingCapacity: true)
    lateSpans = Array(repeating: nil, count: lines.ranges.count)
    (visit, lateVisit) = (0, 0)
    for i in given.indices { given[i] = 0 }
    lines.bytes.withUnsafeBufferPointer { bytes in
      for line in lines.ranges.indices {
        visit += 1
        let (range, core) = (lines.ranges[line], lines.cores[line])
        seeWhole(lines.coreHashes[line], UnsafeBufferPointer(rebasing: bytes[core]), program)
        if core != range { seeWhole(lines.hashes[line], UnsafeBufferPointer(rebasing: bytes[range]), program) }
        let isLong = LongLines.isLong(
          words: lines.wordCounts[line], characters: lines.scalarCounts[line], bytes: core.count, program)
        seeParts(isLong ? program.longParts : program.parts, program.signals, line, bytes, lines, program) {
          $0.all.append($1)
        }
        starts.append(Int32(all.count))
      }
    }
  }

  private mutating func seeWhole(_ hash: UInt64, _ text: UnsafeBufferPointer<UInt8>, _ program: RuleProgram) {
    guard text.count <= program.lines.longest, let line = program.lines.find(hash, text) else { return }
    see(program.linePhrases[Int(line)], program.signals) { $0.all.append($1) }
  }

  @inline(__always)
  private mutating func seeParts(
    _ parts: PhraseFinder, _ signals: Lists<Int32>, _ line: Int, _ bytes: UnsafeBufferPointer<UInt8>,
    _ lines: FoldedLines, _ program: RuleProgram, _ add: (inout LineSignals, Int32) -> Void
  ) {
    let range = lines.ranges[line]
    let text = UnsafeBufferPointer(rebasing: bytes[range])
    let coreStart = lines.cores[line].lowerBound - range.lowerBound
    let coreEnd = lines.cores[line].upperBound - range.lowerBound
    let isPlain = text.count == lines.scalarCounts[line]
    // A character has four bytes at most.
    let near = PhraseFinder.near * (isPlain ? 1 : 4)
    parts.scan(text, nearEnd: coreStart + near) { part, found in
      let (start, end) = (found.lowerBound, found.upperBound)
      for index in program.meanings.range(part) {
        let meaning = program.meanings[index]
        let fits =
          switch meaning.place {
          case .within(let latest, _): start <= latest || !isPlain && Self.isWithin(latest, text, start)
          case .start: (start == 0 || start == coreStart) && Self.isBoundary(text, end)
          case .end: (end == text.count || end == coreEnd) && Self.isBoundary(text, start)
          case .inside: Self.isBoundary(text, start) && Self.isBoundary(text, end)
          }
        if fits { see(meaning.phrase, signals, add) }
      }
    }
  }

  @inline(__always)
  private mutating func see(
    _ phrase: Int32, _ signals: Lists<Int32>, _ add: (inout LineSignals, Int32) -> Void
  ) {
    for i in signals.range(Int(phrase)) {
      let signal = signals[i]
      guard given[Int(signal)] != visit else { continue }
      given[Int(signal)] = visit
      add(&self, signal)
    }
  }

  /// At most so many characters stand before `at`.
  private static func isWithin(_ latest: Int32, _ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    at <= Int(latest) &* 4 && text[..<at].count { $0 & 0xC0 != 0x80 } <= latest
  }
  /// No letter or digit stands on both sides of `at`.
  private static func isBoundary(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at > 0, at < text.count, isWord(text[at]) else { return true }
    var before = at - 1
    while before > 0, text[before] & 0xC0 == 0x80 { before -= 1 }
    return !isWord(text[before])
  }
  /// Whether a first byte is that of a letter or digit. Cyrillic, Greek and accented Latin have two bytes;
  /// scripts of three bytes and more are mostly written without spaces and have no boundaries to ask for.
  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || (byte >= 0xC3 && byte < 0xE0)
  }
}
