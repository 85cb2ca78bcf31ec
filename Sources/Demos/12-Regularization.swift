import Curriculum
import Datasets
import Plots

/// Lesson 12: a network that learns forty noisy points by heart, and what keeps it from doing so.
public let regularizationDemo = Demo<any RegularizationLesson>(
  .regularization, with: .linearRegression, as: (any LinearRegressionLesson).self,
  run: { lesson, linear, out in
    moons(lesson, out)
    out()
    masks(lesson, out)
    out()
    try diabetes(lesson, linear, out)
    for (name, figure) in try figures(lesson, linear) { out.figure(name, figure) }
  },
  figures: { lesson, linear in try figures(lesson, linear).map { ChapterFigure($0.name, $0.figure) } })

private func figures(
  _ lesson: any RegularizationLesson, _ linear: any LinearRegressionLesson
) throws -> [(name: String, figure: Figure)] {
  let moons = Moons(seed: 12)
  return [
    ("boundaries", boundariesFigure(lesson, moons)), ("strength", strengthFigure(lesson)),
    ("shrinking", shrinkingFigure(lesson)), ("paths", try pathsFigure(lesson, linear)),
    ("dropout", dropoutFigure(lesson)), ("average", averageFigure(lesson)), ("stopping", stoppingFigure(lesson, moons)),
  ]
}

// MARK: - Moons

/// Few examples to train on, some to stop by, and many to see what the network is worth.
private struct Moons {
  let seed: UInt64, train: Dataset, dev: Dataset, test: Dataset

  init(seed: UInt64) {
    self.seed = seed
    var generator = SeededGenerator(seed: seed)
    train = .moons(count: 40, noise: 0.3, using: &generator)
    dev = .moons(count: 100, noise: 0.3, using: &generator)
    test = .moons(count: 1000, noise: 0.3, using: &generator)
  }
}

private let units = 20
private let steps = 3000

/// A way to train lesson 8's network.
private struct Method {
  var name: String, lambda1 = 0.0, lambda2 = 0.0, keep = 1.0

  static let plain = Method(name: "no regularisation")
  static let l2 = Method(name: "L2, λ₂ = 0.2", lambda2: 0.2)
  static let l1 = Method(name: "L1, λ₁ = 0.4", lambda1: 0.4)
  static let dropout = Method(name: "dropout, keep = 0.5", keep: 0.5)
}

private func start(_ seed: UInt64) -> TwoLayerParameters {
  var generator = SeededGenerator(seed: 100 + seed)
  return TwoLayerParameters(
    W1: generator.normal(rows: units, columns: 2), b1: Matrix(rows: units, columns: 1),
    W2: generator.normal(rows: 1, columns: units) / 4, b2: Matrix(rows: 1, columns: 1))
}

private func training(_ lesson: any RegularizationLesson, _ moons: Moons, by method: Method) -> RegularizedTraining {
  var generator = SeededGenerator(seed: 200 + moons.seed)
  let m = moons.train.exampleCount
  // Where everybody stays, one U does for all steps.
  let uniforms =
    method.keep < 1
    ? (0..<steps).map { _ in generator.uniform(rows: units, columns: m) }
    : Array(repeating: Matrix(rows: units, columns: m), count: steps)
  return lesson.train(
    X: moons.train.X, Y: moons.train.Y, from: start(moons.seed), lambda1: method.lambda1, lambda2: method.lambda2,
    keepProbability: method.keep, uniforms: uniforms, rate: 1)
}

private func trained(_ lesson: any RegularizationLesson, _ moons: Moons, by method: Method) -> TwoLayerParameters {
  training(lesson, moons, by: method).parameters
}

/// The network at test time, asked of 12.8 itself: one step with α = 0, without a penalty, everybody kept. Its cost is the
/// data's, and dZ2 + Y is A2.
private func tested(
  _ lesson: any RegularizationLesson, _ parameters: TwoLayerParameters, X: Matrix, Y: Matrix
) -> (cost: Double, A2: Matrix) {
  let pass = lesson.train(
    X: X, Y: Y, from: parameters, lambda1: 0, lambda2: 0, keepProbability: 1,
    uniforms: [Matrix(rows: units, columns: X.columns)], rate: 0)
  return (pass.costs[0], pass.firstGradients.dZ2 + Y)
}

