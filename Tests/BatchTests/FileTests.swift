import Glibc
import SystemPackage
import Testing

@testable import Batch

@Suite struct FileTests {
  private let folder = TemporaryFolder()

  @Test func aWrittenFileIsThereWithItsFolders() throws {
    try Files.write(Array("text".utf8), to: folder.path.appending("a/b/c.txt"))
    #expect(folder.names == ["a", "a/b", "a/b/c.txt"])
    #expect(try Files.read(folder.path.appending("a/b/c.txt")) == Array("text".utf8))
  }
  @Test func anOldFileIsReplaced() throws {
    for text in ["a long old text", "new"] { try Files.write(Array(text.utf8), to: folder.path.appending("a")) }
    #expect(try Files.read(folder.path.appending("a")) == Array("new".utf8))
  }
  @Test func nothingIsSeenBeforeTheCommit() throws {
    let file = try AtomicFile(folder.path.appending("a"))
    try file.append([1, 2])
    #expect(!folder.names.contains("a"))
    try file.append([3])
    try file.commit()
    #expect(folder.names == ["a"])
    #expect(try Files.read(folder.path.appending("a")) == [1, 2, 3])
  }
  @Test func nothingIsLeftWithoutACommit() throws {
    do {
      let file = try AtomicFile(folder.path.appending("a"))
      try file.append([1])
    }
    #expect(folder.names == [])
  }
  @Test func nothingIsLeftWhereTheNameIsTaken() throws {
    try folder.make("a/b")
    #expect(throws: FileError.self) { try Files.write([1], to: folder.path.appending("a")) }
    #expect(folder.names == ["a", "a/b"])
    #expect(throws: FileError.self) { try Files.write([1], to: folder.path.appending("a/b/c")) }
    #expect(folder.names == ["a", "a/b"])
  }
  /// The links stay, and what they lead to is replaced or made.
  @Test(arguments: ["file", "new", "folder/file", "new/folder/file"]) func linksAreFollowed(_ target: String) throws {
    try folder.make("file", "folder/file")
    folder.link("link", to: target)
    folder.link("folder/far", to: "../link")
    try Files.write([1, 2], to: folder.path.appending("folder/far"))
    #expect(try Files.read(folder.path.appending(target)) == [1, 2])
    for name in ["link", "folder/far"] {
      #expect(FileStatus(folder.path.appending(name), followsLinks: false)?.kind == .link)
    }
    #expect(!folder.names.contains { $0.hasSuffix(".tmp") })
  }
  @Test func aCircleOfLinksIsNoFile() {
    folder.link("a", to: "b")
    folder.link("b", to: "a")
    #expect(throws: FileError.self) { try Files.write([1], to: folder.path.appending("a")) }
    #expect(folder.names == ["a", "b"])
  }
  @Test func aPipeIsWrittenInto() throws {
    folder.pipe("pipe")
    folder.link("link", to: "pipe")
    // Opened for both, a pipe waits for nobody.
    let reader = try FileDescriptor.open(folder.path.appending("pipe"), .readWrite)
    defer { try? reader.close() }
    for name in ["pipe", "link"] { try Files.write(Array(name.utf8), to: folder.path.appending(name)) }
    let read = try [UInt8](unsafeUninitializedCapacity: 100) { buffer, count in
      count = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    #expect(read == Array("pipelink".utf8))
    #expect(folder.names == ["link", "pipe"])
    #expect(FileStatus(folder.path.appending("pipe"), followsLinks: false)?.kind == .other)
  }
  static let overlaps: [(outputs: [String], inputs: [String], first: String?)] = [
    (["new", "a"], ["b", "a"], "a"), (["link"], ["a"], "link"), (["a"], ["link"], "a"), (["d/../a"], ["a"], "d/../a"),
    (["b"], ["a"], nil), (["pipe"], ["pipe"], nil), (["new"], ["new"], nil), (["d"], ["d"], nil), ([], [], nil),
  ]
  @Test(arguments: overlaps) func outputsAmongInputs(
    _ test: (outputs: [String], inputs: [String], first: String?)
  ) throws {
    try folder.make("a", "b", "d/")
    folder.link("link", to: "a")
    folder.pipe("pipe")
    let found = Files.first(
      of: test.outputs.map { folder.path.appending($0) }, among: test.inputs.map { folder.path.appending($0) })
    #expect(found == test.first.map { folder.path.appending($0) })
  }
  @Test func aLongNameHasRoomForTheTemporaryOne() throws {
    try Files.write([1], to: folder.path.appending(String(repeating: "x", count: 255)))
    #expect(folder.names.count == 1)
  }
  @Test func whatCannotBeReadIsSaid() throws {
    try folder.make("a/")
    for (name, reason) in [("none", "No such file or directory"), ("a", "Is a directory")] {
      let error = #expect(throws: FileError.self) { try Files.read(folder.path.appending(name)) }
      #expect(error?.reason == reason)
    }
  }
  @Test func tooLargeAFileIsNotRead() throws {
    try folder.make("a")
    #expect(truncate(folder.path.appending("a").string, 1 << 40) == 0)
    let error = #expect(throws: FileError.self) { try Files.read(folder.path.appending("a")) }
    #expect(error?.reason.contains("more than") == true)
    #expect(throws: FileError.self) { try Files.read("/dev/zero", limit: 1 << 20) }
    #expect(throws: Never.self) { try Files.read("/dev/null", limit: 1 << 20) }
  }
  @Test func aFolderIsMadeOnce() throws {
    for _ in 0..<2 { try Files.makeFolder(folder.path.appending("x/y")) }
    try folder.make("file")
    #expect(throws: FileError.self) { try Files.makeFolder(folder.path.appending("file/x")) }
  }
}
