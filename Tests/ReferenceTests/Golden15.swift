import Curriculum
import Datasets
import Testing

@testable import FrameworkSolution

@Suite("Lesson 15 against NumPy and PyTorch") struct Golden15 {
  let lesson = Framework()

  private func activation(_ name: String) -> Activation {
    switch name {
    case "sigmoid": .sigmoid
    case "tanh": .tanh
    case "relu": .relu
    case "softmax": .softmax
    default: .identity
    }
  }

  /// Dense, activation, Dense … ending in the last Dense: the output activation is the loss's, unless it is asked for.
  private func network(_ golden: Golden, _ activations: [String], withOutput: Bool = false) throws -> any Module {
    let (W, b) = (try golden["W"].list, try golden["b"].list)
    var modules: [any Module] = []
    for l in W.indices {
      modules.append(lesson.module(.dense(W: try W[l].matrix, b: try b[l].matrix)))
      if l < W.count - 1 || withOutput { modules.append(lesson.module(.activation(activation(activations[l])))) }
    }
    return lesson.sequential(modules)
  }

  /// W1, b1, W2, b2 …
  private func interleaved(_ golden: Golden) throws -> [Golden] {
    zip(try golden["dW"].list, try golden["db"].list).flatMap { [$0, $1] }
  }

  @Test(arguments: [("deep_binary", LossKind.binaryCrossEntropy), ("deep_multiclass", .categoricalCrossEntropy)])
  func `a deep network's cost and gradients are PyTorch's`(file: String, kind: LossKind) throws {
    let golden = try Golden(file)
    let plain = try #require(try golden["cases"].list.first { try $0["name"].text == "plain" })
    var model = try network(golden, golden["activations"].list.map { try $0.text })
    let loss = lesson.loss(kind)
    let (X, Y) = (try golden["X"].matrix, try golden["Y"].matrix)
    let Z = model.forward(X, training: true)
    try expectClose(Z, plain["Z"].list.last!)
    try expectClose(loss.output(Z), plain["A"].list.last!)
    try expectClose(loss.cost(Z: Z, Y: Y), plain["cost"])
    _ = model.backward(loss.gradient(Z: Z, Y: Y))
    for (gradient, expected) in zip(model.gradients, try interleaved(plain)) { try expectClose(gradient, expected) }
  }

  @Test func `several outputs with a squared error: twice PyTorch's, whose cost has a ½`() throws {
    let golden = try Golden("squared_mlp")
    for expected in try golden["cases"].list {
      var model = try network(golden, expected["activations"].list.map { try $0.text }, withOutput: true)
      let loss = lesson.loss(.squaredError)
      let (X, Y) = (try golden["X"].matrix, try golden["Y"].matrix)
      let A = model.forward(X, training: true)
      try expectClose(loss.cost(Z: A, Y: Y) / 2, expected["cost"])
      _ = model.backward(loss.gradient(Z: A, Y: Y))
      for (gradient, half) in zip(model.gradients, try interleaved(expected)) { try expectClose(gradient / 2, half) }
    }
  }

  @Test func `softmax as a module goes back by PyTorch's Jacobian`() throws {
    let golden = try Golden("activations")["softmax"]
    var module = lesson.module(.activation(.softmax))
    let A = try module.forward(golden["Z"].matrix, training: true)
    try expectClose(A, golden["A"])
    var generator = SeededGenerator(seed: 15)
    let upstream = generator.normal(rows: A.rows, columns: A.columns)
    let dZ = module.backward(upstream)
    for (j, jacobian) in try golden["jacobians"].list.enumerated() {
      expectClose(dZ.column(j), try jacobian.matrix.T * upstream.column(j), "column \(j)")
    }
  }

  @Test func `batch norm is PyTorch's, and so are its running statistics`() throws {
    let golden = try Golden("batch_norm")
    let (gamma, beta) = (try golden["gamma"].matrix, try golden["beta"].matrix)
    let epsilon = try golden["epsilon"].number
    let running = try golden["running"]
    let momentum = try running["momentum"].number
    var module = lesson.module(.batchNorm(gamma: gamma, beta: beta, momentum: momentum, epsilon: epsilon))
    try expectClose(module.forward(golden["Z"].matrix, training: true), golden["Ztilde"])
    try expectClose(module.backward(golden["dZtilde"].matrix), golden["dZ"])
    try expectClose(module.gradients[0], golden["dgamma"])
    try expectClose(module.gradients[1], golden["dbeta"])
    var fresh = lesson.module(.batchNorm(gamma: gamma, beta: beta, momentum: momentum, epsilon: epsilon))
    for batch in try running["batches"].list { _ = try fresh.forward(batch["Z"].matrix, training: true) }
    try expectClose(fresh.forward(running["test_Z"].matrix, training: false), running["test_Ztilde"])
  }

