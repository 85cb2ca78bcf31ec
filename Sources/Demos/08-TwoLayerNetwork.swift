import Curriculum
import Datasets
import Plots

/// Lesson 8: the flower with 1, 2, 4 and 20 hidden units, moons and circles, and XOR from small and from larger weights.
public let twoLayerNetworkDemo = Demo<any TwoLayerNetworkLesson>(
  .twoLayerNetwork,
  run: { lesson, out in
    flower(lesson, out)
    out()
    moonsAndCircles(lesson, out)
    out()
    xor(lesson, out)
    for (name, figure) in figures(lesson) { out.figure(name, figure) }
  },
  figures: { lesson in figures(lesson).map { ChapterFigure($0.name, $0.figure) } })

private func figures(_ lesson: any TwoLayerNetworkLesson) -> [(name: String, figure: Figure)] {
  [
    ("network", networkFigure()), ("shapes", shapesFigure()), ("backward", backwardFigure(lesson)),
    ("paths", pathsFigure()), ("flower", flowerFigure(lesson)), ("units", unitsFigure(lesson)),
    ("sets", setsFigure(lesson)), ("plateau", plateauFigure(lesson)),
  ]
}

// MARK: - Trainings

private let rate = 1.2

/// A data set and a network trained on it.
private struct Fit {
  var data: Dataset, training: TwoLayerTraining
  var parameters: TwoLayerParameters { training.parameters }

  /// - Parameter scale: what the small weights of 8.1 are multiplied by before the first step.
  init(
    _ lesson: any TwoLayerNetworkLesson, _ data: Dataset, hidden p: Int, steps: Int, seed: UInt64, scale: Double = 1
  ) {
    self.data = data
    var generator = SeededGenerator(seed: seed)
    var start = lesson.initialParameters(X: data.X, Y: data.Y, hidden: p, using: &generator)
    start.W1 *= scale
    start.W2 *= scale
    training = lesson.train(X: data.X, Y: data.Y, from: start, rate: rate, steps: steps)
  }

  /// The share of the examples whose class is right.
  func accuracy(_ lesson: any TwoLayerNetworkLesson) -> Double {
    let right = zip(lesson.predict(X: data.X, at: parameters), data.labels).filter { $0 == $1 }
    return Double(right.count) / Double(data.exampleCount)
  }

  /// a2 over a rectangle.
  func probabilities(
    _ lesson: any TwoLayerNetworkLesson, x: ClosedRange<Double>, y: ClosedRange<Double>, side: Int = 38
  ) -> Grid {
    let points = Grid.points(x: x, y: y, columns: side, rows: side)
    let A2 = lesson.forward(X: Matrix([points.map(\.x), points.map(\.y)]), at: parameters).A2
    return Grid(x: x, y: y, columns: side, rows: side, values: A2.elements)
  }
}

private func flowerData(seed: UInt64) -> Dataset {
  var generator = SeededGenerator(seed: seed)
  return .flower(using: &generator)
}

private func moonsData(seed: UInt64) -> Dataset {
  var generator = SeededGenerator(seed: seed)
  return .moons(using: &generator)
}

private func circlesData(seed: UInt64) -> Dataset {
  var generator = SeededGenerator(seed: seed)
  return .circles(using: &generator)
}

private let tenSeeds: ClosedRange<UInt64> = 1...10

// MARK: - The demo's parts

private func flower(_ lesson: any TwoLayerNetworkLesson, _ out: DemoOutput) {
  let steps = 5000
  let fit = Fit(lesson, flowerData(seed: 8), hidden: 4, steps: steps, seed: 8)
  out("The planar flower: \(fit.data).")
  out("A network 2 → 4 → 1, weights 0.01 times normal numbers, α = \(formatted(rate)), \(steps) steps.")
  out()
  out(
    terminalPlot(
      .line(fit.training.costs), title: "Cost J before each step", x: "step", y: "J (nats)", width: out.width,
      color: out.colors))
  out()
  let costs = fit.training.costs
  out.curve("flower/cost", costs)
  out.histogram("flower/W1", fit.parameters.W1, step: steps)
  out.histogram("flower/W2", fit.parameters.W2, step: steps)
  out("J is \(formatted(costs[0])) at first, log 2: every a2 is about ½. At last it is \(formatted(costs[steps - 1])).")
  out(
    "Right: \(percent(fit.accuracy(lesson))). Some points lie in petals of the other colour: no smooth border gets them."
  )
  out()
  out("Ten flowers, each with its own start, 3000 steps:")
  for p in [1, 2, 3, 4, 20] {
    let shares = tenSeeds.map { Fit(lesson, flowerData(seed: $0), hidden: p, steps: 3000, seed: $0).accuracy(lesson) }
    out("  \(padded(String(p), 2)) hidden unit\(p == 1 ? " " : "s")   right: \(spread(shares))")
  }
  out("  by the petal alone: \(spread(tenSeeds.map { petalRule(flowerData(seed: $0)) }))")
}

