import Curriculum
import Grading
@testable import ActivationFunctionsSolution

private let reference = ActivationFunctions()

let activationFunctions = Answers<any ActivationFunctionsLesson>(
  .activationFunctions, activationFunctionsSteps, reference,
  mistakes: [
    Mistake("7.1", "the step at z = 0 is 0", StepStrict(), "It fires at z ≥ 0, so it is 1 there."),
    Mistake("7.1", "the step at z = 0 is ½", StepHalf(), "It fires at z ≥ 0, so it is 1 there."),
    Mistake("7.1", "the step is −1 for a negative z", StepSign(), "It is 0 there: this is the sign of z."),
    Mistake(
      "7.1", "the step's derivative at z = 0 is infinite", StepInfinite(),
      "The jump has no derivative. The contract takes the slope on its left, 0."),
    Mistake(
      "7.1", "the step's derivative at z = 0 is NaN", StepUnknown(),
      "A question mark on a slide, but a program has to say something: the contract takes the slope on the left, 0."),
    Mistake(
      "7.1", "the step's derivative is 1 for z ≥ 0", StepLikeReLU(),
      "That is the step itself. Its graph is flat on both sides, so its slope is 0."),
    Mistake("7.1", "the identity's derivative is z", IdentityDerivativeIsValue(), "g(z) = z rises by 1 for each 1."),
    Mistake("7.1", "the identity's derivative is 0", IdentityDerivativeZero(), "g(z) = z rises by 1 for each 1."),
    Mistake("7.1", "the identity is −z", IdentityNegated(), "The identity returns z itself, and its slope is 1."),
    Mistake(
      "7.1", "the identity and the step are exchanged", IdentityAndStepExchanged(),
      "`identity` comes first, then `step`."),

    Mistake(
      "7.2", "the value is σ(−z)", SigmoidSign(),
      "The exponent is −z, with its minus: σ rises from 0 to 1, this falls from 1 to 0."),
    Mistake(
      "7.2", "eᶻ overflows for a large z", SigmoidOverflow(),
      "At z = 1000 it is ∞, and eᶻ/(1 + eᶻ) is ∞/∞, NaN. 1/(1 + e⁻ᶻ) is right for every z."),
    Mistake(
      "7.2", "e⁻ᶻ overflows in the derivative for a very negative z", SigmoidDerivativeOverflowLeft(),
      "e⁻ᶻ/(1 + e⁻ᶻ)² is ∞/∞ at z = −1000, NaN. With a = σ(z) it is a(1 − a), which never overflows."),
    Mistake(
      "7.2", "eᶻ overflows in the derivative for a large z", SigmoidDerivativeOverflowRight(),
      "eᶻ/(1 + eᶻ)² is ∞/∞ at z = 1000, NaN. With a = σ(z) it is a(1 − a), which never overflows."),
    Mistake(
      "7.2", "the derivative is z(1 − z)", SigmoidDerivativeOfZ(), "The formula a(1 − a) is for a = σ(z), not for z."),
    Mistake(
      "7.2", "the derivative is taken at a = σ(z) instead of z", SigmoidDerivativeTwice(),
      "a(1 − a) has the σ in it already: taking σ of a once more is one too many."),
    Mistake(
      "7.2", "the derivative is 1 − a²", SigmoidDerivativeOfTanh(), "That is tanh's. σ's is a(1 − a) = a − a²."),
    Mistake(
      "7.2", "the derivative has the wrong sign", SigmoidDerivativeSign(),
      "σ rises, so its slope is positive. (A lecture prints one line with a minus: two of them cancel, since the derivative of e⁻ᶻ is −e⁻ᶻ.)"
    ),

    Mistake(
      "7.3", "the exponentials overflow at both ends", TanhOverflow(),
      "(eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ) is ∞/∞ at ±1000, NaN: the kit's `tanh` is right everywhere."),
    Mistake(
      "7.3", "an exponential overflows for a large z", TanhOverflowRight(),
      "(e²ᶻ − 1)/(e²ᶻ + 1) is ∞/∞ at z = 1000, NaN: the kit's `tanh` is right everywhere."),
    Mistake(
      "7.3", "an exponential overflows for a very negative z", TanhOverflowLeft(),
      "(1 − e⁻²ᶻ)/(1 + e⁻²ᶻ) is −∞/∞ at z = −1000, NaN: the kit's `tanh` is right everywhere."),
    Mistake("7.3", "the derivative is 1 − tanh z, without the square", TanhWithoutSquare(), "It is 1 − a²."),
    Mistake("7.3", "the derivative is a(1 − a)", TanhDerivativeOfSigmoid(), "That is σ's. tanh's is 1 − a²."),
    Mistake(
      "7.3", "the derivative is 1 − z²", TanhDerivativeOfZ(), "The formula 1 − a² is for a = tanh z, not for z."),
    Mistake(
      "7.3", "the derivative is taken at a = tanh z instead of z", TanhDerivativeTwice(),
      "1 − a² has the tanh in it already: taking tanh of a once more is one too many."),
    Mistake(
      "7.3", "the value is 2σ(z) − 1", TanhHalf(), "That is tanh(z/2): tanh z = 2σ(2z) − 1, with a 2 before the z too."),

    Mistake("7.4", "the value is 1/tan z", Cotangent(), "tan⁻¹ is the inverse function, not one over tan: `atan(z)`."),
    Mistake("7.4", "the value is tan z", TangentForArctan(), "Asked for is the angle whose tangent is z: `atan(z)`."),
    Mistake("7.4", "the derivative is 1/(1 − z²)", ArtanhDerivative(), "That is artanh's: here it is 1 + z²."),
    Mistake(
      "7.4", "the derivative is 1 + z²", ArctanUpsideDown(), "One over it: `1 / (1 + z * z)`, with the brackets."),
    Mistake(
      "7.4", "the derivative is 1/(1 + a²) with a = arctan z", ArctanDerivativeOfA(),
      "σ and tanh have derivatives in terms of a; here it is z that is squared."),
    Mistake("7.4", "the derivative is 1/√(1 + z²)", ArctanRoot(), "That is arsinh's: here there is no root."),
    Mistake(
      "7.4", "the angle is in degrees", ArctanDegrees(),
      "Angles are in radians, where the slope at 0 is 1: `atan` returns them so."),

    Mistake(
      "7.5", "the derivative at z = 0 is 1", ReLUKinkOne(),
      "At the kink the contract takes the slope on the left, 0: the derivative is 1 for z > 0 only. (One of the lectures' two tables says 1 here.)"
    ),
    Mistake(
      "7.5", "the derivative at z = 0 is ½", ReLUKinkHalf(),
      "That is the mean of both slopes, which a centred difference measures. The contract takes the left one, 0."),
    Mistake(
      "7.5", "the derivative at z = 0 is NaN", ReLUKinkNaN(),
      "A division by z is 0/0 there. Ask whether z > 0 instead of dividing."),
    Mistake("7.5", "the value stands for the derivative", ReLUDerivativeIsValue(), "The slope is 1 for every z > 0."),
    Mistake("7.5", "the derivative is 1 everywhere", ReLUDerivativeOne(), "For z < 0 ReLU is flat: its slope is 0."),
    Mistake("7.5", "the value is |z|", ReLUAbsolute(), "max(0, z): a negative z gives 0."),
    Mistake("7.5", "the value is min(0, z)", ReLUMinimum(), "max(0, z): it keeps the positive z."),
    Mistake(
      "7.5", "the derivative for z < 0 is −1", ReLUDerivativeOfMagnitude(),
      "There the value is 0 and does not move: −1 is the slope of |z|."),

    Mistake(
      "7.6", "the value is max(αz, z)", PReLUMaximum(),
      "Right for α ≤ 1 only: with α > 1 it takes the wrong piece on both sides. The sign of z decides."),
    Mistake(
      "7.6", "the larger of αz and z decides about everything, and αz where they are equal", PReLULargerStrict(),
      "The sign of z decides: with α > 1 the larger one is the wrong piece, and with α = 1 they are always equal."),
    Mistake(
      "7.6", "the larger of αz and z decides about everything, and z where they are equal", PReLULarger(),
      "The sign of z decides: with α > 1 the larger one is the wrong piece, and with α = 1 they are always equal."),
    Mistake(
      "7.6", "the derivative at z = 0 is 1", PReLUKink(), "At the kink the contract takes the slope on the left, α."),
    Mistake(
      "7.6", "the derivative for z ≤ 0 is 0", PReLUDead(), "That is ReLU's: here the left side has the slope α."),
    Mistake("7.6", "the slope is 0.01, whatever α is", PReLUFixed(), "The slope is a parameter: use `alpha`."),
    Mistake("7.6", "byAlpha is 1 for z ≤ 0", PReLUByAlphaOne(), "αz as a function of α has the slope z."),
    Mistake("7.6", "byAlpha is α for z ≤ 0", PReLUByAlphaAlpha(), "α is the derivative by z; by α it is z."),
    Mistake(
      "7.6", "byAlpha is αz for z ≤ 0", PReLUByAlphaValue(), "That is the value. Its derivative by the factor α is z."),
    Mistake("7.6", "byAlpha is z for a positive z too", PReLUByAlphaEverywhere(), "There is no α in g(z) = z: 0."),
    Mistake("7.6", "byAlpha is 0 everywhere", PReLUByAlphaZero(), "For z ≤ 0 the value αz does depend on α, by z."),
    Mistake(
      "7.6", "byAlpha is |z| for z ≤ 0", PReLUByAlphaMagnitude(),
      "For z ≤ 0 the value is αz: its derivative by α is z, with its sign."),

    Mistake("7.7", "α is left out of value and derivative", ELUWithoutAlpha(), "For z ≤ 0 it is α(eᶻ − 1), and αeᶻ."),
    Mistake(
      "7.7", "the derivative at z = 0 is 1", ELUKink(), "At z = 0 the contract takes the slope on the left, αe⁰ = α."),
    Mistake(
      "7.7", "the derivative for z ≤ 0 is the value", ELUDerivativeIsValue(),
      "The derivative of α(eᶻ − 1) is αeᶻ, that is the value plus α."),
    Mistake("7.7", "the derivative for z ≤ 0 is eᶻ, without α", ELUDerivativeWithoutAlpha(), "It is αeᶻ."),
    Mistake("7.7", "the − 1 is left out of the value", ELUWithoutOne(), "α(eᶻ − 1) is 0 at z = 0; αeᶻ jumps there."),
    Mistake("7.7", "the value is αeᶻ − 1", ELUBrackets(), "The bracket: α(eᶻ − 1)."),
    Mistake(
      "7.7", "byAlpha is α(eᶻ − 1) for z ≤ 0", ELUByAlphaValue(),
      "That is the value. Its derivative by the factor α is eᶻ − 1."),
    Mistake(
      "7.7", "byAlpha is eᶻ for z ≤ 0", ELUByAlphaWithoutOne(), "α stands before eᶻ − 1, so that is what it is worth."),
    Mistake(
      "7.7", "byAlpha is eᶻ − 1 for a positive z too", ELUByAlphaEverywhere(), "There is no α in g(z) = z: 0."),
    Mistake(
      "7.7", "eᶻ overflows for a large z", ELUMasked(),
      "At z = 1000 it is ∞, and ∞ · 0 is NaN. Ask for the sign of z first, and compute only the piece that is needed."),
    Mistake(
      "7.7", "the derivative for z ≤ 0 is the value plus 1", ELUDerivativeValuePlusOne(),
      "αeᶻ is the value plus α; plus 1 is right for α = 1 only."),

    Mistake(
      "7.8", "eᶻ overflows in the value", SoftplusOverflow(),
      "log(1 + eᶻ) is ∞ at z = 1000, where it should be 1000: take e⁻ᶻ out, log(1 + eᶻ) = z + log(1 + e⁻ᶻ) for z > 0."),
    Mistake(
      "7.8", "e⁻ᶻ overflows in the value", SoftplusOverflowLeft(),
      "z + log(1 + e⁻ᶻ) is −1000 + ∞ at z = −1000. It is the form for z > 0; for z ≤ 0 take log(1 + eᶻ)."),
    Mistake(
      "7.8", "eᶻ overflows in the derivative", SoftplusDerivativeOverflow(),
      "eᶻ/(1 + eᶻ) is ∞/∞ at z = 1000, NaN. It is 1/(1 + e⁻ᶻ), right for every z."),
    Mistake(
      "7.8", "the value is ReLU's", SoftplusIsReLU(), "Softplus is near max(0, z) for large |z| only; at 0 it is log 2."
    ),
    Mistake(
      "7.8", "the derivative is ReLU's", SoftplusDerivativeStep(), "Softplus has no kink: its derivative is σ(z)."),
    Mistake(
      "7.8", "the derivative is σ'(z)", SoftplusSecondDerivative(), "That is one derivative too many: it is σ(z)."),
    Mistake(
      "7.8", "the derivative is 1/(1 + eᶻ)", SoftplusDerivativeSign(), "It is eᶻ/(1 + eᶻ), and so 1/(1 + e⁻ᶻ)."),
    Mistake("7.8", "the value is log(1 + e⁻ᶻ)", SoftplusMirrored(), "The exponent is +z: softplus rises."),
    Mistake("7.8", "the logarithm's base is 10", SoftplusDecimal(), "log is natural throughout the course."),
    Mistake("7.8", "the logarithm's base is 2", SoftplusBinary(), "log is natural throughout the course."),

    Mistake("7.9", "b is left out of the pieces", MaxoutWithoutBias(), "Z = WX + b, for each piece."),
    Mistake("7.9", "the smallest piece is taken", MaxoutMinimum(), "Maxout takes the largest."),
    Mistake("7.9", "the piece that is largest in absolute value is taken", MaxoutMagnitude(), "−5 is less than 1."),
    Mistake(
      "7.9", "the search for the largest begins at 0", MaxoutFromZero(),
      "Where all pieces are negative, 0 is none of them: begin with the first piece."),
    Mistake("7.9", "ties go to the last piece", MaxoutTiesLast(), "The first of equals wins: compare with >, not ≥."),
    Mistake(
      "7.9", "ties give the gradient to every piece that is largest", MaxoutTiesShared(),
      "One piece wins each entry, the first of equals: use the winners for the gradient."),
    Mistake("7.9", "the winners are counted from 1", MaxoutFromOne(), "The first piece is number 0."),
    Mistake(
      "7.9", "the gradient goes to every piece", MaxoutGradientToAll(),
      "A piece that has lost does not change A: its part of the gradient is 0."),
    Mistake("7.9", "dW and db are divided by m", MaxoutAveraged(), "The function is Σ dA·A, without 1/m."),
    Mistake(
      "7.9", "dX, dW and db are divided by m", MaxoutAllAveraged(), "The function is Σ dA·A, without 1/m."),
    Mistake("7.9", "dA is left out of the gradients", MaxoutWithoutUpstream(), "The chain rule: upstream times local."),
    Mistake("7.9", "dW is transposed", MaxoutTransposed(), "dW has the shape of W, (p, n)."),
    Mistake(
      "7.9", "only the last example counts for dW and db", MaxoutOverwritten(),
      "They are sums over the examples: `+=`, or a matrix product."),
    Mistake(
      "7.9", "only the last unit counts for dX", MaxoutLastUnit(),
      "All p units of an example look at the same x: their parts of dX add up."),
    Mistake(
      "7.9", "dX holds the last piece's part only", MaxoutLastPiece(),
      "Different entries are won by different pieces: their parts of dX add up."),

    Mistake("7.10", "b₂ is left out", CollapseWithoutSecondBias(), "b' = W₂b₁ + b₂."),
    Mistake("7.10", "b₁ is left out", CollapseWithoutFirstBias(), "b₁ goes through the second layer too: W₂b₁ + b₂."),
    Mistake("7.10", "W' is transposed", CollapseTransposed(), "W₁ᵀW₂ᵀ is (W₂W₁)ᵀ: W' is (p, n), `second.W * first.W`."),
    Mistake("7.10", "b' is a row", CollapseRow(), "b' is a column (p, 1), like b₂."),
    Mistake("7.10", "b₂ is subtracted", CollapseSubtracts(), "b' = W₂b₁ + b₂."),
  ])

