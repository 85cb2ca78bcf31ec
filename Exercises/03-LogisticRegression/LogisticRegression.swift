// Lesson 3: Logistic regression, one example at a time. The chapter is docs/03-logistic-regression.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter LogisticRegression     or     swift run gradus check 3
// A hint for a step:     swift run gradus hint 3.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 16812fa05692059f

import Curriculum

struct LogisticRegression: LogisticRegressionLesson {
  /// 3.1 The sigmoid σ(z) = 1/(1 + e⁻ᶻ), a finite number for every z.
  ///
  /// - Returns: a number between 0 and 1: ½ at z = 0, close to 0 at z = −1000, close to 1 at z = 1000.
  func sigmoid(_ z: Double) -> Double {
    todo()
  }

  /// 3.2 The two losses of one example: ½(a − y)² and −y log a − (1 − y) log(1 − a), finite at a = 0 and 1.
  ///
  /// log is natural, and its argument is kept at or above `logFloor` = 2⁻⁵⁰: log(max(a, logFloor)).
  /// - Parameters:
  ///   - a: the predicted probability of class 1, 0 ≤ a ≤ 1.
  ///   - y: the label, 0 or 1.
  func losses(a: Double, y: Double) -> ExampleLosses {
    todo()
  }

  /// 3.3 Forward for one example: z = w·x + b, a = σ(z).
  ///
  /// - Parameters:
  ///   - x: the example, (n, 1).
  ///   - parameters: w (n, 1) and b.
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    todo()
  }

  /// 3.4 Backward for one example, cross-entropy: da = −y/a + (1 − y)/(1 − a), dz = a − y, dw = dz x, db = dz.
  ///
  /// In `da`, a is kept within [logFloor, 1 − logFloor]; dz is a − y always, at a = 0 and 1 too.
  /// - Parameters:
  ///   - x: the example, (n, 1).
  ///   - y: its label, 0 or 1.
  ///   - forward: what 3.3 returned for it.
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    todo()
  }

  /// 3.5 The cost J = 1/m Σ L(a, y), the mean cross-entropy over m examples, by a loop.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - parameters: w (n, 1) and b.
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    todo()
  }

  /// 3.6 The cost J and its gradients over m examples, by explicit loops, then divided by m.
  ///
  /// dw = 1/m Σ (a − y) x, db = 1/m Σ (a − y).
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - parameters: w (n, 1) and b.
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    todo()
  }

  /// 3.7 One step of gradient descent: w ← w − α dw, b ← b − α db.
  ///
  /// - Parameters:
  ///   - parameters: w (n, 1) and b before the step.
  ///   - gradients: what 3.6 returned for them.
  ///   - rate: the learning rate α.
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    todo()
  }

  /// 3.8 Gradient descent: `steps` times 3.6 and 3.7, on all examples each time.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - start: w (n, 1) and b before the first step.
  ///   - rate: the learning rate α.
  ///   - steps: how many steps.
  /// - Returns: the parameters after the last step, and `steps` costs: J before each step.
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    todo()
  }

  /// 3.9 Each example's class, 1 where a ≥ ½ and else 0, and the share of examples where it agrees with Y.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels, (1, m).
  ///   - parameters: w (n, 1) and b.
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    todo()
  }

  /// 3.10 The log-likelihood log Π a^y (1 − a)^(1−y) = −Σ loss of labels under probabilities; a sum, not a mean.
  ///
  /// The arguments of the logarithms are kept at or above `logFloor`, as in 3.2.
  /// - Parameters:
  ///   - A: predicted probabilities of class 1, (1, m).
  ///   - Y: labels, (1, m).
  func logLikelihood(A: Matrix, Y: Matrix) -> Double {
    todo()
  }
}
