import Curriculum

/// The steps of lesson 11.
public let optimizationSteps: [Step<any OptimizationLesson>] = [
  Step(
    "11.1",
    on: cuttings, cpuSeconds: 5
  ) { lesson, input in input.facts { lesson.miniBatches(X: $0, Y: $1, size: $2, using: &$3) } },

  Step(
    "11.2",
    on: epochs
  ) { lesson, input in
    let result = lesson.epoch(
      X: input.X, Y: input.Y, from: input.parameters, order: input.order, batchSize: input.batchSize, rate: input.rate,
      gradient: input.J.evaluation)
    return Observation(
      quantities: [Quantity("costs", result.costs)]
        + input.parameters.indices.map { Quantity("parameters[\($0)]", result.parameters.element($0)) })
  },

  Step("11.3", on: meanWalks, tolerances: walkTolerances) { lesson, walk in
    let hyper = walk.hyper
    return walk.observe {
      lesson.momentum($0, gradients: $1, state: $2, rate: hyper.rate, beta: hyper.beta)
    }
  },

  Step("11.4", on: squareWalks, tolerances: walkTolerances) { lesson, walk in
    let hyper = walk.hyper
    return walk.observe {
      lesson.rmsprop($0, gradients: $1, state: $2, rate: hyper.rate, beta: hyper.beta, epsilon: hyper.epsilon)
    }
  },

  Step("11.5", on: momentWalks, tolerances: walkTolerances) { lesson, walk in
    let hyper = walk.hyper
    return walk.observe {
      lesson.adam(
        $0, gradients: $1, state: $2, rate: hyper.rate, beta1: hyper.beta1, beta2: hyper.beta2, epsilon: hyper.epsilon)
    }
  },

  Step(
    "11.6",
    on: decays,
    tolerances: ["rate": .relative(1e-9)]
  ) { lesson, input in
    ["rate": lesson.decayedRate(input.initial, epoch: input.epoch, schedule: input.schedule)]
  },

  Step(
    "11.7",
    on: newtonSteps,
    tolerances: [
      "w": .close(relative: 1e-7, absolute: 1e-9), "b": .close(relative: 1e-7, absolute: 1e-9),
    ],
    derivatives: { reference, input in
      if input.batch.isSaturated { return [:] }
      let batch = input.batch
      let n = batch.X.rows
      // Row i of M moves the parameters at which entry i of the gradient is taken: its derivatives are row i of the Hessian.
      return [
        "hessian": .of("the entries of the gradient", at: Matrix(rows: n + 1, columns: n + 1)) { M in
          (0...n).reduce(0) { sum, i in
            let moved = LogisticParameters(w: batch.w + M.row(i).columns(0..<n).T, b: batch.b + M[i, n])
            let step = reference.newtonStep(X: batch.X, Y: batch.Y, at: moved, lambda: input.lambda)
            return sum + step.gradient[i, 0]
          }
        }
      ]
    }
  ) { lesson, input in
    let step = lesson.newtonStep(X: input.batch.X, Y: input.batch.Y, at: input.batch.parameters, lambda: input.lambda)
    return ["gradient": step.gradient, "hessian": step.hessian, "w": step.parameters.w, "b": step.parameters.b]
  },
]

private let cuttings: [Input<Cutting>] = [
  .worked(Cutting(X: [[1, 2, 3, 4, 5]], Y: [[10, 20, 30, 40, 50]], size: 2, seed: 1)),
  .random { .random(n: 3, q: 2, m: 41, size: 10, using: &$0) },
  .random { .random(n: 2, q: 4, m: 40, size: 8, using: &$0) },
  .edge("more than one batch, the last one nearly full") { .random(n: 2, q: 1, m: 47, size: 12, using: &$0) },
  .edge("large batches") { .random(n: 2, q: 1, m: 450, size: 200, using: &$0) },
  .edge("one example in each batch") { .random(n: 4, q: 1, m: 6, size: 1, using: &$0) },
  .edge("one batch of all examples") { .random(n: 2, q: 3, m: 9, size: 9, using: &$0) },
  .edge("a batch size above m") { .random(n: 1, q: 2, m: 5, size: 64, using: &$0) },
  .edge("one example") { .random(n: 2, q: 1, m: 1, size: 3, using: &$0) },
  .edge("the same example several times") { .withRepeats(using: &$0) },
  .edge("8 examples, shuffled 2,500 times") { .many(using: &$0) },
]

