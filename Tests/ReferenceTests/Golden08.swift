import Curriculum
import Datasets
import Testing

@testable import TwoLayerNetworkSolution

@Suite("Lesson 8 against NumPy and PyTorch") struct Golden08 {
  let lesson = TwoLayerNetwork()

  /// The network of the files: 2 features, 4 hidden units, 5 examples.
  private struct Small {
    let golden: Golden
    let X, Y: Matrix
    let start: TwoLayerParameters

    init() throws {
      golden = try Golden("two_layer")
      X = try golden["X"].matrix
      Y = try golden["Y"].matrix
      start = try TwoLayerParameters(
        W1: golden["W1"].matrix, b1: golden["b1"].matrix, W2: golden["W2"].matrix, b2: golden["b2"].matrix)
    }
  }

  private func expect(_ g: TwoLayerGradients, _ golden: Golden) throws {
    try expectClose(g.dZ2, golden["dZ2"])
    try expectClose(g.dW2, golden["dW2"])
    try expectClose(g.db2, golden["db2"])
    try expectClose(g.dZ1, golden["dZ1"])
    try expectClose(g.dW1, golden["dW1"])
    try expectClose(g.db1, golden["db1"])
  }

  @Test func `forward and cost are PyTorch's`() throws {
    let small = try Small()
    let cache = lesson.forward(X: small.X, at: small.start)
    try expectClose(cache.Z1, small.golden["Z1"])
    try expectClose(cache.A1, small.golden["A1"])
    try expectClose(cache.Z2, small.golden["Z2"])
    try expectClose(cache.A2, small.golden["A2"])
    try expectClose(lesson.cost(A2: cache.A2, Y: small.Y), small.golden["cost"])
    for i in 0..<5 {
      let a = lesson.layer(x: small.X.column(i), W: small.start.W1, b: small.start.b1)
      expectClose(a.units, cache.A1.column(i), "the units of example \(i)")
      expectClose(a.layer, cache.A1.column(i), "the layer of example \(i)")
    }
  }

  @Test func `backward for m examples is PyTorch's`() throws {
    let small = try Small()
    let cache = lesson.forward(X: small.X, at: small.start)
    try expect(lesson.backward(X: small.X, Y: small.Y, cache: cache, at: small.start), small.golden)
  }

  @Test func `backward for one example gives the columns of dZ, and its dW average to the batch's`() throws {
    let small = try Small()
    var (dW1, dW2) = (Matrix(rows: 4, columns: 2), Matrix(rows: 1, columns: 4))
    for i in 0..<5 {
      let x = small.X.column(i)
      let y = small.Y[0, i]
      let cache = lesson.forward(X: x, at: small.start)
      let back = lesson.backward(x: x, y: y, cache: cache, at: small.start)
      try expectClose(back.gradients.dZ2, small.golden["dZ2"].matrix.column(i), "dz2 of example \(i)")
      try expectClose(back.gradients.dZ1, small.golden["dZ1"].matrix.column(i), "dz1 of example \(i)")
      expectClose(back.da1 .* (1 - pow(cache.A1, 2)), back.gradients.dZ1, "da1 times the slope")
      dW1 += back.gradients.dW1 / 5
      dW2 += back.gradients.dW2 / 5
    }
    try expectClose(dW1, small.golden["dW1"])
    try expectClose(dW2, small.golden["dW2"])
  }

  @Test func `one step with the slides' rate is NumPy's`() throws {
    let small = try Small()
    let rate = try small.golden["learning_rate"].number
    #expect(rate == 1.2)
    let training = lesson.train(X: small.X, Y: small.Y, from: small.start, rate: rate, steps: 1)
    try expectClose(training.parameters.W1, small.golden["W1_after"])
    try expectClose(training.parameters.b1, small.golden["b1_after"])
    try expectClose(training.parameters.W2, small.golden["W2_after"])
    try expectClose(training.parameters.b2, small.golden["b2_after"])
    try expectClose(training.costs, [small.golden["cost"].number], "the costs")
  }

