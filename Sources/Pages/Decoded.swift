/// A page in UTF-8, without a byte order mark.
struct Decoded {
  var utf8: [UInt8] = []
  var charset: Charset
  /// From `utf8` to the bytes of the file; of a file in another charset than UTF-8 nothing is known.
  var inFile = OffsetMap()

  init(_ utf8: [UInt8], _ charset: String, _ how: Charset.How) {
    self.utf8 = utf8
    self.charset = Charset(name: charset, how: how)
  }

  /// UTF-8 with U+FFFD in place of what is invalid, as `String` has it.
  init(repairing bytes: [UInt8], from start: Int, _ how: Charset.How) {
    charset = Charset(name: "utf-8", how: how)
    utf8.reserveCapacity(bytes.count)
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes[start...].makeIterator()
    var at = start
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar):
        inFile.copy(at: utf8.count, from: at)
        utf8.append(contentsOf: scalar)
        at += scalar.count
      case .error(let length):
        inFile.rewrite(at: utf8.count, for: at..<at + length)
        utf8 += "\u{FFFD}".utf8
        at += length
      case .emptyInput: return
      }
    }
  }
}