private struct Score {
  var cost: Double, accuracy: Double

  init(_ lesson: any RegularizationLesson, _ parameters: TwoLayerParameters, on data: Dataset) {
    let (cost, A2) = tested(lesson, parameters, X: data.X, Y: data.Y)
    self.cost = cost
    accuracy = ((A2 .>= 0.5) .== data.Y).mean()
  }
}

/// Ten steps without a penalty, as an epoch of 12.7.
private func stopped(
  _ lesson: any RegularizationLesson, _ moons: Moons, patience: Int = 30
) -> (best: TwoLayerParameters, stopping: EarlyStopping) {
  let (train, dev) = (moons.train, moons.dev)
  let uniforms = Array(repeating: Matrix(rows: units, columns: train.exampleCount), count: 10)
  @Sendable func parameters(_ list: [Matrix]) -> TwoLayerParameters {
    TwoLayerParameters(W1: list[0], b1: list[1], W2: list[2], b2: list[3])
  }
  @Sendable func list(_ p: TwoLayerParameters) -> [Matrix] { [p.W1, p.b1, p.W2, p.b2] }
  let stopping = lesson.earlyStopping(
    from: list(start(moons.seed)), maxEpochs: steps / 10, patience: patience,
    epoch: {
      list(
        lesson.train(
          X: train.X, Y: train.Y, from: parameters($0), lambda1: 0, lambda2: 0, keepProbability: 1,
          uniforms: uniforms, rate: 1
        ).parameters)
    },
    devCost: { Score(lesson, parameters($0), on: dev).cost })
  return (parameters(stopping.best), stopping)
}

private func moons(_ lesson: any RegularizationLesson, _ out: DemoOutput) {
  let moons = Moons(seed: 12)
  out(
    "Moons with noise 0.3: 40 points to train on, 100 to stop by, 1000 to test. Lesson 8's network with 20 tanh units,")
  out("α = 1, \(steps) steps. Costs are mean cross-entropies without a penalty, everybody kept.")
  out()
  func row(_ name: String, _ p: TwoLayerParameters) -> [String] {
    let (train, test) = (Score(lesson, p, on: moons.train), Score(lesson, p, on: moons.test))
    let squares = pow(p.W1, 2).sum() + pow(p.W2, 2).sum()
    return [
      name, formatted(train.cost), percent(train.accuracy), formatted(test.cost), percent(test.accuracy),
      formatted(squares),
    ]
  }
  let (best, stopping) = stopped(lesson, moons)
  out.curve("moons/dev cost by epoch of ten steps, no regularisation", stopping.devCosts)
  let begin = start(moons.seed)
  out(
    terminalTable(
      ["", "train J", "right", "test J", "right", "Σw²"],
      [Method.plain, .l2, .l1, .dropout].map { method in
        let end = training(lesson, moons, by: method)
        out.curve("moons/cost, \(method.name)", end.costs)
        for (step, p) in [(0, begin), (steps, end.parameters)] {
          out.histogram("moons/W1, \(method.name)", p.W1, step: step)
          out.histogram("moons/W2, \(method.name)", p.W2, step: step)
        }
        out.histogram("moons/dW1, \(method.name)", end.firstGradients.dW1, step: 0)
        return row(method.name, end.parameters)
      }
        + [row("early stopping", best)]))
  out()
  let last = stopping.devCosts.count - 1
  out(
    "Early stopping: an epoch is 10 steps, the patience 30 epochs. Best after \(10 * stopping.bestEpoch) steps, stopped after "
      + "\(10 * last).")
  out(
    "Dev cost \(formatted(stopping.devCosts[stopping.bestEpoch])) at the best, \(formatted(stopping.devCosts[last])) at the "
      + "stop: the best weights come back, not the last.")
  out("Dev cost: " + sparkline(stopping.devCosts))
  let sparse = trained(lesson, moons, by: .l1)
  let small = [sparse.W1, sparse.W2].map { (abs($0) .<= 0.005).sum() }.reduce(0, +)
  let zero = [sparse.W1, sparse.W2].map { ($0 .== 0).sum() }.reduce(0, +)
  out(
    "L1 by its plain subgradient: \(Int(small)) of 60 weights within αλ₁/(2m) = 0.005 of 0, \(Int(zero)) exactly 0: "
      + "they swing about it.")
  out()
  out("Test cost and test accuracy on ten other draws of the data and of the start:")
  out(
    terminalTable(
      ["", "test J", "median", "right", "median"],
      tenSeeds(lesson).map {
        [$0.name] + endsAndMedian($0.scores.map(\.cost)) { formatted($0) }
          + endsAndMedian($0.scores.map(\.accuracy), percent)
      }))
}

