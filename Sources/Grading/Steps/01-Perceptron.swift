import Curriculum

/// The steps of lesson 1.
public let perceptronSteps: [Step<any PerceptronLesson>] = [
  Step(
    "1.1", argument: "z",
    on: [
      .worked(0.5), .random { 1 + 3 * $0.uniform() }, .random { -1 - 3 * $0.uniform() }, .edge("z = 0", 0),
      .edge("z = −0.25", -0.25), .edge("z = 0.25", 0.25), .edge("a large z", 1000), .edge("a very negative z", -1000),
      .edge("z just below 0", -1e-12), .edge("z a hair below 0", -1e-200), .edge("z = −0.0, which is 0", -0.0),
    ]
  ) { lesson, z in ["threshold": lesson.threshold(z)] },

  Step(
    "1.2",
    on: [
      .worked(Examples(x: [[2], [-1]], w: [[0.5], [1]], b: 0.25)),
      .edge("eight examples, one a column of x") { Examples.random(n: 3, count: 8, using: &$0) },
      .edge("nine examples, one a column of x") { Examples.random(n: 4, count: 9, using: &$0) },
      .edge("a score of 0", Examples(x: [[3], [1]], w: [[1], [-2]], b: -1)),
      .edge("w = 0 and b = 0", Examples(x: [[3], [1], [-2]], w: [[0], [0], [0]], b: 0)),
      .edge("scores between −1 and 1", Examples(x: [[1, 2, 3, 4, 5]], w: [[0.25]], b: -0.875)),
      .edge(
        "what decides is b",
        Examples(x: [[1, -1, 2, -2, 1], [1, -1, -2, 2, 0]], w: [[1], [1]], b: -2.5)),
      .edge("what decides is b", Examples(x: [[1, -1, 2, -2, -1], [1, -1, -2, 2, 0]], w: [[1], [1]], b: 2.5)),
    ]
  ) { lesson, input in
    let predictions = (0..<input.x.columns).map { lesson.predict(x: input.x.column($0), at: input.parameters) }
    return ["ŷ": predictions.count == 1 ? predictions[0] : predictions]
  },

  Step(
    "1.3",
    on: [
      .worked(OneUpdate(x: [[2], [-1]], y: 0, w: [[0.5], [1]], b: 0.25, rate: 0.5)),
      .random { .random(n: 3, score: 0.5 + $0.uniform(), y: 0, using: &$0) },
      .random { .random(n: 4, score: -0.5 - $0.uniform(), y: 1, using: &$0) },
      .edge("a right prediction, y = 1") { .random(n: 3, score: 0.5 + $0.uniform(), y: 1, using: &$0) },
      .edge("a right prediction, y = 0") { .random(n: 2, score: -0.5 - $0.uniform(), y: 0, using: &$0) },
      .edge("a score of 0, y = 0", OneUpdate(x: [[3], [1]], y: 0, w: [[1], [-2]], b: -1, rate: 0.25)),
      .edge("a score of 0, y = 1", OneUpdate(x: [[3], [1]], y: 1, w: [[1], [-2]], b: -1, rate: 0.25)),
    ]
  ) { lesson, input in
    let updated = lesson.update(
      PerceptronParameters(w: input.w, b: input.b), x: input.x, y: input.y, rate: input.rate)
    return ["w": updated.w, "b": updated.b]
  },

  Step(
    "1.4",
    on: [
      .worked(Training(.or, maxEpochs: 10)), .random { .random(n: 3, m: 7, using: &$0) },
      .random { .random(n: 2, m: 9, using: &$0) },
      .edge("AND, begun elsewhere", Training(.and, w: [[-1], [0.5]], b: 1.5, rate: 0.5, maxEpochs: 12)),
      .edge("the last epoch allowed is the first without a mistake", Training(.and, maxEpochs: 6)),
      .edge("the limit comes one epoch too soon", Training(.and, maxEpochs: 5)),
      .edge("XOR, which no line separates", Training(.xor, rate: 0.5, maxEpochs: 9)),
      .edge("no mistake from the start", Training(.or, w: [[1], [2]], b: -0.5, maxEpochs: 4)),
      .edge("no epoch at all", Training(.or, w: [[1], [-2]], b: 0.5, maxEpochs: 0)),
      .edge(
        "a point far out, which takes many updates",
        Training(X: [[1, -1, 0], [0, 1, -8]], Y: [[0, 1, 1]], w: [[2], [3]], b: -4, rate: 0.25, maxEpochs: 15)),
    ]
  ) { lesson, input in
    let result = lesson.train(
      X: input.X, Y: input.Y, from: PerceptronParameters(w: input.w, b: input.b), rate: input.rate,
      maxEpochs: input.maxEpochs)
    return [
      "mistakes": result.mistakes, "w": result.parameters.w, "b": result.parameters.b, "converged": result.converged,
    ]
  },

  Step(
    "1.5",
    on: [
      .worked(Batch(X: [[2, 1, -1, 0], [-1, 1, 0, -2]], Y: [[0, 1, 1, 0]], w: [[0.5], [1]], b: 0.25)),
      .random { .random(n: 3, m: 5, using: &$0) }, .random { .random(n: 4, m: 7, using: &$0) },
      .edge("one example, missed", Batch(X: [[1], [2]], Y: [[1]], w: [[-1], [0.5]], b: -0.75)),
      .edge("no mistake", Batch(X: [[2, -1, 3]], Y: [[1, 0, 1]], w: [[1]], b: -0.5)),
      .edge("scores of 0", Batch(X: [[1, 2, -3]], Y: [[0, 1, 0]], w: [[0]], b: 0)),
    ]
  ) { lesson, batch in
    ["J": lesson.cost(X: batch.X, Y: batch.Y, at: PerceptronParameters(w: batch.w, b: batch.b))]
  },

  Step("1.6", argument: "X", on: [.worked([[0, 0, 1, 1], [0, 1, 0, 1]] as Matrix)]) { lesson, X in
    let network = lesson.xorNetwork()
    let misshapen = network.hidden.filter { $0.w.rows != X.rows || $0.w.columns != 1 }.count
    // Without hidden units nothing else is asked.
    let surplus = network.hidden.isEmpty ? 0 : network.output.w.rows - network.hidden.count
    let columns = network.hidden.isEmpty ? 1 : network.output.w.columns
    // A network of the wrong sizes has no outputs.
    var outputs = [Double](repeating: .nan, count: X.columns)
    if !network.hidden.isEmpty && misshapen == 0 && surplus == 0 && columns == 1 {
      outputs = (0..<X.columns).map { i in
        let x = (0..<X.rows).map { X[$0, i] }
        return fires(network.output, network.hidden.map { fires($0, x) ? 1 : 0 }) ? 1 : 0
      }
    }
    return [
      "the number of hidden units that are missing": network.hidden.isEmpty ? 1 : 0,
      "the number of hidden units whose w is not (2×1)": misshapen,
      "the number of rows of the output unit's w, less the number of hidden units,": surplus,
      "the number of columns of the output unit's w": columns, "ŷ": outputs,
    ]
  },
]

