import Curriculum
import Datasets
import Testing

@testable import SoftmaxRegressionSolution

@Suite("Lesson 6 against NumPy and PyTorch") struct Golden06 {
  let lesson = SoftmaxRegression()

  private func oneHot(_ labels: [Int], classes K: Int) throws -> Matrix {
    guard case .oneHot(let Y) = lesson.recode(.classes(labels), classes: K) else { throw GoldenError("6.2", "a list") }
    return Y
  }

  private func classes(_ A: Matrix) throws -> [Int] {
    guard case .classes(let classes) = lesson.recode(.oneHot(A), classes: A.rows) else {
      throw GoldenError("6.2", "a matrix")
    }
    return classes
  }

  private func layer(_ golden: Golden) throws -> Layer { Layer(W: try golden["W"].matrix, b: try golden["b"].matrix) }

  // MARK: - Softmax

  @Test func `softmax is PyTorch's by column, extreme columns among them`() throws {
    let golden = try Golden("activations")["softmax"]
    let A = try lesson.softmax(golden["Z"].matrix)
    try expectClose(A, golden["A"])
    expectClose(A.columnSums(), Matrix(rows: 1, columns: A.columns, repeating: 1), "the columns' sums")
  }

  @Test func `the chapter's Jacobian, a_i(δ_ij − a_j), is PyTorch's`() throws {
    let golden = try Golden("activations")["softmax"]
    let A = try lesson.softmax(golden["Z"].matrix)
    for (i, expected) in try golden["jacobians"].list.enumerated() {
      let a = A.column(i)
      let jacobian = a .* Matrix.identity(a.rows) - a * a.T
      try expectClose(jacobian, expected)
      // Times the loss's derivative by a, it is a − y: the derivation of 6.4.
      for k in 0..<a.rows where a.min() > 1e-20 {
        let y = Matrix.identity(a.rows).column(k)
        expectClose(jacobian.T * (-y ./ a), a - y, "Jᵀ∂L/∂a of column \(i) for class \(k)")
      }
    }
  }

  // MARK: - One class out of K

  @Test func `forward, cost and gradients are PyTorch's`() throws {
    let golden = try Golden("softmax_regression")["one_pass"]
    let (X, Y) = (try golden["X"].matrix, try golden["Y"].matrix)
    let pass = try lesson.propagate(X: X, Y: Y, at: layer(golden))
    try expectClose(pass.A, golden["A"])
    try expectClose(lesson.softmax(golden["Z"].matrix), golden["A"])
    try expectClose(pass.cost, golden["cost"])
    try expectClose(lesson.crossEntropy(A: pass.A, Y: Y), golden["cost"])
    try expectClose(pass.dZ, golden["dZ"])
    try expectClose(pass.dW, golden["dW"])
    try expectClose(pass.db, golden["db"])
  }

  @Test func `labels become NumPy's one-hot columns and come back, and predictions are NumPy's`() throws {
    let golden = try Golden("softmax_regression")["one_pass"]
    let labels = try golden["labels"].numbers.map { Int($0) }
    let (X, Y) = (try golden["X"].matrix, try golden["Y"].matrix)
    try expectClose(oneHot(labels, classes: 4), golden["Y"])
    #expect(try classes(Y) == labels)
    let predictions = try golden["predictions"].numbers.map { Int($0) }
    #expect(try classes(golden["A"].matrix) == predictions)
    let training = try lesson.train(X: X, Y: Y, from: layer(golden), rate: 0.5, steps: 0)
    #expect(training.classes == predictions)
    #expect(training.costs.isEmpty)
  }

  @Test func `one step of training subtracts PyTorch's gradients`() throws {
    let golden = try Golden("softmax_regression")["one_pass"]
    let start = try layer(golden)
    let training = try lesson.train(
      X: golden["X"].matrix, Y: golden["Y"].matrix, from: start, rate: 0.25, steps: 1)
    expectClose(training.layer.W, start.W - 0.25 * (try golden["dW"].matrix), "W")
    expectClose(training.layer.b, start.b - 0.25 * (try golden["db"].matrix), "b")
    try expectClose(training.costs, [golden["cost"].number], "the costs")
  }

