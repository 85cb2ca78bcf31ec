import Curriculum
import Datasets
import Foundation
import Playground
import Testing

@testable import DeepNetworkSolution
@testable import RegularizationSolution

/// For the script that runs the playground's page; without its folder there is nothing to do.
private let exchange = ProcessInfo.processInfo.environment["GRADUS_EXCHANGE"].map { URL(fileURLWithPath: $0) }

/// Lessons 9 and 12 train what the page trains, and leave their costs.
@Suite(.enabled(if: exchange != nil)) struct PlaygroundExchange {
  private let network = DeepNetwork()
  private let regularization = Regularization()

  /// What is chosen in the page, by its own names.
  private struct Configuration: Encodable {
    var data: String, layers: Int, units: Int, activation: String, rate: Double, lambda: Double, seed: UInt64
  }

  /// By epoch, the start first: J with the penalty, the cross-entropies and the shares that are right; the weights of the last.
  private struct Outcome: Encodable {
    var configuration: Configuration
    var cost: [Double] = [], train: [Double] = [], test: [Double] = []
    var trainAccuracy: [Double] = [], testAccuracy: [Double] = []
    var W: [[Double]] = [], b: [[Double]] = []
  }

  private func activation(_ name: String) throws -> Activation {
    let all: [String: Activation] = ["tanh": .tanh, "relu": .relu, "sigmoid": .sigmoid, "identity": .identity]
    return try #require(all[name])
  }

  private func train(_ configuration: Configuration, epochs: Int) throws -> Outcome {
    let data = try #require(PlaygroundData.all.first { $0.id == configuration.data })
    let hidden = try activation(configuration.activation)
    let m = Double(data.train.exampleCount)
    var generator = SeededGenerator(seed: configuration.seed)
    let sizes = [2] + Array(repeating: configuration.units, count: configuration.layers) + [1]
    var layers = network.initialLayers(sizes: sizes, using: &generator)
    var outcome = Outcome(configuration: configuration)
    func right(_ data: Dataset) -> Double {
      let classes = network.predict(X: data.X, layers: layers, hidden: hidden, head: .sigmoid)
      return Double(zip(classes, data.labels).count { $0 == $1 }) / Double(data.exampleCount)
    }
    for epoch in 0...epochs {
      let pass = network.forward(X: data.train.X, layers: layers, hidden: hidden, head: .sigmoid)
      let test = network.forward(X: data.test.X, layers: layers, hidden: hidden, head: .sigmoid)
      let penalty = regularization.l2(weights: layers.map(\.W), lambda: configuration.lambda, m: m)
      let cost = network.cost(A: pass.A, Y: data.train.Y, head: .sigmoid)
      outcome.train.append(cost)
      outcome.cost.append(cost + penalty.cost)
      outcome.test.append(network.cost(A: test.A, Y: data.test.Y, head: .sigmoid))
      outcome.trainAccuracy.append(right(data.train))
      outcome.testAccuracy.append(right(data.test))
      guard epoch < epochs else { break }
      var gradients = network.backward(Y: data.train.Y, forward: pass)
      for l in gradients.indices { gradients[l].dW += penalty.gradients[l] }
      layers = network.update(layers, gradients: gradients, rate: configuration.rate)
    }
    outcome.W = layers.map(\.W.elements)
    outcome.b = layers.map(\.b.elements)
    return outcome
  }

  @Test func `the reference leaves its costs for the playground`() throws {
    let folder = try #require(exchange)
    let configurations = [
      Configuration(data: "flower", layers: 1, units: 4, activation: "tanh", rate: 1, lambda: 0, seed: 1),
      Configuration(data: "moons", layers: 2, units: 8, activation: "tanh", rate: 1, lambda: 1, seed: 2),
      Configuration(data: "circles", layers: 3, units: 5, activation: "relu", rate: 0.1, lambda: 0.3, seed: 3),
      Configuration(data: "spirals", layers: 4, units: 3, activation: "sigmoid", rate: 3, lambda: 0.01, seed: 4),
      Configuration(data: "xor", layers: 1, units: 7, activation: "identity", rate: 0.3, lambda: 10, seed: 999_999),
      Configuration(data: "moons", layers: 0, units: 4, activation: "tanh", rate: 10, lambda: 3, seed: 0),
    ]
    // Rounding grows: later, where a rate is large, not even two machines agree to nine digits.
    let outcomes = try configurations.map { try train($0, epochs: 60) }
    try JSONEncoder().encode(outcomes).write(to: folder.appendingPathComponent("playground.json"))
  }
}
