import Curriculum
import Datasets
import Plots

/// Lesson 5: breast cancer without a loop over the examples, a picture reordered, and what the loops cost.
public let vectorizationDemo = Demo(
  .vectorization, with: .logisticRegression, as: (any LogisticRegressionLesson).self,
  run: { lesson, loops, out in
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
    out.curve("cost", training.costs)
    out.histogram("w", training.parameters.w, step: training.costs.count)
    func accuracy(_ X: Matrix, _ Y: Matrix) -> Double {
      ((lesson.forward(X: X, at: training.parameters).A .>= 0.5) .== Y).mean()
    }
    out(
      "Accuracy \(percent(accuracy(scaled.train, train.Y))) on the training set, \(percent(accuracy(scaled.other, other.Y))) on the test set."
    )
    out()
    let byLoops = loops.train(X: scaled.train, Y: train.Y, from: start, rate: 0.5, steps: 5)
    let again = lesson.train(X: scaled.train, Y: train.Y, from: start, rate: 0.5, steps: 5)
    let difference = zip(byLoops.costs, again.costs).map { abs($0 - $1) }.max() ?? 0
    out("The first 5 costs by the loops of lesson 3 and without: they differ by \(formatted(difference)) at the most.")
    out()
    let clock = ContinuousClock()
    let beginning = clock.now
    func compared(_ repetitions: Int, _ loop: () -> Void, _ vectorized: () -> Void) -> TimeComparison {
      lesson.compare(
        repetitions: repetitions, now: { (clock.now - beginning) / .seconds(1) }, loop: loop, vectorized: vectorized)
    }
    func examples(_ m: Int) -> (X: Matrix, Y: Matrix) {
      let columns = (0..<m).map { $0 % train.exampleCount }
      return (scaled.train.columns(at: columns), train.Y.columns(at: columns))
    }
    out("What the loops cost: one step of gradient descent on m examples of 30 features, the shortest of 20 runs.")
    out(buildName)
    out("       m   loops (ms)   vectorized (ms)   ratio")
    for m in [1, 3, 10, 30, 100, 1000, 10_000] {
      let (X, Y) = examples(m)
      let times = compared(
        20, { _ = loops.train(X: X, Y: Y, from: start, rate: 0.5, steps: 1) },
        { _ = lesson.train(X: X, Y: Y, from: start, rate: 0.5, steps: 1) })
      let row = [
        (String(m), 8), (formatted(times.loop * 1000), 13), (formatted(times.vectorized * 1000), 18),
        (formatted(times.ratio), 8),
      ]
      out(row.map { padded($0.0, $0.1) }.joined())
    }
    out()
    let X = examples(4000).X
    let w = training.parameters.w
    let multiplications = Double(X.rows * X.columns)
    let byEntries = compared(20, { _ = scores(w, X) }, { _ = w.T * X })
    let byArrays = compared(20, { _ = scores(w.elements, X.elements) }, { _ = w.T * X })
    let inOrder = compared(20, { _ = scoresInOrder(w.elements, X.elements) }, { _ = w.T * X })
    out("Where it goes: wᵀX alone, 30 features, 4000 examples, nanoseconds for each multiplication.")
    out("  loops over entries X[j, i]    \(padded(formatted(byEntries.loop * 1e9 / multiplications), 8))")
    out("  loops over a plain array      \(padded(formatted(byArrays.loop * 1e9 / multiplications), 8))")
    out("  the same, in memory order     \(padded(formatted(inOrder.loop * 1e9 / multiplications), 8))")
    out("  one operation                 \(padded(formatted(byEntries.vectorized * 1e9 / multiplications), 8))")
    for (name, figure) in try figures(lesson) { out.figure(name, figure) }
  },
  figures: { lesson, _ in try figures(lesson as any VectorizationLesson).map { ChapterFigure($0.name, $0.figure) } })

private func figures(_ lesson: any VectorizationLesson) throws -> [(name: String, figure: Figure)] {
  [
    ("shapes", shapesFigure()), ("broadcasting", broadcastingFigure()), ("orders", ordersFigure()),
    ("planes", try planesFigure(lesson)), ("scaling", try scalingFigure(lesson)),
    ("descent", try descentFigure(lesson)), ("ratio", ratioFigure()),
  ]
}

// MARK: - Shapes

