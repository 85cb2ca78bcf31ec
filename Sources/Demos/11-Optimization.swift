import Curriculum
import Datasets
import Plots

/// Lesson 11: ways through a valley, four optimisers and five batch sizes on handwritten digits, and Newton's few steps. The
/// network that learns the digits is lesson 9's.
public let optimizationDemo = Demo<any OptimizationLesson>(
  .optimization, with: .deepNetwork, as: (any DeepNetworkLesson).self,
  run: { lesson, deep, out in
    out("A narrow valley, J = ½(x² + 100y²), from (−4, 0.6). After how many steps does J stay below 0.1?")
    out("                                along x   turned by 15°   by 30°   by 45°   J after 200 steps")
    for method in Method.onValley {
      let heights = [0.0, 15, 30, 45].map { Valley(degrees: $0).heights(lesson, method, steps: 300) }
      let settled = heights.map { String(($0.lastIndex { $0 >= 0.1 } ?? -1) + 1) }
      out(
        "  \(filled(method.text, 28))" + zip(settled, [9, 16, 9, 9]).map { padded($0, $1) }.joined()
          + padded(formatted(heights[0][200], digits: 2), 20))
    }
    out("Gradient descent and momentum do not care how the valley lies. RMSprop and Adam have a rate for each axis,")
    out("and lose by it where the valley is along none.")
    out()

    let digits = try Digits()
    out(
      "Handwritten digits: \(digits.train.exampleCount) to train on, a network 64–32–10 (ReLU, softmax), batches of 64,"
    )
    out("10 epochs, ten seeds: the median of J on all training digits, in brackets the least and the greatest.")
    out("                          after 3 epochs            after 10 epochs          test accuracy")
    for method in Method.onDigits {
      let runs = (1...10).map { digits.train(lesson, deep, method, batchSize: 64, epochs: 10, seed: $0) }
      let columns = [medianAndEnds(runs.map { $0.costs[3] }), medianAndEnds(runs.map { $0.costs[10] })]
      let accuracies = runs.map { digits.accuracy(deep, $0.parameters) }
      out.curve("digits/cost, \(method.name)", runs[0].costs)
      out.curve("digits/test accuracy, \(method.name)", runs[0].accuracies)
      for (name, W) in zip(["W1", "b1", "W2", "b2"], runs[0].parameters) {
        out.histogram("digits/\(name), \(method.name)", W, step: 10)
      }
      out(
        "  \(filled(method.text, 20))" + columns.map { padded($0, 25) }.joined()
          + padded(percent(median(accuracies)), 14))
    }
    out()
    out("Batch sizes, all with α = 0.1, after 5 epochs: everyone has seen 7185 digits. Ten seeds.")
    out("  batch size   steps                    J   ")
    for size in batchSizes {
      let runs = (1...10).map {
        digits.train(lesson, deep, .descent(0.1), batchSize: size, epochs: 5, seed: $0).costs
      }
      out.curve("batches/cost, size \(size)", runs[0])
      let steps = 5 * ((digits.train.exampleCount + size - 1) / size)
      let ends = medianAndEnds(runs.map { $0[5] })
      out("  \(padded(String(size), 10))   \(padded(String(steps), 5))   \(padded(ends, 24))")
    }
    out()
    out("Stochastic descent to the mean of 40 numbers, 30 epochs, ten orders: how far from it in the end?")
    let ends = [
      ("α = 0.2", { (_: Int) in 0.2 }),
      ("α = 0.2 · 0.85ᵉ", { lesson.decayedRate(0.2, epoch: $0, schedule: .exponential(base: 0.85)) }),
    ].map { name, rate in (name, (1...10).compactMap { distances(lesson, seed: $0, rate).last }) }
    for (name, distances) in ends { out("  \(filled(name, 18))\(padded(medianAndEnds(distances), 26))") }
    out()
    let newton = try cancerCurves(lesson)
    out.curve("breast cancer/norm of the gradient, Newton", newton.newton)
    out.curve("breast cancer/norm of the gradient, descent", newton.descent)
    out("Breast cancer, λ = 1, from w = 0 and b = 0: the norm of the gradient before each step.")
    out("   step          Newton   descent, α = 1")
    for step in newton.newton.indices {
      out(
        "  \(padded(String(step), 5))   \(padded(formatted(newton.newton[step], digits: 2), 13))   \(padded(formatted(newton.descent[step], digits: 2), 14))"
      )
    }
    let rest = newton.descent.firstIndex { $0 < 1e-6 }
    out(
      "Each step of Newton doubles the number of right digits in the end. Descent needs \(rest.map(String.init) ?? "more than \(newton.descent.count - 1)") steps to come below 10⁻⁶."
    )
    for (name, figure) in try figures(lesson, deep) { out.figure(name, figure) }
  },
  figures: { lesson, deep in try figures(lesson, deep).map { ChapterFigure($0.name, $0.figure) } })