  @Test func `the four rules step as PyTorch's do`() throws {
    let golden = try Golden("optimizers")
    for expected in try golden["cases"].list {
      let rate = try expected["learning_rate"].number
      let kind: OptimizerKind
      switch try expected["name"].text {
      case "sgd": kind = .gradientDescent(rate: rate)
      case "momentum": kind = .momentum(rate: rate, beta: try expected["beta"].number)
      case "rmsprop":
        kind = .rmsprop(rate: rate, beta: try expected["beta"].number, epsilon: try expected["epsilon"].number)
      case "adam":
        kind = .adam(
          rate: rate, beta1: try expected["beta1"].number, beta2: try expected["beta2"].number,
          epsilon: try expected["epsilon"].number)
      default: continue
      }
      var optimizer = lesson.optimizer(kind)
      var module: any Module = Given(parameters: [try golden["W"].matrix])
      for (g, after) in zip(try golden["gradients"].list, try expected["W_after"].list) {
        module = Given(parameters: module.parameters, gradients: [try g.matrix])
        optimizer.step(&module)
        try expectClose(module.parameters[0], after)
      }
    }
  }

  @Test func `twenty steps on all digits, and an epoch of Adam, are NumPy's`() throws {
    let golden = try Golden("digits_mlp")
    let digits = try Dataset.digits()
    let Y = oneHot(digits)
    let loss = lesson.loss(.categoricalCrossEntropy)
    let all = Array(0..<digits.exampleCount)
    func plan(_ orders: [[Int]], batchSize: Int) -> FitPlan {
      FitPlan(X: digits.X, Y: Y, XDev: digits.X, YDev: Y, orders: orders, batchSize: batchSize, patience: nil)
    }
    for expected in try golden["cases"].list {
      let steps = try golden["steps"].count
      let fitted = lesson.fit(
        try network(golden, [expected["hidden"].text]), loss: loss,
        optimizer: lesson.optimizer(.gradientDescent(rate: try golden["learning_rate"].number)),
        plan: plan(Array(repeating: all, count: steps), batchSize: all.count)
      ) { _ in }
      let costs = try expected["costs"].numbers
      expectClose(fitted.history.map(\.cost), Array(costs.dropLast()), "the costs", .curve)
      expectClose(fitted.history.map(\.devCost), Array(costs.dropFirst()), "the dev costs", .curve)
      try expectClose(fitted.model.parameters[2], expected["final_W2"])
    }
    let adam = try golden["adam_epoch"]
    let size = try adam["batch_size"].count
    let fitted = lesson.fit(
      try network(golden, [adam["hidden"].text]), loss: loss,
      optimizer: lesson.optimizer(
        .adam(
          rate: try adam["learning_rate"].number, beta1: try adam["beta1"].number, beta2: try adam["beta2"].number,
          epsilon: try adam["epsilon"].number)),
      plan: plan([all], batchSize: size)
    ) { _ in }
    let costs = try adam["batch_costs"].numbers
    let sizes = costs.indices.map { Double(min(size, all.count - $0 * size)) }
    let mean = zip(costs, sizes).reduce(0) { $0 + $1.0 * $1.1 } / Double(all.count)
    expectClose(fitted.history[0].cost, mean, "the epoch's cost", .curve)
    let after = lesson.evaluate(fitted.model, loss: loss, X: digits.X, Y: Y)
    try expectClose(after.cost, adam["cost_after"], .curve)
    try expectClose(after.accuracy, adam["accuracy_after"])
  }

  @Test func `at least 97 % of the test digits are read, the median of ten seeds, and 89 to 93 % of strangers'`() throws
  {
    let digits = try Dataset.digits()
    var shares: (shuffled: [Double], unseen: [Double]) = ([], [])
    for seed in UInt64(1)...10 {
      var generator = SeededGenerator(seed: seed)
      let (rest, test) = digits.shuffled(using: &generator).split(testCount: 360)
      shares.shuffled.append(accuracy(train: rest, test: test, using: &generator))
      let (known, unknown) = digits.split(testCount: 360)
      shares.unseen.append(accuracy(train: known.shuffled(using: &generator), test: unknown, using: &generator))
    }
    #expect(shares.shuffled.sorted()[4] >= 0.97, "\(shares.shuffled)")
    #expect((0.89...0.93).contains(shares.unseen.sorted()[4]), "\(shares.unseen)")
  }

