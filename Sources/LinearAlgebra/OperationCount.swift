/// Counts the public `Matrix` operations that a piece of code performs.
///
/// A vectorised step performs as many of them on 300 examples as on 3; a loop over the examples performs more. Each call
/// of a function, operator, initialiser or `.T` counts 1, whatever the sizes; so does each element read or written by
/// `A[i, j]` (`A[i, j] += x` does both) and each use of `elements`. `rows`, `columns` and `shape` cost nothing.
package enum OperationCount {
  // A student's step runs on one thread of a process of its own, so nothing else touches these two while a count is
  // being taken; a lock or a thread-local variable would cost more than the element access that it counts.
  nonisolated(unsafe) private static var isCounting = false
  nonisolated(unsafe) private static var count = 0

  /// Runs `body` and returns its result with the number of operations in it.
  ///
  /// To be used from one thread at a time, and while no other thread uses a `Matrix`. A count may be taken within
  /// another: the inner operations count in both.
  package static func counting<Result>(_ body: () throws -> Result) rethrows -> (result: Result, count: Int) {
    let outer = (isCounting, count)
    isCounting = true
    count = 0
    defer { (isCounting, count) = (outer.0, outer.0 ? outer.1 + count : outer.1) }
    let result = try body()
    return (result, count)
  }

  /// Notes one operation: the first thing that every public operation does.
  static func record() {
    if isCounting { count += 1 }
  }
}