/// Every method's scores on the test sets of ten seeds.
private func tenSeeds(_ lesson: any RegularizationLesson) -> [(name: String, scores: [Score])] {
  let draws = (UInt64(1)...10).map { Moons(seed: $0) }
  let methods = [Method.plain, .l2, .l1, .dropout].map { method in
    (method.name, draws.map { Score(lesson, trained(lesson, $0, by: method), on: $0.test) })
  }
  return methods + [("early stopping", draws.map { Score(lesson, stopped(lesson, $0).best, on: $0.test) })]
}

/// "0.25 to 0.44" and the median.
private func endsAndMedian(_ values: [Double], _ text: (Double) -> String) -> [String] {
  let sorted = values.sorted()
  return ["\(text(sorted[0])) to \(text(sorted[sorted.count - 1]))", text(median(values))]
}

// MARK: - Masks

/// After 12.5, the running mean of an activation of 1 over many masks, and the share of masks in which it stayed.
private func averages(_ lesson: any RegularizationLesson, keep: Double, count: Int) -> (mean: [Double], share: [Double])
{
  var generator = SeededGenerator(seed: 8)
  let forward = lesson.dropout(
    A: Matrix(rows: 1, columns: count, repeating: 1), uniforms: generator.uniform(rows: 1, columns: count),
    keepProbability: keep, training: true)
  func running(_ values: [Double]) -> [Double] {
    var sum = 0.0
    return values.enumerated().map { k, value in
      sum += value
      return sum / Double(k + 1)
    }
  }
  return (running(forward.A.elements), running(forward.cache.mask.elements))
}

private func masks(_ lesson: any RegularizationLesson, _ out: DemoOutput) {
  let count = 10_000
  let (mean, share) = averages(lesson, keep: 0.8, count: count)
  out("Dropout with keep = 0.8 of an activation of 1, over \(count) masks:")
  out(
    "  mean with the division by keep \(formatted(mean[count - 1], digits: 4)), without it "
      + "\(formatted(share[count - 1], digits: 4)); at test time 1.")
  out("  One standard error of the first is \(formatted(sqrt(0.25 / Double(count)), digits: 2)).")
  // The score of one point in many masks, and at test time.
  let moons = Moons(seed: 12)
  let parameters = trained(lesson, moons, by: .dropout)
  let x = moons.test.X.column(0)
  let X = x * Matrix(rows: 1, columns: count, repeating: 1)
  let Y = Matrix(rows: 1, columns: count)
  var generator = SeededGenerator(seed: 4)
  let A2 = lesson.train(
    X: X, Y: Y, from: parameters, lambda1: 0, lambda2: 0, keepProbability: Method.dropout.keep,
    uniforms: [generator.uniform(rows: units, columns: count)], rate: 0
  ).firstGradients.dZ2
  let scores = log(A2 ./ (1 - A2))
  let a = tested(lesson, parameters, X: x, Y: [[0]]).A2[0, 0]
  let deviation = sqrt(pow(scores - scores.mean(), 2).mean())
  out("The network trained with keep = 0.5, one test point, \(count) masks:")
  out(
    "  its score z2 is \(formatted(scores.mean())) ± \(formatted(deviation / sqrt(Double(count)), digits: 1)) in the mean, "
      + "±\(formatted(deviation, digits: 2)) from mask to mask; with all units \(formatted(log(a / (1 - a)))).")
}

// MARK: - Diabetes

/// The weights of a linear regression on the diabetes data at the minimum for some λ, with L1 and with L2.
private struct PathPoint { var lambda: Double, lasso: Matrix, ridge: Matrix }

private struct Paths {
  var names: [String], points: [PathPoint]

