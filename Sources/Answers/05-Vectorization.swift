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
    Mistake(
      "5.1", "the running sum is not set back to 0 for each row", SumNotReset(),
      "Each row is a sum of its own: `var sum = 0.0` belongs inside the loop over the rows."),
    Mistake("5.1", "the first term of each sum is left out", ProductFromOne(), "Swift counts from 0: `0..<n`."),
    Mistake("5.1", "the last term of each sum is left out", ProductOffByOne(), "`0..<n` already ends at n − 1."),
    Mistake(
      "5.1", "A is multiplied by vᵀ entry by entry", ElementwiseProduct(),
      "The sign `.*` multiplies entry by entry and sums nothing; `*` is the product."),
    Mistake("5.1", "the operation is vᵀAᵀ", RowProduct(), "The same numbers as a row: u is a column (p, 1), `A * v`."),

    Mistake("5.2", "log is taken of V instead of |V|", LogOfV(), "V has negative entries, whose logarithm is NaN."),
    Mistake(
      "5.2", "the logarithm has the base 10", LogOfBaseTen(),
      "Here `log` is the natural logarithm, as everywhere in the course: `log(abs(V))`."),
    Mistake("5.2", "|V| is −V", MinusForAbs(), "−V is right for negative entries only: `abs(V)`."),
    Mistake("5.2", "|V| stands for max(V, 0)", AbsForMax(), "`max(V, 0)` makes negative entries 0."),
    Mistake("5.2", "min(V, 0) stands for max(V, 0)", MinForMax(), "`max(V, 0)` keeps the positive entries."),
    Mistake(
      "5.2", "V .> 0 stands for max(V, 0)", StepForMax(),
      "`V .> 0` says only where V is positive: 1 or 0. `max(V, 0)` keeps the entry itself."),
    Mistake(
      "5.2", "the largest entry of all stands everywhere", LargestForMax(),
      "`V.max()` is one number; `max(V, 0)` compares each entry with 0."),
    Mistake(
      "5.2", "a loop goes over rows, columns or entries", ElementwiseLoop(),
      "`exp(V)`, `log(abs(V))`, `abs(V)` and `max(V, 0)` take a whole matrix."),

    Mistake(
      "5.3", "the image is returned as it came", Unordered(),
      "The order asked for is the other one. Cutting anew with `reshaped` moves no number: what moves them is the `.T` in between."
    ),
    Mistake(
      "5.3", "the two directions are exchanged", DirectionsExchanged(),
      "`order` is the order asked for, not the one that x has."),
    Mistake(
      "5.3", "x is always brought into planar order", AlwaysPlanar(),
      "For `.interleaved`, x comes in planar order: begin with 3 rows."),
    Mistake(
      "5.3", "x is always brought into interleaved order", AlwaysInterleaved(),
      "For `.planar`, x comes in interleaved order: begin with 3 columns."),
    Mistake(
      "5.3", "x is returned as it came for .interleaved", InterleavedUnordered(),
      "For `.interleaved`, x comes in planar order, and has to be turned too."),
    Mistake(
      "5.3", "the image is returned as a table", ImageAsTable(),
      "Cut it anew in the end: `.reshaped(rows: 3 * height * width, columns: 1)`."),
    Mistake("5.3", "the image is returned as a row", ImageAsRow(), "One example is a column, (3·height·width, 1)."),
    Mistake("5.3", "blue comes first and red last", BlueFirst(), "Red, green, blue."),
    Mistake(
      "5.3", "the pixels of the result go column by column", ColumnByColumn(),
      "Row by row in both orders: pixel (r, c) has number `r * width + c`."),
    Mistake(
      "5.3", "the pixels of x are read column by column", ReadColumnByColumn(),
      "Row by row in both orders: pixel (r, c) has number `r * width + c`."),
    Mistake(
      "5.3", "the pixels of a plane go column by column", PlanesColumnByColumn(),
      "Row by row in both orders: pixel (r, c) has number `r * width + c`."),

    Mistake(
      "5.4", "the other set is scaled by its own numbers", ScaledByItself(),
      "A model sees new examples one at a time: they are scaled by the training set's numbers."),
    Mistake(
      "5.4", "min and max are taken from both sets", RangeOfBoth(),
      "From the training set alone: the others may well fall outside 0 … 1."),
    Mistake(
      "5.4", "min–max cuts off what falls outside 0 … 1", OtherCutOff(),
      "It tells the model less than was measured: values below 0 and above 1 are right there."),
    Mistake(
      "5.4", "μ and σ are taken from both sets", MeansOfBoth(),
      "From the training set alone: the test set stands for examples that you have not met."),
    Mistake(
      "5.4", "both scalings take their numbers from both sets", AllOfBoth(),
      "From the training set alone: the test set stands for examples that you have not met."),
    Mistake(
      "5.4", "the other set is left as it is", OtherUnscaled(),
      "The model has learnt on the new scale: both sets need the same shift and the same divisor."),
    Mistake(
      "5.4", "the other set is divided without the shift", OtherUnshifted(),
      "Both sets need the same shift and the same divisor, `(other - shift) ./ divisor`."),
    Mistake(
      "5.4", "scaling is ignored", AlwaysStandard(),
      "For `.minMax`, subtract the least value and divide by the range."),
    Mistake("5.4", "σ² is divided by m − 1", SampleDeviation(), "The course divides by m: σ² is the mean of (x − μ)²."),
    Mistake(
      "5.4", "σ is the root of the sum instead of the mean", RootOfSum(),
      "σ² is a mean: `rowMeans()`, not `rowSums()`."),
    Mistake("5.4", "the variance is divided by instead of σ", DividedByVariance(), "σ is its root."),
    Mistake(
      "5.4", "μ is subtracted once more before the squares", PrintedOrder(),
      "The slide prints it so. After x − μ the mean is 0: σ² is then the mean of the squares, with nothing more to subtract."
    ),
    Mistake(
      "5.4", "one μ and one σ are taken for all features together", ScaledTogether(),
      "By feature: a mean for each row."),
    Mistake(
      "5.4", "max stands for the range", DividedByMaximum(),
      "`.minMax` divides by max − min, so that the greatest training value becomes 1."),
    Mistake(
      "5.4", "min–max subtracts μ", MeanForMinimum(),
      "`.minMax` subtracts the least training value, so that it becomes 0."),
    Mistake(
      "5.4", "1e-8 is added to the divisor", SmallNumberAdded(),
      "That moves all results a little. Only a σ or range below 1e-12 is replaced, by 1."),
    Mistake("5.4", "a constant feature is divided by 0", ConstantDivided(), "A σ or range below 1e-12 counts as 1."),
    Mistake("5.4", "only σ is guarded against 0", OnlyDeviationGuarded(), "A range below 1e-12 counts as 1 too."),
    Mistake("5.4", "only the range is guarded against 0", OnlyRangeGuarded(), "A σ below 1e-12 counts as 1 too."),
    Mistake(
      "5.4", "only a divisor of exactly 0 counts as 1", ExactlyZeroGuarded(),
      "The σ of 0.1, 0.1, 0.1 comes out as 1.4e-17: `$0 < 1e-12 ? 1 : $0`."),
    Mistake(
      "5.4", "the bound 1e-12 is that of the variance", VarianceGuarded(),
      "The bound is that of σ: take the root first."),
    Mistake(
      "5.4", "a small divisor becomes 1e-12 instead of 1", RaisedToBound(),
      "Then the constant feature's other values are blown up: a σ or range below 1e-12 counts as 1."),

    Mistake("5.5", "b is left out", ForwardWithoutBias(), "Z = wᵀX + b."),
    Mistake("5.5", "b is subtracted", ForwardMinusBias(), "Z = wᵀX + b."),
    Mistake(
      "5.5", "Z and A are columns", ForwardAsColumn(),
      "Xᵀw has the right numbers standing up: wᵀX is (1, m), like Y."),
    Mistake("5.5", "A is Z, without σ", ForwardWithoutSigmoid(), "A = σ(Z)."),
    Mistake(
      "5.5", "the minus sign in σ is lost", SigmoidSign(),
      "`1 / (1 + exp(-Z))`: a large score gives a large probability."),
    Mistake(
      "5.5", "tanh stands for σ", TanhForSigmoid(),
      "tanh goes from −1 to 1, and a probability from 0 to 1: `1 / (1 + exp(-Z))`."),
    Mistake(
      "5.5", "A holds classes instead of probabilities", ClassesForProbabilities(),
      "A = σ(Z), between 0 and 1: no threshold here."),
    Mistake(
      "5.5", "e^Z/(1 + e^Z) is used", OverflowingForward(),
      "For large scores that is ∞/∞, NaN: 1/(1 + e^(−Z)) is right for all."),
    Mistake("5.5", "a loop goes over the examples", ForwardLoop(), looped),

    Mistake("5.6", "the sum is not divided by m", CostSum(), "J is the mean over the examples."),
    Mistake("5.6", "the mean is halved", CostHalved(), "1/m, and no 2: that ½ belongs to the squared loss."),
    Mistake(
      "5.6", "the logarithms have the base 2", CostInBits(),
      "Here `log` is the natural logarithm, as everywhere in the course."),
    Mistake("5.6", "the minus sign is lost", CostSign(), "log a is negative, a cost is not."),
    Mistake(
      "5.6", "the minus sign stands before the first term only", CostOneSign(),
      "Both terms have it: the second logarithm is negative too."),
    Mistake(
      "5.6", "a logarithm is taken of 0", CostWithoutFloor(),
      "0·log 0 is 0·(−∞), NaN. Both logarithms need the floor under their arguments, `log(max(A, logFloor))` and the same for 1 − A. (1 − 1e-17 is none: it rounds to 1.)"
    ),
    Mistake(
      "5.6", "the logarithm of a wrong and certain prediction is −∞", CostInfinite(),
      "A floor under the argument keeps J finite: `log(max(A, logFloor))`, and the same for 1 − A."),
    Mistake(
      "5.6", "J is 0, whatever the probabilities", CostFloorOutside(),
      "`max(log(A), logFloor)` gives `logFloor`, for log a is never above 0. The floor belongs inside: `log(max(A, logFloor))`."
    ),
    Mistake("5.6", "the floor is 1e-7", CostFloorLarge(), "The course's floor is `logFloor`, 2⁻⁵⁰."),
    Mistake("5.6", "the floor is 1e-15", CostFloorOther(), "The course's floor is `logFloor`, 2⁻⁵⁰."),
    Mistake(
      "5.6", "A and Y are exchanged", CostExchanged(),
      "The labels are the factors, and the logarithms are those of the probabilities."),
    Mistake(
      "5.6", "Y stands as a column", CostOfTable(),
      "By broadcasting, every label meets every probability, (m, m). Both are rows: `Y .* log(…)`, without `.T`."),
    Mistake(
      "5.6", "1 − Y stands without brackets", CostWithoutBrackets(),
      "`.*` binds more tightly than `-`: `(1 - Y) .* …`."),
    Mistake("5.6", "the second term is left out", CostOneTerm(), "Where y = 0, the loss is −log(1 − a)."),
    Mistake(
      "5.6", "J is the mean of ½(a − y)²", CostSquaredHalf(),
      "The loss here is the cross-entropy, with its two logarithms."),
    Mistake(
      "5.6", "J is the mean of (a − y)²", CostSquared(),
      "The loss here is the cross-entropy, with its two logarithms."),
    Mistake("5.6", "a loop goes over the examples", CostLoop(), looped),

    Mistake("5.7", "dZ is Y − A", DZSign(), "dZ = A − Y: with Y − A, descent goes uphill."),
    Mistake(
      "5.7", "Y stands as a column", DZOfTable(),
      "By broadcasting, A − Yᵀ is a table (m, m). Both are rows: `A - Y`, without `.T`."),
    Mistake(
      "5.7", "A(1 − A) is a factor of dZ", DZWithSlope(),
      "That σ' has cancelled with the cross-entropy's 1/(a(1 − a)): dZ = A − Y."),
    Mistake(
      "5.7", "dZ is divided by m already", DZAveraged(),
      "dZ is without 1/m, as in the lectures: it comes in dw and db."),
    Mistake("5.7", "1/m is there twice", AveragedTwice(), "Once: dZ = A − Y without it, dw and db with it."),
    Mistake("5.7", "1/m is left out of dw", DwNotAveraged(), "dw = X dZᵀ/m."),
    Mistake("5.7", "1/m is left out of db", DbNotAveraged(), "db = Σ dZ/m."),
    Mistake("5.7", "1/m is left out of dw and db", BothNotAveraged(), "J is a mean, so its gradient is one too."),
    Mistake("5.7", "dw and db are divided by n", DividedByFeatures(), "m is the number of examples, `X.columns`."),
    Mistake(
      "5.7", "dw and db are twice what they should be", TwiceTheGradient(),
      "No factor 2: that one belongs to a squared loss."),
    Mistake("5.7", "A stands for dZ in dw", DwOfA(), "dw = X dZᵀ/m: a right prediction pulls at no weight."),
    Mistake("5.7", "dw has the wrong sign", DwSign(), "dw = X dZᵀ/m without a minus: that one stands in the update."),
    Mistake("5.7", "dw is a row", DwTransposed(), "dZ Xᵀ has the right numbers lying down: X dZᵀ is (n, 1), like w."),
    Mistake("5.7", "a loop goes over the examples", BackwardLoop(), looped),

    Mistake("5.8", "w is never updated", FrozenWeights(), "w ← w − α dw, in every step."),
    Mistake("5.8", "b is never updated", FrozenBias(), "b ← b − α db, in every step."),
    Mistake(
      "5.8", "b is updated with the gradient at the new w", BiasAfterWeights(),
      "Both gradients belong to the same parameters: compute both, then update both."),
    Mistake(
      "5.8", "the step goes uphill", TrainAscends(),
      "The gradient points uphill: subtract it. Look at the sign of the update, and at that of dZ = A − Y."),
    Mistake(
      "5.8", "the step in b goes uphill", BiasAscends(),
      "Subtract both gradients. Look at the sign of b's update, and at that of db."),
    Mistake(
      "5.8", "the step in w goes uphill", WeightsAscend(),
      "Subtract both gradients. Look at the sign of w's update, and at that of dw."),
    Mistake(
      "5.8", "1/m is left out of both updates", SummedSteps(),
      "The gradients of a mean: `X * dZ.T / m` and `dZ.sum() / m`."),
    Mistake("5.8", "the learning rate is left out", RateLeftOut(), "`rate` times the gradient."),
    Mistake("5.8", "the training starts at zeros", StartsAtZeros(), "It starts at `start`."),
    Mistake(
      "5.8", "the parameters are updated from the start each time", AlwaysFromStart(),
      "Each step begins where the last one ended."),
    Mistake(
      "5.8", "nothing is computed anew in the loop", GradientOnce(),
      "Scores, cost and gradient change with the parameters: compute all three in every step."),
    Mistake(
      "5.8", "the gradient is computed only once, at the start", GradientFrozen(),
      "It changes with the parameters: compute it in every step."),
    Mistake("5.8", "the parameters of the start are returned", ReturnsStart(), "Return those after the last step."),
    Mistake("5.8", "the costs are those after each step", CostsAfter(), "`costs` holds J before each step."),
    Mistake(
      "5.8", "the cost after the last step is in the list too", FinalCostAppended(),
      "`costs` holds J before each step: `steps` numbers."),
    Mistake("5.8", "the costs are not divided by m", CostSums(), "J is the mean over the examples."),
    Mistake(
      "5.8", "there is one step too many", OneStepMore(),
      "`0..<steps` has `steps` elements; `0...steps` has one more."),
    Mistake(
      "5.8", "there is one step too few", OneStepLess(), "`0..<steps` has `steps` elements; `1..<steps` has one less."),
    Mistake(
      "5.8", "the training stops when the cost rises", StopsAtRise(),
      "Just `steps` steps: that the cost rises is what the list should show."),
    Mistake(
      "5.8", "the training stops when the cost hardly changes", StopsAtRest(),
      "Just `steps` steps, however little they bring."),
    Mistake(
      "5.8", "a logarithm is taken of 0 in the costs", TrainWithoutFloor(),
      "0·log 0 is NaN: `log(max(A, logFloor))`, and the same for 1 − A, or your own `cost(A:Y:)`."),
    Mistake(
      "5.8", "e^Z/(1 + e^Z) is used", OverflowingTraining(),
      "For large scores that is ∞/∞, NaN: use your own `forward(X:at:)`."),
    Mistake("5.8", "a loop goes over the examples", TrainLoop(), looped),

    Mistake(
      "5.9", "the times are means instead of the shortest", MeanTimes(),
      "Whatever else the machine does makes a run longer, never shorter: the shortest says most."),
    Mistake(
      "5.9", "the times are those of all runs together", TotalTimes(),
      "Time each run by itself, and take the shortest."),
    Mistake(
      "5.9", "the times are the longest", LongestTimes(),
      "Whatever else the machine does makes a run longer, never shorter: the shortest says most."),
    Mistake(
      "5.9", "the times are medians", MedianTimes(),
      "Whatever else the machine does makes a run longer, never shorter: the shortest says most."),
    Mistake(
      "5.9", "the times are 0", TimesOfZero(),
      "Start the shortest time at `Double.infinity`, and read the clock before and after each run."),
    Mistake(
      "5.9", "the first run's time is returned", FirstTime(),
      "Keep the shortest of all runs, and read the clock anew before each: from one start for all, the first run always seems the shortest."
    ),
    Mistake("5.9", "the last run's time is returned", LastTime(), "Keep the shortest of all runs."),
    Mistake(
      "5.9", "the two programs are exchanged", ProgramsExchanged(),
      "`loop` is the program with loops: its time comes first, and is divided by the other."),
    Mistake(
      "5.9", "the ratio is upside down", RatioInverted(), "loop/vectorized: how many times as long the loop takes."),
    Mistake(
      "5.9", "the ratio is the largest of the single runs' ratios", LargestRatio(),
      "One ratio, of the two shortest times."),
    Mistake("5.9", "the ratio is that of all runs together", RatioOfTotals(), "One ratio, of the two shortest times."),
    Mistake(
      "5.9", "there is one run too many", OneRunMore(),
      "Just `repetitions` runs of each: `0..<repetitions` has so many, and there is no run besides."),
    Mistake(
      "5.9", "there is one run too few", OneRunLess(),
      "`0..<repetitions` has `repetitions` elements; `1..<repetitions` has one less."),
  ])

