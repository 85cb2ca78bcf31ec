import Curriculum

struct SoftmaxRegression: SoftmaxRegressionLesson {}

extension SoftmaxRegressionLesson {
  // 6.1
  func softmax(_ Z: Matrix) -> Matrix {
    let E = exp(Z - Z.columnMaxima())
    return E ./ E.columnSums()
  }

  // 6.2
  func recode(_ labels: Labels, classes K: Int) -> Labels {
    switch labels {
    case .classes(let classes):
      var Y = Matrix(rows: K, columns: classes.count)
      for (i, k) in classes.enumerated() {
        Y[k, i] = 1
      }
      return .oneHot(Y)
    case .oneHot(let Y):
      return .classes(Y.columnArgmax())
    }
  }

  // 6.3
  func crossEntropy(A: Matrix, Y: Matrix) -> Double {
    let m = Double(A.columns)
    return -(Y .* log(max(A, logFloor))).sum() / m
  }

  // 6.4
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    let m = Double(X.columns)
    let A = softmax(layer.W * X + layer.b)
    let dZ = A - Y
    return LayerPass(A: A, cost: crossEntropy(A: A, Y: Y), dZ: dZ, dW: dZ * X.T / m, db: dZ.rowSums() / m)
  }

  // 6.5
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    var layer = start
    var costs: [Double] = []
    for _ in 0..<steps {
      let pass = propagate(X: X, Y: Y, at: layer)
      costs.append(pass.cost)
      layer.W -= rate * pass.dW
      layer.b -= rate * pass.db
    }
    let A = softmax(layer.W * X + layer.b)
    return SoftmaxTraining(layer: layer, costs: costs, classes: A.columnArgmax())
  }

  // 6.6
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    let K = layer.W.rows
    let W = layer.W.rows(0..<K - 1) - layer.W.row(K - 1)
    let b = layer.b.rows(0..<K - 1) - layer.b.row(K - 1)
    let Z = Matrix(stacking: [W * X + b, Matrix(rows: 1, columns: X.columns)])
    return LogOdds(layer: Layer(W: W, b: b), A: softmax(Z))
  }

  // 6.7
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    let m = Double(X.columns)
    let A = 1 / (1 + exp(-(layer.W * X + layer.b)))
    let losses = -Y .* log(max(A, logFloor)) - (1 - Y) .* log(max(1 - A, logFloor))
    let dZ = A - Y
    return LayerPass(A: A, cost: losses.sum() / m, dZ: dZ, dW: dZ * X.T / m, db: dZ.rowSums() / m)
  }
}
