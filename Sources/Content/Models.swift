import CEmbedded

/// The models that the binary carries, each read when it is first asked: a batch of pages needs none for dumps.
enum Models {
  static let blocks = load("blocks.bin", BlockFeatures.names)
  static let lines = load("lines.bin", LineFeatures.names)
  static let words: WordTable = {
    var reader = ModelReader(bytes("words.bin"))
    guard let words = WordTable(&reader) else {
      fatalError("Rules/models/words.bin is no table of words: run Tools/train/train.py")
    }
    return words
  }()
  static let types: PageTypeModel = {
    guard let model = PageTypeModel(bytes("types.bin")) else {
      fatalError("Rules/models/types.bin is not for the features of this build: run Tools/train/train.py")
    }
    return model
  }()

  private static func load(_ name: String, _ features: [String]) -> Forest {
    guard let forest = Forest(bytes(name), features: features) else {
      fatalError("Rules/models/\(name) is not for the features of this build: run Tools/train/train.py")
    }
    return forest
  }
  static func bytes(_ name: String) -> UnsafeBufferPointer<UInt8> {
    for index in 0..<embedded_model_count() {
      let file = embedded_model(index)
      if String(cString: file.name) == name { return UnsafeBufferPointer(start: file.bytes, count: file.count) }
    }
    fatalError("Rules/models/\(name) is not embedded: Sources/CEmbedded/embedded.c lists the models")
  }
}
