/// Groups of words that authors of pages put into classes and ids, found anywhere inside them.
///
/// The words are those of the readability family of extractors (`unlikelyCandidates` and the like),
/// grouped by what they say. Every other sign than a letter counts as "-".
struct ClassWords: Sendable {
  static let shared = ClassWords()

  static let groups: [(name: String, words: String)] = [
    ("nav", "nav menu breadcrumb crumb toolbar topbar"),
    ("foot", "foot copyright legal colophon"),
    ("head", "header masthead banner hero topper"),
    ("side", "side aside rail widget secondary"),
    ("comment", "comment disqus respond komment"),
    (
      "related",
      "relat recommend similar more- morefrom also popular trending latest recent upsell crosssell cross-sell suggest upnext up-next readnext read-next teaser promo-"
    ),
    ("share", "shar social follow facebook twitter like rating vote"),
    ("cookie", "cookie consent gdpr onetrust privacy"),
    ("ad", "-ad- -ads- advert sponsor promo outbrain taboola affiliate"),
    ("news", "newsletter subscri signup sign-up mailing optin email"),
    ("meta", "byline author meta date time published posted tag categor label info"),
    ("content", "content article entry story text body prose markdown rich copy main"),
    ("post", "post message thread reply topic answer question forum discussion bbwrapper"),
    ("product", "product sku price buy cart item"),
    ("desc", "desc detail spec overview feature summary about"),
    ("review", "review testimonial feedback"),
    ("search", "search filter facet sort pagin pager page-num pagenum"),
    ("modal", "modal popup overlay dialog drawer tooltip dropdown collaps accordion toggle"),
    ("login", "login log-in signin account user profile avatar signature"),
    ("card", "card tile grid list col- result"),
    ("caption", "caption credit figure image gallery media video img photo"),
    ("toc", "-toc table-of-contents contents anchor jump"),
    ("hidden", "hidden sr-only screen-reader visually offscreen skip d-none print"),
    ("cta", "cta button btn call-to contact form donate"),
    ("faq", "faq question accordion -tab"),
    (
      "articlebody",
      "articlebody article-body article-content post-content postcontent entry-content story-body post-body article-text"
    ),
    ("quote", "quote spoiler"),
    ("paywall", "paywall premium teaser-"),
  ]

  /// Group bits of a state of the automaton, and where each state goes by sign ("a" to "z", then "-").
  private var outputs: [UInt32] = [0]
  private var next: [Int16] = Array(repeating: 0, count: 27)

  private init() {
    for (group, entry) in Self.groups.enumerated() {
      for word in entry.words.split(separator: " ") {
        var state = 0
        for byte in word.utf8 {
          let sign = Self.sign(byte)
          if next[state * 27 + sign] == 0 {
            next[state * 27 + sign] = Int16(outputs.count)
            outputs.append(0)
            next.append(contentsOf: repeatElement(0, count: 27))
          }
          state = Int(next[state * 27 + sign])
        }
        outputs[state] |= 1 << UInt32(group)
      }
    }
    linkFailures()
  }

  /// Turns the tree of words into an automaton by Aho and Corasick (1975).
  private mutating func linkFailures() {
    var failures = [Int](repeating: 0, count: outputs.count)
    var queue = (0..<27).map { Int(next[$0]) }.filter { $0 > 0 }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      outputs[state] |= outputs[failures[state]]
      for sign in 0..<27 {
        let target = Int(next[state * 27 + sign])
        let fallback = Int(next[failures[state] * 27 + sign])
        if target > 0 {
          failures[target] = fallback
          queue.append(target)
        } else {
          next[state * 27 + sign] = Int16(fallback)
        }
      }
    }
  }

  @inline(__always)
  static func sign(_ byte: UInt8) -> Int {
    let letter = (byte | 0x20) &- 0x61
    return letter < 26 ? Int(letter) : 26
  }

  /// Bits of the groups with a word in `value`. At most its first 300 bytes count. O(bytes).
  func mask(_ value: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var state = 0
    var mask: UInt32 = 0
    next.withUnsafeBufferPointer { next in
      outputs.withUnsafeBufferPointer { outputs in
        state = Int(next[26])
        for i in 0..<min(300, value.count) {
          state = Int(next[state * 27 + Self.sign(value[i])])
          mask |= outputs[state]
        }
        mask |= outputs[Int(next[state * 27 + 26])]
      }
    }
    return mask
  }
}
