import Batch
import Pages
import Synchronization
import SystemPackage

/// One batch: inputs, workers, and what each page comes to.
public struct Job: Sendable {
  /// As `InputFinder` finds them.
  public var inputs: [Input]
  /// How many workers there are; the results do not depend on it.
  public var jobs: Int
  /// What all pages are judged by.
  public var rulebook: Rulebook
  /// The folder that settings by path count from; nil for each page's name.
  public var root: FilePath?
  /// How lost content weighs against kept chaff; nil for rules alone.
  public var favor: Favor?

  public init(inputs: [Input], jobs: Int, rulebook: Rulebook, root: FilePath? = nil, favor: Favor? = .balanced) {
    self.favor = favor
    self.inputs = inputs
    self.jobs = jobs
    self.rulebook = rulebook
    self.root = root
  }

  /// What became of one input.
  public enum Outcome<Result: Sendable>: Sendable {
    case done(Result)
    /// The page could not be read or its outputs not be written.
    case failed(String)
    /// A file in a folder that is no page.
    case skipped(String)
  }

  /// How a batch went.
  public struct Tally: Sendable {
    /// How many inputs had each outcome.
    public var done = 0
    public var failed = 0
    public var skipped = 0
    /// Why files were passed over, in the order of the first ones.
    public private(set) var skips: [Skip] = []
    private var skipOfReason: [String: Int] = [:]
    /// Whether inputs were left, because of a signal or of `diskError`.
    public var wasInterrupted = false
    /// What kept an output from being written and would keep all others: the batch ended there.
    public var diskError: FileError?
    /// Expressions of rules that the time limit stopped.
    public var overruns: Set<Overrun> = []
    public init() {}

    /// The files that were passed over for one reason.
    public struct Skip: Sendable {
      public var reason: String
      public var first: Input
      public var count = 1
    }

    fileprivate mutating func skip(_ input: Input, _ reason: String) {
      skipped += 1
      if let index = skipOfReason[reason] {
        skips[index].count += 1
      } else {
        skipOfReason[reason] = skips.count
        skips.append(Skip(reason: reason, first: input))
      }
    }
  }

  /// The inputs that are read; the others' names say that they are no pages.
  public var pages: [Input] { inputs.filter { Self.reasonToSkip($0) == nil } }

  /// Calls `work` for each page on one of the workers, and `emit` here, in the order of the inputs.
  /// After Ctrl-C, or where the disk is full, the pages in work are finished and the rest is left.
  public func run<Result: Sendable>(
    work: @escaping @Sendable (Winnower, Page, Int) throws -> Result,
    emit: (Input, Outcome<Result>) throws -> Void
  ) rethrows -> Tally {
    var tally = Tally()
    var progress = Progress(total: inputs.count)
    let inputs = self.inputs
    var rulebook = self.rulebook
    if rulebook.rules.asksForPages { rulebook.counts = countLines() }
    let (book, root, favor) = (rulebook, self.root, self.favor)
    let diskError = DiskError()
    let emitted = try Pipeline<(Outcome<Result>, Set<Overrun>)>(jobs: jobs).run(
      count: inputs.count, shouldStop: { Interrupt.isAsked },
      makeWorker: {
        let (reader, winnower) = (InputReader(), Winnower(book, favor: favor))
        return { index in
          Self.process(inputs[index], reader, below: root, diskError) { try work(winnower, $0, index) }
            .map { ($0, winnower.overruns) }
        }
      },
      emit: { index, result in
        let (outcome, overruns) = result
        tally.overruns.formUnion(overruns)
        switch outcome {
        case .done: tally.done += 1
        case .failed: tally.failed += 1
        case .skipped(let reason): tally.skip(inputs[index], reason)
        }
        try emit(inputs[index], outcome)
        progress.advance()
      })
    tally.wasInterrupted = emitted < inputs.count
    tally.diskError = diskError.first.withLock { $0 }
    return tally
  }

  /// Shared by the workers.
  private final class DiskError: Sendable { let first = Mutex<FileError?>(nil) }

  /// Nil where a signal came while the page was awaited, or nothing can be written any more.
  private static func process<Result: Sendable>(
    _ input: Input, _ reader: InputReader, below root: FilePath?, _ diskError: DiskError,
    _ work: (Page) throws -> Result
  ) -> Outcome<Result>? {
    if let problem = input.problem { return .failed(problem) }
    if let reason = reasonToSkip(input) { return .skipped(reason) }
    do {
      var page = try reader.page(of: input)
      page.path = root.flatMap { input.path(below: $0) }
      return .done(try work(page))
    } catch let error as NoPage {
      return input.isNamed ? .failed("no page: \(error)") : .skipped(error.description)
    } catch let error as ReadError {
      if case .binary(let format) = error, !input.isNamed { return .skipped(format) }
      return .failed(error.message)
    } catch let error as FileError {
      if error.isInterruption { return nil }
      if error.isDiskError {
        diskError.first.withLock { $0 = $0 ?? error }
        return nil
      }
      // What cannot be written is another file than the page, and is named.
      return .failed(error.path == input.file ? error.reason : "\(error)")
    } catch { return .failed("\(error)") }
  }

  /// Reads all pages once before the work begins, for rules about lines that stand on many of them. What cannot
  /// be read, or only once (standard input), counts for nothing; the work itself says so.
  private func countLines() -> LineCounts {
    var counts = LineCounts()
    let inputs = self.inputs
    Pipeline<[UInt64]>(jobs: jobs).run(
      count: inputs.count, shouldStop: { Interrupt.isAsked },
      makeWorker: {
        let (inputReader, reader, counter) = (InputReader(), PageReader(), LineCounter())
        return { index in
          guard inputs[index].file != nil, inputs[index].problem == nil, Self.reasonToSkip(inputs[index]) == nil,
            let page = try? inputReader.page(of: inputs[index]), let read = try? reader.read(page)
          else { return [] }
          return counter.hashes(read.blocks)
        }
      },
      emit: { _, hashes in counts.add(hashes) })
    return counts
  }

  private static func reasonToSkip(_ input: Input) -> String? {
    if let reason = input.skipReason { return reason }
    let (name, isPacked) = input.name.unpacked
    guard !input.isNamed, let type = name.extension?.lowercased(), otherTypes.contains(type) else { return nil }
    return "a .\(type)\(isPacked ? ".gz" : "") file" + (archiveTypes.contains(type) ? " (unpack it first)" : "")
  }

  /// What a saved page brings along, and data files: text, but no page.
  private static let otherTypes = Set([
    "css", "js", "mjs", "json", "jsonl", "xml", "svg", "map", "csv", "tsv", "yaml", "yml", "toml", "ini", "log", "rss",
    "atom", "wat", "cdx", "cdxj",
    "woff", "woff2", "ttf", "ico", "png", "jpg", "jpeg", "gif", "webp", "avif", "pdf",
    "mp3", "mp4", "webm", "wasm",
  ]).union(archiveTypes)
  private static let archiveTypes: Set<String> = ["zip", "bz2", "xz", "zst", "tar", "tgz", "7z"]
}
