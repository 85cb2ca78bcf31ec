import Curriculum
import Datasets
import Plots

/// Lesson 3: breast cancer, malignant or benign, by the loops of the lesson.
public let logisticRegressionDemo = Demo<any LogisticRegressionLesson>(
  .logisticRegression,
  run: { lesson, out in
    let data = try Dataset.breastCancer()
    let scaled = data.standardized(like: data)
    let start = LogisticParameters(w: Matrix(rows: scaled.featureCount, columns: 1), b: 0)
    out(
      "Breast cancer, \(data.exampleCount) tumours, \(data.featureCount) measurements each, standardised; 1 is malignant."
    )
    out("Gradient descent from w = 0, b = 0, α = 0.5, 60 steps, each over all examples.")
    out()
    let training = lesson.train(X: scaled.X, Y: scaled.Y, from: start, rate: 0.5, steps: 60)
    out(
      terminalPlot(
        .line(training.costs), title: "Cost J before each step", x: "step", y: "J (nats)", width: out.width,
        color: out.colors))
    out()
    out.curve("cost", training.costs)
    out.histogram("w", training.parameters.w, step: training.costs.count)
    let before = lesson.evaluate(X: scaled.X, Y: scaled.Y, at: start)
    let after = lesson.evaluate(X: scaled.X, Y: scaled.Y, at: training.parameters)
    out(
      "Cost \(formatted(training.costs[0])) at the start (log 2: every a is ½), \(formatted(training.costs.last ?? 0)) before the last step."
    )
    out(
      "Accuracy \(percent(before.accuracy)) before (w = 0 calls everything malignant; calling everything benign gives "
        + "\(percent(1 - before.accuracy))), \(percent(after.accuracy)) after, on the examples it was trained on.")
    out()
    out("The classes are separable, so there is no best w: the cost falls towards 0 for ever while w grows.")
    out("  steps   cost J     largest |w|   accuracy")
    var parameters = training.parameters
    var steps = 60
    for more in [60, 120, 240, 480, 960] {
      let further = lesson.train(X: scaled.X, Y: scaled.Y, from: parameters, rate: 0.5, steps: more)
      parameters = further.parameters
      steps += more
      let accuracy = lesson.evaluate(X: scaled.X, Y: scaled.Y, at: parameters).accuracy
      out(
        "  \(padded(String(steps), 5))   \(padded(formatted(lesson.cost(X: scaled.X, Y: scaled.Y, at: parameters)), 8))   "
          + "\(padded(formatted(abs(parameters.w).max()), 11))   \(percent(accuracy))")
    }
    for figure in try trainingFigures(lesson) { out.figure(figure.name, figure.figure) }
  },
  figures: { lesson in
    let drawn = [
      ("sigmoid", sigmoidFigure(lesson)), ("losses", lossesFigure(lesson)), ("graph", graphFigure(lesson)),
      ("separable", separableFigure(lesson)),
    ]
    return (drawn + (try trainingFigures(lesson))).map { ChapterFigure($0.0, $0.1) }
  })

private func sigmoidFigure(_ lesson: any LogisticRegressionLesson) -> Figure {
  Figure(
    title: "The sigmoid and its slope",
    description:
      "An S-shaped curve: close to 0 for z below −4, ½ at z = 0, close to 1 for z above 4. Its slope is a low hill: ¼ at z = 0, close to 0 on both sides.",
    width: 480,
    Chart(
      x: "score z", y: Axis("a, and its slope", range: 0...1),
      .horizontal(0.5, label: "a = ½ at z = 0: the class changes"),
      .function("a = σ(z)", over: -8...8) { lesson.sigmoid($0) },
      .function("its slope a(1 − a)", over: -8...8) { lesson.sigmoid($0) * (1 - lesson.sigmoid($0)) }))
}

