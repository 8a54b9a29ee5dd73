/// Lines of a text: each ends at an LF, a CR, or both.
extension UnsafeBufferPointer<UInt8> {
  /// Where the line that holds an offset ends: at its CR or LF, or with the text.
  func lineEnd(from start: Int) -> Int {
    var end = start
    while end < count, self[end] != 0x0A, self[end] != 0x0D { end += 1 }
    return end
  }

  /// Where the next line starts behind the end of one.
  func nextLine(behind end: Int) -> Int {
    let isCRLF = end + 1 < count && self[end] == 0x0D && self[end + 1] == 0x0A
    return end + (isCRLF ? 2 : 1)
  }
}
