import Curriculum

struct BatchNormalization: BatchNormalizationLesson {}

extension BatchNormalizationLesson {
  // 13.1
  func statistics(_ Z: Matrix) -> BatchStatistics {
    let mean = Z.rowMeans()
    return BatchStatistics(mean: mean, variance: pow(Z - mean, 2).rowMeans())
  }

  // 13.2
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    let batch = statistics(Z)
    let Zhat = (Z - batch.mean) ./ sqrt(batch.variance + epsilon)
    let cache = BatchNormCache(Z: Z, Zhat: Zhat, statistics: batch, gamma: gamma, epsilon: epsilon)
    return BatchNormForward(Ztilde: gamma .* Zhat + beta, cache: cache)
  }

  // 13.3
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    let batch = statistics(Z)
    return ScaleShift(gamma: sqrt(batch.variance + epsilon), beta: batch.mean)
  }

  // 13.4
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    let Zhat = cache.Zhat
    let slope = cache.gamma ./ sqrt(cache.statistics.variance + cache.epsilon)
    let throughMean = dZtilde.rowMeans()
    let throughVariance = Zhat .* (dZtilde .* Zhat).rowMeans()
    return BatchNormGradients(
      dZ: slope .* (dZtilde - throughMean - throughVariance),
      dgamma: (dZtilde .* Zhat).rowSums(), dbeta: dZtilde.rowSums())
  }

  // 13.5
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    var running = start
    for batch in batches.map(statistics) {
      running.mean = rho * running.mean + (1 - rho) * batch.mean
      running.variance = rho * running.variance + (1 - rho) * batch.variance
    }
    let Zhat = (Z - running.mean) ./ sqrt(running.variance + epsilon)
    return TestForward(running: running, Ztilde: gamma .* Zhat + beta)
  }

  // 13.6
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    let m = Double(X.columns)
    let norm = forward(Z: parameters.W1 * X, gamma: parameters.gamma, beta: parameters.beta, epsilon: epsilon)
    let A1 = tanh(norm.Ztilde)
    let A2 = 1 / (1 + exp(-(parameters.W2 * A1 + parameters.b2)))
    let losses = -Y .* log(max(A2, logFloor)) - (1 - Y) .* log(max(1 - A2, logFloor))

    let dZ2 = A2 - Y
    let dA1 = parameters.W2.T * dZ2
    let g = backward(dZtilde: dA1 .* (1 - A1 .* A1), cache: norm.cache)
    return BatchNormPass(
      A2: A2, cost: losses.mean(),
      gradients: BatchNormParameters(
        W1: g.dZ * X.T / m, gamma: g.dgamma / m, beta: g.dbeta / m, W2: dZ2 * A1.T / m, b2: dZ2.rowSums() / m))
  }

  // 13.7
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    let means = (0..<Z.columns / size).map { k in Z.columns(k * size..<(k + 1) * size).rowMeans() }
    return BatchNoise(
      measured: sqrt(statistics(Matrix(columns: means)).variance),
      predicted: sqrt(statistics(Z).variance / Double(size)))
  }
}
