import Curriculum

/// The steps of lesson 8.
public let twoLayerNetworkSteps: [Step<any TwoLayerNetworkLesson>] = [
  // No number that is drawn is asked for: any order of the draws, and any way to make them, is right.
  Step(
    "8.1",
    on: [
      .worked(Sizes(n: 2, m: 5, q: 1, hidden: 4, seed: 8)),
      .random { .random(n: 3, m: 4, q: 2, hidden: 5, using: &$0) },
      .random { .random(n: 5, m: 2, q: 3, hidden: 4, using: &$0) },
      .edge("many units") { .random(n: 83, m: 3, q: 81, hidden: 150, using: &$0) },
      .edge("one hidden unit") { .random(n: 3, m: 6, q: 2, hidden: 1, using: &$0) },
      .edge("one example") { .random(n: 4, m: 1, q: 2, hidden: 3, using: &$0) },
    ] as [Input<Sizes>],
    tolerances: [
      "mean/0.01 of W1": .absolute(0.06), "mean/0.01 of W2": .absolute(0.06), "std/0.01 of W1": .absolute(0.045),
      "std/0.01 of W2": .absolute(0.045), "share of weights within ±0.01": .absolute(0.02),
      "share of weights beyond ±0.02": .absolute(0.01),
    ]
  ) { lesson, sizes in
    var generator = SeededGenerator(seed: sizes.generatorSeed)
    var same = generator
    var other = SeededGenerator(seed: sizes.generatorSeed &+ 1)
    let first = sizes.parameters(lesson, using: &generator)
    let (W1, W2) = (first.W1, first.W2)
    let facts: Observation = [
      "rows and columns of W1": [first.W1.rows, first.W1.columns],
      "rows and columns of b1": [first.b1.rows, first.b1.columns],
      "rows and columns of W2": [first.W2.rows, first.W2.columns],
      "rows and columns of b2": [first.b2.rows, first.b2.columns],
      "distance of b1 from 0": largest(first.b1), "distance of b2 from 0": largest(first.b2),
    ]
    // Only of many weights is it certain what their mean and spread are.
    if sizes.areLarge {
      return facts.adding([
        "mean/0.01 of W1": mean(W1) / 0.01, "std/0.01 of W1": deviation(W1) / 0.01,
        "mean/0.01 of W2": mean(W2) / 0.01, "std/0.01 of W2": deviation(W2) / 0.01,
        "share of weights within ±0.01": share(W1, W2) { $0 .< 0.01 },
        "share of weights beyond ±0.02": share(W1, W2) { $0 .> 0.02 },
      ])
    }
    let second = sizes.parameters(lesson, using: &generator)
    return facts.adding([
      "how many different weights W1 has": different(W1.elements),
      "how many different weights W1 and W2 have": different(W1.elements + W2.elements),
      "the same seed gives the same weights (1: yes, 0: no)":
        areEqual(first, sizes.parameters(lesson, using: &same)),
      "another seed gives others (1: yes, 0: no)": !areEqual(first, sizes.parameters(lesson, using: &other)),
      "a second call gives others (1: yes, 0: no)": !areEqual(first, second),
    ])
  },

  Step(
    "8.2",
    on: [
      .worked(OneLayer(x: [[1], [2]], W: Network.worked.W1, b: Network.worked.b1)),
      .random { .random(n: 3, p: 4, using: &$0) }, .random { .random(n: 5, p: 2, using: &$0) },
      .edge("one unit") { .random(n: 4, p: 1, using: &$0) }, .edge("one feature") { .random(n: 1, p: 3, using: &$0) },
      .edge("as many units as features") { .random(n: 3, p: 3, using: &$0) },
      .edge(
        "scores of ±1000",
        OneLayer(x: [[1000], [-500]], W: [[1, 0], [0, 2], [-1, -2], [0.5, 1]], b: [[0.5], [0.25], [1], [-0.5]])),
    ] as [Input<OneLayer>],
    // So near ±1 that a score cut off at ±12 shows.
    tolerances: [
      "units": .close(relative: 1e-12, absolute: 1e-12), "layer": .close(relative: 1e-12, absolute: 1e-12),
    ]
  ) { lesson, input in
    let a = lesson.layer(x: input.x, W: input.W, b: input.b)
    return ["units": a.units, "layer": a.layer]
  },

  Step(
    "8.3",
    on: Network.inputs + [
      .edge("as many features, units and examples") { .random(n: 3, m: 3, p: 3, using: &$0) },
      .edge("scores of ±1000 at the output", Network.saturated),
      .edge("scores of ±1000 in the hidden layer", Network.saturatedHidden),
    ],
    // A score that is cut off at ±12 shows, and so does a probability that is cut off at 1e-15.
    tolerances: [
      "A1": .close(relative: 1e-12, absolute: 1e-12), "A2": .close(relative: 1e-9, absolute: 5e-16),
    ]
  ) { lesson, network in
    let cache = lesson.forward(X: network.X, at: network.parameters)
    return ["Z1": cache.Z1, "A1": cache.A1, "Z2": cache.Z2, "A2": cache.A2]
  },

  Step(
    "8.4",
    on: [
      .worked(Predicted(A2: [[0.9, 0.2, 0.6]], Y: [[1, 0, 0]])), .random { .random(m: 5, using: &$0) },
      .random { .random(m: 8, using: &$0) }, .edge("one example") { .random(m: 1, using: &$0) },
      .edge("labels all 1", Predicted(A2: [[0.3, 0.6, 0.8]], Y: [[1, 1, 1]])),
      .edge("probabilities of exactly 0 and 1", Predicted(A2: [[0, 1, 1, 0.5, 0]], Y: [[1, 1, 0, 0, 0]])),
      .edge(
        "probabilities very near 0 and 1", Predicted(A2: [[1e-9, 0x1p-49, 1 - 0x1p-30, 0.25]], Y: [[1, 1, 0, 1]])),
      .edge(
        "probabilities below the floor, and above 1 less the floor",
        Predicted(A2: [[1e-17, 1 - 0x1p-53, 0.75]], Y: [[1, 0, 1]])),
    ] as [Input<Predicted>],
    // log1p(−a) and log(1 − a) differ in their last digits near 1, and both are right.
    tolerances: ["J": .close(relative: 1e-9, absolute: 1e-9)]
  ) { lesson, input in ["J": lesson.cost(A2: input.A2, Y: input.Y)] },

  Step(
    "8.5",
    on: [
      .worked(OneExample(x: [[1], [2]], y: 1, network: .worked)),
      .edge("the chapter's example with y = 0", OneExample(x: [[1], [2]], y: 0, network: .worked)),
      .random { .random(n: 3, p: 4, y: 1, using: &$0) }, .random { .random(n: 5, p: 2, y: 0, using: &$0) },
      .random { .random(n: 2, p: 5, y: 0, using: &$0) },
      .edge("one hidden unit") { .random(n: 3, p: 1, y: 1, using: &$0) },
      .edge("as many units as features") { .random(n: 3, p: 3, y: 0, using: &$0) },
      .edge("a2 is 1, and y is 0", OneExample(x: [[2], [0.5]], y: 0, network: .saturated)),
      .edge("a2 is 0, and y is 1", OneExample(x: [[-2], [0.5]], y: 1, network: .saturated)),
      .edge("a2 is 1, and y is 1", OneExample(x: [[2], [0.5]], y: 1, network: .saturated)),
      .edge("a2 is 0, and y is 0", OneExample(x: [[-2], [0.5]], y: 0, network: .saturated)),
      .edge("a2 is about 3e-7, and y is 1", OneExample(x: [[0.5], [-1]], y: 1, network: .biased(-14))),
      .edge(
        "a2 is above 0 and below the floor, and y is 1", OneExample(x: [[0.5], [-1]], y: 1, network: .biased(-40))),
      .edge(
        "1 − a2 is above 0 and below the floor, and y is 0", OneExample(x: [[0.5], [-1]], y: 0, network: .biased(36.1))),
      .edge("scores of ±1000 in the hidden layer", OneExample(x: [[3], [-2]], y: 0, network: .saturatedHidden)),
    ] as [Input<OneExample>],
    tolerances: ["da2": .close(relative: 1e-9, absolute: 1e-9)],
    derivatives: { reference, input in input.derivatives(reference) }
  ) { lesson, input in
    let cache = lesson.forward(X: input.x, at: input.parameters)
    let back = lesson.backward(x: input.x, y: input.y, cache: cache, at: input.parameters)
    let g = back.gradients
    return [
      "da2": back.da2, "dz2": g.dZ2, "dW2": g.dW2, "db2": g.db2, "da1": back.da1, "dz1": g.dZ1, "dW1": g.dW1,
      "db1": g.db1,
    ]
  },

  Step(
    "8.6",
    on: Network.inputs + [
      .edge("as many features, units and examples") { .random(n: 3, m: 3, p: 3, using: &$0) },
      .edge("scores of ±1000 at the output", Network.saturated),
      .edge("scores of ±1000 in the hidden layer", Network.saturatedHidden),
    ],
    derivatives: { reference, network in network.derivatives(reference) }
  ) { lesson, network in
    let cache = lesson.forward(X: network.X, at: network.parameters)
    return observation(of: lesson.backward(X: network.X, Y: network.Y, cache: cache, at: network.parameters))
  },

  Step(
    "8.7",
    on: [
      .worked(.worked), .random { .random(n: 3, p: 4, rate: 0.1 + 0.5 * $0.uniform(), using: &$0) },
      .random { .random(n: 4, p: 2, rate: 1.2 + $0.uniform(), using: &$0) },
      .edge("one hidden unit") { .random(n: 3, p: 1, rate: 0.7, using: &$0) },
      .edge("as many units as features") { .random(n: 2, p: 2, rate: 0.3, using: &$0) },
      .edge("a gradient of a thousand") { .random(n: 2, p: 3, rate: 0.5, scale: 1000, using: &$0) },
      .edge("a small gradient") { .random(n: 2, p: 3, rate: 0.5, scale: 1e-5, using: &$0) },
      .edge("a rate of 0") { .random(n: 3, p: 2, rate: 0, using: &$0) },
    ] as [Input<Update>]
  ) { lesson, input in
    observation(of: lesson.update(input.parameters, gradients: input.gradients, rate: input.rate))
  },

  Step(
    "8.8",
    on: [
      .worked(Training(network: .worked, rate: 1.2, steps: 3)),
      .random { Training(network: .random(n: 3, m: 5, p: 4, using: &$0), rate: 0.2 + 0.6 * $0.uniform(), steps: 4) },
      .random { Training(network: .random(n: 2, m: 7, p: 3, using: &$0), rate: 0.2 + 0.6 * $0.uniform(), steps: 6) },
      .edge("no step at all") { Training(network: .random(n: 2, m: 4, p: 3, using: &$0), rate: 0.5, steps: 0) },
      .edge("one step") { Training(network: .random(n: 4, m: 3, p: 2, using: &$0), rate: 1.5, steps: 1) },
      .edge("one hidden unit") { Training(network: .random(n: 2, m: 5, p: 1, using: &$0), rate: 0.4, steps: 3) },
      .edge("all parameters 0", Training(network: .zero, rate: 1.2, steps: 4)),
      // The costs: 1.178, 0.489, 0.771, 0.905.
      .edge("a rate so large that the cost rises", Training(network: .worked, rate: 12, steps: 4)),
      .edge("a rate so small that the cost hardly changes", Training(network: .worked, rate: 1e-9, steps: 3)),
      .edge("a cost that is small already", Training(network: .learnt, rate: 1.2, steps: 3)),
    ] as [Input<Training>]
  ) { lesson, input in
    let network = input.network
    let result = lesson.train(
      X: network.X, Y: network.Y, from: network.parameters, rate: input.rate, steps: input.steps)
    let end = result.parameters
    return ["costs": result.costs, "W1": end.W1, "b1": end.b1, "W2": end.W2, "b2": end.b2]
  },

  Step(
    "8.9",
    on: [
      .worked(Unlabelled(.worked)), .random { Unlabelled(.random(n: 3, m: 9, p: 4, using: &$0)) },
      .random { Unlabelled(.random(n: 5, m: 8, p: 2, using: &$0)) },
      .edge("one example") { Unlabelled(.random(n: 2, m: 1, p: 3, using: &$0)) },
      .edge("all parameters 0: every a2 is ½", Unlabelled(.zero)),
      .edge("scores from −0.9 to 0.9", .around0([0.9, -0.9, 0.6, 0.45, 0.3, -0.45, 0.1, -0.1])),
      .edge("scores close to 0", .around0([1e-6, -1e-6, 1e-9, -1e-9, -1e-12, 1e-12])),
      .edge("scores of ±1000 at the output", Unlabelled(.saturated)),
      .edge("scores of ±1000 in the hidden layer", Unlabelled(.saturatedHidden)),
    ] as [Input<Unlabelled>]
  ) { lesson, input in ["classes": lesson.predict(X: input.X, at: input.parameters)] },

  Step(
    "8.10",
    on: [
      .worked(Targets.worked), .random { .random(n: 3, m: 5, p: 4, q: 2, using: &$0) },
      .random { .random(n: 2, m: 4, p: 5, q: 3, using: &$0) },
      .edge("one output") { .random(n: 3, m: 4, p: 2, q: 1, using: &$0) },
      .edge("one example") { .random(n: 2, m: 1, p: 3, q: 4, using: &$0) },
      .edge("one hidden unit") { .random(n: 4, m: 3, p: 1, q: 2, using: &$0) },
      .edge("all sizes equal") { .random(n: 3, m: 3, p: 3, q: 3, using: &$0) },
      .edge("targets of some thousands") { .random(n: 2, m: 5, p: 3, q: 2, scale: 3000, using: &$0) },
      .edge("scores of ±1000 in the hidden layer", Targets.saturatedHidden),
    ] as [Input<Targets>],
    derivatives: { reference, input in input.derivatives(reference) }
  ) { lesson, input in
    let pass = lesson.squaredLoss(X: input.X, Y: input.Y, at: input.parameters)
    let g = pass.gradients
    return [
      "Yhat": pass.Yhat, "J": pass.cost, "dZ2": g.dZ2, "dW2": g.dW2, "db2": g.db2, "dZ1": g.dZ1, "dW1": g.dW1,
      "db1": g.db1,
    ]
  },
]

