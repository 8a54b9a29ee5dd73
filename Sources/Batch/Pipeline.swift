import Glibc
import Synchronization

/// Runs many inputs through workers and hands the results on in the order of the inputs.
///
/// Threads, since a worker owns parsers that must stay on one thread. A worker that runs ahead of the
/// order waits, so that at most `jobs + window` results are held.
public struct Pipeline<Output: Sendable>: Sendable {
  /// How many workers there are, each on a thread of its own.
  public var jobs: Int
  private let window = 64

  public init(jobs: Int) { self.jobs = max(1, jobs) }

  /// `makeWorker` is called once on each thread. `emit` is called on the calling thread, in order,
  /// for each input until `shouldStop` holds; inputs in work then are still finished and emitted as
  /// far as they follow without a gap. Work that gives nil was given up, and ends the run there. Returns how
  /// many were emitted.
  @discardableResult
  public func run(
    count: Int, shouldStop: @escaping @Sendable () -> Bool,
    makeWorker: @escaping @Sendable () -> (Int) -> Output?,
    emit: (Int, Output) throws -> Void
  ) rethrows -> Int {
    guard count > 0 else { return 0 }
    let board = Board<Output>(count: count, window: window + jobs)
    let threads = (0..<min(jobs, count)).map { _ in
      Thread {
        let work = makeWorker()
        while !shouldStop(), let index = board.take() {
          guard let output = work(index) else {
            board.close()
            break
          }
          board.put(output, at: index)
        }
        board.leave()
      }
    }
    board.workers = threads.count
    for thread in threads { thread.start() }
    defer {
      board.close()
      for thread in threads { thread.join() }
    }
    var next = 0
    while let output = board.wait(for: next) {
      try emit(next, output)
      next += 1
    }
    return next
  }
}

/// Which inputs are taken and which results wait for their turn.
private final class Board<Output: Sendable>: @unchecked Sendable {
  // Guarded by `lock`.
  private var nextInput = 0
  private var emitted = 0
  private var results: [Int: Output] = [:]
  private var isClosed = false
  var workers = 0

  private let count: Int
  private let window: Int
  /// So many results wake who waits for them. Waking for each takes some hundredths of the time of short pages; who waits
  /// looks after a while by himself.
  private let batch = 16
  private let lock = Monitor()

  init(count: Int, window: Int) {
    self.count = count
    self.window = window
  }

  func take() -> Int? {
    lock.withLock {
      while nextInput < count, nextInput - emitted >= window, !isClosed { lock.wait() }
      guard nextInput < count, !isClosed else { return nil }
      nextInput += 1
      return nextInput - 1
    }
  }
  func put(_ output: Output, at index: Int) {
    let areMany = lock.withLock {
      results[index] = output
      return results.count >= batch
    }
    // Behind the lock: whoever wakes asks for it at once.
    if areMany { lock.wakeAll() }
  }
  func leave() {
    lock.withLock {
      workers -= 1
      lock.wakeAll()
    }
  }
  func close() {
    lock.withLock {
      isClosed = true
      lock.wakeAll()
    }
  }
  /// The result at `index`; nil when all are out or no worker is left to make it.
  func wait(for index: Int) -> Output? {
    lock.withLock {
      emitted = index
      lock.wakeAll()
      while index < count {
        if let output = results.removeValue(forKey: index) { return output }
        if workers == 0 { return nil }
        lock.wait(forMilliseconds: 20)
      }
      return nil
    }
  }
}

/// A mutex with one condition.
private final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }
  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }
  func withLock<T>(_ body: () -> T) -> T {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
  func wait() { pthread_cond_wait(condition, mutex) }
  func wait(forMilliseconds limit: Int) {
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    end.tv_nsec += limit * 1_000_000
    end.tv_sec += end.tv_nsec / 1_000_000_000
    end.tv_nsec %= 1_000_000_000
    pthread_cond_timedwait(condition, mutex, &end)
  }
  func wakeAll() { pthread_cond_broadcast(condition) }
}

/// A thread of the system: a worker's parsers must stay on one, and Swift's tasks go from one to another.
final class Thread: @unchecked Sendable {
  private let body: @Sendable () -> Void
  private var handle = pthread_t()

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func start() {
    let box = Unmanaged.passRetained(self)
    let result = pthread_create(
      &handle, nil,
      { context in
        Unmanaged<Thread>.fromOpaque(context!).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    precondition(result == 0, "the system gives no thread: \(result)")
  }
  func join() { pthread_join(handle, nil) }
}