/// Whether a unit's score is 0 or more; what rounding may take from 0 counts as 0.
private func fires(_ unit: PerceptronParameters, _ x: [Double]) -> Bool {
  let terms = [unit.b] + x.indices.map { unit.w[$0, 0] * x[$0] }
  return terms.reduce(0, +) >= -1e-12 * terms.reduce(0) { $0 + $1.magnitude }
}

/// Examples at some parameters; the step is asked for each column of x.
private struct Examples: Sendable {
  var x: Matrix, w: Matrix, b: Double
  var parameters: PerceptronParameters { PerceptronParameters(w: w, b: b) }

  static func random(n: Int, count: Int, using generator: inout SeededGenerator) -> Examples {
    Examples(
      x: 2 * generator.normal(rows: n, columns: count), w: generator.normal(rows: n, columns: 1),
      b: generator.normal())
  }
}

private struct OneUpdate: Sendable {
  var x: Matrix, y: Double, w: Matrix, b: Double, rate: Double

  /// An example with this score.
  static func random(n: Int, score: Double, y: Double, using generator: inout SeededGenerator) -> OneUpdate {
    let x = generator.normal(rows: n, columns: 1)
    let w = generator.normal(rows: n, columns: 1)
    return OneUpdate(x: x, y: y, w: w, b: score - dot(w, x), rate: 0.2 + 0.5 * generator.uniform())
  }
}

/// Integers and rates that are powers of two, so that every score is exact. It is no `ExampleBatch`: what a perceptron
/// learns depends on the order of the examples.
private struct Training: Sendable {
  var X: Matrix, Y: Matrix, w: Matrix, b: Double, rate: Double, maxEpochs: Int

  enum Table: Sendable { case and, or, xor }

  init(X: Matrix, Y: Matrix, w: Matrix, b: Double, rate: Double, maxEpochs: Int) {
    self.X = X
    self.Y = Y
    self.w = w
    self.b = b
    self.rate = rate
    self.maxEpochs = maxEpochs
  }

  init(_ table: Table, w: Matrix = [[0], [0]], b: Double = 0, rate: Double = 1, maxEpochs: Int) {
    let Y: Matrix =
      switch table {
      case .and: [[0, 0, 0, 1]]
      case .or: [[0, 1, 1, 1]]
      case .xor: [[0, 1, 1, 0]]
      }
    self.init(X: [[0, 0, 1, 1], [0, 1, 0, 1]], Y: Y, w: w, b: b, rate: rate, maxEpochs: maxEpochs)
  }

  /// Whole numbers from −4 to 4, whose labels are drawn, so that some sets are separable and some are not.
  static func random(n: Int, m: Int, using generator: inout SeededGenerator) -> Training {
    func integers(_ rows: Int, _ columns: Int) -> Matrix {
      Matrix(rows: rows, columns: columns).map { _ in Double(generator.integer(below: 9)) - 4 }
    }
    return Training(
      X: integers(n, m), Y: LogisticBatch.labels(m, using: &generator), w: integers(n, 1), b: integers(1, 1)[0, 0],
      rate: [0.25, 0.5, 2][generator.integer(below: 3)], maxEpochs: 8)
  }
}

private struct Batch: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, w: Matrix, b: Double
  var examples: Int { X.columns }

  static func random(n: Int, m: Int, using generator: inout SeededGenerator) -> Batch {
    let batch = LogisticBatch.random(n: n, m: m, using: &generator)
    return Batch(X: batch.X, Y: batch.Y, w: batch.w, b: batch.b)
  }

  func permuted(by order: [Int]) -> Batch { Batch(X: X.columns(at: order), Y: Y.columns(at: order), w: w, b: b) }
}
