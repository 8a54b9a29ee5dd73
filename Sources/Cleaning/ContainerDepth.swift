import Pages

extension Elements {
  /// So many lists, items and quotes are written around a text; deeper ones, which only broken pages have, are left out, since
  /// each would be written anew for every line.
  static let deepestContainer = 64

  /// By element: itself, or the innermost around it that is not too deep in lists, items and quotes. O(elements).
  func withinDeepestContainer() -> [Int32] {
    var depths = [Int32](repeating: 0, count: count)
    var results = depths
    for element in 0..<count {
      let parent = Int(parents[element])
      if parent >= 0 { depths[element] = depths[parent] }
      if [.li, .ul, .ol, .dl, .blockquote].contains(tags[element]) { depths[element] += 1 }
      results[element] = depths[element] > Self.deepestContainer ? results[parent] : Int32(element)
    }
    return results
  }
}