private let epochs: [Input<Epoch>] = [
  .worked(
    Epoch(
      X: [[1, 2, 3, 4, 5]], Y: [[2, 1, 0, 1, 2]], parameters: [[[1]]], order: [3, 0, 4, 2, 1], batchSize: 2,
      rate: 0.5, J: .parabola)),
  .random { .random(n: 3, q: 2, m: 7, batchSize: 3, using: &$0) },
  .random { .random(n: 2, q: 4, m: 11, batchSize: 4, using: &$0) },
  .edge("a batch size that divides m") { .random(n: 2, q: 3, m: 6, batchSize: 2, using: &$0) },
  .edge("batch gradient descent: all examples in one batch") { .random(n: 3, q: 2, m: 5, batchSize: 5, using: &$0) },
  .edge("stochastic gradient descent: one example in each batch") {
    .random(n: 2, q: 3, m: 5, batchSize: 1, using: &$0)
  },
  .edge("four matrices of parameters") {
    var epoch = Epoch.random(n: 2, q: 3, m: 7, batchSize: 3, using: &$0)
    epoch.parameters += [$0.normal(rows: 2, columns: 2), $0.normal(rows: 1, columns: 3)]
    return epoch
  },
  .edge("a batch size above m") { .random(n: 3, q: 1, m: 4, batchSize: 9, using: &$0) },
  .edge("one example") { .random(n: 2, q: 3, m: 1, batchSize: 2, using: &$0) },
  .edge("a rate so large that the cost rises") { .random(n: 2, q: 2, m: 8, batchSize: 3, rate: 40, using: &$0) },
  .edge("a rate so small that the cost hardly changes") {
    .random(n: 2, q: 2, m: 8, batchSize: 3, rate: 1e-7, using: &$0)
  },
  .edge("gradients of size 10,000") { .random(n: 2, q: 3, m: 7, batchSize: 3, rate: 1e-5, labels: 1e4, using: &$0) },
  .edge("gradients of size 0.0001") { .random(n: 2, q: 3, m: 7, batchSize: 3, rate: 100, labels: 1e-4, using: &$0) },
  .edge("costs that are nearly 0, and large examples far from them") {
    .random(n: 2, q: 2, near: 6, far: 3, using: &$0)
  },
]

private let decays: [Input<Decay.Rate>] = [
  .worked((initial: 0.2, epoch: 4, schedule: .inverse(decay: 1))),
  .edge("the chapter's example", (initial: 0.2, epoch: 4, schedule: .exponential(base: 0.5))),
  .edge("the chapter's example", (initial: 0.2, epoch: 4, schedule: .inverseSquareRoot(k: 0.5))),
  .random { Decay.random(2...9, 0.1...2.1, using: &$0) { .inverse(decay: $0) } },
  .random { Decay.random(2...9, 0.3...0.9, using: &$0) { .exponential(base: $0) } },
  .random { Decay.random(2...9, 0.2...2.2, using: &$0) { .inverseSquareRoot(k: $0) } },
  .edge("the first epoch") { Decay.random(1...1, 0.5...1.5, using: &$0) { .inverse(decay: $0) } },
  .edge("the first epoch") { Decay.random(1...1, 0.5...0.9, using: &$0) { .exponential(base: $0) } },
  .edge("the first epoch") { Decay.random(1...1, 0.5...1.5, using: &$0) { .inverseSquareRoot(k: $0) } },
  .edge("a late epoch") { Decay.random(800...1000, 0.01...0.01, using: &$0) { .inverse(decay: $0) } },
  .edge("a late epoch") { Decay.random(60...90, 0.3...0.5, using: &$0) { .exponential(base: $0) } },
  .edge("a late epoch") { Decay.random(800...1000, 0.9...0.9, using: &$0) { .inverseSquareRoot(k: $0) } },
  .edge("a very late epoch", (initial: 0.5, epoch: 5000, schedule: .inverse(decay: 0.002))),
  .edge("a very late epoch", (initial: 0.5, epoch: 5000, schedule: .exponential(base: 0.999))),
  .edge("a very late epoch", (initial: 0.5, epoch: 5000, schedule: .inverseSquareRoot(k: 7))),
  .edge("a rate that stays as it is", (initial: 3, epoch: 7, schedule: .inverse(decay: 0))),
  .edge("a rate that stays as it is", (initial: 3, epoch: 7, schedule: .exponential(base: 1))),
  .edge("a rate that grows at first", (initial: 0.1, epoch: 2, schedule: .inverseSquareRoot(k: 3))),
  .edge("a rate that grows", (initial: 1e-7, epoch: 30, schedule: .exponential(base: 1.3))),
]

