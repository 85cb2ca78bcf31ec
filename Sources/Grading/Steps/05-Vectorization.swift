import Curriculum

/// The steps of lesson 5.
public let vectorizationSteps: [Step<any VectorizationLesson>] = [
  Step(
    "5.1",
    on: [
      .worked((A: [[1, 2, 1], [-1, 0.5, 3]], v: [[2], [-1], [4]])),
      .random { (A: $0.normal(rows: 4, columns: 3), v: $0.normal(rows: 3, columns: 1)) },
      .edge("one row") { (A: $0.normal(rows: 1, columns: 5), v: $0.normal(rows: 5, columns: 1)) },
    ]
  ) { lesson, input in
    let product = lesson.product(A: input.A, v: input.v)
    return ["byLoops": product.byLoops, "byOperation": product.byOperation]
  },

  Step(
    "5.2", argument: "V",
    on: [
      .worked([[1, -2, 0.5], [-0.25, 3, -1]]), .random { $0.normal(rows: 4, columns: 3) },
      .edge("small entries", [[1e-5, -1e-5], [-1e-8, 2]]),
    ]
  ) { lesson, V in
    let values = lesson.elementwise(V)
    return [
      "exp": values.exp, "log": values.log, "abs": values.abs, "max": values.max,
      "an operation for every row or column (1: yes, 0: no)": growsWithExamples {
        _ = lesson.elementwise(Matrix(rows: 2, columns: $0, repeating: 0.5))
        _ = lesson.elementwise(Matrix(rows: $0, columns: 2, repeating: 0.5))
      },
    ]
  },

  Step(
    "5.3",
    on: [
      .worked(Image(x: Matrix(column: [11, 12, 13, 21, 22, 23]), height: 1, width: 2, order: .planar)),
      .random { Image.random(height: 2, width: 3, to: .planar, using: &$0) },
      .random { Image.random(height: 4, width: 3, to: .interleaved, using: &$0) },
    ]
  ) { lesson, image in
    ["x": lesson.reorder(image.x, height: image.height, width: image.width, to: image.order)]
  },

  Step(
    "5.4",
    on: [
      .worked(Scaling(train: [[1, 2, 6], [10, 30, 20]], other: [[4], [0]], scaling: .standard)),
      .edge(
        "the chapter's example by min and max",
        Scaling(train: [[1, 2, 6], [10, 30, 20]], other: [[4], [0]], scaling: .minMax)),
      .random { Scaling.random(.standard, using: &$0) }, .random { Scaling.random(.minMax, using: &$0) },
      .edge(
        "a constant feature", Scaling(train: [[5, 5, 5], [1, 2, 4]], other: [[7, 5], [3, 8]], scaling: .standard)),
      .edge(
        "a constant feature", Scaling(train: [[5, 5, 5], [1, 2, 4]], other: [[7, 5], [3, 8]], scaling: .minMax)),
      .edge("features that hardly vary", Scaling.still(.standard)),
      .edge("features that hardly vary", Scaling.still(.minMax)),
    ]
  ) { lesson, input in
    let scaled = lesson.scale(train: input.train, other: input.other, by: input.scaling)
    return ["train": scaled.train, "other": scaled.other]
  },

  Step("5.5", on: LogisticBatch.inputs) { lesson, batch in
    let forward = lesson.forward(X: batch.X, at: batch.parameters)
    return [
      "Z": forward.Z, "A": forward.A,
      loops: growsWithExamples {
        let batch = LogisticBatch.plain(m: $0)
        _ = lesson.forward(X: batch.X, at: batch.parameters)
      },
    ]
  },

  Step(
    "5.6",
    on: [
      .worked(Predicted(A: [[0.9, 0.2, 0.6]], Y: [[1, 0, 1]])), .random { Predicted.random(m: 5, using: &$0) },
      .random { Predicted.random(m: 8, using: &$0) }, .edge("one example") { Predicted.random(m: 1, using: &$0) },
      .edge("probabilities of exactly 0 and 1", Predicted(A: [[0, 1, 1, 0.5, 0]], Y: [[1, 1, 0, 0, 0]])),
    ]
  ) { lesson, input in
    [
      "J": lesson.cost(A: input.A, Y: input.Y),
      loops: growsWithExamples {
        _ = lesson.cost(A: Matrix(rows: 1, columns: $0, repeating: 0.5), Y: Matrix(rows: 1, columns: $0))
      },
    ]
  },

  Step(
    "5.7",
    on: [
      .worked(Labelled(X: [[1, -1, 0], [2, 0.5, -3]], A: [[0.9, 0.2, 0.6]], Y: [[1, 0, 1]])),
      .random { Labelled.random(n: 3, m: 5, using: &$0) }, .random { Labelled.random(n: 7, m: 4, using: &$0) },
      .edge("one example") { Labelled.random(n: 2, m: 1, using: &$0) },
    ],
    derivatives: { reference, input in
      let m = Double(input.A.columns)
      // The scores are one more feature with weight 1, so that some w and b give just this A.
      let scores = log(input.A ./ (1 - input.A))
      @Sendable func cost(_ X: Matrix, _ w: Matrix, _ b: Double) -> Double {
        reference.cost(A: reference.forward(X: X, at: .init(w: w, b: b)).A, Y: input.Y)
      }
      let X = Matrix(stacking: [input.X, scores])
      return [
        "dZ": .of("m·J", at: scores) { m * cost($0, [[1]], 0) },
        "dw": .of("J", at: Matrix(rows: input.X.rows, columns: 1)) { cost(X, Matrix(stacking: [$0, [[1]]]), 0) },
        "db": .of("J", at: 0) { cost(scores, [[1]], $0) },
      ]
    }
  ) { lesson, input in
    let g = lesson.backward(X: input.X, A: input.A, Y: input.Y)
    return [
      "dZ": g.dZ, "dw": g.dw, "db": g.db,
      loops: growsWithExamples {
        let batch = LogisticBatch.plain(m: $0)
        _ = lesson.backward(X: batch.X, A: Matrix(rows: 1, columns: $0, repeating: 0.5), Y: batch.Y)
      },
    ]
  },

  Step(
    "5.8",
    on: LogisticBatch.trainings(steps: 4) + [
      .edge("no step at all") { LogisticBatch.training(n: 2, m: 4, steps: 0, using: &$0) },
      .edge(
        "a rate so large that the cost rises",
        LogisticBatch.Training(
          batch: LogisticBatch(X: [[2, -1, 0.5, -1.5]], Y: [[1, 1, 0, 0]], w: [[0.25]], b: 0.1), rate: 8, steps: 3)),
      .edge("a rate so small that the cost hardly falls") {
        LogisticBatch.Training(batch: .random(n: 2, m: 4, using: &$0), rate: 1e-9, steps: 3)
      },
      .edge(
        "scores of ±750",
        LogisticBatch.Training(
          batch: LogisticBatch(
            X: [[750, -750, 750, 2], [1, -2, 3, -1]], Y: [[1, 0, 0, 1]], w: [[1], [0.5]], b: 0.25),
          rate: 0.0005, steps: 2)),
    ]
  ) { lesson, input in
    let result = lesson.train(
      X: input.batch.X, Y: input.batch.Y, from: input.batch.parameters, rate: input.rate, steps: input.steps)
    return [
      "costs": result.costs, "w": result.parameters.w, "b": result.parameters.b,
      loops: growsWithExamples {
        let batch = LogisticBatch.plain(m: $0)
        _ = lesson.train(X: batch.X, Y: batch.Y, from: batch.parameters, rate: 0.1, steps: 2)
      },
    ]
  },

  Step(
    "5.9",
    on: [
      .worked(Timing(loop: [5, 3, 4], vectorized: [0.5, 0.25, 1], start: 100)),
      .random { Timing.random(repetitions: 4, using: &$0) },
      .edge("one run of each") { Timing.random(repetitions: 1, using: &$0) },
      .edge("the shortest times in different runs", Timing(loop: [3, 5], vectorized: [0.5, 0.25], start: 0)),
    ]
  ) { lesson, timing in
    // A false clock, which only the two programs move.
    var clock = timing.start
    var runs = (loop: 0, vectorized: 0)
    let comparison = lesson.compare(
      repetitions: timing.loop.count, now: { clock },
      loop: {
        clock += timing.loop[runs.loop % timing.loop.count]
        runs.loop += 1
      },
      vectorized: {
        clock += timing.vectorized[runs.vectorized % timing.vectorized.count]
        runs.vectorized += 1
      })
    return [
      "loop": comparison.loop, "vectorized": comparison.vectorized, "ratio": comparison.ratio,
      "runs of the loop": runs.loop, "runs of the vectorized program": runs.vectorized,
    ]
  },
]

