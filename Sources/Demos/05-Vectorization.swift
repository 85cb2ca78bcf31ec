import Curriculum
import Datasets
import Plots

/// Lesson 5: breast cancer without a loop over the examples, a picture reordered, and what the loops cost.
public let vectorizationDemo = Demo<any VectorizationLesson>(
  .vectorization,
  run: { lesson, out in
    let data = try Dataset.breastCancer().shuffled()
    let (train, other) = data.split(testCount: 169)
    let scaled = lesson.scale(train: train.X, other: other.X, by: .standard)
    out(
      "Breast cancer: \(train.exampleCount) tumours to train on, \(other.exampleCount) to test, \(data.featureCount) features,"
    )
    out("standardised by the training set's means and deviations. α = 0.5, 200 steps.")
    out()
    let start = LogisticParameters(w: Matrix(rows: data.featureCount, columns: 1), b: 0)
    let training = lesson.train(X: scaled.train, Y: train.Y, from: start, rate: 0.5, steps: 200)
    out(
      terminalPlot(
        .line(training.costs), title: "Cost J before each step", x: "step", y: "J (nats)", width: out.width,
        color: out.colors))
    func accuracy(_ X: Matrix, _ Y: Matrix) -> Double {
      ((lesson.forward(X: X, at: training.parameters).A .>= 0.5) .== Y).mean()
    }
    out(
      "Accuracy \(percent(accuracy(scaled.train, train.Y))) on the training set, \(percent(accuracy(scaled.other, other.Y))) on the test set."
    )
    out()
    let byLoops = loopedTraining(X: scaled.train, Y: train.Y, from: start, rate: 0.5, steps: 5)
    let again = lesson.train(X: scaled.train, Y: train.Y, from: start, rate: 0.5, steps: 5)
    let difference = zip(byLoops.costs, again.costs).map { abs($0 - $1) }.max() ?? 0
    out("The first 5 costs by the loops of lesson 3 and without: they differ by \(formatted(difference)) at the most.")
    out()
    out("What the loops cost, for one pass over m examples of 30 features (the shortest of 5 runs):")
    out("       m   loops (ms)   vectorized (ms)   ratio")
    let clock = ContinuousClock()
    let beginning = clock.now
    for m in [10, 100, 400, 4000] {
      let columns = (0..<m).map { $0 % train.exampleCount }
      let X = scaled.train.columns(at: columns)
      let Y = train.Y.columns(at: columns)
      let times = lesson.compare(
        repetitions: 5, now: { (clock.now - beginning) / .seconds(1) },
        loop: { _ = loopedTraining(X: X, Y: Y, from: start, rate: 0.5, steps: 1) },
        vectorized: { _ = lesson.train(X: X, Y: Y, from: start, rate: 0.5, steps: 1) })
      let row = [
        (String(m), 8), (formatted(times.loop * 1000), 13), (formatted(times.vectorized * 1000), 18),
        (formatted(times.ratio), 8),
      ]
      out(row.map { padded($0.0, $0.1) }.joined())
    }
    out("(This is a debug build; with “swift run -c release gradus demo 5” the loops are faster too.)")
    for (name, figure) in try figures(lesson) { out.figure(name, figure) }
  },
  figures: { lesson in try figures(lesson).map { ChapterFigure($0.name, $0.figure) } })

private func figures(_ lesson: any VectorizationLesson) throws -> [(name: String, figure: Figure)] {
  [("shapes", shapesFigure()), ("planes", try planesFigure(lesson)), ("scaling", try scalingFigure(lesson))]
}

