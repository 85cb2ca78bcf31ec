import Curriculum
import Grading
@testable import BatchNormalizationSolution

private let reference = BatchNormalization()

let batchNormalization = Answers<any BatchNormalizationLesson>(
  .batchNormalization, batchNormalizationSteps, reference,
  mistakes: [
    Mistake(
      "13.1", "σ² is divided by m − 1", SampleVariance(),
      "The course divides by m: σ² is the mean of (z − μ)². In a batch of one, m − 1 is 0."),
    Mistake(
      "13.1", "σ² is divided by m − 1, except in a batch of one", GuardedSampleVariance(),
      "The course divides by m, in every batch: σ² is the mean of (z − μ)²."),
    Mistake("13.1", "σ stands for σ²", DeviationForVariance(), "No root here: 13.2 takes it, after adding ε."),
    Mistake("13.1", "σ² is a sum instead of a mean", VarianceSum(), "Divide by m, the number of columns."),
    Mistake("13.1", "neither sum is divided by m", BothSums(), "Both are means: divide by m, the number of columns."),
    Mistake(
      "13.1", "neither sum is divided by m, and the squares are taken about the sum", SquaresAboutTheSum(),
      "Both are means: divide by m, the number of columns. Then take the squares about μ."),
    Mistake("13.1", "μ is a sum instead of a mean", MeanSum(), "Divide by m, the number of columns."),
    Mistake(
      "13.1", "σ² is 0 whatever is given", NoVariance(),
      "That comes out when the mean of z − μ is squared: it is always 0. First square, then take the mean."),
    Mistake(
      "13.1", "σ² is divided by n instead of m", VarianceByFeatures(),
      "m is the number of examples, `Z.columns`. n is `Z.rows`."),
    Mistake(
      "13.1", "μ and σ² are divided by n instead of m", DividedByFeatures(),
      "m is the number of examples, `Z.columns`. n is `Z.rows`."),
    Mistake(
      "13.1", "each example is averaged instead of each feature", ByExample(),
      "By feature over the batch: a number for each row, (n, 1)."),
    Mistake(
      "13.1", "all features have one μ and one σ² together", OneForAll(),
      "By feature: each row has a mean and a variance of its own."),
    Mistake(
      "13.1", "μ is not taken off before the squares", SecondMoment(),
      "That is the mean of z². The variance is the mean of (z − μ)²."),
    Mistake(
      "13.1", "σ² is the mean of |z − μ|", MeanDeviation(), "The mean of the squares, (z − μ)²."),
    Mistake(
      "13.1", "a σ² below 1e-12 is returned as 1", ConstantCountsAsOne(),
      "So it was in 5.4. Here ε guards the division, in 13.2, and σ² stays what it is."),

    Mistake(
      "13.2", "ε stands outside the root", EpsilonOutside(),
      "√(σ² + ε), not √σ² + ε: first add, then take the root. (A lecture prints the other one; the chapter has the check.)"
    ),
    Mistake(
      "13.2", "ε is left out", EpsilonLeftOut(), "A constant feature has σ² = 0: 0/0 is NaN. √(σ² + ε) is never 0."),
    Mistake("13.2", "ε is 1e-5 whatever is given", FixedEpsilon(), "Use the `epsilon` that the function is given."),
    Mistake(
      "13.2", "ε is 1e-8 whatever is given", SmallFixedEpsilon(), "Use the `epsilon` that the function is given."),
    Mistake(
      "13.2", "σ² is raised to ε where it is smaller, instead of ε being added", RaisedToEpsilon(),
      "√(σ² + ε): ε is added to every σ², large or small."),
    Mistake(
      "13.2", "ε is left out, except where σ² is 0 or nearly 0", EpsilonForZero(),
      "√(σ² + ε): ε is added to every σ², large or small."),
    Mistake(
      "13.2", "σ is raised to ε where it is smaller, instead of ε being added under the root", DeviationRaised(),
      "√(σ² + ε): ε is added to every σ², large or small."),
    Mistake("13.2", "ε is squared under the root", EpsilonSquared(), "√(σ² + ε): ε is added to σ² as it is."),
    Mistake(
      "13.2", "Z − μ is divided by σ² + ε, without the root", DividedByVariance(),
      "The divisor is √(σ² + ε): only a standard deviation has the unit of z."),
    Mistake("13.2", "Z − μ is multiplied by the root", MultipliedByDeviation(), "Divide by √(σ² + ε)."),
    Mistake(
      "13.2", "only μ is divided by the root", OnlyMeanDivided(),
      "Ẑ = (Z − μ)/√(σ² + ε): the difference goes into brackets, and all of it is divided."),
    Mistake("13.2", "μ is not taken off", MeanLeftIn(), "Ẑ = (Z − μ)/√(σ² + ε): its rows have mean 0."),
    Mistake(
      "13.2", "Z̃ is γZ + β", ScaledWithoutNormalising(), "γ and β act on Ẑ: Z̃ = γẐ + β."),
    Mistake("13.2", "Z̃ is Ẑ, without γ and β", NotScaled(), "Z̃ = γẐ + β."),
    Mistake("13.2", "γ is left out of Z̃", GammaLeftOut(), "Z̃ = γẐ + β."),
    Mistake("13.2", "β is left out of Z̃", BetaLeftOut(), "Z̃ = γẐ + β."),
    Mistake("13.2", "γ and β are exchanged in Z̃", GammaBetaExchanged(), "γ scales, β shifts: Z̃ = γẐ + β."),
    Mistake("13.2", "Z̃ is γ(Ẑ + β)", ShiftedFirst(), "First scale, then shift: Z̃ = γẐ + β."),
    Mistake(
      "13.2", "σ² is divided by m − 1", ForwardSampleVariance(),
      "Use the statistics of 13.1: σ² is the mean of (z − μ)², over m."),
    Mistake(
      "13.2", "σ² in the cache has ε in it already", CachedVarianceWithEpsilon(),
      "The cache keeps the σ² of 13.1; backward adds ε itself, and would add it twice."),
    Mistake("13.2", "the cache has σ instead of σ²", CachedDeviation(), "The cache keeps the σ² of 13.1."),
    Mistake("13.2", "the cache has √(σ² + ε) instead of σ²", CachedRoot(), "The cache keeps the σ² of 13.1."),
    Mistake("13.2", "the cache has Z̃ instead of Ẑ", CachedZtilde(), "Backward needs Ẑ, from before γ and β."),
    Mistake("13.2", "the cache has Z − μ instead of Ẑ", CachedCentred(), "Ẑ = (Z − μ)/√(σ² + ε) goes into the cache."),
    Mistake("13.2", "the cache has Z instead of Ẑ", CachedZForZhat(), "Ẑ = (Z − μ)/√(σ² + ε) goes into the cache too."),
    Mistake("13.2", "the cache has Ẑ instead of Z", CachedZhatForZ(), "Z is what came in."),
    Mistake(
      "13.2", "each example is normalised instead of each feature", NormalisedByExample(),
      "By feature, over the batch: the μ and σ² of 13.1, a number for each row."),

    Mistake(
      "13.3", "ε stands outside the root", UndoneEpsilonOutside(),
      "γ has to be what 13.2 divides by: √(σ² + ε). (A lecture prints √σ² + ε, for both.)"),
    Mistake("13.3", "ε is left out of γ", UndoneWithoutEpsilon(), "γ has to be what 13.2 divides by: √(σ² + ε)."),
    Mistake("13.3", "γ is σ² + ε, without the root", UndoneVariance(), "γ has to be what 13.2 divides by: √(σ² + ε)."),
    Mistake("13.3", "γ is σ²", UndonePlainVariance(), "γ has to be what 13.2 divides by: √(σ² + ε)."),
    Mistake("13.3", "γ is 1/√(σ² + ε)", UndoneInverse(), "13.2 divides by the root, so γ multiplies by it."),
    Mistake(
      "13.3", "γ and β are those that make Ẑ of Z", UndoneForward(),
      "1/√(σ² + ε) and −μ/√(σ² + ε) lead from Z to Ẑ. Asked for is the way back."),
    Mistake("13.3", "β is −μ", UndoneMinus(), "13.2 subtracts μ, so β adds it."),
    Mistake("13.3", "β is 0", UndoneWithoutShift(), "13.2 subtracts μ, so β adds it."),
    Mistake("13.3", "γ and β are exchanged", UndoneExchanged(), "γ = √(σ² + ε), β = μ."),
    Mistake("13.3", "γ is 1 and β is 0", UndoneByNothing(), "These leave Ẑ as it is. What makes Z of it?"),
    Mistake("13.3", "σ² is divided by m − 1", UndoneSampleVariance(), "The σ² of 13.1, over m."),

    Mistake(
      "13.4", "the path through μ is left out", WithoutMeanPath(),
      "Every z moves μ, and μ moves every ẑ of its row: take the mean of dZ̃ off."),
    Mistake(
      "13.4", "the path through σ² is left out", WithoutVariancePath(),
      "Every z moves σ², and σ² moves every ẑ of its row: take Ẑ · (mean of dZ̃ ∘ Ẑ) off."),
    Mistake(
      "13.4", "μ and σ² are treated as constants", ConstantStatistics(),
      "Both depend on every z of their row: there are three paths from z to Z̃, and the gradient is their sum."),
    Mistake("13.4", "γ is left out of dZ", BackwardWithoutGamma(), "dẐ = γ dZ̃: γ is a factor of every path."),
    Mistake(
      "13.4", "the factor 1/√(σ² + ε) is left out of dZ", BackwardWithoutRoot(),
      "Ẑ = (Z − μ)/√(σ² + ε): dividing forward divides backward."),
    Mistake("13.4", "dZ is divided by σ² + ε, without the root", BackwardByVariance(), "The factor is γ/√(σ² + ε)."),
    Mistake("13.4", "dZ is multiplied by the root", BackwardTimesRoot(), "The factor is γ/√(σ² + ε)."),
    Mistake("13.4", "ε stands outside the root in dZ", BackwardEpsilonOutside(), "√(σ² + ε), as in 13.2."),
    Mistake(
      "13.4", "ε is left out of dZ", BackwardWithoutEpsilon(),
      "√(σ² + ε), as in 13.2; a constant feature is divided by 0 otherwise."),
    Mistake(
      "13.4", "1/m is missing on the paths through μ and σ²", SumsForMeans(),
      "μ and σ² are means, so each z moves them by 1/m only: means of dZ̃ and of dZ̃ ∘ Ẑ, not sums."),
    Mistake(
      "13.4", "1/m is missing on the path through μ", SumForMeanPath(), "∂μ/∂z = 1/m: the mean of dZ̃, not the sum."),
    Mistake(
      "13.4", "1/m is missing on the path through σ²", SumForVariancePath(),
      "∂σ²/∂z = 2(z − μ)/m: the mean of dZ̃ ∘ Ẑ, not the sum."),
    Mistake(
      "13.4", "dZ is divided by m once more", DZAveraged(),
      "This step adds no 1/m of its own: the one in μ and σ² is all."),
    Mistake(
      "13.4", "dZ, dγ and dβ are divided by m once more", AllAveraged(),
      "They are the gradients of Σ dZ̃ ∘ Z̃: dγ and dβ are sums, and dZ has no 1/m beside those in μ and σ²."),
    Mistake(
      "13.4", "dγ and dβ are divided by m", ParametersAveraged(),
      "They are the gradients of the sum Σ dZ̃ ∘ Z̃: sums, not means. 13.6 divides, where the cost is a mean."),
    Mistake("13.4", "dγ is divided by m", DgammaAveraged(), "dγ = Σ dZ̃ ∘ Ẑ, a sum."),
    Mistake("13.4", "dβ is divided by m", DbetaAveraged(), "dβ = Σ dZ̃, a sum."),
    Mistake("13.4", "dγ is made with Z instead of Ẑ", DgammaOfZ(), "Z̃ = γẐ + β: what γ multiplies is Ẑ."),
    Mistake("13.4", "dγ is made with Z − μ instead of Ẑ", DgammaOfCentred(), "Z̃ = γẐ + β: what γ multiplies is Ẑ."),
    Mistake("13.4", "dγ has γ as a factor", DgammaTimesGamma(), "∂(γẑ + β)/∂γ = ẑ: dγ = Σ dZ̃ ∘ Ẑ."),
    Mistake("13.4", "dβ has γ as a factor", DbetaTimesGamma(), "∂(γẑ + β)/∂β = 1: dβ = Σ dZ̃."),
    Mistake("13.4", "dγ and dβ are exchanged", GradientsExchanged(), "dγ = Σ dZ̃ ∘ Ẑ, dβ = Σ dZ̃."),
    Mistake(
      "13.4", "dγ and dβ are not summed over the batch", GradientsNotSummed(),
      "One γ and one β serve all m examples, so their gradients add up: (n, 1)."),
    Mistake(
      "13.4", "the path through σ² counts half", HalfVariancePath(),
      "Is a 2 missing? ∂(z − μ)²/∂z = 2(z − μ), and this 2 cancels the ½ of the root's derivative."),
    Mistake(
      "13.4", "the path through σ² counts twice", DoubleVariancePath(),
      "Is a ½ missing? ∂(σ² + ε)^(−½)/∂σ² = −½(σ² + ε)^(−3/2), and this ½ cancels the 2 of the square."),
    Mistake(
      "13.4", "the path through σ² has the wrong sign", VariancePathSign(),
      "A larger σ² makes every ẑ smaller: this path is subtracted."),
    Mistake(
      "13.4", "the path through μ has the wrong sign", MeanPathSign(),
      "A larger μ makes every ẑ smaller: this path is subtracted."),
    Mistake(
      "13.4", "the path through σ² has Z − μ instead of Ẑ", CentredVariancePath(),
      "Ẑ · (mean of dZ̃ ∘ Ẑ): both factors are divided by the root."),
    Mistake(
      "13.4", "Ẑ is left out in front of the mean of dZ̃ ∘ Ẑ", VariancePathWithoutZhat(),
      "σ² moves each ẑ in proportion to ẑ itself: the path is Ẑ · (mean of dZ̃ ∘ Ẑ)."),
    Mistake(
      "13.4", "the means on the paths go over all features together", MeansOfAll(),
      "By feature: each row has its own μ and σ², so its own means."),
    Mistake(
      "13.4", "the paths through μ and σ² are divided by m − 1", PathsBySample(),
      "μ and σ² divide by m, so do their derivatives."),

    Mistake(
      "13.5", "ρ and 1 − ρ are exchanged", MomentumExchanged(),
      "ρ is the share of the old value that stays: r ← ρr + (1 − ρ)·batch. (Some libraries call 1 − ρ the momentum.)"),
    Mistake("13.5", "1 − ρ is left out", ShareLeftOut(), "r ← ρr + (1 − ρ)·batch: the two shares add up to 1."),
    Mistake(
      "13.5", "the running variance averages the unbiased ones", RunningSampleVariance(),
      "The contract averages the σ² of 13.1, over m. (Libraries often take m − 1 here; a batch of one is 0/0 then.)"),
    Mistake(
      "13.5", "the running variance averages the unbiased ones, except for a batch of one",
      GuardedRunningSampleVariance(),
      "The contract averages the σ² of 13.1, over m. (Libraries often take m − 1 here.)"),
    Mistake(
      "13.5", "each batch's variance is taken about the running mean", VarianceAboutRunningMean(),
      "Each batch has the σ² of 13.1, about its own mean."),
    Mistake(
      "13.5", "the running variance averages σ instead of σ²", RunningDeviation(),
      "Average the variances; the root is taken once, at the end."),
    Mistake(
      "13.5", "the running variance is never updated", VarianceFrozen(), "Both are updated, batch after batch."),
    Mistake("13.5", "the running mean is never updated", MeanFrozen(), "Both are updated, batch after batch."),
    Mistake(
      "13.5", "Z̃ is made with Z's own statistics", TestByItself(),
      "At test time an example must not depend on its neighbours: take the running statistics."),
    Mistake(
      "13.5", "Z̃ is made with the last batch's statistics", TestByLastBatch(),
      "Take the running statistics, as they are after the last batch."),
    Mistake(
      "13.5", "Z̃ is made with the statistics of the start", TestByStart(),
      "Take the running statistics, as they are after the last batch."),
    Mistake(
      "13.5", "Z counts as one more batch", TestSetCounted(), "Nothing is learnt from the test set: the batches alone."),
    Mistake(
      "13.5", "the running statistics start at 0 and 1 whatever is given", StartsAtZeroOne(), "They start at `start`."),
    Mistake(
      "13.5", "the running statistics start at the first batch's", StartsAtFirstBatch(),
      "They start at `start`, and the first batch is mixed in like the others."),
    Mistake(
      "13.5", "the running statistics are the plain means over the batches", PlainMeans(),
      "r ← ρr + (1 − ρ)·batch: the start counts, and late batches count more than early ones."),
    Mistake(
      "13.5", "the running statistics are divided by 1 − ρᵗ", BiasCorrected(),
      "That belongs to averages that start at 0, as Adam's do. The variance starts at 1 here, and nothing is corrected."
    ),
    Mistake(
      "13.5", "the batches come in the wrong order", OrderReversed(), "In the order given: the last one counts most."),
    Mistake("13.5", "the last batch is left out", LastBatchLeftOut(), "All batches, the last one too."),
    Mistake("13.5", "ε stands outside the root", TestEpsilonOutside(), "√(σ² + ε), as in training."),
    Mistake("13.5", "ε is left out", TestWithoutEpsilon(), "√(σ² + ε), as in training."),
    Mistake("13.5", "the root is left out", TestWithoutRoot(), "Divide by √(σ² + ε), as in training."),
    Mistake("13.5", "γ and β are left out of Z̃", TestNotScaled(), "Z̃ = γẐ + β, as in training."),
    Mistake("13.5", "γ is left out of Z̃", TestWithoutGamma(), "Z̃ = γẐ + β, as in training."),
    Mistake("13.5", "β is left out of Z̃", TestWithoutBeta(), "Z̃ = γẐ + β, as in training."),
    Mistake("13.5", "γ and β are exchanged in Z̃", TestGammaBetaExchanged(), "γ scales, β shifts: Z̃ = γẐ + β."),

    Mistake(
      "13.6", "dγ and dβ are not divided by m", ScaleShiftSummed(),
      "13.4 adds no 1/m. With dZ₂ = A₂ − Y from above, every parameter's gradient divides by m here."),
    Mistake(
      "13.6", "dγ is not divided by m", GammaSummed(),
      "13.4 adds no 1/m. With dZ₂ = A₂ − Y from above, every parameter's gradient divides by m here."),
    Mistake(
      "13.6", "dβ is not divided by m", BetaSummed(),
      "13.4 adds no 1/m. With dZ₂ = A₂ − Y from above, every parameter's gradient divides by m here."),
    Mistake(
      "13.6", "dW₁ is not divided by m", W1Summed(), "J is a mean, so its gradients are means too: dW₁ = dZ₁Xᵀ/m."),
    Mistake("13.6", "dW₂ and db₂ are not divided by m", OutputSummed(), "J is a mean, so its gradients are means too."),
    Mistake("13.6", "no gradient is divided by m", AllSummed(), "J is a mean, so its gradients are means too."),
    Mistake(
      "13.6", "all gradients are divided by m twice", AllAveragedTwice(),
      "Once: either in dZ₂ or in the gradients of the parameters."),
    Mistake(
      "13.6", "dγ, dβ and dW₁ are divided by m twice", HiddenAveragedTwice(),
      "Once: either in dZ₂ or in the gradients of the parameters."),
    Mistake(
      "13.6", "the gradient goes around batch norm, from Z̃₁ to Z₁ unchanged", AroundTheNorm(),
      "dZ₁ is what 13.4 makes of dZ̃₁."),
    Mistake(
      "13.6", "μ and σ² are treated as constants on the way back", NetworkConstantStatistics(),
      "dZ₁ is what 13.4 makes of dZ̃₁, along three paths."),
    Mistake(
      "13.6", "tanh's derivative is taken at Z₁", SlopeAtZ1(), "tanh was given Z̃₁: its derivative is 1 − A₁²."),
    Mistake("13.6", "tanh's derivative is left out", WithoutSlope(), "dZ̃₁ = dA₁ ∘ (1 − A₁²)."),
    Mistake("13.6", "tanh's derivative is 1 − A₁, without the square", SlopeWithoutSquare(), "It is 1 − A₁²."),
    Mistake("13.6", "tanh's derivative is A₁(1 − A₁)", SigmoidSlope(), "That is σ's. tanh's is 1 − A₁²."),
    Mistake("13.6", "batch norm is left out", NetworkWithoutNorm(), "A₁ = tanh(Z̃₁), with the Z̃ of 13.2."),
    Mistake(
      "13.6", "batch norm comes after tanh", NormAfterActivation(),
      "Z₁, batch norm, tanh: the scores are normalised before g bends them."),
    Mistake("13.6", "tanh is given Ẑ instead of Z̃", TanhOfZhat(), "A₁ = tanh(Z̃₁), after γ and β."),
    Mistake("13.6", "ReLU stands for tanh", ReluForTanh(), "A₁ = tanh(Z̃₁)."),
    Mistake("13.6", "σ stands for tanh", SigmoidForTanh(), "A₁ = tanh(Z̃₁); σ comes at the output."),
    Mistake("13.6", "b₂ is left out", WithoutB2(), "Z₂ = W₂A₁ + b₂: only the bias in front of batch norm is dropped."),
    Mistake("13.6", "A₂ is Z₂, without σ", WithoutSigmoid(), "A₂ = σ(Z₂)."),
    Mistake(
      "13.6", "e^Z/(1 + e^Z) is used", OverflowingSigmoid(),
      "For large scores that is ∞/∞, NaN: 1/(1 + e^(−Z)) is right for all."),
    Mistake("13.6", "dZ₂ is Y − A₂", DZ2Sign(), "dZ₂ = A₂ − Y."),
    Mistake(
      "13.6", "dZ₂ is (A₂ − Y)·A₂(1 − A₂)", DZ2WithSlope(),
      "That σ' has cancelled with the cross-entropy's derivative: dZ₂ = A₂ − Y."),
    Mistake(
      "13.6", "dZ₂ is computed through dA₂, and is 0/0 where A₂ is exactly right", ThroughDA2(),
      "−Y/A + (1 − Y)/(1 − A) has 0/0 there, NaN. Times A(1 − A) it is A − Y: compute that."),
    Mistake(
      "13.6", "dZ₂ is 0 where A₂ is exactly wrong", ThroughFlooredDA2(),
      "So it comes out through dA₂ · A₂(1 − A₂), with a floor under the divisors. dZ₂ = A₂ − Y is ±1 there: the worst errors need the largest gradient."
    ),
    Mistake("13.6", "J is a sum instead of a mean", NetworkCostSum(), "J is the mean over the examples."),
    Mistake("13.6", "J's minus sign is lost", NetworkCostSign(), "log a is negative, a cost is not."),
    Mistake(
      "13.6", "a logarithm in J is taken of 0", NetworkCostWithoutFloor(),
      "0·log 0 is NaN: `log(max(A2, logFloor))`, and the same for 1 − A2."),
    Mistake("13.6", "J's floor is 1e-15", NetworkCostOtherFloor(), "The course's floor is `logFloor`, 2⁻⁵⁰."),
    Mistake(
      "13.6", "ε is 1e-5 whatever is given", NetworkFixedEpsilon(), "Pass on the `epsilon` that the function is given."),

    Mistake(
      "13.7", "the short rest counts as a batch", RestCounted(), "Only whole batches: a short one scatters more."),
    Mistake(
      "13.7", "the deviation of the batch means is divided by their number less 1", SampleNoise(),
      "Both deviations divide by the count: here by the number of batches."),
    Mistake(
      "13.7", "both deviations are divided by the count less 1", SampleDeviations(), "Both divide by the count itself."),
    Mistake(
      "13.7", "the predicted σ² is divided by m − 1", SamplePrediction(), "The σ² of 13.1, over m."),
    Mistake(
      "13.7", "variances stand for the deviations", NoiseVariances(), "Both are standard deviations: take the roots."),
    Mistake(
      "13.7", "the root is left out of the batch means' deviation", MeasuredVariance(),
      "A standard deviation is the root of the variance."),
    Mistake(
      "13.7", "the root is left out of the prediction", PredictedVariance(),
      "σ²/size is a variance: its root, σ/√size, is the standard deviation."),
    Mistake(
      "13.7", "σ is divided by the batch size instead of its root", DividedBySize(),
      "Variances of independent numbers add up, so the variance falls like 1/size, and the deviation like 1/√size."),
    Mistake(
      "13.7", "σ is divided by the root of the number of batches", DividedByBatches(),
      "How far one batch's mean scatters depends on how many examples are in it: σ/√size."),
    Mistake(
      "13.7", "σ is divided by √m", DividedByExamples(), "That is the scatter of the mean of all m: here σ/√size."),
    Mistake(
      "13.7", "σ is not divided", NotDivided(),
      "A mean of `size` examples scatters less than one example does: σ/√size."),
    Mistake(
      "13.7", "the batch means' deviation is taken about the mean of all columns", AboutTheWholeMean(),
      "About the batch means' own mean; the rest has no part in it."),
    Mistake(
      "13.7", "σ is taken without the rest", PredictedWithoutRest(), "σ is that of all m columns of Z."),
    Mistake(
      "13.7", "σ is the mean of the batches' own deviations", PredictedFromBatches(),
      "σ is that of all m columns of Z; a batch's own is smaller."),
    Mistake(
      "13.7", "σ is the root of the mean of the batches' own variances", PredictedFromVariances(),
      "σ is that of all m columns of Z; a batch's own σ² is smaller in the mean."),
    Mistake(
      "13.7", "columns far apart are put into one batch, as cards are dealt", DealtBatches(),
      "The columns in order: 0 … size − 1 make the first batch."),
    Mistake(
      "13.7", "the standard deviation of the batches' sums is measured", SumsOfBatches(),
      "Of their means: divide each sum by `size`."),
    Mistake(
      "13.7", "measured and predicted are exchanged", NoiseExchanged(),
      "Measured is the scatter of the batch means, predicted is σ/√size."),
  ])