  @Test func `K − 1 rows against the last class give PyTorch's probabilities`() throws {
    let golden = try Golden("softmax_regression")["one_pass"]
    let logOdds = try lesson.logOdds(X: golden["X"].matrix, at: layer(golden))
    try expectClose(logOdds.A, golden["A"])
    // They are log-odds: log a_k/a_K.
    let Z = try logOdds.layer.W * golden["X"].matrix + logOdds.layer.b
    let A = try golden["A"].matrix
    expectClose(Z, log(A.rows(0..<3) ./ A.row(3)), "log a_k/a_K")
  }

  @Test func `each column's loss is PyTorch's as far as the floor, and dZ is throughout`() throws {
    let golden = try Golden("softmax_regression")["cross_entropy_with_logits"]
    let Z = try golden["Z"].matrix
    let labels = try golden["labels"].numbers.map { Int($0) }
    let Y = try oneHot(labels, classes: Z.rows)
    // With W the identity, the scores are the features.
    let identity = Layer(W: .identity(Z.rows), b: Matrix(rows: Z.rows, columns: 1))
    let pass = lesson.propagate(X: Z, Y: Y, at: identity)
    try expectClose(pass.dZ, golden["dZ"])
    let greatest = -log(logFloor)
    for (i, loss) in try golden["losses"].numbers.enumerated() {
      let ours = lesson.crossEntropy(A: pass.A.column(i), Y: Y.column(i))
      expectClose(ours, min(loss, greatest), "the loss of column \(i)")
    }
  }

  // MARK: - Multi-label

  @Test func `multi-label: forward, cost and gradients are PyTorch's`() throws {
    let golden = try Golden("softmax_regression")["multi_label"]
    let pass = try lesson.propagateLabels(X: golden["X"].matrix, Y: golden["Y"].matrix, at: layer(golden))
    try expectClose(pass.A, golden["A"])
    try expectClose(pass.cost, golden["cost"])
    try expectClose(pass.dZ, golden["dZ"])
    try expectClose(pass.dW, golden["dW"])
    try expectClose(pass.db, golden["db"])
  }

  // MARK: - Data

  @Test func `for two classes the difference of the scores goes through σ`() throws {
    let cancer = try BreastCancer()
    let first = cancer.data.X.columns(0..<20)
    let W = Matrix(rows: 2, columns: 30, elements: (0..<60).map { Double($0 % 7 - 3) / 10 })
    let layer = Layer(W: W, b: [[0.3], [-0.2]])
    let difference = Layer(W: W.row(0) - W.row(1), b: [[0.5]])
    let sigmoid = lesson.propagateLabels(X: first, Y: Matrix(rows: 1, columns: 20), at: difference).A
    expectClose(lesson.logOdds(X: first, at: layer).A.row(0), sigmoid, "a of class 0")
  }

  @Test func `300 steps learn iris on ten shuffles`() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let (train, test) = try Dataset.iris().shuffled(using: &generator).split(testCount: 50)
      let scaled = train.standardized(like: train)
      let Y = try oneHot(train.labels, classes: 3)
      let start = Layer(W: Matrix(rows: 3, columns: 4), b: Matrix(rows: 3, columns: 1))
      let training = lesson.train(X: scaled.X, Y: Y, from: start, rate: 1, steps: 300)
      expectClose(training.costs[0], log(3), "the first cost")
      let layer = training.layer
      let answers = try classes(lesson.softmax(layer.W * test.standardized(like: train).X + layer.b))
      let right = zip(answers, test.labels).filter { $0 == $1 }.count
      #expect(right >= 45, "seed \(seed): \(right) of 50")
    }
  }
}
