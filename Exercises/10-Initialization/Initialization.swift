// Lesson 10: Weight initialisation and vanishing gradients. The chapter is docs/10-initialization.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter Initialization     or     swift run gradus check 10
// A hint for a step:     swift run gradus hint 10.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 7820d0c52dd7cc2f

import Curriculum

struct Initialization: InitializationLesson {
  /// 10.1 All-zero layers of these sizes; trained by the given program, how far apart have a hidden layer's units come?
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: at least two numbers.
  ///   - train: a training program, run once, on all L zero layers together: it takes the layers before and returns those after. Without
  ///     a hidden layer nothing of it is asked for, and it may be left alone.
  /// - Returns: the zero layers, W (n_l, n_{l−1}) and b (n_l, 1) for l = 1 … L, as they were before the training; and for each
  ///   hidden layer 1 … L − 1 the spread of the trained W: in each column the greatest entry less the least one, and of
  ///   these the largest. It is 0 where all rows, the units' weights, are alike. Without a hidden layer there is no spread.
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    todo()
  }

  /// 10.2 Random layers: every weight is normal with mean 0 and the given standard deviation; b is 0.
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: at least two numbers.
  ///   - deviation: the standard deviation of every weight, 0.01 for a small start, 1 for a large one; any number from 0 on.
  ///   - generator: where all random numbers come from, so that the same seed gives the same layers, and the next call others.
  ///     Every weight is a draw of its own, and nothing is cut off far from 0; in which order they are drawn is yours to choose.
  /// - Returns: layers 1 … L: W (n_l, n_{l−1}) and b (n_l, 1).
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    todo()
  }

  /// 10.3 Normal weights with a standard deviation that fits the layer: Xavier's √(1/n_in) or Glorot's √(2/(n_in + n_out)); b is 0.
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: at least two numbers.
  ///   - scheme: which of the two; n_in = n_{l−1} and n_out = n_l.
  ///   - generator: where all random numbers come from, as in 10.2.
  /// - Returns: layers 1 … L: W (n_l, n_{l−1}) and b (n_l, 1).
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    todo()
  }

  /// 10.4 Normal weights with He's √(2/n_in) as standard deviation, for ReLU; b is 0.
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: at least two numbers.
  ///   - generator: where all random numbers come from, as in 10.2.
  /// - Returns: layers 1 … L: W (n_l, n_{l−1}) and b (n_l, 1).
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    todo()
  }

  /// 10.5 How large the gradients are, layer by layer: ‖dW[l]‖_F = √(Σ entries²), with dW[l] = dZ[l] A[l−1]ᵀ/m.
  ///
  /// Forward Z[l] = W[l] A[l−1] + b[l], A[l] = g(Z[l]) from A[0] = X; backward dZ[l] = dA[l] ∘ g'(Z[l]), dA[l−1] = W[l]ᵀ dZ[l], from
  /// dA[L]. The 1/m stands in dW only.
  /// - Parameters:
  ///   - X: the examples, (n_0, m).
  ///   - layers: layers 1 … L, at least one: W (n_l, n_{l−1}) and b (n_l, 1).
  ///   - g: the activation function of every layer, the last one too; takes Z[l] (n_l, m), returns A[l] (n_l, m).
  ///   - gPrime: its derivative, taken at Z too.
  ///   - dA: the gradient by A[L], from above, (n_L, m), without 1/m.
  /// - Returns: L numbers, that of layer 1 first; very small ones count.
  func gradientNorms(
    X: Matrix, layers: [Layer], g: @Sendable (Matrix) -> Matrix, gPrime: @Sendable (Matrix) -> Matrix, dA: Matrix
  ) -> [Double] {
    todo()
  }

  /// 10.6 What the layers put out: of A[l], l = 1 … L, over all units and examples, the mean, the standard deviation and the
  /// share of exact zeros.
  ///
  /// The deviation is √(mean of (a − mean)²), divided by the count and not by one less; of a single number it is 0.
  /// - Parameters:
  ///   - X: the examples, (n_0, m).
  ///   - layers: layers 1 … L, at least one: W (n_l, n_{l−1}) and b (n_l, 1).
  ///   - g: the activation function of every layer, the last one too; takes Z[l] (n_l, m), returns A[l] (n_l, m).
  /// - Returns: L statistics, that of layer 1 first; X itself is not among them.
  func activationStatistics(X: Matrix, layers: [Layer], g: @Sendable (Matrix) -> Matrix) -> [ActivationStatistics] {
    todo()
  }
}
