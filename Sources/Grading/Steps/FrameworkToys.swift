import Curriculum

// The toys on which lesson 15's sequences, trainings and stores are tried, so that they do not hang on the student's own modules,
// losses and optimisers. What they compute is asked for by no step.

extension Observation {
  /// An observation of named quantities in their order.
  init(_ quantities: [(String, any Observable)]) {
    self.init(quantities: quantities.map { Quantity(name: $0, shape: $1.observedShape, values: $1.observedValues) })
  }
}

/// A smooth bend, z/√(1 + z²).
private func bend(_ Z: Matrix) -> Matrix { Z ./ sqrt(1 + pow(Z, 2)) }
/// Its derivative, (1 + z²)^(−3/2).
private func slope(_ Z: Matrix) -> Matrix { pow(1 + pow(Z, 2), -1.5) }

// MARK: - Modules

/// What a toy module is made of.
struct ToyPart: Sendable {
  /// The number of rows of its output.
  var outputs: Int
  /// None, one or two parameters of (outputs, 1).
  var P: [Matrix]
  /// Whether it has a buffer, which counts its training forwards.
  var counts: Bool

  init(outputs: Int, P: [Matrix], counts: Bool) {
    self.outputs = outputs
    self.P = P
    self.counts = counts
  }

  init(P: [Matrix], counts: Bool) { self.init(outputs: P[0].rows, P: P, counts: counts) }
}

/// Output row k is bend(s/k + p₁) + p₂², where s = 1·a₁ + 2·a₂ + … of the input's rows; half of it when not training.
struct Toy: Module {
  var parameters: [Matrix]
  var gradients: [Matrix]
  /// Where there is none, none can be set.
  var buffers: [Matrix] {
    get { counter }
    set { if counts { counter = newValue } }
  }
  private var counter: [Matrix]
  private let counts: Bool
  private let outputs: Int
  private var A: Matrix = []
  private var Z: Matrix = []

  init(_ part: ToyPart) {
    outputs = part.outputs
    parameters = part.P
    gradients = part.P.map { 0 * $0 }
    counts = part.counts
    counter = part.counts ? [[[0]]] : []
  }

  /// 1/k for the output's rows.
  private var shares: Matrix { Matrix(column: (1...outputs).map { 1 / Double($0) }) }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
    self.A = A
    let weights = Matrix(row: (1...A.rows).map { Double($0) })
    Z = shares * (weights * A)
    if let p = parameters.first { Z = Z + p }
    if training { counter = counter.map { $0 + 1 } }
    let output = parameters.count > 1 ? bend(Z) + pow(parameters[1], 2) : bend(Z)
    return training ? output : output / 2
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    // What is not a gradient by this module's output is answered with NaN: nothing else can be said, and nothing stops.
    guard A.rows > 0, upstream.rows == Z.rows, upstream.columns == Z.columns else {
      gradients = parameters.map { Matrix(rows: $0.rows, columns: $0.columns, repeating: .nan) }
      return Matrix(rows: A.rows, columns: A.columns, repeating: .nan)
    }
    let dZ = upstream .* slope(Z)
    let sums = [dZ, upstream].map { $0.rowSums() }
    gradients = parameters.enumerated().map { $0 == 0 ? sums[0] : 2 * $1 .* sums[1] }
    return Matrix(column: (1...A.rows).map { Double($0) }) * (shares.T * dZ)
  }
}

/// Gives the same as it gets, twice when not training.
struct Doubling: Module {
  var parameters: [Matrix] = []
  var gradients: [Matrix] = []
  func forward(_ A: Matrix, training: Bool) -> Matrix { training ? A : 2 * A }
  func backward(_ upstream: Matrix) -> Matrix { upstream }
}

/// Matrices, and nothing computed.
struct Holder: Module {
  var parameters: [Matrix]
  var gradients: [Matrix]
  var buffers: [Matrix]
  func forward(_ A: Matrix, training: Bool) -> Matrix { A }
  func backward(_ upstream: Matrix) -> Matrix { upstream }
}

/// Its one parameter (1, 1), whatever it is asked: with `Tick` the number of steps done.
private struct Clock: Module {
  var parameters: [Matrix] = [[[0]]]
  var gradients: [Matrix] = [[[0]]]
  func forward(_ A: Matrix, training: Bool) -> Matrix { Matrix(rows: 1, columns: A.columns) + parameters[0] }
  func backward(_ upstream: Matrix) -> Matrix { upstream }
}

// MARK: - Losses

/// A = bend(Z), and the mean over the examples of Σ log cosh(a − y).
private struct ToyLoss: Loss {
  func output(_ Z: Matrix) -> Matrix { bend(Z) }
  func cost(Z: Matrix, Y: Matrix) -> Double {
    let E = output(Z) - Y
    return log((exp(E) + exp(-E)) / 2).sum() / Double(Z.columns)
  }
  func gradient(Z: Matrix, Y: Matrix) -> Matrix { tanh(output(Z) - Y) .* slope(Z) / Double(Z.columns) }
}

