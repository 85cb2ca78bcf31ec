import Curriculum
import Datasets
import Testing

@testable import DeepNetworkSolution

@Suite("Lesson 9 against NumPy and PyTorch") struct Golden09 {
  let lesson = DeepNetwork()

  private func layers(_ golden: Golden) throws -> [Layer] {
    try zip(golden["W"].list, golden["b"].list).map { Layer(W: try $0.matrix, b: try $1.matrix) }
  }

  /// The case without a penalty of one of the deep files.
  private func plain(_ golden: Golden) throws -> Golden {
    guard let plain = try golden["cases"].list.first(where: { try $0["name"].text == "plain" }) else {
      throw GoldenError(golden.place, "there is no case “plain”")
    }
    return plain
  }

  private func activation(_ golden: Golden) throws -> Activation {
    switch try golden.text {
    case "relu": .relu
    case "tanh": .tanh
    case "sigmoid": .sigmoid
    case "softmax": .softmax
    case "linear", "identity": .identity
    default: throw GoldenError(golden.place, "this is no activation")
    }
  }

  // MARK: - Deep networks

  @Test(arguments: [("deep_binary", Head.sigmoid), ("deep_multiclass", .softmax)])
  func `every Z, A, dZ, dW and db, and the cost, are PyTorch's`(file: String, head: Head) throws {
    let golden = try Golden(file)
    let expected = try plain(golden)
    let (X, Y, layers) = (try golden["X"].matrix, try golden["Y"].matrix, try layers(golden))
    let forward = lesson.forward(X: X, layers: layers, hidden: .relu, head: head)
    #expect(forward.caches.count == layers.count)
    for (cache, (Z, A)) in try zip(forward.caches, zip(expected["Z"].list, expected["A"].list)) {
      try expectClose(cache.Z, Z)
      try expectClose(cache.A, A)
    }
    try expectClose(forward.A, expected["A"].list.last!)
    try expectClose(lesson.cost(A: forward.A, Y: Y, head: head), expected["cost"])
    let gradients = lesson.backward(Y: Y, forward: forward)
    #expect(gradients.count == layers.count)
    for (k, g) in gradients.enumerated() {
      try expectClose(g.dZ, expected["dZ"].list[k])
      try expectClose(g.dW, expected["dW"].list[k])
      try expectClose(g.db, expected["db"].list[k])
    }
  }

  @Test(arguments: [("deep_binary", Head.sigmoid), ("deep_multiclass", .softmax)])
  func `a step subtracts PyTorch's gradients, and predictions are those of its A`(file: String, head: Head) throws {
    let golden = try Golden(file)
    let expected = try plain(golden)
    let (X, Y, layers) = (try golden["X"].matrix, try golden["Y"].matrix, try layers(golden))
    let training = lesson.train(X: X, Y: Y, from: layers, hidden: .relu, head: head, rate: 0.25, steps: 1)
    try expectClose(training.costs, [expected["cost"].number], "the costs")
    for (k, layer) in training.layers.enumerated() {
      try expectClose(layer.W, layers[k].W - 0.25 * expected["dW"].list[k].matrix, "W[\(k + 1)]")
      try expectClose(layer.b, layers[k].b - 0.25 * expected["db"].list[k].matrix, "b[\(k + 1)]")
    }
    let A = try expected["A"].list.last!.matrix
    let classes = head == .sigmoid ? A.elements.map { $0 > 0.5 ? 1 : 0 } : A.columnArgmax()
    #expect(lesson.predict(X: X, layers: layers, hidden: .relu, head: head) == classes)
  }

  // MARK: - Single layers with other functions

  @Test func `layers with σ, tanh and linear outputs go forward and back as PyTorch's do`() throws {
    let golden = try Golden("squared_mlp")
    let (X, Y, layers) = (try golden["X"].matrix, try golden["Y"].matrix, try layers(golden))
    for expected in try golden["cases"].list {
      let first = lesson.layerForward(
        APrev: X, layer: layers[0], activation: try activation(expected["activations"].list[0]))
      let second = lesson.layerForward(
        APrev: first.A, layer: layers[1], activation: try activation(expected["activations"].list[1]))
      for (k, step) in [first, second].enumerated() {
        try expectClose(step.cache.Z, expected["Z"].list[k])
        try expectClose(step.A, expected["A"].list[k])
      }
      // J = 1/(2m) Σ (a − y)², so that dA[2] = A[2] − Y, without 1/m.
      let dZ2 = lesson.activationBackward(dA: second.A - Y, cache: second.cache)
      let g2 = lesson.linearBackward(dZ: dZ2, cache: second.cache.linear)
      let dZ1 = lesson.activationBackward(dA: g2.dAPrev, cache: first.cache)
      let g1 = lesson.linearBackward(dZ: dZ1, cache: first.cache.linear)
      for (k, (dZ, g)) in [(dZ1, g1), (dZ2, g2)].enumerated() {
        try expectClose(dZ, expected["dZ"].list[k])
        try expectClose(g.dW, expected["dW"].list[k])
        try expectClose(g.db, expected["db"].list[k])
      }
    }
  }

