extension Head {
  /// The texts that stand behind a key anywhere in the JSON-LD, alone, in a list or as a reference, with their escapes
  /// undone. O(bytes of the JSON-LD).
  package func linkedValues(of key: String) -> [String] {
    var values: [String] = []
    for var script in jsonLD {
      script.withUTF8 { script in
        var scan = JSONStrings(script)
        while let name = scan.next() {
          guard scan.accept(0x3A), name.elementsEqual(key.utf8) else { continue }
          // `{"@id": …}` is how linked data write a reference.
          if scan.accept(0x7B) {
            guard let name = scan.next(), name.elementsEqual("@id".utf8), scan.accept(0x3A) else { continue }
          }
          scan.eachText { values.append(JSONStrings.unescaped($0)) }
        }
      }
    }
    return values
  }
}
