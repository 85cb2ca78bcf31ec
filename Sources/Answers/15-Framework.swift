import Curriculum
import Grading
@testable import FrameworkSolution

private let reference = Framework()

let framework = Answers<any FrameworkLesson>(
  .framework, frameworkSteps, reference,
  mistakes: Array(
    [
      moduleMistakes, layerMistakes, sequenceMistakes, lossMistakes, optimizerMistakes, fitMistakes, evaluationMistakes,
      weightMistakes,
    ].joined()))

// MARK: - What the mistakes are made of

/// What a module has come by in its last forward and backward.
private struct Trace: Sendable {
  var A: Matrix = [], output: Matrix = [], upstream: Matrix = [], dA: Matrix = []
  var training = true
  var gradients: [Matrix] = []
  /// The gradients before the last backward.
  var earlier: [Matrix] = []
}

/// A module with one thing changed in what it gives.
private struct Altered: Module {
  var base: any Module
  var afterForward: @Sendable (inout Trace) -> Void = { _ in }
  var afterBackward: @Sendable (inout Trace) -> Void = { _ in }
  var trace = Trace()

  init(
    _ base: any Module, afterForward: @escaping @Sendable (inout Trace) -> Void = { _ in },
    afterBackward: @escaping @Sendable (inout Trace) -> Void = { _ in }
  ) {
    self.base = base
    self.afterForward = afterForward
    self.afterBackward = afterBackward
  }

  var parameters: [Matrix] {
    get { base.parameters }
    set { base.parameters = newValue }
  }
  var gradients: [Matrix] { trace.gradients }
  var buffers: [Matrix] {
    get { base.buffers }
    set { base.buffers = newValue }
  }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
    trace.A = A
    trace.training = training
    trace.output = base.forward(A, training: training)
    afterForward(&trace)
    return trace.output
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    trace.upstream = upstream
    trace.earlier = trace.gradients
    trace.dA = base.backward(upstream)
    trace.gradients = base.gradients
    afterBackward(&trace)
    return trace.dA
  }
}

/// A module whose parameters or buffers are read and written in another way.
private struct Misstored: Module {
  var base: any Module
  var get: @Sendable ([Matrix]) -> [Matrix] = { $0 }
  var set: @Sendable (_ new: [Matrix], _ old: [Matrix]) -> [Matrix] = { new, _ in new }
  var getBuffers: @Sendable ([Matrix]) -> [Matrix] = { $0 }
  var setBuffers: @Sendable (_ new: [Matrix], _ old: [Matrix]) -> [Matrix] = { new, _ in new }

  var parameters: [Matrix] {
    get { get(base.parameters) }
    set { base.parameters = set(newValue, base.parameters) }
  }
  var gradients: [Matrix] { base.gradients }
  var buffers: [Matrix] {
    get { getBuffers(base.buffers) }
    set { base.buffers = setBuffers(newValue, base.buffers) }
  }
  mutating func forward(_ A: Matrix, training: Bool) -> Matrix { base.forward(A, training: training) }
  mutating func backward(_ upstream: Matrix) -> Matrix { base.backward(upstream) }
}

/// A module that all its copies share.
private final class Shared: Module, @unchecked Sendable {
  private var base: any Module
  init(_ base: any Module) { self.base = base }
  var parameters: [Matrix] {
    get { base.parameters }
    set { base.parameters = newValue }
  }
  var gradients: [Matrix] { base.gradients }
  var buffers: [Matrix] {
    get { base.buffers }
    set { base.buffers = newValue }
  }
  func forward(_ A: Matrix, training: Bool) -> Matrix { base.forward(A, training: training) }
  func backward(_ upstream: Matrix) -> Matrix { base.backward(upstream) }
}

private func sum(_ A: Matrix, _ B: Matrix) -> Matrix { (A .* B).rowSums() }

// MARK: - 15.1

private let moduleMistakes: [Mistake<any FrameworkLesson>] = [
  Mistake(
    "15.1", "β is left out of the output", ScaleShiftWithoutShift(), "Forward is γ ∘ A + β, with the bias."),
  Mistake(
    "15.1", "β is added before γ multiplies", ScaleShiftBrackets(),
    "γ ∘ A + β, not γ ∘ (A + β): scaled first, and then shifted."),
  Mistake(
    "15.1", "γ is left out of the gradient that goes down", ScaleShiftPassesOn(),
    "Each entry of the output is γ times an entry of A, plus β: by A its derivative is γ, so γ ∘ upstream goes down."),
  Mistake(
    "15.1", "A is left out of dγ", ScaleShiftGammaLikeBeta(),
    "γ multiplies A, so its derivative is A: dγ is the sum over the examples of upstream ∘ A."),
  Mistake(
    "15.1", "dγ has the output where A belongs", ScaleShiftGammaOfOutput(),
    "γ multiplies A, the input of the last forward: keep that, not the output."),
  Mistake(
    "15.1", "the upstream gradient is taken for all ones", ScaleShiftWithoutUpstream(),
    "What comes from above is a factor of all three: upstream ∘ A, upstream, and γ ∘ upstream."),
  Mistake(
    "15.1", "the parameters' gradients are divided by m", ScaleShiftAveraged(),
    "A module adds no factor. The 1/m of the cost is in the loss's gradient, and comes down with it."),
  Mistake(
    "15.1", "all gradients are divided by m", ScaleShiftAllAveraged(),
    "A module adds no factor. The 1/m of the cost is in the loss's gradient, and comes down with it."),
  Mistake(
    "15.1", "the parameters' gradients are not summed over the examples", ScaleShiftNotSummed(),
    "γ and β serve all examples, so their gradients are sums along the rows, of their own shape (n, 1): `rowSums()`."),
  Mistake(
    "15.1", "the gradients of all calls of backward are added up", ScaleShiftAddsUp(),
    "`gradients` are those of the last backward: set them, `gradients = [...]`, do not append or add."),
  Mistake(
    "15.1", "dβ comes before dγ", ScaleShiftGradientsSwapped(),
    "The order is the parameters': γ first. An optimiser takes the first gradient to the first parameter."),
  Mistake(
    "15.1", "β comes before γ in the parameters", ScaleShiftParametersSwapped(),
    "The order is γ, β, when they are read and when they are set: optimisers and saved weights go by it."),
  Mistake(
    "15.1", "setting the parameters exchanges them", ScaleShiftSetterSwapped(),
    "What is read as `[gamma, beta]` must be set in the same order: `newValue[0]` is γ, `newValue[1]` is β."),
  Mistake(
    "15.1", "setting the parameters changes nothing", ScaleShiftSetterEmpty(),
    "An optimiser reads the parameters, changes them, and sets them: `set` must store `newValue[0]` and `newValue[1]`."),
  Mistake(
    "15.1", "setting the parameters changes β alone", ScaleShiftSetterHalf(),
    "`newValue[0]` is the new γ: store it too."),
  Mistake(
    "15.1", "a copy of the module changes together with it", ScaleShiftClass(),
    "A copy is a snapshot: a `struct` does that by itself, a `class` does not."),
]

/// 15.1's module whose backward is changed.
private func changedScaleShift(
  _ gamma: Matrix, _ beta: Matrix, afterBackward: @escaping @Sendable (inout Trace) -> Void
) -> any Module {
  Altered(reference.scaleShift(gamma: gamma, beta: beta), afterBackward: afterBackward)
}

private struct ScaleShiftWithoutShift: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module { Part(base: ScaleShiftModule(gamma: gamma, beta: beta)) }
  struct Part: Module {
    var base: ScaleShiftModule
    var parameters: [Matrix] {
      get { base.parameters }
      set { base.parameters = newValue }
    }
    var gradients: [Matrix] { base.gradients }
    mutating func forward(_ A: Matrix, training: Bool) -> Matrix { base.forward(A, training: training) - base.beta }
    mutating func backward(_ upstream: Matrix) -> Matrix { base.backward(upstream) }
  }
}

private struct ScaleShiftBrackets: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module { Part(base: ScaleShiftModule(gamma: gamma, beta: beta)) }
  struct Part: Module {
    var base: ScaleShiftModule
    var parameters: [Matrix] {
      get { base.parameters }
      set { base.parameters = newValue }
    }
    var gradients: [Matrix] { base.gradients }
    mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
      _ = base.forward(A, training: training)
      return base.gamma .* (A + base.beta)
    }
    mutating func backward(_ upstream: Matrix) -> Matrix { base.backward(upstream) }
  }
}

private struct ScaleShiftPassesOn: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    changedScaleShift(gamma, beta) { $0.dA = $0.upstream }
  }
}

private struct ScaleShiftGammaLikeBeta: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    changedScaleShift(gamma, beta) { $0.gradients[0] = $0.upstream.rowSums() }
  }
}

private struct ScaleShiftGammaOfOutput: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    changedScaleShift(gamma, beta) { $0.gradients[0] = sum($0.upstream, $0.output) }
  }
}

private struct ScaleShiftWithoutUpstream: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module { Part(base: ScaleShiftModule(gamma: gamma, beta: beta)) }
  struct Part: Module {
    var base: ScaleShiftModule
    var parameters: [Matrix] {
      get { base.parameters }
      set { base.parameters = newValue }
    }
    var gradients: [Matrix] { base.gradients }
    mutating func forward(_ A: Matrix, training: Bool) -> Matrix { base.forward(A, training: training) }
    mutating func backward(_ upstream: Matrix) -> Matrix { base.backward(0 * upstream + 1) }
  }
}

private struct ScaleShiftAveraged: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    changedScaleShift(gamma, beta) { trace in
      let m = Double(trace.A.columns)
      trace.gradients = trace.gradients.map { $0 / m }
    }
  }
}

private struct ScaleShiftAllAveraged: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    changedScaleShift(gamma, beta) { trace in
      let m = Double(trace.A.columns)
      trace.gradients = trace.gradients.map { $0 / m }
      trace.dA /= m
    }
  }
}

private struct ScaleShiftNotSummed: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    changedScaleShift(gamma, beta) { $0.gradients = [$0.upstream .* $0.A, $0.upstream] }
  }
}

private struct ScaleShiftAddsUp: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    changedScaleShift(gamma, beta, afterBackward: addUp)
  }
}

/// Adds the earlier gradients to the new ones.
private let addUp: @Sendable (inout Trace) -> Void = { trace in
  if !trace.earlier.isEmpty { trace.gradients = zip(trace.earlier, trace.gradients).map { $0 + $1 } }
}

private struct ScaleShiftGradientsSwapped: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    changedScaleShift(gamma, beta) { $0.gradients.reverse() }
  }
}

private struct ScaleShiftParametersSwapped: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    Misstored(
      base: reference.scaleShift(gamma: gamma, beta: beta), get: { $0.reversed() }, set: { new, _ in new.reversed() })
  }
}

private struct ScaleShiftSetterSwapped: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    Misstored(base: reference.scaleShift(gamma: gamma, beta: beta), set: { new, _ in new.reversed() })
  }
}

private struct ScaleShiftSetterEmpty: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    Misstored(base: reference.scaleShift(gamma: gamma, beta: beta), set: { _, old in old })
  }
}

private struct ScaleShiftSetterHalf: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    Misstored(base: reference.scaleShift(gamma: gamma, beta: beta), set: { new, old in [old[0], new[1]] })
  }
}

private struct ScaleShiftClass: FrameworkLesson {
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    Shared(reference.scaleShift(gamma: gamma, beta: beta))
  }
}

// MARK: - 15.2

