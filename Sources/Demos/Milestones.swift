import Curriculum
import Datasets
import Plots

/// A moment of the field's history that a student's own code lives through again.
public struct Milestone: Sendable {
  /// The year.
  public let year: Int
  /// What happened, in a clause.
  public let title: String
  /// What happened, with its source.
  public let story: String
  /// The steps that have to have passed, all of one lesson.
  public let steps: [String]
  /// What the student's code does.
  public let demo: AnyDemo
}

/// The milestones in the order of the years.
public let milestones: [Milestone] = [
  Milestone(
    year: 1957, title: "a machine learns AND from examples",
    story: """
      Frank Rosenblatt describes the perceptron: a unit whose weights are not set by hand, but corrected by every mistake.
      (“The Perceptron: A Perceiving and Recognizing Automaton”, Cornell Aeronautical Laboratory, 1957.)
      """,
    steps: ["1.1", "1.2", "1.3", "1.4"], demo: learnsAnd.erased),
  Milestone(
    year: 1969, title: "one unit cannot learn XOR, and two layers can compute it",
    story: """
      Marvin Minsky and Seymour Papert prove what a perceptron cannot do. No line separates XOR's four points. Two layers
      compute it, but nobody knows a rule by which they would learn it. (“Perceptrons”, MIT Press, 1969.)
      """,
    steps: ["1.1", "1.2", "1.3", "1.4", "1.6"], demo: cannotLearnXor.erased),
  Milestone(
    year: 1986, title: "backpropagation learns XOR",
    story: """
      David Rumelhart, Geoffrey Hinton and Ronald Williams show that the chain rule trains hidden units: they find by
      themselves what had to be chosen by hand. (“Learning representations by back-propagating errors”, Nature 323, 1986.)
      """,
    steps: ["8.1", "8.3", "8.4", "8.6", "8.7", "8.8", "8.9"], demo: learnsXor.erased),
  Milestone(
    year: 1989, title: "a network reads handwritten digits",
    story: """
      Yann LeCun and others train a network on digits from envelopes, straight from the pixels. (“Backpropagation Applied to
      Handwritten Zip Code Recognition”, Neural Computation 1, 1989. Theirs was convolutional; yours is fully connected.)
      """,
    steps: ["9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "9.7", "9.8", "9.9", "9.10", "9.11"], demo: readsDigits.erased),
]

// MARK: - 1957 and 1969

private let zero = PerceptronParameters(w: [[0], [0]], b: 0)

private let learnsAnd = Demo<any PerceptronLesson>(
  .perceptron,
  run: { lesson, out in
    out("Your perceptron starts from w = 0 and b = 0, and sees the four examples of AND, again and again.")
    for epochs in [0, 1, 3] {
      let p = lesson.train(X: Dataset.and.X, Y: Dataset.and.Y, from: zero, rate: 1, maxEpochs: epochs).parameters
      out()
      out(
        "After \(epochs == 1 ? "one epoch" : "\(epochs) epochs"): w = (\(formatted(p.w[0, 0])), \(formatted(p.w[1, 0]))), b = \(formatted(p.b))"
      )
      out(plane(Dataset.and) { lesson.predict(x: $0, at: p) >= 0.5 })
    }
    let training = lesson.train(X: Dataset.and.X, Y: Dataset.and.Y, from: zero, rate: 1, maxEpochs: 20)
    let p = training.parameters
    out()
    out(
      "In the end, after \(training.mistakes.count) epochs: w = (\(formatted(p.w[0, 0])), \(formatted(p.w[1, 0]))), b = \(formatted(p.b))"
    )
    out(plane(Dataset.and) { lesson.predict(x: $0, at: p) >= 0.5 })
    out()
    out(
      training.converged
        ? "An epoch without a mistake: your code has learnt AND. Mistakes by epoch: \(list(training.mistakes))."
        : "There are still mistakes: \(list(training.mistakes)).")
    out.curve("mistakes by epoch", training.mistakes.map(Double.init))
    out.figure("1957", planeFigure("1957: a perceptron has learnt AND", Dataset.and) { lesson.predict(x: $0, at: p) })
  },
  figures: { _ in [] })

private let cannotLearnXor = Demo<any PerceptronLesson>(
  .perceptron,
  run: { lesson, out in
    let training = lesson.train(X: Dataset.xor.X, Y: Dataset.xor.Y, from: zero, rate: 1, maxEpochs: 20)
    let p = training.parameters
    out("The same unit, the four examples of XOR, twenty epochs:")
    out()
    out(plane(Dataset.xor) { lesson.predict(x: $0, at: p) >= 0.5 })
    out()
    out("Mistakes by epoch: \(list(training.mistakes)). No line does it.")
    out()
    let network = lesson.xorNetwork()
    func output(_ x: Matrix) -> Double {
      lesson.predict(x: Matrix(column: network.hidden.map { lesson.predict(x: x, at: $0) }), at: network.output)
    }
    out("Two layers, \(network.hidden.count) hidden units, with the weights that you chose by hand:")
    out()
    out(plane(Dataset.xor) { output($0) >= 0.5 })
    out()
    out("All four are right. But you had to find the weights. Who finds them for a network of a thousand units?")
    out("That took until 1986.")
    out.curve("mistakes by epoch", training.mistakes.map(Double.init))
    out.figure("1969", planeFigure("1969: two layers compute XOR", Dataset.xor, output))
  },
  figures: { _ in [] })

// MARK: - 1986

private let learnsXor = Demo<any TwoLayerNetworkLesson>(
  .twoLayerNetwork,
  run: { lesson, out in
    let data = Dataset.xor
    out("The four examples of XOR, four hidden units, 3000 steps at α = 1.2, from ten random starts.")
    out()
    var shown: TwoLayerParameters?
    var solved = 0
    for seed in 1...10 {
      var generator = SeededGenerator(seed: UInt64(seed))
      var start = lesson.initialParameters(X: data.X, Y: data.Y, hidden: 4, using: &generator)
      // With only four examples, weights of 0.01 stay where they are for a long time: larger ones break the symmetry sooner.
      start.W1 = 50 * start.W1
      start.W2 = 50 * start.W2
      let training = lesson.train(X: data.X, Y: data.Y, from: start, rate: 1.2, steps: 3000)
      let isRight = lesson.predict(X: data.X, at: training.parameters) == data.labels
      if isRight { solved += 1 }
      if isRight && shown == nil {
        shown = training.parameters
        out(
          terminalPlot(
            .line(training.costs), title: "Cost J", x: "step", y: "J (nats)", width: out.width, color: out.colors))
        out()
        out.curve("cost", training.costs)
      }
    }
    guard let shown else {
      out("No start has led to XOR: is 8.6 right?")
      return
    }
    out("What the hidden units have found, without being told:")
    out()
    out(plane(data) { lesson.predict(X: $0, at: shown) == [1] })
    out()
    out(
      "\(solved == 10 ? "All" : "\(solved) of the") ten starts have learnt XOR. Nobody chose a weight: your backward pass found them all."
    )
    out.figure(
      "1986",
      planeFigure("1986: backpropagation has learnt XOR", data) {
        Double(lesson.predict(X: $0, at: shown).first ?? 0)
      })
  },
  figures: { _ in [] })

// MARK: - 1989

private let readsDigits = Demo<any DeepNetworkLesson>(
  .deepNetwork,
  run: { lesson, out in
    var generator = SeededGenerator(seed: 1)
    let (train, test) = try Dataset.digits().shuffled(using: &generator).split(testCount: 360)
    var layers = lesson.initialLayers(sizes: [64, 32, 10], using: &generator)
    let Y = Matrix.identity(10).columns(at: train.labels)
    out(
      "\(train.exampleCount) digits of 8×8 pixels to learn from, \(test.exampleCount) that your network has never seen."
    )
    out("Layers [64, 32, 10], ReLU and softmax, α = 0.5, 300 steps.")
    out()
    var costs: [Double] = []
    for _ in 0..<6 {
      let training = lesson.train(
        X: train.X, Y: Y, from: layers, hidden: .relu, head: .softmax, rate: 0.5, steps: 50)
      layers = training.layers
      costs += training.costs
      let right = zip(lesson.predict(X: test.X, layers: layers, hidden: .relu, head: .softmax), test.labels)
        .filter { $0 == $1 }.count
      out(
        "  after \(padded(String(costs.count), 3)) steps: \(percent(Double(right) / Double(test.exampleCount))) of the unseen digits are read right"
      )
      out.scalar("accuracy/unseen", Double(right) / Double(test.exampleCount), step: costs.count)
    }
    out.curve("cost", costs)
    let read = lesson.predict(X: test.X, layers: layers, hidden: .relu, head: .softmax)
    out()
    out("Six of the unseen ones, and what your network reads:")
    let images = (0..<6).map { i in
      terminalImage(PixelImage(width: 8, height: 8, gray: test.X.column(i).elements, range: 0...(test.X.max())))
        .split(separator: "\n")
    }
    for line in images[0].indices { out("  " + images.map { $0[line] }.joined(separator: "   ")) }
    out("  " + (0..<6).map { padded("reads \(read[$0])", 11) + "     " }.joined(separator: "   "))
    let wrong = (0..<test.exampleCount).filter { read[$0] != test.labels[$0] }
    out()
    out("\(wrong.count) of \(test.exampleCount) are misread.")
    for i in wrong.prefix(20) {
      out.image(
        "misread/\(test.labels[i]) as \(read[i])",
        PixelImage(width: 8, height: 8, gray: test.X.column(i).elements, range: 0...(test.X.max())), step: i)
    }
    out.figure(
      "1989",
      Figure(
        title: "1989: a network reads digits",
        description:
          "The cost falls over \(costs.count) steps from \(formatted(costs[0])) to \(formatted(costs.last ?? 0)).",
        Chart(x: "step", y: Axis("J (nats)", scale: .logarithmic), .line(costs.indices.map(Double.init), costs))))
  },
  figures: { _ in [] })

// MARK: - Pictures

private func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: " ") }

