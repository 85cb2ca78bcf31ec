// L layers, n_l units in layer l, n_0 features, m examples; an example is a column: X = A[0] (n_0, m), W[l] (n_l, n_{l−1}), b[l] (n_l, 1),
// Z[l] and A[l] (n_l, m). For W[l], n_in = n_{l−1} and n_out = n_l.

/// Lesson 10: where training starts, and how signals and gradients fare on their way through many layers.
public protocol InitializationLesson: Sendable {
  /// 10.1 All-zero layers of these sizes; trained by the given program, how far apart have a hidden layer's units come?
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: at least two numbers.
  ///   - train: a training program, run once, on all L zero layers together: it takes the layers before and returns those after. Without
  ///     a hidden layer nothing of it is asked for, and it may be left alone.
  /// - Returns: the zero layers, W (n_l, n_{l−1}) and b (n_l, 1) for l = 1 … L, as they were before the training; and for each
  ///   hidden layer 1 … L − 1 the spread of the trained W: in each column the greatest entry less the least one, and of
  ///   these the largest. It is 0 where all rows, the units' weights, are alike. Without a hidden layer there is no spread.
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport

  /// 10.2 Random layers: every weight is normal with mean 0 and the given standard deviation; b is 0.
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: at least two numbers.
  ///   - deviation: the standard deviation of every weight, 0.01 for a small start, 1 for a large one; any number from 0 on.
  ///   - generator: where all random numbers come from, so that the same seed gives the same layers, and the next call others.
  ///     Every weight is a draw of its own, and nothing is cut off far from 0; in which order they are drawn is yours to choose.
  /// - Returns: layers 1 … L: W (n_l, n_{l−1}) and b (n_l, 1).
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer]

  /// 10.3 Normal weights with a standard deviation that fits the layer: Xavier's √(1/n_in) or Glorot's √(2/(n_in + n_out)); b is 0.
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: at least two numbers.
  ///   - scheme: which of the two; n_in = n_{l−1} and n_out = n_l.
  ///   - generator: where all random numbers come from, as in 10.2.
  /// - Returns: layers 1 … L: W (n_l, n_{l−1}) and b (n_l, 1).
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer]

  /// 10.4 Normal weights with He's √(2/n_in) as standard deviation, for ReLU; b is 0.
  ///
  /// - Parameters:
  ///   - sizes: n_0, n_1, …, n_L, the features first: at least two numbers.
  ///   - generator: where all random numbers come from, as in 10.2.
  /// - Returns: layers 1 … L: W (n_l, n_{l−1}) and b (n_l, 1).
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer]

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
  ) -> [Double]

  /// 10.6 What the layers put out: of A[l], l = 1 … L, over all units and examples, the mean, the standard deviation and the
  /// share of exact zeros.
  ///
  /// The deviation is √(mean of (a − mean)²), divided by the count and not by one less; of a single number it is 0.
  /// - Parameters:
  ///   - X: the examples, (n_0, m).
  ///   - layers: layers 1 … L, at least one: W (n_l, n_{l−1}) and b (n_l, 1).
  ///   - g: the activation function of every layer, the last one too; takes Z[l] (n_l, m), returns A[l] (n_l, m).
  /// - Returns: L statistics, that of layer 1 first; X itself is not among them.
  func activationStatistics(X: Matrix, layers: [Layer], g: @Sendable (Matrix) -> Matrix) -> [ActivationStatistics]
}

/// The layers before training; after it, by hidden layer, the largest difference of two rows of W in a column (0: all alike).
public struct SymmetryReport: Sendable {
  public var start: [Layer], spreads: [Double]
  public init(start: [Layer], spreads: [Double]) {
    self.start = start
    self.spreads = spreads
  }
}

/// Xavier's √(1/n_in), which looks forward only, or Glorot's √(2/(n_in + n_out)), a compromise between forward and backward.
public enum XavierScheme: Sendable { case xavier, glorot }

/// Of all entries of one A[l]: their mean, their standard deviation (divided by the count), and the share of exact zeros, 0 to 1.
public struct ActivationStatistics: Sendable {
  public var mean, deviation, zeros: Double
  public init(mean: Double, deviation: Double, zeros: Double) {
    self.mean = mean
    self.deviation = deviation
    self.zeros = zeros
  }
}

extension Lesson {
  public static let initialization = Lesson(
    10, "Initialization", title: "Weight initialisation and vanishing gradients", needs: [9],
    steps: [
      .init("The zero start", points: 2, source: "TPT, Weight initialization (the symmetry problem)"),
      .init("Small and large random weights", points: 1, source: "TPT, Weight initialization with random values"),
      .init("Xavier and Glorot", points: 2, source: "TPT, Weight initialization; Glorot and Bengio, 2010"),
      .init("He", points: 1, source: "TPT, Vanishing gradient (“use a ReLU”); He and others, 2015"),
      .init("Gradient norms by layer", points: 3, source: "TPT, Vanishing gradient (part 2); UR2, The reign of ReLU"),
      .init("Activation statistics by layer", points: 2, source: "TPT, Weight initialization (“why 0.01?”)"),
    ])
}
