import Glibc

/// A bar on the terminal, on standard error; nothing where that is no terminal.
public struct Progress: ~Copyable {
  private let total: Int
  private let isShown: Bool
  private var done = 0
  private var drawn = ContinuousClock.now

  public init(total: Int) {
    self.total = total
    isShown = total > 1 && isatty(STDERR_FILENO) == 1
  }

  /// One more is done; drawn ten times a second at most.
  public mutating func advance() {
    done += 1
    guard isShown, ContinuousClock.now - drawn > .milliseconds(100) || done == total else { return }
    drawn = .now
    let width = 30
    let filled = done * width / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    write("\r\(bar) \(done)/\(total)")
  }

  deinit { if isShown { write("\r\u{1B}[K") } }

  private func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Self.put(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
  private static func put(_ file: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int {
    Glibc.write(file, bytes, count)
  }
}
