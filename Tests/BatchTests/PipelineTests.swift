import Glibc
import Synchronization
import Testing

@testable import Batch

@Suite struct PipelineTests {
  @Test(arguments: [1, 2, 3, 8, 500]) func keepsTheOrder(_ jobs: Int) {
    var emitted: [Int] = []
    let count = Pipeline<Int>(jobs: jobs).run(
      count: 300, shouldStop: { false },
      makeWorker: {
        { index in
          // Work of very different length.
          var sum = 0
          for i in 0..<(index % 7) * 2_000 { sum &+= i }
          return sum == -1 ? 0 : index * 2
        }
      },
      emit: { index, output in
        #expect(output == index * 2)
        emitted.append(index)
      })
    #expect(count == 300)
    #expect(emitted == Array(0..<300))
  }
  @Test func noInputs() {
    #expect(Pipeline<Int>(jobs: 4).run(count: 0, shouldStop: { false }, makeWorker: { { $0 } }, emit: { _, _ in }) == 0)
  }
  @Test func aWorkerIsMadeForEachThread() {
    let made = Mutex(0)
    Pipeline<Int>(jobs: 3).run(
      count: 100, shouldStop: { false },
      makeWorker: {
        made.withLock { $0 += 1 }
        return { $0 }
      }, emit: { _, _ in })
    #expect(made.withLock { $0 } == 3)
  }
  @Test(arguments: [1, 4]) func stopsHalfWayWithoutAGap(_ jobs: Int) {
    let stop = Atomic<Bool>(false)
    var emitted: [Int] = []
    let count = Pipeline<Int>(jobs: jobs).run(
      count: 100_000, shouldStop: { stop.load(ordering: .relaxed) }, makeWorker: { { $0 } },
      emit: { index, _ in
        emitted.append(index)
        if index == 50 { stop.store(true, ordering: .relaxed) }
      })
    #expect(count == emitted.count)
    #expect(emitted == Array(0..<count))
    #expect(count > 50 && count < 100_000)
  }
  @Test func stoppedBeforeItStarts() {
    #expect(Pipeline<Int>(jobs: 2).run(count: 10, shouldStop: { true }, makeWorker: { { $0 } }, emit: { _, _ in }) == 0)
  }
  /// Others, who have run as far ahead as they may, do not wait for what was given up.
  @Test(arguments: [1, 4]) func endsWhereWorkIsGivenUp(_ jobs: Int) {
    let taken = Atomic<Int>(0)
    var emitted: [Int] = []
    let count = Pipeline<Int>(jobs: jobs).run(
      count: 1_000, shouldStop: { false },
      makeWorker: {
        { index in
          taken.add(1, ordering: .relaxed)
          if index == 10, jobs > 1 { while taken.load(ordering: .relaxed) < 60 { usleep(1_000) } }
          return index == 10 ? nil : index
        }
      }, emit: { index, _ in emitted.append(index) })
    #expect(count == 10)
    #expect(emitted == Array(0..<10))
  }
  struct Refusal: Error {}
  @Test(arguments: [1, 4]) func aThrowingEmitEndsTheRun(_ jobs: Int) {
    var emitted = 0
    #expect(throws: Refusal.self) {
      try Pipeline<Int>(jobs: jobs).run(
        count: 100_000, shouldStop: { false }, makeWorker: { { $0 } },
        emit: { index, _ in
          emitted += 1
          if index == 10 { throw Refusal() }
        })
    }
    #expect(emitted == 11)
  }
  @Test func nobodyRunsFarAhead() {
    let taken = Atomic<Int>(0)
    let furthest = Mutex(0)
    Pipeline<Int>(jobs: 2).run(
      count: 1_000, shouldStop: { false },
      makeWorker: {
        { index in
          taken.add(1, ordering: .relaxed)
          return index
        }
      },
      emit: { index, _ in
        furthest.withLock { $0 = max($0, taken.load(ordering: .relaxed) - index) }
      })
    #expect(furthest.withLock { $0 } <= 64 + 2 + 2)
  }
}
