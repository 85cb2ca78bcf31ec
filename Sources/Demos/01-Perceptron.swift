import Curriculum
import Datasets
import Plots

/// Lesson 1: AND, OR and XOR epoch by epoch, two clouds of points, and XOR by hand.
public let perceptronDemo = Demo<any PerceptronLesson>(
  .perceptron,
  run: { lesson, out in
    let zero = PerceptronParameters(w: [[0], [0]], b: 0)
    out("Four examples, two inputs, from w = 0 and b = 0, α = 1, at most 20 epochs.")
    for (name, data) in [("AND", Dataset.and), ("OR", Dataset.or), ("XOR", Dataset.xor)] {
      let training = lesson.train(X: data.X, Y: data.Y, from: zero, rate: 1, maxEpochs: 20)
      out.curve("mistakes by epoch/" + name, training.mistakes.map(Double.init))
      let (w, b) = (training.parameters.w, training.parameters.b)
      out()
      out("\(padded(name, 4))   mistakes by epoch: \(training.mistakes.map { String($0) }.joined(separator: " "))")
      out(
        training.converged
          ? "       no mistake in the last epoch: w = (\(formatted(w[0, 0])), \(formatted(w[1, 0]))), b = \(formatted(b))"
          : "       the limit of epochs is reached, and there are still mistakes: no line separates these four points")
    }
    out()
    out("XOR from two layers with weights chosen by hand:")
    out("  x₁  x₂   hidden units   output")
    let network = lesson.xorNetwork()
    for i in 0..<4 {
      let x = Dataset.xor.X.column(i)
      let hidden = Matrix(column: network.hidden.map { lesson.predict(x: x, at: $0) })
      let shown = hidden.elements.map { formatted($0) }.joined(separator: "  ")
      let output = lesson.predict(x: hidden, at: network.output)
      out("  \(formatted(x[0, 0]))   \(formatted(x[1, 0]))    \(padded(shown, 9))        \(formatted(output))")
    }
    out()
    out("Two separable clouds of 60 points, from a line that points the wrong way, α = 0.05, ten draws:")
    out("  draw   mistakes by epoch")
    for seed in 1...10 {
      let training = cloudTraining(lesson, seed: UInt64(seed)).training
      out.curve("mistakes by epoch/clouds \(seed)", training.mistakes.map(Double.init))
      out(
        "  \(padded(String(seed), 4))   \(training.mistakes.map { String($0) }.joined(separator: " "))"
          + (training.converged ? "" : " (limit reached)"))
    }
    out("The number of mistakes need not fall in each epoch, but on separable examples it comes to 0.")
    for (name, figure) in figures(lesson) { out.figure(name, figure) }
  },
  figures: { lesson in figures(lesson).map { ChapterFigure($0.name, $0.figure) } })

private func figures(_ lesson: any PerceptronLesson) -> [(name: String, figure: Figure)] {
  [
    ("clouds", cloudsFigure(lesson)), ("unit", unitFigure()), ("threshold", thresholdFigure(lesson)),
    ("update", updateFigure(lesson)), ("or", orFigure(lesson)), ("loss", lossFigure(lesson)),
    ("xor", xorFigure(lesson)),
    ("network", networkFigure(lesson)),
  ]
}

// MARK: - Lines

/// The piece of the line w·x + b = 0 that lies in a rectangle; nothing where w = 0.
private func line(
  _ p: PerceptronParameters, x: ClosedRange<Double>, y: ClosedRange<Double>, label: String? = nil, ink: Ink,
  dashed: Bool = false
) -> [Mark] {
  let (w1, w2, b) = (p.w[0, 0], p.w[1, 0], p.b)
  var ends: [(Double, Double)] = []
  func add(_ x1: Double, _ x2: Double) {
    if x.contains(x1), y.contains(x2), !ends.contains(where: { $0 == x1 && $1 == x2 }) { ends.append((x1, x2)) }
  }
  for side in [x.lowerBound, x.upperBound] where w2 != 0 { add(side, -(w1 * side + b) / w2) }
  for side in [y.lowerBound, y.upperBound] where w1 != 0 { add(-(w2 * side + b) / w1, side) }
  guard ends.count >= 2 else { return [] }
  return [.line([ends[0].0, ends[1].0], [ends[0].1, ends[1].1], label: label, ink: ink, dashed: dashed)]
}