// MARK: 7.1

private struct StepStrict: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    var g = reference.identityAndStep(z)
    g.step.value = z > 0 ? 1 : 0
    return g
  }
}

private struct StepHalf: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    var g = reference.identityAndStep(z)
    if z == 0 { g.step.value = 0.5 }
    return g
  }
}

private struct StepSign: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    var g = reference.identityAndStep(z)
    if z < 0 { g.step.value = -1 }
    return g
  }
}

private struct StepInfinite: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    var g = reference.identityAndStep(z)
    if z == 0 { g.step.derivative = .infinity }
    return g
  }
}

private struct StepUnknown: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    var g = reference.identityAndStep(z)
    if z == 0 { g.step.derivative = .nan }
    return g
  }
}

private struct StepLikeReLU: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    var g = reference.identityAndStep(z)
    g.step.derivative = z >= 0 ? 1 : 0
    return g
  }
}

private struct IdentityDerivativeIsValue: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    var g = reference.identityAndStep(z)
    g.identity.derivative = z
    return g
  }
}

private struct IdentityDerivativeZero: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    var g = reference.identityAndStep(z)
    g.identity.derivative = 0
    return g
  }
}

private struct IdentityNegated: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    var both = reference.identityAndStep(z)
    both.identity = ActivationValue(value: -z, derivative: -1)
    return both
  }
}

