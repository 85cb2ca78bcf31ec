// z is one number; in 7.9 and 7.10 an example is a column: X (n, m), W (p, n), b (p, 1), A and dA (p, m).

/// Lesson 7: activation functions, the functions g in a = g(z), and their derivatives.
public protocol ActivationFunctionsLesson: Sendable {
  /// 7.1 The identity g(z) = z, and the binary step, 1 where z ≥ 0 and else 0, each with its derivative.
  ///
  /// The step has no derivative at 0; the contract says 0 there too, the slope on its left.
  /// - Parameter z: any number.
  func identityAndStep(_ z: Double) -> IdentityAndStep

  /// 7.2 σ(z) = 1/(1 + e⁻ᶻ) and σ'(z) = σ(z)(1 − σ(z)).
  ///
  /// - Parameter z: any number; both results are finite for every z, ±1000 too, and right to nine decimals.
  func sigmoid(_ z: Double) -> ActivationValue

  /// 7.3 tanh z = (eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ) and its derivative 1 − tanh² z.
  ///
  /// - Parameter z: any number; both results are finite for every z, ±1000 too, and right to nine decimals. The kit has `tanh`.
  func hyperbolicTangent(_ z: Double) -> ActivationValue

  /// 7.4 arctan z, in radians, and its derivative 1/(1 + z²).
  ///
  /// - Parameter z: any number. The kit's arctan is `atan`.
  func arctan(_ z: Double) -> ActivationValue

  /// 7.5 ReLU, max(0, z), and its derivative: 1 for z > 0, else 0.
  ///
  /// - Parameter z: any number; at the kink z = 0 the derivative is 0, the slope on its left.
  func relu(_ z: Double) -> ActivationValue

  /// 7.6 Leaky and parametric ReLU: z for z > 0, else αz; the derivatives by z and by the slope α.
  ///
  /// The sign of z decides, for α > 1 too. At the kink z = 0 the derivative by z is α, the slope on its left.
  /// - Parameters:
  ///   - z: any number.
  ///   - alpha: the slope α for z ≤ 0, any number; a small constant in leaky ReLU, learnt in parametric ReLU.
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue

  /// 7.7 ELU: z for z > 0, else α(eᶻ − 1); the derivatives by z and by α.
  ///
  /// The sign of z decides. At z = 0 the derivative by z is α, the slope on its left.
  /// - Parameters:
  ///   - z: any number; all results are finite for every z, ±1000 too.
  ///   - alpha: α > 0, the depth to which the function falls: −α is its limit.
  func elu(_ z: Double, alpha: Double) -> ParametricValue

  /// 7.8 Softplus, log(1 + eᶻ), and its derivative.
  ///
  /// - Parameter z: any number; both results are finite for every z (at z = 1000 the value is 1000), and right to nine
  ///   decimals: a cut-off for large z must not show.
  func softplus(_ z: Double) -> ActivationValue

  /// 7.9 Maxout: A = the largest over q pieces of Z = WX + b, entry by entry, and the gradients of Σ dA·A.
  ///
  /// Nothing is divided by m. Where pieces are equal, the first of them wins, and it alone gets the gradient.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - pieces: q layers, each with W (p, n) and b (p, 1); at least one.
  ///   - dA: the gradient by A, from above, (p, m).
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass

  /// 7.10 Why non-linear: the one layer W' = W₂W₁, b' = W₂b₁ + b₂ that two linear layers are.
  ///
  /// - Parameters:
  ///   - first: W₁ (h, n) and b₁ (h, 1).
  ///   - second: W₂ (p, h) and b₂ (p, 1).
  /// - Returns: W' (p, n) and b' (p, 1) with W'X + b' = W₂(W₁X + b₁) + b₂ for every X.
  func collapse(_ first: Layer, _ second: Layer) -> Layer
}

/// g(z) and g'(z).
public struct ActivationValue: Sendable {
  public var value, derivative: Double
  public init(value: Double, derivative: Double) {
    self.value = value
    self.derivative = derivative
  }
}

/// The identity and the binary step at one z.
public struct IdentityAndStep: Sendable {
  public var identity, step: ActivationValue
  public init(identity: ActivationValue, step: ActivationValue) {
    self.identity = identity
    self.step = step
  }
}

/// g(z), ∂g/∂z and ∂g/∂α.
public struct ParametricValue: Sendable {
  public var value, derivative, byAlpha: Double
  public init(value: Double, derivative: Double, byAlpha: Double) {
    self.value = value
    self.derivative = derivative
    self.byAlpha = byAlpha
  }
}

/// A (p, m) and, as a cache, the winning piece of each entry, counted from 0 (p, m); dX (n, m); dW (p, n) and db (p, 1) of each piece.
public struct MaxoutPass: Sendable {
  public var A, winners, dX: Matrix, gradients: [Layer]
  public init(A: Matrix, winners: Matrix, dX: Matrix, gradients: [Layer]) {
    self.A = A
    self.winners = winners
    self.dX = dX
    self.gradients = gradients
  }
}

extension Lesson {
  public static let activationFunctions = Lesson(
    7, "ActivationFunctions", title: "Activation functions", needs: [3],
    steps: [
      .init("Identity and binary step", points: 1, source: "TPT, List of possible activation functions"),
      .init("The sigmoid and its derivative", points: 1, source: "TPT, Sigmoid; IDRIS, Activation functions"),
      .init("The hyperbolic tangent", points: 1, source: "TPT, Hyperbolic tangent"),
      .init("The arctangent", points: 1, source: "TPT, List of possible activation functions"),
      .init("ReLU", points: 1, source: "TPT, ReLU; UR2, The reign of ReLU"),
      .init(
        "Leaky and parametric ReLU", points: 2,
        source: "TPT, Leaky ReLU / Parametric ReLU; IDRIS, Activation functions"),
      .init("ELU", points: 2, source: "TPT, List of possible activation functions; IDRIS, Activation functions"),
      .init("Softplus", points: 2, source: "TPT, Softplus"),
      .init("Maxout", points: 3, source: "IDRIS, Activation functions"),
      .init("Two linear layers are one", points: 1, source: "TPT, Why non-linear activation functions?"),
    ])
}
