import Language

/// What the bytes of a sentence show, words apart.
struct Surface {
  var length = Length()
  var letters = 0
  var capitals = 0
  var commas = 0
  var colons = 0
  var brackets = 0
  var dashes = 0
  var money = 0
  var quotes = 0
  var startsQuoted = false
  var years = 0
  /// "." or a like of it, before closing quotes and brackets.
  var endsStop = false
  var endsQuestion = false
  var endsExclamation = false
  var endsQuoted = false
  /// Quotation marks and brackets come in pairs.
  var isBalanced = true
  /// Bytes within quotation marks.
  var quotedBytes = 0

  init(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    length = Length(text[range])
    var straight = 0
    var curly = 0
    var angle = 0
    var round = 0
    var square = 0
    var wide = 0
    var isBroken = false
    var quoteStart = -1
    func quote(_ at: Int, opens: Bool) {
      quotes += 1
      if at == range.lowerBound { startsQuoted = true }
      if opens {
        quoteStart = at
      } else if quoteStart >= 0 {
        quotedBytes += at - quoteStart
        quoteStart = -1
      }
    }
    // Of ASCII, in registers.
    var (ascii, large) = (0, 0)
    var i = range.lowerBound
    while i < range.upperBound {
      let c = text[i]
      ascii &+= c | 0x20 &- 0x61 < 26 ? 1 : 0
      large &+= c &- 0x41 < 26 ? 1 : 0
      // Letters, spaces and full stops, told from the others without a guess where a word ends.
      if ((c & 0x40 == 0 ? Self.lowSigns : Self.highSigns) >> UInt64(c & 63) | UInt64(c >> 7)) & 1 == 0 {
        i += 1
        continue
      }
      switch c {
      case 0x30...0x39:
        if i == range.lowerBound || text[i - 1] &- 0x30 > 9 {
          if i + 4 <= range.upperBound, (c == 0x31 && text[i + 1] == 0x39) || (c == 0x32 && text[i + 1] == 0x30),
            text[i + 2] &- 0x30 < 10, text[i + 3] &- 0x30 < 10,
            i + 4 == range.upperBound || text[i + 4] &- 0x30 > 9
          {
            years += 1
          }
        }
      case 0x2C: commas += 1
      case 0x3A, 0x3B: colons += 1
      case 0x24, 0x25: money += 1
      case 0x28:
        round += 1
        brackets += 1
      case 0x29:
        round -= 1
        if round < 0 { isBroken = true }
      case 0x5B: square += 1
      case 0x5D: square -= 1
      case 0x22:
        straight += 1
        quote(i, opens: straight % 2 == 1)
      case 0x2D where i + 1 < range.upperBound && text[i + 1] == 0x2D: dashes += 1
      case 0xC2 where i + 1 < range.upperBound:
        if text[i + 1] == 0xA3 { money += 1 }
        if text[i + 1] == 0xAB || text[i + 1] == 0xBB {
          angle += text[i + 1] == 0xAB ? 1 : -1
          quote(i, opens: quoteStart < 0)
        }
      case 0xE2 where i + 2 < range.upperBound:
        if text[i + 1] == 0x80 {
          switch text[i + 2] {
          case 0x9C, 0x9D, 0x9E, 0x9F:
            curly += 1
            quote(i, opens: quoteStart < 0)
          case 0x93, 0x94: dashes += 1
          default: break
          }
        } else if text[i + 1] == 0x82, text[i + 2] == 0xAC {
          money += 1
        }
        i += 2
      case 0xE3 where i + 2 < range.upperBound && text[i + 1] == 0x80:
        switch text[i + 2] {
        case 0x8C, 0x8E:
          wide += 1
          quote(i, opens: true)
        case 0x8D, 0x8F:
          wide -= 1
          quote(i, opens: false)
        default: break
        }
        i += 2
      case 0xC3..<0xF0: letters += 1
      default: break
      }
      i += 1
    }
    letters += ascii
    capitals = large
    let quotesPair = straight % 2 == 0 && curly % 2 == 0 && angle == 0 && wide == 0
    isBalanced = quotesPair && !isBroken && round == 0 && square == 0
    readEnd(text, range)
  }

  /// The characters of ASCII that are looked at, a bit each: digits and `"$%(),-:;`, then `[` and `]`.
  private static var lowSigns: UInt64 { 0x0FFF_3334_0000_0000 }
  private static var highSigns: UInt64 { 0x2800_0000 }

  /// As what a card or a preview shows of a text.
  static func endsInDots(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let end = text.suffix(3)
    return end.elementsEqual([0x2E, 0x2E, 0x2E]) || end.elementsEqual([0xE2, 0x80, 0xA6])
  }

  private mutating func readEnd(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var end = range.upperBound
    while end > range.lowerBound {
      let (value, start) = TextBytes.scalarBefore(text, end)
      switch value {
      case 0x22, 0x201C, 0x201D, 0xBB, 0xAB, 0x300D, 0x300F:
        endsQuoted = true
        end = start
        continue
      case 0x27, 0x2019, 0x29, 0x5D, 0x20, 0xA0, 0xFF09:
        end = start
        continue
      case 0x2E, 0x3002, 0x2026, 0xFF0E, 0xFF61, 0x6D4, 0x964: endsStop = true
      case 0x3F, 0xFF1F, 0x61F: endsQuestion = true
      case 0x21, 0xFF01: endsExclamation = true
      default: break
      }
      return
    }
  }
}