/// The share of points that are of their petal's class. Three lines through the centre part the petals, and those of class 0
/// are where x2(x2 − x1)(x2 + x1) > 0.
private func petalRule(_ flower: Dataset) -> Double {
  let (x1, x2) = (flower.X.row(0), flower.X.row(1))
  return ((x2 .* (x2 .* x2 - x1 .* x1) .< 0) .== flower.Y).mean()
}

private func moonsAndCircles(_ lesson: any TwoLayerNetworkLesson, _ out: DemoOutput) {
  out("Moons and circles, 200 points each, 3000 steps, ten data sets and starts:")
  for p in [1, 2, 4] {
    let moons = tenSeeds.map { Fit(lesson, moonsData(seed: $0), hidden: p, steps: 3000, seed: $0).accuracy(lesson) }
    let circles = tenSeeds.map { Fit(lesson, circlesData(seed: $0), hidden: p, steps: 3000, seed: $0).accuracy(lesson) }
    out("  \(p) hidden unit\(p == 1 ? " " : "s")   moons: \(spread(moons))")
    out("                   circles: \(spread(circles))")
  }
}

private func xor(_ lesson: any TwoLayerNetworkLesson, _ out: DemoOutput) {
  out("XOR's four points, 1000 steps, twenty starts: how many get all four right.")
  let scales = [1.0, 10, 50, 100]
  out("  standard deviation of the weights   " + scales.map { padded(formatted($0 / 100), 7) }.joined())
  for scale in scales {
    let costs = Fit(lesson, .xor, hidden: 4, steps: 1000, seed: 8, scale: scale).training.costs
    out.curve("XOR/cost, weights of \(formatted(scale / 100))", costs)
  }
  for p in [1, 2, 3, 4, 5] {
    let counts = scales.map { scale in
      (UInt64(1)...20).filter {
        Fit(lesson, .xor, hidden: p, steps: 1000, seed: $0, scale: scale).accuracy(lesson) == 1
      }.count
    }
    out(
      "  \(p) hidden unit\(p == 1 ? " " : "s")                      " + counts.map { padded(String($0), 7) }.joined())
  }
  out("From weights of 0.01 the cost hardly leaves log 2: see the chapter's plateau.")
}

// MARK: - Diagrams

private func networkFigure() -> Figure {
  Figure(
    title: "A network of two layers",
    description:
      "Two inputs, x₁ and x₂, in the first column. Each leads to each of three hidden units in the second column. All three lead to the one output unit on the right. Below: the input, layer 1 with tanh, layer 2 with sigma.",
    width: 480,
    Diagram.network(
      [2, 3, 1], names: ["input x", "layer 1: tanh", "layer 2: σ"],
      nodeLabels: [["x₁", "x₂"], ["a₁", "a₂", "a₃"], ["ŷ"]]))
}

