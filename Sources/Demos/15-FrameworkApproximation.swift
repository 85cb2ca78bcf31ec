import Curriculum
import Plots

/// A continuous function on [−2, 2], with a kink at 0.
private func target(_ x: Double) -> Double { sin(3 * x) + abs(x) - 1 }

/// 1 → H tanh → 1, fitted to the function: what it gives on a fine grid, and its largest error there.
private struct Approximation {
  static let grid = (0...400).map { -2 + 0.01 * Double($0) }
  var values: [Double], largestError: Double

  init(_ lesson: any FrameworkLesson, width H: Int, seed: UInt64, steps: Int = 1500) {
    var generator = SeededGenerator(seed: seed)
    let x = (0...80).map { -2 + 0.05 * Double($0) }
    let between = (0..<80).map { -1.975 + 0.05 * Double($0) }
    let model = lesson.sequential([
      randomDense(lesson, 1, H, deviation: 3, biases: 3, using: &generator),
      lesson.module(.activation(.tanh)),
      randomDense(lesson, H, 1, deviation: 1 / sqrt(Double(H)), using: &generator),
    ])
    let plan = FitPlan(
      X: Matrix(row: x), Y: Matrix(row: x.map(target)), XDev: Matrix(row: between),
      YDev: Matrix(row: between.map(target)),
      orders: Array(repeating: Array(x.indices), count: steps), batchSize: x.count, patience: steps)
    let loss = lesson.loss(.squaredError)
    let fitted = lesson.fit(
      model, loss: loss, optimizer: lesson.optimizer(.adam(rate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)),
      plan: plan
    ) { _ in }
    let all = Matrix(row: Self.grid)
    values = lesson.evaluate(fitted.model, loss: loss, X: all, Y: Matrix(row: Self.grid.map(target))).A.elements
    largestError = zip(values, Self.grid).map { abs($0 - target($1)) }.max() ?? 0
  }
}

private let widths = [1, 2, 4, 8, 16, 32]

func approximation(_ lesson: any FrameworkLesson, _ out: DemoOutput) {
  out("6 · One hidden layer of tanh units and a continuous function, sin 3x + |x| − 1 on [−2, 2]; 1500 steps of Adam.")
  out("The largest error anywhere, over three starts:")
  out(
    terminalTable(
      ["hidden units", "best", "median", "worst"],
      widths.map { H in
        let errors = (1...3).map { Approximation(lesson, width: H, seed: UInt64($0)).largestError }
        return [String(H)] + [errors.min() ?? 0, median(errors), errors.max() ?? 0].map { formatted($0) }
      }))
}

func approximationFigure(_ lesson: any FrameworkLesson) -> Figure {
  let grid = Approximation.grid
  let fits = [2, 4, 16].map { ($0, Approximation(lesson, width: $0, seed: 1)) }
  let errors = widths.map { H in (1...3).map { Approximation(lesson, width: H, seed: UInt64($0)).largestError } }
  let x = widths.map { Double($0) }
  return Figure(
    title: "A continuous function, and networks of one hidden layer",
    description:
      "On the left the function sin 3x + |x| − 1 on [−2, 2] and the answers of networks with 2, 4 and 16 hidden units: the first follows it roughly, the last lies on it. On the right the largest error against the number of hidden units, both axes logarithmic: it falls from about 1 with one unit to a few hundredths with 16 and 32.",
    width: 760, height: 360,
    Chart(
      title: "the function and three networks", x: "x", y: "value",
      marks: [.line(grid, grid.map(target), label: "g(x)", ink: .muted)]
        + fits.map { .line(grid, $1.values, label: "\($0) units") }),
    Chart(
      title: "largest error", x: Axis("hidden units", scale: .logarithmic, ticks: .values(x)),
      y: Axis("largest |error|", scale: .logarithmic),
      .line(x, errors.map { median($0) }, label: "median of three starts", dots: true),
      .points(widths.indices.flatMap { k in errors[k].map { _ in x[k] } }, errors.flatMap { $0 }, label: "each start")))
}