private func shapesFigure() -> Figure {
  Figure(
    title: "The shapes of forward and backward",
    description:
      "Forward: a row w transposed times the matrix X plus the number b is the row Z. Backward: the matrix X times the column dZ transposed is the column dw.",
    columns: 1,
    Diagram.shapes(
      .matrix("Z", 1, 7, rowLabel: "1", columnLabel: "m"), .symbol("="),
      .matrix("wᵀ", 1, 4, rowLabel: "1", columnLabel: "n"), .symbol("·"),
      .matrix("X", 4, 7, rowLabel: "n", columnLabel: "m"), .symbol("+"),
      .matrix("b", 1, 1, rowLabel: "1", columnLabel: "1")
    ).titled("forward"),
    Diagram.shapes(
      .matrix("dw", 4, 1, rowLabel: "n", columnLabel: "1"), .symbol("= 1/m"),
      .matrix("X", 4, 7, rowLabel: "n", columnLabel: "m"), .symbol("·"),
      .matrix("dZᵀ", 7, 1, rowLabel: "m", columnLabel: "1")
    ).titled("backward"))
}

private func planesFigure(_ lesson: any VectorizationLesson) throws -> Figure {
  let pictures = try Pictures.animals().train
  let picture = pictures.names.firstIndex(of: "parrot") ?? 0
  let bytes = pictures.pixels(of: picture)
  let x = Matrix(column: bytes.map { Double($0) })
  let planar = lesson.reorder(x, height: pictures.height, width: pictures.width, to: .planar)
  let pixels = pictures.height * pictures.width
  let planes = (0..<3).map { k in
    PixelImage(
      width: pictures.width, height: pictures.height,
      gray: planar.elements[k * pixels..<(k + 1) * pixels].map { $0 / 255 })
  }
  return Figure(
    title: "One picture is three planes",
    description:
      "A small colour picture, and beside it its red, green and blue parts as three grey pictures: 64·64·3 = 12,288 numbers.",
    Diagram.images(
      [PixelImage(width: pictures.width, height: pictures.height, rgb: bytes)] + planes,
      captions: ["the picture", "x₁ … x₄₀₉₆: red", "x₄₀₉₇ …: green", "x₈₁₉₃ …: blue"], columns: 4, size: 120))
}

private func scalingFigure(_ lesson: any VectorizationLesson) throws -> Figure {
  let data = try Dataset.breastCancer().features(named: ["mean_area", "mean_smoothness"])
  func chart(_ title: String, _ X: Matrix, _ x: String, _ y: String) -> Chart {
    Chart(
      title: title, x: Axis(x), y: Axis(y),
      .points(X.row(0).elements, X.row(1).elements, classes: data.labels, names: data.classNames))
  }
  let scaled = lesson.scale(train: data.X, other: data.X, by: .standard).train
  return Figure(
    title: "The same points on two scales",
    description:
      "Two features of the breast-cancer data, as measured and standardised: the cloud of points looks the same, only the axes have changed, from 0 … 2500 and 0.05 … 0.16 to about −3 … 5 on both.",
    columns: 2,
    chart("as measured", data.X, "mean area (square pixels)", "mean smoothness"),
    chart("standardised", scaled, "mean area (σ)", "mean smoothness (σ)"))
}

extension Dataset {
  /// The examples in a fixed random order.
  fileprivate func shuffled() -> Dataset {
    var generator = SeededGenerator(seed: 5)
    return shuffled(using: &generator)
  }
}

/// Gradient descent by loops over examples and features, as lesson 3 writes it: what this lesson is compared with.
private func loopedTraining(
  X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int
) -> LogisticTraining {
  let m = Double(X.columns)
  var w = start.w.elements
  var b = start.b
  var costs: [Double] = []
  for _ in 0..<steps {
    var J = 0.0
    var dw = [Double](repeating: 0, count: X.rows)
    var db = 0.0
    for i in 0..<X.columns {
      var z = b
      for j in 0..<X.rows { z += w[j] * X[j, i] }
      let a = 1 / (1 + exp(-z))
      J -= Y[0, i] == 1 ? log(max(a, logFloor)) : log(max(1 - a, logFloor))
      for j in 0..<X.rows { dw[j] += X[j, i] * (a - Y[0, i]) }
      db += a - Y[0, i]
    }
    costs.append(J / m)
    for j in 0..<X.rows { w[j] -= rate * dw[j] / m }
    b -= rate * db / m
  }
  return LogisticTraining(parameters: LogisticParameters(w: Matrix(column: w), b: b), costs: costs)
}