// MARK: - Helpers

/// σ² over m − 1.
private func sample(_ Z: Matrix) -> Matrix { pow(Z - Z.rowMeans(), 2).rowSums() / (Double(Z.columns) - 1) }

/// σ² over m − 1, or over 1.
private func guardedSample(_ Z: Matrix) -> Matrix {
  pow(Z - Z.rowMeans(), 2).rowSums() / max(Double(Z.columns) - 1, 1)
}

/// The mean over all features, at each of them.
private func overall(_ V: Matrix) -> Matrix { 0 * V + V.mean() }

/// 13.2 with another Ẑ.
private func forwardPass(_ Zhat: Matrix, _ Z: Matrix, _ gamma: Matrix, _ beta: Matrix, _ epsilon: Double)
  -> BatchNormForward
{
  BatchNormForward(
    Ztilde: gamma .* Zhat + beta,
    cache: BatchNormCache(
      Z: Z, Zhat: Zhat, statistics: reference.statistics(Z), gamma: gamma, epsilon: epsilon))
}

/// Z − μ divided by what becomes of σ².
private func normalised(_ Z: Matrix, _ divisor: (Matrix) -> Matrix) -> Matrix {
  let batch = reference.statistics(Z)
  return (Z - batch.mean) ./ divisor(batch.variance)
}

