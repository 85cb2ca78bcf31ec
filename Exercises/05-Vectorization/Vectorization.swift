// Lesson 5: Vectorization. The chapter is docs/05-vectorization.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter Vectorization     or     swift run gradus check 5
// A hint for a step:     swift run gradus hint 5.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 408132be425cd8d7

import Curriculum

struct Vectorization: VectorizationLesson {
  /// 5.1 u = Av twice: each uᵢ = Σⱼ aᵢⱼvⱼ as a dot product by loops, then as one operation.
  ///
  /// - Parameters:
  ///   - A: a matrix, (p, n).
  ///   - v: a vector, (n, 1).
  /// - Returns: u (p, 1), twice.
  func product(A: Matrix, v: Matrix) -> ProductTwice {
    todo()
  }

  /// 5.2 Elementwise, without a loop: e^V, log|V|, |V|, max(V, 0).
  ///
  /// - Parameter V: any shape, without zeros.
  /// - Returns: four matrices of V's shape.
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    todo()
  }

  /// 5.3 The pixels of a colour image into the order asked for, from the other order.
  ///
  /// Planar: all red, then all green, then all blue. Interleaved: r, g, b of each pixel. Pixels row by row in both.
  /// - Parameters:
  ///   - x: the image, (3·height·width, 1), in the order that is not asked for.
  ///   - height: its height in pixels.
  ///   - width: its width in pixels.
  ///   - order: the order asked for.
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    todo()
  }

  /// 5.4 Both sets scaled by what `train` alone says, by feature: (x − μ)/σ, or (x − min)/(max − min).
  ///
  /// σ² is the mean of (x − μ)²; a σ or a range below 1e-12 counts as 1, so that a constant feature does no harm.
  /// - Parameters:
  ///   - train: the training examples, (n, m).
  ///   - other: other examples, (n, m'), scaled by the training set's numbers.
  ///   - scaling: which of the two.
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    todo()
  }

  /// 5.5 Z = wᵀX + b and A = σ(Z), (1, m), for all examples at once, finite for every score.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - parameters: w (n, 1) and b.
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    todo()
  }

  /// 5.6 The cost J, the mean cross-entropy of all examples, without a loop.
  ///
  /// The logarithms are `log(max(A, logFloor))` and `log(max(1 - A, logFloor))`, as in 3.2.
  /// - Parameters:
  ///   - A: predicted probabilities, (1, m).
  ///   - Y: labels, (1, m).
  func cost(A: Matrix, Y: Matrix) -> Double {
    todo()
  }

  /// 5.7 dZ = A − Y (1, m), dw = X dZᵀ/m (n, 1), db = Σ dZ/m, without a loop.
  ///
  /// - Parameters:
  ///   - X: the examples, (n, m).
  ///   - A: predicted probabilities, (1, m).
  ///   - Y: labels, (1, m).
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    todo()
  }

  /// 5.8 Lesson 3's gradient descent without a loop over the examples; the loop over the steps stays.
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

  /// 5.9 Times two programs: each is run `repetitions` times, and its shortest time counts.
  ///
  /// - Parameters:
  ///   - repetitions: how often each is run, at least once; there is no run besides.
  ///   - now: the clock, in seconds from some beginning: call it before and after.
  ///   - loop: the program with loops.
  ///   - vectorized: the program without.
  /// - Returns: the two shortest times, and loop/vectorized.
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    todo()
  }
}