private let layerMistakes: [Mistake<any FrameworkLesson>] = [
  Mistake("15.2", "Dense leaves out b", DenseWithoutBias(), "Its output is WA + b, with b added to every column."),
  Mistake(
    "15.2", "Dense's dW is transposed", DenseTransposed(),
    "dW has W's shape (p, n): upstream (p, m) times Aᵀ (m, n), in this order."),
  Mistake(
    "15.2", "Dense divides dW and db by m", DenseAveraged(),
    "Unlike 9.6, a module divides by nothing: the 1/m of the cost is in the loss's gradient already."),
  Mistake(
    "15.2", "Dense divides db by m", DenseBiasAveraged(),
    "db is the sum of the upstream gradient along the rows, not its mean: the 1/m is in the loss's gradient already."),
  Mistake(
    "15.2", "Dense's db is not summed over the examples", DenseBiasNotSummed(),
    "b serves all examples: db is the sum along the rows, (p, 1): `rowSums()`."),
  Mistake(
    "15.2", "Dense's db comes before dW", DenseGradientsSwapped(),
    "The order is the parameters': W first. An optimiser takes the first gradient to the first parameter."),
  Mistake(
    "15.2", "Dense adds up the gradients of all calls of backward", DenseAddsUp(),
    "`gradients` are those of the last backward alone: set them, do not add."),
  Mistake(
    "15.2", "setting Dense's parameters changes nothing", DenseSetterEmpty(),
    "An optimiser sets them: `set` must store `newValue[0]` as W and `newValue[1]` as b."),

  Mistake(
    "15.2", "an activation leaves out the upstream gradient", ActivationWithoutUpstream(),
    "Its backward is upstream ∘ g'(Z): the chain rule's other factor comes from above."),
  Mistake(
    "15.2", "an activation hands the upstream gradient down as it is", ActivationPassesOn(),
    "It has to be multiplied by g'(Z); only the identity's is 1."),
  Mistake(
    "15.2", "σ's derivative is computed as z(1 − z)", SigmoidOfInput(),
    "a(1 − a) is for the output a = σ(z): keep the output in forward, and use it in backward."),
  Mistake(
    "15.2", "σ's exponential overflows", SigmoidModuleOverflow(),
    "eᶻ/(1 + eᶻ) is ∞/∞ at z = 1000, NaN. 1/(1 + e⁻ᶻ) is right for every z."),
  Mistake(
    "15.2", "tanh's derivative is computed as 1 − a", TanhWithoutSquareModule(), "It is 1 − a²."),
  Mistake(
    "15.2", "ReLU lets the gradient through at z = 0", ReLUModuleKink(),
    "At the kink the contract takes the slope on the left, 0: `Z .> 0`."),
  Mistake(
    "15.2", "ReLU's backward asks for the sign of the upstream gradient", ReLUOfUpstream(),
    "What was positive in forward decides: keep Z (or the output), and multiply by `Z .> 0`."),
  Mistake(
    "15.2", "softmax's backward takes a(1 − a) for its derivative", SoftmaxDiagonal(),
    "That is only the diagonal of its Jacobian: each output depends on every score of its column. It is a ∘ (upstream − Σ upstream ∘ a), the sum down the column."
  ),
  Mistake(
    "15.2", "softmax hands the upstream gradient down as it is", SoftmaxPassesOn(),
    "A − Y belongs to a loss that contains the softmax (15.4). Here the softmax is a module of its own, with a Jacobian of its own."
  ),
  Mistake(
    "15.2", "softmax's sums go along the rows", SoftmaxModuleByRow(),
    "One example is a column: the probabilities of a column add up to 1."),
  Mistake(
    "15.2", "softmax's exponentials overflow", SoftmaxModuleOverflow(),
    "e¹⁰⁰⁰ is ∞, and ∞/∞ is NaN: take off each column's largest score first (6.1)."),

  Mistake(
    "15.2", "dropout also drops when not training", DropoutAlways(),
    "With `training: false` nothing is dropped and nothing is scaled: return A as it is."),
  Mistake(
    "15.2", "dropout does not divide what it keeps by keep", DropoutUnscaled(),
    "Without the division the next layer gets less in training than at test time: a/keep makes up for what is dropped."),
  Mistake(
    "15.2", "dropout multiplies by keep when not training, instead of dividing in training", DropoutNotInverted(),
    "That is the older form. Inverted dropout divides in training, so that nothing at all happens at test time."),
  Mistake(
    "15.2", "dropout keeps with the probability 1 − keep", DropoutReversed(),
    "An entry stays where u < keep, so keep is the share that stays."),
  Mistake(
    "15.2", "dropout's backward draws a mask of its own", DropoutNewMask(),
    "What was dropped on the way up gets no gradient on the way down: keep the forward's mask."),
  Mistake(
    "15.2", "dropout's backward does not divide by keep", DropoutBackwardUnscaled(),
    "The output is a · mask/keep, so its derivative is mask/keep, with the division."),
  Mistake(
    "15.2", "dropout's backward hands everything down", DropoutBackwardUnmasked(),
    "The output is a · mask/keep, so its derivative is mask/keep: 0 where the entry was dropped."),
  Mistake(
    "15.2", "dropout drops the same entries in every forward", DropoutSameMask(),
    "The generator must go on: draw from the stored property itself, not from a copy of it."),
  Mistake(
    "15.2", "dropout does not use the generator that it is given", DropoutOwnGenerator(),
    "Keep the generator of `ModuleKind.dropout` as a stored property and draw from it: equal generators must give equal masks, and different ones different masks."
  ),
  Mistake(
    "15.2", "dropout takes its numbers from another source than the generator", DropoutSystemGenerator(),
    "Keep the generator of `ModuleKind.dropout` as a stored property and draw from it: the same seed must give the same masks again."
  ),
  Mistake(
    "15.2", "dropout's generator does not stay as it is when not training", DropoutDrawsInUse(),
    "Only a training forward may change it: before anything else, `guard training else { return A }`. Else the masks of a training depend on how often it was evaluated."
  ),
  Mistake(
    "15.2", "dropout passes no gradient where the kept entry is 0", DropoutMaskOfOutput(),
    "A kept entry may be 0 itself, after ReLU half of them are: its derivative is 1/keep all the same. Keep the mask, do not read it from the numbers."
  ),
  Mistake(
    "15.2", "dropout drops whole rows", DropoutByUnit(),
    "Each entry has a uniform number of its own, each unit for each example anew: `uniform(rows: A.rows, columns: A.columns)`."
  ),
  Mistake(
    "15.2", "dropout drops whole columns", DropoutByExample(),
    "Each entry has a uniform number of its own: a dropped column would be an example that is lost altogether."),

  Mistake(
    "15.2", "batch norm's running statistics stay as they were", BatchNormNeverRuns(),
    "In a training forward both follow the batch: r ← ρr + (1 − ρ)·batch. The test-time forward depends on them."),
  Mistake(
    "15.2", "batch norm's running statistics also move when not training", BatchNormAlwaysRuns(),
    "With `training: false` they are used, and stay: a prediction must not change the model."),
  Mistake(
    "15.2", "batch norm uses the batch's statistics when not training", BatchNormAlwaysBatch(),
    "At test time the running statistics stand for μ and σ²: an answer must not depend on which examples are asked together."
  ),
  Mistake(
    "15.2", "ρ and 1 − ρ are exchanged in batch norm's running statistics", BatchNormMomentumSwapped(),
    "r ← ρr + (1 − ρ)·batch: ρ is the share of the old. (PyTorch's `momentum` is our 1 − ρ.)"),
  Mistake(
    "15.2", "batch norm's running variance starts at 0", BatchNormVarianceZero(),
    "The running mean starts at 0, the running variance at 1: so an untrained batch norm changes next to nothing."),
  Mistake(
    "15.2", "batch norm divides the variance by m − 1", BatchNormUnbiased(),
    "The contract takes the biased variance, Σ(z − μ)²/m, in the normalisation and in the running statistics."),
  Mistake(
    "15.2", "batch norm divides the variance by m − 1, and by 1 where m is 1", BatchNormUnbiasedGuarded(),
    "The contract takes the biased variance, Σ(z − μ)²/m, in the normalisation and in the running statistics. It needs no care at m = 1."
  ),
  Mistake(
    "15.2", "batch norm divides by m − 1 in the variance and in backward", BatchNormUnbiasedThroughout(),
    "That is a layer of its own, and fits together; but the contract takes the biased variance, Σ(z − μ)²/m."),
  Mistake(
    "15.2", "batch norm's running variance is the one divided by m − 1", BatchNormRunningUnbiased(),
    "The contract takes the biased variance, Σ(z − μ)²/m, everywhere. (PyTorch divides the running variance by m − 1, and normalises by the biased one.)"
  ),
  Mistake(
    "15.2", "batch norm's running variance is the one divided by m − 1, and by 1 where m is 1",
    BatchNormRunningUnbiasedGuarded(), "The contract takes the biased variance, Σ(z − μ)²/m, everywhere."),
  Mistake(
    "15.2", "ε stands outside the root in batch norm", BatchNormEpsilonOutside(),
    "√(σ² + ε): inside the root (Ioffe and Szegedy)."),
  Mistake(
    "15.2", "batch norm's backward treats μ and σ² as constants", BatchNormConstantStatistics(),
    "They depend on every entry of the row, so the gradient flows through them too: 13.4."),
  Mistake(
    "15.2", "batch norm's dγ has Z where Ẑ belongs", BatchNormGammaOfInput(),
    "γ multiplies the normalised Ẑ: keep it in forward."),
  Mistake(
    "15.2", "batch norm divides its gradients by m", BatchNormAveraged(),
    "A module adds no factor: dγ and dβ are sums. (The 1/m inside dZ, in the means, is another: it is part of the derivative.)"
  ),
  Mistake(
    "15.2", "batch norm's buffers are empty", BatchNormWithoutBuffers(),
    "A module that does not say has no buffers: declare `var buffers` with the running mean and the running variance, or they are not saved."
  ),
  Mistake(
    "15.2", "batch norm's running variance comes before the running mean", BatchNormBuffersSwapped(),
    "The order of the buffers is mean, variance: what is saved is loaded by it."),
]

/// A lesson whose module of some kinds is another.
private protocol ChangedModule: FrameworkLesson {
  func changed(_ kind: ModuleKind) -> (any Module)?
}

extension ChangedModule {
  func module(_ kind: ModuleKind) -> any Module { changed(kind) ?? reference.module(kind) }
}

/// Dense with its backward changed, or nil for other kinds.
private func changedDense(
  _ kind: ModuleKind, afterBackward: @escaping @Sendable (inout Trace) -> Void
) -> (any Module)? {
  guard case .dense = kind else { return nil }
  return Altered(reference.module(kind), afterBackward: afterBackward)
}

/// An activation with its backward changed, or nil for other kinds.
private func changedActivation(
  _ kind: ModuleKind, _ which: [Activation] = [.sigmoid, .tanh, .relu, .softmax],
  afterBackward: @escaping @Sendable (inout Trace) -> Void
) -> (any Module)? {
  guard case .activation(let g) = kind, which.contains(g) else { return nil }
  return Altered(reference.module(kind), afterBackward: afterBackward)
}

private struct DenseWithoutBias: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .dense(let W, let b) = kind else { return nil }
    return Part(base: Dense(W: W, b: b))
  }
  struct Part: Module {
    var base: Dense
    var parameters: [Matrix] {
      get { base.parameters }
      set { base.parameters = newValue }
    }
    var gradients: [Matrix] { base.gradients }
    mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
      _ = base.forward(A, training: training)
      return base.W * A
    }
    mutating func backward(_ upstream: Matrix) -> Matrix { base.backward(upstream) }
  }
}

private struct DenseTransposed: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedDense(kind) { $0.gradients[0] = $0.gradients[0].T }
  }
}

private struct DenseAveraged: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedDense(kind) { trace in
      let m = Double(trace.A.columns)
      trace.gradients = trace.gradients.map { $0 / m }
    }
  }
}

private struct DenseBiasAveraged: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedDense(kind) { $0.gradients[1] = $0.upstream.rowMeans() }
  }
}

private struct DenseBiasNotSummed: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedDense(kind) { $0.gradients[1] = $0.upstream }
  }
}

private struct DenseGradientsSwapped: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedDense(kind) { $0.gradients.reverse() }
  }
}

private struct DenseAddsUp: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { changedDense(kind, afterBackward: addUp) }
}

private struct DenseSetterEmpty: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .dense = kind else { return nil }
    return Misstored(base: reference.module(kind), set: { _, old in old })
  }
}

private struct ActivationWithoutUpstream: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .activation = kind else { return nil }
    return Part(base: reference.module(kind))
  }
  struct Part: Module {
    var base: any Module
    var parameters: [Matrix] = []
    var gradients: [Matrix] = []
    mutating func forward(_ A: Matrix, training: Bool) -> Matrix { base.forward(A, training: training) }
    mutating func backward(_ upstream: Matrix) -> Matrix { base.backward(0 * upstream + 1) }
  }
}

private struct ActivationPassesOn: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { changedActivation(kind) { $0.dA = $0.upstream } }
}

private struct SigmoidOfInput: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedActivation(kind, [.sigmoid]) { $0.dA = $0.upstream .* $0.A .* (1 - $0.A) }
  }
}

private struct SigmoidModuleOverflow: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .activation(.sigmoid) = kind else { return nil }
    return Altered(
      reference.module(kind), afterForward: { $0.output = exp($0.A) ./ (1 + exp($0.A)) },
      afterBackward: { $0.dA = $0.upstream .* $0.output .* (1 - $0.output) })
  }
}

private struct TanhWithoutSquareModule: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedActivation(kind, [.tanh]) { $0.dA = $0.upstream .* (1 - $0.output) }
  }
}

private struct ReLUModuleKink: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedActivation(kind, [.relu]) { $0.dA = $0.upstream .* ($0.A .>= 0) }
  }
}

private struct ReLUOfUpstream: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedActivation(kind, [.relu]) { $0.dA = max($0.upstream, 0) }
  }
}

private struct SoftmaxDiagonal: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    changedActivation(kind, [.softmax]) { $0.dA = $0.upstream .* $0.output .* (1 - $0.output) }
  }
}