extension Observation {
  fileprivate func adding(_ more: Observation) -> Observation {
    Observation(quantities: quantities + more.quantities)
  }
}

private func observation(of g: TwoLayerGradients) -> Observation {
  ["dZ2": g.dZ2, "dW2": g.dW2, "db2": g.db2, "dZ1": g.dZ1, "dW1": g.dW1, "db1": g.db1]
}

private func observation(of parameters: TwoLayerParameters) -> Observation {
  ["W1": parameters.W1, "b1": parameters.b1, "W2": parameters.W2, "b2": parameters.b2]
}

// MARK: 8.1

/// The sizes of a network and of its data, and the seed of its generator.
private struct Sizes: Sendable {
  var n: Int, m: Int, q: Int, hidden: Int, seed: Int

  static func random(n: Int, m: Int, q: Int, hidden: Int, using generator: inout SeededGenerator) -> Sizes {
    Sizes(n: n, m: m, q: q, hidden: hidden, seed: generator.integer(below: 1_000_000))
  }

  var generatorSeed: UInt64 { UInt64(bitPattern: Int64(seed)) }
  var areLarge: Bool { min(n, q) * hidden >= 10_000 }

  func parameters(
    _ lesson: any TwoLayerNetworkLesson, using generator: inout SeededGenerator
  ) -> TwoLayerParameters {
    let X = Matrix(rows: n, columns: m, elements: (0..<n * m).map { Double($0 % 7) - 2.5 })
    let Y = Matrix(rows: q, columns: m, elements: (0..<q * m).map { Double($0 % 2) })
    return lesson.initialParameters(X: X, Y: Y, hidden: hidden, using: &generator)
  }
}

