import ArgumentParser
import SystemPackage
import Winnow

/// What `clean` and `brief` share: one output a page, on standard output for a single one.
struct PageOutput {
  var inputs: InputOptions
  var out: String?
  var fileExtension: String
  /// Each page is a line, so that many can be printed.
  var isLines = false
  /// What many pages need otherwise.
  var needs = "--out DIR; one alone is printed"

  /// What a page comes to, and why that is nothing, for people who see only this page.
  struct Rendered: Sendable {
    var bytes: [UInt8]
    var emptyBecause: String?
  }

  func run(_ render: @escaping @Sendable (Winnower, CleanPage) -> Rendered) throws {
    let (job, _, reads) = try inputs.job(output: out)
    if out == nil, !isLines, job.pages.count > 1 { throw Failure(message: "\(job.pages.count) pages need \(needs)") }
    let names = OutputNames(job.inputs.map(\.name), extension: fileExtension)
    let folder = out.map { FilePath($0) }
    if let folder {
      try refuse(job.inputs.indices.lazy.map { folder.appending(names[$0].components) }, over: reads)
      try makeOutputFolder(folder)
    }
    Interrupt.watch()
    let tally = try job.run { winnower, page, index -> Rendered in
      let rendered = render(winnower, try winnower.clean(page))
      guard let folder else { return rendered }
      try Files.write(rendered.bytes, to: folder.appending(names[index].components))
      return Rendered(bytes: [])
    } emit: { input, outcome in
      switch outcome {
      case .done(let rendered):
        try Terminal.write(rendered.bytes)
        if let reason = rendered.emptyBecause { Terminal.complain("\(input.label): nothing to print: \(reason)") }
      case .failed(let error): Terminal.complain("\(input.label): \(error)")
      case .skipped: break
      }
    }
    try finish(tally, of: job.inputs.count)
  }
}

struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "clean", abstract: "Write the main content of pages.")

  @OptionGroup var inputs: InputOptions

  @Option(
    help: ArgumentHelp(
      "The folder to write to; without it, one page is printed, or a line for each as JSON.", valueName: "dir"))
  var out: String?

  @Option(help: "The form of the clean pages.")
  var format: Format = .text

  @Flag(help: "Put title, byline and date before the text.")
  var withMetadata = false

  func run() throws {
    let (format, withMetadata) = (format, withMetadata)
    let output = PageOutput(
      inputs: inputs, out: out, fileExtension: format.fileExtension, isLines: format == .json,
      needs: "--out DIR, or --format json, which prints a line for each; one alone is printed")
    try output.run { _, page in
      PageOutput.Rendered(bytes: page.render(format, withMetadata: withMetadata))
    }
  }
}

struct BriefCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brief", abstract: "Write a paragraph of each page's own sentences.")

  @OptionGroup var inputs: InputOptions
  @OptionGroup var budget: BudgetOptions

  @Option(help: ArgumentHelp("The folder to write to; without it, one brief is printed.", valueName: "dir"))
  var out: String?

  @Flag(
    help: """
      Write a sentence a line, each behind the range of bytes in the file that it came from; in a file that is not UTF-8, \
      in the page as UTF-8. A hyphen stands for the range of a page's description of itself.
      """)
  var withSources = false

  func run() throws {
    let (budget, style, withSources) = (budget.budget, budget.briefStyle, withSources)
    try PageOutput(inputs: inputs, out: out, fileExtension: "txt").run { winnower, page in
      let brief = winnower.brief(page, budget: budget, style: style)
      let lines =
        if !withSources {
          [brief.text(page)].filter { !$0.isEmpty }
        } else if let description = brief.description {
          ["-\t\(description)"]
        } else {
          brief.sources(page).map { "\($0.bytes.lowerBound)..<\($0.bytes.upperBound)\t\($0.text)" }
        }
      return PageOutput.Rendered(bytes: lines.flatMap { Array("\($0)\n".utf8) }, emptyBecause: brief.emptyBecause)
    }
  }
}
