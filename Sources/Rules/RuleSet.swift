import CEmbedded
import Language

/// Rules compiled for scanning. Immutable: any number of workers may share one.
public struct RuleSet: Sendable {
  /// In the order given; one that replaces another stands in its place.
  public let rules: [Rule]
  /// Mistakes that only compiling shows, such as a pattern that ICU refuses.
  public let errors: [RuleError]
  /// Of the rules about lines and pages.
  var program: RuleProgram { shared.lines }
  var sentences: RuleProgram? { shared.sentences }
  var paragraphs: RuleProgram? { shared.paragraphs }
  private let shared: Programs

  /// Behind a reference: a set is passed about, and its programs are large.
  private final class Programs: Sendable {
    let lines: RuleProgram
    let sentences: RuleProgram?
    let paragraphs: RuleProgram?
    init(lines: RuleProgram, sentences: RuleProgram?, paragraphs: RuleProgram?) {
      self.lines = lines
      self.sentences = sentences
      self.paragraphs = paragraphs
    }
  }

  /// Later rules replace earlier ones of the same id. Regular expressions are compiled to find mistakes in them, which
  /// takes some 0.1 ms each; with `areTrusted` only when a page first needs them, and a mistake stops the program then.
  public init(_ rules: [Rule], areTrusted: Bool = false) {
    var byID: [String: Int] = [:]
    var list: [Rule] = []
    for rule in rules {
      if let index = byID[rule.id] {
        list[index] = rule
      } else {
        byID[rule.id] = list.count
        list.append(rule)
      }
    }
    var errors: [RuleError] = []
    func compile(_ scope: Rule.Scope) -> RuleProgram {
      var compiler = RuleCompiler(scope, checksExpressions: !areTrusted)
      let program = compiler.compile(list)
      errors += compiler.errors
      return program
    }
    func compileWhereAsked(_ scope: Rule.Scope) -> RuleProgram? {
      list.contains { $0.scope == scope } ? compile(scope) : nil
    }
    shared = Programs(
      lines: compile(.line), sentences: compileWhereAsked(.sentence), paragraphs: compileWhereAsked(.block))
    self.errors = errors
    self.rules = list
  }

  /// Whether a rule asks on how many pages of the batch a line stands: then all pages are read twice.
  package var asksForPages: Bool {
    rules.contains { rule in
      switch rule.match {
      case .line(let match, let unless): match.asksForPages || unless?.asksForPages ?? false
      case .page(let match, let unless):
        (match.lineConditions + (unless?.lineConditions ?? [])).contains { $0.asksForPages }
      }
    }
  }

  /// Nil where no rule has this id. O(rules).
  public func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }

  /// The packs that the binary carries: name and YAML of each.
  package static var builtInPacks: [(name: String, yaml: UnsafeBufferPointer<UInt8>)] {
    (0..<embedded_pack_count()).map { index in
      let file = embedded_pack(index)
      return (String(cString: file.name), UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
  }
}