private func areEqual(_ a: TwoLayerParameters, _ b: TwoLayerParameters) -> Bool {
  a.W1.elements == b.W1.elements && a.W2.elements == b.W2.elements
}

/// How many numbers there are, those counted once that differ by their sign only.
private func different(_ weights: [Double]) -> Int { Set(weights.map(\.magnitude)).count }

private func largest(_ biases: Matrix) -> Double { biases.elements.map(\.magnitude).max() ?? 0 }

// By operations on whole matrices, which are optimised; NaN for a matrix without entries.

private func mean(_ W: Matrix) -> Double { W.sum() / Double(W.rows * W.columns) }

private func deviation(_ W: Matrix) -> Double { mean(pow(W - mean(W), 2)).squareRoot() }

/// The share of all weights whose absolute value is as asked.
private func share(_ W1: Matrix, _ W2: Matrix, where condition: (Matrix) -> Matrix) -> Double {
  (condition(abs(W1)).sum() + condition(abs(W2)).sum()) / Double(W1.rows * W1.columns + W2.rows * W2.columns)
}

// MARK: 8.2 – 8.9

/// One example and one layer.
private struct OneLayer: Sendable {
  var x: Matrix, W: Matrix, b: Matrix

  static func random(n: Int, p: Int, using generator: inout SeededGenerator) -> OneLayer {
    OneLayer(
      x: generator.normal(rows: n, columns: 1), W: 0.7 * generator.normal(rows: p, columns: n),
      b: 0.3 + generator.uniform(rows: p, columns: 1))
  }
}

