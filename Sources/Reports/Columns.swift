extension String {
  /// With spaces behind it, up to a width in characters.
  func left(_ width: Int) -> String { self + padding(width) }
  /// With spaces before it.
  func right(_ width: Int) -> String { padding(width) + self }
  private func padding(_ width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) }

  /// At most so many characters, the last of them "…" where something was cut.
  func cut(to limit: Int) -> String {
    guard utf8.count > limit, let end = index(startIndex, offsetBy: limit, limitedBy: endIndex), end < endIndex
    else { return self }
    return prefix(limit - 1) + "…"
  }
}
