import Datasets
import LinearAlgebra
import Testing

@testable import Curriculum
@testable import DeepNetworkSolution
@testable import InitializationSolution

@Suite("Lesson 10 against the formulae and finite differences") struct Golden10 {
  let lesson = Initialization()

  // MARK: - Starts

  /// The weights of one layer from so many starts that there are 40,000 of them or more.
  private func weights(
    _ nIn: Int, _ nOut: Int, _ start: (inout SeededGenerator) -> [Layer]
  ) throws -> Matrix {
    var generator = SeededGenerator(seed: 10)
    var all: [Double] = []
    while all.count < 40_000 {
      let layers = start(&generator)
      try #require(layers.count == 1)
      #expect(layers[0].W.rows == nOut && layers[0].W.columns == nIn)
      #expect(layers[0].b == Matrix(rows: nOut, columns: 1))
      all += layers[0].W.elements
    }
    return Matrix(row: all)
  }

  /// The deviation of N normal numbers is off by 1/√(2N) or less in two cases of three: 0.35 % for 40,000.
  private func expectDeviation(_ W: Matrix, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation) {
    let deviation = sqrt(pow(W - W.mean(), 2).mean())
    #expect(abs(deviation / expected - 1) < 0.02, sourceLocation: sourceLocation)
    #expect(abs(W.mean()) < 0.03 * expected, sourceLocation: sourceLocation)
    #expect(abs((abs(W) .> 2 * expected).mean() - 0.0455) < 0.008, sourceLocation: sourceLocation)
  }

  @Test func `Xavier's, Glorot's and He's deviations`() throws {
    let cases = try Golden("initialisation")["cases"].list
    #expect(cases.count == 5)
    for golden in cases {
      let nIn = Int(try golden["n_in"].number)
      let nOut = Int(try golden["n_out"].number)
      let sizes = [nIn, nOut]
      expectDeviation(
        try weights(nIn, nOut) { lesson.xavierLayers(sizes: sizes, scheme: .xavier, using: &$0) },
        try golden["xavier_std"].number)
      expectDeviation(
        try weights(nIn, nOut) { lesson.xavierLayers(sizes: sizes, scheme: .glorot, using: &$0) },
        try golden["glorot_std"].number)
      expectDeviation(
        try weights(nIn, nOut) { lesson.heLayers(sizes: sizes, using: &$0) }, try golden["he_std"].number)
      expectDeviation(
        try weights(nIn, nOut) { lesson.randomLayers(sizes: sizes, deviation: 0.01, using: &$0) }, 0.01)
    }
  }

  @Test func `He's start is the one that lesson 9 takes`() {
    var one = SeededGenerator(seed: 3)
    var other = SeededGenerator(seed: 3)
    let he = lesson.heLayers(sizes: [5, 4, 3], using: &one)
    let deep = DeepNetwork().initialLayers(sizes: [5, 4, 3], using: &other)
    #expect(zip(he, deep).allSatisfy { $0.W == $1.W && $0.b == $1.b })
  }

  // MARK: - Instruments