/// Examples, labels and the parameters of two layers.
private struct Network: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix

  var parameters: TwoLayerParameters { TwoLayerParameters(W1: W1, b1: b1, W2: W2, b2: b2) }
  var examples: Int { X.columns }

  func permuted(by order: [Int]) -> Network {
    var network = self
    network.X = X.columns(at: order)
    network.Y = Y.columns(at: order)
    return network
  }

  init(X: Matrix, Y: Matrix, at parameters: TwoLayerParameters) {
    self.X = X
    self.Y = Y
    W1 = parameters.W1
    b1 = parameters.b1
    W2 = parameters.W2
    b2 = parameters.b2
  }

  /// The chapter's example: n = 2 features, p = 3 hidden units, m = 4 examples.
  static let worked = Network(X: [[1, 0, -1, 2], [2, 1, 0.5, -1]], Y: [[1, 0, 1, 0]], at: .worked)

  /// The same examples, before anything has been learnt, from zeros.
  static let zero = Network(
    X: worked.X, Y: [[1, 0, 1, 1]],
    at: TwoLayerParameters(
      W1: Matrix(rows: 3, columns: 2), b1: Matrix(rows: 3, columns: 1), W2: Matrix(rows: 1, columns: 3), b2: [[0]]))

  /// Examples that the network tells apart with hardly a doubt.
  static let learnt = Network(
    X: [[1, -1, 2, -1.5], [0.5, 0.25, -1, -0.5]], Y: [[1, 0, 1, 0]],
    at: TwoLayerParameters(W1: [[2, 0.1], [-1.5, 0.2]], b1: [[0.1], [-0.2]], W2: [[9, -8]], b2: [[0.2]]))

  /// Scores of the output up to ±1000, where probabilities are 0 and 1 to the last digit, two of them wrong.
  static let saturated = Network(
    X: [[2, -2, 2, -2, 0.1], [0.5, 1, -0.5, 0, 0.2]], Y: [[1, 1, 0, 0, 1]], at: .saturated)

  /// Scores of the hidden layer of ±1000 and more, where tanh is ±1 to the last digit.
  static let saturatedHidden = Network(
    X: [[3, -2, 1, 0], [-2, 0.5, 4, 0.001]], Y: [[0, 1, 1, 0]], at: .saturatedHidden)

  /// The chapter's example, drawn ones, and small sizes.
  static let inputs: [Input<Network>] = [
    .worked(worked), .random { .random(n: 3, m: 5, p: 4, using: &$0) },
    .random { .random(n: 5, m: 7, p: 2, using: &$0) },
    .random { .random(n: 2, m: 3, p: 6, using: &$0) }, .edge("one example") { .random(n: 3, m: 1, p: 2, using: &$0) },
    .edge("one hidden unit") { .random(n: 2, m: 4, p: 1, using: &$0) },
    .edge("one feature") { .random(n: 1, m: 4, p: 3, using: &$0) },
  ]

  /// Normal features and labels of both classes at random parameters.
  static func random(n: Int, m: Int, p: Int, using generator: inout SeededGenerator) -> Network {
    Network(
      X: generator.normal(rows: n, columns: m), Y: LogisticBatch.labels(m, using: &generator),
      at: .random(n: n, p: p, q: 1, using: &generator))
  }

  /// Whether a score is so large that the cost is flat there to the last digit: no numerical gradient.
  var isSaturated: Bool {
    abs(W1 * X + b1).max() > 15 || abs(W2).sum() + abs(b2).max() > 15
  }

  /// What dZ, dW and db are the derivatives of; none where the cost is flat.
  func derivatives(_ reference: any TwoLayerNetworkLesson) -> KeyValuePairs<String, Derivative> {
    if isSaturated { return [:] }
    let m = Double(examples)
    @Sendable func J(_ X: Matrix, _ W1: Matrix, _ b1: Matrix, _ W2: Matrix, _ b2: Matrix) -> Double {
      let parameters = TwoLayerParameters(W1: W1, b1: b1, W2: W2, b2: b2)
      return reference.cost(A2: reference.forward(X: X, at: parameters).A2, Y: Y)
    }
    let cache = reference.forward(X: X, at: parameters)
    let (X, W1, b1, W2, b2) = (X, W1, b1, W2, b2)
    return [
      // Without weights, an example's own bias is its score.
      "dZ2": .of("m·J", at: cache.Z2) { m * J(X, W1, b1, 0 * W2, $0) },
      "dW2": .of("J", at: W2) { J(X, W1, b1, $0, b2) },
      "db2": .of("J", at: b2) { J(X, W1, b1, W2, $0) },
      "dZ1": .of("m·J", at: cache.Z1) { m * J(X, 0 * W1, $0, W2, b2) },
      "dW1": .of("J", at: W1) { J(X, $0, b1, W2, b2) },
      "db1": .of("J", at: b1) { J(X, W1, $0, W2, b2) },
    ]
  }
}

