// An example is a column: A (n, m), Z and Y (K, m); p units of a layer, B examples in a batch.

/// A part of a network with all that it needs to run forwards and backwards.
///
/// A module is a value, a struct: a copy is a snapshot, which no later step changes. Modules divide by nothing: the 1/m of the
/// cost is in the gradient that `Loss` returns, and comes down with it.
public protocol Module: Sendable {
  /// The output for A, one example a column; keeps what `backward` needs.
  ///
  /// `training` is true while learning, and false when the model is used: dropout and batch norm ask for it.
  mutating func forward(_ A: Matrix, training: Bool) -> Matrix
  /// ∂J/∂A, from ∂J/∂output of the last forward; keeps the parameters' gradients, those of this call alone.
  ///
  /// It is only called after a forward with `training: true`. No factor is added.
  mutating func backward(_ upstream: Matrix) -> Matrix
  /// What an optimiser changes, in a fixed order.
  var parameters: [Matrix] { get set }
  /// ∂J/∂ each of the parameters, in their order and of their shapes, after `backward`.
  var gradients: [Matrix] { get }
  /// What is saved but not trained: running statistics. A module that does not say has none.
  var buffers: [Matrix] { get set }
}

extension Module {
  public var buffers: [Matrix] {
    get { [] }
    set {}
  }
}

/// A cost together with the output activation that it belongs to; Z is the model's last, linear output.
public protocol Loss: Sendable {
  /// A, the output activation of Z. Z and A (K, m).
  func output(_ Z: Matrix) -> Matrix
  /// J, the mean over the m examples of each one's loss, which is a sum over the K rows. Z, Y (K, m).
  func cost(Z: Matrix, Y: Matrix) -> Double
  /// ∂J/∂Z, with the 1/m of J. Z, Y (K, m).
  func gradient(Z: Matrix, Y: Matrix) -> Matrix
}

/// A rule that changes a module's parameters by its gradients, and keeps its own state from step to step.
public protocol Optimizer: Sendable {
  /// One step: the module's parameters changed by its gradients.
  mutating func step(_ module: inout any Module)
}

/// Weights outside a model.
public protocol WeightStore: Sendable {
  /// A module's parameters, then its buffers.
  func save(_ module: any Module) -> SavedWeights
  /// The module with these weights instead of its own; nil where their number, their shapes or the count of values do not fit.
  func load(_ saved: SavedWeights, into module: any Module) -> (any Module)?
}

/// Lesson 15: a framework of your own. Each step returns a part of it as a value of one of the four protocols above.
public protocol FrameworkLesson: Sendable {
  /// 15.1 The smallest module with parameters: γ ∘ A + β, row by row.
  ///
  /// Backward with dA' from above: dγ = Σ over the examples of dA' ∘ A, dβ = Σ over the examples of dA', and γ ∘ dA' goes down.
  /// Write a struct that conforms to `Module`, and return one.
  /// - Parameters:
  ///   - gamma: γ, the first parameter, (n, 1).
  ///   - beta: β, the second, (n, 1).
  /// - Returns: a module for A (n, m), whose output is (n, m).
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module

  /// 15.2 Dense, activation, dropout and batch norm as modules: earlier lessons' layers, each with its own cache.
  ///
  /// `ModuleKind` says what each computes, its parameters and its buffers. Activations and dropout have no parameters.
  /// - Parameter kind: which of the four, with its starting values.
  func module(_ kind: ModuleKind) -> any Module

  /// 15.3 Modules one after the other, as one module: forwards from the first to the last, backwards from the last to the first.
  ///
  /// `parameters`, `gradients` and `buffers` are those of the first module, then those of the second, and so on; setting them
  /// hands each module its own. With no modules at all, what comes in goes out, both ways.
  /// - Parameter modules: any modules, further sequences among them.
  func sequential(_ modules: [any Module]) -> any Module

