import Curriculum

struct LinearRegression: LinearRegressionLesson {}

extension LinearRegressionLesson {
  // 2.1
  func predict(X: Matrix, at Theta: Matrix) -> Matrix {
    let ones = Matrix(rows: 1, columns: X.columns, repeating: 1)
    return Theta.T * Matrix(stacking: [ones, X])
  }

  // 2.2
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    let e = Yhat - Y
    return RegressionErrors(squared: (e .* e).mean(), absolute: abs(e).mean())
  }

  // 2.3
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    let m = Double(X.columns)
    let ones = Matrix(rows: 1, columns: X.columns, repeating: 1)
    let X1 = Matrix(stacking: [ones, X])
    let e = predict(X: X, at: Theta) - Y
    return RegressionGradients(squared: 2 / m * X1 * e.T, absolute: X1 * sign(e).T / m)
  }

  // 2.4
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares {
    let ones = Matrix(rows: 1, columns: X.columns, repeating: 1)
    let X1 = Matrix(stacking: [ones, X])
    guard let Theta = solve(X1 * X1.T, X1 * Y.T) else { return .singular }
    return .unique(Theta: Theta)
  }

  // 2.5
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    var Theta = Theta
    var costs: [Double] = []
    for _ in 0..<steps {
      costs.append(errors(Yhat: predict(X: X, at: Theta), Y: Y).squared)
      Theta = Theta - rate * gradients(X: X, Y: Y, at: Theta).squared
    }
    return RegressionTraining(Theta: Theta, costs: costs)
  }

  // 2.6
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    let first = costs[0]
    let middle = costs[costs.count / 2]
    let last = costs[costs.count - 1]
    if !costs.allSatisfy({ $0.isFinite }) || last > first { return .tooLarge }
    return middle - last > 0.1 * (first - last) ? .tooSmall : .right
  }
}
