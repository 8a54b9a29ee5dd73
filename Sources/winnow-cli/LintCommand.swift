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

  enum ReportFormat: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

  @OptionGroup var inputs: InputOptions

  @Option(help: "The form of the report.")
  var format: ReportFormat = .text

  @Option(help: ArgumentHelp("The file to write to, instead of standard output (-).", valueName: "file"))
  var output: String?

  @Option(help: "The least severity of a finding that makes the exit code 1 (default: error).")
  var failOn: FailOn?

  @Option(
    help: ArgumentHelp("A file of known findings, which are hidden; `winnow baseline` writes it.", valueName: "file"))
  var baseline: [String] = []

  private struct Section: Sendable {
    var hidden: Int
    var bytes: [UInt8]
    var counts: FamilyCounts
    var worst: Severity?
  }

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
    var hidden = 0
    var counts = FamilyCounts()
    var worst: Severity?
    func write(_ bytes: [UInt8]) throws {
      if let file { try file.append(bytes) } else { try Terminal.write(bytes) }
    }
    Interrupt.watch()
    let tally = try job.run { winnower, page, _ in
      let clean = try winnower.clean(page)
      let all = clean.reportedFindings
      let reported = known.map { clean.reportedFindings(without: $0, winnower.fingerprints) } ?? all
      return Section(
        hidden: all.count - reported.count,
        bytes: format == .text ? TextReport.render(reported, of: clean) : FindingRows.render(reported, of: clean),
        counts: FamilyCounts(reported),
        worst: reported.worst)
    } emit: { input, outcome in
      switch outcome {
      case .done(let section):
        try write(section.bytes)
        counts.add(section.counts)
        hidden += section.hidden
        worst = [worst, section.worst].compactMap { $0 }.max()
      case .failed(let error):
        Terminal.complain("\(input.label): \(error)")
        if format == .text { try write(TextReport.render(failed: input.name.string, error: error)) }
      case .skipped: break
      }
    }
    if format == .text { try write(TextReport.summary(counts, pages: tally.done, failed: tally.failed)) }
    try file?.commit()
    if let baseline {
      Terminal.complain("\(counted(hidden, "known finding")) hidden (\(baseline))", prefix: "")
    }
    try finish(tally, of: job.inputs.count, hasReport: true, worst: worst, failOn: failOn ?? configured ?? .error)
  }
}