// MARK: 5.1

private struct ProductOverwritten: VectorizationLesson {
  func product(A: Matrix, v: Matrix) -> ProductTwice {
    ProductTwice(byLoops: A.columns - 1 >= 0 ? v[v.rows - 1, 0] * A.column(A.columns - 1) : A, byOperation: A * v)
  }
}

private struct SumNotReset: VectorizationLesson {
  func product(A: Matrix, v: Matrix) -> ProductTwice {
    let u = A * v
    var sums = u
    for i in 0..<u.rows { sums[i, 0] = u.rows(0..<i + 1).sum() }
    return ProductTwice(byLoops: sums, byOperation: u)
  }
}

private struct ProductFromOne: VectorizationLesson {
  func product(A: Matrix, v: Matrix) -> ProductTwice {
    let first = min(1, A.columns)
    return ProductTwice(byLoops: A.columns(first..<A.columns) * v.rows(first..<v.rows), byOperation: A * v)
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

private struct LogOfBaseTen: VectorizationLesson {
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    var values = reference.elementwise(V)
    values.log = values.log / log(10.0)
    return values
  }
}

private struct MinusForAbs: VectorizationLesson {
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    var values = reference.elementwise(V)
    values.abs = -V
    return values
  }
}

private struct StepForMax: VectorizationLesson {
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    var values = reference.elementwise(V)
    values.max = V .> 0
    return values
  }
}

