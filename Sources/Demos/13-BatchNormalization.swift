import Curriculum
import Datasets
import Plots

/// Lesson 13: what batch norm does to scores, how it speeds a deep network up, test time, and the noise of batches.
public let batchNormalizationDemo = Demo(
  .batchNormalization, with: .deepNetwork, as: (any DeepNetworkLesson).self,
  run: { (lesson: any BatchNormalizationLesson, deep, out) in
    let data = try digits(seed: 1)
    out("Digits, 300 of them at once. Five hidden layers of 20 ReLU units, then softmax over 10 classes.")
    out()
    out("Scores that ReLU gets in the third hidden layer after 40 steps, α = 0.1: eight of the 20 units.")
    out()
    let (plain, normed) = scores(lesson, deep, data.train)
    out.histogram("scores of layer 3 after 40 steps/without", plain, step: 40)
    out.histogram("scores of layer 3 after 40 steps/batch norm", normed, step: 40)
    out(
      terminalTable(
        ["unit"] + (1...8).map { "\($0)" },
        [("without", plain), ("batch norm", normed)].flatMap { name, Z in
          let statistics = lesson.statistics(Z)
          return [
            ["\(name), mean"] + (0..<8).map { hundredths(statistics.mean[$0, 0]) },
            ["\(name), deviation"] + (0..<8).map { hundredths(statistics.variance[$0, 0].squareRoot()) },
          ]
        }))
    out("Steps until the training cost is below \(formatted(goal)). Ten starts: the median, the least and the most;")
    out("“–” is: not in \(limit) steps.")
    out()
    out(
      try terminalTable(
        ["α", "without", "with batch norm"],
        [0.1, 0.2, 0.3, 1, 3].map { rate in
          var steps: [[Int?]] = [[], []]
          for seed in seeds {
            let data = try digits(seed: seed).train
            for k in 0..<2 {
              let costs = train(lesson, deep, data, seed: seed, isNormed: k == 1, rate: rate, steps: limit)
              if seed == seeds[0] {
                out.curve(
                  "cost until below \(formatted(goal)), α = \(formatted(rate))/\(["without", "batch norm"][k])",
                  costs.filter(\.isFinite))
              }
              steps[k].append(stepsToGoal(costs))
            }
          }
          return [formatted(rate)] + steps.map(summary)
        }))
    out("With batch norm a larger learning rate works, and that is most of the gain.")
    out()
    try testTime(lesson, deep, out)
    out()
    out("How far the mean of a batch scatters: a first-layer unit's scores of all 1797 digits, cut into batches.")
    out()
    let Z = try firstScores(deep).row(0)
    out(
      terminalTable(
        ["size", "batches", "measured", "σ/√size"],
        [4, 16, 64].map { size in
          let noise = lesson.noise(of: Z, batchSize: size)
          return [
            "\(size)", "\(Z.columns / size)", formatted(noise.measured[0, 0]), formatted(noise.predicted[0, 0]),
          ]
        }))
    for (name, figure) in try figures(lesson, deep) { out.figure(name, figure) }
  },
  figures: { lesson, deep in try figures(lesson, deep).map { ChapterFigure($0.name, $0.figure) } })

private func figures(
  _ lesson: any BatchNormalizationLesson, _ deep: any DeepNetworkLesson
) throws -> [(name: String, figure: Figure)] {
  [
    ("stages", try stagesFigure(lesson, deep)), ("graph", graphFigure()), ("scores", try scoresFigure(lesson, deep)),
    ("curves", try curvesFigure(lesson, deep)), ("noise", try noiseFigure(lesson, deep)),
  ]
}

private func hundredths(_ x: Double) -> String { formatted((100 * x).rounded() / 100) }

/// The median, the least and the greatest of the steps; those that never came come last.
private func summary(_ steps: [Int?]) -> String {
  let sorted = steps.map { $0.map(Double.init) ?? .infinity }.sorted()
  func text(_ steps: Double) -> String { steps == .infinity ? "–" : formatted(steps) }
  return "\(text(median(sorted))) (\(text(sorted[0])) to \(text(sorted[sorted.count - 1])))"
}

// MARK: - Data

private typealias Examples = (X: Matrix, Y: Matrix)

