/// The items of a list that was written into one line: "1. First 2. Second", "a) one b) two", "• one • two".
struct InlineList {
  /// Where the second and later items start.
  private(set) var starts: [Int] = []

  init(_ text: UnsafeBufferPointer<UInt8>) {
    let first = TextBytes.skipSpaces(text, 0)
    guard first < text.count, var marker = Marker(text, first) else { return }
    var i = marker.end
    while i < text.count {
      let n = TextBytes.space(text, i)
      if n > 0, i + n < text.count, let found = Marker(text, i + n), found.follows(marker) {
        starts.append(i + n)
        marker = found
        i = found.end
      } else {
        i += max(1, n)
      }
    }
  }

  private struct Marker: Equatable {
    var style: [UInt8]
    var number: Int
    var end: Int

    init?(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) {
      var i = at
      number = 0
      let c = text[at]
      if c == 0xE2, at + 2 < text.count {
        // • ⁃ ◦ ▪ ‣
        let bullet = Array(text[at..<at + 3])
        let marks: [[UInt8]] = [[0x80, 0xA2], [0x81, 0x83], [0x97, 0xA6], [0x96, 0xAA], [0x80, 0xA3]]
        guard marks.contains(Array(bullet[1...])) else { return nil }
        style = bullet
        end = at + 3
        return
      }
      if c &- 0x30 < 10 {
        while i < text.count, text[i] &- 0x30 < 10, i - at < 3 {
          number = number * 10 + Int(text[i] - 0x30)
          i += 1
        }
        style = [0x30]
      } else if c &- 0x61 < 26 {
        number = Int(c)
        style = [0x61]
        i += 1
      } else {
        return nil
      }
      let mark = i
      while i < text.count, text[i] == 0x2E || text[i] == 0x29 { i += 1 }
      guard (1...2).contains(i - mark), i < text.count, TextBytes.space(text, i) > 0 else { return nil }
      style += text[mark..<i]
      end = i
    }

    func follows(_ other: Marker) -> Bool {
      style == other.style && (style[0] == 0xE2 || number == other.number + 1)
    }
  }
}
