import Curriculum
import Datasets
import Plots

/// Lesson 2: a line through noisy points, three learning rates, and the progression of diabetes.
public let linearRegressionDemo = Demo<any LinearRegressionLesson>(
  .linearRegression,
  run: { lesson, out in
    out("Forty points along y = 2x + 1, with noise of standard deviation 0.5. The direct solution, ten draws:")
    out("  draw   slope   intercept   mean squared error")
    for seed in 1...10 {
      let data = noisyLine(seed: UInt64(seed))
      guard case .unique(let Theta) = lesson.leastSquares(X: data.X, Y: data.Y) else { continue }
      let error = lesson.errors(Yhat: lesson.predict(X: data.X, at: Theta), Y: data.Y).squared
      out(
        "  \(padded(String(seed), 4))   \(padded(formatted(Theta[1, 0]), 5))   \(padded(formatted(Theta[0, 0]), 9))   "
          + padded(formatted(error), 18))
    }
    out("On average the error is near the noise's variance, 0.25: that part no line can predict.")
    out()

    let data = try Dataset.diabetes()
    let scaled = data.standardized(like: data)
    guard case .unique(let best) = lesson.leastSquares(X: scaled.X, Y: scaled.Y) else {
      out("Your 2.4 says that the diabetes data have no single solution; they have one.")
      return
    }
    let errors = lesson.errors(Yhat: lesson.predict(X: scaled.X, at: best), Y: scaled.Y)
    let variance = lesson.errors(
      Yhat: Matrix(rows: 1, columns: scaled.exampleCount, repeating: scaled.Y.mean()), Y: scaled.Y
    ).squared
    out(
      "Diabetes: \(data.exampleCount) patients, \(data.featureCount) features, standardised; how far will it go in a year?"
    )
    out(
      "Direct solution: mean squared error \(formatted(errors.squared, digits: 4)), mean absolute error \(formatted(errors.absolute))."
    )
    out(
      "Always saying the mean gives \(formatted(variance, digits: 4)): the model explains \(percent(1 - errors.squared / variance)) of it."
    )
    out()
    let start = Matrix(rows: scaled.featureCount + 1, columns: 1)
    out("Gradient descent from Θ = 0, 60 steps:")
    for (rate, _) in rates {
      let costs = lesson.train(X: scaled.X, Y: scaled.Y, from: start, rate: rate, steps: 60).costs
      out.curve("cost/rate \(formatted(rate))", costs)
      out(
        "  α = \(padded(formatted(rate), 5)): \(formatted(costs[0])) → \(formatted(costs[59], digits: 4))   reading: \(words(lesson.readCurve(costs)))"
      )
    }
    out()
    out("Going on with α = 0.1:")
    out("  steps   mean squared error   largest distance of an entry of Θ from the direct solution")
    var Theta = start
    var steps = 0
    for more in [60, 440, 4500] {
      Theta = lesson.train(X: scaled.X, Y: scaled.Y, from: Theta, rate: 0.1, steps: more).Theta
      steps += more
      let error = lesson.errors(Yhat: lesson.predict(X: scaled.X, at: Theta), Y: scaled.Y).squared
      out(
        "  \(padded(String(steps), 5))   \(padded(formatted(error, digits: 6), 18))   \(formatted(abs(Theta - best).max()))"
      )
    }
    for (name, figure) in try figures(lesson) { out.figure(name, figure) }
  },
  figures: { lesson in try figures(lesson).map { ChapterFigure($0.name, $0.figure) } })

private func figures(_ lesson: any LinearRegressionLesson) throws -> [(name: String, figure: Figure)] {
  [
    ("fit", fitFigure(lesson)), ("houses", housesFigure(lesson)), ("errors", errorsFigure(lesson)),
    ("outlier", outlierFigure(lesson)), ("bowl", bowlFigure(lesson)), ("rates", try ratesFigure(lesson)),
    ("diabetes", try diabetesFigure(lesson)),
  ]
}

/// The learning rates that are compared on the diabetes data, and what is to be seen of them.
private let rates: [(rate: Double, ink: Ink)] = [(0.01, .amber), (0.1, .blue), (0.255, .vermilion)]

private func words(_ reading: LearningRateReading) -> String {
  switch reading {
  case .tooSmall: "too small"
  case .right: "right"
  case .tooLarge: "too large"
  }
}

private func noisyLine(seed: UInt64, count: Int = 40) -> Dataset {
  var generator = SeededGenerator(seed: seed)
  return Dataset.line(slope: 2, intercept: 1, over: 0...3, count: count, noise: 0.5, using: &generator)
}

