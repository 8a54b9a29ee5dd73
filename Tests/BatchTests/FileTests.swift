import SystemPackage
import Testing

@testable import Batch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
  @Test func aLongNameHasRoomForTheTemporaryOne() throws {
    try Files.write([1], to: folder.path.appending(String(repeating: "x", count: 255)))
    #expect(folder.names.count == 1)
  }
  @Test func whatCannotBeReadIsSaid() throws {
    try folder.make("a/")
    do { _ = try Files.read(folder.path.appending("none")) } catch {
      #expect(error.reason == "No such file or directory")
    }
    do { _ = try Files.read(folder.path.appending("a")) } catch { #expect(error.reason == "Is a directory") }
  }
  @Test func tooLargeAFileIsNotRead() throws {
    try folder.make("a")
    #expect(truncate(folder.path.appending("a").string, 1 << 40) == 0)
    do { _ = try Files.read(folder.path.appending("a")) } catch { #expect(error.reason.contains("more than")) }
    #expect(throws: FileError.self) { try Files.read("/dev/zero", limit: 1 << 20) }
    #expect(throws: Never.self) { try Files.read("/dev/null", limit: 1 << 20) }
  }
  @Test func aFolderIsMadeOnce() throws {
    for _ in 0..<2 { try Files.makeFolder(folder.path.appending("x/y")) }
    try folder.make("file")
    #expect(throws: FileError.self) { try Files.makeFolder(folder.path.appending("file/x")) }
  }
}
