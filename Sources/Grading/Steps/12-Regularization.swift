import Curriculum
import Synchronization

/// The steps of lesson 12.
public let regularizationSteps: [Step<any RegularizationLesson>] = [
  Step(
    "12.1",
    on: [
      .worked(Weights(weights: [[[1, -2], [0.5, 0]], [[3, -1]]], lambda: 0.8, m: 4)),
      .random { .random([(3, 2), (1, 3)], using: &$0) }, .random { .random([(2, 4), (3, 2), (1, 3)], using: &$0) },
      .edge("one matrix, and one example") {
        var input = Weights.random([(2, 3)], using: &$0)
        input.m = 1
        return input
      },
      .edge("λ = 0", Weights(weights: [[[1, -2]], [[0.5], [3]]], lambda: 0, m: 5)),
      .edge("no weights at all", Weights(weights: [], lambda: 0.8, m: 4)),
      .edge("very small weights and a large λ", Weights(weights: [[[1e-7, -3e-8]], [[2e-9]]], lambda: 1e9, m: 7)),
      .edge("large weights", Weights(weights: [[[300, -150]], [[2000], [-40]]], lambda: 1.5, m: 3)),
    ],
    derivatives: { reference, input in
      derivatives(by: input.weights) { reference.l2(weights: $0, lambda: input.lambda, m: input.m).cost }
    }
  ) { lesson, input in observation(of: lesson.l2(weights: input.weights, lambda: input.lambda, m: input.m)) },

  Step(
    "12.2",
    on: [
      .worked(
        Decay(
          weights: [[[1, -2], [0.5, 0]], [[3, -1]]], dW: [[[0.1, 0.2], [-0.3, 0.4]], [[0.5, -0.6]]], rate: 0.5,
          lambda: 0.8, m: 4)),
      .random { .random([(3, 2), (1, 3)], using: &$0) }, .random { .random([(2, 4), (3, 2), (1, 3)], using: &$0) },
      .edge("λ = 0") { .random([(2, 3), (1, 2)], lambda: 0, using: &$0) },
      .edge(
        "no gradient: the weights only decay",
        Decay(weights: [[[1, -2, 4]], [[-8]]], dW: [[[0, 0, 0]], [[0]]], rate: 0.2, lambda: 3, m: 6)),
      .edge(
        "αλ/m beyond 1: the weights change their sign",
        Decay(weights: [[[1, -2, 4]], [[-8]]], dW: [[[0.5, 1, -1]], [[0.25]]], rate: 1.5, lambda: 5, m: 3)),
      .edge("one example") { .random([(2, 3)], m: 1, using: &$0) },
      .edge(
        "large gradients and large weights",
        Decay(
          weights: [[[300, -20]], [[0.5], [-150]]], dW: [[[40, -1200]], [[-90], [15]]], rate: 0.3, lambda: 2, m: 5)),
    ]
  ) { lesson, input in
    matrices(
      "W",
      lesson.weightDecayStep(
        weights: input.weights, dW: input.dW, rate: input.rate, lambda: input.lambda, m: input.m))
  },

  Step(
    "12.3",
    on: [
      .worked(Shrinking(weights: [[[1, -2], [0.05, 0]], [[3, -0.08]]], lambda: 0.8, m: 4, rate: 1)),
      .random { .random([(3, 2), (1, 3)], using: &$0) }, .random { .random([(2, 4), (3, 2), (1, 3)], using: &$0) },
      .edge("one matrix, and one example") {
        var input = Shrinking.random([(2, 3)], using: &$0)
        input.m = 1
        return input
      },
      .edge(
        "weights of 0, weights that become 0, and weights just beyond",
        Shrinking(
          weights: [[[0, 0.25, -0.25], [0.125, -0.125, 0.375]], [[-0.5], [0.2], [-0.2]]], lambda: 2, m: 4, rate: 1)),
      .edge(
        "all weights are below 0", Shrinking(weights: [[[-1, -2, -0.5]], [[-0.1]]], lambda: 1.2, m: 3, rate: 0.5)),
      .edge(
        "a shrinkage of more than 1",
        Shrinking(weights: [[[3, -2.5, 0.5]], [[-1.75], [1.25]]], lambda: 6, m: 2, rate: 1)),
      .edge("λ = 0", Shrinking(weights: [[[1, -2, 1e-9]], [[0], [-3]]], lambda: 0, m: 5, rate: 0.5)),
      .edge(
        "very small weights and a very small rate",
        Shrinking(weights: [[[1e-7, -3e-8, 3e-13]], [[-6e-9]]], lambda: 1e3, m: 2, rate: 2e-11)),
    ],
    tolerances: Dictionary(
      uniqueKeysWithValues: (1...3).map { ("shrunk W\($0)", .close(relative: 1e-9, absolute: 1e-13)) }),
    derivatives: { reference, input in
      // |w| has a kink at 0.
      if input.weights.contains(where: { (abs($0) .< 0.01).sum() > 0 }) { return [:] }
      return derivatives(by: input.weights) {
        reference.l1(weights: $0, lambda: input.lambda, m: input.m, rate: input.rate).penalty.cost
      }
    }
  ) { lesson, input in
    let step = lesson.l1(weights: input.weights, lambda: input.lambda, m: input.m, rate: input.rate)
    return Observation(
      quantities: observation(of: step.penalty).quantities + matrices("shrunk W", step.shrunk).quantities)
  },

  Step(
    "12.4",
    on: [
      .worked(Elastic(weights: [[[1, -2], [0.5, 0]], [[3, -1]]], lambda1: 0.4, lambda2: 0.8, m: 4)),
      .random { .random([(3, 2), (1, 3)], using: &$0) }, .random { .random([(2, 4), (3, 2), (1, 3)], using: &$0) },
      .edge("λ₁ = 0", Elastic(weights: [[[1, -2]], [[0.5], [0]]], lambda1: 0, lambda2: 1.5, m: 5)),
      .edge("λ₂ = 0", Elastic(weights: [[[1, -2]], [[0.5], [0]]], lambda1: 1.5, lambda2: 0, m: 5)),
      .edge("no weights at all", Elastic(weights: [], lambda1: 0.4, lambda2: 0.8, m: 4)),
      .edge("one matrix, and one example") {
        var input = Elastic.random([(2, 3)], using: &$0)
        input.m = 1
        return input
      },
      .edge(
        "very small weights", Elastic(weights: [[[1e-7, -3e-8, 0]], [[-5e-9]]], lambda1: 1e3, lambda2: 1e9, m: 7)),
    ],
    derivatives: { reference, input in
      if input.weights.contains(where: { (abs($0) .< 0.01).sum() > 0 }) { return [:] }
      return derivatives(by: input.weights) {
        reference.elasticNet(weights: $0, lambda1: input.lambda1, lambda2: input.lambda2, m: input.m).cost
      }
    }
  ) { lesson, input in
    observation(
      of: lesson.elasticNet(weights: input.weights, lambda1: input.lambda1, lambda2: input.lambda2, m: input.m))
  },

  Step("12.5", on: Dropped.inputs) { lesson, input in
    let forward = input.forward(lesson)
    return ["mask": forward.cache.mask, "keep in the cache": forward.cache.keepProbability, "A": forward.A]
  },

  Step(
    "12.6", on: DroppedGradient.inputs,
    derivatives: { reference, input in
      [
        "dA": .of("Σ dA·(A after dropout)", at: input.dropped.A) { A in
          var moved = input.dropped
          moved.A = A
          return (input.dA .* moved.forward(reference).A).sum()
        }
      ]
    }
  ) { lesson, input in
    ["dA": lesson.dropoutBackward(dA: input.dA, cache: input.dropped.forward(lesson).cache)]
  },

  Step(
    "12.7",
    on: [
      .worked(
        Patience(
          start: [[[0, 2]], [[-1]]], maxEpochs: 10, patience: 3, devCosts: [0.9, 0.6, 0.5, 0.55, 0.5, 0.52, 0.3])),
      .random { .random(maxEpochs: 12, patience: 2, using: &$0) },
      .random { .random(maxEpochs: 15, patience: 4, using: &$0) },
      .edge(
        "a dip behind the best, within the patience",
        Patience(
          start: [[[0.5]]], maxEpochs: 20, patience: 3,
          devCosts: [1, 0.8, 0.7, 0.9, 0.75, 0.6, 0.65, 0.62, 0.61, 0.55, 0.4])),
      .edge(
        "every epoch is worse than the start",
        Patience(start: [[[1], [2]]], maxEpochs: 9, patience: 2, devCosts: [0.4, 0.5, 0.45, 0.42, 0.3, 0.2])),
      .edge(
        "as good as the start, again and again",
        Patience(start: [[[1], [2]]], maxEpochs: 9, patience: 3, devCosts: [0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.3])),
      .edge(
        "the epochs run out while it still improves",
        Patience(start: [[[0]], [[0, 1]]], maxEpochs: 3, patience: 2, devCosts: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4])),
      .edge(
        "the epochs run out before the patience does",
        Patience(start: [[[0]], [[0, 1]]], maxEpochs: 4, patience: 5, devCosts: [0.9, 0.6, 0.7, 0.8, 0.75, 0.4])),
      .edge(
        "many epochs, each a little better",
        Patience(start: [[[2]]], maxEpochs: 25, patience: 3, devCosts: (0...30).map { 4 - 0.125 * Double($0) })),
      .edge(
        "a long patience, and an improvement after fifteen epochs without any",
        Patience(
          start: [[[1]], [[0, 2]]], maxEpochs: 40, patience: 16,
          devCosts: [
            3, 2, 1.5, 2.375, 2, 2.125, 2.25, 2.375, 2, 2.125, 2.25, 2.375, 2, 2.125, 2.25, 2.375, 2, 2.125, 1, 1.25,
          ])),
      .edge(
        "a hundred and ten epochs, each a little better",
        Patience(start: [[[2]]], maxEpochs: 110, patience: 3, devCosts: (0...112).map { 30 - 0.25 * Double($0) })),
      .edge("a patience of 1", Patience(start: [[[3]]], maxEpochs: 8, patience: 1, devCosts: [0.9, 0.7, 0.8, 0.1])),
      .edge("no epoch at all", Patience(start: [[[3, 4]]], maxEpochs: 0, patience: 2, devCosts: [0.9, 0.7, 0.8])),
      .edge(
        "costs below 0, and improvements of a billionth",
        Patience(
          start: [[[0]]], maxEpochs: 9, patience: 2,
          devCosts: [-3, -3.000000001, -3.000000002, -3.000000001, -3.000000003, -3, -2, -3.1])),
      .edge(
        "large costs that fall by little",
        Patience(start: [[[0]]], maxEpochs: 6, patience: 1, devCosts: [1e6, 999_999.5, 999_999, 999_999.25, 5])),
      .edge(
        "very small costs",
        Patience(
          start: [[[0]]], maxEpochs: 8, patience: 2, devCosts: [3e-7, 2e-7, 2.5e-7, 1e-7, 1.5e-7, 2e-7, 1e-9, 0])),
    ]
  ) { lesson, input in
    let calls = Mutex(0)
    let stopped = lesson.earlyStopping(
      from: input.start, maxEpochs: input.maxEpochs, patience: input.patience,
      epoch: { parameters in
        calls.withLock { $0 += 1 }
        return parameters.map { $0 + 1 }
      },
      devCost: { input.devCost($0) })
    return Observation(
      quantities: (["devCosts": stopped.devCosts, "bestEpoch": stopped.bestEpoch] as Observation).quantities
        + matrices("best", stopped.best).quantities
        + [.init(name: "calls of epoch", shape: [], values: [Double(calls.withLock { $0 })])])
  },

  Step(
    "12.8", on: Training.inputs,
    derivatives: { reference, input in
      // |w| has a kink at 0, and saturated costs are flat.
      if input.hasKink { return [:] }
      @Sendable func cost(_ change: (inout Training) -> Void) -> Double {
        var moved = input
        moved.uniforms = Array(input.uniforms.prefix(1))
        change(&moved)
        return moved.run(reference).costs[0]
      }
      return [
        "dW2": .of("J", at: input.W2) { W2 in cost { $0.W2 = W2 } },
        "db2": .of("J", at: input.b2) { b2 in cost { $0.b2 = b2 } },
        "dW1": .of("J", at: input.W1) { W1 in cost { $0.W1 = W1 } },
        "db1": .of("J", at: input.b1) { b1 in cost { $0.b1 = b1 } },
      ]
    }
  ) { lesson, input in
    let training = input.run(lesson)
    let (first, end) = (training.firstGradients, training.parameters)
    return [
      "costs": training.costs, "dZ2": first.dZ2, "dW2": first.dW2, "db2": first.db2, "dZ1": first.dZ1,
      "dW1": first.dW1, "db1": first.db1, "W1": end.W1, "b1": end.b1, "W2": end.W2, "b2": end.b2,
    ]
  },
]

