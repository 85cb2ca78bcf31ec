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

  /// Scores z = ±60 … ±600, where σ is 1 or nearly 0 and nothing overflows, some of them on the wrong side.
  static func saturated(using generator: inout SeededGenerator) -> LogisticBatch {
    var batch = random(n: 2, m: 6, using: &generator)
    var signs = [1.0, 1, -1]
    while signs.count < batch.examples { signs.append(generator.integer(below: 2) == 0 ? -1 : 1) }
    // The first is right, the next two are wrong.
    for (i, y) in [1.0, 0, 1].enumerated() { batch.Y[0, i] = y }
    batch.move(toScores: signs.map { $0 * (60 + 540 * generator.uniform()) })
    return batch
  }

  /// Scores z = ±750, two of them on the wrong side: e^750 is beyond the largest Double.
  static func overflowing(using generator: inout SeededGenerator) -> LogisticBatch {
    var batch = random(n: 3, m: 4, using: &generator)
    batch.Y = [[1, 0, 1, 0]]
    batch.move(toScores: [750, 750, -750, -750])
    return batch
  }

  /// Moves each example along w until w·x + b is its score.
  private mutating func move(toScores scores: [Double]) {
    for (i, z) in scores.enumerated() {
      let x = X.column(i)
      let shift = (z - b - dot(w, x)) / dot(w, w)
      for j in 0..<X.rows { X[j, i] = x[j, 0] + shift * w[j, 0] }
    }
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
