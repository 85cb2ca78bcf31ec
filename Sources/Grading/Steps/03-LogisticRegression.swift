import Curriculum

/// The steps of lesson 3.
public let logisticRegressionSteps: [Step<any LogisticRegressionLesson>] = [
  Step(
    "3.1", argument: "z",
    on: [
      .worked(2), .random { 3 * $0.normal() }, .random { -1 - 3 * $0.uniform() }, .edge("z = 0", 0),
      .edge("a large z", 1000), .edge("a very negative z", -1000), .edge("z = −40", -40), .edge("z = 40", 40),
    ]
  ) { lesson, z in ["σ(z)": lesson.sigmoid(z)] },

  Step(
    "3.2",
    on: [
      .worked((a: 0.8, y: 1)), .random { (a: 0.05 + 0.9 * $0.uniform(), y: 0) },
      .random { (a: 0.05 + 0.9 * $0.uniform(), y: 1) },
      .edge("a wrong and certain prediction", (a: 0, y: 1)), .edge("a wrong and certain prediction", (a: 1, y: 0)),
      .edge("a right and certain prediction", (a: 0, y: 0)), .edge("a right and certain prediction", (a: 1, y: 1)),
      .edge("a small a", (a: 1e-10, y: 1)),
    ],
    // 1 − (1 − a) is as right as a, and has lost half of a small a's digits.
    tolerances: ["crossEntropy": .close(relative: 1e-7, absolute: 1e-9)]
  ) { lesson, x in
    let losses = lesson.losses(a: x.a, y: x.y)
    return ["squared": losses.squared, "crossEntropy": losses.crossEntropy]
  },

  Step("3.3", on: OneExample.inputs) { lesson, example in
    let forward = lesson.forward(x: example.x, at: example.parameters)
    return ["z": forward.z, "a": forward.a]
  },

  Step(
    "3.4",
    on: [
      .worked(Backward(x: [[1], [2]], y: 1, a: 0.52497918747894)),  // 3.3's example: z = 0.1
      .random { Backward(x: $0.normal(rows: 3, columns: 1), y: 1, a: 0.05 + 0.9 * $0.uniform()) },
      .random { Backward(x: $0.normal(rows: 4, columns: 1), y: 0, a: 0.05 + 0.9 * $0.uniform()) },
      .edge("a = 1 for a label of 0", Backward(x: [[2], [-3]], y: 0, z: 800, a: 1)),
      .edge("a = 0 for a label of 1", Backward(x: [[2], [-3]], y: 1, z: -800, a: 0)),
    ],
    derivatives: { reference, input in
      if input.a == 0 || input.a == 1 { return [:] }
      @Sendable func loss(_ a: Double) -> Double { reference.losses(a: a, y: input.y).crossEntropy }
      return [
        "da": .of("the loss", at: input.a) { loss($0) },
        "dz": .of("the loss", at: input.z) { loss(reference.sigmoid($0)) },
        // z is w·x + b for some w and b: any will do.
        "dw": .of("the loss", at: Matrix(rows: input.x.rows, columns: 1)) {
          loss(reference.forward(x: input.x, at: .init(w: $0, b: input.z)).a)
        },
        "db": .of("the loss", at: 0) {
          loss(reference.forward(x: input.x, at: .init(w: 0 * input.x, b: input.z + $0)).a)
        },
      ]
    }
  ) { lesson, input in
    let g = lesson.backward(x: input.x, y: input.y, forward: ExampleForward(z: input.z, a: input.a))
    return ["da": g.da, "dz": g.dz, "dw": g.dw, "db": g.db]
  },

  Step("3.5", on: LogisticBatch.inputs) { lesson, batch in
    ["J": lesson.cost(X: batch.X, Y: batch.Y, at: batch.parameters)]
  },

  Step(
    "3.6", on: LogisticBatch.inputs,
    derivatives: { reference, batch in
      if batch.isSaturated { return [:] }
      return [
        "dw": .of("J", at: batch.w) { reference.cost(X: batch.X, Y: batch.Y, at: .init(w: $0, b: batch.b)) },
        "db": .of("J", at: batch.b) { reference.cost(X: batch.X, Y: batch.Y, at: .init(w: batch.w, b: $0)) },
      ]
    }
  ) { lesson, batch in
    let g = lesson.gradients(X: batch.X, Y: batch.Y, at: batch.parameters)
    return ["J": g.cost, "dw": g.dw, "db": g.db]
  },

  Step(
    "3.7",
    on: [
      .worked((w: [[0.5], [-0.25]], b: 0.1, dw: [[0.4], [-0.2]], db: 0.3, rate: 0.5)),
      .random {
        (
          w: $0.normal(rows: 3, columns: 1), b: $0.normal(), dw: $0.normal(rows: 3, columns: 1), db: $0.normal(),
          rate: 0.1 + 0.5 * $0.uniform()
        )
      },
      .edge("a rate above 1") {
        (
          w: $0.normal(rows: 4, columns: 1), b: $0.normal(), dw: $0.normal(rows: 4, columns: 1), db: $0.normal(),
          rate: 1.5 + 2 * $0.uniform()
        )
      },
    ]
  ) { lesson, input in
    let updated = lesson.update(
      LogisticParameters(w: input.w, b: input.b),
      gradients: LogisticGradients(cost: 0.7, dw: input.dw, db: input.db), rate: input.rate)
    return ["w": updated.w, "b": updated.b]
  },

  Step(
    "3.8",
    on: LogisticBatch.trainings(steps: 4) + [
      .edge("no step at all") { LogisticBatch.training(n: 2, m: 4, steps: 0, using: &$0) },
      // The costs: 0.541, 0.538, 0.454, 0.487, 0.455.
      .edge(
        "a rate so large that the cost rises on the way",
        LogisticBatch.Training(
          batch: LogisticBatch(X: [[2, 1, -1, 0.5, -1.5]], Y: [[1, 0, 0, 1, 0]], w: [[0.4]], b: -0.3), rate: 10,
          steps: 5)),
      .edge(
        "a rate so small that the cost hardly changes",
        LogisticBatch.Training(batch: .worked, rate: 1e-9, steps: 3)),
    ]
  ) { lesson, input in
    let result = lesson.train(
      X: input.batch.X, Y: input.batch.Y, from: input.batch.parameters, rate: input.rate, steps: input.steps)
    return ["costs": result.costs, "w": result.parameters.w, "b": result.parameters.b]
  },

  Step(
    "3.9",
    on: [
      .worked(
        LogisticBatch(X: LogisticBatch.worked.X, Y: [[1, 0, 0]], w: LogisticBatch.worked.w, b: LogisticBatch.worked.b)),
      .random { .random(n: 3, m: 8, using: &$0) }, .random { .random(n: 2, m: 11, using: &$0) },
      .edge(
        "scores around 0 and ½",
        LogisticBatch(X: [[0.2, 0.4, 0.47, -0.3, -0.9]], Y: [[1, 0, 1, 0, 1]], w: [[1]], b: 0.05)),
      .edge("w = 0 and b = 0: every a is ½", LogisticBatch(X: [[1, -2, 3]], Y: [[1, 0, 1]], w: [[0]], b: 0)),
      .edge("scores of ±1000", LogisticBatch(X: [[1000, -1000, 2, -3]], Y: [[1, 0, 0, 0]], w: [[1]], b: 0)),
    ] as [Input<LogisticBatch>]
  ) { lesson, batch in
    let predictions = lesson.evaluate(X: batch.X, Y: batch.Y, at: batch.parameters)
    return ["classes": predictions.classes, "accuracy": predictions.accuracy]
  },

  Step(
    "3.10",
    on: [
      .worked((A: [[0.9, 0.2, 0.6]], Y: [[1, 0, 1]])), .random { Likelihood.random(m: 7, using: &$0) },
      .edge("1,500 examples, whose probabilities' product is below the smallest Double") {
        Likelihood.random(m: 1500, using: &$0)
      },
      .edge("probabilities of exactly 0 and 1", (A: [[0, 1, 1, 0.5]], Y: [[1, 1, 0, 0]])),
    ]
  ) { lesson, input in ["log-likelihood": lesson.logLikelihood(A: input.A, Y: input.Y)] },
]