private struct LargestForMax: VectorizationLesson {
  func elementwise(_ V: Matrix) -> ElementwiseValues {
    var values = reference.elementwise(V)
    values.max = Matrix(rows: V.rows, columns: V.columns, repeating: V.max())
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

private struct AlwaysPlanar: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    reference.reorder(x, height: height, width: width, to: .planar)
  }
}

private struct AlwaysInterleaved: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    reference.reorder(x, height: height, width: width, to: .interleaved)
  }
}

private struct InterleavedUnordered: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    order == .interleaved ? x : reference.reorder(x, height: height, width: width, to: order)
  }
}

private struct ImageAsTable: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    let table = reference.reorder(x, height: height, width: width, to: order)
    let pixels = height * width
    return order == .planar ? table.reshaped(rows: 3, columns: pixels) : table.reshaped(rows: pixels, columns: 3)
  }
}

private struct ImageAsRow: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    reference.reorder(x, height: height, width: width, to: order).T
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

/// The image reordered, with the pixels of x, of the result or of both counted column by column.
private func reordered(
  _ x: Matrix, _ height: Int, _ width: Int, _ order: PixelOrder, readingColumns: Bool, writingColumns: Bool
) -> Matrix {
  let pixels = height * width
  var result = Matrix(rows: 3 * pixels, columns: 1)
  for p in 0..<pixels {
    let q = (p % width) * height + p / width
    let (from, to) = (readingColumns ? q : p, writingColumns ? q : p)
    for k in 0..<3 {
      switch order {
      case .planar: result[k * pixels + to, 0] = x[3 * from + k, 0]
      case .interleaved: result[3 * to + k, 0] = x[k * pixels + from, 0]
      }
    }
  }
  return result
}

