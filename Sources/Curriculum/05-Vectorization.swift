// n features, m examples; an example is a column: X (n, m), Y (1, m), w (n, 1), Z and A (1, m).

/// Lesson 5: vectorization, lesson 3 without a loop over the examples.
public protocol VectorizationLesson: Sendable {
  /// 5.1 u = Av twice: each uᵢ = Σⱼ aᵢⱼvⱼ as a dot product by loops, then as one operation.
  ///
  /// - Parameters:
  ///   - A: a matrix, (p, n).
  ///   - v: a vector, (n, 1).
  /// - Returns: u (p, 1), twice.
  func product(A: Matrix, v: Matrix) -> ProductTwice

  /// 5.2 Elementwise, without a loop: e^V, log|V|, |V|, max(V, 0).
  ///
  /// - Parameter V: any shape, without zeros.
  /// - Returns: four matrices of V's shape.
  func elementwise(_ V: Matrix) -> ElementwiseValues

  /// 5.3 The pixels of a colour image into the order asked for, from the other order.
  ///
  /// Planar: all red, then all green, then all blue. Interleaved: r, g, b of each pixel. Pixels row by row in both.
  /// - Parameters:
  ///   - x: the image, (3·height·width, 1), in the order that is not asked for.
  ///   - height: its height in pixels.
  ///   - width: its width in pixels.
  ///   - order: the order asked for.
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix

  /// 5.4 Both sets scaled by what `train` alone says, by feature: (x − μ)/σ, or (x − min)/(max − min).
  ///
  /// σ² is the mean of (x − μ)²; a σ or a range below 1e-12 counts as 1, so that a constant feature does no harm.
  /// - Parameters:
  ///   - train: the training examples, (n, m).
  ///   - other: other examples, (n, m'), scaled by the training set's numbers.
  ///   - scaling: which of the two.
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures

  /// 5.5 Z = wᵀX + b and A = σ(Z), (1, m), for all examples at once, finite for every score.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - parameters: w (n, 1) and b.
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward

  /// 5.6 The cost J, the mean cross-entropy of all examples, without a loop.
  ///
  /// The logarithms are `log(max(A, logFloor))` and `log(max(1 - A, logFloor))`, as in 3.2.
  /// - Parameters:
  ///   - A: predicted probabilities, (1, m).
  ///   - Y: labels, (1, m).
  func cost(A: Matrix, Y: Matrix) -> Double

  /// 5.7 dZ = A − Y (1, m), dw = X dZᵀ/m (n, 1), db = Σ dZ/m, without a loop.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - A: predicted probabilities, (1, m).
  ///   - Y: labels, (1, m).
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward

  /// 5.8 Lesson 3's gradient descent without a loop over the examples; the loop over the steps stays.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - start: w (n, 1) and b before the first step.
  ///   - rate: the learning rate α.
  ///   - steps: how many steps.
  /// - Returns: the parameters after the last step, and `steps` costs: J before each step.
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining

  /// 5.9 Times two programs: each is run `repetitions` times, and its shortest time counts.
  ///
  /// - Parameters:
  ///   - repetitions: how often each is run, at least once; there is no run besides.
  ///   - now: the clock, in seconds from some beginning: call it before and after.
  ///   - loop: the program with loops.
  ///   - vectorized: the program without.
  /// - Returns: the two shortest times, and loop/vectorized.
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison
}

/// u (p, 1), once by loops and once as one operation.
public struct ProductTwice: Sendable {
  public var byLoops, byOperation: Matrix
  public init(byLoops: Matrix, byOperation: Matrix) {
    self.byLoops = byLoops
    self.byOperation = byOperation
  }
}

/// e^V, log|V|, |V| and max(V, 0), of V's shape.
public struct ElementwiseValues: Sendable {
  public var exp, log, abs, max: Matrix
  public init(exp: Matrix, log: Matrix, abs: Matrix, max: Matrix) {
    self.exp = exp
    self.log = log
    self.abs = abs
    self.max = max
  }
}

/// How the pixels of a colour image follow each other.
public enum PixelOrder: Sendable {
  /// All red, then all green, then all blue: the lectures' feature vector.
  case planar
  /// r, g, b of each pixel: as image files have them.
  case interleaved
}

/// How features are brought to one scale.
public enum FeatureScaling: Sendable {
  /// (x − μ)/σ.
  case standard
  /// (x − min)/(max − min).
  case minMax
}

/// The training examples and the others, scaled alike.
public struct ScaledFeatures: Sendable {
  public var train, other: Matrix
  public init(train: Matrix, other: Matrix) {
    self.train = train
    self.other = other
  }
}

/// Z = wᵀX + b and A = σ(Z), (1, m).
public struct LogisticForward: Sendable {
  public var Z, A: Matrix
  public init(Z: Matrix, A: Matrix) {
    self.Z = Z
    self.A = A
  }
}

/// dZ (1, m), without 1/m; dw (n, 1) and db, with it.
public struct LogisticBackward: Sendable {
  public var dZ, dw: Matrix, db: Double
  public init(dZ: Matrix, dw: Matrix, db: Double) {
    self.dZ = dZ
    self.dw = dw
    self.db = db
  }
}

/// The shortest times in seconds, and loop/vectorized.
public struct TimeComparison: Sendable {
  public var loop, vectorized, ratio: Double
  public init(loop: Double, vectorized: Double, ratio: Double) {
    self.loop = loop
    self.vectorized = vectorized
    self.ratio = ratio
  }
}

extension Lesson {
  public static let vectorization = Lesson(
    5, "Vectorization", title: "Vectorization", needs: [3],
    steps: [
      .init("A product by loops and at once", points: 1, source: "MILA, What is vectorization?"),
      .init("Elementwise functions", points: 1, source: "MILA, Vectors and matrix valued functions"),
      .init(
        "An image as a feature vector", points: 2, source: "ESIR, Binary classification; MILA, Binary classification"),
      .init("Features on one scale", points: 2, source: "TPT, Normalization inputs"),
      .init("Forward for all examples", points: 1, source: "MILA, Vectorizing logistic regression"),
      .init("The cost of all examples", points: 1, source: "MILA, Logistic regression cost function"),
      .init("Backward for all examples", points: 2, source: "MILA, Implementing logistic regression"),
      .init("Training without a loop over examples", points: 2, source: "MILA, Implementing logistic regression"),
      .init("Loop against vectorized", points: 1, source: "MILA, What is vectorization?"),
    ])
}