extension TwoLayerParameters {
  /// The chapter's parameters.
  fileprivate static let worked = TwoLayerParameters(
    W1: [[1, -1], [0.5, 1], [-1, 0.5]], b1: [[0.5], [-0.5], [0.25]], W2: [[1, -2, 0.5]], b2: [[0.25]])

  /// Scores of the output up to ±1000 for examples of moderate size.
  fileprivate static let saturated = TwoLayerParameters(
    W1: [[1, 0.25], [-0.5, 0.5], [2, -0.25]], b1: [[0.1], [0.2], [-0.1]], W2: [[400, -300, 350]], b2: [[0.5]])

  /// Scores of the hidden layer of ±1000 for examples of moderate size.
  fileprivate static let saturatedHidden = TwoLayerParameters(
    W1: [[400, 100], [-300, 500], [200, -700]], b1: [[0.5], [-0.5], [0.25]], W2: [[0.5, -1, 0.75]], b2: [[0.25]])

  /// A score of the output near b2.
  fileprivate static func biased(_ b2: Double) -> TwoLayerParameters {
    TwoLayerParameters(
      W1: [[0.5, 0.25], [1, -0.5], [0.25, 0.5]], b1: [[0.1], [0.2], [-0.3]], W2: [[2, -1, 0.5]], b2: [[b2]])
  }

