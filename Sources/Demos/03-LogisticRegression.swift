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
    let before = lesson.evaluate(X: scaled.X, Y: scaled.Y, at: start)
    let after = lesson.evaluate(X: scaled.X, Y: scaled.Y, at: training.parameters)
    out(
      "Cost \(formatted(training.costs[0])) at the start (log 2: every a is ½), \(formatted(training.costs.last ?? 0)) before the last step."
    )
    out(
      "Accuracy \(percent(before.accuracy)) before (w = 0 calls everything malignant), \(percent(after.accuracy)) after, "
        + "on the examples it was trained on.")
    out()
    out("The classes are separable, so there is no best w: the cost falls towards 0 for ever while w grows.")
    out("  steps   cost J     largest |w|   accuracy")
    var parameters = training.parameters
    var steps = 60
    for more in [60, 120, 240] {
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
    ]
    return (drawn + (try trainingFigures(lesson))).map { ChapterFigure($0.0, $0.1) }
  })

private func sigmoidFigure(_ lesson: any LogisticRegressionLesson) -> Figure {
  Figure(
    title: "The sigmoid",
    description: "An S-shaped curve: close to 0 for z below −4, ½ at z = 0, close to 1 for z above 4.",
    Chart(
      x: "score z", y: Axis("probability a = σ(z)", range: 0...1),
      .horizontal(0.5, label: "a = ½: the class changes at z = 0"),
      .function(over: -8...8) { lesson.sigmoid($0) }))
}

private func lossesFigure(_ lesson: any LogisticRegressionLesson) -> Figure {
  Figure(
    title: "Two losses of one example whose label is 1",
    description:
      "The squared loss falls from a half at a = 0 to 0 at a = 1; the cross-entropy falls from beyond 4 to 0, ever steeper towards a = 0.",
    Chart(
      x: "predicted probability a", y: Axis("loss", range: 0...4.5),
      .function("cross-entropy −log a", over: 0.011...1) { lesson.losses(a: $0, y: 1).crossEntropy },
      .function("squared ½(a − 1)²", over: 0...1) { lesson.losses(a: $0, y: 1).squared }))
}

/// The graph of one example's loss with the numbers of the chapter's example.
private func graphFigure(_ lesson: any LogisticRegressionLesson) -> Figure {
  let x: Matrix = [[1], [2]]
  let parameters = LogisticParameters(w: [[0.5], [-0.25]], b: 0.1)
  let forward = lesson.forward(x: x, at: parameters)
  let g = lesson.backward(x: x, y: 1, forward: forward)
  let loss = lesson.losses(a: forward.a, y: 1).crossEntropy
  let products = [parameters.w[0, 0] * x[0, 0], parameters.w[1, 0] * x[1, 0]]
  return Figure(
    title: "Forward and backward for one example",
    description:
      "The graph of one example's loss: w₁, x₁, w₂, x₂ and b flow into z, then a = σ(z), then the loss; below each edge stands the derivative of the loss that comes back along it.",
    width: 720,
    Diagram.computation(
      .input("w₁", value: parameters.w[0, 0], gradient: g.dw[0, 0]), .input("x₁", value: x[0, 0]),
      .input("w₂", value: parameters.w[1, 0], gradient: g.dw[1, 0]), .input("x₂", value: x[1, 0]),
      .input("b", value: parameters.b, gradient: g.db),
      .operation("×", "w₁x₁", of: "w₁", "x₁", value: products[0], gradient: g.dz),
      .operation("×", "w₂x₂", of: "w₂", "x₂", value: products[1], gradient: g.dz),
      .operation("+", "z", of: "w₁x₁", "w₂x₂", "b", value: forward.z, gradient: g.dz),
      .operation("σ", "a", of: "z", value: forward.a, gradient: g.da),
      .operation("L", "loss", of: "a", value: loss, gradient: 1)))
}

/// The figures that take a training on the data.
private func trainingFigures(_ lesson: any LogisticRegressionLesson) throws -> [(name: String, figure: Figure)] {
  let data = try Dataset.breastCancer()
  let scaled = data.standardized(like: data)
  let start = LogisticParameters(w: Matrix(rows: scaled.featureCount, columns: 1), b: 0)
  let rates = [0.02, 0.1, 0.5]
  let curves = rates.map { rate in
    Mark.line(
      lesson.train(X: scaled.X, Y: scaled.Y, from: start, rate: rate, steps: 60).costs, label: "α = \(formatted(rate))")
  }
  let cost = Figure(
    title: "The cost falls, step by step",
    description:
      "Three cost curves over 60 steps on the breast-cancer data, all from 0.69: the larger the learning rate, the faster they fall.",
    Chart(x: "steps", y: Axis("cost J (nats)", range: 0...0.7), marks: curves))

  let two = scaled.features(named: ["worst_texture", "worst_radius"])
  let trained = lesson.train(
    X: two.X, Y: two.Y, from: LogisticParameters(w: [[0], [0]], b: 0), rate: 1, steps: 200
  ).parameters
  let grid = Grid(x: -2.5...4, y: -2...5) { x, y in lesson.forward(x: [[x], [y]], at: trained).a }
  let accuracy = lesson.evaluate(X: two.X, Y: two.Y, at: trained).accuracy
  let boundary = Figure(
    title: "The boundary in two features",
    description:
      "Tumours as points over worst texture and worst radius, both standardised; a straight line separates most malignant from most benign ones, \(percent(accuracy)) of them rightly.",
    Chart(
      x: "worst texture (standard deviations)", y: "worst radius (standard deviations)",
      .regions(
        Grid(
          x: grid.x, y: grid.y, columns: grid.columns, rows: grid.rows, values: grid.values.map { $0 >= 0.5 ? 1 : 0 })),
      .points(two.X.row(0).elements, two.X.row(1).elements, classes: two.labels, names: ["benign", "malignant"]),
      .contour(grid, levels: [0.5], label: "a = ½"),
      .contour(grid, levels: [0.1, 0.9], label: "a = 0.1 and 0.9", dashed: true)))
  return [("cost", cost), ("boundary", boundary)]
}
