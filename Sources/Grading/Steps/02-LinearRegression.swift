import Curriculum

/// The steps of lesson 2.
public let linearRegressionSteps: [Step<any LinearRegressionLesson>] = [
  Step("2.1", on: points) { lesson, points in ["Ŷ": lesson.predict(X: points.X, at: points.Theta)] },

  Step("2.2", on: predictions) { lesson, input in
    let errors = lesson.errors(Yhat: input.Yhat, Y: input.Y)
    return ["squared": errors.squared, "absolute": errors.absolute]
  },

  Step(
    "2.3",
    on: RegressionBatch.inputs + [
      .edge(
        "errors of exactly 0",
        RegressionBatch(X: [[1, 2, 3, -1, 0], [0, 1, -1, 2, 1]], Y: [[3, 6, 7, 1, 5]], Theta: [[1], [2], [1]])),
      .edge(
        "errors of a thousandth",
        RegressionBatch(X: [[1, 2, 3], [0, 1, -1]], Y: [[3.001, 5.999, 6.001]], Theta: [[1], [2], [1]])),
      .edge(
        "errors of a ten-millionth",
        RegressionBatch(X: [[1, 2, 3], [0, 1, -1]], Y: [[3.0000001, 5.9999999, 6.0000001]], Theta: [[1], [2], [1]])),
    ],
    derivatives: { reference, batch in
      @Sendable func errors(_ Theta: Matrix) -> RegressionErrors {
        reference.errors(Yhat: reference.predict(X: batch.X, at: Theta), Y: batch.Y)
      }
      let squared = Derivative.of("the mean squared error", at: batch.Theta) { errors($0).squared }
      let absolute = Derivative.of("the mean absolute error", at: batch.Theta) { errors($0).absolute }
      // Where an error is 0, the absolute error has a corner and no derivative.
      let e = reference.predict(X: batch.X, at: batch.Theta) - batch.Y
      return abs(e).min() < 1e-4 ? ["squared": squared] : ["squared": squared, "absolute": absolute]
    }
  ) { lesson, batch in
    let g = lesson.gradients(X: batch.X, Y: batch.Y, at: batch.Theta)
    return ["squared": g.squared, "absolute": g.absolute]
  },

  Step("2.4", on: fits) { lesson, input in
    let name = "unique (1) or singular (0)"
    switch lesson.leastSquares(X: input.X, Y: input.Y) {
    case .unique(let Theta): return [name: 1, "Theta": Theta]
    case .singular: return [name: 0, "Theta": Matrix(rows: 0, columns: 1)]
    }
  },

  Step("2.5", on: descents) { lesson, input in
    let result = lesson.train(
      X: input.batch.X, Y: input.batch.Y, from: input.batch.Theta, rate: input.rate, steps: input.steps)
    return ["costs": result.costs, "Theta": result.Theta]
  },

  Step(
    "2.6", argument: "costs",
    on: curves + [
      .edge("a rise at first, and a fall that stays above the start", [1, 9, 3, 2]),
      .edge("a wave in the second half", [10, 5, 1, 3, 1]),
      .edge("large costs that fall", [1e14, 10, 5, 5]), .edge("a rise of very small costs", [1e-4, 5e-5, 5e-5, 2e-4]),
    ]
  ) { lesson, costs in
    let reading =
      switch lesson.readCurve(costs) {
      case .tooSmall: 0
      case .right: 1
      case .tooLarge: 2
      }
    return ["reading (0 tooSmall, 1 right, 2 tooLarge)": reading]
  },
]

private let points: [Input<Points>] = [
  .worked(Points(X: [[1, 2, 3]], Theta: [[1], [0.5]])), .random { .random(n: 3, m: 5, using: &$0) },
  .random { .random(n: 4, m: 2, using: &$0) }, .edge("one example") { .random(n: 2, m: 1, using: &$0) },
  .edge("negative predictions", Points(X: [[1, -2, 4], [3, 1, 0]], Theta: [[-2], [1], [-1]])),
]

