import Curriculum
import Datasets
import Testing

@testable import LogisticRegressionSolution
@testable import VectorizationSolution

@Suite("Lesson 5 against NumPy and PyTorch, and against lesson 3") struct Golden05 {
  let lesson = Vectorization()
  let loops = LogisticRegression()

  // MARK: - Products and functions

  @Test func `a matrix times a column, both ways, is PyTorch's Z less b`() throws {
    let golden = try Golden("softmax_regression")["one_pass"]
    let (W, b, X) = (try golden["W"].matrix, try golden["b"].matrix, try golden["X"].matrix)
    let products = (0..<X.columns).map { lesson.product(A: W, v: X.column($0)) }
    try expectClose(Matrix(columns: products.map { $0.byLoops + b }), golden["Z"])
    try expectClose(Matrix(columns: products.map { $0.byOperation + b }), golden["Z"])
  }

  /// softplus is log(1 + eᶻ), ELU below 0 α(eᶻ − 1); where eᶻ is no finite number, above 709, they are left out.
  @Test func `e^V, log|V| and max(V, 0) make PyTorch's softplus, ELU and ReLU`() throws {
    let functions = try Golden("activations")["functions"].list
    func function(_ name: String) throws -> Golden {
      try #require(functions.first { try $0["name"].text == name })
    }
    let relu = try function("relu")
    try expectClose(lesson.elementwise(Matrix(row: relu["z"].numbers)).max.elements, relu["value"])

    let softplus = try function("softplus")
    let z = try softplus["z"].numbers.filter { $0 < 709 && $0 != 0 }
    let sums = lesson.elementwise(Matrix(row: z)).exp + 1
    let expected = try zip(softplus["z"].numbers, softplus["value"].numbers).filter { z.contains($0.0) }.map(\.1)
    expectClose(lesson.elementwise(sums).log.elements, expected, "softplus")
    expectClose(lesson.elementwise(-sums).log.elements, expected, "softplus by log|V|")

    let elu = try function("elu")
    let alpha = try elu["parameters"]["alpha"].number
    let below = try zip(elu["z"].numbers, elu["value"].numbers).filter { $0.0 < 0 }
    let powers = lesson.elementwise(Matrix(row: below.map(\.0))).exp
    expectClose((alpha * (powers - 1)).elements, below.map(\.1), "ELU below 0")
  }

  // MARK: - Pictures

  /// Planar: the place of colour k in row r and column c is k·64² + 64r + c; interleaved: (64r + c)·3 + k.
  @Test(arguments: [1, 40, 183])
  func `a real picture is reordered by the formula, there and back`(picture: Int) throws {
    let pictures = try Pictures.animals().train.examples(at: [picture])
    let bytes = pictures.pixels(of: 0).map { Double($0) }
    var planar = [Double](repeating: -1, count: bytes.count)
    for k in 0..<3 {
      for r in 0..<64 {
        for c in 0..<64 { planar[k * 4096 + 64 * r + c] = bytes[(64 * r + c) * 3 + k] }
      }
    }
    // Otherwise a function that does nothing would do.
    let isOfManyColours = planar != bytes
    #expect(isOfManyColours)
    let there = lesson.reorder(Matrix(column: bytes), height: 64, width: 64, to: .planar)
    expectClose(there, Matrix(column: planar), "there", .none)
    expectClose(there / 255, pictures.dataset().X, "there, against the feature column of the picture", .none)
    let back = lesson.reorder(there, height: 64, width: 64, to: .interleaved)
    expectClose(back, Matrix(column: bytes), "back", .none)
  }

  // MARK: - Scaling

  @Test func `scaled breast cancer is NumPy's, and NumPy's mean and deviation become 0 and 1`() throws {
    let cancer = try BreastCancer()
    let mean = Matrix(column: try cancer.golden["mean"].numbers)
    let deviation = Matrix(column: try cancer.golden["std"].numbers)
    let other = Matrix(columns: [mean, mean + deviation, mean - 3 * deviation])
    let scaled = lesson.scale(train: cancer.raw.X, other: other, by: .standard)
    try expectClose(scaled.train.columns(0..<3).T, cancer.golden["standardised_first_rows"])
    expectClose(scaled.train, cancer.data.X, "all 569 examples, against the data set's own standardization")
    let ones = Matrix(rows: 30, columns: 1, repeating: 1)
    expectClose(scaled.other, Matrix(columns: [0 * ones, ones, -3 * ones]), "mean and deviations", .curve)
  }

  // MARK: - Logistic regression

