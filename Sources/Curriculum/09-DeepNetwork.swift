// L layers, n_l units in layer l, n_0 features, m examples; an example is a column: X = A[0] (n_0, m), W[l] (n_l, n_{l−1}), b[l] (n_l, 1),
// Z[l] and A[l] (n_l, m). dZ and dA are without 1/m, dW and db with it.

/// Lesson 9: a network of any number of layers, forward and backward.
public protocol DeepNetworkLesson: Sendable {
  /// 9.1 One layer for each pair of neighbouring sizes: W[l] is drawn, normal·√(2/n_{l−1}), and b[l] is 0.
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: L + 1 numbers.
  ///   - generator: where the numbers come from; every weight is a draw of its own.
  /// - Returns: layers 1 … L: W (n_l, n_{l−1}) and b (n_l, 1); none for a single size.
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer]

  /// 9.2 The linear part of a layer: Z = W A_prev + b, and the cache that 9.6 needs.
  ///
  /// - Parameters:
  ///   - APrev: what the layer below gives, (n_{l−1}, m); X for layer 1.
  ///   - layer: W (n_l, n_{l−1}) and b (n_l, 1).
  /// - Returns: Z (n_l, m); in the cache, A_prev and the layer, unchanged.
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward

  /// 9.3 A whole layer: Z = W A_prev + b by 9.2, then A = g(Z), and the cache that its backward needs.
  ///
  /// g works entry by entry, but softmax works by column; all five give finite numbers for scores of ±1000 too.
  /// - Parameters:
  ///   - APrev: what the layer below gives, (n_{l−1}, m).
  ///   - layer: W (n_l, n_{l−1}) and b (n_l, 1).
  ///   - activation: which g: any of the five.
  /// - Returns: A (n_l, m); in the cache, that of 9.2, Z and A (n_l, m), and g.
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward

  /// 9.4 The whole forward pass: A[0] = X, and A[l] = g[l](W[l] A[l−1] + b[l]) for l = 1 … L.
  ///
  /// - Parameters:
  ///   - X: the examples, (n_0, m).
  ///   - layers: layers 1 … L, at least one.
  ///   - hidden: g of layers 1 … L − 1.
  ///   - head: what layer L is: σ for `.sigmoid`, softmax for `.softmax`.
  /// - Returns: A[L] (n_L, m), and L caches, that of layer 1 first.
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward

  /// 9.5 The cost J, the mean over the m examples of the head's cross-entropy.
  ///
  /// σ: −y log a − (1 − y) log(1 − a). Softmax: −Σₖ yₖ log aₖ. Each logarithm's argument is kept at or above `logFloor`:
  /// log(max(a, logFloor)), log(max(1 − a, logFloor)).
  /// - Parameters:
  ///   - A: the network's output A[L], (1, m) for σ, (K, m) for softmax.
  ///   - Y: the labels, of A's shape: 0 and 1, or one-hot columns.
  ///   - head: which of the two.
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double

  /// 9.6 Back through the linear part: dW = dZ A_prevᵀ/m, db = Σ dZ/m over the examples, dA_prev = Wᵀ dZ.
  ///
  /// - Parameters:
  ///   - dZ: the gradient by Z, (n_l, m), without 1/m.
  ///   - cache: what 9.2 has kept: A_prev (n_{l−1}, m), W (n_l, n_{l−1}) and b.
  /// - Returns: dA_prev (n_{l−1}, m) without 1/m; dW (n_l, n_{l−1}) and db (n_l, 1) with it.
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward

  /// 9.7 Back through g: dZ = dA ∘ g'(Z); for softmax dz = a ∘ (da − Σₖ aₖ daₖ), column by column.
  ///
  /// ReLU's g' is 1 for z > 0, else 0: at the kink the slope on its left.
  /// - Parameters:
  ///   - dA: the gradient by A, (n_l, m): any numbers, for softmax too.
  ///   - cache: what 9.3 has kept: Z, A = g(Z), and which g.
  /// - Returns: dZ (n_l, m).
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix

  /// 9.8 The whole backward pass, from the caches alone: dZ[L] = A[L] − Y, then 9.6 and 9.7 in turn down to layer 1.
  ///
  /// σ with the binary, and softmax with the categorical cross-entropy, both begin with A[L] − Y. To begin with dA[L] divides
  /// by 0 where a probability is exactly 0 or 1.
  /// - Parameters:
  ///   - Y: the labels, of A[L]'s shape.
  ///   - forward: what 9.4 returned.
  /// - Returns: the gradients of layers 1 … L, in that order; layer 1's dA_prev, by X, among them.
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients]

  /// 9.9 One step of gradient descent in every layer: W[l] ← W[l] − α dW[l], b[l] ← b[l] − α db[l].
  ///
  /// - Parameters:
  ///   - layers: layers 1 … L.
  ///   - gradients: the gradients of layers 1 … L.
  ///   - rate: the learning rate α.
  /// - Returns: the new layers.
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer]

  /// 9.10 Gradient descent: `steps` times forward (9.4), cost (9.5), backward (9.8), update (9.9).
  ///
  /// - Parameters:
  ///   - X: the examples, (n_0, m).
  ///   - Y: their labels, (1, m) for σ, (K, m) for softmax.
  ///   - start: the layers before the first step.
  ///   - hidden: g of layers 1 … L − 1.
  ///   - head: what layer L is.
  ///   - rate: the learning rate α.
  ///   - steps: how many steps; with 0 the layers come back as they were.
  /// - Returns: the layers after the last step, and `steps` costs: J before each step.
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining

  /// 9.11 Each example's class: for σ 1 where a ≥ ½, else 0; for softmax the row of the column's largest a, the first of equals.
  ///
  /// - Parameters:
  ///   - X: the examples, (n_0, m).
  ///   - layers: layers 1 … L.
  ///   - hidden: g of layers 1 … L − 1.
  ///   - head: what layer L is.
  /// - Returns: m classes, counted from 0.
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int]
}

