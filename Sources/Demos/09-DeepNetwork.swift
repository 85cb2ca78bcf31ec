import Curriculum
import Datasets
import Plots

/// Lesson 9: is it an animal? A network of four layers on 64 × 64 colour pixels; and ten digits with a softmax head.
public let deepNetworkDemo = Demo<any DeepNetworkLesson>(
  .deepNetwork,
  run: { lesson, out in
    gradientCheck(lesson, out)
    out()
    let animals = try Animals(lesson)
    animals.report(lesson, out)
    animals.record(lesson, out)
    out()
    try digits(lesson, out)
    for (name, figure) in figures(lesson, animals) { out.figure(name, figure) }
  },
  figures: { lesson in figures(lesson, try Animals(lesson)).map { ChapterFigure($0.name, $0.figure) } })

private func figures(_ lesson: any DeepNetworkLesson, _ animals: Animals) -> [(name: String, figure: Figure)] {
  [
    ("caches", cachesFigure()), ("shapes", shapesFigure()), ("faults", faultsFigure(lesson)),
    ("costs", animals.costsFigure()), ("scores", animals.scoresFigure()), ("misread", animals.misreadFigure(lesson)),
  ]
}

// MARK: - Pictures

private let sizes = [12288, 20, 7, 5, 1]
private let rate = 0.05
private let steps = 100

/// The same network trained twice from the same start: on the pictures as they are, and less the training mean.
private struct Animals {
  /// Features, the trained layers, J before each step, and the scores of layer 1 before and after the training.
  struct Run {
    var X: Matrix, testX: Matrix, training: NetworkTraining, before: Matrix, after: Matrix
    /// The layers before the first step and after every ten.
    var tenth: [[Layer]]

    init(_ lesson: any DeepNetworkLesson, X: Matrix, Y: Matrix, testX: Matrix) {
      self.X = X
      self.testX = testX
      var generator = SeededGenerator(seed: 9)
      let start = lesson.initialLayers(sizes: sizes, using: &generator)
      before = lesson.linearForward(APrev: X, layer: start[0]).Z
      training = NetworkTraining(layers: start, costs: [])
      tenth = [start]
      for _ in 0..<steps / 10 {
        let more = lesson.train(
          X: X, Y: Y, from: training.layers, hidden: .relu, head: .sigmoid, rate: rate, steps: 10)
        training = NetworkTraining(layers: more.layers, costs: training.costs + more.costs)
        tenth.append(more.layers)
      }
      after = lesson.linearForward(APrev: X, layer: training.layers[0]).Z
    }

    /// The probability of “animal” for each column.
    func probabilities(_ lesson: any DeepNetworkLesson, of X: Matrix) -> [Double] {
      lesson.forward(X: X, layers: training.layers, hidden: .relu, head: .sigmoid).A.elements
    }

    func classes(_ lesson: any DeepNetworkLesson, of X: Matrix) -> [Int] {
      lesson.predict(X: X, layers: training.layers, hidden: .relu, head: .sigmoid)
    }

    /// How many units of layer 1 are 0 on every picture.
    static func dead(_ Z: Matrix) -> Int { Z.rowMaxima().elements.count { $0 <= 0 } }
  }

  var train: Pictures, test: Pictures, asTheyAre: Run, centred: Run

  init(_ lesson: any DeepNetworkLesson) throws {
    (train, test) = try Pictures.animals()
    let data = train.dataset()
    let other = test.dataset()
    let mean = data.X.rowMeans()
    asTheyAre = Run(lesson, X: data.X, Y: data.Y, testX: other.X)
    centred = Run(lesson, X: data.X - mean, Y: data.Y, testX: other.X - mean)
  }

