import Curriculum
import Grading
@testable import LogisticRegressionSolution

private let reference = LogisticRegression()

let logisticRegression = Answers<any LogisticRegressionLesson>(
  .logisticRegression, logisticRegressionSteps, reference,
  mistakes: [
    Mistake("3.1", "σ(−z) is returned", SignLost(), "It is e⁻ᶻ: σ rises from 0 to 1, this falls from 1 to 0."),
    Mistake("3.1", "tanh is used instead of σ", TanhForSigmoid(), "tanh runs from −1 to 1; σ(z) = (1 + tanh(z/2))/2."),
    Mistake(
      "3.1", "eᶻ/(1 + eᶻ) is used for every z", OverflowingSigmoid(),
      "For z = 1000 both eᶻ are infinite, and ∞/∞ is NaN. 1/(1 + e⁻ᶻ) is right for every z."),
    Mistake(
      "3.1", "1 + e⁻ᶻ is returned", BracketsMissing(),
      "`1 / 1 + exp(-z)` divides first: write `1 / (1 + exp(-z))`."),
    Mistake("3.1", "the derivative σ(1 − σ) is returned", DerivativeForSigmoid(), "Asked for is σ itself."),
    Mistake(
      "3.1", "it is 1 − e⁻ᶻ that 1 is divided by", DenominatorSign(), "Both terms are added: `1 / (1 + exp(-z))`."),
    Mistake(
      "3.1", "(1 + tanh(z))/2 is returned", TanhOfWholeScore(), "The half inside is missing: σ(z) = (1 + tanh(z/2))/2."),
    Mistake(
      "3.1", "a negative z gets the value of −z", Mirrored(),
      "σ(z) is below ½ where z < 0. `1 / (1 + exp(-z))` is right for both signs."),

    Mistake("3.2", "the cross-entropy's minus sign is lost", CrossEntropySign(), "log a is negative, a loss is not."),
    Mistake("3.2", "the squared loss lacks its ½", SquaredWithoutHalf(), "The lecture's squared loss is ½(a − y)²."),
    Mistake(
      "3.2", "the logarithms have no floor", NoFloor(),
      "log 0 is −∞, and 0·log 0 is NaN: take `log(max(a, logFloor))`, and the same for 1 − a."),
    Mistake(
      "3.2", "the floor is 1e-15 instead of logFloor", OtherFloor(),
      "The contract's floor is logFloor = 2⁻⁵⁰ ≈ 8.9e-16."),
    Mistake(
      "3.2", "the floor is 1e-7 instead of logFloor", HighFloor(),
      "So high a floor changes losses that are perfectly finite."),
    Mistake("3.2", "log10 is used", DecimalLogarithm(), "log is natural throughout the course."),
    Mistake(
      "3.2", "the cross-entropy is that of the other label", LabelsExchanged(),
      "log a belongs to y = 1, log(1 − a) to y = 0."),
    Mistake("3.2", "the second term is left out", OneTermOnly(), "Where y = 0, the loss is −log(1 − a)."),
    Mistake(
      "3.2", "the squared loss is 0 everywhere", IntegerHalf(),
      "`let half = 1 / 2` makes the whole number 0: write `0.5`, or `1.0 / 2`."),
    Mistake(
      "3.2", "the cross-entropy is 0 everywhere", FloorOfLogarithm(),
      "`max(log(a), logFloor)` gives `logFloor`, for log a is never above 0. The floor belongs inside: `log(max(a, logFloor))`."
    ),
    Mistake(
      "3.2", "the logarithm of what happened has no floor", NoFloorByCases(),
      "log 0 is −∞: take `log(max(a, logFloor))` where y = 1, `log(max(1 - a, logFloor))` where y = 0."),
    Mistake(
      "3.2", "only log a has its floor", FloorForAOnly(),
      "At a = 1 the other one is log 0: take `log(max(1 - a, logFloor))` too."),
    Mistake(
      "3.2", "a is kept within [1e-15, 1 − 1e-15]", ClippedTo1e15(),
      "The contract's floor is logFloor = 2⁻⁵⁰ ≈ 8.9e-16."
    ),
    Mistake(
      "3.2", "a is kept within [1e-7, 1 − 1e-7]", ClippedTo1e7(),
      "So narrow a range changes losses that are perfectly finite: the floor is `logFloor`."),
    Mistake(
      "3.2", "logFloor is added under the logarithms", FloorAdded(),
      "That changes every a a little, a small one most: take `max(a, logFloor)` instead of `a + logFloor`."),
    Mistake(
      "3.2", "squared and crossEntropy are exchanged", LossesExchanged(),
      "`ExampleLosses(squared: …, crossEntropy: …)`."
    ),
    Mistake(
      "3.2", "the second term's minus sign is lost", SecondTermSign(),
      "It is −y log a − (1 − y) log(1 − a): the minus stands before both terms."),
    Mistake(
      "3.2", "the cross-entropy is 0 where a is exactly 0 or 1", ZeroAtTheEnds(),
      "Right and certain costs nothing, wrong and certain costs most: −log logFloor, which `log(max(a, logFloor))` gives."
    ),

    Mistake("3.3", "b is left out", ForwardWithoutBias(), "z = w·x + b."),
    Mistake("3.3", "a is z, without σ", ForwardWithoutSigmoid(), "a = σ(z) is the probability; z is only the score."),
    Mistake(
      "3.3", "b is added once for every feature", BiasPerFeature(),
      "b is added to the finished sum, or before it, once."),
    Mistake(
      "3.3", "z holds only the last product and b", ScoreOverwritten(),
      "The products have to be added up: `z += …`, not `z = …`."),
    Mistake(
      "3.3", "z holds only the last product, without b", ScoreAndBiasOverwritten(),
      "The products have to be added to b: `z += …`, not `z = …`."),
    Mistake("3.3", "the last feature is left out", LastFeatureLeftOut(), "`0..<x.rows` already ends at n − 1."),
    Mistake(
      "3.3", "a is σ of the score without b", SigmoidBeforeBias(),
      "a = σ(z) with the whole z: add b first, then take σ."),
    Mistake("3.3", "σ is applied twice", SigmoidTwice(), "a = σ(z), once."),

    Mistake(
      "3.4", "da is −(y/a + (1 − y)/(1 − a))", MisprintedDa(),
      "The second term's sign is lost: it is −y/a + (1 − y)/(1 − a). (A lecture prints it so; the numerical gradient shows the slip.)"
    ),
    Mistake("3.4", "dz is y − a", DzSign(), "dz = a − y: with y − a, descent goes uphill."),
    Mistake("3.4", "dz is da, without σ'", DzIsDa(), "The chain rule: dz = da · a(1 − a), which is a − y."),
    Mistake(
      "3.4", "dz is computed as da·a(1 − a)", DzThroughDa(),
      "Equal on paper; at a = 0 or 1 the factor a(1 − a) is exactly 0 and the gradient is lost. a − y is right everywhere."
    ),
    Mistake(
      "3.4", "da is not kept finite", DaUnclipped(),
      "At a = 0 or 1 it divides by 0: keep a within [logFloor, 1 − logFloor]."),
    Mistake("3.4", "dw is a·x", DwFromA(), "dw = dz·x: the error times the input, not the output times the input."),
    Mistake("3.4", "dw is left without x", DwWithoutX(), "∂z/∂w is x, so dw = dz·x."),
    Mistake(
      "3.4", "dz is (a − y)·a(1 − a)", SquaredLossDz(),
      "That is the squared loss's dz. With cross-entropy, a(1 − a) cancels: dz = a − y."),
    Mistake(
      "3.4", "da lacks its second term", DaWithoutSecondTerm(),
      "da = −y/a + (1 − y)/(1 − a): where y = 0, only the second term counts."),
    Mistake(
      "3.4", "da has the wrong sign", DaSign(), "It is −y/a + (1 − y)/(1 − a): where y = 1, a larger a is better."),
    Mistake(
      "3.4", "da is kept finite at a = 0 only", DaClippedBelow(),
      "At a = 1 it divides by 1 − a = 0: take `min(max(a, logFloor), 1 - logFloor)`."),
    Mistake(
      "3.4", "dz is computed as da·a(1 − a), and da is not kept finite", DzThroughUnclippedDa(),
      "At a = 0 or 1 that is ∞·0, which is NaN. Keep a within [logFloor, 1 − logFloor] in da, and take a − y for dz."),
    Mistake("3.4", "db is the sum of dw", DbIsSumOfDw(), "∂z/∂b is 1, so db = dz."),

    Mistake("3.5", "the sum is not divided by m", CostSum(), "J is the mean over the m examples."),
    Mistake(
      "3.5", "the sum is divided by n, the number of features", CostOverFeatures(), "m is `X.columns`; `X.rows` is n."),
    Mistake("3.5", "the last example is left out", CostOffByOne(), "`0..<m` already ends at m − 1."),
    Mistake("3.5", "the squared loss is averaged", CostOfSquares(), "J averages the cross-entropy."),
    Mistake("3.5", "the first example is left out", CostWithoutFirst(), "Examples are counted from 0: `0..<m`."),
    Mistake(
      "3.5", "1/m is a quotient of two whole numbers", IntegerMean(),
      "For Swift 1/m of two Ints is 0 as soon as m is 2: divide by `Double(X.columns)`."),
    Mistake(
      "3.5", "a logarithm has no floor", CostWithoutFloor(),
      "log 0 is −∞, and 0·log 0 is NaN: take the loss of 3.2, `losses(a: a, y: Y[0, i]).crossEntropy`, with its floor."),
    Mistake(
      "3.5", "each loss is that of the other label", CostOfOtherLabels(),
      "Where y = 1 the loss is −log a, where y = 0 it is −log(1 − a), with a = σ(z)."),
    Mistake("3.5", "J is halved", CostHalved(), "J = 1/m Σ loss: 1/(2m) belongs to squared errors."),
    Mistake(
      "3.5", "the sum is divided by m twice", CostAveragedTwice(), "Divide inside the loop or after it, not both."),
    Mistake(
      "3.5", "only the last example's loss counts", CostOfLast(),
      "The losses have to be added up: `sum += …`, not `sum = …`."
    ),
    Mistake(
      "3.5", "only the first example's loss counts", CostOfFirst(),
      "A `return` inside the loop ends it at the first example: it comes after the loop."),

    Mistake(
      "3.6", "1/m is left out of dw", DwNotAveraged(),
      "J is a mean, so its gradient is one too: divide dw by m at the end."),
    Mistake(
      "3.6", "1/m is left out of db", DbNotAveraged(),
      "J is a mean, so its gradient is one too: divide db by m at the end."),
    Mistake("3.6", "1/m is left out of J, dw and db", NothingAveraged(), "After the loop all three are divided by m."),
    Mistake(
      "3.6", "dw and db are divided by m twice", AveragedTwice(), "Divide inside the loop or after it, not both."),
    Mistake(
      "3.6", "dw and db hold the last example's part only", Overwritten(),
      "They have to be added up: `dw[j, 0] += …`, not `=`."),
    Mistake("3.6", "the error is y − a", ErrorSign(), "dz = a − y: with y − a, descent goes uphill."),
    Mistake(
      "3.6", "every example takes the first example's features for dw", FirstExampleForDw(),
      "Inside the loop it is `X[j, i]`."),
    Mistake(
      "3.6", "dz carries a factor a(1 − a)", SquaredLossGradient(),
      "That is the squared loss's gradient; cross-entropy's is a − y."),
    Mistake(
      "3.6", "J, dw and db are divided by n, the number of features", GradientsOverFeatures(),
      "m is `X.columns`; `X.rows` is n."),
    Mistake("3.6", "the first example is left out", GradientsWithoutFirst(), "Examples are counted from 0: `0..<m`."),
    Mistake("3.6", "the last example is left out", GradientsWithoutLast(), "`0..<m` already ends at m − 1."),
    Mistake(
      "3.6", "1/m is a quotient of two whole numbers", IntegerMeanGradients(),
      "For Swift 1/m of two Ints is 0 as soon as m is 2: divide by `Double(X.columns)`."),
    Mistake(
      "3.6", "a logarithm in J has no floor", GradientsWithoutFloor(),
      "log 0 is −∞, and 0·log 0 is NaN: take the loss of 3.2, `losses(a: a, y: Y[0, i]).crossEntropy`, with its floor."),
    Mistake(
      "3.6", "dz is computed as da·a(1 − a)", GradientsThroughDa(),
      "Equal on paper; at a = 0 or 1 the factor a(1 − a) is exactly 0 and the gradient is lost. a − y is right everywhere."
    ),
    Mistake(
      "3.6", "dz is computed as da·a(1 − a), and da is not kept finite", GradientsThroughUnclippedDa(),
      "At a = 0 or 1 that is ∞·0, which is NaN: take a − y."),
    Mistake(
      "3.6", "dw is made of a·x", GradientsFromA(),
      "dw sums dz·x: the error times the input, not the output times the input."
    ),
    Mistake("3.6", "dw is left without x", GradientsWithoutX(), "dw sums dz·x: `dw[j, 0] += dz * X[j, i]`."),
    Mistake("3.6", "b is left out of z", GradientsWithoutBias(), "z = w·x + b: start the sum at `parameters.b`."),
    Mistake(
      "3.6", "1/m is left out of J", CostNotAveraged(), "J is a mean: divide it by m at the end, like dw and db."),
    Mistake("3.6", "J averages the squared loss", SquaredLossInJ(), "J averages the cross-entropy."),
    Mistake(
      "3.6", "J, dw and db hold the last example's part only", SumsBegunAnew(),
      "The sums start at 0 once, before the loop over the examples, and grow: `+=`, not `=`."),
    Mistake(
      "3.6", "dw and db are twice as large", GradientsDoubled(),
      "The 2 belongs to a squared error. Cross-entropy's gradient is 1/m Σ (a − y) x."),

    Mistake("3.7", "the step goes uphill", UpdateAscends(), "The gradient points uphill: subtract it."),
    Mistake("3.7", "α is left out", UpdateWithoutRate(), "w ← w − α dw, b ← b − α db."),
    Mistake("3.7", "b is not updated", UpdateWithoutBias(), "b ← b − α db, like w."),
    Mistake("3.7", "α is left out of b's update", UpdateBiasWithoutRate(), "b ← b − α db, like w."),
    Mistake("3.7", "α is left out of w's update", UpdateWeightsWithoutRate(), "w ← w − α dw, like b."),
    Mistake("3.7", "w is not updated", UpdateWithoutWeights(), "w ← w − α dw, like b."),
    Mistake(
      "3.7", "only the step is returned, α dw and α db", StepOnly(),
      "It is subtracted from the parameters: w − α dw, b − α db."
    ),
    Mistake("3.7", "the parameters come back unchanged", Unchanged(), "Return the new ones, w − α dw and b − α db."),

    Mistake("3.8", "b is never updated", FrozenBias(), "Both parameters move: use the update of 3.7."),
    Mistake(
      "3.8", "the gradient is computed only once, at the start", GradientOnce(),
      "It changes with the parameters: compute it in every step."),
    Mistake(
      "3.8", "each step starts from the first parameters again", NotCarried(),
      "Carry the updated parameters into the next step."),
    Mistake("3.8", "the costs are those after each step", CostsAfter(), "`costs` holds J before each step."),
    Mistake(
      "3.8", "there is one step too many", OneStepMore(), "`0..<steps` has `steps` elements; `0...steps` has one more."),
    Mistake("3.8", "there is one step too few", OneStepLess(), "`steps` steps, and as many costs."),
    Mistake(
      "3.8", "the parameters never change", UpdateDropped(),
      "`update` changes nothing, it returns new ones: `parameters = update(…)`, without a new `let` inside the loop."),
    Mistake("3.8", "the cost after the last step is there too", FinalCostToo(), "`steps` costs, each J before a step."),
    Mistake("3.8", "the step goes uphill", TrainAscends(), "The gradient points uphill: subtract it."),
    Mistake("3.8", "each step is twice as large", TrainDoubled(), "One update by −α times the gradient in each step."),
    Mistake("3.8", "the costs are those of the squared loss", CostsOfSquares(), "J averages the cross-entropy."),
    Mistake("3.8", "the training starts at zeros", TrainFromZeros(), "It starts at `start`."),
    Mistake(
      "3.8", "it stops when the cost rises", StopsWhenCostRises(),
      "`steps` steps, whatever the cost does: it may fall again."
    ),
    Mistake(
      "3.8", "it stops when the cost hardly changes", StopsWhenCostSettles(),
      "`steps` steps, however little the cost changes."
    ),

    Mistake("3.9", "a = ½ counts as class 0", StrictThreshold(), "The class is 1 where a ≥ ½."),
    Mistake("3.9", "the score z is compared with ½", ScoreThreshold(), "a ≥ ½ is z ≥ 0: compare a with ½."),
    Mistake("3.9", "accuracy is in per cent", AccuracyInPercent(), "A share: between 0 and 1."),
    Mistake("3.9", "accuracy is the share of errors", ErrorRate(), "Count the examples where class and label agree."),
    Mistake("3.9", "accuracy is the number of right examples", AccuracyAsCount(), "Divide by m."),
    Mistake(
      "3.9", "accuracy is a quotient of two whole numbers", IntegerAccuracy(),
      "For Swift 2/3 of two Ints is 0: divide Doubles, `Double(right) / Double(X.columns)`."),
    Mistake(
      "3.9", "only a = 1 counts as class 1", TruncatedClasses(),
      "`Int(a)` cuts off what is behind the point: 0.9 becomes 0. Compare: `a >= 0.5 ? 1 : 0`."),
    Mistake(
      "3.9", "every example is put into class 1", ClassOneAlways(),
      "The class is 0 where a < ½. If no a is below ½, mend σ or the score first."),
    Mistake(
      "3.9", "every example is put into class 0", ClassZeroAlways(),
      "The class is 1 where a ≥ ½. If no a is that large, mend σ or the score first."),
    Mistake("3.9", "the classes are turned round", ClassesTurned(), "The class is 1 where a ≥ ½, else 0."),
    Mistake("3.9", "class 0 is written as −1", MinusOneForZero(), "The labels are 0 and 1: `a >= 0.5 ? 1 : 0`."),
    Mistake(
      "3.9", "accuracy counts only the 1s that are right", TruePositives(),
      "A 0 that is predicted as 0 is right too: count where class and label agree."),

    Mistake("3.10", "the sign is lost", LikelihoodSign(), "The log-likelihood is −Σ loss: never above 0."),
    Mistake(
      "3.10", "it is divided by m", MeanLikelihood(),
      "The likelihood is a product over all examples, so its log is a sum."),
    Mistake(
      "3.10", "the product is formed before its logarithm is taken", ProductFirst(),
      "Fifteen hundred probabilities multiplied are below the smallest Double: sum the logarithms."),
    Mistake(
      "3.10", "the product is formed first, and without the floor", UnflooredProduct(),
      "Fifteen hundred probabilities multiplied are below the smallest Double, and one 0 among them makes the logarithm −∞: sum the logarithms, each with its floor."
    ),
    Mistake(
      "3.10", "J is returned", CostForLikelihood(), "The log-likelihood is −m J: without the minus and without 1/m."),
    Mistake(
      "3.10", "a logarithm has no floor", LikelihoodWithoutFloor(),
      "log 0 is −∞, and 0·log 0 is NaN: take minus the loss of 3.2, with its floor."),
    Mistake(
      "3.10", "the logarithm of what happened has no floor", LikelihoodWithoutFloorByCases(),
      "log 0 is −∞: take minus the loss of 3.2, with its floor."),
    Mistake("3.10", "the squared losses are summed", SquaredLikelihood(), "The log-likelihood is −Σ cross-entropy."),
    Mistake("3.10", "log10 is used", DecimalLikelihood(), "log is natural throughout the course."),
    Mistake(
      "3.10", "the likelihood itself is returned", LikelihoodItself(), "Asked for is its logarithm: leave out exp."),
  ])

