extension String {
  /// On one line and with control characters as escapes (`\n`, `\u{1B}`): a file's name may hold any, and a terminal
  /// would obey them.
  package var escapingControls: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: text += scalar.escaped(asASCII: true)
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
