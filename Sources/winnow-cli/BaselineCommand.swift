import ArgumentParser
import SystemPackage
import Winnow

struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Keep a file of known findings, which lint --baseline hides.",
    discussion: "Findings are known by rule and text, not by position; text that moves stays known, new text does not.",
    subcommands: [Write.self, Prune.self])

  struct Write: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "write", abstract: "Write the findings of the pages into a baseline.")

    @OptionGroup var inputs: InputOptions

    @Option(help: ArgumentHelp("The file to write to, or - for standard output.", valueName: "file"))
    var output: String

    func run() throws {
      var baseline = Baseline()
      var count = 0
      let (tally, total) = try findings(inputs, output: output) { entries in
        count += 1
        for (key, text) in entries { baseline.add(key, text: text) }
      }
      guard !tally.wasInterrupted else { return try finish(tally, of: total) }
      if output == "-" {
        try Terminal.write(baseline.render())
      } else {
        try Files.write(baseline.render(), to: FilePath(output))
      }
      // Fewer entries, where a text stands several times; more, where a form has many lines.
      Terminal.complain(
        "\(counted(count, "known finding")) in \(output), by \(counted(baseline.count, "text"))", prefix: "")
      try finish(tally, of: total)
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune", abstract: "Drop from a baseline what no longer occurs in the pages.",
      discussion: "Where a page fails the baseline stays as it is, since nobody knows what would occur there.")

    @OptionGroup var inputs: InputOptions

    @Option(help: ArgumentHelp("The baseline.", valueName: "file"))
    var baseline: [String]

    func validate() throws {
      if baseline.count > 1 { throw ValidationError("Give --baseline once; prune one file at a time.") }
    }

    func run() throws {
      let baseline = baseline[0]
      var known = try Baseline.read(baseline)
      let before = known.count
      var found: Set<Baseline.Key> = []
      let (tally, total) = try findings(inputs) { found.formUnion($0.map(\.key)) }
      guard !tally.wasInterrupted, tally.failed == 0 else { return try finish(tally, of: total) }
      let dropped = known.prune(keeping: found)
      try Files.write(known.render(), to: FilePath(baseline))
      Terminal.complain(
        "\(dropped) of \(counted(before, "known text")) no longer occur; dropped from \(baseline)", prefix: "")
      try finish(tally, of: total)
    }
  }
}

/// Calls `body` with the entries of each finding that `lint` would report of the inputs.
private func findings(
  _ inputs: InputOptions, output: String? = nil, _ body: ([(key: Baseline.Key, text: String)]) -> Void
) throws -> (Job.Tally, total: Int) {
  let (job, _, reads) = try inputs.job(favor: .recall)
  try refuse([output].compactMap { $0.map { FilePath($0) } }, over: reads)
  Interrupt.watch()
  let tally = try job.run { winnower, page, _ in
    let clean = try winnower.clean(page)
    return clean.reportedFindings.map { winnower.fingerprints.entries(of: $0, in: clean) }
  } emit: { input, outcome in
    switch outcome {
    case .done(let findings): findings.forEach(body)
    case .failed(let error): Terminal.complain("\(input.label): \(error)")
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
