import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C as a wish to stop soon; a second one stops at once.
public enum Interrupt {
  private static let wasAsked = Atomic<Bool>(false)

  public static func watch() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interrupt.wasAsked.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
  public static var isAsked: Bool { wasAsked.load(ordering: .relaxed) }
}
