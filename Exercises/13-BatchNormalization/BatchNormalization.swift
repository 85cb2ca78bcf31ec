// Lesson 13: Batch normalisation. The chapter is docs/13-batch-normalization.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter BatchNormalization     or     swift run gradus check 13
// A hint for a step:     swift run gradus hint 13.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched c9a905689532f489

import Curriculum

struct BatchNormalization: BatchNormalizationLesson {
  /// 13.1 By feature over the batch: μ = Σz/m and σ² = Σ(z − μ)²/m.
  ///
  /// σ² is the biased variance: divided by m, not by m − 1, in every batch, so that a batch of one has σ² = 0. It has no ε in it.
  /// - Parameter Z: a batch, (n, m), m ≥ 1.
  /// - Returns: μ and σ², (n, 1) each, one number a feature.
  func statistics(_ Z: Matrix) -> BatchStatistics {
    todo()
  }

  /// 13.2 Ẑ = (Z − μ)/√(σ² + ε), then Z̃ = γẐ + β, by feature; and the cache for 13.4.
  ///
  /// ε is under the root. A constant feature, and every feature of a batch of one, has Ẑ = 0 and Z̃ = β.
  /// - Parameters:
  ///   - Z: a batch, (n, m).
  ///   - gamma: the scale γ of each feature, (n, 1), of either sign.
  ///   - beta: the shift β of each feature, (n, 1).
  ///   - epsilon: ε, a small number above 0, used as it is given.
  /// - Returns: Z̃ (n, m), and the cache: Z, Ẑ, the statistics of 13.1 (σ² without ε), γ and ε.
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    todo()
  }

  /// 13.3 The γ = √(σ² + ε) and β = μ with which 13.2 gives Z back.
  ///
  /// A constant feature comes back with any γ, since its Ẑ is 0; the formula holds for it too, and γ = √ε is asked for.
  /// - Parameters:
  ///   - Z: a batch, (n, m).
  ///   - epsilon: ε, the same as 13.2 will use.
  /// - Returns: γ and β, (n, 1) each.
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    todo()
  }

  /// 13.4 Backward: dβ = Σ dZ̃, dγ = Σ dZ̃ ∘ Ẑ (sums over the batch), and dZ along all three paths: straight, through μ, through σ².
  ///
  /// They are the gradients of Σ dZ̃ ∘ Z̃: nothing is divided by m but what μ and σ² divide themselves.
  /// - Parameters:
  ///   - dZtilde: the gradient by Z̃, from above, (n, m).
  ///   - cache: what 13.2 kept.
  /// - Returns: dZ (n, m); dγ and dβ, (n, 1) each.
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    todo()
  }

  /// 13.5 Running statistics r ← ρr + (1 − ρ)·batch, over the batches in order; then Z̃ of `Z` by them, as at test time.
  ///
  /// The running variance averages the σ² of 13.1. The statistics of `Z` itself play no part: each of its columns is
  /// answered as if it came alone.
  /// - Parameters:
  ///   - Z: new examples, (n, m'), m' ≥ 1.
  ///   - batches: the batches met in training, (n, m) each, m ≥ 1 and not the same for all; there may be none.
  ///   - start: the running mean and variance before the first batch, (n, 1) each.
  ///   - rho: the momentum ρ, 0 … 1: the share of the old value that stays.
  ///   - gamma: γ, (n, 1).
  ///   - beta: β, (n, 1).
  ///   - epsilon: ε, under the root.
  /// - Returns: the running statistics after the last batch, and Z̃ (n, m').
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    todo()
  }

  /// 13.6 Z₁ = W₁X, batch norm, A₁ = tanh(Z̃₁), Z₂ = W₂A₁ + b₂, A₂ = σ(Z₂): the cost and all its gradients.
  ///
  /// J is the mean cross-entropy, and every gradient is that of J. The logarithms are `log(max(A2, logFloor))` and
  /// `log(max(1 - A2, logFloor))`, and dZ₂ = A₂ − Y (with its 1/m in what follows) even where a is 0 or 1.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: labels 0 and 1, (1, m).
  ///   - parameters: W₁ (p, n), γ and β (p, 1), W₂ (1, p), b₂ (1, 1). There is no b₁: β does its work.
  ///   - epsilon: ε, under the root.
  /// - Returns: A₂ (1, m), J, and ∂J/∂ of each parameter in its own shape.
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    todo()
  }

  /// 13.7 The noise of batches: Z's columns in order, `size` at a time; by feature, how far the batch means scatter.
  ///
  /// A short rest at the end makes no batch. Both deviations divide by the count: the standard deviation of the batch means,
  /// about their own mean, by the number of batches; σ, of all m columns of Z, by m.
  /// - Parameters:
  ///   - Z: the examples, (n, m).
  ///   - size: the columns of a batch, 1 … m.
  /// - Returns: the batch means' standard deviation, and σ/√size, which it is near; (n, 1) each.
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    todo()
  }
}