/// 300 digits to train on, 300 others, pixels 0 … 1, shuffled.
private func digits(seed: UInt64) throws -> (train: Examples, test: Examples) {
  var generator = SeededGenerator(seed: seed)
  let all = try Dataset.digits().shuffled(using: &generator)
  func examples(_ range: Range<Int>) -> Examples {
    let X = all.X.columns(range)
    var Y = Matrix(rows: 10, columns: range.count)
    for (i, label) in all.labels[range].enumerated() { Y[label, i] = 1 }
    return (X, Y)
  }
  return (examples(0..<300), examples(300..<600))
}

// MARK: - A deep network

/// The cost to come below, the most steps to try, and the starts to try it from.
private let goal = 0.1
private let limit = 300
private let seeds: [UInt64] = Array(1...10)
private let epsilon = 1e-5

/// A deep ReLU network with a softmax head, made of lesson 9's functions; with batch norm, of lesson 13's, between the
/// linear part and ReLU of each hidden layer.
private struct Network {
  let lesson: any BatchNormalizationLesson
  let deep: any DeepNetworkLesson
  let isNormed: Bool
  var layers: [Layer]
  /// γ and β of each hidden layer, and its running statistics.
  var scales: [ScaleShift]
  var running: [BatchStatistics]

  /// What a hidden layer's forward pass keeps.
  private struct Hidden {
    var linear: LinearCache, norm: BatchNormCache?, activation: LayerCache
  }

  init(_ lesson: any BatchNormalizationLesson, _ deep: any DeepNetworkLesson, isNormed: Bool, seed: UInt64) {
    self.lesson = lesson
    self.deep = deep
    self.isNormed = isNormed
    var generator = SeededGenerator(seed: seed)
    let sizes = [64, 20, 20, 20, 20, 20, 10]
    layers = deep.initialLayers(sizes: sizes, using: &generator)
    scales = sizes[1..<sizes.count - 1].map {
      ScaleShift(gamma: Matrix(rows: $0, columns: 1, repeating: 1), beta: Matrix(rows: $0, columns: 1))
    }
    running = scales.map { BatchStatistics(mean: $0.beta, variance: $0.gamma) }
  }

  /// One step of gradient descent on all examples; J before it, and what ReLU of each hidden layer was given.
  mutating func step(_ data: Examples, rate: Double) -> (cost: Double, scores: [Matrix]) {
    let m = Double(data.X.columns)
    var A = data.X
    var caches: [Hidden] = []
    for l in scales.indices {
      let linear = deep.linearForward(APrev: A, layer: layers[l])
      var Z = linear.Z
      var cache: BatchNormCache?
      if isNormed {
        let norm = lesson.forward(Z: Z, gamma: scales[l].gamma, beta: scales[l].beta, epsilon: epsilon)
        running[l] = atTestTime(Z, layer: l, after: [Z]).running
        Z = norm.Ztilde
        cache = norm.cache
      }
      let activation = activated(Z)
      caches.append(Hidden(linear: linear.cache, norm: cache, activation: activation.cache))
      A = activation.A
    }
    let last = scales.count
    let output = deep.layerForward(APrev: A, layer: layers[last], activation: .softmax)
    let cost = deep.cost(A: output.A, Y: data.Y, head: .softmax)

    let top = deep.linearBackward(dZ: output.A - data.Y, cache: output.cache.linear)
    var dA = top.dAPrev
    layers[last].W -= rate * top.dW
    layers[last].b -= rate * top.db
    for l in scales.indices.reversed() {
      var dZ = deep.activationBackward(dA: dA, cache: caches[l].activation)
      if let cache = caches[l].norm {
        let g = lesson.backward(dZtilde: dZ, cache: cache)
        scales[l].gamma -= (rate / m) * g.dgamma
        scales[l].beta -= (rate / m) * g.dbeta
        dZ = g.dZ
      }
      let below = deep.linearBackward(dZ: dZ, cache: caches[l].linear)
      dA = below.dAPrev
      layers[l].W -= rate * below.dW
      if !isNormed { layers[l].b -= rate * below.db }
    }
    return (cost, caches.map(\.activation.Z))
  }