/// The quantity that says whether every further example takes a further operation on matrices.
private let loops = "an operation for every example (1: yes, 0: no)"

/// Whether a step calls an operation of `Matrix`, elements read singly included, for about every example: at least 150
/// more on 600 examples than on 300. A few entries printed, or batches of a hundred, are no loop over the examples.
private func growsWithExamples(_ step: (_ m: Int) -> Void) -> Bool {
  OperationCount.counting { step(600) }.count - OperationCount.counting { step(300) }.count >= 150
}

extension LogisticBatch {
  /// A batch of any size without a drawn number in it.
  fileprivate static func plain(m: Int) -> LogisticBatch {
    LogisticBatch(
      X: Matrix(rows: 2, columns: m, repeating: 0.5), Y: Matrix(rows: 1, columns: m), w: [[0.25], [-0.5]], b: 0.125)
  }
}

/// A colour image and the order to bring it into.
private struct Image: Sendable {
  var x: Matrix, height: Int, width: Int, order: PixelOrder

  static func random(height: Int, width: Int, to order: PixelOrder, using generator: inout SeededGenerator) -> Image {
    Image(x: generator.uniform(rows: 3 * height * width, columns: 1), height: height, width: width, order: order)
  }
}

private struct Scaling: Sendable {
  var train: Matrix, other: Matrix, scaling: FeatureScaling

