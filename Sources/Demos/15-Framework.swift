import Curriculum
import Datasets
import Plots

/// Lesson 15: the slides' four programs told again, the digits, and a continuous function.
public let frameworkDemo = Demo<any FrameworkLesson>(
  .framework, takesData: true, takesWeights: true,
  run: { lesson, out in
    if let folder = out.data {
      try mnist(lesson, folder, out)
      return
    }
    if out.save != nil || out.load != nil {
      try savedDigits(lesson, out)
      return
    }
    numpyProgram(lesson, out)
    out()
    pytorchProgram(lesson, out)
    out()
    let digits = try Parts(Dataset.digits().shuffled(seed: 15), testCount: 360, devCount: 180)
    tensorflowProgram(lesson, digits, hidden: 32, epochs: 20, out)
    out()
    kerasProgram(lesson, digits, hidden: 32, epochs: 10, out)
    out()
    try capstone(lesson, out)
    out()
    approximation(lesson, out)
    for (name, figure) in try figures(lesson) { out.figure(name, figure) }
  },
  figures: { lesson in try figures(lesson).map { ChapterFigure($0.name, $0.figure) } })

// MARK: - What all of them need

extension Dataset {
  fileprivate func shuffled(seed: UInt64) -> Dataset {
    var generator = SeededGenerator(seed: seed)
    return shuffled(using: &generator)
  }

  /// The classes as one-hot columns, (K, m).
  fileprivate var oneHot: Matrix { Matrix((0..<classNames.count).map { k in labels.map { $0 == k ? 1 : 0 } }) }
}

/// A data set in three: the last examples to test on, those before them as the dev set, the rest to train on.
private struct Parts {
  var train: Dataset, dev: Dataset, test: Dataset

  init(_ data: Dataset, testCount: Int, devCount: Int) {
    let (rest, test) = data.split(testCount: testCount)
    self.test = test
    (train, dev) = rest.split(testCount: devCount)
  }
}

/// Orders of m examples for so many epochs.
private func orders(_ epochs: Int, _ m: Int, seed: UInt64) -> [[Int]] {
  var generator = SeededGenerator(seed: seed)
  return (0..<epochs).map { _ in generator.permutation(of: m) }
}

/// A dense module from n to p with normal weights of this deviation, and biases of that one.
func randomDense(
  _ lesson: any FrameworkLesson, _ n: Int, _ p: Int, deviation: Double, biases: Double = 0,
  using generator: inout SeededGenerator
) -> any Module {
  let W = deviation * generator.normal(rows: p, columns: n)
  return lesson.module(.dense(W: W, b: biases * generator.normal(rows: p, columns: 1)))
}

/// n → H ReLU → K, with He's deviations.
private func classifier(_ lesson: any FrameworkLesson, _ n: Int, _ H: Int, _ K: Int, seed: UInt64) -> any Module {
  var generator = SeededGenerator(seed: seed)
  return lesson.sequential([
    randomDense(lesson, n, H, deviation: sqrt(2 / Double(n)), using: &generator),
    lesson.module(.activation(.relu)),
    randomDense(lesson, H, K, deviation: sqrt(2 / Double(H)), using: &generator),
  ])
}

/// The parameters of a network of two dense layers, in their order.
private let weightNames = ["layer1.W", "layer1.b", "layer2.W", "layer2.b"]

extension DemoOutput {
  fileprivate func accuracies(_ tag: String, _ shares: (train: Double, dev: Double), step: Int) {
    scalar(tag + "/accuracy", shares.train, step: step)
    scalar(tag + "/dev accuracy", shares.dev, step: step)
  }
}

extension DemoOutput {
  /// Writes an epoch's costs into the run as `fit` reports them: what a training that is cut off had done so far can be read.
  fileprivate func costs(_ name: String, _ report: EpochReport, dev: String = "dev cost") {
    scalar("\(name)/cost", report.cost, step: report.epoch - 1)
    scalar("\(name)/\(dev)", report.devCost, step: report.epoch - 1)
  }
}

