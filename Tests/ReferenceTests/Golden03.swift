import Curriculum
import Datasets
import Testing

@testable import LogisticRegressionSolution

@Suite("Lesson 3 against NumPy, PyTorch and scikit-learn") struct Golden03 {
  let lesson = LogisticRegression()

  // MARK: - One example

  @Test func `σ is PyTorch's from −1000 to 1000`() throws {
    let sigmoid = try #require(Golden("activations")["functions"].list.first { try $0["name"].text == "sigmoid" })
    try expectClose(sigmoid["z"].numbers.map { lesson.sigmoid($0) }, sigmoid["value"])
  }

  @Test func `forward, loss and backward of each example are PyTorch's`() throws {
    let small = try SmallLogistic()
    let m = small.X.columns
    var Z: [Double] = []
    var A: [Double] = []
    var losses: [Double] = []
    var dZ: [Double] = []
    var dw = Matrix(rows: small.X.rows, columns: 1)
    var db = 0.0
    for i in 0..<m {
      let (x, y) = (small.X.column(i), small.Y[0, i])
      let forward = lesson.forward(x: x, at: small.start)
      let gradients = lesson.backward(x: x, y: y, forward: forward)
      Z.append(forward.z)
      A.append(forward.a)
      losses.append(lesson.losses(a: forward.a, y: y).crossEntropy)
      dZ.append(gradients.dz)
      dw += gradients.dw
      db += gradients.db
      // da is not in the files; by the chain rule dz is da·σ'(z).
      expectClose(gradients.da * forward.a * (1 - forward.a), gradients.dz, "da·σ'(z) of example \(i)")
    }
    try expectClose(Matrix(row: Z), small.golden["Z"])
    try expectClose(Matrix(row: A), small.golden["A"])
    try expectClose(Matrix(row: losses), small.golden["losses"])
    try expectClose(Matrix(row: dZ), small.golden["dZ"])
    try expectClose(dw / Double(m), small.golden["dw"])
    try expectClose(db / Double(m), small.golden["db"])
  }

  @Test func `the loss is PyTorch's loss of the score as far as the floor, and dz is PyTorch's throughout`() throws {
    let entries = try LogitLosses().entries
    #expect(entries.count == 26)
    #expect(entries.filter { $0.loss == LogitLosses.greatest }.count == 8)
    for (z, y, loss, dz) in entries {
      let forward = lesson.forward(x: [[z]], at: LogisticParameters(w: [[1]], b: 0))
      expectClose(lesson.losses(a: forward.a, y: y).crossEntropy, loss, "the loss at z = \(z), y = \(y)")
      expectClose(lesson.backward(x: [[z]], y: y, forward: forward).dz, dz, "dz at z = \(z), y = \(y)")
    }
  }

  // MARK: - All examples

  @Test func `the cost and the loops' gradients are PyTorch's`() throws {
    let small = try SmallLogistic()
    let gradients = lesson.gradients(X: small.X, Y: small.Y, at: small.start)
    try expectClose(lesson.cost(X: small.X, Y: small.Y, at: small.start), small.golden["cost"])
    try expectClose(gradients.cost, small.golden["cost"])
    try expectClose(gradients.dw, small.golden["dw"])
    try expectClose(gradients.db, small.golden["db"])
  }

  @Test func `gradient descent follows NumPy's costs to the same w, b and classes`() throws {
    let small = try SmallLogistic()
    let golden = try Golden("logistic_regression")["gradient_descent"]
    let training = try lesson.train(
      X: small.X, Y: small.Y, from: small.start, rate: golden["learning_rate"].number, steps: golden["steps"].count)
    let last = lesson.cost(X: small.X, Y: small.Y, at: training.parameters)
    try expectClose(training.costs + [last], golden["costs"], .curve)
    try expectClose(training.parameters.w, golden["w"])
    try expectClose(training.parameters.b, golden["b"])
    let evaluation = lesson.evaluate(X: small.X, Y: small.Y, at: training.parameters)
    try expectClose(Matrix(row: evaluation.classes.map { Double($0) }), golden["predictions"])
    expectClose(evaluation.accuracy, (try golden["predictions"].matrix .== small.Y).mean(), "the accuracy")
  }

  @Test func `with the penalty's part added, cost and gradient are those along Newton's iterations`() throws {
    let small = try SmallLogistic()
    let golden = try Golden("logistic_regression")["newton"]
    let lambda = try golden["lambda"].number
    for iteration in try golden["iterations"].list {
      let parameters = try LogisticParameters(w: iteration["w"].matrix, b: iteration["b"].number)
      let penalized = penalizedGradients(X: small.X, Y: small.Y, at: parameters, lambda: lambda)
      try expectClose(penalized.cost, iteration["cost"])
      try expectClose(Matrix(stacking: [penalized.dw, [[penalized.db]]]), iteration["gradient"])
    }
  }

