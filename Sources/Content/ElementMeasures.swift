import Language
import Pages

/// What an element's subtree holds.
struct ElementMeasure: Sendable {
  var chars: Float = 0, bytes: Float = 0, linkBytes: Float = 0, blocks: Float = 0, words: Float = 0
  /// Characters in paragraphs, and in blocks that read like running text.
  var paragraphs: Float = 0, prose: Float = 0
  var stops: Float = 0, marks: Float = 0, images: Float = 0, headings: Float = 0
  /// Blocks with a price and with a date; words of forums and of consent banners.
  var prices: Float = 0, dates: Float = 0, forum: Float = 0, consent: Float = 0
  /// Its first and last block.
  var first = Int32.max, last: Int32 = -1

  mutating func add(_ other: ElementMeasure) {
    chars += other.chars
    bytes += other.bytes
    linkBytes += other.linkBytes
    blocks += other.blocks
    words += other.words
    paragraphs += other.paragraphs
    prose += other.prose
    stops += other.stops
    marks += other.marks
    images += other.images
    headings += other.headings
    prices += other.prices
    dates += other.dates
    forum += other.forum
    consent += other.consent
    first = min(first, other.first)
    last = max(last, other.last)
  }
  var linkShare: Float { linkBytes / max(1, bytes) }
}

/// Siblings of one tag and class: the cards of a list, the posts of a thread.
struct SiblingGroup: Sendable {
  var count: Float = 0
  var sum = ElementMeasure()
}

/// Measures every element that holds text: sums over its blocks, its distance to telling ancestors, and its likes
/// among its siblings.
struct ElementMeasures: Sendable {
  /// Ancestors whose distance is measured.
  static let tags: [(name: String, tags: [Tag])] = [
    ("nav", [.nav]), ("header", [.header]), ("footer", [.footer]), ("aside", [.aside]), ("main", [.main]),
    ("article", [.article]), ("form", [.form]), ("table", [.table]), ("ul", [.ul]), ("ol", [.ol]),
    ("figure", [.figure]), ("pre", [.pre]), ("button", [.button]), ("dialog", [.dialog]), ("section", [.section]),
    ("blockquote", [.blockquote]), ("dl", [.dl]), ("label", [.label, .legend]), ("a", [.a]),
    ("heading", [.h1, .h2, .h3, .h4, .h5, .h6]), ("details", [.details]), ("cell", [.td, .th]),
    ("noscript", [.noscript]), ("p", [.p]), ("li", [.li]), ("h1", [.h1]), ("caption", [.figcaption, .caption]),
    ("address", [.address]),
  ]
  /// Stands for "no such ancestor".
  static let far: UInt8 = 60

  private(set) var measures: [ElementMeasure] = []
  private(set) var tagDistances: [SIMD32<UInt8>] = []
  private(set) var classDistances: [SIMD32<UInt8>] = []
  private(set) var signatures: [UInt64] = []
  /// Steps to the body.
  private(set) var depths: [UInt16] = []
  /// Index in `groups` of the element with its likes, -1 without text; and its place among them.
  private(set) var groupOf: [Int32] = []
  private(set) var ordinals: [Int32] = []
  private(set) var groups: [SiblingGroup] = []
  /// The child with most prose, -1 without any.
  private(set) var mainChildren: [Int32] = []
  private(set) var body = 0
  private(set) var bodyClasses: UInt32 = 0
  private(set) var inputs: Float = 0, images: Float = 0, articles: Float = 0, forms: Float = 0, links: Float = 0

