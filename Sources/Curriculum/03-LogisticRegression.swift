// n features, m examples; an example is a column: X (n, m), Y (1, m), w (n, 1).

/// Lesson 3: logistic regression, one example at a time.
public protocol LogisticRegressionLesson: Sendable {
  /// 3.1 The sigmoid σ(z) = 1/(1 + e⁻ᶻ), a finite number for every z.
  ///
  /// - Returns: a number between 0 and 1: ½ at z = 0, close to 0 at z = −1000, close to 1 at z = 1000.
  func sigmoid(_ z: Double) -> Double

  /// 3.2 The two losses of one example: ½(a − y)² and −y log a − (1 − y) log(1 − a), finite at a = 0 and 1.
  ///
  /// log is natural, and its argument is kept at or above `logFloor` = 2⁻⁵⁰: log(max(a, logFloor)).
  /// - Parameters:
  ///   - a: the predicted probability of class 1, 0 ≤ a ≤ 1.
  ///   - y: the label, 0 or 1.
  func losses(a: Double, y: Double) -> ExampleLosses

  /// 3.3 Forward for one example: z = w·x + b, a = σ(z).
  ///
  /// - Parameters:
  ///   - x: the example, (n, 1).
  ///   - parameters: w (n, 1) and b.
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward

  /// 3.4 Backward for one example, cross-entropy: da = −y/a + (1 − y)/(1 − a), dz = a − y, dw = dz x, db = dz.
  ///
  /// In `da`, a is kept within [logFloor, 1 − logFloor]; dz is a − y always, at a = 0 and 1 too.
  /// - Parameters:
  ///   - x: the example, (n, 1).
  ///   - y: its label, 0 or 1.
  ///   - forward: what 3.3 returned for it.
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients

  /// 3.5 The cost J = 1/m Σ L(a, y), the mean cross-entropy over m examples, by a loop.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - parameters: w (n, 1) and b.
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double

  /// 3.6 The cost J and its gradients over m examples, by explicit loops, then divided by m.
  ///
  /// dw = 1/m Σ (a − y) x, db = 1/m Σ (a − y).
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - parameters: w (n, 1) and b.
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients

  /// 3.7 One step of gradient descent: w ← w − α dw, b ← b − α db.
  ///
  /// - Parameters:
  ///   - parameters: w (n, 1) and b before the step.
  ///   - gradients: what 3.6 returned for them.
  ///   - rate: the learning rate α.
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters

  /// 3.8 Gradient descent: `steps` times 3.6 and 3.7, on all examples each time.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - start: w (n, 1) and b before the first step.
  ///   - rate: the learning rate α.
  ///   - steps: how many steps.
  /// - Returns: the parameters after the last step, and `steps` costs: J before each step.
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining

  /// 3.9 Each example's class, 1 where a ≥ ½ and else 0, and the share of examples where it agrees with Y.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - parameters: w (n, 1) and b.
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions

  /// 3.10 The log-likelihood log Π a^y (1 − a)^(1−y) = −Σ loss of labels under probabilities; a sum, not a mean.
  ///
  /// The arguments of the logarithms are kept at or above `logFloor`, as in 3.2.
  /// - Parameters:
  ///   - A: predicted probabilities of class 1, (1, m).
  ///   - Y: labels, (1, m).
  func logLikelihood(A: Matrix, Y: Matrix) -> Double
}

/// The parameters of logistic regression: w (n, 1) and b.
public struct LogisticParameters: Sendable {
  public var w: Matrix, b: Double
  public init(w: Matrix, b: Double) {
    self.w = w
    self.b = b
  }
}

/// The squared loss ½(a − y)² and the cross-entropy of one example.
public struct ExampleLosses: Sendable {
  public var squared, crossEntropy: Double
  public init(squared: Double, crossEntropy: Double) {
    self.squared = squared
    self.crossEntropy = crossEntropy
  }
}

/// z = w·x + b and a = σ(z) of one example.
public struct ExampleForward: Sendable {
  public var z, a: Double
  public init(z: Double, a: Double) {
    self.z = z
    self.a = a
  }
}

/// Derivatives of one example's loss by a, z, w (n, 1) and b.
public struct ExampleGradients: Sendable {
  public var da, dz: Double, dw: Matrix, db: Double
  public init(da: Double, dz: Double, dw: Matrix, db: Double) {
    self.da = da
    self.dz = dz
    self.dw = dw
    self.db = db
  }
}

/// The cost J, ∂J/∂w (n, 1) and ∂J/∂b.
public struct LogisticGradients: Sendable {
  public var cost: Double, dw: Matrix, db: Double
  public init(cost: Double, dw: Matrix, db: Double) {
    self.cost = cost
    self.dw = dw
    self.db = db
  }
}

/// The parameters after training, and J before each step.
public struct LogisticTraining: Sendable {
  public var parameters: LogisticParameters, costs: [Double]
  public init(parameters: LogisticParameters, costs: [Double]) {
    self.parameters = parameters
    self.costs = costs
  }
}

/// Each example's class, 0 or 1, and the share of them that is right, between 0 and 1.
public struct BinaryPredictions: Sendable {
  public var classes: [Int], accuracy: Double
  public init(classes: [Int], accuracy: Double) {
    self.classes = classes
    self.accuracy = accuracy
  }
}

extension Lesson {
  public static let logisticRegression = Lesson(
    3, "LogisticRegression", title: "Logistic regression, one example at a time",
    steps: [
      .init("The sigmoid", points: 1, source: "ESIR, Logistic regression model"),
      .init(
        "Two losses of one example", points: 2, source: "ESIR, Cost function; MILA, Logistic regression cost function"),
      .init("Forward for one example", points: 1, source: "ESIR, Computation graph for logistic regression"),
      .init("Backward for one example", points: 2, source: "ESIR, Computation graph for logistic regression"),
      .init("The cost over m examples", points: 1, source: "ESIR, Cost function"),
      .init("Cost and gradients with loops", points: 3, source: "ESIR, Gradient descent on m examples"),
      .init("One update", points: 1, source: "ESIR, Gradient descent on m examples"),
      .init("The training loop", points: 2, source: "MILA, Implementing logistic regression"),
      .init("Predictions and accuracy", points: 1, source: "TPT, Logistic regression"),
      .init(
        "The log-likelihood", points: 1, source: "TPT, Equivalence between minimizing the cost and maximum likelihood"),
    ])
}