private struct IdentityAndStepExchanged: ActivationFunctionsLesson {
  func identityAndStep(_ z: Double) -> IdentityAndStep {
    let both = reference.identityAndStep(z)
    return IdentityAndStep(identity: both.step, step: both.identity)
  }
}

// MARK: 7.2

private func fromSigmoid(_ a: Double) -> ActivationValue { ActivationValue(value: a, derivative: a * (1 - a)) }

private struct SigmoidSign: ActivationFunctionsLesson {
  func sigmoid(_ z: Double) -> ActivationValue { fromSigmoid(1 / (1 + exp(z))) }
}

private struct SigmoidOverflow: ActivationFunctionsLesson {
  func sigmoid(_ z: Double) -> ActivationValue { fromSigmoid(exp(z) / (1 + exp(z))) }
}

private struct SigmoidDerivativeOverflowLeft: ActivationFunctionsLesson {
  func sigmoid(_ z: Double) -> ActivationValue {
    var g = reference.sigmoid(z)
    g.derivative = exp(-z) / ((1 + exp(-z)) * (1 + exp(-z)))
    return g
  }
}

private struct SigmoidDerivativeOverflowRight: ActivationFunctionsLesson {
  func sigmoid(_ z: Double) -> ActivationValue {
    var g = reference.sigmoid(z)
    g.derivative = exp(z) / ((1 + exp(z)) * (1 + exp(z)))
    return g
  }
}