  /// Features of different scales and places.
  static func random(_ scaling: FeatureScaling, using generator: inout SeededGenerator) -> Scaling {
    let places = 10 * generator.normal(rows: 3, columns: 1)
    let scales: Matrix = [[1], [20], [0.1]]
    return Scaling(
      train: places + scales .* generator.normal(rows: 3, columns: 5),
      other: places + scales .* generator.normal(rows: 3, columns: 2), scaling: scaling)
  }

  /// A feature just above the bound of 1e-12, one just below it, and one that is constant up to its mean's rounding.
  static func still(_ scaling: FeatureScaling) -> Scaling {
    Scaling(
      train: [[-0x1p-37, 0, 0x1p-37], [-0x1p-41, 0, 0x1p-41], [0.1, 0.1, 0.1]],
      other: [[0x1p-36, 0], [0x1p-40, 0], [0.3, 0.1]], scaling: scaling)
  }
}

/// Probabilities and labels.
private struct Predicted: ExampleBatch, Sendable {
  var A: Matrix, Y: Matrix
  var examples: Int { A.columns }

  static func random(m: Int, using generator: inout SeededGenerator) -> Predicted {
    let A = 0.05 + 0.9 * generator.uniform(rows: 1, columns: m)
    return Predicted(A: A, Y: LogisticBatch.labels(m, using: &generator))
  }

  func permuted(by order: [Int]) -> Predicted { Predicted(A: A.columns(at: order), Y: Y.columns(at: order)) }
}

/// Examples with their probabilities and labels.
private struct Labelled: ExampleBatch, Sendable {
  var X: Matrix, A: Matrix, Y: Matrix
  var examples: Int { A.columns }

  static func random(n: Int, m: Int, using generator: inout SeededGenerator) -> Labelled {
    let X = generator.normal(rows: n, columns: m)
    let predicted = Predicted.random(m: m, using: &generator)
    return Labelled(X: X, A: predicted.A, Y: predicted.Y)
  }

  func permuted(by order: [Int]) -> Labelled {
    Labelled(X: X.columns(at: order), A: A.columns(at: order), Y: Y.columns(at: order))
  }
}

/// How long each run of two programs takes, in seconds of a clock that begins at `start`.
private struct Timing: Sendable {
  var loop: [Double], vectorized: [Double], start: Double

  static func random(repetitions: Int, using generator: inout SeededGenerator) -> Timing {
    Timing(
      loop: (0..<repetitions).map { _ in 2 + generator.uniform() },
      vectorized: (0..<repetitions).map { _ in 0.5 + generator.uniform() }, start: 10 * generator.uniform())
  }
}