/// A = ½ − bend(Z), which falls where Z rises and may be below 0, and the mean over the examples of Σ log cosh(z − y).
struct EvaluationLoss: Loss {
  func output(_ Z: Matrix) -> Matrix { 0.5 - bend(Z) }
  func cost(Z: Matrix, Y: Matrix) -> Double {
    let E = Z - Y
    return log((exp(E) + exp(-E)) / 2).sum() / Double(Z.columns)
  }
  func gradient(Z: Matrix, Y: Matrix) -> Matrix { tanh(Z - Y) / Double(Z.columns) }
}

/// The cost after so many steps of a `Clock`, out of a table.
private struct Table: Loss {
  let costs: [Double]
  func output(_ Z: Matrix) -> Matrix { Z }
  func cost(Z: Matrix, Y: Matrix) -> Double {
    let step = Z.columns > 0 ? Z[0, 0] : 0
    return step >= 0 && step < Double(costs.count) ? costs[Int(step)] : .nan
  }
  func gradient(Z: Matrix, Y: Matrix) -> Matrix { 0 * Z }
}

// MARK: - Optimisers

/// How many steps were done, by an optimiser and all its copies.
private final class StepLog: @unchecked Sendable {
  var steps = 0
}

/// θ ← θ − α/t · bend(g), t the number of the step.
private struct ToyOptimizer: Optimizer {
  let rate: Double
  let log: StepLog
  private var t = 0.0

  init(rate: Double, log: StepLog) {
    self.rate = rate
    self.log = log
  }

  mutating func step(_ module: inout any Module) {
    t += 1
    log.steps += 1
    module.parameters = zip(module.parameters, module.gradients).map { $0 - rate / t * bend($1) }
  }
}

/// θ ← θ + 1.
private struct Tick: Optimizer {
  let log: StepLog
  mutating func step(_ module: inout any Module) {
    log.steps += 1
    module.parameters = module.parameters.map { $0 + 1 }
  }
}

// MARK: - Trainings

/// A training of toys: a small network on data, or a model whose dev costs are given beforehand.
enum FitInput: Sendable {
  case toy(ToyTraining)
  /// The dev cost before training, and after each epoch.
  case table(devCosts: [Double], patience: Int?)

  struct ToyTraining: Sendable {
    var X: Matrix, Y: Matrix, XDev: Matrix, YDev: Matrix
    var parameters: [Matrix], orders: [[Int]], batchSize: Int, patience: Int?, rate: Double
  }

  static func random(
    n: Int, K: Int, m: Int, mDev: Int, epochs: Int, batchSize: Int, patience: Int? = nil,
    using generator: inout SeededGenerator
  ) -> FitInput {
    let X = generator.normal(rows: n, columns: m)
    let Y = generator.uniform(rows: K, columns: m)
    let XDev = generator.normal(rows: n, columns: mDev)
    let YDev = generator.uniform(rows: K, columns: mDev)
    let orders = (0..<epochs).map { _ in
      var order = generator.permutation(of: m)
      // Not the order of the file.
      if order == Array(0..<m) { order.reverse() }
      return order
    }
    return .toy(
      ToyTraining(
        X: X, Y: Y, XDev: XDev, YDev: YDev, parameters: (0..<2).map { _ in generator.normal(rows: K, columns: 1) },
        orders: orders, batchSize: batchSize, patience: patience, rate: 0.5))
  }

  /// What `fit` makes of it.
  func observe(_ lesson: any FrameworkLesson) -> Observation {
    let log = StepLog()
    var reports: [EpochReport] = []
    var stepsDone: [Int] = []
    let model: any Module
    let loss: any Loss
    let optimizer: any Optimizer
    let plan: FitPlan
    switch self {
    case .toy(let t):
      model = Toy(ToyPart(P: t.parameters, counts: true))
      loss = ToyLoss()
      optimizer = ToyOptimizer(rate: t.rate, log: log)
      plan = FitPlan(
        X: t.X, Y: t.Y, XDev: t.XDev, YDev: t.YDev, orders: t.orders, batchSize: t.batchSize, patience: t.patience)
    case .table(let devCosts, let patience):
      model = Clock()
      loss = Table(costs: devCosts)
      optimizer = Tick(log: log)
      plan = FitPlan(
        X: [[1, 2]], Y: [[1, 2]], XDev: [[3]], YDev: [[3]], orders: devCosts.dropFirst().map { _ in [1, 0] },
        batchSize: 2, patience: patience)
    }
    let fitted = lesson.fit(model, loss: loss, optimizer: optimizer, plan: plan) {
      reports.append($0)
      stepsDone.append(log.steps)
    }
    return [
      "epochs": fitted.history.map(\.epoch), "costs": fitted.history.map(\.cost),
      "dev costs": fitted.history.map(\.devCost), "bestEpoch": fitted.bestEpoch,
      "parameters": fitted.model.parameters, "buffers": fitted.model.buffers,
      "epochs told to progress": reports.map(\.epoch), "costs told to progress": reports.map(\.cost),
      "dev costs told to progress": reports.map(\.devCost), "steps done at each call of progress": stepsDone,
    ]
  }
}