/// Θ of the direct solution; zeros where there is none.
private func solution(_ lesson: any LinearRegressionLesson, _ X: Matrix, _ Y: Matrix) -> Matrix {
  if case .unique(let Theta) = lesson.leastSquares(X: X, Y: Y) { return Theta }
  return Matrix(rows: X.rows + 1, columns: 1)
}

private func line(
  _ lesson: any LinearRegressionLesson, _ Theta: Matrix, over x: ClosedRange<Double>, label: String, ink: Ink,
  dashed: Bool = false
) -> Mark {
  let ends = [x.lowerBound, x.upperBound]
  return .line(ends, lesson.predict(X: Matrix(row: ends), at: Theta).elements, label: label, ink: ink, dashed: dashed)
}

/// From each target to its prediction.
private func residuals(_ lesson: any LinearRegressionLesson, _ X: Matrix, _ Y: Matrix, at Theta: Matrix) -> Mark {
  let Yhat = lesson.predict(X: X, at: Theta)
  let columns = 0..<X.columns
  return .segments(from: columns.map { (X[0, $0], Y[0, $0]) }, to: columns.map { (X[0, $0], Yhat[0, $0]) })
}

private func fitFigure(_ lesson: any LinearRegressionLesson) -> Figure {
  let data = noisyLine(seed: 1)
  let Theta = solution(lesson, data.X, data.Y)
  return Figure(
    title: "A line through noisy points",
    description:
      "Forty points that rise from left to right, scattered about a line. The fitted line passes through their middle, a little steeper than the dashed line from which they were drawn. A vertical stroke joins each point to the fitted line: its residual.",
    height: 420,
    Chart(
      x: "x", y: "y", residuals(lesson, data.X, data.Y, at: Theta),
      .points(data.X.elements, data.Y.elements, ink: .blue),
      line(lesson, [[1], [2]], over: 0...3, label: "y = 2x + 1", ink: .muted, dashed: true),
      line(lesson, Theta, over: 0...3, label: "fitted", ink: .vermilion)))
}

// MARK: - Three houses

private let houses: (X: Matrix, Y: Matrix) = ([[1, 2, 3]], [[2, 4, 3]])

private func housesFigure(_ lesson: any LinearRegressionLesson) -> Figure {
  let best = solution(lesson, houses.X, houses.Y)
  func panel(_ title: String, _ Theta: Matrix) -> Chart {
    Chart(
      title: title, x: Axis("size (100 m²)", range: 0...4), y: Axis("price (100,000 €)", range: 0...5),
      residuals(lesson, houses.X, houses.Y, at: Theta), line(lesson, Theta, over: 0...4, label: "ŷ", ink: .vermilion),
      .points(houses.X.elements, houses.Y.elements, ink: .blue))
  }
  return Figure(
    title: "Three houses, two lines",
    description:
      "Two panels with the same three points (1, 2), (2, 4), (3, 3). Left, a line from 1 that rises by a half per unit: all points lie above it, one of them by 2. Right, the same line raised by 1: two points lie a half below it, one lies 1 above it.",
    width: 720, height: 330, panel("b = 1, w = 0.5", [[1], [0.5]]), panel("b = 2, w = 0.5: the best line", best))
}

private func errorsFigure(_ lesson: any LinearRegressionLesson) -> Figure {
  func errors(_ e: Double) -> RegressionErrors { lesson.errors(Yhat: Matrix(row: [e]), Y: [[0]]) }
  // One example whose only feature is 0: the entry for b is the slope of the error.
  func slopes(_ e: Double) -> RegressionGradients {
    lesson.gradients(X: [[0]], Y: [[0]], at: Matrix(column: [e, 0]))
  }
  return Figure(
    title: "Two errors of one prediction, and their slopes",
    description:
      "Left, a parabola, e², and two straight pieces that meet at 0, |e|; the parabola lies below between −1 and 1 and far above outside. Right, their slopes: 2e is a rising line, the sign of e is −1 on the left and 1 on the right.",
    width: 720, height: 340,
    Chart(
      title: "the errors", x: "e = ŷ − y", y: Axis("", range: 0...4),
      .function("e²", over: -2...2) { errors($0).squared },
      .function("|e|", over: -2...2, dashed: true) { errors($0).absolute }),
    Chart(
      title: "their slopes", x: "e = ŷ − y", y: Axis("", range: -4...4),
      .function("2e", over: -2...2) { slopes($0).squared[0, 0] },
      .line([-2, 0, .nan, 0, 2], [-1, -1, .nan, 1, 1], label: "sign(e)", dashed: true),
      .points([0], [slopes(0).absolute[0, 0]], ink: .vermilion)))
}

// MARK: - One outlier

