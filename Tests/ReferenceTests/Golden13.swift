import Datasets
import LinearAlgebra
import Testing

@testable import BatchNormalizationSolution
@testable import Curriculum
@testable import DeepNetworkSolution

@Suite("Lesson 13 against PyTorch") struct Golden13 {
  let lesson = BatchNormalization()
  let golden: Golden
  let Z, gamma, beta: Matrix
  let epsilon: Double

  init() throws {
    golden = try Golden("batch_norm")
    Z = try golden["Z"].matrix
    gamma = try golden["gamma"].matrix
    beta = try golden["beta"].matrix
    epsilon = try golden["epsilon"].number
  }

  @Test func `mean and biased variance by feature`() throws {
    let batch = lesson.statistics(Z)
    try expectClose(batch.mean, golden["mean"])
    try expectClose(batch.variance, golden["variance"])
  }

  @Test func `normalised, scaled and shifted scores are PyTorch's`() throws {
    let forward = lesson.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    try expectClose(forward.cache.Zhat, golden["Zhat"])
    try expectClose(forward.Ztilde, golden["Ztilde"])
  }

  /// The denominator that a lecture prints: with it the numbers are others, and γ = 1 does not give a variance of
  /// σ²/(σ² + ε).
  @Test func `ε stands inside the root: √σ² + ε gives other numbers`() throws {
    let batch = lesson.statistics(Z)
    let printed = (Z - batch.mean) ./ (sqrt(batch.variance) + epsilon)
    #expect(try mismatch(printed, golden["Zhat"].matrix, .value) != nil)
    let Zhat = try golden["Zhat"].matrix
    expectClose(
      pow(Zhat, 2).rowMeans(), batch.variance ./ (batch.variance + epsilon), "the variance of Ẑ, with ε inside the root"
    )
  }

  @Test func `γ = √(σ² + ε) and β = μ give Z back`() throws {
    let undoing = lesson.undoing(Z: Z, epsilon: epsilon)
    let back = lesson.forward(Z: Z, gamma: undoing.gamma, beta: undoing.beta, epsilon: epsilon).Ztilde
    try expectClose(back, golden["Z"])
  }

  @Test func `dZ, dγ and dβ are autograd's`() throws {
    let cache = lesson.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon).cache
    let g = try lesson.backward(dZtilde: golden["dZtilde"].matrix, cache: cache)
    try expectClose(g.dZ, golden["dZ"])
    try expectClose(g.dgamma, golden["dgamma"])
    try expectClose(g.dbeta, golden["dbeta"])
  }

  @Test func `running statistics after each batch, and the test-time scores with the last`() throws {
    let running = try golden["running"]
    let batches = try running["batches"].list
    let rho = try running["momentum"].number
    let start = try BatchStatistics(
      mean: running["initial_mean"].matrix, variance: running["initial_variance"].matrix)
    let testZ = try running["test_Z"].matrix
    #expect(batches.count > 1)
    for count in 1...batches.count {
      let result = try lesson.testForward(
        Z: testZ, after: batches[..<count].map { try $0["Z"].matrix }, from: start, momentum: rho, gamma: gamma,
        beta: beta, epsilon: epsilon)
      try expectClose(result.running.mean, batches[count - 1]["running_mean"])
      try expectClose(result.running.variance, batches[count - 1]["running_variance"])
      if count == batches.count { try expectClose(result.Ztilde, running["test_Ztilde"]) }
    }
  }

  /// With γ and β of 13.3 batch norm does nothing, so the network is lesson 9's with b₁ = 0.
  @Test func `the network with batch norm undone has the cost of the deep network of the files`() throws {
    let golden = try Golden("two_layer")
    let (X, W1, b1) = (try golden["X"].matrix, try golden["W1"].matrix, try golden["b1"].matrix)
    let undoing = lesson.undoing(Z: W1 * X, epsilon: epsilon)
    let parameters = try BatchNormParameters(
      W1: W1, gamma: undoing.gamma, beta: undoing.beta + b1, W2: golden["W2"].matrix, b2: golden["b2"].matrix)
    let pass = try lesson.network(X: X, Y: golden["Y"].matrix, at: parameters, epsilon: epsilon)
    try expectClose(pass.A2, golden["A2"])
    try expectClose(pass.cost, golden["cost"])
    try expectClose(pass.gradients.W2, golden["dW2"])
    // β stands where b₁ stood.
    try expectClose(pass.gradients.beta, golden["db1"])
  }
}

