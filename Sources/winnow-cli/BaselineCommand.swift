import ArgumentParser
import SystemPackage
import Winnow

struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Keep a file of known findings, which lint --baseline hides.",
    discussion: "Findings are known by rule and text, not by position; text that moves stays known, new text does not.",
    subcommands: [Write.self, Prune.self])

  struct Write: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write the findings of the pages into a baseline.")

    @OptionGroup var inputs: InputOptions

    @Option(help: ArgumentHelp("The file to write to.", valueName: "file"))
    var output: String

    func run() throws {
      var baseline = Baseline()
      let (tally, total) = try findings(inputs) { baseline.add($0, text: $1) }
      guard !tally.wasInterrupted else { return try finish(tally, of: total) }
      try Failure.wrap { try Files.write(baseline.render(), to: FilePath(output)) }
      Terminal.complain("\(baseline.count) known findings in \(output)", prefix: "")
      try finish(tally, of: total)
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Drop from a baseline what no longer occurs in the pages.",
      discussion: "Where a page fails the baseline stays as it is, since nobody knows what would occur there.")

    @OptionGroup var inputs: InputOptions

    @Option(help: ArgumentHelp("The baseline.", valueName: "file"))
    var baseline: String

    func run() throws {
      var known = try Baseline.read(baseline)
      let before = known.count
      var found: Set<Baseline.Key> = []
      let (tally, total) = try findings(inputs) { key, _ in found.insert(key) }
      guard !tally.wasInterrupted, tally.failed == 0 else { return try finish(tally, of: total) }
      let dropped = known.prune(keeping: found)
      try Failure.wrap { try Files.write(known.render(), to: FilePath(baseline)) }
      Terminal.complain("\(dropped) of \(before) known findings no longer occur; dropped from \(baseline)", prefix: "")
      try finish(tally, of: total)
    }
  }
}

/// Calls `body` for each finding of the inputs.
private func findings(
  _ inputs: InputOptions, _ body: (Baseline.Key, String) -> Void
) throws -> (Job.Tally, total: Int) {
  let job = try inputs.job().job
  Interrupt.watch()
  let tally = try job.run { winnower, page, _ in
    winnower.fingerprints.entries(of: try winnower.clean(page))
  } emit: { input, outcome in
    switch outcome {
    case .done(let entries): for (key, text) in entries { body(key, text) }
    case .failed(let error): Terminal.complain("\(input.name): \(error)")
    case .skipped: break
    }
  }
  return (tally, job.inputs.count)
}

extension Baseline {
  /// Reads a file, or fails with what is wrong with it.
  static func read(_ path: String) throws -> Baseline {
    do {
      return try Baseline(json: try Files.read(FilePath(path)))
    } catch let error as BaselineError {
      throw Failure(message: "\(path): not a baseline, at byte \(error.offset): \(error.message)")
    } catch let error as FileError { throw Failure(message: "\(error)") }
  }
}