/// 13.3 with another γ, made of σ².
private func undone(_ Z: Matrix, _ gamma: (Matrix) -> Matrix) -> ScaleShift {
  let batch = reference.statistics(Z)
  return ScaleShift(gamma: gamma(batch.variance), beta: batch.mean)
}

extension BatchNormCache {
  fileprivate var root: Matrix { sqrt(statistics.variance + epsilon) }
  fileprivate var slope: Matrix { gamma ./ root }
  fileprivate var centred: Matrix { Z - statistics.mean }
  fileprivate var m: Double { Double(Z.columns) }
}

/// 13.4 with another dZ.
private func gradients(_ dZtilde: Matrix, _ cache: BatchNormCache, dZ: Matrix) -> BatchNormGradients {
  var g = reference.backward(dZtilde: dZtilde, cache: cache)
  g.dZ = dZ
  return g
}

/// The three paths of dZ, without the slope, each with a factor.
private func paths(_ G: Matrix, _ cache: BatchNormCache, mean: Double = 1, variance: Double = 1) -> Matrix {
  let Zhat = cache.Zhat
  return G - mean * G.rowMeans() - variance * (Zhat .* (G .* Zhat).rowMeans())
}

/// 13.5's Z̃ by these statistics.
private func answer(
  _ Z: Matrix, by statistics: BatchStatistics, running: BatchStatistics? = nil, _ gamma: Matrix, _ beta: Matrix,
  root: (Matrix) -> Matrix
) -> TestForward {
  TestForward(
    running: running ?? statistics, Ztilde: gamma .* ((Z - statistics.mean) ./ root(statistics.variance)) + beta)
}

