import Curriculum

/// The steps of lesson 13.
public let batchNormalizationSteps: [Step<any BatchNormalizationLesson>] = [
  Step(
    "13.1",
    on: Features.inputs,
    // Far from 0, right ways round differently: 2.50000003.
    tolerances: ["variance": .close(relative: 1e-8, absolute: 1e-14)]
  ) { lesson, input in
    let batch = lesson.statistics(input.Z)
    return ["mean": batch.mean, "variance": batch.variance]
  },

  Step(
    "13.2", on: Norm.inputs, tolerances: ["variance": .close(relative: 1e-9, absolute: 1e-14)]
  ) { lesson, input in
    let forward = lesson.forward(Z: input.Z, gamma: input.gamma, beta: input.beta, epsilon: input.epsilon)
    let cache = forward.cache
    return [
      "mean": cache.statistics.mean, "variance": cache.statistics.variance, "Zhat": cache.Zhat,
      "Ztilde": forward.Ztilde, "cached Z": cache.Z, "cached gamma": cache.gamma, "cached epsilon": cache.epsilon,
    ]
  },

  Step(
    "13.3",
    on: Undone.inputs,
    tolerances: ["largest |Z̃ − Z|": .absolute(1e-9)]
  ) { lesson, input in
    let undoing = lesson.undoing(Z: input.Z, epsilon: input.epsilon)
    let fits = [undoing.gamma, undoing.beta].allSatisfy { $0.rows == input.Z.rows && $0.columns == 1 }
    let Ztilde =
      fits
      ? lesson.forward(Z: input.Z, gamma: undoing.gamma, beta: undoing.beta, epsilon: input.epsilon).Ztilde : [[]]
    return [
      "gamma": undoing.gamma, "beta": undoing.beta, "largest |Z̃ − Z|": largestDifference(Ztilde, input.Z),
    ]
  },

  Step(
    "13.4", on: NormBackward.inputs, tolerances: ["dZ": .close(relative: 1e-9, absolute: 1e-11)],
    derivatives: { reference, input in
      // A feature that hardly varies curves like 1/ε: differences say too little there.
      let Z = input.Z
      let spread = (Z.rowMaxima() - Z.rowMinima()).elements
      if spread.contains(where: { $0 < 1 || $0 > 100 }) { return [:] }
      @Sendable func sum(_ Z: Matrix, _ gamma: Matrix, _ beta: Matrix) -> Double {
        (input.dZtilde .* reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: input.epsilon).Ztilde).sum()
      }
      return [
        "dgamma": .of("Σ dZ̃·Z̃", at: input.gamma) { sum(Z, $0, input.beta) },
        "dbeta": .of("Σ dZ̃·Z̃", at: input.beta) { sum(Z, input.gamma, $0) },
        "dZ": .of("Σ dZ̃·Z̃", at: Z) { sum($0, input.gamma, input.beta) },
      ]
    }
  ) { lesson, input in
    let forward = lesson.forward(Z: input.Z, gamma: input.gamma, beta: input.beta, epsilon: input.epsilon)
    let g = lesson.backward(dZtilde: input.dZtilde, cache: forward.cache)
    return ["dbeta": g.dbeta, "dgamma": g.dgamma, "dZ": g.dZ]
  },

  Step(
    "13.5", on: Running.inputs, tolerances: ["running variance": .close(relative: 1e-9, absolute: 1e-14)]
  ) { lesson, input in
    let result = lesson.testForward(
      Z: input.Z, after: input.batches, from: BatchStatistics(mean: input.mean, variance: input.variance),
      momentum: input.rho, gamma: input.gamma, beta: input.beta, epsilon: input.epsilon)
    return [
      "running mean": result.running.mean, "running variance": result.running.variance, "Ztilde": result.Ztilde,
    ]
  },

  Step(
    "13.6", on: Network.inputs,
    derivatives: { reference, input in
      if !input.isSmooth { return [:] }
      @Sendable func cost(_ change: (inout BatchNormParameters) -> Void) -> Double {
        var parameters = input.parameters
        change(&parameters)
        return reference.network(X: input.X, Y: input.Y, at: parameters, epsilon: input.epsilon).cost
      }
      return [
        "dW2": .of("J", at: input.W2) { W2 in cost { $0.W2 = W2 } },
        "db2": .of("J", at: input.b2) { b2 in cost { $0.b2 = b2 } },
        "dbeta": .of("J", at: input.beta) { beta in cost { $0.beta = beta } },
        "dgamma": .of("J", at: input.gamma) { gamma in cost { $0.gamma = gamma } },
        "dW1": .of("J", at: input.W1) { W1 in cost { $0.W1 = W1 } },
      ]
    }
  ) { lesson, input in
    let pass = lesson.network(X: input.X, Y: input.Y, at: input.parameters, epsilon: input.epsilon)
    let g = pass.gradients
    return [
      "A2": pass.A2, "J": pass.cost, "dW2": g.W2, "db2": g.b2, "dbeta": g.beta, "dgamma": g.gamma, "dW1": g.W1,
    ]
  },

  Step(
    "13.7",
    on: noisy,
    tolerances: [
      "measured": .close(relative: 1e-9, absolute: 1e-12), "predicted": .close(relative: 1e-9, absolute: 1e-12),
    ]
  ) { lesson, input in
    let noise = lesson.noise(of: input.Z, batchSize: input.size)
    return ["measured": noise.measured, "predicted": noise.predicted]
  },
]

