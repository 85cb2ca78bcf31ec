import Curriculum
import Grading
@testable import VectorizationSolution

private let reference = Vectorization()

private let looped =
  "The lesson is to do it for all examples at once: operations on whole matrices, however many columns they have."

let vectorization = Answers<any VectorizationLesson>(
  .vectorization, vectorizationSteps, reference,
  mistakes: [
    Mistake(
      "5.1", "the sums are overwritten instead of added up", ProductOverwritten(),
      "`u[i, 0] += …`: a dot product is a sum."),
    Mistake("5.1", "the last term of each sum is left out", ProductOffByOne(), "`0..<n` already ends at n − 1."),
    Mistake(
      "5.1", "A is multiplied by vᵀ entry by entry", ElementwiseProduct(),
      "The sign `.*` multiplies entry by entry and sums nothing; `*` is the product."),
    Mistake("5.1", "the operation is vᵀAᵀ", RowProduct(), "The same numbers as a row: u is a column (p, 1), `A * v`."),

    Mistake("5.2", "log is taken of V instead of |V|", LogOfV(), "V has negative entries, whose logarithm is NaN."),
    Mistake("5.2", "|V| stands for max(V, 0)", AbsForMax(), "max(V, 0) makes negative entries 0."),
    Mistake("5.2", "min(V, 0) stands for max(V, 0)", MinForMax(), "max(V, 0) keeps the positive entries."),
    Mistake(
      "5.2", "a loop goes over the entries", ElementwiseLoop(),
      "`exp(V)`, `log(abs(V))`, `abs(V)` and `max(V, 0)` take a whole matrix."),

    Mistake("5.3", "the image is returned as it came", Unordered(), "The order asked for is the other one."),
    Mistake(
      "5.3", "the two directions are exchanged", DirectionsExchanged(),
      "`order` is the order asked for, not the one that x has."),
    Mistake("5.3", "blue comes first and red last", BlueFirst(), "Red, green, blue."),
    Mistake(
      "5.3", "the pixels go column by column", ColumnByColumn(), "Row by row: pixel (r, c) has number r·width + c."),

    Mistake(
      "5.4", "the other set is scaled by its own numbers", ScaledByItself(),
      "A model sees new examples one at a time: they are scaled by the training set's numbers."),
    Mistake("5.4", "σ² is divided by m − 1", SampleDeviation(), "The course divides by m: σ² is the mean of (x − μ)²."),
    Mistake("5.4", "a constant feature is divided by 0", ConstantDivided(), "A σ or range below 1e-12 counts as 1."),
    Mistake("5.4", "the variance is divided by instead of σ", DividedByVariance(), "σ is its root."),
    Mistake(
      "5.4", "one μ and one σ are taken for all features together", ScaledTogether(), "By feature: a mean for each row."
    ),
    Mistake(
      "5.4", "min and max are taken from both sets", RangeOfBoth(),
      "From the training set alone: the others may well fall outside 0 … 1."),

    Mistake("5.5", "b is left out", ForwardWithoutBias(), "Z = wᵀX + b."),
    Mistake("5.5", "A is Z, without σ", ForwardWithoutSigmoid(), "A = σ(Z)."),
    Mistake(
      "5.5", "e^Z/(1 + e^Z) is used", OverflowingForward(),
      "For large scores that is ∞/∞, NaN: 1/(1 + e^(−Z)) is right for all."),
    Mistake("5.5", "a loop goes over the examples", ForwardLoop(), looped),

    Mistake("5.6", "the sum is not divided by m", CostSum(), "J is the mean over the examples."),
    Mistake("5.6", "the minus sign is lost", CostSign(), "log a is negative, a cost is not."),
    Mistake(
      "5.6", "the logarithms have no floor", CostWithoutFloor(),
      "log 0 is −∞, and 0·log 0 is NaN: `log(max(A, logFloor))`, and the same for 1 − A."),
    Mistake("5.6", "the second term is left out", CostOneTerm(), "Where y = 0, the loss is −log(1 − a)."),
    Mistake("5.6", "a loop goes over the examples", CostLoop(), looped),

    Mistake("5.7", "dZ is Y − A", DZSign(), "dZ = A − Y: with Y − A, descent goes uphill."),
    Mistake(
      "5.7", "dZ is divided by m already", DZAveraged(), "dZ is without 1/m, as in the lectures: it comes in dw and db."
    ),
    Mistake("5.7", "1/m is left out of dw", DwNotAveraged(), "dw = X dZᵀ/m."),
    Mistake("5.7", "1/m is left out of db", DbNotAveraged(), "db = Σ dZ/m."),
    Mistake("5.7", "dw is a row", DwTransposed(), "dZ Xᵀ has the right numbers lying down: X dZᵀ is (n, 1), like w."),
    Mistake("5.7", "a loop goes over the examples", BackwardLoop(), looped),

    Mistake("5.8", "b is never updated", FrozenBias(), "b ← b − α db, in every step."),
    Mistake("5.8", "the costs are those after each step", CostsAfter(), "`costs` holds J before each step."),
    Mistake("5.8", "the step goes uphill", TrainAscends(), "The gradient points uphill: subtract it."),
    Mistake(
      "5.8", "the gradient is computed only once, at the start", GradientOnce(),
      "It changes with the parameters: compute it in every step."),
    Mistake(
      "5.8", "there is one step too many", OneStepMore(), "`0..<steps` has `steps` elements; `0...steps` has one more."),
    Mistake("5.8", "a loop goes over the examples", TrainLoop(), looped),

    Mistake(
      "5.9", "the times are means instead of the shortest", MeanTimes(),
      "Whatever else the machine does makes a run longer, never shorter: the shortest says most."),
    Mistake(
      "5.9", "the times are those of all runs together", TotalTimes(), "Time each run by itself, and take the shortest."
    ),
    Mistake(
      "5.9", "the ratio is upside down", RatioInverted(), "loop/vectorized: how many times as long the loop takes."),
    Mistake("5.9", "there is a run that is not timed", WarmUp(), "Just `repetitions` runs of each."),
    Mistake("5.9", "the last run's time is returned", LastTime(), "Keep the shortest of all runs."),
  ])