private struct SoftmaxPassesOn: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { changedActivation(kind, [.softmax]) { $0.dA = $0.upstream } }
}

private struct SoftmaxModuleByRow: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .activation(.softmax) = kind else { return nil }
    return Part(base: reference.module(kind))
  }
  struct Part: Module {
    var base: any Module
    var parameters: [Matrix] = []
    var gradients: [Matrix] = []
    mutating func forward(_ A: Matrix, training: Bool) -> Matrix { base.forward(A.T, training: training).T }
    mutating func backward(_ upstream: Matrix) -> Matrix { base.backward(upstream.T).T }
  }
}

private struct SoftmaxModuleOverflow: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .activation(.softmax) = kind else { return nil }
    return Altered(
      reference.module(kind),
      afterForward: {
        let E = exp($0.A)
        $0.output = E ./ E.columnSums()
      },
      afterBackward: { $0.dA = $0.output .* ($0.upstream - ($0.upstream .* $0.output).columnSums()) })
  }
}

/// Dropout, in which each part may be another.
private struct VariedDropout: Module {
  let keep: Double
  var generator: SeededGenerator
  var mask: @Sendable (Matrix, Double, inout SeededGenerator) -> Matrix = { A, keep, generator in
    generator.uniform(rows: A.rows, columns: A.columns) .< keep
  }
  var divisor: @Sendable (Double) -> Double = { $0 }
  var backwardDivisor: @Sendable (Double) -> Double = { $0 }
  var testFactor: @Sendable (Double) -> Double = { _ in 1 }
  var alwaysDrops = false, drawsAgain = false, startsAnew = false, handsAllDown = false
  var drawsInUse = false, maskOfOutput = false
  private var kept: Matrix = []

  init?(_ kind: ModuleKind, _ change: (inout VariedDropout) -> Void) {
    guard case .dropout(let keep, let generator) = kind else { return nil }
    self.keep = keep
    self.generator = generator
    change(&self)
  }

  var parameters: [Matrix] {
    get { [] }
    set {}
  }
  var gradients: [Matrix] { [] }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
    guard training || alwaysDrops else {
      if drawsInUse { _ = mask(A, keep, &generator) }
      return testFactor(keep) * A
    }
    var copy = generator
    kept = mask(A, keep, &copy)
    if maskOfOutput { kept = kept .* (A .!= 0) }
    if !startsAnew { generator = copy }
    return A .* kept / divisor(keep)
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    if handsAllDown { return upstream }
    return upstream .* (drawsAgain ? mask(upstream, keep, &generator) : kept) / backwardDivisor(keep)
  }
}

private struct DropoutAlways: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedDropout(kind) { $0.alwaysDrops = true } }
}

private struct DropoutUnscaled: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedDropout(kind) {
      $0.divisor = { _ in 1 }
      $0.backwardDivisor = { _ in 1 }
    }
  }
}

private struct DropoutNotInverted: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedDropout(kind) {
      $0.divisor = { _ in 1 }
      $0.backwardDivisor = { _ in 1 }
      $0.testFactor = { $0 }
    }
  }
}

private struct DropoutReversed: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedDropout(kind) {
      $0.mask = { A, keep, generator in generator.uniform(rows: A.rows, columns: A.columns) .>= keep }
    }
  }
}

private struct DropoutNewMask: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedDropout(kind) { $0.drawsAgain = true } }
}

private struct DropoutBackwardUnscaled: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedDropout(kind) { $0.backwardDivisor = { _ in 1 } } }
}

private struct DropoutBackwardUnmasked: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedDropout(kind) { $0.handsAllDown = true } }
}

private struct DropoutSameMask: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedDropout(kind) { $0.startsAnew = true } }
}

private struct DropoutOwnGenerator: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedDropout(kind) { $0.generator = SeededGenerator(seed: 0) }
  }
}

private struct DropoutSystemGenerator: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedDropout(kind) {
      $0.mask = { A, keep, _ in
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        return generator.uniform(rows: A.rows, columns: A.columns) .< keep
      }
    }
  }
}

private struct DropoutDrawsInUse: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedDropout(kind) { $0.drawsInUse = true } }
}

private struct DropoutMaskOfOutput: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedDropout(kind) { $0.maskOfOutput = true } }
}

private struct DropoutByUnit: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedDropout(kind) {
      $0.mask = { A, keep, generator in (generator.uniform(rows: A.rows, columns: 1) .< keep) + 0 * A }
    }
  }
}

private struct DropoutByExample: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedDropout(kind) {
      $0.mask = { A, keep, generator in (generator.uniform(rows: 1, columns: A.columns) .< keep) + 0 * A }
    }
  }
}

/// Batch norm, in which each part may be another.
private struct VariedBatchNorm: Module {
  var base: BatchNorm
  /// What the batch's variance is taken for, in the normalisation and in the running statistics.
  var variance: @Sendable (_ biased: Matrix, _ m: Double) -> Matrix = { v, _ in v }
  var runningVariance: @Sendable (_ used: Matrix, _ m: Double) -> Matrix = { v, _ in v }
  var root: @Sendable (_ variance: Matrix, _ epsilon: Double) -> Matrix = { sqrt($0 + $1) }
  var oldShare: @Sendable (Double) -> Double = { $0 }
  var runs: @Sendable (_ training: Bool) -> Bool = { $0 }
  var usesBatch: @Sendable (_ training: Bool) -> Bool = { $0 }
  var constantStatistics = false, unbiasedBackward = false
  private var running: [Matrix] = []
  private var Z: Matrix = []

  init?(_ kind: ModuleKind, startVariance: Double = 1, _ change: (inout VariedBatchNorm) -> Void = { _ in }) {
    guard case .batchNorm(let gamma, let beta, let momentum, let epsilon) = kind else { return nil }
    let zeros = Matrix(rows: gamma.rows, columns: 1)
    running = [zeros, zeros + startVariance]
    base = BatchNorm(gamma: gamma, beta: beta, momentum: momentum, epsilon: epsilon, buffers: running)
    change(&self)
  }

  var parameters: [Matrix] {
    get { base.parameters }
    set { base.parameters = newValue }
  }
  var gradients: [Matrix] { base.gradients }
  var buffers: [Matrix] {
    get { running }
    set { running = newValue }
  }

  mutating func forward(_ Z: Matrix, training: Bool) -> Matrix {
    let m = Double(Z.columns)
    let mean = Z.rowMeans()
    let used = variance(pow(Z - mean, 2).rowMeans(), m)
    let (mu, sigma2) = usesBatch(training) ? (mean, used) : (running[0], running[1])
    if runs(training) {
      let rho = oldShare(base.momentum)
      running = [rho * running[0] + (1 - rho) * mean, rho * running[1] + (1 - rho) * runningVariance(used, m)]
    }
    self.Z = Z
    base.deviation = root(sigma2, base.epsilon)
    base.Zhat = (Z - mu) ./ base.deviation
    return base.gamma .* base.Zhat + base.beta
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    let dZ = base.backward(upstream)
    if unbiasedBackward {
      let dZhat = base.gamma .* upstream
      let share = (dZhat .* base.Zhat).rowSums() / Double(Z.columns - 1)
      return (dZhat - dZhat.rowMeans() - base.Zhat .* share) ./ base.deviation
    }
    return constantStatistics ? base.gamma .* upstream ./ base.deviation : dZ
  }
}

private struct BatchNormNeverRuns: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedBatchNorm(kind) { $0.runs = { _ in false } } }
}

private struct BatchNormAlwaysRuns: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedBatchNorm(kind) { $0.runs = { _ in true } } }
}

private struct BatchNormAlwaysBatch: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedBatchNorm(kind) { $0.usesBatch = { _ in true } } }
}

private struct BatchNormMomentumSwapped: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedBatchNorm(kind) { $0.oldShare = { 1 - $0 } } }
}

private struct BatchNormVarianceZero: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedBatchNorm(kind, startVariance: 0) }
}

private struct BatchNormUnbiased: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedBatchNorm(kind) { $0.variance = { $0 * ($1 / ($1 - 1)) } }
  }
}

private struct BatchNormUnbiasedGuarded: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedBatchNorm(kind) { $0.variance = { $0 * ($1 / max($1 - 1, 1)) } }
  }
}

private struct BatchNormUnbiasedThroughout: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedBatchNorm(kind) {
      $0.variance = { $0 * ($1 / ($1 - 1)) }
      $0.unbiasedBackward = true
    }
  }
}

private struct BatchNormRunningUnbiasedGuarded: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedBatchNorm(kind) { $0.runningVariance = { $0 * ($1 / max($1 - 1, 1)) } }
  }
}

private struct BatchNormRunningUnbiased: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    VariedBatchNorm(kind) { $0.runningVariance = { $0 * ($1 / ($1 - 1)) } }
  }
}

private struct BatchNormEpsilonOutside: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedBatchNorm(kind) { $0.root = { sqrt($0) + $1 } } }
}

private struct BatchNormConstantStatistics: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? { VariedBatchNorm(kind) { $0.constantStatistics = true } }
}

private struct BatchNormGammaOfInput: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .batchNorm = kind else { return nil }
    return Altered(reference.module(kind), afterBackward: { $0.gradients[0] = sum($0.upstream, $0.A) })
  }
}

private struct BatchNormAveraged: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .batchNorm = kind else { return nil }
    return Altered(
      reference.module(kind),
      afterBackward: { trace in
        let m = Double(trace.A.columns)
        trace.gradients = trace.gradients.map { $0 / m }
      })
  }
}

private struct BatchNormWithoutBuffers: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .batchNorm = kind else { return nil }
    return Misstored(base: reference.module(kind), getBuffers: { _ in [] }, setBuffers: { _, old in old })
  }
}

private struct BatchNormBuffersSwapped: ChangedModule {
  func changed(_ kind: ModuleKind) -> (any Module)? {
    guard case .batchNorm = kind else { return nil }
    return Misstored(
      base: reference.module(kind), getBuffers: { $0.reversed() }, setBuffers: { new, _ in new.reversed() })
  }
}

// MARK: - 15.3

private let sequenceMistakes: [Mistake<any FrameworkLesson>] = [
  Mistake(
    "15.3", "forward runs from the last module to the first", SequenceForwardReversed(),
    "The first module gets the data, each next one what the one before it gave."),
  Mistake(
    "15.3", "backward runs from the first module to the last", SequenceBackwardInOrder(),
    "The gradient comes from the output: the last module gets it first, and hands its dA to the one below: `modules.indices.reversed()`."
  ),
  Mistake(
    "15.3", "backward hands the same upstream gradient to every module", SequenceSameUpstream(),
    "Each module gets what the one above it returned: `dA = modules[i].backward(dA)`."),
  Mistake(
    "15.3", "forward hands the same A to every module", SequenceSameInput(),
    "Each module gets what the one before it returned: `A = modules[i].forward(A, training: training)`."),
  Mistake(
    "15.3", "forward runs copies of the modules, so that what they keep is lost", SequenceOfCopies(),
    "`for var module in modules` makes a copy of each. Go by the index: `modules[i].forward(…)` changes the module itself."
  ),
  Mistake(
    "15.3", "backward runs copies of the modules, so that their gradients are lost", SequenceBackwardOfCopies(),
    "`for var module in modules.reversed()` makes a copy of each. Go by the index: `modules[i].backward(…)` changes the module itself."
  ),
  Mistake(
    "15.3", "the modules always run with training: true", SequenceAlwaysTraining(),
    "Hand on what forward was given: `training: training`."),
  Mistake(
    "15.3", "the modules always run with training: false", SequenceNeverTraining(),
    "Hand on what forward was given: `training: training`."),
  Mistake(
    "15.3", "the gradients stand in the order of backward", SequenceGradientsReversed(),
    "They stand in the order of the parameters, the first module's first: read them from the modules, `modules.flatMap(\\.gradients)`."
  ),
  Mistake(
    "15.3", "setting the parameters changes nothing", SequenceSetterEmpty(),
    "Each module has to be handed its own, as many as it has now, from the front of `newValue`."),
  Mistake(
    "15.3", "setting the parameters reaches the first module alone", SequenceSetterFirst(),
    "Take from `newValue` as many as the first module has, then as many as the second has, and so on."),
  Mistake(
    "15.3", "the buffers are left out", SequenceWithoutBuffers(),
    "A module that does not say has no buffers: collect those of the modules, and hand them on when they are set."),
  Mistake(
    "15.3", "setting the buffers changes nothing", SequenceBufferSetterEmpty(),
    "Each module has to be handed its own, as many as it has, from the front of `newValue`: else loaded running statistics are lost."
  ),
  Mistake(
    "15.3", "a copy of the sequence changes together with it", SequenceClass(),
    "A copy is a snapshot: a `struct` does that by itself, a `class` does not."),
]

