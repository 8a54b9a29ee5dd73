import ArgumentParser
import SystemPackage
import Winnow

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Report what in the pages is not content, and why.",
    discussion: """
      More careful than run, which also leaves out what is more likely no content than not: --favor balanced reports all \
      of that too. Behind a text, [marked] says that a rule only marks it, and it stays; what is kept by an allow-rule or a \
      setting is "kept", and counts neither in the summary nor for --fail-on.
      """)

  @OptionGroup var inputs: InputOptions

  @Option(help: "The form of the report: for people (text, html) or for programs (jsonl, sarif).")
  var format: Report.Format = .text

  @Option(help: ArgumentHelp("The file to write to, instead of standard output (-).", valueName: "file"))
  var output: String?

  @Option(help: "The least severity of a finding that makes the exit code 1 (default: error).")
  var failOn: FailOn?

  @Option(
    help: ArgumentHelp("A file of known findings, which are hidden; `winnow baseline` writes it.", valueName: "file"))
  var baseline: [String] = []

  func validate() throws {
    if baseline.count > 1 { throw ValidationError("Give --baseline once; of several files only one would count.") }
  }

  func run() throws {
    let (job, configured, reads) = try inputs.job(favor: .recall)
    let (format, baseline) = (format, baseline.first)
    let known = try baseline.map { try Baseline.read($0) }
    let path = output == "-" ? nil : output.map { FilePath($0) }
    try refuse([path].compactMap { $0 }, over: reads + [baseline].compactMap { $0.map { FilePath($0) } })
    let file = try path.map { path in try AtomicFile(path) }
    var report = Report(format, rules: job.rulebook.rules)
    var hidden = 0
    func write(_ bytes: [UInt8]) throws {
      if let file { try file.append(bytes) } else { try Terminal.write(bytes) }
    }
    Interrupt.watch()
    try write(report.start())
    let inputs = job.inputs
    let tally = try job.run { winnower, page, index in
      let clean = try winnower.clean(page)
      let all = clean.reportedFindings
      let reported = known.map { clean.reportedFindings(without: $0, winnower.fingerprints) } ?? all
      let section = Report.render(reported, of: clean, at: inputs[index].uri, as: format, winnower.fingerprints)
      return (section: section, hidden: all.count - reported.count)
    } emit: { input, outcome in
      switch outcome {
      case .done(let done):
        try write(report.append(done.section))
        hidden += done.hidden
      case .failed(let error):
        Terminal.complain("\(input.label): \(error)")
        try write(report.append(failed: input.name.string, at: input.uri, error))
      case .skipped: break
      }
    }
    try write(report.end(pages: tally.done, failed: tally.failed, isWhole: !tally.wasInterrupted))
    try file?.commit()
    if let baseline {
      Terminal.complain("\(counted(hidden, "known finding")) hidden (\(baseline))", prefix: "")
    }
    try finish(tally, of: inputs.count, hasReport: true, worst: report.worst, failOn: failOn ?? configured ?? .error)
  }
}

extension Report.Format: ExpressibleByArgument {}