/// Where a classifier says 0 and where 1.
private func regions(
  x: ClosedRange<Double>, y: ClosedRange<Double>, _ classify: (_ x: Matrix) -> Double
) -> Mark {
  .regions(Grid(x: x, y: y, columns: 48, rows: 48) { classify([[$0], [$1]]) })
}

// MARK: - Two clouds

private func cloudTraining(
  _ lesson: any PerceptronLesson, seed: UInt64, maxEpochs: Int = 100
) -> (data: Dataset, training: PerceptronTraining) {
  var generator = SeededGenerator(seed: seed)
  let data = Dataset.blobs(count: 60, noise: 1.5, separable: true, using: &generator)
  return (data, lesson.train(X: data.X, Y: data.Y, from: cloudStart, rate: 0.05, maxEpochs: maxEpochs))
}

/// It calls the wrong cloud 1.
private let cloudStart = PerceptronParameters(w: [[3], [3]], b: 0)

private func cloudsFigure(_ lesson: any PerceptronLesson) -> Figure {
  let (data, training) = cloudTraining(lesson, seed: 5)
  let (x, y) = (-6.0...6.0, -4.0...4.0)
  var marks: [Mark] = [regions(x: x, y: y) { lesson.predict(x: $0, at: training.parameters) }]
  marks.append(
    .points(data.X.row(0).elements, data.X.row(1).elements, classes: data.labels, names: ["label 0", "label 1"]))
  let inks: [Ink] = [.muted, .purple, .amber, .sky, .green, .text]
  for epochs in 0..<training.mistakes.count {
    let p = cloudTraining(lesson, seed: 5, maxEpochs: epochs).training.parameters
    let isLast = epochs == training.mistakes.count - 1
    marks += line(
      p, x: x, y: y, label: epochs == 0 ? "start" : "epoch \(epochs)", ink: isLast ? .text : inks[epochs % inks.count],
      dashed: !isLast)
  }
  return Figure(
    title: "The line moves, epoch by epoch",
    description:
      "Two clouds of points, one on the right with label 0, one on the left with label 1. The line that separates the answers starts out diagonal, with the wrong cloud on its firing side. After each epoch it stands elsewhere, and after \(training.mistakes.count - 1) epochs it passes between the clouds.",
    height: 460, Chart(x: "x₁", y: "x₂", marks: marks))
}

// MARK: - One unit

private func unitFigure() -> Figure {
  Figure(
    title: "One threshold unit",
    description:
      "Inputs x₁ and x₂ come in with the weights w₁ and w₂, and a 1 with the weight b. They are added up to the score z, and the threshold turns z into the prediction ŷ, 0 or 1.",
    width: 640,
    Diagram(
      .node("x₁", at: (0, 0), shape: .box), .node("x₂", at: (0, 76), shape: .box),
      .node("1", at: (0, 152), shape: .box), .node("+", at: (190, 76), radius: 22),
      .node("threshold", at: (350, 76), shape: .box), .node("ŷ", at: (490, 76), shape: .plain),
      .edge("x₁", "+", above: "w₁"), .edge("x₂", "+", above: "w₂"), .edge("1", "+", above: "b"),
      .edge("+", "threshold", above: "z"), .edge("threshold", "ŷ", above: "0 or 1")))
}