private let predictions: [Input<Errors>] = [
  .worked(Errors(Yhat: [[1.5, 2, 2.5]], Y: [[2, 4, 3]])), .random { .random(m: 5, using: &$0) },
  .random { .random(m: 8, using: &$0) }, .edge("one example", Errors(Yhat: [[2.5]], Y: [[-0.5]])),
  .edge("errors that cancel", Errors(Yhat: [[3, -1, 2, 5]], Y: [[1, 1, 4, 3]])),
  .edge("no error at all", Errors(Yhat: [[3, -1, 2]], Y: [[3, -1, 2]])),
]

private let fits: [Input<Fit>] = [
  .worked(Fit(X: [[1, 2, 3]], Y: [[2, 4, 3]])), .random { .random(n: 2, m: 8, using: &$0) },
  .random { .random(n: 4, m: 15, using: &$0) },
  .edge("as many parameters as examples", Fit(X: [[1, 2, 0], [0, 1, 3]], Y: [[4, 1, -2]])),
  .edge("a feature that is twice another", Fit(X: [[1, 2, 3, 5], [2, 4, 6, 10]], Y: [[1, 3, 2, 4]])),
  .edge("fewer examples than parameters", Fit(X: [[1, 2, 4], [0, 3, 1], [2, 1, 1]], Y: [[1, 5, 2]])),
  .edge("a feature that is constant", Fit(X: [[3, 3, 3, 3], [1, 2, 4, 3]], Y: [[1, 0, 2, 5]])),
  .edge("one example", Fit(X: [[2]], Y: [[3]])),
  .edge("targets exactly on a line", Fit(X: [[1, 2, 3, 4]], Y: [[3, 5, 7, 9]])),
  .edge("a feature in small units", Fit(X: [[0.001, 0.002, 0.004]], Y: [[2, 4, 3]])),
  .edge(
    "a feature in small units, one in large ones",
    Fit(X: [[0.0001, 0.0003, 0.0002, 0.0007], [2000, 1000, 4000, 3000]], Y: [[1, 3, 2, 5]])),
]

private let descents: [Input<Descent>] = [
  .worked(Descent(batch: .worked, rate: 0.1, steps: 3)), .random { .random(n: 3, m: 5, steps: 4, using: &$0) },
  .random { .random(n: 2, m: 7, steps: 2, using: &$0) },
  .edge("no step at all") { .random(n: 2, m: 4, steps: 0, using: &$0) },
  .edge("a rate that is too large", Descent(batch: .worked, rate: 0.3, steps: 6)),
  .edge("a rate with which the costs explode", Descent(batch: .worked, rate: 1, steps: 20)),
]

private let curves: [Input<[Double]>] = [
  .worked([9, 4, 2.5, 1.6, 1.2, 1]), .random { falling(count: 8, share: 0.12 + 0.6 * $0.uniform(), using: &$0) },
  .random { falling(count: 9, share: 0.08 * $0.uniform(), using: &$0) },
  .edge("the second half brings 10.5 %") { falling(count: 10, share: 0.105, using: &$0) },
  .edge("the second half brings 9.5 %") { falling(count: 7, share: 0.095, using: &$0) },
  .edge("an odd number of costs", [10, 8, 1.6, 1.3, 1]),
  .edge("an odd number of costs", [10, 9, 3, 1.2, 1]), .edge("an even number of costs", [10, 9, 1.5, 1]),
  .edge("an even number of costs", [10, 3, 2.5, 1.2, 1.1, 1]),
  .edge("an even number of costs", [10, 8, 6, 3, 1.3, 1]),
  .edge("a fall that ends before the last step", [10, 9, 8, 7, 6, 4, 1.5, 1]),
  .edge("little falls, and early", [10, 9.6, 9.01, 9.005, 9.002, 9]),
  .edge("little falls, and late", [10, 9.99, 9.95, 9.9, 9.8, 9.7]),
  .edge("the last cost is 5 % above the first", [2, 1.5, 1.2, 1.4, 1.8, 2.1]),
  .edge("the last cost is 5 % below the first, after a rise", [2, 4, 1.8, 1.7, 1.8, 1.9]),
  .edge("one jump on the way down", [10, 14, 6, 1.3, 1.1, 1]),
  .edge("the cost grows from step to step", [1, 3, 9, 27, 81]),
  .edge("the last cost is infinite", [1, 100, 1e10, 1e200, .infinity]),
  .edge("infinite in between", [8, .infinity, 2, 1.9, 1.8, 1.7]),
  .edge("infinite in the second half", [8, 4, 2, 1.5, .infinity, 1.45]),
  .edge("NaN in the second half", [8, 4, 2, 1.5, .nan, 1.45]),
  .edge("NaN in the end", [5, 3, 2, 1.5, .nan, .nan]), .edge("NaN in between", [5, 3, .nan, 1.1, 1, 1]),
  .edge("NaN from the start", [.nan, 2, 1, 0.5]),
]

