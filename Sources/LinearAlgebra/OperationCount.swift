import Synchronization

#if canImport(Glibc)
  import func Glibc.pthread_self
#else
  import func Darwin.pthread_self
#endif

/// Counts the public `Matrix` operations that a piece of code performs.
///
/// A vectorised step performs as many of them on 300 examples as on 3; a loop over the examples performs more. Each call
/// of a function, operator, initialiser or `.T` counts 1, whatever the sizes; so does each element read or written by
/// `A[i, j]` (`A[i, j] += x` does both) and each use of `elements`. `rows`, `columns` and `shape` cost nothing.
package enum OperationCount {
  /// The thread whose operations are counted; 0 while there is none, so that `record()` costs one load.
  private static let countingThread = Atomic<UInt>(0)
  private static let exclusive = Mutex(())
  // Only the thread that counts touches it.
  nonisolated(unsafe) private static var count = 0

  private static var thisThread: UInt {
    #if canImport(Glibc)
      pthread_self()
    #else
      UInt(bitPattern: pthread_self())
    #endif
  }

  /// Runs `body` and returns its result with the number of operations that this thread performs in it.
  ///
  /// Other threads' operations do not count; another thread that wants to count waits. A count may be taken within
  /// another: the inner operations count in both.
  package static func counting<Result>(_ body: () throws -> Result) rethrows -> (result: Result, count: Int) {
    if countingThread.load(ordering: .relaxed) == thisThread {
      let before = count
      let result = try body()
      return (result, count - before)
    }
    return try exclusive.withLock { _ in
      count = 0
      countingThread.store(thisThread, ordering: .relaxed)
      defer { countingThread.store(0, ordering: .relaxed) }
      let result = try body()
      return (result, count)
    }
  }

  /// Notes one operation: the first thing that every public operation does.
  static func record() {
    let thread = countingThread.load(ordering: .relaxed)
    if thread != 0 && thread == thisThread { count += 1 }
  }
}