/// The batch that the chapter works through: means 3 and −1, variances 2 and 6. With ε = ¼ both roots are 1.5 and 2.5.
private let workedZ: Matrix = [[1, 3, 5, 3], [1, -5, -1, 1]]

/// Features of different places and scales.
private func features(n: Int, m: Int, using generator: inout SeededGenerator) -> Matrix {
  let places = 3 * generator.normal(rows: n, columns: 1)
  let scales = Matrix(column: (0..<n).map { 1 + 0.75 * Double(($0 * 2) % 5) })
  return places + scales .* generator.normal(rows: n, columns: m)
}

/// Features of the given sizes.
private func features(sizes: [Double], m: Int, using generator: inout SeededGenerator) -> Matrix {
  let Z = 1 + generator.normal(rows: sizes.count, columns: m)
  return Matrix(column: sizes) .* Z
}

/// The chapter's feature that is almost constant, and a plain one.
private let hardlyVarying: Matrix = [[0, 0, 0, 0.00002], [1, 2, 6, 3]]

/// Scales γ of both signs, none near 0 or 1.
private func scales(_ n: Int, using generator: inout SeededGenerator) -> Matrix {
  Matrix(column: (0..<n).map { ($0 % 2 == 0 ? 1 : -1) * (1.5 + generator.uniform()) })
}

/// Columns to cut into batches, and the size of a batch.
private let noisy: [Input<(Z: Matrix, size: Int)>] = [
  .worked((Z: [[1, 3, 5, 3, 3], [1, -5, -1, 1, -1]], size: 2)),
  .random { (Z: features(n: 3, m: 17, using: &$0), size: 4) },
  .random { (Z: features(n: 2, m: 23, using: &$0), size: 5) },
  .edge("no rest") { (Z: features(n: 2, m: 12, using: &$0), size: 3) },
  .edge("batches of one") { (Z: features(n: 2, m: 7, using: &$0), size: 1) },
  .edge("one batch of all") { (Z: features(n: 3, m: 6, using: &$0), size: 6) },
  .edge("one batch and a long rest") { (Z: features(n: 2, m: 7, using: &$0), size: 4) },
  .edge("features of sizes 0.0001 and 10000") {
    (Z: features(sizes: [1e-4, 1e4], m: 10, using: &$0), size: 3)
  },
  .edge("columns that rise", (Z: [[1, 2, 4, 5, 7, 8, 11, 12, 20]], size: 2)),
  .edge("a constant feature", (Z: [[5, 5, 5, 5, 5], [1, 2, 6, 2, 0]], size: 2)),
]

