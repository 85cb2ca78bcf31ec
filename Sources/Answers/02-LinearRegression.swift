import Curriculum
import Grading
@testable import LinearRegressionSolution

private let reference = LinearRegression()

let linearRegression = Answers<any LinearRegressionLesson>(
  .linearRegression, linearRegressionSteps, reference,
  mistakes: [
    Mistake(
      "2.1", "the intercept b is left out", PredictWithoutIntercept(),
      "ŷ = wᵀx + b: row 0 of Θ is b, and it counts for each example."),
    Mistake(
      "2.1", "b is read from the last row of Θ and not from the first", PredictInterceptLast(),
      "Θ is b, and below it w: `Theta[0, 0]` is b, and feature j has the weight `Theta[j + 1, 0]`."),
    Mistake(
      "2.1", "Ŷ is a column", PredictColumn(),
      "An example is a column of X, so Ŷ is a row, (1, m): Θᵀ stands on the left."),
    Mistake(
      "2.1", "b is added once for every feature", PredictInterceptPerFeature(), "b is added to the finished sum, once."),
    Mistake("2.1", "b is subtracted", PredictInterceptSubtracted(), "ŷ = wᵀx + b."),
    Mistake(
      "2.1", "negative predictions are cut off at 0", PredictCutOff(),
      "That is another unit, the ReLU of chapter 7. A linear model may predict any number."),
    Mistake(
      "2.1", "feature j has the weight in row j of Θ and not in row j + 1", WeightsOneRowUp(),
      "Row 0 of Θ is b: feature j has the weight `Theta[j + 1, 0]`."),

    Mistake(
      "2.2", "the mean squared error has a factor ½", SquaredHalved(),
      "This lesson's mean squared error is 1/m Σe², without a ½."),
    Mistake(
      "2.2", "the squared error's root is taken", SquaredRoot(),
      "The root would make it the RMSE. Asked for is 1/m Σe² itself."),
    Mistake("2.2", "both errors are sums", ErrorsSummed(), "Both are means: divide by m."),
    Mistake(
      "2.2", "the absolute values are left out", AbsoluteWithoutAbs(),
      "Errors of different signs cancel each other: take |e| of each before adding up."),
    Mistake(
      "2.2", "the absolute value is taken of the mean and not of each error", AbsoluteOfMean(),
      "Errors of different signs cancel each other: take |e| of each before adding up."),
    Mistake(
      "2.2", "the mean is squared instead of the errors", SquareOfMean(), "Square each error first, then take the mean."
    ),
    Mistake("2.2", "the two errors are exchanged", ErrorsExchanged(), "`squared` comes first, then `absolute`."),
    Mistake(
      "2.2", "both errors are divided by m − 1", ErrorsByMLessOne(),
      "Both are plain means over the m examples: divide by m."),

    Mistake(
      "2.3", "the squared error's gradient lacks its factor 2", GradientWithoutTwo(),
      "The derivative of e² is 2e. Only a cost with a ½ in front would lose the 2."),
    Mistake(
      "2.3", "1/m is left out of both gradients", GradientsSummed(),
      "The errors are means, so their gradients are means too."),
    Mistake(
      "2.3", "e is y − ŷ", GradientsReversed(),
      "e = ŷ − y: with y − ŷ both gradients point downhill, and descent climbs."),
    Mistake(
      "2.3", "the entry for b stands last", GradientInterceptLast(), "The gradients have Θ's order: b first, then w."),
    Mistake(
      "2.3", "the entries for b are 0", GradientWithoutIntercept(),
      "b is the weight of an input 1: its entries are 2/m Σe and 1/m Σ sign(e)."),
    Mistake(
      "2.3", "the entries for b are not divided by m", InterceptSummed(),
      "b's input is 1, and otherwise it is a weight like all others: divide by m too."),
    Mistake(
      "2.3", "sign(0) is 1", SignOfZeroUp(), "An error of exactly 0 pulls nowhere: sign(0) = 0."),
    Mistake("2.3", "sign(0) is −1", SignOfZeroDown(), "An error of exactly 0 pulls nowhere: sign(0) = 0."),
    Mistake(
      "2.3", "the absolute error's gradient takes e instead of its sign", AbsoluteFromError(),
      "The slope of |e| is 1 or −1, however large e is: take sign(e)."),
    Mistake(
      "2.3", "the sign in the absolute error is that of y − ŷ", AbsoluteReversed(),
      "e = ŷ − y in both gradients: where the prediction is too large, lowering it lowers the error."),

    Mistake(
      "2.4", "the row of ones is left out, and b is 0", ThroughOrigin(),
      "Without the row of ones above X the line is forced through the origin. b is a parameter like the others."),
    Mistake("2.4", "w stands above b", SolutionInterceptLast(), "Put the row of ones above X: then b is row 0 of Θ."),
    Mistake(
      "2.4", "singular equations are answered with zeros", ZerosForSingular(),
      "Where `solve` returns nil there is no single solution: the answer is `.singular`."),
    Mistake(
      "2.4", "a small number is added to the diagonal so that it is never singular", AlwaysRegular(),
      "That solves other equations, and hides that yours have no single solution. (It has its place in chapter 12.)"),
    Mistake(
      "2.4", "only m ≤ n counts as singular", SingularByCount(),
      "With many examples too, a feature may be a combination of others. `solve` finds out: it returns nil."),
    Mistake(
      "2.4", "m = n + 1 counts as singular", SingularTooSoon(),
      "n + 1 equations are enough for n + 1 numbers, unless `solve` says otherwise."),
    Mistake(
      "2.4", "only one side of the equations is divided by m", SolutionOverM(),
      "Divide both sides by m or neither: it must cancel."),
    Mistake(
      "2.4", "small numbers on the diagonal count as singular", SmallIsSingular(),
      "Small units are no reason: a feature in kilometres and the same in metres have one solution each. `solve` scales the equations before it judges."
    ),

    Mistake("2.5", "b is never updated", FrozenIntercept(), "All of Θ moves, row 0 too."),
    Mistake("2.5", "the step goes uphill", TrainAscends(), "The gradient points uphill: subtract it."),
    Mistake(
      "2.5", "the costs are those after each step", CostsAfter(),
      "`costs` holds the mean squared error before each step."),
    Mistake(
      "2.5", "the gradient is computed only once, at the start", GradientOnce(),
      "It changes with Θ: compute it in every step."),
    Mistake(
      "2.5", "it descends by the absolute error's gradient", TrainAbsolute(),
      "The cost is the mean squared error: take `gradients(…).squared`."),
    Mistake(
      "2.5", "each step is only half as long as it should be", TrainHalfway(),
      "The gradient of 1/m Σe² is 2/m [1; X]eᵀ, as 2.3 returns it: has its 2 been lost?"),
    Mistake(
      "2.5", "`costs` holds the mean absolute errors", CostsAbsolute(),
      "What is descended on is recorded: the mean squared error."),
    Mistake(
      "2.5", "`costs` holds half the mean squared errors", CostsHalved(),
      "The cost is 1/m Σe², without a ½: that of 2.2."),
    Mistake(
      "2.5", "there is one step too many", OneStepMore(), "`0..<steps` has `steps` elements; `0...steps` has one more."),
    Mistake(
      "2.5", "the cost after the last step is in the list too", CostsWithLast(),
      "`costs` has `steps` entries, each from before its step."),

    Mistake(
      "2.6", "costs that are not finite are not looked for", ReadWithoutFinite(),
      "NaN is neither greater nor smaller than anything: ask `isFinite` of each cost, first of all."),
    Mistake(
      "2.6", "only the last cost is asked whether it is finite", ReadLastFinite(),
      "Any cost that is not finite means `tooLarge`, whatever comes after it."),
    Mistake(
      "2.6", "any rise counts as too large", ReadAnyRise(),
      "A jump on the way does no harm if it comes down again: compare the last cost with the first."),
    Mistake(
      "2.6", "`tooSmall` and `tooLarge` are exchanged", ReadExchanged(),
      "A cost that grows comes from a rate that is too large."),
    Mistake(
      "2.6", "a tenth of the first cost is taken and not a tenth of the fall", ReadTenthOfFirst(),
      "What the second half brings is compared with the whole fall, first less last: most costs do not fall to 0."),
    Mistake(
      "2.6", "the second half begins one cost too early", ReadHalfEarly(), "It begins at `costs[costs.count / 2]`."),
    Mistake(
      "2.6", "the second half begins one cost too late", ReadHalfLate(), "It begins at `costs[costs.count / 2]`."),
    Mistake(
      "2.6", "only the last step is asked, not the second half", ReadLastStep(),
      "What counts is all that the second half brings, from `costs[costs.count / 2]` on."),
    Mistake(
      "2.6", "the first half is asked and not the second", ReadFirstHalf(),
      "Asked is whether the cost is still falling: what the second half brings."),
  ])