private struct SigmoidDerivativeOfZ: ActivationFunctionsLesson {
  func sigmoid(_ z: Double) -> ActivationValue {
    var g = reference.sigmoid(z)
    g.derivative = z * (1 - z)
    return g
  }
}

private struct SigmoidDerivativeTwice: ActivationFunctionsLesson {
  func sigmoid(_ z: Double) -> ActivationValue {
    var g = reference.sigmoid(z)
    g.derivative = reference.sigmoid(g.value).derivative
    return g
  }
}

private struct SigmoidDerivativeOfTanh: ActivationFunctionsLesson {
  func sigmoid(_ z: Double) -> ActivationValue {
    var g = reference.sigmoid(z)
    g.derivative = 1 - g.value * g.value
    return g
  }
}

private struct SigmoidDerivativeSign: ActivationFunctionsLesson {
  func sigmoid(_ z: Double) -> ActivationValue {
    var g = reference.sigmoid(z)
    g.derivative *= -1
    return g
  }
}

// MARK: 7.3

private func fromTanh(_ a: Double) -> ActivationValue { ActivationValue(value: a, derivative: 1 - a * a) }

private struct TanhOverflow: ActivationFunctionsLesson {
  func hyperbolicTangent(_ z: Double) -> ActivationValue { fromTanh((exp(z) - exp(-z)) / (exp(z) + exp(-z))) }
}