private struct ColumnByColumn: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    reordered(x, height, width, order, readingColumns: false, writingColumns: true)
  }
}

private struct ReadColumnByColumn: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    reordered(x, height, width, order, readingColumns: true, writingColumns: false)
  }
}

private struct PlanesColumnByColumn: VectorizationLesson {
  func reorder(_ x: Matrix, height: Int, width: Int, to order: PixelOrder) -> Matrix {
    reordered(x, height, width, order, readingColumns: order == .interleaved, writingColumns: order == .planar)
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

/// Both sets with another rule for the divisor, which is made of the right σ or range.
private func scaled(
  _ train: Matrix, _ other: Matrix, _ scaling: FeatureScaling, divisor: (_ right: Matrix) -> Matrix
) -> ScaledFeatures {
  let shift = scaling == .standard ? train.rowMeans() : train.rowMinima()
  let right = scaling == .standard ? sqrt(pow(train - shift, 2).rowMeans()) : train.rowMaxima() - shift
  let divisor = divisor(right)
  return ScaledFeatures(train: (train - shift) ./ divisor, other: (other - shift) ./ divisor)
}

private func noZero(_ x: Double) -> Double { x < 1e-12 ? 1 : x }

private struct RangeOfBoth: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    if scaling == .standard { return reference.scale(train: train, other: other, by: scaling) }
    let both = reference.scale(train: Matrix(columns: [train, other]), other: other, by: scaling)
    return ScaledFeatures(train: both.train.columns(0..<train.columns), other: both.other)
  }
}

