import Curriculum

struct TwoLayerNetwork: TwoLayerNetworkLesson {}

extension TwoLayerNetworkLesson {
  // 8.1
  func initialParameters(X: Matrix, Y: Matrix, hidden p: Int, using generator: inout SeededGenerator)
    -> TwoLayerParameters
  {
    let n = X.rows
    let q = Y.rows
    return TwoLayerParameters(
      W1: 0.01 * generator.normal(rows: p, columns: n),
      b1: Matrix(rows: p, columns: 1),
      W2: 0.01 * generator.normal(rows: q, columns: p),
      b2: Matrix(rows: q, columns: 1))
  }

  // 8.2
  func layer(x: Matrix, W: Matrix, b: Matrix) -> OneExampleLayer {
    var units = Matrix(rows: W.rows, columns: 1)
    for i in 0..<W.rows {
      var z = b[i, 0]
      for j in 0..<W.columns {
        z += W[i, j] * x[j, 0]
      }
      units[i, 0] = tanh(z)
    }
    return OneExampleLayer(units: units, layer: tanh(W * x + b))
  }

  // 8.3
  func forward(X: Matrix, at parameters: TwoLayerParameters) -> TwoLayerCache {
    let Z1 = parameters.W1 * X + parameters.b1
    let A1 = tanh(Z1)
    let Z2 = parameters.W2 * A1 + parameters.b2
    let A2 = 1 / (1 + exp(-Z2))
    return TwoLayerCache(Z1: Z1, A1: A1, Z2: Z2, A2: A2)
  }

  // 8.4
  func cost(A2: Matrix, Y: Matrix) -> Double {
    let losses = -Y .* log(max(A2, logFloor)) - (1 - Y) .* log(max(1 - A2, logFloor))
    return losses.mean()
  }

  // 8.5
  func backward(x: Matrix, y: Double, cache: TwoLayerCache, at parameters: TwoLayerParameters) -> OneExampleBackward {
    let a1 = cache.A1
    let a2 = min(max(cache.A2, logFloor), 1 - logFloor)
    let da2 = -y / a2 + (1 - y) / (1 - a2)
    let dz2 = cache.A2 - y
    let dW2 = dz2 * a1.T
    let db2 = dz2
    let da1 = parameters.W2.T * dz2
    let dz1 = da1 .* (1 - a1 .* a1)
    let dW1 = dz1 * x.T
    let db1 = dz1
    return OneExampleBackward(
      da2: da2, da1: da1,
      gradients: TwoLayerGradients(dZ2: dz2, dW2: dW2, db2: db2, dZ1: dz1, dW1: dW1, db1: db1))
  }

  // 8.6
  func backward(X: Matrix, Y: Matrix, cache: TwoLayerCache, at parameters: TwoLayerParameters) -> TwoLayerGradients {
    let m = Double(X.columns)
    let dZ2 = cache.A2 - Y
    let dW2 = dZ2 * cache.A1.T / m
    let db2 = dZ2.rowSums() / m
    let dA1 = parameters.W2.T * dZ2
    let dZ1 = dA1 .* (1 - cache.A1 .* cache.A1)
    let dW1 = dZ1 * X.T / m
    let db1 = dZ1.rowSums() / m
    return TwoLayerGradients(dZ2: dZ2, dW2: dW2, db2: db2, dZ1: dZ1, dW1: dW1, db1: db1)
  }

  // 8.7
  func update(_ parameters: TwoLayerParameters, gradients: TwoLayerGradients, rate: Double) -> TwoLayerParameters {
    TwoLayerParameters(
      W1: parameters.W1 - rate * gradients.dW1,
      b1: parameters.b1 - rate * gradients.db1,
      W2: parameters.W2 - rate * gradients.dW2,
      b2: parameters.b2 - rate * gradients.db2)
  }

  // 8.8
  func train(X: Matrix, Y: Matrix, from start: TwoLayerParameters, rate: Double, steps: Int) -> TwoLayerTraining {
    var parameters = start
    var costs: [Double] = []
    for _ in 0..<steps {
      let cache = forward(X: X, at: parameters)
      costs.append(cost(A2: cache.A2, Y: Y))
      let gradients = backward(X: X, Y: Y, cache: cache, at: parameters)
      parameters = update(parameters, gradients: gradients, rate: rate)
    }
    return TwoLayerTraining(parameters: parameters, costs: costs)
  }

  // 8.9
  func predict(X: Matrix, at parameters: TwoLayerParameters) -> [Int] {
    forward(X: X, at: parameters).A2.elements.map { $0 >= 0.5 ? 1 : 0 }
  }

  // 8.10
  func squaredLoss(X: Matrix, Y: Matrix, at parameters: TwoLayerParameters) -> SquaredLossPass {
    let m = Double(X.columns)
    let H = 1 / (1 + exp(-(parameters.W1 * X + parameters.b1)))
    let Yhat = parameters.W2 * H + parameters.b2
    let dZ2 = Yhat - Y
    let dH = parameters.W2.T * dZ2
    let dZ1 = dH .* H .* (1 - H)
    return SquaredLossPass(
      Yhat: Yhat, cost: (dZ2 .* dZ2).sum() / (2 * m),
      gradients: TwoLayerGradients(
        dZ2: dZ2, dW2: dZ2 * H.T / m, db2: dZ2.rowSums() / m,
        dZ1: dZ1, dW1: dZ1 * X.T / m, db1: dZ1.rowSums() / m))
  }
}
