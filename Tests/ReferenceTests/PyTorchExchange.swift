import Curriculum
import Foundation
import Testing
import WeightFiles

@testable import Demos
@testable import FrameworkSolution

/// For the script that runs the same programs in a real PyTorch; without its folder there is nothing to do.
private let exchange = ProcessInfo.processInfo.environment["GRADUS_EXCHANGE"].map { URL(fileURLWithPath: $0) }

/// Lesson 15's framework leaves its first losses, with the data and the weights that it began with.
@Suite(.enabled(if: exchange != nil)) struct PyTorchExchange {
  private let lesson = Framework()

  /// A network of two dense layers.
  private struct Program {
    var name: String, activation: Activation, loss: LossKind, optimizer: OptimizerKind
    var sizes: [Int], examples: Int, batchSize: Int, epochs: Int
    /// Whether the cost is the one that the TensorFlow slide prints.
    var isPrinted = false
  }

  private func run(_ program: Program, to folder: URL) throws {
    var generator = SeededGenerator(seed: 15)
    let (n, p, q) = (program.sizes[0], program.sizes[1], program.sizes[2])
    let X = generator.normal(rows: n, columns: program.examples)
    let Y: Matrix =
      switch program.loss {
      case .squaredError: generator.normal(rows: q, columns: program.examples)
      case .binaryCrossEntropy: generator.uniform(rows: q, columns: program.examples) .> 0.5
      case .categoricalCrossEntropy:
        Matrix.identity(q).columns(at: (0..<program.examples).map { _ in generator.integer(below: q) })
      }
    func weights(_ rows: Int, _ columns: Int) -> Matrix {
      (2 * generator.uniform(rows: rows, columns: columns) - 1) / sqrt(Double(n))
    }
    let parameters = [weights(p, n), weights(p, 1), weights(q, p), weights(q, 1)]
    let model = lesson.sequential([
      lesson.module(.dense(W: parameters[0], b: parameters[1])), lesson.module(.activation(program.activation)),
      lesson.module(.dense(W: parameters[2], b: parameters[3])),
    ])
    let order = Array(0..<program.examples)
    let plan = FitPlan(
      X: X, Y: Y, XDev: X, YDev: Y, orders: Array(repeating: order, count: program.epochs),
      batchSize: program.batchSize, patience: nil)
    let loss: any Loss = program.isPrinted ? PrintedCrossEntropy(lesson) : lesson.loss(program.loss)
    let fitted = lesson.fit(
      model, loss: loss, optimizer: lesson.optimizer(program.optimizer), plan: plan
    ) { _ in }
    // A batch's cost before its step is an epoch's cost where there is one batch; the dev cost after it says the rest.
    let names = ["W1", "b1", "W2", "b2"]
    try writeWeights(
      [NamedMatrix("X", X), NamedMatrix("Y", Y)] + zip(names, parameters).map { NamedMatrix($0, $1) }
        + zip(names, fitted.model.parameters).map { NamedMatrix($0 + "_after", $1) } + [
          NamedMatrix("costs", Matrix(row: fitted.history.map(\.cost))),
          NamedMatrix("costs_after", Matrix(row: fitted.history.map(\.devCost))),
        ], to: folder.appendingPathComponent(program.name + ".safetensors"))
  }

  @Test func `the programs leave their losses for PyTorch`() throws {
    let folder = try #require(exchange)
    let programs = [
      Program(
        name: "numpy", activation: .tanh, loss: .binaryCrossEntropy, optimizer: .gradientDescent(rate: 1.2),
        sizes: [2, 4, 1], examples: 400, batchSize: 400, epochs: 50),
      Program(
        name: "pytorch", activation: .relu, loss: .squaredError,
        optimizer: .adam(rate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8), sizes: [1000, 100, 10], examples: 64,
        batchSize: 64, epochs: 50),
      Program(
        name: "tensorflow", activation: .relu, loss: .categoricalCrossEntropy, optimizer: .gradientDescent(rate: 0.2),
        sizes: [64, 32, 10], examples: 200, batchSize: 50, epochs: 8, isPrinted: true),
      Program(
        name: "keras", activation: .relu, loss: .categoricalCrossEntropy,
        optimizer: .rmsprop(rate: 0.001, beta: 0.9, epsilon: 1e-7), sizes: [64, 32, 10], examples: 200, batchSize: 32,
        epochs: 8),
      Program(
        name: "momentum", activation: .sigmoid, loss: .categoricalCrossEntropy,
        optimizer: .momentum(rate: 0.5, beta: 0.9), sizes: [20, 12, 4], examples: 100, batchSize: 30, epochs: 10),
    ]
    for program in programs { try run(program, to: folder) }
  }
}