private struct MeansOfBoth: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    if scaling == .minMax { return reference.scale(train: train, other: other, by: scaling) }
    let both = reference.scale(train: Matrix(columns: [train, other]), other: other, by: scaling)
    return ScaledFeatures(train: both.train.columns(0..<train.columns), other: both.other)
  }
}

private struct AllOfBoth: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    let both = reference.scale(train: Matrix(columns: [train, other]), other: other, by: scaling)
    return ScaledFeatures(train: both.train.columns(0..<train.columns), other: both.other)
  }
}

private struct OtherCutOff: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    var result = reference.scale(train: train, other: other, by: scaling)
    if scaling == .minMax { result.other = min(max(result.other, 0), 1) }
    return result
  }
}

private struct OtherUnscaled: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    ScaledFeatures(train: reference.scale(train: train, other: other, by: scaling).train, other: other)
  }
}

private struct OtherUnshifted: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    let right = reference.scale(train: train, other: other, by: scaling)
    let zeros = Matrix(rows: other.rows, columns: other.columns)
    return ScaledFeatures(
      train: right.train, other: right.other - reference.scale(train: train, other: zeros, by: scaling).other)
  }
}

private struct AlwaysStandard: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    reference.scale(train: train, other: other, by: .standard)
  }
}

private struct SampleDeviation: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    let m = Double(train.columns)
    return scaled(train, other, scaling) { (scaling == .standard ? sqrt(m / (m - 1)) * $0 : $0).map(noZero) }
  }
}