  init(_ lesson: any RegularizationLesson, _ linear: any LinearRegressionLesson) throws {
    let raw = try Dataset.diabetes()
    let data = raw.standardized(like: raw)
    let m = Double(data.exampleCount)
    let centred = data.Y - data.Y.mean()
    let Y = centred / sqrt(pow(centred, 2).mean())
    // Gradient descent on the mean squared error, in which `step` moves the weights.
    func descend(
      _ Theta: Matrix, rate: Double, _ step: (_ w: Matrix, _ dw: Matrix) -> Matrix
    ) -> Matrix {
      var Theta = Theta
      for _ in 0..<600 {
        let gradient = linear.gradients(X: data.X, Y: Y, at: Theta).squared
        Theta = Matrix(
          stacking: [Theta.row(0) - rate * gradient.row(0), step(Theta.rows(1...), gradient.rows(1...))])
      }
      return Theta
    }
    var lasso = Matrix(rows: data.featureCount + 1, columns: 1)
    var ridge = lasso
    names = data.featureNames
    // From strong to weak, each from where the one before ended.
    points = (0...21).map { k in
      let lambda = 2000 * exp(-0.25 * Double(k))
      lasso = descend(lasso, rate: 0.2) { w, dw in
        lesson.l1(weights: [w - 0.2 * dw], lambda: lambda, m: m, rate: 0.2).shrunk[0]
      }
      // The penalty's curvature λ/m adds to the data's.
      let rate = 1.6 / (8 + lambda / m)
      ridge = descend(ridge, rate: rate) { w, dw in
        lesson.weightDecayStep(weights: [w], dW: [dw], rate: rate, lambda: lambda, m: m)[0]
      }
      return PathPoint(lambda: lambda, lasso: lasso.rows(1...), ridge: ridge.rows(1...))
    }
  }
}

private func diabetes(
  _ lesson: any RegularizationLesson, _ linear: any LinearRegressionLesson, _ out: DemoOutput
) throws {
  let paths = try Paths(lesson, linear)
  out("Diabetes: linear regression on ten standardised features, its weights at the minimum for some λ, m = 442.")
  out()
  let some = stride(from: 2, to: paths.points.count, by: 4).map { paths.points[$0] }
  func table(_ name: String, _ w: (PathPoint) -> Matrix) {
    out(
      terminalTable(
        [name] + paths.names.map { String($0.split(separator: "_")[0]) } + ["zeros"],
        some.map { point in
          [formatted(point.lambda)]
            + w(point).elements.map { hundredths($0) }
            + [String(Int((w(point) .== 0).sum()))]
        }))
  }
  table("λ, L1", \.lasso)
  out()
  table("λ, L2", \.ridge)
}

/// "−0.07", "0.00", and "0" for exactly 0.
private func hundredths(_ x: Double) -> String {
  if x == 0 { return "0" }
  let digits = Int((abs(x) * 100).rounded())
  return "\(x < 0 && digits > 0 ? "−" : "")0.\(digits < 10 ? "0" : "")\(digits)"
}

// MARK: - Figures

private func boundary(
  _ lesson: any RegularizationLesson, _ parameters: TwoLayerParameters, _ moons: Moons, title: String
) -> Chart {
  let (x, y) = (-2.0...3.0, -1.6...2.2)
  let side = 44
  let points = Grid.points(x: x, y: y, columns: side, rows: side)
  let X = Matrix([points.map(\.x), points.map(\.y)])
  let A2 = tested(lesson, parameters, X: X, Y: Matrix(rows: 1, columns: points.count)).A2
  let test = Score(lesson, parameters, on: moons.test)
  return Chart(
    title: "\(title): test J \(hundredths(test.cost))", x: Axis("x₁", range: x), y: Axis("x₂", range: y),
    .regions(Grid(x: x, y: y, columns: side, rows: side, values: (A2 .>= 0.5).elements)),
    .contour(Grid(x: x, y: y, columns: side, rows: side, values: A2.elements), levels: [0.5]),
    .points(moons.train.X.row(0).elements, moons.train.X.row(1).elements, classes: moons.train.labels))
}