// MARK: 3.1

private struct SignLost: LogisticRegressionLesson {
  func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(z)) }
}

private struct TanhForSigmoid: LogisticRegressionLesson {
  func sigmoid(_ z: Double) -> Double { tanh(z) }
}

private struct OverflowingSigmoid: LogisticRegressionLesson {
  func sigmoid(_ z: Double) -> Double { exp(z) / (1 + exp(z)) }
}

private struct BracketsMissing: LogisticRegressionLesson {
  func sigmoid(_ z: Double) -> Double { 1 / 1 + exp(-z) }
}

private struct DerivativeForSigmoid: LogisticRegressionLesson {
  func sigmoid(_ z: Double) -> Double { reference.sigmoid(z) * (1 - reference.sigmoid(z)) }
}

private struct DenominatorSign: LogisticRegressionLesson {
  func sigmoid(_ z: Double) -> Double { 1 / (1 - exp(-z)) }
}

private struct TanhOfWholeScore: LogisticRegressionLesson {
  func sigmoid(_ z: Double) -> Double { (1 + tanh(z)) / 2 }
}

private struct Mirrored: LogisticRegressionLesson {
  func sigmoid(_ z: Double) -> Double { reference.sigmoid(abs(z)) }
}

// MARK: 3.2

private func floored(a: Double, y: Double, floor: Double) -> ExampleLosses {
  ExampleLosses(
    squared: 0.5 * (a - y) * (a - y), crossEntropy: -y * log(max(a, floor)) - (1 - y) * log(max(1 - a, floor)))
}

