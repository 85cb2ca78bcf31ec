// Lesson 11: Gradient descent and its relatives. The chapter is docs/11-optimization.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter Optimization     or     swift run gradus check 11
// A hint for a step:     swift run gradus hint 11.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched e72c519202721c21

import Curriculum

struct Optimization: OptimizationLesson {
  /// 11.1 The examples shuffled, X and Y alike, and cut into batches of `size`, the last one perhaps short.
  ///
  /// Every example is in just one batch, and every order of the examples is equally likely.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: what belongs to them, (q, m): column i of Y goes with column i of X.
  ///   - size: the number of examples in a batch, at least 1; where it is above m, there is one batch.
  ///   - generator: where the randomness comes from; the next call on it gives another order.
  /// - Returns: ⌈m/size⌉ batches: all of them full, but for the last one where `size` does not divide m; none is empty.
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    todo()
  }

  /// 11.2 One epoch: the examples in the given order, `batchSize` at a time, and after each batch a step θ ← θ − αg.
  ///
  /// One loop for all three: `batchSize` = m is batch gradient descent, 1 is stochastic, all between is mini-batch. The last
  /// batch may be short; it makes a step like the others, since the gradient of a batch is the mean over *its* examples.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: what belongs to them, (q, m).
  ///   - start: the parameters before the first step.
  ///   - order: the numbers of the columns, each once, in the order in which they are taken.
  ///   - batchSize: the number of examples before each step, at least 1; where it is above m, there is one batch.
  ///   - rate: the learning rate α.
  ///   - gradient: J of some examples at some parameters and its gradients, both of them means over these examples.
  /// - Returns: the parameters after the epoch, and each batch's J before its step.
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double,
    gradient: @Sendable (_ X: Matrix, _ Y: Matrix, _ parameters: [Matrix]) -> Evaluation
  ) -> ParameterTraining {
    todo()
  }

  /// 11.3 A step with momentum: v ← βv + (1 − β)g, then θ ← θ − αv, for every matrix θ.
  ///
  /// There is no bias correction. s and t are left as they are.
  /// - Parameters:
  ///   - parameters: the matrices θ before the step.
  ///   - gradients: their gradients g, in the same order, each shaped as its θ.
  ///   - state: v of each θ after the step before.
  ///   - rate: the learning rate α.
  ///   - beta: β, how much of v is kept, 0 ≤ β < 1.
  /// - Returns: the parameters after the step, and the state for the next one.
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    todo()
  }

  /// 11.4 A step of RMSprop: s ← βs + (1 − β)g², then θ ← θ − αg/(√s + ε), for every matrix θ, entry by entry.
  ///
  /// ε is outside the root. v and t are left as they are.
  /// - Parameters:
  ///   - parameters: the matrices θ before the step.
  ///   - gradients: their gradients g, in the same order, each shaped as its θ.
  ///   - state: s of each θ after the step before.
  ///   - rate: the learning rate α.
  ///   - beta: β, how much of s is kept, 0 ≤ β < 1.
  ///   - epsilon: ε > 0, which keeps the divisor from being 0.
  /// - Returns: the parameters after the step, and the state for the next one.
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    todo()
  }

  /// 11.5 A step of Adam: t ← t + 1, v and s as in 11.3 and 11.4 with β₁ and β₂, then θ ← θ − αv̂/(√ŝ + ε).
  ///
  /// v̂ = v/(1 − β₁ᵗ) and ŝ = s/(1 − β₂ᵗ) are corrected for the start from 0; the state keeps v and s themselves.
  /// t is 0 before the first step and 1 in it, one t for all matrices. ε is outside the root.
  /// - Parameters:
  ///   - parameters: the matrices θ before the step.
  ///   - gradients: their gradients g, in the same order, each shaped as its θ.
  ///   - state: v and s of each θ after the step before, and how many steps were done.
  ///   - rate: the learning rate α.
  ///   - beta1: β₁, how much of v is kept, 0 ≤ β₁ < 1.
  ///   - beta2: β₂, how much of s is kept, 0 ≤ β₂ < 1.
  ///   - epsilon: ε > 0, which keeps the divisor from being 0.
  /// - Returns: the parameters after the step, and the state for the next one.
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    todo()
  }

  /// 11.6 The learning rate of epoch e: α₀/(1 + decay·e), α₀·baseᵉ or α₀·k/√e.
  ///
  /// - Parameters:
  ///   - initial: α₀.
  ///   - epoch: e, 1 for the first epoch.
  ///   - schedule: which of the three, with its number.
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    todo()
  }

  /// 11.7 Newton's step θ ← θ − H⁻¹g for logistic regression with the penalty λ/(2m)·‖w‖²; θ stacks w above b.
  ///
  /// J is the mean cross-entropy plus the penalty, g its gradient and H its Hessian, the matrix of second derivatives:
  /// g = 1/m [X; 1](A − Y)ᵀ + λ/m [w; 0], H = 1/m [X; 1] diag(a(1 − a)) [X; 1]ᵀ + λ/m diag(1, …, 1, 0).
  /// b is not penalised. The scores are not clipped: σ is finite for every one. Where `solve` returns nil, w and b stay as they are.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - parameters: w (n, 1) and b before the step.
  ///   - lambda: λ ≥ 0.
  /// - Returns: g (n + 1, 1) and H (n + 1, n + 1) before the step, the entries for b last; w and b after it.
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    todo()
  }
}
