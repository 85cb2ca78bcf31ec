import Curriculum

/// The steps of lesson 6.
public let softmaxRegressionSteps: [Step<any SoftmaxRegressionLesson>] = [
  Step(
    "6.1", argument: "Z",
    on: [
      .worked([[0, 2], [1, 2], [2, -1]]), .random { 3 * $0.normal(rows: 4, columns: 3) },
      .random { 2 * $0.normal(rows: 3, columns: 5) + 1 },
      .edge(
        "scores up to ±1000", [[1000, -1000, 1000, 0, 1000], [0, -1000, 999, -1000, 1000], [-1000, -999, 998, 3, 1]]),
      .edge("scores up to a million", [[1e6, -1e6, 0], [999_999, -999_998, -1e6], [-1e6, -1e6, -2]]),
      .edge("all scores alike", [[5, -2], [5, -2], [5, -2], [5, -2]]),
      .edge("two classes", [[1, -40, 0.5], [3, 40, 0.5]]),
    ]
  ) { lesson, Z in ["A": lesson.softmax(Z)] },

  Step(
    "6.2",
    on: [
      .worked(Recoding(labels: .classes([2, 0, 2]), K: 4)),
      .edge(
        "the chapter's example, back",
        Recoding(labels: .oneHot([[0, 1, 0], [0, 0, 0], [1, 0, 1], [0, 0, 0]]), K: 4)),
      .random { Recoding(labels: .classes(LayerBatch.classes(m: 7, K: 4, using: &$0)), K: 4) },
      .random { Recoding(labels: .oneHot(LayerBatch.oneHot(m: 6, K: 5, using: &$0)), K: 5) },
      .edge("the last class never occurs", Recoding(labels: .classes([1, 0, 3, 1, 1, 0]), K: 5)),
      .edge("one example", Recoding(labels: .classes([1]), K: 3)),
      .edge(
        "columns of probabilities, two of them with a tie",
        Recoding(
          labels: .oneHot([
            [0.2, 0.4, 0.25, 0.1, 0], [0.5, 0.4, 0.25, 0.2, 0.3], [0.3, 0.2, 0.5, 0.7, 0.35], [0, 0, 0, 0, 0.35],
          ]), K: 4)
      ),
      .edge(
        "columns of logarithms, all of them negative",
        Recoding(labels: .oneHot([[-3, -0.5, -2], [-0.5, -2, -4], [-1, -1.5, -0.25]]), K: 3)),
      .edge(
        "columns of two probabilities", Recoding(labels: .oneHot([[0.5, 0.2, 0.5], [0.5, 0.8, 0.5]]), K: 2)),
    ]
  ) { lesson, input in
    switch lesson.recode(input.labels, classes: input.K) {
    case .classes(let classes): ["one-hot": false, "labels": classes]
    case .oneHot(let Y): ["one-hot": true, "labels": Y]
    }
  },

  Step(
    "6.3",
    on: [
      .worked(Predicted(A: [[0.7, 0.25], [0.2, 0.25], [0.1, 0.5]], Y: [[1, 0], [0, 1], [0, 0]])),
      .random { Predicted.random(m: 5, K: 4, using: &$0) }, .random { Predicted.random(m: 7, K: 3, using: &$0) },
      .edge("one example") { Predicted.random(m: 1, K: 3, using: &$0) },
      .edge(
        "probabilities of exactly 0 and 1",
        Predicted(
          A: [[1, 0, 0, 0.5], [0, 1, 0, 0.5], [0, 0, 1, 0]], Y: [[1, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])),
      .edge(
        "a small probability of the right class",
        Predicted(A: [[1e-10, 0.5], [1 - 1e-10, 0.25], [0, 0.25]], Y: [[1, 0], [0, 0], [0, 1]])),
      .edge(
        "a probability of the right class far below the floor",
        Predicted(A: [[1e-30, 0.5, 1e-300], [1, 0.25, 1], [0, 0.25, 0]], Y: [[1, 0, 1], [0, 0, 0], [0, 1, 0]])),
    ],
    // log1p(a − 1) loses digits where a is small, and is no mistake.
    tolerances: ["J": .close(relative: 1e-7, absolute: 1e-9)]
  ) { lesson, input in ["J": lesson.crossEntropy(A: input.A, Y: input.Y)] },

  Step(
    "6.4",
    on: LayerBatch.inputs(LayerBatch.worked) { LayerBatch.random(n: $0, m: $1, K: $2, using: &$3) }
      + [.edge("scores of ±1000", LayerBatch.saturated)],
    derivatives: { reference, batch in
      batch.derivatives { reference.propagate(X: $0, Y: batch.Y, at: $1).cost }
    }
  ) { lesson, batch in observation(of: lesson.propagate(X: batch.X, Y: batch.Y, at: batch.layer)) },

  Step(
    "6.5",
    on: [
      .worked(Training(batch: .fromZero, rate: 0.5, steps: 3)),
      .random { Training(batch: .random(n: 2, m: 5, K: 4, using: &$0), rate: 0.2 + 0.5 * $0.uniform(), steps: 4) },
      .random { Training(batch: .random(n: 5, m: 7, K: 3, using: &$0), rate: 0.2 + 0.5 * $0.uniform(), steps: 2) },
      .edge("one step", Training(batch: .fromZero, rate: 0.5, steps: 1)),
      .edge("no step at all, from 0: every column is a tie", Training(batch: .fromZero, rate: 0.5, steps: 0)),
      .edge(
        "the same example with two labels",
        Training(
          batch: LayerBatch(
            X: [[1, 1, -2, 1], [0.5, 0.5, 1, 0.5]], Y: [[1, 0, 0, 0], [0, 1, 0, 1], [0, 0, 1, 0]],
            W: [[0.1, 0.2], [0, -0.1], [0.3, 0]], b: [[0.1], [0.2], [-0.1]]),
          rate: 0.8, steps: 3)),
      .edge(
        "a rate so large that the cost rises",
        Training(
          batch: LayerBatch(
            X: [[1, 2, -1, 3], [0.5, -1, 1, 0.25]], Y: [[1, 0, 0, 0], [0, 1, 0, 1], [0, 0, 1, 0]],
            W: [[0.1, 0.2], [0, -0.1], [0.3, 0]], b: [[0.1], [0.2], [-0.1]]),
          rate: 6, steps: 3)),
      .edge(
        "a start that is nearly perfect",
        Training(
          batch: LayerBatch(
            X: [[1, -1, 0, 2], [1, 1, -2, 1]], Y: [[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0]],
            W: [[6, 0], [-6, 0], [0, -6]], b: [[0], [0.5], [-0.5]]), rate: 0.5, steps: 3)),
      .edge(
        "features of about 50, and large gradients",
        Training(
          batch: LayerBatch(
            X: [[50, -40, 30, 60], [-20, 55, 45, -35]], Y: [[1, 0, 0, 0], [0, 1, 0, 1], [0, 0, 1, 0]],
            W: [[0.01, 0.02], [0, -0.01], [0.03, 0]], b: [[0.1], [0.2], [-0.1]]), rate: 0.01, steps: 2)),
      .edge("a rate so small that hardly anything changes", Training(batch: .fromZero, rate: 1e-7, steps: 3)),
    ]
  ) { lesson, input in
    let result = lesson.train(
      X: input.batch.X, Y: input.batch.Y, from: input.batch.layer, rate: input.rate, steps: input.steps)
    return ["costs": result.costs, "W": result.layer.W, "b": result.layer.b, "classes": result.classes]
  },

  Step(
    "6.6",
    on: [
      .worked(Scored(X: LayerBatch.worked.X, W: LayerBatch.worked.W, b: LayerBatch.worked.b)),
      .random { Scored.random(n: 2, m: 5, K: 4, using: &$0) }, .random { Scored.random(n: 5, m: 4, K: 3, using: &$0) },
      .edge("two classes: the first row is σ") { Scored.random(n: 3, m: 4, K: 2, using: &$0) },
      .edge("scores of ±1000", Scored(X: LayerBatch.saturated.X, W: LayerBatch.saturated.W, b: LayerBatch.saturated.b)),
      .edge(
        "all log-odds far below 0, and two far above",
        Scored(X: [[1000, -1000], [0, 1]], W: [[-1, 0.5], [-1, 1], [0, 0]], b: [[0.25], [0], [0]])),
      .edge("one example") { Scored.random(n: 2, m: 1, K: 5, using: &$0) },
    ]
  ) { lesson, input in
    let logOdds = lesson.logOdds(X: input.X, at: Layer(W: input.W, b: input.b))
    return ["W": logOdds.layer.W, "b": logOdds.layer.b, "A": logOdds.A]
  },

  Step(
    "6.7",
    on: LayerBatch.inputs(LayerBatch.labelled) { LayerBatch.multiLabel(n: $0, m: $1, K: $2, using: &$3) }
      + [.edge("scores of ±1000", LayerBatch.saturatedLabels)],
    derivatives: { reference, batch in
      batch.derivatives { reference.propagateLabels(X: $0, Y: batch.Y, at: $1).cost }
    }
  ) { lesson, batch in observation(of: lesson.propagateLabels(X: batch.X, Y: batch.Y, at: batch.layer)) },
]

private func observation(of pass: LayerPass) -> Observation {
  ["A": pass.A, "J": pass.cost, "dZ": pass.dZ, "dW": pass.dW, "db": pass.db]
}

/// Labels in one form, to be brought into the other.
private struct Recoding: Sendable, CustomReflectable {
  var labels: Labels, K: Int

  /// What a report shows of it.
  var customMirror: Mirror {
    switch labels {
    case .classes(let classes): Mirror(self, children: ["classes": classes, "K": K], displayStyle: .struct)
    case .oneHot(let Y): Mirror(self, children: ["one-hot": Y, "K": K], displayStyle: .struct)
    }
  }
}

/// Probabilities and one-hot labels.
private struct Predicted: ExampleBatch, Sendable {
  var A: Matrix, Y: Matrix
  var examples: Int { A.columns }

  static func random(m: Int, K: Int, using generator: inout SeededGenerator) -> Predicted {
    let shares = 0.05 + generator.uniform(rows: K, columns: m)
    return Predicted(A: shares ./ shares.columnSums(), Y: LayerBatch.oneHot(m: m, K: K, using: &generator))
  }

  func permuted(by order: [Int]) -> Predicted { Predicted(A: A.columns(at: order), Y: Y.columns(at: order)) }
}

/// Examples and the layer that scores them.
private struct Scored: ExampleBatch, Sendable {
  var X: Matrix, W: Matrix, b: Matrix
  var examples: Int { X.columns }

  static func random(n: Int, m: Int, K: Int, using generator: inout SeededGenerator) -> Scored {
    let batch = LayerBatch.random(n: n, m: m, K: K, using: &generator)
    return Scored(X: batch.X, W: batch.W, b: batch.b)
  }

  func permuted(by order: [Int]) -> Scored { Scored(X: X.columns(at: order), W: W, b: b) }
}

/// Examples with the learning rate and the number of steps for training on them.
private struct Training: ExampleBatch, Sendable {
  var batch: LayerBatch, rate: Double, steps: Int
  var examples: Int { batch.examples }
  func permuted(by order: [Int]) -> Training { Training(batch: batch.permuted(by: order), rate: rate, steps: steps) }
}

/// Examples, labels and a layer.
private struct LayerBatch: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, W: Matrix, b: Matrix

  var layer: Layer { Layer(W: W, b: b) }
  var examples: Int { X.columns }

  func permuted(by order: [Int]) -> LayerBatch {
    LayerBatch(X: X.columns(at: order), Y: Y.columns(at: order), W: W, b: b)
  }

  /// The chapter's example: n = 2 features, m = 4 examples, K = 3 classes.
  static let worked = LayerBatch(
    X: [[1, 0, -1, 2], [0, 1, 1, -1]], Y: [[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0]],
    W: [[1, 0], [0, 1], [-1, -1]], b: [[0], [0.5], [-0.5]])

  /// The same examples, before anything has been learnt.
  static let fromZero = LayerBatch(
    X: worked.X, Y: worked.Y, W: Matrix(rows: 3, columns: 2), b: Matrix(rows: 3, columns: 1))

  /// The same examples with two labels, one, none and all three.
  static let labelled = LayerBatch(
    X: worked.X, Y: [[1, 0, 0, 1], [1, 1, 0, 1], [0, 0, 0, 1]], W: worked.W, b: worked.b)

  /// Scores beyond ±1000, where probabilities are 0 and 1 to the last digit; the second example's label is impossible.
  static let saturated = LayerBatch(
    X: [[1000, -1000, -1000, 500], [0, 0, -500, 600]], Y: [[0, 1, 0, 1], [0, 0, 1, 0], [1, 0, 0, 0]],
    W: [[1, 0], [0, 1], [1, 1]], b: [[0.5], [-0.25], [0]])

  static let saturatedLabels = LayerBatch(
    X: saturated.X, Y: [[1, 1, 0, 0], [1, 0, 0, 1], [0, 0, 1, 1]], W: saturated.W, b: saturated.b)

  /// The inputs of a forward and backward step, drawn by `random`, which takes n, m and K.
  static func inputs(
    _ worked: LayerBatch,
    random: @escaping @Sendable (_ n: Int, _ m: Int, _ K: Int, inout SeededGenerator) -> LayerBatch
  ) -> [Input<LayerBatch>] {
    [
      .worked(worked), .random { random(2, 5, 4, &$0) }, .random { random(5, 4, 3, &$0) },
      .edge("one example") { random(3, 1, 4, &$0) }, .edge("two classes") { random(4, 3, 2, &$0) },
    ]
  }

  /// Normal features and one-hot labels at random parameters.
  static func random(n: Int, m: Int, K: Int, using generator: inout SeededGenerator) -> LayerBatch {
    LayerBatch(
      X: generator.normal(rows: n, columns: m), Y: oneHot(m: m, K: K, using: &generator),
      W: generator.normal(rows: K, columns: n), b: 0.5 + generator.uniform(rows: K, columns: 1))
  }

  /// The same with any number of ones in a column of labels.
  static func multiLabel(n: Int, m: Int, K: Int, using generator: inout SeededGenerator) -> LayerBatch {
    var batch = random(n: n, m: m, K: K, using: &generator)
    batch.Y = generator.uniform(rows: K, columns: m) .> 0.5
    // One column without a label, one with all.
    for k in 0..<K where m > 1 {
      batch.Y[k, 0] = 0
      batch.Y[k, m - 1] = 1
    }
    return batch
  }

  /// Classes in no regular order, not all alike.
  static func classes(m: Int, K: Int, using generator: inout SeededGenerator) -> [Int] {
    let first = generator.integer(below: K)
    return (0..<m).map { $0 < 2 ? (first + $0) % K : generator.integer(below: K) }
  }

  static func oneHot(m: Int, K: Int, using generator: inout SeededGenerator) -> Matrix {
    Matrix.identity(K).columns(at: classes(m: m, K: K, using: &generator))
  }

  /// What dZ, dW and db are the derivatives of, for a cost of the examples and the layer; none where the cost is flat.
  func derivatives(
    of cost: @escaping @Sendable (_ X: Matrix, _ layer: Layer) -> Double
  ) -> KeyValuePairs<String, Derivative> {
    let m = Double(examples)
    let K = W.rows
    let (X, W, b) = (X, W, b)
    let Z = W * X + b
    if Z.elements.contains(where: { abs($0) > 30 }) { return [:] }
    return [
      // The scores themselves are the features of a layer that changes nothing.
      "dZ": .of("m·J", at: Z) { m * cost($0, Layer(W: .identity(K), b: Matrix(rows: K, columns: 1))) },
      "dW": .of("J", at: W) { cost(X, Layer(W: $0, b: b)) },
      "db": .of("J", at: b) { cost(X, Layer(W: W, b: $0)) },
    ]
  }
}