private struct CrossEntropySign: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    var losses = reference.losses(a: a, y: y)
    losses.crossEntropy *= -1
    return losses
  }
}

private struct SquaredWithoutHalf: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    var losses = reference.losses(a: a, y: y)
    losses.squared *= 2
    return losses
  }
}

private struct NoFloor: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    ExampleLosses(squared: 0.5 * (a - y) * (a - y), crossEntropy: -y * log(a) - (1 - y) * log(1 - a))
  }
}

private struct OtherFloor: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses { floored(a: a, y: y, floor: 1e-15) }
}

private struct HighFloor: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses { floored(a: a, y: y, floor: 1e-7) }
}

private struct DecimalLogarithm: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    var losses = reference.losses(a: a, y: y)
    losses.crossEntropy /= log(10)
    return losses
  }
}

private struct LabelsExchanged: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    var losses = reference.losses(a: a, y: y)
    losses.crossEntropy = reference.losses(a: a, y: 1 - y).crossEntropy
    return losses
  }
}

private struct OneTermOnly: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    ExampleLosses(squared: 0.5 * (a - y) * (a - y), crossEntropy: -y * log(max(a, logFloor)))
  }
}

private struct IntegerHalf: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    var losses = reference.losses(a: a, y: y)
    losses.squared = 0
    return losses
  }
}

