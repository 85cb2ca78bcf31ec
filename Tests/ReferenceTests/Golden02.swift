import Curriculum
import Datasets
import Testing

@testable import LinearRegressionSolution

@Suite("Lesson 2 against NumPy, PyTorch and scikit-learn") struct Golden02 {
  let lesson = LinearRegression()

  /// 3 features, 9 examples, and the parameters at which the errors are taken.
  private struct Small {
    let golden: Golden
    let X, Y, Theta: Matrix

    init() throws {
      golden = try Golden("linear_regression")
      X = try golden["X"].matrix
      Y = try golden["Y"].matrix
      Theta = try stacked(golden)
    }
  }

  @Test func `predictions, both errors and their gradients`() throws {
    let small = try Small()
    let Yhat = lesson.predict(X: small.X, at: small.Theta)
    try expectClose(Yhat, small.golden["Yhat"])
    let errors = lesson.errors(Yhat: Yhat, Y: small.Y)
    let g = lesson.gradients(X: small.X, Y: small.Y, at: small.Theta)
    for (name, error, gradient) in [("mse", errors.squared, g.squared), ("mae", errors.absolute, g.absolute)] {
      try expectClose(error, small.golden[name]["cost"])
      try expectClose(gradient[0, 0], small.golden[name]["db"])
      try expectClose(gradient.rows(1...), small.golden[name]["dw"])
    }
    try expectClose(errors.squared / 2, small.golden["half_mse"]["cost"])
    try expectClose(g.squared.rows(1...) / 2, small.golden["half_mse"]["dw"])
    try expectClose(g.squared[0, 0] / 2, small.golden["half_mse"]["db"])
  }

  @Test func `the direct solution is the files', and gradient descent comes to it`() throws {
    let small = try Small()
    let golden = try small.golden["least_squares"]
    let Theta = try unique(small.X, small.Y)
    try expectClose(Theta, stacked(golden), golden.place)
    let error = lesson.errors(Yhat: lesson.predict(X: small.X, at: Theta), Y: small.Y).squared
    try expectClose(error * Double(small.Y.columns), golden["residual_sum_of_squares"])
    let descent = lesson.train(X: small.X, Y: small.Y, from: small.Theta, rate: 0.1, steps: 3000)
    expectClose(descent.Theta, Theta, "Θ after 3000 steps", Tolerance(absolute: 1e-8, relative: 0))
    #expect(lesson.readCurve(descent.costs) == .right)
  }

  @Test func `diabetes: the solution, both errors and R²`() throws {
    let golden = try Golden("linear_regression")["diabetes"]
    let data = try Dataset.diabetes()
    let scaled = data.standardized(like: data)
    try expectClose(data.means.elements, golden["mean"])
    try expectClose(data.deviations.elements, golden["std"])
    let Theta = try unique(scaled.X, scaled.Y)
    try expectClose(Theta, stacked(golden), golden.place)
    let errors = lesson.errors(Yhat: lesson.predict(X: scaled.X, at: Theta), Y: scaled.Y)
    try expectClose(errors.squared, golden["mse"])
    try expectClose(errors.absolute, golden["mae"])
    let mean = Matrix(rows: 1, columns: scaled.exampleCount, repeating: scaled.Y.mean())
    try expectClose(1 - errors.squared / lesson.errors(Yhat: mean, Y: scaled.Y).squared, golden["r2"])
  }

  @Test func `IDRIS's rows, (XᵀX)⁻¹XᵀY with a column of ones, give the same Θ`() throws {
    let small = try Small()
    let rows = Matrix(columns: [Matrix(rows: small.X.columns, columns: 1, repeating: 1), small.X.T])
    let Theta = try #require(solve(rows.T * rows, rows.T * small.Y.T))
    try expectClose(Theta, stacked(small.golden["least_squares"]), "Θ by rows")
  }

  @Test(arguments: 1...10)
  func `a feature too many is singular`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let X = Matrix(rows: 2, columns: 6).map { _ in Double(generator.integer(below: 9)) }
    let Y = generator.normal(rows: 1, columns: 6)
    let combined = Matrix(stacking: [X, X.row(0) + 2 * X.row(1)])
    guard case .singular = lesson.leastSquares(X: combined, Y: Y) else {
      Issue.record("a sum of other features is not found out")
      return
    }
  }

  private func unique(_ X: Matrix, _ Y: Matrix) throws -> Matrix {
    guard case .unique(let Theta) = lesson.leastSquares(X: X, Y: Y) else {
      throw GoldenError("leastSquares", "it says that there is no single solution")
    }
    return Theta
  }
}

/// The files' w and b as Θ: b above w.
private func stacked(_ golden: Golden) throws -> Matrix {
  try Matrix(stacking: [Matrix(row: [golden["b"].number]), golden["w"].matrix])
}