private struct TanhOverflowRight: ActivationFunctionsLesson {
  func hyperbolicTangent(_ z: Double) -> ActivationValue { fromTanh((exp(2 * z) - 1) / (exp(2 * z) + 1)) }
}

private struct TanhOverflowLeft: ActivationFunctionsLesson {
  func hyperbolicTangent(_ z: Double) -> ActivationValue { fromTanh((1 - exp(-2 * z)) / (1 + exp(-2 * z))) }
}

private struct TanhWithoutSquare: ActivationFunctionsLesson {
  func hyperbolicTangent(_ z: Double) -> ActivationValue {
    var g = reference.hyperbolicTangent(z)
    g.derivative = 1 - g.value
    return g
  }
}

private struct TanhDerivativeOfSigmoid: ActivationFunctionsLesson {
  func hyperbolicTangent(_ z: Double) -> ActivationValue {
    var g = reference.hyperbolicTangent(z)
    g.derivative = g.value * (1 - g.value)
    return g
  }
}

private struct TanhDerivativeOfZ: ActivationFunctionsLesson {
  func hyperbolicTangent(_ z: Double) -> ActivationValue {
    var g = reference.hyperbolicTangent(z)
    g.derivative = 1 - z * z
    return g
  }
}

private struct TanhDerivativeTwice: ActivationFunctionsLesson {
  func hyperbolicTangent(_ z: Double) -> ActivationValue {
    var g = reference.hyperbolicTangent(z)
    g.derivative = reference.hyperbolicTangent(g.value).derivative
    return g
  }
}

private struct TanhHalf: ActivationFunctionsLesson {
  func hyperbolicTangent(_ z: Double) -> ActivationValue {
    var g = reference.hyperbolicTangent(z)
    g.value = tanh(z / 2)
    return g
  }
}

// MARK: 7.4

private struct Cotangent: ActivationFunctionsLesson {
  func arctan(_ z: Double) -> ActivationValue {
    var g = reference.arctan(z)
    g.value = 1 / tan(z)
    return g
  }
}

private struct TangentForArctan: ActivationFunctionsLesson {
  func arctan(_ z: Double) -> ActivationValue {
    var g = reference.arctan(z)
    g.value = tan(z)
    return g
  }
}

private struct ArtanhDerivative: ActivationFunctionsLesson {
  func arctan(_ z: Double) -> ActivationValue {
    var g = reference.arctan(z)
    g.derivative = 1 / (1 - z * z)
    return g
  }
}

private struct ArctanUpsideDown: ActivationFunctionsLesson {
  func arctan(_ z: Double) -> ActivationValue {
    var g = reference.arctan(z)
    g.derivative = 1 + z * z
    return g
  }
}