private func lossesFigure(_ lesson: any LogisticRegressionLesson) -> Figure {
  Figure(
    title: "Two losses of one example whose label is 1",
    description:
      "Above, against the probability a: the squared loss falls from a half at a = 0 to 0 at a = 1; the cross-entropy falls from beyond 5 to 0, ever steeper towards a = 0. Below, against the score z: far to the left, where the prediction is wrong, the cross-entropy is a straight slope, and the squared loss is flat at a half.",
    width: 480, columns: 1,
    Chart(
      title: "by the probability a", x: "a", y: Axis("loss", range: 0...5.2),
      .function("cross-entropy", over: 0.0055...1) { lesson.losses(a: $0, y: 1).crossEntropy },
      .function("squared", over: 0...1) { lesson.losses(a: $0, y: 1).squared }),
    Chart(
      title: "by the score z", x: "z", y: Axis("loss", range: 0...5.2),
      .function("cross-entropy", over: -5...4) { lesson.losses(a: lesson.sigmoid($0), y: 1).crossEntropy },
      .function("squared", over: -5...4) { lesson.losses(a: lesson.sigmoid($0), y: 1).squared }))
}

/// What becomes of three examples that a line separates: the cost falls and the weights grow, without end.
private func separableFigure(_ lesson: any LogisticRegressionLesson) -> Figure {
  let X: Matrix = [[1, -1, 0], [2, 0.5, -3]]
  let Y: Matrix = [[1, 0, 1]]
  var parameters = LogisticParameters(w: [[0.5], [-0.25]], b: 0.1)
  var steps: [Double] = []
  var costs: [Double] = []
  var largest: [Double] = []
  for step in 1...10_000 {
    parameters = lesson.train(X: X, Y: Y, from: parameters, rate: 0.5, steps: 1).parameters
    // As many points for each power of ten.
    if Double(step) < 1.1 * (steps.last ?? 0) && step < 10_000 { continue }
    steps.append(Double(step))
    costs.append(lesson.cost(X: X, Y: Y, at: parameters))
    largest.append(abs(parameters.w).max())
  }
  let axis = Axis("steps", range: 1...10_000, scale: .logarithmic)
  return Figure(
    title: "Separable examples: no end to it",
    description:
      "Two curves over 1 to 10,000 steps, the steps on a logarithmic axis. The cost, on a logarithmic axis too, falls from 0.4 to 0.0003, at last along a straight line. The largest weight rises from 0.6 to 9.4 and does not level off.",
    width: 480, columns: 1,
    Chart(title: "the cost J falls", x: axis, y: Axis("J (nats)", scale: .logarithmic), .line(steps, costs)),
    Chart(title: "the weights grow", x: axis, y: "largest |w|", .line(steps, largest)))
}

/// The graph of one example's loss with the numbers of the chapter's example.
private func graphFigure(_ lesson: any LogisticRegressionLesson) -> Figure {
  let x: Matrix = [[1], [2]]
  let parameters = LogisticParameters(w: [[0.5], [-0.25]], b: 0.1)
  let forward = lesson.forward(x: x, at: parameters)
  let g = lesson.backward(x: x, y: 1, forward: forward)
  let loss = lesson.losses(a: forward.a, y: 1).crossEntropy
  let products = [parameters.w[0, 0] * x[0, 0], parameters.w[1, 0] * x[1, 0]]
  var diagram = Diagram.computation(
    .input("w₁", value: parameters.w[0, 0], gradient: g.dw[0, 0], at: (column: 0, row: 0)),
    .input("x₁", value: x[0, 0], at: (column: 0, row: 1.8)),
    .input("w₂", value: parameters.w[1, 0], gradient: g.dw[1, 0], at: (column: 0, row: 2.8)),
    .input("x₂", value: x[1, 0], at: (column: 0, row: 4.6)),
    .input("b", value: parameters.b, gradient: g.db, at: (column: 1, row: 5)),
    .operation("×", "w₁x₁", of: "w₁", "x₁", value: products[0], gradient: g.dz, at: (column: 1, row: 0.9)),
    .operation("×", "w₂x₂", of: "w₂", "x₂", value: products[1], gradient: g.dz, at: (column: 1, row: 3.7)),
    .operation("+", "z", of: "w₁x₁", "w₂x₂", "b", value: forward.z, gradient: g.dz, at: (column: 2, row: 3.7)),
    .operation("σ", "a", of: "z", value: forward.a, gradient: g.da, at: (column: 3, row: 3.7)),
    .operation("L", "loss", of: "a", value: loss, gradient: 1, at: (column: 4, row: 3.7)))
  // The name of what leaves each of these nodes.
  for (column, name) in [(2, "z"), (3, "a")] {
    diagram.elements.append(.text(name, at: (128 * Double(column) + 64, 3.7 * 88 - 34)))
  }
  return Figure(
    title: "Forward and backward for one example",
    description:
      "The graph of one example's loss: w₁ and x₁ are multiplied, w₂ and x₂ are multiplied, and the products and b are added up to z = 0.1; then a = σ(z) = 0.525, then the loss 0.644. Below each edge stands the derivative of the loss that comes back along it: 1, −1.9 at a, −0.475 at z, and at w₁, w₂ and b −0.475, −0.95 and −0.475.",
    width: 560, diagram)
}