// MARK: 5.1

private struct ProductOverwritten: VectorizationLesson {
  func product(A: Matrix, v: Matrix) -> ProductTwice {
    ProductTwice(byLoops: A.columns - 1 >= 0 ? v[v.rows - 1, 0] * A.column(A.columns - 1) : A, byOperation: A * v)
  }
}

private struct ProductOffByOne: VectorizationLesson {
  func product(A: Matrix, v: Matrix) -> ProductTwice {
    let n = max(A.columns - 1, 0)
    return ProductTwice(byLoops: A.columns(0..<n) * v.rows(0..<n), byOperation: A * v)
  }
}

private struct ElementwiseProduct: VectorizationLesson {
  func product(A: Matrix, v: Matrix) -> ProductTwice { ProductTwice(byLoops: A * v, byOperation: A .* v.T) }
}

private struct RowProduct: VectorizationLesson {
  func product(A: Matrix, v: Matrix) -> ProductTwice { ProductTwice(byLoops: A * v, byOperation: v.T * A.T) }
}

// MARK: 5.2

private struct LogOfV: VectorizationLesson {
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    var values = reference.elementwise(V)
    values.log = log(V)
    return values
  }
}

private struct AbsForMax: VectorizationLesson {
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    var values = reference.elementwise(V)
    values.max = values.abs
    return values
  }
}

private struct MinForMax: VectorizationLesson {
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    var values = reference.elementwise(V)
    values.max = min(V, 0)
    return values
  }
}

private struct ElementwiseLoop: VectorizationLesson {
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    touchEach(V)
    return reference.elementwise(V)
  }
}