/// A sequence in which each part may be another.
private struct VariedSequence: Module {
  var base: Sequential
  var reversesForward = false, reversesBackward = false, sameInput = false, sameUpstream = false
  var forwardsCopies = false, backwardsCopies = false
  var training: @Sendable (Bool) -> Bool = { $0 }

  init(_ modules: [any Module], _ change: (inout VariedSequence) -> Void) {
    base = Sequential(modules: modules)
    change(&self)
  }

  var parameters: [Matrix] {
    get { base.parameters }
    set { base.parameters = newValue }
  }
  var gradients: [Matrix] { base.gradients }
  var buffers: [Matrix] {
    get { base.buffers }
    set { base.buffers = newValue }
  }

  mutating func forward(_ A: Matrix, training: Bool) -> Matrix {
    var result = A
    let order = Array(base.modules.indices)
    for i in reversesForward ? order.reversed() : order {
      var module = base.modules[i]
      result = module.forward(sameInput ? A : result, training: self.training(training))
      if !forwardsCopies { base.modules[i] = module }
    }
    return result
  }

  mutating func backward(_ upstream: Matrix) -> Matrix {
    var result = upstream
    let order = Array(base.modules.indices)
    for i in reversesBackward ? order : order.reversed() {
      var module = base.modules[i]
      result = module.backward(sameUpstream ? upstream : result)
      if !backwardsCopies { base.modules[i] = module }
    }
    return result
  }
}

private struct SequenceForwardReversed: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { VariedSequence(modules) { $0.reversesForward = true } }
}

private struct SequenceBackwardInOrder: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { VariedSequence(modules) { $0.reversesBackward = true } }
}

private struct SequenceSameUpstream: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { VariedSequence(modules) { $0.sameUpstream = true } }
}

private struct SequenceSameInput: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { VariedSequence(modules) { $0.sameInput = true } }
}

private struct SequenceOfCopies: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { VariedSequence(modules) { $0.forwardsCopies = true } }
}

private struct SequenceBackwardOfCopies: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { VariedSequence(modules) { $0.backwardsCopies = true } }
}

private struct SequenceAlwaysTraining: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { VariedSequence(modules) { $0.training = { _ in true } } }
}

private struct SequenceNeverTraining: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { VariedSequence(modules) { $0.training = { _ in false } } }
}

private struct SequenceGradientsReversed: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { Part(base: Sequential(modules: modules)) }
  struct Part: Module {
    var base: Sequential
    var parameters: [Matrix] {
      get { base.parameters }
      set { base.parameters = newValue }
    }
    var gradients: [Matrix] { base.modules.reversed().flatMap(\.gradients) }
    var buffers: [Matrix] {
      get { base.buffers }
      set { base.buffers = newValue }
    }
    mutating func forward(_ A: Matrix, training: Bool) -> Matrix { base.forward(A, training: training) }
    mutating func backward(_ upstream: Matrix) -> Matrix { base.backward(upstream) }
  }
}

private struct SequenceSetterEmpty: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module {
    Misstored(base: reference.sequential(modules), set: { _, old in old })
  }
}

private struct SequenceSetterFirst: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module {
    let count = modules.first?.parameters.count ?? 0
    return Misstored(
      base: reference.sequential(modules), set: { new, old in Array(new.prefix(count) + old.dropFirst(count)) })
  }
}

private struct SequenceWithoutBuffers: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module {
    Misstored(base: reference.sequential(modules), getBuffers: { _ in [] }, setBuffers: { _, old in old })
  }
}

private struct SequenceBufferSetterEmpty: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module {
    Misstored(base: reference.sequential(modules), setBuffers: { _, old in old })
  }
}

private struct SequenceClass: FrameworkLesson {
  func sequential(_ modules: [any Module]) -> any Module { Shared(reference.sequential(modules)) }
}

// MARK: - 15.4

private let lossMistakes: [Mistake<any FrameworkLesson>] = [
  Mistake(
    "15.4", "1/m is left out of the gradient", LossGradientSum(),
    "J is a mean, and this is the one place of the framework where its 1/m is put: (A − Y)/m, or 2(A − Y)/m."),
  Mistake(
    "15.4", "1/m is left out of the binary cross-entropy's gradient", BinaryGradientSum(),
    "J is a mean, and so is its gradient: (A − Y)/m."),
  Mistake(
    "15.4", "1/m is left out of the categorical cross-entropy's gradient", CategoricalGradientSum(),
    "J is a mean, and so is its gradient: (A − Y)/m."),
  Mistake(
    "15.4", "1/m is left out of the squared error's gradient", SquaredGradientSum(),
    "J is a mean, and so is its gradient: 2(A − Y)/m."),
  Mistake("15.4", "1/m is left out of J", LossCostSum(), "J is the mean over the columns: divide the sum by m."),
  Mistake(
    "15.4", "J and its gradient are divided by K·m, the number of entries", LossMeanOfEntries(),
    "A column's loss is the sum over its rows; only the examples are averaged. (`mean()` of a matrix divides by all its entries.)"
  ),
  Mistake(
    "15.4", "J alone is divided by K·m, the number of entries", LossCostMeanOfEntries(),
    "A column's loss is the sum over its rows; only the examples are averaged. (`mean()` of a matrix divides by all its entries.)"
  ),
  Mistake(
    "15.4", "the binary cross-entropy is divided by K·m, the number of entries, and its gradient is not",
    BinaryCostMeanOfEntries(),
    "A column's loss is the sum over its rows; only the examples are averaged. (`mean()` of a matrix divides by all its entries.)"
  ),
  Mistake(
    "15.4", "the squared error is divided by K·m, the number of entries, and its gradient is not",
    SquaredCostMeanOfEntries(),
    "A column's loss is the sum over its rows; only the examples are averaged. (`mean()` of a matrix divides by all its entries.)"
  ),
  Mistake(
    "15.4", "the gradient has the wrong sign", LossGradientSign(), "A − Y: where A is too large, J grows with Z."),
  Mistake(
    "15.4", "the squared error has a ½", SquaredHalf(),
    "The contract's J is the mean of Σ(a − y)², its gradient 2(A − Y)/m."),
  Mistake(
    "15.4", "the squared error's gradient lacks the 2", SquaredGradientHalf(),
    "The derivative of e² is 2e, and there is no ½ in J that would cancel it."),
  Mistake(
    "15.4", "the squared error is that of σ(Z)", SquaredOfSigmoid(),
    "It belongs to a regression: its output is Z itself."),
  Mistake(
    "15.4", "the mean absolute error stands for the squared one", SquaredAbsolute(), "It is the mean of Σ(a − y)²."),
  Mistake(
    "15.4", "the output of both cross-entropies is Z itself", CrossEntropyWithoutOutput(),
    "`output` is where the activation is: σ for the binary one, softmax for the categorical one."),
  Mistake(
    "15.4", "the binary cross-entropy lacks the term of y = 0", BinaryOneTerm(),
    "−y log a is 0 where y = 0: the other half of the labels counts by −(1 − y) log(1 − a)."),
  Mistake(
    "15.4", "the categorical cross-entropy has the term of 1 − y too", CategoricalTwoTerms(),
    "Σ −y log a, and no more. With both terms A − Y is not its gradient any longer; the chapter shows that of the TensorFlow slide."
  ),
  Mistake(
    "15.4", "the logarithms are not kept away from 0", LossWithoutFloor(),
    "log 0 is −∞, and 0 · log 0 is NaN: keep every argument at or above `logFloor`."),
  Mistake(
    "15.4", "a logarithm of the binary cross-entropy is not kept away from 0", BinaryWithoutFloor(),
    "log 0 is −∞, and 0 · log 0 is NaN: keep both arguments, a and 1 − a, at or above `logFloor`."),
  Mistake(
    "15.4", "the categorical cross-entropy is not finite at large scores", CategoricalWithoutFloor(),
    "log 0 is −∞, and 0 · log 0 is NaN: keep the argument at or above `logFloor`. Where A is NaN already, look at the softmax first."
  ),
  Mistake(
    "15.4", "the cross-entropies go on growing with the scores, where the contract has its floor",
    CrossEntropyOfScores(),
    "The cost that is computed from the scores is exact, and finite without any floor. The contract's is that of a logarithm whose argument is kept at or above `logFloor`: no term is above 34.7."
  ),
  Mistake(
    "15.4", "a logarithm's argument is kept at or above 10⁻¹⁵", LossHigherFloor(),
    "The contract's least argument is `logFloor`, 2⁻⁵⁰ ≈ 8.9·10⁻¹⁶."),
  Mistake(
    "15.4", "a logarithm's argument is kept at or above 10⁻⁷", LossMuchHigherFloor(),
    "The contract's least argument is `logFloor`, 2⁻⁵⁰ ≈ 8.9·10⁻¹⁶."),
  Mistake(
    "15.4", "the logarithms are to base 2", LossBinaryLogarithm(), "The course's log is the natural one: `log`."),
  Mistake(
    "15.4", "the gradients of the cross-entropies are multiplied by a(1 − a)", CrossEntropySlopeTwice(),
    "A − Y is the derivative by Z, and has the activation's in it already. Only ∂J/∂A would need that factor, and ∂J/∂A is not A − Y."
  ),
  Mistake(
    "15.4", "the softmax is over the whole matrix", SoftmaxOfAll(),
    "One example is a column: the probabilities of each column add up to 1 (`columnSums()`)."),
  Mistake(
    "15.4", "the softmax is by row", SoftmaxByRow(),
    "One example is a column: the probabilities of each column add up to 1 (`columnSums()`)."),
  Mistake(
    "15.4", "the softmax's exponentials overflow", SoftmaxOverflow(),
    "e¹⁰⁰⁰ is ∞, and ∞/∞ is NaN: take off each column's largest score first (6.1)."),
  Mistake(
    "15.4", "σ's exponential overflows", SigmoidOverflow(),
    "eᶻ/(1 + eᶻ) is ∞/∞ at z = 1000, NaN. 1/(1 + e⁻ᶻ) is right for every z."),
]

/// A loss of which some functions are others.
private struct VariedLoss: Loss {
  var base: any Loss
  var A: (@Sendable (Matrix) -> Matrix)?
  var J: (@Sendable (_ Z: Matrix, _ Y: Matrix, any Loss) -> Double)?
  var dZ: (@Sendable (_ Z: Matrix, _ Y: Matrix, any Loss) -> Matrix)?

  func output(_ Z: Matrix) -> Matrix { A?(Z) ?? base.output(Z) }
  func cost(Z: Matrix, Y: Matrix) -> Double { J?(Z, Y, base) ?? base.cost(Z: Z, Y: Y) }
  func gradient(Z: Matrix, Y: Matrix) -> Matrix { dZ?(Z, Y, base) ?? base.gradient(Z: Z, Y: Y) }
}

/// A lesson whose losses of some kinds are others.
private protocol ChangedLoss: FrameworkLesson {
  func change(_ loss: inout VariedLoss, _ kind: LossKind)
}

extension ChangedLoss {
  func loss(_ kind: LossKind) -> any Loss {
    var loss = VariedLoss(base: reference.loss(kind))
    change(&loss, kind)
    return loss
  }
}

/// The cross-entropies with a logarithm of another kind.
private func crossEntropy(
  _ kind: LossKind, A: Matrix, Y: Matrix, log: @Sendable (Matrix) -> Matrix
) -> Double? {
  let m = Double(Y.columns)
  return switch kind {
  case .binaryCrossEntropy: -(Y .* log(A) + (1 - Y) .* log(1 - A)).sum() / m
  case .categoricalCrossEntropy: -(Y .* log(A)).sum() / m
  case .squaredError: nil
  }
}

private func isCrossEntropy(_ kind: LossKind) -> Bool { if case .squaredError = kind { false } else { true } }

private struct LossGradientSum: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    loss.dZ = { Double($0.columns) * $2.gradient(Z: $0, Y: $1) }
  }
}

private struct BinaryGradientSum: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if case .binaryCrossEntropy = kind { loss.dZ = { Double($0.columns) * $2.gradient(Z: $0, Y: $1) } }
  }
}

private struct CategoricalGradientSum: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if case .categoricalCrossEntropy = kind { loss.dZ = { Double($0.columns) * $2.gradient(Z: $0, Y: $1) } }
  }
}

private struct SquaredGradientSum: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if !isCrossEntropy(kind) { loss.dZ = { Double($0.columns) * $2.gradient(Z: $0, Y: $1) } }
  }
}

private struct LossCostSum: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    loss.J = { Double($0.columns) * $2.cost(Z: $0, Y: $1) }
  }
}

private struct LossMeanOfEntries: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    loss.J = { $2.cost(Z: $0, Y: $1) / Double($0.rows) }
    loss.dZ = { $2.gradient(Z: $0, Y: $1) / Double($0.rows) }
  }
}

