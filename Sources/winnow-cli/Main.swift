import ArgumentParser
import Winnow

@main
struct Main {
  static func main() {
    do {
      try refuseUnknownCommand(CommandLine.arguments.dropFirst().first)
      try run()
    } catch let error as ExitCode {
      exitProcess(error.rawValue)
    } catch let error as Failure {
      Terminal.complain(error.message)
      exitProcess(error.code)
    } catch let error as FileError {
      // What cannot be read is a page's failure or has a message of its own.
      Terminal.complain("cannot write \(error)")
      exitProcess(Failure.usage)
    } catch {
      Terminal.complain(WinnowCommand.fullMessage(for: error), prefix: "")
      exitProcess(Failure.usage)
    }
  }

  private static func run() throws {
    do {
      var command = try WinnowCommand.parseAsRoot()
      try command.run()
    } catch  where WinnowCommand.exitCode(for: error) == .success {
      // Help and the version come as errors too.
      try Terminal.print(WinnowCommand.fullMessage(for: error))
    }
  }

  /// Says more of a command that there is not than that it is unexpected.
  private static func refuseUnknownCommand(_ name: String?) throws {
    let names = WinnowCommand.configuration.subcommands.map { $0._commandName } + ["help"]
    guard let name, !name.hasPrefix("-"), !names.contains(name) else { return }
    let known = names.dropLast().joined(separator: ", ")
    throw Failure(message: "\"\(name)\" is no command\(suggestion(for: name, among: names)); one of \(known)")
  }
}

struct WinnowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow",
    abstract:
      "Separates the grain of scraped pages from their chaff: clean text, briefs, and a report of what went and why.",
    discussion: """
      INPUT is a file, a folder (walked in a fixed order, without hidden files and linked folders) or - for standard \
      input: HTML or plain text, packed by gzip or not. Of a web archive (.warc, .wet, .warc.gz, .wet.gz) each page is \
      an input, called ARCHIVE/OFFSET.

      Exit codes: 0 all well, 1 findings at or above --fail-on, 2 usage or configuration error, a report that \
      cannot be written or a full disk, 3 some inputs failed, or what was made of one could not be written; 128 and \
      the number of the signal that stopped it.
      """,
    version: winnowVersion,
    subcommands: [
      RunCommand.self, CleanCommand.self, BriefCommand.self, LintCommand.self, InspectCommand.self,
      BaselineCommand.self, RulesCommand.self,
    ])
}

/// What ends the command with a message.
struct Failure: Error {
  static let usage: Int32 = 2
  var message: String
  var code: Int32 = usage
}