  /// The softmax of each column, by the running statistics or by those of `X` itself.
  func answer(_ X: Matrix, byRunning: Bool) -> Matrix {
    var A = X
    for l in scales.indices {
      let Z = deep.linearForward(APrev: A, layer: layers[l]).Z
      let scale = scales[l]
      A =
        activated(
          byRunning
            ? atTestTime(Z, layer: l, after: []).Ztilde
            : lesson.forward(Z: Z, gamma: scale.gamma, beta: scale.beta, epsilon: epsilon).Ztilde
        ).A
    }
    return deep.layerForward(APrev: A, layer: layers[scales.count], activation: .softmax).A
  }

  private func atTestTime(_ Z: Matrix, layer l: Int, after batches: [Matrix]) -> TestForward {
    lesson.testForward(
      Z: Z, after: batches, from: running[l], momentum: 0.9, gamma: scales[l].gamma, beta: scales[l].beta,
      epsilon: epsilon)
  }

  /// ReLU of Z with its cache: a layer whose linear part changes nothing.
  private func activated(_ Z: Matrix) -> LayerForward {
    let n = Z.rows
    return deep.layerForward(
      APrev: Z, layer: Layer(W: .identity(n), b: Matrix(rows: n, columns: 1)), activation: .relu)
  }
}

/// J before each step, until it is below the goal or no number any more.
private func train(
  _ lesson: any BatchNormalizationLesson, _ deep: any DeepNetworkLesson, _ data: Examples, seed: UInt64, isNormed: Bool,
  rate: Double, steps: Int, beyondGoal: Bool = false
) -> [Double] {
  var network = Network(lesson, deep, isNormed: isNormed, seed: seed)
  var costs: [Double] = []
  while costs.count < steps {
    costs.append(network.step(data, rate: rate).cost)
    if !costs[costs.count - 1].isFinite || !beyondGoal && costs[costs.count - 1] < goal { break }
  }
  return costs
}

/// The number of steps after which J is below the goal, or nil.
private func stepsToGoal(_ costs: [Double]) -> Int? { costs.firstIndex { $0 < goal } }

/// What ReLU of the third hidden layer is given after 40 steps, without and with batch norm.
private func scores(
  _ lesson: any BatchNormalizationLesson, _ deep: any DeepNetworkLesson, _ data: Examples
) -> (plain: Matrix, normed: Matrix) {
  func scores(_ isNormed: Bool) -> Matrix {
    var network = Network(lesson, deep, isNormed: isNormed, seed: 1)
    for _ in 0..<40 { _ = network.step(data, rate: 0.1) }
    return network.step(data, rate: 0).scores[2]
  }
  return (scores(false), scores(true))
}

// MARK: - Test time

private func testTime(
  _ lesson: any BatchNormalizationLesson, _ deep: any DeepNetworkLesson, _ out: DemoOutput
) throws {
  out("Test time: 60 epochs in batches of 30, α = 0.3, ρ = 0.9; then 300 digits that it has not seen, in ten starts.")
  out()
  var accuracies: [[Double]] = [[], [], []]
  for seed in seeds {
    let (train, test) = try digits(seed: seed)
    var network = Network(lesson, deep, isNormed: true, seed: seed)
    let truth = test.Y.columnArgmax()
    func share(_ A: Matrix) -> Double {
      Double(zip(A.columnArgmax(), truth).filter { $0 == $1 }.count) / Double(truth.count)
    }
    for epoch in 1...60 {
      var cost = 0.0
      for start in stride(from: 0, to: 300, by: 30) {
        let batch = start..<start + 30
        cost += network.step((train.X.columns(batch), train.Y.columns(batch)), rate: 0.3).cost / 10
      }
      guard seed == seeds[0] else { continue }
      let A = network.answer(test.X, byRunning: true)
      out.scalar("batches of 30/cost", cost, step: epoch)
      out.scalar("batches of 30/test cost", deep.cost(A: A, Y: test.Y, head: .softmax), step: epoch)
      out.scalar("batches of 30/test accuracy", share(A), step: epoch)
      if epoch % 10 == 0 {
        out.histogram("batches of 30/W3", network.layers[2].W, step: epoch)
        out.histogram("batches of 30/γ3", network.scales[2].gamma, step: epoch)
      }
    }
    let alone = (0..<test.X.columns).map { network.answer(test.X.column($0), byRunning: false) }
    accuracies[0].append(share(network.answer(test.X, byRunning: true)))
    accuracies[1].append(share(network.answer(test.X, byRunning: false)))
    accuracies[2].append(share(Matrix(columns: alone)))
  }
  let names = ["running statistics", "the 300 test digits' own statistics", "each digit's own statistics, one by one"]
  out(
    terminalTable(
      ["Ẑ is made with", "median", "least", "most"],
      zip(names, accuracies.map { $0.sorted() }).map { name, a in
        [name, percent((a[4] + a[5]) / 2), percent(a[0]), percent(a[9])]
      }))
  out("Alone in its batch, a digit is its own mean: every score is 0, whatever the picture shows.")
}