private func figures(
  _ lesson: any OptimizationLesson, _ deep: any DeepNetworkLesson
) throws -> [(name: String, figure: Figure)] {
  let digits = try Digits()
  return [
    ("three-ways", threeWaysFigure(lesson)), ("valley", valleyFigure(lesson)), ("average", averageFigure(lesson)),
    ("first-steps", firstStepsFigure(lesson)), ("batches", batchesFigure(lesson, deep, digits)),
    ("methods", methodsFigure(lesson, deep, digits)), ("decay", decayFigure(lesson)),
    ("parabola", parabolaFigure()), ("newton", try newtonFigure(lesson)),
  ]
}

/// "0.08 (0.05 … 0.1)".
private func medianAndEnds(_ values: [Double]) -> String {
  let ends = "(\(formatted(values.min() ?? 0, digits: 2)) … \(formatted(values.max() ?? 0, digits: 2)))"
  return formatted(median(values), digits: 2) + " " + ends
}

// MARK: - Methods

/// A way of stepping, with its learning rate.
private enum Method: Sendable {
  case descent(Double), momentum(Double), rmsprop(Double), adam(Double)

  static let onValley: [Method] = [.descent(0.018), .momentum(0.05), .rmsprop(0.05), .adam(0.2)]
  /// Each with the rate, of four tried, that has the least median of J after 10 epochs.
  static let onDigits: [Method] = [.descent(0.5), .momentum(2), .rmsprop(0.01), .adam(0.05)]

  var name: String {
    switch self {
    case .descent: "gradient descent"
    case .momentum: "momentum"
    case .rmsprop: "RMSprop"
    case .adam: "Adam"
    }
  }

  var rate: Double {
    switch self {
    case .descent(let rate), .momentum(let rate), .rmsprop(let rate), .adam(let rate): rate
    }
  }

  var text: String { "\(name), α = \(formatted(rate))" }

  var ink: Ink {
    switch self {
    case .descent: .blue
    case .momentum: .vermilion
    case .rmsprop: .green
    case .adam: .purple
    }
  }

  func step(
    _ lesson: any OptimizationLesson, _ parameters: [Matrix], gradients g: [Matrix], state: OptimizerState
  ) -> OptimizerStep {
    switch self {
    // Momentum without memory is gradient descent.
    case .descent(let rate): lesson.momentum(parameters, gradients: g, state: state, rate: rate, beta: 0)
    case .momentum(let rate): lesson.momentum(parameters, gradients: g, state: state, rate: rate, beta: 0.9)
    case .rmsprop(let rate):
      lesson.rmsprop(parameters, gradients: g, state: state, rate: rate, beta: 0.9, epsilon: 1e-8)
    case .adam(let rate):
      lesson.adam(parameters, gradients: g, state: state, rate: rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
    }
  }
}

// MARK: - The valley

/// ½(x² + 100y²), turned by some degrees.
private struct Valley {
  private let turn: Matrix
  private let curvatures: Matrix = [[1], [100]]

