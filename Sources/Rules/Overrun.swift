/// An expression of a rule that the time limit stopped on some line, where it then counted as not found.
///
/// The limit counts ICU's steps and no clock, so the same pages stop the same expressions on every machine.
public struct Overrun: Hashable, Sendable {
  /// Its id.
  public var rule: String
  /// Where the rule's file has the expression.
  public var place: Place

  /// What to tell the rules' authors: an error a rule, at the first of its expressions, in the order of files.
  public static func errors(_ overruns: Set<Overrun>) -> [RuleError] {
    var seen: Set<String> = []
    return overruns.sorted {
      ($0.place.file, $0.place.line, $0.place.column) < ($1.place.file, $1.place.line, $1.place.column)
    }
    .filter { seen.insert($0.rule).inserted }
    .map {
      RuleError(
        place: $0.place,
        message: "\($0.rule): the pattern ran out of time on a line and counted as not found there; bound what it "
          + "repeats, such as .{0,80} for .*, and repeat nothing that itself repeats, as (a+)+ does")
    }
  }
}