private func progressLine(_ report: EpochReport, of epochs: Int, dev: String = "dev cost") -> String {
  let share = Double(report.epoch) / Double(epochs)
  let bar = String(repeating: "█", count: Int(20 * share)) + String(repeating: "·", count: 20 - Int(20 * share))
  return "  epoch \(padded(String(report.epoch), 4)) \(bar) cost \(padded(formatted(report.cost), 8))   "
    + "\(dev) \(padded(formatted(report.devCost), 8))"
}

private func count(_ module: any Module) -> Int { module.parameters.reduce(0) { $0 + $1.rows * $1.columns } }

// MARK: - 1 NumPy: two layers

private func numpyProgram(_ lesson: any FrameworkLesson, _ out: DemoOutput) {
  out("1 · TPT's NumPy program: two layers, tanh and σ, gradient descent with α = 1.2, all examples at once.")
  var generator = SeededGenerator(seed: 3)
  let (train, dev) = Dataset.flower(count: 600, using: &generator).split(testCount: 200)
  let model = lesson.sequential([
    randomDense(lesson, 2, 4, deviation: 0.5, using: &generator),
    lesson.module(.activation(.tanh)),
    randomDense(lesson, 4, 1, deviation: 0.5, using: &generator),
  ])
  let loss = lesson.loss(.binaryCrossEntropy)
  let steps = 2000
  let all = Array(0..<train.exampleCount)
  let plan = FitPlan(
    X: train.X, Y: train.Y, XDev: dev.X, YDev: dev.Y, orders: Array(repeating: all, count: steps),
    batchSize: train.exampleCount, patience: nil)
  let fitted = lesson.fit(
    model, loss: loss, optimizer: lesson.optimizer(.gradientDescent(rate: 1.2)), plan: plan
  ) { report in
    out.costs("numpy", report)
    if report.epoch % 400 == 0 { out(progressLine(report, of: steps)) }
  }
  let onTrain = lesson.evaluate(fitted.model, loss: loss, X: train.X, Y: train.Y)
  let onDev = lesson.evaluate(fitted.model, loss: loss, X: dev.X, Y: dev.Y)
  out(
    "The flower, \(train.exampleCount) points, 4 hidden units, \(count(model)) parameters: \(percent(onTrain.accuracy)) right, "
      + "\(percent(onDev.accuracy)) of 200 held out.")
}

// MARK: - 2 PyTorch: a regression

private func pytorchProgram(_ lesson: any FrameworkLesson, _ out: DemoOutput) {
  out("2 · TPT's PyTorch program: 64 random examples, 1000 → 100 → 10, ReLU, squared error, Adam with α = 0.0001.")
  let (N, DIn, H, DOut) = (64, 1000, 100, 10)
  var generator = SeededGenerator(seed: 4)
  let X = generator.normal(rows: DIn, columns: N)
  let Y = generator.normal(rows: DOut, columns: N)
  // PyTorch's Linear draws weights and biases uniformly between ±1/√n.
  func linear(_ n: Int, _ p: Int) -> any Module {
    let bound = 1 / sqrt(Double(n))
    return lesson.module(
      .dense(
        W: bound * (2 * generator.uniform(rows: p, columns: n) - 1),
        b: bound * (2 * generator.uniform(rows: p, columns: 1) - 1)))
  }
  let model = lesson.sequential([linear(DIn, H), lesson.module(.activation(.relu)), linear(H, DOut)])
  let loss = lesson.loss(.squaredError)
  let steps = 200
  let plan = FitPlan(
    X: X, Y: Y, XDev: X, YDev: Y, orders: Array(repeating: Array(0..<N), count: steps), batchSize: N, patience: nil)
  var sums: [Double] = []
  let fitted = lesson.fit(
    model, loss: loss, optimizer: lesson.optimizer(.adam(rate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)),
    plan: plan
  ) { report in
    // The slide prints the sum over all examples and outputs; J is the mean over the examples.
    sums.append(Double(N) * report.cost)
    out.scalar("pytorch/sum of squares", sums[sums.count - 1], step: report.epoch - 1)
  }
  out("  t, loss:  " + (0..<5).map { "\($0) \(formatted(sums[$0], digits: 4))" }.joined(separator: "   "))
  out("            " + (5..<10).map { "\($0) \(formatted(sums[$0], digits: 4))" }.joined(separator: "   "))
  out(
    "The slide stops here. After \(steps) steps the loss is \(formatted(Double(N) * loss.cost(Z: lesson.evaluate(fitted.model, loss: loss, X: X, Y: Y).A, Y: Y), digits: 4)):"
  )
  let fresh = generator.normal(rows: DIn, columns: N)
  let other = lesson.evaluate(fitted.model, loss: loss, X: fresh, Y: generator.normal(rows: DOut, columns: N))
  out(
    "\(count(model)) parameters learn 640 random numbers by heart. On 64 new random examples it is "
      + "\(formatted(Double(N) * other.cost, digits: 4)), more than the \(formatted(Double(N * DOut), digits: 4)) or so of always answering 0."
  )
}