/// One example at some parameters.
private struct OneExample: Sendable {
  var x: Matrix, w: Matrix, b: Double
  var parameters: LogisticParameters { LogisticParameters(w: w, b: b) }

  static let inputs: [Input<OneExample>] = [
    .worked(OneExample(x: [[1], [2]], w: [[0.5], [-0.25]], b: 0.1)), .random { .random(n: 3, using: &$0) },
    .random { .random(n: 5, using: &$0) }, .edge("one feature") { .random(n: 1, using: &$0) },
    .edge("a negative score", OneExample(x: [[1], [3]], w: [[0.5], [-1]], b: 0.2)),
    .edge("a score of 1000", OneExample(x: [[400], [-199]], w: [[2], [-1]], b: 1)),
    .edge("a score of −1000", OneExample(x: [[400], [-201]], w: [[-2], [1]], b: 1)),
  ]

  static func random(n: Int, using generator: inout SeededGenerator) -> OneExample {
    OneExample(
      x: generator.normal(rows: n, columns: 1), w: generator.normal(rows: n, columns: 1), b: 0.5 + generator.uniform())
  }
}

/// One example with its label and its forward pass.
private struct Backward: Sendable {
  var x: Matrix, y: Double, z: Double, a: Double

  init(x: Matrix, y: Double, z: Double, a: Double) {
    self.x = x
    self.y = y
    self.z = z
    self.a = a
  }