private let newtonSteps: [Input<Newton>] = [
  .worked(
    Newton(batch: LogisticBatch(X: [[-1, 0, 1, 4]], Y: [[0, 1, 0, 1]], w: [[0]], b: 0), lambda: 0.5)),
  .random { .random(n: 3, m: 7, lambda: 1.5, using: &$0) },
  .random { .random(n: 2, m: 5, lambda: 0.8, using: &$0) },
  .edge("no penalty") { .random(n: 2, m: 12, lambda: 0, using: &$0) },
  .edge("a large penalty") { .random(n: 4, m: 6, lambda: 70, using: &$0) },
  .edge("one example") { .random(n: 2, m: 1, lambda: 1, using: &$0) },
  .edge("features of size 30 and 0.03") { .uneven(using: &$0) },
  .edge(
    "scores of ±750 among others",
    Newton(
      batch: LogisticBatch(
        X: [[750, -750, 0.5, -1, 2, -750], [0, 0, 1, 2, -1, 0]], Y: [[1, 0, 0, 1, 1, 1]], w: [[1], [0.5]], b: 0),
      lambda: 2)),
  .edge(
    "a constant feature without a penalty: H is singular",
    Newton(
      batch: LogisticBatch(
        X: [[2, 2, 2, 2, 2], [1, -1, 0.5, 2, -3]], Y: [[1, 0, 0, 1, 1]], w: [[0.25], [-0.5]], b: 0.75),
      lambda: 0)),
  .edge(
    "scores of ±800 only: H is singular",
    Newton(
      batch: LogisticBatch(X: [[800, -800, 800], [1, 2, -1]], Y: [[1, 0, 0]], w: [[1], [0]], b: 0), lambda: 3)),
]

private typealias Quantity = Observation.Quantity

extension Observation.Quantity {
  fileprivate init(_ name: String, _ value: any Observable) {
    self.init(name: name, shape: value.observedShape, values: value.observedValues)
  }
}

extension [Matrix] {
  /// The matrix with this index, or one without elements where the list is too short.
  fileprivate func element(_ k: Int) -> Matrix { indices.contains(k) ? self[k] : Matrix(rows: 0, columns: 0) }
}

// MARK: - Batches

/// Examples to be shuffled and cut, and the seed of the generator.
private struct Cutting: Sendable {
  var X: Matrix, Y: Matrix, size: Int, seed: Int
  /// How often they are shuffled to see what comes where; 1 is for a look at a single shuffle.
  var repetitions = 1

  static func random(n: Int, q: Int, m: Int, size: Int, using generator: inout SeededGenerator) -> Cutting {
    Cutting(
      X: generator.normal(rows: n, columns: m), Y: generator.normal(rows: q, columns: m), size: size,
      seed: 1 + generator.integer(below: 1000))
  }

