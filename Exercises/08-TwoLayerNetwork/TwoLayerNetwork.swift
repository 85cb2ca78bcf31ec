// Lesson 8: A network of two layers. The chapter is docs/08-two-layer-network.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter TwoLayerNetwork     or     swift run gradus check 8
// A hint for a step:     swift run gradus hint 8.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 569655e5b3f89f70

import Curriculum

struct TwoLayerNetwork: TwoLayerNetworkLesson {
  /// 8.1 The layers' sizes read from X and Y, and small random parameters: weights 0.01 times normal numbers, biases 0.
  ///
  /// All weights are independent draws from `generator`, in whatever order, so that no two units start alike.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (q, m).
  ///   - p: the number of hidden units.
  ///   - generator: where all the random numbers come from: `generator.normal()`, or `generator.normal(rows:columns:)`.
  /// - Returns: W1 (p, n), b1 (p, 1), W2 (q, p), b2 (q, 1).
  func initialParameters(X: Matrix, Y: Matrix, hidden p: Int, using generator: inout SeededGenerator)
    -> TwoLayerParameters {
    todo()
  }

  /// 8.2 One layer for one example, a = tanh(Wx + b): aᵢ = tanh(Σⱼ wᵢⱼxⱼ + bᵢ) unit by unit, then all units at once.
  ///
  /// Finite for every score.
  /// - Parameters:
  ///   - x: the example, (n, 1).
  ///   - W: a row of weights for each unit, (p, n).
  ///   - b: a bias for each unit, (p, 1).
  /// - Returns: a (p, 1), twice.
  func layer(x: Matrix, W: Matrix, b: Matrix) -> OneExampleLayer {
    todo()
  }

  /// 8.3 Forward for m examples: Z1 = W1 X + b1, A1 = tanh(Z1), Z2 = W2 A1 + b2, A2 = σ(Z2), finite for every score.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - parameters: W1 (p, n), b1 (p, 1), W2 (1, p), b2 (1, 1).
  /// - Returns: Z1, A1 (p, m) and Z2, A2 (1, m): the prediction is A2, and all four are the cache for backward.
  func forward(X: Matrix, at parameters: TwoLayerParameters) -> TwoLayerCache {
    todo()
  }

  /// 8.4 The cost J = 1/m Σᵢ (−y log a − (1 − y) log(1 − a)), the mean cross-entropy of A2 against Y.
  ///
  /// log is natural, and its argument is kept at or above `logFloor` = 2⁻⁵⁰: log(max(A2, logFloor)) and the same for 1 − A2.
  /// - Parameters:
  ///   - A2: predicted probabilities of class 1, (1, m), 0 and 1 among them.
  ///   - Y: labels 0 and 1, (1, m).
  func cost(A2: Matrix, Y: Matrix) -> Double {
    todo()
  }

  /// 8.5 Backward for one example: dz2 = a2 − y, dW2 = dz2 a1ᵀ, db2 = dz2; dz1 = W2ᵀdz2 ⊙ (1 − a1²), dW1 = dz1 xᵀ, db1 = dz1.
  ///
  /// And on the way da2 = −y/a2 + (1 − y)/(1 − a2), in which a2 is kept within [logFloor, 1 − logFloor], and da1 = W2ᵀdz2.
  /// dz2 is a2 − y always, at a2 = 0 and 1 too.
  /// - Parameters:
  ///   - x: the example, (n, 1).
  ///   - y: its label, 0 or 1.
  ///   - cache: what 8.3 returned for it (m = 1).
  ///   - parameters: the parameters with which it did, W1 (p, n), b1 (p, 1), W2 (1, p), b2 (1, 1).
  /// - Returns: da2 (1, 1), da1 (p, 1), and `gradients`: dZ2, db2 (1, 1), dW2 (1, p), dZ1, db1 (p, 1), dW1 (p, n).
  func backward(x: Matrix, y: Double, cache: TwoLayerCache, at parameters: TwoLayerParameters) -> OneExampleBackward {
    todo()
  }

  /// 8.6 Backward for m examples: dZ2 = A2 − Y, dW2 = dZ2 A1ᵀ/m; dZ1 = W2ᵀdZ2 ⊙ (1 − A1²), dW1 = dZ1 Xᵀ/m; db = Σᵢ dZ/m.
  ///
  /// dZ1 and dZ2 are without 1/m; dW and db are the derivatives of J, with it.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - cache: what 8.3 returned for them.
  ///   - parameters: the parameters with which it did, W1 (p, n), b1 (p, 1), W2 (1, p), b2 (1, 1).
  /// - Returns: dZ2 (1, m), dW2 (1, p), db2 (1, 1), dZ1 (p, m), dW1 (p, n), db1 (p, 1).
  func backward(X: Matrix, Y: Matrix, cache: TwoLayerCache, at parameters: TwoLayerParameters) -> TwoLayerGradients {
    todo()
  }

  /// 8.7 One step of gradient descent in all four: W ← W − α dW, b ← b − α db, in both layers.
  ///
  /// - Parameters:
  ///   - parameters: W1, b1, W2, b2 before the step.
  ///   - gradients: what 8.6 returned for them; dZ1 and dZ2 play no part here.
  ///   - rate: the learning rate α.
  func update(_ parameters: TwoLayerParameters, gradients: TwoLayerGradients, rate: Double) -> TwoLayerParameters {
    todo()
  }

  /// 8.8 The model: `steps` times forward, cost, backward and update, on all examples each time (the slides: α = 1.2).
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - start: W1, b1, W2, b2 before the first step.
  ///   - rate: the learning rate α.
  ///   - steps: how many steps, N; with 0 the start comes back.
  /// - Returns: the parameters after the last step, and `steps` costs: J before each step.
  func train(X: Matrix, Y: Matrix, from start: TwoLayerParameters, rate: Double, steps: Int) -> TwoLayerTraining {
    todo()
  }

  /// 8.9 Each example's class: 1 where a2 ≥ ½, else 0.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - parameters: W1 (p, n), b1 (p, 1), W2 (1, p), b2 (1, 1).
  /// - Returns: m classes.
  func predict(X: Matrix, at parameters: TwoLayerParameters) -> [Int] {
    todo()
  }

  /// 8.10 Several linear outputs: H = σ(W1 X + b1), Ŷ = W2 H + b2, J = 1/(2m) Σ (ŷ − y)², and its gradients along all paths.
  ///
  /// J sums over outputs and is the mean over examples. dZ2 = Ŷ − Y and dZ1 = W2ᵀdZ2 ⊙ H ⊙ (1 − H) are without 1/m;
  /// dW2 = dZ2 Hᵀ/m, dW1 = dZ1 Xᵀ/m and db = Σᵢ dZ/m are with it. All are finite for every score of the hidden layer.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their targets, (q, m).
  ///   - parameters: W1 (p, n), b1 (p, 1), W2 (q, p), b2 (q, 1).
  func squaredLoss(X: Matrix, Y: Matrix, at parameters: TwoLayerParameters) -> SquaredLossPass {
    todo()
  }
}