private struct ArctanDerivativeOfA: ActivationFunctionsLesson {
  func arctan(_ z: Double) -> ActivationValue {
    var g = reference.arctan(z)
    g.derivative = 1 / (1 + g.value * g.value)
    return g
  }
}

private struct ArctanRoot: ActivationFunctionsLesson {
  func arctan(_ z: Double) -> ActivationValue {
    var g = reference.arctan(z)
    g.derivative = 1 / sqrt(1 + z * z)
    return g
  }
}

private struct ArctanDegrees: ActivationFunctionsLesson {
  func arctan(_ z: Double) -> ActivationValue {
    var right = reference.arctan(z)
    right.value *= 180 / Double.pi
    return right
  }
}

// MARK: 7.5

private struct ReLUKinkOne: ActivationFunctionsLesson {
  func relu(_ z: Double) -> ActivationValue {
    var g = reference.relu(z)
    g.derivative = z >= 0 ? 1 : 0
    return g
  }
}

private struct ReLUKinkHalf: ActivationFunctionsLesson {
  func relu(_ z: Double) -> ActivationValue {
    var g = reference.relu(z)
    if z == 0 { g.derivative = 0.5 }
    return g
  }
}

private struct ReLUKinkNaN: ActivationFunctionsLesson {
  func relu(_ z: Double) -> ActivationValue {
    var g = reference.relu(z)
    g.derivative = g.value / z
    return g
  }
}

private struct ReLUDerivativeIsValue: ActivationFunctionsLesson {
  func relu(_ z: Double) -> ActivationValue {
    var g = reference.relu(z)
    g.derivative = g.value
    return g
  }
}

private struct ReLUDerivativeOne: ActivationFunctionsLesson {
  func relu(_ z: Double) -> ActivationValue {
    var g = reference.relu(z)
    g.derivative = 1
    return g
  }
}

private struct ReLUAbsolute: ActivationFunctionsLesson {
  func relu(_ z: Double) -> ActivationValue {
    var g = reference.relu(z)
    g.value = abs(z)
    return g
  }
}

private struct ReLUMinimum: ActivationFunctionsLesson {
  func relu(_ z: Double) -> ActivationValue {
    var g = reference.relu(z)
    g.value = min(0, z)
    return g
  }
}

private struct ReLUDerivativeOfMagnitude: ActivationFunctionsLesson {
  func relu(_ z: Double) -> ActivationValue {
    var right = reference.relu(z)
    if z < 0 { right.derivative = -1 }
    return right
  }
}

// MARK: 7.6

private struct PReLUMaximum: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.parametricReLU(z, alpha: alpha)
    g.value = max(alpha * z, z)
    return g
  }
}

private struct PReLULargerStrict: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    z > alpha * z
      ? ParametricValue(value: z, derivative: 1, byAlpha: 0)
      : ParametricValue(value: alpha * z, derivative: alpha, byAlpha: z)
  }
}

private struct PReLULarger: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    z >= alpha * z
      ? ParametricValue(value: z, derivative: 1, byAlpha: 0)
      : ParametricValue(value: alpha * z, derivative: alpha, byAlpha: z)
  }
}

private struct PReLUKink: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.parametricReLU(z, alpha: alpha)
    if z == 0 { g.derivative = 1 }
    return g
  }
}

private struct PReLUDead: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.parametricReLU(z, alpha: alpha)
    if z <= 0 { g.derivative = 0 }
    return g
  }
}

private struct PReLUFixed: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue { reference.parametricReLU(z, alpha: 0.01) }
}

private struct PReLUByAlphaOne: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.parametricReLU(z, alpha: alpha)
    if z <= 0 { g.byAlpha = 1 }
    return g
  }
}

private struct PReLUByAlphaAlpha: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.parametricReLU(z, alpha: alpha)
    if z <= 0 { g.byAlpha = alpha }
    return g
  }
}

private struct PReLUByAlphaValue: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.parametricReLU(z, alpha: alpha)
    if z <= 0 { g.byAlpha = g.value }
    return g
  }
}

private struct PReLUByAlphaEverywhere: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.parametricReLU(z, alpha: alpha)
    g.byAlpha = z
    return g
  }
}

private struct PReLUByAlphaZero: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.parametricReLU(z, alpha: alpha)
    g.byAlpha = 0
    return g
  }
}

private struct PReLUByAlphaMagnitude: ActivationFunctionsLesson {
  func parametricReLU(_ z: Double, alpha: Double) -> ParametricValue {
    var right = reference.parametricReLU(z, alpha: alpha)
    right.byAlpha = abs(right.byAlpha)
    return right
  }
}

// MARK: 7.7