  /// Seven examples of which only four differ.
  static func withRepeats(using generator: inout SeededGenerator) -> Cutting {
    var cutting = random(n: 2, q: 2, m: 7, size: 3, using: &generator)
    let columns = [0, 1, 0, 2, 0, 1, 3]
    cutting.X = cutting.X.columns(at: columns)
    cutting.Y = cutting.Y.columns(at: columns)
    return cutting
  }

  /// Eight examples, whose only feature is their number.
  static func many(using generator: inout SeededGenerator) -> Cutting {
    let numbers: Matrix = [[0, 1, 2, 3, 4, 5, 6, 7]]
    return Cutting(X: numbers, Y: numbers, size: 8, seed: 1 + generator.integer(below: 1000), repetitions: 2500)
  }

  typealias Shuffle = (_ X: Matrix, _ Y: Matrix, _ size: Int, _ generator: inout SeededGenerator) -> [Batch]

  /// What is true of a right shuffle, whichever it is.
  func facts(_ shuffle: Shuffle) -> Observation {
    if repetitions > 1 { return places(shuffle) }
    var generator = SeededGenerator(seed: UInt64(seed))
    let batches = shuffle(X, Y, size, &generator)
    let again = shuffle(X, Y, size, &generator)
    var same = SeededGenerator(seed: UInt64(seed))
    var other = SeededGenerator(seed: UInt64(seed + 1))
    let x = numbers(of: batches.map(\.X), in: X)
    let y = numbers(of: batches.map(\.Y), in: Y)
    let counts = x.joined().reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
    let wanted = numbers(of: [X], in: X)[0].reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
    let fits = batches.allSatisfy {
      $0.X.rows == X.rows && $0.Y.rows == Y.rows && $0.X.columns == $0.Y.columns
    }
    // Of columns that are none of X's, or batches of X and Y that differ in size, nothing can be said of pairs and orders.
    let areKnown = fits && !x.joined().contains(-1)
    var quantities = [
      Quantity("batch sizes", batches.map(\.X.columns)),
      Quantity("rows of X and Y in each batch as in X and Y", fits),
      Quantity("every example is there", wanted.allSatisfy { counts[$0.key, default: 0] >= $0.value }),
      Quantity("no example comes too often", counts.allSatisfy { $0.value <= wanted[$0.key, default: 0] }),
      Quantity("each column of Y is beside its column of X", !areKnown || x == y),
    ]
    guard X.columns >= 40 else { return Observation(quantities: quantities) }
    let isOneOf = x.map { batch in
      guard let low = batch.min(), let high = batch.max(), batch.count >= 5 else { return (false, false) }
      return (high - low == batch.count - 1, zip(batch, batch.dropFirst()).allSatisfy { $1 == $0 + 1 })
    }
    let inOrder = Array(0..<X.columns)
    func areAsBefore(_ others: [Batch]) -> Bool {
      numbers(of: others.map(\.X), in: X) == x && numbers(of: others.map(\.Y), in: Y) == y
    }
    quantities += [
      Quantity("X is in its old order", areKnown && Array(x.joined()) == inOrder),
      Quantity("Y is in its old order", areKnown && Array(y.joined()) == inOrder),
      Quantity("a batch of neighbours", areKnown && isOneOf.contains { $0.0 }),
      Quantity("a batch of neighbours in their old order", areKnown && isOneOf.contains { $0.1 }),
      Quantity(
        "a generator of the same seed gives the same batches",
        !areKnown || areAsBefore(shuffle(X, Y, size, &same))),
      Quantity(
        "a generator of another seed gives the same batches",
        areKnown && areAsBefore(shuffle(X, Y, size, &other))),
      Quantity("the next call on the generator gives the same batches", areKnown && areAsBefore(again)),
    ]
    return Observation(quantities: quantities)
  }

