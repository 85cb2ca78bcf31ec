import Curriculum

struct Optimization: OptimizationLesson {}

extension OptimizationLesson {
  // 11.1
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    let m = X.columns
    let order = generator.permutation(of: m)
    return stride(from: 0, to: m, by: size).map { first in
      let examples = Array(order[first..<min(first + size, m)])
      return Batch(X: X.columns(at: examples), Y: Y.columns(at: examples))
    }
  }

  // 11.2
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double,
    gradient: @Sendable (_ X: Matrix, _ Y: Matrix, _ parameters: [Matrix]) -> Evaluation
  ) -> ParameterTraining {
    var parameters = start
    var costs: [Double] = []
    for first in stride(from: 0, to: order.count, by: batchSize) {
      let examples = Array(order[first..<min(first + batchSize, order.count)])
      let evaluation = gradient(X.columns(at: examples), Y.columns(at: examples), parameters)
      costs.append(evaluation.cost)
      for k in parameters.indices {
        parameters[k] = parameters[k] - rate * evaluation.gradients[k]
      }
    }
    return ParameterTraining(parameters: parameters, costs: costs)
  }

  // 11.3
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    var step = OptimizerStep(parameters: parameters, state: state)
    for (k, g) in gradients.enumerated() {
      let v = beta * state.v[k] + (1 - beta) * g
      step.parameters[k] = parameters[k] - rate * v
      step.state.v[k] = v
    }
    return step
  }

  // 11.4
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = OptimizerStep(parameters: parameters, state: state)
    for (k, g) in gradients.enumerated() {
      let s = beta * state.s[k] + (1 - beta) * pow(g, 2)
      step.parameters[k] = parameters[k] - rate * g ./ (sqrt(s) + epsilon)
      step.state.s[k] = s
    }
    return step
  }

  // 11.5
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = OptimizerStep(parameters: parameters, state: state)
    step.state.t = state.t + 1
    let t = Double(step.state.t)
    for (k, g) in gradients.enumerated() {
      let v = beta1 * state.v[k] + (1 - beta1) * g
      let s = beta2 * state.s[k] + (1 - beta2) * pow(g, 2)
      let vHat = v / (1 - pow(beta1, t))
      let sHat = s / (1 - pow(beta2, t))
      step.parameters[k] = parameters[k] - rate * vHat ./ (sqrt(sHat) + epsilon)
      step.state.v[k] = v
      step.state.s[k] = s
    }
    return step
  }

  // 11.6
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    let e = Double(epoch)
    return switch schedule {
    case .inverse(let decay): initial / (1 + decay * e)
    case .exponential(let base): initial * pow(base, e)
    case .inverseSquareRoot(let k): initial * k / e.squareRoot()
    }
  }

  // 11.7
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    let (n, m) = (X.rows, Double(X.columns))
    let X1 = Matrix(stacking: [X, Matrix(rows: 1, columns: X.columns, repeating: 1)])
    let theta = Matrix(stacking: [parameters.w, Matrix(row: [parameters.b])])
    let A = 1 / (1 + exp(-(theta.T * X1)))
    var penalty = lambda / m * Matrix.identity(n + 1)
    penalty[n, n] = 0
    let g = X1 * (A - Y).T / m + penalty * theta
    let H = (X1 .* (A .* (1 - A))) * X1.T / m + penalty
    let next = theta - (solve(H, g) ?? 0 * g)
    return NewtonStep(gradient: g, hessian: H, parameters: LogisticParameters(w: next.rows(0..<n), b: next[n, 0]))
  }
}