/// A list of matrices of different shapes: how many, then each by itself, "W1", "W2" …
private func matrices(_ name: String, _ list: [Matrix]) -> Observation {
  Observation(
    quantities: [.init(name: "number of \(name)", shape: [], values: [Double(list.count)])]
      + list.enumerated().map {
        .init(name: "\(name)\($0 + 1)", shape: $1.observedShape, values: $1.observedValues)
      })
}

private func observation(of penalty: Penalty) -> Observation {
  Observation(
    quantities: (["penalty": penalty.cost] as Observation).quantities + matrices("dW", penalty.gradients).quantities)
}

/// The derivatives of a penalty by each of up to three matrices.
private func derivatives(
  by weights: [Matrix], of penalty: @escaping @Sendable ([Matrix]) -> Double
) -> KeyValuePairs<String, Derivative> {
  @Sendable func derivative(_ l: Int) -> Derivative {
    .of("the penalty", at: weights[l]) {
      var moved = weights
      moved[l] = $0
      return penalty(moved)
    }
  }
  return switch weights.count {
  case 0: [:]
  case 1: ["dW1": derivative(0)]
  case 2: ["dW1": derivative(0), "dW2": derivative(1)]
  default: ["dW1": derivative(0), "dW2": derivative(1), "dW3": derivative(2)]
  }
}

