import Curriculum

struct Vectorization: VectorizationLesson {}

extension VectorizationLesson {
  // 5.1
  func product(A: Matrix, v: Matrix) -> ProductTwice {
    var u = Matrix(rows: A.rows, columns: 1)
    for i in 0..<A.rows {
      for j in 0..<A.columns {
        u[i, 0] += A[i, j] * v[j, 0]
      }
    }
    return ProductTwice(byLoops: u, byOperation: A * v)
  }

  // 5.2
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    ElementwiseValues(exp: exp(V), log: log(abs(V)), abs: abs(V), max: max(V, 0))
  }

  // 5.3
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    let pixels = height * width
    return switch order {
    case .planar: x.reshaped(rows: pixels, columns: 3).T.reshaped(rows: 3 * pixels, columns: 1)
    case .interleaved: x.reshaped(rows: 3, columns: pixels).T.reshaped(rows: 3 * pixels, columns: 1)
    }
  }

  // 5.4
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    let shift: Matrix
    let spread: Matrix
    switch scaling {
    case .standard:
      shift = train.rowMeans()
      spread = sqrt(pow(train - shift, 2).rowMeans())
    case .minMax:
      shift = train.rowMinima()
      spread = train.rowMaxima() - shift
    }
    let divisor = spread.map { $0 < 1e-12 ? 1 : $0 }
    return ScaledFeatures(train: (train - shift) ./ divisor, other: (other - shift) ./ divisor)
  }

  // 5.5
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    let Z = parameters.w.T * X + parameters.b
    return LogisticForward(Z: Z, A: 1 / (1 + exp(-Z)))
  }

  // 5.6
  func cost(A: Matrix, Y: Matrix) -> Double {
    let losses = -Y .* log(max(A, logFloor)) - (1 - Y) .* log(max(1 - A, logFloor))
    return losses.mean()
  }

  // 5.7
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    let m = Double(X.columns)
    let dZ = A - Y
    return LogisticBackward(dZ: dZ, dw: X * dZ.T / m, db: dZ.sum() / m)
  }

  // 5.8
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    var w = start.w
    var b = start.b
    var costs: [Double] = []
    for _ in 0..<steps {
      let A = forward(X: X, at: LogisticParameters(w: w, b: b)).A
      costs.append(cost(A: A, Y: Y))
      let g = backward(X: X, A: A, Y: Y)
      w = w - rate * g.dw
      b = b - rate * g.db
    }
    return LogisticTraining(parameters: LogisticParameters(w: w, b: b), costs: costs)
  }

  // 5.9
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    func shortest(_ program: () -> Void) -> Double {
      var best = Double.infinity
      for _ in 0..<repetitions {
        let start = now()
        program()
        best = min(best, now() - start)
      }
      return best
    }
    let slow = shortest(loop)
    let fast = shortest(vectorized)
    return TimeComparison(loop: slow, vectorized: fast, ratio: slow / fast)
  }
}