// MARK: - 3 TensorFlow: the cost as it is printed

/// The cost that the slide prints: softmax, clipped, and then both terms of the binary cross-entropy for each class.
///
/// A − Y is not its gradient. This one goes through the clipping and the softmax, node by node.
struct PrintedCrossEntropy: Loss {
  private let lesson: any FrameworkLesson
  private let least = 1e-10, greatest = 0.9999999

  init(_ lesson: any FrameworkLesson) { self.lesson = lesson }

  func output(_ Z: Matrix) -> Matrix { lesson.loss(.categoricalCrossEntropy).output(Z) }

  func cost(Z: Matrix, Y: Matrix) -> Double {
    let C = min(max(output(Z), least), greatest)
    return -(Y .* log(C) + (1 - Y) .* log(1 - C)).sum() / Double(Z.columns)
  }

  func gradient(Z: Matrix, Y: Matrix) -> Matrix {
    var softmax = lesson.module(.activation(.softmax))
    let A = softmax.forward(Z, training: true)
    let C = min(max(A, least), greatest)
    // Where the clipping holds a fast, nothing passes.
    let passes = (A .>= least) .* (A .<= greatest)
    return softmax.backward(passes .* ((1 - Y) ./ (1 - C) - Y ./ C) / Double(Z.columns))
  }
}

private func tensorflowProgram(
  _ lesson: any FrameworkLesson, _ data: Parts, hidden H: Int, epochs: Int, _ out: DemoOutput
) {
  let (n, K) = (data.train.featureCount, data.train.classNames.count)
  out(
    "3 · TPT's TensorFlow program: \(n) → \(H) → \(K), ReLU, softmax, the clipped cost as it is printed, gradient descent."
  )
  let loss = PrintedCrossEntropy(lesson)
  let Z: Matrix = [[2], [1], [-1], [0.5]]
  let Y: Matrix = [[0], [1], [0], [0]]
  let h = 1e-5
  let numeric = Matrix(
    column: (0..<4).map { i in
      var (up, down) = (Z, Z)
      up[i, 0] += h
      down[i, 0] -= h
      return (loss.cost(Z: up, Y: Y) - loss.cost(Z: down, Y: Y)) / (2 * h)
    })
  let own = loss.gradient(Z: Z, Y: Y)
  let short = lesson.loss(.categoricalCrossEntropy).gradient(Z: Z, Y: Y)
  out("One example of four classes, class 1 being right; the cost's derivatives by its scores:")
  out(
    terminalTable(
      ["z", "central difference", "this demo's", "a − y"],
      (0..<4).map { i in
        [Z[i, 0], numeric[i, 0], own[i, 0], short[i, 0]].map { formatted($0, digits: 4) }
      }))
  var generator = SeededGenerator(seed: 5)
  let model = lesson.sequential([
    randomDense(lesson, n, H, deviation: 0.03, biases: 1, using: &generator),
    lesson.module(.activation(.relu)),
    randomDense(lesson, H, K, deviation: 0.03, biases: 1, using: &generator),
  ])
  let plan = FitPlan(
    X: data.train.X, Y: data.train.oneHot, XDev: data.test.X, YDev: data.test.oneHot,
    orders: orders(epochs, data.train.exampleCount, seed: 6), batchSize: 50, patience: nil)
  let fitted = lesson.fit(
    model, loss: loss, optimizer: lesson.optimizer(.gradientDescent(rate: 0.2)), plan: plan
  ) { report in
    out.costs("tensorflow", report, dev: "test cost")
    if report.epoch % max(1, epochs / 5) == 0 { out(progressLine(report, of: epochs, dev: "test cost")) }
  }
  let test = lesson.evaluate(fitted.model, loss: loss, X: data.test.X, Y: data.test.oneHot)
  out("Test accuracy \(percent(test.accuracy)) of \(data.test.exampleCount).")
}