  private static let indexOfTag: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (index, entry) in tags.enumerated() where entry.name != "h1" {
      for tag in entry.tags { table[Int(tag.rawValue)] = UInt8(index) }
    }
    return table
  }()
  private static let h1 = tags.firstIndex { $0.name == "h1" }!

  /// O(elements + attributes + blocks).
  init(_ page: Blocks, _ texts: [TextMeasure]) {
    let elements = page.elements
    let count = elements.count
    measures = Array(repeating: ElementMeasure(), count: count)
    for block in 0..<page.count where page.blockElements[block] >= 0 {
      let m = texts[block]
      let e = Int(page.blockElements[block])
      let links = Float(page.linkBytes[block])
      let bytes = Float(page.ends[block] - page.starts[block])
      var one = ElementMeasure()
      one.chars = m.chars
      one.bytes = bytes
      one.linkBytes = min(links, bytes)
      one.blocks = 1
      one.words = m.words
      one.paragraphs = page.kinds[block] == .paragraph && elements.tags[e] == .p ? m.chars : 0
      one.prose = m.marks > 0 && m.words >= 8 && links < 0.4 * bytes ? m.chars : 0
      one.stops = m.stops
      one.marks = m.marks
      one.headings = page.kinds[block] == .heading ? 1 : 0
      one.prices = m.hasPrice ? 1 : 0
      one.dates = m.hasDate ? 1 : 0
      one.forum = m.forum
      one.consent = m.consent
      one.first = Int32(block)
      one.last = Int32(block)
      measures[e].add(one)
    }
    sumUp(elements)
    readClasses(elements)
    groupSiblings(elements)
  }

  private mutating func sumUp(_ elements: Elements) {
    let count = elements.count
    mainChildren = Array(repeating: -1, count: count)
    body = elements.tags.firstIndex(of: .body) ?? 0
    for e in stride(from: count - 1, through: 0, by: -1) {
      switch elements.tags[e] {
      case .img:
        measures[e].images += 1
        images += 1
      case .input, .select, .textarea: inputs += 1
      case .article: articles += 1
      case .form: forms += 1
      case .a: links += 1
      default: break
      }
      let parent = Int(elements.parents[e])
      guard parent >= 0 else { continue }
      let prose = measures[e].prose
      if prose > 0, mainChildren[parent] < 0 || measures[Int(mainChildren[parent])].prose <= prose {
        mainChildren[parent] = Int32(e)
      }
      measures[parent].add(measures[e])
    }
  }

  private mutating func readClasses(_ elements: Elements) {
    let count = elements.count
    let far = SIMD32<UInt8>(repeating: Self.far)
    tagDistances = Array(repeating: far, count: count)
    classDistances = Array(repeating: far, count: count)
    signatures = Array(repeating: 0, count: count)
    depths = Array(repeating: 0, count: count)
    var masks = [UInt32](repeating: 0, count: count)
    var classHashes = [UInt64](repeating: 0, count: count)
    let words = ClassWords.shared
    let outer = body
    var ofBody: UInt32 = 0
    elements.forEachAttribute { element, name, value in
      switch name {
      case .class, .id, .role, .itemprop, .dataTestid, .dataComponent:
        guard measures[element].blocks > 0 else { return }
        let mask = words.mask(value)
        if element > outer { masks[element] |= mask } else { ofBody |= mask }
        if name == .class { classHashes[element] = Self.hashOfTwo(value) }
      default: break
      }
    }
    bodyClasses = ofBody
    for e in 0..<count where measures[e].blocks > 0 {
      let parent = Int(elements.parents[e])
      let tag = elements.tags[e]
      signatures[e] = (classHashes[e] ^ UInt64(tag.rawValue)) &* 0x9E37_79B9_7F4A_7C15
      guard parent >= 0, e != body else { continue }
      depths[e] = depths[parent] + 1
      var tagDistance = Self.further(tagDistances[parent])
      let index = Self.indexOfTag[Int(tag.rawValue)]
      if index != 255 { tagDistance[Int(index)] = 0 }
      if tag == .h1 { tagDistance[Self.h1] = 0 }
      tagDistances[e] = tagDistance
      var classDistance = Self.further(classDistances[parent])
      var mask = masks[e]
      while mask != 0 {
        classDistance[mask.trailingZeroBitCount] = 0
        mask &= mask - 1
      }
      classDistances[e] = classDistance
    }
  }

  /// A step more, but no more than `far`; eight bytes at a time, since the least of two vectors is taken lane by lane.
  @inline(__always)
  private static func further(_ distances: SIMD32<UInt8>) -> SIMD32<UInt8> {
    let ones = SIMD4<UInt64>(repeating: 0x0101_0101_0101_0101)
    let next = unsafeBitCast(distances, to: SIMD4<UInt64>.self) &+ ones
    // The top bit of a byte becomes set where it is beyond `far`.
    let isBeyond = (next &+ ones &* UInt64(127 - far)) &>> 7 & ones
    return unsafeBitCast(next &- isBeyond, to: SIMD32<UInt8>.self)
  }

  /// Of the first two words of a class attribute.
  private static func hashOfTwo(_ value: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = TextHash.start
    var words = 0
    var inWord = false
    for byte in value {
      if byte <= 0x20 {
        if inWord { words += 1 }
        inWord = false
        if words == 2 { break }
      } else {
        // Numbers in classes tell siblings apart that are alike.
        if byte &- 0x30 < 10 {
          inWord = true
          continue
        }
        if !inWord { hash = TextHash.add(0x20, to: hash) }
        inWord = true
        hash = TextHash.add(byte, to: hash)
      }
    }
    return hash
  }

  private mutating func groupSiblings(_ elements: Elements) {
    let count = elements.count
    groupOf = Array(repeating: -1, count: count)
    ordinals = Array(repeating: 0, count: count)
    var table = HashTable(capacity: count)
    for e in 0..<count where measures[e].blocks > 0 {
      let key = signatures[e] ^ (UInt64(UInt32(bitPattern: elements.parents[e])) &* 0xD6E8_FEB8_6659_FD93)
      let group = Int(table.insert(key).value)
      if group == groups.count { groups.append(SiblingGroup()) }
      groupOf[e] = Int32(group)
      ordinals[e] = Int32(groups[group].count)
      groups[group].count += 1
      groups[group].sum.add(measures[e])
    }
  }
}