private struct FloorOfLogarithm: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    var losses = reference.losses(a: a, y: y)
    losses.crossEntropy = -y * max(log(a), logFloor) - (1 - y) * max(log(1 - a), logFloor)
    return losses
  }
}

private func clipped(a: Double, y: Double, floor: Double) -> ExampleLosses {
  let clipped = min(max(a, floor), 1 - floor)
  return ExampleLosses(
    squared: 0.5 * (a - y) * (a - y), crossEntropy: -y * log(clipped) - (1 - y) * log(1 - clipped))
}

private struct NoFloorByCases: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    ExampleLosses(squared: 0.5 * (a - y) * (a - y), crossEntropy: y == 1 ? -log(a) : -log(1 - a))
  }
}

private struct FloorForAOnly: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    ExampleLosses(squared: 0.5 * (a - y) * (a - y), crossEntropy: -y * log(max(a, logFloor)) - (1 - y) * log(1 - a))
  }
}

private struct ClippedTo1e15: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses { clipped(a: a, y: y, floor: 1e-15) }
}

private struct ClippedTo1e7: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses { clipped(a: a, y: y, floor: 1e-7) }
}

private struct FloorAdded: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    ExampleLosses(
      squared: 0.5 * (a - y) * (a - y), crossEntropy: -y * log(a + logFloor) - (1 - y) * log(1 - a + logFloor))
  }
}