  func report(_ lesson: any DeepNetworkLesson, _ out: DemoOutput) {
    out(
      "\(train.count) pictures of 64×64 pixels in three colours to train on, \(test.count) held out: an animal, or not?"
    )
    out("Layers \(sizes): ReLU in the hidden ones, σ in the last. α = 0.05, \(steps) steps, all pictures in each.")
    out()
    out("Less the training mean, pixel by pixel:")
    out(
      terminalPlot(
        .line(centred.training.costs), title: "Cost J before each step", x: "step", y: "J (nats)", width: out.width,
        color: out.colors))
    report(centred, lesson, out)
    out()
    out("The pictures as they are, with white at 1, from the same weights:")
    report(asTheyAre, lesson, out)
    // Of all pairs of two different columns: the sum of all products less those of each with itself.
    let mean = { (X: Matrix) in
      let m = Double(X.columns)
      return (pow(X.rowSums(), 2).sum() - pow(X, 2).sum()) / (m * (m - 1))
    }
    out(
      "  Why: two different pictures have x·x' = \(whole(mean(asTheyAre.X))) on average as they are, \(whole(mean(centred.X))) less the "
        + "mean. As they are, a step moves a unit's scores on all pictures together; if below 0, it is dead.")
    out()
    let classes = centred.classes(lesson, of: centred.testX)
    let probabilities = centred.probabilities(lesson, of: centred.testX)
    let wrong = classes.indices.filter { classes[$0] != test.labels[$0] }
    out("Held-out pictures that the centred network misreads, with the probability that it gives to “animal”:")
    for (label, title) in [(1, "animals taken for something else"), (0, "other things taken for animals")] {
      out(
        "  \(title): "
          + wrong.filter { test.labels[$0] == label }.map { "\(test.names[$0]) \(hundredths(probabilities[$0]))" }
          .joined(separator: ", "))
    }
  }

  private func report(_ run: Run, _ lesson: any DeepNetworkLesson, _ out: DemoOutput) {
    let training = run.classes(lesson, of: run.X)
    let held = run.classes(lesson, of: run.testX)
    out(
      "  J from \(formatted(run.training.costs.first ?? 0)) to \(formatted(run.training.costs.last ?? 0)), "
        + "at most \(formatted(run.training.costs.max() ?? 0)); right: \(percent(share(training, train.labels))) of those "
        + "it was trained on, \(percent(share(held, test.labels))) of those held out")
    out(
      "  Units of layer 1 that give 0 for every picture: \(Run.dead(run.before)) of \(sizes[1]) before the training, "
        + "\(Run.dead(run.after)) after it")
  }

  /// Both trainings for TensorBoard; of the centred one the held-out pictures, weights and gradients too.
  func record(_ lesson: any DeepNetworkLesson, _ out: DemoOutput) {
    out.curve("animals, as they are/cost", asTheyAre.training.costs)
    out.curve("animals, less the mean/cost", centred.training.costs)
    let (Y, testY) = (Matrix(row: train.labels.map(Double.init)), Matrix(row: test.labels.map(Double.init)))
    func pass(_ X: Matrix, _ layers: [Layer]) -> NetworkForward {
      lesson.forward(X: X, layers: layers, hidden: .relu, head: .sigmoid)
    }
    func accuracy(_ X: Matrix, _ layers: [Layer], _ labels: [Int]) -> Double {
      share(lesson.predict(X: X, layers: layers, hidden: .relu, head: .sigmoid), labels)
    }
    for (k, layers) in centred.tenth.enumerated() {
      let forward = pass(centred.X, layers)
      let held = lesson.cost(A: pass(centred.testX, layers).A, Y: testY, head: .sigmoid)
      out.scalar("animals, less the mean/held-out cost", held, step: 10 * k)
      out.scalar("animals, less the mean/accuracy", accuracy(centred.X, layers, train.labels), step: 10 * k)
      let heldAccuracy = accuracy(centred.testX, layers, test.labels)
      out.scalar("animals, less the mean/held-out accuracy", heldAccuracy, step: 10 * k)
      for (l, (layer, gradients)) in zip(layers, lesson.backward(Y: Y, forward: forward)).enumerated() {
        out.histogram("animals/W\(l + 1)", layer.W, step: 10 * k)
        out.histogram("animals/dW\(l + 1)", gradients.dW, step: 10 * k)
      }
    }
    let classes = centred.classes(lesson, of: centred.testX)
    for i in classes.indices where classes[i] != test.labels[i] {
      out.image("misread/\(test.names[i])", half(test, i), step: 0)
    }
  }