/// Costs that fall from some first to some last one; the second half brings this share of the fall.
private func falling(count: Int, share: Double, using generator: inout SeededGenerator) -> [Double] {
  let last = 1 + generator.uniform()
  let fall = 2 + 5 * generator.uniform()
  let middle = count / 2
  return (0..<count).map { i in
    i < middle
      ? last + fall * (1 - (1 - share) * Double(i) / Double(middle))
      : last + fall * share * Double(count - 1 - i) / Double(count - 1 - middle)
  }
}

/// Examples, targets and parameters of linear regression.
private struct RegressionBatch: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, Theta: Matrix
  var examples: Int { X.columns }

  func permuted(by order: [Int]) -> RegressionBatch {
    RegressionBatch(X: X.columns(at: order), Y: Y.columns(at: order), Theta: Theta)
  }

  /// The three houses of the chapter.
  static let worked = RegressionBatch(X: [[1, 2, 3]], Y: [[2, 4, 3]], Theta: [[1], [0.5]])

  static func random(n: Int, m: Int, using generator: inout SeededGenerator) -> RegressionBatch {
    RegressionBatch(
      X: generator.normal(rows: n, columns: m), Y: 2 * generator.normal(rows: 1, columns: m),
      Theta: Matrix(stacking: [Matrix(row: [1 + generator.uniform()]), generator.normal(rows: n, columns: 1)]))
  }

  static let inputs: [Input<RegressionBatch>] = [
    .worked(worked), .random { random(n: 3, m: 5, using: &$0) }, .random { random(n: 4, m: 7, using: &$0) },
    .edge("one example") { random(n: 2, m: 1, using: &$0) },
  ]
}

/// Examples and parameters, without targets.
private struct Points: ExampleBatch, Sendable {
  var X: Matrix, Theta: Matrix
  var examples: Int { X.columns }

  static func random(n: Int, m: Int, using generator: inout SeededGenerator) -> Points {
    let batch = RegressionBatch.random(n: n, m: m, using: &generator)
    return Points(X: batch.X, Theta: batch.Theta)
  }

  func permuted(by order: [Int]) -> Points { Points(X: X.columns(at: order), Theta: Theta) }
}

private struct Errors: ExampleBatch, Sendable {
  var Yhat: Matrix, Y: Matrix
  var examples: Int { Y.columns }

  static func random(m: Int, using generator: inout SeededGenerator) -> Errors {
    Errors(Yhat: 2 * generator.normal(rows: 1, columns: m), Y: generator.normal(rows: 1, columns: m))
  }

  func permuted(by order: [Int]) -> Errors { Errors(Yhat: Yhat.columns(at: order), Y: Y.columns(at: order)) }
}

private struct Fit: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix
  var examples: Int { X.columns }

  static func random(n: Int, m: Int, using generator: inout SeededGenerator) -> Fit {
    Fit(X: 1 + generator.normal(rows: n, columns: m), Y: 3 + 2 * generator.normal(rows: 1, columns: m))
  }

  func permuted(by order: [Int]) -> Fit { Fit(X: X.columns(at: order), Y: Y.columns(at: order)) }
}

private struct Descent: ExampleBatch, Sendable {
  var batch: RegressionBatch, rate: Double, steps: Int
  var examples: Int { batch.examples }

  static func random(n: Int, m: Int, steps: Int, using generator: inout SeededGenerator) -> Descent {
    Descent(
      batch: .random(n: n, m: m, using: &generator), rate: 0.05 + 0.15 * generator.uniform(), steps: steps)
  }

  func permuted(by order: [Int]) -> Descent { Descent(batch: batch.permuted(by: order), rate: rate, steps: steps) }
}