// MARK: - Figures

/// The first layer's scores of all digits, shuffled, before any training: (20, 1797).
private func firstScores(_ deep: any DeepNetworkLesson) throws -> Matrix {
  var generator = SeededGenerator(seed: 13)
  let X = try Dataset.digits().shuffled(using: &generator).X
  let layers = deep.initialLayers(sizes: [64, 20, 10], using: &generator)
  return deep.linearForward(APrev: X, layer: layers[0]).Z
}

private func stagesFigure(_ lesson: any BatchNormalizationLesson, _ deep: any DeepNetworkLesson) throws -> Figure {
  let all = try firstScores(deep)
  let means = all.rowMeans().elements
  // The units whose means are the least and the greatest.
  let order = means.indices.sorted { means[$0] < means[$1] }
  let Z = all.rows(at: [order[0], order[order.count - 1]])
  let norm = lesson.forward(Z: Z, gamma: [[0.5], [1.5]], beta: [[-1], [2]], epsilon: epsilon)
  func chart(_ title: String, _ label: String, _ V: Matrix) -> Figure.Panel {
    .chart(
      Chart(
        title: title, x: Axis(label, range: -5...7, ticks: .values([-4, -2, 0, 2, 4, 6])),
        y: Axis("", range: 0...1.3, ticks: .none),
        marks: [.vertical(0, ink: .faint)]
          + [Ink.blue, .vermilion].enumerated().map { k, ink in
            .histogram(V.row(k).elements, bins: 40, range: -5...7, density: true, ink: ink)
          }))
  }
  return Figure(
    title: "Two units' scores on their way through batch norm",
    description:
      "Three histograms of the scores of two units over 1797 digits. Left, Z: two humps at different places, of different widths. Middle, Z-hat: both humps lie over each other, around 0. Right, Z-tilde: one hump narrow around −1, the other wide around 2.",
    width: 720, columns: 3,
    panels: [
      chart("as they come", "z", Z), chart("normalised", "ẑ", norm.cache.Zhat),
      chart("scaled, shifted", "z̃", norm.Ztilde),
    ])
}

private func graphFigure() -> Figure {
  Figure(
    title: "One feature of batch norm as a graph",
    description:
      "A computation graph from left to right. z goes to a node mean and, directly, to a minus node, whose result c is z less the mean. c goes to a division and also, below, through the mean of squares, to the root of sigma squared plus epsilon, s, which is what the division divides by. Its result z-hat is multiplied by gamma, then beta is added: z-tilde. Under each arrow stands the gradient that comes back along it.",
    width: 720, height: 230,
    Diagram(
      .node("z", at: (0, 60), shape: .box), .node("mean", at: (80, 150), shape: .box, ink: .green),
      .node("−", at: (160, 60)),
      .node("mean of c²", at: (250, 150), shape: .box, ink: .purple),
      .node("√(·+ε)", at: (370, 150), shape: .box, ink: .purple),
      .node("÷", at: (430, 60)), .node("γ", at: (520, 150), shape: .box), .node("×", at: (520, 60)),
      .node("β", at: (610, 150), shape: .box), .node("+", at: (610, 60)), .node("z̃", at: (690, 60), shape: .box),
      .edge("z", "−", above: "z", below: "dc", ink: .blue),
      .edge("z", "mean", ink: .green), .edge("mean", "−", below: "μ, dμ", ink: .green),
      .edge("−", "÷", above: "c = z − μ", below: "dẑ/s", ink: .blue),
      .edge("−", "mean of c²", ink: .purple), .edge("mean of c²", "√(·+ε)", above: "σ²", below: "dσ²", ink: .purple),
      .edge("√(·+ε)", "÷", below: "s, ds", ink: .purple),
      .edge("÷", "×", above: "ẑ", below: "dẑ"), .edge("γ", "×", below: "dγ"), .edge("×", "+", above: "γẑ", below: "dz̃"),
      .edge("β", "+", below: "dβ"), .edge("+", "z̃", below: "dz̃")))
}

