import Pages
import Rules

extension CleanPage {
  /// The findings as reports show them: what was found in the lines of a sign-up form is one finding, `signup/form`,
  /// whose parts are those about the lines, a text that stands several times once and with the other places as `related`.
  /// A form is a run of neighbouring lines of the family signup that are treated alike, one of them found by a rule that
  /// speaks of signing up: fields, hints and answers alone may be those of an order, a search or a contact form.
  /// Forms of the same texts are related to each other as lines are. Where it is off each line stands for itself.
  /// O(findings).
  public var reportedFindings: [Finding] {
    if formSetting.isOff == true { return findings }
    var reported: [Finding] = []
    var forms = RelatedFindings<Set<ArraySlice<UInt8>>>()
    var index = 0
    while index < findings.count {
      let lines = findings[index..<endOfRun(from: index)]
      index = lines.endIndex
      guard lines.count > 1, lines.contains(where: speaksOfSigningUp) else {
        reported += lines
        continue
      }
      let form = form(lines)
      forms.add(form, Set(form.parts.map { blocks.text[$0.range] }), to: &reported)
    }
    return reported
  }

  /// The end of the run of findings that may be lines of one form with the one at `start`.
  private func endOfRun(from start: Int) -> Int {
    var end = start + 1
    guard isOfForm(findings[start]) else { return end }
    while end < findings.count, isOfForm(findings[end]), findings[end].block == findings[end - 1].block + 1,
      findings[end].action == findings[start].action
    {
      end += 1
    }
    return end
  }

  private func speaksOfSigningUp(_ finding: Finding) -> Bool {
    !finding.rule.hasPrefix("content/") && !finding.isOfAnyForm
  }

  private func isOfForm(_ finding: Finding) -> Bool {
    finding.family == .signup && finding.block >= 0 && !finding.isPart
      && (finding.action == .remove || finding.action == .flag)
  }

  private func form(_ lines: ArraySlice<Finding>) -> Finding {
    var parts: [Finding] = []
    var known: [ArraySlice<UInt8>: Int] = [:]
    for var line in lines {
      if let first = known[blocks.bytes(line.block)] {
        parts[first].related.append(line.block)
      } else {
        known[blocks.bytes(line.block)] = parts.count
        line.related = []
        parts.append(line)
      }
    }
    let first = lines.first!
    let repeats = parts.filter { !$0.related.isEmpty }.map {
      "; \(blocks.string($0.block).prefix(40)) \($0.related.count + 1) times"
    }
    var form = Finding(
      rule: Finding.formRule, family: .signup, severity: formSetting.severity ?? lines.map(\.severity).max()!,
      action: first.action,
      message: "A sign-up form in \(lines.count) lines" + repeats.joined(), block: first.block,
      range: first.range.lowerBound..<lines.last!.range.upperBound)
    form.parts = parts
    return form
  }
}