private struct ELUWithoutAlpha: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.elu(z, alpha: alpha)
    if z <= 0 {
      g.value = expm1(z)
      g.derivative = exp(z)
    }
    return g
  }
}

private struct ELUKink: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.elu(z, alpha: alpha)
    if z == 0 { g.derivative = 1 }
    return g
  }
}

private struct ELUDerivativeIsValue: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.elu(z, alpha: alpha)
    if z <= 0 { g.derivative = g.value }
    return g
  }
}

private struct ELUDerivativeWithoutAlpha: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.elu(z, alpha: alpha)
    if z <= 0 { g.derivative = exp(z) }
    return g
  }
}

private struct ELUWithoutOne: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.elu(z, alpha: alpha)
    if z <= 0 { g.value = alpha * exp(z) }
    return g
  }
}

private struct ELUBrackets: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.elu(z, alpha: alpha)
    if z <= 0 { g.value = alpha * exp(z) - 1 }
    return g
  }
}

private struct ELUByAlphaValue: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.elu(z, alpha: alpha)
    if z <= 0 { g.byAlpha = g.value }
    return g
  }
}

private struct ELUByAlphaWithoutOne: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.elu(z, alpha: alpha)
    if z <= 0 { g.byAlpha = exp(z) }
    return g
  }
}

private struct ELUByAlphaEverywhere: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var g = reference.elu(z, alpha: alpha)
    g.byAlpha = expm1(z)
    return g
  }
}

private struct ELUMasked: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    let right: Double = z > 0 ? 1 : 0
    return ParametricValue(
      value: right * z + (1 - right) * alpha * expm1(z), derivative: right + (1 - right) * alpha * exp(z),
      byAlpha: (1 - right) * expm1(z))
  }
}

private struct ELUDerivativeValuePlusOne: ActivationFunctionsLesson {
  func elu(_ z: Double, alpha: Double) -> ParametricValue {
    var right = reference.elu(z, alpha: alpha)
    if z <= 0 { right.derivative = right.value + 1 }
    return right
  }
}

// MARK: 7.8

private struct SoftplusOverflow: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.value = log(1 + exp(z))
    return g
  }
}

private struct SoftplusOverflowLeft: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.value = z + log(1 + exp(-z))
    return g
  }
}

private struct SoftplusDerivativeOverflow: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.derivative = exp(z) / (1 + exp(z))
    return g
  }
}

private struct SoftplusIsReLU: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.value = max(0, z)
    return g
  }
}

private struct SoftplusDerivativeStep: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.derivative = z > 0 ? 1 : 0
    return g
  }
}

private struct SoftplusSecondDerivative: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.derivative *= 1 - g.derivative
    return g
  }
}

private struct SoftplusDerivativeSign: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.derivative = 1 / (1 + exp(z))
    return g
  }
}

private struct SoftplusMirrored: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.value = reference.softplus(-z).value
    return g
  }
}

private struct SoftplusDecimal: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.value /= log(10)
    return g
  }
}

private struct SoftplusBinary: ActivationFunctionsLesson {
  func softplus(_ z: Double) -> ActivationValue {
    var g = reference.softplus(z)
    g.value /= log(2)
    return g
  }
}

// MARK: 7.9

/// A pass in which these winners, whatever they are, give A and the gradients.
private func pass(X: Matrix, pieces: [Layer], dA: Matrix, winners: Matrix) -> MaxoutPass {
  var A = 0 * dA
  for (k, piece) in pieces.enumerated() { A += (winners .== Double(k)) .* (piece.W * X + piece.b) }
  let (dX, gradients) = backward(X: X, pieces: pieces) { dA .* (winners .== Double($0)) }
  return MaxoutPass(A: A, winners: winners, dX: dX, gradients: gradients)
}

/// The gradients with these dZ of the pieces.
private func backward(X: Matrix, pieces: [Layer], dZ: (Int) -> Matrix) -> (dX: Matrix, gradients: [Layer]) {
  var dX = 0 * X
  for (k, piece) in pieces.enumerated() { dX += piece.W.T * dZ(k) }
  return (dX, pieces.indices.map { Layer(W: dZ($0) * X.T, b: dZ($0).rowSums()) })
}

/// The winners where the piece with the largest score wins, the first of equals.
private func winners(X: Matrix, pieces: [Layer], score: (Matrix) -> Matrix) -> Matrix {
  let scores = pieces.map { score($0.W * X + $0.b) }
  var winners = 0 * scores[0]
  for i in 0..<winners.rows {
    for j in 0..<winners.columns {
      var best = 0
      for k in scores.indices where scores[k][i, j] > scores[best][i, j] { best = k }
      winners[i, j] = Double(best)
    }
  }
  return winners
}

