// Lesson 1: The perceptron. The chapter is docs/01-perceptron.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter Perceptron     or     swift run gradus check 1
// A hint for a step:     swift run gradus hint 1.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 78ec9767a02b5f7f

import Curriculum

struct Perceptron: PerceptronLesson {
  /// 1.1 The threshold unit: 1 where z ≥ 0, else 0.
  ///
  /// - Parameter z: the score, any number.
  /// - Returns: 1 or 0; exactly at z = 0 it is 1: the unit fires.
  func threshold(_ z: Double) -> Double {
    todo()
  }

  /// 1.2 The prediction ŷ = threshold(w·x + b) of one example.
  ///
  /// - Parameters:
  ///   - x: the example, (n, 1).
  ///   - parameters: w (n, 1) and b.
  /// - Returns: 1 or 0.
  func predict(x: Matrix, at parameters: PerceptronParameters) -> Double {
    todo()
  }

  /// 1.3 The update for one example: w ← w + α(y − ŷ)x, b ← b + α(y − ŷ).
  ///
  /// ŷ is the prediction at the parameters given, before anything moves.
  /// - Parameters:
  ///   - parameters: w (n, 1) and b before the update.
  ///   - x: the example, (n, 1).
  ///   - y: its label, 0 or 1.
  ///   - rate: the learning rate α.
  /// - Returns: w (n, 1) and b after it; where ŷ = y, they are as before.
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    todo()
  }

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
    -> PerceptronTraining {
    todo()
  }

  /// 1.5 The cost: the mean over m examples of the perceptron loss −(y − ŷ)(w·x + b).
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: their labels 0 or 1, (1, m).
  ///   - parameters: w (n, 1) and b.
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double {
    todo()
  }

  /// 1.6 XOR from two layers of threshold units with weights chosen by hand: nothing is trained.
  ///
  /// The outputs for (0, 0), (0, 1), (1, 0), (1, 1) shall be 0, 1, 1, 0; each unit fires where its score is ≥ 0.
  /// - Returns: hidden units on the two inputs, at least one, each with w (2, 1); and one output unit on what the hidden
  ///   units say, in their order: its w has a row for each of them.
  func xorNetwork() -> ThresholdNetwork {
    todo()
  }
}