// MARK: - 4 Keras: RMSprop, batches, validation

private func kerasProgram(
  _ lesson: any FrameworkLesson, _ data: Parts, hidden H: Int, epochs: Int, _ out: DemoOutput
) {
  let (n, K) = (data.train.featureCount, data.train.classNames.count)
  out("4 · TPT's Keras program: \(n) → \(H) → \(K), ReLU, softmax, RMSprop, batches of 32, validation.")
  let loss = AccuracyMeter(lesson.loss(.categoricalCrossEntropy))
  let plan = FitPlan(
    X: data.train.X, Y: data.train.oneHot, XDev: data.dev.X, YDev: data.dev.oneHot,
    orders: orders(epochs, data.train.exampleCount, seed: 7), batchSize: 32, patience: nil)
  let fitted = lesson.fit(
    classifier(lesson, n, H, K, seed: 8), loss: loss,
    optimizer: lesson.optimizer(.rmsprop(rate: 0.001, beta: 0.9, epsilon: 1e-7)), plan: plan
  ) { report in
    out(progressLine(report, of: epochs))
    out.costs("keras", report)
    out.accuracies("keras", loss.shares(), step: report.epoch - 1)
  }
  let score = lesson.evaluate(fitted.model, loss: loss, X: data.test.X, Y: data.test.oneHot)
  out(
    "score: [\(formatted(score.cost, digits: 4)), \(formatted(score.accuracy, digits: 4))]: test cost and accuracy, as Keras prints them."
  )
}

// MARK: - MNIST's own files

private func mnist(_ lesson: any FrameworkLesson, _ folder: String, _ out: DemoOutput) throws {
  out("MNIST from \(folder).")
  let pictures = try Pictures.mnist(in: folder)
  out("To train: \(pictures.train).")
  out("To test: \(pictures.test).")
  let (train, test) = (pictures.train.dataset(), pictures.test.dataset())
  var parts = Parts(train, testCount: 0, devCount: train.exampleCount / 12)
  parts.test = test
  out("The last \(parts.dev.exampleCount) of the training pictures are the dev set.")
  out()
  tensorflowProgram(lesson, parts, hidden: 64, epochs: 5, out)
  out()
  kerasProgram(lesson, parts, hidden: 64, epochs: 5, out)
}

// MARK: - The digits

/// A network trained on the digits with early stopping, and what became of it.
private struct DigitsRun {
  var parts: Parts, start: any Module, fitted: Fitted, test: ModelEvaluation, dev: ModelEvaluation
  /// By epoch, on the training batches and on the dev set.
  var accuracies: [(train: Double, dev: Double)] = []

