import Glibc
import SystemPackage
import Testing

@testable import Rules

@Suite struct BuiltInPackTests {
  private static let folder = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("Rules")
  private static let files = RuleSet.builtInPacks.map { RuleFile($0.yaml, name: $0.name) }

  @Test func everyPackOfTheFolderIsEmbedded() throws {
    let directory = try #require(opendir(Self.folder.string))
    defer { closedir(directory) }
    var names: Set<String> = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml") { names.insert(name) }
    }
    #expect(Set(RuleSet.builtInPacks.map(\.name)) == names)
  }
  @Test(arguments: RuleSet.builtInPacks.map(\.name)) func isAsInTheFolder(_ name: String) throws {
    let pack = try #require(RuleSet.builtInPacks.first { $0.name == name })
    #expect(Array(pack.yaml) == Array(try Repository.read("Rules/\(name)").utf8))
  }
  @Test func havePacksWithoutMistakes() {
    #expect(Self.files.flatMap(\.errors).map(\.description) == [])
    #expect(RuleSet(Self.files.flatMap(\.rules)).errors.map(\.description) == [])
    #expect(Set(Self.files.map(\.pack)).count == Self.files.count)
  }
  @Test func passTheirExamples() {
    #expect(RuleTests(RuleSet(Self.files.flatMap(\.rules))).failures.map(\.description) == [])
  }
  @Test func areWise() {
    let complaints = Self.files.flatMap(\.rules).flatMap { RuleChecks.complaints(about: $0) }
    #expect(complaints.map(\.description) == [])
  }
  @Test func idsAreUniqueOverPacks() {
    let ids = Self.files.flatMap(\.rules).map(\.id)
    #expect(Set(ids).count == ids.count)
  }
}