/// Matrices of the given shapes.
private func normal(_ shapes: [(Int, Int)], using generator: inout SeededGenerator) -> [Matrix] {
  shapes.map { generator.normal(rows: $0, columns: $1) }
}

private struct Weights: Sendable {
  var weights: [Matrix], lambda: Double, m: Double

  static func random(_ shapes: [(Int, Int)], using generator: inout SeededGenerator) -> Weights {
    Weights(
      weights: normal(shapes, using: &generator), lambda: 0.5 + 2 * generator.uniform(),
      m: Double(5 + generator.integer(below: 5)))
  }
}

private struct Decay: Sendable {
  var weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double

  static func random(
    _ shapes: [(Int, Int)], lambda: Double? = nil, m: Double? = nil, using generator: inout SeededGenerator
  ) -> Decay {
    Decay(
      weights: normal(shapes, using: &generator), dW: normal(shapes, using: &generator),
      rate: 0.2 + 0.5 * generator.uniform(), lambda: lambda ?? 0.5 + 2 * generator.uniform(),
      m: m ?? Double(5 + generator.integer(below: 5)))
  }
}

private struct Shrinking: Sendable {
  var weights: [Matrix], lambda: Double, m: Double, rate: Double

  /// Some weights of either sign within the threshold, some beyond.
  static func random(_ shapes: [(Int, Int)], using generator: inout SeededGenerator) -> Shrinking {
    Shrinking(
      weights: normal(shapes, using: &generator), lambda: 3 + 2 * generator.uniform(),
      m: Double(2 + generator.integer(below: 2)), rate: 0.4 + 0.3 * generator.uniform())
  }
}