/// The largest difference of two matrices; infinite where their shapes differ.
private func largestDifference(_ A: Matrix, _ B: Matrix) -> Double {
  A.rows == B.rows && A.columns == B.columns ? abs(A - B).max() : .infinity
}

private struct Features: ExampleBatch, Sendable {
  var Z: Matrix
  var examples: Int { Z.columns }
  func permuted(by order: [Int]) -> Features { Features(Z: Z.columns(at: order)) }

  static let inputs: [Input<Features>] = [
    .worked(Features(Z: workedZ)), .random { Features(Z: features(n: 3, m: 5, using: &$0)) },
    .random { Features(Z: features(n: 6, m: 4, using: &$0)) },
    .edge("a single feature") { Features(Z: features(n: 1, m: 7, using: &$0)) },
    .edge("a batch of one", Features(Z: [[2], [-3], [7]])),
    .edge("a batch of two", Features(Z: [[2, 5], [-3, 1], [7, 7]])),
    .edge("a constant feature", Features(Z: [[5, 5, 5], [1, 2, 6]])),
    .edge("features of sizes 0.0001 and 10000") { Features(Z: features(sizes: [1e-4, 1e4], m: 6, using: &$0)) },
    .edge("a feature far from 0", Features(Z: far)),
    .edge("a feature that hardly varies", Features(Z: hardlyVarying)),
    .edge("32 examples", Features(Z: Matrix(row: (0..<32).map { Double($0 * 7 % 11) }))),
  ]

  /// Near 1000, where every right way of computing a variance keeps its digits, and a plain feature.
  private static let far: Matrix = [[1000, 1003, 1001, 1004], [-1, 3, 0, 2]]
}

private struct Undone: ExampleBatch, Sendable {
  var Z: Matrix, epsilon: Double
  var examples: Int { Z.columns }
  func permuted(by order: [Int]) -> Undone { Undone(Z: Z.columns(at: order), epsilon: epsilon) }

  static let inputs: [Input<Undone>] = [
    .worked(Undone(Z: workedZ, epsilon: 0.25)),
    .random { Undone(Z: features(n: 3, m: 5, using: &$0), epsilon: 1e-5) },
    .random { Undone(Z: features(n: 5, m: 4, using: &$0), epsilon: 0.5) },
    .edge("a batch of one", Undone(Z: [[2], [-3], [7]], epsilon: 1e-5)),
    .edge("a constant feature", Undone(Z: [[5, 5, 5], [1, 2, 6]], epsilon: 1e-5)),
    .edge("a constant feature and ε = 1e-8", Undone(Z: [[5, 5, 5], [1, 2, 6]], epsilon: 1e-8)),
    .edge("ε = 0.001") { Undone(Z: 0.01 * features(n: 2, m: 6, using: &$0), epsilon: 1e-3) },
    .edge("a feature that hardly varies and ε = 1e-12", Undone(Z: hardlyVarying, epsilon: 1e-12)),
  ]
}

/// What batch norm takes.
private struct Norm: ExampleBatch, Sendable {
  var Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double
  var examples: Int { Z.columns }

  func permuted(by order: [Int]) -> Norm {
    Norm(Z: Z.columns(at: order), gamma: gamma, beta: beta, epsilon: epsilon)
  }

  static let inputs: [Input<Norm>] = [
    .worked(worked), .random { random(n: 3, m: 5, epsilon: 1e-5, using: &$0) },
    .random { random(n: 5, m: 4, epsilon: 0.5, using: &$0) },
    .edge("ε = 0.001") { random(n: 2, m: 7, epsilon: 1e-3, using: &$0) },
    .edge("a single feature") { random(n: 1, m: 6, epsilon: 1e-5, using: &$0) },
    .edge("a batch of one", one), .edge("a batch of two", two), .edge("a constant feature", constant),
    .edge("constant features and ε = 1e-8", tiny), .edge("an outlier", outlier),
    .edge("features of sizes 0.001 and 1000") { sized(using: &$0) },
    .edge("a feature that hardly varies", hardly(epsilon: 1e-5)),
    .edge("a feature that hardly varies and ε = 1e-12", hardly(epsilon: 1e-12)),
    .edge("an outlier among 130 examples", farOutlier),
  ]

