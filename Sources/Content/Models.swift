import CEmbedded

/// The forests that the binary carries.
struct Models: Sendable {
  static let shared = Models()

  let blocks: Forest
  let lines: Forest
  let types: Forest

  private init() {
    blocks = Self.load("blocks.bin", BlockFeatures.names)
    lines = Self.load("lines.bin", LineFeatures.names)
    types = Self.load("types.bin", PageFeatures.names)
  }

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