  /// How often each example comes to each place: χ² is 49 ± 10 if that is always equally likely, and 120 is beyond chance.
  private func places(_ shuffle: Shuffle) -> Observation {
    let m = X.columns
    var generator = SeededGenerator(seed: UInt64(seed))
    var counts = [Int](repeating: 0, count: m * m)
    var areWhole = true
    for _ in 0..<repetitions {
      guard let numbers = shuffle(X, Y, size, &generator).first?.X.elements, numbers.count == m else {
        areWhole = false
        break
      }
      var place = 0
      while place < m {
        let number = numbers[place]
        if number >= 0 && number < Double(m) { counts[place * m + Int(number)] += 1 }
        place += 1
      }
    }
    let expected = Double(repetitions) / Double(m)
    let chiSquared = counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    let stays = (0..<m).map { counts[$0 * m + $0] }
    return [
      "the first batch holds as many examples as there are": areWhole,
      "the first example never moves": areWhole && stays[0] == repetitions,
      "the last example never moves": areWhole && stays[m - 1] == repetitions,
      "no example ever keeps its place": areWhole && stays.allSatisfy { $0 == 0 },
      "each example comes to each place about equally often": !areWhole || chiSquared < 120,
    ]
  }

  /// For each batch the numbers that its columns have in `whole`: the first such column's, or −1.
  private func numbers(of batches: [Matrix], in whole: Matrix) -> [[Int]] {
    var known: [[Double]: Int] = [:]
    for i in (0..<whole.columns).reversed() { known[whole.column(i).elements] = i }
    return batches.map { batch in (0..<batch.columns).map { known[batch.column($0).elements] ?? -1 } }
  }
}

// MARK: - An epoch

/// Examples, their order, and a cost that no step asks for.
private struct Epoch: Sendable {
  var X: Matrix, Y: Matrix, parameters: [Matrix], order: [Int], batchSize: Int, rate: Double, J: BatchCost

  static func random(
    n: Int, q: Int, m: Int, batchSize: Int, rate: Double? = nil, labels: Double = 1,
    using generator: inout SeededGenerator
  ) -> Epoch {
    Epoch(
      X: 2 * generator.normal(rows: n, columns: m), Y: labels * (0.5 + generator.normal(rows: q, columns: m)),
      parameters: [generator.normal(rows: n, columns: 1), generator.normal(rows: 1, columns: q)],
      order: generator.permutation(of: m), batchSize: batchSize, rate: rate ?? (0.2 + 0.6 * generator.uniform()),
      J: .logCosh)
  }

  /// Examples that the parameters fit, up to 1e-5, and then others that they do not.
  static func random(n: Int, q: Int, near: Int, far: Int, using generator: inout SeededGenerator) -> Epoch {
    var epoch = random(n: n, q: q, m: near + far, batchSize: 4, using: &generator)
    epoch.order = Array(0..<(near + far))
    let u = epoch.parameters[0]
    let v = 1 + generator.uniform(rows: 1, columns: q)
    epoch.parameters[1] = v
    for i in 0..<near {
      for k in 0..<q { epoch.Y[k, i] = u[0, 0] / v[0, k] + 1e-5 * generator.normal() }
      for j in 0..<n { epoch.X[j, i] = u[j, 0] * epoch.Y[0, i] + 1e-5 * generator.normal() }
    }
    return epoch
  }
}

/// A cost of some examples at some parameters, a mean over them, that no step asks for.
private enum BatchCost: CustomStringConvertible, Sendable {
  /// ½(θ − xy)² for one parameter: it looks for the mean of the products xy.
  case parabola
  /// Σ log cosh of uⱼy₁ − xⱼ and of vₖyₖ − u₁, for u (n, 1) and v (1, q); of any further parameters' entries less ½.
  case logCosh

  var description: String {
    switch self {
    case .parabola: "mean of ½(θ − xy)²"
    case .logCosh: "mean of Σ log cosh(uⱼy₁ − xⱼ) + Σ log cosh(vₖyₖ − u₁)"
    }
  }

