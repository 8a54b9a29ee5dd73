import SystemPackage
import Testing

@testable import Batch

@Suite struct InputFinderTests {
  private let folder = TemporaryFolder()
  private func path(_ name: String) -> String { folder.path.appending(name).string }
  private func names(_ arguments: String..., output: String? = nil) throws -> [String] {
    try InputFinder(arguments, output: output.map { FilePath($0) }).inputs.map(\.name.string)
  }

  @Test func foldersAreWalkedInTheOrderOfBytes() throws {
    try folder.make("in/b.html", "in/a/z.html", "in/a/B.html", "in/a.html", "in/é.html", "in/a-b.html", "in/Z/1.html")
    #expect(
      try names(path("in")) == ["Z/1.html", "a/B.html", "a/z.html", "a-b.html", "a.html", "b.html", "é.html"])
  }
  @Test func hiddenFilesAreLeftOut() throws {
    try folder.make("in/.git/a.html", "in/.a.html", "in/b.html")
    #expect(try names(path("in")) == ["b.html"])
    #expect(try names(path("in/.a.html")) == [".a.html"])
  }
  @Test func linksToFilesAreFollowedAndToFoldersNot() throws {
    try folder.make("in/a.html", "other/b.html")
    folder.link("in/c.html", to: "../other/b.html")
    folder.link("in/d", to: "../other")
    folder.link("in/loop", to: "..")
    let finder = try InputFinder([path("in")])
    #expect(finder.inputs.map(\.name.string) == ["a.html", "c.html", "d", "loop"])
    #expect(finder.inputs.map(\.skipReason) == [nil, nil, "a link to a folder", "a link to a folder"])
  }
  @Test func aLinkToNothingIsAProblemOfThatPage() throws {
    try folder.make("in/a.html")
    folder.link("in/b.html", to: "nowhere")
    folder.link("in/c.html", to: "c.html")
    #expect(try InputFinder([path("in")]).inputs.map(\.problem) == [nil, "a link to nothing", "a link to nothing"])
  }
  @Test func whatIsNoFileIsPassedOver() throws {
    try folder.make("in/a.html")
    folder.pipe("in/b.html")
    folder.link("in/c.html", to: "/dev/zero")
    let finder = try InputFinder([path("in")])
    #expect(finder.inputs.map(\.name.string) == ["a.html", "b.html", "c.html"])
    #expect(finder.inputs.map(\.skipReason) == [nil, "not a file", "not a file"])
  }
  @Test func theOutputFolderIsNoInput() throws {
    try folder.make("in/a.html", "in/out/b.html", "in/out2/c.html")
    #expect(try names(path("in"), output: path("in/out")) == ["a.html", "out2/c.html"])
    folder.link("out-link", to: "in/out")
    #expect(try names(path("in"), output: path("out-link")) == ["a.html", "out2/c.html"])
    #expect(try names(path("in"), output: path("in/new")) == ["a.html", "out/b.html", "out2/c.html"])
  }
  @Test func theOutputFolderAsInputIsAMistake() throws {
    try folder.make("in/a.html")
    folder.link("in-link", to: "in")
    for input in ["in", "in-link", "in/."] {
      let error = #expect(throws: InputError.self) {
        try InputFinder([path(input)], output: FilePath(path("in")))
      }
      #expect(error?.reason.contains("folder to write to") == true)
    }
  }
  /// `caf\xe8.html` and `caf\xe9.html`, and one that is called as the second of them would be.
  @Test func namesOutsideUTF8StayDistinct() throws {
    try folder.make("in/caf%E9.html", "in/café%.html")
    for byte: UInt8 in [0xE8, 0xE9] {
      let name = Array("caf".utf8) + [byte] + Array(".html".utf8)
      folder.pipe(FilePath(platformString: name.map { CChar(bitPattern: $0) } + [0]), in: "in")
    }
    #expect(try names(path("in")) == ["caf%E9.html", "café%.html", "caf%E8.html", "caf%E9~2.html"])
  }
  @Test func aNameIsOneLineOnATerminal() throws {
    try folder.make("in/a\u{1B}[31m\nb.html")
    #expect(try InputFinder([path("in")]).inputs.map(\.label) == ["a\\u{1B}[31m\\nb.html"])
    let error = #expect(throws: InputError.self) { try InputFinder(["no\u{7}"]) }
    #expect(error?.description == "no\\u{07}: does not exist")
  }
  @Test func argumentsKeepTheirOrder() throws {
    try folder.make("b.html", "a/c.html")
    #expect(try names(path("b.html"), "-", path("a")) == ["b.html", "stdin", "c.html"])
    let inputs = try InputFinder([path("b.html"), "-", path("a")]).inputs
    #expect(inputs.map(\.isNamed) == [true, true, false])
    #expect(inputs[1].origin == .standardInput)
  }
  @Test func sameNamesInTwoInputsCarryTheirFolder() throws {
    try folder.make("x/a.html", "x/b.html", "y/a.html", "y/c.html")
    #expect(try names(path("x"), path("y")) == ["x/a.html", "b.html", "y/a.html", "c.html"])
  }
  @Test func sameNamesInFoldersOfTheSameName() throws {
    try folder.make("1/x/a.html", "2/x/a.html")
    #expect(try names(path("1/x"), path("2/x")) == ["x/a.html", "x/a~2.html"])
    #expect(try names(path("1/x/a.html"), path("1/x/a.html")) == ["x/a.html", "x/a~2.html"])
  }
  @Test(arguments: [
    ("nowhere", "does not exist"), ("dangling", "is a link to nothing"),
    ("caf\u{FFFD}.html", "does not exist; a name that is no UTF-8 can only be reached by its folder"),
  ])
  func whatDoesNotExistIsSaid(name: String, reason: String) {
    folder.link("dangling", to: "nowhere")
    let error = #expect(throws: InputError.self) { try InputFinder([path(name)]) }
    #expect(error?.reason == reason)
  }
  @Test func anEmptyFolderHasNoInputs() throws {
    try folder.make("in/")
    #expect(try names(path("in")) == [])
  }
}