private struct Elastic: Sendable {
  var weights: [Matrix], lambda1: Double, lambda2: Double, m: Double

  static func random(_ shapes: [(Int, Int)], using generator: inout SeededGenerator) -> Elastic {
    let lambda1 = 0.5 + generator.uniform()
    return Elastic(
      weights: normal(shapes, using: &generator), lambda1: lambda1, lambda2: 2 + generator.uniform(),
      m: Double(5 + generator.integer(below: 5)))
  }
}

/// Activations, and a number for each that decides whether it stays.
private struct Dropped: ExampleBatch, Sendable {
  var A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool
  var examples: Int { A.columns }

  func forward(_ lesson: any RegularizationLesson) -> DropoutForward {
    lesson.dropout(A: A, uniforms: uniforms, keepProbability: keepProbability, training: training)
  }

  func permuted(by order: [Int]) -> Dropped {
    Dropped(
      A: A.columns(at: order), uniforms: uniforms.columns(at: order), keepProbability: keepProbability,
      training: training)
  }

  /// The chapter's example; an activation of 0 stays.
  static func worked(training: Bool) -> Dropped {
    Dropped(
      A: [[0.5, -1, 2], [4, 0, -0.25]], uniforms: [[0.1, 0.85, 0.79], [0.95, 0.3, 0.6]], keepProbability: 0.8,
      training: training)
  }

