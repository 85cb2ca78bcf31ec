import Curriculum
import Datasets
import Plots

/// Lesson 6: three kinds of iris, ten digits, and three questions about each digit.
public let softmaxRegressionDemo = Demo<any SoftmaxRegressionLesson>(
  .softmaxRegression,
  run: { lesson, out in
    try irises(lesson, out)
    out()
    try digits(lesson, out)
    out()
    try questions(lesson, out)
    for (name, figure) in try figures(lesson) { out.figure(name, figure) }
  },
  figures: { lesson in try figures(lesson).map { ChapterFigure($0.name, $0.figure) } })

private func figures(_ lesson: any SoftmaxRegressionLesson) throws -> [(name: String, figure: Figure)] {
  [
    ("shares", sharesFigure(lesson)), ("curves", curvesFigure(lesson)), ("regions", try regionsFigure(lesson)),
    ("templates", try templatesFigure(lesson)), ("labels", labelsFigure(lesson)),
  ]
}

/// A data set cut in two after a shuffle, and a layer trained on the first part from 0.
private struct Fit {
  var train: Dataset, test: Dataset, training: SoftmaxTraining

  init(_ lesson: any SoftmaxRegressionLesson, train: Dataset, test: Dataset, rate: Double, steps: Int) {
    self.train = train
    self.test = test
    let K = train.classNames.count
    training = lesson.train(
      X: train.X, Y: oneHot(lesson, train), from: zero(K, train.featureCount), rate: rate, steps: steps)
  }

  /// The share of a set's examples whose class is right.
  func accuracy(_ lesson: any SoftmaxRegressionLesson, on data: Dataset) -> Double {
    let right = zip(classes(lesson, data.X, training.layer), data.labels).filter { $0 == $1 }
    return Double(right.count) / Double(data.exampleCount)
  }
}

private func zero(_ K: Int, _ n: Int) -> Layer {
  Layer(W: Matrix(rows: K, columns: n), b: Matrix(rows: K, columns: 1))
}

private func oneHot(_ lesson: any SoftmaxRegressionLesson, _ data: Dataset) -> Matrix {
  guard case .oneHot(let Y) = lesson.recode(.classes(data.labels), classes: data.classNames.count) else {
    fatalError("6.2 has returned classes for classes: its one-hot form is needed here")
  }
  return Y
}

private func classes(_ lesson: any SoftmaxRegressionLesson, _ X: Matrix, _ layer: Layer) -> [Int] {
  guard
    case .classes(let classes) = lesson.recode(
      .oneHot(lesson.softmax(layer.W * X + layer.b)), classes: layer.W.rows)
  else { fatalError("6.2 has returned a matrix for a matrix: the classes of its columns are needed here") }
  return classes
}

extension Dataset {
  fileprivate func shuffled(seed: UInt64) -> Dataset {
    var generator = SeededGenerator(seed: seed)
    return shuffled(using: &generator)
  }
}

// MARK: - Irises

private let petals = ["petal_length_cm", "petal_width_cm"]

private func irisFit(_ lesson: any SoftmaxRegressionLesson, seed: UInt64, features: [String]? = nil) throws -> Fit {
  var data = try Dataset.iris().shuffled(seed: seed)
  if let features { data = data.features(named: features) }
  let (train, test) = data.split(testCount: 50)
  return Fit(
    lesson, train: train.standardized(like: train), test: test.standardized(like: train), rate: 1, steps: 300)
}

private func irises(_ lesson: any SoftmaxRegressionLesson, _ out: DemoOutput) throws {
  let fit = try irisFit(lesson, seed: 6)
  out(
    "Iris: \(fit.train.exampleCount) flowers to train on, \(fit.test.exampleCount) held out, drawn by a shuffle; "
      + "\(fit.train.featureCount) measurements, standardised.")
  out("Softmax regression with \(fit.train.classNames.count) classes from W = 0, b = 0, α = 1, 300 steps.")
  out()
  out(
    terminalPlot(
      .line(fit.training.costs), title: "Cost J before each step", x: "step", y: "J (nats)", width: out.width,
      color: out.colors))
  out()
  out.curve("irises/cost", fit.training.costs)
  out("The first cost is \(formatted(fit.training.costs[0])), log 3: every class has the probability 1/3.")
  let heads = fit.train.classNames.map { padded($0, 12) }.joined()
  out("Held-out flowers, a row for each species, a column for each answer:")
  out(padded("", 12) + heads)
  let answers = classes(lesson, fit.test.X, fit.training.layer)
  for (k, name) in fit.test.classNames.enumerated() {
    let counts = fit.test.classNames.indices.map { answer in
      zip(answers, fit.test.labels).filter { $0 == answer && $1 == k }.count
    }
    out(padded(name, 12) + counts.map { padded(String($0), 12) }.joined())
  }
  let shares = try (UInt64(1)...10).map { seed in
    let fit = try irisFit(lesson, seed: seed)
    return fit.accuracy(lesson, on: fit.test)
  }
  out(
    "Right: \(percent(fit.accuracy(lesson, on: fit.train))) of those it was trained on, "
      + "\(percent(fit.accuracy(lesson, on: fit.test))) of those held out.")
  out("Ten other shuffles: \(spread(shares)), of those held out.")
}

