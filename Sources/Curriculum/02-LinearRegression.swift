// n features, m examples; an example is a column: X (n, m), Y (1, m). Θ (n + 1, 1) is b, and below it w.

/// Lesson 2: linear regression, from a line through points to gradient descent.
public protocol LinearRegressionLesson: Sendable {
  /// 2.1 The predictions Ŷ = Θᵀ[1; X] = wᵀX + b of all examples.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Theta: the parameters Θ, (n + 1, 1): b in row 0, w in the rows below it.
  /// - Returns: Ŷ, (1, m).
  func predict(X: Matrix, at Theta: Matrix) -> Matrix

  /// 2.2 The mean squared error 1/m Σe² and the mean absolute error 1/m Σ|e| of the errors e = ŷ − y.
  ///
  /// There is no ½ and no root.
  /// - Parameters:
  ///   - Yhat: the predictions, (1, m).
  ///   - Y: the targets, (1, m).
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors

  /// 2.3 The gradients of both errors by Θ: 2/m [1; X]eᵀ, and the subgradient 1/m [1; X]sign(e)ᵀ, with e = Ŷ − Y.
  ///
  /// sign(e) is 1, 0 or −1; it is 0 where e = 0.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their targets, (1, m).
  ///   - Theta: the parameters Θ, (n + 1, 1).
  /// - Returns: two gradients, (n + 1, 1) each, the entry for b in row 0.
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients

  /// 2.4 The direct solution: Θ with ([1; X][1; X]ᵀ)Θ = [1; X]Yᵀ, solved and not inverted.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their targets, (1, m).
  /// - Returns: `.unique` with Θ (n + 1, 1); `.singular` where the equations have no single solution, which is where the
  ///   kit's `solve(A, B)` returns nil.
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares

  /// 2.5 Gradient descent on the mean squared error: `steps` times Θ ← Θ − α ∂MSE/∂Θ.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their targets, (1, m).
  ///   - Theta: Θ before the first step, (n + 1, 1).
  ///   - rate: the learning rate α.
  ///   - steps: how many steps.
  /// - Returns: Θ after the last step, and `steps` costs: the mean squared error before each step.
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining

  /// 2.6 Reads a cost curve: was the learning rate too small, right, or too large?
  ///
  /// In this order: `tooLarge` if any cost is infinite or NaN, or if the last is greater than the first; `tooSmall` if the
  /// second half of the curve, from `costs[costs.count / 2]` to the last, brings more than a tenth of the whole fall, first
  /// less last; else `right`.
  /// - Parameter costs: the costs before each step, at least 4.
  func readCurve(_ costs: [Double]) -> LearningRateReading
}

/// The mean squared and the mean absolute error.
public struct RegressionErrors: Sendable {
  public var squared, absolute: Double
  public init(squared: Double, absolute: Double) {
    self.squared = squared
    self.absolute = absolute
  }
}

/// ∂/∂Θ of the mean squared and of the mean absolute error, (n + 1, 1), the entry for b first.
public struct RegressionGradients: Sendable {
  public var squared, absolute: Matrix
  public init(squared: Matrix, absolute: Matrix) {
    self.squared = squared
    self.absolute = absolute
  }
}

/// Θ (n + 1, 1), or the answer that the normal equations have no single solution.
public enum LeastSquares: Sendable {
  /// The one Θ that solves the equations.
  case unique(Theta: Matrix)
  /// More than one Θ solves them.
  case singular
}

/// Θ after training, and the mean squared error before each step.
public struct RegressionTraining: Sendable {
  public var Theta: Matrix, costs: [Double]
  public init(Theta: Matrix, costs: [Double]) {
    self.Theta = Theta
    self.costs = costs
  }
}

/// What a cost curve says of the learning rate.
public enum LearningRateReading: Sendable {
  /// The cost is still falling a good deal.
  case tooSmall
  /// Most of the fall came early.
  case right
  /// The cost has grown, or is no finite number any more.
  case tooLarge
}

extension Lesson {
  public static let linearRegression = Lesson(
    2, "LinearRegression", title: "Linear regression",
    steps: [
      .init("Predictions", points: 1, source: "IDRIS, Y = XΘ + N; UR2, Linear / logistic regression"),
      .init("Two errors", points: 1, source: "IDRIS, Regression loss; UR2, Losses"),
      .init("Their gradients", points: 2, source: "IDRIS, Gradient descent"),
      .init("The direct solution", points: 3, source: "IDRIS, Direct solution"),
      .init("Gradient descent", points: 2, source: "IDRIS, Iterative solution; UR2, Gradient descent"),
      .init("Reading the cost curve", points: 2, source: "UR2, Gradient descent in real life"),
    ])
}
