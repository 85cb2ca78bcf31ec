import Curriculum
import Datasets
import Testing

@testable import DeepNetworkSolution
@testable import OptimizationSolution
@testable import VectorizationSolution

@Suite("Lesson 11 against PyTorch, NumPy and scikit-learn") struct Golden11 {
  let lesson = Optimization()

  // MARK: - Optimisers

  /// The case of this name in a list of the files.
  private func the(_ name: String, among cases: Golden, by key: String) throws -> Golden {
    let named = try cases.list.filter { try $0[key].text == name }
    return try #require(named.first)
  }

  /// The optimiser of a case of the files, step by step, against the weights and the moments that it has there.
  private func expectSteps(
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ step: (_ hyper: Golden, _ W: [Matrix], _ g: [Matrix], _ state: OptimizerState) throws -> OptimizerStep
  ) throws {
    let golden = try Golden("optimizers")
    let hyper = try the(name, among: golden["cases"], by: "name")
    var current = OptimizerStep(parameters: [try golden["W"].matrix], state: OptimizerState(for: []))
    current.state = OptimizerState(for: current.parameters)
    for (k, g) in try golden["gradients"].list.enumerated() {
      current = try step(hyper, current.parameters, [g.matrix], current.state)
      try expectClose(current.parameters[0], hyper["W_after"].list[k], sourceLocation: sourceLocation)
      for (key, moment) in [("v_after", current.state.v[0]), ("s_after", current.state.s[0])] {
        guard let expected = try? hyper[key].list else { continue }
        try expectClose(moment, expected[k], sourceLocation: sourceLocation)
      }
    }
  }

  @Test func `momentum's weights and v over 5 steps; with β = 0, those of plain descent`() throws {
    try expectSteps("momentum") { hyper, W, g, state in
      try lesson.momentum(
        W, gradients: g, state: state, rate: hyper["learning_rate"].number, beta: hyper["beta"].number)
    }
    try expectSteps("sgd") { hyper, W, g, state in
      try lesson.momentum(W, gradients: g, state: state, rate: hyper["learning_rate"].number, beta: 0)
    }
  }

  @Test func `plain descent over 5 batches is one epoch`() throws {
    let golden = try Golden("optimizers")
    let hyper = try the("sgd", among: golden["cases"], by: "name")
    let gradients = try golden["gradients"].list.map { try $0.matrix }
    // Example i is the number i, and its gradient the file's.
    let X = Matrix(row: gradients.indices.map(Double.init))
    let result = try lesson.epoch(
      X: X, Y: X, from: [golden["W"].matrix], order: Array(gradients.indices), batchSize: 1,
      rate: hyper["learning_rate"].number
    ) { X, _, _ in Evaluation(cost: X[0, 0], gradients: [gradients[Int(X[0, 0])]]) }
    try expectClose(result.parameters[0], hyper["W_after"].list[gradients.count - 1])
    expectClose(result.costs, [0, 1, 2, 3, 4], "costs", .none)
  }

  @Test func `RMSprop's weights and s over 5 steps`() throws {
    try expectSteps("rmsprop") { hyper, W, g, state in
      try lesson.rmsprop(
        W, gradients: g, state: state, rate: hyper["learning_rate"].number, beta: hyper["beta"].number,
        epsilon: hyper["epsilon"].number)
    }
  }

  @Test func `Adam's weights, v and s over 5 steps are torch.optim.Adam's`() throws {
    try expectSteps("adam") { hyper, W, g, state in try adam(hyper, W, g, state) }
  }

  private func adam(_ hyper: Golden, _ W: [Matrix], _ g: [Matrix], _ state: OptimizerState) throws -> OptimizerStep {
    try lesson.adam(
      W, gradients: g, state: state, rate: hyper["learning_rate"].number, beta1: hyper["beta1"].number,
      beta2: hyper["beta2"].number, epsilon: hyper["epsilon"].number)
  }