// MARK: - Digits

private func digitsFit(_ lesson: any SoftmaxRegressionLesson, seed: UInt64?) throws -> Fit {
  let all = try Dataset.digits()
  let (train, test) = (seed.map { all.shuffled(seed: $0) } ?? all).split(testCount: 360)
  return Fit(lesson, train: train, test: test, rate: 0.5, steps: 200)
}

private func digits(_ lesson: any SoftmaxRegressionLesson, _ out: DemoOutput) throws {
  let fit = try digitsFit(lesson, seed: 6)
  out(
    "Digits: \(fit.train.exampleCount) pictures of 8×8 pixels to train on, \(fit.test.exampleCount) held out. α = 0.5, 200 steps."
  )
  out("Cost \(formatted(fit.training.costs[0])) at first (log 10), \(formatted(fit.training.costs.last ?? 0)) at last.")
  out(
    "Drawn by a shuffle, the same writers on both sides: \(percent(fit.accuracy(lesson, on: fit.train))) right of those "
      + "it was trained on, \(percent(fit.accuracy(lesson, on: fit.test))) of those held out.")
  let shares = try (UInt64(1)...10).map { seed in
    let fit = try digitsFit(lesson, seed: seed)
    return fit.accuracy(lesson, on: fit.test)
  }
  out("Ten other shuffles: \(spread(shares)), of those held out.")
  let ordered = try digitsFit(lesson, seed: nil)
  out(
    "Without a shuffle the last 360 are by writers never seen: \(percent(ordered.accuracy(lesson, on: ordered.test))).")
  out()
  out(
    "Three rows of W as pictures, 0, 3 and 8: bright where ink speaks for the digit, dark where it speaks against it.")
  let W = fit.training.layer.W
  let largest = abs(W).max()
  out.curve("digits/cost", fit.training.costs)
  out.histogram("digits/W", W, step: fit.training.costs.count)
  for k in 0..<W.rows {
    out.image("digits/row \(k) of W", PixelImage(width: 8, height: 8, weights: W.row(k).elements), step: 0)
  }
  let rows = [0, 3, 8].map { k in
    terminalImage(PixelImage(width: 8, height: 8, gray: W.row(k).elements, range: -largest...largest)).split(
      separator: "\n")
  }
  for line in rows[0].indices { out("  " + rows.map { $0[line] }.joined(separator: "     ")) }
}

// MARK: - Three questions about each digit

private let questionNames = ["has a closed loop", "is even", "is 5 or more"]

private func answers(_ data: Dataset) -> Matrix {
  Matrix([
    data.labels.map { [0, 6, 8, 9].contains($0) ? 1 : 0 }, data.labels.map { $0 % 2 == 0 ? 1 : 0 },
    data.labels.map { $0 >= 5 ? 1 : 0 },
  ])
}

private func questions(_ lesson: any SoftmaxRegressionLesson, _ out: DemoOutput) throws {
  let (train, test) = try Dataset.digits().shuffled(seed: 6).split(testCount: 360)
  let Y = answers(train)
  var layer = zero(questionNames.count, train.featureCount)
  var cost = 0.0
  for _ in 0..<300 {
    let pass = lesson.propagateLabels(X: train.X, Y: Y, at: layer)
    layer.W -= 0.5 * pass.dW
    layer.b -= 0.5 * pass.db
    cost = pass.cost
  }
  out("Multi-label: three yes-or-no questions about the same pictures, one layer, three σ. α = 0.5, 300 steps.")
  out("Cost \(formatted(cost)) at last, the sum over the three; at first it is 3 log 2 = \(formatted(3 * log(2))).")
  let truth = answers(test)
  let A = lesson.propagateLabels(X: test.X, Y: truth, at: layer).A
  for (k, name) in questionNames.enumerated() {
    let right = ((A.row(k) .>= 0.5) .== truth.row(k)).mean()
    let yes = truth.row(k).mean()
    out(
      "  \(padded(name, 18)): \(percent(right)) right of those held out; always the same answer: \(percent(max(yes, 1 - yes)))"
    )
  }
}

// MARK: - Figures