  @Test func `the norms are those of the numerical gradient, entry by entry`() {
    let g: @Sendable (Matrix) -> Matrix = { Z in Z ./ (1 + abs(Z)) }
    let gPrime: @Sendable (Matrix) -> Matrix = { Z in 1 / pow(1 + abs(Z), 2) }
    var generator = SeededGenerator(seed: 4)
    let X = generator.normal(rows: 3, columns: 5)
    let dA = generator.normal(rows: 2, columns: 5)
    var layers = lesson.heLayers(sizes: [3, 4, 5, 2], using: &generator)
    for l in layers.indices { layers[l].b = generator.normal(rows: layers[l].b.rows, columns: 1) }
    /// 1/m Σ dA·A[L]: what dW is the gradient of.
    func J(_ layers: [Layer]) -> Double {
      (dA .* layers.reduce(X) { A, layer in g(layer.W * A + layer.b) }).sum() / 5
    }
    let numerical = layers.indices.map { l in
      var dW = layers[l].W
      for i in 0..<dW.rows {
        for j in 0..<dW.columns {
          let h = 1e-5
          var up = layers
          var down = layers
          up[l].W[i, j] += h
          down[l].W[i, j] -= h
          dW[i, j] = (J(up) - J(down)) / (2 * h)
        }
      }
      return dW.norm()
    }
    let norms = lesson.gradientNorms(X: X, layers: layers, g: g, gPrime: gPrime, dA: dA)
    for (norm, numerical) in zip(norms, numerical) { #expect(abs(norm / numerical - 1) < 1e-7) }
    #expect(norms.count == 3)
  }

  @Test func `the gradients are those of lesson 9, where its output layer is left out of account`() throws {
    let deep = DeepNetwork()
    var generator = SeededGenerator(seed: 5)
    let X = generator.normal(rows: 4, columns: 6)
    let layers = lesson.xavierLayers(sizes: [4, 7, 5, 1], scheme: .glorot, using: &generator)
    let forward = deep.forward(X: X, layers: layers, hidden: .tanh, head: .sigmoid)
    let gradients = deep.backward(Y: Matrix(row: [0, 1, 1, 0, 1, 0]), forward: forward)
    let norms = lesson.gradientNorms(
      X: X, layers: layers.dropLast(), g: { tanh($0) }, gPrime: { 1 - pow(tanh($0), 2) }, dA: gradients[2].dAPrev)
    for (norm, gradient) in zip(norms, gradients) { #expect(abs(norm / gradient.dW.norm() - 1) < 1e-12) }
    let statistics = lesson.activationStatistics(X: X, layers: layers.dropLast()) { tanh($0) }
    for (statistics, cache) in zip(statistics, forward.caches) {
      #expect(abs(statistics.mean - cache.A.mean()) < 1e-14)
      #expect(statistics.zeros == 0)
    }
  }

  // MARK: - What the chapter says

  private func digits() throws -> (X: Matrix, Y: Matrix) {
    let data = try Dataset.digits()
    var Y = Matrix(rows: 10, columns: 300)
    for i in 0..<300 { Y[data.labels[i], i] = 1 }
    let X = data.X.columns(0..<300)
    return (X - X.mean(), Y)
  }

  @Test(arguments: [Activation.sigmoid, .tanh, .relu])
  func `units that begin alike stay alike, to the last bit`(hidden: Activation) throws {
    let (X, Y) = try digits()
    let report = lesson.zeroStart(sizes: [64, 7, 5, 10]) {
      DeepNetwork().train(X: X, Y: Y, from: $0, hidden: hidden, head: .softmax, rate: 1, steps: 20).layers
    }
    #expect(report.spreads == [0, 0])
  }

  /// The least cost within 150 steps of 8 layers of ReLU, from a start of each of ten seeds.
  private func leastCosts(_ start: (inout SeededGenerator) -> [Layer]) throws -> [Double] {
    let (X, Y) = try digits()
    return (1...10).map { (seed: UInt64) in
      var generator = SeededGenerator(seed: seed)
      let costs = DeepNetwork().train(
        X: X, Y: Y, from: start(&generator), hidden: .relu, head: .softmax, rate: 0.05, steps: 151
      ).costs
      return costs.min() ?? .nan
    }
  }

  @Test func `a deep ReLU net learns faster from He's start than from Xavier's, and from 0.01 not at all`() throws {
    let sizes = [64] + [Int](repeating: 20, count: 7) + [10]
    let he = try leastCosts { lesson.heLayers(sizes: sizes, using: &$0) }
    let xavier = try leastCosts { lesson.xavierLayers(sizes: sizes, scheme: .xavier, using: &$0) }
    let small = try leastCosts { lesson.randomLayers(sizes: sizes, deviation: 0.01, using: &$0) }
    #expect(he.allSatisfy { $0 < 1.3 })
    #expect(xavier.allSatisfy { 1.4 < $0 && $0 < 2.29 })
    #expect(small.allSatisfy { $0 > 2.3 })
  }

  @Test
  func `behind twenty sigmoids a gradient is a million millionth, behind tanh with Xavier it is as large as before`() {
    for seed in UInt64(1)...10 {
      var generator = SeededGenerator(seed: seed)
      let X = generator.normal(rows: 50, columns: 100)
      let dA = generator.normal(rows: 50, columns: 100)
      let layers = lesson.xavierLayers(sizes: [Int](repeating: 50, count: 21), scheme: .xavier, using: &generator)
      let sigmoid: @Sendable (Matrix) -> Matrix = { 1 / (1 + exp(-$0)) }
      let sigmas = lesson.gradientNorms(
        X: X, layers: layers, g: sigmoid, gPrime: { sigmoid($0) .* (1 - sigmoid($0)) }, dA: dA)
      let tanhs = lesson.gradientNorms(
        X: X, layers: layers, g: { tanh($0) }, gPrime: { 1 - pow(tanh($0), 2) }, dA: dA)
      #expect(sigmas[0] / sigmas[19] < 3.7e-12)
      #expect(tanhs[0] / tanhs[19] > 0.8 && tanhs[0] / tanhs[19] < 2)
    }
  }
}