  /// A forward pass that gave a: z is the a's log-odds.
  init(x: Matrix, y: Double, a: Double) { self.init(x: x, y: y, z: log(a / (1 - a)), a: a) }
}

private enum Likelihood {
  static func random(m: Int, using generator: inout SeededGenerator) -> (A: Matrix, Y: Matrix) {
    (A: 0.05 + 0.9 * generator.uniform(rows: 1, columns: m), Y: LogisticBatch.labels(m, using: &generator))
  }
}

extension LogisticBatch {
  /// The inputs of every step that goes over m examples once.
  static let inputs: [Input<LogisticBatch>] = [
    .worked(worked), .random { random(n: 3, m: 5, using: &$0) }, .random { random(n: 4, m: 7, using: &$0) },
    .edge("one example") { random(n: 2, m: 1, using: &$0) },
    .edge("scores of ±60 to ±600") { saturated(using: &$0) }, .edge("scores of ±750") { overflowing(using: &$0) },
  ]

  /// A batch with the learning rate and the number of steps for training on it.
  struct Training: ExampleBatch, Sendable {
    var batch: LogisticBatch, rate: Double, steps: Int
    var examples: Int { batch.examples }
    func permuted(by order: [Int]) -> Training { Training(batch: batch.permuted(by: order), rate: rate, steps: steps) }
  }

  /// The inputs of a training loop: few steps, so that rounding has no time to grow.
  static func trainings(steps: Int) -> [Input<Training>] {
    [
      .worked(Training(batch: worked, rate: 0.5, steps: steps)),
      .random { training(n: 3, m: 5, steps: steps + 1, using: &$0) },
      .random { training(n: 4, m: 7, steps: 2, using: &$0) },
    ]
  }

  static func training(n: Int, m: Int, steps: Int, using generator: inout SeededGenerator) -> Training {
    Training(batch: random(n: n, m: m, using: &generator), rate: 0.2 + 0.5 * generator.uniform(), steps: steps)
  }
}