/// A matrix of empty cells with its name above, one row or column or entry of it marked.
private func cells(
  _ name: String, _ rows: Int, _ columns: Int, at x: Double, ink: Ink, marked: (row: Int?, column: Int?)? = nil,
  as label: String = ""
) -> [Diagram.Element] {
  let side = 20.0
  let (width, height) = (Double(columns) * side, Double(rows) * side)
  var elements: [Diagram.Element] = [
    .box("", at: (x, -height / 2), width: width, height: height, ink: ink, cells: (rows, columns)),
    .text(name, at: (x + width / 2, -height / 2 - 14)),
  ]
  if let marked {
    let left = x + Double(marked.column ?? 0) * side
    let top = -height / 2 + Double(marked.row ?? 0) * side
    let (w, h) = (marked.column == nil ? width : side, marked.row == nil ? height : side)
    elements += (0..<3).map { _ in .box("", at: (left, top), width: w, height: h, ink: .vermilion) }
    if rows > 1 && marked.row != nil {
      elements.append(.text(label, at: (left + w + 8, top + h / 2), anchor: .start, ink: .vermilion))
    } else {
      elements.append(.text(label, at: (left + w / 2, height / 2 + 13), ink: .vermilion))
    }
  }
  return elements
}

private func shapesFigure() -> Figure {
  Figure(
    title: "One column is one example",
    description:
      "Forward: a row w transposed times the matrix X plus the number b is the row Z; column i of X makes entry i of Z. Backward: the matrix X times the column dZ transposed, divided by m, is the column dw; column i of X meets entry i of dZ transposed.",
    width: 480, columns: 1,
    Diagram(
      title: "forward: column i of X gives entry i of Z",
      elements: cells("Z (1, m)", 1, 7, at: 0, ink: .blue, marked: (0, 2), as: "z⁽ⁱ⁾") + [.text("=", at: (160, 0))]
        + cells("wᵀ (1, n)", 1, 4, at: 180, ink: .green) + [.text("·", at: (282, 0))]
        + cells("X (n, m)", 4, 7, at: 304, ink: .blue, marked: (nil, 2), as: "x⁽ⁱ⁾") + [.text("+", at: (464, 0))]
        + cells("b", 1, 1, at: 484, ink: .purple)),
    Diagram(
      title: "backward: column i of X meets entry i of dZ",
      elements: cells("dw (n, 1)", 4, 1, at: 40, ink: .green) + [.text("= 1/m ·", at: (114, 0))]
        + cells("X (n, m)", 4, 7, at: 174, ink: .blue, marked: (nil, 2), as: "x⁽ⁱ⁾") + [.text("·", at: (348, 0))]
        + cells("dZᵀ (m, 1)", 7, 1, at: 400, ink: .blue, marked: (2, 0), as: "dz⁽ⁱ⁾")))
}

// MARK: - Broadcasting

/// A table of numbers as cells; those outside the first `own` rows and columns are repetitions, and drawn faintly.
private func numbers(
  _ rows: [[Double]], at x: Double, ink: Ink, own: (rows: Int, columns: Int) = (.max, .max)
) -> [Diagram.Element] {
  let (width, height) = (36.0, 26.0)
  var repeated: [Diagram.Element] = []
  var original: [Diagram.Element] = []
  for (i, row) in rows.enumerated() {
    for (j, value) in row.enumerated() {
      let place = (x + Double(j) * width, (Double(i) - Double(rows.count) / 2) * height)
      let middle = (place.0 + width / 2, place.1 + height / 2)
      if i < own.rows && j < own.columns {
        original.append(.box("", at: place, width: width, height: height, ink: ink))
        original.append(.text(formatted(value), at: middle))
      } else {
        repeated.append(.box("", at: place, width: width, height: height, ink: .faint))
        repeated.append(.text(formatted(value), at: middle, ink: .muted))
      }
    }
  }
  return repeated + original
}

private func broadcastingFigure() -> Figure {
  func sum(_ title: String, _ left: [Diagram.Element], _ right: [Diagram.Element], _ result: [[Double]]) -> Diagram {
    Diagram(
      title: title,
      elements: left + [.text("+", at: (134, 0))] + right + [.text("=", at: (294, 0))]
        + numbers(result, at: 320, ink: .purple))
  }
  let table = numbers([[1, 2, 3], [4, 5, 6]], at: 0, ink: .blue)
  return Figure(
    title: "A size of 1 is repeated",
    description:
      "Three sums. A table of 2 rows and 3 columns plus a column of 2: the column is repeated three times. The table plus a row of 3: the row is repeated twice. A column of 2 plus a row of 3: both are repeated, and a table of 2 by 3 comes out.",
    width: 480, columns: 1,
    sum(
      "(2, 3) + (2, 1): the column is repeated", table,
      numbers([[10, 10, 10], [20, 20, 20]], at: 160, ink: .vermilion, own: (2, 1)), [[11, 12, 13], [24, 25, 26]]),
    sum(
      "(2, 3) + (1, 3): the row is repeated", table,
      numbers([[10, 20, 30], [10, 20, 30]], at: 160, ink: .vermilion, own: (1, 3)), [[11, 22, 33], [14, 25, 36]]),
    sum(
      "(2, 1) + (1, 3): both are repeated", numbers([[10, 10, 10], [20, 20, 20]], at: 0, ink: .blue, own: (2, 1)),
      numbers([[1, 2, 3], [1, 2, 3]], at: 160, ink: .vermilion, own: (1, 3)), [[11, 12, 13], [21, 22, 23]]))
}