  var evaluation: @Sendable (_ X: Matrix, _ Y: Matrix, _ parameters: [Matrix]) -> Evaluation {
    { X, Y, parameters in
      guard X.columns == Y.columns, X.columns > 0 else {
        fatalError(
          "gradient(X, Y, parameters) was called with X \(X.shape) and Y \(Y.shape): they need the same number of columns, one at least"
        )
      }
      switch self {
      case .parabola:
        let distances = parameters[0] - X .* Y
        return Evaluation(cost: (0.5 * distances .* distances).mean(), gradients: [distances.rowMeans()])
      case .logCosh:
        let r = parameters[0] .* Y.row(0) - X
        let s = parameters[1].T .* Y - parameters[0].row(0)
        let cost = logarithmOfCosh(r).columnSums() + logarithmOfCosh(s).columnSums()
        var du = (tanh(r) .* Y.row(0)).rowMeans()
        du[0, 0] -= tanh(s).columnSums().mean()
        let others = parameters.dropFirst(2).map { $0 - 0.5 }
        return Evaluation(
          cost: cost.mean() + others.reduce(0) { $0 + logarithmOfCosh($1).sum() },
          gradients: [du, (tanh(s) .* Y).rowMeans().T] + others.map { tanh($0) })
      }
    }
  }
}

/// log cosh of each entry, which overflows for none.
private func logarithmOfCosh(_ R: Matrix) -> Matrix { R.map { abs($0) + log1p(expm1(-2 * abs($0)) / 2) } }

// MARK: - Optimisers

extension SeededGenerator {
  fileprivate mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }
}

private struct Mean: Sendable { var rate: Double, beta: Double }
private struct Squares: Sendable { var rate: Double, beta: Double, epsilon: Double }
private struct Moments: Sendable { var rate: Double, beta1: Double, beta2: Double, epsilon: Double }

private let meanWalks = Walk<Mean>.inputs(
  worked: .pair(
    [[1, 2]], [[0.5]], gradients: [([[4, 0]], [[-2]]), ([[2, 0]], [[-2]])], hyper: Mean(rate: 0.1, beta: 0.5)),
  usual: { Mean(rate: $0.between(0.1, 0.6), beta: $0.between(0.6, 0.9)) },
  extreme: { rate, beta, _ in Mean(rate: rate, beta: beta) })

private let squareWalks = Walk<Squares>.inputs(
  worked: .pair(
    [[1, 2]], [[0.5]], gradients: [([[6, 0]], [[-2]]), ([[3, 0]], [[1]])],
    hyper: Squares(rate: 0.1, beta: 0.75, epsilon: 1)),
  usual: { Squares(rate: $0.between(0.01, 0.1), beta: $0.between(0.6, 0.9), epsilon: 1e-8) },
  extreme: { rate, beta, epsilon in Squares(rate: rate, beta: beta, epsilon: epsilon) })

private let momentWalks = Walk<Moments>.inputs(
  worked: .pair(
    [[1, 2]], [[0.5]], gradients: [([[1, 0]], [[-3]]), ([[2.5, 0]], [[3]])],
    hyper: Moments(rate: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 1)),
  usual: {
    Moments(
      rate: $0.between(0.01, 0.1), beta1: $0.between(0.6, 0.9), beta2: $0.between(0.95, 0.999), epsilon: 1e-8)
  },
  extreme: { rate, beta, epsilon in
    Moments(rate: rate, beta1: beta, beta2: beta == 0 ? 0 : 0.999, epsilon: epsilon)
  })

/// Small gradients make small numbers, which count.
private let walkTolerances: [String: Tolerance] = {
  var tolerances: [String: Tolerance] = [:]
  for k in 0..<3 {
    tolerances["v[\(k)] by step"] = .close(relative: 1e-9, absolute: 1e-13)
    tolerances["s[\(k)] by step"] = .relative(1e-9)
    tolerances["parameters[\(k)] by step"] = .close(relative: 1e-11, absolute: 1e-11)
  }
  return tolerances
}()