/// The running statistics with other shares, or other statistics of a batch.
private func run(
  _ batches: [Matrix], from start: BatchStatistics, keep: Double, take: Double,
  statistics: (Matrix) -> BatchStatistics = { reference.statistics($0) }
) -> BatchStatistics {
  var running = start
  for batch in batches {
    let statistics = statistics(batch)
    running.mean = keep * running.mean + take * statistics.mean
    running.variance = keep * running.variance + take * statistics.variance
  }
  return running
}

private func root(_ epsilon: Double) -> (Matrix) -> Matrix { { sqrt($0 + epsilon) } }

/// 13.6 with other parts.
private struct NetworkPlan {
  var norm: (Matrix, Matrix, Matrix, Double) -> BatchNormForward = {
    reference.forward(Z: $0, gamma: $1, beta: $2, epsilon: $3)
  }
  var g: (Matrix) -> Matrix = { tanh($0) }
  var slope: (_ Z1: Matrix, _ Ztilde: Matrix, _ A1: Matrix) -> Matrix = { 1 - $2 .* $2 }
  var output: (Matrix) -> Matrix = { 1 / (1 + exp(-$0)) }
  var bias = true
  var dZ2: (_ A2: Matrix, _ Y: Matrix) -> Matrix = { $0 - $1 }
  var back: (Matrix, BatchNormCache) -> BatchNormGradients = { reference.backward(dZtilde: $0, cache: $1) }