private func boundariesFigure(_ lesson: any RegularizationLesson, _ moons: Moons) -> Figure {
  Figure(
    title: "Over-fitting and three cures",
    description:
      "Forty noisy points of two moons, four times, with the border that a network of 20 units draws after training. Without regularisation the border reaches up in a narrow finger to a single point, and turns sharply elsewhere. With an L2 penalty, with dropout and with early stopping it is one smooth curve between the moons, which leaves some points on the wrong side.",
    width: 720, height: 690, columns: 2,
    boundary(lesson, trained(lesson, moons, by: .plain), moons, title: "nothing"),
    boundary(lesson, trained(lesson, moons, by: .l2), moons, title: "L2, λ = 0.2"),
    boundary(lesson, trained(lesson, moons, by: .dropout), moons, title: "dropout, keep = ½"),
    boundary(lesson, stopped(lesson, moons).best, moons, title: "early stopping"))
}

/// Costs against λ₂ over ten seeds.
private func strengthFigure(_ lesson: any RegularizationLesson) -> Figure {
  let lambdas = (0..<8).map { 0.003 * pow(10, Double($0) / 2) }
  let draws = (UInt64(1)...10).map { Moons(seed: $0) }
  let scores = lambdas.map { lambda in
    draws.map { moons in
      let parameters = trained(lesson, moons, by: Method(name: "", lambda2: lambda))
      return (Score(lesson, parameters, on: moons.train).cost, Score(lesson, parameters, on: moons.test).cost)
    }
  }
  let test = scores.map { $0.map(\.1) }
  return Figure(
    title: "How much penalty?",
    description:
      "Costs against λ from 0.003 to 10 on a logarithmic axis, medians of ten data sets with a band from the least to the greatest test cost. The training cost rises all the way. The test cost falls at first, is least near λ = 0.3, and rises again.",
    Chart(
      x: Axis("λ", scale: .logarithmic), y: Axis("J without the penalty (nats)", range: 0...1.5),
      .band(lambdas, low: test.map { $0.min() ?? 0 }, high: test.map { $0.max() ?? 0 }, ink: .vermilion),
      .line(lambdas, scores.map { median($0.map(\.0)) }, label: "train", ink: .blue, dots: true),
      .line(lambdas, test.map(median), label: "test", ink: .vermilion, dots: true)))
}

/// What a penalty alone does to weights, step by step.
private func shrinkingFigure(_ lesson: any RegularizationLesson) -> Figure {
  let starts = [1, 0.6, 0.3, -0.5]
  func path(_ step: (Matrix) -> Matrix) -> [[Double]] {
    var W = Matrix(column: starts)
    var rows = [W.elements]
    for _ in 0..<25 {
      W = step(W)
      rows.append(W.elements)
    }
    return starts.indices.map { k in rows.map { $0[k] } }
  }
  let decay = path { W in
    lesson.weightDecayStep(weights: [W], dW: [0 * W], rate: 0.1, lambda: 1, m: 1)[0]
  }
  let lasso = path { W in lesson.l1(weights: [W], lambda: 1, m: 1, rate: 0.1).shrunk[0] }
  func chart(_ title: String, _ paths: [[Double]]) -> Chart {
    Chart(
      title: title, x: "step", y: Axis("w", range: -0.6...1.05),
      marks: paths.enumerated().map { .line($1, ink: .series($0)) } + [.horizontal(0)])
  }
  return Figure(
    title: "The penalty alone",
    description:
      "Four weights that start at 1, 0.6, 0.3 and −0.5 and are moved by a penalty alone, for 25 steps. With L2 each loses a tenth of itself a step, and all creep towards 0 without reaching it. With L1 each loses 0.05 a step, along straight lines, and stays at exactly 0 once it is there.",
    width: 720, height: 320, chart("L2: weight decay", decay), chart("L1: the proximal step", lasso))
}

private func pathsFigure(
  _ lesson: any RegularizationLesson, _ linear: any LinearRegressionLesson
) throws -> Figure {
  let paths = try Paths(lesson, linear)
  let lambdas = paths.points.map(\.lambda)
  let inks: [String: Ink] = ["bmi": .blue, "s5_ltg": .vermilion, "bp": .green, "sex": .purple]
  func chart(_ title: String, _ w: (PathPoint) -> Matrix) -> Chart {
    Chart(
      title: title, x: Axis("λ", scale: .logarithmic), y: Axis("weight", range: -0.25...0.4),
      marks: paths.names.enumerated().map { j, name in
        .line(
          lambdas, paths.points.map { w($0)[j, 0] }, label: inks[name] == nil ? nil : name, ink: inks[name] ?? .muted)
      })
  }
  return Figure(
    title: "Ten weights against λ",
    description:
      "The ten weights of a linear regression on the diabetes data against λ from 10 to 2000, a logarithmic axis. With L1 the weights reach exactly 0 one after the other as λ grows; the last ones to go are those of the body mass index and of s5, at about 900. With L2 all of them shrink together, and none is 0.",
    width: 720, height: 400, chart("L1", \.lasso), chart("L2", \.ridge))
}

