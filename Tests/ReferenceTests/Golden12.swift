import Curriculum
import Datasets
import Testing

@testable import DeepNetworkSolution
@testable import LinearRegressionSolution
@testable import RegularizationSolution

@Suite("Lesson 12 against PyTorch, and what the chapter claims") struct Golden12 {
  let lesson = Regularization()

  /// The two deep networks with all their cases.
  private func networks() throws -> [Golden] { [try Golden("deep_binary"), try Golden("deep_multiclass")] }

  private func matrices(_ golden: Golden) throws -> [Matrix] { try golden.list.map { try $0.matrix } }

  private func golden(_ network: Golden, _ name: String) throws -> Golden {
    guard let found = try network["cases"].list.first(where: { try $0["name"].text == name }) else {
      throw GoldenError(network.place, "there is no case \(name)")
    }
    return found
  }

  private func expectClose(_ actual: [Matrix], _ expected: [Matrix], _ name: String) {
    #expect(actual.count == expected.count)
    for (l, (a, b)) in zip(actual, expected).enumerated() { ReferenceTests.expectClose(a, b, "\(name)[\(l)]") }
  }

  /// By how much each dW of a case differs from that of the case without regularisation.
  private func penaltyGradients(_ network: Golden, _ name: String) throws -> [Matrix] {
    zip(try matrices(golden(network, name)["dW"]), try matrices(golden(network, "plain")["dW"])).map { $0 - $1 }
  }

  // MARK: - Penalties

  @Test func `L2 is what it adds to PyTorch's cost and gradients, and to no bias`() throws {
    for network in try networks() {
      let (W, m) = (try matrices(network["W"]), Double(try network["X"].matrix.columns))
      let given = try golden(network, "l2")
      let penalty = lesson.l2(weights: W, lambda: try given["lambda"].number, m: m)
      try ReferenceTests.expectClose(penalty.cost, given["penalty"])
      expectClose(penalty.gradients, try penaltyGradients(network, "l2"), "gradients")
      expectClose(try matrices(given["db"]), try matrices(golden(network, "plain")["db"]), "db")
    }
  }

  @Test func `L1 is PyTorch's with λ/(2m), and with λ/m for twice the λ`() throws {
    for network in try networks() {
      let (W, m) = (try matrices(network["W"]), Double(try network["X"].matrix.columns))
      for (name, factor) in [("l1_over_2m", 1.0), ("l1_over_m", 2)] {
        let given = try golden(network, name)
        let penalty = lesson.l1(weights: W, lambda: factor * (try given["lambda"].number), m: m, rate: 0.1).penalty
        try ReferenceTests.expectClose(penalty.cost, given["penalty"])
        expectClose(penalty.gradients, try penaltyGradients(network, name), "gradients")
      }
    }
  }

  @Test func `elastic net is PyTorch's`() throws {
    for network in try networks() {
      let (W, m) = (try matrices(network["W"]), Double(try network["X"].matrix.columns))
      let given = try golden(network, "elastic_net")
      let penalty = lesson.elasticNet(
        weights: W, lambda1: try given["lambda_l1"].number, lambda2: try given["lambda"].number, m: m)
      try ReferenceTests.expectClose(penalty.cost, given["penalty"])
      expectClose(penalty.gradients, try penaltyGradients(network, "elastic_net"), "gradients")
    }
  }

  @Test func `lesson 9's network with these penalties has PyTorch's costs and gradients`() throws {
    let deep = DeepNetwork()
    for network in try networks() {
      let (X, Y, W) = (try network["X"].matrix, try network["Y"].matrix, try matrices(network["W"]))
      let layers = zip(W, try matrices(network["b"])).map { Layer(W: $0, b: $1) }
      let head = try network["loss"].text == "bce" ? Head.sigmoid : .softmax
      let forward = deep.forward(X: X, layers: layers, hidden: .relu, head: head)
      let gradients = deep.backward(Y: Y, forward: forward)
      for name in ["l2", "l1_over_2m", "elastic_net"] {
        let given = try golden(network, name)
        let lambda = try given["lambda"].number
        let lambda1 = name == "l2" ? 0 : name == "l1_over_2m" ? lambda : try given["lambda_l1"].number
        let penalty = lesson.elasticNet(
          weights: W, lambda1: lambda1, lambda2: name == "l1_over_2m" ? 0 : lambda, m: Double(X.columns))
        try ReferenceTests.expectClose(deep.cost(A: forward.A, Y: Y, head: head) + penalty.cost, given["cost"])
        expectClose(zip(gradients, penalty.gradients).map { $0.dW + $1 }, try matrices(given["dW"]), "dW")
      }
    }
  }