  func callAsFunction(X: Matrix, Y: Matrix, at p: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    let m = Double(X.columns)
    let Z1 = p.W1 * X
    let forward = norm(Z1, p.gamma, p.beta, epsilon)
    let A1 = g(forward.Ztilde)
    let A2 = output(p.W2 * A1 + (bias ? p.b2 : 0 * p.b2))
    let losses = -Y .* log(max(A2, logFloor)) - (1 - Y) .* log(max(1 - A2, logFloor))
    let d2 = dZ2(A2, Y)
    let b = back((p.W2.T * d2) .* slope(Z1, forward.Ztilde, A1), forward.cache)
    return BatchNormPass(
      A2: A2, cost: losses.mean(),
      gradients: BatchNormParameters(
        W1: b.dZ * X.T / m, gamma: b.dgamma / m, beta: b.dbeta / m, W2: d2 * A1.T / m, b2: d2.rowSums() / m))
  }
}

/// The reference's pass with its gradients changed.
private func pass(
  _ X: Matrix, _ Y: Matrix, _ parameters: BatchNormParameters, _ epsilon: Double,
  _ change: (inout BatchNormParameters, Double) -> Void
) -> BatchNormPass {
  var pass = reference.network(X: X, Y: Y, at: parameters, epsilon: epsilon)
  change(&pass.gradients, Double(X.columns))
  return pass
}

/// The reference's pass with another cost, made of A₂.
private func pass(
  _ X: Matrix, _ Y: Matrix, _ parameters: BatchNormParameters, _ epsilon: Double, cost: (Matrix) -> Double
) -> BatchNormPass {
  var pass = reference.network(X: X, Y: Y, at: parameters, epsilon: epsilon)
  pass.cost = cost(pass.A2)
  return pass
}

/// The columns of each whole batch.
private func cut(_ Z: Matrix, _ size: Int) -> [Matrix] {
  (0..<Z.columns / size).map { Z.columns($0 * size..<($0 + 1) * size) }
}

private func batchMeans(_ Z: Matrix, _ size: Int) -> Matrix { Matrix(columns: cut(Z, size).map { $0.rowMeans() }) }
private func deviation(_ V: Matrix) -> Matrix { sqrt(reference.statistics(V).variance) }

/// The reference's noise with one of its parts changed.
private func scatter(_ Z: Matrix, _ size: Int, measured: Matrix? = nil, predicted: Matrix? = nil) -> BatchNoise {
  var noise = reference.noise(of: Z, batchSize: size)
  if let measured { noise.measured = measured }
  if let predicted { noise.predicted = predicted }
  return noise
}

extension BatchNormParameters {
  fileprivate func scaled(by k: Double) -> BatchNormParameters {
    BatchNormParameters(W1: k * W1, gamma: k * gamma, beta: k * beta, W2: k * W2, b2: k * b2)
  }
}

/// The losses of the examples with some floor.
private func crossEntropy(_ A: Matrix, _ Y: Matrix, floor: Double = logFloor) -> Matrix {
  -Y .* log(max(A, floor)) - (1 - Y) .* log(max(1 - A, floor))
}

// MARK: - 13.1

private struct SampleVariance: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowMeans(), variance: sample(Z))
  }
}

private struct GuardedSampleVariance: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowMeans(), variance: guardedSample(Z))
  }
}

private struct DeviationForVariance: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowMeans(), variance: deviation(Z))
  }
}

private struct VarianceSum: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowMeans(), variance: pow(Z - Z.rowMeans(), 2).rowSums())
  }
}

private struct BothSums: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    let mean = Z.rowMeans()
    return BatchStatistics(mean: Z.rowSums(), variance: pow(Z - mean, 2).rowSums())
  }
}

private struct SquaresAboutTheSum: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowSums(), variance: pow(Z - Z.rowSums(), 2).rowSums())
  }
}

private struct MeanSum: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowSums(), variance: reference.statistics(Z).variance)
  }
}

private struct NoVariance: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowMeans(), variance: Matrix(rows: Z.rows, columns: 1))
  }
}

private struct VarianceByFeatures: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowMeans(), variance: pow(Z - Z.rowMeans(), 2).rowSums() / Double(Z.rows))
  }
}

private struct DividedByFeatures: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    let mean = Z.rowSums() / Double(Z.rows)
    return BatchStatistics(mean: mean, variance: pow(Z - mean, 2).rowSums() / Double(Z.rows))
  }
}

private struct ByExample: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    let mean = Z.columnMeans()
    return BatchStatistics(mean: mean, variance: pow(Z - mean, 2).columnMeans())
  }

  // Statistics of one batch do not fit those of a longer one.
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    reference.testForward(
      Z: Z, after: batches, from: start, momentum: rho, gamma: gamma, beta: beta, epsilon: epsilon)
  }
}

private struct OneForAll: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    let mean = overall(Z.rowMeans())
    return BatchStatistics(mean: mean, variance: overall(pow(Z - mean, 2).rowMeans()))
  }
}

private struct SecondMoment: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowMeans(), variance: pow(Z, 2).rowMeans())
  }
}

private struct MeanDeviation: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowMeans(), variance: abs(Z - Z.rowMeans()).rowMeans())
  }
}

private struct ConstantCountsAsOne: BatchNormalizationLesson {
  func statistics(_ Z: Matrix) -> BatchStatistics {
    BatchStatistics(mean: Z.rowMeans(), variance: reference.statistics(Z).variance.map { $0 < 1e-12 ? 1 : $0 })
  }
}

// MARK: - 13.2

private struct EpsilonOutside: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { sqrt($0) + epsilon }, Z, gamma, beta, epsilon)
  }
}

private struct EpsilonLeftOut: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { sqrt($0) }, Z, gamma, beta, epsilon)
  }
}

private struct FixedEpsilon: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { sqrt($0 + 1e-5) }, Z, gamma, beta, epsilon)
  }
}