private struct LossCostMeanOfEntries: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    loss.J = { $2.cost(Z: $0, Y: $1) / Double($0.rows) }
  }
}

private struct BinaryCostMeanOfEntries: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if case .binaryCrossEntropy = kind { loss.J = { $2.cost(Z: $0, Y: $1) / Double($0.rows) } }
  }
}

private struct SquaredCostMeanOfEntries: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if !isCrossEntropy(kind) { loss.J = { $2.cost(Z: $0, Y: $1) / Double($0.rows) } }
  }
}

private struct LossGradientSign: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) { loss.dZ = { -$2.gradient(Z: $0, Y: $1) } }
}

private struct SquaredHalf: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if isCrossEntropy(kind) { return }
    loss.J = { $2.cost(Z: $0, Y: $1) / 2 }
    loss.dZ = { $2.gradient(Z: $0, Y: $1) / 2 }
  }
}

private struct SquaredGradientHalf: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if !isCrossEntropy(kind) { loss.dZ = { $2.gradient(Z: $0, Y: $1) / 2 } }
  }
}

private struct SquaredOfSigmoid: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if isCrossEntropy(kind) { return }
    let g: @Sendable (Matrix) -> Matrix = { 1 / (1 + exp(-$0)) }
    loss.A = g
    loss.J = { $2.cost(Z: g($0), Y: $1) }
    loss.dZ = { $2.gradient(Z: g($0), Y: $1) .* g($0) .* (1 - g($0)) }
  }
}

private struct SquaredAbsolute: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if isCrossEntropy(kind) { return }
    loss.J = { Z, Y, _ in abs(Z - Y).sum() / Double(Z.columns) }
    loss.dZ = { Z, Y, _ in sign(Z - Y) / Double(Z.columns) }
  }
}

private struct CrossEntropyWithoutOutput: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) { if isCrossEntropy(kind) { loss.A = { $0 } } }
}

private struct BinaryOneTerm: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    guard case .binaryCrossEntropy = kind else { return }
    loss.J = { Z, Y, base in -(Y .* log(max(base.output(Z), logFloor))).sum() / Double(Z.columns) }
  }
}

private struct CategoricalTwoTerms: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    guard case .categoricalCrossEntropy = kind else { return }
    loss.J = { Z, Y, base in
      crossEntropy(.binaryCrossEntropy, A: base.output(Z), Y: Y) { log(max($0, logFloor)) }!
    }
  }
}

private struct LossWithoutFloor: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if isCrossEntropy(kind) { loss.J = { Z, Y, base in crossEntropy(kind, A: base.output(Z), Y: Y) { log($0) }! } }
  }
}

private struct BinaryWithoutFloor: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    guard case .binaryCrossEntropy = kind else { return }
    loss.J = { Z, Y, base in crossEntropy(kind, A: base.output(Z), Y: Y) { log($0) }! }
  }
}

private struct CategoricalWithoutFloor: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    guard case .categoricalCrossEntropy = kind else { return }
    loss.J = { Z, Y, base in crossEntropy(kind, A: base.output(Z), Y: Y) { log($0) }! }
  }
}

private struct CrossEntropyOfScores: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    switch kind {
    case .binaryCrossEntropy:
      loss.J = { Z, Y, _ in (max(Z, 0) - Z .* Y + log(1 + exp(-abs(Z)))).sum() / Double(Z.columns) }
    case .categoricalCrossEntropy:
      loss.J = { Z, Y, _ in
        let shifted = Z - Z.columnMaxima()
        return -(Y .* (shifted - log(exp(shifted).columnSums()))).sum() / Double(Z.columns)
      }
    case .squaredError: break
    }
  }
}

private struct LossHigherFloor: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if isCrossEntropy(kind) {
      loss.J = { Z, Y, base in crossEntropy(kind, A: base.output(Z), Y: Y) { log(max($0, 1e-15)) }! }
    }
  }
}

private struct LossMuchHigherFloor: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if isCrossEntropy(kind) {
      loss.J = { Z, Y, base in crossEntropy(kind, A: base.output(Z), Y: Y) { log(max($0, 1e-7)) }! }
    }
  }
}

private struct LossBinaryLogarithm: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if isCrossEntropy(kind) { loss.J = { $2.cost(Z: $0, Y: $1) / log(2) } }
  }
}

private struct CrossEntropySlopeTwice: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    if isCrossEntropy(kind) {
      loss.dZ = { Z, Y, base in base.gradient(Z: Z, Y: Y) .* base.output(Z) .* (1 - base.output(Z)) }
    }
  }
}

/// The categorical cross-entropy with another softmax.
private func withSoftmax(_ loss: inout VariedLoss, _ kind: LossKind, _ g: @escaping @Sendable (Matrix) -> Matrix) {
  guard case .categoricalCrossEntropy = kind else { return }
  loss.A = g
  loss.J = { Z, Y, _ in -(Y .* log(max(g(Z), logFloor))).sum() / Double(Z.columns) }
  loss.dZ = { Z, Y, _ in (g(Z) - Y) / Double(Z.columns) }
}

private struct SoftmaxOfAll: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    withSoftmax(&loss, kind) { Z in
      let E = exp(Z - Z.max())
      return E / E.sum()
    }
  }
}

private struct SoftmaxByRow: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    withSoftmax(&loss, kind) { Z in
      let E = exp(Z - Z.rowMaxima())
      return E ./ E.rowSums()
    }
  }
}

private struct SoftmaxOverflow: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    withSoftmax(&loss, kind) { Z in exp(Z) ./ exp(Z).columnSums() }
  }
}

private struct SigmoidOverflow: ChangedLoss {
  func change(_ loss: inout VariedLoss, _ kind: LossKind) {
    guard case .binaryCrossEntropy = kind else { return }
    let g: @Sendable (Matrix) -> Matrix = { exp($0) ./ (1 + exp($0)) }
    loss.A = g
    loss.J = { Z, Y, _ in crossEntropy(kind, A: g(Z), Y: Y) { log(max($0, logFloor)) }! }
    loss.dZ = { Z, Y, _ in (g(Z) - Y) / Double(Z.columns) }
  }
}

// MARK: - 15.5

private let optimizerMistakes: [Mistake<any FrameworkLesson>] = [
  Mistake(
    "15.5", "the steps go uphill", StepsUphill(), "θ ← θ − α…, with the minus: the gradient points to where J grows."),
  Mistake(
    "15.5", "only the first parameter is changed", StepsFirstOnly(),
    "A module has any number of parameters: each is changed with the gradient in its own place."),
  Mistake(
    "15.5", "only the first two parameters are changed", StepsFirstTwo(),
    "A module has any number of parameters, a sequence of two layers has four: each is changed with the gradient in its own place."
  ),
  Mistake(
    "15.5", "gradient descent goes uphill", GradientDescentUphill(), "θ ← θ − αg, with the minus."),
  Mistake("15.5", "momentum goes uphill", MomentumUphill(), "θ ← θ − αv, with the minus."),
  Mistake("15.5", "RMSprop goes uphill", RMSpropUphill(), "θ ← θ − αg/(√s + ε), with the minus."),
  Mistake("15.5", "Adam goes uphill", AdamUphill(), "θ ← θ − αv̂/(√ŝ + ε), with the minus."),
  Mistake(
    "15.5", "gradient descent changes the first parameter alone", GradientDescentFirstOnly(),
    "A module has any number of parameters: each is changed with the gradient in its own place."),
  Mistake(
    "15.5", "gradient descent changes the first two parameters alone", GradientDescentFirstTwo(),
    "A module has any number of parameters, a sequence of two layers has four: each is changed with the gradient in its own place."
  ),
  Mistake(
    "15.5", "momentum changes the first two parameters alone", MomentumFirstTwo(),
    "A module has any number of parameters, a sequence of two layers has four: each has a v of its own, and is changed by it."
  ),
  Mistake(
    "15.5", "RMSprop changes the first two parameters alone", RMSpropFirstTwo(),
    "A module has any number of parameters, a sequence of two layers has four: each has an s of its own, and is changed by it."
  ),
  Mistake(
    "15.5", "momentum's state starts anew at every step", MomentumForgets(),
    "v has to be a stored property that `step` changes; as a variable inside `step` it is 0 again each time."),
  Mistake(
    "15.5", "RMSprop's state starts anew at every step", RMSpropForgets(),
    "s has to be a stored property that `step` changes; as a variable inside `step` it is 0 again each time."),
  Mistake(
    "15.5", "Adam's state starts anew at every step", AdamForgets(),
    "v, s and t have to be stored properties that `step` changes; as variables inside `step` they are 0 again each time."
  ),
  Mistake(
    "15.5", "the state starts anew at every step", StepsForget(),
    "v, s and t have to be stored properties that `step` changes; as variables inside `step` they are 0 again each time."
  ),
  Mistake(
    "15.5", "all optimisers share one state", StepsShared(),
    "Each optimiser that the factory makes begins at 0, and a copy goes on by itself: keep the state in the struct, not in a global variable, a static one or a class."
  ),
  Mistake(
    "15.5", "(1 − β) is left out of momentum's v", MomentumSum(),
    "v ← βv + (1 − β)g: an average of the gradients, not their sum."),
  Mistake(
    "15.5", "β and 1 − β are exchanged in momentum", MomentumSwapped(), "v ← βv + (1 − β)g: β is the share of the old."),
  Mistake(
    "15.5", "momentum steps by the v of the step before", MomentumOldState(),
    "First v ← βv + (1 − β)g, then θ ← θ − αv with the new v."),
  Mistake(
    "15.5", "momentum's v starts at the first gradient", MomentumStartsAtGradient(),
    "It starts at 0: the first step is then α(1 − β)g."),
  Mistake(
    "15.5", "momentum's v is corrected like Adam's", MomentumCorrected(), "Plain momentum has no bias correction."),
  Mistake(
    "15.5", "RMSprop's ε stands inside the root", RMSpropEpsilonInside(), "g/(√s + ε): the ε is added after the root."),
  Mistake("15.5", "RMSprop has no root", RMSpropWithoutRoot(), "s averages g²; its root is of g's size: g/(√s + ε)."),
  Mistake("15.5", "RMSprop has no ε", RMSpropWithoutEpsilon(), "Where all gradients were 0, 0/√0 is NaN: g/(√s + ε)."),
  Mistake(
    "15.5", "RMSprop averages |g| instead of g²", RMSpropMagnitude(), "s ← βs + (1 − β)g², and its root divides."),
  Mistake(
    "15.5", "β and 1 − β are exchanged in RMSprop", RMSpropSwapped(), "s ← βs + (1 − β)g²: β is the share of the old."),
  Mistake("15.5", "(1 − β) is left out of RMSprop's s", RMSpropSum(), "s ← βs + (1 − β)g²: an average, not a sum."),
  Mistake(
    "15.5", "RMSprop divides by the s of the step before", RMSpropOldState(),
    "First s ← βs + (1 − β)g², then the step with the new s. (At the first one the old s is 0.)"),
  Mistake(
    "15.5", "Adam has no bias correction", AdamUncorrected(),
    "v and s start at 0 and are too small at first: v̂ = v/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ)."),
  Mistake("15.5", "Adam corrects v alone", AdamFirstCorrected(), "s starts at 0 too: ŝ = s/(1 − β₂ᵗ)."),
  Mistake("15.5", "Adam corrects s alone", AdamSecondCorrected(), "v starts at 0 too: v̂ = v/(1 − β₁ᵗ)."),
  Mistake(
    "15.5", "Adam's t is 1 at every step", AdamStuck(),
    "t counts the steps: `t += 1` in each, and t is a stored property."),
  Mistake(
    "15.5", "Adam's t is 0 at the first step", AdamFromZero(),
    "1 − β⁰ is 0, and 0/0 is NaN: count first, `t += 1`, and then correct."),
  Mistake("15.5", "Adam's t is one ahead", AdamAhead(), "At the first step t is 1."),
  Mistake(
    "15.5", "Adam keeps the corrected v̂ and ŝ as its state", AdamKeepsCorrected(),
    "The correction is for this step's use only: v and s themselves go on uncorrected."),
  Mistake(
    "15.5", "Adam's β₁ and β₂ are exchanged", AdamSwapped(),
    "β₁ belongs to v, the average of g, and β₂ to s, that of g²."),
  Mistake("15.5", "Adam's ε stands inside the root", AdamEpsilonInside(), "v̂/(√ŝ + ε): the ε is added after the root."),
  Mistake("15.5", "Adam has no root", AdamWithoutRoot(), "ŝ is of g²'s size, its root of g's: v̂/(√ŝ + ε)."),
  Mistake(
    "15.5", "Adam has the gradient where v̂ belongs", AdamOfGradient(),
    "The step is along the average v̂, not along g alone."),
]