private func shapesFigure() -> Figure {
  func line(_ title: String, _ terms: Diagram.Term...) -> Diagram { Diagram.shapes(terms).titled(title) }
  func matrix(_ name: String, _ rows: Int, _ columns: Int, _ rowLabel: String, _ columnLabel: String, _ ink: Ink)
    -> Diagram.Term
  { .matrix(name, rows, columns, rowLabel: rowLabel, columnLabel: columnLabel, ink: ink) }
  let times = Diagram.Term.symbol("·"), equals = Diagram.Term.symbol("="), plus = Diagram.Term.symbol("+")
  return Figure(
    title: "Forward and backward as boxes",
    description:
      "Four equations, matrices drawn as boxes. Forward: Z1 (p, m) is W1 (p, n) times X (n, m) plus the column b1; Z2 (1, m) is the row W2 (1, p) times A1 (p, m) plus b2. Backward: dA1 (p, m) is the column W2 transposed (p, 1) times the row dZ2 (1, m); dW1 (p, n) is dZ1 (p, m) times X transposed (m, n), divided by m.",
    width: 520, columns: 1,
    line(
      "layer 1 forward", matrix("Z1", 3, 5, "p", "m", .blue), equals, matrix("W1", 3, 2, "p", "n", .green), times,
      matrix("X", 2, 5, "n", "m", .blue), plus, matrix("b1", 3, 1, "p", "1", .purple)),
    line(
      "layer 2 forward", matrix("Z2", 1, 5, "1", "m", .blue), equals, matrix("W2", 1, 3, "1", "p", .green), times,
      matrix("A1", 3, 5, "p", "m", .blue), plus, matrix("b2", 1, 1, "1", "1", .purple)),
    line(
      "back through W2", matrix("dA1", 3, 5, "p", "m", .vermilion), equals,
      matrix("W2ᵀ", 3, 1, "p", "1", .green), times, matrix("dZ2", 1, 5, "1", "m", .vermilion)),
    line(
      "the weights' gradient, to be divided by m", matrix("dW1", 3, 2, "p", "n", .green), equals,
      matrix("dZ1", 3, 5, "p", "m", .vermilion), times, matrix("Xᵀ", 5, 2, "m", "n", .blue)))
}

/// The worked example of 8.5 with all its numbers.
private func backwardFigure(_ lesson: any TwoLayerNetworkLesson) -> Figure {
  let parameters = TwoLayerParameters(
    W1: [[1, -1], [0.5, 1], [-1, 0.5]], b1: [[0.5], [-0.5], [0.25]], W2: [[1, -2, 0.5]], b2: [[0.25]])
  let x: Matrix = [[1], [2]]
  let cache = lesson.forward(X: x, at: parameters)
  let back = lesson.backward(x: x, y: 1, cache: cache, at: parameters)
  func rounded(_ value: Double) -> String { formatted((value * 1000).rounded() / 1000) }
  let loss = lesson.cost(A2: cache.A2, Y: [[1]])
  var elements: [Diagram.Element] = [
    .node("x₁ = 1", id: "x0", at: (0, 50), shape: .box), .node("x₂ = 2", id: "x1", at: (0, 170), shape: .box),
    .node("z[2]", id: "z2", at: (430, 110), radius: 21), .node("ŷ", id: "a2", at: (550, 110), radius: 21),
    .node("L", id: "L", at: (670, 110), radius: 21),
    .edge("z2", "a2", above: rounded(cache.Z2[0, 0]), below: rounded(back.gradients.dZ2[0, 0])),
    .edge("a2", "L", above: rounded(cache.A2[0, 0]), below: rounded(back.da2[0, 0])),
    .text("\(rounded(loss))", at: (670, 72), ink: .blue),
    .text("W1, b1", at: (64, -34), ink: .muted), .text("tanh", at: (215, -34), ink: .muted),
    .text("W2, b2", at: (352, -34), ink: .muted), .text("σ", at: (490, -34), ink: .muted),
    .text("y = 1", at: (610, -34), ink: .muted),
    .text("value, forward →", at: (0, 270), anchor: .start, ink: .blue, small: true),
    .text("← gradient, backward", at: (170, 270), anchor: .start, ink: .vermilion, small: true),
  ]
  for i in 0..<3 {
    let y = Double(i) * 110
    elements += [
      .node("z\(["₁", "₂", "₃"][i])", id: "h\(i)", at: (140, y)),
      .node("a\(["₁", "₂", "₃"][i])", id: "g\(i)", at: (290, y)),
      .edge("x0", "h\(i)", width: 1), .edge("x1", "h\(i)", width: 1),
      .edge("h\(i)", "g\(i)", above: rounded(cache.Z1[i, 0]), below: rounded(back.gradients.dZ1[i, 0])),
      .edge("g\(i)", "z2", above: rounded(cache.A1[i, 0]), below: rounded(back.da1[i, 0])),
    ]
  }
  return Figure(
    title: "One example forward and back",
    description:
      "A graph from left to right: x₁ = 1 and x₂ = 2, three scores of hidden units, three values of tanh, the score of the output, the probability ŷ and the loss. Above the arrows the values, below them the derivatives of the loss, rounded to three places; the text lists them.",
    width: 720, Diagram(elements: elements))
}

