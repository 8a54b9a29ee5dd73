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
    for index in 0..<embedded_model_count() {
      let file = embedded_model(index)
      guard String(cString: file.name) == name else { continue }
      if let forest = Forest(UnsafeBufferPointer(start: file.bytes, count: file.count), features: features) {
        return forest
      }
    }
    fatalError("Rules/models/\(name) is not for the features of this build: run Tools/train/train.py")
  }
}