/// What a loop over the examples does: an operation for each column.
private func touchEach(_ X: Matrix) {
  for i in 0..<X.columns { _ = X[0, i] }
}

// MARK: 5.3

private struct Unordered: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix { x }
}

private struct DirectionsExchanged: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    reference.reorder(x, height: height, width: width, to: order == .planar ? .interleaved : .planar)
  }
}

private struct BlueFirst: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    let pixels = height * width
    switch order {
    case .planar:
      let planes = reference.reorder(x, height: height, width: width, to: .planar).reshaped(rows: 3, columns: pixels)
      return planes.rows(at: [2, 1, 0]).reshaped(rows: 3 * pixels, columns: 1)
    case .interleaved:
      let turned = x.reshaped(rows: 3, columns: pixels).rows(at: [2, 1, 0]).reshaped(rows: 3 * pixels, columns: 1)
      return reference.reorder(turned, height: height, width: width, to: .interleaved)
    }
  }
}

private struct ColumnByColumn: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    let y = reference.reorder(x, height: height, width: width, to: order)
    let pixels = height * width
    let turned = (0..<pixels).map { ($0 % height) * width + $0 / height }
    let indices = (0..<3 * pixels).map { k in
      order == .planar ? k - k % pixels + turned[k % pixels] : 3 * turned[k / 3] + k % 3
    }
    return y.rows(at: indices)
  }
}

// MARK: 5.4

private struct ScaledByItself: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    ScaledFeatures(
      train: reference.scale(train: train, other: other, by: scaling).train,
      other: reference.scale(train: other, other: other, by: scaling).train)
  }
}

private func scaled(
  _ train: Matrix, _ other: Matrix, _ scaling: FeatureScaling, spread: (_ right: Matrix) -> Matrix
) -> ScaledFeatures {
  let shift = scaling == .standard ? train.rowMeans() : train.rowMinima()
  let right = scaling == .standard ? sqrt(pow(train - shift, 2).rowMeans()) : train.rowMaxima() - shift
  let divisor = spread(right)
  return ScaledFeatures(train: (train - shift) ./ divisor, other: (other - shift) ./ divisor)
}

private func noZero(_ x: Double) -> Double { x < 1e-12 ? 1 : x }

private struct SampleDeviation: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    let m = Double(train.columns)
    return scaled(train, other, scaling) { (scaling == .standard ? sqrt(m / (m - 1)) * $0 : $0).map(noZero) }
  }
}

private struct ConstantDivided: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { $0 }
  }
}

private struct DividedByVariance: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { (scaling == .standard ? pow($0, 2) : $0).map(noZero) }
  }
}

private struct ScaledTogether: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    let shift = scaling == .standard ? train.mean() : train.min()
    let spread = scaling == .standard ? sqrt(pow(train - shift, 2).mean()) : train.max() - shift
    return ScaledFeatures(train: (train - shift) / spread, other: (other - shift) / spread)
  }
}

private struct RangeOfBoth: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    if scaling == .standard { return reference.scale(train: train, other: other, by: scaling) }
    let both = reference.scale(train: Matrix(columns: [train, other]), other: other, by: scaling)
    return ScaledFeatures(train: both.train.columns(0..<train.columns), other: both.other)
  }
}

// MARK: 5.5

private struct ForwardWithoutBias: VectorizationLesson {
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    reference.forward(X: X, at: LogisticParameters(w: parameters.w, b: 0))
  }
}

private struct ForwardWithoutSigmoid: VectorizationLesson {
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    let Z = reference.forward(X: X, at: parameters).Z
    return LogisticForward(Z: Z, A: Z)
  }
}

private struct OverflowingForward: VectorizationLesson {
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    let Z = reference.forward(X: X, at: parameters).Z
    return LogisticForward(Z: Z, A: exp(Z) ./ (1 + exp(Z)))
  }
}

private struct ForwardLoop: VectorizationLesson {
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    touchEach(X)
    return reference.forward(X: X, at: parameters)
  }
}

// MARK: 5.6

