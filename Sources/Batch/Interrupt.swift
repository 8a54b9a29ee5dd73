import Glibc
import Synchronization

/// SIGINT (Ctrl-C), SIGTERM and SIGHUP: the first asks the batch to stop soon, the same again stops it at once.
public enum Interrupt {
  private static let caught = Atomic<Int32>(0)
  private static let caughtAgain = Atomic<Int32>(0)
  private static let isOnTerminal = Atomic<Bool>(false)
  /// Wakes the thread that ends the process: a signal handler may do that and write, but take no lock.
  nonisolated(unsafe) private static let ending: UnsafeMutablePointer<sem_t> = {
    let ending = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(ending, 0, 0)
    return ending
  }()

  /// From now on the first signal sets `isAsked`, and a second removes the temporary files and ends the process. Once a
  /// process, before the work begins.
  public static func watch() {
    isOnTerminal.store(isatty(STDERR_FILENO) == 1, ordering: .relaxed)
    // Made here, since the handler should not.
    _ = ending
    Thread {
      while sem_wait(ending) != 0 {}
      TemporaryFiles.removeAll { kill(getpid(), caughtAgain.load(ordering: .relaxed)) }
    }.start()
    // Without SA_RESTART, so that it ends the waiting for a pipe's reader.
    var action = sigaction()
    let handler: @convention(c) (Int32) -> Void = { number in
      signal(number) { number in
        signal(number, SIG_DFL)
        Interrupt.caughtAgain.store(number, ordering: .relaxed)
        sem_post(Interrupt.ending)
      }
      if Interrupt.caught.exchange(number, ordering: .relaxed) == 0 { Interrupt.announce(number) }
    }
    action.__sigaction_handler.sa_handler = handler
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // Whoever started Winnow may want it to go on, as nohup does.
      let old = signal(number, SIG_IGN)
      if unsafeBitCast(old, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { continue }
      sigaction(number, &action, nil)
    }
  }
  /// Whether a signal came.
  public static var isAsked: Bool { caught.load(ordering: .relaxed) != 0 }

  /// What a shell reports of a process that the signal ended: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP.
  public static var exitCode: Int32 { 128 + caught.load(ordering: .relaxed) }

  /// Says what the first signal does. Called by the handler, so it may only write.
  private static func announce(_ number: Int32) {
    func say(_ text: StaticString) { _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount) }
    let error = errno
    // In place of the progress bar.
    if isOnTerminal.load(ordering: .relaxed) { say("\r\u{1B}[K") }
    say("winnow: stopping after the pages in hand; ")
    say(number == SIGINT ? "Ctrl-C again stops at once\n" : "the same signal again stops at once\n")
    errno = error
  }
}