  // MARK: Figures

  func costsFigure() -> Figure {
    Figure(
      title: "Four layers learn, or die",
      description:
        "The cost before each of \(steps) steps, on a logarithmic axis. Less the training mean it falls from 0.72 to 0.04. On the pictures as they are it jumps up to 17 in the first steps, then stays at log 2 = 0.69 to the end.",
      width: 480, height: 320,
      Chart(
        x: "step", y: Axis("J (nats)", range: 0.03...30, scale: .logarithmic), .horizontal(log(2), label: "log 2"),
        .line(centred.training.costs, label: "less the mean"),
        .line(asTheyAre.training.costs, label: "as they are")))
  }

  /// From the least to the greatest score of each unit of layer 1.
  func scoresFigure() -> Figure {
    func panel(_ title: String, _ Z: Matrix) -> Chart {
      Chart(
        title: title, x: "unit of layer 1", y: "z",
        .intervals(
          (0..<Z.rows).map { Double($0) }, low: Z.rowMinima().elements, high: Z.rowMaxima().elements),
        .horizontal(0))
    }
    return Figure(
      title: "Which scores a unit sees",
      description:
        "Four charts of the 20 units of layer 1, each with a stroke from its least to its greatest score over the 184 pictures. As they are, before training: eight strokes lie wholly on one side of 0. As they are, after training: all strokes lie below 0, some as far as −100. Less the mean, before and after: every stroke reaches to both sides of 0.",
      width: 720, height: 520, columns: 2,
      panel("as they are, before", asTheyAre.before), panel("as they are, after", asTheyAre.after),
      panel("less the mean, before", centred.before), panel("less the mean, after", centred.after))
  }

  func misreadFigure(_ lesson: any DeepNetworkLesson) -> Figure {
    let classes = centred.classes(lesson, of: centred.testX)
    let probabilities = centred.probabilities(lesson, of: centred.testX)
    let wrong = classes.indices.filter { classes[$0] != test.labels[$0] }.sorted { test.labels[$0] > test.labels[$1] }
    return Figure(
      title: "What the network misreads",
      description:
        "\(wrong.count) small pictures from the test set with their names and the probability of “animal”: first animals that were taken for something else, then other things taken for animals.",
      width: 720,
      Diagram.images(
        wrong.map { half(test, $0) },
        captions: wrong.map { "\(short(test.names[$0])) \(hundredths(probabilities[$0]))" },
        columns: 5, size: 64))
  }
}

/// A picture at half its size, four pixels' mean for each.
private func half(_ pictures: Pictures, _ index: Int) -> PixelImage {
  let bytes = pictures.pixels(of: index)
  let (height, width) = (pictures.height / 2, pictures.width / 2)
  var rgb: [UInt8] = []
  for row in 0..<height {
    for column in 0..<width {
      for channel in 0..<3 {
        let corner = 3 * (2 * row * pictures.width + 2 * column) + channel
        let sum = [0, 3, 3 * pictures.width, 3 * pictures.width + 3].reduce(0) { $0 + Int(bytes[corner + $1]) }
        rgb.append(UInt8((sum + 2) / 4))
      }
    }
  }
  return PixelImage(width: width, height: height, rgb: rgb)
}

private func short(_ name: String) -> String { name.count > 14 ? name.prefix(13) + "…" : name }

private func share(_ answers: [Int], _ labels: [Int]) -> Double {
  Double(zip(answers, labels).count { $0 == $1 }) / Double(labels.count)
}