@Suite("Batch norm trains a deep network in fewer steps") struct BatchNormalizationClaim {
  /// Chapter 13's measure: the steps until the training cost on 300 digits is below 0.1, five hidden layers of 20 ReLU units.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `at α = 1 it needs less than a third of the steps that it takes without, at any of four rates`(seed: UInt64)
    throws
  {
    var generator = SeededGenerator(seed: seed)
    let data = try Dataset.digits().shuffled(using: &generator)
    let X = data.X.columns(0..<300)
    var Y = Matrix(rows: 10, columns: 300)
    for (i, label) in data.labels[0..<300].enumerated() { Y[label, i] = 1 }

    let steps = try #require(Net(isNormed: true, seed: seed).stepsToGoal(X, Y, rate: 1, atMost: 30))
    for rate in [0.1, 0.2, 0.3, 1] {
      #expect(Net(isNormed: false, seed: seed).stepsToGoal(X, Y, rate: rate, atMost: 3 * steps) == nil, "α = \(rate)")
    }
  }

  private struct Net {
    let deep = DeepNetwork(), lesson = BatchNormalization()
    let isNormed: Bool
    var layers: [Layer], scales: [ScaleShift]

    init(isNormed: Bool, seed: UInt64) {
      self.isNormed = isNormed
      var generator = SeededGenerator(seed: seed)
      layers = deep.initialLayers(sizes: [64, 20, 20, 20, 20, 20, 10], using: &generator)
      scales = layers.dropLast().map { ScaleShift(gamma: 1 + 0 * $0.b, beta: 0 * $0.b) }
    }

    /// How many steps were taken when J is below 0.1 for the first time.
    func stepsToGoal(_ X: Matrix, _ Y: Matrix, rate: Double, atMost limit: Int) -> Int? {
      var net = self
      return (0...limit).first { _ in net.step(X, Y, rate: rate) < 0.1 }
    }

    private mutating func step(_ X: Matrix, _ Y: Matrix, rate: Double) -> Double {
      let m = Double(X.columns)
      let last = scales.count
      var A = X
      var linear: [LinearCache] = []
      var norms: [BatchNormCache] = []
      var activations: [LayerCache] = []
      for l in 0..<last {
        let forward = deep.linearForward(APrev: A, layer: layers[l])
        let norm = lesson.forward(Z: forward.Z, gamma: scales[l].gamma, beta: scales[l].beta, epsilon: 1e-5)
        let Z = isNormed ? norm.Ztilde : forward.Z
        // A layer that changes nothing, and ReLU.
        let same = Layer(W: .identity(Z.rows), b: Matrix(rows: Z.rows, columns: 1))
        let activation = deep.layerForward(APrev: Z, layer: same, activation: .relu)
        linear.append(forward.cache)
        norms.append(norm.cache)
        activations.append(activation.cache)
        A = activation.A
      }
      let output = deep.layerForward(APrev: A, layer: layers[last], activation: .softmax)
      let top = deep.linearBackward(dZ: output.A - Y, cache: output.cache.linear)
      var dA = top.dAPrev
      layers[last].W -= rate * top.dW
      layers[last].b -= rate * top.db
      for l in (0..<last).reversed() {
        var dZ = deep.activationBackward(dA: dA, cache: activations[l])
        if isNormed {
          let g = lesson.backward(dZtilde: dZ, cache: norms[l])
          scales[l].gamma -= (rate / m) * g.dgamma
          scales[l].beta -= (rate / m) * g.dbeta
          dZ = g.dZ
        }
        let below = deep.linearBackward(dZ: dZ, cache: linear[l])
        dA = below.dAPrev
        layers[l].W -= rate * below.dW
        if !isNormed { layers[l].b -= rate * below.db }
      }
      return deep.cost(A: output.A, Y: Y, head: .softmax)
    }
  }
}