// MARK: - Pixels

private func ordersFigure() -> Figure {
  let (width, height, pixels) = (44.0, 26.0, 4)
  let inks: [Ink] = [.vermilion, .green, .blue]
  let names = ["r", "g", "b"]
  let (interleaved, planar) = (86.0, 196.0)
  func cell(_ color: Int, _ pixel: Int, _ place: Int, _ y: Double) -> Diagram.Element {
    .box(
      "\(names[color])\(["₀", "₁", "₂", "₃"][pixel])", at: (Double(place) * width, y), width: width, height: height,
      ink: inks[color])
  }
  var elements: [Diagram.Element] = [
    .text("the picture", at: (176, 0), anchor: .end, ink: .muted),
    .text("interleaved", at: (0, interleaved - 30), anchor: .start, ink: .muted),
    .text("planar", at: (0, planar + height + 32), anchor: .start, ink: .muted),
    .text("solid lines: pixel 0", at: (12 * width, planar + height + 32), anchor: .end, ink: .muted),
  ]
  for pixel in 0..<pixels {
    elements.append(
      .box(
        "\(pixel)", at: (190 + Double(pixel % 2) * width, Double(pixel / 2) * height - height), width: width,
        height: height, ink: .muted))
    for color in 0..<3 {
      let (from, to) = (3 * pixel + color, pixels * color + pixel)
      elements.append(
        .line(
          from: ((Double(from) + 0.5) * width, interleaved + height), to: ((Double(to) + 0.5) * width, planar),
          ink: inks[color], dashed: pixel > 0))
      elements += [cell(color, pixel, from, interleaved), cell(color, pixel, to, planar)]
    }
  }
  for place in 0..<3 * pixels {
    for y in [interleaved - 11, planar + height + 12] {
      elements.append(.text("\(place)", at: ((Double(place) + 0.5) * width, y), ink: .muted, small: true))
    }
  }
  return Figure(
    title: "The same twelve numbers in two orders",
    description:
      "A picture of two by two pixels. Interleaved, its numbers are red, green and blue of pixel 0, then of pixel 1, and so on. Planar, they are red of pixels 0 to 3, then green of 0 to 3, then blue. Lines join the places of the same number; those of pixel 0 are solid.",
    width: 480,
    Diagram(elements: elements))
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
      "A small colour picture, and beside it its red, green and blue parts as three grey pictures: places 0 to 4095, 4096 to 8191 and 8192 to 12287 of 12,288 numbers.",
    width: 480,
    Diagram.images(
      [PixelImage(width: pictures.width, height: pictures.height, rgb: bytes)] + planes,
      captions: ["the picture", "from 0: red", "from 4096: green", "from 8192: blue"], columns: 2, size: 160))
}

// MARK: - Scales

private func twoFeatures() throws -> Dataset {
  try Dataset.breastCancer().features(named: ["mean_area", "mean_smoothness"])
}

private func scalingFigure(_ lesson: any VectorizationLesson) throws -> Figure {
  let data = try twoFeatures()
  func chart(_ title: String, _ X: Matrix, _ x: Axis, _ y: Axis) -> Chart {
    Chart(
      title: title, x: x, y: y, equalAspect: true,
      .points(X.row(0).elements, X.row(1).elements, classes: data.labels, names: data.classNames))
  }
  let scaled = lesson.scale(train: data.X, other: data.X, by: .standard).train
  return Figure(
    title: "Tumours by two features, axes to one scale",
    description:
      "Above, as measured: mean area runs from 143 to 2501 and mean smoothness from 0.05 to 0.16, so that all points lie on one flat line. Below, standardised: area runs from −1.45 to 5.25 and smoothness from −3.11 to 4.77, a skewed wedge in which the two classes can be told apart.",
    width: 480, columns: 1,
    chart(
      "as measured", data.X, Axis("mean area", range: 0...2600, ticks: .values([0, 1000, 2000])),
      Axis("mean smoothness", range: -300...300, ticks: .values([-200, 0, 200]))),
    chart(
      "standardised", scaled, Axis("mean area (σ)", range: -3...6), Axis("mean smoothness (σ)", range: -4...6)))
}