private func thresholdFigure(_ lesson: any PerceptronLesson) -> Figure {
  Figure(
    title: "The threshold",
    description:
      "A step: the prediction is 0 for every negative score and 1 from z = 0 on. A dot marks the 1 at z = 0.",
    height: 260,
    Chart(
      x: "score z", y: Axis("ŷ", range: -0.25...1.25, ticks: .values([0, 1])),
      .line([-3, 0], [0, 0], ink: .blue), .line([0, 3], [1, 1], ink: .blue),
      .points([0], [lesson.threshold(0)], ink: .blue, marker: .circle), .text("z = 0 fires", at: (0.12, 0.84)),
      .text("just below 0 it does not", at: (-0.12, 0.14), anchor: .end)))
}

/// The chapter's example of 1.3, before and after.
private func updateFigure(_ lesson: any PerceptronLesson) -> Figure {
  let x: Matrix = [[2], [-1]]
  let before = PerceptronParameters(w: [[0.5], [1]], b: 0.25)
  let after = lesson.update(before, x: x, y: 0, rate: 0.5)
  let (across, up) = (-3.0...3.0, -2.0...2.5)
  func panel(_ title: String, _ p: PerceptronParameters) -> Chart {
    let marks =
      [regions(x: across, y: up) { lesson.predict(x: $0, at: p) }] + line(p, x: across, y: up, ink: .text) + [
        .arrows(from: [(0, 0)], to: [(p.w[0, 0], p.w[1, 0])], ink: .green),
        .text("w", at: (p.w[0, 0] + 0.1, p.w[1, 0] + 0.15), ink: .green),
        .points([x[0, 0]], [x[1, 0]], classes: [0]),
        .text("label 0", at: (x[0, 0] + 0.1, x[1, 0] + 0.3), anchor: .middle),
      ]
    return Chart(title: title, x: "x₁", y: "x₂", equalAspect: true, marks: marks)
  }
  return Figure(
    title: "One update",
    description:
      "Two panels with the plane of x₁ and x₂, in each the separating line, the arrow w at right angles to it, and the point (2, −1) with label 0. Before the update the point lies on the side that fires. After it w has turned away from the point, and the point lies on the other side.",
    width: 720, height: 360, panel("before: the point fires", before), panel("after: it does not", after))
}

// MARK: - OR

private let square = -0.6...1.6

private func corners(_ labels: [Int]) -> Mark { .points([0, 0, 1, 1], [0, 1, 0, 1], classes: labels) }

private func orFigure(_ lesson: any PerceptronLesson) -> Figure {
  let data = Dataset.or
  func panel(_ epochs: Int) -> Chart {
    let start = PerceptronParameters(w: [[0], [0]], b: 0)
    let p = lesson.train(X: data.X, Y: data.Y, from: start, rate: 1, maxEpochs: epochs).parameters
    let formula = "w = (\(formatted(p.w[0, 0])), \(formatted(p.w[1, 0]))), b = \(formatted(p.b))"
    return Chart(
      title: (epochs == 0 ? "start: " : "epoch \(epochs): ") + formula, x: "x₁", y: "x₂",
      marks: [regions(x: square, y: square) { lesson.predict(x: $0, at: p) }]
        + line(p, x: square, y: square, ink: .text) + [corners(data.labels)])
  }
  return Figure(
    title: "OR, epoch by epoch",
    description:
      "Four panels with the four points of OR. At the start the unit fires everywhere. After epoch 1 it fires from x₂ = 0 upwards, after epoch 2 above the falling diagonal through (0, 0); all four points are still on the firing side. After epoch 3 the line passes through (0, 1) and (1, 0), and only (0, 0) lies below it.",
    width: 720, height: 620, panel(0), panel(1), panel(2), panel(3))
}

// MARK: - The loss

