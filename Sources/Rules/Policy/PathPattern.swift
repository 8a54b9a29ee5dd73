/// A glob over relative paths: `*` and `?` within a name, `**` over folders. Without a `/` it is held
/// against the last name only; with one at its end it means all below a folder.
public struct PathPattern: Sendable, Equatable {
  private let parts: [[UInt8]]
  private let isName: Bool

  public init(_ text: String) {
    let pattern = text.hasPrefix("./") ? text.dropFirst(2) : text[...]
    isName = !pattern.contains("/")
    parts = (pattern.hasSuffix("/") ? pattern + "**" : pattern).split(separator: "/").map { Array($0.utf8) }
  }

  /// `path` is relative, with `/` between its names.
  public func matches(_ path: String) -> Bool {
    let names = path.split(separator: "/").map { Array($0.utf8) }
    return matches(parts[...], isName ? names.suffix(1) : names[...])
  }

  private func matches(_ parts: ArraySlice<[UInt8]>, _ names: ArraySlice<[UInt8]>) -> Bool {
    guard let part = parts.first else { return names.isEmpty }
    if part == Array("**".utf8) {
      if parts.count == 1 { return !names.isEmpty }
      return (names.startIndex...names.endIndex).contains { matches(parts.dropFirst(), names[$0...]) }
    }
    guard let name = names.first, Self.fits(part, name) else { return false }
    return matches(parts.dropFirst(), names.dropFirst())
  }

  /// Wildcards within a name. O(pattern × name).
  private static func fits(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    var (p, n) = (0, 0)
    var star: (p: Int, n: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == 0x2A {
        star = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == name[n] || pattern[p] == 0x3F {
        p += 1
        n += 1
      } else if let last = star {
        star = (last.p, last.n + 1)
        p = last.p + 1
        n = last.n + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == 0x2A }
  }
}
