import Glibc
import Testing

@testable import Pages

func read(_ text: String, name: String = "page.html") throws -> ReadPage {
  try read(Array(text.utf8), name: name)
}
func read(_ bytes: [UInt8], name: String = "page.html", declared: String? = nil) throws -> ReadPage {
  try PageReader().read(Page(name: name, bytes: bytes, declaredCharset: declared))
}

func texts(_ html: String) throws -> [String] {
  let blocks = try read(html).blocks
  return (0..<blocks.count).map { blocks.string($0) }
}

extension Blocks {
  /// A line a block: its kind, its level where it has one, its text.
  var outline: [String] {
    (0..<count).map { "\(kinds[$0])\(levels[$0] > 0 ? "\(levels[$0])" : ""): \(string($0))" }
  }
  func block(_ text: String) -> Int? { (0..<count).first { string($0) == text } }
}

/// A page and the texts of the blocks that it must give.
struct TextCase: Sendable, CustomTestStringConvertible {
  var name: String
  var html: String
  var texts: [String]
  init(_ name: String, _ html: String, _ texts: [String]) {
    self.name = name
    self.html = html
    self.texts = texts
  }
  var testDescription: String { name }
}

/// The time that the processor spent on a piece of work, whatever else the machine is doing.
func processorTime(_ work: () throws -> Void) rethrows -> Duration {
  func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
  let start = now()
  try work()
  return now() - start
}
