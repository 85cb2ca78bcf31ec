import Curriculum
import Fixture

/// Answers to several steps, by name.
let lessons: [String: any FixtureLesson] = [
  "reference": FixtureReference(),
  "stub": Stub(),
  "square-missing": SquareMissing(),
  "square-wrong": SquareWrong(),
  "square-traps": SquareTraps(),
  "square-traps-below-0": SquareTrapsBelow0(),
  "module-without-gradients": ModuleWithoutGradients(),
]

/// Nothing written yet.
private struct Stub: FixtureLesson {
  func square(_ x: Double) -> Double { todo() }
  func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> FixtureGradients { todo() }
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module { todo() }
}

/// Only the first step is not written yet.
private struct SquareMissing: FixtureLesson {
  func square(_ x: Double) -> Double { todo() }
}

/// The first step is wrong.
private struct SquareWrong: FixtureLesson {
  func square(_ x: Double) -> Double { x * x * x }
}

/// The first step traps, and with it the second.
private struct SquareTraps: FixtureLesson {
  func square(_ x: Double) -> Double {
    let numbers = [x]
    return numbers[numbers.count]  // traps in square
  }
}

/// The first step is right on its own inputs, and traps on what the second hands to it.
private struct SquareTrapsBelow0: FixtureLesson {
  func square(_ x: Double) -> Double {
    let numbers = [x]
    return x * numbers[x < 0 ? 1 : 0]  // traps in square below 0
  }
}

/// A module that returns fewer gradients than it has parameters.
private struct ModuleWithoutGradients: FixtureLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module { Forgetful(gamma: gamma, beta: beta) }
}

private struct Forgetful: Module {
  var gamma, beta: Matrix
  var parameters: [Matrix] {
    get { [gamma, beta] }
    set { (gamma, beta) = (newValue[0], newValue[1]) }
  }
  var gradients: [Matrix] { [] }
  mutating func forward(_ A: Matrix, training: Bool) -> Matrix { gamma .* A + beta }
  mutating func backward(_ upstream: Matrix) -> Matrix { gamma .* upstream }
}
