import ArgumentParser
import SystemPackage
import Winnow

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Clean, brief and lint in one pass.",
    discussion: """
      Writes DIR/clean/… (the pages), DIR/briefs/….txt, DIR/pages.jsonl (a row a page) and \
      DIR/findings.jsonl (a row a finding).
      """)

  @OptionGroup var inputs: InputOptions
  @OptionGroup var budget: BudgetOptions

  @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
  var out: String

  @Option(help: "The form of the clean pages.")
  var format: Format = .text

  @Flag(help: "Put title, byline and date before the text.")
  var withMetadata = false

  @Option(help: "The least severity of a finding that makes the exit code 1 (default: never).")
  var failOn: FailOn?

  private struct Rows: Sendable {
    var page: [UInt8]
    var findings: [UInt8]
    var worst: Severity?
    var count: Int
  }

  func run() throws {
    let (job, configured) = try inputs.job(output: out)
    let folder = try outputFolder(out)
    let pages = try Failure.wrap { try AtomicFile(folder.appending("pages.jsonl")) }
    let findings = try Failure.wrap { try AtomicFile(folder.appending("findings.jsonl")) }
    let names = job.inputs.map(\.name)
    let cleanNames = OutputNames(names, extension: format.fileExtension)
    let briefNames = OutputNames(names, extension: "txt")
    let (format, withMetadata, budget, style) = (format, withMetadata, budget.budget, budget.briefStyle)
    var worst: Severity?
    var total = 0
    Interrupt.watch()
    let tally = try job.run { winnower, page, index in
      let clean = try winnower.clean(page)
      let brief = winnower.brief(clean, budget: budget, style: style)
      let text = brief.text(clean)
      try Files.write(
        clean.render(format, withMetadata: withMetadata),
        to: folder.appending("clean").appending(cleanNames[index].components))
      try Files.write(
        Array((text.isEmpty ? "" : text + "\n").utf8),
        to: folder.appending("briefs").appending(briefNames[index].components))
      let reported = clean.reportedFindings
      return Rows(
        page: PageRows.render(clean, brief: brief, findings: reported),
        findings: FindingRows.render(reported, of: clean),
        worst: reported.map(\.severity).max(), count: reported.count)
    } emit: { input, outcome in
      switch outcome {
      case .done(let rows):
        try pages.append(rows.page)
        try findings.append(rows.findings)
        worst = [worst, rows.worst].compactMap { $0 }.max()
        total += rows.count
      case .failed(let error):
        try pages.append(PageRows.render(failed: input.name.string, error: error))
        Terminal.complain("\(input.name): \(error)")
      case .skipped: break
      }
    }
    try pages.commit()
    try findings.commit()
    var summary = "\(tally.done) pages, \(total) findings"
    if tally.failed > 0 { summary += ", \(tally.failed) failed" }
    if tally.skipped > 0 { summary += ", \(tally.skipped) files skipped" }
    Terminal.complain("\(summary); see \(out)", prefix: "")
    try finish(tally, of: job.inputs.count, worst: worst, failOn: failOn ?? configured ?? .never)
  }
}

extension Failure {
  /// A failure of a file that the whole command rests on.
  static func wrap<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as FileError { throw Failure(message: "cannot write \(error)") }
  }
}
