import Curriculum

struct LogisticRegression: LogisticRegressionLesson {}

extension LogisticRegressionLesson {
  // 3.1
  func sigmoid(_ z: Double) -> Double {
    1 / (1 + exp(-z))
  }

  // 3.2
  func losses(a: Double, y: Double) -> ExampleLosses {
    let logA = log(max(a, logFloor))
    let logOther = log(max(1 - a, logFloor))
    return ExampleLosses(
      squared: 0.5 * (a - y) * (a - y),
      crossEntropy: -y * logA - (1 - y) * logOther)
  }

  // 3.3
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    var z = parameters.b
    for j in 0..<x.rows {
      z += parameters.w[j, 0] * x[j, 0]
    }
    return ExampleForward(z: z, a: sigmoid(z))
  }

  // 3.4
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    let a = min(max(forward.a, logFloor), 1 - logFloor)
    let da = -y / a + (1 - y) / (1 - a)
    let dz = forward.a - y
    return ExampleGradients(da: da, dz: dz, dw: dz * x, db: dz)
  }

  // 3.5
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    var sum = 0.0
    for i in 0..<X.columns {
      let a = forward(x: X.column(i), at: parameters).a
      sum += losses(a: a, y: Y[0, i]).crossEntropy
    }
    return sum / Double(X.columns)
  }

  // 3.6
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    let m = Double(X.columns)
    var J = 0.0
    var dw = Matrix(rows: X.rows, columns: 1)
    var db = 0.0
    for i in 0..<X.columns {
      var z = parameters.b
      for j in 0..<X.rows {
        z += parameters.w[j, 0] * X[j, i]
      }
      let a = sigmoid(z)
      J += losses(a: a, y: Y[0, i]).crossEntropy
      let dz = a - Y[0, i]
      for j in 0..<X.rows {
        dw[j, 0] += X[j, i] * dz
      }
      db += dz
    }
    return LogisticGradients(cost: J / m, dw: dw / m, db: db / m)
  }

  // 3.7
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    LogisticParameters(
      w: parameters.w - rate * gradients.dw,
      b: parameters.b - rate * gradients.db)
  }

  // 3.8
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    var parameters = start
    var costs: [Double] = []
    for _ in 0..<steps {
      let g = gradients(X: X, Y: Y, at: parameters)
      costs.append(g.cost)
      parameters = update(parameters, gradients: g, rate: rate)
    }
    return LogisticTraining(parameters: parameters, costs: costs)
  }

  // 3.9
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    var classes: [Int] = []
    var right = 0.0
    for i in 0..<X.columns {
      let a = forward(x: X.column(i), at: parameters).a
      let predicted = a >= 0.5 ? 1 : 0
      classes.append(predicted)
      if Double(predicted) == Y[0, i] { right += 1 }
    }
    return BinaryPredictions(classes: classes, accuracy: right / Double(X.columns))
  }

  // 3.10
  func logLikelihood(A: Matrix, Y: Matrix) -> Double {
    var sum = 0.0
    for i in 0..<A.columns {
      sum -= losses(a: A[0, i], y: Y[0, i]).crossEntropy
    }
    return sum
  }
}