private func descentFigure(_ lesson: any VectorizationLesson) throws -> Figure {
  let data = try twoFeatures()
  let scaled = lesson.scale(train: data.X, other: data.X, by: .standard).train
  let start = LogisticParameters(w: Matrix(rows: 2, columns: 1), b: 0)
  func costs(_ X: Matrix, _ rate: Double) -> [Double] {
    lesson.train(X: X, Y: data.Y, from: start, rate: rate, steps: 201).costs
  }
  return Figure(
    title: "Gradient descent on those two features",
    description:
      "The cost over 200 steps. As measured, a learning rate of 0.00001 stays at 0.69, and twice that rate jumps to and fro between 0.87 and 0.96. Standardised, with a learning rate of 1, the cost falls to 0.22.",
    width: 480,
    Chart(
      x: Axis("steps", range: 0...200), y: Axis("J (nats)", range: 0...1),
      .line(costs(data.X, 2e-5), label: "as measured, α = 0.00002", ink: .amber),
      .line(costs(data.X, 1e-5), label: "as measured, α = 0.00001", ink: .vermilion),
      .line(costs(scaled, 1), label: "standardised, α = 1", ink: .blue)))
}

// MARK: - Times

/// How many times as long the loops took as the operations, by the shortest of 240 runs: AMD EPYC, 2 cores, Linux, Swift
/// 6.3.1, November 2026. Recorded, so that the figure is the same every time.
private let measured: (m: [Double], debug: [Double], release: [Double]) = (
  m: [1, 3, 10, 30, 100, 1000, 10_000],
  debug: [0.759, 1.57, 4.19, 9.52, 17.3, 25.1, 26.5],
  release: [0.568, 1.12, 2.93, 6.35, 10.5, 13.9, 14.4]
)

private func ratioFigure() -> Figure {
  Figure(
    title: "How many times as long the loops take",
    description:
      "The ratio loop/vectorized of one training step against the number of examples. In both builds it is below 1 for a single example and rises with m, to 26 in a debug build and 14 in a release build, where it stays.",
    width: 480,
    Chart(
      x: Axis("m (examples)", scale: .logarithmic),
      y: Axis("loop/vectorized", range: 0.3...40, scale: .logarithmic, ticks: .values([0.5, 1, 2, 5, 10, 20])),
      .horizontal(1, label: "equally fast"),
      .line(measured.m, measured.debug, label: "debug build", ink: .blue, dots: true),
      .line(measured.m, measured.release, label: "release build", ink: .vermilion, dots: true)))
}

extension Dataset {
  /// The examples in a fixed random order.
  fileprivate func shuffled() -> Dataset {
    var generator = SeededGenerator(seed: 5)
    return shuffled(using: &generator)
  }
}

/// wᵀX by loops over the matrices' entries.
private func scores(_ w: Matrix, _ X: Matrix) -> Matrix {
  var Z = Matrix(rows: 1, columns: X.columns)
  for i in 0..<X.columns {
    var z = 0.0
    for j in 0..<X.rows { z += w[j, 0] * X[j, i] }
    Z[0, i] = z
  }
  return Z
}

/// wᵀX by loops over plain arrays, X row by row: no matrix is asked for an entry.
private func scores(_ w: [Double], _ X: [Double]) -> [Double] {
  let m = X.count / w.count
  return (0..<m).map { i in
    var z = 0.0
    for j in 0..<w.count { z += w[j] * X[j * m + i] }
    return z
  }
}

/// The same with the two loops exchanged: X is read in the order in which it lies in memory, and no sum waits for another.
private func scoresInOrder(_ w: [Double], _ X: [Double]) -> [Double] {
  let m = X.count / w.count
  var z = [Double](repeating: 0, count: m)
  for j in 0..<w.count {
    for i in 0..<m { z[i] += w[j] * X[j * m + i] }
  }
  return z
}

/// How this program was built.
private var buildName: String {
  #if DEBUG
    "(A debug build. With “swift run -c release gradus demo 5” the loops are faster too.)"
  #else
    "(A release build. Without “-c release” the loops are slower.)"
  #endif
}