private func pathsFigure() -> Figure {
  let bold = [("x₁", "h₁"), ("h₁", "ŷ₁"), ("h₁", "ŷ₂"), ("ŷ₁", "L"), ("ŷ₂", "L")]
  let thin =
    [("x₁", "h₂"), ("x₁", "h₃"), ("x₂", "h₁"), ("x₂", "h₂"), ("x₂", "h₃")]
    + ["h₂", "h₃"].flatMap { [($0, "ŷ₁"), ($0, "ŷ₂")] }
  return Figure(
    title: "From one weight to the loss: all paths",
    description:
      "x₁ and x₂, three hidden units h, two outputs ŷ, and the loss L. Bold: the edge from x₁ to h₁, on which the weight w₁₁ of layer 1 sits; from h₁ it goes on to both outputs, and from both to L: two paths. All other edges are thin.",
    width: 600,
    Diagram(
      elements: [
        .node("x₁", at: (0, 45), shape: .box), .node("x₂", at: (0, 145), shape: .box), .node("h₁", at: (150, 0)),
        .node("h₂", at: (150, 95)), .node("h₃", at: (150, 190)), .node("ŷ₁", at: (300, 45)),
        .node("ŷ₂", at: (300, 145)), .node("L", at: (430, 95)),
      ] + thin.map { .edge($0.0, $0.1, width: 1) }
        + bold.map { .edge($0.0, $0.1, ink: .vermilion, width: 2.5) } + [
          .text("w₁₁", at: (66, 6), ink: .vermilion)
        ]))
}

// MARK: - Trained networks

private let flowerRange = -4.6...4.6

/// Every second example, so that the picture stays small.
private func some(_ data: Dataset) -> Dataset {
  data.examples(at: (0..<data.exampleCount / 2).map { 4 * ($0 / 2) + $0 % 2 })
}

private func chart(
  _ lesson: any TwoLayerNetworkLesson, _ fit: Fit, title: String, x: ClosedRange<Double>, y: ClosedRange<Double>,
  ticks: [Double], showing shown: Dataset, more: [Mark] = []
) -> Chart {
  let grid = fit.probabilities(lesson, x: x, y: y)
  var classes = grid
  classes.values = grid.values.map { $0 >= 0.5 ? 1 : 0 }
  return Chart(
    title: title, x: Axis("x1", range: x, ticks: .values(ticks)), y: Axis("x2", range: y, ticks: .values(ticks)),
    marks: [
      .regions(classes), .points(shown.X.row(0).elements, shown.X.row(1).elements, classes: shown.labels),
      .contour(grid, levels: [0.5]),
    ] + more)
}

private func flowerFigure(_ lesson: any TwoLayerNetworkLesson) -> Figure {
  let data = flowerData(seed: 8)
  let fits = [1, 2, 4, 20].map { (p: $0, fit: Fit(lesson, data, hidden: $0, steps: 3000, seed: 8)) }
  return Figure(
    title: "The flower with 1, 2, 4 and 20 hidden units",
    description:
      "Four pictures of the same flower of eight petals, four of discs (class 0) and four of squares (class 1), with the regions that a network gives to each class. One unit: one straight border through the middle. Two units: nearly the same, with a bend in the middle. Four units: six sectors, and each petal lies in a sector of its own class. Twenty units: the same six sectors.",
    width: 700, height: 760, columns: 2,
    panels: fits.map { p, fit in
      .chart(
        chart(
          lesson, fit, title: "\(p) hidden unit\(p == 1 ? "" : "s"): \(percent(fit.accuracy(lesson))) right",
          x: flowerRange, y: flowerRange, ticks: [-4, 0, 4], showing: some(data)))
    })
}