/// [1; X].
private func withOnes(_ X: Matrix) -> Matrix {
  Matrix(stacking: [Matrix(rows: 1, columns: X.columns, repeating: 1), X])
}

/// The first row moved to the end.
private func firstRowLast(_ A: Matrix) -> Matrix {
  A.rows == 0 ? A : A.rows(at: Array(1..<A.rows) + [0])
}

// MARK: 2.1

private func prediction(_ X: Matrix, _ Theta: Matrix, bias: Double) -> Matrix {
  var Theta = Theta
  Theta[0, 0] *= bias
  return reference.predict(X: X, at: Theta)
}

private struct PredictWithoutIntercept: LinearRegressionLesson {
  func predict(X: Matrix, at Theta: Matrix) -> Matrix { prediction(X, Theta, bias: 0) }
}

private struct PredictInterceptLast: LinearRegressionLesson {
  func predict(X: Matrix, at Theta: Matrix) -> Matrix {
    Theta.T * Matrix(stacking: [X, Matrix(rows: 1, columns: X.columns, repeating: 1)])
  }
}

private struct PredictColumn: LinearRegressionLesson {
  func predict(X: Matrix, at Theta: Matrix) -> Matrix { reference.predict(X: X, at: Theta).T }
  // The other steps go on with a row.
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    reference.gradients(X: X, Y: Y, at: Theta)
  }
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    reference.train(X: X, Y: Y, from: Theta, rate: rate, steps: steps)
  }
}

