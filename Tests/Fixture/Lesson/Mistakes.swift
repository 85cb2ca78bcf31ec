import Curriculum
import Grading

private let reference = FixtureReference()

/// The answers to the lesson for tests.
public let fixture = Answers<any FixtureLesson>(
  .fixture, fixtureSteps, reference,
  mistakes: [
    Mistake("90.1", "the cube is taken", Cubed(), "x² is x·x."),
    Mistake("90.1", "x is doubled", Doubled(), "x² is x·x, not x + x."),
    Mistake("90.2", "the error is y − wᵀx", ErrorSign(), "e = wᵀX − Y."),
    Mistake("90.2", "1/m is left out of J", CostSum(), "J is a mean."),
    Mistake("90.2", "1/m is left out of dw", DwNotAveraged(), "J is a mean, and so is its gradient."),
    Mistake("90.3", "gradients are added up", AddsUp(), "They are those of the last backward."),
  ])

private struct Cubed: FixtureLesson {
  func square(_ x: Double) -> Double { x * x * x }
}

private struct Doubled: FixtureLesson {
  func square(_ x: Double) -> Double { 2 * x }
}

private struct ErrorSign: FixtureLesson {
  func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> FixtureGradients {
    var g = reference.gradients(X: X, Y: Y, at: w)
    g.errors = -1 * g.errors
    g.dw = -1 * g.dw
    return g
  }
}

private struct CostSum: FixtureLesson {
  func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> FixtureGradients {
    var g = reference.gradients(X: X, Y: Y, at: w)
    g.cost *= Double(X.columns)
    return g
  }
}

private struct DwNotAveraged: FixtureLesson {
  func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> FixtureGradients {
    var g = reference.gradients(X: X, Y: Y, at: w)
    g.dw = Double(X.columns) * g.dw
    return g
  }
}

private struct AddsUp: FixtureLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module { AddingScaleShift(gamma: gamma, beta: beta) }
}

private struct AddingScaleShift: Module {
  private var module: ScaleShift
  private(set) var gradients: [Matrix] = []

  init(gamma: Matrix, beta: Matrix) { module = ScaleShift(gamma: gamma, beta: beta) }

  var parameters: [Matrix] {
    get { module.parameters }
    set { module.parameters = newValue }
  }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix { module.forward(A, training: training) }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    let dA = module.backward(upstream)
    gradients = gradients.isEmpty ? module.gradients : zip(gradients, module.gradients).map { $0 + $1 }
    return dA
  }
}
