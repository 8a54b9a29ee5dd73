/// Whether a text shows nothing: white space of any width, and characters that are not seen.
func isBlank(_ utf8: some Sequence<UInt8>) -> Bool {
  var decoder = Unicode.UTF8()
  var bytes = utf8.makeIterator()
  while case .scalarValue(let scalar) = decoder.decode(&bytes) {
    if scalar.isASCII
      ? scalar.value > 0x20 : !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
    {
      return false
    }
  }
  return true
}
