import Glibc

/// The parts of HTML5's tokeniser that only find where something ends.
extension MarkupRepair {
  static func name(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
    var i = start
    while i < bytes.count, !isSpace(bytes[i]), bytes[i] != 0x2F, bytes[i] != 0x3E { i += 1 }
    return start..<i
  }

  /// Names that libxml2 takes as they are.
  static func isName(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> Bool {
    name.count <= 64
      && bytes[name].allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x3A || $0 == 0x2E }
  }

  /// Walks over attributes to the tag's end, which is behind the ">"; nil where the page ends first.
  /// Calls `body` with the name of each attribute and its value, without quotes, up to a limit.
  @inline(__always)
  static func attributes(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int,
    _ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void = { _, _ in }
  ) -> (end: Int?, isSelfClosed: Bool) {
    var i = start
    var count = 0
    while i < bytes.count {
      while i < bytes.count, isSpace(bytes[i]) || bytes[i] == 0x2F { i += 1 }
      guard i < bytes.count else { break }
      if bytes[i] == 0x3E { return (i + 1, i > start && bytes[i - 1] == 0x2F) }
      let name = i
      if bytes[i] == 0x3D { i += 1 }  // a name may start with "="
      while i < bytes.count, !isSpace(bytes[i]), bytes[i] != 0x2F, bytes[i] != 0x3E, bytes[i] != 0x3D { i += 1 }
      let nameEnd = i
      var value = i..<i
      var equals = i
      while equals < bytes.count, isSpace(bytes[equals]) { equals += 1 }
      if equals < bytes.count, bytes[equals] == 0x3D {
        i = equals + 1
        while i < bytes.count, isSpace(bytes[i]) { i += 1 }
        guard i < bytes.count else { break }
        if bytes[i] == 0x22 || bytes[i] == 0x27 {
          let end = next(bytes[i], in: bytes, from: i + 1)
          value = i + 1..<end
          i = min(end + 1, bytes.count)
        } else {
          let start = i
          while i < bytes.count, !isSpace(bytes[i]), bytes[i] != 0x3E { i += 1 }
          value = start..<i
        }
      }
      count += 1
      if count <= attributeLimit { body(name..<nameEnd, value) }
    }
    return (nil, false)
  }

  /// The offset behind the next such byte; the end of the page where there is none.
  static func after(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    min(next(byte, in: bytes, from: start) + 1, bytes.count)
  }
  /// The offset of the next such byte; the end of the page where there is none.
  private static func next(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress, start < bytes.count,
      let found = memchr(base + start, Int32(byte), bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The offset behind a comment whose text starts at `start` (section 13.2.5.43 and on).
  static func endOfComment(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    if start < bytes.count, bytes[start] == 0x3E { return start + 1 }  // <!-->
    if start + 1 < bytes.count, bytes[start] == 0x2D, bytes[start + 1] == 0x3E { return start + 2 }  // <!--->
    var i = start
    while i + 2 < bytes.count {
      if bytes[i] == 0x2D, bytes[i + 1] == 0x2D {
        if bytes[i + 2] == 0x3E { return i + 3 }
        if bytes[i + 2] == 0x21, i + 3 < bytes.count, bytes[i + 3] == 0x3E { return i + 4 }
      }
      i += 1
    }
    return bytes.count
  }

  /// Where raw text ends, and the offset behind its end tag. A script goes on behind an end tag
  /// that stands in `<!-- <script> … </script> -->` (section 13.2.5.27 and on).
  static func rawText(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, closing name: String, isScript: Bool = false
  ) -> (end: Int, next: Int) {
    let closing = Array("/\(name)".utf8)
    let opening = Array("script".utf8)
    var isEscaped = false
    var isDoubleEscaped = false
    var i = start
    while i < bytes.count {
      // Nothing but "<" matters until a script opens a comment.
      if !isEscaped { i = next(0x3C, in: bytes, from: i) }
      guard i < bytes.count else { break }
      let c = bytes[i]
      if c == 0x3C {
        if isWord(closing, bytes, at: i + 1) {
          if isDoubleEscaped {
            isDoubleEscaped = false
          } else {
            return (i, attributes(bytes, from: i + 1 + closing.count).end ?? bytes.count)
          }
        } else if isScript, isEscaped, isWord(opening, bytes, at: i + 1) {
          isDoubleEscaped = true
        } else if isScript, i + 3 < bytes.count, bytes[i + 1] == 0x21, bytes[i + 2] == 0x2D, bytes[i + 3] == 0x2D {
          isEscaped = true
        }
      } else if isScript, c == 0x2D, i + 2 < bytes.count, bytes[i + 1] == 0x2D, bytes[i + 2] == 0x3E {
        isEscaped = false
        isDoubleEscaped = false
      }
      i += 1
    }
    return (bytes.count, bytes.count)
  }

  /// The offset behind a foreign element, which may hold others of its name.
  static func endOfForeign(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, name: String) -> Int? {
    let opening = Array(name.utf8)
    let closing = Array("/\(name)".utf8)
    var level = 1
    var i = start
    while true {
      i = next(0x3C, in: bytes, from: i) + 1
      guard i < bytes.count else { return nil }
      if isWord(closing, bytes, at: i) {
        level -= 1
        if level == 0 { return attributes(bytes, from: i + closing.count).end ?? bytes.count }
      } else if isWord(opening, bytes, at: i) {
        let scan = attributes(bytes, from: i + opening.count)
        if !scan.isSelfClosed { level += 1 }
      }
    }
  }

  static func isJSONLD(_ bytes: UnsafeBufferPointer<UInt8>, _ attributes: Range<Int>) -> Bool {
    let wanted = Array("ld+json".utf8)
    guard attributes.count > wanted.count else { return false }
    return (attributes.lowerBound...(attributes.upperBound - wanted.count)).contains { at in
      wanted.indices.allSatisfy { lowercase(bytes[at + $0]) == wanted[$0] }
    }
  }

  /// Whether `word` (lower case) stands at `start` in any case, as a whole tag name.
  private static func isWord(_ word: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    guard start + word.count <= bytes.count else { return false }
    for i in word.indices where lowercase(bytes[start + i]) != word[i] { return false }
    guard start + word.count < bytes.count else { return true }
    let next = bytes[start + word.count]
    return isSpace(next) || next == 0x2F || next == 0x3E
  }
}