  /// Shuffled: the same writers on both sides. Otherwise the test set is the file's last 360, by other writers, and only the
  /// rest is shuffled.
  init(
    _ lesson: any FrameworkLesson, shuffled: Bool, seed: UInt64, epochs: Int = 100,
    progress: (EpochReport) -> Void = { _ in }
  ) throws {
    let data = try Dataset.digits()
    if shuffled {
      parts = Parts(data.shuffled(seed: seed), testCount: 360, devCount: 180)
    } else {
      let (known, unknown) = data.split(testCount: 360)
      parts = Parts(known.shuffled(seed: seed), testCount: 0, devCount: 180)
      parts.test = unknown
    }
    let loss = AccuracyMeter(lesson.loss(.categoricalCrossEntropy))
    let plan = FitPlan(
      X: parts.train.X, Y: parts.train.oneHot, XDev: parts.dev.X, YDev: parts.dev.oneHot,
      orders: orders(epochs, parts.train.exampleCount, seed: seed + 1000), batchSize: 32, patience: 10)
    start = classifier(lesson, 64, 64, 10, seed: seed + 2000)
    var accuracies: [(train: Double, dev: Double)] = []
    fitted = lesson.fit(
      start, loss: loss, optimizer: lesson.optimizer(.adam(rate: 0.003, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)),
      plan: plan
    ) { report in
      accuracies.append(loss.shares())
      progress(report)
    }
    self.accuracies = accuracies
    test = lesson.evaluate(fitted.model, loss: loss, X: parts.test.X, Y: parts.test.oneHot)
    dev = lesson.evaluate(fitted.model, loss: loss, X: parts.dev.X, Y: parts.dev.oneHot)
  }

  /// How many digits i were taken for j.
  var confusion: [[Double]] {
    var counts = Array(repeating: Array(repeating: 0.0, count: 10), count: 10)
    for (truth, answer) in zip(parts.test.labels, test.classes) where (0..<10).contains(answer) {
      counts[truth][answer] += 1
    }
    return counts
  }

  /// The places of the test set's misread digits.
  var misread: [Int] { parts.test.labels.indices.filter { parts.test.labels[$0] != test.classes[$0] } }

  func picture(_ i: Int) -> PixelImage {
    PixelImage(width: 8, height: 8, gray: parts.test.X.column(i).elements, range: 0...1)
  }

  func caption(_ i: Int) -> String { "\(parts.test.labels[i]) read as \(test.classes[i])" }
}

private func capstone(_ lesson: any FrameworkLesson, _ out: DemoOutput) throws {
  out("5 · The digits: 64 → 64 → 10, ReLU, Adam with α = 0.003, batches of 32, at most 100 epochs, patience 10.")
  let run = try DigitsRun(lesson, shuffled: true, seed: 1) { report in
    out.costs("digits", report)
    if report.epoch % 8 == 0 { out(progressLine(report, of: 100)) }
  }
  for (step, shares) in run.accuracies.enumerated() { out.accuracies("digits", shares, step: step) }
  for (model, step) in [(run.start, 0), (run.fitted.model, run.fitted.bestEpoch)] {
    for (name, W) in zip(weightNames, model.parameters) { out.histogram("digits/\(name)", W, step: step) }
  }
  for (name, g) in zip(weightNames, run.fitted.model.gradients) {
    out.histogram("digits/gradient of \(name)", g, step: run.fitted.bestEpoch)
  }
  for i in run.misread.prefix(8) { out.image("misread/\(run.caption(i))", run.picture(i), step: i) }
  out(
    "\(run.fitted.history.count) epochs, the best one number \(run.fitted.bestEpoch). A shuffled split, the same writers on both sides: "
      + "\(percent(run.test.accuracy)) of 360 test digits right.")
  out()
  out("Test digits, a row for each digit, a column for each answer:")
  out("     " + (0..<10).map { padded(String($0), 4) }.joined())
  for (digit, row) in run.confusion.enumerated() {
    out(padded(String(digit), 5) + row.map { padded($0 == 0 ? "·" : String(Int($0)), 4) }.joined())
  }
  out()
  out("Misread:")
  let shown = Array(run.misread.prefix(4))
  let lines = shown.map { terminalImage(run.picture($0)).split(separator: "\n") }
  for line in lines.first?.indices ?? 0..<0 { out("  " + lines.map { $0[line] }.joined(separator: "     ")) }
  out("  " + shown.map { filled(run.caption($0), 21) }.joined())
  out()
  var shares: (shuffled: [Double], unseen: [Double], dev: [Double]) = ([], [], [])
  for seed in UInt64(1)...10 {
    shares.shuffled.append(try DigitsRun(lesson, shuffled: true, seed: seed).test.accuracy)
    let unseen = try DigitsRun(lesson, shuffled: false, seed: seed)
    shares.unseen.append(unseen.test.accuracy)
    shares.dev.append(unseen.dev.accuracy)
  }
  out("Ten seeds, test accuracy:")
  out("  shuffled split, the same writers on both sides: \(spread(shares.shuffled))")
  out("  file order, writers never seen before:          \(spread(shares.unseen))")
  out("  its dev set, drawn from the known writers:      \(spread(shares.dev))")
  out("The same net, the same code. A test set answers the question that its split asks.")
}

