import Curriculum

public struct FixtureReference: FixtureLesson {
  public init() {}
}

extension FixtureLesson {
  // 90.1
  public func square(_ x: Double) -> Double { x * x }

  // 90.2
  public func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> FixtureGradients {
    let m = Double(X.columns)
    let e = w.T * X - Y
    return FixtureGradients(
      errors: e, cost: e.elements.reduce(0) { $0 + square($1) } / m, dw: 2 / m * (X * e.T))
  }

  // 90.3
  public func scaleShift(gamma: Matrix, beta: Matrix) -> any Module { ScaleShift(gamma: gamma, beta: beta) }
}

struct ScaleShift: Module {
  var gamma, beta: Matrix
  private var A = Matrix(rows: 0, columns: 0)
  private(set) var gradients: [Matrix] = []

  init(gamma: Matrix, beta: Matrix) {
    self.gamma = gamma
    self.beta = beta
  }

  var parameters: [Matrix] {
    get { [gamma, beta] }
    set {
      gamma = newValue[0]
      beta = newValue[1]
    }
  }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
    self.A = A
    return gamma .* A + beta
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    let ones = Matrix(rows: A.columns, columns: 1, repeating: 1)
    gradients = [(upstream .* A) * ones, upstream * ones]
    return gamma .* upstream
  }
}