private func dropoutFigure(_ lesson: any RegularizationLesson) -> Figure {
  let U: Matrix = [[0.2, 0.9, 0.5], [0.8, 0.4, 0.1], [0.3, 0.6, 0.7], [0.1, 0.7, 0.2], [0.95, 0.05, 0.3]]
  let mask = lesson.dropout(
    A: Matrix(rows: 5, columns: 3, repeating: 1), uniforms: U, keepProbability: 0.65, training: true
  ).cache.mask
  func diagram(_ i: Int) -> Diagram {
    let column = mask.column(i).elements
    return Diagram.network([2, 5, 1], dropped: [[], column.indices.filter { column[$0] == 0 }])
      .titled("training, example \(i + 1)")
  }
  return Figure(
    title: "Each example has its own network",
    description:
      "A network of two inputs, five hidden units and one output, four times. For example 1 in training, hidden units 2 and 5 are absent, with their edges; for example 2, units 1 and 4; for example 3, unit 3. At test time all units are there.",
    width: 720, height: 600, columns: 2, diagram(0), diagram(1), diagram(2),
    Diagram.network([2, 5, 1]).titled("test time"))
}

private func averageFigure(_ lesson: any RegularizationLesson) -> Figure {
  let keep = 0.8
  let (mean, share) = averages(lesson, keep: keep, count: 5000)
  // Few enough numbers of masks, evenly spread on the logarithmic axis.
  let counts = (0..<90).map { Int(exp(Double($0) / 89 * log(5000)).rounded()) }
  let x = counts.map { Double($0) }
  let error = x.map { sqrt((1 - keep) / (keep * $0)) }
  return Figure(
    title: "The mean over many masks",
    description:
      "The running mean of an activation of 1 over 1 to 5000 masks with keep = 0.8, a logarithmic axis. With the division by keep it settles at 1, within a band of two standard errors that narrows like one over the root of the number. Without the division it settles at 0.8.",
    Chart(
      x: Axis("number of masks", scale: .logarithmic), y: Axis("mean activation", range: 0...1.6),
      .band(
        x, low: error.map { 1 - 2 * $0 }, high: error.map { 1 + 2 * $0 }, label: "1 ± 2 standard errors", ink: .muted),
      .line(x, counts.map { mean[$0 - 1] }, label: "divided by keep", ink: .blue),
      .line(x, counts.map { share[$0 - 1] }, label: "not divided", ink: .vermilion)))
}

private func stoppingFigure(_ lesson: any RegularizationLesson, _ moons: Moons) -> Figure {
  let uniforms = Array(repeating: Matrix(rows: units, columns: moons.train.exampleCount), count: 10)
  var parameters = start(moons.seed)
  var (train, dev) = ([Double](), [Double]())
  for _ in 0...120 {
    train.append(Score(lesson, parameters, on: moons.train).cost)
    dev.append(Score(lesson, parameters, on: moons.dev).cost)
    parameters =
      lesson.train(
        X: moons.train.X, Y: moons.train.Y, from: parameters, lambda1: 0, lambda2: 0, keepProbability: 1,
        uniforms: uniforms, rate: 1
      ).parameters
  }
  let stopping = stopped(lesson, moons).stopping
  let x = train.indices.map { 10 * Double($0) }
  return Figure(
    title: "Where to stop",
    description:
      "Training and dev cost over 1200 steps without a penalty. Both fall at first. The training cost goes on falling; the dev cost is least after about \(10 * stopping.bestEpoch) steps, and rises from there. A dashed line marks that best point, another, 300 steps later, the place where training stops.",
    Chart(
      x: "step", y: Axis("J (nats)", range: 0...0.7), .line(x, train, label: "train", ink: .blue),
      .line(x, dev, label: "dev", ink: .vermilion),
      .vertical(10 * Double(stopping.bestEpoch), label: "best", ink: .green),
      .vertical(10 * Double(stopping.devCosts.count - 1), label: "stop")))
}