/// v, s and t of the parameters.
private struct Moments: Sendable {
  var v: [Matrix] = [], s: [Matrix] = [], t = 0.0
}

/// An optimiser that is a function of parameters, gradients and moments.
private struct VariedOptimizer: Optimizer {
  let rule: @Sendable (_ parameters: [Matrix], _ gradients: [Matrix], inout Moments) -> [Matrix]
  var moments = Moments()

  init(_ rule: @escaping @Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix]) { self.rule = rule }

  mutating func step(_ module: inout any Module) {
    if moments.v.isEmpty {
      moments.v = module.parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
      moments.s = moments.v
    }
    moments.t += 1
    module.parameters = rule(module.parameters, module.gradients, &moments)
  }
}

/// An optimiser around another.
private struct WrappedOptimizer: Optimizer {
  var base: any Optimizer
  let change: @Sendable (_ base: inout any Optimizer, _ module: inout any Module) -> Void
  mutating func step(_ module: inout any Module) { change(&base, &module) }
}

extension Optimizer {
  /// With the steps the other way.
  fileprivate var uphill: any Optimizer {
    WrappedOptimizer(base: self) { base, module in
      let before = module.parameters
      base.step(&module)
      module.parameters = zip(before, module.parameters).map { 2 * $0 - $1 }
    }
  }

  /// With steps of the first parameters alone.
  fileprivate func changing(first count: Int) -> any Optimizer {
    WrappedOptimizer(base: self) { base, module in
      let before = module.parameters
      base.step(&module)
      module.parameters = Array(module.parameters.prefix(count) + before.dropFirst(count))
    }
  }

  /// As at its first step, always.
  fileprivate var forgetting: any Optimizer {
    WrappedOptimizer(base: self) { base, module in
      var fresh = base
      fresh.step(&module)
    }
  }
}

private struct StepsUphill: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer { reference.optimizer(kind).uphill }
}

private struct StepsFirstOnly: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer { reference.optimizer(kind).changing(first: 1) }
}

private struct StepsFirstTwo: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer { reference.optimizer(kind).changing(first: 2) }
}

private struct StepsForget: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer { reference.optimizer(kind).forgetting }
}

// The same in one rule alone.

private enum Rule { case gradientDescent, momentum, rmsprop, adam }

extension OptimizerKind {
  fileprivate var rule: Rule {
    switch self {
    case .gradientDescent: .gradientDescent
    case .momentum: .momentum
    case .rmsprop: .rmsprop
    case .adam: .adam
    }
  }
}

private struct GradientDescentUphill: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .gradientDescent ? right.uphill : right
  }
}

private struct MomentumUphill: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .momentum ? right.uphill : right
  }
}

private struct RMSpropUphill: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .rmsprop ? right.uphill : right
  }
}

private struct AdamUphill: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .adam ? right.uphill : right
  }
}

private struct GradientDescentFirstOnly: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .gradientDescent ? right.changing(first: 1) : right
  }
}

private struct GradientDescentFirstTwo: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .gradientDescent ? right.changing(first: 2) : right
  }
}

private struct MomentumFirstTwo: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .momentum ? right.changing(first: 2) : right
  }
}

private struct RMSpropFirstTwo: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .rmsprop ? right.changing(first: 2) : right
  }
}

private struct MomentumForgets: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .momentum ? right.forgetting : right
  }
}

private struct RMSpropForgets: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .rmsprop ? right.forgetting : right
  }
}

private struct AdamForgets: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let right = reference.optimizer(kind)
    return kind.rule == .adam ? right.forgetting : right
  }
}

/// A state that an optimiser has in common with its copies, and with the others of a pair.
private final class SharedMoments: @unchecked Sendable {
  var optimizer: any Optimizer
  init(_ optimizer: any Optimizer) { self.optimizer = optimizer }
}

private struct StepsShared: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    let shared = SharedMoments(reference.optimizer(kind))
    return WrappedOptimizer(base: shared.optimizer) { _, module in shared.optimizer.step(&module) }
  }
}

/// A lesson whose rules for some kinds are others.
private protocol ChangedRule: FrameworkLesson {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])?
}

extension ChangedRule {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    rule(kind).map { VariedOptimizer($0) } ?? reference.optimizer(kind)
  }
}

/// Momentum, entry by entry: the new v from the old, and what the step goes by.
private func momentum(
  _ kind: OptimizerKind, v newV: @escaping @Sendable (_ v: Matrix, _ g: Matrix, _ beta: Double, _ t: Double) -> Matrix,
  step: @escaping @Sendable (_ v: Matrix, _ old: Matrix, _ beta: Double, _ t: Double) -> Matrix = { v, _, _, _ in v }
) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
  guard case .momentum(let rate, let beta) = kind else { return nil }
  return { parameters, g, moments in
    parameters.indices.map { k in
      let old = moments.v[k]
      moments.v[k] = newV(old, g[k], beta, moments.t)
      return parameters[k] - rate * step(moments.v[k], old, beta, moments.t)
    }
  }
}

private struct MomentumSum: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    momentum(kind, v: { v, g, beta, _ in beta * v + g })
  }
}

private struct MomentumSwapped: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    momentum(kind, v: { v, g, beta, _ in (1 - beta) * v + beta * g })
  }
}

private struct MomentumOldState: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    momentum(kind, v: { v, g, beta, _ in beta * v + (1 - beta) * g }, step: { _, old, _, _ in old })
  }
}

private struct MomentumStartsAtGradient: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    momentum(kind, v: { v, g, beta, t in t == 1 ? g : beta * v + (1 - beta) * g })
  }
}

private struct MomentumCorrected: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    momentum(
      kind, v: { v, g, beta, _ in beta * v + (1 - beta) * g }, step: { v, _, beta, t in v / (1 - pow(beta, t)) })
  }
}

/// RMSprop, entry by entry: the new s from the old, and what the gradient is divided by.
private func rmsprop(
  _ kind: OptimizerKind,
  s newS: @escaping @Sendable (_ s: Matrix, _ g: Matrix, _ beta: Double) -> Matrix = { s, g, beta in
    beta * s + (1 - beta) * pow(g, 2)
  },
  divisor: @escaping @Sendable (_ s: Matrix, _ old: Matrix, _ epsilon: Double) -> Matrix = { s, _, epsilon in
    sqrt(s) + epsilon
  }
) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
  guard case .rmsprop(let rate, let beta, let epsilon) = kind else { return nil }
  return { parameters, g, moments in
    parameters.indices.map { k in
      let old = moments.s[k]
      moments.s[k] = newS(old, g[k], beta)
      return parameters[k] - rate * g[k] ./ divisor(moments.s[k], old, epsilon)
    }
  }
}

private struct RMSpropEpsilonInside: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    rmsprop(kind, divisor: { s, _, epsilon in sqrt(s + epsilon) })
  }
}

private struct RMSpropWithoutRoot: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    rmsprop(kind, divisor: { s, _, epsilon in s + epsilon })
  }
}

private struct RMSpropWithoutEpsilon: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    rmsprop(kind, divisor: { s, _, _ in sqrt(s) })
  }
}

private struct RMSpropMagnitude: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    rmsprop(kind, s: { s, g, beta in beta * s + (1 - beta) * abs(g) }, divisor: { s, _, epsilon in s + epsilon })
  }
}

private struct RMSpropSwapped: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    rmsprop(kind, s: { s, g, beta in (1 - beta) * s + beta * pow(g, 2) })
  }
}

private struct RMSpropSum: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    rmsprop(kind, s: { s, g, beta in beta * s + pow(g, 2) })
  }
}

private struct RMSpropOldState: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    rmsprop(kind, divisor: { _, old, epsilon in sqrt(old) + epsilon })
  }
}

/// What Adam has come by when it steps.
private struct AdamParts: Sendable {
  var g: Matrix, v: Matrix, s: Matrix, t: Double, beta1: Double, beta2: Double, epsilon: Double
  var vHat: Matrix { v / (1 - pow(beta1, t)) }
  var sHat: Matrix { s / (1 - pow(beta2, t)) }
}

/// Adam with another direction of the step.
private func adam(
  _ kind: OptimizerKind, direction: @escaping @Sendable (AdamParts) -> Matrix
) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
  guard case .adam(let rate, let beta1, let beta2, let epsilon) = kind else { return nil }
  return { parameters, g, moments in
    parameters.indices.map { k in
      moments.v[k] = beta1 * moments.v[k] + (1 - beta1) * g[k]
      moments.s[k] = beta2 * moments.s[k] + (1 - beta2) * pow(g[k], 2)
      let parts = AdamParts(
        g: g[k], v: moments.v[k], s: moments.s[k], t: moments.t, beta1: beta1, beta2: beta2, epsilon: epsilon)
      return parameters[k] - rate * direction(parts)
    }
  }
}

/// Adam with another count of the steps.
private func adam(
  _ kind: OptimizerKind, t: @escaping @Sendable (Double) -> Double
) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
  adam(kind) { parts in
    var parts = parts
    parts.t = t(parts.t)
    return parts.vHat ./ (sqrt(parts.sHat) + parts.epsilon)
  }
}

private struct AdamUncorrected: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    adam(kind, direction: { $0.v ./ (sqrt($0.s) + $0.epsilon) })
  }
}

private struct AdamFirstCorrected: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    adam(kind, direction: { $0.vHat ./ (sqrt($0.s) + $0.epsilon) })
  }
}

private struct AdamSecondCorrected: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    adam(kind, direction: { $0.v ./ (sqrt($0.sHat) + $0.epsilon) })
  }
}

private struct AdamStuck: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    adam(kind, t: { _ in 1 })
  }
}

private struct AdamFromZero: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    adam(kind, t: { $0 - 1 })
  }
}

private struct AdamAhead: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    adam(kind, t: { $0 + 1 })
  }
}

private struct AdamKeepsCorrected: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    guard case .adam(let rate, let beta1, let beta2, let epsilon) = kind else { return nil }
    return { parameters, g, moments in
      parameters.indices.map { k in
        moments.v[k] = (beta1 * moments.v[k] + (1 - beta1) * g[k]) / (1 - pow(beta1, moments.t))
        moments.s[k] = (beta2 * moments.s[k] + (1 - beta2) * pow(g[k], 2)) / (1 - pow(beta2, moments.t))
        return parameters[k] - rate * moments.v[k] ./ (sqrt(moments.s[k]) + epsilon)
      }
    }
  }
}

private struct AdamSwapped: FrameworkLesson {
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    guard case .adam(let rate, let beta1, let beta2, let epsilon) = kind else { return reference.optimizer(kind) }
    return Adam(rate: rate, beta1: beta2, beta2: beta1, epsilon: epsilon)
  }
}

private struct AdamEpsilonInside: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    adam(kind, direction: { $0.vHat ./ sqrt($0.sHat + $0.epsilon) })
  }
}

private struct AdamWithoutRoot: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    adam(kind, direction: { $0.vHat ./ ($0.sHat + $0.epsilon) })
  }
}

private struct AdamOfGradient: ChangedRule {
  func rule(_ kind: OptimizerKind) -> (@Sendable ([Matrix], [Matrix], inout Moments) -> [Matrix])? {
    adam(kind, direction: { $0.g ./ (sqrt($0.sHat) + $0.epsilon) })
  }
}

// MARK: - 15.6