  static let worked = Norm(Z: workedZ, gamma: [[3], [-0.5]], beta: [[1], [2]], epsilon: 0.25)
  static let one = Norm(Z: [[2], [-3], [7]], gamma: [[2], [-0.5], [1.5]], beta: [[1], [-2], [0.5]], epsilon: 1e-5)
  static let two = Norm(
    Z: [[2, 5], [-3, 1], [7, 3]], gamma: [[2], [-0.5], [1.5]], beta: [[1], [-2], [0.5]], epsilon: 0.75)
  static let constant = Norm(
    Z: [[5, 5, 5, 5], [1, 2, 6, 0], [-3, -3, -3, -3]], gamma: [[2], [-0.5], [1.5]], beta: [[1], [-2], [0.25]],
    epsilon: 1e-5)

  static var tiny: Norm {
    var norm = constant
    norm.epsilon = 1e-8
    return norm
  }
  /// One of 30 examples is more than five standard deviations from the mean.
  static let outlier = Norm(
    Z: Matrix(row: (0..<30).map { $0 == 7 ? 50 : Double($0 % 4) }), gamma: [[2]], beta: [[-1]], epsilon: 1e-5)
  /// More than ten standard deviations.
  static let farOutlier = Norm(
    Z: Matrix(row: (0..<130).map { $0 == 7 ? 90 : Double($0 % 4) }), gamma: [[2]], beta: [[-1]], epsilon: 1e-5)

  static func hardly(epsilon: Double) -> Norm {
    Norm(Z: hardlyVarying, gamma: [[2], [-0.5]], beta: [[1], [-2]], epsilon: epsilon)
  }

  static func random(n: Int, m: Int, epsilon: Double, using generator: inout SeededGenerator) -> Norm {
    Norm(
      Z: features(n: n, m: m, using: &generator), gamma: scales(n, using: &generator),
      beta: 0.5 + generator.normal(rows: n, columns: 1), epsilon: epsilon)
  }

  /// A feature whose variance is less than ε, and one whose variance is huge.
  static func sized(using generator: inout SeededGenerator) -> Norm {
    var norm = random(n: 2, m: 5, epsilon: 1e-5, using: &generator)
    norm.Z = features(sizes: [1e-3, 1e3], m: 5, using: &generator)
    return norm
  }
}

/// What batch norm takes, and the gradient from above, which is not constant along any row.
private struct NormBackward: ExampleBatch, Sendable {
  var Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double, dZtilde: Matrix
  var examples: Int { Z.columns }

  init(_ norm: Norm, dZtilde: Matrix) {
    Z = norm.Z
    gamma = norm.gamma
    beta = norm.beta
    epsilon = norm.epsilon
    self.dZtilde = dZtilde
  }

  func permuted(by order: [Int]) -> NormBackward {
    var batch = self
    batch.Z = Z.columns(at: order)
    batch.dZtilde = dZtilde.columns(at: order)
    return batch
  }