  /// 15.4 A loss paired with its output activation: σ + binary, softmax + categorical cross-entropy, identity + squared error.
  ///
  /// J is a mean over the m columns, and each column's loss a sum over its K rows:
  /// −y log a − (1 − y) log(1 − a); −y log a; (a − y)², without a ½. A logarithm's argument is kept at or above `logFloor`.
  /// The gradients are (A − Y)/m, (A − Y)/m and 2(A − Y)/m. All is finite for any finite Z.
  /// - Parameter kind: which of the three.
  func loss(_ kind: LossKind) -> any Loss

  /// 15.5 An optimiser for any module: lesson 11's rules, applied to each of its parameters with that parameter's gradient.
  ///
  /// Its state (v, s, t) starts at 0, has the parameters' shapes, and stays with the optimiser from step to step.
  /// - Parameter kind: which of the four rules, with its rate and constants.
  func optimizer(_ kind: OptimizerKind) -> any Optimizer

  /// 15.6 Training: in each epoch its order of examples cut into batches, a step after each, and then the dev cost.
  ///
  /// A batch: forward with `training: true`, the loss's cost and gradient, backward, the optimiser's step. The last batch may be
  /// short. After the epoch the dev cost, with `training: false`, and one report, which is kept and handed to `progress`.
  /// With a patience, training stops after so many epochs in a row whose dev cost is not less than the least before.
  /// - Parameters:
  ///   - model: the model to start from.
  ///   - loss: what is to be made small.
  ///   - optimizer: how.
  ///   - plan: data, orders, batch size and patience.
  ///   - progress: called once an epoch, in order, as soon as the epoch is over.
  /// - Returns: the model of the best dev cost if there is a patience (stopped or not), else the last one; all reports; the number
  ///   of the epoch with the least dev cost, the first of equals. Without any epoch: the model as it came, no reports, and 0.
  func fit(
    _ model: any Module, loss: any Loss, optimizer: any Optimizer, plan: FitPlan, progress: (EpochReport) -> Void
  ) -> Fitted

  /// 15.7 The model in use, `training: false`: A, J, each example's class, and the share of classes that are right.
  ///
  /// The class of a column is its largest entry's row, the first of equals; where there is a single row, 1 for an entry ≥ ½ and
  /// else 0. It is read from A for the prediction and, in the same way, from Y for the truth.
  /// - Parameters:
  ///   - model: the model.
  ///   - loss: the loss that it was trained with.
  ///   - X: the examples, (n, m).
  ///   - Y: their answers, (K, m).
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation

  /// 15.8 Saving a module's weights as plain numbers, and loading them into another module of the same form.
  func weightStore() -> any WeightStore
}

/// The kinds of module, with their starting values.
public enum ModuleKind: Sendable {
  /// WA + b. Parameters W (p, n) and b (p, 1), in that order.
  case dense(W: Matrix, b: Matrix)
  /// g(A), entry by entry; softmax by column. No parameters. ReLU'(0) = 0.
  case activation(Activation)
  /// Inverted dropout, 12.5 and 12.6: in training each entry stays with the probability `keepProbability` (where u < keep for a
  /// uniform number u of its own) and is divided by it, else it is 0; not in training, A comes back as it is.
  ///
  /// Only a training forward draws, each one new numbers from the module's own copy of `generator`: a forward with `training: false`
  /// and `backward` leave the generator as it is. No parameters.
  case dropout(keepProbability: Double, generator: SeededGenerator)
  /// Batch norm, 13.2, 13.4 and 13.5: γ(A − μ)/√(σ² + ε) + β by row. Parameters γ and β (n, 1), in that order.
  ///
  /// In training μ and σ² (biased) are the batch's, and the buffers follow: running mean (0 at first), then running variance (1 at
  /// first), (n, 1) each, r ← ρr + (1 − ρ)·batch with ρ = `momentum`. Not in training, they stand for μ and σ², and stay.
  case batchNorm(gamma: Matrix, beta: Matrix, momentum: Double, epsilon: Double)
}

/// The kinds of loss, each with the output activation that it belongs to.
public enum LossKind: Sendable {
  /// With σ.
  case binaryCrossEntropy
  /// With softmax by column.
  case categoricalCrossEntropy
  /// With the identity.
  case squaredError
}