private struct CostSum: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double { reference.cost(A: A, Y: Y) * Double(A.columns) }
}

private struct CostSign: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double { -reference.cost(A: A, Y: Y) }
}

private struct CostWithoutFloor: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double { -(Y .* log(A) + (1 - Y) .* log(1 - A)).mean() }
}

private struct CostOneTerm: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double { -(Y .* log(max(A, logFloor))).mean() }
}

private struct CostLoop: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    touchEach(A)
    return reference.cost(A: A, Y: Y)
  }
}

// MARK: 5.7

private struct DZSign: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward { reference.backward(X: X, A: Y, Y: A) }
}

private struct DZAveraged: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    var g = reference.backward(X: X, A: A, Y: Y)
    g.dZ = g.dZ / Double(X.columns)
    return g
  }
}

private struct DwNotAveraged: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    var g = reference.backward(X: X, A: A, Y: Y)
    g.dw = X * g.dZ.T
    return g
  }
}

private struct DbNotAveraged: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    var g = reference.backward(X: X, A: A, Y: Y)
    g.db = g.dZ.sum()
    return g
  }
}

private struct DwTransposed: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    var g = reference.backward(X: X, A: A, Y: Y)
    g.dw = g.dw.T
    return g
  }
}

private struct BackwardLoop: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    touchEach(A)
    return reference.backward(X: X, A: A, Y: Y)
  }
}

// MARK: 5.8

private struct FrozenBias: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    var result = LogisticTraining(parameters: start, costs: [])
    for _ in 0..<steps {
      let A = reference.forward(X: X, at: result.parameters).A
      result.costs.append(reference.cost(A: A, Y: Y))
      result.parameters.w -= rate * reference.backward(X: X, A: A, Y: Y).dw
    }
    return result
  }
}

private struct CostsAfter: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    let more = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps + 1)
    let right = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    return LogisticTraining(parameters: right.parameters, costs: Array(more.costs.dropFirst()))
  }
}

private struct TrainAscends: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: start, rate: -rate, steps: steps)
  }
}

private struct GradientOnce: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    let A = reference.forward(X: X, at: start).A
    let g = reference.backward(X: X, A: A, Y: Y)
    let way = rate * Double(steps)
    return LogisticTraining(
      parameters: LogisticParameters(w: start.w - way * g.dw, b: start.b - way * g.db),
      costs: Array(repeating: reference.cost(A: A, Y: Y), count: steps))
  }
}

private struct OneStepMore: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps + 1)
  }
}

private struct TrainLoop: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    touchEach(X)
    return reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
  }
}

// MARK: 5.9

/// Times each run of a program by itself.
private func times(_ repetitions: Int, _ now: () -> Double, _ program: () -> Void) -> [Double] {
  (0..<repetitions).map { _ in
    let start = now()
    program()
    return now() - start
  }
}

/// The comparison with another rule for the time that counts.
private func comparison(
  _ repetitions: Int, _ now: () -> Double, _ loop: () -> Void, _ vectorized: () -> Void, counts: ([Double]) -> Double
) -> TimeComparison {
  let slow = counts(times(repetitions, now, loop))
  let fast = counts(times(repetitions, now, vectorized))
  return TimeComparison(loop: slow, vectorized: fast, ratio: slow / fast)
}

private struct MeanTimes: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions, now, loop, vectorized) { $0.reduce(0, +) / Double($0.count) }
  }
}

private struct TotalTimes: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions, now, loop, vectorized) { $0.reduce(0, +) }
  }
}

private struct RatioInverted: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    var result = comparison(repetitions, now, loop, vectorized) { $0.min() ?? 0 }
    result.ratio = 1 / result.ratio
    return result
  }
}

private struct WarmUp: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    loop()
    vectorized()
    return comparison(repetitions, now, loop, vectorized) { $0.min() ?? 0 }
  }
}

private struct LastTime: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions, now, loop, vectorized) { $0.last ?? 0 }
  }
}
