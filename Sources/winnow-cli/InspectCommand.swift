import ArgumentParser
import Winnow

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show a page block by block with what was decided and why.",
    discussion: """
      What is dropped here is what clean, brief and run leave out. To see a page as lint and baseline do, which name only \
      what is sure, give --favor recall.
      """)

  @Argument(help: "A file, or - for standard input.")
  var file: String

  @OptionGroup var judging: RuleOptions

  @OptionGroup var dial: DialOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Say what weighed most in the verdict on this block.", valueName: "block"))
  var why: Int?

  func run() throws {
    let why = why
    var options = InputOptions()
    options.input = [file]
    options.judging = judging
    options.jobs = 1
    options.dial = dial
    let job = try options.job().job
    guard job.inputs.count == 1 else {
      throw Failure(
        message: "\(file): inspect takes one page, not a folder or an archive; a record of one is ARCHIVE/OFFSET")
    }
    let hasColour = Terminal.hasColour
    let tally = try job.run { winnower, page, _ in
      try winnower.clean(page)
    } emit: { input, outcome in
      switch outcome {
      case .done(let page):
        guard let why else { return try Terminal.write(InspectionReport.render(page, inColour: hasColour)) }
        guard (0..<page.blocks.count).contains(why) else {
          let blocks = page.blocks.count == 0 ? "no blocks" : "the blocks 0 to \(page.blocks.count - 1)"
          throw Failure(message: "--why \(why): the page has \(blocks)")
        }
        try Terminal.write(InspectionReport.render(page, why: why))
      case .failed(let error): Terminal.complain("\(input.label): \(error)")
      case .skipped: break
      }
    }
    try finish(tally, of: 1)
  }
}