  static let inputs: [Input<NormBackward>] = [
    .worked(NormBackward(.worked, dZtilde: [[1, 0, -2, 3], [0.5, -1, 2, 0]])),
    .random { random(.random(n: 3, m: 5, epsilon: 1e-5, using: &$0), using: &$0) },
    .random { random(.random(n: 5, m: 4, epsilon: 0.5, using: &$0), using: &$0) },
    .edge("ε = 0.001") { random(.random(n: 2, m: 7, epsilon: 1e-3, using: &$0), using: &$0) },
    .edge("a single feature") { random(.random(n: 1, m: 6, epsilon: 1e-5, using: &$0), using: &$0) },
    .edge("a batch of one", NormBackward(.one, dZtilde: [[3], [-1], [0.5]])),
    .edge("a batch of two", NormBackward(.two, dZtilde: [[3, -1], [-2, 0.5], [0.25, 1]])),
    .edge(
      "constant features",
      NormBackward(.constant, dZtilde: [[1, -2, 0.5, 2], [-3, 1, 4, 0.5], [0.5, -1, 3, 1.5]])),
    .edge(
      "constant features and ε = 1e-8",
      NormBackward(.tiny, dZtilde: [[1, -2, 0.5, 2], [-3, 1, 4, 0.5], [0.5, -1, 3, 1.5]])),
    .edge("an outlier", NormBackward(.outlier, dZtilde: Matrix(row: (0..<30).map { Double($0 % 7) - 2.5 }))),
    .edge("features of sizes 0.001 and 1000") { random(.sized(using: &$0), using: &$0) },
  ]

  static func random(_ norm: Norm, using generator: inout SeededGenerator) -> NormBackward {
    NormBackward(norm, dZtilde: 0.5 + generator.normal(rows: norm.Z.rows, columns: norm.Z.columns))
  }
}

/// Batches met in training, in order, and new examples.
private struct Running: Sendable {
  var Z: Matrix, batches: [Matrix], mean: Matrix, variance: Matrix, rho: Double
  var gamma: Matrix, beta: Matrix, epsilon: Double

  static let inputs: [Input<Running>] = [
    .worked(
      Running(
        Z: [[2.4, 0]], batches: [[[8, 10, 12, 10]], [[1, 3, 5, 3]]], mean: [[0]], variance: [[1]], rho: 0.9,
        gamma: [[3]], beta: [[1]], epsilon: 0.25)),
    .random { random(n: 3, m: 4, sizes: [5, 5, 2], rho: 0.9, epsilon: 1e-5, using: &$0) },
    .random {
      var input = random(n: 2, m: 5, sizes: [4, 3, 6, 5], rho: 0.3, epsilon: 0.1, using: &$0)
      input.mean = $0.normal(rows: 2, columns: 1)
      input.variance = 0.5 + 3 * $0.uniform(rows: 2, columns: 1)
      return input
    },
    .edge("no batch at all") {
      var input = random(n: 2, m: 3, sizes: [], rho: 0.8, epsilon: 1e-3, using: &$0)
      input.mean = $0.normal(rows: 2, columns: 1)
      input.variance = 0.5 + 3 * $0.uniform(rows: 2, columns: 1)
      return input
    },
    .edge("one batch") { random(n: 2, m: 4, sizes: [5], rho: 0.75, epsilon: 1e-5, using: &$0) },
    .edge("one new example") { random(n: 3, m: 1, sizes: [4, 5], rho: 0.8, epsilon: 1e-5, using: &$0) },
    .edge("a batch of one") { random(n: 2, m: 3, sizes: [4, 1, 3], rho: 0.6, epsilon: 1e-5, using: &$0) },
    .edge("ρ = 1") { random(n: 2, m: 3, sizes: [4, 3], rho: 1, epsilon: 1e-5, using: &$0) },
    .edge("ρ = 0") { random(n: 2, m: 3, sizes: [4, 5], rho: 0, epsilon: 1e-5, using: &$0) },
    .edge(
      "a constant feature and ρ = 0",
      Running(
        Z: [[5, 7, 4], [2, 0, 1]], batches: [[[5, 5, 5, 5], [1, 2, 6, 0]]], mean: [[0], [0]], variance: [[1], [1]],
        rho: 0,
        gamma: [[2], [-0.5]], beta: [[1], [-2]], epsilon: 1e-5)),
    .edge(
      "a feature that hardly varies and ε = 1e-12",
      Running(
        Z: [[0.00001, 0, 0.00003], [2, 0, 1]], batches: [hardlyVarying], mean: [[0], [0]],
        variance: [[1e-10], [1]], rho: 0.5, gamma: [[2], [-0.5]], beta: [[1], [-2]], epsilon: 1e-12)),
    .edge("twelve batches") {
      random(n: 1, m: 3, sizes: [Int](repeating: 3, count: 12), rho: 0.95, epsilon: 1e-5, using: &$0)
    },
  ]