private struct RootOfSum: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    let m = Double(train.columns)
    return scaled(train, other, scaling) { (scaling == .standard ? sqrt(m) * $0 : $0).map(noZero) }
  }
}

private struct DividedByVariance: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { (scaling == .standard ? pow($0, 2) : $0).map(noZero) }
  }
}

private struct PrintedOrder: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) {
      let shift = train.rowMeans()
      return (scaling == .standard ? sqrt(pow(train - shift - shift, 2).rowMeans()) : $0).map(noZero)
    }
  }
}

private struct ScaledTogether: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    let shift = scaling == .standard ? train.mean() : train.min()
    let spread = scaling == .standard ? sqrt(pow(train - shift, 2).mean()) : train.max() - shift
    return ScaledFeatures(train: (train - shift) / noZero(spread), other: (other - shift) / noZero(spread))
  }
}

private struct DividedByMaximum: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { (scaling == .minMax ? train.rowMaxima() : $0).map(noZero) }
  }
}

private struct MeanForMinimum: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    if scaling == .standard { return reference.scale(train: train, other: other, by: scaling) }
    let divisor = (train.rowMaxima() - train.rowMinima()).map(noZero)
    let shift = train.rowMeans()
    return ScaledFeatures(train: (train - shift) ./ divisor, other: (other - shift) ./ divisor)
  }
}

private struct SmallNumberAdded: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { $0 + 1e-8 }
  }
}

private struct ConstantDivided: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { $0 }
  }
}

private struct OnlyDeviationGuarded: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { scaling == .standard ? $0.map(noZero) : $0 }
  }
}

private struct OnlyRangeGuarded: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { scaling == .minMax ? $0.map(noZero) : $0 }
  }
}

private struct ExactlyZeroGuarded: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { $0.map { $0 == 0 ? 1 : $0 } }
  }
}

private struct VarianceGuarded: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { scaling == .standard ? $0.map { $0 * $0 < 1e-12 ? 1 : $0 } : $0.map(noZero) }
  }
}

private struct RaisedToBound: VectorizationLesson {
  func scale(train: Matrix, other: Matrix, by scaling: FeatureScaling) -> ScaledFeatures {
    scaled(train, other, scaling) { max($0, 1e-12) }
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

private struct ForwardMinusBias: VectorizationLesson {
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    reference.forward(X: X, at: LogisticParameters(w: parameters.w, b: -parameters.b))
  }
}

private struct SigmoidSign: VectorizationLesson {
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    let Z = reference.forward(X: X, at: parameters).Z
    return LogisticForward(Z: Z, A: 1 / (1 + exp(Z)))
  }
}

private struct TanhForSigmoid: VectorizationLesson {
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    let Z = reference.forward(X: X, at: parameters).Z
    return LogisticForward(Z: Z, A: tanh(Z))
  }
}

private struct ClassesForProbabilities: VectorizationLesson {
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    let Z = reference.forward(X: X, at: parameters).Z
    return LogisticForward(Z: Z, A: Z .>= 0)
  }
}

private struct ForwardAsColumn: VectorizationLesson {
  func forward(X: Matrix, at parameters: LogisticParameters) -> LogisticForward {
    let forward = reference.forward(X: X, at: parameters)
    return LogisticForward(Z: forward.Z.T, A: forward.A.T)
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

private struct CostHalved: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    reference.cost(A: A, Y: Y) / 2
  }
}