/// The plane of two inputs in characters: shaded where the answer is 1, and the examples as their labels.
private func plane(_ data: Dataset, _ isOne: (Matrix) -> Bool) -> String {
  let (columns, rows) = (41, 9)
  let lines = (0..<rows).map { row -> String in
    let x2 = 1.5 - 2 * Double(row) / Double(rows - 1)
    let cells = (0..<columns).map { column -> String in
      let x1 = -0.5 + 2 * Double(column) / Double(columns - 1)
      for i in 0..<data.exampleCount where abs(data.X[0, i] - x1) < 0.025 && abs(data.X[1, i] - x2) < 0.1 {
        return String(data.labels[i])
      }
      return isOne([[x1], [x2]]) ? "░" : " "
    }
    return "    │" + cells.joined() + "│"
  }
  return lines.joined(separator: "\n") + "\n     0 and 1: the examples. Shaded: where the answer is 1."
}

/// The same as a figure.
private func planeFigure(_ title: String, _ data: Dataset, _ answer: (Matrix) -> Double) -> Figure {
  return Figure(
    title: title,
    description: "The four examples in the plane of the two inputs; the region of class 1 holds just those of class 1.",
    Chart(
      x: "x₁", y: "x₂", equalAspect: true,
      .regions(Grid(x: -0.5...1.5, y: -0.5...1.5, columns: 40, rows: 40) { answer([[$0], [$1]]) }),
      .points(data.X.row(0).elements, data.X.row(1).elements, classes: data.labels, names: ["0", "1"])))
}