private func whole(_ x: Double) -> String { String(Int(x.rounded())) }

/// "0.83".
private func hundredths(_ x: Double) -> String {
  let text = String(Int((min(max(x, 0), 1) * 100).rounded()))
  return text.count == 3 ? "1.00" : "0." + String(repeating: "0", count: 2 - text.count) + text
}

// MARK: - Digits

private func digits(_ lesson: any DeepNetworkLesson, _ out: DemoOutput) throws {
  let sizes = [64, 32, 16, 10]
  func fit(seed: UInt64, shuffled: Bool) throws -> (text: String, costs: [Double]) {
    var generator = SeededGenerator(seed: seed)
    var data = try Dataset.digits()
    if shuffled { data = data.shuffled(using: &generator) }
    let (train, test) = data.split(testCount: 360)
    let Y = Matrix.identity(10).columns(at: train.labels)
    let training = lesson.train(
      X: train.X, Y: Y, from: lesson.initialLayers(sizes: sizes, using: &generator), hidden: .relu, head: .softmax,
      rate: 0.3, steps: 200)
    func right(_ data: Dataset) -> String {
      percent(
        share(lesson.predict(X: data.X, layers: training.layers, hidden: .relu, head: .softmax), data.labels))
    }
    return ("\(right(train)) right of those it was trained on, \(right(test)) of those held out", training.costs)
  }
  out("Digits of 8×8 pixels, layers \(sizes): ReLU, ReLU, softmax. α = 0.3, 200 steps.")
  let drawn = try fit(seed: 1, shuffled: true)
  out.curve("digits/cost", drawn.costs)
  out(
    "  Cost \(formatted(drawn.costs.first ?? 0)) at first, \(formatted(drawn.costs.last ?? 0)) at last: "
      + sparkline(stride(from: 0, to: drawn.costs.count, by: 5).map { drawn.costs[$0] }))
  out("  360 held out by a shuffle: \(drawn.text)")
  out("  The last 360, by writers never seen: \(try fit(seed: 1, shuffled: false).text)")
}

// MARK: - Checking a backward pass

/// A small network whose gradients are held against differences of its cost.
private struct Check {
  var lesson: any DeepNetworkLesson
  var X: Matrix, Y: Matrix, layers: [Layer], forward: NetworkForward

  init(_ lesson: any DeepNetworkLesson) {
    self.lesson = lesson
    var generator = SeededGenerator(seed: 9)
    X = generator.normal(rows: 5, columns: 7)
    Y = [[1, 0, 0, 1, 0, 1, 1]]
    layers = [5, 4, 3].indices.map { k in
      let sizes = [5, 4, 3, 1]
      return Layer(
        W: generator.normal(rows: sizes[k + 1], columns: sizes[k]),
        b: 0.5 * generator.normal(rows: sizes[k + 1], columns: 1))
    }
    forward = lesson.forward(X: X, layers: layers, hidden: .tanh, head: .sigmoid)
  }

  /// The cost where layer k (from 0) is given this, and the layers above follow.
  func cost(from k: Int, _ APrev: Matrix, _ layer: Layer) -> Double {
    let A = lesson.forward(X: APrev, layers: [layer] + layers[(k + 1)...], hidden: .tanh, head: .sigmoid).A
    return lesson.cost(A: A, Y: Y, head: .sigmoid)
  }

