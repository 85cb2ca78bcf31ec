// n features, m examples; an example is a column: x (n, 1), X (n, m), Y (1, m), w (n, 1).

/// Lesson 1: the perceptron, one unit that learns from its mistakes.
public protocol PerceptronLesson: Sendable {
  /// 1.1 The threshold unit: 1 where z ≥ 0, else 0.
  ///
  /// - Parameter z: the score, any number.
  /// - Returns: 1 or 0; exactly at z = 0 it is 1: the unit fires.
  func threshold(_ z: Double) -> Double

  /// 1.2 The prediction ŷ = threshold(w·x + b) of one example.
  ///
  /// - Parameters:
  ///   - x: the example, (n, 1).
  ///   - parameters: w (n, 1) and b.
  /// - Returns: 1 or 0.
  func predict(x: Matrix, at parameters: PerceptronParameters) -> Double

  /// 1.3 The update for one example: w ← w + α(y − ŷ)x, b ← b + α(y − ŷ).
  ///
  /// ŷ is the prediction at the parameters given, before anything moves.
  /// - Parameters:
  ///   - parameters: w (n, 1) and b before the update.
  ///   - x: the example, (n, 1).
  ///   - y: its label, 0 or 1.
  ///   - rate: the learning rate α.
  /// - Returns: w (n, 1) and b after it; where ŷ = y, they are as before.
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters

  /// 1.4 Epochs over the columns in order, 1.3 at each, until an epoch has no mistake or `maxEpochs` are done.
  ///
  /// A mistake is a prediction ŷ ≠ y, made just before that example's update.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels 0 or 1, (1, m).
  ///   - start: w (n, 1) and b before the first epoch.
  ///   - rate: the learning rate α.
  ///   - maxEpochs: the most epochs there may be; with 0 nothing is done.
  /// - Returns: the parameters at the end; the number of mistakes of each epoch, the last one's 0 too; and `converged`:
  ///   whether the last epoch had no mistake (false where there was no epoch).
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining

  /// 1.5 The cost: the mean over m examples of the perceptron loss −(y − ŷ)(w·x + b).
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels 0 or 1, (1, m).
  ///   - parameters: w (n, 1) and b.
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double

  /// 1.6 XOR from two layers of threshold units with weights chosen by hand: nothing is trained.
  ///
  /// The outputs for (0, 0), (0, 1), (1, 0), (1, 1) shall be 0, 1, 1, 0; each unit fires where its score is ≥ 0.
  /// - Returns: hidden units on the two inputs, at least one, each with w (2, 1); and one output unit on what the hidden
  ///   units say, in their order: its w has a row for each of them.
  func xorNetwork() -> ThresholdNetwork
}

/// The parameters of a threshold unit: w (n, 1) and b.
public struct PerceptronParameters: Sendable {
  public var w: Matrix, b: Double
  public init(w: Matrix, b: Double) {
    self.w = w
    self.b = b
  }
}

/// The parameters after training, the number of mistakes in each epoch, and whether the last epoch had none.
public struct PerceptronTraining: Sendable {
  public var parameters: PerceptronParameters, mistakes: [Int], converged: Bool
  public init(parameters: PerceptronParameters, mistakes: [Int], converged: Bool) {
    self.parameters = parameters
    self.mistakes = mistakes
    self.converged = converged
  }
}

/// Hidden units on the inputs, w (2, 1) each, and one unit on theirs, w (hidden units, 1).
public struct ThresholdNetwork: Sendable {
  public var hidden: [PerceptronParameters], output: PerceptronParameters
  public init(hidden: [PerceptronParameters], output: PerceptronParameters) {
    self.hidden = hidden
    self.output = output
  }
}

extension Lesson {
  public static let perceptron = Lesson(
    1, "Perceptron", title: "The perceptron",
    steps: [
      .init("The threshold unit", points: 1, source: "TPT, Perceptron"),
      .init("The prediction", points: 1, source: "TPT, Perceptron; UR2, Our first model: the Perceptron"),
      .init("The update for one example", points: 1, source: "TPT, Perceptron, Training"),
      .init(
        "Training, epoch by epoch", points: 3, source: "TPT, Perceptron, Training; UR2, Learning with the Perceptron"),
      .init(
        "The perceptron loss", points: 2,
        source: "TPT, Formulating the training problem as an optimization problem"),
      .init("XOR from two layers", points: 2, source: "TPT, Limitation of linear classifiers; IDRIS, XOR Problem"),
    ])
}
