import Curriculum

struct Framework: FrameworkLesson {}

extension FrameworkLesson {
  // 15.1
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    ScaleShiftModule(gamma: gamma, beta: beta)
  }

  // 15.2
  func module(_ kind: ModuleKind) -> any Module {
    switch kind {
    case .dense(let W, let b): Dense(W: W, b: b)
    case .activation(let g): ActivationModule(g: g)
    case .dropout(let keepProbability, let generator): Dropout(keep: keepProbability, generator: generator)
    case .batchNorm(let gamma, let beta, let momentum, let epsilon):
      BatchNorm(
        gamma: gamma, beta: beta, momentum: momentum, epsilon: epsilon,
        buffers: [Matrix(rows: gamma.rows, columns: 1), Matrix(rows: gamma.rows, columns: 1, repeating: 1)])
    }
  }

  // 15.3
  func sequential(_ modules: [any Module]) -> any Module {
    Sequential(modules: modules)
  }

  // 15.4
  func loss(_ kind: LossKind) -> any Loss {
    switch kind {
    case .binaryCrossEntropy: BinaryCrossEntropy()
    case .categoricalCrossEntropy: CategoricalCrossEntropy()
    case .squaredError: SquaredError()
    }
  }

  // 15.5
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    switch kind {
    case .gradientDescent(let rate): GradientDescent(rate: rate)
    case .momentum(let rate, let beta): Momentum(rate: rate, beta: beta)
    case .rmsprop(let rate, let beta, let epsilon): RMSprop(rate: rate, beta: beta, epsilon: epsilon)
    case .adam(let rate, let beta1, let beta2, let epsilon):
      Adam(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    }
  }

  // 15.6
  func fit(
    _ model: any Module, loss: any Loss, optimizer: any Optimizer, plan: FitPlan, progress: (EpochReport) -> Void
  ) -> Fitted {
    var model = model
    var optimizer = optimizer
    var history: [EpochReport] = []
    var best = (epoch: 0, devCost: Double.infinity, model: model)
    for (k, order) in plan.orders.enumerated() {
      var sum = 0.0
      for start in stride(from: 0, to: order.count, by: plan.batchSize) {
        let batch = Array(order[start..<min(start + plan.batchSize, order.count)])
        let Y = plan.Y.columns(at: batch)
        let Z = model.forward(plan.X.columns(at: batch), training: true)
        sum += loss.cost(Z: Z, Y: Y) * Double(batch.count)
        _ = model.backward(loss.gradient(Z: Z, Y: Y))
        optimizer.step(&model)
      }
      let ZDev = model.forward(plan.XDev, training: false)
      let report = EpochReport(
        epoch: k + 1, cost: sum / Double(order.count), devCost: loss.cost(Z: ZDev, Y: plan.YDev))
      history.append(report)
      progress(report)
      if report.devCost < best.devCost { best = (report.epoch, report.devCost, model) }
      if let patience = plan.patience, report.epoch - best.epoch >= patience { break }
    }
    return Fitted(model: plan.patience == nil ? model : best.model, history: history, bestEpoch: best.epoch)
  }

  // 15.7
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    func classes(_ P: Matrix) -> [Int] {
      P.rows == 1 ? P.elements.map { $0 >= 0.5 ? 1 : 0 } : P.columnArgmax()
    }
    var model = model
    let Z = model.forward(X, training: false)
    let A = loss.output(Z)
    let predicted = classes(A)
    let right = zip(predicted, classes(Y)).filter { $0 == $1 }.count
    return ModelEvaluation(
      A: A, cost: loss.cost(Z: Z, Y: Y), classes: predicted, accuracy: Double(right) / Double(X.columns))
  }

  // 15.8
  func weightStore() -> any WeightStore {
    ShapesAndValues()
  }
}

// MARK: - 15.1

struct ScaleShiftModule: Module {
  var gamma, beta: Matrix
  var A: Matrix = []
  var gradients: [Matrix] = []

  var parameters: [Matrix] {
    get { [gamma, beta] }
    set {
      gamma = newValue[0]
      beta = newValue[1]
    }
  }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
    self.A = A
    return gamma .* A + beta
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    gradients = [(upstream .* A).rowSums(), upstream.rowSums()]
    return gamma .* upstream
  }
}