private struct CostInBits: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    reference.cost(A: A, Y: Y) / log(2.0)
  }
}

private struct CostOneSign: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    ((1 - Y) .* log(max(1 - A, logFloor)) - Y .* log(max(A, logFloor))).mean()
  }
}

private struct CostInfinite: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    -log(Y .* A + (1 - Y) .* (1 - A)).mean()
  }
}

private struct CostFloorOutside: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    -(Y .* max(log(A), logFloor) + (1 - Y) .* max(log(1 - A), logFloor)).mean()
  }
}

private struct CostFloorLarge: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    costWithFloor(1e-7, A, Y)
  }
}

private struct CostFloorOther: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    costWithFloor(1e-15, A, Y)
  }
}

private func costWithFloor(_ floor: Double, _ A: Matrix, _ Y: Matrix) -> Double {
  -(Y .* log(max(A, floor)) + (1 - Y) .* log(max(1 - A, floor))).mean()
}

private struct CostExchanged: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    reference.cost(A: Y, Y: A)
  }
}

private struct CostOfTable: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    reference.cost(A: A, Y: Y.T)
  }
}

private struct CostWithoutBrackets: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    -(Y .* log(max(A, logFloor)) + 1 - Y .* log(max(1 - A, logFloor))).mean()
  }
}

private struct CostSquaredHalf: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    pow(A - Y, 2).mean() / 2
  }
}

private struct CostSquared: VectorizationLesson {
  func cost(A: Matrix, Y: Matrix) -> Double {
    pow(A - Y, 2).mean()
  }
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

private struct DZOfTable: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    reference.backward(X: X, A: A, Y: Y.T)
  }
}

private struct DZWithSlope: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    let dZ = (A - Y) .* A .* (1 - A)
    let m = Double(X.columns)
    return LogisticBackward(dZ: dZ, dw: X * dZ.T / m, db: dZ.sum() / m)
  }
}

private struct AveragedTwice: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    let m = Double(X.columns)
    let g = reference.backward(X: X, A: A, Y: Y)
    return LogisticBackward(dZ: g.dZ / m, dw: g.dw / m, db: g.db / m)
  }
}

private struct BothNotAveraged: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    let dZ = A - Y
    return LogisticBackward(dZ: dZ, dw: X * dZ.T, db: dZ.sum())
  }
}

private struct DividedByFeatures: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    let dZ = A - Y
    let n = Double(X.rows)
    return LogisticBackward(dZ: dZ, dw: X * dZ.T / n, db: dZ.sum() / n)
  }
}

private struct TwiceTheGradient: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    var g = reference.backward(X: X, A: A, Y: Y)
    g.dw = 2 * g.dw
    g.db *= 2
    return g
  }
}

private struct DwOfA: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    var g = reference.backward(X: X, A: A, Y: Y)
    g.dw = X * A.T / Double(X.columns)
    return g
  }
}

private struct DwSign: VectorizationLesson {
  func backward(X: Matrix, A: Matrix, Y: Matrix) -> LogisticBackward {
    var g = reference.backward(X: X, A: A, Y: Y)
    g.dw = -g.dw
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

/// Gradient descent with another update; it stops early where `stops` says so of a cost and the one before it.
private func descended(
  _ X: Matrix, _ Y: Matrix, from start: LogisticParameters, steps: Int,
  stops: (_ cost: Double, _ before: Double) -> Bool = { _, _ in false },
  update: (inout LogisticParameters, _ gradient: LogisticBackward) -> Void
) -> LogisticTraining {
  var result = LogisticTraining(parameters: start, costs: [])
  for _ in 0..<steps {
    let A = reference.forward(X: X, at: result.parameters).A
    let cost = reference.cost(A: A, Y: Y)
    if let before = result.costs.last, stops(cost, before) { break }
    result.costs.append(cost)
    update(&result.parameters, reference.backward(X: X, A: A, Y: Y))
  }
  return result
}

private struct FrozenWeights: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, steps: steps) { $0.b -= rate * $1.db }
  }
}

private struct FrozenBias: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, steps: steps) { $0.w -= rate * $1.dw }
  }
}

private struct WeightsAscend: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, steps: steps) {
      $0.w += rate * $1.dw
      $0.b -= rate * $1.db
    }
  }
}

private struct BiasAscends: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, steps: steps) {
      $0.w -= rate * $1.dw
      $0.b += rate * $1.db
    }
  }
}

private struct BiasAfterWeights: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, steps: steps) { parameters, g in
      parameters.w -= rate * g.dw
      parameters.b -= rate * (reference.forward(X: X, at: parameters).A - Y).mean()
    }
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