  static let inputs: [Input<Dropped>] = [
    .worked(worked(training: true)), .edge("the chapter's example at test time", worked(training: false)),
    .random { random(p: 4, m: 6, keep: 0.7, using: &$0) }, .random { random(p: 5, m: 3, keep: 0.3, using: &$0) },
    .edge("test time") { random(p: 3, m: 5, keep: 0.4, training: false, using: &$0) },
    .edge("nearly everybody stays") { random(p: 3, m: 7, keep: 0.95, using: &$0) },
    .edge("one example") { random(p: 6, m: 1, keep: 0.55, using: &$0) },
    .edge("nobody stays") {
      var input = random(p: 2, m: 3, keep: 0.1, using: &$0)
      input.uniforms = 0.15 + 0.8 * input.uniforms
      return input
    },
    .edge(
      "numbers that are keep itself, and such as are nearly",
      Dropped(
        A: [[0.5, -1, 2], [4, 3, -0.25]], uniforms: [[0.5, 0.499999, 0.25], [0.500001, 0, 0.5]], keepProbability: 0.5,
        training: true)),
    .edge("as many units as examples") { random(p: 4, m: 4, keep: 0.6, using: &$0) },
    .edge("one unit") { random(p: 1, m: 6, keep: 0.6, using: &$0) },
    .edge("a keep of 0.97, and two are dropped") {
      var input = random(p: 3, m: 5, keep: 0.97, using: &$0)
      input.uniforms = 0.96 * input.uniforms
      input.uniforms[1, 3] = 0.98
      input.uniforms[2, 0] = 0.99
      return input
    },
    .edge("some activations are 0") {
      var input = random(p: 4, m: 5, keep: 0.6, using: &$0)
      input.A = max(input.A, 0)
      return input
    },
  ]

  static func random(
    p: Int, m: Int, keep: Double, training: Bool = true, using generator: inout SeededGenerator
  ) -> Dropped {
    Dropped(
      A: generator.normal(rows: p, columns: m), uniforms: uniforms(p: p, m: m, keep: keep, using: &generator),
      keepProbability: keep, training: training)
  }

  /// Every number at least 0.001 from keep.
  static func uniforms(p: Int, m: Int, keep: Double, using generator: inout SeededGenerator) -> Matrix {
    generator.uniform(rows: p, columns: m).map { abs($0 - keep) < 0.001 ? $0 * 0.9 : $0 }
  }
}

/// The same, and a gradient from above.
private struct DroppedGradient: ExampleBatch, Sendable {
  var dropped: Dropped, dA: Matrix
  var examples: Int { dA.columns }