private func outlierFigure(_ lesson: any LinearRegressionLesson) -> Figure {
  let data = noisyLine(seed: 4, count: 15)
  var Y = data.Y
  let last = data.X.elements.indices.max { data.X[0, $0] < data.X[0, $1] } ?? 0
  Y[0, last] = -4
  let squared = solution(lesson, data.X, Y)
  // A subgradient step does not get shorter by itself: the rate has to.
  var absolute = squared
  for step in 1...4000 {
    absolute -= 0.5 / Double(step).squareRoot() * lesson.gradients(X: data.X, Y: Y, at: absolute).absolute
  }
  return Figure(
    title: "One wrong number",
    description:
      "Fifteen points, fourteen of them along a rising line and one at the right end far below. The line with the least squared error is pulled down by it and rises much more slowly than the points. The line with the least absolute error stays with the fourteen.",
    height: 380,
    Chart(
      x: "x", y: "y", .points(data.X.elements, Y.elements, ink: .blue),
      line(lesson, squared, over: 0...3, label: "least squares", ink: .vermilion),
      line(lesson, absolute, over: 0...3, label: "least absolute", ink: .green, dashed: true)))
}

// MARK: - Descent

private func bowlFigure(_ lesson: any LinearRegressionLesson) -> Figure {
  let grid = Grid(x: 0.4...2.8, y: 0...1.4, columns: 48, rows: 48) { b, w in
    lesson.errors(Yhat: lesson.predict(X: houses.X, at: [[b], [w]]), Y: houses.Y).squared
  }
  func path(_ rate: Double, _ steps: [Int]) -> (b: [Double], w: [Double]) {
    let places = steps.map {
      lesson.train(X: houses.X, Y: houses.Y, from: [[1], [0.5]], rate: rate, steps: $0).Theta
    }
    return (places.map { $0[0, 0] }, places.map { $0[1, 0] })
  }
  let descent = path(0.1, Array(0...5) + stride(from: 10, through: 200, by: 10))
  let best = solution(lesson, houses.X, houses.Y)
  return Figure(
    title: "The mean squared error of three houses",
    description:
      "Contours of the error over b and w: long, narrow ellipses that slope down to the right, with their centre at b = 2, w = 0.5. The path of gradient descent begins at b = 1, w = 0.5, jumps into the valley's floor within two steps, and then creeps along it to the centre.",
    height: 430,
    Chart(
      x: "b", y: "w", .contour(grid, levels: [0.52, 0.6, 0.8, 1.2, 2, 3], ink: .muted),
      .path(descent.b, descent.w, label: "gradient descent, α = 0.1", ink: .blue),
      .points([best[0, 0]], [best[1, 0]], label: "direct solution", ink: .vermilion, marker: .diamond)))
}

private func ratesFigure(_ lesson: any LinearRegressionLesson) throws -> Figure {
  let data = try Dataset.diabetes()
  let scaled = data.standardized(like: data)
  let start = Matrix(rows: scaled.featureCount + 1, columns: 1)
  let marks = rates.map { rate, ink in
    let costs = lesson.train(X: scaled.X, Y: scaled.Y, from: start, rate: rate, steps: 60).costs
    return Mark.line(costs, label: "α = \(formatted(rate)): \(words(lesson.readCurve(costs)))", ink: ink)
  }
  return Figure(
    title: "Three learning rates",
    description:
      "Three cost curves over 60 steps on the diabetes data, the cost on a logarithmic axis, all from 29,000. With α = 0.01 the cost still falls at the end. With α = 0.1 it falls within some ten steps to 2,900 and stays there. With α = 0.255 it falls for a few steps, turns, and grows to 26 times the first cost.",
    height: 400, Chart(x: "step", y: Axis("mean squared error", scale: .logarithmic), marks: marks))
}

private func diabetesFigure(_ lesson: any LinearRegressionLesson) throws -> Figure {
  let data = try Dataset.diabetes()
  let scaled = data.standardized(like: data)
  let Yhat = lesson.predict(X: scaled.X, at: solution(lesson, scaled.X, scaled.Y))
  return Figure(
    title: "Diabetes: predicted and measured",
    description:
      "A cloud of 442 points, the measured progression across, the predicted one up. It rises along the dashed diagonal of perfect predictions, but less steeply: high values are predicted too low and low ones too high.",
    width: 480, height: 460,
    Chart(
      x: Axis("measured", range: 0...360), y: Axis("predicted", range: 0...360), equalAspect: true,
      .points(scaled.Y.elements, Yhat.elements, ink: .blue),
      .line([0, 360], [0, 360], label: "ŷ = y", ink: .muted, dashed: true)))
}