  /// Batches of these sizes, from mean 0 and variance 1; new examples from elsewhere.
  static func random(
    n: Int, m: Int, sizes: [Int], rho: Double, epsilon: Double, using generator: inout SeededGenerator
  ) -> Running {
    Running(
      Z: 2 + features(n: n, m: m, using: &generator),
      batches: sizes.map { features(n: n, m: $0, using: &generator) }, mean: Matrix(rows: n, columns: 1),
      variance: Matrix(rows: n, columns: 1, repeating: 1), rho: rho, gamma: scales(n, using: &generator),
      beta: 0.5 + generator.normal(rows: n, columns: 1), epsilon: epsilon)
  }
}

/// Examples, labels and the parameters of the network of 13.6.
private struct Network: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, W1: Matrix, gamma: Matrix, beta: Matrix, W2: Matrix, b2: Matrix, epsilon: Double
  var examples: Int { X.columns }
  var parameters: BatchNormParameters { BatchNormParameters(W1: W1, gamma: gamma, beta: beta, W2: W2, b2: b2) }

  func permuted(by order: [Int]) -> Network {
    var network = self
    network.X = X.columns(at: order)
    network.Y = Y.columns(at: order)
    return network
  }

  /// Whether differences say something: no constant unit (the curvature there is 1/ε), no saturated output.
  var isSmooth: Bool {
    let Z1 = W1 * X
    let spread = (Z1.rowMaxima() - Z1.rowMinima()).elements
    return examples > 1 && spread.allSatisfy { $0 > 0.3 } && abs(W2).max() < 100
  }

  static let inputs: [Input<Network>] = [
    .worked(
      Network(
        X: workedZ, Y: [[0, 1, 1, 0]], W1: [[1, 0], [0, 1]], gamma: [[0.75], [-0.5]], beta: [[0.5], [0.25]],
        W2: [[1, -2]], b2: [[0.5]], epsilon: 0.25)),
    .random { random(n: 3, p: 2, m: 5, epsilon: 1e-5, using: &$0) },
    .random { random(n: 2, p: 5, m: 7, epsilon: 0.3, using: &$0) },
    .edge("one hidden unit") { random(n: 4, p: 1, m: 6, epsilon: 1e-3, using: &$0) },
    .edge("one example") { random(n: 3, p: 2, m: 1, epsilon: 1e-5, using: &$0) },
    .edge("a hidden unit without weights") {
      var network = random(n: 3, p: 2, m: 5, epsilon: 1e-5, using: &$0)
      for j in 0..<3 { network.W1[1, j] = 0 }
      return network
    },
    .edge("all labels alike") {
      var network = random(n: 2, p: 3, m: 4, epsilon: 1e-5, using: &$0)
      network.Y = Matrix(rows: 1, columns: 4, repeating: 1)
      return network
    },
    .edge(
      "outputs of exactly 0 and 1",
      Network(
        X: [[1, -1, 2, -2, 0.5]], Y: [[1, 1, 0, 0, 1]], W1: [[1], [-0.5]], gamma: [[2], [1.5]], beta: [[0.5], [-0.25]],
        W2: [[1500, 200]], b2: [[0.5]], epsilon: 1e-5)),
  ]

  static func random(n: Int, p: Int, m: Int, epsilon: Double, using generator: inout SeededGenerator) -> Network {
    Network(
      X: features(n: n, m: m, using: &generator), Y: LogisticBatch.labels(m, using: &generator),
      W1: generator.normal(rows: p, columns: n), gamma: 0.5 * scales(p, using: &generator),
      beta: 0.25 + 0.5 * generator.normal(rows: p, columns: 1), W2: generator.normal(rows: 1, columns: p),
      b2: 0.25 + 0.25 * generator.normal(rows: 1, columns: 1), epsilon: epsilon)
  }
}
