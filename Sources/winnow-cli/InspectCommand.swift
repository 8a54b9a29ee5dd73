import ArgumentParser
import Winnow

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show a page block by block with what was decided and why.")

  @Argument(help: "A file, or - for standard input.")
  var file: String

  @Option(help: ArgumentHelp("A rule file or a folder of them, added to the built-in packs.", valueName: "path"))
  var rules: [String] = []

  func run() throws {
    var options = InputOptions()
    options.input = [file]
    options.rules = rules
    options.jobs = 1
    let job = try options.job()
    guard job.inputs.count == 1 else { throw Failure(message: "\(file): inspect takes one page, not a folder") }
    let hasColour = Terminal.hasColour
    let tally = try job.run { winnower, page, _ in
      InspectionReport.render(try winnower.clean(page), inColour: hasColour)
    } emit: { input, outcome in
      switch outcome {
      case .done(let bytes): Terminal.write(bytes)
      case .failed(let error), .skipped(let error): Terminal.complain("\(input.name): \(error)")
      }
    }
    try finish(tally, of: 1)
  }
}