// MARK: - 15.2

struct Dense: Module {
  var W, b: Matrix
  var A: Matrix = []
  var gradients: [Matrix] = []

  var parameters: [Matrix] {
    get { [W, b] }
    set {
      W = newValue[0]
      b = newValue[1]
    }
  }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
    self.A = A
    return W * A + b
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    gradients = [upstream * A.T, upstream.rowSums()]
    return W.T * upstream
  }
}

private func sigmoid(_ Z: Matrix) -> Matrix { 1 / (1 + exp(-Z)) }

private func softmax(_ Z: Matrix) -> Matrix {
  let E = exp(Z - Z.columnMaxima())
  return E ./ E.columnSums()
}

struct ActivationModule: Module {
  let g: Activation
  var Z: Matrix = []
  var A: Matrix = []

  var parameters: [Matrix] {
    get { [] }
    set {}
  }
  var gradients: [Matrix] { [] }

  mutating func forward(_ Z: Matrix, training: Bool) -> Matrix {
    self.Z = Z
    A =
      switch g {
      case .identity: Z
      case .sigmoid: sigmoid(Z)
      case .tanh: tanh(Z)
      case .relu: max(0, Z)
      case .softmax: softmax(Z)
      }
    return A
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    switch g {
    case .identity: upstream
    case .sigmoid: upstream .* A .* (1 - A)
    case .tanh: upstream .* (1 - pow(A, 2))
    case .relu: upstream .* (Z .> 0)
    case .softmax: A .* (upstream - (upstream .* A).columnSums())
    }
  }
}

struct Dropout: Module {
  let keep: Double
  var generator: SeededGenerator
  var scale: Matrix = []

  var parameters: [Matrix] {
    get { [] }
    set {}
  }
  var gradients: [Matrix] { [] }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
    guard training else { return A }
    scale = (generator.uniform(rows: A.rows, columns: A.columns) .< keep) / keep
    return A .* scale
  }

  mutating func backward(_ upstream: Matrix) -> Matrix { upstream .* scale }
}

struct BatchNorm: Module {
  var gamma, beta: Matrix
  let momentum, epsilon: Double
  var buffers: [Matrix]
  var Zhat: Matrix = []
  var deviation: Matrix = []
  var gradients: [Matrix] = []

  var parameters: [Matrix] {
    get { [gamma, beta] }
    set {
      gamma = newValue[0]
      beta = newValue[1]
    }
  }

  mutating func forward(_ Z: Matrix, training: Bool) -> Matrix {
    var mean = buffers[0]
    var variance = buffers[1]
    if training {
      mean = Z.rowMeans()
      variance = pow(Z - mean, 2).rowMeans()
      buffers = [
        momentum * buffers[0] + (1 - momentum) * mean, momentum * buffers[1] + (1 - momentum) * variance,
      ]
    }
    deviation = sqrt(variance + epsilon)
    Zhat = (Z - mean) ./ deviation
    return gamma .* Zhat + beta
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    gradients = [(upstream .* Zhat).rowSums(), upstream.rowSums()]
    let dZhat = gamma .* upstream
    return (dZhat - dZhat.rowMeans() - Zhat .* (dZhat .* Zhat).rowMeans()) ./ deviation
  }
}

// MARK: - 15.3

struct Sequential: Module {
  var modules: [any Module]

  var parameters: [Matrix] {
    get { modules.flatMap(\.parameters) }
    set {
      var rest = newValue[...]
      for i in modules.indices {
        let count = modules[i].parameters.count
        modules[i].parameters = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
    }
  }
  var gradients: [Matrix] { modules.flatMap(\.gradients) }
  var buffers: [Matrix] {
    get { modules.flatMap(\.buffers) }
    set {
      var rest = newValue[...]
      for i in modules.indices {
        let count = modules[i].buffers.count
        modules[i].buffers = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
    }
  }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
    var A = A
    for i in modules.indices { A = modules[i].forward(A, training: training) }
    return A
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    var dA = upstream
    for i in modules.indices.reversed() { dA = modules[i].backward(dA) }
    return dA
  }
}

// MARK: - 15.4

struct BinaryCrossEntropy: Loss {
  func output(_ Z: Matrix) -> Matrix { sigmoid(Z) }

