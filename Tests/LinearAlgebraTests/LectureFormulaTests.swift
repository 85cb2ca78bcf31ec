import LinearAlgebra
import Testing

// The only imports: what is written here compiles in a student's file.

/// Formulas as the lectures write them, against values computed with PyTorch and NumPy.
@Suite struct LectureFormulaTests {
  @Test func `logistic regression, one pass`() {
    let X: Matrix = [
      [0.0604, 0.3363, -0.0227, 1.2878, 0.6516, -0.3303, -0.4584],
      [1.1101, 0.2672, 2.6886, 0.4803, -0.0639, -1.2862, 0.9658],
      [-0.9515, -0.5842, -0.144, -0.9522, 0.532, 0.1083, 0.0222],
    ]
    let Y: Matrix = [[0, 1, 1, 1, 0, 1, 0]]
    let w: Matrix = [[-0.133], [-0.5745], [1.2303]], b = -1.2253
    let m = Double(X.columns)

    let Z = w.T * X + b
    let A = 1 / (1 + exp(-Z))
    let cost = -(Y .* log(A) + (1 - Y) .* log(1 - A)).sum() / m
    let dZ = A - Y
    let dw = X * dZ.T / m
    let db = dZ.sum() / m

    expectClose([[cost, db]], [[1.3792469447500566, -0.4022720473326217]], tolerance: 1e-14)
    expectClose(dw, [[-0.1638054462248215], [-0.3324186657913067], [0.23472665438191995]], tolerance: 1e-14)
  }

  @Test func `softmax regression, one pass`() {
    let X: Matrix = [
      [-0.8056, 0.7628, 0.6799, 0.8415, 1.122, -0.0593],
      [1.0302, -0.5908, 0.2257, 0.8741, -0.1722, 0.4713],
      [1.3297, 0.589, 0.472, 0.5183, 1.3191, -0.1924],
    ]
    let Y: Matrix = [[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 1], [0, 0, 1, 0, 1, 0], [0, 0, 0, 1, 0, 0]]
    let W: Matrix = [
      [0.0971, -1.5284, 0.7916], [0.5797, -1.2853, -0.1013], [-0.5193, -1.3425, 1.1259], [1.808, 0.0978, -0.637],
    ]
    let b: Matrix = [[0.0529], [-0.451], [-1.4718], [-1.56]]
    let m = Double(X.columns)

    let Z = W * X + b
    let E = exp(Z - Z.columnMaxima())
    let A = E ./ E.columnSums()
    let cost = -(Y .* log(A)).sum() / m
    let dZ = A - Y
    let dW = dZ * X.T / m
    let db = dZ.rowSums() / m

    expectClose([[cost]], [[1.4572065651962085]], tolerance: 1e-14)
    expectClose(
      dW,
      [
        [0.3382442275406014, -0.0661071229309108, 0.1358155368941688],
        [-0.005941230494300365, 0.06670508260489197, 0.047657255369894624],
        [-0.3036511983156208, 0.059096622081185546, -0.18039446187590227],
        [-0.028651798730680182, -0.05969458175516669, -0.003078330388161135],
      ], tolerance: 1e-14)
    expectClose(
      db, [[0.30962366344805126], [-0.11592344258397808], [-0.20522307506323856], [0.011522854199165405]],
      tolerance: 1e-14)
    #expect(A.columnArgmax() == [0, 0, 0, 3, 0, 0])
  }

  @Test func `batch normalisation, forward`() {
    let Z: Matrix = [
      [-0.5351, 0.0246, -0.3222, -0.1564, 0.437], [-0.5589, 0.009, 1.5507, -4.6107, -4.2381],
      [-1.2841, -1.235, -1.4379, -1.2662, -1.2373],
    ]
    let gamma: Matrix = [[0.063], [0.4362], [1.0086]], beta: Matrix = [[-2.2947], [1.0724], [1.3457]]

    let mu = Z.rowMeans()
    let variance = pow(Z - mu, 2).rowMeans()
    let Zhat = (Z - mu) ./ sqrt(variance + 1e-5)
    let Ztilde = gamma .* Zhat + beta

    expectClose(mu, [[-0.11042], [-1.5696], [-1.2921]])
    expectClose(variance, [[0.1090434176], [5.9237892], [0.00565118]])
    expectClose(
      Ztilde,
      [
        [-2.3757182238436774, -2.2689415922968514, -2.3351022780578647, -2.3034718233312903, -2.1902660824703175],
        [1.2535372468761952, 1.355316056118296, 1.6316189091004172, 0.527375282996738, 0.5941525049083538],
        [1.4529396700163713, 2.111123144741849, -0.6087429860483653, 1.6928884316780022, 2.0802917396121425],
      ], tolerance: 1e-13)
  }

  @Test func `Adam, three steps on half the square of the distance`() {
    let target: Matrix = [[1, -2], [0.5, 3]]
    var W: Matrix = [[0.5, 1], [-1, 2]]
    var V = Matrix(rows: 2, columns: 2), S = Matrix(rows: 2, columns: 2)
    let rate = 0.1, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8
    for t in 1...3 {
      let dW = W - target
      V = beta1 * V + (1 - beta1) * dW
      S = beta2 * S + (1 - beta2) * pow(dW, 2)
      let Vhat = V / (1 - pow(beta1, Double(t))), Shat = S / (1 - pow(beta2, Double(t)))
      W -= rate * Vhat ./ (sqrt(Shat) + epsilon)
    }
    expectClose(
      W, [[0.7951287442605492, 0.7003815239578242], [-0.7009028715453669, 2.298413725495585]], tolerance: 1e-13)
  }

  @Test func `functions of numbers need no import, and choosing among numbers still works`() {
    let x = 0.5
    #expect(sqrt(4) == 2)
    #expect(pow(2, 0.5) == sqrt(2))
    #expect(abs(exp(log(x)) - x) <= 1e-16)
    #expect([floor(-x), ceil(x), round(1.75), trunc(1.75), fabs(-x)] == [-1, 1, 2, 1, 0.5])
    #expect([sin(0.0), cos(0.0), tan(0.0), atan(0.0), sinh(0.0), cosh(0.0), tanh(0.0)] == [0, 1, 0, 0, 0, 1, 0])
    #expect([log2(8.0), log10(1000.0), log1p(0.0), expm1(0.0)] == [3, 3, 0, 0])
    #expect([max(x, 1), min(x, 1), max(0, -x), abs(-x)] == [1, 0.5, 0, 0.5])
    #expect([max(3, 4), min(3, 4), abs(-3), max(1, 5, 2)] as [Int] == [4, 3, 3, 5])
    #expect([sign(-x), sign(0), sign(3)] == [-1, 0, 1])
    #expect([[1.0, -2].max(), [1.0, -2].min()] == [1, -2])
    #expect([-1.0, 4].map(abs) == [1, 4])
    #expect(max([[-1, 2]], 0) == [[0, 2]] as Matrix)
  }

  #if canImport(Glibc)
    @Test func `whole numbers may be written without a point`() {
      #expect(pow(2, 10) == 1024)
      #expect(exp(0) - log(1) == 1)
      #expect(-log(2) / 2 == log(0.5) / 2)
    }
  #endif
}
