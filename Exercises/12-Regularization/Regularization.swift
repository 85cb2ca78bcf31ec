// Lesson 12: Regularisation. The chapter is docs/12-regularization.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter Regularization     or     swift run gradus check 12
// A hint for a step:     swift run gradus hint 12.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 178be18724e58f36

import Curriculum

struct Regularization: RegularizationLesson {
  /// 12.1 The L2 penalty λ/(2m) Σₗ ‖W[l]‖²_F and its gradients ∂/∂W[l] = (λ/m) W[l].
  ///
  /// ‖W‖²_F is the sum of the squares of all entries of W.
  /// - Parameters:
  ///   - weights: W[1] … W[L], of any shapes; no biases among them. An empty list costs 0.
  ///   - lambda: λ ≥ 0.
  ///   - m: the number of examples, as a `Double`.
  /// - Returns: the penalty, one number, and a gradient for each W, of its shape and in its order.
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    todo()
  }

  /// 12.2 The same as weight decay: one step W[l] ← W[l](1 − αλ/m) − α dW[l].
  ///
  /// - Parameters:
  ///   - weights: W[1] … W[L].
  ///   - dW: the gradients of the data cost alone, **without** the penalty's part, shaped as the weights.
  ///   - rate: the learning rate α.
  ///   - lambda: λ ≥ 0. Where αλ/m exceeds 1 the formula holds as it stands, and weights change their sign.
  ///   - m: the number of examples.
  /// - Returns: the weights after the step.
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    todo()
  }

  /// 12.3 The L1 penalty λ/(2m) Σ|w|, its subgradients λ/(2m) sign(w), and the weights after the proximal step.
  ///
  /// sign(0) = 0. The proximal step moves each weight towards 0 by t = αλ/(2m), and to exactly 0 where it would pass it.
  /// - Parameters:
  ///   - weights: W[1] … W[L], zeros among them.
  ///   - lambda: λ ≥ 0.
  ///   - m: the number of examples.
  ///   - rate: the learning rate α; only the proximal step depends on it.
  /// - Returns: the penalty and its subgradients at `weights`, and the weights `shrunk` by the proximal step.
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    todo()
  }

  /// 12.4 Elastic net: the penalty (λ₁ Σ|w| + λ₂ Σw²)/(2m) and its subgradients, both kinds at once.
  ///
  /// - Parameters:
  ///   - weights: W[1] … W[L], zeros among them.
  ///   - lambda1: λ₁ ≥ 0, of the absolute values.
  ///   - lambda2: λ₂ ≥ 0, of the squares.
  ///   - m: the number of examples.
  /// - Returns: the penalty, one number, and a subgradient for each W.
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    todo()
  }

  /// 12.5 Inverted dropout: the unit stays where u < keep, and is divided by keep; else it is 0.
  ///
  /// A unit whose u is keep itself is dropped: where keep is 0.5, 0.499 stays and 0.5 does not.
  /// Without training A comes back as it is, and the cache says so: a mask of ones, and 1 for keep.
  /// - Parameters:
  ///   - A: activations, (p, m).
  ///   - uniforms: U, a number in [0, 1) for each entry of A, (p, m).
  ///   - keepProbability: keep, in (0, 1].
  ///   - training: whether units are dropped at all.
  /// - Returns: the activations, (p, m), and what 12.6 needs.
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    todo()
  }

  /// 12.6 Backward through dropout: ∂J/∂A from ∂J/∂(the result of 12.5), by the same mask and the same division.
  ///
  /// Where there was no training, the gradient passes unchanged.
  /// - Parameters:
  ///   - dA: the gradient by what 12.5 returned, (p, m).
  ///   - cache: that of the very same call of 12.5.
  /// - Returns: the gradient by what 12.5 was given, (p, m).
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix {
    todo()
  }

  /// 12.7 Early stopping: epochs until the dev cost has not improved for `patience` epochs in a row, or `maxEpochs`.
  ///
  /// Improved means: strictly less than the least dev cost so far, that of the start included.
  /// `epoch` is called just once for each epoch that is run: a training is dear.
  /// - Parameters:
  ///   - start: the parameters before the first epoch.
  ///   - maxEpochs: the most epochs that are run, 0 or more.
  ///   - patience: how many epochs in a row may pass without an improvement, 1 or more.
  ///   - epoch: one epoch of training: the parameters after it from those before it.
  ///   - devCost: the cost on the dev set at some parameters.
  /// - Returns: the parameters with the least dev cost, **not** the last; their epoch, 0 for the start; the dev costs of the
  ///   start and of every epoch run, so one more than epochs.
  func earlyStopping(
    from start: [Matrix], maxEpochs: Int, patience: Int,
    epoch: @Sendable ([Matrix]) -> [Matrix], devCost: @Sendable ([Matrix]) -> Double
  ) -> EarlyStopping {
    todo()
  }

  /// 12.8 Lesson 8's network with the penalty of 12.4 on W1 and W2, and the dropout of 12.5 on A1: gradient descent.
  ///
  /// A step, with its own U: Z1 = W1 X + b1, A1 = tanh(Z1), Ã1 = A1 after dropout, Z2 = W2 Ã1 + b2, A2 = σ(Z2). J is the mean
  /// cross-entropy of A2 (logarithms' arguments at or above `logFloor`) plus the penalty. dZ2 and dZ1 are without 1/m and
  /// without the penalty; dW2 and dW1 have both; the biases are not penalised. Then each parameter goes against its gradient.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: labels 0 and 1, (1, m).
  ///   - start: W1 (p, n), b1 (p, 1), W2 (1, p), b2 (1, 1).
  ///   - lambda1: λ₁ of 12.4.
  ///   - lambda2: λ₂ of 12.4.
  ///   - keepProbability: keep of 12.5, for A1.
  ///   - uniforms: one U (p, m) for each step, in order, so as many steps as there are; at least one.
  ///   - rate: the learning rate α.
  /// - Returns: the parameters after the last step; J before each step, with that step's mask; the gradients of the first step.
  func train(
    X: Matrix, Y: Matrix, from start: TwoLayerParameters, lambda1: Double, lambda2: Double,
    keepProbability: Double, uniforms: [Matrix], rate: Double
  ) -> RegularizedTraining {
    todo()
  }
}