  /// The chapter's network and plan: 64 → 64 → 10, Adam, a dev set of 180, patience 10.
  private func accuracy(train: Dataset, test: Dataset, using generator: inout SeededGenerator) -> Double {
    let (rest, dev) = train.split(testCount: 180)
    let model = lesson.sequential([
      lesson.module(
        .dense(W: (2.0 / 64).squareRoot() * generator.normal(rows: 64, columns: 64), b: Matrix(rows: 64, columns: 1))),
      lesson.module(.activation(.relu)),
      lesson.module(
        .dense(W: (2.0 / 64).squareRoot() * generator.normal(rows: 10, columns: 64), b: Matrix(rows: 10, columns: 1))),
    ])
    let loss = lesson.loss(.categoricalCrossEntropy)
    let plan = FitPlan(
      X: rest.X, Y: oneHot(rest), XDev: dev.X, YDev: oneHot(dev),
      orders: (0..<100).map { _ in generator.permutation(of: rest.exampleCount) }, batchSize: 32, patience: 10)
    let fitted = lesson.fit(
      model, loss: loss, optimizer: lesson.optimizer(.adam(rate: 0.003, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)),
      plan: plan
    ) { _ in }
    return lesson.evaluate(fitted.model, loss: loss, X: test.X, Y: oneHot(test)).accuracy
  }

  private func oneHot(_ data: Dataset) -> Matrix { Matrix((0..<10).map { k in data.labels.map { $0 == k ? 1 : 0 } }) }

  @Test func `the four terms of the chapter's printed cost: a − y is not its gradient`() throws {
    let Z: Matrix = [[2], [1], [-1], [0.5]]
    let a = lesson.loss(.categoricalCrossEntropy).output(Z).elements
    let S = [0, 2, 3].reduce(0) { $0 + a[$1] / (1 - a[$1]) }
    let gradient = a.indices.map { k in
      k == 1 ? (a[k] - 1) - a[k] * S : a[k] + a[k] * (1 / (1 - a[k]) - S)
    }
    expectClose(
      gradient, [1.104, -1.168, 0.008558, 0.0555], "the chapter's table", Tolerance(absolute: 6e-4, relative: 0))
    let h = 1e-5
    for k in a.indices {
      let differences = [h, -h].map { step in
        var moved = Z
        moved[k, 0] += step
        let A = lesson.loss(.categoricalCrossEntropy).output(moved)
        let Y: Matrix = [[0], [1], [0], [0]]
        return -(Y .* log(A) + (1 - Y) .* log(1 - A)).sum()
      }
      expectClose(
        gradient[k], (differences[0] - differences[1]) / (2 * h), "entry \(k)", Tolerance(absolute: 1e-8, relative: 0))
    }
  }

  /// The net and the numbers of docs/other-libraries.md; the numbers are PyTorch's, in 64 bits.
  @Test func `the net that the book tells in four libraries costs what PyTorch says`() throws {
    let X: Matrix = [[1, -1, 0, 2, -0.5], [0.5, 2, -1.5, 1, -1]]
    let Y: Matrix = [[1, 0, 0, 1, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 1]]
    let model = lesson.sequential([
      lesson.module(
        .dense(W: [[0.5, -0.3], [0.2, 0.8], [-0.6, 0.1], [0.4, 0.7]], b: [[0.1], [0], [-0.3], [0.05]])),
      lesson.module(.activation(.relu)),
      lesson.module(
        .dense(W: [[0.3, -0.5, 0.2, 0.6], [-0.4, 0.7, 0.1, 0.2], [0.5, 0.1, -0.3, -0.2]], b: [[0], [0.1], [-0.1]])),
    ])
    let loss = lesson.loss(.categoricalCrossEntropy)
    let optimizer = lesson.optimizer(.adam(rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8))
    let plan = FitPlan(
      X: X, Y: Y, XDev: X, YDev: Y, orders: Array(repeating: Array(0..<5), count: 100), batchSize: 5, patience: nil)
    let fitted = lesson.fit(model, loss: loss, optimizer: optimizer, plan: plan) { _ in }
    for (epoch, cost) in [
      (1, 0.9461464604608867), (2, 0.9124531966938237), (10, 0.7044445988019377), (100, 0.02714374441271213),
    ] {
      #expect(abs(fitted.history[epoch - 1].cost - cost) < 1e-9)
    }
    let evaluation = lesson.evaluate(fitted.model, loss: loss, X: X, Y: Y)
    #expect(abs(evaluation.cost - 0.02647602366112939) < 1e-9)
    #expect(evaluation.classes == [0, 1, 2, 0, 2])
  }
}

/// Parameters with gradients that are given.
private struct Given: Module {
  var parameters: [Matrix]
  var gradients: [Matrix] = []
  func forward(_ A: Matrix, training: Bool) -> Matrix { A }
  func backward(_ upstream: Matrix) -> Matrix { upstream }
}
