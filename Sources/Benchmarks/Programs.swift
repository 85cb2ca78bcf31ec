import LinearAlgebra

// The programs that are timed, written as the lectures write them. docs/benchmarks/peers.py has each of them line by line in
// NumPy, and in PyTorch as its users write it. Each returns its last cost, so that nothing of it can be left out.

/// Logistic regression, vectorised (lesson 5): X (n × m), Y (1 × m).
public func logisticRegression(X: Matrix, Y: Matrix, rate: Double, steps: Int) -> Double {
  let m = Double(X.columns)
  var w = Matrix(rows: X.rows, columns: 1)
  var b = 0.0
  var J = 0.0
  for _ in 0..<steps {
    let A = 1 / (1 + exp(-(w.T * X + b)))
    J = -(Y .* log(A) + (1 - Y) .* log(1 - A)).sum() / m
    let dZ = A - Y
    let dw = X * dZ.T / m
    let db = dZ.sum() / m
    w = w - rate * dw
    b = b - rate * db
  }
  return J
}

/// A network with one hidden layer of tanh units (lesson 8): X (n × m), Y (1 × m), W1 (h × n), W2 (1 × h).
public func twoLayerNetwork(X: Matrix, Y: Matrix, W1: Matrix, W2: Matrix, rate: Double, steps: Int) -> Double {
  let m = Double(X.columns)
  var W1 = W1, b1 = Matrix(rows: W1.rows, columns: 1)
  var W2 = W2, b2 = Matrix(rows: 1, columns: 1)
  var J = 0.0
  for _ in 0..<steps {
    let Z1 = W1 * X + b1
    let A1 = tanh(Z1)
    let Z2 = W2 * A1 + b2
    let A2 = 1 / (1 + exp(-Z2))
    J = -(Y .* log(A2) + (1 - Y) .* log(1 - A2)).sum() / m
    let dZ2 = A2 - Y
    let dW2 = dZ2 * A1.T / m
    let db2 = dZ2.rowSums() / m
    let dZ1 = W2.T * dZ2 .* (1 - pow(A1, 2))
    let dW1 = dZ1 * X.T / m
    let db1 = dZ1.rowSums() / m
    W1 = W1 - rate * dW1
    b1 = b1 - rate * db1
    W2 = W2 - rate * dW2
    b2 = b2 - rate * db2
  }
  return J
}

/// A deep network of rectified linear units with one sigmoid output (lesson 9).
public func deepNetwork(X: Matrix, Y: Matrix, weights: [Matrix], rate: Double, steps: Int) -> Double {
  let m = Double(X.columns)
  let L = weights.count
  var W = weights
  var b = weights.map { Matrix(rows: $0.rows, columns: 1) }
  var J = 0.0
  for _ in 0..<steps {
    var A = [X]
    for l in 0..<L {
      let Z = W[l] * A[l] + b[l]
      A.append(l < L - 1 ? max(Z, 0) : 1 / (1 + exp(-Z)))
    }
    J = -(Y .* log(A[L]) + (1 - Y) .* log(1 - A[L])).sum() / m
    var dZ = A[L] - Y
    for l in (0..<L).reversed() {
      let dW = dZ * A[l].T / m
      let db = dZ.rowSums() / m
      if l > 0 { dZ = W[l].T * dZ .* (A[l] .> 0) }
      W[l] = W[l] - rate * dW
      b[l] = b[l] - rate * db
    }
  }
  return J
}

/// A classifier of rectified linear units and a softmax, trained by Adam on batches (lessons 6, 9 and 11): Y is one-hot.
public func classifier(X: Matrix, Y: Matrix, weights: [Matrix], batch: Int, rate: Double) -> Double {
  let L = weights.count
  var parameters = weights + weights.map { Matrix(rows: $0.rows, columns: 1) }
  var v = parameters.map { 0 * $0 }
  var s = v
  var t = 0.0
  var J = 0.0
  for first in stride(from: 0, to: X.columns, by: batch) {
    let m = Double(batch)
    let Y = Y.columns(first..<first + batch)
    var A = [X.columns(first..<first + batch)]
    for l in 0..<L - 1 { A.append(max(parameters[l] * A[l] + parameters[L + l], 0)) }
    let Z = parameters[L - 1] * A[L - 1] + parameters[2 * L - 1]
    let E = exp(Z - Z.columnMaxima())
    A.append(E ./ E.columnSums())
    J = -(Y .* log(A[L])).sum() / m

    var gradients = parameters
    var dZ = A[L] - Y
    for l in (0..<L).reversed() {
      gradients[l] = dZ * A[l].T / m
      gradients[L + l] = dZ.rowSums() / m
      if l > 0 { dZ = parameters[l].T * dZ .* (A[l] .> 0) }
    }
    t += 1
    for (k, g) in gradients.enumerated() {
      v[k] = 0.9 * v[k] + 0.1 * g
      s[k] = 0.999 * s[k] + 0.001 * pow(g, 2)
      let vHat = v[k] / (1 - pow(0.9, t))
      let sHat = s[k] / (1 - pow(0.999, t))
      parameters[k] = parameters[k] - rate * vHat ./ (sqrt(sHat) + 1e-8)
    }
  }
  return J
}

/// Regression with a hidden layer of rectified linear units and the sum of squares as its cost, trained by Adam: the
/// lecture's first program in PyTorch.
public func regression(X: Matrix, Y: Matrix, W1: Matrix, W2: Matrix, rate: Double, steps: Int) -> Double {
  var parameters = [W1, Matrix(rows: W1.rows, columns: 1), W2, Matrix(rows: W2.rows, columns: 1)]
  var v = parameters.map { 0 * $0 }
  var s = v
  var J = 0.0
  for t in 1...steps {
    let Z1 = parameters[0] * X + parameters[1]
    let A1 = max(Z1, 0)
    let Yhat = parameters[2] * A1 + parameters[3]
    J = pow(Yhat - Y, 2).sum()
    let dZ2 = 2 * (Yhat - Y)
    let dZ1 = parameters[2].T * dZ2 .* (Z1 .> 0)
    let gradients = [dZ1 * X.T, dZ1.rowSums(), dZ2 * A1.T, dZ2.rowSums()]
    for (k, g) in gradients.enumerated() {
      v[k] = 0.9 * v[k] + 0.1 * g
      s[k] = 0.999 * s[k] + 0.001 * pow(g, 2)
      let vHat = v[k] / (1 - pow(0.9, Double(t)))
      let sHat = s[k] / (1 - pow(0.999, Double(t)))
      parameters[k] = parameters[k] - rate * vHat ./ (sqrt(sHat) + 1e-8)
    }
  }
  return J
}