private struct PredictInterceptPerFeature: LinearRegressionLesson {
  func predict(X: Matrix, at Theta: Matrix) -> Matrix { prediction(X, Theta, bias: Double(X.rows)) }
}

private struct PredictInterceptSubtracted: LinearRegressionLesson {
  func predict(X: Matrix, at Theta: Matrix) -> Matrix { prediction(X, Theta, bias: -1) }
}

private struct PredictCutOff: LinearRegressionLesson {
  func predict(X: Matrix, at Theta: Matrix) -> Matrix { max(reference.predict(X: X, at: Theta), 0) }
}

private struct WeightsOneRowUp: LinearRegressionLesson {
  func predict(X: Matrix, at Theta: Matrix) -> Matrix { Theta.rows(0..<X.rows).T * X + Theta[0, 0] }
}

// MARK: 2.2

private struct SquaredHalved: LinearRegressionLesson {
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    var errors = reference.errors(Yhat: Yhat, Y: Y)
    errors.squared /= 2
    return errors
  }
}

private struct SquaredRoot: LinearRegressionLesson {
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    var errors = reference.errors(Yhat: Yhat, Y: Y)
    errors.squared = errors.squared.squareRoot()
    return errors
  }
}

private struct ErrorsSummed: LinearRegressionLesson {
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    let errors = reference.errors(Yhat: Yhat, Y: Y)
    let m = Double(Y.columns)
    return RegressionErrors(squared: m * errors.squared, absolute: m * errors.absolute)
  }
}

private struct AbsoluteWithoutAbs: LinearRegressionLesson {
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    var errors = reference.errors(Yhat: Yhat, Y: Y)
    errors.absolute = (Yhat - Y).mean()
    return errors
  }
}

private struct AbsoluteOfMean: LinearRegressionLesson {
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    var errors = reference.errors(Yhat: Yhat, Y: Y)
    errors.absolute = abs((Yhat - Y).mean())
    return errors
  }
}

private struct SquareOfMean: LinearRegressionLesson {
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    var errors = reference.errors(Yhat: Yhat, Y: Y)
    errors.squared = pow((Yhat - Y).mean(), 2)
    return errors
  }
}

private struct ErrorsExchanged: LinearRegressionLesson {
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    let errors = reference.errors(Yhat: Yhat, Y: Y)
    return RegressionErrors(squared: errors.absolute, absolute: errors.squared)
  }
}

private struct ErrorsByMLessOne: LinearRegressionLesson {
  func errors(Yhat: Matrix, Y: Matrix) -> RegressionErrors {
    let errors = reference.errors(Yhat: Yhat, Y: Y)
    let m = Double(Y.columns)
    return RegressionErrors(squared: m * errors.squared / (m - 1), absolute: m * errors.absolute / (m - 1))
  }
}

// MARK: 2.3

/// The reference's gradients, changed.
private func changed(
  _ X: Matrix, _ Y: Matrix, _ Theta: Matrix, _ change: (_ g: inout RegressionGradients) -> Void
) -> RegressionGradients {
  var g = reference.gradients(X: X, Y: Y, at: Theta)
  change(&g)
  return g
}

private func subgradient(_ X: Matrix, _ Y: Matrix, _ Theta: Matrix, sign: (_ e: Double) -> Double) -> Matrix {
  let e = reference.predict(X: X, at: Theta) - Y
  return withOnes(X) * e.map(sign).T / Double(X.columns)
}