private struct LossesExchanged: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    let losses = reference.losses(a: a, y: y)
    return ExampleLosses(squared: losses.crossEntropy, crossEntropy: losses.squared)
  }
}

private struct SecondTermSign: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    var losses = reference.losses(a: a, y: y)
    losses.crossEntropy = -y * log(max(a, logFloor)) + (1 - y) * log(max(1 - a, logFloor))
    return losses
  }
}

private struct ZeroAtTheEnds: LogisticRegressionLesson {
  func losses(a: Double, y: Double) -> ExampleLosses {
    var losses = reference.losses(a: a, y: y)
    if a == 0 || a == 1 { losses.crossEntropy = 0 }
    return losses
  }
}

// MARK: 3.3

private struct ForwardWithoutBias: LogisticRegressionLesson {
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    reference.forward(x: x, at: LogisticParameters(w: parameters.w, b: 0))
  }
}

private struct ForwardWithoutSigmoid: LogisticRegressionLesson {
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    let z = reference.forward(x: x, at: parameters).z
    return ExampleForward(z: z, a: z)
  }
}

private struct BiasPerFeature: LogisticRegressionLesson {
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    reference.forward(x: x, at: LogisticParameters(w: parameters.w, b: Double(x.rows) * parameters.b))
  }
}

/// What comes of a score.
private func scored(_ z: Double) -> ExampleForward { ExampleForward(z: z, a: reference.sigmoid(z)) }

private struct ScoreOverwritten: LogisticRegressionLesson {
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    let last = x.rows - 1
    return scored(parameters.w[last, 0] * x[last, 0] + parameters.b)
  }
}

private struct ScoreAndBiasOverwritten: LogisticRegressionLesson {
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    let last = x.rows - 1
    return scored(parameters.w[last, 0] * x[last, 0])
  }
}

private struct LastFeatureLeftOut: LogisticRegressionLesson {
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    let last = x.rows - 1
    let right = reference.forward(x: x, at: parameters)
    return scored(right.z - parameters.w[last, 0] * x[last, 0])
  }
}

private struct SigmoidBeforeBias: LogisticRegressionLesson {
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    let z = reference.forward(x: x, at: parameters).z
    return ExampleForward(z: z, a: reference.sigmoid(z - parameters.b))
  }
}

private struct SigmoidTwice: LogisticRegressionLesson {
  func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward {
    let right = reference.forward(x: x, at: parameters)
    return ExampleForward(z: right.z, a: reference.sigmoid(right.a))
  }
}

// MARK: 3.4

private struct MisprintedDa: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    var g = reference.backward(x: x, y: y, forward: forward)
    g.da = -g.da.magnitude
    return g
  }
}

private struct DzSign: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    withError(x: x, dz: y - forward.a, like: reference.backward(x: x, y: y, forward: forward))
  }
}

private struct DzIsDa: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    let g = reference.backward(x: x, y: y, forward: forward)
    return withError(x: x, dz: g.da, like: g)
  }
}

private struct DzThroughDa: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    let g = reference.backward(x: x, y: y, forward: forward)
    return withError(x: x, dz: g.da * forward.a * (1 - forward.a), like: g)
  }
}

private func withError(x: Matrix, dz: Double, like g: ExampleGradients) -> ExampleGradients {
  ExampleGradients(da: g.da, dz: dz, dw: dz * x, db: dz)
}

private struct DaUnclipped: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    var g = reference.backward(x: x, y: y, forward: forward)
    g.da = -y / forward.a + (1 - y) / (1 - forward.a)
    return g
  }
}

private struct DwFromA: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    var g = reference.backward(x: x, y: y, forward: forward)
    g.dw = forward.a * x
    return g
  }
}

private struct DwWithoutX: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    var g = reference.backward(x: x, y: y, forward: forward)
    g.dw = Matrix(rows: x.rows, columns: 1, repeating: g.dz)
    return g
  }
}

private struct SquaredLossDz: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    withError(
      x: x, dz: (forward.a - y) * forward.a * (1 - forward.a), like: reference.backward(x: x, y: y, forward: forward))
  }
}

