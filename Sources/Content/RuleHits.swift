import Pages
import Rules

/// What rules said of the blocks, as the content model sees it: the kind of chaff, not the rule.
struct RuleHits: Sendable {
  /// 0 for none, else 1 navigation, 2 prompts of the site, 3 share, 4 related, 5 comments, 6 legal and errors, 7 meta.
  private(set) var kinds: [UInt8]
  /// Whether a rule only marks the block, since what it finds may be content.
  private(set) var isMark: [Bool]
  /// Hits before each block, of any kind but meta; marks count half.
  private(set) var before: [Float]

  init(count: Int, _ findings: [Finding]) {
    kinds = Array(repeating: 0, count: count)
    isMark = Array(repeating: false, count: count)
    for finding in findings where finding.action != .keep && finding.block < count {
      kinds[finding.block] = Self.kind(finding.family)
      isMark[finding.block] = finding.isMark
    }
    before = [0]
    before.reserveCapacity(count + 1)
    for block in 0..<count { before.append(before[block] + weight(block)) }
  }
  /// How much a hit says of what stands around it.
  func weight(_ block: Int) -> Float { kinds[block] == 0 || isMeta(block) ? 0 : isMark[block] ? 0.5 : 1 }
  /// For the models: the kind, of marks 7 more.
  func value(_ block: Int) -> Float { kinds[block] == 0 ? 0 : Float(kinds[block] + (isMark[block] ? 7 : 0)) }
  private static func kind(_ family: Family) -> UInt8 {
    switch family {
    case .navigation: 1
    case .signup, .consent, .app, .donate, .ads, .player, .paywall, .aiNotice: 2
    case .share: 3
    case .related: 4
    case .comments: 5
    case .legal, .error, .other: 6
    case .meta: 7
    default: 0
    }
  }
  func isMeta(_ block: Int) -> Bool { kinds[block] == 7 }
  /// Hits among the `radius` blocks on both sides.
  func around(_ block: Int, _ radius: Int) -> Float {
    before[min(kinds.count, block + radius + 1)] - before[max(0, block - radius)]
  }
}
