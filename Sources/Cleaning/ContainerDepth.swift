import Pages

extension Elements {
  /// So many lists, items and quotes are written around a text; deeper ones, which only broken pages have, are left out, since
  /// each would be written anew for every line.
  static let deepestContainer = 64

  /// By element: itself, or the innermost around it that is not too deep in lists, items and quotes. O(elements).
  func withinDeepestContainer() -> [Int32] {
    var depths = [UInt8](repeating: 0, count: count)
    var results = [Int32](repeating: -1, count: count)
    for element in 0..<count {
      let parent = Int(parents[element])
      depths[element] = parent < 0 ? 0 : depths[parent]
      if [.li, .ul, .ol, .dl, .blockquote].contains(tags[element]) { depths[element] += 1 }
      let isTooDeep = depths[element] > Self.deepestContainer
      if isTooDeep { depths[element] = UInt8(Self.deepestContainer) }
      let parentIsCut = parent >= 0 && results[parent] != Int32(parent)
      results[element] = isTooDeep || parentIsCut ? results[parent] : Int32(element)
    }
    return results
  }
}