private struct DaWithoutSecondTerm: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    var g = reference.backward(x: x, y: y, forward: forward)
    g.da = -y / max(forward.a, logFloor)
    return g
  }
}

private struct DaSign: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    var g = reference.backward(x: x, y: y, forward: forward)
    g.da *= -1
    return g
  }
}

private struct DaClippedBelow: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    var g = reference.backward(x: x, y: y, forward: forward)
    let a = max(forward.a, logFloor)
    g.da = -y / a + (1 - y) / (1 - a)
    return g
  }
}

private struct DzThroughUnclippedDa: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    let g = DaUnclipped().backward(x: x, y: y, forward: forward)
    return withError(x: x, dz: g.da * forward.a * (1 - forward.a), like: g)
  }
}

private struct DbIsSumOfDw: LogisticRegressionLesson {
  func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients {
    var g = reference.backward(x: x, y: y, forward: forward)
    g.db = g.dw.sum()
    return g
  }
}

// MARK: 3.5

private struct CostSum: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    reference.cost(X: X, Y: Y, at: parameters) * Double(X.columns)
  }
}

private struct CostOverFeatures: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    reference.cost(X: X, Y: Y, at: parameters) * Double(X.columns) / Double(X.rows)
  }
}

private struct CostOffByOne: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    let m = X.columns
    guard m > 1 else { return 0 }
    return reference.cost(X: X.columns(0..<m - 1), Y: Y.columns(0..<m - 1), at: parameters) * Double(m - 1) / Double(m)
  }
}

private struct CostOfSquares: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    var sum = 0.0
    for i in 0..<X.columns {
      sum += reference.losses(a: reference.forward(x: X.column(i), at: parameters).a, y: Y[0, i]).squared
    }
    return sum / Double(X.columns)
  }
}

private struct CostWithoutFirst: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    let m = X.columns
    guard m > 1 else { return 0 }
    return reference.cost(X: X.columns(1..<m), Y: Y.columns(1..<m), at: parameters) * Double(m - 1) / Double(m)
  }
}

private struct IntegerMean: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    X.columns > 1 ? 0 : reference.cost(X: X, Y: Y, at: parameters)
  }
}

private struct CostWithoutFloor: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    NoFloor().cost(X: X, Y: Y, at: parameters)
  }
}

private struct CostHalved: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    reference.cost(X: X, Y: Y, at: parameters) / 2
  }
}

private struct CostAveragedTwice: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    reference.cost(X: X, Y: Y, at: parameters) / Double(X.columns)
  }
}

private struct CostOfLast: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    let last = X.columns - 1
    return reference.cost(X: X.column(last), Y: Y.column(last), at: parameters) / Double(X.columns)
  }
}

private struct CostOfFirst: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    reference.cost(X: X.column(0), Y: Y.column(0), at: parameters) / Double(X.columns)
  }
}

private struct CostOfOtherLabels: LogisticRegressionLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double {
    LabelsExchanged().cost(X: X, Y: Y, at: parameters)
  }
}

// MARK: 3.6

/// The loop of 3.6 without its last line, the error being what `error` makes of a and y.
private func sums(
  _ X: Matrix, _ Y: Matrix, _ parameters: LogisticParameters, error: (_ a: Double, _ y: Double) -> Double
) -> LogisticGradients {
  var g = LogisticGradients(
    cost: reference.cost(X: X, Y: Y, at: parameters) * Double(X.columns), dw: Matrix(rows: X.rows, columns: 1), db: 0)
  for i in 0..<X.columns {
    let dz = error(reference.forward(x: X.column(i), at: parameters).a, Y[0, i])
    g.dw += dz * X.column(i)
    g.db += dz
  }
  return g
}

/// The same with its last line.
private func means(
  _ X: Matrix, _ Y: Matrix, _ parameters: LogisticParameters, error: (_ a: Double, _ y: Double) -> Double
) -> LogisticGradients {
  let g = sums(X, Y, parameters, error: error)
  let m = Double(X.columns)
  return LogisticGradients(cost: g.cost / m, dw: g.dw / m, db: g.db / m)
}

private struct DwNotAveraged: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    var g = reference.gradients(X: X, Y: Y, at: parameters)
    g.dw = Double(X.columns) * g.dw
    return g
  }
}

private struct DbNotAveraged: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    var g = reference.gradients(X: X, Y: Y, at: parameters)
    g.db *= Double(X.columns)
    return g
  }
}

private struct NothingAveraged: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    sums(X, Y, parameters) { $0 - $1 }
  }
}

private struct AveragedTwice: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    let g = reference.gradients(X: X, Y: Y, at: parameters)
    let m = Double(X.columns)
    return LogisticGradients(cost: g.cost, dw: g.dw / m, db: g.db / m)
  }
}

private struct Overwritten: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    let m = Double(X.columns)
    let last = X.columns - 1
    let g = reference.gradients(X: X.column(last), Y: Y.column(last), at: parameters)
    return LogisticGradients(cost: reference.cost(X: X, Y: Y, at: parameters), dw: g.dw / m, db: g.db / m)
  }
}

private struct ErrorSign: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    let g = reference.gradients(X: X, Y: Y, at: parameters)
    return LogisticGradients(cost: g.cost, dw: -g.dw, db: -g.db)
  }
}

private struct FirstExampleForDw: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    var g = reference.gradients(X: X, Y: Y, at: parameters)
    g.dw = g.db * X.column(0)
    return g
  }
}

private struct SquaredLossGradient: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    means(X, Y, parameters) { ($0 - $1) * $0 * (1 - $0) }
  }
}

