import LinearAlgebra

/// A program with its data, ready to be timed.
public struct Workload: Sendable {
  /// Its name in tables, `two-layer-2x400`.
  public let name: String
  /// What it computes.
  public let summary: String
  /// Makes the data, and returns the program on it; the program returns a number that depends on all that it computes.
  public let prepare: @Sendable () -> () -> Double
}

/// The rows of the table in docs/performance.md; data and first parameters are drawn with a fixed seed.
public let workloads: [Workload] = [
  Workload(name: "logistic-12288x209", summary: "vectorised logistic regression, 100 iterations") {
    var generator = SeededGenerator(seed: 1)
    let X = generator.uniform(rows: 12288, columns: 209)
    let Y = generator.uniform(rows: 1, columns: 209) .> 0.5
    return { logisticRegression(X: X, Y: Y, rate: 0.0005, steps: 100) }
  },
  Workload(name: "two-layer-2x400", summary: "the lecture's model in NumPy, 4 hidden units, 1,000 iterations") {
    var generator = SeededGenerator(seed: 2)
    let X = generator.normal(rows: 2, columns: 400)
    let Y = X.row(0) .* X.row(1) .> 0
    let W1 = 0.01 * generator.normal(rows: 4, columns: 2), W2 = 0.01 * generator.normal(rows: 1, columns: 4)
    return { twoLayerNetwork(X: X, Y: Y, W1: W1, W2: W2, rate: 1.2, steps: 1000) }
  },
  Workload(name: "deep-12288-20-7-5-1", summary: "a deep network on 209 examples, 50 iterations") {
    var generator = SeededGenerator(seed: 3)
    let X = generator.uniform(rows: 12288, columns: 209)
    let Y = generator.uniform(rows: 1, columns: 209) .> 0.5
    let W = layers([12288, 20, 7, 5, 1], &generator)
    return { deepNetwork(X: X, Y: Y, weights: W, rate: 0.0075, steps: 50) }
  },
  Workload(name: "mlp-784-128-64-10", summary: "a classifier trained by Adam, 100 batches of 64") {
    var generator = SeededGenerator(seed: 4)
    let X = generator.uniform(rows: 784, columns: 6400)
    var Y = Matrix(rows: 10, columns: 6400)
    for j in 0..<6400 { Y[generator.integer(below: 10), j] = 1 }
    let W = layers([784, 128, 64, 10], &generator), classes = Y
    return { classifier(X: X, Y: classes, weights: W, batch: 64, rate: 0.001) }
  },
  Workload(name: "regression-64-1000-100-10", summary: "the lecture's example in PyTorch, Adam, 500 steps") {
    var generator = SeededGenerator(seed: 5)
    let X = generator.normal(rows: 1000, columns: 64), Y = generator.normal(rows: 10, columns: 64)
    let W = layers([1000, 100, 10], &generator)
    return { regression(X: X, Y: Y, W1: W[0], W2: W[1], rate: 1e-4, steps: 500) }
  },
  product("gemm-1024", "C = A · B, all 1024 × 1024") { A, B in A * B },
  product("gemm-1024-A.T", "C = Aᵀ · B") { A, B in A.T * B },
  product("gemm-1024-B.T", "C = A · Bᵀ") { A, B in A * B.T },
]

/// He's initialisation of the layers' weights.
private func layers(_ sizes: [Int], _ generator: inout SeededGenerator) -> [Matrix] {
  var weights: [Matrix] = []
  for (n, next) in zip(sizes, sizes.dropFirst()) {
    weights.append(sqrt(2 / Double(n)) * generator.normal(rows: next, columns: n))
  }
  return weights
}

private func product(
  _ name: String, _ summary: String, _ multiply: @escaping @Sendable (Matrix, Matrix) -> Matrix
) -> Workload {
  Workload(name: name, summary: summary) {
    var generator = SeededGenerator(seed: 6)
    let A = generator.normal(rows: 1024, columns: 1024), B = generator.normal(rows: 1024, columns: 1024)
    return { multiply(A, B)[1023, 1023] }
  }
}

/// How long a workload took.
public struct Timing: Sendable {
  /// The workload's name.
  public let workload: String
  /// The shortest run.
  public let milliseconds: Double
  /// How many runs there were.
  public let repeats: Int
}

extension Workload {
  /// Runs the program once to warm up, and then until `seconds` have passed, three times at least; the shortest run counts, as
  /// whatever else the machine does can only make a run longer.
  public func time(seconds: Double) -> Timing {
    let program = prepare()
    _ = program()
    let clock = ContinuousClock()
    let start = clock.now
    var best = Duration.seconds(1e9)
    var repeats = 0
    repeat {
      best = Swift.min(best, clock.measure { result = program() })
      repeats += 1
    } while repeats < 3 || start.duration(to: clock.now) < .seconds(seconds)
    return Timing(workload: name, milliseconds: best / .milliseconds(1), repeats: repeats)
  }
}

/// Where results go, so that the optimiser cannot leave a program out.
nonisolated(unsafe) private var result = 0.0