/// The rules by which an optimiser steps, θ a parameter, g its gradient, α the rate; lesson 11.
public enum OptimizerKind: Sendable {
  /// θ ← θ − αg.
  case gradientDescent(rate: Double)
  /// v ← βv + (1 − β)g, θ ← θ − αv.
  case momentum(rate: Double, beta: Double)
  /// s ← βs + (1 − β)g², θ ← θ − αg/(√s + ε).
  case rmsprop(rate: Double, beta: Double, epsilon: Double)
  /// t ← t + 1, v ← β₁v + (1 − β₁)g, s ← β₂s + (1 − β₂)g², θ ← θ − αv̂/(√ŝ + ε), v̂ = v/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ).
  case adam(rate: Double, beta1: Double, beta2: Double, epsilon: Double)
}

/// What `fit` trains on, and how long.
public struct FitPlan: Sendable {
  /// The training examples, (n, m) and (K, m), and the dev set's.
  public var X, Y, XDev, YDev: Matrix
  /// For each epoch the order of the training examples: every column's number once.
  public var orders: [[Int]]
  /// How many examples make a batch, at least 1.
  public var batchSize: Int
  /// How many epochs in a row may pass without a new least dev cost, at least 1; nil: never stop early.
  public var patience: Int?
  public init(
    X: Matrix, Y: Matrix, XDev: Matrix, YDev: Matrix, orders: [[Int]], batchSize: Int, patience: Int?
  ) {
    self.X = X
    self.Y = Y
    self.XDev = XDev
    self.YDev = YDev
    self.orders = orders
    self.batchSize = batchSize
    self.patience = patience
  }
}

/// An epoch, from 1; the mean over its examples of the cost, each batch's J before its step; the dev cost after the epoch.
public struct EpochReport: Sendable {
  public var epoch: Int, cost, devCost: Double
  public init(epoch: Int, cost: Double, devCost: Double) {
    self.epoch = epoch
    self.cost = cost
    self.devCost = devCost
  }
}

/// The model, the reports of all epochs that were run, and the number of the one with the least dev cost.
public struct Fitted: Sendable {
  public var model: any Module, history: [EpochReport], bestEpoch: Int
  public init(model: any Module, history: [EpochReport], bestEpoch: Int) {
    self.model = model
    self.history = history
    self.bestEpoch = bestEpoch
  }
}

/// A (K, m), J, each example's predicted class, and the share of examples whose class is right.
public struct ModelEvaluation: Sendable {
  public var A: Matrix, cost: Double, classes: [Int], accuracy: Double
  public init(A: Matrix, cost: Double, classes: [Int], accuracy: Double) {
    self.A = A
    self.cost = cost
    self.classes = classes
    self.accuracy = accuracy
  }
}

/// The shapes [rows, columns] of all matrices in order, and all their values in the same order, each matrix row by row.
public struct SavedWeights: Sendable, Equatable {
  public var shapes: [[Int]], values: [Double]
  public init(shapes: [[Int]], values: [Double]) {
    self.shapes = shapes
    self.values = values
  }
}

extension Lesson {
  public static let framework = Lesson(
    15, "Framework", title: "Your own framework", needs: [9, 11, 12, 13],
    steps: [
      .init("A module", points: 2, source: "TPT, Computation Graph (from Alexandre Allauzen)"),
      .init(
        "Layers as modules", points: 3, source: "TPT, Wrapping a layer in a module; TPT, Example of an MLP in pytorch"),
      .init(
        "A sequence of modules", points: 2, source: "TPT, Example of an MLP in pytorch; TPT, Example of an MLP in Keras"
      ),
      .init(
        "Losses with their output activations", points: 2,
        source: "UR2, Neural networks and back-propagation: link with keras implementation"),
      .init("Optimisers for any module", points: 3, source: "TPT, Example of an MLP in pytorch"),
      .init(
        "Training a model", points: 3, source: "TPT, Example of an MLP in Keras; TPT, Example of an MLP in tensorflow"),
      .init("Evaluating a model", points: 1, source: "TPT, Example of an MLP in Keras"),
      .init("Saving and loading weights", points: 2, source: "TPT, Deep Learning Frameworks"),
    ])
}
