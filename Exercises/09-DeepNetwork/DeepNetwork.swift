// Lesson 9: Deep L-layer network. The chapter is docs/09-deep-network.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter DeepNetwork     or     swift run gradus check 9
// A hint for a step:     swift run gradus hint 9.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 22b7099b74da3a8c

import Curriculum

struct DeepNetwork: DeepNetworkLesson {
  /// 9.1 One layer for each pair of neighbouring sizes: W[l] is drawn, normal·√(2/n_{l−1}), and b[l] is 0.
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: L + 1 numbers.
  ///   - generator: where the numbers come from; every weight is a draw of its own.
  /// - Returns: layers 1 … L: W (n_l, n_{l−1}) and b (n_l, 1); none for a single size.
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    todo()
  }

  /// 9.2 The linear part of a layer: Z = W A_prev + b, and the cache that 9.6 needs.
  ///
  /// - Parameters:
  ///   - APrev: what the layer below gives, (n_{l−1}, m); X for layer 1.
  ///   - layer: W (n_l, n_{l−1}) and b (n_l, 1).
  /// - Returns: Z (n_l, m); in the cache, A_prev and the layer, unchanged.
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward {
    todo()
  }

  /// 9.3 A whole layer: Z = W A_prev + b by 9.2, then A = g(Z), and the cache that its backward needs.
  ///
  /// g works entry by entry, but softmax works by column; all five give finite numbers for scores of ±1000 too.
  /// - Parameters:
  ///   - APrev: what the layer below gives, (n_{l−1}, m).
  ///   - layer: W (n_l, n_{l−1}) and b (n_l, 1).
  ///   - activation: which g: any of the five.
  /// - Returns: A (n_l, m); in the cache, that of 9.2, Z and A (n_l, m), and g.
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    todo()
  }

  /// 9.4 The whole forward pass: A[0] = X, and A[l] = g[l](W[l] A[l−1] + b[l]) for l = 1 … L.
  ///
  /// - Parameters:
  ///   - X: the examples, (n_0, m).
  ///   - layers: layers 1 … L, at least one.
  ///   - hidden: g of layers 1 … L − 1.
  ///   - head: what layer L is: σ for `.sigmoid`, softmax for `.softmax`.
  /// - Returns: A[L] (n_L, m), and L caches, that of layer 1 first.
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    todo()
  }

  /// 9.5 The cost J, the mean over the m examples of the head's cross-entropy.
  ///
  /// σ: −y log a − (1 − y) log(1 − a). Softmax: −Σₖ yₖ log aₖ. Each logarithm's argument is kept at or above `logFloor`:
  /// log(max(a, logFloor)), log(max(1 − a, logFloor)).
  /// - Parameters:
  ///   - A: the network's output A[L], (1, m) for σ, (K, m) for softmax.
  ///   - Y: the labels, of A's shape: 0 and 1, or one-hot columns.
  ///   - head: which of the two.
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double {
    todo()
  }

  /// 9.6 Back through the linear part: dW = dZ A_prevᵀ/m, db = Σ dZ/m over the examples, dA_prev = Wᵀ dZ.
  ///
  /// - Parameters:
  ///   - dZ: the gradient by Z, (n_l, m), without 1/m.
  ///   - cache: what 9.2 has kept: A_prev (n_{l−1}, m), W (n_l, n_{l−1}) and b.
  /// - Returns: dA_prev (n_{l−1}, m) without 1/m; dW (n_l, n_{l−1}) and db (n_l, 1) with it.
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    todo()
  }

  /// 9.7 Back through g: dZ = dA ∘ g'(Z); for softmax dz = a ∘ (da − Σₖ aₖ daₖ), column by column.
  ///
  /// ReLU's g' is 1 for z > 0, else 0: at the kink the slope on its left.
  /// - Parameters:
  ///   - dA: the gradient by A, (n_l, m): any numbers, for softmax too.
  ///   - cache: what 9.3 has kept: Z, A = g(Z), and which g.
  /// - Returns: dZ (n_l, m).
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    todo()
  }

  /// 9.8 The whole backward pass, from the caches alone: dZ[L] = A[L] − Y, then 9.6 and 9.7 in turn down to layer 1.
  ///
  /// σ with the binary, and softmax with the categorical cross-entropy, both begin with A[L] − Y. To begin with dA[L] divides
  /// by 0 where a probability is exactly 0 or 1.
  /// - Parameters:
  ///   - Y: the labels, of A[L]'s shape.
  ///   - forward: what 9.4 returned.
  /// - Returns: the gradients of layers 1 … L, in that order; layer 1's dA_prev, by X, among them.
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    todo()
  }

  /// 9.9 One step of gradient descent in every layer: W[l] ← W[l] − α dW[l], b[l] ← b[l] − α db[l].
  ///
  /// - Parameters:
  ///   - layers: layers 1 … L.
  ///   - gradients: the gradients of layers 1 … L.
  ///   - rate: the learning rate α.
  /// - Returns: the new layers.
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    todo()
  }

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
  ) -> NetworkTraining {
    todo()
  }

  /// 9.11 Each example's class: for σ 1 where a ≥ ½, else 0; for softmax the row of the column's largest a, the first of equals.
  ///
  /// - Parameters:
  ///   - X: the examples, (n_0, m).
  ///   - layers: layers 1 … L.
  ///   - hidden: g of layers 1 … L − 1.
  ///   - head: what layer L is.
  /// - Returns: m classes, counted from 0.
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    todo()
  }
}