/// Several steps of an optimiser, each with given gradients, the parameters and the state fed back.
private struct Walk<Hyper: Sendable>: Sendable {
  var parameters: [Matrix]
  /// By step, a gradient for each parameter.
  var gradients: [[Matrix]]
  var hyper: Hyper
  /// The state before the first step, if it is not the fresh one.
  var state: (v: [Matrix], s: [Matrix], t: Int)?

  typealias Optimizer = (_ parameters: [Matrix], _ gradients: [Matrix], _ state: OptimizerState) -> OptimizerStep

  /// Everything after each step, a row a step.
  func observe(_ optimizer: Optimizer) -> Observation {
    var current = OptimizerStep(parameters: parameters, state: OptimizerState(for: parameters))
    if let state { (current.state.v, current.state.s, current.state.t) = state }
    var steps: [OptimizerStep] = []
    for g in gradients {
      current = optimizer(current.parameters, g, current.state)
      steps.append(current)
      // With matrices missing or of other shapes there is no next step.
      let fits = [current.parameters, current.state.v, current.state.s].allSatisfy { list in
        list.count == parameters.count && zip(list, parameters).allSatisfy { $0.shape == $1.shape }
      }
      if !fits { break }
    }
    func rows(_ k: Int, _ list: (OptimizerStep) -> [Matrix]) -> Matrix {
      let shape = parameters[k].shape
      let matrices = steps.map { list($0).element(k) }
      // What has another shape is shown as it is.
      if let odd = matrices.first(where: { $0.shape != shape }) { return odd }
      return Matrix(stacking: matrices.map { $0.reshaped(rows: 1, columns: shape.rows * shape.columns) })
    }
    var quantities = [Quantity("t by step", steps.map(\.state.t))]
    for k in parameters.indices {
      quantities += [
        Quantity("v[\(k)] by step", rows(k) { $0.state.v }), Quantity("s[\(k)] by step", rows(k) { $0.state.s }),
      ]
    }
    for k in parameters.indices { quantities.append(Quantity("parameters[\(k)] by step", rows(k) { $0.parameters })) }
    return Observation(quantities: quantities)
  }

  static func pair(_ first: Matrix, _ second: Matrix, gradients: [(Matrix, Matrix)], hyper: Hyper) -> Walk {
    Walk(parameters: [first, second], gradients: gradients.map { [$0, $1] }, hyper: hyper)
  }

  /// Gradients of this size; one entry of the first matrix never has any.
  static func random(
    _ shapes: [(rows: Int, columns: Int)], steps: Int, size: Double = 1, hyper: Hyper,
    using generator: inout SeededGenerator
  ) -> Walk {
    let parameters = shapes.map { generator.normal(rows: $0.rows, columns: $0.columns) }
    let gradients = (0..<steps).map { _ in
      shapes.enumerated().map { k, shape in
        var g = size * generator.normal(rows: shape.rows, columns: shape.columns)
        if k == 0 { g[0, shape.columns - 1] = 0 }
        return g
      }
    }
    return Walk(parameters: parameters, gradients: gradients, hyper: hyper)
  }

  /// Some steps after the sixth, whose gradients are not known any more.
  static func underWay(hyper: Hyper, using generator: inout SeededGenerator) -> Walk {
    var walk = random([(2, 2), (1, 3)], steps: 2, hyper: hyper, using: &generator)
    let v = walk.parameters.map { 0.3 * $0 + 0.1 }
    walk.state = (v: v, s: walk.parameters.map { $0 .* $0 + 0.05 }, t: 6)
    return walk
  }

  /// Gradients of which each matrix once has none, with another before and after it.
  static func resting(hyper: Hyper, using generator: inout SeededGenerator) -> Walk {
    var walk = random([(1, 2), (2, 2)], steps: 5, hyper: hyper, using: &generator)
    for (step, k) in [(1, 1), (3, 0)] {
      let shape = walk.parameters[k].shape
      walk.gradients[step][k] = Matrix(rows: shape.rows, columns: shape.columns)
    }
    return walk
  }