/// The figures that take a training on the data.
private func trainingFigures(_ lesson: any LogisticRegressionLesson) throws -> [(name: String, figure: Figure)] {
  let data = try Dataset.breastCancer()
  let scaled = data.standardized(like: data)
  let start = LogisticParameters(w: Matrix(rows: scaled.featureCount, columns: 1), b: 0)
  let rates = [0.02, 0.1, 0.5, 64]
  let costs = rates.map { lesson.train(X: scaled.X, Y: scaled.Y, from: start, rate: $0, steps: 61).costs }
  let curves = zip(rates, costs).map { Mark.line($1, label: "α = \(formatted($0))") }
  let cost = Figure(
    title: "The cost, step by step",
    description:
      "Four cost curves over 60 steps on the breast-cancer data, all from 0.69. With the learning rates 0.02, 0.1 and 0.5 they fall, faster for the larger rate; with 64 the curve jumps up to \(formatted(costs[3].max() ?? 0)), comes down, and ends at \(formatted(costs[3].last ?? 0)), the highest of the four.",
    width: 480,
    Chart(x: Axis("steps", range: 0...60), y: Axis("cost J (nats)", range: 0...2), marks: curves))

  let two = scaled.features(named: ["worst_texture", "worst_radius"])
  let trained = lesson.train(
    X: two.X, Y: two.Y, from: LogisticParameters(w: [[0], [0]], b: 0), rate: 1, steps: 200
  ).parameters
  let grid = Grid(x: -2.5...4, y: -2...5) { x, y in lesson.forward(x: [[x], [y]], at: trained).a }
  /// Where the line of one probability leaves the plot on the right.
  func edge(_ a: Double) -> Double {
    (log(a / (1 - a)) - trained.b - trained.w[0, 0] * 3.9) / trained.w[1, 0]
  }
  let accuracy = lesson.evaluate(X: two.X, Y: two.Y, at: trained).accuracy
  let boundary = Figure(
    title: "The boundary in two features",
    description:
      "Tumours as points over worst texture and worst radius, both standardised: the malignant ones mostly above, the benign ones mostly below. A straight line falls gently from left to right between them, and \(percent(accuracy)) are on their side of it. Two dashed lines beside it show where the probability is 0.1 and 0.9.",
    width: 480, height: 460,
    Chart(
      x: "worst texture (standard deviations)", y: "worst radius (standard deviations)",
      .regions(
        Grid(
          x: grid.x, y: grid.y, columns: grid.columns, rows: grid.rows, values: grid.values.map { $0 >= 0.5 ? 1 : 0 })),
      .points(two.X.row(0).elements, two.X.row(1).elements, classes: two.labels, names: ["benign", "malignant"]),
      .contour(grid, levels: [0.5], label: "a = ½"),
      .contour(grid, levels: [0.1], label: "a = 0.1 and 0.9", dashed: true),
      .contour(grid, levels: [0.9], dashed: true),
      .text("0.9", at: (3.9, edge(0.9)), anchor: .end), .text("0.1", at: (3.9, edge(0.1)), anchor: .end)))
  return [("cost", cost), ("boundary", boundary)]
}