private func lossFigure(_ lesson: any PerceptronLesson) -> Figure {
  // An example whose only feature is 1, with b = 0: its score is w.
  func loss(_ z: Double, _ y: Double) -> Double {
    lesson.cost(X: [[1]], Y: Matrix(row: [y]), at: PerceptronParameters(w: Matrix(column: [z]), b: 0))
  }
  return Figure(
    title: "The perceptron loss of one example",
    description:
      "Two curves against the score z. For the label 1 the loss falls along a straight line from 3 at z = −3 to 0 at z = 0 and stays 0. For the label 0 it is 0 for negative scores and rises along a straight line to 3 at z = 3.",
    height: 320,
    Chart(
      x: "score z", y: "loss", .function("label 1", over: -3...3, ink: .vermilion) { loss($0, 1) },
      .function("label 0", over: -3...3, ink: .blue, dashed: true) { loss($0, 0) }))
}

// MARK: - XOR

private func xorFigure(_ lesson: any PerceptronLesson) -> Figure {
  let and = PerceptronParameters(w: [[1], [1]], b: -1.5)
  let or = PerceptronParameters(w: [[1], [1]], b: -0.5)
  let network = PerceptronParameters(w: [[-1], [1]], b: -0.5)
  func hidden(_ x: Matrix) -> Matrix {
    Matrix(column: [lesson.predict(x: x, at: and), lesson.predict(x: x, at: or)])
  }
  let inputs =
    [regions(x: square, y: square) { lesson.predict(x: hidden($0), at: network) }]
    + line(and, x: square, y: square, label: "AND", ink: .text)
    + line(or, x: square, y: square, label: "OR", ink: .text, dashed: true) + [corners(Dataset.xor.labels)]
  let outputs =
    [regions(x: square, y: square) { lesson.predict(x: $0, at: network) }]
    + line(network, x: square, y: square, ink: .text) + [
      .points([0, 0, 1], [0, 1, 1], classes: [0, 1, 0]), .text("(0, 0)", at: (0.08, -0.2)),
      .text("(0, 1), (1, 0)", at: (-0.5, 1.2)), .text("(1, 1)", at: (1.05, 1.16)),
    ]
  return Figure(
    title: "XOR: two lines in the inputs' plane, one in the hidden units'",
    description:
      "Left, the four points of XOR in the plane of the inputs: equal labels face each other across the square. Two parallel lines, of the OR and the AND unit, enclose a band with (0, 1) and (1, 0); the network fires in the band. Right, the same points where the hidden units put them: (0, 1) and (1, 0) have become one point, and a single line separates it from the other two.",
    width: 720, height: 400, Chart(title: "inputs", x: "x₁", y: "x₂", marks: inputs),
    Chart(title: "what the hidden units say", x: "AND", y: "OR", marks: outputs))
}

private func networkFigure(_ lesson: any PerceptronLesson) -> Figure {
  Figure(
    title: "XOR from three units",
    description:
      "Inputs x₁ and x₂ go with weight 1 each to a unit AND, b = −1.5, and to a unit OR, b = −0.5. The output unit takes AND with weight −1 and OR with weight 1, b = −0.5.",
    width: 640,
    Diagram(
      .node("x₁", at: (0, 0), shape: .box), .node("x₂", at: (0, 120), shape: .box),
      .node("AND", at: (200, 0), radius: 28),
      .node("OR", at: (200, 120), radius: 28), .node("XOR", at: (400, 60), radius: 28),
      .node("ŷ", at: (500, 60), shape: .plain), .edge("x₁", "AND", above: "1"), .edge("x₁", "OR"),
      .edge("x₂", "AND"), .edge("x₂", "OR", above: "1"), .edge("AND", "XOR", above: "−1"),
      .edge("OR", "XOR", above: "1"),
      .edge("XOR", "ŷ"), .text("b = −1.5", at: (200, -42), small: true), .text("b = −0.5", at: (200, 164), small: true),
      .text("b = −0.5", at: (400, 104), small: true), .text("1", at: (62, 22), ink: .blue),
      .text("1", at: (62, 98), ink: .blue)))
}