private struct GradientWithoutTwo: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) { $0.squared /= 2 }
  }
}

private struct GradientsSummed: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) {
      $0.squared *= Double(X.columns)
      $0.absolute *= Double(X.columns)
    }
  }
}

private struct GradientsReversed: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) {
      $0.squared *= -1
      $0.absolute *= -1
    }
  }
}

private struct GradientInterceptLast: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) {
      $0.squared = firstRowLast($0.squared)
      $0.absolute = firstRowLast($0.absolute)
    }
  }
}

private struct GradientWithoutIntercept: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) {
      $0.squared[0, 0] = 0
      $0.absolute[0, 0] = 0
    }
  }
}

private struct InterceptSummed: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) {
      $0.squared[0, 0] *= Double(X.columns)
      $0.absolute[0, 0] *= Double(X.columns)
    }
  }
}

private struct SignOfZeroUp: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) { $0.absolute = subgradient(X, Y, Theta) { $0 >= 0 ? 1 : -1 } }
  }
}

private struct SignOfZeroDown: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) { $0.absolute = subgradient(X, Y, Theta) { $0 > 0 ? 1 : -1 } }
  }
}

private struct AbsoluteFromError: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) { $0.absolute = subgradient(X, Y, Theta) { $0 } }
  }
}

private struct AbsoluteReversed: LinearRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at Theta: Matrix) -> RegressionGradients {
    changed(X, Y, Theta) { $0.absolute *= -1 }
  }
}

// MARK: 2.4

/// The reference's answer with Θ changed.
private func solution(_ X: Matrix, _ Y: Matrix, _ change: (_ Theta: Matrix) -> Matrix) -> LeastSquares {
  switch reference.leastSquares(X: X, Y: Y) {
  case .unique(let Theta): .unique(Theta: change(Theta))
  case .singular: .singular
  }
}

/// The solution of the equations with this number added to the diagonal.
private func shifted(_ X: Matrix, _ Y: Matrix, by shift: Double) -> LeastSquares {
  let X1 = withOnes(X)
  return .unique(Theta: solve(X1 * X1.T + shift * .identity(X1.rows), X1 * Y.T) ?? Matrix(rows: X1.rows, columns: 1))
}

private struct ThroughOrigin: LinearRegressionLesson {
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares {
    guard let w = solve(X * X.T, X * Y.T) else { return .singular }
    return .unique(Theta: Matrix(stacking: [[[0]], w]))
  }
}

private struct SolutionInterceptLast: LinearRegressionLesson {
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares { solution(X, Y, firstRowLast) }
}

private struct ZerosForSingular: LinearRegressionLesson {
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares { shifted(X, Y, by: 0) }
}

private struct AlwaysRegular: LinearRegressionLesson {
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares { shifted(X, Y, by: 1e-6) }
}

private struct SingularByCount: LinearRegressionLesson {
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares {
    if X.columns <= X.rows { return .singular }
    if case .unique(let Theta) = reference.leastSquares(X: X, Y: Y) { return .unique(Theta: Theta) }
    return shifted(X, Y, by: 1e-9)
  }
}

private struct SingularTooSoon: LinearRegressionLesson {
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares {
    X.columns <= X.rows + 1 ? .singular : reference.leastSquares(X: X, Y: Y)
  }
}

private struct SolutionOverM: LinearRegressionLesson {
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares { solution(X, Y) { $0 / Double(X.columns) } }
}

private struct SmallIsSingular: LinearRegressionLesson {
  func leastSquares(X: Matrix, Y: Matrix) -> LeastSquares {
    let X1 = withOnes(X)
    let gram = X1 * X1.T
    return (0..<gram.rows).contains { gram[$0, $0] < 1e-3 } ? .singular : reference.leastSquares(X: X, Y: Y)
  }
}

// MARK: 2.5

/// Gradient descent with another direction of descent.
private func descent(
  _ X: Matrix, _ Y: Matrix, _ Theta: Matrix, _ rate: Double, _ steps: Int,
  along direction: (_ g: RegressionGradients) -> Matrix
) -> RegressionTraining {
  var result = RegressionTraining(Theta: Theta, costs: [])
  for _ in 0..<steps {
    result.costs.append(reference.errors(Yhat: reference.predict(X: X, at: result.Theta), Y: Y).squared)
    result.Theta -= rate * direction(reference.gradients(X: X, Y: Y, at: result.Theta))
  }
  return result
}