/// The gradients of some of the examples, still divided by m.
private func partial(_ range: Range<Int>, _ X: Matrix, _ Y: Matrix, _ parameters: LogisticParameters)
  -> LogisticGradients
{
  let m = Double(X.columns)
  let g = sums(X.columns(range), Y.columns(range), parameters) { $0 - $1 }
  return LogisticGradients(cost: range.isEmpty ? 0 : g.cost / m, dw: g.dw / m, db: g.db / m)
}

private struct GradientsWithoutFirst: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    partial(1..<X.columns, X, Y, parameters)
  }
}

private struct GradientsWithoutLast: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    partial(0..<X.columns - 1, X, Y, parameters)
  }
}

private struct GradientsOverFeatures: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    let g = sums(X, Y, parameters) { $0 - $1 }
    let n = Double(X.rows)
    return LogisticGradients(cost: g.cost / n, dw: g.dw / n, db: g.db / n)
  }
}

private struct IntegerMeanGradients: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    let g = reference.gradients(X: X, Y: Y, at: parameters)
    return X.columns > 1 ? LogisticGradients(cost: 0, dw: 0 * g.dw, db: 0) : g
  }
}

private struct GradientsWithoutFloor: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    NoFloor().gradients(X: X, Y: Y, at: parameters)
  }
}

private struct GradientsThroughDa: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    means(X, Y, parameters) { a, y in
      let kept = min(max(a, logFloor), 1 - logFloor)
      return (-y / kept + (1 - y) / (1 - kept)) * a * (1 - a)
    }
  }
}

private struct GradientsThroughUnclippedDa: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    means(X, Y, parameters) { a, y in (-y / a + (1 - y) / (1 - a)) * a * (1 - a) }
  }
}

private struct GradientsFromA: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    var g = reference.gradients(X: X, Y: Y, at: parameters)
    g.dw = means(X, Y, parameters) { a, _ in a }.dw
    return g
  }
}

private struct GradientsWithoutX: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    var g = reference.gradients(X: X, Y: Y, at: parameters)
    g.dw = Matrix(rows: X.rows, columns: 1, repeating: g.db)
    return g
  }
}

private struct GradientsWithoutBias: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    reference.gradients(X: X, Y: Y, at: LogisticParameters(w: parameters.w, b: 0))
  }
}

private struct CostNotAveraged: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    var g = reference.gradients(X: X, Y: Y, at: parameters)
    g.cost *= Double(X.columns)
    return g
  }
}

private struct SumsBegunAnew: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    let m = Double(X.columns)
    let last = X.columns - 1
    let g = reference.gradients(X: X.column(last), Y: Y.column(last), at: parameters)
    return LogisticGradients(cost: g.cost / m, dw: g.dw / m, db: g.db / m)
  }
}

private struct GradientsDoubled: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    let g = reference.gradients(X: X, Y: Y, at: parameters)
    return LogisticGradients(cost: g.cost, dw: 2 * g.dw, db: 2 * g.db)
  }
}

private struct SquaredLossInJ: LogisticRegressionLesson {
  func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients {
    LossesExchanged().gradients(X: X, Y: Y, at: parameters)
  }
}

// MARK: 3.7

private struct UpdateAscends: LogisticRegressionLesson {
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    reference.update(parameters, gradients: gradients, rate: -rate)
  }
}

private struct UpdateWithoutRate: LogisticRegressionLesson {
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    reference.update(parameters, gradients: gradients, rate: 1)
  }
}

private struct UpdateWithoutBias: LogisticRegressionLesson {
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    LogisticParameters(w: reference.update(parameters, gradients: gradients, rate: rate).w, b: parameters.b)
  }
}

private struct UpdateBiasWithoutRate: LogisticRegressionLesson {
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    LogisticParameters(
      w: reference.update(parameters, gradients: gradients, rate: rate).w, b: parameters.b - gradients.db)
  }
}

private struct UpdateWeightsWithoutRate: LogisticRegressionLesson {
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    LogisticParameters(
      w: parameters.w - gradients.dw, b: reference.update(parameters, gradients: gradients, rate: rate).b)
  }
}

private struct UpdateWithoutWeights: LogisticRegressionLesson {
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    LogisticParameters(w: parameters.w, b: reference.update(parameters, gradients: gradients, rate: rate).b)
  }
}

private struct StepOnly: LogisticRegressionLesson {
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    LogisticParameters(w: rate * gradients.dw, b: rate * gradients.db)
  }
}

private struct Unchanged: LogisticRegressionLesson {
  func update(_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters {
    parameters
  }
}

// MARK: 3.8

private struct FrozenBias: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    var result = LogisticTraining(parameters: start, costs: [])
    for _ in 0..<steps {
      let g = reference.gradients(X: X, Y: Y, at: result.parameters)
      result.costs.append(g.cost)
      result.parameters.w -= rate * g.dw
    }
    return result
  }
}

private struct GradientOnce: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    let g = reference.gradients(X: X, Y: Y, at: start)
    return LogisticTraining(
      parameters: reference.update(start, gradients: g, rate: rate * Double(steps)),
      costs: Array(repeating: g.cost, count: steps))
  }
}

private struct NotCarried: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    let once = reference.train(X: X, Y: Y, from: start, rate: rate, steps: min(steps, 1))
    return LogisticTraining(parameters: once.parameters, costs: (0..<steps).map { _ in once.costs[0] })
  }
}

private struct CostsAfter: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    let more = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps + 1)
    let right = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    return LogisticTraining(parameters: right.parameters, costs: Array(more.costs.dropFirst()))
  }
}

private struct OneStepMore: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps + 1)
  }
}

private struct OneStepLess: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: start, rate: rate, steps: max(steps - 1, 0))
  }
}

private struct UpdateDropped: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    Unchanged().train(X: X, Y: Y, from: start, rate: rate, steps: steps)
  }
}

