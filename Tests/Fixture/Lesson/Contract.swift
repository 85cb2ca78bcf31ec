import Curriculum

/// A lesson for tests only: small, with a step for each thing that a grader has to cope with.
public protocol FixtureLesson: Sendable {
  /// 90.1 The square x².
  func square(_ x: Double) -> Double
  /// 90.2 The errors e = wᵀX − Y, the cost J = 1/m Σ e² by 90.1, and ∂J/∂w. X (n, m), Y (1, m), w (n, 1).
  func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> FixtureGradients
  /// 90.3 A module γ ∘ A + β by row, with the parameters γ, β (n, 1).
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module
}

/// e (1, m), J and dw (n, 1).
public struct FixtureGradients: Sendable {
  public var errors: Matrix, cost: Double, dw: Matrix
  public init(errors: Matrix, cost: Double, dw: Matrix) {
    self.errors = errors
    self.cost = cost
    self.dw = dw
  }
}

extension Lesson {
  public static let fixture = Lesson(
    90, "Fixture", title: "A lesson for tests",
    steps: [
      .init("The square", points: 1, source: "None", function: "square(_:)"),
      .init("A cost and its gradient", points: 2, source: "None", function: "gradients(X:Y:at:)"),
      .init("Scale and shift", points: 2, source: "None", function: "scaleShift(gamma:beta:)"),
    ])
}