private struct MaxoutWithoutBias: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    reference.maxout(X: X, pieces: pieces.map { Layer(W: $0.W, b: 0 * $0.b) }, dA: dA)
  }
}

private struct MaxoutMinimum: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    pass(X: X, pieces: pieces, dA: dA, winners: winners(X: X, pieces: pieces) { -$0 })
  }
}

private struct MaxoutMagnitude: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    pass(X: X, pieces: pieces, dA: dA, winners: winners(X: X, pieces: pieces) { abs($0) })
  }
}

private struct MaxoutFromZero: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    let right = reference.maxout(X: X, pieces: pieces, dA: dA)
    var g = pass(X: X, pieces: pieces, dA: dA, winners: (right.A .> 0) .* right.winners)
    g.A = max(right.A, 0)
    return g
  }
}

private struct MaxoutTiesLast: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var g = reference.maxout(X: X, pieces: pieces.reversed(), dA: dA)
    g.winners = Double(pieces.count - 1) - g.winners
    g.gradients.reverse()
    return g
  }
}

private struct MaxoutTiesShared: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var g = reference.maxout(X: X, pieces: pieces, dA: dA)
    let A = g.A
    (g.dX, g.gradients) = backward(X: X, pieces: pieces) { dA .* (pieces[$0].W * X + pieces[$0].b .== A) }
    return g
  }
}

private struct MaxoutFromOne: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var g = reference.maxout(X: X, pieces: pieces, dA: dA)
    g.winners = g.winners + 1
    return g
  }
}

private struct MaxoutGradientToAll: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var g = reference.maxout(X: X, pieces: pieces, dA: dA)
    (g.dX, g.gradients) = backward(X: X, pieces: pieces) { _ in dA }
    return g
  }
}

private struct MaxoutAveraged: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var g = reference.maxout(X: X, pieces: pieces, dA: dA)
    let m = Double(X.columns)
    g.gradients = g.gradients.map { Layer(W: $0.W / m, b: $0.b / m) }
    return g
  }
}

private struct MaxoutAllAveraged: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    reference.maxout(X: X, pieces: pieces, dA: dA / Double(X.columns))
  }
}

private struct MaxoutWithoutUpstream: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    reference.maxout(X: X, pieces: pieces, dA: 0 * dA + 1)
  }
}

private struct MaxoutTransposed: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var g = reference.maxout(X: X, pieces: pieces, dA: dA)
    g.gradients = g.gradients.map { Layer(W: $0.W.T, b: $0.b) }
    return g
  }
}

private struct MaxoutOverwritten: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var g = reference.maxout(X: X, pieces: pieces, dA: dA)
    let last = X.columns - 1
    g.gradients = reference.maxout(X: X.column(last), pieces: pieces, dA: dA.column(last)).gradients
    return g
  }
}

private struct MaxoutLastUnit: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var g = reference.maxout(X: X, pieces: pieces, dA: dA)
    let last = dA.rows - 1
    let unit = pieces.map { Layer(W: $0.W.row(last), b: $0.b.row(last)) }
    g.dX = reference.maxout(X: X, pieces: unit, dA: dA.row(last)).dX
    return g
  }
}

private struct MaxoutLastPiece: ActivationFunctionsLesson {
  func maxout(X: Matrix, pieces: [Layer], dA: Matrix) -> MaxoutPass {
    var g = reference.maxout(X: X, pieces: pieces, dA: dA)
    let last = pieces.count - 1
    g.dX = pieces[last].W.T * (dA .* (g.winners .== Double(last)))
    return g
  }
}

// MARK: 7.10

private struct CollapseWithoutSecondBias: ActivationFunctionsLesson {
  func collapse(_ first: Layer, _ second: Layer) -> Layer {
    var one = reference.collapse(first, second)
    one.b -= second.b
    return one
  }
}

private struct CollapseWithoutFirstBias: ActivationFunctionsLesson {
  func collapse(_ first: Layer, _ second: Layer) -> Layer {
    var one = reference.collapse(first, second)
    one.b = second.b
    return one
  }
}

private struct CollapseTransposed: ActivationFunctionsLesson {
  func collapse(_ first: Layer, _ second: Layer) -> Layer {
    var one = reference.collapse(first, second)
    one.W = one.W.T
    return one
  }
}

private struct CollapseRow: ActivationFunctionsLesson {
  func collapse(_ first: Layer, _ second: Layer) -> Layer {
    var one = reference.collapse(first, second)
    one.b = one.b.T
    return one
  }
}

private struct CollapseSubtracts: ActivationFunctionsLesson {
  func collapse(_ first: Layer, _ second: Layer) -> Layer {
    var one = reference.collapse(first, second)
    one.b -= 2 * second.b
    return one
  }
}