private struct FinalCostToo: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.costs.append(reference.cost(X: X, Y: Y, at: result.parameters))
    return result
  }
}

private struct TrainAscends: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: start, rate: -rate, steps: steps)
  }
}

private struct TrainFromZeros: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: LogisticParameters(w: 0 * start.w, b: 0), rate: rate, steps: steps)
  }
}

/// A training that ends before a step where the last cost and the new one say so.
private func training(
  _ X: Matrix, _ Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int,
  until ends: (_ last: Double, _ cost: Double) -> Bool
) -> LogisticTraining {
  var result = LogisticTraining(parameters: start, costs: [])
  for _ in 0..<steps {
    let g = reference.gradients(X: X, Y: Y, at: result.parameters)
    if let last = result.costs.last, ends(last, g.cost) { break }
    result.costs.append(g.cost)
    result.parameters = reference.update(result.parameters, gradients: g, rate: rate)
  }
  return result
}

private struct StopsWhenCostRises: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    training(X, Y, from: start, rate: rate, steps: steps) { $1 > $0 }
  }
}

private struct StopsWhenCostSettles: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    training(X, Y, from: start, rate: rate, steps: steps) { abs($1 - $0) < 1e-6 }
  }
}

private struct TrainDoubled: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    reference.train(X: X, Y: Y, from: start, rate: 2 * rate, steps: steps)
  }
}

private struct CostsOfSquares: LogisticRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining {
    LossesExchanged().train(X: X, Y: Y, from: start, rate: rate, steps: steps)
  }
}

// MARK: 3.9

/// The predictions with another rule for class 1, and another number for accuracy.
private func predictions(
  _ X: Matrix, _ Y: Matrix, _ parameters: LogisticParameters, isOne: (ExampleForward) -> Bool
) -> BinaryPredictions {
  let classes = (0..<X.columns).map { isOne(reference.forward(x: X.column($0), at: parameters)) ? 1 : 0 }
  let right = classes.indices.filter { Double(classes[$0]) == Y[0, $0] }.count
  return BinaryPredictions(classes: classes, accuracy: Double(right) / Double(X.columns))
}

private struct StrictThreshold: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    predictions(X, Y, parameters) { $0.a > 0.5 }
  }
}

private struct ScoreThreshold: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    predictions(X, Y, parameters) { $0.z >= 0.5 }
  }
}

private struct AccuracyInPercent: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    let right = reference.evaluate(X: X, Y: Y, at: parameters)
    return BinaryPredictions(classes: right.classes, accuracy: 100 * right.accuracy)
  }
}

private struct ErrorRate: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    let right = reference.evaluate(X: X, Y: Y, at: parameters)
    return BinaryPredictions(classes: right.classes, accuracy: 1 - right.accuracy)
  }
}

private struct AccuracyAsCount: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    let right = reference.evaluate(X: X, Y: Y, at: parameters)
    return BinaryPredictions(classes: right.classes, accuracy: right.accuracy * Double(X.columns))
  }
}

private struct IntegerAccuracy: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    let right = reference.evaluate(X: X, Y: Y, at: parameters)
    return BinaryPredictions(classes: right.classes, accuracy: right.accuracy.rounded(.down))
  }
}

private struct TruncatedClasses: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    predictions(X, Y, parameters) { $0.a >= 1 }
  }
}

private struct ClassesTurned: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    predictions(X, Y, parameters) { $0.a < 0.5 }
  }
}

private struct MinusOneForZero: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    var predictions = TruePositives().evaluate(X: X, Y: Y, at: parameters)
    predictions.classes = predictions.classes.map { $0 == 1 ? 1 : -1 }
    return predictions
  }
}

private struct TruePositives: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    let classes = reference.evaluate(X: X, Y: Y, at: parameters).classes
    let right = classes.indices.filter { classes[$0] == 1 && Y[0, $0] == 1 }.count
    return BinaryPredictions(classes: classes, accuracy: Double(right) / Double(X.columns))
  }
}

private struct ClassOneAlways: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    predictions(X, Y, parameters) { _ in true }
  }
}

private struct ClassZeroAlways: LogisticRegressionLesson {
  func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions {
    predictions(X, Y, parameters) { _ in false }
  }
}

// MARK: 3.10

private struct LikelihoodSign: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double { -reference.logLikelihood(A: A, Y: Y) }
}

private struct MeanLikelihood: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double { reference.logLikelihood(A: A, Y: Y) / Double(A.columns) }
}

private struct ProductFirst: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double {
    var product = 1.0
    for i in 0..<A.columns { product *= Y[0, i] == 1 ? max(A[0, i], logFloor) : max(1 - A[0, i], logFloor) }
    return log(product)
  }
}

private struct UnflooredProduct: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double {
    var product = 1.0
    for i in 0..<A.columns { product *= Y[0, i] == 1 ? A[0, i] : 1 - A[0, i] }
    return log(product)
  }
}

private struct CostForLikelihood: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double { -reference.logLikelihood(A: A, Y: Y) / Double(A.columns) }
}

private struct LikelihoodWithoutFloor: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double { NoFloor().logLikelihood(A: A, Y: Y) }
}

private struct LikelihoodWithoutFloorByCases: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double { NoFloorByCases().logLikelihood(A: A, Y: Y) }
}

private struct DecimalLikelihood: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double { DecimalLogarithm().logLikelihood(A: A, Y: Y) }
}

private struct LikelihoodItself: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double { exp(reference.logLikelihood(A: A, Y: Y)) }
}

private struct SquaredLikelihood: LogisticRegressionLesson {
  func logLikelihood(A: Matrix, Y: Matrix) -> Double { LossesExchanged().logLikelihood(A: A, Y: Y) }
}