  func permuted(by order: [Int]) -> DroppedGradient {
    DroppedGradient(dropped: dropped.permuted(by: order), dA: dA.columns(at: order))
  }

  static let inputs: [Input<DroppedGradient>] = Dropped.inputs.map { input in
    Input(name: input.name, isDrawn: input.isDrawn) { generator in
      let dropped = input.make(&generator)
      let (p, m) = (dropped.A.rows, dropped.A.columns)
      return DroppedGradient(
        dropped: dropped,
        dA: input.isDrawn ? generator.normal(rows: p, columns: m) : [[0.2, 0.4, -0.6], [1, -0.8, 0.1]])
    }
  }
}

/// A training whose epochs add 1 to every parameter, with the dev cost of each epoch, so that what is best is known beforehand.
private struct Patience: Sendable {
  var start: [Matrix], maxEpochs: Int, patience: Int, devCosts: [Double]

  /// The cost of the epoch that these parameters come from; beyond the last known, the last.
  func devCost(_ parameters: [Matrix]) -> Double {
    guard let moved = parameters.first, let from = start.first, moved.shape == from.shape else { return .nan }
    let epoch = moved[0, 0] - from[0, 0]
    guard epoch > -0.5, epoch < 1000 else { return epoch.isNaN ? .nan : devCosts[0] }
    return devCosts[min(Int(epoch.rounded()), devCosts.count - 1)]
  }

  /// Costs that wander, with a tie.
  static func random(maxEpochs: Int, patience: Int, using generator: inout SeededGenerator) -> Patience {
    var cost = 2.0
    var devCosts = (0...maxEpochs).map { _ in
      cost += 0.3 * (generator.uniform() - 0.6)
      return cost
    }
    devCosts[3] = devCosts[2]
    return Patience(
      start: [generator.normal(rows: 2, columns: 3), generator.normal(rows: 1, columns: 2)], maxEpochs: maxEpochs,
      patience: patience, devCosts: devCosts)
  }
}

