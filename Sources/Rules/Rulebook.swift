import Pages

/// All that pages are judged by besides the content model.
public struct Rulebook: Sendable {
  /// The rules, built-in or the caller's own, compiled.
  public var rules: RuleSet
  /// What of the rules is off, and with which severity and action the others act.
  public var policy: Policy
  /// Filter lists and site configurations; empty unless loaded.
  package var filters = FilterSet()
  package var sites = SiteConfigs()
  /// What pages must be read with for filters and sites.
  package var names = ExtraNames()
  /// On how many pages of the batch each line stands, where a rule asks.
  package var counts: LineCounts?

  /// Without filter lists and site configurations: those come by `load`.
  public init(rules: RuleSet, policy: Policy = Policy()) {
    self.rules = rules
    self.policy = policy
  }
}