  /// Lesson 3's cost and gradients plus those of λ/(2m)·‖w‖², which the lesson does not have.
  private func penalizedGradients(
    X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double
  ) -> LogisticGradients {
    let plain = lesson.gradients(X: X, Y: Y, at: parameters)
    let (w, share) = (parameters.w, lambda / Double(X.columns))
    return LogisticGradients(cost: plain.cost + share / 2 * (w .* w).sum(), dw: plain.dw + share * w, db: plain.db)
  }

  // MARK: - The log-likelihood

  @Test func `the log-likelihood is minus the sum of NumPy's losses, and the logarithm of the labels' probability`()
    throws
  {
    let small = try SmallLogistic()
    let A = try small.golden["A"].matrix
    let logLikelihood = lesson.logLikelihood(A: A, Y: small.Y)
    expectClose(logLikelihood, -(try small.golden["losses"].matrix.sum()), "the log-likelihood")
    var product = 1.0
    for (a, y) in zip(A.elements, small.Y.elements) { product *= y == 1 ? a : 1 - a }
    expectClose(exp(logLikelihood), product, "the likelihood")
  }

  // MARK: - Breast cancer

  @Test func `the data set's features, means, deviations and standardized rows are NumPy's`() throws {
    let cancer = try BreastCancer()
    #expect(try cancer.golden["rows"].numbers == [0, Double(cancer.raw.exampleCount)])
    #expect(try cancer.golden["features"].list.map { try $0.text } == cancer.raw.featureNames)
    #expect(try cancer.golden["positives"].count == cancer.raw.classCounts[1])
    try expectClose(cancer.raw.means.elements, cancer.golden["mean"])
    try expectClose(cancer.raw.deviations.elements, cancer.golden["std"])
    try expectClose(cancer.data.X.columns(0..<3).T, cancer.golden["standardised_first_rows"])
  }

  @Test func `the loops give the optima of scikit-learn's cost a gradient of zero, and their mistakes`() throws {
    let cancer = try BreastCancer()
    let (X, Y) = (cancer.data.X, cancer.data.Y)
    let optima = try cancer.golden["optima"].list
    #expect(try optima.map { try $0["lambda"].number } == [0.1, 1, 10])
    for optimum in optima {
      let lambda = try optimum["lambda"].number
      let parameters = try LogisticParameters(w: optimum["w"].matrix, b: optimum["b"].number)
      try expectClose(lesson.gradients(X: X, Y: Y, at: parameters).cost, optimum["data_cost"])
      let penalized = penalizedGradients(X: X, Y: Y, at: parameters, lambda: lambda)
      try expectClose(penalized.cost, optimum["cost"])
      expectClose(penalized.dw, Matrix(rows: 30, columns: 1), "dw + (λ/m)·w at λ = \(lambda)", .curve)
      expectClose(penalized.db, 0, "db at λ = \(lambda)", .curve)
      let evaluation = lesson.evaluate(X: X, Y: Y, at: parameters)
      let mistakes = zip(evaluation.classes, cancer.data.labels).filter { $0 != $1 }.count
      #expect(try mistakes == optimum["misclassified"].count)
      try expectClose(evaluation.accuracy, optimum["accuracy"])
    }
  }

  @Test func `with the penalty's part added, 40 updates follow NumPy's costs to the same w and b`() throws {
    let cancer = try BreastCancer()
    let golden = try cancer.golden["gradient_descent"]
    let (rate, lambda) = (try golden["learning_rate"].number, try golden["lambda"].number)
    var parameters = cancer.start
    var costs: [Double] = []
    for step in 0...(try golden["steps"].count) {
      let gradients = penalizedGradients(X: cancer.data.X, Y: cancer.data.Y, at: parameters, lambda: lambda)
      costs.append(gradients.cost)
      if step < (try golden["steps"].count) {
        parameters = lesson.update(parameters, gradients: gradients, rate: rate)
      }
    }
    try expectClose(costs, golden["costs"], .curve)
    try expectClose(parameters.w, golden["w"])
    try expectClose(parameters.b, golden["b"])
  }

  @Test func `60 steps from 0 learn breast cancer`() throws {
    let cancer = try BreastCancer()
    let (X, Y) = (cancer.data.X, cancer.data.Y)
    let parameters = lesson.train(X: X, Y: Y, from: cancer.start, rate: 0.5, steps: 60).parameters
    let cost = lesson.cost(X: X, Y: Y, at: parameters)
    let accuracy = lesson.evaluate(X: X, Y: Y, at: parameters).accuracy
    #expect(cost < 0.08)
    #expect(accuracy >= 0.98)
  }

  @Test func `with a learning rate of 0.1 each of 60 steps lowers the cost`() throws {
    let cancer = try BreastCancer()
    let costs = lesson.train(X: cancer.data.X, Y: cancer.data.Y, from: cancer.start, rate: 0.1, steps: 60).costs
    expectClose(costs[0], log(2), "the cost before the first step")
    #expect(costs.count == 60)
    let rise = costs.indices.dropFirst().first { !(costs[$0] < costs[$0 - 1]) }
    #expect(rise == nil)
  }
}
