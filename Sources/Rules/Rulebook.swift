/// All that pages are judged by besides the content model.
public struct Rulebook: Sendable {
  public var rules: RuleSet
  public var policy: Policy

  public init(rules: RuleSet, policy: Policy = Policy()) {
    self.rules = rules
    self.policy = policy
  }
}
