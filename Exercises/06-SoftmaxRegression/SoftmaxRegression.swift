// Lesson 6: Softmax regression and multi-label. The chapter is docs/06-softmax-regression.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter SoftmaxRegression     or     swift run gradus check 6
// A hint for a step:     swift run gradus hint 6.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched ab5d4d4ce18b3897

import Curriculum

struct SoftmaxRegression: SoftmaxRegressionLesson {
  /// 6.1 Softmax of each column: aₖ = e^zₖ / Σⱼ e^zⱼ, finite numbers for every finite Z.
  ///
  /// - Parameter Z: the scores, (K, m), up to ±1000 and beyond.
  /// - Returns: the probabilities, (K, m): each column sums to 1.
  func softmax(_ Z: Matrix) -> Matrix {
    todo()
  }

  /// 6.2 The other form of the same labels: classes 0 … K − 1 into one-hot columns, or columns into classes.
  ///
  /// A column's class is the row of its largest entry, the first of equals: so a column of probabilities has a class too.
  /// - Parameters:
  ///   - labels: `.classes`, a list of m, or `.oneHot`, a matrix (K, m) with a column for each example.
  ///   - K: the number of classes, also where some of them never occur.
  /// - Returns: `.oneHot`, a matrix (K, m), for classes; `.classes`, m of them, for a matrix.
  func recode(_ labels: Labels, classes K: Int) -> Labels {
    todo()
  }

  /// 6.3 The cost J = 1/m Σᵢ (−Σₖ yₖ log aₖ), the mean categorical cross-entropy; 0·log 0 counts as 0.
  ///
  /// log is natural, and its argument is kept at or above `logFloor` = 2⁻⁵⁰: log(max(a, logFloor)).
  /// - Parameters:
  ///   - A: probabilities, (K, m), 0 and 1 among them.
  ///   - Y: one-hot labels, (K, m).
  func crossEntropy(A: Matrix, Y: Matrix) -> Double {
    todo()
  }

  /// 6.4 Forward and backward: Z = WX + b, A = softmax(Z), J; dZ = A − Y, dW = dZ Xᵀ/m, db = Σᵢ dZ/m.
  ///
  /// J is the cost of 6.3. dZ is without 1/m; dW and db are with it. All are finite for scores of ±1000 too.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: one-hot labels, (K, m).
  ///   - layer: W (K, n) and b (K, 1).
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    todo()
  }

  /// 6.5 Gradient descent, `steps` times W ← W − α dW, b ← b − α db; and after it each example's class.
  ///
  /// The class is the row of the column's largest probability, the first of equals.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: one-hot labels, (K, m).
  ///   - start: W (K, n) and b (K, 1) before the first step.
  ///   - rate: the learning rate α.
  ///   - steps: how many steps.
  /// - Returns: the layer after the last step; `steps` costs: J before each step; m classes by the layer returned.
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    todo()
  }

  /// 6.6 Log-odds against the last class: the K − 1 rows wₖ − w_K and bₖ − b_K, and from them alone all K probabilities.
  ///
  /// The last class's score is now 0. The probabilities are those of 6.4, finite for scores of ±1000 too.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - layer: W (K, n) and b (K, 1), K ≥ 2.
  /// - Returns: `layer`, with W (K − 1, n) and b (K − 1, 1), and A (K, m).
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    todo()
  }

  /// 6.7 Multi-label: Z = WX + b, A = σ(Z), K independent yes-or-no answers; dZ = A − Y, dW = dZ Xᵀ/m, db = Σᵢ dZ/m.
  ///
  /// J = 1/m Σᵢ Σₖ (−y log a − (1 − y) log(1 − a)): the sum over the K labels, the mean over the m examples. The logarithms'
  /// arguments are kept at or above `logFloor`; all is finite for scores of ±1000 too.
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - Y: labels 0 and 1, (K, m), any number of ones in a column.
  ///   - layer: W (K, n) and b (K, 1).
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    todo()
  }
}
