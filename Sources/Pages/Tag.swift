/// An HTML element name that Winnow treats in some way; every other name is `other`.
public enum Tag: UInt8, Sendable, CaseIterable {
  case other
  case a, abbr, address, article, aside, audio, b, base, blockquote, body, br, button, canvas, caption, center
  case code, col, colgroup, datalist, dd, del, details, dialog, dir, div, dl, dt, em, embed, fieldset
  case figcaption, figure, font, footer, form, frame, frameset, h1, h2, h3, h4, h5, h6, head, header, hgroup
  case hr, html, i, iframe, img, input, ins, kbd, label, legend, li, link, main, map, math, menu, meta, nav
  case noembed, noframes, noscript, object, ol, optgroup, option, p, param, picture, plaintext, pre, q, s
  case samp, script, search, section, select, small, source, span, strong, style, sub, summary, sup, svg
  case table, tbody, td, template, textarea, tfoot, th, thead, time, title, tr, track, tt, u, ul, video, wbr, xmp
  // Of MathML.
  case mfrac, mover, mroot, msub, msubsup, msup, mtd, munder, munderover

  /// The tag of this name in lower case, nil where it is none that Winnow knows.
  public static func named(_ name: String) -> Tag? {
    var name = name.lowercased()
    let tag = name.withUTF8 { TagTable.shared.find($0) }
    return tag == .other ? nil : tag
  }
  /// Ends the line before it and after it.
  public var isBlock: Bool { Self.blockTags.contains(self) }
  /// Has no content and no end tag (WHATWG HTML, section 13.1.2).
  var isVoid: Bool { Self.voidTags.contains(self) }
  /// May stand in the head, or before it (WHATWG HTML, section 13.2.6.4.4), or takes the body's place.
  var mayPrecedeBody: Bool { Self.headTags.contains(self) }
  /// Its text is nothing that a reader of the page sees.
  var isSkipped: Bool { Self.skippedTags.contains(self) }
  /// 1 to 6 for a heading, else 0.
  public var headingLevel: Int {
    rawValue >= Tag.h1.rawValue && rawValue <= Tag.h6.rawValue ? Int(rawValue - Tag.h1.rawValue) + 1 : 0
  }
  /// Is closed by what follows it where its end tag is missing, so that it does not nest by accident.
  var isSelfClosing: Bool { Self.selfClosingTags.contains(self) }

  /// As it is written. Made once: spelling a case out takes longer than reading a tag.
  var endTag: [UInt8] { Self.endTags[Int(rawValue)] }
  private static let endTags = allCases.map { Array("</\($0)>".utf8) }

  private static let blockTags: TagSet = [
    .address, .article, .aside, .blockquote, .body, .button, .caption, .center, .dd, .details, .dialog, .dir, .div,
    .dl, .dt, .fieldset, .figcaption, .figure, .footer, .form, .frameset, .h1, .h2, .h3, .h4, .h5, .h6, .header,
    .hgroup, .hr, .html, .label, .legend, .li, .main, .menu, .nav, .noscript, .ol, .optgroup, .option, .p, .plaintext,
    .pre, .search, .section, .select, .summary, .table, .tbody, .td, .textarea, .tfoot, .th, .thead, .tr, .ul, .xmp,
    .video, .audio, .object, .canvas,
  ]
  private static let voidTags: TagSet = [
    .base, .br, .col, .embed, .frame, .hr, .img, .input, .link, .meta, .param, .source, .track, .wbr,
  ]
  private static let headTags: TagSet = [
    .html, .head, .base, .link, .meta, .title, .noscript, .script, .style, .template, .noframes, .frameset, .frame,
  ]
  private static let skippedTags: TagSet = [
    .head, .script, .style, .template, .svg, .iframe, .select, .datalist, .map, .noembed, .noframes, .title,
  ]
  private static let selfClosingTags: TagSet = [
    .p, .li, .dt, .dd, .option, .optgroup, .td, .th, .tr, .tbody, .thead, .tfoot, .colgroup, .body, .html, .head,
  ]
}

/// A set of tags; membership costs one shift.
struct TagSet: ExpressibleByArrayLiteral, Sendable {
  private var low: UInt64 = 0, high: UInt64 = 0

  init(arrayLiteral tags: Tag...) {
    for tag in tags {
      if tag.rawValue < 64 { low |= 1 << UInt64(tag.rawValue) } else { high |= 1 << UInt64(tag.rawValue - 64) }
    }
  }
  func contains(_ tag: Tag) -> Bool {
    (tag.rawValue < 64 ? low >> UInt64(tag.rawValue) : high >> UInt64(tag.rawValue - 64)) & 1 == 1
  }
}

/// Finds a tag by the first eight bytes of its lower-case name and its length.
struct TagTable: Sendable {
  static let shared = TagTable()
  private var keys = [UInt64](repeating: 0, count: 512)
  private var tags = [Tag](repeating: .other, count: 512)

  private init() {
    for tag in Tag.allCases where tag != .other {
      let name = Array("\(tag)".utf8)
      let key = name.withUnsafeBufferPointer { Self.key($0) }
      var slot = Self.slot(key)
      while keys[slot] != 0 { slot = (slot + 1) & 511 }
      keys[slot] = key
      tags[slot] = tag
    }
  }

  /// `name` in any case. Names of more than ten bytes are `other`.
  func find(_ name: UnsafeBufferPointer<UInt8>) -> Tag {
    guard name.count > 0, name.count <= 10 else { return .other }
    let key = Self.key(name)
    var slot = Self.slot(key)
    while keys[slot] != 0 {
      if keys[slot] == key { return tags[slot] }
      slot = (slot + 1) & 511
    }
    return .other
  }

  static func key(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    for i in 0..<min(8, name.count) { key |= UInt64(lowercase(name[i])) << UInt64(8 * i) }
    // The ninth and tenth byte tell no two tags apart; the length does.
    return key ^ (UInt64(name.count) << 56)
  }
  private static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 55) }
}

@inline(__always) func lowercase(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
@inline(__always) func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
@inline(__always) func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
@inline(__always) func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }
