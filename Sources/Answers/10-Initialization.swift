import Curriculum
import Grading
@testable import InitializationSolution

private let reference = Initialization()

private let uniformExplanation =
  "The contract asks for normal weights: `normal()`. A uniform number of the same deviation is never further than 1.73 deviations from 0; a normal one is beyond 2 in 4.6 % of the cases. (Uniform weights would train as well: only their variance matters in the derivation.)"
private let transposedExplanation =
  "W[l] has a row for each unit of layer l and a column for each unit below: (n_l, n_{l−1})."
private let biasExplanation =
  "b is 0 at the start. It has no symmetry to break: the units of a layer differ already by their weights."
private let rootExplanation =
  "The derivation gives the variance. The deviation, by which a normal number is multiplied, is its square root."

let initialization = Answers<any InitializationLesson>(
  .initialization, initializationSteps, reference,
  mistakes: [
    Mistake(
      "10.1", "the weights are 1 at the start", StartOfOnes(),
      "All alike is not yet all zero: asked for is the zero start."),
    Mistake(
      "10.1", "b is 1 at the start", StartBiasOne(), "All-zero layers: b is 0 like W."),
    Mistake("10.1", "W is transposed", StartTransposed(), transposedExplanation),
    Mistake("10.1", "b is a row", StartBiasRow(), "b is a column (n_l, 1)."),
    Mistake(
      "10.1", "the layers after the training are returned as the start", StartIsTrained(),
      "`start` is what goes into `train`, all zeros; only the spreads are of what comes out."),
    Mistake(
      "10.1", "the spreads are all 0", SpreadsOfStart(),
      "Before the training they are, by construction. Asked for is how far apart the units are after it: hand all L zero layers to `train`, and take what it returns. (Layers of other shapes come back as they are.)"
    ),
    Mistake(
      "10.1", "`train` is never run, and the spreads are all 0", SpreadsWithoutTraining(),
      "Before the training they are, by construction. Asked for is how far apart the units are after it: call `train`, on the zero layers."
    ),
    Mistake(
      "10.1", "the training is run twice, the second time on what the first returned", SpreadsTrainedTwice(),
      "Call `train` once, on the zero layers."),
    Mistake(
      "10.1", "the training is run twice on the zero layers", SpreadsTrainedAnew(),
      "Once is enough, and a training takes long: keep what `train` returns in a constant."),
    Mistake(
      "10.1", "the training is run as often as there are layers", SpreadsTrainedByLayer(),
      "Once is enough, and a training takes long: it returns all layers. Keep them in a constant before the loop."),
    Mistake(
      "10.1", "the first layer is left out instead of the last", SpreadsWithoutFirst(),
      "Hidden layers are 1 … L − 1: all but the last, `dropLast()`."),
    Mistake(
      "10.1", "only the first and the last unit are compared", SpreadsOfEnds(),
      "Two other units may be further apart: the greatest entry of the column less the least."),
    Mistake(
      "10.1", "of two units only the later one is subtracted from the earlier", SpreadsSigned(),
      "The difference may be negative that way round: take `abs`, or the greatest entry of the column less the least."),
    Mistake(
      "10.1", "the greatest and the least entry of a column are searched from 0 on", SpreadsFromZero(),
      "A column may be all positive or all negative: begin with one of its entries, or use `columnMaxima()` and `columnMinima()`."
    ),
    Mistake(
      "10.1", "the output layer is among them", SpreadsWithOutput(),
      "Hidden layers only: 1 … L − 1. The rows of the last layer are the outputs, which the labels tell apart."),
    Mistake(
      "10.1", "the columns of W are compared instead of its rows", SpreadsOfColumns(),
      "A unit's weights are a row of W. For each column, that is for each input, compare the units."),
    Mistake(
      "10.1", "the greatest and the least entry are taken of the whole W", SpreadsOfAll(),
      "Units are compared input by input: two alike units may well have different weights for different inputs. Take the range in each column, then the largest."
    ),
    Mistake(
      "10.1", "units are compared with the first one only", SpreadsFromFirst(),
      "Two other units may be further apart: the greatest entry of the column less the least."),
    Mistake(
      "10.1", "each unit is compared with the next one only", SpreadsOfNeighbours(),
      "Two units that are not neighbours may be further apart: the greatest entry of the column less the least."),
    Mistake(
      "10.1", "the differences are added up over the columns", SpreadsSummed(),
      "The largest column's range, not the sum of all."),
    Mistake(
      "10.1", "the ranges of the columns are averaged", SpreadsAveraged(), "The largest column's range, not the mean."),
    Mistake(
      "10.1", "the difference of two rows is measured by its length", SpreadsAsLengths(),
      "√(Σ differences²) mixes the columns. Asked for is the largest difference in a single column."),
    Mistake(
      "10.1", "the smallest column's range is taken", SpreadsSmallest(), "The largest of them: `max()` at the end."),
    Mistake(
      "10.1", "the differences of b count too", SpreadsWithBias(),
      "The contract asks for W alone: its rows may be alike although the b of the units differ."),

    Mistake("10.2", "the weights are uniform instead of normal", UniformOfDeviation(), uniformExplanation),
    Mistake(
      "10.2", "the weights are uniform between −deviation and deviation", UniformBetween(),
      "They are asked for normal, and such a number has only the deviation divided by √3: `normal()` times the deviation."
    ),
    Mistake(
      "10.2", "the weights are uniform between 0 and deviation", UniformFromZero(),
      "`uniform()` is from 0 to 1, never negative. A weight needs mean 0: `normal()` times the deviation."),
    Mistake(
      "10.2", "the deviation is left out", StandardNormal(), "Multiply: a normal number times the deviation."),
    Mistake(
      "10.2", "the deviation is added", DeviationAdded(),
      "That shifts the mean to the deviation, and the weights spread by 1. Multiply: a normal number times the deviation."
    ),
    Mistake(
      "10.2", "the deviation is √(1/n_in)", RandomXavier(),
      "That is Xavier's, in 10.3. Here the deviation is handed in: use `deviation`."),
    Mistake(
      "10.2", "the deviation is 0.01, whatever is asked", AlwaysSmall(),
      "Asked for is the deviation that is handed in: use `deviation`."),
    Mistake(
      "10.2", "√deviation is the factor", RootOfDeviation(),
      "What a normal number is multiplied by is its standard deviation. A root would be needed only if a variance were given."
    ),
    Mistake(
      "10.2", "the factor is deviation²", SquareOfDeviation(),
      "`deviation` is a standard deviation: multiply the normal number by it once."),
    Mistake("10.2", "b is random too", RandomBiases(), biasExplanation),
    Mistake("10.2", "W is transposed", RandomTransposed(), transposedExplanation),
    Mistake("10.2", "b is a row", RandomBiasRow(), "b is a column (n_l, 1)."),
    Mistake(
      "10.2", "the last layer is missing", LastLayerMissing(),
      "L + 1 sizes make L layers: one for each pair of neighbours."),
    Mistake(
      "10.2", "the generator that was handed in is neither used nor moved", OwnGenerator(),
      "A generator of your own with a fixed seed gives the same start for every seed. Draw from `generator`."),
    Mistake(
      "10.2", "the numbers do not come from the generator", SystemRandom(),
      "Then no start can be repeated. Draw from `generator`: the same seed gives the same weights."),
    Mistake(
      "10.2", "a copy of the generator is drawn from", CopiedGenerator(),
      "`var g = generator` leaves the one outside where it was: the next call gives the same numbers once more. Draw from `generator` itself, with `&generator` where it is passed on."
    ),
    Mistake(
      "10.2", "each layer begins with a new copy of the generator", CopiedForEachLayer(),
      "Every layer gets the same numbers then. Draw from `generator` itself, with `&generator` where it is passed on."),
    Mistake(
      "10.2", "all units of a layer get the same weights", UnitsAlike(),
      "That is the symmetry that random weights are to break: every entry of W is a draw of its own."),
    Mistake(
      "10.2", "all layers begin with the same random numbers", SameForEachLayer(),
      "So it is when each layer draws from a copy of the generator, although the generator itself moves on later. Draw from `generator`, with `&generator` where it is passed on."
    ),
    Mistake(
      "10.2", "no weight is further than 3.5 deviations from the mean", CutAtThree(),
      "Of normal numbers one in 2000 is. Take `normal()` as it comes: nothing is cut off or drawn again."),

    Mistake(
      "10.3", "Xavier and Glorot are exchanged", SchemesExchanged(),
      "Xavier is √(1/n_in), Glorot √(2/(n_in + n_out))."),
    Mistake(
      "10.3", "Xavier's deviation is used for both", AlwaysXavier(), "`.glorot` asks for √(2/(n_in + n_out))."),
    Mistake("10.3", "Glorot's deviation is used for both", AlwaysGlorot(), "`.xavier` asks for √(1/n_in)."),
    Mistake(
      "10.3", "Xavier's deviation is √(1/n_out)", XavierOfOutputs(),
      "A score is a sum over the inputs: n_in = n_{l−1}, the number of columns of W."),
    Mistake(
      "10.3", "Xavier's deviation is √(2/n_in)", XavierWithTwo(), "That is He's, for ReLU: Xavier's is √(1/n_in)."),
    Mistake(
      "10.3", "Glorot's deviation is √(1/(n_in + n_out))", GlorotWithoutTwo(),
      "The variance is one over the mean of n_in and n_out, (n_in + n_out)/2: the 2 stands above."),
    Mistake(
      "10.3", "Glorot's deviation is √(6/(n_in + n_out))", GlorotLimit(),
      "That is the limit of the uniform version, from −limit to limit, whose deviation is √(2/(n_in + n_out))."),
    Mistake(
      "10.3", "the roots are left out", XavierVariance(), rootExplanation),
    Mistake("10.3", "the weights are uniform, with the right deviations", XavierUniform(), uniformExplanation),
    Mistake(
      "10.3", "Xavier's weights are uniform between −√(1/n_in) and √(1/n_in)", XavierUniformBetween(),
      "They are asked for normal, and such a number has only the deviation √(1/(3 n_in)). (It is what some libraries take when nothing is said.)"
    ),
    Mistake(
      "10.3", "the deviation is 0.01 in every layer", XavierSmall(),
      "That is 10.2's small start. Here it is computed for each layer, from n_in, or from n_in and n_out."),
    Mistake(
      "10.3", "both fractions are computed with whole numbers", XavierIntegers(),
      "A quotient of two `Int`s drops what comes behind the point, so `1 / nIn` is 0 from 2 inputs on. Divide `Double`s: `1 / Double(nIn)`."
    ),
    Mistake(
      "10.3", "Xavier's 1/n_in is computed with whole numbers", XavierIntegersOnly(),
      "A quotient of two `Int`s drops what comes behind the point, so `1 / nIn` is 0 from 2 inputs on. Divide `Double`s: `1 / Double(nIn)`."
    ),
    Mistake(
      "10.3", "Glorot's 2/(n_in + n_out) is computed with whole numbers", GlorotIntegersOnly(),
      "A quotient of two `Int`s drops what comes behind the point, so that this one is 0 from a sum of 3 on. Divide `Double`s: `2 / Double(nIn + nOut)`."
    ),
    Mistake(
      "10.3", "(n_in + n_out)/2 is computed with whole numbers", GlorotHalfIntegers(),
      "A quotient of two `Int`s drops the half of an odd sum. Divide `Double`s: `2 / Double(nIn + nOut)`."),
    Mistake(
      "10.3", "Xavier's root is left out", XavierVarianceOnly(), rootExplanation),
    Mistake(
      "10.3", "Glorot's root is left out", GlorotVarianceOnly(), rootExplanation),
    Mistake(
      "10.3", "all weights are 0", XavierZeros(), "Zeros do not part the units (10.1): a deviation times `normal()`."),
    Mistake(
      "10.3", "n_in is the number of features in every layer", XavierOfFirst(),
      "Each layer has its own: n_in = n_{l−1}, the number of columns of W[l]."),
    Mistake("10.3", "W is transposed", XavierTransposed(), transposedExplanation),
    Mistake("10.3", "b is random too", XavierBiases(), biasExplanation),
    Mistake(
      "10.3", "each layer begins with a new copy of the generator", XavierCopied(),
      "Every layer gets the same numbers then, up to their scale. Draw from `generator` itself, with `&generator` where it is passed on."
    ),

    Mistake(
      "10.4", "the deviation is √(1/n_in)", HeWithoutTwo(),
      "That is Xavier's. ReLU sets half of the signal to 0, and the 2 makes up for it."),
    Mistake(
      "10.4", "the deviation is 2/n_in", HeVariance(), rootExplanation),
    Mistake(
      "10.4", "the deviation is √2/n_in", HeRootOfTwo(),
      "The root goes over the whole fraction: `sqrt(2 / Double(nIn))`."),
    Mistake(
      "10.4", "the deviation is 2/√n_in", HeTwoOverRoot(),
      "The root goes over the whole fraction, over the 2 too: `sqrt(2 / Double(nIn))`."),
    Mistake(
      "10.4", "the deviation is √(4/(n_in + n_out))", HeOfBoth(),
      "That is 2 over the mean of n_in and n_out. Here n_in stands alone under the 2."),
    Mistake(
      "10.4", "n_in/2 is computed with whole numbers", HeHalfIntegers(),
      "A quotient of two `Int`s drops the half of an odd n_in. Divide `Double`s: `2 / Double(nIn)`."),
    Mistake(
      "10.4", "the deviation is √(2/n_out)", HeOfOutputs(),
      "A score is a sum over the inputs: n_in = n_{l−1}, the number of columns of W."),
    Mistake(
      "10.4", "the deviation is √(2/(n_in + n_out))", HeIsGlorot(), "That is Glorot's: He's has n_in alone."),
    Mistake(
      "10.4", "the deviation is √(6/n_in)", HeLimit(),
      "That is the limit of the uniform version, from −limit to limit, whose deviation is √(2/n_in)."),
    Mistake("10.4", "the weights are uniform, with the right deviation", HeUniform(), uniformExplanation),
    Mistake(
      "10.4", "2/n_in is computed with whole numbers", HeIntegers(),
      "A quotient of two `Int`s drops what comes behind the point: 2, 1, and then 0 from 3 inputs on, which makes every weight 0. Divide `Double`s: `2 / Double(nIn)`."
    ),
    Mistake(
      "10.4", "n_in is the number of features in every layer", HeOfFirst(),
      "Each layer has its own: n_in = n_{l−1}, the number of columns of W[l]."),
    Mistake(
      "10.4", "the deviation is 0.01 in every layer", HeSmall(),
      "That is 10.2's small start. Here it is √(2/n_in), computed for each layer."),
    Mistake("10.4", "W is transposed", HeTransposed(), transposedExplanation),
    Mistake("10.4", "b is random too", HeBiases(), biasExplanation),
    Mistake(
      "10.4", "the weights below 0 are set to 0", HeRectified(),
      "ReLU works on the scores, not on the weights: the weights are normal, with both signs."),

    Mistake(
      "10.5", "g' is taken at A instead of Z", SlopeAtA(), "`gPrime` takes the scores Z: keep them on the way forward."),
    Mistake(
      "10.5", "g' is left out", SlopeLeftOut(), "dZ = dA ∘ g'(Z): without it every layer counts as linear."),
    Mistake(
      "10.5", "g' is left out in the last layer", SlopeLeftOutOnTop(),
      "The output layer has g like the others, and dA comes from above it: dZ[L] = dA ∘ g'(Z[L])."),
    Mistake(
      "10.5", "g' is left out in all layers but the last", SlopeOnTopOnly(),
      "Every layer has its own slope: dZ[l] = dA[l] ∘ g'(Z[l])."),
    Mistake(
      "10.5", "g' is left out in layer 1", SlopeLeftOutBelow(),
      "Every layer has its own slope, the last one on the way too: dZ[1] = dA[1] ∘ g'(Z[1])."),
    Mistake(
      "10.5", "the slopes are taken without their sign", SlopeMagnitude(),
      "A function may fall: dZ = dA ∘ g'(Z), with g' as it is."),
    Mistake(
      "10.5", "the norm of db is taken", NormsOfBias(), "dW = dZ A_prevᵀ/m: the norm of the weights' gradient."),
    Mistake(
      "10.5", "dW is divided by √m", NormsByRoot(), "J is the mean over m examples: divide by m."),
    Mistake(
      "10.5", "dW is divided by n_l", NormsByUnits(), "m is the number of examples, of columns: `X.columns`."),
    Mistake(
      "10.5", "the examples' own norms are averaged", NormsByExample(),
      "The gradients of the examples add up first, and may cancel: the norm of the mean, dZ A_prevᵀ/m."),
    Mistake(
      "10.5", "b is left out of the scores", NormsWithoutBias(),
      "Z[l] = W[l] A[l−1] + b[l]: the slopes are taken there."),
    Mistake("10.5", "1/m is left out", NormsNotAveraged(), "dW = dZ A_prevᵀ/m: J is a mean over the examples."),
    Mistake(
      "10.5", "1/m is in dZ as well", NormsAveragedInEveryLayer(),
      "Carried down in dZ, it comes once more with each layer. It stands in dW only, which is not handed on."),
    Mistake(
      "10.5", "1/m is handed down with the gradient", NormsAveragedInDZ(),
      "Carried down in dZ, it comes once more with each layer. It stands in dW only, which is not handed on."),
    Mistake(
      "10.5", "dW is divided by m − 1", NormsByOneLess(), "J is the mean over m examples: divide by m."),
    Mistake(
      "10.5", "g stands for g'", ValueForSlope(), "dZ = dA ∘ g'(Z): the slope, `gPrime`, not the value."),
    Mistake(
      "10.5", "the slope of the last layer is there twice", SlopeTwiceOnTop(),
      "The given dA is by A[L], and dZ[L] = dA ∘ g'(Z[L]). If that stands before the loop, the loop must not do it once more."
    ),
    Mistake(
      "10.5", "the norm of W is taken", NormsOfW(), "‖dW‖: that of the gradient, not that of the weights."),
    Mistake(
      "10.5", "1/m is there twice", NormsAveragedTwice(), "Once: dW = dZ A_prevᵀ/m."),
    Mistake(
      "10.5", "the last layer's norm comes first", NormsReversed(), "Layer 1 first, although the pass ends there."),
    Mistake("10.5", "the root is left out", NormsSquared(), "‖dW‖ = √(Σ entries²): `norm()` takes the root too."),
    Mistake(
      "10.5", "the root of the mean square is taken", NormsRootMeanSquare(),
      "‖dW‖ is the root of the sum: nothing is divided by the number of entries."),
    Mistake(
      "10.5", "the absolute values are added up", NormsAbsolute(), "‖dW‖_F = √(Σ entries²): square, add, take the root."
    ),
    Mistake(
      "10.5", "the largest absolute value is taken", NormsLargest(), "‖dW‖_F = √(Σ entries²): all entries count."),
    Mistake(
      "10.5", "X stands for A_prev in every layer", NormsWithX(),
      "dW[l] has as factor what went into layer l: A[l−1]. That is X in layer 1 only."),
    Mistake(
      "10.5", "A[l] stands for A[l−1]", NormsWithOwnOutput(),
      "dW[l] has as factor what went into layer l, not what came out. Mind where the list of A begins: with X."),
    Mistake("10.5", "the norm of dZ is taken", NormsOfDZ(), "dW = dZ A_prevᵀ/m: one product is missing."),
    Mistake(
      "10.5", "db is in the norm too", NormsWithBiasGradient(), "‖dW‖ alone: db is another parameter's gradient."),
    Mistake(
      "10.5", "g' is in dW, but not in what is handed down", SlopeNotHandedDown(),
      "dA[l−1] = W[l]ᵀ dZ[l], with dZ and not dA: the slope counts for all layers below."),

    Mistake(
      "10.6", "the sum of squares is divided by one less than the count", SampleDeviation(),
      "The contract divides by the count; by one less, a single number's deviation is 0/0."),
    Mistake(
      "10.6", "the sum of squares is divided by one less than the count, where that is not 0", SampleDeviationGuarded(),
      "The contract divides by the count: nothing is estimated, these are all the numbers."),
    Mistake(
      "10.6", "the variance is returned", VarianceForDeviation(), "The deviation is its square root."),
    Mistake(
      "10.6", "the mean is not subtracted in the deviation", RootMeanSquare(),
      "√(mean of a²) is the distance from 0. Asked for is that from the mean: √(mean of (a − mean)²)."),
    Mistake(
      "10.6", "the mean absolute distance from the mean is returned as the deviation", MeanAbsoluteDistance(),
      "√(mean of (a − mean)²): square, average, take the root."),
    Mistake(
      "10.6", "the deviation is the mean of the units' own deviations", DeviationByUnit(),
      "Over all units and examples at once: what the units' means differ by belongs to it."),
    Mistake(
      "10.6", "the statistics are those of Z", StatisticsOfZ(), "Of A = g(Z): what the layer hands on."),
    Mistake(
      "10.6", "X is among them", StatisticsWithX(), "l = 1 … L: X = A[0] is put in, not put out."),
    Mistake(
      "10.6", "the last layer is missing", StatisticsWithoutLast(), "l = 1 … L: the output layer counts."),
    Mistake("10.6", "b is left out of the scores", StatisticsWithoutBias(), "Z[l] = W[l] A[l−1] + b[l]."),
    Mistake(
      "10.6", "g is left out in the last layer", StatisticsLinearTop(), "The output layer has g like the others."),
    Mistake("10.6", "zeros are counted, not their share", ZerosCounted(), "Divide by the number of entries."),
    Mistake(
      "10.6", "the zeros are divided by the number of units", ZerosOverUnits(),
      "Divide by the number of all entries, units times examples."),
    Mistake("10.6", "the zeros are in per cent", ZerosInPercent(), "A share, from 0 to 1."),
    Mistake(
      "10.6", "the share of negative activations is taken", ShareOfNegative(), "Asked for is the share of exact zeros."),
    Mistake(
      "10.6", "the deviation is the mean of the examples' own deviations", DeviationByExample(),
      "Over all units and examples at once: what the examples' means differ by belongs to it."),
    Mistake(
      "10.6", "zeros are counted for each example, not as a share", ZerosByExample(),
      "Divide by the number of all entries, units times examples."),
    Mistake(
      "10.6", "the share of what is not 0 is taken", ShareOfNonzero(), "Asked for is the share of zeros."),
    Mistake(
      "10.6", "zeros are all that is not positive", ZerosNotPositive(),
      "Right for ReLU and σ only; tanh, and others, have negative values. Compare with == 0."),
    Mistake(
      "10.6", "very small activations count as zeros", ZerosNearly(),
      "A vanishing signal is small and not 0: that is what this statistic tells apart. Compare with == 0."),
    Mistake(
      "10.6", "the share of units that are 0 for every example is taken", ZerosByUnit(),
      "That is the share of dead units. Asked for is the share of entries of A that are 0."),
    Mistake(
      "10.6", "the mean is that of the absolute values", MeanOfMagnitudes(),
      "The plain mean: negative activations count as negative."),
  ])

// MARK: 10.1

private func zeroLayers(_ sizes: [Int]) -> [Layer] { reference.zeroStart(sizes: sizes) { $0 }.start }

private struct StartOfOnes: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    let start = zeroLayers(sizes).map { Layer(W: $0.W + 1, b: $0.b) }
    return SymmetryReport(start: start, spreads: spreads(train(start)))
  }
}

private struct StartBiasOne: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    let start = zeroLayers(sizes).map { Layer(W: $0.W, b: $0.b + 1) }
    return SymmetryReport(start: start, spreads: spreads(train(start)))
  }
}

private struct StartTransposed: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    let start = zeroLayers(sizes).map { Layer(W: $0.W.T, b: $0.b) }
    return SymmetryReport(start: start, spreads: spreads(train(start)))
  }
}

private struct StartBiasRow: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    let start = zeroLayers(sizes).map { Layer(W: $0.W, b: $0.b.T) }
    return SymmetryReport(start: start, spreads: spreads(train(start)))
  }
}

private struct StartIsTrained: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    let after = train(zeroLayers(sizes))
    return SymmetryReport(start: after, spreads: spreads(after))
  }
}

/// The reference's start, and spreads as `spreads` has them from all layers before and after.
private func report(
  _ sizes: [Int], _ train: ([Layer]) -> [Layer], spreads: (_ before: [Layer], _ after: [Layer]) -> [Double]
) -> SymmetryReport {
  let start = zeroLayers(sizes)
  return SymmetryReport(start: start, spreads: spreads(start, train(start)))
}

private func range(of W: Matrix) -> Double { (W.columnMaxima() - W.columnMinima()).max() }

private func spreads(_ layers: [Layer]) -> [Double] { layers.dropLast().map { range(of: $0.W) } }

private struct SpreadsOfStart: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { before, _ in spreads(before) }
  }
}

private struct SpreadsWithoutTraining: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, { $0 }) { before, _ in spreads(before) }
  }
}

private struct SpreadsTrainedAnew: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { before, _ in spreads(train(before)) }
  }
}

private struct SpreadsTrainedByLayer: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, { $0 }) { before, _ in spreads(before.indices.map { train(before)[$0] }) }
  }
}

private struct SpreadsWithoutFirst: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in after.dropFirst().map { range(of: $0.W) } }
  }
}

private struct SpreadsOfEnds: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in
      after.dropLast().map { abs($0.W.row(0) - $0.W.row($0.W.rows - 1)).max() }
    }
  }
}

private struct SpreadsSigned: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in
      after.dropLast().map { layer in
        let rows = (0..<layer.W.rows).map { layer.W.row($0) }
        return rows.indices.flatMap { i in rows[i...].map { (rows[i] - $0).max() } }.max() ?? 0
      }
    }
  }
}

private struct SpreadsFromZero: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in
      after.dropLast().map { (max($0.W.columnMaxima(), 0) - min($0.W.columnMinima(), 0)).max() }
    }
  }
}

private struct SpreadsWithOutput: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in after.map { range(of: $0.W) } }
  }
}

private struct SpreadsOfColumns: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in after.dropLast().map { range(of: $0.W.T) } }
  }
}

private struct SpreadsOfAll: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in after.dropLast().map { $0.W.max() - $0.W.min() } }
  }
}

private struct SpreadsFromFirst: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in after.dropLast().map { abs($0.W - $0.W.row(0)).max() } }
  }
}

private struct SpreadsOfNeighbours: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in
      after.dropLast().map { layer in
        (1..<max(layer.W.rows, 1)).map { abs(layer.W.row($0) - layer.W.row($0 - 1)).max() }.max() ?? 0
      }
    }
  }
}

private struct SpreadsSummed: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in
      after.dropLast().map { ($0.W.columnMaxima() - $0.W.columnMinima()).sum() }
    }
  }
}

private struct SpreadsTrainedTwice: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in spreads(train(after)) }
  }
}

private struct SpreadsAveraged: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in
      after.dropLast().map { ($0.W.columnMaxima() - $0.W.columnMinima()).mean() }
    }
  }
}

private struct SpreadsAsLengths: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in
      after.dropLast().map { layer in
        let rows = (0..<layer.W.rows).map { layer.W.row($0) }
        return rows.flatMap { row in rows.map { (row - $0).norm() } }.max() ?? 0
      }
    }
  }
}

private struct SpreadsSmallest: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in
      after.dropLast().map { ($0.W.columnMaxima() - $0.W.columnMinima()).min() }
    }
  }
}

private struct SpreadsWithBias: InitializationLesson {
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    report(sizes, train) { _, after in after.dropLast().map { max(range(of: $0.W), range(of: $0.b)) } }
  }
}

// MARK: 10.2

/// One layer for each pair of neighbouring sizes, b all zeros.
private func layers(_ sizes: [Int], W: (_ nIn: Int, _ nOut: Int) -> Matrix) -> [Layer] {
  zip(sizes, sizes.dropFirst()).map { Layer(W: W($0, $1), b: Matrix(rows: $1, columns: 1)) }
}

/// Uniform weights of mean 0 and this standard deviation.
private func uniform(
  _ nIn: Int, _ nOut: Int, deviation: Double, using generator: inout SeededGenerator
) -> Matrix {
  sqrt(3) * deviation * (2 * generator.uniform(rows: nOut, columns: nIn) - 1)
}

private struct UniformOfDeviation: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) { uniform($0, $1, deviation: deviation, using: &generator) }
  }
}

private struct UniformBetween: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) { uniform($0, $1, deviation: deviation / sqrt(3), using: &generator) }
  }
}

private struct UniformFromZero: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) { deviation * generator.uniform(rows: $1, columns: $0) }
  }
}

private struct StandardNormal: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    reference.randomLayers(sizes: sizes, deviation: 1, using: &generator)
  }
}

private struct AlwaysSmall: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    reference.randomLayers(sizes: sizes, deviation: 0.01, using: &generator)
  }
}

private struct RootOfDeviation: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    reference.randomLayers(sizes: sizes, deviation: sqrt(deviation), using: &generator)
  }
}

private struct SquareOfDeviation: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    reference.randomLayers(sizes: sizes, deviation: deviation * deviation, using: &generator)
  }
}

/// The same layers with b drawn like W.
private func withRandomBiases(
  _ layers: [Layer], deviation: Double, using generator: inout SeededGenerator
) -> [Layer] {
  layers.map { Layer(W: $0.W, b: deviation * generator.normal(rows: $0.b.rows, columns: 1)) }
}

private struct RandomBiases: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    let layers = reference.randomLayers(sizes: sizes, deviation: deviation, using: &generator)
    return withRandomBiases(layers, deviation: deviation, using: &generator)
  }
}

private struct RandomTransposed: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) { deviation * generator.normal(rows: $0, columns: $1) }
  }
}

private struct RandomBiasRow: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    reference.randomLayers(sizes: sizes, deviation: deviation, using: &generator).map { Layer(W: $0.W, b: $0.b.T) }
  }
}

private struct LastLayerMissing: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    reference.randomLayers(sizes: sizes, deviation: deviation, using: &generator).dropLast()
  }
}

private struct OwnGenerator: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    var own = SeededGenerator(seed: 0)
    return reference.randomLayers(sizes: sizes, deviation: deviation, using: &own)
  }
}

private struct SystemRandom: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    var system = SystemRandomNumberGenerator()
    var own = SeededGenerator(seed: system.next())
    return reference.randomLayers(sizes: sizes, deviation: deviation, using: &own)
  }
}

private struct CopiedGenerator: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    var copy = generator
    return reference.randomLayers(sizes: sizes, deviation: deviation, using: &copy)
  }
}

private struct CopiedForEachLayer: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) {
      var copy = generator
      return deviation * copy.normal(rows: $1, columns: $0)
    }
  }
}

private struct DeviationAdded: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) { deviation + generator.normal(rows: $1, columns: $0) }
  }
}

private struct RandomXavier: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) { sqrt(1 / Double($0)) * generator.normal(rows: $1, columns: $0) }
  }
}

private struct SameForEachLayer: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    let drawn = layers(sizes) {
      var copy = generator
      return deviation * copy.normal(rows: $1, columns: $0)
    }
    _ = generator.next()
    return drawn
  }
}

private struct CutAtThree: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) {
      deviation
        * generator.normal(rows: $1, columns: $0).map { first in
          var number = first
          while abs(number) > 3 { number = generator.normal() }
          return number
        }
    }
  }
}

private struct UnitsAlike: InitializationLesson {
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) { Matrix(rows: $1, columns: $0) + deviation * generator.normal(rows: 1, columns: $0) }
  }
}

// MARK: 10.3

/// Normal weights with a deviation for each layer, b all zeros.
private func normalLayers(
  _ sizes: [Int], using generator: inout SeededGenerator, deviation: (_ nIn: Double, _ nOut: Double) -> Double
) -> [Layer] {
  layers(sizes) { deviation(Double($0), Double($1)) * generator.normal(rows: $1, columns: $0) }
}

private func xavier(_ nIn: Double) -> Double { sqrt(1 / nIn) }
private func glorot(_ nIn: Double, _ nOut: Double) -> Double { sqrt(2 / (nIn + nOut)) }

private struct SchemesExchanged: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    reference.xavierLayers(sizes: sizes, scheme: scheme == .xavier ? .glorot : .xavier, using: &generator)
  }
}

private struct AlwaysXavier: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    reference.xavierLayers(sizes: sizes, scheme: .xavier, using: &generator)
  }
}

private struct AlwaysGlorot: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    reference.xavierLayers(sizes: sizes, scheme: .glorot, using: &generator)
  }
}

private struct XavierOfOutputs: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { scheme == .xavier ? xavier($1) : glorot($0, $1) }
  }
}

private struct XavierWithTwo: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { scheme == .xavier ? sqrt(2 / $0) : glorot($0, $1) }
  }
}

private struct GlorotWithoutTwo: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { scheme == .xavier ? xavier($0) : sqrt(1 / ($0 + $1)) }
  }
}

private struct GlorotLimit: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { scheme == .xavier ? xavier($0) : sqrt(6 / ($0 + $1)) }
  }
}

private struct XavierVariance: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { scheme == .xavier ? 1 / $0 : 2 / ($0 + $1) }
  }
}

private struct XavierUniform: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) {
      let deviation = scheme == .xavier ? xavier(Double($0)) : glorot(Double($0), Double($1))
      return uniform($0, $1, deviation: deviation, using: &generator)
    }
  }
}

private struct XavierUniformBetween: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    scheme == .glorot
      ? reference.xavierLayers(sizes: sizes, scheme: scheme, using: &generator)
      : layers(sizes) { uniform($0, $1, deviation: xavier(3 * Double($0)), using: &generator) }
  }
}

private struct XavierSmall: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { _, _ in 0.01 }
  }
}

private struct XavierIntegers: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) {
      sqrt(Double(scheme == .xavier ? 1 / $0 : 2 / ($0 + $1))) * generator.normal(rows: $1, columns: $0)
    }
  }
}

private struct XavierIntegersOnly: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) {
      (scheme == .xavier ? sqrt(Double(1 / $0)) : glorot(Double($0), Double($1)))
        * generator.normal(rows: $1, columns: $0)
    }
  }
}

private struct GlorotIntegersOnly: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) {
      (scheme == .xavier ? xavier(Double($0)) : sqrt(Double(2 / ($0 + $1)))) * generator.normal(rows: $1, columns: $0)
    }
  }
}

private struct GlorotHalfIntegers: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) {
      xavier(Double(scheme == .xavier ? $0 : ($0 + $1) / 2)) * generator.normal(rows: $1, columns: $0)
    }
  }
}

private struct XavierVarianceOnly: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { scheme == .xavier ? 1 / $0 : glorot($0, $1) }
  }
}

private struct GlorotVarianceOnly: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { scheme == .xavier ? xavier($0) : 2 / ($0 + $1) }
  }
}

private struct XavierZeros: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { _, _ in 0 }
  }
}

private struct XavierOfFirst: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    let features = sizes.first.map { Double($0) } ?? 1
    return normalLayers(sizes, using: &generator) { scheme == .xavier ? xavier(features) : glorot(features, $1) }
  }
}

private struct XavierTransposed: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    reference.xavierLayers(sizes: sizes, scheme: scheme, using: &generator).map { Layer(W: $0.W.T, b: $0.b) }
  }
}

private struct XavierBiases: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    let layers = reference.xavierLayers(sizes: sizes, scheme: scheme, using: &generator)
    return withRandomBiases(layers, deviation: 0.1, using: &generator)
  }
}

private struct XavierCopied: InitializationLesson {
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    zip(sizes, sizes.dropFirst()).flatMap { nIn, nOut in
      var copy = generator
      return reference.xavierLayers(sizes: [nIn, nOut], scheme: scheme, using: &copy)
    }
  }
}

// MARK: 10.4

private struct HeWithoutTwo: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { nIn, _ in sqrt(1 / nIn) }
  }
}

private struct HeVariance: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { nIn, _ in 2 / nIn }
  }
}

private struct HeRootOfTwo: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { nIn, _ in sqrt(2) / nIn }
  }
}

private struct HeTwoOverRoot: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { nIn, _ in 2 / sqrt(nIn) }
  }
}

private struct HeOfBoth: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { sqrt(4 / ($0 + $1)) }
  }
}

private struct HeHalfIntegers: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) { sqrt(1 / Double(max($0 / 2, 1))) * generator.normal(rows: $1, columns: $0) }
  }
}

private struct HeOfOutputs: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { _, nOut in sqrt(2 / nOut) }
  }
}

private struct HeIsGlorot: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { glorot($0, $1) }
  }
}

private struct HeLimit: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { nIn, _ in sqrt(6 / nIn) }
  }
}

private struct HeUniform: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes) { uniform($0, $1, deviation: sqrt(2 / Double($0)), using: &generator) }
  }
}

private struct HeIntegers: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    // 2/2 is 1 without a fraction, and 2/1 is 2.
    layers(sizes) { sqrt(Double(2 / $0)) * generator.normal(rows: $1, columns: $0) }
  }
}

private struct HeOfFirst: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    let features = sizes.first.map { Double($0) } ?? 1
    return normalLayers(sizes, using: &generator) { _, _ in sqrt(2 / features) }
  }
}

private struct HeSmall: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    normalLayers(sizes, using: &generator) { _, _ in 0.01 }
  }
}

private struct HeTransposed: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    reference.heLayers(sizes: sizes, using: &generator).map { Layer(W: $0.W.T, b: $0.b) }
  }
}

private struct HeBiases: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    let layers = reference.heLayers(sizes: sizes, using: &generator)
    return withRandomBiases(layers, deviation: 0.1, using: &generator)
  }
}

private struct HeRectified: InitializationLesson {
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    reference.heLayers(sizes: sizes, using: &generator).map { Layer(W: max($0.W, 0), b: $0.b) }
  }
}

// MARK: 10.5

private typealias Function = @Sendable (Matrix) -> Matrix

/// What stands at a layer's output.
private struct Place {
  var isLast: Bool, dA: Matrix, Z: Matrix, A: Matrix
}

/// A pass forward and back: for each layer `dZ` of what comes from above, of Z and of A, and `norm` of dZ, of what went into the
/// layer and of what came out; `down` is what is handed on.
private func norms(
  _ X: Matrix, _ layers: [Layer], _ g: Function, _ dA: Matrix, bias: Bool = true,
  dZ: (Place) -> Matrix,
  down: (_ W: Matrix, _ dZ: Matrix, _ dA: Matrix) -> Matrix = { W, dZ, _ in W.T * dZ },
  norm: (_ dZ: Matrix, _ APrev: Matrix, _ A: Matrix) -> Double
) -> [Double] {
  var Z: [Matrix] = []
  var A = [X]
  for layer in layers {
    Z.append(layer.W * A[Z.count] + (bias ? 1 : 0) * layer.b)
    A.append(g(Z[Z.count - 1]))
  }
  var dA = dA
  var norms: [Double] = []
  for l in layers.indices.reversed() {
    let dZ = dZ(Place(isLast: l == layers.count - 1, dA: dA, Z: Z[l], A: A[l + 1]))
    norms.insert(norm(dZ, A[l], A[l + 1]), at: 0)
    dA = down(layers[l].W, dZ, dA)
  }
  return norms
}

/// ‖dZ A_prevᵀ/m‖.
private func norm(_ dZ: Matrix, _ APrev: Matrix) -> Double { dW(dZ, APrev).norm() }

private func dW(_ dZ: Matrix, _ APrev: Matrix) -> Matrix { dZ * APrev.T / Double(dZ.columns) }

private struct SlopeAtA: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    norms(X, layers, g, dA, dZ: { $0.dA .* gPrime($0.A) }) { dZ, APrev, _ in norm(dZ, APrev) }
  }
}

private struct SlopeLeftOut: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    norms(X, layers, g, dA, dZ: { $0.dA }) { dZ, APrev, _ in norm(dZ, APrev) }
  }
}

private struct SlopeLeftOutOnTop: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    norms(X, layers, g, dA, dZ: { $0.isLast ? $0.dA : $0.dA .* gPrime($0.Z) }) { dZ, APrev, _ in
      norm(dZ, APrev)
    }
  }
}

private struct SlopeOnTopOnly: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    norms(X, layers, g, dA, dZ: { $0.isLast ? $0.dA .* gPrime($0.Z) : $0.dA }) { dZ, APrev, _ in
      norm(dZ, APrev)
    }
  }
}

private struct SlopeNotHandedDown: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    norms(X, layers, g, dA, dZ: { $0.dA .* gPrime($0.Z) }, down: { W, _, dA in W.T * dA }) { dZ, APrev, _ in
      norm(dZ, APrev)
    }
  }
}

private struct NormsWithoutBias: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    norms(X, layers, g, dA, bias: false, dZ: { $0.dA .* gPrime($0.Z) }) { dZ, APrev, _ in norm(dZ, APrev) }
  }
}

private struct NormsAveragedInEveryLayer: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    let m = Double(X.columns)
    return norms(X, layers, g, dA, dZ: { $0.dA .* gPrime($0.Z) / m }) { dZ, APrev, _ in norm(dZ, APrev) }
  }
}

private struct NormsAveragedInDZ: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    let m = Double(X.columns)
    return norms(X, layers, g, dA, dZ: { $0.dA .* gPrime($0.Z) / m }) { dZ, APrev, _ in m * norm(dZ, APrev) }
  }
}

/// The right pass with another norm.
private func rightPass(
  _ X: Matrix, _ layers: [Layer], _ g: Function, _ gPrime: Function, _ dA: Matrix,
  norm: (_ dZ: Matrix, _ APrev: Matrix, _ A: Matrix) -> Double
) -> [Double] {
  norms(X, layers, g, dA, dZ: { $0.dA .* gPrime($0.Z) }, norm: norm)
}

private struct NormsNotAveraged: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in (dZ * APrev.T).norm() }
  }
}

private struct NormsByOneLess: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in (dZ * APrev.T).norm() / Double(X.columns - 1) }
  }
}

private struct ValueForSlope: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    norms(X, layers, g, dA, dZ: { $0.dA .* $0.A }) { dZ, APrev, _ in norm(dZ, APrev) }
  }
}

private struct SlopeTwiceOnTop: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    norms(X, layers, g, dA, dZ: { $0.isLast ? $0.dA .* pow(gPrime($0.Z), 2) : $0.dA .* gPrime($0.Z) }) { dZ, APrev, _ in
      norm(dZ, APrev)
    }
  }
}

private struct SlopeLeftOutBelow: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    let right = rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in norm(dZ, APrev) }
    var above = dA
    _ = norms(
      X, layers, g, dA,
      dZ: {
        above = $0.dA
        return $0.dA .* gPrime($0.Z)
      }
    ) { _, _, _ in 0 }
    return [norm(above, X)] + right.dropFirst()
  }
}

private struct SlopeMagnitude: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    norms(X, layers, g, dA, dZ: { $0.dA .* abs(gPrime($0.Z)) }) { dZ, APrev, _ in norm(dZ, APrev) }
  }
}

private struct NormsOfBias: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, _, _ in dZ.rowMeans().norm() }
  }
}

private struct NormsByRoot: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in (dZ * APrev.T).norm() / sqrt(Double(X.columns)) }
  }
}

private struct NormsByUnits: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in (dZ * APrev.T).norm() / Double(dZ.rows) }
  }
}

private struct NormsByExample: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in
      (0..<dZ.columns).map { (dZ.column($0) * APrev.column($0).T).norm() }.reduce(0, +) / Double(dZ.columns)
    }
  }
}

private struct NormsOfW: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    layers.map { $0.W.norm() }
  }
}

private struct NormsAveragedTwice: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in norm(dZ, APrev) / Double(X.columns) }
  }
}

private struct NormsReversed: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in norm(dZ, APrev) }.reversed()
  }
}

private struct NormsSquared: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in pow(norm(dZ, APrev), 2) }
  }
}

private struct NormsRootMeanSquare: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in
      norm(dZ, APrev) / sqrt(Double(dZ.rows * APrev.rows))
    }
  }
}

private struct NormsAbsolute: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in abs(dW(dZ, APrev)).sum() }
  }
}

private struct NormsLargest: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in abs(dW(dZ, APrev)).max() }
  }
}

private struct NormsWithX: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, _, _ in norm(dZ, X) }
  }
}

private struct NormsWithOwnOutput: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, _, A in norm(dZ, A) }
  }
}

private struct NormsOfDZ: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, _, _ in dZ.norm() }
  }
}

private struct NormsWithBiasGradient: InitializationLesson {
  func gradientNorms(X: Matrix, layers: [Layer], g: Function, gPrime: Function, dA: Matrix) -> [Double] {
    rightPass(X, layers, g, gPrime, dA) { dZ, APrev, _ in
      Matrix(row: [norm(dZ, APrev), dZ.rowMeans().norm()]).norm()
    }
  }
}

// MARK: 10.6

/// The right statistics of some matrices.
private func statistics(_ A: [Matrix]) -> [ActivationStatistics] {
  A.map { A in
    ActivationStatistics(mean: A.mean(), deviation: sqrt(pow(A - A.mean(), 2).mean()), zeros: (A .== 0).mean())
  }
}

/// Z[1], …, Z[L] and A[0], …, A[L].
private func signals(_ X: Matrix, _ layers: [Layer], _ g: Function, bias: Bool = true) -> (Z: [Matrix], A: [Matrix]) {
  var Z: [Matrix] = []
  var A = [X]
  for layer in layers {
    Z.append(layer.W * A[Z.count] + (bias ? 1 : 0) * layer.b)
    A.append(g(Z[Z.count - 1]))
  }
  return (Z, A)
}

/// The right statistics, each changed by `change`, which gets A too.
private func changed(
  _ X: Matrix, _ layers: [Layer], _ g: Function, change: (inout ActivationStatistics, Matrix) -> Void
) -> [ActivationStatistics] {
  let A = Array(signals(X, layers, g).A.dropFirst())
  return zip(statistics(A), A).map { old, A in
    var new = old
    change(&new, A)
    return new
  }
}

private struct SampleDeviation: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in
      statistics.deviation = sqrt(pow(A - A.mean(), 2).sum() / Double(A.rows * A.columns - 1))
    }
  }
}

private struct SampleDeviationGuarded: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in
      statistics.deviation = sqrt(pow(A - A.mean(), 2).sum() / Double(max(A.rows * A.columns - 1, 1)))
    }
  }
}

private struct ZerosOverUnits: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.zeros = (A .== 0).sum() / Double(A.rows) }
  }
}

private struct ZerosInPercent: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.zeros = 100 * (A .== 0).mean() }
  }
}

private struct ShareOfNegative: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.zeros = (A .< 0).mean() }
  }
}

private struct DeviationByExample: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in
      statistics.deviation = sqrt(pow(A - A.columnMeans(), 2).columnMeans()).mean()
    }
  }
}

private struct VarianceForDeviation: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.deviation = pow(A - A.mean(), 2).mean() }
  }
}

private struct RootMeanSquare: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.deviation = sqrt(pow(A, 2).mean()) }
  }
}

private struct MeanAbsoluteDistance: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.deviation = abs(A - A.mean()).mean() }
  }
}

private struct DeviationByUnit: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in
      statistics.deviation = sqrt(pow(A - A.rowMeans(), 2).rowMeans()).mean()
    }
  }
}

private struct StatisticsOfZ: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    statistics(signals(X, layers, g).Z)
  }
}

private struct StatisticsWithX: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    statistics(signals(X, layers, g).A)
  }
}

private struct StatisticsWithoutLast: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    statistics(signals(X, layers, g).A.dropFirst().dropLast())
  }
}

private struct StatisticsWithoutBias: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    statistics(Array(signals(X, layers, g, bias: false).A.dropFirst()))
  }
}

private struct StatisticsLinearTop: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    let (Z, A) = signals(X, layers, g)
    return statistics(A.dropFirst().dropLast() + Z.suffix(1))
  }
}

private struct ZerosCounted: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.zeros = (A .== 0).sum() }
  }
}

private struct ZerosByExample: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.zeros = (A .== 0).sum() / Double(A.columns) }
  }
}

private struct ShareOfNonzero: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.zeros = (A .!= 0).mean() }
  }
}

private struct ZerosNotPositive: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.zeros = (A .<= 0).mean() }
  }
}

private struct ZerosNearly: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.zeros = (abs(A) .< 1e-12).mean() }
  }
}

private struct ZerosByUnit: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.zeros = (abs(A).rowMaxima() .== 0).mean() }
  }
}

private struct MeanOfMagnitudes: InitializationLesson {
  func activationStatistics(X: Matrix, layers: [Layer], g: Function) -> [ActivationStatistics] {
    changed(X, layers, g) { statistics, A in statistics.mean = abs(A).mean() }
  }
}