  @Test func `several linear outputs with the squared loss are PyTorch's`() throws {
    let golden = try Golden("squared_mlp")
    let (W, b) = (try golden["W"].list, try golden["b"].list)
    let parameters = try TwoLayerParameters(W1: W[0].matrix, b1: b[0].matrix, W2: W[1].matrix, b2: b[1].matrix)
    let pass = try lesson.squaredLoss(X: golden["X"].matrix, Y: golden["Y"].matrix, at: parameters)
    let cases = try golden["cases"].list
    let expected = try #require(try cases.first { try $0["name"].text == "sigmoid_linear" })
    try expectClose(pass.Yhat, expected["A"].list[1])
    try expectClose(pass.cost, expected["cost"])
    let g = pass.gradients
    for (l, ours) in [(g.dZ1, g.dW1, g.db1), (g.dZ2, g.dW2, g.db2)].enumerated() {
      try expectClose(ours.0, expected["dZ"].list[l])
      try expectClose(ours.1, expected["dW"].list[l])
      try expectClose(ours.2, expected["db"].list[l])
    }
  }

  @Test func `the misprinted da2 of TPT fails where y is 0, and only there`() {
    let parameters = TwoLayerParameters(
      W1: [[1, -1], [0.5, 1], [-1, 0.5]], b1: [[0.5], [-0.5], [0.25]], W2: [[1, -2, 0.5]], b2: [[0.25]])
    let x: Matrix = [[1], [2]]
    let cache = lesson.forward(X: x, at: parameters)
    let a = cache.A2[0, 0]
    let h = 1e-5
    for y in [0.0, 1] {
      func loss(_ a: Double) -> Double { lesson.cost(A2: [[a]], Y: [[y]]) }
      let measured = (loss(a + h) - loss(a - h)) / (2 * h)
      let ours = lesson.backward(x: x, y: y, cache: cache, at: parameters).da2[0, 0]
      let printed = -(y / a + (1 - y) / (1 - a))
      #expect(abs(ours - measured) < 1e-6)
      #expect((abs(printed - measured) < 1e-6) == (y == 1))
    }
  }

  // MARK: - Claims of the chapter, on ten seeds

  private func accuracy(_ data: Dataset, hidden p: Int, steps: Int, seed: UInt64, scale: Double = 1) -> Double {
    var generator = SeededGenerator(seed: seed)
    var start = lesson.initialParameters(X: data.X, Y: data.Y, hidden: p, using: &generator)
    start.W1 *= scale
    start.W2 *= scale
    let end = lesson.train(X: data.X, Y: data.Y, from: start, rate: 1.2, steps: steps).parameters
    let right = zip(lesson.predict(X: data.X, at: end), data.labels).filter { $0 == $1 }
    return Double(right.count) / Double(data.exampleCount)
  }

  @Test func `four hidden units learn the flower, and one does not`() {
    for seed in 1...10 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let flower = Dataset.flower(using: &generator)
      let four = accuracy(flower, hidden: 4, steps: 3000, seed: seed)
      #expect(four >= 0.9, "seed \(seed): \(four)")
      let one = accuracy(flower, hidden: 1, steps: 1000, seed: seed)
      #expect(one <= 0.8, "seed \(seed): \(one)")
    }
  }

  @Test func `four hidden units learn moons and circles`() {
    for seed in 1...10 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let moons = accuracy(.moons(using: &generator), hidden: 4, steps: 3000, seed: seed)
      #expect(moons >= 0.97, "seed \(seed): \(moons)")
      generator = SeededGenerator(seed: seed)
      let circles = accuracy(.circles(using: &generator), hidden: 4, steps: 3000, seed: seed)
      #expect(circles >= 0.97, "seed \(seed): \(circles)")
    }
  }

  @Test func `XOR is not learnt from weights of 0.01, and is from weights of 0.5`() {
    for seed in 1...20 as ClosedRange<UInt64> {
      #expect(accuracy(.xor, hidden: 4, steps: 1000, seed: seed) < 1, "seed \(seed)")
      #expect(accuracy(.xor, hidden: 4, steps: 1000, seed: seed, scale: 50) == 1, "seed \(seed)")
    }
  }

  @Test func `units that start alike stay alike`() {
    var generator = SeededGenerator(seed: 8)
    let flower = Dataset.flower(count: 60, using: &generator)
    let start = TwoLayerParameters(
      W1: Matrix(rows: 3, columns: 2, repeating: 0.01), b1: Matrix(rows: 3, columns: 1),
      W2: Matrix(rows: 1, columns: 3, repeating: 0.01), b2: [[0]])
    let end = lesson.train(X: flower.X, Y: flower.Y, from: start, rate: 1.2, steps: 200).parameters
    for i in 1..<3 {
      #expect(end.W1.row(i) == end.W1.row(0))
      #expect(end.W2[0, i] == end.W2[0, 0])
    }
    #expect(abs(end.W2[0, 0] - 0.01) > 0.1)
  }
}