private struct SmallFixedEpsilon: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { sqrt($0 + 1e-8) }, Z, gamma, beta, epsilon)
  }
}

private struct RaisedToEpsilon: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { sqrt(max($0, epsilon)) }, Z, gamma, beta, epsilon)
  }
}

private struct EpsilonForZero: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { $0.map { ($0 == 0 ? epsilon : $0).squareRoot() } }, Z, gamma, beta, epsilon)
  }
}

private struct DeviationRaised: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { max(sqrt($0), epsilon) }, Z, gamma, beta, epsilon)
  }
}

private struct EpsilonSquared: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { sqrt($0 + epsilon * epsilon) }, Z, gamma, beta, epsilon)
  }
}

private struct DividedByVariance: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { $0 + epsilon }, Z, gamma, beta, epsilon)
  }
}

private struct MultipliedByDeviation: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(normalised(Z) { 1 / sqrt($0 + epsilon) }, Z, gamma, beta, epsilon)
  }
}

private struct OnlyMeanDivided: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    let batch = reference.statistics(Z)
    return forwardPass(Z - batch.mean ./ sqrt(batch.variance + epsilon), Z, gamma, beta, epsilon)
  }
}

private struct MeanLeftIn: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    forwardPass(Z ./ sqrt(reference.statistics(Z).variance + epsilon), Z, gamma, beta, epsilon)
  }
}

private struct ScaledWithoutNormalising: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.Ztilde = gamma .* Z + beta
    return pass
  }
}

private struct NotScaled: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.Ztilde = pass.cache.Zhat
    return pass
  }
}

private struct GammaLeftOut: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.Ztilde = pass.cache.Zhat + beta
    return pass
  }
}

private struct BetaLeftOut: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.Ztilde = gamma .* pass.cache.Zhat
    return pass
  }
}

private struct GammaBetaExchanged: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.Ztilde = beta .* pass.cache.Zhat + gamma
    return pass
  }
}

private struct ShiftedFirst: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.Ztilde = gamma .* (pass.cache.Zhat + beta)
    return pass
  }
}

private struct ForwardSampleVariance: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    let variance = guardedSample(Z)
    var pass = forwardPass((Z - Z.rowMeans()) ./ sqrt(variance + epsilon), Z, gamma, beta, epsilon)
    pass.cache.statistics.variance = variance
    return pass
  }
}

private struct CachedVarianceWithEpsilon: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.cache.statistics.variance += epsilon
    return pass
  }
}

private struct CachedDeviation: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.cache.statistics.variance = sqrt(pass.cache.statistics.variance)
    return pass
  }
}

private struct CachedRoot: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.cache.statistics.variance = pass.cache.root
    return pass
  }
}

private struct CachedZtilde: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.cache.Zhat = pass.Ztilde
    return pass
  }
}

private struct CachedCentred: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.cache.Zhat = pass.cache.centred
    return pass
  }
}

private struct CachedZForZhat: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.cache.Zhat = Z
    return pass
  }
}

private struct CachedZhatForZ: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
    pass.cache.Z = pass.cache.Zhat
    return pass
  }
}

private struct NormalisedByExample: BatchNormalizationLesson {
  func forward(Z: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> BatchNormForward {
    let batch = BatchStatistics(mean: Z.columnMeans(), variance: pow(Z - Z.columnMeans(), 2).columnMeans())
    let Zhat = (Z - batch.mean) ./ sqrt(batch.variance + epsilon)
    var pass = forwardPass(Zhat, Z, gamma, beta, epsilon)
    pass.cache.statistics = batch
    return pass
  }
}

// MARK: - 13.3

private struct UndoneEpsilonOutside: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    undone(Z) { sqrt($0) + epsilon }
  }
}

private struct UndoneWithoutEpsilon: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    undone(Z) { sqrt($0) }
  }
}

private struct UndoneVariance: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    undone(Z) { $0 + epsilon }
  }
}

private struct UndonePlainVariance: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    undone(Z) { $0 }
  }
}

private struct UndoneInverse: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    undone(Z) { 1 / sqrt($0 + epsilon) }
  }
}

private struct UndoneForward: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    let right = reference.undoing(Z: Z, epsilon: epsilon)
    return ScaleShift(gamma: 1 / right.gamma, beta: -right.beta ./ right.gamma)
  }
}

private struct UndoneMinus: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    var result = reference.undoing(Z: Z, epsilon: epsilon)
    result.beta = -result.beta
    return result
  }
}

private struct UndoneWithoutShift: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    var result = reference.undoing(Z: Z, epsilon: epsilon)
    result.beta = 0 * result.beta
    return result
  }
}

private struct UndoneExchanged: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    let right = reference.undoing(Z: Z, epsilon: epsilon)
    return ScaleShift(gamma: right.beta, beta: right.gamma)
  }
}

private struct UndoneByNothing: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    ScaleShift(gamma: Matrix(rows: Z.rows, columns: 1, repeating: 1), beta: Matrix(rows: Z.rows, columns: 1))
  }
}

private struct UndoneSampleVariance: BatchNormalizationLesson {
  func undoing(Z: Matrix, epsilon: Double) -> ScaleShift {
    ScaleShift(gamma: sqrt(guardedSample(Z) + epsilon), beta: Z.rowMeans())
  }
}

// MARK: - 13.4

private struct WithoutMeanPath: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, mean: 0))
  }
}

private struct WithoutVariancePath: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, variance: 0))
  }
}

private struct ConstantStatistics: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* dZtilde)
  }
}

private struct BackwardWithoutGamma: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: paths(dZtilde, cache) ./ cache.root)
  }
}

private struct BackwardWithoutRoot: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.gamma .* paths(dZtilde, cache))
  }
}

private struct BackwardByVariance: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache) ./ cache.root)
  }
}

private struct BackwardTimesRoot: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.gamma .* cache.root .* paths(dZtilde, cache))
  }
}

private struct BackwardEpsilonOutside: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(
      dZtilde, cache, dZ: cache.gamma ./ (sqrt(cache.statistics.variance) + cache.epsilon) .* paths(dZtilde, cache))
  }
}

private struct BackwardWithoutEpsilon: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.gamma ./ sqrt(cache.statistics.variance) .* paths(dZtilde, cache))
  }
}

private struct SumsForMeans: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, mean: cache.m, variance: cache.m))
  }
}

private struct SumForMeanPath: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, mean: cache.m))
  }
}

private struct SumForVariancePath: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, variance: cache.m))
  }
}

private struct DZAveraged: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache) / cache.m)
  }
}

private struct AllAveraged: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    g.dZ /= cache.m
    g.dgamma /= cache.m
    g.dbeta /= cache.m
    return g
  }
}

private struct ParametersAveraged: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    g.dgamma /= cache.m
    g.dbeta /= cache.m
    return g
  }
}

private struct DgammaAveraged: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    g.dgamma /= cache.m
    return g
  }
}

private struct DbetaAveraged: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    g.dbeta /= cache.m
    return g
  }
}

private struct DgammaOfZ: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    g.dgamma = (dZtilde .* cache.Z).rowSums()
    return g
  }
}

private struct DgammaOfCentred: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    g.dgamma = (dZtilde .* cache.centred).rowSums()
    return g
  }
}

private struct DgammaTimesGamma: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    g.dgamma = cache.gamma .* g.dgamma
    return g
  }
}