  @Test func `a step of weight decay is a step along PyTorch's gradient of the penalised cost`() throws {
    for network in try networks() {
      let (W, m) = (try matrices(network["W"]), Double(try network["X"].matrix.columns))
      let given = try golden(network, "l2")
      for rate in [0.1, 2, 30] {
        let decayed = lesson.weightDecayStep(
          weights: W, dW: try matrices(golden(network, "plain")["dW"]), rate: rate, lambda: try given["lambda"].number,
          m: m)
        expectClose(decayed, zip(W, try matrices(given["dW"])).map { $0 - rate * $1 }, "W at rate \(rate)")
      }
    }
  }

  // MARK: - Dropout

  /// Numbers below keep where the mask is 1, and at or above it where it is 0.
  private func uniforms(_ mask: Matrix, _ keep: Double) -> Matrix { mask * (keep / 2) + (1 - mask) * (1 + keep) / 2 }

  @Test func `dropout forward and backward give PyTorch's A, dZ and dW`() throws {
    for network in try networks() {
      let (X, W) = (try network["X"].matrix, try matrices(network["W"]))
      let m = Double(X.columns)
      for name in ["dropout", "dropout_l2"] {
        let given = try golden(network, name)
        let (Z, A, dZ) = (try matrices(given["Z"]), try matrices(given["A"]), try matrices(given["dZ"]))
        let keep = try given["keep_prob"].numbers
        let penalty = lesson.l2(weights: W, lambda: try given["lambda"].number, m: m)
        for (l, mask) in try matrices(given["masks"]).enumerated() {
          let forward = lesson.dropout(
            A: max(Z[l], 0), uniforms: uniforms(mask, keep[l]), keepProbability: keep[l], training: true)
          ReferenceTests.expectClose(forward.A, A[l], "A[\(l)]")
          ReferenceTests.expectClose(forward.cache.mask, mask, "mask[\(l)]", .none)
          let dA = lesson.dropoutBackward(dA: W[l + 1].T * dZ[l + 1], cache: forward.cache)
          ReferenceTests.expectClose(dA .* (Z[l] .> 0), dZ[l], "dZ[\(l)]")
        }
        let inputs = [X] + A.dropLast()
        expectClose(
          zip(zip(dZ, inputs), penalty.gradients).map { $0.0 * $0.1.T / m + $1 }, try matrices(given["dW"]), "dW")
      }
    }
  }

  /// A mean of N independent ã has the standard error |a|√((1 − keep)/(keep·N)). Of 15 entries one is beyond six of them
  /// with a probability of about 15·2e-9; the seed is fixed besides.
  @Test(arguments: [0.3, 0.5, 0.8]) func `the mean over many masks is A, within six standard errors`(keep: Double) {
    var generator = SeededGenerator(seed: 12)
    let A = generator.normal(rows: 5, columns: 3)
    let N = 4000
    var (sum, undivided) = (0 * A, 0 * A)
    for _ in 0..<N {
      let forward = lesson.dropout(
        A: A, uniforms: generator.uniform(rows: 5, columns: 3), keepProbability: keep, training: true)
      sum += forward.A
      undivided += A .* forward.cache.mask
    }
    let error = abs(A) * ((1 - keep) / (keep * Double(N))).squareRoot()
    #expect((abs(sum / Double(N) - A) .> 6 * error).sum() == 0)
    // Without the division, and without a factor at test time, it is too small by keep: far beyond any chance.
    #expect((abs(undivided / Double(N) - keep * A) .> 6 * keep * error).sum() == 0)
    #expect((abs(undivided / Double(N) - A) .> 6 * keep * error).sum() == 15)
    let test = lesson.dropout(A: A, uniforms: 0 * A, keepProbability: keep, training: false)
    #expect(test.A == A)
    #expect(lesson.dropoutBackward(dA: A, cache: test.cache) == A)
  }

  // MARK: - The network

  @Test func `without a penalty, and with everybody kept, 12.8 is PyTorch's two-layer network`() throws {
    let golden = try Golden("two_layer")
    let X = try golden["X"].matrix
    let start = TwoLayerParameters(
      W1: try golden["W1"].matrix, b1: try golden["b1"].matrix, W2: try golden["W2"].matrix, b2: try golden["b2"].matrix
    )
    let training = lesson.train(
      X: X, Y: try golden["Y"].matrix, from: start, lambda1: 0, lambda2: 0, keepProbability: 1,
      uniforms: [Matrix(rows: start.W1.rows, columns: X.columns, repeating: 0.5)],
      rate: try golden["learning_rate"].number)
    try ReferenceTests.expectClose(training.costs, [golden["cost"].number], "costs")
    let (first, end) = (training.firstGradients, training.parameters)
    for (name, matrix) in [
      ("dZ2", first.dZ2), ("dW2", first.dW2), ("db2", first.db2), ("dZ1", first.dZ1), ("dW1", first.dW1),
      ("db1", first.db1), ("W1_after", end.W1), ("b1_after", end.b1), ("W2_after", end.W2), ("b2_after", end.b2),
    ] {
      try ReferenceTests.expectClose(matrix, golden[name])
    }
  }