/// From scores to probabilities, in the chapter's example.
private func sharesFigure(_ lesson: any SoftmaxRegressionLesson) -> Figure {
  let z = [0.0, 1, 2]
  let names = ["0", "1", "2"]
  return Figure(
    title: "From scores to probabilities",
    description:
      "Three bar charts of three classes. The scores are 0, 1 and 2. Their exponentials are 1, 2.72 and 7.39. Divided by their sum, the probabilities are 0.09, 0.24 and 0.67.",
    width: 720, height: 300,
    Chart(title: "scores z", x: "class", y: "z", .bars(names, z)),
    Chart(title: "exponentials", x: "class", y: "e^z", .bars(names, z.map { exp($0) })),
    Chart(
      title: "divided by their sum", x: "class", y: Axis("a", range: 0...1),
      .bars(names, lesson.softmax(Matrix(column: z)).elements)))
}

/// What becomes of the probabilities while one score of three moves.
private func curvesFigure(_ lesson: any SoftmaxRegressionLesson) -> Figure {
  Figure(
    title: "One score moves, all probabilities move",
    description:
      "Three curves against the score z of class 0, from −6 to 8; the scores of classes 1 and 2 stay at 1 and 2. The curve of class 0 is S-shaped, from 0 to 1, and passes a half near z = 2.3. Those of classes 1 and 2 fall from 0.27 and 0.73 to 0.",
    Chart(
      x: "score of class 0", y: Axis("probability", range: 0...1),
      marks: (0..<3).map { k in
        .function("class \(k)", over: -6...8, samples: 121) { lesson.softmax([[$0], [1], [2]])[k, 0] }
      }))
}

private func regionsFigure(_ lesson: any SoftmaxRegressionLesson) throws -> Figure {
  let fit = try irisFit(lesson, seed: 6, features: petals)
  let (x, y) = (-1.8...2.0, -1.8...2.0)
  let side = 45
  let points = Grid.points(x: x, y: y, columns: side, rows: side)
  let X = Matrix([points.map(\.x), points.map(\.y)])
  let layer = fit.training.layer
  let A = lesson.softmax(layer.W * X + layer.b)
  func grid(_ values: [Double]) -> Grid { Grid(x: x, y: y, columns: side, rows: side, values: values) }
  // Class k's probability less the largest of the others: 0 on its border.
  func lead(_ k: Int, over others: [Int]) -> Grid { grid((A.row(k) - A.rows(at: others).columnMaxima()).elements) }
  return Figure(
    title: "Three classes in two features",
    description:
      "Irises by petal length and petal width, standardised. Three tinted regions with straight borders: setosa at the lower left, virginica at the upper right, versicolor as a band between them. A dashed line on each side of the two borders shows where the largest probability is 0.8. \(percent(fit.accuracy(lesson, on: fit.train))) of the points lie in the region of their own colour.",
    height: 500,
    Chart(
      x: "petal length (standard deviations)", y: "petal width (standard deviations)",
      .regions(grid(A.columnArgmax().map { Double($0) })),
      .points(
        fit.train.X.row(0).elements, fit.train.X.row(1).elements, classes: fit.train.labels,
        names: fit.train.classNames),
      .contour(lead(0, over: [1, 2]), levels: [0]), .contour(lead(2, over: [0, 1]), levels: [0]),
      .contour(grid(A.columnMaxima().elements), levels: [0.8], label: "largest a = 0.8", dashed: true)))
}

private func templatesFigure(_ lesson: any SoftmaxRegressionLesson) throws -> Figure {
  let layer = try digitsFit(lesson, seed: 6).training.layer
  let images = (0..<10).map { PixelImage(width: 8, height: 8, weights: layer.W.row($0).elements) }
  return Figure(
    title: "The rows of W as pictures",
    description:
      "Ten pictures of 8 by 8 pixels, one for each digit. Vermilion marks pixels whose ink speaks for the digit, blue those whose ink speaks against it, white those that do not count. The picture of 0 is a vermilion ring with a blue middle.",
    Diagram.images(images, captions: (0...9).map { "w of \($0)" }, columns: 5, size: 88))
}

/// The same scores through softmax and through σ: the chapter's example, its last column.
private func labelsFigure(_ lesson: any SoftmaxRegressionLesson) -> Figure {
  let z: Matrix = [[2], [-0.5], [-1.5]]
  let names = ["0", "1", "2"]
  let sigmoids = lesson.propagateLabels(X: [[0]], Y: z .> 0, at: Layer(W: [[0], [0], [0]], b: z)).A
  return Figure(
    title: "One out of three, or any of three",
    description:
      "Bars of the scores 2, −0.5 and −1.5 through softmax, 0.90, 0.07 and 0.03, which add up to 1, and through σ, 0.88, 0.38 and 0.18, which do not.",
    width: 720, height: 320,
    Chart(
      title: "softmax: the sum is 1", x: "class", y: Axis("a", range: 0...1), .bars(names, lesson.softmax(z).elements)),
    Chart(title: "σ of each score", x: "label", y: Axis("a", range: 0...1), .bars(names, sigmoids.elements)))
}
