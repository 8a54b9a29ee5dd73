import SystemPackage
import Testing

@testable import Batch

@Suite struct OutputNameTests {
  static let cases: [(inputs: [String], outputs: [String])] = [
    (["a.html", "b/c.htm", "d"], ["a.txt", "b/c.txt", "d.txt"]), (["a.txt"], ["a.txt"]), (["a.tar.xz"], ["a.tar.txt"]),
    (["a.html.gz", "b/c.GZ", ".gz"], ["a.txt", "b/c.txt", ".gz.txt"]),
    (["a.html", "a.html.gz"], ["a.html.txt", "a.html.gz.txt"]),
    (["a.html", "a.txt", "b.html"], ["a.html.txt", "a.txt.txt", "b.txt"]),
    (["a", "a.htm", "a.html"], ["a.txt", "a.htm.txt", "a.html.txt"]),
    (["x/a.html", "y/a.html"], ["x/a.txt", "y/a.txt"]),
    // An appended name meets a replaced one.
    (["a.html", "a.htm", "a.html.md"], ["a.html.txt", "a.htm.txt", "a.html.md.txt"]),
    (["a.b", "a.c", "a.b.d", "a.b.txt.e"], ["a.b.txt", "a.c.txt", "a.b.d.txt", "a.b.txt.txt"]),
    // A file may not stand where a folder must.
    (["a.html", "a.txt/b.html"], ["a.html.txt", "a.txt/b.txt"]),
    ([".hidden"], [".hidden.txt"]),
    ([], []),
  ]
  @Test(arguments: cases) func outputs(_ test: (inputs: [String], outputs: [String])) {
    let names = OutputNames(test.inputs.map { FilePath($0) }, extension: "txt")
    #expect(test.inputs.indices.map { names[$0].string } == test.outputs)
  }
  @Test func manyCollisionsInTime() {
    let inputs = (0..<150).flatMap { [FilePath("\($0).htm"), FilePath("\($0).html")] }
    let time = ContinuousClock().measure {
      let names = OutputNames(inputs, extension: "txt")
      #expect(Set(inputs.indices.map { names[$0] }).count == inputs.count)
    }
    // Alone it takes a quarter of a second; among all tests on two cores it waits.
    #expect(time < .seconds(40))
  }
}