private struct DbetaTimesGamma: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    g.dbeta = cache.gamma .* g.dbeta
    return g
  }
}

private struct GradientsExchanged: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    (g.dgamma, g.dbeta) = (g.dbeta, g.dgamma)
    return g
  }
}

private struct GradientsNotSummed: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    var g = reference.backward(dZtilde: dZtilde, cache: cache)
    g.dgamma = dZtilde .* cache.Zhat
    g.dbeta = dZtilde
    return g
  }
}

private struct HalfVariancePath: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, variance: 0.5))
  }
}

private struct DoubleVariancePath: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, variance: 2))
  }
}

private struct VariancePathSign: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, variance: -1))
  }
}

private struct MeanPathSign: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, mean: -1))
  }
}

private struct CentredVariancePath: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    gradients(
      dZtilde, cache,
      dZ:
        cache.slope .* (paths(dZtilde, cache, variance: 0) - cache.centred .* (dZtilde .* cache.centred).rowMeans()))
  }
}

private struct VariancePathWithoutZhat: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    let means = dZtilde.rowMeans() + (dZtilde .* cache.Zhat).rowMeans()
    return gradients(dZtilde, cache, dZ: cache.slope .* (dZtilde - means))
  }
}

private struct MeansOfAll: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    let means = overall(dZtilde.rowMeans()) + cache.Zhat .* overall((dZtilde .* cache.Zhat).rowMeans())
    return gradients(dZtilde, cache, dZ: cache.slope .* (dZtilde - means))
  }
}

private struct PathsBySample: BatchNormalizationLesson {
  func backward(dZtilde: Matrix, cache: BatchNormCache) -> BatchNormGradients {
    let factor = cache.m / max(cache.m - 1, 1)
    return gradients(
      dZtilde, cache, dZ: cache.slope .* paths(dZtilde, cache, mean: factor, variance: factor))
  }
}

// MARK: - 13.5

private struct MomentumExchanged: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(batches, from: start, keep: 1 - rho, take: rho)
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct ShareLeftOut: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(batches, from: start, keep: rho, take: 1)
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct RunningSampleVariance: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(batches, from: start, keep: rho, take: 1 - rho) {
      BatchStatistics(mean: $0.rowMeans(), variance: sample($0))
    }
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct GuardedRunningSampleVariance: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(batches, from: start, keep: rho, take: 1 - rho) {
      BatchStatistics(mean: $0.rowMeans(), variance: guardedSample($0))
    }
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct VarianceAboutRunningMean: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    var running = start
    for batch in batches {
      running.mean = rho * running.mean + (1 - rho) * batch.rowMeans()
      running.variance = rho * running.variance + (1 - rho) * pow(batch - running.mean, 2).rowMeans()
    }
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct RunningDeviation: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(batches, from: start, keep: rho, take: 1 - rho) {
      BatchStatistics(mean: $0.rowMeans(), variance: deviation($0))
    }
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct VarianceFrozen: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let right = run(batches, from: start, keep: rho, take: 1 - rho)
    let running = BatchStatistics(mean: right.mean, variance: start.variance)
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct MeanFrozen: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let right = run(batches, from: start, keep: rho, take: 1 - rho)
    let running = BatchStatistics(mean: start.mean, variance: right.variance)
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct TestByItself: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let right = run(batches, from: start, keep: rho, take: 1 - rho)
    return answer(Z, by: reference.statistics(Z), running: right, gamma, beta, root: root(epsilon))
  }
}

private struct TestByLastBatch: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let right = run(batches, from: start, keep: rho, take: 1 - rho)
    return answer(
      Z, by: batches.last.map { reference.statistics($0) } ?? start, running: right, gamma, beta, root: root(epsilon))
  }
}

private struct TestByStart: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let right = run(batches, from: start, keep: rho, take: 1 - rho)
    return answer(Z, by: start, running: right, gamma, beta, root: root(epsilon))
  }
}

private struct TestSetCounted: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(batches + [Z], from: start, keep: rho, take: 1 - rho)
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct StartsAtZeroOne: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(
      batches, from: BatchStatistics(mean: 0 * start.mean, variance: 1 + 0 * start.variance), keep: rho, take: 1 - rho)
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct StartsAtFirstBatch: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(
      Array(batches.dropFirst()), from: batches.first.map { reference.statistics($0) } ?? start, keep: rho,
      take: 1 - rho)
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct PlainMeans: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    var running = start
    for (t, batch) in batches.enumerated() {
      let share = 1 / Double(t + 1)
      running = run([batch], from: running, keep: 1 - share, take: share)
    }
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct BiasCorrected: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    var running = run(batches, from: start, keep: rho, take: 1 - rho)
    if !batches.isEmpty {
      let correction = 1 - pow(rho, Double(batches.count))
      running = BatchStatistics(mean: running.mean / correction, variance: running.variance / correction)
    }
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct OrderReversed: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(batches.reversed(), from: start, keep: rho, take: 1 - rho)
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct LastBatchLeftOut: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let running = run(batches.dropLast(), from: start, keep: rho, take: 1 - rho)
    return answer(Z, by: running, gamma, beta, root: root(epsilon))
  }
}

private struct TestEpsilonOutside: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let right = run(batches, from: start, keep: rho, take: 1 - rho)
    return answer(Z, by: right, gamma, beta) { sqrt($0) + epsilon }
  }
}

private struct TestWithoutEpsilon: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let right = run(batches, from: start, keep: rho, take: 1 - rho)
    return answer(Z, by: right, gamma, beta) { sqrt($0) }
  }
}

private struct TestWithoutRoot: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let right = run(batches, from: start, keep: rho, take: 1 - rho)
    return answer(Z, by: right, gamma, beta) { $0 + epsilon }
  }
}

private struct TestNotScaled: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    let result = reference.testForward(
      Z: Z, after: batches, from: start, momentum: rho, gamma: 1 + 0 * gamma, beta: 0 * beta, epsilon: epsilon)
    return result
  }
}

private struct TestWithoutGamma: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    reference.testForward(
      Z: Z, after: batches, from: start, momentum: rho, gamma: 1 + 0 * gamma, beta: beta, epsilon: epsilon)
  }
}

private struct TestWithoutBeta: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    reference.testForward(
      Z: Z, after: batches, from: start, momentum: rho, gamma: gamma, beta: 0 * beta, epsilon: epsilon)
  }
}

private struct TestGammaBetaExchanged: BatchNormalizationLesson {
  func testForward(
    Z: Matrix, after batches: [Matrix], from start: BatchStatistics, momentum rho: Double,
    gamma: Matrix, beta: Matrix, epsilon: Double
  ) -> TestForward {
    reference.testForward(
      Z: Z, after: batches, from: start, momentum: rho, gamma: beta, beta: gamma, epsilon: epsilon)
  }
}

// MARK: - 13.6

private struct ScaleShiftSummed: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon) { g, m in
      g.gamma *= m
      g.beta *= m
    }
  }
}

private struct GammaSummed: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon) { g, m in
      g.gamma *= m
    }
  }
}

private struct BetaSummed: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon) { g, m in
      g.beta *= m
    }
  }
}

private struct W1Summed: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon) { g, m in
      g.W1 *= m
    }
  }
}

private struct OutputSummed: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon) { g, m in
      g.W2 *= m
      g.b2 *= m
    }
  }
}