private struct FrozenIntercept: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    descent(X, Y, Theta, rate, steps) { g in
      var direction = g.squared
      direction[0, 0] = 0
      return direction
    }
  }
}

private struct TrainAscends: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    reference.train(X: X, Y: Y, from: Theta, rate: -rate, steps: steps)
  }
}

private struct CostsAfter: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    let more = reference.train(X: X, Y: Y, from: Theta, rate: rate, steps: steps + 1)
    let right = reference.train(X: X, Y: Y, from: Theta, rate: rate, steps: steps)
    return RegressionTraining(Theta: right.Theta, costs: Array(more.costs.dropFirst()))
  }
}

private struct GradientOnce: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    let g = reference.gradients(X: X, Y: Y, at: Theta)
    return descent(X, Y, Theta, rate, steps) { _ in g.squared }
  }
}

private struct TrainAbsolute: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    descent(X, Y, Theta, rate, steps) { $0.absolute }
  }
}

private struct TrainHalfway: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    reference.train(X: X, Y: Y, from: Theta, rate: rate / 2, steps: steps)
  }
}

private struct CostsAbsolute: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    var result = RegressionTraining(Theta: Theta, costs: [])
    for _ in 0..<steps {
      result.costs.append(reference.errors(Yhat: reference.predict(X: X, at: result.Theta), Y: Y).absolute)
      result.Theta -= rate * reference.gradients(X: X, Y: Y, at: result.Theta).squared
    }
    return result
  }
}

private struct CostsHalved: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    var result = reference.train(X: X, Y: Y, from: Theta, rate: rate, steps: steps)
    result.costs = result.costs.map { $0 / 2 }
    return result
  }
}

private struct OneStepMore: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    reference.train(X: X, Y: Y, from: Theta, rate: rate, steps: steps + 1)
  }
}

private struct CostsWithLast: LinearRegressionLesson {
  func train(X: Matrix, Y: Matrix, from Theta: Matrix, rate: Double, steps: Int) -> RegressionTraining {
    var result = reference.train(X: X, Y: Y, from: Theta, rate: rate, steps: steps)
    result.costs.append(reference.errors(Yhat: reference.predict(X: X, at: result.Theta), Y: Y).squared)
    return result
  }
}

// MARK: 2.6

/// The rule for curves of finite costs, with another middle or another measure.
private func reading(_ costs: [Double], middle: Int? = nil, whole: Double? = nil) -> LearningRateReading {
  let (first, last) = (costs[0], costs[costs.count - 1])
  if last > first { return .tooLarge }
  return costs[middle ?? costs.count / 2] - last > 0.1 * (whole ?? (first - last)) ? .tooSmall : .right
}

private func isFinite(_ costs: [Double]) -> Bool { costs.allSatisfy { $0.isFinite } }

private struct ReadWithoutFinite: LinearRegressionLesson {
  func readCurve(_ costs: [Double]) -> LearningRateReading { reading(costs) }
}

private struct ReadLastFinite: LinearRegressionLesson {
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    costs.last?.isFinite == true ? reading(costs) : .tooLarge
  }
}

private struct ReadAnyRise: LinearRegressionLesson {
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    if !isFinite(costs) || zip(costs, costs.dropFirst()).contains(where: { $1 > $0 }) { return .tooLarge }
    return reading(costs)
  }
}

private struct ReadExchanged: LinearRegressionLesson {
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    switch reference.readCurve(costs) {
    case .tooSmall: .tooLarge
    case .right: .right
    case .tooLarge: .tooSmall
    }
  }
}

private struct ReadTenthOfFirst: LinearRegressionLesson {
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    isFinite(costs) ? reading(costs, whole: costs[0]) : .tooLarge
  }
}

private struct ReadHalfEarly: LinearRegressionLesson {
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    isFinite(costs) ? reading(costs, middle: costs.count / 2 - 1) : .tooLarge
  }
}

private struct ReadHalfLate: LinearRegressionLesson {
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    isFinite(costs) ? reading(costs, middle: costs.count / 2 + 1) : .tooLarge
  }
}

private struct ReadFirstHalf: LinearRegressionLesson {
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    if !isFinite(costs) || costs[costs.count - 1] > costs[0] { return .tooLarge }
    return costs[0] - costs[costs.count / 2] > 0.1 * (costs[0] - costs[costs.count - 1]) ? .tooSmall : .right
  }
}

private struct ReadLastStep: LinearRegressionLesson {
  func readCurve(_ costs: [Double]) -> LearningRateReading {
    isFinite(costs) ? reading(costs, middle: costs.count - 2) : .tooLarge
  }
}
