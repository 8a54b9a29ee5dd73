/// What kind of page it is, by the scheme of the Web Content Extraction Benchmark (M. Foley, 2026).
public enum PageType: String, Sendable, CaseIterable {
  case article, documentation, service, forum, collection, listing, product
}
