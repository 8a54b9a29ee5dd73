import Rules

/// A rule that made findings, as a report explains it.
struct Explained {
  var id: String
  var title: String
  var why: String
  /// All of `winnow rules explain`.
  var text: String
  /// Nil where no rule of a pack makes them.
  var rule: Rule?

  init(_ id: String, in rules: RuleSet) {
    self.id = id
    rule = rules.rule(id)
    let judgement = rule == nil ? JudgementReport.text(id) : nil
    title = rule?.title ?? judgement?.title ?? id
    why = rule?.why ?? judgement?.why ?? ""
    text = RuleReport.explain(id, in: rules).map { String(decoding: $0, as: UTF8.self) } ?? id
  }
}