  // MARK: - What the chapter claims

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `on ten draws of forty moons every cure has a lower test cost than none`(seed: UInt64) {
    let (units, steps) = (20, 3000)
    var generator = SeededGenerator(seed: seed)
    let train = Dataset.moons(count: 40, noise: 0.3, using: &generator)
    let dev = Dataset.moons(count: 100, noise: 0.3, using: &generator)
    let test = Dataset.moons(count: 1000, noise: 0.3, using: &generator)
    generator = SeededGenerator(seed: 100 + seed)
    let start = TwoLayerParameters(
      W1: generator.normal(rows: units, columns: 2), b1: Matrix(rows: units, columns: 1),
      W2: generator.normal(rows: 1, columns: units) / 4, b2: [[0]])
    let lesson = lesson

    @Sendable func trained(
      _ start: TwoLayerParameters, lambda1: Double = 0, lambda2: Double = 0, keep: Double = 1, steps: Int
    ) -> TwoLayerParameters {
      var generator = SeededGenerator(seed: 200 + seed)
      let uniforms = (0..<steps).map { _ in
        keep < 1 ? generator.uniform(rows: units, columns: 40) : Matrix(rows: units, columns: 40)
      }
      return lesson.train(
        X: train.X, Y: train.Y, from: start, lambda1: lambda1, lambda2: lambda2, keepProbability: keep,
        uniforms: uniforms, rate: 1
      ).parameters
    }
    @Sendable func cost(_ p: TwoLayerParameters, _ data: Dataset) -> Double {
      lesson.train(
        X: data.X, Y: data.Y, from: p, lambda1: 0, lambda2: 0, keepProbability: 1,
        uniforms: [Matrix(rows: units, columns: data.exampleCount)], rate: 0
      ).costs[0]
    }

    let without = cost(trained(start, steps: steps), test)
    #expect(without > 0.57)
    #expect(cost(trained(start, lambda2: 0.2, steps: steps), test) < 0.57)
    #expect(cost(trained(start, lambda1: 0.4, steps: steps), test) < 0.57)
    #expect(cost(trained(start, keep: 0.5, steps: steps), test) < 0.57)

    @Sendable func parameters(_ list: [Matrix]) -> TwoLayerParameters {
      TwoLayerParameters(W1: list[0], b1: list[1], W2: list[2], b2: list[3])
    }
    let stopped = lesson.earlyStopping(
      from: [start.W1, start.b1, start.W2, start.b2], maxEpochs: steps / 10, patience: 30,
      epoch: {
        let p = trained(parameters($0), steps: 10)
        return [p.W1, p.b1, p.W2, p.b2]
      },
      devCost: { cost(parameters($0), dev) })
    #expect(cost(parameters(stopped.best), test) < 0.57)
    // The best weights came back, not the last.
    #expect(cost(parameters(stopped.best), dev) == stopped.devCosts.min())
    #expect(stopped.devCosts.count - 1 - stopped.bestEpoch == 30)
  }

  @Test func `the lasso on the diabetes data leaves out six features, and its minimum is one`() throws {
    let linear = LinearRegression()
    let raw = try Dataset.diabetes()
    let data = raw.standardized(like: raw)
    let centred = data.Y - data.Y.mean()
    let Y = centred / pow(centred, 2).mean().squareRoot()
    let m = Double(data.exampleCount)
    var Theta = Matrix(rows: 11, columns: 1)
    for _ in 0..<2000 {
      let gradient = linear.gradients(X: data.X, Y: Y, at: Theta).squared
      let w = Theta.rows(1...) - 0.2 * gradient.rows(1...)
      Theta = Matrix(
        stacking: [
          Theta.row(0) - 0.2 * gradient.row(0), lesson.l1(weights: [w], lambda: 164, m: m, rate: 0.2).shrunk[0],
        ])
    }
    let w = Theta.rows(1...)
    #expect((w .== 0).sum() == 6)
    // Where w is not 0 the data's gradient and the penalty's cancel; where it is 0 the data pull less than the penalty.
    let gradient = linear.gradients(X: data.X, Y: Y, at: Theta).squared.rows(1...)
    let penalty = lesson.l1(weights: [w], lambda: 164, m: m, rate: 0).penalty.gradients[0]
    for j in 0..<10 {
      if w[j, 0] == 0 {
        #expect(abs(gradient[j, 0]) < 164 / (2 * m))
      } else {
        #expect(abs(gradient[j, 0] + penalty[j, 0]) < 1e-9)
      }
    }
    // At 0 the data pull with 2/m |Σ x y|: from λ = 1037 on the penalty is stronger in all ten.
    let pull = abs(linear.gradients(X: data.X, Y: Y, at: Matrix(rows: 11, columns: 1)).squared.rows(1...)).max()
    #expect(abs(2 * m * pull - 1037) < 1)
  }
}
