import ArgumentParser
import SystemPackage
import Winnow

extension Format: ExpressibleByArgument {}
extension Favor: ExpressibleByArgument {}

extension FailOn: ExpressibleByArgument {}

struct InputOptions: ParsableArguments {
  @Argument(
    help: "A file, a folder (walked without hidden files and linked folders), a web archive or - for standard input.")
  var input: [String]

  @Option(parsing: .unconditional, help: "How many pages to work on at once; the output is the same for any number.")
  var jobs: Int = Terminal.processorCount

  @OptionGroup var judging: RuleOptions
  @OptionGroup var dial: DialOptions

  func validate() throws {
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
  }

  /// The batch, what the configuration says about failing, and all files that are read; or a failure that says what is
  /// wrong with the inputs or the rules.
  func job(output: String? = nil, favor usual: Favor = .balanced) throws -> (
    job: Job, failOn: FailOn?, reads: [FilePath]
  ) {
    do {
      // First, since it is quick: a large archive takes a while to look through.
      let loaded = try Rulebook.load(judging.sources, for: input)
      // A configuration among the pages is nothing that was passed over.
      let inputs = try InputFinder(input, output: output.map { FilePath($0) }).inputs.filter { found in
        found.isNamed || !Rulebook.configNames.contains { $0 == found.name.lastComponent }
      }
      if inputs.isEmpty {
        throw Failure(
          message: "\(input.joined(separator: ", ")): no pages here; give a folder that holds HTML or text files")
      }
      for note in loaded.notes.prefix(20) { Terminal.complain(note) }
      if loaded.notes.count > 20 {
        Terminal.complain("and \(loaded.notes.count - 20) more; `winnow rules check` with the same options lists all")
      }
      let job = Job(
        inputs: inputs, jobs: jobs, rulebook: loaded.rulebook, root: loaded.root, favor: dial.favor(or: usual))
      let rules = try InputFinder(loaded.files.map(\.string)).inputs
      return (job, loaded.failOn, (job.pages + rules).compactMap(\.file))
    } catch let error as InputError {
      throw Failure(message: "\(error)")
    } catch let error as RuleLoadingError {
      throw Failure(message: "the rules or the configuration cannot be used\n\(error)")
    }
  }
}

/// What becomes of blocks that no rule names.
struct DialOptions: ParsableArguments {
  @Option(
    help: """
      What to do in doubt: keep less (precision) or keep more (recall). (default: balanced; recall for lint and baseline, \
      which name only what is sure)
      """)
  var favor: Favor?

  @Flag(help: "Clean by rules alone, without the content model.")
  var noModel = false

  /// Nil for rules alone.
  func favor(or usual: Favor) -> Favor? { noModel ? nil : favor ?? usual }
}

/// What pages are judged by.
struct RuleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A rule file or a folder of them, added to the built-in packs.", valueName: "path"))
  var rules: [String] = []

  @Option(
    help: ArgumentHelp(
      "How families are treated: \(Profile.builtInNames.joined(separator: ", ")) (default: balanced).",
      valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "The configuration, instead of the nearest winnow.yml in or above the input's folder.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "An Adblock filter list whose element hiding rules take text out; may be given several times.",
      valueName: "file"))
  var filterList: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder of site configurations (HOST.txt, as of fivefilters.org): body, strip, title, author, date.",
      valueName: "dir"))
  var siteConfig: [String] = []

  var sources: RuleSources {
    RuleSources(rules: rules, profile: profile, config: config, filterLists: filterList, siteConfigs: siteConfig)
  }
}

struct BudgetOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Sentences in a brief, at most (default: 3).")
  var sentences: Int?

  @Option(parsing: .unconditional, help: "Words in a brief, at most, instead of sentences.")
  var words: Int?

  @Option(parsing: .unconditional, help: "Characters in a brief, at most, instead of sentences.")
  var chars: Int?

  @Option(help: "How sentences are chosen: the first ones that can stand alone, or those that say most together.")
  var briefStyle: BriefStyle = .model

  func validate() throws {
    if [sentences, words, chars].count(where: { $0 != nil }) > 1 {
      throw ValidationError("Give --sentences, --words or --chars, not several.")
    }
    if let chars, chars < 1 { throw ValidationError("--chars must be at least 1.") }
    if let sentences, sentences < 1 { throw ValidationError("--sentences must be at least 1.") }
    if let words, words < 1 { throw ValidationError("--words must be at least 1.") }
  }
  var budget: BriefBudget {
    if let words { return .words(words) }
    if let chars { return .characters(chars) }
    return .sentences(sentences ?? 3)
  }
}

/// Makes the folder for outputs and sees that it can be written.
func makeOutputFolder(_ folder: FilePath) throws {
  do { try Files.makeFolder(folder) } catch { throw Failure(message: "--out cannot be written: \(error)") }
}

/// Refuses outputs that would take the place of what is read.
func refuse(_ outputs: some Sequence<FilePath>, over reads: [FilePath]) throws {
  guard let file = Files.first(of: outputs, among: reads) else { return }
  throw Failure(message: "\(file): is read, so it cannot be written to as well; give another output")
}

/// Says how the batch went and turns that into the exit code.
func finish(
  _ tally: Job.Tally, of total: Int, hasReport: Bool = false, worst: Severity? = nil, failOn: FailOn = .never
) throws {
  for skip in tally.skips.prefix(20) {
    let others = skip.count > 1 ? " and \(skip.count - 1) more" : ""
    Terminal.complain("skipped \(skip.first.label)\(others): \(skip.reason)")
  }
  if tally.skips.count > 20 {
    let others = tally.skips.dropFirst(20).reduce(0) { $0 + $1.count }
    Terminal.complain("skipped \(others) more, for \(tally.skips.count - 20) other reasons")
  }
  if tally.wasInterrupted {
    let count = tally.done + tally.failed + tally.skipped
    let report = hasReport ? ", and the reports hold these alone" : ""
    let done = "\(count) of \(counted(total, "page")) done\(report); what was written is whole"
    if let error = tally.diskError { throw Failure(message: "cannot write \(error); stopped: \(done)") }
    Terminal.complain("interrupted: \(done)")
    throw ExitCode(Interrupt.exitCode)
  }
  if tally.done + tally.failed == 0 {
    throw Failure(message: "no page among \(counted(total, "file")); Winnow reads HTML and plain text")
  }
  let errors = Overrun.errors(tally.overruns)
  for error in errors { Terminal.complain("\(error)", prefix: "") }
  if tally.failed > 0 { throw ExitCode(3) }
  // The outputs are whole, but a rule was not heard everywhere: it has to be mended.
  if !errors.isEmpty { throw ExitCode(Failure.usage) }
  if failOn.isReached(by: worst) { throw ExitCode(1) }
}

extension BriefStyle: ExpressibleByArgument {}