private let fitMistakes: [Mistake<any FrameworkLesson>] = [
  Mistake(
    "15.6", "the short last batch is left out", FitDropsShortBatch(),
    "A batch may have fewer examples than `batchSize`: cut up to `min(start + batchSize, order.count)`."),
  Mistake(
    "15.6", "the short last batch is left out, and the epoch's cost still divided by the number of all examples",
    FitDropsShortBatchKeepsM(),
    "A batch may have fewer examples than `batchSize`: cut up to `min(start + batchSize, order.count)`."),
  Mistake(
    "15.6", "each batch's cost counts `batchSize` times, also that of a short batch", FitWeighsByBatchSize(),
    "A short batch has fewer examples: Σ J · (the batch's own examples), divided by m."),
  Mistake(
    "15.6", "the epoch's cost is the mean over the batches", FitMeanOfBatches(),
    "Each batch's J counts as often as it has examples: Σ J · (its examples), divided by m. A short batch weighs less."),
  Mistake(
    "15.6", "the epoch's cost is the sum over the batches", FitSumOfBatches(),
    "It is the mean over the examples: Σ J · (the batch's examples), divided by m."),
  Mistake(
    "15.6", "the epoch's cost is that of its last batch", FitLastBatch(),
    "It is the mean over all examples of the epoch: Σ J · (the batch's examples), divided by m."),
  Mistake(
    "15.6", "each batch's cost is taken after its step", FitCostAfterStep(),
    "J belongs to the forward that led to the step: ask for it before the optimiser changes the parameters."),
  Mistake(
    "15.6", "the examples are taken in the file's order", FitIgnoresOrder(),
    "A batch's columns are those that the epoch's order names: `plan.X.columns(at: batch)`."),
  Mistake(
    "15.6", "every epoch uses the first order", FitFirstOrder(), "Each epoch has an order of its own: `plan.orders[k]`."
  ),
  Mistake(
    "15.6", "X is taken in the epoch's order and Y in the file's", FitForgetsY(),
    "An example and its answer belong together: the same columns of X and of Y."),
  Mistake(
    "15.6", "an epoch is a single step on all its examples", FitFullBatch(),
    "The order is cut into batches of `batchSize`, with a step after each."),
  Mistake(
    "15.6", "the model learns with training: false", FitNotTraining(),
    "Dropout and batch norm must know that the model is learning: `forward(…, training: true)`."),
  Mistake(
    "15.6", "the dev cost is taken with training: true", FitDevTraining(),
    "The dev cost is about the model in use: `forward(plan.XDev, training: false)`. Dropout and batch norm behave differently then."
  ),
  Mistake(
    "15.6", "the dev cost is taken with training: true, though on a copy of the model", FitDevTrainingOnCopy(),
    "The dev cost is about the model in use: `forward(plan.XDev, training: false)`. Dropout and batch norm behave differently then."
  ),
  Mistake(
    "15.6", "the dev cost is taken before the epoch", FitDevBefore(),
    "It belongs after the epoch's last step: it judges the model that the epoch made."),
  Mistake(
    "15.6", "the loss is given A instead of Z", FitLossOfOutput(),
    "`cost` and `gradient` apply the output activation themselves: hand them the model's Z as it is."),
  Mistake(
    "15.6", "the optimiser steps before backward", FitStepsFirst(),
    "The step needs this batch's gradients: first backward, then the step. Else it goes by those of the batch before."),
  Mistake(
    "15.6", "the optimiser starts anew in each epoch", FitForgetsOptimizer(),
    "`var optimizer = optimizer` belongs before the loop over the epochs: its state goes on through the whole training."
  ),
  Mistake(
    "15.6", "the optimiser starts anew with each batch", FitForgetsOptimizerInBatch(),
    "`var optimizer = optimizer` belongs before both loops: its state goes on through the whole training."),
  Mistake(
    "15.6", "training stops an epoch too late", FitPatienceLate(),
    "Stop as soon as `patience` epochs in a row have brought no new least dev cost: epoch − bestEpoch ≥ patience."),
  Mistake(
    "15.6", "training stops an epoch too early", FitPatienceEarly(),
    "Stop when `patience` epochs in a row have brought no new least dev cost, not before: epoch − bestEpoch ≥ patience."
  ),
  Mistake(
    "15.6", "all epochs without a new least dev cost are counted, in a row or not", FitPatienceTotal(),
    "A new least dev cost starts the count again."),
  Mistake(
    "15.6", "the dev cost is compared with the epoch before, not with the least so far", FitPatiencePrevious(),
    "An epoch that is better than a bad one may still be worse than the best."),
  Mistake(
    "15.6", "training never stops early", FitNeverStops(),
    "With a patience, stop when that many epochs in a row have brought no new least dev cost."),
  Mistake(
    "15.6", "an equal dev cost counts as better", FitTies(),
    "The best epoch is the first of equals, and only a strictly smaller dev cost is an improvement: <, not ≤."),
  Mistake(
    "15.6", "a dev cost that is less by very little does not count as better", FitMinimumGain(),
    "Strictly less is better, however little."),
  Mistake(
    "15.6", "with a patience the last model comes back", FitReturnsLast(),
    "With a patience the model of the best epoch comes back: keep a copy of it, which is a snapshot."),
  Mistake(
    "15.6", "the best model comes back only where training stopped early", FitReturnsBestIfStopped(),
    "With a patience the best model comes back in any case, also when all epochs were run."),
  Mistake(
    "15.6", "the best model comes back without a patience too", FitReturnsBestAlways(),
    "Without a patience the model after the last epoch comes back."),
  Mistake(
    "15.6", "the model before training takes part in the comparison", FitStartCounts(),
    "The first epoch is the first to be judged. (12.7 has it the other way: there the start counts as epoch 0.)"),
  Mistake(
    "15.6", "the least dev cost so far starts at 0", FitBestFromZero(),
    "No positive cost is below 0: start at infinity, or at the first epoch's."),
  Mistake("15.6", "the epochs are counted from 0", FitFromZero(), "The first epoch is number 1."),
  Mistake(
    "15.6", "bestEpoch is the number of the last epoch", FitBestEpochLast(),
    "It is the number of the epoch with the least dev cost, which need not be the last."),
  Mistake(
    "15.6", "progress is not called", FitSilent(), "Hand each epoch's report to `progress`, as soon as there is one."),
  Mistake(
    "15.6", "progress is called for all epochs at the end", FitProgressAtEnd(),
    "It is there to be seen while training runs: call it inside the loop, as soon as the epoch is over."),
]

/// A training in which each part may be another.
private struct FitVariant: Sendable {
  var dropsShortBatch = false, costAfterStep = false, fullBatch = false, stepsFirst = false, forgetsOptimizer = false
  var training = true, devTraining = false, devOnCopy = false, devBefore = false, lossOfOutput = false
  var forgetsOptimizerInBatch = false
  var firstOrder = false, ignoresOrder = false, forgetsY = false
  /// The epoch's cost from the batches' costs and sizes, the number of all examples, and `batchSize`.
  var cost: @Sendable (_ costs: [Double], _ sizes: [Int], _ m: Int, _ batchSize: Int) -> Double = {
    costs, sizes, _, _ in
    zip(costs, sizes).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(max(1, sizes.reduce(0, +)))
  }
  /// Whether a dev cost is better than the least before.
  var isBetter: @Sendable (_ devCost: Double, _ best: Double, _ previous: Double) -> Bool = { cost, best, _ in
    cost < best
  }
  var startBest: @Sendable (_ devCostOfStart: Double) -> Double = { _ in .infinity }
  var stops: @Sendable (_ sinceBest: Int, _ withoutGain: Int, _ patience: Int) -> Bool = { since, _, patience in
    since >= patience
  }
  var firstEpoch = 1
  var returnsBest: @Sendable (_ patience: Int?, _ stopped: Bool) -> Bool = { patience, _ in patience != nil }
  var bestEpochIsLast = false, progressAtEnd = false, silent = false

  func run(
    _ start: any Module, _ loss: any Loss, _ startOptimizer: any Optimizer, _ plan: FitPlan,
    _ progress: (EpochReport) -> Void
  ) -> Fitted {
    var model = start
    var optimizer = startOptimizer
    var history: [EpochReport] = []
    func score(_ Z: Matrix) -> Matrix { lossOfOutput ? loss.output(Z) : Z }
    func devCost() -> Double {
      var model = model
      return loss.cost(Z: score(model.forward(plan.XDev, training: devTraining)), Y: plan.YDev)
    }
    var best = (epoch: firstEpoch - 1, devCost: startBest(devCost()), model: model)
    var previous = Double.infinity
    var withoutGain = 0
    var stopped = false
    for (k, own) in plan.orders.enumerated() {
      let order = ignoresOrder ? own.sorted() : firstOrder ? plan.orders[0] : own
      if forgetsOptimizer { optimizer = startOptimizer }
      let before = devCost()
      let size = fullBatch ? max(1, order.count) : plan.batchSize
      var costs: [Double] = []
      var sizes: [Int] = []
      for from in stride(from: 0, to: order.count, by: size) {
        let to = min(from + size, order.count)
        if dropsShortBatch && to - from < size { continue }
        let X = plan.X.columns(at: Array(order[from..<to]))
        let Y = forgetsY ? plan.Y.columns(from..<to) : plan.Y.columns(at: Array(order[from..<to]))
        let Z = score(model.forward(X, training: training))
        var cost = loss.cost(Z: Z, Y: Y)
        if forgetsOptimizerInBatch { optimizer = startOptimizer }
        if stepsFirst { optimizer.step(&model) }
        _ = model.backward(loss.gradient(Z: Z, Y: Y))
        if !stepsFirst { optimizer.step(&model) }
        if costAfterStep {
          var copy = model
          cost = loss.cost(Z: copy.forward(X, training: training), Y: Y)
        }
        costs.append(cost)
        sizes.append(to - from)
      }
      let epoch = firstEpoch + k
      let after = devCost()
      // A training forward leaves its traces in the model.
      if devTraining && !devOnCopy { _ = model.forward(plan.XDev, training: true) }
      let report = EpochReport(
        epoch: epoch, cost: self.cost(costs, sizes, order.count, plan.batchSize), devCost: devBefore ? before : after)
      history.append(report)
      if !progressAtEnd && !silent { progress(report) }
      if isBetter(report.devCost, best.devCost, previous) {
        best = (epoch, report.devCost, model)
      } else {
        withoutGain += 1
      }
      previous = report.devCost
      if let patience = plan.patience, stops(epoch - best.epoch, withoutGain, patience) {
        stopped = true
        break
      }
    }
    if progressAtEnd { history.forEach(progress) }
    return Fitted(
      model: returnsBest(plan.patience, stopped) ? best.model : model, history: history,
      bestEpoch: bestEpochIsLast ? history.last?.epoch ?? 0 : history.isEmpty ? 0 : best.epoch)
  }
}

/// A lesson that trains in a variant.
private protocol ChangedFit: FrameworkLesson {
  func change(_ fit: inout FitVariant)
}

extension ChangedFit {
  func fit(
    _ model: any Module, loss: any Loss, optimizer: any Optimizer, plan: FitPlan, progress: (EpochReport) -> Void
  ) -> Fitted {
    var variant = FitVariant()
    change(&variant)
    return variant.run(model, loss, optimizer, plan, progress)
  }
}

private struct FitDropsShortBatch: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.dropsShortBatch = true }
}

private struct FitMeanOfBatches: ChangedFit {
  func change(_ fit: inout FitVariant) {
    fit.cost = { costs, _, _, _ in costs.reduce(0, +) / Double(max(1, costs.count)) }
  }
}

private struct FitSumOfBatches: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.cost = { costs, _, _, _ in costs.reduce(0, +) } }
}

private struct FitLastBatch: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.cost = { costs, _, _, _ in costs.last ?? 0 } }
}

private struct FitDropsShortBatchKeepsM: ChangedFit {
  func change(_ fit: inout FitVariant) {
    fit.dropsShortBatch = true
    fit.cost = { costs, sizes, m, _ in
      zip(costs, sizes).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(max(1, m))
    }
  }
}

private struct FitWeighsByBatchSize: ChangedFit {
  func change(_ fit: inout FitVariant) {
    fit.cost = { costs, _, m, batchSize in costs.reduce(0, +) * Double(batchSize) / Double(max(1, m)) }
  }
}

private struct FitDevTrainingOnCopy: ChangedFit {
  func change(_ fit: inout FitVariant) {
    fit.devTraining = true
    fit.devOnCopy = true
  }
}

private struct FitForgetsOptimizerInBatch: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.forgetsOptimizerInBatch = true }
}

private struct FitCostAfterStep: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.costAfterStep = true }
}

private struct FitIgnoresOrder: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.ignoresOrder = true }
}

private struct FitFirstOrder: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.firstOrder = true }
}

private struct FitForgetsY: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.forgetsY = true }
}

private struct FitFullBatch: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.fullBatch = true }
}

private struct FitNotTraining: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.training = false }
}

private struct FitDevTraining: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.devTraining = true }
}

private struct FitDevBefore: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.devBefore = true }
}

private struct FitLossOfOutput: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.lossOfOutput = true }
}

private struct FitStepsFirst: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.stepsFirst = true }
}

private struct FitForgetsOptimizer: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.forgetsOptimizer = true }
}

private struct FitPatienceLate: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.stops = { since, _, patience in since > patience } }
}

private struct FitPatienceEarly: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.stops = { since, _, patience in since >= patience - 1 } }
}

private struct FitPatienceTotal: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.stops = { _, total, patience in total >= patience } }
}

private struct FitPatiencePrevious: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.isBetter = { cost, _, previous in cost < previous } }
}

private struct FitNeverStops: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.stops = { _, _, _ in false } }
}

private struct FitTies: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.isBetter = { cost, best, _ in cost <= best } }
}

private struct FitMinimumGain: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.isBetter = { cost, best, _ in cost < best - 1e-4 } }
}

private struct FitReturnsLast: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.returnsBest = { _, _ in false } }
}

private struct FitReturnsBestIfStopped: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.returnsBest = { _, stopped in stopped } }
}

private struct FitReturnsBestAlways: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.returnsBest = { _, _ in true } }
}

private struct FitStartCounts: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.startBest = { $0 } }
}

private struct FitBestFromZero: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.startBest = { _ in 0 } }
}

private struct FitFromZero: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.firstEpoch = 0 }
}