private struct AllSummed: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon) { g, m in
      g = g.scaled(by: m)
    }
  }
}

private struct AllAveragedTwice: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon) { g, m in
      g = g.scaled(by: 1 / m)
    }
  }
}

private struct HiddenAveragedTwice: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon) { g, m in
      g.gamma /= m
      g.beta /= m
      g.W1 /= m
    }
  }
}

private struct AroundTheNorm: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(back: { gradients($0, $1, dZ: $0) })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct NetworkConstantStatistics: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(back: { gradients($0, $1, dZ: $1.slope .* $0) })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct SlopeAtZ1: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(slope: { Z1, _, _ in 1 - pow(tanh(Z1), 2) })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct WithoutSlope: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(slope: { 1 + 0 * $2 })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct SlopeWithoutSquare: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(slope: { 1 - $2 })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct SigmoidSlope: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(slope: { $2 .* (1 - $2) })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

/// The network without batch norm; γ and β get no gradient.
private struct NetworkWithoutNorm: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(
      norm: { Z, gamma, beta, epsilon in
        var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
        pass.Ztilde = Z
        return pass
      },
      back: { BatchNormGradients(dZ: $0, dgamma: 0 * $1.gamma, dbeta: 0 * $1.gamma) }
    )(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct NormAfterActivation: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    let m = Double(X.columns)
    let T = tanh(parameters.W1 * X)
    let norm = reference.forward(Z: T, gamma: parameters.gamma, beta: parameters.beta, epsilon: epsilon)
    let A2 = 1 / (1 + exp(-(parameters.W2 * norm.Ztilde + parameters.b2)))
    let losses = -Y .* log(max(A2, logFloor)) - (1 - Y) .* log(max(1 - A2, logFloor))
    let dZ2 = A2 - Y
    let g = reference.backward(dZtilde: parameters.W2.T * dZ2, cache: norm.cache)
    return BatchNormPass(
      A2: A2, cost: losses.mean(),
      gradients: BatchNormParameters(
        W1: (g.dZ .* (1 - T .* T)) * X.T / m, gamma: g.dgamma / m, beta: g.dbeta / m, W2: dZ2 * norm.Ztilde.T / m,
        b2: dZ2.rowSums() / m))
  }
}

private struct TanhOfZhat: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(norm: { Z, gamma, beta, epsilon in
      var pass = reference.forward(Z: Z, gamma: gamma, beta: beta, epsilon: epsilon)
      pass.Ztilde = pass.cache.Zhat
      return pass
    })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct ReluForTanh: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(g: { max($0, 0) }, slope: { _, Ztilde, _ in Ztilde .> 0 })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct SigmoidForTanh: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(g: { 1 / (1 + exp(-$0)) }, slope: { $2 .* (1 - $2) })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct WithoutB2: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(bias: false)(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct WithoutSigmoid: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(output: { $0 })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct OverflowingSigmoid: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(output: { exp($0) ./ (1 + exp($0)) })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct DZ2Sign: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(dZ2: { $1 - $0 })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct DZ2WithSlope: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(dZ2: { ($0 - $1) .* $0 .* (1 - $0) })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct ThroughDA2: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(dZ2: { A, Y in ((1 - Y) ./ (1 - A) - Y ./ A) .* A .* (1 - A) })(
      X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct ThroughFlooredDA2: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    NetworkPlan(dZ2: { A, Y in
      ((1 - Y) ./ max(1 - A, logFloor) - Y ./ max(A, logFloor)) .* A .* (1 - A)
    })(X: X, Y: Y, at: parameters, epsilon: epsilon)
  }
}

private struct NetworkCostSum: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon, cost: { A2 in crossEntropy(A2, Y).sum() })
  }
}

private struct NetworkCostSign: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon, cost: { A2 in -crossEntropy(A2, Y).mean() })
  }
}

private struct NetworkCostWithoutFloor: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon, cost: { A2 in crossEntropy(A2, Y, floor: 0).mean() })
  }
}

private struct NetworkCostOtherFloor: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    pass(X, Y, parameters, epsilon, cost: { A2 in crossEntropy(A2, Y, floor: 1e-15).mean() })
  }
}

private struct NetworkFixedEpsilon: BatchNormalizationLesson {
  func network(X: Matrix, Y: Matrix, at parameters: BatchNormParameters, epsilon: Double) -> BatchNormPass {
    reference.network(X: X, Y: Y, at: parameters, epsilon: 1e-5)
  }
}

// MARK: - 13.7

private struct RestCounted: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    var means = cut(Z, size).map { $0.rowMeans() }
    let rest = Z.columns % size
    if rest > 0 { means.append(Z.columns(Z.columns - rest..<Z.columns).rowMeans()) }
    return scatter(Z, size, measured: deviation(Matrix(columns: means)))
  }
}

private struct SampleNoise: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, measured: sqrt(sample(batchMeans(Z, size))))
  }
}

private struct SampleDeviations: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, measured: sqrt(sample(batchMeans(Z, size))), predicted: sqrt(sample(Z) / Double(size)))
  }
}

private struct SamplePrediction: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, predicted: sqrt(sample(Z) / Double(size)))
  }
}

private struct NoiseVariances: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    let right = reference.noise(of: Z, batchSize: size)
    return BatchNoise(measured: pow(right.measured, 2), predicted: pow(right.predicted, 2))
  }
}

private struct MeasuredVariance: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, measured: reference.statistics(batchMeans(Z, size)).variance)
  }
}

private struct PredictedVariance: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, predicted: reference.statistics(Z).variance / Double(size))
  }
}

private struct DividedBySize: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, predicted: deviation(Z) / Double(size))
  }
}

private struct DividedByBatches: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, predicted: deviation(Z) / Double(Z.columns / size).squareRoot())
  }
}

private struct DividedByExamples: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, predicted: deviation(Z) / Double(Z.columns).squareRoot())
  }
}

private struct NotDivided: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, predicted: deviation(Z))
  }
}

private struct AboutTheWholeMean: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, measured: sqrt(pow(batchMeans(Z, size) - Z.rowMeans(), 2).rowMeans()))
  }
}

private struct PredictedWithoutRest: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, predicted: deviation(Matrix(columns: cut(Z, size))) / Double(size).squareRoot())
  }
}

private struct PredictedFromBatches: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    let own = Matrix(columns: cut(Z, size).map { deviation($0) }).rowMeans()
    return scatter(Z, size, predicted: own / Double(size).squareRoot())
  }
}

private struct PredictedFromVariances: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    let own = Matrix(columns: cut(Z, size).map { reference.statistics($0).variance }).rowMeans()
    return scatter(Z, size, predicted: sqrt(own / Double(size)))
  }
}

private struct DealtBatches: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    let count = Z.columns / size
    let means = (0..<count).map { k in Z.columns(at: (0..<size).map { k + $0 * count }).rowMeans() }
    return scatter(Z, size, measured: deviation(Matrix(columns: means)))
  }
}

private struct SumsOfBatches: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    scatter(Z, size, measured: deviation(Double(size) * batchMeans(Z, size)))
  }
}

private struct NoiseExchanged: BatchNormalizationLesson {
  func noise(of Z: Matrix, batchSize size: Int) -> BatchNoise {
    let right = reference.noise(of: Z, batchSize: size)
    return BatchNoise(measured: right.predicted, predicted: right.measured)
  }
}