/// What the linear part's backward needs: A_prev (n_{l−1}, m), and the layer with W (n_l, n_{l−1}) and b (n_l, 1).
public struct LinearCache: Sendable {
  public var APrev: Matrix, layer: Layer
  public init(APrev: Matrix, layer: Layer) {
    self.APrev = APrev
    self.layer = layer
  }
}

/// Z (n_l, m), and the cache of the linear part.
public struct LinearForward: Sendable {
  public var Z: Matrix, cache: LinearCache
  public init(Z: Matrix, cache: LinearCache) {
    self.Z = Z
    self.cache = cache
  }
}

/// What a layer's backward needs: the linear part's cache, Z and A = g(Z) (n_l, m), and which g.
public struct LayerCache: Sendable {
  public var linear: LinearCache, Z, A: Matrix, activation: Activation
  public init(linear: LinearCache, Z: Matrix, A: Matrix, activation: Activation) {
    self.linear = linear
    self.Z = Z
    self.A = A
    self.activation = activation
  }
}

/// A (n_l, m), and the cache of the layer.
public struct LayerForward: Sendable {
  public var A: Matrix, cache: LayerCache
  public init(A: Matrix, cache: LayerCache) {
    self.A = A
    self.cache = cache
  }
}

/// A[L] (n_L, m), and the caches of layers 1 … L.
public struct NetworkForward: Sendable {
  public var A: Matrix, caches: [LayerCache]
  public init(A: Matrix, caches: [LayerCache]) {
    self.A = A
    self.caches = caches
  }
}

/// dA_prev (n_{l−1}, m), without 1/m; dW (n_l, n_{l−1}) and db (n_l, 1), with it.
public struct LinearBackward: Sendable {
  public var dAPrev, dW, db: Matrix
  public init(dAPrev: Matrix, dW: Matrix, db: Matrix) {
    self.dAPrev = dAPrev
    self.dW = dW
    self.db = db
  }
}

/// One layer's dZ (n_l, m), dW (n_l, n_{l−1}) and db (n_l, 1), and the dA_prev (n_{l−1}, m) that it hands down.
public struct LayerGradients: Sendable {
  public var dZ, dW, db, dAPrev: Matrix
  public init(dZ: Matrix, dW: Matrix, db: Matrix, dAPrev: Matrix) {
    self.dZ = dZ
    self.dW = dW
    self.db = db
    self.dAPrev = dAPrev
  }
}

extension Lesson {
  public static let deepNetwork = Lesson(
    9, "DeepNetwork", title: "Deep L-layer network", needs: [6, 8],
    steps: [
      .init("Layers of any sizes", points: 1, source: "TPT, Deep neural network"),
      .init("Linear forward", points: 1, source: "TPT, Forward propagation"),
      .init("Linear, then activation", points: 2, source: "TPT, Forward propagation"),
      .init("The whole forward pass", points: 2, source: "TPT, Forward propagation"),
      .init("The cost of two heads", points: 2, source: "TPT, Cost function"),
      .init("Linear backward", points: 2, source: "TPT, Backward propagation"),
      .init("Activation backward", points: 2, source: "TPT, Backward propagation"),
      .init("The whole backward pass", points: 3, source: "TPT, Backward propagation"),
      .init("The update of every layer", points: 1, source: "TPT, Parameters update"),
      .init("Training", points: 2, source: "TPT, Deep neural network"),
      .init("Prediction", points: 1, source: "TPT, Deep neural network"),
    ])
}