  @Test func `the softmax backward is PyTorch's Jacobian, transposed, times dA`() throws {
    let golden = try Golden("activations")["softmax"]
    let Z = try golden["Z"].matrix
    let passing = Layer(W: .identity(Z.rows), b: Matrix(rows: Z.rows, columns: 1))
    let cache = lesson.layerForward(APrev: Z, layer: passing, activation: .softmax).cache
    var generator = SeededGenerator(seed: 9)
    let dA = generator.normal(rows: Z.rows, columns: Z.columns)
    let dZ = lesson.activationBackward(dA: dA, cache: cache)
    for (i, jacobian) in try golden["jacobians"].list.enumerated() {
      expectClose(dZ.column(i), try jacobian.matrix.T * dA.column(i), "dZ of column \(i)", .curve)
    }
  }

  // MARK: - Training

  @Test func `twenty steps on the digits cost what they cost in PyTorch, with ReLU and with tanh`() throws {
    let golden = try Golden("digits_mlp")
    let rows = try golden["rows"].numbers.map { Int($0) }
    let data = try Dataset.digits().examples(at: Array(rows[0]..<rows[1]))
    let Y = Matrix.identity(10).columns(at: data.labels)
    let steps = try golden["steps"].count
    for expected in try golden["cases"].list {
      let hidden = try activation(expected["hidden"])
      let training = lesson.train(
        X: data.X, Y: Y, from: try layers(golden), hidden: hidden, head: .softmax,
        rate: try golden["learning_rate"].number, steps: steps)
      let last = lesson.forward(X: data.X, layers: training.layers, hidden: hidden, head: .softmax).A
      try expectClose(
        training.costs + [lesson.cost(A: last, Y: Y, head: .softmax)], expected["costs"], .curve)
      try expectClose(training.layers[1].W, expected["final_W2"], .curve)
      try expectClose(training.layers[1].b, expected["final_b2"], .curve)
      let classes = lesson.predict(X: data.X, layers: training.layers, hidden: hidden, head: .softmax)
      let right = Double(zip(classes, data.labels).count { $0 == $1 }) / Double(data.exampleCount)
      expectClose(right, try expected["accuracies"].numbers.last!, "the accuracy")
    }
  }

  // MARK: - What the chapter says

  @Test func `any two pictures lie on the same side as they are, and not less the mean`() throws {
    let X = try Pictures.animals().train.dataset().X
    #expect((X.T * X).min() > 3900)
    let centred = X - X.rowMeans()
    let products = centred.T * centred
    expectClose(
      products.rowSums(), Matrix(rows: X.columns, columns: 1), "Σ x·x'", Tolerance(absolute: 1e-7, relative: 0))
    #expect(products.min() < -590)
  }

  @Test func `less the mean, forty steps lower the cost from every start`() throws {
    let data = try Pictures.animals().train.dataset()
    let X = data.X - data.X.rowMeans()
    for seed in [1, 9] as [UInt64] {
      var generator = SeededGenerator(seed: seed)
      let start = lesson.initialLayers(sizes: [12288, 20, 7, 5, 1], using: &generator)
      let training = lesson.train(X: X, Y: data.Y, from: start, hidden: .relu, head: .sigmoid, rate: 0.05, steps: 40)
      #expect(training.costs.last! < 0.45, "seed \(seed)")
    }
  }

  @Test func `three layers learn the digits from ten starts`() throws {
    let data = try Dataset.digits()
    for seed in 1...10 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let (train, test) = data.shuffled(using: &generator).split(testCount: 360)
      let start = lesson.initialLayers(sizes: [64, 32, 16, 10], using: &generator)
      let training = lesson.train(
        X: train.X, Y: Matrix.identity(10).columns(at: train.labels), from: start, hidden: .relu, head: .softmax,
        rate: 0.3, steps: 60)
      let classes = lesson.predict(X: test.X, layers: training.layers, hidden: .relu, head: .softmax)
      let right = zip(classes, test.labels).count { $0 == $1 }
      #expect(right >= 280, "seed \(seed): \(right) of 360")
    }
  }
}