  /// Weights and biases of moderate size, no bias near 0.
  fileprivate static func random(n: Int, p: Int, q: Int, using generator: inout SeededGenerator) -> TwoLayerParameters {
    TwoLayerParameters(
      W1: 0.7 * generator.normal(rows: p, columns: n), b1: 0.3 + generator.uniform(rows: p, columns: 1),
      W2: generator.normal(rows: q, columns: p), b2: -0.3 - generator.uniform(rows: q, columns: 1))
  }
}
private typealias Parameters = TwoLayerParameters

/// Probabilities and labels.
private struct Predicted: ExampleBatch, Sendable {
  var A2: Matrix, Y: Matrix
  var examples: Int { A2.columns }

  static func random(m: Int, using generator: inout SeededGenerator) -> Predicted {
    let A2 = 0.05 + 0.9 * generator.uniform(rows: 1, columns: m)
    return Predicted(A2: A2, Y: LogisticBatch.labels(m, using: &generator))
  }

  func permuted(by order: [Int]) -> Predicted { Predicted(A2: A2.columns(at: order), Y: Y.columns(at: order)) }
}

/// One example with its label, and the parameters of two layers.
private struct OneExample: Sendable {
  var x: Matrix, y: Double, W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix
  var parameters: TwoLayerParameters { TwoLayerParameters(W1: W1, b1: b1, W2: W2, b2: b2) }

  init(x: Matrix, y: Double, network: TwoLayerParameters) {
    self.x = x
    self.y = y
    W1 = network.W1
    b1 = network.b1
    W2 = network.W2
    b2 = network.b2
  }