/// Examples, lesson 8's network, its penalties, and the numbers that decide in each step who stays.
private struct Training: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix
  var lambda1: Double, lambda2: Double, keepProbability: Double, uniforms: [Matrix], rate: Double
  var examples: Int { X.columns }

  func run(_ lesson: any RegularizationLesson) -> RegularizedTraining {
    lesson.train(
      X: X, Y: Y, from: TwoLayerParameters(W1: W1, b1: b1, W2: W2, b2: b2), lambda1: lambda1, lambda2: lambda2,
      keepProbability: keepProbability, uniforms: uniforms, rate: rate)
  }

  func permuted(by order: [Int]) -> Training {
    var batch = self
    batch.X = X.columns(at: order)
    batch.Y = Y.columns(at: order)
    batch.uniforms = uniforms.map { $0.columns(at: order) }
    return batch
  }

  /// Whether some weight is so near 0 that |w| may have its kink there, or a cost is flat.
  var hasKink: Bool {
    [W1, W2].contains { (abs($0) .< 0.01).sum() > 0 || $0.max() > 10 }
  }

  static let worked = Training(
    X: [[1, 0, -1], [2, -1, 1]], Y: [[1, 0, 1]], W1: [[0.5, -0.25], [1, 0.5]], b1: [[0], [0.25]], W2: [[1, -0.5]],
    b2: [[0.1]], lambda1: 0.3, lambda2: 0.6, keepProbability: 0.8,
    uniforms: [[[0.2, 0.9, 0.5], [0.7, 0.1, 0.95]], [[0.6, 0.3, 0.85], [0.4, 0.99, 0.05]]], rate: 0.5)

  static let inputs: [Input<Training>] = [
    .worked(worked),
    .edge("without a penalty, and everybody stays: lesson 8's network") {
      random(n: 3, p: 4, m: 5, lambda1: 0, lambda2: 0, keep: 1, steps: 3, using: &$0)
    },
    .edge("λ₁ alone") { random(n: 2, p: 3, m: 5, lambda1: 1.5, lambda2: 0, keep: 1, steps: 3, using: &$0) },
    .edge("λ₂ alone") { random(n: 4, p: 3, m: 6, lambda1: 0, lambda2: 2.5, keep: 1, steps: 3, using: &$0) },
    .edge("dropout alone") { random(n: 2, p: 5, m: 4, lambda1: 0, lambda2: 0, keep: 0.6, steps: 3, using: &$0) },
    .random { random(n: 3, p: 4, m: 6, lambda1: 0.9, lambda2: 1.7, keep: 0.7, steps: 3, using: &$0) },
    .random { random(n: 5, p: 2, m: 3, lambda1: 1.4, lambda2: 0.6, keep: 0.35, steps: 5, using: &$0) },
    .edge("one example, one step") {
      random(n: 3, p: 4, m: 1, lambda1: 0.5, lambda2: 0.8, keep: 0.75, steps: 1, using: &$0)
    },
    .edge("nobody stays in the first step") {
      var input = random(n: 2, p: 3, m: 4, lambda1: 0.4, lambda2: 0.7, keep: 0.2, steps: 2, using: &$0)
      input.uniforms[0] = 0.25 + 0.7 * input.uniforms[0]
      return input
    },
    .edge("weights of 0") {
      var input = random(n: 2, p: 3, m: 4, lambda1: 1.3, lambda2: 0.7, keep: 0.8, steps: 2, using: &$0)
      input.W1[0, 1] = 0
      input.W2[0, 2] = 0
      return input
    },
    .edge("scores of ±1000, some of them wrong", saturated(W2: [[700, 500]])),
    .edge("scores of ±40, some of them wrong", saturated(W2: [[19, 12]])),
    .edge("features in thousands, small weights") {
      var input = random(n: 3, p: 2, m: 5, lambda1: 0.6, lambda2: 1.1, keep: 0.9, steps: 2, using: &$0)
      input.X *= 1000
      input.W1 *= 5e-4
      input.rate = 1e-6
      return input
    },
    .edge("a rate so large that the cost rises") {
      var input = random(n: 2, p: 3, m: 5, lambda1: 0.6, lambda2: 1.1, keep: 0.9, steps: 4, using: &$0)
      input.rate = 4
      return input
    },
    .edge("a small rate, twelve steps") {
      var input = random(n: 2, p: 3, m: 5, lambda1: 0.6, lambda2: 1.1, keep: 0.85, steps: 12, using: &$0)
      input.rate = 1e-4
      return input
    },
  ]

  /// Hidden units at ±1 to the last digit; the third and the fourth example are on the wrong side.
  static func saturated(W2: Matrix) -> Training {
    Training(
      X: [[1, -1, 1, -1], [0.5, 0.5, -3, 0.25]], Y: [[1, 0, 0, 1]], W1: [[40, 0.25], [30, -0.5]],
      b1: [[0.5], [-0.25]], W2: W2, b2: [[0.5]], lambda1: 0.5, lambda2: 0.25, keepProbability: 0.8,
      uniforms: [
        [[0.1, 0.2, 0.3, 0.4], [0.4, 0.5, 0.6, 0.7]], [[0.9, 0.2, 0.3, 0.5], [0.4, 0.95, 0.6, 0.1]],
      ], rate: 0.1)
  }

  static func random(
    n: Int, p: Int, m: Int, lambda1: Double, lambda2: Double, keep: Double, steps: Int,
    using generator: inout SeededGenerator
  ) -> Training {
    Training(
      X: generator.normal(rows: n, columns: m), Y: LogisticBatch.labels(m, using: &generator),
      W1: generator.normal(rows: p, columns: n), b1: 0.5 + generator.uniform(rows: p, columns: 1),
      W2: generator.normal(rows: 1, columns: p), b2: 0.5 + generator.uniform(rows: 1, columns: 1),
      lambda1: lambda1, lambda2: lambda2, keepProbability: keep,
      uniforms: (0..<steps).map { _ in Dropped.uniforms(p: p, m: m, keep: keep, using: &generator) },
      rate: 0.3 + 0.5 * generator.uniform())
  }
}