private struct SummedSteps: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: start, rate: rate * Double(X.columns), steps: steps)
  }
}

private struct RateLeftOut: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: start, rate: 1, steps: steps)
  }
}

private struct StartsAtZeros: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    let zeros = LogisticParameters(w: Matrix(rows: X.rows, columns: 1), b: 0)
    return reference.train(X: X, Y: Y, from: zeros, rate: rate, steps: steps)
  }
}

private struct AlwaysFromStart: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, steps: steps) {
      $0 = LogisticParameters(w: start.w - rate * $1.dw, b: start.b - rate * $1.db)
    }
  }
}

private struct GradientFrozen: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    let g = reference.backward(X: X, A: reference.forward(X: X, at: start).A, Y: Y)
    return descended(X, Y, from: start, steps: steps) { parameters, _ in
      parameters.w -= rate * g.dw
      parameters.b -= rate * g.db
    }
  }
}

private struct ReturnsStart: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    LogisticTraining(
      parameters: start, costs: reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps).costs)
  }
}

private struct FinalCostAppended: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.costs.append(reference.cost(A: reference.forward(X: X, at: result.parameters).A, Y: Y))
    return result
  }
}

private struct CostSums: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.costs = result.costs.map { $0 * Double(X.columns) }
    return result
  }
}

private struct OneStepLess: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: start, rate: rate, steps: max(steps - 1, 0))
  }
}

private struct StopsAtRise: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, steps: steps, stops: { $0 > $1 }) {
      $0.w -= rate * $1.dw
      $0.b -= rate * $1.db
    }
  }
}

private struct StopsAtRest: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, steps: steps, stops: { abs($0 - $1) < 1e-6 }) {
      $0.w -= rate * $1.dw
      $0.b -= rate * $1.db
    }
  }
}

/// Gradient descent with another σ and another cost.
private func descended(
  _ X: Matrix, _ Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int,
  sigmoid: (Matrix) -> Matrix, cost: (Matrix) -> Double
) -> LogisticTraining {
  var result = LogisticTraining(parameters: start, costs: [])
  for _ in 0..<steps {
    let A = sigmoid(reference.forward(X: X, at: result.parameters).Z)
    result.costs.append(cost(A))
    let g = reference.backward(X: X, A: A, Y: Y)
    result.parameters.w -= rate * g.dw
    result.parameters.b -= rate * g.db
  }
  return result
}

private struct TrainWithoutFloor: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, rate: rate, steps: steps) {
      1 / (1 + exp(-$0))
    } cost: {
      -(Y .* log($0) + (1 - Y) .* log(1 - $0)).mean()
    }
  }
}

private struct OverflowingTraining: VectorizationLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    descended(X, Y, from: start, rate: rate, steps: steps) {
      exp($0) ./ (1 + exp($0))
    } cost: {
      reference.cost(A: $0, Y: Y)
    }
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

private struct LongestTimes: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions, now, loop, vectorized) { $0.max() ?? 0 }
  }
}

private struct MedianTimes: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions, now, loop, vectorized) { $0.sorted()[$0.count / 2] }
  }
}

private struct FirstTime: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions, now, loop, vectorized) { $0.first ?? 0 }
  }
}

private struct LastTime: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions, now, loop, vectorized) { $0.last ?? 0 }
  }
}

private struct ProgramsExchanged: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions, now, vectorized, loop) { $0.min() ?? 0 }
  }
}

private struct RatioInverted: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    var result = comparison(repetitions, now, loop, vectorized) { $0.min() ?? 0 }
    result.ratio = 1 / result.ratio
    return result
  }
}

private struct LargestRatio: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    let slow = times(repetitions, now, loop)
    let fast = times(repetitions, now, vectorized)
    return TimeComparison(
      loop: slow.min() ?? 0, vectorized: fast.min() ?? 0, ratio: zip(slow, fast).map { $0 / $1 }.max() ?? 0)
  }
}

private struct RatioOfTotals: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    let slow = times(repetitions, now, loop)
    let fast = times(repetitions, now, vectorized)
    return TimeComparison(
      loop: slow.min() ?? 0, vectorized: fast.min() ?? 0, ratio: slow.reduce(0, +) / fast.reduce(0, +))
  }
}

private struct OneRunMore: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions + 1, now, loop, vectorized) { $0.min() ?? 0 }
  }
}

private struct OneRunLess: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(max(repetitions - 1, 0), now, loop, vectorized) { $0.min() ?? .infinity }
  }
}

private struct TimesOfZero: VectorizationLesson {
  func compare(repetitions: Int, now: () -> Double, loop: () -> Void, vectorized: () -> Void) -> TimeComparison {
    comparison(repetitions, now, loop, vectorized) { _ in 0 }
  }
}