  @Test func `forward, cost and backward are PyTorch's`() throws {
    let small = try SmallLogistic()
    let forward = lesson.forward(X: small.X, at: small.start)
    let backward = lesson.backward(X: small.X, A: forward.A, Y: small.Y)
    try expectClose(forward.Z, small.golden["Z"])
    try expectClose(forward.A, small.golden["A"])
    try expectClose(lesson.cost(A: forward.A, Y: small.Y), small.golden["cost"])
    try expectClose(backward.dZ, small.golden["dZ"])
    try expectClose(backward.dw, small.golden["dw"])
    try expectClose(backward.db, small.golden["db"])
  }

  @Test func `A is PyTorch's σ for scores from −1000 to 1000`() throws {
    let sigmoid = try #require(Golden("activations")["functions"].list.first { try $0["name"].text == "sigmoid" })
    let X = Matrix(row: try sigmoid["z"].numbers)
    let forward = lesson.forward(X: X, at: LogisticParameters(w: [[1]], b: 0))
    expectClose(forward.Z, X, "Z", .none)
    try expectClose(forward.A.elements, sigmoid["value"])
  }

  @Test func `the cost of each score is PyTorch's as far as the floor, and dZ is PyTorch's throughout`() throws {
    for (z, y, loss, dz) in try LogitLosses().entries {
      let A = lesson.forward(X: [[z]], at: LogisticParameters(w: [[1]], b: 0)).A
      expectClose(lesson.cost(A: A, Y: [[y]]), loss, "the cost at z = \(z), y = \(y)")
      expectClose(lesson.backward(X: [[z]], A: A, Y: [[y]]).dZ, [[dz]], "dZ at z = \(z), y = \(y)")
    }
  }

  @Test func `training without a loop over examples follows NumPy's costs to the same w and b`() throws {
    let small = try SmallLogistic()
    let golden = try Golden("logistic_regression")["gradient_descent"]
    let training = try lesson.train(
      X: small.X, Y: small.Y, from: small.start, rate: golden["learning_rate"].number, steps: golden["steps"].count)
    let last = lesson.cost(A: lesson.forward(X: small.X, at: training.parameters).A, Y: small.Y)
    try expectClose(training.costs + [last], golden["costs"], .curve)
    try expectClose(training.parameters.w, golden["w"])
    try expectClose(training.parameters.b, golden["b"])
  }

  @Test func `the optima of scikit-learn's cost have a gradient of zero without loops too`() throws {
    let cancer = try BreastCancer()
    let (X, Y) = (cancer.data.X, cancer.data.Y)
    for optimum in try cancer.golden["optima"].list {
      let (w, b) = (try optimum["w"].matrix, try optimum["b"].number)
      let share = try optimum["lambda"].number / Double(X.columns)
      let A = lesson.forward(X: X, at: LogisticParameters(w: w, b: b)).A
      let backward = lesson.backward(X: X, A: A, Y: Y)
      try expectClose(lesson.cost(A: A, Y: Y), optimum["data_cost"])
      expectClose(backward.dw + share * w, Matrix(rows: 30, columns: 1), "dw + (λ/m)·w", .curve)
      expectClose(backward.db, 0, "db", .curve)
    }
  }

  // MARK: - Against lesson 3

  private func expectSameTraining(
    _ X: Matrix, _ Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let ours = lesson.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    let theirs = loops.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    #expect(ours.costs.count == steps, sourceLocation: sourceLocation)
    expectClose(ours.costs, theirs.costs, "the costs", .curve, sourceLocation: sourceLocation)
    expectClose(ours.parameters.w, theirs.parameters.w, "w", .curve, sourceLocation: sourceLocation)
    expectClose(ours.parameters.b, theirs.parameters.b, "b", .curve, sourceLocation: sourceLocation)
  }

  @Test func `8 steps on 7 examples give the loops' costs, w and b`() throws {
    let small = try SmallLogistic()
    expectSameTraining(small.X, small.Y, from: small.start, rate: 0.3, steps: 8)
  }

  @Test func `20 steps on breast cancer give the loops' costs, w and b`() throws {
    let cancer = try BreastCancer()
    expectSameTraining(cancer.data.X, cancer.data.Y, from: cancer.start, rate: 0.5, steps: 20)
  }

  @Test func `60 steps from 0 learn breast cancer`() throws {
    let cancer = try BreastCancer()
    let (X, Y) = (cancer.data.X, cancer.data.Y)
    let parameters = lesson.train(X: X, Y: Y, from: cancer.start, rate: 0.5, steps: 60).parameters
    let A = lesson.forward(X: X, at: parameters).A
    #expect(lesson.cost(A: A, Y: Y) < 0.08)
    #expect(((A .>= 0.5) .== Y).mean() >= 0.98)
  }
}