  static func inputs(
    worked: Walk, usual hyper: @escaping @Sendable (inout SeededGenerator) -> Hyper,
    extreme: @escaping @Sendable (_ rate: Double, _ beta: Double, _ epsilon: Double) -> Hyper
  ) -> [Input<Walk>] {
    [
      .worked(worked),
      .random { random([(2, 3), (2, 1), (1, 2)], steps: 5, hyper: hyper(&$0), using: &$0) },
      .random { random([(3, 2)], steps: 4, hyper: hyper(&$0), using: &$0) },
      .edge("a state in the middle of a run: 6 steps done") { underWay(hyper: hyper(&$0), using: &$0) },
      .edge("a state late in a run: 2,000 steps done") {
        var walk = underWay(hyper: extreme(0.1, 0.98, 1e-3), using: &$0)
        walk.state?.t = 2000
        return walk
      },
      .edge("steps in which a matrix has no gradient") { resting(hyper: hyper(&$0), using: &$0) },
      .edge("a large ε, where there is one") {
        random([(2, 3), (3, 1)], steps: 5, hyper: extreme(0.2, 0.8, 0.3), using: &$0)
      },
      .edge("β = 0: nothing is remembered") {
        random([(1, 3), (2, 1)], steps: 3, hyper: extreme(0.1, 0, 0.01), using: &$0)
      },
      .edge("gradients of size 1e-6") {
        random([(2, 2)], steps: 3, size: 1e-6, hyper: extreme(0.5, 0.9, 1e-7), using: &$0)
      },
      .edge("gradients of size 10,000") {
        random([(2, 2)], steps: 3, size: 1e4, hyper: extreme(0.001, 0.9, 1e-8), using: &$0)
      },
      .edge("a rate above 1 and a long memory") {
        random([(2, 2), (1, 2)], steps: 3, hyper: extreme(1.5, 0.99, 0.1), using: &$0)
      },
      .edge("four matrices, twelve steps") {
        random([(2, 2), (2, 1), (1, 2), (1, 1)], steps: 12, hyper: hyper(&$0), using: &$0)
      },
      .edge("no gradient at all") { random([(1, 2), (2, 2)], steps: 2, size: 0, hyper: hyper(&$0), using: &$0) },
    ]
  }
}

// MARK: - Schedules and Newton

private enum Decay {
  typealias Rate = (initial: Double, epoch: Int, schedule: DecaySchedule)

  /// An epoch and a schedule's number from these ranges.
  static func random(
    _ epochs: ClosedRange<Int>, _ numbers: ClosedRange<Double>, using generator: inout SeededGenerator,
    _ schedule: (Double) -> DecaySchedule
  ) -> Rate {
    let number = numbers.lowerBound + (numbers.upperBound - numbers.lowerBound) * generator.uniform()
    let epoch = epochs.lowerBound + generator.integer(below: epochs.count)
    return (initial: 0.05 + generator.uniform(), epoch: epoch, schedule: schedule(number))
  }
}

/// Examples, parameters and λ.
private struct Newton: ExampleBatch, Sendable {
  var batch: LogisticBatch, lambda: Double
  var examples: Int { batch.examples }

  static func random(n: Int, m: Int, lambda: Double, using generator: inout SeededGenerator) -> Newton {
    Newton(batch: .random(n: n, m: m, using: &generator), lambda: lambda)
  }

  static func uneven(using generator: inout SeededGenerator) -> Newton {
    var newton = random(n: 2, m: 9, lambda: 0.7, using: &generator)
    let sizes: Matrix = [[30], [0.03]]
    newton.batch.X = newton.batch.X .* sizes
    newton.batch.w = newton.batch.w ./ sizes
    return newton
  }

  func permuted(by order: [Int]) -> Newton { Newton(batch: batch.permuted(by: order), lambda: lambda) }
}
