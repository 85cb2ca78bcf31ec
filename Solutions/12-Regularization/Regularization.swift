import Curriculum

struct Regularization: RegularizationLesson {}

extension RegularizationLesson {
  // 12.1
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    let squares = weights.map { ($0 .* $0).sum() }.reduce(0, +)
    return Penalty(cost: lambda / (2 * m) * squares, gradients: weights.map { lambda / m * $0 })
  }

  // 12.2
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    zip(weights, dW).map { W, dW in (1 - rate * lambda / m) * W - rate * dW }
  }

  // 12.3
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    let sum = weights.map { abs($0).sum() }.reduce(0, +)
    let penalty = Penalty(cost: lambda / (2 * m) * sum, gradients: weights.map { lambda / (2 * m) * sign($0) })
    let t = rate * lambda / (2 * m)
    return LassoStep(penalty: penalty, shrunk: weights.map { sign($0) .* max(abs($0) - t, 0) })
  }

  // 12.4
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    let lasso = l1(weights: weights, lambda: lambda1, m: m, rate: 0).penalty
    let ridge = l2(weights: weights, lambda: lambda2, m: m)
    return Penalty(cost: lasso.cost + ridge.cost, gradients: zip(lasso.gradients, ridge.gradients).map { $0 + $1 })
  }

  // 12.5
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    guard training else {
      let ones = Matrix(rows: A.rows, columns: A.columns, repeating: 1)
      return DropoutForward(A: A, cache: DropoutCache(mask: ones, keepProbability: 1))
    }
    let mask = uniforms .< keepProbability
    return DropoutForward(
      A: A .* mask / keepProbability, cache: DropoutCache(mask: mask, keepProbability: keepProbability))
  }

  // 12.6
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix {
    dA .* cache.mask / cache.keepProbability
  }

  // 12.7
  func earlyStopping(
    from start: [Matrix], maxEpochs: Int, patience: Int,
    epoch: @Sendable ([Matrix]) -> [Matrix], devCost: @Sendable ([Matrix]) -> Double
  ) -> EarlyStopping {
    var parameters = start
    var result = EarlyStopping(best: start, bestEpoch: 0, devCosts: [devCost(start)])
    var epochs = 0
    while epochs < maxEpochs && epochs - result.bestEpoch < patience {
      parameters = epoch(parameters)
      epochs += 1
      result.devCosts.append(devCost(parameters))
      if result.devCosts[epochs] < result.devCosts[result.bestEpoch] {
        result.best = parameters
        result.bestEpoch = epochs
      }
    }
    return result
  }

  // 12.8
  func train(
    X: Matrix, Y: Matrix, from start: TwoLayerParameters, lambda1: Double, lambda2: Double,
    keepProbability: Double, uniforms: [Matrix], rate: Double
  ) -> RegularizedTraining {
    let m = Double(X.columns)
    var parameters = start
    var costs: [Double] = []
    var firstGradients: TwoLayerGradients?
    for U in uniforms {
      let (W1, b1, W2, b2) = (parameters.W1, parameters.b1, parameters.W2, parameters.b2)
      // Forward.
      let A1 = tanh(W1 * X + b1)
      let dropped = dropout(A: A1, uniforms: U, keepProbability: keepProbability, training: true)
      let A2 = 1 / (1 + exp(-(W2 * dropped.A + b2)))
      let losses = -Y .* log(max(A2, logFloor)) - (1 - Y) .* log(max(1 - A2, logFloor))
      let penalty = elasticNet(weights: [W1, W2], lambda1: lambda1, lambda2: lambda2, m: m)
      costs.append(losses.sum() / m + penalty.cost)
      // Backward.
      let dZ2 = A2 - Y
      let dW2 = dZ2 * dropped.A.T / m + penalty.gradients[1]
      let db2 = dZ2.rowSums() / m
      let dA1 = dropoutBackward(dA: W2.T * dZ2, cache: dropped.cache)
      let dZ1 = dA1 .* (1 - A1 .* A1)
      let dW1 = dZ1 * X.T / m + penalty.gradients[0]
      let db1 = dZ1.rowSums() / m
      if firstGradients == nil {
        firstGradients = TwoLayerGradients(dZ2: dZ2, dW2: dW2, db2: db2, dZ1: dZ1, dW1: dW1, db1: db1)
      }
      // Update.
      parameters = TwoLayerParameters(
        W1: W1 - rate * dW1, b1: b1 - rate * db1, W2: W2 - rate * dW2, b2: b2 - rate * db2)
    }
    return RegularizedTraining(parameters: parameters, costs: costs, firstGradients: firstGradients!)
  }
}
