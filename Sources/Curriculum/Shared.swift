/// The least argument of a logarithm in a cross-entropy, 2⁻⁵⁰ ≈ 8.9e-16; 1 − 2⁻⁵⁰ is exact.
///
/// With it the cross-entropy of an impossible label is 50·log 2 ≈ 34.66, large and finite.
public let logFloor = 0x1p-50

/// The function g of a layer. The kit names the functions; computing them and their derivatives is the student's.
public enum Activation: Sendable { case identity, sigmoid, tanh, relu, softmax }

/// The output layer of a network: σ with binary cross-entropy, or softmax with categorical cross-entropy.
public enum Head: Sendable { case sigmoid, softmax }

/// W (n_l, n_{l−1}) and b (n_l, 1) of one layer; the same struct holds dW and db.
public struct Layer: Sendable {
  public var W, b: Matrix
  public init(W: Matrix, b: Matrix) {
    self.W = W
    self.b = b
  }
}

/// Layers after training, and J before each step.
public struct NetworkTraining: Sendable {
  public var layers: [Layer], costs: [Double]
  public init(layers: [Layer], costs: [Double]) {
    self.layers = layers
    self.costs = costs
  }
}
