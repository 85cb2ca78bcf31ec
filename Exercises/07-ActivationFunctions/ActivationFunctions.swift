// Lesson 7: Activation functions. The chapter is docs/07-activation-functions.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter ActivationFunctions     or     swift run gradus check 7
// A hint for a step:     swift run gradus hint 7.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 2a58636b88d762be

import Curriculum

struct ActivationFunctions: ActivationFunctionsLesson {
  /// 7.1 The identity g(z) = z, and the binary step, 1 where z ≥ 0 and else 0, each with its derivative.
  ///
  /// The step has no derivative at 0; the contract says 0 there too, the slope on its left.
  /// - Parameter z: any number.
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    todo()
  }

  /// 7.2 σ(z) = 1/(1 + e⁻ᶻ) and σ'(z) = σ(z)(1 − σ(z)).
  ///
  /// - Parameter z: any number; both results are finite for every z, ±1000 too.
  func sigmoid(_ z: Double) -> ActivationValue {
    todo()
  }

  /// 7.3 tanh z = (eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ) and its derivative 1 − tanh² z.
  ///
  /// - Parameter z: any number; both results are finite for every z, ±1000 too. The kit has `tanh`.
  func hyperbolicTangent(_ z: Double) -> ActivationValue {
    todo()
  }

  /// 7.4 arctan z, in radians, and its derivative 1/(1 + z²).
  ///
  /// - Parameter z: any number. The kit's arctan is `atan`.
  func arctan(_ z: Double) -> ActivationValue {
    todo()
  }

  /// 7.5 ReLU, max(0, z), and its derivative: 1 for z > 0, else 0.
  ///
  /// - Parameter z: any number; at the kink z = 0 the derivative is 0, the slope on its left.
  func relu(_ z: Double) -> ActivationValue {
    todo()
  }

  /// 7.6 Leaky and parametric ReLU: z for z > 0, else αz; the derivatives by z and by the slope α.
  ///
  /// The sign of z decides, for α > 1 too. At the kink z = 0 the derivative by z is α, the slope on its left.
  /// - Parameters:
  ///   - z: any number.
  ///   - alpha: the slope α for z ≤ 0, any number; a small constant in leaky ReLU, learnt in parametric ReLU.
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    todo()
  }

  /// 7.7 ELU: z for z > 0, else α(eᶻ − 1); the derivatives by z and by α.
  ///
  /// The sign of z decides. At z = 0 the derivative by z is α, the slope on its left.
  /// - Parameters:
  ///   - z: any number; all results are finite for every z, ±1000 too.
  ///   - alpha: α, the depth to which the function falls: −α is its limit.
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    todo()
  }

  /// 7.8 Softplus, log(1 + eᶻ), and its derivative.
  ///
  /// - Parameter z: any number; both results are finite for every z: at z = 1000 the value is 1000.
  func softplus(_ z: Double) -> ActivationValue {
    todo()
  }

  /// 7.9 Maxout: A = the largest over q pieces of Z = WX + b, entry by entry, and the gradients of Σ dA·A.
  ///
  /// Nothing is divided by m. Where pieces are equal, the first of them wins, and it alone gets the gradient.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - pieces: q layers, each with W (p, n) and b (p, 1); at least one.
  ///   - dA: the gradient by A, from above, (p, m).
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    todo()
  }

  /// 7.10 Why non-linear: the one layer W' = W₂W₁, b' = W₂b₁ + b₂ that two linear layers are.
  ///
  /// - Parameters:
  ///   - first: W₁ (h, n) and b₁ (h, 1).
  ///   - second: W₂ (p, h) and b₂ (p, 1).
  /// - Returns: W' (p, n) and b' (p, 1) with W'X + b' = W₂(W₁X + b₁) + b₂ for every X.
  func collapse(_ first: Layer, _ second: Layer) -> Layer {
    todo()
  }
}