private struct FitBestEpochLast: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.bestEpochIsLast = true }
}

private struct FitSilent: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.silent = true }
}

private struct FitProgressAtEnd: ChangedFit {
  func change(_ fit: inout FitVariant) { fit.progressAtEnd = true }
}

// MARK: - 15.7

private let evaluationMistakes: [Mistake<any FrameworkLesson>] = [
  Mistake(
    "15.7", "the model runs with training: true", EvaluateTraining(),
    "Here the model is in use: `training: false`. Dropout and batch norm behave differently then."),
  Mistake("15.7", "A is Z, without the output activation", EvaluateZ(), "A is what the loss's `output` makes of Z."),
  Mistake(
    "15.7", "the classes are read from Z", EvaluateClassesOfZ(),
    "They are read from A: the output activation is the loss's, and need not keep the order of the scores."),
  Mistake(
    "15.7", "the loss's cost is given A instead of Z", EvaluateCostOfA(),
    "`cost` applies the output activation itself: hand it the model's Z as it is."),
  Mistake("15.7", "a = ½ gives class 0", EvaluateStrict(), "With one row the class is 1 where a ≥ ½."),
  Mistake(
    "15.7", "the last of equal entries wins", EvaluateLastOfEquals(),
    "The first of equals does: only a strictly larger entry takes its place. `columnArgmax()` does that."),
  Mistake(
    "15.7", "a single row's classes are read like those of several", EvaluateAlwaysArgmax(),
    "A column of one entry has its largest in row 0, always. With one row the class is 1 where a ≥ ½, else 0."),
  Mistake(
    "15.7", "the accuracy is a number of examples", EvaluateCount(), "It is a share: divide by the number of examples."),
  Mistake("15.7", "the accuracy is in per cent", EvaluatePercent(), "It is a share, from 0 to 1."),
  Mistake(
    "15.7", "the accuracy is the share of wrong classes", EvaluateErrorRate(), "That is the error rate, 1 − accuracy."),
  Mistake(
    "15.7", "the classes are those of Y", EvaluateClassesOfY(),
    "The predicted classes are read from A; those read from Y are what they are compared with."),
]

/// An evaluation in which each part may be another.
private func evaluation(
  _ model: any Module, loss: any Loss, X: Matrix, Y: Matrix, training: Bool = false,
  A makeA: (Matrix, any Loss) -> Matrix = { $1.output($0) }, scored: (Matrix, _ A: Matrix) -> Matrix = { _, A in A },
  costed: (Matrix, _ A: Matrix) -> Matrix = { Z, _ in Z }, classes: (Matrix) -> [Int] = classes,
  accuracy: (_ right: Double, _ m: Double) -> Double = { $0 / $1 }
) -> ModelEvaluation {
  var model = model
  let Z = model.forward(X, training: training)
  let A = makeA(Z, loss)
  let predicted = classes(scored(Z, A))
  let right = zip(predicted, classes(Y)).filter { $0 == $1 }.count
  return ModelEvaluation(
    A: A, cost: loss.cost(Z: costed(Z, A), Y: Y), classes: predicted,
    accuracy: accuracy(Double(right), Double(X.columns)))
}

private func classes(_ P: Matrix) -> [Int] {
  P.rows == 1 ? P.elements.map { $0 >= 0.5 ? 1 : 0 } : P.columnArgmax()
}

private struct EvaluateTraining: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(model, loss: loss, X: X, Y: Y, training: true)
  }
}

private struct EvaluateZ: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(model, loss: loss, X: X, Y: Y, A: { Z, _ in Z })
  }
}

private struct EvaluateClassesOfZ: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(model, loss: loss, X: X, Y: Y, scored: { Z, _ in Z })
  }
}

private struct EvaluateCostOfA: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(model, loss: loss, X: X, Y: Y, costed: { _, A in A })
  }
}

private struct EvaluateStrict: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(
      model, loss: loss, X: X, Y: Y,
      classes: { $0.rows == 1 ? $0.elements.map { $0 > 0.5 ? 1 : 0 } : $0.columnArgmax() })
  }
}

private struct EvaluateLastOfEquals: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(
      model, loss: loss, X: X, Y: Y,
      classes: { P in
        if P.rows == 1 { return classes(P) }
        let reversed = P.rows(at: (0..<P.rows).reversed())
        return reversed.columnArgmax().map { P.rows - 1 - $0 }
      })
  }
}

private struct EvaluateAlwaysArgmax: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(model, loss: loss, X: X, Y: Y, classes: { $0.columnArgmax() })
  }
}

private struct EvaluateCount: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(model, loss: loss, X: X, Y: Y, accuracy: { right, _ in right })
  }
}

private struct EvaluatePercent: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(model, loss: loss, X: X, Y: Y, accuracy: { 100 * $0 / $1 })
  }
}

private struct EvaluateErrorRate: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    evaluation(model, loss: loss, X: X, Y: Y, accuracy: { 1 - $0 / $1 })
  }
}

private struct EvaluateClassesOfY: FrameworkLesson {
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    var e = reference.evaluate(model, loss: loss, X: X, Y: Y)
    e.classes = classes(Y)
    return e
  }
}

// MARK: - 15.8

private let weightMistakes: [Mistake<any FrameworkLesson>] = [
  Mistake(
    "15.8", "the buffers are not saved", SaveWithoutBuffers(),
    "Running statistics are part of the model: save the parameters, then the buffers, and load both."),
  Mistake(
    "15.8", "the buffers are saved before the parameters", SaveBuffersFirst(), "The order is parameters, then buffers."),
  Mistake(
    "15.8", "the buffers are not saved, and load empties them", SaveWithoutBuffersByOwn(),
    "Running statistics are part of the model: save the parameters, then the buffers, and load both."),
  Mistake(
    "15.8", "the buffers are saved before the parameters, and load expects that order", SaveBuffersFirstByOwn(),
    "The order is parameters, then buffers, in both."),
  Mistake(
    "15.8", "the shapes are saved as [columns, rows], and load expects them so", SaveShapesSwappedByOwn(),
    "A shape is [rows, columns], rows first, in both."),
  Mistake(
    "15.8", "load sets the buffers alone", LoadBuffersOnly(),
    "The first of the matrices are the parameters: set them too."),
  Mistake(
    "15.8", "the values are saved column by column", SaveByColumns(),
    "Row by row, as `elements` has them: the columns of a row are neighbours."),
  Mistake(
    "15.8", "the shapes are saved as [columns, rows]", SaveShapesSwapped(), "A shape is [rows, columns], rows first."),
  Mistake(
    "15.8", "the values of each matrix are loaded column by column", LoadByColumns(),
    "They are saved row by row, and `Matrix(rows:columns:elements:)` takes them so."),
  Mistake(
    "15.8", "load returns the module as it was", LoadNothing(),
    "`var loaded = module`, then set its parameters and its buffers from what was saved."),
  Mistake("15.8", "load always returns nil", LoadNever(), "nil is for weights that do not fit."),
  Mistake(
    "15.8", "load sets the parameters alone", LoadParametersOnly(),
    "The matrices after the parameters are the buffers: set them too."),
  Mistake(
    "15.8", "load accepts shapes that differ from the module's", LoadIgnoresShapes(),
    "Six numbers may be a (2×3) or a (3×2) matrix: compare the shapes, not only how many numbers there are."),
  Mistake(
    "15.8", "load accepts more values than it needs", LoadIgnoresRest(),
    "More values than the shapes ask for mean that something is wrong: compare the counts for equality."),
  Mistake(
    "15.8", "load accepts more matrices than the module has", LoadIgnoresMore(),
    "Something of another model is being loaded: the number of shapes must be equal."),
]

/// A store in which each part may be another.
private struct VariedStore: WeightStore {
  var base = ShapesAndValues()
  var saves: (@Sendable (any Module) -> SavedWeights)?
  var loads: (@Sendable (SavedWeights, any Module) -> (any Module)?)?

  func save(_ module: any Module) -> SavedWeights { saves?(module) ?? base.save(module) }
  func load(_ saved: SavedWeights, into module: any Module) -> (any Module)? {
    if let loads { loads(saved, module) } else { base.load(saved, into: module) }
  }
}

private func saved(_ matrices: [Matrix]) -> SavedWeights {
  SavedWeights(shapes: matrices.map { [$0.rows, $0.columns] }, values: matrices.flatMap(\.elements))
}

private struct SaveWithoutBuffers: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(
      saves: { saved($0.parameters) },
      loads: { weights, module in
        guard weights.shapes == saved(module.parameters).shapes,
          weights.values.count == saved(module.parameters).values.count
        else { return nil }
        let all = saved(module.buffers)
        return reference.weightStore().load(
          SavedWeights(shapes: weights.shapes + all.shapes, values: weights.values + all.values), into: module)
      })
  }
}

private struct SaveBuffersFirst: FrameworkLesson {
  func weightStore() -> any WeightStore { VariedStore(saves: { saved($0.buffers + $0.parameters) }) }
}

private struct SaveByColumns: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(saves: { module in
      var weights = saved(module.parameters + module.buffers)
      weights.values = (module.parameters + module.buffers).flatMap(\.T.elements)
      return weights
    })
  }
}

private struct SaveShapesSwapped: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(saves: { module in
      var weights = saved(module.parameters + module.buffers)
      weights.shapes = weights.shapes.map { $0.reversed() }
      return weights
    })
  }
}

/// A store whose load goes by what its own save makes of the module.
private struct StoreByOwn: WeightStore {
  var saves: @Sendable (any Module) -> SavedWeights

  func save(_ module: any Module) -> SavedWeights { saves(module) }

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
    module.parameters = Array(matrices.prefix(parameterCount))
    module.buffers = Array(matrices.dropFirst(parameterCount))
    return module
  }
}

private struct SaveWithoutBuffersByOwn: FrameworkLesson {
  func weightStore() -> any WeightStore { StoreByOwn { saved($0.parameters) } }
}

private struct SaveBuffersFirstByOwn: FrameworkLesson {
  func weightStore() -> any WeightStore { StoreByOwn { saved($0.buffers + $0.parameters) } }
}

private struct SaveShapesSwappedByOwn: FrameworkLesson {
  func weightStore() -> any WeightStore {
    StoreByOwn { module in
      var weights = saved(module.parameters + module.buffers)
      weights.shapes = weights.shapes.map { $0.reversed() }
      return weights
    }
  }
}

private struct LoadBuffersOnly: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(loads: { weights, module in
      guard var loaded = reference.weightStore().load(weights, into: module) else { return nil }
      loaded.parameters = module.parameters
      return loaded
    })
  }
}

private struct LoadByColumns: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(loads: { weights, module in
      guard var loaded = reference.weightStore().load(weights, into: module) else { return nil }
      func byColumns(_ M: Matrix) -> Matrix { M.reshaped(rows: M.columns, columns: M.rows).T }
      loaded.parameters = loaded.parameters.map(byColumns)
      loaded.buffers = loaded.buffers.map(byColumns)
      return loaded
    })
  }
}

private struct LoadNothing: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(loads: { weights, module in
      reference.weightStore().load(weights, into: module).map { _ in module }
    })
  }
}

private struct LoadNever: FrameworkLesson {
  func weightStore() -> any WeightStore { VariedStore(loads: { _, _ in nil }) }
}

private struct LoadParametersOnly: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(loads: { weights, module in
      guard var loaded = reference.weightStore().load(weights, into: module) else { return nil }
      loaded.buffers = module.buffers
      return loaded
    })
  }
}

/// The module with the values put into its own shapes, whatever the saved ones are; as many values as it needs must be there.
private func filled(_ module: any Module, _ values: [Double]) -> any Module {
  let shapes = saved(module.parameters + module.buffers).shapes
  let count = shapes.reduce(0) { $0 + $1[0] * $1[1] }
  return reference.weightStore().load(SavedWeights(shapes: shapes, values: Array(values.prefix(count))), into: module)
    ?? module
}

private struct LoadIgnoresShapes: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(loads: { weights, module in
      let own = saved(module.parameters + module.buffers)
      guard weights.shapes.count == own.shapes.count, weights.values.count == own.values.count else { return nil }
      return filled(module, weights.values)
    })
  }
}

private struct LoadIgnoresRest: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(loads: { weights, module in
      let own = saved(module.parameters + module.buffers)
      guard weights.shapes == own.shapes, weights.values.count >= own.values.count else { return nil }
      return filled(module, weights.values)
    })
  }
}

private struct LoadIgnoresMore: FrameworkLesson {
  func weightStore() -> any WeightStore {
    VariedStore(loads: { weights, module in
      let own = saved(module.parameters + module.buffers)
      let needed = weights.shapes.reduce(0) { $0 + $1.reduce(1, *) }
      guard weights.shapes.starts(with: own.shapes), weights.values.count == needed else { return nil }
      return filled(module, weights.values)
    })
  }
}