  static func random(n: Int, p: Int, y: Double, using generator: inout SeededGenerator) -> OneExample {
    let x = generator.normal(rows: n, columns: 1)
    return OneExample(x: x, y: y, network: .random(n: n, p: p, q: 1, using: &generator))
  }

  /// What each quantity is the derivative of; none where the loss is flat.
  func derivatives(_ reference: any TwoLayerNetworkLesson) -> KeyValuePairs<String, Derivative> {
    let batch = Network(X: x, Y: [[y]], at: parameters)
    if batch.isSaturated { return [:] }
    let (x, W1, b1, W2, b2, Y) = (x, W1, b1, W2, b2, batch.Y)
    @Sendable func loss(_ W1: Matrix, _ b1: Matrix, _ W2: Matrix, _ b2: Matrix) -> Double {
      let parameters = TwoLayerParameters(W1: W1, b1: b1, W2: W2, b2: b2)
      return reference.cost(A2: reference.forward(X: x, at: parameters).A2, Y: Y)
    }
    let cache = reference.forward(X: x, at: parameters)
    return [
      "da2": .of("the loss", at: cache.A2) { reference.cost(A2: $0, Y: Y) },
      "dz2": .of("the loss", at: cache.Z2) { loss(W1, b1, 0 * W2, $0) },
      "dW2": .of("the loss", at: W2) { loss(W1, b1, $0, b2) },
      "db2": .of("the loss", at: b2) { loss(W1, b1, W2, $0) },
      // Without weights in front, z1 is the bias alone; atanh gives the bias that makes a1.
      "da1": .of("the loss", at: cache.A1) { loss(0 * W1, $0.map { atanh($0) }, W2, b2) },
      "dz1": .of("the loss", at: cache.Z1) { loss(0 * W1, $0, W2, b2) },
      "dW1": .of("the loss", at: W1) { loss($0, b1, W2, b2) },
      "db1": .of("the loss", at: b1) { loss(W1, $0, W2, b2) },
    ]
  }
}

/// Parameters, their gradients and the learning rate.
private struct Update: Sendable {
  var W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix
  var dW1: Matrix, db1: Matrix, dW2: Matrix, db2: Matrix, rate: Double

  var parameters: TwoLayerParameters { TwoLayerParameters(W1: W1, b1: b1, W2: W2, b2: b2) }

  /// With dZ of five examples, which play no part.
  var gradients: TwoLayerGradients {
    TwoLayerGradients(
      dZ2: Matrix(rows: 1, columns: 5, repeating: 0.5), dW2: dW2, db2: db2,
      dZ1: Matrix(rows: W1.rows, columns: 5, repeating: -0.25), dW1: dW1, db1: db1)
  }

  static let worked = Update(
    W1: Parameters.worked.W1, b1: Parameters.worked.b1, W2: Parameters.worked.W2, b2: Parameters.worked.b2,
    dW1: [[0.5, -0.25], [1, 0.5], [0, -0.75]], db1: [[0.25], [-0.5], [1]], dW2: [[-0.5, 0.25, 1]], db2: [[0.75]],
    rate: 1.2)

  static func random(
    n: Int, p: Int, rate: Double, scale: Double = 1, using generator: inout SeededGenerator
  ) -> Update {
    let start = TwoLayerParameters.random(n: n, p: p, q: 1, using: &generator)
    return Update(
      W1: start.W1, b1: start.b1, W2: start.W2, b2: start.b2, dW1: scale * generator.normal(rows: p, columns: n),
      db1: scale * (0.2 + generator.uniform(rows: p, columns: 1)), dW2: scale * generator.normal(rows: 1, columns: p),
      db2: scale * (-0.2 - generator.uniform(rows: 1, columns: 1)), rate: rate)
  }
}

/// A network with the learning rate and the number of steps for training it.
private struct Training: ExampleBatch, Sendable {
  var network: Network, rate: Double, steps: Int
  var examples: Int { network.examples }
  func permuted(by order: [Int]) -> Training {
    Training(network: network.permuted(by: order), rate: rate, steps: steps)
  }
}

/// Examples without labels, and the parameters of two layers.
private struct Unlabelled: ExampleBatch, Sendable {
  var X: Matrix, W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix
  var parameters: TwoLayerParameters { TwoLayerParameters(W1: W1, b1: b1, W2: W2, b2: b2) }
  var examples: Int { X.columns }