// MARK: - Weights in a file

/// Trains the digits' network, or takes its weights from a file; keeps them in one; and shows that its answers come back.
private func savedDigits(_ lesson: any FrameworkLesson, _ out: DemoOutput) throws {
  func fresh() -> any Module { classifier(lesson, 64, 64, 10, seed: 0) }
  let saved = try out.save.map {
    try SavedNetwork(path: $0, names: weightNames, store: lesson.weightStore(), isNew: true)
  }
  let loaded = try out.load.map { try SavedNetwork(path: $0, names: weightNames, store: lesson.weightStore()) }
  let model: any Module
  let title = "The digits, 64 → 64 → 10, ReLU."
  if let loaded {
    model = try loaded.read(into: fresh())
    out(title)
    out("The weights are those of \(loaded.file.path); nothing is trained.")
  } else {
    out(title)
    let run = try DigitsRun(lesson, shuffled: true, seed: 1) { report in
      if report.epoch % 8 == 0 { out(progressLine(report, of: 100)) }
    }
    model = run.fitted.model
    out("Trained: \(run.fitted.history.count) epochs, the best one number \(run.fitted.bestEpoch).")
  }
  let test = try Parts(Dataset.digits().shuffled(seed: 1), testCount: 360, devCount: 180).test
  func evaluated(_ model: any Module) -> ModelEvaluation {
    lesson.evaluate(model, loss: lesson.loss(.categoricalCrossEntropy), X: test.X, Y: test.oneHot)
  }
  let answers = evaluated(model)
  func words(_ digits: [Int]) -> String { digits.prefix(20).map { String($0) }.joined(separator: " ") }
  out("Test cost \(formatted(answers.cost, digits: 6)), \(percent(answers.accuracy)) of 360 test digits right.")
  out("  the first twenty digits: \(words(test.labels))")
  out("  its answers:             \(words(answers.classes))")
  guard let saved else { return }
  out()
  try saved.write(model)
  out("Saved: \(saved.file.path), \(weightNames.joined(separator: ", ")).")
  let again = evaluated(try saved.read(into: fresh()))
  let same = zip(answers.classes, again.classes).count { $0 == $1 }
  out("Loaded into a network with other weights: \(same) of 360 answers are the same;")
  out("probabilities differ by \(formatted(abs(again.A - answers.A).max(), digits: 2)) at the most.")
}

// MARK: - Figures

private func figures(_ lesson: any FrameworkLesson) throws -> [(name: String, figure: Figure)] {
  let run = try DigitsRun(lesson, shuffled: true, seed: 1)
  let unseen = try DigitsRun(lesson, shuffled: false, seed: 1)
  return [
    ("modules", modulesFigure()), ("network", networkFigure()), ("curves", curvesFigure(run)),
    ("confusion", confusionFigure(run, unseen)), ("misread", misreadFigure(run)),
    ("approximation", approximationFigure(lesson)),
  ]
}

