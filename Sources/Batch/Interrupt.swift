import Glibc
import Synchronization

/// Ctrl-C, a hangup or a plea to end as a wish to stop soon; the same again stops at once.
public enum Interrupt {
  private static let caught = Atomic<Int32>(0)

  public static func watch() {
    // Without SA_RESTART, so that it ends the waiting for a pipe's reader.
    var action = sigaction()
    let handler: @convention(c) (Int32) -> Void = { number in
      Interrupt.caught.store(number, ordering: .relaxed)
      signal(number, SIG_DFL)
    }
    action.__sigaction_handler.sa_handler = handler
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // Whoever started Winnow may want it to go on, as nohup does.
      let old = signal(number, SIG_IGN)
      if unsafeBitCast(old, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { continue }
      sigaction(number, &action, nil)
    }
  }
  public static var isAsked: Bool { caught.load(ordering: .relaxed) != 0 }

  /// What a shell reports of a process that the signal ended: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP.
  public static var exitCode: Int32 { 128 + caught.load(ordering: .relaxed) }
}