  /// UR2's slide, read with = for ∝: no bias correction, ε inside the root.
  @Test func `Adam as UR2 prints it makes first steps of 3.2 α, and of α/1000 where gradients are small`() {
    func first(_ g: Double) -> (adam: Double, printed: Double) {
      let fresh = OptimizerState(for: [[[0]]])
      let step = lesson.adam(
        [[[0]]], gradients: [[[g]]], state: fresh, rate: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
      return (-step.parameters[0][0, 0], step.state.v[0][0, 0] / (step.state.s[0][0, 0] + 1e-8).squareRoot())
    }
    #expect(abs(first(1).adam - 1) < 1e-7)
    #expect(abs(first(1).printed - 3.1623) < 1e-4)
    #expect(abs(first(1e-6).adam - 0.990) < 1e-3)
    #expect(abs(first(1e-6).printed - 0.001) < 1e-6)
  }

  @Test func `the three schedules of the learning rate`() throws {
    let golden = try Golden("optimizers")["learning_rate_decay"]
    let initial = try golden["initial_rate"].number
    let epochs = try golden["epochs"].numbers.map { Int($0) }
    let schedules: [(String, DecaySchedule)] = [
      ("inverse", .inverse(decay: try golden["inverse"]["decay_rate"].number)),
      ("exponential", .exponential(base: try golden["exponential"]["base"].number)),
      ("inverse_sqrt", .inverseSquareRoot(k: try golden["inverse_sqrt"]["k"].number)),
    ]
    for (name, schedule) in schedules {
      try expectClose(
        epochs.map { lesson.decayedRate(initial, epoch: $0, schedule: schedule) }, golden[name]["rates"])
    }
  }

  // MARK: - Digits, with lesson 9's network

  /// Lesson 9's network as a function of a list of matrices: J and its gradients.
  private let network: @Sendable (_ X: Matrix, _ Y: Matrix, _ parameters: [Matrix]) -> Evaluation = {
    X, Y, parameters in
    let deep = DeepNetwork()
    let layers = stride(from: 0, to: parameters.count, by: 2).map { Layer(W: parameters[$0], b: parameters[$0 + 1]) }
    let forward = deep.forward(X: X, layers: layers, hidden: .relu, head: .softmax)
    return Evaluation(
      cost: deep.cost(A: forward.A, Y: Y, head: .softmax),
      gradients: deep.backward(Y: Y, forward: forward).flatMap { [$0.dW, $0.db] })
  }

  private struct Digits {
    let golden: Golden
    let X, Y: Matrix
    let start: [Matrix]

    init() throws {
      golden = try Golden("digits_mlp")
      let data = try Dataset.digits()
      X = data.X
      Y = Matrix(stacking: (0..<10).map { data.Y .== Double($0) })
      start = try zip(golden["W"].list, golden["b"].list).flatMap { [try $0.matrix, try $1.matrix] }
    }
  }

  @Test func `batch descent on the digits: an epoch of one batch is a step of NumPy's`() throws {
    let digits = try Digits()
    let costs = try the("relu", among: digits.golden["cases"], by: "hidden")["costs"].numbers
    var parameters = digits.start
    for k in 0..<10 {
      let result = try lesson.epoch(
        X: digits.X, Y: digits.Y, from: parameters, order: Array((0..<digits.X.columns).reversed()),
        batchSize: digits.X.columns, rate: digits.golden["learning_rate"].number, gradient: network)
      expectClose(result.costs, [costs[k]], "J before step \(k)", .curve)
      parameters = result.parameters
    }
  }

  @Test func `an epoch of Adam on the digits, batch by batch, is PyTorch's`() throws {
    let digits = try Digits()
    let hyper = try digits.golden["adam_epoch"]
    let size = try hyper["batch_size"].count
    var current = OptimizerStep(parameters: digits.start, state: OptimizerState(for: digits.start))
    var costs: [Double] = []
    for first in stride(from: 0, to: digits.X.columns, by: size) {
      let batch = first..<min(first + size, digits.X.columns)
      let evaluation = network(digits.X.columns(batch), digits.Y.columns(batch), current.parameters)
      costs.append(evaluation.cost)
      current = try adam(hyper, current.parameters, evaluation.gradients, current.state)
    }
    try expectClose(costs, hyper["batch_costs"], .curve)
    try expectClose(network(digits.X, digits.Y, current.parameters).cost, hyper["cost_after"], .curve)
    #expect(current.state.t == 29)
  }

  @Test func `after 10 epochs the worst of ten seeds of Adam, and of momentum, is below the best of descent`() throws {
    var shuffler = SeededGenerator(seed: 11)
    let train = try Dataset.digits().shuffled(using: &shuffler).split(testCount: 360).train
    let Y = Matrix(stacking: (0..<10).map { train.Y .== Double($0) })
    func losses(_ step: ([Matrix], [Matrix], OptimizerState) -> OptimizerStep) -> [Double] {
      (1...10).map { seed in
        var generator = SeededGenerator(seed: UInt64(seed))
        let start = DeepNetwork().initialLayers(sizes: [64, 32, 10], using: &generator).flatMap { [$0.W, $0.b] }
        var current = OptimizerStep(parameters: start, state: OptimizerState(for: start))
        for _ in 1...10 {
          for batch in lesson.miniBatches(X: train.X, Y: Y, size: 64, using: &generator) {
            let g = network(batch.X, batch.Y, current.parameters).gradients
            current = step(current.parameters, g, current.state)
          }
        }
        return network(train.X, Y, current.parameters).cost
      }
    }
    let descent = losses { lesson.momentum($0, gradients: $1, state: $2, rate: 0.5, beta: 0) }.min() ?? 0
    let momentum = losses { lesson.momentum($0, gradients: $1, state: $2, rate: 2, beta: 0.9) }.max() ?? .infinity
    let adam =
      losses {
        lesson.adam($0, gradients: $1, state: $2, rate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
      }.max() ?? .infinity
    #expect(momentum < descent)
    #expect(adam < descent)
  }

  @Test func `mini-batches of the digits hold every digit with its label once`() throws {
    let digits = try Digits()
    var generator = SeededGenerator(seed: 1)
    // A row of numbers below X tells the examples apart.
    let X = Matrix(stacking: [digits.X, Matrix(row: (0..<digits.X.columns).map(Double.init))])
    let batches = lesson.miniBatches(X: X, Y: digits.Y, size: 64, using: &generator)
    #expect(batches.map(\.X.columns) == [Int](repeating: 64, count: 28) + [5])
    let numbers = batches.flatMap { $0.X.row(64).elements.map { Int($0) } }
    #expect(numbers.sorted() == Array(0..<digits.X.columns))
    expectClose(Matrix(columns: batches.map(\.X)), X.columns(at: numbers), "X", .none)
    expectClose(Matrix(columns: batches.map(\.Y)), digits.Y.columns(at: numbers), "Y", .none)
  }

  // MARK: - Newton

  @Test func `Newton's gradients, Hessians, w and b from 0 are NumPy's`() throws {
    let small = try SmallLogistic()
    let golden = try Golden("logistic_regression")["newton"]
    let lambda = try golden["lambda"].number
    var parameters = LogisticParameters(w: 0 * small.start.w, b: 0)
    for iteration in try golden["iterations"].list {
      let step = lesson.newtonStep(X: small.X, Y: small.Y, at: parameters, lambda: lambda)
      try expectClose(parameters.w, iteration["w"], .curve)
      try expectClose(parameters.b, iteration["b"], .curve)
      try expectClose(step.gradient, iteration["gradient"], .curve)
      try expectClose(step.hessian, iteration["hessian"], .curve)
      parameters = step.parameters
    }
  }

  @Test func `Newton's gradient is that of lesson 5's cost and the penalty, by differences`() throws {
    let small = try SmallLogistic()
    let (lambda, m) = (0.5, Double(small.X.columns))
    func J(_ w: Matrix, _ b: Double) -> Double {
      let five = Vectorization()
      let A = five.forward(X: small.X, at: LogisticParameters(w: w, b: b)).A
      return five.cost(A: A, Y: small.Y) + lambda / (2 * m) * dot(w, w)
    }
    let (w, b, h) = (small.start.w, small.start.b, 1e-5)
    let numerical = (0...w.rows).map { j in
      var change = 0 * w
      if j < w.rows { change[j, 0] = h }
      let db = j < w.rows ? 0 : h
      return (J(w + change, b + db) - J(w - change, b - db)) / (2 * h)
    }
    let g = lesson.newtonStep(X: small.X, Y: small.Y, at: small.start, lambda: lambda).gradient
    expectClose(g.elements, numerical, "g", Tolerance(absolute: 1e-9, relative: 1e-6))
  }

  @Test func `Newton comes to scikit-learn's optimum of breast cancer within a dozen steps`() throws {
    let cancer = try BreastCancer()
    for optimum in try cancer.golden["optima"].list {
      let lambda = try optimum["lambda"].number
      var parameters = cancer.start
      for _ in 1...12 {
        parameters = lesson.newtonStep(X: cancer.data.X, Y: cancer.data.Y, at: parameters, lambda: lambda).parameters
      }
      try expectClose(parameters.w, optimum["w"])
      try expectClose(parameters.b, optimum["b"])
    }
  }

  @Test func `without a penalty breast cancer has no minimum, and Newton's w grows on`() throws {
    let cancer = try BreastCancer()
    var parameters = cancer.start
    var norms: [Double] = []
    for _ in 1...12 {
      parameters = lesson.newtonStep(X: cancer.data.X, Y: cancer.data.Y, at: parameters, lambda: 0).parameters
      norms.append(parameters.w.norm())
    }
    let grows = zip(norms, norms.dropFirst()).allSatisfy { $0 < $1 }
    #expect(grows)
    #expect(parameters.w.norm().isFinite)
  }
}
