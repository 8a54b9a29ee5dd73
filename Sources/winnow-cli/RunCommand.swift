import ArgumentParser
import SystemPackage
import Winnow

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Clean, brief and lint in one pass.",
    usage: "winnow run [<options>] <input> ... --out <dir>",
    discussion: """
      Writes DIR/clean/… (the pages), DIR/briefs/….txt, DIR/pages.jsonl (a row a page) and \
      DIR/findings.jsonl (a row a finding).
      """)

  @OptionGroup var inputs: InputOptions
  @OptionGroup var budget: BudgetOptions

  // Not left to the parser to miss: of a mistyped option it then says which one was meant.
  @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
  var out: String?

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

  /// Where what goes.
  private struct Outputs: Sendable {
    let folder: FilePath
    private let cleanNames: OutputNames
    private let briefNames: OutputNames

    init(_ inputs: [Input], in folder: FilePath, _ format: Format) {
      self.folder = folder
      cleanNames = OutputNames(inputs.map(\.name), extension: format.fileExtension)
      briefNames = OutputNames(inputs.map(\.name), extension: "txt")
    }
    var pages: FilePath { folder.appending("pages.jsonl") }
    var findings: FilePath { folder.appending("findings.jsonl") }
    func clean(_ input: Int) -> FilePath { folder.appending("clean").appending(cleanNames[input].components) }
    func brief(_ input: Int) -> FilePath { folder.appending("briefs").appending(briefNames[input].components) }
  }

  func run() throws {
    guard let out else { throw Failure(message: "run needs --out DIR, the folder to write to") }
    let (job, configured, reads) = try inputs.job(output: out)
    let outputs = Outputs(job.inputs, in: FilePath(out), format)
    try refuse([outputs.pages, outputs.findings], over: reads)
    try refuse(job.inputs.indices.lazy.flatMap { [outputs.clean($0), outputs.brief($0)] }, over: reads)
    try makeOutputFolder(outputs.folder)
    let pages = try AtomicFile(outputs.pages)
    let findings = try AtomicFile(outputs.findings)
    let (format, withMetadata, budget, style) = (format, withMetadata, budget.budget, budget.briefStyle)
    var worst: Severity?
    var total = 0
    Interrupt.watch()
    let tally = try job.run { winnower, page, index in
      let clean = try winnower.clean(page)
      let brief = winnower.brief(clean, budget: budget, style: style)
      let text = brief.text(clean)
      try Files.write(clean.render(format, withMetadata: withMetadata), to: outputs.clean(index))
      try Files.write(Array((text.isEmpty ? "" : text + "\n").utf8), to: outputs.brief(index))
      let reported = clean.reportedFindings
      return Rows(
        page: PageRows.render(clean, brief: brief, findings: reported),
        findings: FindingRows.render(reported, of: clean),
        worst: reported.worst, count: FamilyCounts(reported).total)
    } emit: { input, outcome in
      switch outcome {
      case .done(let rows):
        try pages.append(rows.page)
        try findings.append(rows.findings)
        worst = [worst, rows.worst].compactMap { $0 }.max()
        total += rows.count
      case .failed(let error):
        try pages.append(PageRows.render(failed: input.name.string, url: input.url, error: error))
        Terminal.complain("\(input.label): \(error)")
      case .skipped(let reason):
        try pages.append(PageRows.render(skipped: input.name.string, url: input.url, reason: reason))
      }
    }
    try pages.commit()
    try findings.commit()
    var summary = "\(counted(tally.done, "page")), \(counted(total, "finding"))"
    if tally.failed > 0 { summary += ", \(tally.failed) failed" }
    if tally.skipped > 0 { summary += ", \(counted(tally.skipped, "file")) skipped" }
    Terminal.complain("\(summary); see \(out)", prefix: "")
    try finish(tally, of: job.inputs.count, hasReport: true, worst: worst, failOn: failOn ?? configured ?? .never)
  }
}
