import Curriculum

struct ActivationFunctions: ActivationFunctionsLesson {}

extension ActivationFunctionsLesson {
  // 7.1
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    IdentityAndStep(
      identity: ActivationValue(value: z, derivative: 1),
      step: ActivationValue(value: z >= 0 ? 1 : 0, derivative: 0))
  }

  // 7.2
  func sigmoid(_ z: Double) -> ActivationValue {
    let a = 1 / (1 + exp(-z))
    return ActivationValue(value: a, derivative: a * (1 - a))
  }

  // 7.3
  func hyperbolicTangent(_ z: Double) -> ActivationValue {
    let a = tanh(z)
    return ActivationValue(value: a, derivative: 1 - a * a)
  }

  // 7.4
  func arctan(_ z: Double) -> ActivationValue {
    ActivationValue(value: atan(z), derivative: 1 / (1 + z * z))
  }

  // 7.5
  func relu(_ z: Double) -> ActivationValue {
    ActivationValue(value: max(0, z), derivative: z > 0 ? 1 : 0)
  }

  // 7.6
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    z > 0
      ? ParametricValue(value: z, derivative: 1, byAlpha: 0)
      : ParametricValue(value: alpha * z, derivative: alpha, byAlpha: z)
  }

  // 7.7
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    z > 0
      ? ParametricValue(value: z, derivative: 1, byAlpha: 0)
      : ParametricValue(value: alpha * expm1(z), derivative: alpha * exp(z), byAlpha: expm1(z))
  }

  // 7.8
  func softplus(_ z: Double) -> ActivationValue {
    // log(1 + eᶻ) = max(0, z) + log(1 + e^(−|z|)), in which no exponential is above 1.
    ActivationValue(value: max(0, z) + log1p(exp(-abs(z))), derivative: 1 / (1 + exp(-z)))
  }

  // 7.9
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var A = Matrix(rows: dA.rows, columns: dA.columns, repeating: -.infinity)
    var winners = Matrix(rows: dA.rows, columns: dA.columns)
    for (k, piece) in pieces.enumerated() {
      let Z = piece.W * X + piece.b
      let wins = Z .> A
      A = max(A, Z)
      winners = Double(k) * wins + winners .* (1 - wins)
    }
    var dX = Matrix(rows: X.rows, columns: X.columns)
    var gradients: [Layer] = []
    for (k, piece) in pieces.enumerated() {
      let dZ = dA .* (winners .== Double(k))
      dX += piece.W.T * dZ
      gradients.append(Layer(W: dZ * X.T, b: dZ.rowSums()))
    }
    return MaxoutPass(A: A, winners: winners, dX: dX, gradients: gradients)
  }

  // 7.10
  func collapse(_ first: Layer, _ second: Layer) -> Layer {
    Layer(W: second.W * first.W, b: second.W * first.b + second.b)
  }
}