  /// By layer, from the last to the first, how far dZ, dW, db and dA_prev of this backward pass are from central differences,
  /// relative to them.
  func errors(_ forward: NetworkForward, Y: Matrix) -> [(name: String, error: Double)] {
    let m = Double(X.columns)
    let gradients = lesson.backward(Y: Y, forward: forward)
    return layers.indices.reversed().flatMap { k -> [(String, Double)] in
      let (layer, g, cache) = (layers[k], gradients[k], self.forward.caches[k])
      let passing = Layer(W: .identity(layer.W.rows), b: Matrix(rows: layer.W.rows, columns: 1))
      return [
        ("dZ[\(k + 1)]", distance(g.dZ, differences(cache.Z) { m * cost(from: k, $0, passing) })),
        (
          "dW[\(k + 1)]",
          distance(g.dW, differences(layer.W) { cost(from: k, cache.linear.APrev, Layer(W: $0, b: layer.b)) })
        ),
        (
          "db[\(k + 1)]",
          distance(g.db, differences(layer.b) { cost(from: k, cache.linear.APrev, Layer(W: layer.W, b: $0)) })
        ),
        ("dA[\(k)]", distance(g.dAPrev, differences(cache.linear.APrev) { m * cost(from: k, $0, layer) })),
      ]
    }
  }

  /// The same pass, and passes whose caches were spoilt in one place.
  var cases: [(name: String, errors: [(name: String, error: Double)])] {
    var wrongInput = forward
    wrongInput.caches[1].linear.APrev = forward.caches[1].Z.rows(at: [0, 1, 2, 0])
    var wrongSlope = forward
    wrongSlope.caches[1].activation = .sigmoid
    var wrongWeights = forward
    wrongWeights.caches[2].linear.layer.W = -layers[2].W
    return [
      ("nothing", errors(forward, Y: Y)), ("A[1]", errors(wrongInput, Y: Y)),
      ("g of layer 2", errors(wrongSlope, Y: Y)),
      ("W[3]", errors(wrongWeights, Y: Y)), ("Y", errors(forward, Y: 1 - Y)),
    ]
  }
}

/// Central differences of a number by each entry of a matrix.
private func differences(_ at: Matrix, _ f: (Matrix) -> Double) -> Matrix {
  let h = 1e-5
  var result = at
  for i in 0..<at.rows {
    for j in 0..<at.columns {
      var (up, down) = (at, at)
      up[i, j] += h
      down[i, j] -= h
      result[i, j] = (f(up) - f(down)) / (2 * h)
    }
  }
  return result
}

private func distance(_ A: Matrix, _ B: Matrix) -> Double { (A - B).norm() / (A.norm() + B.norm()) }

private func gradientCheck(_ lesson: any DeepNetworkLesson, _ out: DemoOutput) {
  out("A gradient check of your backward pass, [5, 4, 3, 1] with tanh and σ, 7 examples: ‖a − n‖/(‖a‖ + ‖n‖)")
  let check = Check(lesson)
  let errors = check.errors(check.forward, Y: check.Y)
  for layer in stride(from: 0, to: errors.count, by: 4) {
    out("  " + errors[layer..<layer + 4].map { "\($0.name) \(formatted($0.error))" }.joined(separator: "   "))
  }
  if let first = errors.first(where: { !($0.error < 1e-6) }) {
    out("The first that is wrong in the order of the pass is \(first.name): look there first.")
  } else {
    out("All of them agree with central differences of the cost.")
  }
}

private func faultsFigure(_ lesson: any DeepNetworkLesson) -> Figure {
  let cases = Check(lesson).cases
  let names = cases[0].errors.map(\.name)
  return Figure(
    title: "Read a gradient check from above",
    description:
      "A table with a row for each gradient, in the order of the pass, dZ[3] first and dA[0] last, and a column for what was spoilt. Nothing spoilt: no cell is filled. A[1]: dW[2] alone. The g of layer 2: dZ[2] and everything below it. W[3]: dA[2] and everything below it. Y: everything.",
    width: 560, height: 400,
    Chart(
      x: "what was spoilt before the pass", y: "", equalAspect: false,
      .matrix(
        names.indices.map { i in cases.map { $0.errors[i].error < 1e-6 ? 0 : 1 } }, rowNames: names,
        columnNames: cases.map(\.name), scale: .sequential(.vermilion), range: 0...1, digits: nil)))
}

// MARK: - Drawings

