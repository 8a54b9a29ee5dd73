import Briefs
import Content
import FoundationEssentials
import Glibc
import Pages

func fail(_ message: String) -> Never {
  _ = message.withCString { write(2, $0, strlen($0)) }
  exit(2)
}

struct Arguments {
  var command = ""
  var options: [String: [String]] = [:]
  var hasTitles = true

  init(_ arguments: [String]) {
    guard let first = arguments.first else { fail(usage) }
    command = first
    var at = 1
    while at < arguments.count {
      if arguments[at] == "--no-title" {
        hasTitles = false
        at += 1
      } else if at + 1 < arguments.count {
        options[arguments[at], default: []].append(arguments[at + 1])
        at += 2
      } else {
        fail(usage)
      }
    }
  }

  func optional(_ name: String) -> String? { options[name]?.last }
  func option(_ name: String) -> String {
    guard let value = optional(name) else { fail("winnow-sentences: \(name) is missing\n") }
    return value
  }
  func number(_ name: String) -> Int? { optional(name).flatMap { Int($0) } }
  func budget() -> BriefBudget {
    let text = option("--budget")
    guard let count = Int(text.dropLast()) else { fail("winnow-sentences: no budget: \(text)\n") }
    switch text.last {
    case "s": return .sentences(count)
    case "w": return .words(count)
    case "c": return .characters(count)
    default: fail("winnow-sentences: no budget: \(text)\n")
    }
  }
}

struct Texts {
  let arguments: Arguments
  private let reader = PageReader()
  private let metadata = MetadataReader()

  init(_ arguments: Arguments) { self.arguments = arguments }

  func source(_ id: String, _ folder: String) -> BriefSource? {
    guard let bytes = Self.read("\(folder)/\(id).txt"),
      let page = try? reader.read(Page(name: "\(id).txt", bytes: bytes))
    else { return nil }
    var title: String?
    if arguments.hasTitles, let bytes = Self.read("\(folder)/\(id).title.txt") {
      title = String(decoding: bytes, as: UTF8.self)
    }
    let language = arguments.optional("--language") ?? metadata.read(page, findings: []).language?.text
    return BriefSource(blocks: page.blocks, kept: Array(0..<page.blocks.count), title: title, language: language)
  }

  static func identifiers(_ folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".txt") && $0.count { $0 == "." } == 1 }.map { String($0.dropLast(4)) }.sorted()
  }
  static func read(_ path: String) -> [UInt8]? { (try? Data(contentsOf: URL(filePath: path))).map(Array.init) }
  /// By hand: `Data.write` waits for the disk, file by file, ten times as long as a brief takes.
  static func write(_ bytes: [UInt8], _ path: String) {
    guard let file = fopen(path, "wb") else { fail("winnow-sentences: cannot write \(path)\n") }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { fail("winnow-sentences: cannot write \(path)\n") }
  }
  static func line(_ value: some Encodable) -> [UInt8] {
    (try? JSONEncoder().encode(value)).map { Array($0) + [0x0A] } ?? []
  }
}