private func scoresFigure(_ lesson: any BatchNormalizationLesson, _ deep: any DeepNetworkLesson) throws -> Figure {
  let (plain, normed) = scores(lesson, deep, try digits(seed: 1).train)
  func chart(_ title: String, _ Z: Matrix) -> Figure.Panel {
    let rows = (0..<Z.rows).map { Z.row($0).elements.sorted() }
    let units = rows.indices.map { Double($0 + 1) }
    func quantile(_ q: Double) -> [Double] { rows.map { $0[Int(q * Double($0.count - 1))] } }
    return .chart(
      Chart(
        title: title, x: Axis("unit", range: 0...21, ticks: .values([1, 5, 10, 15, 20])),
        y: Axis("score that ReLU gets", range: -3...3, ticks: .values([-2, 0, 2])),
        marks: [
          .horizontal(0, ink: .muted), .intervals(units, low: quantile(0.1), high: quantile(0.9), ink: .blue),
          .points(units, quantile(0.5), ink: .vermilion),
        ]))
  }
  return Figure(
    title: "The third hidden layer after 40 steps",
    description:
      "Left, without batch norm: the strokes of the 20 units lie at different heights; several lie wholly below 0. Right, with batch norm: all 20 strokes are about equally long, and centred near 0.",
    width: 720, columns: 2, panels: [chart("without batch norm", plain), chart("with batch norm", normed)])
}

private func curvesFigure(_ lesson: any BatchNormalizationLesson, _ deep: any DeepNetworkLesson) throws -> Figure {
  func marks(_ isNormed: Bool, _ rate: Double, _ label: String, _ ink: Ink, steps: Int) throws -> [Mark] {
    try seeds.map { seed in
      let costs = try train(
        lesson, deep, digits(seed: seed).train, seed: seed, isNormed: isNormed, rate: rate, steps: steps,
        beyondGoal: true)
      return .line(costs, label: seed == seeds[0] ? label : nil, ink: ink)
    }
  }
  return try Figure(
    title: "Training cost, ten starts each",
    description:
      "Cost against steps on a logarithmic axis, from about 2.3 down. Ten curves with batch norm at rate 1 come below 0.1 within 22 steps. Ten curves with batch norm at rate 0.1 and ten without it at the same rate need between 126 and 263 steps; those without fall later, with jumps.",
    Chart(
      x: Axis("step", range: 0...240), y: Axis("J (nats)", range: 0.01...5, scale: .logarithmic),
      marks: [.horizontal(goal, ink: .muted)] + marks(false, 0.1, "without, α = 0.1", .vermilion, steps: 241)
        + marks(true, 0.1, "with, α = 0.1", .green, steps: 241) + marks(true, 1, "with, α = 1", .blue, steps: 50)))
}

private func noiseFigure(_ lesson: any BatchNormalizationLesson, _ deep: any DeepNetworkLesson) throws -> Figure {
  let Z = try firstScores(deep).row(0)
  let center = lesson.statistics(Z).mean[0, 0]
  let panels = [4, 16, 64].map { size in
    let means = (0..<Z.columns / size).map { k in
      lesson.statistics(Z.columns(k * size..<(k + 1) * size)).mean[0, 0] - center
    }
    let predicted = lesson.noise(of: Z, batchSize: size).predicted[0, 0]
    return Figure.Panel.chart(
      Chart(
        title: "batches of \(size)",
        x: Axis("batch mean − μ", range: -0.75...0.75, ticks: .values([-0.5, 0, 0.5])),
        y: Axis("", ticks: .none),
        marks: [
          .histogram(means, bins: 45, range: -0.75...0.75, density: true, ink: .blue),
          .vertical(-predicted, ink: .vermilion), .vertical(predicted, ink: .vermilion),
        ]))
  }
  return Figure(
    title: "Where the means of batches lie",
    description:
      "Three histograms of batch means around the mean of all scores. With 4 examples in a batch they are wide; with 16 half as wide; with 64 a quarter. Dashed lines mark plus and minus sigma over the root of the size.",
    width: 720, columns: 3, panels: panels)
}
