// Lesson 2: Linear regression. The chapter is docs/02-linear-regression.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter LinearRegression     or     swift run gradus check 2
// A hint for a step:     swift run gradus hint 2.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 58bfc56cd85a00d5

import Curriculum

struct LinearRegression: LinearRegressionLesson {
  /// 2.1 The predictions Ŷ = Θᵀ[1; X] = wᵀX + b of all examples.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Theta: the parameters Θ, (n + 1, 1): b in row 0, w in the rows below it.
  /// - Returns: Ŷ, (1, m).
  func predict(X: Matrix, at Theta: Matrix) -> Matrix {
    todo()
  }

  /// 2.2 The mean squared error 1/m Σe² and the mean absolute error 1/m Σ|e| of the errors e = ŷ − y.
  ///
  /// There is no ½ and no root.
  /// - Parameters:
  ///   - Yhat: the predictions, (1, m).
  ///   - Y: the targets, (1, m).
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    todo()
  }

  /// 2.3 The gradients of both errors by Θ: 2/m [1; X]eᵀ, and the subgradient 1/m [1; X]sign(e)ᵀ, with e = Ŷ − Y.
  ///
  /// sign(e) is 1, 0 or −1; it is 0 where e = 0.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their targets, (1, m).
  ///   - Theta: the parameters Θ, (n + 1, 1).
  /// - Returns: two gradients, (n + 1, 1) each, the entry for b in row 0.
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    todo()
  }

  /// 2.4 The direct solution: Θ with ([1; X][1; X]ᵀ)Θ = [1; X]Yᵀ, solved and not inverted.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their targets, (1, m).
  /// - Returns: `.unique` with Θ (n + 1, 1); `.singular` where the equations have no single solution, which is where the
  ///   kit's `solve(A, B)` returns nil.
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares {
    todo()
  }

  /// 2.5 Gradient descent on the mean squared error: `steps` times Θ ← Θ − α ∂MSE/∂Θ.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their targets, (1, m).
  ///   - Theta: Θ before the first step, (n + 1, 1).
  ///   - rate: the learning rate α.
  ///   - steps: how many steps.
  /// - Returns: Θ after the last step, and `steps` costs: the mean squared error before each step.
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    todo()
  }

  /// 2.6 Reads a cost curve: was the learning rate too small, right, or too large?
  ///
  /// In this order: `tooLarge` if any cost is infinite or NaN, or if the last is greater than the first; `tooSmall` if the
  /// second half of the curve, from `costs[costs.count / 2]` to the last, brings more than a tenth of the whole fall, first
  /// less last; else `right`.
  /// - Parameter costs: the costs before each step, at least 4.
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    todo()
  }
}