  init(X: Matrix, at parameters: TwoLayerParameters) {
    self.X = X
    W1 = parameters.W1
    b1 = parameters.b1
    W2 = parameters.W2
    b2 = parameters.b2
  }

  init(_ network: Network) { self.init(X: network.X, at: network.parameters) }

  /// Scores z2 = tanh x1, near x1 for small x1.
  static func around0(_ scores: [Double]) -> Unlabelled {
    Unlabelled(
      X: Matrix([scores, scores.map { 1 - $0 }]),
      at: TwoLayerParameters(W1: [[1, 0], [0.5, 0.5]], b1: [[0], [0]], W2: [[1, 0]], b2: [[0]]))
  }

  func permuted(by order: [Int]) -> Unlabelled { Unlabelled(X: X.columns(at: order), at: parameters) }
}

// MARK: 8.10

/// Examples, targets and the parameters of two layers, several outputs.
private struct Targets: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix

  var parameters: TwoLayerParameters { TwoLayerParameters(W1: W1, b1: b1, W2: W2, b2: b2) }
  var examples: Int { X.columns }

  init(X: Matrix, Y: Matrix, at parameters: TwoLayerParameters) {
    self.X = X
    self.Y = Y
    W1 = parameters.W1
    b1 = parameters.b1
    W2 = parameters.W2
    b2 = parameters.b2
  }

  /// The chapter's example: n = 2, p = 3, q = 2, m = 1: every path can be followed.
  static let worked = Targets(
    X: [[1], [2]], Y: [[1], [-0.5]],
    at: TwoLayerParameters(
      W1: [[1, -0.5], [0.5, 0.25], [-1, -0.5]], b1: [[0], [-1], [0.5]], W2: [[1, -2, 0.5], [-1, 0.5, 2]],
      b2: [[0.5], [-0.5]]))

  static let saturatedHidden = Targets(
    X: [[3, -2, 1], [-2, 0.5, 4]], Y: [[1, -0.5, 0.25], [0.5, 2, -1]],
    at: TwoLayerParameters(
      W1: [[400, 100], [-300, 500], [200, -700]], b1: [[0.5], [-0.5], [0.25]],
      W2: [[0.5, -1, 0.75], [1, 0.25, -0.5]],
      b2: [[0.25], [-0.75]]))

  static func random(
    n: Int, m: Int, p: Int, q: Int, scale: Double = 1, using generator: inout SeededGenerator
  ) -> Targets {
    Targets(
      X: generator.normal(rows: n, columns: m), Y: scale * generator.normal(rows: q, columns: m),
      at: .random(n: n, p: p, q: q, using: &generator))
  }

  func permuted(by order: [Int]) -> Targets {
    Targets(X: X.columns(at: order), Y: Y.columns(at: order), at: parameters)
  }

  /// What dZ, dW and db are the derivatives of; none where the hidden layer is flat, or the cost so large that it drowns
  /// small differences.
  func derivatives(_ reference: any TwoLayerNetworkLesson) -> KeyValuePairs<String, Derivative> {
    if abs(W1 * X + b1).max() > 15 || abs(Y).max() > 100 { return [:] }
    let m = Double(examples)
    let (X, W1, b1, W2, b2) = (X, W1, b1, W2, b2)
    @Sendable func J(_ W1: Matrix, _ b1: Matrix, _ W2: Matrix, _ b2: Matrix) -> Double {
      reference.squaredLoss(X: X, Y: Y, at: TwoLayerParameters(W1: W1, b1: b1, W2: W2, b2: b2)).cost
    }
    let Yhat = reference.squaredLoss(X: X, Y: Y, at: parameters).Yhat
    return [
      "dZ2": .of("m·J", at: Yhat) { m * J(W1, b1, 0 * W2, $0) },
      "dW2": .of("J", at: W2) { J(W1, b1, $0, b2) },
      "db2": .of("J", at: b2) { J(W1, b1, W2, $0) },
      "dZ1": .of("m·J", at: W1 * X + b1) { m * J(0 * W1, $0, W2, b2) },
      "dW1": .of("J", at: W1) { J($0, b1, W2, b2) },
      "db1": .of("J", at: b1) { J(W1, $0, W2, b2) },
    ]
  }
}