  init(degrees: Double) {
    let angle = degrees / 180 * .pi
    turn = [[cos(angle), sin(angle)], [-sin(angle), cos(angle)]]
  }

  func height(_ place: (x: Double, y: Double)) -> Double {
    let along = turn * Matrix(column: [place.x, place.y])
    return 0.5 * dot(curvatures, along .* along)
  }

  /// The places from the start on.
  func path(_ lesson: any OptimizationLesson, _ method: Method, steps: Int) -> [(x: Double, y: Double)] {
    var parameters = [turn.T * [[-4], [0.6]]]
    var state = OptimizerState(for: parameters)
    var places = [(x: parameters[0][0, 0], y: parameters[0][1, 0])]
    for _ in 0..<steps {
      let g = turn.T * (curvatures .* (turn * parameters[0]))
      let next = method.step(lesson, parameters, gradients: [g], state: state)
      (parameters, state) = (next.parameters, next.state)
      places.append((x: parameters[0][0, 0], y: parameters[0][1, 0]))
    }
    return places
  }

  /// J at these places.
  func heights(_ lesson: any OptimizationLesson, _ method: Method, steps: Int) -> [Double] {
    path(lesson, method, steps: steps).map(height)
  }
}

private func valleyFigure(_ lesson: any OptimizationLesson) -> Figure {
  let valley = Valley(degrees: 0)
  let grid = Grid(x: -4.6...2, y: -1...1, columns: 50, rows: 50) { valley.height((x: $0, y: $1)) }
  let panels = Method.onValley.map { method in
    let path = valley.path(lesson, method, steps: 60)
    return Chart(
      title: method.text, x: Axis("x", range: -4.6...2), y: Axis("y", range: -1...1),
      marks: [
        .contour(grid, levels: [0.5, 2, 6, 15, 30], ink: .muted), .path(path.map(\.x), path.map(\.y), ink: method.ink),
        .points([0], [0], ink: .text, marker: .plus),
      ])
  }
  return Figure(
    title: "Sixty steps along a narrow valley",
    description:
      "Four panels with the same contours, long flat ellipses around 0. Gradient descent jumps from wall to wall at first and then creeps along the floor; after 60 steps it is a third of the way short of the middle. Momentum swings from wall to wall in waves that die away, and is at the middle. RMSprop goes down the wall without a wave, turns, and walks along the floor in even steps; it is a quarter of the way short. Adam makes two wide waves, passes the middle a little, and is back at it.",
    width: 720, height: 620, columns: 2, panels: panels.map { .chart($0) })
}

// MARK: - One loop, three ways

private func threeWaysFigure(_ lesson: any OptimizationLesson) -> Figure {
  var generator = SeededGenerator(seed: 3)
  let centre: Matrix = [[2], [1]]
  let width: Matrix = [[1.2], [0.6]]
  let X = centre + width .* generator.normal(rows: 2, columns: 30)
  let stretch: Matrix = [[1], [4]]
  // J = mean of ½((θ₁ − x₁)² + 4(θ₂ − x₂)²): the parameters look for the middle of the points.
  let gradient: @Sendable (Matrix, Matrix, [Matrix]) -> Evaluation = { X, _, parameters in
    let distances = parameters[0] - X
    return Evaluation(
      cost: 0.5 * (stretch .* distances .* distances).columnSums().mean(),
      gradients: [(stretch .* distances).rowMeans()])
  }
  let whole = { @Sendable (x: Double, y: Double) in gradient(X, X, [Matrix(column: [x, y])]).cost }
  let middle = X.rowMeans()
  let least = whole(middle[0, 0], middle[1, 0])
  let grid = Grid(x: -0.6...3, y: -0.6...2, columns: 50, rows: 50) { whole($0, $1) - least }
  let panels = [(30, 12), (5, 2), (1, 1)].map { size, epochs in
    // One batch at a time, in order to see each step.
    var order = SeededGenerator(seed: 8)
    var parameters: [Matrix] = [[[0], [-0.2]]]
    var places = [parameters[0]]
    for _ in 0..<epochs {
      let batches = lesson.miniBatches(X: X, Y: X, size: size, using: &order)
      for batch in batches {
        parameters =
          lesson.epoch(
            X: batch.X, Y: batch.Y, from: parameters, order: Array(0..<batch.X.columns), batchSize: size, rate: 0.2,
            gradient: gradient
          ).parameters
        places.append(parameters[0])
      }
    }
    let steps = places.count - 1
    return Chart(
      title: "size \(size): \(steps) steps, \(epochs) epoch\(epochs == 1 ? "" : "s")", x: Axis("θ₁", range: -0.6...3),
      y: Axis("θ₂", range: -0.6...2),
      marks: [
        .contour(grid, levels: [0.05, 0.2, 0.6, 1.4, 2.6], ink: .muted),
        .path(
          places.map { $0[0, 0] }, places.map { $0[1, 0] }, ink: size == 30 ? .blue : size == 1 ? .vermilion : .green),
        .points([middle[0, 0]], [middle[1, 0]], ink: .text, marker: .plus),
      ])
  }
  return Figure(
    title: "Batch, mini-batch and stochastic descent",
    description:
      "Three panels with the same elliptic contours. With all 30 examples in a batch the path is a smooth curve of 12 steps that comes near the centre, and needs 12 epochs. With 5 in a batch the 12 steps of 2 epochs go much the same way, with kinks. With single examples the 30 steps of one epoch come near the centre early and then wander about it.",
    width: 720, height: 330, columns: 3, panels: panels.map { .chart($0) })
}

// MARK: - Moving means

private func averageFigure(_ lesson: any OptimizationLesson) -> Figure {
  var generator = SeededGenerator(seed: 2)
  let g = (0..<80).map { 1 + 0.8 * (($0 / 20) % 2 == 0 ? 1 : -1) + 0.5 * generator.normal() }
  func means(_ beta: Double) -> [Double] {
    var state = OptimizerState(for: [[[0]]])
    return g.map { g in
      state = lesson.momentum([[[0]]], gradients: [[[g]]], state: state, rate: 0.1, beta: beta).state
      return state.v[0][0, 0]
    }
  }
  return Figure(
    title: "v, a mean that forgets",
    description:
      "Noisy points that jump between about 1.8 and 0.2 every 20 steps. Two lines through them, both from 0: with β = 0.5 it follows each jump within a few steps and shakes with the noise; with β = 0.9 it is smooth, and takes some twenty steps to follow a jump.",
    height: 360,
    Chart(
      x: "step", y: "g and v", .points(g.indices.map(Double.init), g, label: "g", ink: .muted),
      .line(means(0.5), label: "v, β = 0.5", ink: .amber), .line(means(0.9), label: "v, β = 0.9", ink: .vermilion)))
}

private func firstStepsFigure(_ lesson: any OptimizationLesson) -> Figure {
  var parameters: [Matrix] = [[[0]]]
  var state = OptimizerState(for: parameters)
  var corrected: [Double] = []
  var plain: [Double] = []
  for _ in 0..<200 {
    let step = lesson.adam(
      parameters, gradients: [[[1]]], state: state, rate: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
    corrected.append(parameters[0][0, 0] - step.parameters[0][0, 0])
    plain.append(step.state.v[0][0, 0] / step.state.s[0][0, 0].squareRoot())
    (parameters, state) = (step.parameters, step.state)
  }
  let t = (1...200).map(Double.init)
  return Figure(
    title: "Adam's first steps when every gradient is 1",
    description:
      "Over 200 steps, the length of each step in units of α. With the bias correction it is 1 throughout. Without it, it begins at 3.2, rises to 6.6 within some ten steps, and is still above 2 at step 200.",
    height: 360,
    Chart(
      x: "step t", y: Axis("step / α", range: 0...7.5), .line(t, plain, label: "without correction", ink: .vermilion),
      .line(t, corrected, label: "Adam", ink: .purple)))
}

// MARK: - Digits

private let batchSizes = [1, 16, 64, 256, 1437]

/// Handwritten digits, and the training of lesson 9's network on them.
private struct Digits {
  let train, test: Dataset
  let Y: Matrix

  init() throws {
    var generator = SeededGenerator(seed: 11)
    (train, test) = try Dataset.digits().shuffled(using: &generator).split(testCount: 360)
    let labels = train.Y
    Y = Matrix(stacking: (0..<10).map { labels .== Double($0) })
  }

  private func layers(_ parameters: [Matrix]) -> [Layer] {
    stride(from: 0, to: parameters.count, by: 2).map { Layer(W: parameters[$0], b: parameters[$0 + 1]) }
  }

  /// J on all training digits.
  func cost(_ deep: any DeepNetworkLesson, _ parameters: [Matrix]) -> Double {
    deep.cost(
      A: deep.forward(X: train.X, layers: layers(parameters), hidden: .relu, head: .softmax).A, Y: Y, head: .softmax)
  }

  func accuracy(_ deep: any DeepNetworkLesson, _ parameters: [Matrix]) -> Double {
    let predicted = deep.predict(X: test.X, layers: layers(parameters), hidden: .relu, head: .softmax)
    return (Matrix(row: predicted.map(Double.init)) .== test.Y).mean()
  }

  /// The parameters after some epochs; J on all training digits, and the share of test digits that are right, before the first
  /// epoch and after each.
  func train(
    _ lesson: any OptimizationLesson, _ deep: any DeepNetworkLesson, _ method: Method, batchSize: Int, epochs: Int,
    seed: Int
  ) -> (parameters: [Matrix], costs: [Double], accuracies: [Double]) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var parameters = deep.initialLayers(sizes: [64, 32, 10], using: &generator).flatMap { [$0.W, $0.b] }
    var state = OptimizerState(for: parameters)
    var costs = [cost(deep, parameters)]
    var accuracies = [accuracy(deep, parameters)]
    let gradient: @Sendable (Matrix, Matrix, [Matrix]) -> Evaluation = { X, Y, parameters in
      let layers = stride(from: 0, to: parameters.count, by: 2).map { Layer(W: parameters[$0], b: parameters[$0 + 1]) }
      let forward = deep.forward(X: X, layers: layers, hidden: .relu, head: .softmax)
      return Evaluation(
        cost: deep.cost(A: forward.A, Y: Y, head: .softmax),
        gradients: deep.backward(Y: Y, forward: forward).flatMap { [$0.dW, $0.db] })
    }
    for _ in 0..<epochs {
      if case .descent(let rate) = method {
        let order = generator.permutation(of: train.exampleCount)
        parameters =
          lesson.epoch(
            X: train.X, Y: Y, from: parameters, order: order, batchSize: batchSize, rate: rate, gradient: gradient
          ).parameters
      } else {
        for batch in lesson.miniBatches(X: train.X, Y: Y, size: batchSize, using: &generator) {
          let g = gradient(batch.X, batch.Y, parameters).gradients
          let step = method.step(lesson, parameters, gradients: g, state: state)
          (parameters, state) = (step.parameters, step.state)
        }
      }
      costs.append(cost(deep, parameters))
      accuracies.append(accuracy(deep, parameters))
    }
    return (parameters, costs, accuracies)
  }
}

private func batchesFigure(
  _ lesson: any OptimizationLesson, _ deep: any DeepNetworkLesson, _ digits: Digits
) -> Figure {
  let inks: [Ink] = [.vermilion, .amber, .green, .purple, .blue]
  let marks = zip(batchSizes, inks).map { size, ink in
    let costs = digits.train(lesson, deep, .descent(0.1), batchSize: size, epochs: 6, seed: 1).costs
    return Mark.line(
      costs.indices.map { Double($0 * digits.train.exampleCount) }, costs, label: "size \(size)", ink: ink, dots: true)
  }
  return Figure(
    title: "Loss against examples seen, by batch size",
    description:
      "Five curves of the training loss on the digits, on a logarithmic axis, against the number of examples seen, all from about 2.5 and all with the learning rate 0.1. The smaller the batch, the faster the loss falls at first: with 1437 in a batch it hardly moves, with 256 and 64 it falls slowly, with 16 fast. With single examples it falls fastest, but jumps up once in the third epoch.",
    height: 420,
    Chart(x: "examples seen", y: Axis("J on all training digits (nats)", scale: .logarithmic), marks: marks))
}

private func methodsFigure(
  _ lesson: any OptimizationLesson, _ deep: any DeepNetworkLesson, _ digits: Digits
) -> Figure {
  let marks = Method.onDigits.map { method in
    Mark.line(
      digits.train(lesson, deep, method, batchSize: 64, epochs: 10, seed: 1).costs, label: method.text,
      ink: method.ink, dots: true)
  }
  return Figure(
    title: "Loss against epochs, by method",
    description:
      "Four curves of the training loss on the digits over 10 epochs, on a logarithmic axis, all from about 2.5. Adam falls fastest in the first epochs; Adam and momentum then cross each other several times, jumping up now and then, and end near 0.035. RMSprop ends at 0.05; gradient descent stays highest and ends at 0.11.",
    height: 420, Chart(x: "epoch", y: Axis("J on all training digits (nats)", scale: .logarithmic), marks: marks))
}

// MARK: - Schedules

/// How far stochastic descent on ½(θ − x)² is from the mean of 40 numbers x, from the start on and after each of 30 epochs.
private func distances(
  _ lesson: any OptimizationLesson, seed: UInt64, _ rate: (_ epoch: Int) -> Double
) -> [Double] {
  var generator = SeededGenerator(seed: 5)
  let X = generator.normal(rows: 1, columns: 40)
  let mean = X.mean()
  let gradient: @Sendable (Matrix, Matrix, [Matrix]) -> Evaluation = { X, _, parameters in
    Evaluation(cost: 0.5 * pow(parameters[0] - X, 2).mean(), gradients: [(parameters[0] - X).rowMeans()])
  }
  var orders = SeededGenerator(seed: seed)
  var parameters: [Matrix] = [[[4]]]
  return [4 - mean]
    + (1...30).map { epoch in
      parameters =
        lesson.epoch(
          X: X, Y: X, from: parameters, order: orders.permutation(of: 40), batchSize: 1, rate: rate(epoch),
          gradient: gradient
        ).parameters
      return abs(parameters[0][0, 0] - mean)
    }
}

private func decayFigure(_ lesson: any OptimizationLesson) -> Figure {
  let schedules: [(name: String, schedule: DecaySchedule, ink: Ink)] = [
    ("1/(1 + 0.2e)", .inverse(decay: 0.2), .blue), ("0.9ᵉ", .exponential(base: 0.9), .vermilion),
    ("0.8/√e", .inverseSquareRoot(k: 0.8), .green),
  ]
  let epochs = Array(1...30)
  let rates = schedules.map { entry in
    Mark.line(
      epochs.map(Double.init), epochs.map { lesson.decayedRate(1, epoch: $0, schedule: entry.schedule) },
      label: entry.name, ink: entry.ink)
  }
  return Figure(
    title: "A learning rate that falls",
    description:
      "Left, three curves that fall from near 1 over 30 epochs: 1 over 1 plus 0.2 e, 0.9 to the power e, and 0.8 over the root of e. Right, on a logarithmic axis, how far stochastic descent is from the minimum: with a constant rate it jumps about between 0.01 and 0.7 to the end; with a falling rate it calms down, and ends at 0.006.",
    width: 720, height: 360,
    Chart(title: "α/α₀", x: "epoch e", y: Axis("", range: 0...1), marks: rates),
    Chart(
      title: "distance from the minimum", x: "epoch", y: Axis("", scale: .logarithmic),
      .line(distances(lesson, seed: 6) { _ in 0.2 }, label: "α = 0.2", ink: .muted),
      .line(
        distances(lesson, seed: 6) { lesson.decayedRate(0.2, epoch: $0, schedule: .exponential(base: 0.85)) },
        label: "α = 0.2 · 0.85ᵉ",
        ink: .vermilion)))
}

// MARK: - Newton

/// The gradients' norms before each step, by Newton and by gradient descent with α = 1, on breast cancer with λ = 1.
private func cancerCurves(_ lesson: any OptimizationLesson) throws -> (newton: [Double], descent: [Double]) {
  let data = try Dataset.breastCancer()
  let scaled = data.standardized(like: data)
  let start = LogisticParameters(w: Matrix(rows: scaled.featureCount, columns: 1), b: 0)
  func norms(_ steps: Int, _ next: (LogisticParameters, NewtonStep) -> LogisticParameters) -> [Double] {
    var parameters = start
    return (0...steps).map { _ in
      let step = lesson.newtonStep(X: scaled.X, Y: scaled.Y, at: parameters, lambda: 1)
      parameters = next(parameters, step)
      return step.gradient.norm()
    }
  }
  let newton = norms(9) { $1.parameters }
  let descent = norms(500) { parameters, step in
    let n = scaled.featureCount
    return LogisticParameters(w: parameters.w - step.gradient.rows(0..<n), b: parameters.b - step.gradient[n, 0])
  }
  return (newton, descent)
}

/// log cosh θ, the parabola that touches it at the start as closely as one can, and where its bottom is.
private func parabolaFigure() -> Figure {
  func panel(_ start: Double) -> Chart {
    let f = { (theta: Double) in log(cosh(theta)) }
    let slope = tanh(start)
    let curvature = 1 - slope * slope
    let parabola = { (theta: Double) in
      f(start) + slope * (theta - start) + 0.5 * curvature * (theta - start) * (theta - start)
    }
    let end = start - slope / curvature
    return Chart(
      title: "from \(formatted(start)) to \(formatted(end, digits: 2))", x: Axis("θ", range: -2.2...2.2),
      y: Axis("", range: -1.2...1.8), .function("J", over: -2.2...2.2, ink: .blue, f),
      .function("parabola", over: -2.2...2.2, ink: .muted, dashed: true, parabola),
      .segments(from: [(end, parabola(end))], to: [(end, f(end))]),
      .points([start], [f(start)], ink: .blue), .points([end], [parabola(end)], ink: .muted),
      .points([end], [f(end)], ink: .vermilion, marker: .diamond))
  }
  return Figure(
    title: "Newton: to the bottom of a parabola",
    description:
      "Two panels with the same valley J = log cosh θ, whose lowest point is at 0, and a dashed parabola that touches it at the start with the same slope and curvature. From 0.8 the parabola's bottom is at −0.39: nearer to 0. From 1.2, where J is nearly straight, the parabola is flat and its bottom is at −1.5: farther away than the start.",
    width: 720, height: 340, panel(0.8), panel(1.2))
}

private func newtonFigure(_ lesson: any OptimizationLesson) throws -> Figure {
  let curves = try cancerCurves(lesson)
  return Figure(
    title: "Breast cancer: ten steps of Newton, 500 of gradient descent",
    description:
      "On logarithmic axes, the norm of the gradient before each step, both from 1.4. Newton's falls slowly for the first five steps, then faster and faster: it is below 10⁻⁶ at the ninth and 10⁻¹² at the tenth. That of gradient descent falls along a gentle slope, and is 10⁻³ after 500 steps.",
    height: 400,
    Chart(
      x: Axis("step", scale: .logarithmic), y: Axis("‖g‖", scale: .logarithmic),
      .line((1...curves.newton.count).map(Double.init), curves.newton, label: "Newton", ink: .vermilion, dots: true),
      .line((1...curves.descent.count).map(Double.init), curves.descent, label: "gradient descent", ink: .blue)))
}