  func cost(Z: Matrix, Y: Matrix) -> Double {
    let A = output(Z)
    let losses = -Y .* log(max(A, logFloor)) - (1 - Y) .* log(max(1 - A, logFloor))
    return losses.sum() / Double(Z.columns)
  }

  func gradient(Z: Matrix, Y: Matrix) -> Matrix { (output(Z) - Y) / Double(Z.columns) }
}

struct CategoricalCrossEntropy: Loss {
  func output(_ Z: Matrix) -> Matrix { softmax(Z) }

  func cost(Z: Matrix, Y: Matrix) -> Double {
    -(Y .* log(max(output(Z), logFloor))).sum() / Double(Z.columns)
  }

  func gradient(Z: Matrix, Y: Matrix) -> Matrix { (output(Z) - Y) / Double(Z.columns) }
}

struct SquaredError: Loss {
  func output(_ Z: Matrix) -> Matrix { Z }

  func cost(Z: Matrix, Y: Matrix) -> Double { pow(Z - Y, 2).sum() / Double(Z.columns) }

  func gradient(Z: Matrix, Y: Matrix) -> Matrix { 2 * (Z - Y) / Double(Z.columns) }
}

// MARK: - 15.5

struct GradientDescent: Optimizer {
  let rate: Double

  mutating func step(_ module: inout any Module) {
    module.parameters = zip(module.parameters, module.gradients).map { $0 - rate * $1 }
  }
}

struct Momentum: Optimizer {
  let rate, beta: Double
  var v: [Matrix] = []

  mutating func step(_ module: inout any Module) {
    let g = module.gradients
    if v.isEmpty { v = g.map { 0 * $0 } }
    v = zip(v, g).map { beta * $0 + (1 - beta) * $1 }
    module.parameters = zip(module.parameters, v).map { $0 - rate * $1 }
  }
}

struct RMSprop: Optimizer {
  let rate, beta, epsilon: Double
  var s: [Matrix] = []

  mutating func step(_ module: inout any Module) {
    let g = module.gradients
    if s.isEmpty { s = g.map { 0 * $0 } }
    s = zip(s, g).map { beta * $0 + (1 - beta) * pow($1, 2) }
    var parameters = module.parameters
    for k in parameters.indices { parameters[k] -= rate * g[k] ./ (sqrt(s[k]) + epsilon) }
    module.parameters = parameters
  }
}

struct Adam: Optimizer {
  let rate, beta1, beta2, epsilon: Double
  var v: [Matrix] = []
  var s: [Matrix] = []
  var t = 0.0

  mutating func step(_ module: inout any Module) {
    let g = module.gradients
    if v.isEmpty {
      v = g.map { 0 * $0 }
      s = v
    }
    t += 1
    v = zip(v, g).map { beta1 * $0 + (1 - beta1) * $1 }
    s = zip(s, g).map { beta2 * $0 + (1 - beta2) * pow($1, 2) }
    var parameters = module.parameters
    for k in parameters.indices {
      let vHat = v[k] / (1 - pow(beta1, t))
      let sHat = s[k] / (1 - pow(beta2, t))
      parameters[k] -= rate * vHat ./ (sqrt(sHat) + epsilon)
    }
    module.parameters = parameters
  }
}

// MARK: - 15.8

struct ShapesAndValues: WeightStore {
  func save(_ module: any Module) -> SavedWeights {
    let matrices = module.parameters + module.buffers
    return SavedWeights(shapes: matrices.map { [$0.rows, $0.columns] }, values: matrices.flatMap(\.elements))
  }

  func load(_ saved: SavedWeights, into module: any Module) -> (any Module)? {
    let own = save(module)
    guard saved.shapes == own.shapes, saved.values.count == own.values.count else { return nil }
    var rest = saved.values[...]
    let matrices = saved.shapes.map { shape in
      let count = shape[0] * shape[1]
      defer { rest = rest.dropFirst(count) }
      return Matrix(rows: shape[0], columns: shape[1], elements: Array(rest.prefix(count)))
    }
    var module = module
    let parameterCount = module.parameters.count
    module.parameters = Array(matrices[..<parameterCount])
    module.buffers = Array(matrices[parameterCount...])
    return module
  }
}
