import Curriculum

/// Examples, labels and parameters of logistic regression: what most steps of lessons 3 and 5 take.
struct LogisticBatch: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, w: Matrix, b: Double

  var parameters: LogisticParameters { LogisticParameters(w: w, b: b) }
  var examples: Int { X.columns }

  /// Whether a score is so large that the cost is flat there, by the floor under its logarithms: no numerical gradient.
  var isSaturated: Bool { (w.T * X + b).elements.contains { abs($0) > 30 } }

  func permuted(by order: [Int]) -> LogisticBatch {
    LogisticBatch(X: X.columns(at: order), Y: Y.columns(at: order), w: w, b: b)
  }

  /// The example that chapters 3 and 5 work through: n = 2 features, m = 3 examples.
  static let worked = LogisticBatch(
    X: [[1, -1, 0], [2, 0.5, -3]], Y: [[1, 0, 1]], w: [[0.5], [-0.25]], b: 0.1)

  /// Normal features and labels of both classes (where m > 1), at random parameters.
  static func random(n: Int, m: Int, using generator: inout SeededGenerator) -> LogisticBatch {
    LogisticBatch(
      X: generator.normal(rows: n, columns: m), Y: labels(m, using: &generator),
      w: generator.normal(rows: n, columns: 1), b: 0.5 + generator.uniform())
  }

  /// Scores z = ±60 … ±800, where σ is 0 or 1 to the last digit, some of them on the wrong side.
  static func saturated(using generator: inout SeededGenerator) -> LogisticBatch {
    var batch = random(n: 2, m: 6, using: &generator)
    for i in 0..<batch.examples {
      // e^750 is beyond the largest Double, on either side.
      let z =
        i < 2 ? [750.0, -750.0][i] : (generator.integer(below: 2) == 0 ? -1.0 : 1.0) * (60 + 740 * generator.uniform())
      // Moves the example along w until w·x + b = z.
      let x = batch.X.column(i)
      let shift = (z - batch.b - dot(batch.w, x)) / dot(batch.w, batch.w)
      for j in 0..<batch.X.rows { batch.X[j, i] = x[j, 0] + shift * batch.w[j, 0] }
    }
    return batch
  }

  /// Labels 0 and 1 in no regular order, not all alike.
  static func labels(_ m: Int, using generator: inout SeededGenerator) -> Matrix {
    var Y = Matrix(rows: 1, columns: m)
    for i in 0..<m { Y[0, i] = Double(generator.integer(below: 2)) }
    if m > 1 {
      let one = generator.integer(below: m)
      Y[0, one] = 1
      Y[0, (one + 1) % m] = 0
    }
    return Y
  }
}