/// Forward through a sequence, the loss, and backward again.
private func modulesFigure() -> Figure {
  let names = ["Dense", "ReLU", "Dense", "Loss"]
  let kept = ["keeps A⁰", "keeps Z¹", "keeps A¹", "1/m is here"]
  let gradients = ["dW, db", "", "dW, db", ""]
  let up = ["A⁰ = X", "Z¹", "A¹", "Z²"]
  let down = ["∂J/∂A⁰", "∂J/∂Z¹", "∂J/∂A¹", "∂J/∂Z²"]
  var elements: [Diagram.Element] = []
  for i in 0..<4 {
    let x = 90 + 170 * Double(i)
    elements.append(.box(names[i], at: (x, 0), width: 84, height: 96, ink: i < 3 ? .blue : .vermilion))
    elements.append(.text(kept[i], at: (x + 42, -14), ink: .muted, small: true))
    elements.append(.text(gradients[i], at: (x + 42, 112), ink: .muted, small: true))
    elements.append(.arrow(from: (x - 82, 24), to: (x - 4, 24), above: up[i]))
    elements.append(.arrow(from: (x - 4, 74), to: (x - 82, 74), below: down[i], ink: .vermilion))
  }
  elements.append(.text("J", at: (90 + 170 * 3 + 104, 48)))
  return Figure(
    title: "Forward keeps, backward uses",
    description:
      "A row of four boxes: Dense, ReLU, Dense, Loss. Arrows to the right carry X, Z1, A1 and Z2 into them. Arrows to the left carry the derivatives of J by Z2, A1, Z1 and X out of them again. Above the boxes stands what each keeps in forward: A0, Z1, A1. Below the two Dense boxes stand their gradients dW and db. The loss holds the 1/m.",
    width: 760, Diagram(elements: elements))
}

/// The capstone's network.
private func networkFigure() -> Figure {
  Figure(
    title: "The network that reads digits",
    description:
      "Three layers of circles, each joined to all of the next: 64 pixels, 64 hidden units with ReLU, 10 digits with softmax.",
    width: 480,
    Diagram.network([64, 64, 10], names: ["pixels", "ReLU", "softmax"]))
}

private func curvesFigure(_ run: DigitsRun) -> Figure {
  let epochs = run.fitted.history.map { Double($0.epoch) }
  return Figure(
    title: "The history that fit returns",
    description:
      "Two curves against the epoch, on a logarithmic axis. The training cost falls all the way, below 0.01. The dev cost falls to about 0.1 and stays there. A vertical line marks the best epoch, \(run.fitted.bestEpoch) of \(run.fitted.history.count).",
    Chart(
      x: "epoch", y: Axis("J (nats)", scale: .logarithmic),
      .line(epochs, run.fitted.history.map(\.cost), label: "training"),
      .line(epochs, run.fitted.history.map(\.devCost), label: "dev"),
      .vertical(Double(run.fitted.bestEpoch), label: "best epoch")))
}

private func confusionFigure(_ run: DigitsRun, _ unseen: DigitsRun) -> Figure {
  let names = (0..<10).map { String($0) }
  func chart(_ title: String, _ run: DigitsRun) -> Chart {
    return Chart(
      title: "\(title): \(percent(run.test.accuracy))", x: Axis("answer", ticks: .names(names)), y: "digit",
      .matrix(run.confusion, rowNames: names, columnNames: names, range: 0...12, digits: 2))
  }
  return Figure(
    title: "Which digit is taken for which",
    description:
      "Two tables of ten rows, the digits, and ten columns, the answers. Nearly all counts are on the diagonal. Beside it, on the left, for a shuffled split, there are 8 mistakes of 4 kinds. On the right, for unseen writers, there are 33, of 19 kinds: a 3 taken for an 8 six times, a 1 for a 9 five times.",
    width: 760, chart("shuffled split", run), chart("unseen writers", unseen))
}

private func misreadFigure(_ run: DigitsRun) -> Figure {
  let shown = Array(run.misread.prefix(8))
  return Figure(
    title: "Misread digits of the test set",
    description:
      "Pictures of 8 by 8 pixels with captions: \(shown.map { run.caption($0) }.joined(separator: ", ")). Some are hard to read for a person too.",
    Diagram.images(shown.map { run.picture($0) }, captions: shown.map { run.caption($0) }, columns: 4, size: 96))
}