/// What is computed where, what is kept, and who needs it again: three layers.
private func cachesFigure() -> Figure {
  var elements: [Diagram.Element] = []
  let (gap, up, middle, down) = (150.0, 0.0, 95.0, 190.0)
  for l in 1...3 {
    let x = Double(l) * gap
    elements.append(.node("layer \(l)", id: "f\(l)", at: (x, up), shape: .box, ink: .blue))
    elements.append(.box("", at: (x - 62, middle - 27), width: 124, height: 54, ink: .muted))
    elements.append(.text("A[\(l - 1)], W[\(l)], b[\(l)]", at: (x, middle - 11), small: true))
    elements.append(.text("Z[\(l)], A[\(l)], g", at: (x, middle + 9), small: true))
    elements.append(.node("layer \(l)", id: "b\(l)", at: (x, down), shape: .box, ink: .vermilion))
    elements.append(.arrow(from: (x, up + 18), to: (x, middle - 28)))
    elements.append(.arrow(from: (x, middle + 28), to: (x, down - 18)))
    elements.append(.arrow(from: (x, down + 18), to: (x, down + 52), ink: .vermilion))
    elements.append(.text("dW[\(l)], db[\(l)]", at: (x, down + 64), small: true))
  }
  elements += [
    .node("X", id: "X", at: (20, up), shape: .box), .node("A[3]", id: "out", at: (4 * gap, up), shape: .box),
    .node("J", id: "J", at: (4 * gap, middle)),
    .node("A[3] − Y", id: "seed", at: (4 * gap, down), shape: .box, ink: .vermilion),
    .node("dX", id: "dX", at: (20, down), shape: .box),
    .edge("X", "f1", above: "A[0]"), .edge("f1", "f2", above: "A[1]"), .edge("f2", "f3", above: "A[2]"),
    .edge("f3", "out"), .edge("out", "J"), .edge("J", "seed"),
    .edge("seed", "b3", below: "dZ[3]"), .edge("b3", "b2", below: "dA[2]"), .edge("b2", "b1", below: "dA[1]"),
    .edge("b1", "dX", below: "dA[0]"),
    .text("forward", at: (20, up - 34), ink: .blue, small: true),
    .text("kept: the caches", at: (20, middle), ink: .muted, small: true),
    .text("backward", at: (20, down + 34), ink: .vermilion, small: true),
  ]
  return Figure(
    title: "What a pass keeps for the way back",
    description:
      "Two rows of boxes for layers 1, 2 and 3. In the upper row X goes forward through the layers to A[3] and the cost J. Below each layer stands its cache: A of the layer below, W, b, Z, A and which g. In the lower row A[3] − Y goes back through the same layers; each takes its cache and gives dW and db, and hands dA to the layer below, the last to X.",
    width: 720, Diagram(elements: elements))
}

private func shapesFigure() -> Figure {
  Figure(
    title: "Layer 1 in shapes",
    description:
      "Boxes in proportion. Forward: W[1], 3 by 2, times X, 2 by 4, plus b[1], 3 by 1, is Z[1], 3 by 4. Backward: dZ[1], 3 by 4, times X transposed, 4 by 2, gives m times dW[1], 3 by 2; W[1] transposed, 2 by 3, times dZ[1], 3 by 4, gives dA[0], 2 by 4.",
    width: 640, columns: 1,
    Diagram.shapes(
      .matrix("W[1]", 3, 2), .symbol("·"), .matrix("X", 2, 4), .symbol("+"), .matrix("b[1]", 3, 1), .symbol("="),
      .matrix("Z[1]", 3, 4)),
    Diagram.shapes(
      .matrix("dZ[1]", 3, 4), .symbol("·"), .matrix("Xᵀ", 4, 2), .symbol("="), .matrix("m dW[1]", 3, 2)),
    Diagram.shapes(
      .matrix("W[1]ᵀ", 2, 3), .symbol("·"), .matrix("dZ[1]", 3, 4), .symbol("="), .matrix("dA[0]", 2, 4)))
}