/// Each hidden unit's output over the plane, as a picture.
private func unitsFigure(_ lesson: any TwoLayerNetworkLesson) -> Figure {
  let data = flowerData(seed: 8)
  let fit = Fit(lesson, data, hidden: 4, steps: 3000, seed: 8)
  let side = 36
  let points = Grid.points(x: flowerRange, y: flowerRange, columns: side, rows: side)
  let A1 = lesson.forward(X: Matrix([points.map(\.x), points.map(\.y)]), at: fit.parameters).A1
  return Figure(
    title: "What the four hidden units say",
    description:
      "Four heat maps over the plane, one for each hidden unit after training: each is −1 on one side of a straight line through the middle and 1 on the other, with a steep slope between. The line of unit 2 is level, that of unit 3 falls, those of units 1 and 4 rise.",
    width: 700, height: 640, columns: 2,
    panels: (0..<4).map { i in
      let grid = Grid(x: flowerRange, y: flowerRange, columns: side, rows: side, values: A1.row(i).elements)
      return .chart(
        Chart(
          title: "unit \(i + 1), weight \(formatted((fit.parameters.W2[0, i] * 100).rounded() / 100)) in W2",
          x: Axis("x1", range: flowerRange, ticks: .values([-4, 0, 4])),
          y: Axis("x2", range: flowerRange, ticks: .values([-4, 0, 4])),
          marks: [
            .heat(grid, scale: .diverging(around: 0), range: -1...1, bar: i % 2 == 1 ? "a1" : nil),
            .contour(grid, levels: [0]),
          ]))
    })
}

private func setsFigure(_ lesson: any TwoLayerNetworkLesson) -> Figure {
  let moons = Fit(lesson, moonsData(seed: 8), hidden: 4, steps: 3000, seed: 8)
  let circles = Fit(lesson, circlesData(seed: 8), hidden: 4, steps: 3000, seed: 8)
  let xor = Fit(lesson, .xor, hidden: 4, steps: 1000, seed: 8, scale: 50)
  return Figure(
    title: "Moons, circles and XOR, four hidden units each",
    description:
      "Three pictures. Moons: two half circles that reach into each other, with a curved border between them. Circles: a small ring inside a large one, and a closed border round the small one. XOR: four corners of a square, the two true ones on one diagonal, in a region of their own.",
    width: 720, height: 300, columns: 3,
    panels: [
      .chart(
        chart(
          lesson, moons, title: "moons: \(percent(moons.accuracy(lesson)))", x: -1.6...2.6, y: -1.8...2.4,
          ticks: [-1, 0, 1, 2], showing: some(moons.data))),
      .chart(
        chart(
          lesson, circles, title: "circles: \(percent(circles.accuracy(lesson)))", x: -1.5...1.5, y: -1.5...1.5,
          ticks: [-1, 0, 1], showing: some(circles.data))),
      .chart(
        chart(
          lesson, xor, title: "XOR: \(percent(xor.accuracy(lesson)))", x: -0.5...1.5, y: -0.5...1.5, ticks: [0, 1],
          showing: xor.data)),
    ])
}

private func plateauFigure(_ lesson: any TwoLayerNetworkLesson) -> Figure {
  let steps = 1000
  let kept = (0..<steps).filter { $0 % 10 == 0 }
  let flowers = Fit(lesson, flowerData(seed: 8), hidden: 4, steps: steps, seed: 8).training.costs
  let lines = [1.0, 10, 50, 100].map { scale in
    (scale, Fit(lesson, .xor, hidden: 4, steps: steps, seed: 8, scale: scale).training.costs)
  }
  return Figure(
    title: "A plateau at log 2",
    description:
      "Cost against step for four hidden units. The flower from weights of 0.01 starts at 0.69, stays there for some steps, then falls. XOR from weights of 0.01 stays at 0.69 for all thousand steps; from 0.1 it stays there for some hundred steps and then falls; from 0.5 and from 1 it falls at once.",
    Chart(
      x: "step", y: Axis("J", range: 0...0.8),
      marks: [
        .line(kept.map(Double.init), kept.map { flowers[$0] }, label: "flower, 0.01", ink: .text, dashed: true)
      ]
        + lines.map { scale, costs in
          .line(kept.map(Double.init), kept.map { costs[$0] }, label: "XOR, \(formatted(scale / 100))")
        }))
}
