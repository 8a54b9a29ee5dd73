import Pages

/// All that pages are judged by besides the content model.
public struct Rulebook: Sendable {
  public var rules: RuleSet
  public var policy: Policy
  public var filters: FilterSet
  public var sites: SiteConfigs
  /// What pages must be read with for filters and sites.
  public var names: ExtraNames
  /// On how many pages of the batch each line stands, where a rule asks.
  public var counts: LineCounts?

  public init(
    rules: RuleSet, policy: Policy = Policy(), filters: FilterSet = FilterSet(), sites: SiteConfigs = SiteConfigs(),
    names: ExtraNames = ExtraNames()
  ) {
    self.rules = rules
    self.policy = policy
    self.filters = filters
    self.sites = sites
    self.names = names
  }
}
